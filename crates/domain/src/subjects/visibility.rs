//! What a person may know of: everything, what concerns the customers that the person represents today, or nothing (RX,
//! D21). Every list, record, count, figure, hint and message asks this module, so that a list and a record never disagree.
//!
//! It fails closed: whoever has no role knows nothing, and a filter that was given no scope finds nothing.

use crate::{
    blocks::document::{DocumentContent, DocumentKind},
    ids::{CustomerId, DepartmentId, ServiceObjectId, UserId},
    language::Language,
    people::{
        directory::{Customer, Department, Deputy, Directory, User},
        role::{Role, Roles},
    },
    subjects::{change::Change, release::Dossier},
    text::Line,
    time::clock::company_day,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::{collections::BTreeSet, sync::Arc};

/// What a person may know of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Scope {
    /// Nothing but the person's own account.
    #[default]
    Nothing,
    /// What concerns these customers.
    Customers(BTreeSet<CustomerId>),
    /// Everything that the policy table opens to the person's roles.
    All,
}

/// What the person may know of on this day: an outsider, whose only role is to represent customers, knows of those whose
/// entitlement holds on that day (D21).
#[must_use]
pub fn scope_of(directory: &Directory, user: UserId, day: NaiveDate) -> Scope {
    let Some(user) = directory.active_user(user).filter(|user| user.roles.iter().next().is_some()) else { return Scope::Nothing };
    if user.roles.iter().any(|role| role != Role::CustomerRepresentative) {
        return Scope::All;
    }
    let represented = directory.customers.keys().filter(|customer| directory.represents(user.id, **customer, day));
    Scope::Customers(represented.copied().collect())
}

/// True when the person may know of the release at this instant. A seat in its team or on a panel opens nothing by itself.
#[must_use]
pub fn may_read(directory: &Directory, user: UserId, now: DateTime<Utc>, dossier: &Dossier) -> bool {
    scope_of(directory, user, company_day(now)).has_release(dossier)
}

