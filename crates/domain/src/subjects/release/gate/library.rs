//! Gates of the definitive media library: only what is in it is deployed, and what one goes back to is in it (3.1b, 5.2.4, 9.2a).

use crate::{
    people::role::Role,
    subject::refusal::{Code, Party, Unmet},
    subjects::release::{facts::Facts, library::return_versions, records::ReleaseUnit},
};

/// Every unit in the library with the hash that was tested. An emergency checks in until it is closed (D11, D18).
pub(super) fn units_in_library(facts: &Facts<'_>) -> Vec<Unmet> {
    if facts.dossier.is_emergency() { Vec::new() } else { missing_units(facts) }
}

/// What an emergency put into production is in the library when it is closed (D18); what it took back need not be.
pub(super) fn library_made_up(facts: &Facts<'_>) -> Vec<Unmet> {
    let is_due = facts.dossier.is_emergency() && !facts.dossier.is_rolled_back();
    if is_due { missing_units(facts) } else { Vec::new() }
}

fn missing_units(facts: &Facts<'_>) -> Vec<Unmet> {
    facts.dossier.units_in_force().filter_map(|unit| missing_unit(facts, unit)).collect()
}

fn missing_unit(facts: &Facts<'_>, unit: &ReleaseUnit) -> Option<Unmet> {
    let said = |code| Unmet::new(code).with("unit", &unit.name).with("version", &unit.version).by(keepers(facts)).at("units");
    match facts.library.iter().find(|medium| medium.active && medium.is_unit(unit)) {
        None => Some(said(Code::UnitNotInLibrary)),
        Some(medium) if medium.sha256 != unit.sha256 => {
            Some(said(Code::UnitLibraryHashDiffers).with("registered", &unit.sha256).with("library", &medium.sha256))
        }
        Some(_) => None,
    }
}

/// Of every unit, the version that a rollback returns to is in the library, or it is said why there is none (5.2.4). An emergency
/// is not held up by it (D11).
pub(super) fn rollback_in_library(facts: &Facts<'_>) -> Vec<Unmet> {
    if facts.dossier.is_emergency() {
        return Vec::new();
    }
    facts.dossier.units_in_force().flat_map(|unit| missing_returns(facts, unit)).collect()
}

fn missing_returns(facts: &Facts<'_>, unit: &ReleaseUnit) -> Vec<Unmet> {
    let versions = return_versions(facts.dossier, unit);
    let is_first = unit.first_version_reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
    if versions.is_empty() && !is_first {
        let by = [facts.party(Role::ReleaseAdministrator)];
        return vec![Unmet::new(Code::ReturnVersionUnknown).with("unit", &unit.name).by(by).at("units")];
    }
    let is_there = |version: &str| facts.library.iter().any(|medium| medium.active && medium.is(&unit.name, version));
    let missing = versions.into_iter().filter(|version| !is_there(version));
    missing
        .map(|version| {
            let unmet = Unmet::new(Code::ReturnVersionNotInLibrary).with("unit", &unit.name).with("version", version);
            unmet.by(keepers(facts)).at("units")
        })
        .collect()
}

/// Whoever checks media in.
fn keepers(facts: &Facts<'_>) -> [Party; 2] {
    [facts.party(Role::ConfigurationAdministrator), facts.party(Role::ReleaseAdministrator)]
}
