//! The usual way of a release from its plan to its report, told one command at a time.
//!
//! [`Journey::next`] looks at a [`Snapshot`] and names the next command and who gives it. It does not matter how the
//! command is carried: the pure core takes it as it is, a client sends it as a request.

mod early;
mod late;
mod made_up;

use crate::{Cast, Theme, snapshot::Snapshot};
use chrono::{DateTime, Utc};
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, Decision, Rule},
        document::DocumentKind,
    },
    ids::UserId,
    people::role::Role,
    subjects::release::{
        command::{Ballot, Command, Convocation, Invitation},
        documents::report::ReportFigures,
        stage::{Stage, Verdict},
    },
    time::quarter::Quarter,
};

/// What is to be done next.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// This person gives this command.
    Give(UserId, Box<Command>),
    /// Nothing before this instant: the window is not open.
    WaitUntil(DateTime<Utc>),
    /// Nothing: the release has reached its end, or waits for something that no journey does.
    Done,
}

/// How a journey goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Journey {
    /// The people.
    pub cast: Cast,
    /// What it is about.
    pub theme: Theme,
    /// True for the emergency route.
    pub emergency: bool,
    /// How many test rounds fail before one passes.
    pub failing_rounds: u32,
    /// How many times the first reviewer sends the plan back.
    pub returned_plans: u32,
    /// True: the first who is asked to confirm the deployment objects once.
    pub objection: bool,
    /// How the deployment ends.
    pub verdict: Verdict,
}

impl Journey {
    /// A journey without incidents.
    #[must_use]
    pub fn new(cast: Cast, theme: Theme) -> Self {
        Self {
            cast,
            theme,
            emergency: false,
            failing_rounds: 0,
            returned_plans: 0,
            objection: false,
            verdict: Verdict::Successful,
        }
    }

    /// The emergency route.
    #[must_use]
    pub fn in_an_emergency(mut self) -> Self {
        self.emergency = true;
        self
    }

    /// The same with another end of the deployment.
    #[must_use]
    pub fn ending(mut self, verdict: Verdict) -> Self {
        self.verdict = verdict;
        self
    }

    /// The next command.
    #[must_use]
    pub fn next(&self, release: &Snapshot) -> Next {
        let step = match release.stage {
            Stage::Planning => self.planning(release),
            Stage::PlanReview | Stage::Acceptance | Stage::GoLiveApproval => None,
            Stage::Testing => self.testing(release),
            Stage::GoLivePlanning => self.go_live_planning(release),
            Stage::Readiness => return self.readiness(release),
            Stage::Deployment => self.answer(release).or_else(|| self.deployment(release)),
            Stage::ConfigurationUpdate => self.configuration_update(release).or_else(|| self.made_up(release)),
            Stage::Closure => self.answer(release).or_else(|| self.closure(release)),
            Stage::Closed => self.answer(release).or_else(|| self.closed(release)),
            Stage::Completed | Stage::Cancelled => return Next::Done,
        };
        step.or_else(|| self.answer(release)).unwrap_or(Next::Done)
    }

    /// The first answer that a panel waits for: agreement.
    fn answer(&self, release: &Snapshot) -> Option<Next> {
        let (approval, member) = release.approvals.iter().find_map(|a| Some((a, *a.awaited.first()?)))?;
        let ballot = self.objection_to(release, approval.kind).unwrap_or_else(agreement);
        Some(give(member, Command::CastVote { approval_id: approval.id, ballot }))
    }

    /// The answer of somebody who does not agree yet.
    fn objection_to(&self, release: &Snapshot, asked: ApprovalKind) -> Option<Ballot> {
        let revisions = release.documents.get(&DocumentKind::ReleasePlan).map_or(0, |d| d.revisions);
        let comment = match asked {
            ApprovalKind::PlanReview if revisions <= self.returned_plans => "回退判断条件不明确，请补充",
            ApprovalKind::DeploymentConfirmation if self.objection && release.confirmations == 1 => "报表数据尚未核对",
            _ => return None,
        };
        Some(Ballot { decision: Decision::Return, comment: comment.to_owned(), ..agreement() })
    }

    /// The figures that the pure core gives a report: no other release is known.
    fn figures(&self, now: DateTime<Utc>) -> ReportFigures {
        crate::contents::example_figures(&self.theme, Quarter::of(now), self.verdict == Verdict::Successful)
    }
}

fn give(by: UserId, command: Command) -> Next {
    Next::Give(by, Box::new(command))
}

/// Agreement without remark.
#[must_use]
pub fn agreement() -> Ballot {
    Ballot { on_behalf_of: None, decision: Decision::Pass, comment: String::new(), conditions: Vec::new() }
}

/// A panel of these people, each in the role, all of whom must agree.
#[must_use]
pub fn panel(members: &[(UserId, Role)]) -> Convocation {
    let invitation = |(user_id, role): &(UserId, Role)| Invitation {
        user_id: *user_id,
        capacity: fabu_domain::blocks::approval::Capacity::Role(*role),
        sections: Vec::new(),
    };
    Convocation {
        members: members.iter().map(invitation).collect(),
        rule: Rule::default(),
        place: "线上会签".to_owned(),
        due_at: None,
    }
}
