//! The room that uploaded files take.

use fabu_app::subjects::releases::{Storage, StorageUse};
use fabu_domain::ids::UserId;
use serde::Serialize;
use utoipa::ToSchema;

/// Room in bytes: what is taken and what may be.
#[derive(Debug, Serialize, ToSchema)]
pub struct StorageView {
    /// Bytes of all files.
    #[schema(example = 73_400_320)]
    pub bytes: i64,
    /// All files.
    #[schema(example = 41)]
    pub files: i64,
    /// The most bytes of all files.
    pub instance_quota: i64,
    /// The most bytes of the files of one release.
    pub release_quota: i64,
    /// The most bytes of the files that one person uploaded.
    pub person_quota: i64,
    /// The releases whose files take most, at most ten.
    pub releases: Vec<ReleaseStorageView>,
    /// The people whose files take most, at most ten.
    pub people: Vec<PersonStorageView>,
}

/// What the files of a release take.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseStorageView {
    /// The number of the release.
    #[schema(example = "REL-2026-0007")]
    pub number: String,
    /// Bytes.
    pub bytes: i64,
    /// Files.
    pub files: i64,
}

/// What the files that a person uploaded take.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonStorageView {
    /// The person.
    pub id: UserId,
    /// The person's name.
    #[schema(example = "张伟")]
    pub name: String,
    /// Bytes.
    pub bytes: i64,
    /// Files.
    pub files: i64,
}

impl From<Storage> for StorageView {
    fn from(storage: Storage) -> Self {
        let release =
            |(number, taken): (String, StorageUse)| ReleaseStorageView { number, bytes: taken.bytes, files: taken.files };
        let person = |(id, name, taken): (UserId, String, StorageUse)| PersonStorageView {
            id,
            name,
            bytes: taken.bytes,
            files: taken.files,
        };
        Self {
            bytes: storage.all.bytes,
            files: storage.all.files,
            instance_quota: storage.quota.instance,
            release_quota: storage.quota.release,
            person_quota: storage.quota.person,
            releases: storage.releases.into_iter().map(release).collect(),
            people: storage.people.into_iter().map(person).collect(),
        }
    }
}
