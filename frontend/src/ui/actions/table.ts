import * as api from "@/api/generated/@tanstack/react-query.gen";
import type { CommandName, ReleaseView } from "@/api/generated/types.gen";
import { teamRoles } from "@/api/words";
import type { UseMutationOptions } from "@tanstack/react-query";
import type { ActionForm, ActionTable, Field, Sent } from "./field";

/**
 * Forgets the types of one operation: the table treats all alike, and its test holds the fields against the API's
 * description instead.
 */
function plain<TData, TError, TSent>(operation: UseMutationOptions<TData, TError, TSent>): ActionForm["operation"] {
  return operation as unknown as UseMutationOptions<unknown, unknown, Sent>;
}

const reason: Field = { name: "reason", kind: "note", required: true };
const note: Field = { name: "note", kind: "note", required: true };
const ground: Field = { name: "ground", kind: "note", required: true };
const taskId = (...states: string[]): Field => ({ name: "id", kind: "task", in: "path", required: true, states });
const itemId = (...states: string[]): Field => ({
  name: "id",
  kind: "configuration-change",
  label: "item",
  in: "path",
  required: true,
  states,
});

const panel = (document: Field["document"] & string): Field[] => [
  { name: "members", kind: "panel", document },
  { name: "rule", kind: "rule" },
  { name: "place", kind: "line" },
  { name: "due_at", kind: "instant", label: "answers_due" },
];

