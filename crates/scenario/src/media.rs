//! What has to be in the definitive media library before a unit is deployed: the unit itself and the version before it (9.2a, 5.2.4).

use fabu_domain::{
    blocks::document::canonical::fingerprint,
    subjects::{
        registers::media_item::MediaKind,
        release::{command::NewUnit, records::UnitKind},
    },
};
use serde_json::json;

/// A medium to be checked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMedium {
    /// What it is called.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it holds.
    pub kind: MediaKind,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Where it comes from.
    pub source: String,
}

impl NewMedium {
    /// The media that a unit needs.
    #[must_use]
    pub fn of(unit: &NewUnit) -> Vec<Self> {
        let medium = |version: &str, sha256: String| Self {
            name: unit.name.clone(),
            version: version.to_owned(),
            kind: kind_of(unit.kind),
            sha256,
            source: if unit.source.is_empty() { "产品库".to_owned() } else { unit.source.clone() },
        };
        let before = unit.previous_version.as_deref().map(|version| medium(version, hash_of(&unit.name, version)));
        std::iter::once(medium(&unit.version, unit.sha256.clone())).chain(before).collect()
    }

    /// The body of the request that checks it in.
    #[must_use]
    pub fn body(&self, custodian: impl serde::Serialize) -> serde_json::Value {
        json!({
            "name": self.name, "item_version": self.version, "kind": self.kind, "sha256": self.sha256, "source": self.source,
            "custodian": custodian, "place": format!("介质库 {} {}", self.name, self.version),
        })
    }
}

/// The SHA-256 of the files of the example company.
#[must_use]
pub fn hash_of(name: &str, version: &str) -> String {
    fingerprint(&json!([name, version]))
}

const fn kind_of(kind: UnitKind) -> MediaKind {
    match kind {
        UnitKind::Application | UnitKind::Interface | UnitKind::Workflow => MediaKind::Application,
        UnitKind::DataObject | UnitKind::Configuration => MediaKind::Data,
        UnitKind::Hardware => MediaKind::Hardware,
    }
}
