import * as api from "@/api/generated/@tanstack/react-query.gen";
import type { CommandName, ReleaseView } from "@/api/generated/types.gen";
import type { UseMutationOptions } from "@tanstack/react-query";
import { formOf, type Row } from "./described";
import type { ActionForm, ActionTable, Field, Sent } from "./field";

/**
 * Forgets the types of one operation: the table treats all alike, and its test holds the fields against the API's
 * description instead.
 */
function plain<TData, TError, TSent>(operation: UseMutationOptions<TData, TError, TSent>): ActionForm["operation"] {
  return operation as unknown as UseMutationOptions<unknown, unknown, Sent>;
}

const reason: Field = { name: "reason", kind: "note" };
const note: Field = { name: "note", kind: "note" };
const ground: Field = { name: "ground", kind: "note" };
const task: Field = { name: "id", kind: "task" };
const item: Field = { name: "id", kind: "configuration-change", label: "item" };

const panel = (document: Field["document"] & string): Field[] => [
  { name: "members", kind: "panel", document },
  { name: "rule", kind: "rule" },
  { name: "place", kind: "line" },
  { name: "due_at", kind: "instant", label: "answers_due" },
];

const stepFields: Field[] = [
  { name: "result", kind: "word" },
  { name: "started_at", kind: "instant" },
  { name: "finished_at", kind: "instant" },
  { name: "performed_by", kind: "person" },
  { name: "note", kind: "note" },
  { name: "attachments", kind: "files" },
  { name: "corrects", kind: "entry" },
];

const now = (_: ReleaseView, at: Date): Record<string, unknown> => ({
  result: "done",
  started_at: at.toISOString(),
  finished_at: at.toISOString(),
});

const owner = ({ team }: ReleaseView): Record<string, unknown> => {
  const holder = team.find(({ role }) => role === "release_owner")?.user.id;
  return { members: holder === undefined ? [] : [{ user_id: holder, capacity: "role release_owner" }] };
};

