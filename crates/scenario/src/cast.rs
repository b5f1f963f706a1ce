//! The people of one release.

use crate::company;
use fabu_domain::{
    ids::{CustomerId, ServiceObjectId, UserId},
    people::role::Role,
};

/// Who does what in one release, by id: of the pure example company, or as an API has given them out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// RO.
    pub owner: UserId,
    /// RA.
    pub administrator: UserId,
    /// RT.
    pub tester: UserId,
    /// RI.
    pub implementer: UserId,
    /// Steps in for the implementer on the duty roster.
    pub second_implementer: UserId,
    /// CA.
    pub configuration_administrator: UserId,
    /// CR.
    pub representative: UserId,
    /// SS: on duty for users.
    pub support: UserId,
    /// Steps in for the support person.
    pub second_support: UserId,
    /// CM.
    pub change_manager: UserId,
    /// GM.
    pub general_manager: UserId,
    /// For whom.
    pub customer_id: CustomerId,
    /// What is changed: id and name.
    pub service_objects: Vec<(ServiceObjectId, String)>,
}

/// Logins of the people of one release and what it changes: [`Cast`] before ids are known.
#[derive(Debug, Clone, Copy)]
pub struct CastPlan {
    /// RO.
    pub owner: &'static str,
    /// RA.
    pub administrator: &'static str,
    /// RT.
    pub tester: &'static str,
    /// RI.
    pub implementer: &'static str,
    /// Steps in for the implementer.
    pub second_implementer: &'static str,
    /// CA.
    pub configuration_administrator: &'static str,
    /// CR.
    pub representative: &'static str,
    /// Key of the customer.
    pub customer: &'static str,
    /// Codes of the service objects.
    pub objects: &'static [&'static str],
}

/// One cast for each customer.
#[rustfmt::skip]
pub const CASTS: [CastPlan; 3] = [
    CastPlan { owner: "chen.xiaoyan", administrator: "liu.fang", tester: "sun.lei", implementer: "wu.gang", second_implementer: "zheng.kai",
        configuration_administrator: "qian.yu", representative: "duan.chunmei", customer: "bus", objects: &["BUS-TICKET"] },
    CastPlan { owner: "he.wenbin", administrator: "zhang.wei", tester: "zhou.ting", implementer: "zheng.kai", second_implementer: "wu.gang",
        configuration_administrator: "feng.jing", representative: "bai.xuefeng", customer: "bank", objects: &["BANK-COUNTER", "BANK-NET"] },
    CastPlan { owner: "wang.zhiyuan", administrator: "liu.fang", tester: "zhou.ting", implementer: "wu.gang", second_implementer: "zheng.kai",
        configuration_administrator: "qian.yu", representative: "luo.shan", customer: "internal", objects: &["INT-DESK"] },
];

impl Cast {
    /// The cast with the ids that the functions give for a login, a customer's key and a service object's code.
    pub fn resolve(
        plan: &CastPlan,
        user: impl Fn(&str) -> UserId,
        customer: impl Fn(&str) -> CustomerId,
        object: impl Fn(&str) -> ServiceObjectId,
    ) -> Self {
        let name = |code: &str| company::OBJECTS.iter().find(|o| o.code == code).map_or(code, |o| o.name).to_owned();
        Self {
            owner: user(plan.owner),
            administrator: user(plan.administrator),
            tester: user(plan.tester),
            implementer: user(plan.implementer),
            second_implementer: user(plan.second_implementer),
            configuration_administrator: user(plan.configuration_administrator),
            representative: user(plan.representative),
            support: user("lin.na"),
            second_support: user("huang.tao"),
            change_manager: user("gao.ming"),
            general_manager: user("li.jianguo"),
            customer_id: customer(plan.customer),
            service_objects: plan.objects.iter().map(|code| (object(code), name(code))).collect(),
        }
    }

    /// The cast in the pure example company.
    #[must_use]
    pub fn of(plan: &CastPlan) -> Self {
        Self::resolve(plan, company::user, company::customer, company::object)
    }

    /// The team: who takes which role.
    #[must_use]
    pub fn team(&self) -> Vec<(Role, UserId)> {
        vec![
            (Role::ReleaseOwner, self.owner),
            (Role::ReleaseAdministrator, self.administrator),
            (Role::ReleaseTester, self.tester),
            (Role::Implementer, self.implementer),
            (Role::ConfigurationAdministrator, self.configuration_administrator),
            (Role::CustomerRepresentative, self.representative),
        ]
    }
}
