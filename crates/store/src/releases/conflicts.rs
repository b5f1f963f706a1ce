//! What stands or stood against the windows of releases, and since when that is known (5.5.4).

use super::{
    neighbours::{AT_ONCE, keys_of},
    schema::{release_conflicts as conflicts, releases},
};
use crate::{
    Reader, StoreError, Writer,
    row::Place,
    types::{Id, Instant},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use fabu_domain::{
    ids::ReleaseId,
    subject::{log::LogEntry, refusal::Text},
    subjects::release::{
        Window,
        conflicts::{Conflict, ConflictKind, Severity},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A conflict as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownConflict {
    /// Its name.
    pub key: String,
    /// Refused, or a reason needed.
    pub severity: Severity,
    /// Since when it is known.
    pub known_since: DateTime<Utc>,
    /// When it was found gone; none: it stands.
    pub gone_at: Option<DateTime<Utc>>,
    /// What it was when it was found last.
    pub found: FoundConflict,
}

/// What is kept of a conflict besides its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundConflict {
    /// With what.
    pub kind: ConflictKind,
    /// The number of the other release, where there is one.
    pub release: Option<String>,
    /// The time that both want.
    pub window: Window,
    /// It in Chinese.
    pub zh: String,
    /// It in English.
    pub en: String,
}

impl KnownConflict {
    /// A conflict that is found now.
    #[must_use]
    pub fn now(conflict: &Conflict, at: DateTime<Utc>) -> Self {
        let Text { zh, en } = conflict.sentence.clone();
        let found = FoundConflict { kind: conflict.kind, release: conflict.release.clone(), window: conflict.window, zh, en };
        Self { key: conflict.key.clone(), severity: conflict.severity, known_since: at, gone_at: None, found }
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = conflicts, treat_none_as_null = true)]
struct ConflictRow {
    release_id: Id<ReleaseId>,
    key: String,
    severity: String,
    known_since: Instant,
    gone_at: Option<Instant>,
    other: Option<String>,
    body: String,
}

impl ConflictRow {
    fn new(release: ReleaseId, known: &KnownConflict) -> Result<Self, StoreError> {
        let place = Place { table: "release_conflicts", key: release };
        Ok(Self {
            release_id: Id(release),
            key: known.key.clone(),
            severity: known.severity.as_str().to_owned(),
            known_since: Instant(known.known_since),
            gone_at: known.gone_at.map(Instant),
            other: known.found.release.clone(),
            body: serde_json::to_string(&known.found).map_err(|error| place.bad("body", error))?,
        })
    }

    fn known(self) -> Result<KnownConflict, StoreError> {
        let place = Place { table: "release_conflicts", key: self.release_id.0 };
        Ok(KnownConflict {
            severity: place.word("severity", &self.severity)?,
            known_since: self.known_since.0,
            gone_at: self.gone_at.map(|at| at.0),
            found: serde_json::from_str(&self.body).map_err(|error| place.bad("body", error))?,
            key: self.key,
        })
    }
}

impl Reader<'_> {
    /// What stands or stood against the window of a release, by key.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn known_conflicts(&mut self, of: ReleaseId) -> Result<Vec<KnownConflict>, StoreError> {
        let rows = conflicts::table.filter(conflicts::release_id.eq(Id(of))).order(conflicts::key);
        let rows: Vec<ConflictRow> = rows.select(ConflictRow::as_select()).load(self.conn)?;
        rows.into_iter().map(ConflictRow::known).collect()
    }

    /// Releases that are known to collide with this one: their look changes with it.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn releases_against(&mut self, number: &str) -> Result<Vec<ReleaseId>, StoreError> {
        let standing = conflicts::table.filter(conflicts::other.eq(Some(number))).filter(conflicts::gone_at.is_null());
        let ids: Vec<Id<ReleaseId>> = standing.select(conflicts::release_id).distinct().load(self.conn)?;
        Ok(ids.into_iter().map(|id| id.0).collect())
    }

    /// Releases that hold a window which is not over, and those of which a conflict is known to stand.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn releases_to_compare(&mut self, now: DateTime<Utc>) -> Result<Vec<ReleaseId>, StoreError> {
        let ahead = releases::table
            .filter(releases::stage.eq_any(super::claims::holding()))
            .filter(releases::window_end.gt(Some(Instant(now))))
            .select(releases::id);
        let standing = conflicts::table.filter(conflicts::gone_at.is_null()).select(conflicts::release_id);
        let mut ids: Vec<Id<ReleaseId>> = ahead.load(self.conn)?;
        ids.extend(standing.distinct().load::<Id<ReleaseId>>(self.conn)?);
        let mut ids: Vec<ReleaseId> = ids.into_iter().map(|id| id.0).collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    /// Those of these releases of which a conflict is known to stand, each with the worst of them.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn standing_conflicts(&mut self, all: &[(ReleaseId, String)]) -> Result<BTreeMap<String, Severity>, StoreError> {
        let ids: Vec<ReleaseId> = all.iter().map(|(id, _)| *id).collect();
        let mut worst: HashMap<ReleaseId, Severity> = HashMap::new();
        for ids in ids.chunks(AT_ONCE) {
            let of = conflicts::table.filter(conflicts::release_id.eq_any(keys_of(ids))).filter(conflicts::gone_at.is_null());
            let rows: Vec<(Id<ReleaseId>, String)> = of.select((conflicts::release_id, conflicts::severity)).load(self.conn)?;
            for (id, severity) in rows {
                let severity: Severity = Place { table: "release_conflicts", key: id.0 }.word("severity", &severity)?;
                worst.entry(id.0).and_modify(|known| *known = (*known).min(severity)).or_insert(severity);
            }
        }
        Ok(all.iter().filter_map(|(id, number)| Some((number.clone(), *worst.get(id)?))).collect())
    }
}

impl Writer<'_> {
    /// Keeps these conflicts of a release as they are now, with the entries that say what changed.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn save_conflicts(&mut self, of: ReleaseId, changed: &[KnownConflict], entries: &[LogEntry]) -> Result<(), StoreError> {
        for known in changed {
            diesel::delete(conflicts::table.find((Id(of), &known.key))).execute(self.conn)?;
            diesel::insert_into(conflicts::table).values(ConflictRow::new(of, known)?).execute(self.conn)?;
        }
        self.append(entries)
    }
}
