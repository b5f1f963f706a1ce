import type { Role } from "@/api/generated/types.gen";

/** Every role, those of a release's team first. */
export const allRoles: Role[] = [
  "release_owner",
  "release_administrator",
  "release_tester",
  "implementer",
  "configuration_administrator",
  "customer_representative",
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
