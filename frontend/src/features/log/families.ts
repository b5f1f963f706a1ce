/** What entries are about: the first word of their kind. */
export const families = [
  "release",
  "document",
  "approval",
  "task",
  "unit",
  "test_case",
  "test_run",
  "test_report",
  "deployment",
  "run_sheet",
  "configuration_change",
  "attachment",
  "change",
  "user",
  "department",
  "customer",
  "service_object",
  "deputy",
  "session",
  "attempt",
  "instance",
] as const;

type Family = (typeof families)[number] | "other";

/** The family of a kind; one that is not known here keeps its own word beside it. */
export function familyOf(kind: string): Family {
  return families.find((family) => kind.startsWith(`${family}.`)) ?? "other";
}