/** How every action is asked for: its fields in their order, its danger and its defaults. */
const rows: Partial<Record<CommandName, Row>> = {
  assign_role: {
    operation: plain(api.assignRoleMutation()),
    fields: [
      { name: "role", kind: "word" },
      { name: "user_id", kind: "holder" },
      { name: "reason", kind: "note" },
    ],
  },
  grant_exception: {
    operation: plain(api.grantExceptionMutation()),
    isConfirmed: true,
    fields: [{ name: "kind", kind: "word", label: "exception" }, reason],
  },
  replace_member: {
    operation: plain(api.replaceMemberMutation()),
    fields: [
      { name: "approval_id", kind: "waiting-approval", label: "approval" },
      { name: "member", kind: "unable-member" },
      { name: "successor", kind: "person" },
      reason,
    ],
    defaults: ({ approvals }) => {
      const waiting = approvals.find(({ members }) => members.some(({ unable }) => unable));
      return { approval_id: waiting?.id, member: waiting?.members.find(({ unable }) => unable)?.user.id };
    },
  },
  accept_risk: {
    operation: plain(api.acceptRiskMutation()),
    isConfirmed: true,
    fields: [{ name: "risk", kind: "risk" }, reason],
  },
  add_change: {
    operation: plain(api.addChangeMutation()),
    fields: [{ name: "change_id", kind: "free-change" }],
  },
  remove_change: {
    operation: plain(api.removeChangeMutation()),
    isDanger: true,
    fields: [{ name: "change_id", kind: "own-change" }, reason],
  },
  confirm_grouping: { operation: plain(api.confirmGroupingMutation()), fields: [] },
  request_opinions: {
    operation: plain(api.requestOpinionsMutation()),
    fields: [
      { name: "departments", kind: "concerned-departments" },
      { name: "question", kind: "note" },
    ],
  },
  convene_plan_review: {
    operation: plain(api.convenePlanReviewMutation()),
    fields: panel("release_plan"),
  },
  convene_go_live_approval: {
    operation: plain(api.conveneGoLiveApprovalMutation()),
    fields: panel("go_live_plan"),
    defaults: owner,
  },
  convene_emergency_approval: {
    operation: plain(api.conveneEmergencyApprovalMutation()),
    fields: panel("release_plan"),
    defaults: owner,
  },
  revise_release_plan: {
    operation: plain(api.reviseReleasePlanMutation()),
    isDanger: true,
    fields: [reason],
  },
  revise_go_live_plan: {
    operation: plain(api.reviseGoLivePlanMutation()),
    isDanger: true,
    fields: [reason],
  },
  receive_test_report: { operation: plain(api.receiveTestReportMutation()), fields: [] },
  add_task: {
    operation: plain(api.addTaskMutation()),
    fields: [
      { name: "kind", kind: "word", label: "task_kind" },
      { name: "title", kind: "line" },
      { name: "detail", kind: "note" },
      { name: "assignee", kind: "person" },
      { name: "due_at", kind: "instant" },
    ],
  },
  complete_task: {
    operation: plain(api.completeTaskMutation()),
    fields: [task, { name: "text", kind: "note", label: "evidence" }, { name: "attachments", kind: "files" }],
  },
  verify_task: {
    operation: plain(api.verifyTaskMutation()),
    fields: [task, { name: "remark", kind: "note" }],
  },
  return_task: {
    operation: plain(api.returnTaskMutation()),
    isDanger: true,
    fields: [task, reason],
  },
  waive_task: {
    operation: plain(api.waiveTaskMutation()),
    isDanger: true,
    fields: [task, reason],
  },
  reassign_task: {
    operation: plain(api.reassignTaskMutation()),
    fields: [task, { name: "assignee", kind: "person" }, reason],
  },
  plan_configuration_change: {
    operation: plain(api.planConfigurationChangeMutation()),
    fields: [
      { name: "item", kind: "configuration-item" },
      { name: "version", kind: "code", label: "planned_version" },
      { name: "phase", kind: "phase" },
    ],
  },
  drop_configuration_change: {
    operation: plain(api.dropConfigurationChangeMutation()),
    isDanger: true,
    fields: [item, reason],
  },
  send_configuration_request: {
    operation: plain(api.sendConfigurationRequestMutation()),
    fields: [{ name: "note", kind: "note" }],
  },
  confirm_configuration_change: {
    operation: plain(api.confirmConfigurationChangeMutation()),
    fields: [
      item,
      { name: ["actual", "version"], kind: "code", label: "actual_version" },
      { name: ["actual", "values"], kind: "note", label: "values" },
      { name: "library_reference", kind: "line" },
      { name: "difference", kind: "note", label: "configuration_difference" },
    ],
    // What is expected stands there to be compared with what the administrator finds: the planned version, or the baseline
    // after a rollback (5.2).
    defaults: ({ configuration_changes: changes }, _, subject) => ({
      actual: changes.find(({ id }) => id === subject)?.expected ?? undefined,
    }),
  },
  return_configuration_change: {
    operation: plain(api.returnConfigurationChangeMutation()),
    isDanger: true,
    fields: [item, reason],
  },
  start_deployment: {
    operation: plain(api.startDeploymentMutation()),
    isConfirmed: true,
    fields: [
      { name: "units", kind: "units" },
      { name: "note", kind: "note", label: "go_check" },
    ],
  },
  record_step: {
    operation: plain(api.recordStepMutation()),
    fields: [{ name: "step", kind: "step" }, ...stepFields],
    defaults: now,
  },
  complete_phase: {
    operation: plain(api.completePhaseMutation()),
    fields: [
      { name: "phase", kind: "phase" },
      { name: "stakeholders", kind: "people" },
    ],
  },
  record_deviation: {
    operation: plain(api.recordDeviationMutation()),
    fields: [
      { name: "step", kind: "step" },
      { name: "note", kind: "note", label: "deviation" },
    ],
  },
  decide_to_continue: { operation: plain(api.decideToContinueMutation()), fields: [ground] },
  start_rollback: {
    operation: plain(api.startRollbackMutation()),
    isDanger: true,
    isConfirmed: true,
    fields: [ground],
  },
  record_rollback: {
    operation: plain(api.recordRollbackMutation()),
    fields: [{ name: "group", kind: "word" }, ...stepFields],
    defaults: now,
  },
  reconvene_confirmation: {
    operation: plain(api.reconveneConfirmationMutation()),
    fields: [
      { name: "phase", kind: "phase" },
      { ...note, label: "what_was_done" },
    ],
  },
  record_verdict: {
    operation: plain(api.recordVerdictMutation()),
    isConfirmed: true,
    fields: [{ name: "verdict", kind: "word" }, reason],
  },
  excuse_archive_record: {
    operation: plain(api.excuseArchiveRecordMutation()),
    fields: [{ name: "record", kind: "archive-record" }, reason],
  },
  close: {
    operation: plain(api.closeMutation()),
    isConfirmed: true,
    fields: [{ ...note, label: "closing_note" }],
  },
  reopen: { operation: plain(api.reopenMutation()), isDanger: true, fields: [reason] },
  suspend: { operation: plain(api.suspendMutation()), isDanger: true, fields: [reason] },
  resume: { operation: plain(api.resumeMutation()), fields: [reason] },
  cancel: {
    operation: plain(api.cancelMutation()),
    isDanger: true,
    isConfirmed: true,
    fields: [reason],
  },
};

/** What every action asks for: its row, with what the API says of its fields. */
export const actionTable: ActionTable = Object.fromEntries(
  Object.entries(rows).map(([name, row]) => [name, formOf(name as CommandName, row)]),
);

/** Commands that are carried out where their subject is: in the editor, on the page of an approval, beside units, tests and conflicts. */
export const elsewhere: readonly CommandName[] = [
  "save_draft",
  "submit_document",
  "cast_vote",
  "register_unit",
  "withdraw_unit",
  "add_test_case",
  "record_test_run",
  "record_baseline",
  "accept_conflict",
  "comment",
  "attach_file",
  "add_addendum",
];