impl Scope {
    /// True when nothing is kept from the person.
    #[must_use]
    pub const fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }

    /// True when the person may know what concerns this customer; none is a record of nobody in the register.
    #[must_use]
    pub fn has_customer(&self, customer: Option<CustomerId>) -> bool {
        match self {
            Self::Nothing => false,
            Self::Customers(represented) => customer.is_some_and(|id| represented.contains(&id)),
            Self::All => true,
        }
    }

    /// True when the person may know of the release.
    #[must_use]
    pub fn has_release(&self, dossier: &Dossier) -> bool {
        self.has_customer(dossier.release.customer_id)
    }

    /// The release as the person may see it: the figures in its report count the releases of every customer (5.11.2), so an
    /// outsider sees the report without them.
    #[must_use]
    pub fn release(&self, dossier: Arc<Dossier>) -> Option<Arc<Dossier>> {
        if !self.has_release(&dossier) {
            return None;
        }
        let report = dossier.documents.get(&DocumentKind::ReleaseReport).filter(|_| !self.is_all()).cloned();
        let Some(mut report) = report else { return Some(dossier) };
        let drafts = report.draft.iter_mut().map(|draft| &mut draft.content);
        for content in drafts.chain(report.revisions.iter_mut().map(|revision| &mut revision.content)) {
            if let DocumentContent::ReleaseReport(report) = Arc::make_mut(content) {
                report.figures = None;
            }
        }
        let mut seen = Dossier::clone(&dossier);
        seen.documents.insert(DocumentKind::ReleaseReport, report);
        Some(Arc::new(seen))
    }

    /// True when the person may know of the object.
    #[must_use]
    pub fn has_service_object(&self, directory: &Directory, id: ServiceObjectId) -> bool {
        self.has_customer(directory.service_objects.get(&id).map(|object| object.customer_id))
    }

    /// The customer as the person may see it.
    #[must_use]
    pub fn customer(&self, customer: &Customer) -> Option<Customer> {
        self.has_customer(Some(customer.id)).then(|| customer.clone())
    }

    /// The departments that the person may know by name: those that the work on a visible object touches.
    #[must_use]
    pub fn departments(&self, directory: &Directory) -> BTreeSet<DepartmentId> {
        if self.is_all() {
            return directory.departments.keys().copied().collect();
        }
        let visible = directory.service_objects.values().filter(|object| self.has_customer(Some(object.customer_id)));
        visible.flat_map(|object| object.departments.iter().copied()).collect()
    }

    /// The department as the person may see it: to an outsider its name alone.
    #[must_use]
    pub fn department(&self, directory: &Directory, department: &Department) -> Option<Department> {
        if self.is_all() {
            return Some(department.clone());
        }
        let known = self.departments(directory).contains(&department.id);
        known.then(|| Department { head: None, deputy_head: None, ..department.clone() })
    }

    /// The change as the person may see it. An outsider sees it for the objects of the customers, without the evidence by
    /// which change management approved it, which names other people's work and resources.
    #[must_use]
    pub fn change(&self, directory: &Directory, change: Change) -> Option<Change> {
        if self.is_all() {
            return Some(change);
        }
        let visible = |id: &ServiceObjectId| self.has_service_object(directory, *id);
        let service_objects: Vec<ServiceObjectId> = change.service_objects.iter().copied().filter(visible).collect();
        (!service_objects.is_empty()).then_some(Change { service_objects, approval: None, ..change })
    }

    /// True when the person may know of the deputy arrangement: an outsider of those that are the person's own.
    #[must_use]
    pub fn has_deputy(&self, reader: UserId, deputy: &Deputy) -> bool {
        match self {
            Self::Nothing => false,
            Self::Customers(_) => deputy.principal == reader || deputy.deputy == reader,
            Self::All => true,
        }
    }

    /// The people who stand in the registers that an outsider sees: the representatives of the customers, the reader, and
    /// who represents the reader or is represented by the reader.
    #[must_use]
    pub fn people_in_registers(&self, directory: &Directory, reader: UserId) -> BTreeSet<UserId> {
        let customers = directory.customers.values().filter(|customer| self.has_customer(Some(customer.id)));
        let representatives = customers.flat_map(|customer| customer.representatives.iter().map(|r| r.user_id));
        let own = directory.deputies.iter().filter(|deputy| self.has_deputy(reader, deputy));
        let arranged = own.flat_map(|deputy| [deputy.principal, deputy.deputy]);
        representatives.chain(arranged).chain([reader]).collect()
    }
}

/// A person as somebody may see them (D21).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisiblePerson {
    /// Identity.
    pub id: UserId,
    /// The name that records show.
    pub name: Line,
    /// What the person may be asked to do.
    pub roles: Roles,
    /// False: may not sign in, holds no role, decides nothing.
    pub active: bool,
    /// Concurrency version of the record (ETag).
    pub version: i64,
    /// Reading language.
    pub language: Language,
    /// The rest, which an outsider learns of nobody else.
    pub details: Option<PersonDetails>,
}

/// What only the company knows of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDetails {
    /// The name to sign in with.
    pub login: String,
    /// Where mail goes.
    pub email: Option<String>,
    /// For duty rosters.
    pub phone: Option<String>,
    /// The department the person belongs to.
    pub department_id: Option<DepartmentId>,
    /// Ordinary position (D3).
    pub position: Option<Line>,
}

impl From<User> for VisiblePerson {
    fn from(user: User) -> Self {
        let User { id, login, name, email, phone, department_id, position, roles, language, active, version, .. } = user;
        let details = PersonDetails { login, email, phone, department_id, position };
        Self { id, name, roles, active, version, language, details: Some(details) }
    }
}

impl VisiblePerson {
    /// The person as `reader` sees them, whose scope it is. `named` holds those who are named in what an outsider sees: of
    /// them an outsider learns who they are and in what capacity.
    #[must_use]
    pub fn of(scope: &Scope, reader: UserId, named: &BTreeSet<UserId>, user: &User) -> Option<Self> {
        match scope {
            _ if user.id == reader => Some(user.clone().into()),
            Scope::All => Some(user.clone().into()),
            Scope::Customers(_) => named.contains(&user.id).then(|| Self { details: None, ..user.clone().into() }),
            Scope::Nothing => None,
        }
    }
}
