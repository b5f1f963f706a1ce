//! The release aggregate: loaded whole, saved by difference, always together with its log entries.
//!
//! [`Writer::lock_release`] begins every change of a release: it bumps `touched`, which holds off other writers of the
//! same release, and gives the dossier as it is. [`Writer::save_release`] ends it.

mod check;
pub(crate) mod claims;
mod conflicts;
mod figures;
mod flags;
mod lists;
mod neighbours;
pub(crate) mod schema;
pub(crate) mod scope;

pub use check::{RecordCheck, RecordFault};
pub use claims::BookedTime;
pub use conflicts::{FoundConflict, KnownConflict};
pub use figures::KpiRow;
pub use lists::{ReleaseFilter, ReleaseOrder, ReleaseSummary};
pub use neighbours::Common;

use crate::{
    Reader, StoreError, Writer,
    conn::Conn,
    folded_names,
    row::Place,
    schema::changes,
    subjects::{
        documents,
        parts::{self, Part, body_of},
        subject,
    },
    types::{Id, Instant},
};
use diesel::prelude::*;
use fabu_domain::{
    ids::{ChangeId, ReleaseId},
    people::role::Role,
    subject::{Subject, log::LogEntry},
    subjects::{
        change::ChangeState,
        release::{ChangeRef, Dossier, Release},
        visibility::Scope,
    },
    time::quarter::Quarter,
};
use schema::{release_changes, release_service_objects, releases};
use std::{collections::HashMap, sync::Arc};

/// How the columns of `releases` follow from the aggregate.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = releases, treat_none_as_null = true)]
struct ReleaseRow<'a> {
    id: Id<ReleaseId>,
    number: &'a str,
    title: &'a str,
    kind: &'static str,
    customer_id: Option<Id<fabu_domain::ids::CustomerId>>,
    owner_id: Option<Id<fabu_domain::ids::UserId>>,
    stage: &'static str,
    suspended: bool,
    verdict: Option<&'static str>,
    verdict_at: Option<Instant>,
    verdict_quarter: Option<String>,
    window_start: Option<Instant>,
    window_end: Option<Instant>,
    imported_number: Option<&'a str>,
    system: &'a str,
    created_at: Instant,
    version: i64,
    touched: i64,
    body: String,
}

impl<'a> ReleaseRow<'a> {
    fn new(dossier: &'a Dossier, touched: i64) -> Result<Self, StoreError> {
        let release = &dossier.release;
        Ok(Self {
            id: Id(release.id),
            number: &release.number,
            title: &release.title,
            kind: release.kind.as_str(),
            customer_id: release.customer_id.map(Id),
            owner_id: dossier.holder(Role::ReleaseOwner).map(Id),
            stage: release.stage.as_str(),
            suspended: release.suspension.is_some(),
            verdict: release.verdict.as_ref().map(|v| v.verdict.as_str()),
            verdict_at: release.verdict.as_ref().map(|v| Instant(v.mark.at)),
            verdict_quarter: release.verdict.as_ref().map(|v| Quarter::of(v.mark.at).to_string()),
            window_start: release.window.map(|w| Instant(w.start)),
            window_end: release.window.map(|w| Instant(w.end)),
            imported_number: release.imported.as_ref().map(|i| i.number.as_str()),
            system: release.imported.as_ref().map_or("", |i| i.system.as_str()),
            created_at: Instant(release.created.at),
            version: release.version,
            touched,
            body: body_of(release)?,
        })
    }
}

/// Loads a release with everything that belongs to it.
fn load(conn: &mut Conn, id: ReleaseId) -> Result<Option<Dossier>, StoreError> {
    let row: Option<(i64, String)> =
        releases::table.find(Id(id)).select((releases::version, releases::body)).first(conn).optional()?;
    let Some((version, body)) = row else { return Ok(None) };
    let place = Place { table: "releases", key: id };
    let release: Release = serde_json::from_str(&body).map_err(|error| place.bad("body", error))?;
    if release.version != version {
        return Err(place.bad("version", format!("{version}, but the body has {}", release.version)));
    }
    Ok(Some(Dossier {
        release,
        team: parts::load_team(conn, id)?,
        changes: load_changes(conn, id)?,
        documents: documents::load(conn, id.0)?,
        approvals: Part::load(conn, id.0)?,
        tasks: Part::load(conn, id.0)?,
        units: Part::load(conn, id.0)?,
        test_cases: Part::load(conn, id.0)?,
        test_runs: Part::load(conn, id.0)?,
        run_sheet: Part::load(conn, id.0)?,
        configuration: Part::load(conn, id.0)?,
    }))
}

