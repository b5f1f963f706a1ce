//! The example company 云南腾电: plain data that a driver creates through the API, and the same as a [`Directory`].

use crate::ids::id;
use chrono::NaiveDate;
use fabu_domain::{
    ids::{CustomerId, DepartmentId, ServiceObjectId, UserId},
    language::Language,
    people::{
        directory::{Customer, Department, Directory, Representative, ServiceObject, User},
        role::Role,
    },
    text::{Code, Line, TextError},
};
use std::collections::BTreeSet;

/// The company's name.
pub const NAME: &str = "云南腾电科技有限公司";

/// A person.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// Name to sign in with; other data refer to it.
    pub login: &'static str,
    /// Name on records.
    pub name: &'static str,
    /// Ordinary position.
    pub position: &'static str,
    /// Key of the department; people of a customer have none.
    pub department: Option<&'static str>,
    /// Roles granted.
    pub roles: &'static [Role],
}

const fn person(
    login: &'static str,
    name: &'static str,
    position: &'static str,
    department: &'static str,
    roles: &'static [Role],
) -> Person {
    Person { login, name, position, department: Some(department), roles }
}

const fn outsider(login: &'static str, name: &'static str, position: &'static str) -> Person {
    Person { login, name, position, department: None, roles: &[Role::CustomerRepresentative] }
}

/// Everybody, at least one for every role.
#[rustfmt::skip]
pub const PEOPLE: &[Person] = &[
    person("li.jianguo", "李建国", "总经理", "management", &[Role::GeneralManager]),
    person("zhao.min", "赵敏", "信息系统管理员", "management", &[Role::SystemAdministrator]),
    person("luo.shan", "罗珊", "综合管理部主管", "management", &[Role::ImprovementManager, Role::DepartmentHead, Role::CustomerRepresentative]),
    person("xie.ning", "谢宁", "内审员", "management", &[Role::Auditor]),
    person("gao.ming", "高明", "变更经理", "management", &[Role::ChangeManager]),
    person("ma.li", "马丽", "变更专员", "management", &[Role::ChangeManager]),
    person("wang.zhiyuan", "王志远", "技术总监", "operations", &[Role::ProcessOwner, Role::ReleaseOwner]),
    person("chen.xiaoyan", "陈晓燕", "高级工程师", "operations", &[Role::ReleaseOwner]),
    person("he.wenbin", "何文斌", "高级工程师", "software", &[Role::ReleaseOwner]),
    person("zhang.wei", "张伟", "运维部经理", "operations", &[Role::ReleaseAdministrator, Role::DepartmentHead]),
    person("liu.fang", "刘芳", "发布专员", "operations", &[Role::ReleaseAdministrator]),
    person("deng.chao", "邓超", "运维部副经理", "operations", &[Role::Operations, Role::DepartmentHead]),
    person("sun.lei", "孙磊", "测试工程师", "software", &[Role::ReleaseTester]),
    person("zhou.ting", "周婷", "测试工程师", "software", &[Role::ReleaseTester]),
    person("wu.gang", "吴刚", "实施工程师", "operations", &[Role::Implementer]),
    person("zheng.kai", "郑凯", "实施工程师", "network", &[Role::Implementer]),
    person("qian.yu", "钱宇", "配置管理员", "operations", &[Role::ConfigurationAdministrator]),
    person("feng.jing", "冯静", "配置管理员", "operations", &[Role::ConfigurationAdministrator]),
    person("yang.fan", "杨帆", "软件部经理", "software", &[Role::DepartmentHead]),
    person("tang.qi", "唐琪", "软件部副经理", "software", &[Role::DepartmentHead]),
    person("xu.hai", "徐海", "网络安全部经理", "network", &[Role::DepartmentHead]),
    person("jiang.bo", "蒋波", "网络安全部副经理", "network", &[Role::DepartmentHead]),
    person("lin.na", "林娜", "服务台工程师", "operations", &[Role::SupportStaff]),
    person("huang.tao", "黄涛", "服务台工程师", "operations", &[Role::SupportStaff]),
    outsider("duan.chunmei", "段春梅", "信息中心主任"),
    outsider("bai.xuefeng", "白雪峰", "科技部经理"),
    outsider("pu.yunhua", "普云华", "科技部副经理"),
];

/// A department.
#[derive(Debug, Clone, Copy)]
pub struct DepartmentPlan {
    /// Key; other data refer to it.
    pub key: &'static str,
    /// Name.
    pub name: &'static str,
    /// Login of the head.
    pub head: &'static str,
    /// Login of the deputy head.
    pub deputy_head: Option<&'static str>,
}

/// Every department.
#[rustfmt::skip]
pub const DEPARTMENTS: &[DepartmentPlan] = &[
    DepartmentPlan { key: "management", name: "综合管理部", head: "luo.shan", deputy_head: None },
    DepartmentPlan { key: "operations", name: "运维部", head: "zhang.wei", deputy_head: Some("deng.chao") },
    DepartmentPlan { key: "software", name: "软件部", head: "yang.fan", deputy_head: Some("tang.qi") },
    DepartmentPlan { key: "network", name: "网络安全部", head: "xu.hai", deputy_head: Some("jiang.bo") },
];

/// Somebody who may accept for a customer.
#[derive(Debug, Clone, Copy)]
pub struct RepresentativePlan {
    /// Login.
    pub login: &'static str,
    /// Why an internal person stands for the customer (D13).
    pub internal_reason: Option<&'static str>,
}

