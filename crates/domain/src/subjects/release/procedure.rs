//! The procedure, declared: what each command needs and who gives it; what each stage produces and how it ends.
//!
//! A changed clause is a changed row here. Everything else reads these tables: `decide`, the actions shown to people,
//! the generated pages in `docs/generated`.

mod describe;

pub use describe::{describe, emergency_route};

use crate::{
    blocks::{
        approval::ApprovalKind,
        document::DocumentKind,
        task::{Blocks, TaskKind, TaskState as T},
    },
    people::role::Role as R,
    subjects::release::{
        Dossier,
        command::CommandName as C,
        gate::{Fact, Gate as G},
        records::ConfigurationState as I,
        stage::{Exit, Stage as S},
    },
    table::places,
};

/// Who may give a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The holder of this role in the release's team, or a deputy.
    Team(R),
    /// Whoever was granted this role in the company.
    Company(R),
    /// The author role of the document concerned, or a deputy.
    Author,
    /// A member of the panel, or a deputy.
    PanelMember,
    /// Whoever owes the task, or a deputy.
    Assignee,
    /// The role that verifies the task.
    Verifier,
    /// The role that may excuse the task.
    Waiver,
    /// Everybody who may read the release and has a say in releases: not the auditor, who only reads (5.10a).
    Reader,
}

/// What a command needs.
#[derive(Debug, Clone, Copy)]
pub struct CommandRule {
    /// The command.
    pub name: C,
    /// Clause (row of the requirements table).
    pub clause: &'static str,
    /// What the button says, in Chinese.
    pub zh: &'static str,
    /// What the button says, in English.
    pub en: &'static str,
    /// Who may give it: any of these.
    pub who: &'static [Who],
    /// In which stages.
    pub stages: &'static [S],
    /// What must hold; all unmet gates are reported together.
    pub gates: &'static [G],
    /// In which states of a task, for a command that concerns one.
    pub tasks: &'static [T],
    /// In which states of a configuration item, for a command that concerns one.
    pub items: &'static [I],
}

const fn row(
    name: C,
    clause: &'static str,
    zh: &'static str,
    en: &'static str,
    who: &'static [Who],
    stages: &'static [S],
    gates: &'static [G],
) -> CommandRule {
    CommandRule { name, clause, zh, en, who, stages, gates, tasks: &[], items: &[] }
}

const RO: Who = Who::Team(R::ReleaseOwner);
const RA: Who = Who::Team(R::ReleaseAdministrator);
const RT: Who = Who::Team(R::ReleaseTester);
const RI: Who = Who::Team(R::Implementer);
const CA: Who = Who::Team(R::ConfigurationAdministrator);
const CM: Who = Who::Company(R::ChangeManager);
const GM: Who = Who::Company(R::GeneralManager);
const PO: Who = Who::Company(R::ProcessOwner);

const PREPARING: &[S] = &[S::Planning, S::PlanReview, S::Testing];
/// Tasks that stop nothing, such as the review of a failed release, may still be owed after completion.
const WHILE_OWED: &[S] = &[
    S::Planning,
    S::PlanReview,
    S::Testing,
    S::Acceptance,
    S::GoLivePlanning,
    S::GoLiveApproval,
    S::Readiness,
    S::Deployment,
    S::ConfigurationUpdate,
    S::Closure,
    S::Closed,
    S::Completed,
];
/// A release without success is reviewed while its verdict is fresh, and also after completion.
const AFTER_VERDICT: &[S] = &[S::ConfigurationUpdate, S::Closure, S::Closed, S::Completed];
/// Where an emergency release makes up what its short route skipped (D11, D18).
pub const RETROSPECTIVE_STAGES: &[S] = &[S::ConfigurationUpdate, S::Closure];
/// The commands by which it does so, under the same rules as before the deployment.
pub const RETROSPECTIVE: &[C] =
    &[C::RequestOpinions, C::ConvenePlanReview, C::AddTestCase, C::RecordTestRun, C::ReceiveTestReport];
