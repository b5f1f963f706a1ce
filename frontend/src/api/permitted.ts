import type { Role } from "./generated/types.gen";
import { useMeQuery } from "./me";

/**
 * Whose step an operation outside releases is, as `docs/generated/policy.md` says; a test holds this table equal to it.
 *
 * These are only the words for those who may not: `/me` says what the reader may do, but not whom to ask instead.
 */
export const whose = {
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
  import_calendar_year: ["system_administrator", "process_owner"],
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

export type PermittedOperation = keyof typeof whose;

/**
 * Whether the reader may do this, as `/me` says; nothing while that is being asked. When it cannot be had, the button is
 * there: the API decides in any case.
 */
export function usePermitted(operation: PermittedOperation): boolean | undefined {
  const { data, isPending } = useMeQuery();
  return isPending ? undefined : (data?.permissions.includes(operation) ?? true);
}
