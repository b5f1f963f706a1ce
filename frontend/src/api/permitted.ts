import type { Role } from "./generated/types.gen";
import { useMe } from "./me";

/**
 * Who may do what outside a release, as `docs/generated/policy.md` says; a test holds this table equal to it.
 *
 * It is for telling people beforehand whose step something is: the API decides.
 */
export const permitted = {
  create_user: ["system_administrator"],
  update_user: ["system_administrator"],
  set_user_roles: ["system_administrator"],
  reset_user_password: ["system_administrator"],
  create_department: ["system_administrator"],
  update_department: ["system_administrator"],
  create_customer: ["system_administrator", "process_owner"],
  update_customer: ["system_administrator", "process_owner"],
  create_service_object: ["system_administrator", "process_owner"],
  update_service_object: ["system_administrator", "process_owner"],
  create_change: ["change_manager", "release_administrator"],
  update_change: ["change_manager", "release_administrator"],
  approve_change: ["change_manager"],
  withdraw_change: ["change_manager"],
  create_quarterly_report: ["release_owner", "process_owner"],
  create_report_schedule: ["system_administrator", "process_owner"],
  update_report_schedule: ["system_administrator", "process_owner"],
  delete_report_schedule: ["system_administrator", "process_owner"],
  send_report_schedule: ["system_administrator", "process_owner"],
  replace_calendar_year: ["system_administrator", "process_owner"],
  send_test_mail: ["system_administrator"],
  resend_delivery: ["system_administrator"],
  create_robot: ["system_administrator"],
  update_robot: ["system_administrator"],
  delete_robot: ["system_administrator"],
  send_test_message: ["system_administrator"],
  requeue_job: ["system_administrator"],
  list_events: ["system_administrator", "process_owner", "auditor"],
  verify_events: ["system_administrator", "process_owner", "auditor"],
} as const satisfies Record<string, readonly Role[]>;

export type PermittedOperation = keyof typeof permitted;

/** Whether the reader holds a role that the operation is for; true until that is known. */
export function usePermitted(operation: PermittedOperation): boolean {
  const me = useMe();
  const roles: readonly Role[] = permitted[operation];
  return me === undefined || me.roles.some((role) => roles.includes(role));
}
