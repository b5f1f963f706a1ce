//! Who reads a release, and what an outsider does not see of it (RX, D21, 5.11.2).

use crate::support::*;
use fabu_domain::{
    blocks::document::{DocumentContent, DocumentKind},
    ids::UserId,
    subjects::{
        event::ReleaseEvent,
        release::{
            Dossier,
            command::Command,
            stage::{ReleaseKind, Stage},
        },
        visibility::{Scope, may_read},
    },
};
use fabu_scenario::cast::CASTS;
use std::sync::Arc;

/// The customer of the release, as the scope of its representative.
fn customer_of(case: &Case) -> Scope {
    Scope::Customers([case.cast.customer_id].into())
}

/// A closed release whose report is submitted, with a newer draft that repeats its figures.
fn reported() -> Case {
    let mut case = at(Stage::Closed);
    case.until(|d| d.latest(DocumentKind::ReleaseReport).is_some());
    let content = case.dossier.latest(DocumentKind::ReleaseReport).unwrap().content.as_ref().clone();
    case.done(case.cast.administrator, Command::SaveDraft { document: DocumentKind::ReleaseReport, content });
    case
}

/// For every content of the report, the draft first: whether it holds figures.
fn figures(dossier: &Dossier) -> Vec<bool> {
    let report = &dossier.documents[&DocumentKind::ReleaseReport];
    let contents = report.draft.iter().map(|d| &d.content).chain(report.revisions.iter().map(|r| &r.content));
    let has_figures = |content: &Arc<DocumentContent>| match content.as_ref() {
        DocumentContent::ReleaseReport(report) => report.figures.is_some(),
        other => panic!("no report: {other:?}"),
    };
    contents.map(has_figures).collect()
}

#[test]
fn a_release_is_read_by_the_company_and_by_whoever_represents_its_customer_today() {
    let mut case = opened(&CASTS[0], ReleaseKind::Minor, |way| way);
    let reads = |case: &Case, user: UserId| may_read(&case.around.directory, user, case.around.now, &case.dossier);
    let (representative, stranger) = (case.cast.representative, person("bai.xuefeng"));
    assert!(reads(&case, case.cast.owner) && reads(&case, person("lin.na")), "the company, with or without a seat");
    assert!(reads(&case, representative));
    assert!(!reads(&case, stranger), "represents another customer");
    assert!(customer_of(&case).has_release(&case.dossier) && !Scope::Nothing.has_release(&case.dossier));
    case.deactivate(person("lin.na"));
    assert!(!reads(&case, person("lin.na")));
    // A seat in the team opens nothing once the entitlement is over.
    let yesterday = fabu_domain::time::clock::company_day(case.around.now).pred_opt();
    let customer = case.cast.customer_id;
    for entitled in &mut case.world.around.directory.customers.get_mut(&customer).unwrap().representatives {
        entitled.until = yesterday;
    }
    assert!(!reads(&case, representative));
}

#[test]
fn an_outsider_sees_the_report_of_a_release_without_the_figures_of_other_customers() {
    let case = reported();
    assert_eq!(figures(&case.dossier), [true, true]);
    let dossier = Arc::new(case.dossier.clone());
    let seen = customer_of(&case).release(Arc::clone(&dossier)).unwrap();
    assert_eq!(figures(&seen), [false, false]);
    let mut rest = Dossier::clone(&seen);
    rest.documents.insert(DocumentKind::ReleaseReport, dossier.documents[&DocumentKind::ReleaseReport].clone());
    assert_eq!(rest, *dossier, "everything else is as it is");
    assert_eq!(Scope::All.release(Arc::clone(&dossier)), Some(Arc::clone(&dossier)));
    assert_eq!(Scope::Nothing.release(Arc::clone(&dossier)), None);
    let other = Scope::Customers([fabu_scenario::company::customer("bank")].into());
    assert_eq!(other.release(dossier), None);
    let young = Arc::new(new().dossier.clone());
    assert_eq!(customer_of(&case).release(Arc::clone(&young)), Some(young), "no report, nothing to keep back");
}

/// The history is shown to whoever may read the release, so no content of a document may be in it (5.11.2).
#[test]
fn the_history_of_a_release_tells_of_its_documents_without_their_content() {
    let case = reported();
    let told = |event: &ReleaseEvent| match event {
        ReleaseEvent::DraftSaved { document, .. } => Some((*document, "draft", event.to_log().1)),
        ReleaseEvent::DocumentSubmitted { document, .. } => Some((*document, "revision", event.to_log().1)),
        _ => None,
    };
    let told: Vec<_> = case.events.iter().filter_map(told).collect();
    let of_report = told.iter().filter(|(document, ..)| *document == DocumentKind::ReleaseReport).map(|(_, what, _)| *what);
    assert_eq!(of_report.collect::<Vec<_>>(), ["draft", "revision", "draft"]);
    for (document, what, payload) in &told {
        assert_eq!(payload["document"], document.as_str());
        assert!(payload[what].is_object() && payload[what].get("content").is_none(), "{payload}");
    }
}
