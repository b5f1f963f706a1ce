//! What somebody may know of, as a filter of the database, and the people who are named in it.

use super::schema::{approval_members, approvals, release_roles, releases, tasks};
use crate::{
    Reader, StoreError,
    schema::{change_service_objects, changes, events, service_objects},
    types::Id,
};
use diesel::prelude::*;
use fabu_domain::{
    ids::{CustomerId, UserId},
    subjects::visibility::Scope,
};
use std::collections::BTreeSet;

/// The customers to which a scope is limited; none when it is not. A scope of nothing is limited to no customer at all.
pub(crate) fn customers_of(scope: &Scope) -> Option<Vec<Id<CustomerId>>> {
    match scope {
        Scope::All => None,
        Scope::Customers(customers) => Some(customers.iter().copied().map(Id).collect()),
        Scope::Nothing => Some(Vec::new()),
    }
}

/// The same for a column that may be empty.
pub(crate) fn optional_customers_of(scope: &Scope) -> Option<Vec<Option<Id<CustomerId>>>> {
    Some(customers_of(scope)?.into_iter().map(Some).collect())
}

impl Reader<'_> {
    /// Everybody named in the releases and changes of these customers: by a role, a seat on a panel, a task, an entry of the
    /// history or the registration of a change. Empty for a scope that is not limited to customers.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn people_named_in(&mut self, scope: &Scope) -> Result<BTreeSet<UserId>, StoreError> {
        let (Some(customers), Some(optional)) = (customers_of(scope), optional_customers_of(scope)) else {
            return Ok(BTreeSet::new());
        };
        if customers.is_empty() {
            return Ok(BTreeSet::new());
        }
        let visible = || releases::table.filter(releases::customer_id.eq_any(optional.clone())).select(releases::id);
        let optional_visible = || {
            let of_customers = releases::table.filter(releases::customer_id.eq_any(optional.clone()));
            of_customers.select(releases::id.nullable())
        };
        let mut people: Vec<Id<UserId>> = release_roles::table
            .filter(release_roles::release_id.eq_any(visible()))
            .select(release_roles::user_id)
            .distinct()
            .load(self.conn)?;
        people.extend(
            approval_members::table
                .inner_join(approvals::table.on(approvals::id.eq(approval_members::approval_id)))
                .filter(approvals::subject_id.eq_any(visible()))
                .select(approval_members::user_id)
                .distinct()
                .load::<Id<UserId>>(self.conn)?,
        );
        let named_in_tasks: Vec<(Id<UserId>, Option<Id<UserId>>)> = tasks::table
            .filter(tasks::subject_id.eq_any(visible()))
            .select((tasks::assignee_id, tasks::verifier_id))
            .distinct()
            .load(self.conn)?;
        people.extend(named_in_tasks.into_iter().flat_map(|(assignee, verifier)| [Some(assignee), verifier]).flatten());
        let acted = events::table
            .filter(events::release_id.eq_any(optional_visible()))
            .select((events::actor, events::on_behalf_of))
            .distinct()
            .load::<(Option<Id<UserId>>, Option<Id<UserId>>)>(self.conn)?;
        people.extend(acted.into_iter().flat_map(|(actor, principal)| [actor, principal]).flatten());
        let objects = service_objects::table.filter(service_objects::customer_id.eq_any(customers)).select(service_objects::id);
        let touching = change_service_objects::table
            .filter(change_service_objects::service_object_id.eq_any(objects))
            .select(change_service_objects::change_id);
        people.extend(
            changes::table
                .filter(changes::id.eq_any(touching))
                .select(changes::registered_by)
                .distinct()
                .load::<Id<UserId>>(self.conn)?,
        );
        Ok(people.into_iter().map(|id| id.0).collect())
    }
}