/// The documents that it writes then.
pub const RETROSPECTIVE_DOCUMENTS: &[DocumentKind] = &[DocumentKind::TestReport, DocumentKind::GoLivePlan];
/// Before the deployment, and while the database is updated, for an item that turns out not to be concerned.
const UNTIL_UPDATED: &[S] = &[
    S::Planning,
    S::PlanReview,
    S::Testing,
    S::Acceptance,
    S::GoLivePlanning,
    S::GoLiveApproval,
    S::Readiness,
    S::ConfigurationUpdate,
];
const BEFORE_GO_LIVE: &[S] = &[S::Planning, S::PlanReview, S::Testing, S::Acceptance, S::GoLivePlanning, S::GoLiveApproval];

/// Every command. `SaveDraft` and `SubmitDocument` take stages and author from [`DOCUMENTS`].
#[rustfmt::skip]
pub const COMMANDS: &[CommandRule] = &[
    // §5.1–§5.3 plan and review
    row(C::SaveDraft, "RA2", "保存草稿", "save draft", &[Who::Author], &S::ACTIVE, &[]),
    row(C::SubmitDocument, "5.1x", "提交", "submit", &[Who::Author], &S::ACTIVE, &[]),
    row(C::AddChange, "9.1a", "加入变更", "add a change", &[CM], BEFORE_GO_LIVE, &[]),
    row(C::RemoveChange, "9.1a", "移除变更", "take a change out", &[CM], BEFORE_GO_LIVE, &[]),
    row(C::ConfirmGrouping, "9.1a", "确认合并发布", "confirm the release packaging", &[CM], BEFORE_GO_LIVE, &[G::GroupingOpen]),
    row(C::RequestOpinions, "4.RA1", "征求部门意见", "ask departments for opinions", &[RA], &[S::Planning], &[]),
    row(C::ConvenePlanReview, "5.3a", "召集方案评审", "convene the plan review", &[RA], &[S::Planning], &[
        G::NormalRoute, G::Submitted(DocumentKind::ReleasePlan), G::TeamComplete, G::DutiesSeparated, G::ChangesApproved, G::GroupingConfirmed,
        G::OpinionsAsked, G::TasksDone(Blocks::PlanReview), G::DepartmentsHaveReviewers]),
    row(C::ConveneEmergencyApproval, "D11", "召集紧急审批", "convene the emergency approval", &[RA], &[S::Planning], &[
        G::EmergencyRoute, G::EmergencyFounded, G::Submitted(DocumentKind::ReleasePlan), G::TeamComplete, G::DutiesSeparated, G::ChangesApproved, G::GroupingConfirmed,
        G::UnitsRegistered, G::UnitsPlanned, G::RisksAccepted, G::WindowAhead, G::NoConflict]),
    row(C::CastVote, "5.3b", "表决", "vote", &[Who::PanelMember], &S::ACTIVE, &[]),
    row(C::ReplaceMember, "5.3a", "更换评审成员", "replace a panel member", &[RA], &S::ACTIVE, &[G::MemberUnable]),
    row(C::ReviseReleasePlan, "5.3c", "收回方案修订", "take the plan back for revision", &[RA], &[S::PlanReview, S::Testing, S::Acceptance, S::GoLivePlanning, S::GoLiveApproval, S::Readiness], &[]),
    row(C::AcceptConflict, "5.5.4", "说明冲突或批准封网例外", "accept a conflict or except from a freeze", &[RO, GM, PO, CM], &[S::Planning, S::GoLivePlanning, S::GoLiveApproval, S::Readiness], &[]),
    row(C::AcceptRisk, "RO1b", "接受风险", "accept a risk", &[RO], BEFORE_GO_LIVE, &[]),
    // §5.4 test and acceptance
    row(C::RegisterUnit, "3.1b", "登记发布单元", "register a release unit", &[RA, RI], PREPARING, &[]),
    row(C::WithdrawUnit, "3.1b", "撤下发布单元", "withdraw a release unit", &[RA, RI], PREPARING, &[]),
    row(C::AddTestCase, "4.RA4", "增加测试用例", "add a test case", &[RA, RT], PREPARING, &[]),
    row(C::RecordTestRun, "RT1", "记录测试", "record a test run", &[RT], &[S::Testing], &[G::DutiesSeparated]),
    row(C::ReceiveTestReport, "5.4c", "接收测试报告", "receive the test report", &[RA], &[S::Testing], &[
        G::Submitted(DocumentKind::TestReport), G::TestPassed, G::UnitsRegistered, G::UnitsPlanned, G::UnitsTested, G::AcceptedVersion, G::TestsAsReported, G::ReportAfterPlan, G::RollbackRehearsed, G::RepresentativeEntitled]),
    // §5.5, §5.6 go-live plan and approval
    row(C::ConveneGoLiveApproval, "5.6a", "召集上线审批", "convene the go-live approval", &[RA], &[S::GoLivePlanning], &[
        G::Submitted(DocumentKind::GoLivePlan), G::TeamComplete, G::DutiesSeparated, G::ChangesApproved,
        G::SignedOff(ApprovalKind::PlanReview), G::SignedOff(ApprovalKind::PlanApproval), G::TestPassed, G::UnitsPlanned, G::UnitsTested,
        G::RisksAccepted, G::RollbackRehearsed, G::SignedOff(ApprovalKind::CustomerAcceptance), G::AcceptedVersion,
        G::TasksDone(Blocks::GoLiveApproval), G::RollbackInLibrary, G::WindowAhead, G::NoConflict]),
    row(C::ReviseGoLivePlan, "5.6b", "收回上线计划修订", "take the go-live plan back for revision", &[RA], &[S::GoLiveApproval, S::Readiness], &[G::NormalRoute]),
    // §5.7, §5.8 readiness and deployment
    row(C::RecordBaseline, "5.2", "记录基线", "record a baseline", &[CA, RI], &[S::Testing, S::Acceptance, S::GoLivePlanning, S::GoLiveApproval, S::Readiness], &[]).on_items(&[I::Planned]),
    row(C::StartDeployment, "5.8a", "开始部署", "start deployment", &[RI], &[S::GoLiveApproval, S::Readiness], &[
        G::WindowOpen, G::NoConflict, G::SignedOff(ApprovalKind::GoLiveApproval), G::DutiesSeparated, G::ChangesApproved,
        G::TestedOrEmergency, G::UnitsInLibrary, G::RollbackInLibrary, G::TasksDone(Blocks::DeploymentStart), G::DutiesAcknowledged, G::BaselinesTaken]),
    row(C::RecordStep, "5.8a", "记录步骤", "record a step", &[RI, RA], &[S::Deployment], &[G::NotRollingBack]),
    row(C::CompletePhase, "5.8b", "提请确认部署结果", "ask to confirm a phase", &[RI], &[S::Deployment], &[G::NotRollingBack, G::RepresentativeEntitled, G::PhaseDone]),
    row(C::RecordDeviation, "5.8a", "记录偏离", "note a deviation", &[RI, RA, RO], &[S::Deployment], &[]),
    row(C::DecideToContinue, "5.8c", "决定继续", "decide to continue", &[RO, RA], &[S::Deployment], &[G::NotRollingBack]),
    row(C::StartRollback, "RA7", "启动回退", "start the rollback", &[RA, RO], &[S::Deployment], &[G::NotRollingBack]),
    row(C::RecordRollback, "5.2x", "记录回退", "record a rollback group", &[RI, RA], &[S::Deployment], &[G::RollingBack]),
    row(C::ReconveneConfirmation, "5.8b", "重新确认", "ask objectors again", &[RA], &[S::Deployment, S::ConfigurationUpdate, S::Closure], &[]),
    row(C::RecordVerdict, "5.8c", "判定部署结果", "record the verdict", &[RA, RO], &[S::Deployment, S::ConfigurationUpdate, S::Closure], &[G::VerdictOpen]),
    // §5.9–§5.11 configuration, closure, report
    row(C::PlanConfigurationChange, "9.2c", "增加配置项", "add a configuration item", &[RA, RI, CA], &[S::Planning, S::PlanReview, S::Testing, S::Acceptance, S::GoLivePlanning, S::GoLiveApproval, S::Readiness, S::ConfigurationUpdate], &[]),
    row(C::DropConfigurationChange, "3.3", "移除配置项", "drop a configuration item", &[RA, CA], UNTIL_UPDATED, &[]).on_items(&[I::Planned, I::Drafted, I::Requested, I::Returned]),
    row(C::SendConfigurationRequest, "5.9", "通知配置管理员", "send the configuration request", &[RI, RA], &[S::ConfigurationUpdate], &[]),
    row(C::ConfirmConfigurationChange, "5.9", "确认配置已更新", "confirm a configuration change", &[CA], &[S::ConfigurationUpdate], &[]).on_items(&[I::Requested]),
    row(C::ReturnConfigurationChange, "5.9", "退回配置请求", "return a configuration change", &[CA], &[S::ConfigurationUpdate], &[]).on_items(&[I::Requested]),
    row(C::ExcuseArchiveRecord, "5.10a", "说明不适用的归档记录", "waive an archive record", &[RO, CA, GM, PO], &[S::Closure], &[]),
    row(C::CloseRelease, "5.10b", "关闭发布", "close", &[RI], &[S::ConfigurationUpdate, S::Closure], &[
        G::TasksDone(Blocks::Closure), G::VerdictHolds, G::NoOpenApproval, G::NoObjection, G::ConfigurationConfirmed, G::LibraryMadeUp, G::ArchiveComplete]),
    row(C::ReopenRelease, "5.10b", "重新打开", "reopen", &[RO], &[S::Closed], &[]),
    // tasks
    row(C::AddTask, "4.RA3", "增加任务", "add a task", &[RA], &S::OPEN, &[]),
    row(C::CompleteTask, "5.7d", "完成任务", "complete a task", &[Who::Assignee], WHILE_OWED, &[]).on_tasks(&[T::Open]),
    row(C::VerifyTask, "5.7d", "核实任务", "verify a task", &[Who::Verifier], WHILE_OWED, &[]).on_tasks(&[T::Submitted]),
    row(C::ReturnTask, "5.7d", "退回任务", "return a task", &[Who::Verifier], WHILE_OWED, &[]).on_tasks(&[T::Submitted]),
    row(C::WaiveTask, "5.7a", "免除任务", "waive a task", &[Who::Waiver], &S::ACTIVE, &[]).on_tasks(&[T::Open, T::Submitted]),
    row(C::ReassignTask, "R0", "转交任务", "reassign a task", &[RA, RO], WHILE_OWED, &[]).on_tasks(&[T::Open]),
    // the release as a whole
    row(C::AssignRole, "R0", "指定角色", "assign a role", &[RA, RO, CM, GM, PO], &S::ACTIVE, &[]),
    row(C::GrantException, "R0", "批准例外", "grant an exception", &[GM, PO], &S::OPEN, &[]),
    row(C::SuspendRelease, "RO2", "挂起", "suspend", &[RO], &S::ACTIVE, &[]),
    row(C::ResumeRelease, "RO2", "恢复", "resume", &[RO], &S::ACTIVE, &[]),
    row(C::CancelRelease, "RO2", "取消发布", "cancel", &[RO], &S::BEFORE_DEPLOYMENT, &[]),
    row(C::AddComment, "3.2", "评论", "comment", &[Who::Reader], &S::OPEN, &[]),
    row(C::AttachFile, "3.2", "上传附件", "attach a file", &[Who::Reader], &S::OPEN, &[]),
    row(C::AddAddendum, "5.10a", "登记补充材料", "add an addendum", &[RA], &[S::Closed, S::Completed, S::Cancelled], &[]),
];

