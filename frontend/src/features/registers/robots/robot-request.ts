import type { RobotCredentialsRequest, RobotRequest, RobotView } from "@/api/generated/types.gen";

/** A robot as its form holds it: texts that may be empty. */
export interface RobotFields extends Omit<RobotRequest, "base_url" | "credentials"> {
  base_url: string;
  credentials: { token?: string; secret?: string };
}

/** The form for a robot as it is; for another one the form begins empty. What it speaks with is never shown. */
export function fieldsOf(robot: RobotView | undefined): Partial<RobotFields> {
  if (robot === undefined) {
    return { language: "zh-CN", kinds: [], customers: [], departments: [], active: true };
  }
  const { name, maker, base_url, language, kinds, customers, departments, active } = robot;
  return { name, maker, base_url: base_url ?? "", language, kinds, customers, departments, active };
}

/** What people state about a robot, from the form. */
export function requestOf({ base_url, credentials, ...fields }: RobotFields): RobotRequest {
  return { ...fields, base_url: given(base_url), credentials: credentialsOf(credentials) };
}

/** Nothing entered leaves a robot what it has. */
function credentialsOf({ token, secret }: RobotFields["credentials"]): RobotCredentialsRequest | null {
  const entered = { token: given(token) ?? "", secret: given(secret) };
  return entered.token === "" && entered.secret === null ? null : entered;
}

function given(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? null : trimmed;
}
