import type { ActionView, CommandName, DocumentKind } from "@/api/generated/types.gen";
import { documentTabs } from "@/lib/api-page";
import type { ReleaseTab } from "@/lib/route";

/**
 * Where a command has its button on the page of a release:
 * `forward` – it takes the release on: in the head, and its conditions in the list of gates;
 * `manage` – it steers the release: in the head's second row;
 * `part` – it concerns a row or a document: where that is shown.
 */
export type CommandPlace = "forward" | "manage" | "part";

const places: Record<CommandName, CommandPlace> = {
  save_draft: "part",
  submit_document: "forward",
  assign_role: "manage",
  grant_exception: "manage",
  accept_risk: "manage",
  accept_conflict: "part",
  add_change: "manage",
  remove_change: "manage",
  confirm_grouping: "forward",
  request_opinions: "forward",
  convene_plan_review: "forward",
  convene_go_live_approval: "forward",
  convene_emergency_approval: "forward",
  cast_vote: "part",
  replace_member: "manage",
  revise_release_plan: "manage",
  revise_go_live_plan: "manage",
  register_unit: "part",
  withdraw_unit: "part",
  add_test_case: "part",
  record_test_run: "part",
  receive_test_report: "forward",
  add_task: "manage",
  complete_task: "part",
  verify_task: "part",
  return_task: "part",
  waive_task: "part",
  reassign_task: "part",
  plan_configuration_change: "part",
  drop_configuration_change: "part",
  record_baseline: "part",
  send_configuration_request: "forward",
  confirm_configuration_change: "part",
  return_configuration_change: "part",
  start_deployment: "forward",
  record_step: "part",
  complete_phase: "forward",
  record_deviation: "part",
  decide_to_continue: "manage",
  start_rollback: "manage",
  record_rollback: "part",
  reconvene_confirmation: "manage",
  record_verdict: "forward",
  excuse_archive_record: "part",
  close: "forward",
  reopen: "manage",
  suspend: "manage",
  resume: "manage",
  cancel: "manage",
  attach_file: "part",
  add_addendum: "part",
  comment: "part",
};

/** With one of these reasons a command is not in question at all: the other route, or nothing to undo. */
const moot = [
  "release.normal_route",
  "release.emergency_route",
  "release.not_suspended",
  "change.grouping_confirmed",
  "deployment.not_rolling_back",
  "review.not_needed",
];

export function isMoot({ blocked_by: reasons }: ActionView): boolean {
  return reasons.some(({ code }) => moot.includes(code));
}

export function placeOf({ name }: ActionView): CommandPlace {
  return places[name];
}

/** The tab on which a document is written and read. */
export function tabOfDocument(kind: DocumentKind): ReleaseTab {
  return documentTabs[kind];
}