impl CommandRule {
    const fn on_tasks(self, tasks: &'static [T]) -> Self {
        Self { tasks, ..self }
    }

    const fn on_items(self, items: &'static [I]) -> Self {
        Self { items, ..self }
    }

    /// True when the command can be given to a release as it stands.
    #[must_use]
    pub fn is_open(&self, dossier: &Dossier) -> bool {
        self.stages.contains(&dossier.release.stage) || (dossier.is_retrospective() && RETROSPECTIVE.contains(&self.name))
    }
}

impl DocumentRule {
    /// True when the document can be written for a release as it stands.
    #[must_use]
    pub fn is_open(&self, dossier: &Dossier) -> bool {
        let made_up = dossier.is_retrospective() && RETROSPECTIVE_DOCUMENTS.contains(&self.kind);
        self.stages.contains(&dossier.release.stage) || made_up
    }
}

/// The rule of a command.
#[must_use]
pub fn rule(name: C) -> &'static CommandRule {
    &COMMANDS[places!(COMMANDS, name, C)[name as usize]]
}

/// True when a gate of a command or a document in this stage needs the fact.
#[must_use]
pub fn needs(fact: Fact, stage: S) -> bool {
    let asks = |gates: &[G]| gates.iter().any(|gate| gate.needs().contains(&fact));
    let command = |rule: &CommandRule| rule.stages.contains(&stage) && asks(rule.gates);
    let document = |rule: &DocumentRule| rule.stages.contains(&stage) && (asks(rule.gates) || asks(rule.draft_gates));
    COMMANDS.iter().any(command) || DOCUMENTS.iter().any(document)
}

