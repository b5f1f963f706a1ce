//! What a release needs of the definitive media library: the units that it deploys, and the versions that it may have to go back to
//! (3.1b, 5.2.4, 9.2a).

use crate::{
    blocks::document::{DocumentContent, DocumentKind},
    identity::same,
    people::role::Role,
    subject::refusal::{Code, Party, Refusal, Unmet},
    subjects::{
        registers::media_item::{MediaItem, MediaItemId},
        release::{Dossier, documents::ReleasePlan, records::ReleaseUnit},
    },
};

/// A version in the library, as rules look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Medium {
    /// Identity.
    pub id: MediaItemId,
    /// What it is called.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// False when it was withdrawn (9.2b).
    pub active: bool,
}

impl From<&MediaItem> for Medium {
    fn from(item: &MediaItem) -> Self {
        Self {
            id: item.id,
            name: item.name.to_string(),
            version: item.item_version.to_string(),
            sha256: item.sha256.clone(),
            active: item.active,
        }
    }
}

impl Medium {
    /// True for the version of that name, in whatever spelling.
    #[must_use]
    pub fn is(&self, name: &str, version: &str) -> bool {
        same(&self.name, name) && same(&self.version, version)
    }

    /// True when the unit is this medium: it refers to it, or it has its name and version.
    #[must_use]
    pub fn is_unit(&self, unit: &ReleaseUnit) -> bool {
        match unit.media_item_id {
            Some(id) => id == self.id,
            None => self.is(&unit.name, &unit.version),
        }
    }
}

/// Why an open release needs a medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It deploys it: the same version with the same hash. A medium with another hash is none of its units and can be corrected.
    Deployment,
    /// Its rollback goes back to it.
    Rollback,
}

/// Why a release needs this medium, if it is open and does.
#[must_use]
pub fn need_of(dossier: &Dossier, medium: &Medium) -> Option<Need> {
    if dossier.release.stage.is_closed() {
        return None;
    }
    if dossier.units_in_force().any(|unit| medium.is_unit(unit) && unit.sha256 == medium.sha256) {
        return Some(Need::Deployment);
    }
    let goes_back = |unit: &ReleaseUnit| {
        same(&medium.name, &unit.name) && return_versions(dossier, unit).into_iter().any(|version| medium.is(&unit.name, version))
    };
    dossier.units_in_force().any(goes_back).then_some(Need::Rollback)
}

/// Whether a medium may be withdrawn or become another file (9.2b). `open` are the releases that may need it.
///
/// # Errors
/// Each open release that deploys it or returns to it.
pub fn release_medium<'a>(medium: &Medium, open: impl IntoIterator<Item = &'a Dossier>) -> Result<(), Refusal> {
    let needed = open.into_iter().filter_map(|dossier| {
        let code = match need_of(dossier, medium)? {
            Need::Deployment => Code::MediumDeployed,
            Need::Rollback => Code::MediumReturnedTo,
        };
        let administrator = dossier.holder(Role::ReleaseAdministrator);
        let by = administrator.map_or(Party::Role(Role::ReleaseAdministrator), Party::User);
        let name = format!("{} {}", medium.name, medium.version);
        Some(Unmet::new(code).with("medium", name).with("release", &dossier.release.number).by([by]))
    });
    Refusal::unless_empty(needed.collect())
}

/// The versions that a rollback of the unit returns to: those that the release plan names for it (5.2.4), else the one in
/// production when it was registered. None for a unit that goes live for the first time.
#[must_use]
pub fn return_versions<'a>(dossier: &'a Dossier, unit: &'a ReleaseUnit) -> Vec<&'a str> {
    let rows = plan(dossier).map(|plan| plan.rollback.applications.rows.as_slice()).unwrap_or_default();
    let planned: Vec<&str> =
        rows.iter().filter(|row| same(&row.unit, &unit.name)).map(|row| row.target_version.as_str()).collect();
    if planned.is_empty() { unit.previous_version.as_deref().into_iter().collect() } else { planned }
}

fn plan(dossier: &Dossier) -> Option<&ReleasePlan> {
    match dossier.latest(DocumentKind::ReleasePlan)?.content.as_ref() {
        DocumentContent::ReleasePlan(plan) => Some(plan),
        _ => None,
    }
}
