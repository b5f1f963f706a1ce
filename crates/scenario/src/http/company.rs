//! Founds the example company on an empty server, as its administrator would.

use super::{
    Client, HttpError, Method, People, Statistics, Timeline, Transport,
    client::Call,
    people::{Sent, Token},
};
use crate::{
    Cast,
    cast::CastPlan,
    company::{
        CUSTOMERS, CustomerPlan, DEPARTMENTS, OBJECTS, ObjectPlan, PEOPLE, Person, RepresentativePlan, entitled_from, phone,
    },
};
use fabu_domain::{
    ids::{CustomerId, DepartmentId, ServiceObjectId, UserId},
    people::role::Role,
};
use futures::{StreamExt, TryStreamExt, lock::Mutex, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicU64, Ordering},
};

/// The password of everybody in the example company. It protects nothing: example data are for everybody to see.
pub const PASSWORD: &str = "lantern-ferry-58-mulberry";

/// A running server with its company.
#[derive(Debug)]
pub struct Instance<T, L> {
    /// Sends the requests.
    pub client: Client<T, L>,
    /// Everybody.
    pub people: People,
    /// Departments by key.
    pub departments: BTreeMap<String, DepartmentId>,
    /// Customers by key.
    pub customers: BTreeMap<String, CustomerId>,
    /// Objects under service by code.
    pub objects: BTreeMap<String, ServiceObjectId>,
    /// Names and versions in the definitive media library.
    pub(super) library: Mutex<BTreeSet<(String, String)>>,
    /// Numbers of configuration items.
    pub(super) items: Mutex<BTreeSet<String>>,
    /// How often a step was refused until somebody said why two releases share a time.
    pub(super) explained: AtomicU64,
}

#[derive(Deserialize)]
struct Hired {
    user: Made<UserId>,
    one_time_password: String,
}

#[derive(Deserialize)]
struct Made<I> {
    id: I,
}

impl<T: Transport, L: Timeline> Instance<T, L> {
    /// Sets the server up, with the token that it printed for its operator, and founds the example company on it.
    ///
    /// # Errors
    /// The first request that is refused; an instance that is set up already refuses the first.
    pub async fn found(transport: T, timeline: L, set_up_token: &str) -> Result<Self, HttpError> {
        let mut instance = Self {
            client: Client::new(transport, timeline),
            people: People::new(PASSWORD),
            departments: BTreeMap::new(),
            customers: BTreeMap::new(),
            objects: BTreeMap::new(),
            library: Mutex::default(),
            items: Mutex::default(),
            explained: AtomicU64::new(0),
        };
        let administrator = instance.set_up(set_up_token).await?;
        for plan in DEPARTMENTS {
            let id = instance.create(administrator, "create_department", "/departments", json!({ "name": plan.name })).await?;
            instance.departments.insert(plan.key.to_owned(), id);
        }
        instance.hire_everybody(administrator).await?;
        instance.appoint_heads(administrator).await?;
        for plan in CUSTOMERS {
            instance.add_customer(administrator, plan).await?;
        }
        for plan in OBJECTS {
            let ObjectPlan { code, name, customer, departments } = plan;
            instance.add_object(code, name, customer, departments).await?;
        }
        Ok(instance)
    }

    async fn set_up(&mut self, token: &str) -> Result<UserId, HttpError> {
        let (n, person) = administrator()?;
        let body = json!({
            "login": person.login, "name": person.name, "password": PASSWORD, "language": "zh-CN", "token": token,
        });
        let call = Call {
            kind: "create_administrator",
            who: person.login,
            method: Method::Post,
            path: "/setup",
            token: None,
            if_match: None,
            body: Some(body),
        };
        self.client.send(call).await?;
        let token = self.log_in(person.login, PASSWORD).await?;
        let me = Call {
            kind: "view_me",
            who: person.login,
            method: Method::Get,
            path: "/me",
            token: Some(token),
            if_match: None,
            body: None,
        };
        let id = self.client.send(me).await?.read::<Made<UserId>>("/me")?.id;
        self.people.add(id, person.login);
        let path = format!("/users/{id}");
        let position = json!({
            "name": person.name, "position": person.position, "email": email(person), "phone": phone(n), "language": "zh-CN",
        });
        self.change(id, "update_user", &path, position).await?;
        Ok(id)
    }

    async fn hire_everybody(&mut self, administrator: UserId) -> Result<(), HttpError> {
        let this = &*self;
        let others = PEOPLE.iter().enumerate().filter(|(_, p)| !p.roles.contains(&Role::SystemAdministrator));
        let hires = stream::iter(others).map(|(n, person)| this.hire(administrator, n, person));
        let hired: Vec<(UserId, &str)> = hires.buffered(4).try_collect().await?;
        for (id, login) in hired {
            self.people.add(id, login);
        }
        Ok(())
    }

