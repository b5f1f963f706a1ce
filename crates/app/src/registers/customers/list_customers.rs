use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use fabu_domain::{directory::Customer, identity::finds, policy_registers::Operation, text::Code};

/// Which customers are wanted.
#[derive(Debug, Clone, Default)]
pub struct CustomerFilter {
    /// Active or inactive ones only.
    pub active: Option<bool>,
    /// A part of the name.
    pub q: Option<String>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Customers that the caller may know of, by name.
///
/// # Errors
/// An invalid cursor or limit.
pub fn list_customers(rx: &mut Rx<'_, '_>, filter: &CustomerFilter) -> Result<Page<Customer>, AppError> {
    rx.permit(Operation::ListCustomers)?;
    let wanted = |d: &&Customer| {
        filter.active.is_none_or(|active| d.active == active)
            && filter.q.as_ref().is_none_or(|q| finds(q, &[d.name.as_str(), d.contract.as_ref().map_or("", Code::as_str)]))
    };
    let scope = rx.scope();
    let found = rx.directory.customers.values().filter(wanted).filter_map(|customer| scope.customer(customer)).collect();
    filter.page.of(found, |customer| format!("{}\u{0}{}", customer.name, customer.id))
}
