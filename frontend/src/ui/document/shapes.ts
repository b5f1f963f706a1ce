import type { DocumentKind } from "@/api/generated/types.gen";
import type { DocumentShape } from "./fields";
import { failureReview } from "./shapes/failure-review";
import { goLivePlan } from "./shapes/go-live-plan";
import { releasePlan } from "./shapes/release-plan";
import { releaseReport } from "./shapes/release-report";
import { testReport } from "./shapes/test-report";

/** The documents of a release as data; every field of the API's description has its place here, which a test holds. */
export const shapes: Record<DocumentKind, DocumentShape> = {
  release_plan: releasePlan,
  test_report: testReport,
  go_live_plan: goLivePlan,
  release_report: releaseReport,
  failure_review: failureReview,
};
