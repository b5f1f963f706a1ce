import { ifMatch, ifMatchEtag } from "@/api/command";
import type { Capacity, Role, ReleaseView } from "@/api/generated/types.gen";
import { pathOf, type ActionForm, type Field, type Sent, type Values } from "./field";

function valueAt(values: Values, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === "object" && at !== null ? (at as Values)[step] : undefined),
    values,
  );
}

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === "string" && value.trim() === "") ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** A row of a panel as its form holds it: the capacity is `stakeholder`, `role ROLE` or `department ID`. */
interface PanelRow {
  user_id?: string;
  capacity?: string;
  sections?: string[];
}

function capacityOf(text: string): Capacity {
  const [kind, value = ""] = text.split(" ");
  if (kind === "role") return { kind, value: value as Role };
  return kind === "department" ? { kind, value } : { kind: "stakeholder" };
}

function wire(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case "panel":
      return (value as PanelRow[]).map(({ user_id, capacity, sections = [] }) => ({
        user_id,
        ...(capacity !== undefined && { capacity: capacityOf(capacity) }),
        ...(sections.length > 0 && { sections }),
      }));
    case "units":
      return Object.entries(value as Record<string, string>).map(([unit_id, sha256]) => ({
        unit_id,
        sha256: sha256.trim().toLowerCase(),
      }));
    case "rule": {
      const { quorum, count, must_include = [] } = value as { quorum: string; count?: number; must_include?: string[] };
      if (quorum === "all" && must_include.length === 0) return undefined;
      return { quorum, ...(quorum === "at_least" && { count }), must_include };
    }
    default:
      return typeof value === "string" ? value.trim() : value;
  }
}

/** What the API is sent for a filled form. Fields that were left empty are left out. */
export function sentOf(form: ActionForm, release: ReleaseView, values: Values): Sent {
  const path: Record<string, string> = { number: release.number };
  const body: Values = {};
  for (const field of form.fields) {
    const steps = pathOf(field);
    const [outer = "", inner] = steps;
    const value = valueAt(values, steps);
    if (field.in === "path") path[outer] = String(value);
    else if (!isNothing(value)) {
      const wired = wire(field, value);
      if (wired === undefined) continue;
      if (inner === undefined) body[outer] = wired;
      else body[outer] = { ...(body[outer] as Values | undefined), [inner]: wired };
    }
  }
  const hasBody = form.fields.some((field) => field.in !== "path");
  if (form.version === "task") {
    const { id = "" } = path;
    const etag = release.tasks.find((task) => task.id === id)?.etag ?? "";
    return { path: { id }, body, headers: ifMatchEtag(etag) };
  }
  return {
    path,
    ...(hasBody && { body }),
    ...(form.version === "release" && { headers: ifMatch(release.version) }),
  };
}
