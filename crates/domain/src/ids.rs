//! Identifiers: one newtype per kind of thing, all UUIDs.
//!
//! Two sources exist, both here: [`IdSource`] for things made by a use case (time-ordered), and `nth` for things that
//! belong to a release and are made by the pure core, which has no random source: they are derived from the release.

use uuid::Uuid;

/// Declares kinds of identity. A register declares its own beside its records.
macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for uuid::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl $name {
            /// The `n`-th thing of this kind inside a release or another subject; the same arguments always give the same id.
            #[must_use]
            pub fn nth(subject: impl Into<uuid::Uuid>, n: usize) -> Self {
                Self(uuid::Uuid::new_v5(&subject.into(), format!("{}/{n}", stringify!($name)).as_bytes()))
            }
        }
    )+};
}
pub(crate) use id_types;

id_types! {
    /// A release (发布工单).
    ReleaseId,
    /// A freeze or protection window.
    FreezeWindowId,
    /// A person with an account.
    UserId,
    /// A department of the company.
    DepartmentId,
    /// A customer or contract party.
    CustomerId,
    /// An object under service for a customer (§2).
    ServiceObjectId,
    /// A change taken over from change management (§9.1).
    ChangeId,
    /// A panel asked to sign off exact content.
    ApprovalId,
    /// An obligation of one person.
    TaskId,
    /// A release unit: one file or package with version and SHA-256.
    UnitId,
    /// A test case (§5.4).
    TestCaseId,
    /// One change of a configuration item caused by a release (§5.9).
    ConfigurationChangeId,
    /// An uploaded file.
    AttachmentId,
    /// A deputy arrangement between two people.
    DeputyId,
    /// An entry of the event log.
    EventId,
    /// A login session.
    SessionId,
    /// A background job.
    JobId,
    /// A report of a quarter, in one revision.
    ReportId,
    /// A version of the procedure.
    ProcedureVersionId,
    /// An arrangement of who is sent which report when.
    ScheduleId,
    /// A robot of a chat group.
    RobotId,
    /// A version of software or hardware in the definitive media library (9.2a).
    MediaItemId,
    /// One message to one recipient.
    DeliveryId,
}

/// Where new ids come from. The product uses [`TimeOrderedIds`].
pub trait IdSource: Send + Sync {
    /// A fresh unique id.
    fn next(&self) -> Uuid;
}

/// Version 7 UUIDs: unique, and sorted by creation time, which keeps database indexes compact.
#[derive(Debug, Default, Clone, Copy)]
pub struct TimeOrderedIds;

impl IdSource for TimeOrderedIds {
    #[expect(clippy::disallowed_methods, reason = "the one place where random ids are made")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