/// Who writes a document, and when.
#[derive(Debug, Clone, Copy)]
pub struct DocumentRule {
    /// The document.
    pub kind: DocumentKind,
    /// Clause.
    pub clause: &'static str,
    /// Who writes it.
    pub author: R,
    /// In which stages it can be written and submitted.
    pub stages: &'static [S],
    /// What must hold when it is submitted, besides its completeness.
    pub gates: &'static [G],
    /// What must hold when it is begun.
    pub draft_gates: &'static [G],
}

/// The controlled documents of a release.
#[rustfmt::skip]
pub const DOCUMENTS: &[DocumentRule] = &[
    DocumentRule { kind: DocumentKind::ReleasePlan, clause: "5.1", author: R::ReleaseAdministrator, stages: &[S::Planning], gates: &[], draft_gates: &[] },
    DocumentRule { kind: DocumentKind::TestReport, clause: "5.4c", author: R::ReleaseTester, stages: &[S::Testing], gates: &[G::UnitsRegistered, G::DutiesSeparated], draft_gates: &[] },
    DocumentRule { kind: DocumentKind::GoLivePlan, clause: "5.5", author: R::ReleaseAdministrator, stages: &[S::GoLivePlanning], gates: &[G::NoConflict], draft_gates: &[] },
    DocumentRule { kind: DocumentKind::ReleaseReport, clause: "5.11", author: R::ReleaseAdministrator, stages: &[S::Closed], gates: &[], draft_gates: &[] },
    DocumentRule { kind: DocumentKind::FailureReview, clause: "3.5", author: R::ReleaseOwner, stages: AFTER_VERDICT, gates: &[G::NotSuccessful], draft_gates: &[G::NotSuccessful] },
    // No stage of a release writes these: they are documents of other subjects.
    DocumentRule { kind: DocumentKind::QuarterlyReport, clause: "6", author: R::ReleaseOwner, stages: &[], gates: &[], draft_gates: &[] },
    DocumentRule { kind: DocumentKind::ProcedureVersion, clause: "7b", author: R::ProcessOwner, stages: &[], gates: &[], draft_gates: &[] },
];

