use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use fabu_domain::{directory::ServiceObject, identity::finds, ids::CustomerId, policy_registers::Operation};

/// Which service objects are wanted.
#[derive(Debug, Clone, Default)]
pub struct ServiceObjectFilter {
    /// Active or inactive ones only.
    pub active: Option<bool>,
    /// Objects of this customer only.
    pub customer_id: Option<CustomerId>,
    /// A part of the name or the code.
    pub q: Option<String>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Service objects that the caller may know of, by code.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_service_objects(rx: &mut Rx<'_, '_>, filter: &ServiceObjectFilter) -> Result<Page<ServiceObject>, AppError> {
    rx.permit(Operation::ListServiceObjects)?;
    let wanted = |d: &&ServiceObject| {
        filter.active.is_none_or(|active| d.active == active)
            && filter.customer_id.is_none_or(|id| d.customer_id == id)
            && filter.q.as_ref().is_none_or(|q| finds(q, &[d.name.as_str(), d.code.as_str()]))
    };
    let scope = rx.scope();
    let found = rx.directory.service_objects.values().filter(wanted).filter_map(|object| scope.service_object(object)).collect();
    filter.page.of(found, |service_object| format!("{}\u{0}{}", service_object.code, service_object.id))
}
