//! The documents in force, as consequences and completeness rules read them.

use crate::{
    blocks::document::{DocumentContent, DocumentContext, DocumentKind, Revision},
    people::role::Role,
    subjects::release::{
        Dossier,
        documents::{GoLivePlan, ReleasePlan, TestCategory, test_results::case_results},
        facts::Facts,
    },
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeSet, HashMap};

/// The plan in force, if submitted.
pub(crate) fn plan_in_force<'a>(facts: &Facts<'a>) -> Option<&'a ReleasePlan> {
    match facts.dossier.latest(DocumentKind::ReleasePlan)?.content.as_ref() {
        DocumentContent::ReleasePlan(plan) => Some(plan),
        _ => None,
    }
}

/// The go-live plan in force, if submitted.
pub(crate) fn go_live_plan_in_force<'a>(facts: &Facts<'a>) -> Option<&'a GoLivePlan> {
    match facts.dossier.latest(DocumentKind::GoLivePlan)?.content.as_ref() {
        DocumentContent::GoLivePlan(plan) => Some(plan),
        _ => None,
    }
}

/// What the completeness rules look at.
pub(crate) fn document_context<'a>(facts: &Facts<'a>) -> DocumentContext<'a> {
    let mut executed_cases: HashMap<TestCategory, usize> = HashMap::new();
    let executed: BTreeSet<_> =
        facts.dossier.test_runs.iter().filter(|r| r.round == facts.dossier.release.test_round).map(|r| r.case_id).collect();
    for case in facts.dossier.test_cases.iter().filter(|c| executed.contains(&c.id)) {
        *executed_cases.entry(case.category).or_default() += 1;
    }
    DocumentContext {
        emergency: facts.dossier.is_emergency(),
        executed_cases,
        cases: case_results(facts.dossier),
        release_plan: plan_in_force(facts),
        administrator: facts.holder(Role::ReleaseAdministrator),
        rollback_planned: rollback_planned(facts.dossier),
        items: facts.items,
        ..DocumentContext::new(facts.directory, &facts.dossier.release.service_objects, facts.now)
    }
}

/// Since when the rollback is planned as it is in force: the submission of the first revision from which on it did not change.
fn rollback_planned(dossier: &Dossier) -> Option<DateTime<Utc>> {
    let revisions = &dossier.documents.get(&DocumentKind::ReleasePlan)?.revisions;
    let planned = |r: &Revision| r.sections.get("rollback").cloned();
    let in_force = planned(revisions.last()?);
    let unchanged = revisions.iter().rev().take_while(|r| planned(r) == in_force);
    unchanged.last().map(|first| first.submitted.at)
}
