//! Departments, whose heads review release plans (§5.3).

use super::{Rules, register};
use crate::{
    ids::{DepartmentId, UserId},
    text::Line,
};

register! {
    /// A department; its head reviews release plans (§5.3).
    Department(DepartmentId), stated DepartmentStated as DepartmentRequest, asked DepartmentAsked, shown as DepartmentView;
    kind "department" "departments" "部门" "department" "部门" "departments";
    about "发布涉及的部门，由其负责人评审发布方案（5.3）。" "Departments that releases touch; their heads review release plans (5.3).";
    reads ListDepartments ViewDepartment;
    create CreateDepartment "department.created" "新增部门" "department added";
    update UpdateDepartment "department.updated" "修改部门" "department changed";
    named name;
    unique name;
    fields {
        /// Unique name.
        name: Line = "部门名称" "department name";
        /// Who reviews release plans for it (§5.3).
        head: Option<UserId> = "部门负责人" "head" hint "代表部门评审发布方案" "reviews release plans for the department";
        /// Who reviews when there is no head.
        deputy_head: Option<UserId> = "副负责人" "deputy head" hint "没有负责人时由其评审" "reviews when there is no head";
        /// False: no longer offered.
        active: bool = "启用" "active" hint "停用的部门不再供选择" "an inactive department is no longer offered"
            [serde(default = "crate::subjects::registers::yes")];
    }
    retires by active;
    finds q in name;
    example { "name": "运维部", "head": null, "deputy_head": null, "active": true }
}

impl Rules for Department {
    fn position(&self) -> String {
        self.name.to_string()
    }
}
