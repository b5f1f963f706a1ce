//! The roles of the procedure (§4) and of the company.

use serde::{Deserialize, Serialize};

crate::word_enum! {
    /// What a person may be asked to do. The first six are held per release (its team); all are granted by an administrator.
    Role {
        /// RO 发布负责人 (also 发布经理, D1): approves the plan, manages the release as a whole.
        ReleaseOwner = "release_owner" "发布负责人" "release owner",
        /// RA 发布管理员: makes the plan, convenes the panels, coordinates.
        ReleaseAdministrator = "release_administrator" "发布管理员" "release administrator",
        /// RT 发布测试员: tests and reports.
        ReleaseTester = "release_tester" "发布测试员" "release tester",
        /// RI 发布实施人员: deploys and closes.
        Implementer = "implementer" "发布实施人员" "implementer",
        /// CA 配置管理员: updates the configuration management database.
        ConfigurationAdministrator = "configuration_administrator" "配置管理员" "configuration administrator",
        /// CR 客户代表: accepts and confirms for the customer.
        CustomerRepresentative = "customer_representative" "客户代表" "customer representative",
        /// CM 变更管理: hands over approved changes and groups them into releases.
        ChangeManager = "change_manager" "变更管理" "change manager",
        /// DH 部门负责人: reviews the plan for a department.
        DepartmentHead = "department_head" "部门负责人" "department head",
        /// SS 服务支持人员: supports users after the release.
        SupportStaff = "support_staff" "服务支持人员" "support staff",
        /// GMD 综合管理部: responsible for improvement of the procedure.
        ImprovementManager = "improvement_manager" "综合管理部" "improvement manager",
        /// OPS 运维部: carries improvements out.
        Operations = "operations" "运维部" "operations",
        /// GM 总经理: approves changes of the procedure and exceptions.
        GeneralManager = "general_manager" "总经理" "general manager",
        /// PO 流程负责人 (D2): owns the process, distinct from the owner of one release.
        ProcessOwner = "process_owner" "流程负责人" "process owner",
        /// AUD: reads everything, changes nothing.
        Auditor = "auditor" "审计员" "auditor",
        /// ADM: runs the system; has no say in any release.
        SystemAdministrator = "system_administrator" "系统管理员" "system administrator",
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
