//! Who and what the company works with: people, departments, customers, service objects, deputies.
//!
//! The whole directory is small (thousands of rows), so rules get it as one immutable snapshot.

pub use crate::subjects::registers::{
    customer::{Customer, Representative},
    department::Department,
    deputy::Deputy,
    service_object::ServiceObject,
};

use crate::{
    ids::{CustomerId, DepartmentId, ServiceObjectId, UserId},
    language::Language,
    people::role::{Role, Roles},
    subjects::release::parameters::Procedures,
    text::Line,
    time::{clock::company_day, working_time::WorkingCalendar},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Identity; never reused.
    pub id: UserId,
    /// The name to sign in with, unique, lower case.
    pub login: String,
    /// The name that records show.
    pub name: Line,
    /// Where mail goes.
    pub email: Option<String>,
    /// For duty rosters.
    pub phone: Option<String>,
    /// The department the person belongs to.
    pub department_id: Option<DepartmentId>,
    /// Ordinary position, shown and never enforced (D3).
    pub position: Option<Line>,
    /// What the person may be asked to do.
    pub roles: Roles,
    /// Reading language.
    pub language: Language,
    /// False: may not sign in, holds no role, decides nothing.
    pub active: bool,
    /// Rises with every change of password, roles or activity: older sessions and tokens end (claim `sv`).
    pub session_version: i64,
    /// Concurrency version of the record (ETag).
    pub version: i64,
}

/// Everybody and everything that rules look at, as of one version.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Directory {
    /// Rises with every change of any register.
    pub version: i64,
    /// People by id.
    pub users: HashMap<UserId, User>,
    /// Departments by id.
    pub departments: HashMap<DepartmentId, Department>,
    /// Customers by id.
    pub customers: HashMap<CustomerId, Customer>,
    /// Service objects by id.
    pub service_objects: HashMap<ServiceObjectId, ServiceObject>,
    /// Deputy arrangements, past and future.
    pub deputies: Vec<Deputy>,
    /// Which days are worked.
    pub calendar: WorkingCalendar,
    /// What the signed versions of the procedure set.
    pub procedures: Procedures,
}

impl Directory {
    /// An active person.
    #[must_use]
    pub fn active_user(&self, id: UserId) -> Option<&User> {
        self.users.get(&id).filter(|user| user.active)
    }

    /// True for an active person with a role in which somebody of the company acts.
    #[must_use]
    pub fn acts_for_company(&self, id: UserId) -> bool {
        self.active_user(id).is_some_and(|user| user.roles.iter().any(Role::acts_for_company))
    }

    /// The person's name, or the id of somebody unknown.
    #[must_use]
    pub fn name(&self, id: UserId) -> String {
        self.users.get(&id).map_or_else(|| id.to_string(), |user| user.name.to_string())
    }

    /// True when the person is active and was granted the role.
    #[must_use]
    pub fn holds(&self, id: UserId, role: Role) -> bool {
        self.active_user(id).is_some_and(|user| user.roles.has(role))
    }

    /// Active people who were granted the role, in stable order.
    #[must_use]
    pub fn holders(&self, role: Role) -> Vec<UserId> {
        let mut all: Vec<UserId> =
            self.users.values().filter(|user| user.active && user.roles.has(role)).map(|user| user.id).collect();
        all.sort();
        all
    }

    /// Those who may act for `principal` at this instant.
    pub fn deputies_of(&self, principal: UserId, at: DateTime<Utc>) -> impl Iterator<Item = UserId> + '_ {
        let day = company_day(at);
        self.deputies
            .iter()
            .filter(move |d| d.principal == principal && d.from <= day && day <= d.until)
            .map(|d| d.deputy)
            .filter(|id| self.active_user(*id).is_some())
    }

    /// True when `actor` may act for `principal` at this instant.
    #[must_use]
    pub fn is_deputy(&self, actor: UserId, principal: UserId, at: DateTime<Utc>) -> bool {
        self.deputies_of(principal, at).any(|id| id == actor)
    }

    /// True when the person is away on this day.
    #[must_use]
    pub fn is_absent(&self, user: UserId, day: NaiveDate) -> bool {
        self.deputies.iter().any(|d| d.principal == user && d.absent && d.from <= day && day <= d.until)
    }

    /// True when the person may accept for the customer on this day (§5.4d).
    #[must_use]
    pub fn represents(&self, user: UserId, customer: CustomerId, day: NaiveDate) -> bool {
        self.customers.get(&customer).is_some_and(|c| {
            c.representatives.iter().any(|r| r.user_id == user && r.from <= day && r.until.is_none_or(|until| day <= until))
        })
    }

    /// Departments touched by a release of these objects, without doubles, in stable order.
    #[must_use]
    pub fn involved_departments(&self, objects: &[ServiceObjectId]) -> Vec<DepartmentId> {
        let set: std::collections::BTreeSet<DepartmentId> =
            objects.iter().filter_map(|id| self.service_objects.get(id)).flat_map(|o| o.departments.iter().copied()).collect();
        set.into_iter().collect()
    }

    /// Who reviews for a department: its head, else its deputy head, if active.
    #[must_use]
    pub fn reviewer_of(&self, department: DepartmentId) -> Option<UserId> {
        let department = self.departments.get(&department)?;
        [department.head, department.deputy_head].into_iter().flatten().find(|id| self.active_user(*id).is_some())
    }
}
