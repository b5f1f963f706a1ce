//! What people on duty must know before deployment starts (5.7): who is named by the go-live plan, for what, and whether that
//! very person has met it.

use crate::{
    blocks::{
        document::DocumentKind,
        task::{Task, TaskKind, TaskState},
    },
    ids::UserId,
    subjects::release::{Dossier, documents::GoLivePlan},
};

/// What one person named by the plan must do in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// Duty, training or briefing.
    pub kind: TaskKind,
    /// Who.
    pub person: UserId,
    /// What the person does, in the words of the plan.
    pub duty: String,
    /// The row of the plan with the state of the sections that it rests on; a changed plan asks again.
    pub source: String,
}

/// Names a row of a document together with the state of the sections it rests on, also of other documents: when one of them
/// changes, it is another source.
#[must_use]
pub fn source_of(dossier: &Dossier, document: DocumentKind, row: &str, rests_on: &[(DocumentKind, &[&str])]) -> String {
    let hash = |kind: DocumentKind, name: &str| dossier.latest(kind)?.sections.get(name).map(|h| h.chars().take(12).collect());
    let sections = rests_on.iter().flat_map(|(kind, names)| names.iter().map(move |name| (*kind, *name)));
    let hashes: Vec<String> = sections.filter_map(|(kind, name)| hash(kind, name)).collect();
    format!("documents/{document}/{row}@{}", hashes.join("-"))
}

/// Everything that the plan expects of the people whom its roster and its steps name.
#[must_use]
pub fn expected(dossier: &Dossier, plan: &GoLivePlan) -> Vec<Expected> {
    let document = DocumentKind::GoLivePlan;
    let own = |person: UserId| {
        let sections: &[&str] = &["window", "roster", "run_steps", "rollback_steps"];
        source_of(dossier, document, &format!("roster/{person}"), &[(document, sections)])
    };
    let mut all: Vec<Expected> = Vec::new();
    for row in &plan.roster {
        let Some(person) = row.person else { continue };
        let mut expect = |kind, source| all.push(Expected { kind, person, duty: row.duty.clone(), source });
        expect(TaskKind::DutyAcknowledgement, own(person));
        if row.support {
            expect(TaskKind::SupportTraining, own(person));
        }
        if row.customer_contact {
            let source = source_of(dossier, document, &format!("contacts/{person}"), &[(document, &["window", "communication"])]);
            expect(TaskKind::CustomerContactBriefing, source);
        }
    }
    // Somebody who stands on the roster as a substitute only and has a step all the same.
    for step in &plan.run_steps {
        let Some(person) = step.person else { continue };
        if !all.iter().any(|e| e.person == person) {
            let duty = step.title.clone();
            all.push(Expected { kind: TaskKind::DutyAcknowledgement, person, duty, source: own(person) });
        }
    }
    all
}

/// True when the person named has met it in person, and somebody else has verified it where that is asked for (5.7d); or it
/// was excused, where it may be.
#[must_use]
pub fn is_met(dossier: &Dossier, expected: &Expected) -> bool {
    let by_the_person = |task: &&Task| {
        let checked =
            task.kind.rule().verifier.is_none() || task.verification.as_ref().is_some_and(|ruling| ruling.by != expected.person);
        match task.state {
            TaskState::Waived => true,
            TaskState::Done => checked && task.evidence.as_ref().is_some_and(|evidence| evidence.by == expected.person),
            TaskState::Open | TaskState::Submitted | TaskState::Cancelled => false,
        }
    };
    tasks(dossier, expected).any(|task| by_the_person(&task))
}

/// The tasks of that person for it.
pub fn tasks<'a>(dossier: &'a Dossier, expected: &'a Expected) -> impl Iterator<Item = &'a Task> {
    dossier.tasks.iter().filter(|t| t.kind == expected.kind && t.assignee == expected.person && t.source == expected.source)
}