/// The rule of a document.
#[must_use]
pub fn document_rule(kind: DocumentKind) -> &'static DocumentRule {
    &DOCUMENTS[places!(DOCUMENTS, kind, DocumentKind)[kind as usize]]
}

/// What a stage produces and how it is left.
#[derive(Debug, Clone, Copy)]
pub struct StageRule {
    /// The stage.
    pub stage: S,
    /// Clause.
    pub clause: &'static str,
    /// Documents written in it.
    pub documents: &'static [DocumentKind],
    /// Approvals decided in it.
    pub approvals: &'static [ApprovalKind],
    /// Tasks opened in it.
    pub tasks: &'static [TaskKind],
    /// Ways out: what ends it, by which commands, and the next stage. What is not among them leaves the release where it is, as
    /// what an emergency makes up after its deployment does (D18).
    pub exits: &'static [Transition],
}

/// What ends a stage, by which commands, and the next stage.
pub type Transition = (Exit, &'static [C], S);

const CANCEL: Transition = (Exit::Cancelled, &[C::CancelRelease], S::Cancelled);
/// The plan in force is taken back, or its group of changes becomes another one (5.3c, 9.1a).
const REPLAN: Transition = (Exit::PlanReturned, &[C::ReviseReleasePlan, C::AddChange, C::RemoveChange], S::Planning);
/// The same, or the panel returns the plan; it also decides when a member gives way to another.
const RETURN: Transition = (
    Exit::PlanReturned,
    &[C::CastVote, C::ReplaceMember, C::AssignRole, C::ReviseReleasePlan, C::AddChange, C::RemoveChange],
    S::Planning,
);

/// The stages in order.
#[rustfmt::skip]
pub const STAGES: &[StageRule] = &[
    StageRule { stage: S::Planning, clause: "5.1", documents: &[DocumentKind::ReleasePlan], approvals: &[], tasks: &[TaskKind::OpinionRequest],
        exits: &[(Exit::ReviewConvened, &[C::ConvenePlanReview], S::PlanReview), (Exit::EmergencyConvened, &[C::ConveneEmergencyApproval], S::GoLiveApproval), CANCEL] },
    StageRule { stage: S::PlanReview, clause: "5.3", documents: &[], approvals: &[ApprovalKind::PlanReview, ApprovalKind::PlanApproval], tasks: &[TaskKind::Condition],
        // Votes that are carried over may decide a panel as soon as it is convened.
        exits: &[(Exit::PlanApproved, &[C::CastVote, C::ReplaceMember, C::AssignRole, C::ConvenePlanReview], S::Testing), RETURN, CANCEL] },
    StageRule { stage: S::Testing, clause: "5.4", documents: &[DocumentKind::TestReport], approvals: &[], tasks: &[],
        exits: &[(Exit::Tested, &[C::ReceiveTestReport], S::Acceptance), (Exit::TestFailed, &[C::SubmitDocument], S::Planning), REPLAN, CANCEL] },
    StageRule { stage: S::Acceptance, clause: "5.4d", documents: &[], approvals: &[ApprovalKind::CustomerAcceptance], tasks: &[TaskKind::Condition],
        exits: &[(Exit::Accepted, &[C::CastVote, C::ReplaceMember, C::AssignRole, C::ReceiveTestReport], S::GoLivePlanning), RETURN, CANCEL] },
    StageRule { stage: S::GoLivePlanning, clause: "5.5", documents: &[DocumentKind::GoLivePlan], approvals: &[], tasks: &[TaskKind::Preparation],
        exits: &[(Exit::GoLiveConvened, &[C::ConveneGoLiveApproval], S::GoLiveApproval), REPLAN, CANCEL] },
    StageRule { stage: S::GoLiveApproval, clause: "5.6", documents: &[], approvals: &[ApprovalKind::GoLiveApproval], tasks: &[TaskKind::Condition],
        exits: &[
            (Exit::GoLiveApproved, &[C::CastVote, C::ReplaceMember, C::AssignRole, C::ConveneGoLiveApproval, C::ConveneEmergencyApproval], S::Readiness),
            // What the panel looks at is changed, or it returns it (3.3); an emergency has the release plan alone.
            (Exit::GoLivePlanReturned, &[C::CastVote, C::ReplaceMember, C::AssignRole, C::ReviseGoLivePlan, C::PlanConfigurationChange, C::DropConfigurationChange], S::GoLivePlanning),
            (Exit::PlanReturned, &[C::CastVote, C::ReplaceMember, C::AssignRole, C::ReviseReleasePlan, C::AddChange, C::RemoveChange, C::PlanConfigurationChange, C::DropConfigurationChange], S::Planning),
            CANCEL] },
    StageRule { stage: S::Readiness, clause: "5.7", documents: &[], approvals: &[],
        tasks: &[TaskKind::DutyAcknowledgement, TaskKind::SupportTraining, TaskKind::CustomerContactBriefing, TaskKind::CustomerNotice, TaskKind::BackupVerification],
        exits: &[(Exit::DeploymentStarted, &[C::StartDeployment], S::Deployment),
            (Exit::GoLivePlanReturned, &[C::ReviseGoLivePlan, C::PlanConfigurationChange, C::DropConfigurationChange], S::GoLivePlanning),
            (Exit::PlanReturned, &[C::ReviseReleasePlan, C::PlanConfigurationChange, C::DropConfigurationChange], S::Planning),
            CANCEL] },
    StageRule { stage: S::Deployment, clause: "5.8", documents: &[], approvals: &[ApprovalKind::DeploymentConfirmation], tasks: &[TaskKind::RollbackNotice, TaskKind::FollowUpWork, TaskKind::FailedReleaseReview, TaskKind::EmergencyMakeUp],
        exits: &[(Exit::UpdateOwed, &[C::RecordVerdict], S::ConfigurationUpdate), (Exit::NothingToUpdate, &[C::RecordVerdict], S::Closure)] },
    StageRule { stage: S::ConfigurationUpdate, clause: "5.9", documents: &[], approvals: &[], tasks: &[],
        exits: &[(Exit::Updated, &[C::ConfirmConfigurationChange, C::DropConfigurationChange], S::Closure)] },
    StageRule { stage: S::Closure, clause: "5.10", documents: &[DocumentKind::FailureReview], approvals: &[], tasks: &[TaskKind::KnowledgeHandover, TaskKind::ReviewAction],
        exits: &[(Exit::Closed, &[C::CloseRelease], S::Closed)] },
    StageRule { stage: S::Closed, clause: "5.11", documents: &[DocumentKind::ReleaseReport], approvals: &[ApprovalKind::ReportApproval], tasks: &[TaskKind::ReleaseReport],
        exits: &[(Exit::Reported, &[C::CastVote, C::ReplaceMember, C::AssignRole], S::Completed), (Exit::Reopened, &[C::ReopenRelease], S::Closure)] },
    StageRule { stage: S::Completed, clause: "5.11", documents: &[], approvals: &[], tasks: &[], exits: &[] },
    StageRule { stage: S::Cancelled, clause: "RO2", documents: &[], approvals: &[], tasks: &[], exits: &[] },
];

/// The rule of a stage.
#[must_use]
pub fn stage_rule(stage: S) -> &'static StageRule {
    &STAGES[places!(STAGES, stage, S)[stage as usize]]
}

