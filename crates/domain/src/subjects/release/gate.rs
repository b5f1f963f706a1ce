//! Gates: predicates over facts. Each names every unmet condition, with its clause and who can clear it.

mod go_live;
mod library;
mod planning;
mod running;
mod success;
mod window;

pub(crate) use running::objections;
pub(crate) use success::{is_after_window, is_outside_window};

use crate::{
    blocks::{approval::ApprovalKind, document::DocumentKind, task::Blocks},
    people::role::Role,
    subject::refusal::{Code, Party, Unmet},
    subjects::release::{covered::is_as_approved, facts::Facts, panel::unable_members, stage::Verdict},
};

/// What a command can require.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// The release takes the normal route.
    NormalRoute,
    /// The release takes the emergency route (D11).
    EmergencyRoute,
    /// Every change of it is an emergency change, or the general manager granted the route (D11).
    EmergencyFounded,
    /// The document's newest state is submitted, and was not returned.
    Submitted(DocumentKind),
    /// All six roles have an active holder (R0).
    TeamComplete,
    /// No forbidden pair of roles is one person (R0).
    DutiesSeparated,
    /// Every change of the release is approved (9.1b).
    ChangesApproved,
    /// The grouping of several changes waits for its confirmation (9.1a).
    GroupingOpen,
    /// Several changes: change management confirmed the grouping (9.1a).
    GroupingConfirmed,
    /// Every department concerned was asked for its opinion (RA1).
    OpinionsAsked,
    /// Every department concerned has somebody to review (5.3a).
    DepartmentsHaveReviewers,
    /// No open task stops this step.
    TasksDone(Blocks),
    /// At least one release unit is registered.
    UnitsRegistered,
    /// Every unit was tested at exactly its version and hash, and the latest run of each case passed (3.1b).
    UnitsTested,
    /// The steps of the release plan install exactly the units that are registered (3.1b, 5.1.3).
    UnitsPlanned,
    /// Every unit is in the definitive media library with the hash that was tested; an emergency checks in afterwards (3.1b, 9.2a).
    UnitsInLibrary,
    /// What a rollback returns to is in the library, or a unit is its first version (5.2.4).
    RollbackInLibrary,
    /// What an emergency put into production was checked in since (9.2a, D18).
    LibraryMadeUp,
    /// Units tested; in an emergency this is made up afterwards (D11).
    TestedOrEmergency,
    /// The newest test report says pass (5.4c).
    TestPassed,
    /// The newest test report still says what the test runs say (RT2, 5.4c).
    TestsAsReported,
    /// The newest test report is no older than the release plan in force (5.4c).
    ReportAfterPlan,
    /// The customer representative is authorised today (5.4d).
    RepresentativeEntitled,
    /// This approval has passed and covers the newest revision.
    SignedOff(ApprovalKind),
    /// The test report that the customer accepts covers exactly the registered units (5.4d).
    AcceptedVersion,
    /// There is a risk analysis, and each high residual risk is accepted by name (RO1b).
    RisksAccepted,
    /// The rollback was rehearsed or exempted; both procedures are found effective (RO1c).
    RollbackRehearsed,
    /// The window is set and not over.
    WindowAhead,
    /// The window is open now (5.8a).
    WindowOpen,
    /// No freeze and no other release on the same items in the window; for other conflicts a reason is given (5.5.4).
    NoConflict,
    /// Everybody whom the go-live plan names has met their duty in person (5.7d).
    DutiesAcknowledged,
    /// Every configuration item has its baseline, and still is as it says (5.2).
    BaselinesTaken,
    /// A rollback was started.
    RollingBack,
    /// No rollback was started.
    NotRollingBack,
    /// It is a phase's turn, and each of its steps is done (5.5.2, 5.8a).
    PhaseDone,
    /// The release has a verdict other than success (3.5).
    NotSuccessful,
    /// A member of an open panel can act no more (5.3a).
    MemberUnable,
    /// The facts allow the verdict "successful" (10a, D8, D17).
    SuccessAllowed,
    /// There is no verdict yet, or one that has to be lowered: by what was made up since, or by an objection (D8, 5.8b, D18).
    VerdictOpen,
    /// What was made up since does not refute the verdict (5.4c, D18).
    VerdictHolds,
    /// No panel is waiting for votes.
    NoOpenApproval,
    /// No objection to a result stands (5.8b).
    NoObjection,
    /// Every configuration item is updated (3.4).
    ConfigurationConfirmed,
    /// Every archive record is present or excused (5.10a).
    ArchiveComplete,
}

/// What rules look at besides the release and the company. It is read only where a gate needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fact {
    /// What stands against the window (5.5.4).
    Conflicts,
    /// The configuration items of the release, as the database says them (5.2).
    Items,
    /// What the definitive media library has under the names of the units (9.2a).
    Library,
}