fn load_changes(conn: &mut Conn, id: ReleaseId) -> Result<Vec<ChangeRef>, StoreError> {
    let rows: Vec<(Id<ChangeId>, String, String, String, String)> = release_changes::table
        .inner_join(changes::table.on(changes::id.eq(release_changes::change_id)))
        .filter(release_changes::release_id.eq(Id(id)))
        .order(release_changes::position)
        .select((changes::id, changes::number, changes::title, changes::kind, changes::state))
        .load(conn)?;
    rows.into_iter()
        .map(|(id, number, title, kind, state)| {
            let place = Place { table: "changes", key: id.0 };
            let (kind, state) = (place.word("kind", &kind)?, place.word("state", &state)?);
            Ok(ChangeRef { id: id.0, number, title, kind, state })
        })
        .collect()
}

impl Reader<'_> {
    /// The release with this number.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn release_id(&mut self, number: &str) -> Result<Option<ReleaseId>, StoreError> {
        let id = releases::table.filter(releases::number.eq(number)).select(releases::id).first::<Id<ReleaseId>>(self.conn);
        Ok(id.optional()?.map(|id| id.0))
    }

    /// The numbers of those of these releases that the reader may know of.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn release_numbers(&mut self, ids: &[ReleaseId], scope: &Scope) -> Result<HashMap<ReleaseId, String>, StoreError> {
        let ids: Vec<Id<ReleaseId>> = ids.iter().copied().map(Id).collect();
        let rows = releases::table.filter(releases::id.eq_any(ids)).select((releases::id, releases::number));
        let rows: Vec<(Id<ReleaseId>, String)> = match scope::optional_customers_of(scope) {
            None => rows.load(self.conn)?,
            Some(customers) => rows.filter(releases::customer_id.eq_any(customers)).load(self.conn)?,
        };
        Ok(rows.into_iter().map(|(id, number)| (id.0, number)).collect())
    }

    /// The release with everything that belongs to it. Cached by `touched`: one indexed read when nothing changed.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn dossier(&mut self, id: ReleaseId) -> Result<Option<Arc<Dossier>>, StoreError> {
        let Some(touched) = self.touched(id)? else { return Ok(None) };
        if let Some(dossier) = self.shared.dossier(id, touched) {
            return Ok(Some(dossier));
        }
        let Some(dossier) = load(self.conn, id)?.map(Arc::new) else { return Ok(None) };
        self.keep(id, touched, &dossier);
        Ok(Some(dossier))
    }

    /// The heads of the releases that were imported under these numbers of a ledger.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn imported_releases(&mut self, numbers: &[&str]) -> Result<Vec<Release>, StoreError> {
        let ids = folded_names::imported_with_numbers(self.conn, numbers)?;
        let found = releases::table.filter(releases::id.eq_any(ids)).select((releases::id, releases::body));
        let rows: Vec<(Id<ReleaseId>, String)> = found.load(self.conn)?;
        let parse = |(id, body): (Id<ReleaseId>, String)| {
            serde_json::from_str(&body).map_err(|error| Place { table: "releases", key: id.0 }.bad("body", error))
        };
        rows.into_iter().map(parse).collect()
    }

    fn touched(&mut self, id: ReleaseId) -> Result<Option<i64>, StoreError> {
        Ok(releases::table.find(Id(id)).select(releases::touched).first(self.conn).optional()?)
    }
}

