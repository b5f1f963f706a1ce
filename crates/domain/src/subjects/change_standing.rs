//! Where a change stands, as change management asks for it (9.1c, 9.1e): it follows from the change and the release that carries it out.

use crate::subjects::{
    change::{Change, ChangeState},
    release::{Dossier, records::ConfigurationState, stage::Verdict},
};

crate::word_enum! {
    /// Where a change stands on its way into production, as change management asks for it (9.1c, 9.1e).
    ChangeStanding {
        /// Known here, not yet approved.
        Registered = "registered" "待批准" "waits for its approval",
        /// Approved, and in no release.
        Waiting = "waiting" "待发布" "waits for a release",
        /// In a release that is being prepared.
        Planned = "planned" "发布准备中" "release in preparation",
        /// Being deployed.
        Deploying = "deploying" "部署中" "being deployed",
        /// Deployed with success; the configuration database is being updated.
        Updating = "updating" "更新配置中" "configuration being updated",
        /// Open again: the release did not succeed, or a configuration result was sent back.
        Reopened = "reopened" "重新打开" "open again",
        /// Deployed with success, and every configuration result is confirmed.
        Implemented = "implemented" "已实现" "implemented",
        /// Taken back.
        Withdrawn = "withdrawn" "已撤回" "withdrawn",
    }
}

/// Where a change stands; `release` is the one that carries it out.
#[must_use]
pub fn standing(change: &Change, release: Option<&Dossier>) -> ChangeStanding {
    let Some(dossier) = release else {
        return match change.state {
            ChangeState::Registered => ChangeStanding::Registered,
            ChangeState::Approved => ChangeStanding::Waiting,
            ChangeState::Withdrawn => ChangeStanding::Withdrawn,
        };
    };
    let items = || dossier.configuration_demanded();
    match &dossier.release.verdict {
        None if dossier.release.deployment.is_some() => ChangeStanding::Deploying,
        None => ChangeStanding::Planned,
        Some(record) if record.verdict != Verdict::Successful => ChangeStanding::Reopened,
        Some(_) if items().any(|item| item.state == ConfigurationState::Returned) => ChangeStanding::Reopened,
        Some(_) if items().any(|item| item.state != ConfigurationState::Confirmed) => ChangeStanding::Updating,
        Some(_) => ChangeStanding::Implemented,
    }
}
