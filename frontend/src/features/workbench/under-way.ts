import type { Stage } from "@/api/generated/types.gen";

/** Stages in which something is still to be done. */
export const underWay: Stage[] = [
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
