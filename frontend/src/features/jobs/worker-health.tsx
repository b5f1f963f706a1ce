import { below } from "@/lib/base-path";
import { asError } from "@/api/problem";
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** One check of `/readyz`, the address that supervisors watch; it stands outside the described API. */
interface Check {
  name: string;
  ok: boolean;
  detail: string;
}

function isCheck(value: unknown): value is Check {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    "ok" in value &&
    typeof value.ok === "boolean" &&
    "detail" in value &&
    typeof value.detail === "string"
  );
}

/** What the check of the worker says among the others. */
async function ask({ signal }: { signal: AbortSignal }): Promise<Check> {
  try {
    const answer: unknown = await (await fetch(below("/readyz?verbose"), { signal })).json();
    const checks: unknown =
      typeof answer === "object" && answer !== null && "checks" in answer ? answer.checks : undefined;
    const found = Array.isArray(checks)
      ? checks.filter(isCheck).find(({ name }) => name.startsWith("worker."))
      : undefined;
    if (found === undefined) throw new TypeError("an answer that says nothing of the worker");
    return found;
  } catch (error) {
    throw asError(error);
  }
}

/** Whether the background work keeps up, asked every quarter of a minute. */
export function WorkerHealth(): ReactElement | null {
  const { t } = useTranslation();
  const health = useQuery({ queryKey: ["worker health"], queryFn: ask, refetchInterval: 15_000 });
  if (health.error !== null) return <Alert type="warning" showIcon title={t("jobs:health.unknown")} />;
  if (health.data === undefined) return null;
  const { ok, detail } = health.data;
  return (
    <Alert
      type={ok ? "success" : "error"}
      showIcon
      title={t(ok ? "jobs:health.good" : "jobs:health.behind")}
      {...(!ok && { description: <code>{detail}</code> })}
    />
  );
}
