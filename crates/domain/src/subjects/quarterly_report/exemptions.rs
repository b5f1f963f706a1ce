//! Which rules were set aside in a quarter, for whom and by whom (R0, RO1c): an exemption is seen, not only granted.

use super::{facts::JudgedRelease, set_aside::SetAside};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A release for which a rule was set aside (R0, RO1c).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Exempted {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What was set aside, why and by whom.
    pub set_aside: Vec<SetAside>,
}

pub(super) fn exempted(release: &JudgedRelease) -> Option<Exempted> {
    let set_aside = release.managed.as_ref().map(|m| m.set_aside.clone()).filter(|all| !all.is_empty())?;
    Some(Exempted { number: release.number.clone(), title: release.title.clone(), set_aside })
}
