//! Objects under service (§2): what releases are about.

use super::{Rules, register};
use crate::{
    ids::{CustomerId, DepartmentId, ServiceObjectId},
    text::{Code, Line},
};

register! {
    /// An object under service (§2): system, device or component, for one customer.
    ServiceObject(ServiceObjectId), stated ServiceObjectStated as ServiceObjectRequest, asked ServiceObjectAsked, shown as ServiceObjectView;
    kind "service_object" "service-objects" "服务对象" "service object" "服务对象" "service objects";
    about "运维服务对象：只有登记的对象的变更才属于发布管理的范围（2）。" "Objects under service: only changes of registered objects are in the scope of release management (2).";
    reads ListServiceObjects ViewServiceObject;
    create CreateServiceObject "service_object.created" "新增服务对象" "service object added";
    update UpdateServiceObject "service_object.updated" "修改服务对象" "service object changed";
    named name;
    unique code;
    of customer_id;
    fields {
        /// Unique short code.
        code: Code = "代码" "code";
        /// Name.
        name: Line = "名称" "name";
        /// Whose it is.
        customer_id: CustomerId = "客户" "customer";
        /// Departments whose work a release of it touches: their heads review the plan (§5.3).
        departments: Vec<DepartmentId> = "涉及部门" "departments concerned"
            hint "发布涉及这些部门的工作，由其负责人评审发布方案（5.3）" "a release of it touches their work; their heads review the plan (5.3)"
            [serde(default)] [schema(max_items = 200)];
        /// False: outside the scope of §2.
        active: bool = "启用" "active" hint "停用的对象不在服务范围内" "an inactive object is out of scope"
            [serde(default = "crate::subjects::registers::yes")];
    }
    retires by active;
    finds q in code name;
    filters {
        /// Objects of this customer only.
        customer_id: CustomerId;
    }
    example {
        "code": "CBS", "name": "核心业务系统", "customer_id": "0192f3c1-7b1e-7000-8000-000000000001", "departments": [], "active": true
    }
}

impl Rules for ServiceObject {
    fn position(&self) -> String {
        self.code.to_string()
    }
}
