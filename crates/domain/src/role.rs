//! The roles of the procedure (§4) and of the company.

use serde::{Deserialize, Serialize};

/// Declares an enum whose values are words on the wire and in the database.
#[macro_export]
macro_rules! word_enum {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $vdoc:literal])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[doc = $vdoc])* #[serde(rename = $word)] $variant),+ }

        // Written out: the derive does not see a word that comes through a macro and would show the variants' names.
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some(concat!($($doc),*).trim()))
                    .enum_values(Some([$($word),+]))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used on the wire and in the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::role::UnknownWord;
            fn from_str(text: &str) -> Result<Self, $crate::role::UnknownWord> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::role::UnknownWord { word: text.to_owned(), expected: stringify!($name), known: &[$($word),+] }),
                }
            }
        }
    };
}

/// A word that is no value of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{word}\" is no {expected}; known: {}", known.join(", "))]
pub struct UnknownWord {
    /// What was given.
    pub word: String,
    /// The kind of value that was expected.
    pub expected: &'static str,
    /// Every accepted word.
    pub known: &'static [&'static str],
}

word_enum! {
    /// What a person may be asked to do. The first six are held per release (its team); all are granted by an administrator.
    Role {
        /// RO 发布负责人 (also 发布经理, D1): approves the plan, manages the release as a whole.
        ReleaseOwner = "release_owner",
        /// RA 发布管理员: makes the plan, convenes the panels, coordinates.
        ReleaseAdministrator = "release_administrator",
        /// RT 发布测试员: tests and reports.
        ReleaseTester = "release_tester",
        /// RI 发布实施人员: deploys and closes.
        Implementer = "implementer",
        /// CA 配置管理员: updates the configuration management database.
        ConfigurationAdministrator = "configuration_administrator",
        /// CR 客户代表: accepts and confirms for the customer.
        CustomerRepresentative = "customer_representative",
        /// CM 变更管理: hands over approved changes and groups them into releases.
        ChangeManager = "change_manager",
        /// DH 部门负责人: reviews the plan for a department.
        DepartmentHead = "department_head",
        /// SS 服务支持人员: supports users after the release.
        SupportStaff = "support_staff",
        /// GMD 综合管理部: responsible for improvement of the procedure.
        ImprovementManager = "improvement_manager",
        /// OPS 运维部: carries improvements out.
        Operations = "operations",
        /// GM 总经理: approves changes of the procedure and exceptions.
        GeneralManager = "general_manager",
        /// PO 流程负责人 (D2): owns the process, distinct from the owner of one release.
        ProcessOwner = "process_owner",
        /// AUD: reads everything, changes nothing.
        Auditor = "auditor",
        /// ADM: runs the system; has no say in any release.
        SystemAdministrator = "system_administrator",
    }
}

impl Role {
    /// The roles that every release names (R0).
    pub const TEAM: [Self; 6] = [
        Self::ReleaseOwner,
        Self::ReleaseAdministrator,
        Self::ReleaseTester,
        Self::Implementer,
        Self::ConfigurationAdministrator,
        Self::CustomerRepresentative,
    ];

    /// False for the roles that only read releases, or only run the program.
    #[must_use]
    pub const fn has_say(self) -> bool {
        !matches!(self, Self::Auditor | Self::SystemAdministrator)
    }

    /// True for the roles in which somebody of the company acts: with a say in releases, and not the customer's.
    #[must_use]
    pub const fn acts_for_company(self) -> bool {
        self.has_say() && !matches!(self, Self::CustomerRepresentative)
    }

    /// The procedure's own word.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::ReleaseOwner => "发布负责人",
            Self::ReleaseAdministrator => "发布管理员",
            Self::ReleaseTester => "发布测试员",
            Self::Implementer => "发布实施人员",
            Self::ConfigurationAdministrator => "配置管理员",
            Self::CustomerRepresentative => "客户代表",
            Self::ChangeManager => "变更管理",
            Self::DepartmentHead => "部门负责人",
            Self::SupportStaff => "服务支持人员",
            Self::ImprovementManager => "综合管理部",
            Self::Operations => "运维部",
            Self::GeneralManager => "总经理",
            Self::ProcessOwner => "流程负责人",
            Self::Auditor => "审计员",
            Self::SystemAdministrator => "系统管理员",
        }
    }

    /// The English name shown to people.
    #[must_use]
    pub fn en(self) -> String {
        self.as_str().replace('_', " ")
    }
}

/// A set of roles, kept sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Roles(std::collections::BTreeSet<Role>);

impl Roles {
    /// True when `role` is granted.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// The granted roles, sorted.
    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}