    async fn hire<'p>(&self, administrator: UserId, n: usize, person: &'p Person) -> Result<(UserId, &'p str), HttpError> {
        let body = json!({
            "login": person.login, "name": person.name, "position": person.position, "email": email(person), "phone": phone(n),
            "language": "zh-CN", "roles": person.roles, "department_id": person.department.and_then(|key| self.departments.get(key)),
        });
        let answer = self.ask(administrator, "create_user", Method::Post, "/users", None, Some(body)).await?;
        let hired: Hired = answer.read("/users")?;
        let token = self.log_in(person.login, &hired.one_time_password).await?;
        let call = Call {
            kind: "change_password",
            who: person.login,
            method: Method::Put,
            path: "/me/password",
            token: Some(token),
            if_match: None,
            body: Some(json!({ "current_password": hired.one_time_password, "new_password": PASSWORD })),
        };
        self.client.send(call).await?;
        Ok((hired.user.id, person.login))
    }

    async fn log_in(&self, login: &str, password: &str) -> Result<String, HttpError> {
        let call = Call {
            kind: "log_in",
            who: login,
            method: Method::Post,
            path: "/auth/login",
            token: None,
            if_match: None,
            body: Some(json!({ "login": login, "password": password })),
        };
        Ok(self.client.send(call).await?.read::<Token>("/auth/login")?.access_token)
    }

    async fn appoint_heads(&self, administrator: UserId) -> Result<(), HttpError> {
        for plan in DEPARTMENTS {
            let Some(id) = self.departments.get(plan.key) else { continue };
            let deputy_head = plan.deputy_head.and_then(|login| self.people.id(login));
            let body = json!({ "name": plan.name, "head": self.people.id(plan.head), "deputy_head": deputy_head });
            self.change(administrator, "update_department", &format!("/departments/{id}"), body).await?;
        }
        Ok(())
    }

    async fn add_customer(&mut self, administrator: UserId, plan: &CustomerPlan) -> Result<(), HttpError> {
        let representatives: Vec<Value> = plan.representatives.iter().map(|r| self.representative(r)).collect();
        let body = json!({ "name": plan.name, "contract": plan.contract, "representatives": representatives });
        let id = self.create(administrator, "create_customer", "/customers", body).await?;
        self.customers.insert(plan.key.to_owned(), id);
        Ok(())
    }

    fn representative(&self, plan: &RepresentativePlan) -> Value {
        let RepresentativePlan { login, internal_reason } = plan;
        json!({ "user_id": self.people.id(login), "from": entitled_from(), "until": null, "internal_reason": internal_reason })
    }

    /// Adds a customer with one representative; its key is its name.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn add_customer_named(&mut self, name: &str, representative: &'static str) -> Result<(), HttpError> {
        let plan = RepresentativePlan { login: representative, internal_reason: None };
        let body = json!({ "name": name, "representatives": [self.representative(&plan)] });
        let by = self.administrator()?;
        let id = self.create(by, "create_customer", "/customers", body).await?;
        self.customers.insert(name.to_owned(), id);
        Ok(())
    }

    /// Adds a department with this head; its key is its name.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn add_department(&mut self, name: &str, head: &str) -> Result<(), HttpError> {
        let body = json!({ "name": name, "head": self.people.id(head) });
        let by = self.administrator()?;
        let id = self.create(by, "create_department", "/departments", body).await?;
        self.departments.insert(name.to_owned(), id);
        Ok(())
    }

    /// Adds an object under service.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn add_object(&mut self, code: &str, name: &str, customer: &str, departments: &[&str]) -> Result<(), HttpError> {
        let departments: Vec<_> = departments.iter().filter_map(|key| self.departments.get(*key)).collect();
        let body = json!({ "code": code, "name": name, "customer_id": self.customers.get(customer), "departments": departments });
        let by = self.administrator()?;
        let id = self.create(by, "create_service_object", "/service-objects", body).await?;
        self.objects.insert(code.to_owned(), id);
        Ok(())
    }

    fn administrator(&self) -> Result<UserId, HttpError> {
        let (_, person) = administrator()?;
        let missing = || HttpError::Unexpected { request: person.login.to_owned(), reason: "is not there".to_owned() };
        self.people.id(person.login).ok_or_else(missing)
    }

    /// The people of a release, by the ids of this server.
    #[must_use]
    pub fn cast(&self, plan: &CastPlan) -> Cast {
        let nobody = || UserId(uuid::Uuid::nil());
        Cast::resolve(
            plan,
            |login| self.people.id(login).unwrap_or_else(nobody),
            |key| self.customers.get(key).copied().unwrap_or(CustomerId(uuid::Uuid::nil())),
            |code| self.objects.get(code).copied().unwrap_or(ServiceObjectId(uuid::Uuid::nil())),
        )
    }

    /// How often a step was refused because another release took the same time meanwhile (5.5.4).
    #[must_use]
    pub fn explained(&self) -> u64 {
        self.explained.load(Ordering::Relaxed)
    }

    /// Everything sent until now.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        self.client.statistics()
    }

    /// Sends a request as a person.
    ///
    /// # Errors
    /// Every answer but a success.
    pub async fn ask(
        &self,
        by: UserId,
        kind: &str,
        method: Method,
        path: &str,
        if_match: Option<String>,
        body: Option<Value>,
    ) -> Result<super::Response, HttpError> {
        self.people.send(&self.client, by, Sent { kind, method, path, if_match, body }).await
    }

    async fn create<I: serde::de::DeserializeOwned>(
        &self,
        by: UserId,
        kind: &str,
        path: &str,
        body: Value,
    ) -> Result<I, HttpError> {
        let answer = self.ask(by, kind, Method::Post, path, None, Some(body)).await?;
        Ok(answer.read::<Made<I>>(path)?.id)
    }

    /// Reads a thing for its ETag and then puts its new state.
    async fn change(&self, by: UserId, kind: &str, path: &str, body: Value) -> Result<(), HttpError> {
        let seen = self.ask(by, "view_before_change", Method::Get, path, None, None).await?;
        self.ask(by, kind, Method::Put, path, seen.etag, Some(body)).await.map(drop)
    }
}

fn administrator() -> Result<(usize, &'static Person), HttpError> {
    let found = PEOPLE.iter().enumerate().find(|(_, p)| p.roles.contains(&Role::SystemAdministrator));
    found.ok_or_else(|| HttpError::Unexpected { request: "/setup".to_owned(), reason: "no administrator is planned".to_owned() })
}

fn email(person: &Person) -> String {
    format!("{}@example.com", person.login)
}
