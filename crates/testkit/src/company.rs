//! A company with somebody for every role, made through the API as an administrator would.

use crate::{Actor, TestApp};
use fabu_domain::people::role::Role;
use futures::future::join_all;
use serde_json::json;
use std::collections::BTreeMap;

/// The password of everybody.
pub const PASSWORD: &str = "copper-violin-27-harbour";
const FIRST_PASSWORD: &str = "tulip-orbit-93-kettle";

/// A company: its people, two departments with heads, a customer with a representative, two service objects.
pub struct Company {
    /// Departments by name: `operations`, `business`.
    pub departments: BTreeMap<String, String>,
    /// The customer.
    pub customer: String,
    /// Two objects of the customer: the first touches both departments, the second operations only.
    pub service_objects: Vec<String>,
    people: BTreeMap<String, Actor>,
}

impl Company {
    pub(crate) async fn found(app: &TestApp) -> Self {
        let nobody = app.nobody();
        let setup = json!({ "login": "admin", "name": "系统管理员", "password": FIRST_PASSWORD, "language": "zh-CN", "token": app.set_up_token() });
        nobody.post("/setup", setup).await.ok();
        let admin = nobody.sign_in("admin", FIRST_PASSWORD).await;
        let others = Role::ALL.iter().filter(|role| **role != Role::SystemAdministrator);
        let mut wanted: Vec<(String, Vec<Role>)> = others.map(|role| (role.as_str().to_owned(), vec![*role])).collect();
        wanted.extend([
            ("second_release_owner".to_owned(), vec![Role::ReleaseOwner]),
            ("second_release_administrator".to_owned(), vec![Role::ReleaseAdministrator]),
            ("second_department_head".to_owned(), vec![Role::DepartmentHead]),
            ("nobody_special".to_owned(), Vec::new()),
        ]);
        let hired = join_all(wanted.iter().map(|(login, roles)| hire(&admin, login, roles))).await;
        let mut people: BTreeMap<String, Actor> = hired.into_iter().map(|actor| (actor.login.clone(), actor)).collect();
        people.insert(Role::SystemAdministrator.as_str().to_owned(), admin.clone());
        let mut departments = BTreeMap::new();
        for (key, name, head) in [("operations", "运维部", "department_head"), ("business", "业务部", "second_department_head")]
        {
            let body = json!({ "name": name, "head": people[head].id });
            departments.insert(key.to_owned(), admin.post("/departments", body).await.id());
        }
        let representative = json!({ "user_id": people["customer_representative"].id, "from": "2026-01-01" });
        let customer = json!({ "name": "示例银行", "contract": "HT-2026-001", "representatives": [representative] });
        let customer = admin.post("/customers", customer).await.id();
        let mut service_objects = Vec::new();
        for (code, name, touched) in
            [("CBS", "核心业务系统", vec!["operations", "business"]), ("OA", "办公系统", vec!["operations"])]
        {
            let touched: Vec<&String> = touched.iter().map(|key| &departments[*key]).collect();
            let body = json!({ "code": code, "name": name, "customer_id": customer, "departments": touched });
            service_objects.push(admin.post("/service-objects", body).await.id());
        }
        Self { departments, customer, service_objects, people }
    }

    /// The same people at work for another customer, with a representative and a service object of its own.
    ///
    /// # Panics
    /// When a call fails.
    pub async fn for_another_customer(&self) -> Self {
        let representative = self.hire("other_representative", &[Role::CustomerRepresentative]).await;
        let entitled = json!({ "user_id": representative.id, "from": "2026-01-01" });
        let customer = json!({ "name": "远洋保险", "contract": "HT-2026-777", "representatives": [entitled] });
        let customer = self.admin().post("/customers", customer).await.id();
        let object =
            json!({ "code": "LPS", "name": "理赔系统", "customer_id": customer, "departments": [self.departments["business"]] });
        let service_objects = vec![self.admin().post("/service-objects", object).await.id()];
        let mut people = self.people.clone();
        people.insert(Role::CustomerRepresentative.as_str().to_owned(), representative);
        Self { departments: self.departments.clone(), customer, service_objects, people }
    }

    /// The administrator.
    #[must_use]
    pub fn admin(&self) -> &Actor {
        self.person(Role::SystemAdministrator.as_str())
    }

    /// The person who holds this role and no other.
    #[must_use]
    pub fn of(&self, role: Role) -> &Actor {
        self.person(role.as_str())
    }

    /// A person by login; beside one for each role: `second_release_owner`, `second_release_administrator`,
    /// `second_department_head`, `nobody_special`.
    ///
    /// # Panics
    /// When there is nobody with this login.
    #[must_use]
    #[track_caller]
    pub fn person(&self, login: &str) -> &Actor {
        self.people.get(login).unwrap_or_else(|| panic!("nobody is called {login}"))
    }

    /// Everybody.
    pub fn people(&self) -> impl Iterator<Item = &Actor> {
        self.people.values()
    }

    /// Adds somebody with these roles, signed in.
    ///
    /// # Panics
    /// When a call fails.
    pub async fn hire(&self, login: &str, roles: &[Role]) -> Actor {
        hire(self.admin(), login, roles).await
    }
}

async fn hire(admin: &Actor, login: &str, roles: &[Role]) -> Actor {
    let body =
        json!({ "login": login, "name": login.replace('_', " "), "roles": roles, "email": format!("{login}@example.com") });
    let created = admin.post("/users", body).await.ok();
    let once = created["one_time_password"].as_str().unwrap_or_default();
    let newcomer = Actor { login: String::new(), ..admin.with_token("") };
    let login_answer = newcomer.post("/auth/login", json!({ "login": login, "password": once })).await.ok();
    let newcomer = newcomer.with_token(login_answer["access_token"].as_str().unwrap_or_default());
    let change = json!({ "current_password": once, "new_password": PASSWORD });
    let changed = newcomer.send(newcomer.request(reqwest::Method::PUT, "/me/password").json(&change)).await.ok();
    let newcomer = newcomer.with_token(changed["access_token"].as_str().unwrap_or_default());
    let id = created["user"]["id"].as_str().unwrap_or_default().to_owned();
    Actor { id, login: login.to_owned(), password: PASSWORD.to_owned(), ..newcomer }
}
