//! Releases at every stage, and what tests ask of them.

use chrono::TimeDelta;
use fabu_domain::{
    blocks::{
        approval::{Approval, ApprovalKind, Decision},
        document::{DocumentContent, DocumentKind},
        task::{Task, TaskKind},
    },
    ids::{ApprovalId, DeputyId, UserId},
    people::directory::Deputy,
    subject::refusal::{Code, Refusal},
    subjects::release::{
        Dossier,
        command::{Ballot, Command},
        stage::{ReleaseKind, Stage},
    },
};
use fabu_scenario::{
    Cast, Journey, Theme, World,
    cast::{CASTS, CastPlan},
    journey::agreement,
    world::Surroundings,
};
use uuid::Uuid;

/// A release with the way it goes.
#[derive(Clone)]
pub struct Case {
    pub world: World,
    pub way: Journey,
}

impl std::ops::Deref for Case {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

impl std::ops::DerefMut for Case {
    fn deref_mut(&mut self) -> &mut World {
        &mut self.world
    }
}

/// The theme of most tests: the window opens in ten days.
pub fn theme(around: &Surroundings) -> Theme {
    Theme::nth(0, around.now + TimeDelta::days(10))
}

/// A new release for a cast, with a way that may be changed.
pub fn opened(plan: &CastPlan, kind: ReleaseKind, change: impl FnOnce(Journey) -> Journey) -> Case {
    let around = Surroundings::example().unwrap();
    let way = change(Journey::new(Cast::of(plan), theme(&around)));
    let way = if kind == ReleaseKind::Emergency { way.in_an_emergency() } else { way };
    let world = World::open(around, plan, &way.theme.title, kind).unwrap();
    Case { world, way }
}

/// A new normal release.
pub fn new() -> Case {
    opened(&CASTS[0], ReleaseKind::Minor, |way| way)
}

/// A normal release that has just reached a stage.
pub fn at(stage: Stage) -> Case {
    new().to(stage)
}

/// An emergency release that has just reached a stage.
pub fn emergency_at(stage: Stage) -> Case {
    opened(&CASTS[0], ReleaseKind::Emergency, |way| way).to(stage)
}

/// A phased release with a high risk that has just reached a stage.
pub fn phased_at(stage: Stage) -> Case {
    let change = |way: Journey| Journey { theme: way.theme.clone().in_phases().with_high_risk(), ..way };
    opened(&CASTS[0], ReleaseKind::Major, change).to(stage)
}

impl Case {
    /// Goes on until the release has reached the stage.
    pub fn to(mut self, stage: Stage) -> Self {
        self.go(stage);
        self
    }

    /// Goes on until the release has reached the stage.
    pub fn go(&mut self, stage: Stage) {
        self.world.travel_to(&self.way, stage).unwrap();
        assert_eq!(self.world.dossier.release.stage, stage);
    }

    /// Goes on until `until` holds.
    pub fn until(&mut self, until: impl Fn(&Dossier) -> bool) {
        self.world.travel(&self.way, &until).unwrap();
        assert!(until(&self.world.dossier));
    }

    /// A command that must succeed.
    pub fn done(&mut self, by: UserId, command: Command) {
        self.world.wait(TimeDelta::minutes(1));
        self.world.give(by, &command).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
    }

    /// A command that must be refused for exactly these codes; nothing may have changed.
    pub fn refused(&self, by: UserId, command: &Command, expected: &[Code]) -> Refused {
        Refused::of(self.world.ask(by, command).map(|_| ()), expected)
    }

    /// The newest approval of a kind.
    pub fn approval(&self, kind: ApprovalKind) -> &Approval {
        self.dossier.latest_approval(kind).expect("an approval")
    }

    /// The only open task of a kind that `assignee` owes.
    pub fn task(&self, kind: TaskKind, assignee: UserId) -> &Task {
        let found = self.dossier.tasks.iter().find(|t| t.kind == kind && t.assignee == assignee && t.is_open());
        found.expect("an open task")
    }