/// A customer.
#[derive(Debug, Clone, Copy)]
pub struct CustomerPlan {
    /// Key; other data refer to it.
    pub key: &'static str,
    /// Name.
    pub name: &'static str,
    /// Contract number.
    pub contract: Option<&'static str>,
    /// Who may accept.
    pub representatives: &'static [RepresentativePlan],
}

const fn representative(login: &'static str) -> RepresentativePlan {
    RepresentativePlan { login, internal_reason: None }
}

/// Every customer; the last is the company's own business side.
#[rustfmt::skip]
pub const CUSTOMERS: &[CustomerPlan] = &[
    CustomerPlan { key: "bus", name: "滇池城市公交有限公司", contract: Some("YNTD-HT-2025-018"), representatives: &[representative("duan.chunmei")] },
    CustomerPlan { key: "bank", name: "云岭农村商业银行", contract: Some("YNTD-HT-2024-041"), representatives: &[representative("bai.xuefeng"), representative("pu.yunhua")] },
    CustomerPlan { key: "internal", name: "本公司业务部门", contract: None, representatives: &[
        RepresentativePlan { login: "luo.shan", internal_reason: Some("内部系统，没有外部客户，由综合管理部代表业务方") }] },
];

/// An object under service.
#[derive(Debug, Clone, Copy)]
pub struct ObjectPlan {
    /// Unique code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Key of the customer.
    pub customer: &'static str,
    /// Keys of the departments that a release of it touches.
    pub departments: &'static [&'static str],
}

/// Every object under service.
#[rustfmt::skip]
pub const OBJECTS: &[ObjectPlan] = &[
    ObjectPlan { code: "BUS-TICKET", name: "公交票务系统", customer: "bus", departments: &["software", "network"] },
    ObjectPlan { code: "BUS-DISPATCH", name: "公交调度指挥平台", customer: "bus", departments: &["software", "operations"] },
    ObjectPlan { code: "BANK-COUNTER", name: "网点柜面系统", customer: "bank", departments: &["software", "network"] },
    ObjectPlan { code: "BANK-NET", name: "网点骨干网络", customer: "bank", departments: &["network"] },
    ObjectPlan { code: "INT-DESK", name: "内部工单系统", customer: "internal", departments: &["operations", "software"] },
];

/// The first day of every representative's entitlement.
#[must_use]
pub fn entitled_from() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default()
}

/// The id that a person has in [`directory`].
#[must_use]
pub fn user(login: &str) -> UserId {
    id("user", login)
}

/// The id that a department has in [`directory`].
#[must_use]
pub fn department(key: &str) -> DepartmentId {
    id("department", key)
}

/// The id that a customer has in [`directory`].
#[must_use]
pub fn customer(key: &str) -> CustomerId {
    id("customer", key)
}

/// The id that an object under service has in [`directory`].
#[must_use]
pub fn object(code: &str) -> ServiceObjectId {
    id("object", code)
}

/// The company as rules see it.
///
/// # Errors
/// When one of the names above breaks the rules for text.
pub fn directory() -> Result<Directory, TextError> {
    let mut directory = Directory { version: 1, ..Directory::default() };
    for (n, plan) in PEOPLE.iter().enumerate() {
        let person = User {
            id: user(plan.login),
            login: plan.login.to_owned(),
            name: Line::parse(plan.name)?,
            email: Some(format!("{}@example.com", plan.login)),
            phone: Some(phone(n)),
            department_id: plan.department.map(department),
            position: Some(Line::parse(plan.position)?),
            roles: plan.roles.iter().copied().collect(),
            language: Language::Chinese,
            active: true,
            session_version: 1,
            version: 1,
        };
        directory.users.insert(person.id, person);
    }
    for plan in DEPARTMENTS {
        let (head, deputy_head) = (Some(user(plan.head)), plan.deputy_head.map(user));
        let (id, name) = (department(plan.key), Line::parse(plan.name)?);
        directory.departments.insert(id, Department { id, name, head, deputy_head, active: true, version: 1 });
    }
    for plan in CUSTOMERS {
        let representative = |r: &RepresentativePlan| Representative {
            user_id: user(r.login),
            from: entitled_from(),
            until: None,
            internal_reason: r.internal_reason.map(ToOwned::to_owned),
        };
        let (id, name) = (customer(plan.key), Line::parse(plan.name)?);
        let contract = plan.contract.map(Code::parse).transpose()?;
        let representatives = plan.representatives.iter().map(representative).collect();
        directory.customers.insert(
            id,
            Customer {
                id,
                name,
                contract,
                representatives,
                business_days: BTreeSet::new(),
                opens: None,
                closes: None,
                active: true,
                version: 1,
            },
        );
    }
    for plan in OBJECTS {
        let (id, code, name) = (object(plan.code), Code::parse(plan.code)?, Line::parse(plan.name)?);
        let departments = plan.departments.iter().map(|key| department(key)).collect();
        let customer_id = customer(plan.customer);
        directory
            .service_objects
            .insert(id, ServiceObject { id, code, name, customer_id, departments, active: true, version: 1 });
    }
    Ok(directory)
}

/// The telephone number of the `n`-th person.
#[must_use]
pub fn phone(n: usize) -> String {
    format!("0871-6500{:04}", 1001 + n)
}