impl Writer<'_> {
    /// Begins a change of a release: nobody else changes it until the end of this transaction.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn lock_release(&mut self, id: ReleaseId) -> Result<Option<Arc<Dossier>>, StoreError> {
        let row = releases::table.find(Id(id));
        let bumped = diesel::update(row).set(releases::touched.eq(releases::touched + 1)).execute(self.conn)?;
        if bumped == 0 {
            return Ok(None);
        }
        let before = self.touched(id)?.unwrap_or_default() - 1;
        if let Some(dossier) = self.pending_dossier(id, before).or_else(|| self.shared.dossier(id, before)) {
            return Ok(Some(dossier));
        }
        Ok(load(self.conn, id)?.map(Arc::new))
    }

    /// Ends a change of a release: writes what differs and the entries that say why.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`], [`StoreError::Reference`].
    pub fn save_release(&mut self, old: &Dossier, new: &Dossier, entries: &[LogEntry]) -> Result<(), StoreError> {
        let id = new.release.id;
        let touched = self.touched(id)?.unwrap_or_default();
        diesel::update(releases::table.find(Id(id))).set(ReleaseRow::new(new, touched)?).execute(self.conn)?;
        if (&old.release.number, &old.release.title) != (&new.release.number, &new.release.title) {
            folded_names::save_release(self.conn, &new.release)?;
        }
        self.save_parts(old, new)?;
        self.append(entries)?;
        self.keep(id, touched, &Arc::new(new.clone()));
        Ok(())
    }

    /// Adds a release.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] `releases.number` or `releases.imported_number`; [`StoreError::Reference`].
    pub fn insert_release(&mut self, new: &Dossier, entries: &[LogEntry]) -> Result<(), StoreError> {
        diesel::insert_into(releases::table).values(ReleaseRow::new(new, 1)?).execute(self.conn)?;
        subject::insert(self.conn, &Subject::release(new.release.id.0, &new.release.number))?;
        folded_names::save_release(self.conn, &new.release)?;
        let mut nothing = Dossier { changes: Vec::new(), team: Vec::new(), ..new.clone() };
        nothing.release.service_objects.clear();
        self.save_parts(&nothing, new)?;
        self.append(entries)
    }

    fn save_parts(&mut self, old: &Dossier, new: &Dossier) -> Result<(), StoreError> {
        let id = new.release.id;
        self.save_objects(old, new)?;
        parts::save_team(self.conn, id, &old.team, &new.team)?;
        self.save_changes(old, new)?;
        documents::save(self.conn, id.0, &old.documents, &new.documents)?;
        Part::save(self.conn, new, &old.approvals, &new.approvals)?;
        // Who verifies a task follows from the team.
        let known_tasks = if old.team == new.team { old.tasks.as_slice() } else { &[] };
        Part::save(self.conn, new, known_tasks, &new.tasks)?;
        Part::save(self.conn, new, &old.units, &new.units)?;
        Part::save(self.conn, new, &old.test_cases, &new.test_cases)?;
        Part::save(self.conn, new, &old.test_runs, &new.test_runs)?;
        Part::save(self.conn, new, &old.run_sheet, &new.run_sheet)?;
        Part::save(self.conn, new, &old.configuration, &new.configuration)?;
        claims::save(self.conn, old, new)
    }

    /// Writes the service objects that came with a change; none is ever taken off.
    fn save_objects(&mut self, old: &Dossier, new: &Dossier) -> Result<(), StoreError> {
        let known = old.release.service_objects.len();
        for (position, object) in (0_i32..).zip(&new.release.service_objects).skip(known) {
            diesel::insert_into(release_service_objects::table)
                .values((
                    release_service_objects::release_id.eq(Id(new.release.id)),
                    release_service_objects::position.eq(position),
                    release_service_objects::service_object_id.eq(Id(*object)),
                ))
                .execute(self.conn)?;
        }
        Ok(())
    }

    /// Writes which changes belong to the release, and on each change which release carries it out.
    fn save_changes(&mut self, old: &Dossier, new: &Dossier) -> Result<(), StoreError> {
        let id = new.release.id;
        let is_in = |list: &[ChangeRef], change: ChangeId| list.iter().any(|c| c.id == change);
        for (position, change) in new.changes.iter().enumerate().filter(|(_, c)| !is_in(&old.changes, c.id)) {
            diesel::insert_into(release_changes::table)
                .values((
                    release_changes::release_id.eq(Id(id)),
                    release_changes::change_id.eq(Id(change.id)),
                    release_changes::position.eq(i32::try_from(position).unwrap_or(i32::MAX)),
                ))
                .execute(self.conn)?;
        }
        for change in old.changes.iter().filter(|c| !is_in(&new.changes, c.id)) {
            diesel::delete(release_changes::table.find((Id(id), Id(change.id)))).execute(self.conn)?;
        }
        let (held, holds) = (old.changes_held(), new.changes_held());
        holds.iter().filter(|c| !is_in(held, c.id)).try_for_each(|change| self.take_change(change.id, id))?;
        held.iter().filter(|c| !is_in(holds, c.id)).try_for_each(|change| self.release_change(change.id, id))
    }

    /// Notes on a change that the release carries it out, unless it is withdrawn or another release does.
    fn take_change(&mut self, change: ChangeId, release: ReleaseId) -> Result<(), StoreError> {
        let free = changes::table.find(Id(change)).filter(changes::release_id.is_null());
        let taken = diesel::update(free.filter(changes::state.ne(ChangeState::Withdrawn.as_str())))
            .set((changes::release_id.eq(Some(Id(release))), changes::version.eq(changes::version + 1)))
            .execute(self.conn)?;
        if taken == 1 { Ok(()) } else { Err(StoreError::Duplicate { what: "changes.release_id".to_owned() }) }
    }

    /// Notes on a change that the release no longer carries it out.
    fn release_change(&mut self, change: ChangeId, release: ReleaseId) -> Result<(), StoreError> {
        let own = changes::table.find(Id(change)).filter(changes::release_id.eq(Some(Id(release))));
        diesel::update(own)
            .set((changes::release_id.eq(None::<Id<ReleaseId>>), changes::version.eq(changes::version + 1)))
            .execute(self.conn)?;
        Ok(())
    }

    /// A change has been edited: the release that carries it out shows it.
    pub(crate) fn touch_release_of(&mut self, release: Option<ReleaseId>) -> Result<(), StoreError> {
        if let Some(id) = release {
            diesel::update(releases::table.find(Id(id))).set(releases::touched.eq(releases::touched + 1)).execute(self.conn)?;
        }
        Ok(())
    }
}
