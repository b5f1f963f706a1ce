//! How much room files may take, and what they take.

use crate::{AppError, Cx, Fault, Rx};
use fabu_domain::{
    ids::{ReleaseId, UserId},
    subject::{operation::Operation, refusal::Text},
};
use fabu_store::{StorageScope, StorageUse};

const MIB: i64 = 1024 * 1024;

/// How many of the largest are shown.
const SHOWN: i64 = 10;

/// The most room that files may take, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StorageQuota {
    /// Files of one release.
    pub release: i64,
    /// Files that one person uploaded.
    pub person: i64,
    /// Files of the instance.
    pub instance: i64,
}

impl StorageQuota {
    /// Room in MiB.
    #[must_use]
    pub const fn mib(release: u32, person: u32, instance: u32) -> Self {
        Self { release: release as i64 * MIB, person: person as i64 * MIB, instance: instance as i64 * MIB }
    }
}

impl Default for StorageQuota {
    /// 1 GiB a release, 10 GiB a person, 100 GiB in all.
    fn default() -> Self {
        Self::mib(1024, 10 * 1024, 100 * 1024)
    }
}

/// Refuses a file of a release or of something else that would take more room than is granted. From here to the end of the transaction no other adds one, so
/// that two at once cannot both take the last room.
///
/// # Errors
/// [`Fault::ReleaseQuota`], [`Fault::PersonQuota`], [`Fault::InstanceQuota`] with the figures.
pub(crate) fn require_room(cx: &mut Cx<'_, '_>, release: Option<ReleaseId>, size: i64) -> Result<(), AppError> {
    cx.tx.lock_storage()?;
    let quota = cx.settings.storage_quota;
    let of_release = release.map(|id| (StorageScope::Release(id), quota.release, Fault::ReleaseQuota));
    let of_all = [
        (StorageScope::Person(cx.caller.user_id), quota.person, Fault::PersonQuota),
        (StorageScope::Instance, quota.instance, Fault::InstanceQuota),
    ];
    for (scope, limit, fault) in of_release.into_iter().chain(of_all) {
        let used = cx.tx.storage_of(scope)?.bytes;
        if used.saturating_add(size) > limit {
            let params = [("used", used), ("limit", limit), ("size", size)];
            let params = params.into_iter().map(|(name, bytes)| (name, Text::same(in_mib(bytes)))).collect();
            return Err(AppError::Fault { fault, params });
        }
    }
    Ok(())
}

/// `1.5` for a MiB and a half; never less than there is.
fn in_mib(bytes: i64) -> String {
    let tenths = bytes.saturating_mul(10).saturating_add(MIB - 1) / MIB;
    if tenths % 10 == 0 { format!("{}", tenths / 10) } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// What the files of the instance take, and who has most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storage {
    /// All files.
    pub all: StorageUse,
    /// What may be taken.
    pub quota: StorageQuota,
    /// The releases with most, by number.
    pub releases: Vec<(String, StorageUse)>,
    /// The people with most.
    pub people: Vec<(UserId, String, StorageUse)>,
}

/// The room that files take.
///
/// # Errors
/// Not permitted.
pub fn view_storage(rx: &mut Rx<'_, '_>) -> Result<Storage, AppError> {
    rx.permit(Operation::ViewStorage)?;
    let all = rx.tx.storage_of(StorageScope::Instance)?;
    let largest = rx.tx.largest_releases(SHOWN)?;
    let numbers = rx.tx.release_numbers(&largest.iter().map(|(id, _)| *id).collect::<Vec<_>>(), &rx.scope())?;
    let releases = largest.into_iter().map(|(id, taken)| (numbers.get(&id).cloned().unwrap_or_default(), taken)).collect();
    let name = |id: UserId| rx.directory.users.get(&id).map(|user| user.name.to_string()).unwrap_or_default();
    let people = rx.tx.largest_uploaders(SHOWN)?;
    let people = people.into_iter().map(|(id, taken)| (id, name(id), taken)).collect();
    Ok(Storage { all, quota: rx.settings.storage_quota, releases, people })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_in_mib_and_never_too_small() {
        for (bytes, text) in [(0, "0"), (1, "0.1"), (MIB, "1"), (MIB + 1, "1.1"), (1024 * MIB, "1024"), (3 * MIB / 2, "1.5")] {
            assert_eq!(in_mib(bytes), text, "{bytes}");
        }
    }
}
