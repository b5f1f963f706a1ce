//! What people can ask a release to do.

mod input;

pub use input::{Ballot, ChangeToAdd, Convocation, Invitation, NewFile, NewTask, NewTestCase, NewTestRun, NewUnit, StepReport};

use crate::{
    blocks::document::{DocumentContent, DocumentKind},
    ids::{ApprovalId, AttachmentId, ChangeId, ConfigurationChangeId, DepartmentId, TaskId, UnitId, UserId},
    people::role::Role,
    subjects::release::{
        DeployedUnit, ExceptionKind,
        documents::{RollbackGroup, report::ReportFigures},
        records::ItemState,
        stage::Verdict,
    },
};

macro_rules! commands {
    ($($(#[doc = $doc:literal])* $variant:ident $({ $($(#[$fdoc:meta])* $field:ident : $type:ty),+ $(,)? })? = $word:literal),+ $(,)?) => {
        /// A request to a release, with all that it needs to know.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Command { $($(#[doc = $doc])* $variant $({ $($(#[$fdoc])* $field: $type),+ })?),+ }

        crate::word_enum! {
            /// The name of a command: the action's name on the wire.
            CommandName { $($(#[doc = $doc])* $variant = $word),+ }
        }

        impl Command {
            /// The command's name.
            #[must_use]
            pub const fn name(&self) -> CommandName {
                match self { $(Self::$variant { .. } => CommandName::$variant),+ }
            }
        }
    };
}

commands! {
    /// Saves a draft of a document.
    SaveDraft {
        /// Which document.
        document: DocumentKind,
        /// Its whole content.
        content: DocumentContent,
    } = "save_draft",
    /// Freezes the draft as the next revision.
    SubmitDocument {
        /// Which document.
        document: DocumentKind,
        /// What changed.
        note: String,
        /// The figures of the quarter, counted by the system (5.11.2–5.11.4), for a release report.
        figures: Option<ReportFigures>,
    } = "submit_document",
    /// Gives a role of the release to a person, or hands it over.
    AssignRole {
        /// Which role.
        role: Role,
        /// To whom.
        user_id: UserId,
        /// Why.
        reason: String,
    } = "assign_role",
    /// Sets a rule of segregation aside for this release.
    GrantException {
        /// Which rule.
        kind: ExceptionKind,
        /// Why.
        reason: String,
    } = "grant_exception",
    /// Takes a high residual risk by name.
    AcceptRisk {
        /// The key of the risk.
        risk: String,
        /// Why.
        reason: String,
    } = "accept_risk",
    /// Keeps the window in spite of a conflict, or excepts the release from a freeze.
    AcceptConflict {
        /// The key of the conflict.
        conflict: String,
        /// Why.
        reason: String,
    } = "accept_conflict",
    /// Adds an approved change.
    AddChange {
        /// The change as it is.
        change: ChangeToAdd,
    } = "add_change",
    /// Takes a change out.
    RemoveChange {
        /// Which.
        change_id: ChangeId,
        /// Why.
        reason: String,
    } = "remove_change",
    /// Change management confirms that these changes form one release.
    ConfirmGrouping = "confirm_grouping",
    /// Asks departments for their opinion.
    RequestOpinions {
        /// Further departments, besides those of the service objects.
        departments: Vec<DepartmentId>,
        /// What is asked.
        question: String,
    } = "request_opinions",
    /// Convenes the heads of the departments to review the plan.
    ConvenePlanReview {
        /// The panel.
        convocation: Convocation,
    } = "convene_plan_review",
    /// Convenes the approval of the go-live plan.
    ConveneGoLiveApproval {
        /// The panel.
        convocation: Convocation,
    } = "convene_go_live_approval",
    /// Convenes the approval of an emergency release.
    ConveneEmergencyApproval {
        /// The panel.
        convocation: Convocation,
    } = "convene_emergency_approval",
    /// Answers for oneself or as a deputy.
    CastVote {
        /// Which approval.
        approval_id: ApprovalId,
        /// The answer.
        ballot: Ballot,
    } = "cast_vote",
    /// Asks somebody else in the place of a member of an open panel who can act no more.
    ReplaceMember {
        /// Which approval.
        approval_id: ApprovalId,
        /// Who can act no more.
        member: UserId,
        /// Who is asked instead.
        successor: UserId,
        /// Why.
        reason: String,
    } = "replace_member",
    /// Takes the plan back for a new revision.
    ReviseReleasePlan {
        /// Why.
        reason: String,
    } = "revise_release_plan",
    /// Takes the go-live plan back for a new revision.
    ReviseGoLivePlan {
        /// Why.
        reason: String,
    } = "revise_go_live_plan",
    /// Registers what goes into production.
    RegisterUnit {
        /// The unit.
        unit: NewUnit,
    } = "register_unit",
    /// Takes a unit out.
    WithdrawUnit {
        /// Which.
        unit_id: UnitId,
        /// Why.
        reason: String,
    } = "withdraw_unit",
    /// Writes a test case.
    AddTestCase {
        /// The case.
        case: NewTestCase,
    } = "add_test_case",
    /// Records a test run.
    RecordTestRun {
        /// The run.
        run: NewTestRun,
    } = "record_test_run",
    /// Receives the test report and asks the customer to accept.
    ReceiveTestReport = "receive_test_report",
    /// Adds a task by hand.
    AddTask {
        /// The task.
        task: NewTask,
    } = "add_task",
    /// Gives evidence that a task is done.
    CompleteTask {
        /// Which.
        task_id: TaskId,
        /// In own words.
        text: String,
        /// Files.
        attachments: Vec<AttachmentId>,
    } = "complete_task",
    /// Accepts the evidence of a task.
    VerifyTask {
        /// Which.
        task_id: TaskId,
        /// A remark.
        remark: String,
    } = "verify_task",
    /// Sends the evidence of a task back.
    ReturnTask {
        /// Which.
        task_id: TaskId,
        /// Why.
        reason: String,
    } = "return_task",
    /// Excuses a task.
    WaiveTask {
        /// Which.
        task_id: TaskId,
        /// Why.
        reason: String,
    } = "waive_task",
    /// Gives a task to somebody else.
    ReassignTask {
        /// Which.
        task_id: TaskId,
        /// To whom.
        assignee: UserId,
        /// Why.
        reason: String,
    } = "reassign_task",
    /// Adds a configuration item that the release changes.
    PlanConfigurationChange {
        /// The item's name.
        item: String,
        /// The planned version.
        version: String,
        /// The phase.
        phase: Option<String>,
    } = "plan_configuration_change",
    /// Takes a configuration item out of the release.
    DropConfigurationChange {
        /// Which change.
        change_id: ConfigurationChangeId,
        /// Why.
        reason: String,
    } = "drop_configuration_change",
    /// Takes the state of an item before deployment.
    RecordBaseline {
        /// Which change.
        change_id: ConfigurationChangeId,
        /// The state, if it is said: it must be what the configuration database says.
        state: Option<ItemState>,
    } = "record_baseline",
    /// Sends the drafted update requests to the configuration administrator.
    SendConfigurationRequest {
        /// What is to be entered, in words.
        note: String,
    } = "send_configuration_request",
    /// Confirms that an item is updated.
    ConfirmConfigurationChange {
        /// Which change.
        change_id: ConfigurationChangeId,
        /// The state now.
        actual: ItemState,
        /// Where the version lies in the library.
        library_reference: Option<String>,
        /// Why the state is not the one expected, where it is not.
        difference: String,
    } = "confirm_configuration_change",
    /// Sends an update request back.
    ReturnConfigurationChange {
        /// Which change.
        change_id: ConfigurationChangeId,
        /// Why.
        reason: String,
    } = "return_configuration_change",
    /// Starts deployment.
    StartDeployment {
        /// The files at hand.
        units: Vec<DeployedUnit>,
        /// The go or no-go check in words.
        note: String,
    } = "start_deployment",
    /// Records a step of the deployment.
    RecordStep {
        /// The step's key.
        step: String,
        /// How it went.
        report: StepReport,
    } = "record_step",
    /// Declares a phase installed and asks for its confirmation.
    CompletePhase {
        /// Which phase.
        phase: String,
        /// Stakeholders to ask besides the administrator and the customer.
        stakeholders: Vec<UserId>,
    } = "complete_phase",
    /// Notes a departure from the plan.
    RecordDeviation {
        /// The step that it explains, if it is about one.
        step: Option<String>,
        /// What and why.
        note: String,
    } = "record_deviation",
    /// Decides to go on in spite of a failure.
    DecideToContinue {
        /// On what ground.
        ground: String,
    } = "decide_to_continue",
    /// Decides to roll back.
    StartRollback {
        /// On what ground.
        ground: String,
    } = "start_rollback",
    /// Records a group of the rollback.
    RecordRollback {
        /// Which group.
        group: RollbackGroup,
        /// How it went.
        report: StepReport,
    } = "record_rollback",
    /// Asks those who objected again.
    ReconveneConfirmation {
        /// Which phase.
        phase: String,
        /// What was done about the objection.
        note: String,
    } = "reconvene_confirmation",
    /// Judges the deployment.
    RecordVerdict {
        /// The verdict.
        verdict: Verdict,
        /// Why.
        reason: String,
    } = "record_verdict",
    /// Declares that an archive record does not apply.
    ExcuseArchiveRecord {
        /// Which.
        record: String,
        /// Why.
        reason: String,
    } = "excuse_archive_record",
    /// Closes the release.
    CloseRelease {
        /// The result in words.
        note: String,
    } = "close",
    /// Reopens a closed release whose report is outstanding.
    ReopenRelease {
        /// Why.
        reason: String,
    } = "reopen",
    /// Suspends work.
    SuspendRelease {
        /// Why.
        reason: String,
    } = "suspend",
    /// Goes on.
    ResumeRelease {
        /// Why.
        reason: String,
    } = "resume",
    /// Gives the release up.
    CancelRelease {
        /// Why.
        reason: String,
    } = "cancel",
    /// Attaches a file.
    AttachFile {
        /// What is known of the file.
        file: NewFile,
    } = "attach_file",
    /// Adds a file to a release that is closed, marked as what it is.
    AddAddendum {
        /// What is known of the file.
        file: NewFile,
        /// Why it comes later.
        reason: String,
    } = "add_addendum",
    /// Comments.
    AddComment {
        /// The text.
        text: String,
    } = "comment",
}
