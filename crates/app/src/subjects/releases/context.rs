//! A release with all that its rules look at, as of one transaction.

use super::surroundings::conflicts_of;
use crate::{AppError, Cx, Rx};
use chrono::{DateTime, Utc};
use fabu_domain::{
    blocks::document::DocumentKind,
    ids::ReleaseId,
    people::directory::Directory,
    subject::operation::Operation,
    subjects::registers::configuration_item::ConfigurationItem,
    subjects::release::{
        Dossier,
        command::{Command, CommandName},
        conflicts::Conflict,
        decide::{Action, action, available},
        facts::{Actor, Facts},
        gate::Fact,
        items::items_asked,
        library::Medium,
        procedure::needs,
    },
};
use fabu_store::Reader;
use std::sync::Arc;

/// The owned form of [`Facts`].
#[derive(Debug, Clone)]
pub struct ReleaseContext {
    /// The release.
    pub dossier: Arc<Dossier>,
    /// The company.
    pub directory: Arc<Directory>,
    /// What stands against the window, where a gate of the stage asks for it.
    pub conflicts: Vec<Conflict>,
    /// The configuration items that rules look at.
    pub items: Vec<ConfigurationItem>,
    /// What the definitive media library has under the names of the units.
    pub library: Vec<Medium>,
    /// The moment.
    pub now: DateTime<Utc>,
}

impl ReleaseContext {
    pub(crate) fn new(
        tx: &mut Reader<'_>,
        dossier: Arc<Dossier>,
        directory: Arc<Directory>,
        now: DateTime<Utc>,
    ) -> Result<Self, AppError> {
        Self::for_command(tx, dossier, directory, now, None)
    }

    /// The same, with what rules look at for this command.
    pub(super) fn for_command(
        tx: &mut Reader<'_>,
        dossier: Arc<Dossier>,
        directory: Arc<Directory>,
        now: DateTime<Utc>,
        command: Option<&Command>,
    ) -> Result<Self, AppError> {
        let asked = items_asked(&dossier, command);
        let items = if asked.is_empty() { Vec::new() } else { tx.items_numbered(&asked)? };
        let stage = dossier.release.stage;
        let conflicts = if needs(Fact::Conflicts, stage) { conflicts_of(tx, &dossier, &directory)? } else { Vec::new() };
        let library = if needs(Fact::Library, stage) { library(tx, &dossier)? } else { Vec::new() };
        Ok(Self { dossier, directory, conflicts, items, library, now })
    }

    /// What rules look at.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            dossier: &self.dossier,
            directory: &self.directory,
            parameters: self.directory.procedures.of(&self.dossier.release.procedure_version),
            calendar: &self.directory.calendar,
            conflicts: &self.conflicts,
            items: &self.items,
            library: &self.library,
            now: self.now,
        }
    }

    /// Every command that the stage knows, with what is in its way for this person.
    #[must_use]
    pub fn actions(&self, actor: &Actor) -> Vec<Action> {
        available(&self.facts(), actor)
    }

    /// One command, in whatever stage, with what is in its way for this person.
    #[must_use]
    pub fn action(&self, actor: &Actor, name: CommandName, document: DocumentKind) -> Action {
        action(&self.facts(), actor, name, document)
    }
}

/// What the definitive media library has under the names of the units in force.
fn library(tx: &mut Reader<'_>, dossier: &Dossier) -> Result<Vec<Medium>, AppError> {
    let names: Vec<&str> = dossier.units_in_force().map(|unit| unit.name.as_str()).collect();
    Ok(tx.media_named(&names)?.iter().map(Medium::from).collect())
}

impl Rx<'_, '_> {
    /// The caller as the rules see them.
    #[must_use]
    pub fn as_actor(&self) -> Actor {
        Actor { user_id: self.caller.user_id, reauthenticated_at: self.caller.reauthenticated_at }
    }
}

impl Cx<'_, '_> {
    /// The caller as the rules see them.
    #[must_use]
    pub fn as_actor(&self) -> Actor {
        Actor { user_id: self.caller.user_id, reauthenticated_at: self.caller.reauthenticated_at }
    }
}

/// The id of the release with this number. Whether the caller may know of it is checked by what the id is given to:
/// `lock` for commands, [`readable`] for reading; both answer as if there were none.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn find(tx: &mut Reader<'_>, number: &str) -> Result<ReleaseId, AppError> {
    tx.release_id(number)?.ok_or(AppError::NotFound { what: "release" })
}

/// The release as the caller may see it; `what` names the thing that was asked for, so that nobody learns from the answer
/// that a thing of a release out of sight exists.
pub(crate) fn readable(rx: &mut Rx<'_, '_>, id: ReleaseId, what: &'static str) -> Result<Arc<Dossier>, AppError> {
    let dossier = rx.tx.dossier(id)?.ok_or(AppError::NotFound { what })?;
    rx.scope().release(dossier).ok_or(AppError::NotFound { what })
}

/// A release as it is now.
///
/// # Errors
/// [`AppError::NotFound`].
pub fn view_release(rx: &mut Rx<'_, '_>, number: &str) -> Result<ReleaseContext, AppError> {
    rx.permit(Operation::ReadReleases)?;
    let id = find(rx.tx, number)?;
    let dossier = readable(rx, id, "release")?;
    ReleaseContext::new(rx.tx, dossier, Arc::clone(&rx.directory), rx.now)
}

/// The release, held for this transaction, if the caller may know of it; `what` names the thing that was asked for, so that
/// nobody learns from the answer that a thing of a release out of sight exists.
pub(super) fn lock(cx: &mut Cx<'_, '_>, id: ReleaseId, what: &'static str) -> Result<Arc<Dossier>, AppError> {
    cx.permit(Operation::ActOnRelease)?;
    let dossier = cx.tx.lock_release(id)?.ok_or(AppError::NotFound { what })?;
    if !cx.scope().has_release(&dossier) {
        return Err(AppError::NotFound { what });
    }
    cx.about(format!("releases/{}", dossier.release.number), Some(id));
    Ok(dossier)
}