impl Gate {
    /// What it looks at besides the release and the company, which every gate has.
    #[must_use]
    pub const fn needs(self) -> &'static [Fact] {
        match self {
            Self::NoConflict => &[Fact::Conflicts],
            Self::BaselinesTaken => &[Fact::Items],
            Self::UnitsInLibrary | Self::RollbackInLibrary | Self::LibraryMadeUp => &[Fact::Library],
            _ => &[],
        }
    }

    /// Every condition of the gate that does not hold.
    #[must_use]
    pub fn unmet(self, facts: &Facts<'_>) -> Vec<Unmet> {
        match self {
            Self::NormalRoute => {
                let normal = !facts.dossier.is_emergency() || facts.dossier.is_retrospective();
                require(normal, Code::EmergencyRoute)
            }
            Self::EmergencyRoute => require(facts.dossier.is_emergency(), Code::NormalRoute),
            Self::EmergencyFounded => planning::emergency_founded(facts),
            Self::Submitted(kind) => planning::submitted(facts, kind),
            Self::TeamComplete => planning::team_complete(facts),
            Self::DutiesSeparated => planning::duties_separated(facts),
            Self::ChangesApproved => planning::changes_approved(facts),
            Self::GroupingOpen => {
                require(facts.dossier.changes.len() > 1 && facts.dossier.release.grouping.is_none(), Code::GroupingConfirmed)
            }
            Self::GroupingConfirmed => planning::grouping_confirmed(facts),
            Self::OpinionsAsked => planning::opinions_asked(facts),
            Self::DepartmentsHaveReviewers => planning::departments_have_reviewers(facts),
            Self::TasksDone(blocks) => tasks_done(facts, blocks),
            Self::UnitsRegistered => {
                let unmet = Unmet::new(Code::UnitNone).by([facts.party(Role::ReleaseAdministrator)]).at("units");
                require(facts.dossier.units_in_force().next().is_some(), unmet)
            }
            Self::UnitsPlanned => go_live::units_planned(facts),
            Self::UnitsTested => go_live::units_tested(facts),
            Self::UnitsInLibrary => library::units_in_library(facts),
            Self::RollbackInLibrary => library::rollback_in_library(facts),
            Self::LibraryMadeUp => library::library_made_up(facts),
            Self::TestedOrEmergency => go_live::tested_or_emergency(facts),
            Self::TestPassed => go_live::test_passed(facts),
            Self::TestsAsReported => go_live::tests_as_reported(facts),
            Self::ReportAfterPlan => go_live::report_after_plan(facts),
            Self::RepresentativeEntitled => go_live::representative_entitled(facts),
            Self::SignedOff(kind) => signed_off(facts, kind),
            Self::AcceptedVersion => go_live::accepted_version(facts),
            Self::RisksAccepted => go_live::risks_accepted(facts),
            Self::RollbackRehearsed => go_live::rollback_rehearsed(facts),
            Self::WindowAhead => go_live::window_ahead(facts),
            Self::WindowOpen => go_live::window_open(facts),
            Self::NoConflict => window::no_conflict(facts),
            Self::DutiesAcknowledged => go_live::duties_acknowledged(facts),
            Self::BaselinesTaken => running::baselines_taken(facts),
            Self::RollingBack => require(facts.dossier.is_rolled_back(), Code::NotRollingBack),
            Self::NotRollingBack => require(!facts.dossier.is_rolled_back(), Code::RollingBack),
            Self::PhaseDone => running::phase_done(facts),
            Self::NotSuccessful => {
                let failed = facts.dossier.release.verdict.as_ref().is_some_and(|v| v.verdict != Verdict::Successful);
                require(failed, Code::ReviewNotNeeded)
            }
            Self::MemberUnable => require(running::some_member_is_unable(facts), Code::MembersAble),
            Self::SuccessAllowed => success::success_allowed(facts),
            Self::VerdictOpen => {
                let refuted = go_live::is_refuted(facts) || !running::objections(facts).is_empty();
                let open = facts.dossier.release.verdict.is_none() || refuted;
                require(open, Code::VerdictStands)
            }
            Self::VerdictHolds => {
                let by = [facts.party(Role::ReleaseAdministrator), facts.party(Role::ReleaseOwner)];
                require(!go_live::is_refuted(facts), Unmet::new(Code::VerdictRefuted).by(by).at("documents/test_report"))
            }
            Self::NoOpenApproval => running::no_open_approval(facts),
            Self::NoObjection => running::no_objection(facts),
            Self::ConfigurationConfirmed => running::configuration_confirmed(facts),
            Self::ArchiveComplete => running::archive_complete(facts),
        }
    }
}

/// Nothing when the condition holds, else the reason.
pub(crate) fn require(holds: bool, unmet: impl Into<Unmet>) -> Vec<Unmet> {
    if holds { Vec::new() } else { vec![unmet.into()] }
}

fn tasks_done(facts: &Facts<'_>, blocks: Blocks) -> Vec<Unmet> {
    let open = facts.dossier.tasks.iter().filter(|t| t.blocks == blocks && t.is_open());
    open.map(|task| {
        let verifier = facts.verifier(task).filter(|_| task.state == crate::blocks::task::TaskState::Submitted);
        let who = verifier.unwrap_or(task.assignee);
        Unmet::new(Code::TaskOpen)
            .of_clause(task.kind.rule().clause)
            .with("task", &task.title)
            .with_text("who", facts.names([who]))
            .by([Party::User(who)])
            .at(format!("tasks/{}", task.id))
    })
    .collect()
}

fn signed_off(facts: &Facts<'_>, kind: ApprovalKind) -> Vec<Unmet> {
    let unmet = |code| Unmet::new(code).of_clause(kind.clause()).with_text("approval", kind).at("approvals");
    match facts.dossier.latest_approval(kind) {
        Some(_) if facts.dossier.is_signed_off(kind) => Vec::new(),
        Some(approval)
            if approval.state == crate::blocks::approval::ApprovalState::Passed && !is_as_approved(facts.dossier, approval) =>
        {
            vec![
                Unmet::new(Code::ApprovalOutdated)
                    .of_clause(kind.clause())
                    .with_text("approval", kind)
                    .by([facts.party(Role::ReleaseAdministrator)])
                    .at("approvals"),
            ]
        }
        Some(approval) if approval.is_open() => {
            let waiting = unmet(Code::ApprovalNotPassed).by(approval.awaited().map(Party::User));
            std::iter::once(waiting).chain(unable_members(facts, approval)).collect()
        }
        _ => vec![unmet(Code::ApprovalNotPassed).by([facts.party(Role::ReleaseAdministrator)])],
    }
}
