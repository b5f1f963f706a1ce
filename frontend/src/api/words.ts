import type { Role, Stage } from "./generated/types.gen";

/** Stages in which something is still to be done, in the order of the procedure. */
export const stagesUnderWay: Stage[] = [
  "planning",
  "plan_review",
  "testing",
  "acceptance",
  "go_live_planning",
  "go_live_approval",
  "readiness",
  "deployment",
  "configuration_update",
  "closure",
  "closed",
];

/** Every stage. */
export const stages: Stage[] = [...stagesUnderWay, "completed", "cancelled"];

/** The roles that every release names, in the order of the procedure. */
export const teamRoles = [
  "release_owner",
  "release_administrator",
  "release_tester",
  "implementer",
  "configuration_administrator",
  "customer_representative",
] as const satisfies Role[];

export type TeamRole = (typeof teamRoles)[number];

/** Every role, those of a release's team first. */
export const allRoles: Role[] = [
  ...teamRoles,
  "change_manager",
  "department_head",
  "support_staff",
  "improvement_manager",
  "operations",
  "general_manager",
  "process_owner",
  "auditor",
  "system_administrator",
];
