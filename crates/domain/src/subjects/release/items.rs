//! Which configuration items a release looks at and which it writes (3.4, 5.9, 9.2c).

use crate::{
    blocks::document::{DocumentContent, DocumentKind},
    subjects::{
        event::{ConfigurationAction, ReleaseEvent},
        release::{
            Dossier,
            command::Command,
            procedure::{document_rule, needs},
            records::{ConfigurationChange, ItemState},
        },
    },
};

/// The numbers of the items that rules look at: for a command those that it concerns, else those that what can be done now depends
/// on. What is not among them is not read.
#[must_use]
pub fn items_asked<'a>(dossier: &'a Dossier, command: Option<&'a Command>) -> Vec<&'a str> {
    let of = |id| dossier.configuration_change(id).map(|change| change.item.as_str()).into_iter().collect();
    match command {
        Some(Command::PlanConfigurationChange { item, .. }) => vec![item],
        Some(Command::RecordBaseline { change_id, .. } | Command::ConfirmConfigurationChange { change_id, .. }) => of(*change_id),
        _ => {
            let mut asked = Vec::new();
            if document_rule(DocumentKind::ReleasePlan).is_open(dossier) {
                asked.extend(planned(dossier));
            }
            if needs(super::gate::Fact::Items, dossier.release.stage) {
                asked.extend(dossier.configuration_demanded().map(|change| change.item.as_str()));
            }
            asked
        }
    }
}

/// The items that the plan names as it is written now.
fn planned(dossier: &Dossier) -> impl Iterator<Item = &str> {
    let document = dossier.documents.get(&DocumentKind::ReleasePlan);
    let items = match document.and_then(|document| document.content()) {
        Some(DocumentContent::ReleasePlan(plan)) => plan.configuration_items.as_slice(),
        _ => &[],
    };
    items.iter().map(|item| item.identifier.as_str()).filter(|number| !number.trim().is_empty())
}

/// The items that the release is about: those of its list, before there is one those that the plan names.
#[must_use]
pub fn items_of_plan(dossier: &Dossier) -> Vec<&str> {
    let listed: Vec<&str> = dossier.configuration_demanded().map(|change| change.item.as_str()).collect();
    if listed.is_empty() { planned(dossier).collect() } else { listed }
}

/// What the configuration administrator has confirmed by these events: the item's number, and how it is now (5.9).
pub fn items_confirmed(events: &[ReleaseEvent]) -> impl Iterator<Item = (&ConfigurationChange, &ItemState)> {
    events.iter().filter_map(|event| match event {
        ReleaseEvent::Configuration { action: ConfigurationAction::Confirmed, change } => Some((change, change.actual.as_ref()?)),
        _ => None,
    })
}
