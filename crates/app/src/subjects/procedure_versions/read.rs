//! Reading versions: the list, one with what may be done about it, and what differs between two.

use crate::{
    AppError, Rx,
    company_records::RecordAction,
    paging::{Page, PageRequest},
};
use fabu_domain::{
    blocks::document::{DocumentContent, FieldChange, Missing},
    subject::operation::Operation,
    subjects::{
        policy::permit,
        procedure_version::{ProcedureVersion, VersionLabel, VersionState, may_create, may_submit, may_withdraw, may_write},
    },
    time::clock::company_day,
};

/// A version for one reader.
#[derive(Debug, Clone)]
pub struct ViewedVersion {
    /// The version.
    pub version: ProcedureVersion,
    /// Where it stands today.
    pub state: VersionState,
    /// What stands between its text and its submission; nothing once it is submitted.
    pub missing: Vec<Missing>,
    /// What can be done with it.
    pub actions: Vec<RecordAction>,
}

/// Which versions are wanted.
#[derive(Debug, Clone, Default)]
pub struct VersionQuery {
    /// In this state.
    pub state: Option<VersionState>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// Every version with where it stands, newest first.
///
/// # Errors
/// Not permitted, an invalid cursor or limit.
pub fn list_procedure_versions(
    rx: &mut Rx<'_, '_>,
    query: &VersionQuery,
) -> Result<Page<(ProcedureVersion, VersionState)>, AppError> {
    rx.permit(Operation::ListProcedureVersions)?;
    let (all, today) = (rx.tx.procedure_versions()?, company_day(rx.now));
    let stated = all.iter().map(|version| (version.clone(), version.state(&all, today)));
    let wanted = stated.filter(|(_, state)| query.state.is_none_or(|wanted| wanted == *state)).collect();
    query.page.of(wanted, |(version, _)| version.label.newest_first())
}

/// A version.
///
/// # Errors
/// Not permitted, not found.
pub fn view_procedure_version(rx: &mut Rx<'_, '_>, label: VersionLabel) -> Result<ViewedVersion, AppError> {
    rx.permit(Operation::ViewProcedureVersion)?;
    let (all, today) = (rx.tx.procedure_versions()?, company_day(rx.now));
    let version = find(&all, label)?.clone();
    let state = version.state(&all, today);
    let rules = [
        (Operation::CreateProcedureVersion, may_create(&all, None, today)),
        (Operation::SaveProcedureDraft, may_write(&version)),
        (Operation::SubmitProcedureVersion, may_submit(&version, &rx.directory, today)),
        (Operation::WithdrawProcedureVersion, may_withdraw(&version)),
    ];
    let actions = rules.into_iter().map(|(operation, rule)| {
        let refusals = permit(&rx.directory, rx.caller.user_id, operation, None).err().into_iter().chain(rule.err());
        RecordAction { operation, blocked_by: refusals.flat_map(|refusal| refusal.unmet().to_vec()).collect() }
    });
    let actions = actions.collect();
    let missing = if state == VersionState::Draft { version.text().lacking(&rx.directory) } else { Vec::new() };
    Ok(ViewedVersion { version, state, missing, actions })
}

/// What differs between the texts of two versions, field by field; without an older one, from the one before.
///
/// # Errors
/// Not permitted, not found.
pub fn view_procedure_comparison(
    rx: &mut Rx<'_, '_>,
    to: VersionLabel,
    from: Option<VersionLabel>,
) -> Result<(VersionLabel, Vec<FieldChange>), AppError> {
    rx.permit(Operation::ViewProcedureComparison)?;
    let all = rx.tx.procedure_versions()?;
    let earlier = all.iter().filter(|version| version.label < to && version.withdrawn.is_none());
    let before = earlier.map(|version| version.label).max();
    let from = from.or(before).ok_or(AppError::NotFound { what: "procedure version" })?;
    let text = |label| Ok::<_, AppError>(DocumentContent::from(find(&all, label)?.text().clone()));
    Ok((from, text(to)?.changes_since(&text(from)?)))
}

/// The version with this label.
pub(super) fn find(all: &[ProcedureVersion], label: VersionLabel) -> Result<&ProcedureVersion, AppError> {
    all.iter().find(|version| version.label == label).ok_or(AppError::NotFound { what: "procedure version" })
}
