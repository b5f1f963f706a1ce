import type { NoticeKind } from "@/api/generated/types.gen";

/** Every kind of message, in the order of the work. The type holds the list complete. */
const all: Record<NoticeKind, true> = {
  approval_requested: true,
  approval_decided: true,
  returned: true,
  approval_void: true,
  task_assigned: true,
  task_returned: true,
  task_submitted: true,
  task_withdrawn: true,
  role_assigned: true,
  reminder: true,
  escalation: true,
  deployment_failed: true,
  rolled_back: true,
  verdict: true,
  suspended: true,
  resumed: true,
  cancelled: true,
  closed: true,
  configuration_requested: true,
  configuration_returned: true,
  closure_overdue: true,
  report_overdue: true,
  failed_release_review: true,
  quarterly_report_draft: true,
  quarterly_report_approval: true,
  quarterly_report: true,
  restatement: true,
  improvement: true,
  digest: true,
  bundle: true,
  test: true,
};

export const noticeKinds = Object.keys(all) as NoticeKind[];