impl StageRule {
    /// Where the release goes when the stage ends so; none when it stays.
    #[must_use]
    pub fn next(&self, exit: Exit) -> Option<S> {
        self.exits.iter().find(|(way, ..)| *way == exit).map(|(.., to)| *to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_document_has_exactly_one_rule() {
        for name in C::ALL {
            assert_eq!(COMMANDS.iter().filter(|r| r.name == *name).count(), 1, "{name}");
        }
        for kind in DocumentKind::ALL {
            assert_eq!(DOCUMENTS.iter().filter(|r| r.kind == *kind).count(), 1, "{kind}");
        }
    }

    /// The facts of 5.5.4 are there wherever a command asks for them, by the normal route and by that of D11.
    #[test]
    fn the_window_is_compared_in_each_stage_whose_commands_ask_for_it() {
        for rule in COMMANDS.iter().filter(|rule| rule.gates.contains(&G::NoConflict)) {
            assert!(rule.stages.iter().all(|stage| needs(Fact::Conflicts, *stage)), "{}", rule.name);
        }
        assert!(needs(Fact::Conflicts, S::Planning) && needs(Fact::Conflicts, S::GoLivePlanning));
        assert!(!needs(Fact::Conflicts, S::Deployment) && !needs(Fact::Conflicts, S::Completed));
    }

    #[test]
    fn every_stage_but_the_final_ones_has_a_way_on() {
        for stage in S::ALL.iter().filter(|s| !s.is_final()) {
            let leads_on = |(_, commands, to): &Transition| {
                to > stage && *to != S::Cancelled && commands.iter().any(|command| super::rule(*command).stages.contains(stage))
            };
            assert!(stage_rule(*stage).exits.iter().any(leads_on), "{stage}");
        }
    }
}