const stepFields: Field[] = [
  {
    name: "result",
    kind: "word",
    required: true,
    words: { schema: "StepResult" },
  },
  { name: "started_at", kind: "instant", required: true },
  { name: "finished_at", kind: "instant", required: true },
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

/** What every action asks for: the one place where its fields, its danger and its defaults are declared. */
export const actionTable: ActionTable = {
  assign_role: {
    operation: plain(api.assignRoleMutation()),
    version: "release",
    fields: [
      {
        name: "role",
        kind: "word",
        required: true,
        words: {
          schema: "Role",
          among: teamRoles,
        },
      },
      { name: "user_id", kind: "holder", required: true },
      { name: "reason", kind: "note" },
    ],
  },
  grant_exception: {
    operation: plain(api.grantExceptionMutation()),
    version: "release",
    isConfirmed: true,
    fields: [
      {
        name: "kind",
        kind: "word",
        label: "exception",
        required: true,
        words: { schema: "ExceptionKind" },
      },
      reason,
    ],
  },
  replace_member: {
    operation: plain(api.replaceMemberMutation()),
    version: "release",
    fields: [
      { name: "approval_id", kind: "waiting-approval", label: "approval", required: true },
      { name: "member", kind: "unable-member", required: true },
      { name: "successor", kind: "person", required: true },
      reason,
    ],
    defaults: ({ approvals }) => {
      const waiting = approvals.find(({ members }) => members.some(({ unable }) => unable));
      return { approval_id: waiting?.id, member: waiting?.members.find(({ unable }) => unable)?.user.id };
    },
  },
  accept_risk: {
    operation: plain(api.acceptRiskMutation()),
    version: "release",
    isConfirmed: true,
    fields: [{ name: "risk", kind: "risk", required: true }, reason],
  },
  add_change: {
    operation: plain(api.addChangeMutation()),
    version: "release",
    fields: [{ name: "change_id", kind: "free-change", required: true }],
  },
  remove_change: {
    operation: plain(api.removeChangeMutation()),
    version: "release",
    isDanger: true,
    fields: [{ name: "change_id", kind: "own-change", required: true }, reason],
  },
  confirm_grouping: { operation: plain(api.confirmGroupingMutation()), version: "release", fields: [] },
  request_opinions: {
    operation: plain(api.requestOpinionsMutation()),
    version: "release",
    fields: [
      { name: "departments", kind: "departments" },
      { name: "question", kind: "note", required: true },
    ],
  },
  convene_plan_review: {
    operation: plain(api.convenePlanReviewMutation()),
    version: "release",
    fields: panel("release_plan"),
  },
  convene_go_live_approval: {
    operation: plain(api.conveneGoLiveApprovalMutation()),
    version: "release",
    fields: panel("go_live_plan"),
    defaults: owner,
  },
  convene_emergency_approval: {
    operation: plain(api.conveneEmergencyApprovalMutation()),
    version: "release",
    fields: panel("release_plan"),
    defaults: owner,
  },
  revise_release_plan: {
    operation: plain(api.reviseReleasePlanMutation()),
    version: "release",
    isDanger: true,
    fields: [reason],
  },
  revise_go_live_plan: {
    operation: plain(api.reviseGoLivePlanMutation()),
    version: "release",
    isDanger: true,
    fields: [reason],
  },
  receive_test_report: { operation: plain(api.receiveTestReportMutation()), version: "release", fields: [] },
  add_task: {
    operation: plain(api.addTaskMutation()),
    version: "none",
    fields: [
      {
        name: "kind",
        kind: "word",
        label: "task_kind",
        required: true,
        words: {
          schema: "TaskKind",
          among: [
            "preparation",
            "support_training",
            "customer_contact_briefing",
            "customer_notice",
            "knowledge_handover",
            "follow_up_work",
          ],
        },
      },
      { name: "title", kind: "line", required: true },
      { name: "detail", kind: "note" },
      { name: "assignee", kind: "person", required: true },
      { name: "due_at", kind: "instant", required: true },
    ],
  },
  complete_task: {
    operation: plain(api.completeTaskMutation()),
    version: "task",
    fields: [
      taskId("open"),
      { name: "text", kind: "note", label: "evidence", required: true },
      { name: "attachments", kind: "files" },
    ],
  },
  verify_task: {
    operation: plain(api.verifyTaskMutation()),
    version: "task",
    fields: [taskId("submitted"), { name: "remark", kind: "note" }],
  },
  return_task: {
    operation: plain(api.returnTaskMutation()),
    version: "task",
    isDanger: true,
    fields: [taskId("submitted"), reason],
  },
  waive_task: {
    operation: plain(api.waiveTaskMutation()),
    version: "task",
    isDanger: true,
    fields: [taskId("open", "submitted"), reason],
  },
  reassign_task: {
    operation: plain(api.reassignTaskMutation()),
    version: "task",
    fields: [taskId("open"), { name: "assignee", kind: "person", required: true }, reason],
  },
  plan_configuration_change: {
    operation: plain(api.planConfigurationChangeMutation()),
    version: "none",
    fields: [
      { name: "item", kind: "line", required: true },
      { name: "version", kind: "code", label: "planned_version", required: true },
      { name: "phase", kind: "phase" },
    ],
  },
  drop_configuration_change: {
    operation: plain(api.dropConfigurationChangeMutation()),
    version: "none",
    isDanger: true,
    fields: [itemId("planned"), reason],
  },
  record_baseline: {
    operation: plain(api.recordBaselineMutation()),
    version: "none",
    fields: [
      itemId("planned"),
      { name: "version", kind: "code", label: "current_version", required: true },
      { name: "values", kind: "note" },
    ],
  },
  send_configuration_request: {
    operation: plain(api.sendConfigurationRequestMutation()),
    version: "release",
    fields: [{ name: "note", kind: "note" }],
  },
  confirm_configuration_change: {
    operation: plain(api.confirmConfigurationChangeMutation()),
    version: "none",
    fields: [
      itemId("requested"),
      { name: ["actual", "version"], kind: "code", label: "actual_version", required: true },
      { name: ["actual", "values"], kind: "note", label: "values" },
      { name: "library_reference", kind: "line" },
      { name: "difference", kind: "note", label: "configuration_difference" },
    ],
  },
  return_configuration_change: {
    operation: plain(api.returnConfigurationChangeMutation()),
    version: "none",
    isDanger: true,
    fields: [itemId("requested"), reason],
  },
  start_deployment: {
    operation: plain(api.startDeploymentMutation()),
    version: "release",
    isConfirmed: true,
    fields: [
      { name: "units", kind: "units", required: true },
      { name: "note", kind: "note", label: "go_check", required: true },
    ],
  },
  record_step: {
    operation: plain(api.recordStepMutation()),
    version: "none",
    fields: [{ name: "step", kind: "step", in: "path", required: true }, ...stepFields],
    defaults: now,
  },
  complete_phase: {
    operation: plain(api.completePhaseMutation()),
    version: "release",
    fields: [
      { name: "phase", kind: "phase", required: true },
      { name: "stakeholders", kind: "people" },
    ],
  },
  record_deviation: {
    operation: plain(api.recordDeviationMutation()),
    version: "none",
    fields: [
      { name: "step", kind: "step" },
      { name: "note", kind: "note", label: "deviation", required: true },
    ],
  },
  decide_to_continue: { operation: plain(api.decideToContinueMutation()), version: "release", fields: [ground] },
  start_rollback: {
    operation: plain(api.startRollbackMutation()),
    version: "release",
    isDanger: true,
    isConfirmed: true,
    fields: [ground],
  },
  record_rollback: {
    operation: plain(api.recordRollbackMutation()),
    version: "none",
    fields: [
      {
        name: "group",
        kind: "word",
        in: "path",
        required: true,
        words: { schema: "RollbackGroup" },
      },
      ...stepFields,
    ],
    defaults: now,
  },
  reconvene_confirmation: {
    operation: plain(api.reconveneConfirmationMutation()),
    version: "release",
    fields: [
      { name: "phase", kind: "phase", required: true },
      { ...note, label: "what_was_done" },
    ],
  },
  record_verdict: {
    operation: plain(api.recordVerdictMutation()),
    version: "release",
    isConfirmed: true,
    fields: [
      {
        name: "verdict",
        kind: "word",
        required: true,
        words: { schema: "Verdict" },
      },
      reason,
    ],
  },
  excuse_archive_record: {
    operation: plain(api.excuseArchiveRecordMutation()),
    version: "release",
    fields: [{ name: "record", kind: "archive-record", required: true }, reason],
  },
  close: {
    operation: plain(api.closeMutation()),
    version: "release",
    isConfirmed: true,
    fields: [{ ...note, label: "closing_note" }],
  },
  reopen: { operation: plain(api.reopenMutation()), version: "release", isDanger: true, fields: [reason] },
  suspend: { operation: plain(api.suspendMutation()), version: "release", isDanger: true, fields: [reason] },
  resume: { operation: plain(api.resumeMutation()), version: "release", fields: [reason] },
  cancel: {
    operation: plain(api.cancelMutation()),
    version: "release",
    isDanger: true,
    isConfirmed: true,
    fields: [reason],
  },
};

/** Commands that are carried out where their subject is: in the editor, on the page of an approval, beside units and tests. */
export const elsewhere: readonly CommandName[] = [
  "save_draft",
  "submit_document",
  "cast_vote",
  "register_unit",
  "withdraw_unit",
  "add_test_case",
  "record_test_run",
  "comment",
  "attach_file",
  "add_addendum",
];