    /// Answers the newest approval of a kind.
    pub fn vote(&mut self, by: UserId, kind: ApprovalKind, ballot: Ballot) {
        let approval_id = self.approval(kind).id;
        self.done(by, Command::CastVote { approval_id, ballot });
    }

    /// Saves and submits a document as its author.
    pub fn submit(&mut self, by: UserId, document: DocumentKind, content: impl Into<DocumentContent>) {
        self.done(by, Command::SaveDraft { document, content: content.into() });
        self.done(by, Command::SubmitDocument { document, note: "修订".to_owned(), figures: None });
    }

    /// Lets `deputy` act for `principal` in March.
    pub fn deputise(&mut self, deputy: UserId, principal: UserId) {
        let day = |d| chrono::NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
        let id = DeputyId(Uuid::from_u128(self.around.directory.deputies.len() as u128 + 1));
        let (from, until) = (day(1), day(31));
        self.around.directory.deputies.push(Deputy { id, principal, deputy, from, until, absent: false, version: 1 });
    }

    /// Takes a person's account out of use.
    pub fn deactivate(&mut self, user: UserId) {
        self.around.directory.users.get_mut(&user).expect("a person").active = false;
    }

    /// The stages gone through, from the events.
    pub fn stages(&self) -> Vec<Stage> {
        let to = |e: &fabu_domain::subjects::event::ReleaseEvent| match e {
            fabu_domain::subjects::event::ReleaseEvent::StageChanged { to, .. } => Some(*to),
            _ => None,
        };
        self.events.iter().filter_map(to).collect()
    }
}

/// A refusal under test.
pub struct Refused(pub Refusal);

impl Refused {
    /// Checks that exactly these codes were given, in any order.
    pub fn of(result: Result<(), Refusal>, expected: &[Code]) -> Self {
        let refusal = result.expect_err("a refusal");
        let mut codes: Vec<Code> = refusal.unmet().iter().map(|u| u.code).collect();
        let mut expected = expected.to_vec();
        codes.sort_unstable();
        expected.sort_unstable();
        assert_eq!(codes, expected, "{refusal}");
        Self(refusal)
    }

    /// The first reason names this clause.
    pub fn clause(self, clause: &str) -> Self {
        assert_eq!(self.0.unmet()[0].clause(), clause);
        self
    }

    /// The first reason names this person as able to clear it.
    pub fn cleared_by(self, user: UserId) -> Self {
        let who = &self.0.unmet()[0].who;
        assert!(who.contains(&fabu_domain::subject::refusal::Party::User(user)), "{who:?}");
        self
    }

    /// The first reason names holders of this role of the company as able to clear it.
    pub fn cleared_by_role(self, role: fabu_domain::people::role::Role) -> Self {
        let who = &self.0.unmet()[0].who;
        assert!(who.contains(&fabu_domain::subject::refusal::Party::Role(role)), "{who:?}");
        self
    }

    /// The reasons, for the coverage test.
    pub fn codes(self) -> Vec<Code> {
        self.0.unmet().iter().map(|u| u.code).collect()
    }
}

/// An answer with a comment.
pub fn ballot(decision: Decision, comment: &str) -> Ballot {
    Ballot { decision, comment: comment.to_owned(), ..agreement() }
}

/// A vote for an approval.
pub fn vote(approval_id: ApprovalId, ballot: Ballot) -> Command {
    Command::CastVote { approval_id, ballot }
}

/// The person of the example company.
pub fn person(login: &str) -> UserId {
    fabu_scenario::company::user(login)
}

/// A step carried out now.
pub fn step_now(case: &Case) -> fabu_domain::subjects::release::command::StepReport {
    fabu_domain::subjects::release::command::StepReport {
        result: fabu_domain::subjects::release::records::StepResult::Done,
        started_at: case.around.now,
        finished_at: case.around.now,
        performed_by: None,
        note: String::new(),
        attachments: Vec::new(),
        corrects: None,
    }
}
