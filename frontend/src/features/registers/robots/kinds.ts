import type { NoticeGroup, NoticeKind } from "@/api/generated/types.gen";

/**
 * What can be said to a group, by families: the steps of a release, and nothing that concerns one person alone. What the API
 * refuses is not worth offering; a browser test holds this list equal to what it takes.
 */
export const groupKinds: readonly { family: NoticeGroup; kinds: readonly NoticeKind[] }[] = [
  { family: "approvals", kinds: ["approval_requested", "approval_decided", "returned", "approval_void"] },
  {
    family: "tasks",
    kinds: [
      "task_assigned",
      "task_submitted",
      "task_returned",
      "task_withdrawn",
      "configuration_requested",
      "configuration_returned",
      "failed_release_review",
    ],
  },
  { family: "deployment", kinds: ["deployment_failed", "rollback_started", "rolled_back", "verdict"] },
  { family: "progress", kinds: ["suspended", "resumed", "cancelled", "closed"] },
  { family: "overdue", kinds: ["closure_overdue", "report_overdue"] },
];
