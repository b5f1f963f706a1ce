//! Lists of releases.

use super::{
    schema::{release_changes, release_flags, release_roles, release_service_objects, releases},
    scope::optional_customers_of,
};
use crate::{
    Cursor, Page, Reader, StoreError,
    folded_names::{self, Wanted},
    registers::users::as_limit,
    row::Place,
    schema::folded_names as names,
    types::{Id, Instant, instant_text, parse_instant},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{exists, not},
    prelude::*,
};
use fabu_domain::{
    ids::{CustomerId, ReleaseId, ServiceObjectId, UserId},
    subjects::{
        release::{
            Window,
            overdue::Flag,
            stage::{ReleaseKind, Stage, Verdict},
        },
        visibility::Scope,
    },
    time::quarter::Quarter,
};

/// A release in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseSummary {
    /// Identity.
    pub id: ReleaseId,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Release type.
    pub kind: ReleaseKind,
    /// For whom.
    pub customer_id: Option<CustomerId>,
    /// The release owner.
    pub owner_id: Option<UserId>,
    /// Stage.
    pub stage: Stage,
    /// Suspended.
    pub suspended: bool,
    /// How it ended, and when.
    pub verdict: Option<(Verdict, DateTime<Utc>)>,
    /// What is late about it, if it is flagged.
    pub overdue: Option<Flag>,
    /// Its window.
    pub window: Option<Window>,
    /// The number in the ledger that it was imported from.
    pub imported_number: Option<String>,
    /// The system released, as the ledger names it; empty unless imported.
    pub system: String,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Version.
    pub version: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = releases)]
struct SummaryRow {
    id: Id<ReleaseId>,
    number: String,
    title: String,
    kind: String,
    customer_id: Option<Id<CustomerId>>,
    owner_id: Option<Id<UserId>>,
    stage: String,
    suspended: bool,
    verdict: Option<String>,
    verdict_at: Option<Instant>,
    window_start: Option<Instant>,
    window_end: Option<Instant>,
    imported_number: Option<String>,
    system: String,
    created_at: Instant,
    version: i64,
}

impl TryFrom<SummaryRow> for ReleaseSummary {
    type Error = StoreError;
    fn try_from(row: SummaryRow) -> Result<Self, StoreError> {
        let place = Place { table: "releases", key: row.id.0 };
        let verdict = row.verdict.map(|word| place.word("verdict", &word)).transpose()?;
        Ok(Self {
            id: row.id.0,
            kind: place.word("kind", &row.kind)?,
            stage: place.word("stage", &row.stage)?,
            number: row.number,
            title: row.title,
            customer_id: row.customer_id.map(|id| id.0),
            owner_id: row.owner_id.map(|id| id.0),
            suspended: row.suspended,
            verdict: verdict.zip(row.verdict_at.map(|at| at.0)),
            overdue: None,
            window: row.window_start.zip(row.window_end).map(|(start, end)| Window { start: start.0, end: end.0 }),
            imported_number: row.imported_number,
            system: row.system,
            created_at: row.created_at.0,
            version: row.version,
        })
    }
}

/// The order of a list of releases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReleaseOrder {
    /// Created last, first.
    #[default]
    Newest,
    /// Created first, first.
    Oldest,
    /// By number, ascending.
    Number,
    /// By number, descending.
    NumberDescending,
    /// By the start of the window, soonest first; releases without a window are left out.
    WindowStart,
    /// By the start of the window, latest first; releases without a window are left out.
    WindowStartDescending,
}

/// Which releases to list; every part that is given must fit. Lists inside a part are alternatives.
#[derive(Debug, Clone, Default)]
pub struct ReleaseFilter {
    /// Words of the number, the title, the changes or the service objects: all of them, in any order.
    pub search: Option<String>,
    /// In one of these stages.
    pub stages: Vec<Stage>,
    /// Of one of these kinds.
    pub kinds: Vec<ReleaseKind>,
    /// With one of these verdicts.
    pub verdicts: Vec<Verdict>,
    /// Whose verdict falls into this quarter.
    pub quarter: Option<Quarter>,
    /// For this customer.
    pub customer_id: Option<CustomerId>,
    /// For no customer of the register: imported history only.
    pub without_customer: bool,
    /// Changes this object.
    pub service_object_id: Option<ServiceObjectId>,
    /// Owned by this person.
    pub owner_id: Option<UserId>,
    /// This person holds a role of it now.
    pub member_id: Option<UserId>,
    /// Suspended or not.
    pub suspended: Option<bool>,
    /// Flagged as late or not (5.10b, D6).
    pub overdue: Option<bool>,
    /// Imported or not.
    pub imported: Option<bool>,
    /// What the reader may know of; nothing unless it is said.
    pub scope: Scope,
    /// The window starts at or after this instant.
    pub window_from: Option<DateTime<Utc>>,
    /// The window starts before this instant.
    pub window_until: Option<DateTime<Utc>>,
    /// The order.
    pub order: ReleaseOrder,
}

type Boxed<'a> = releases::BoxedQuery<
    'a,
    crate::conn::MultiBackend,
    diesel::dsl::SqlTypeOf<diesel::dsl::AsSelect<SummaryRow, crate::conn::MultiBackend>>,
>;

impl ReleaseOrder {
    const fn list(self) -> &'static str {
        match self {
            Self::Newest => "releases.newest",
            Self::Oldest => "releases.oldest",
            Self::Number => "releases.number",
            Self::NumberDescending => "releases.number_desc",
            Self::WindowStart => "releases.window",
            Self::WindowStartDescending => "releases.window_desc",
        }
    }
}

fn words(list: impl Iterator<Item = &'static str>) -> Vec<String> {
    list.map(str::to_owned).collect()
}

fn instant_and_id(cursor: &Cursor, list: &str) -> Result<(Instant, Id<ReleaseId>), StoreError> {
    let [at, id] = cursor.keys(list)?;
    let at = parse_instant(at).ok_or(StoreError::Cursor)?;
    Ok((Instant(at), Id(id.parse().map_err(|_| StoreError::Cursor)?)))
}

impl Reader<'_> {
    /// Releases by filter and order.
    ///
    /// # Errors
    /// [`StoreError::Cursor`] when `after` is not from this list in this order.
    pub fn list_releases(
        &mut self,
        filter: &ReleaseFilter,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Page<ReleaseSummary>, StoreError> {
        let mut query: Boxed<'_> = releases::table.select(SummaryRow::as_select()).into_boxed();
        let mut wanted = folded_names::wanted(self.conn, filter.search.as_deref().unwrap_or_default())?;
        // The longest word is found first and leaves few: the others are looked for in those alone.
        wanted.sort_by_key(|word| std::cmp::Reverse(word.pattern.chars().count()));
        for (n, Wanted { pattern, objects }) in wanted.into_iter().enumerate() {
            let named = |kind: &'static str| {
                let like = names::words.like(pattern.clone()).escape('\\');
                names::table.filter(names::kind.eq(kind)).filter(like)
            };
            let carrying = release_changes::table
                .filter(release_changes::change_id.eq_any(named("change").select(names::subject_id)))
                .select(release_changes::release_id);
            let touching = release_service_objects::table
                .filter(release_service_objects::service_object_id.eq_any(objects))
                .select(release_service_objects::release_id);
            let elsewhere = releases::id.eq_any(carrying).or(releases::id.eq_any(touching));
            query = match n {
                0 => query.filter(releases::id.eq_any(named("release").select(names::subject_id)).or(elsewhere)),
                _ => query.filter(exists(named("release").filter(names::subject_id.eq(releases::id))).or(elsewhere)),
            };
        }
        query = match filter.stages.as_slice() {
            [] => query,
            [stage] => query.filter(releases::stage.eq(stage.as_str())),
            stages => query.filter(releases::stage.eq_any(words(stages.iter().map(|s| s.as_str())))),
        };
        if !filter.kinds.is_empty() {
            query = query.filter(releases::kind.eq_any(words(filter.kinds.iter().map(|k| k.as_str()))));
        }
        if !filter.verdicts.is_empty() {
            query = query.filter(
                releases::verdict.eq_any(filter.verdicts.iter().map(|v| Some(v.as_str().to_owned())).collect::<Vec<_>>()),
            );
        }
        if let Some(quarter) = filter.quarter {
            query = query.filter(releases::verdict_quarter.eq(Some(quarter.to_string())));
        }
        if let Some(customer) = filter.customer_id {
            query = query.filter(releases::customer_id.eq(Some(Id(customer))));
        }
        if filter.without_customer {
            query = query.filter(releases::customer_id.is_null());
        }
        if let Some(object) = filter.service_object_id {
            let touching = release_service_objects::table
                .filter(release_service_objects::service_object_id.eq(Id(object)))
                .select(release_service_objects::release_id);
            query = query.filter(releases::id.eq_any(touching));
        }
        if let Some(owner) = filter.owner_id {
            query = query.filter(releases::owner_id.eq(Some(Id(owner))));
        }
        if let Some(member) = filter.member_id {
            let held = release_roles::table
                .filter(release_roles::user_id.eq(Id(member)))
                .filter(release_roles::until.is_null())
                .select(release_roles::release_id);
            query = query.filter(releases::id.eq_any(held));
        }
        if let Some(customers) = optional_customers_of(&filter.scope) {
            query = query.filter(releases::customer_id.eq_any(customers));
        }
        if let Some(suspended) = filter.suspended {
            query = query.filter(releases::suspended.eq(suspended));
        }
        query = match filter.overdue {
            Some(true) => query.filter(releases::id.eq_any(release_flags::table.select(release_flags::release_id))),
            Some(false) => query.filter(not(exists(release_flags::table.filter(release_flags::release_id.eq(releases::id))))),
            None => query,
        };
        query = match filter.imported {
            Some(true) => query.filter(releases::imported_number.is_not_null()),
            Some(false) => query.filter(releases::imported_number.is_null()),
            None => query,
        };
        if let Some(from) = filter.window_from {
            query = query.filter(releases::window_start.ge(Some(Instant(from))));
        }
        if let Some(until) = filter.window_until {
            query = query.filter(releases::window_start.lt(Some(Instant(until))));
        }
        let query = ordered(query, filter.order, after)?;
        let rows: Vec<SummaryRow> = query.limit(as_limit(limit)).load(self.conn)?;
        let list = filter.order.list();
        let page = Page::cut(rows, limit, |row| match filter.order {
            ReleaseOrder::Newest | ReleaseOrder::Oldest => {
                Cursor::new(list, &[&instant_text(row.created_at.0), &row.id.0.to_string()])
            }
            ReleaseOrder::Number | ReleaseOrder::NumberDescending => Cursor::new(list, &[&row.number]),
            ReleaseOrder::WindowStart | ReleaseOrder::WindowStartDescending => {
                let start = row.window_start.map_or_else(String::new, |at| instant_text(at.0));
                Cursor::new(list, &[&start, &row.id.0.to_string()])
            }
        });
        let mut items = page.items.into_iter().map(TryInto::try_into).collect::<Result<Vec<ReleaseSummary>, _>>()?;
        self.add_flags(&mut items)?;
        Ok(Page { items, next: page.next })
    }
}

impl Reader<'_> {
    fn add_flags(&mut self, items: &mut [ReleaseSummary]) -> Result<(), StoreError> {
        let judged: Vec<ReleaseId> = items.iter().filter(|item| item.verdict.is_some()).map(|item| item.id).collect();
        if judged.is_empty() {
            return Ok(());
        }
        let flags = self.release_flags(&judged)?;
        for item in items {
            item.overdue = flags.iter().find(|(id, _)| *id == item.id).map(|(_, flag)| *flag);
        }
        Ok(())
    }
}

fn ordered<'a>(query: Boxed<'a>, order: ReleaseOrder, after: Option<&Cursor>) -> Result<Boxed<'a>, StoreError> {
    use releases as r;
    let list = order.list();
    Ok(match order {
        ReleaseOrder::Newest => {
            let query = query.order((r::created_at.desc(), r::id.desc()));
            match after.map(|cursor| instant_and_id(cursor, list)).transpose()? {
                Some((at, id)) => query.filter(r::created_at.le(at)).filter(r::created_at.lt(at).or(r::id.lt(id))),
                None => query,
            }
        }
        ReleaseOrder::Oldest => {
            let query = query.order((r::created_at.asc(), r::id.asc()));
            match after.map(|cursor| instant_and_id(cursor, list)).transpose()? {
                Some((at, id)) => query.filter(r::created_at.ge(at)).filter(r::created_at.gt(at).or(r::id.gt(id))),
                None => query,
            }
        }
        ReleaseOrder::Number => {
            let query = query.order(r::number.asc());
            match after.map(|cursor| cursor.keys::<1>(list)).transpose()? {
                Some([number]) => query.filter(r::number.gt(number.to_owned())),
                None => query,
            }
        }
        ReleaseOrder::NumberDescending => {
            let query = query.order(r::number.desc());
            match after.map(|cursor| cursor.keys::<1>(list)).transpose()? {
                Some([number]) => query.filter(r::number.lt(number.to_owned())),
                None => query,
            }
        }
        ReleaseOrder::WindowStart => {
            let query = query.filter(r::window_start.is_not_null()).order((r::window_start.asc(), r::id.asc()));
            match after.map(|cursor| instant_and_id(cursor, list)).transpose()? {
                Some((at, id)) => {
                    query.filter(r::window_start.ge(Some(at))).filter(r::window_start.assume_not_null().gt(at).or(r::id.gt(id)))
                }
                None => query,
            }
        }
        ReleaseOrder::WindowStartDescending => {
            let query = query.filter(r::window_start.is_not_null()).order((r::window_start.desc(), r::id.desc()));
            match after.map(|cursor| instant_and_id(cursor, list)).transpose()? {
                Some((at, id)) => {
                    query.filter(r::window_start.le(Some(at))).filter(r::window_start.assume_not_null().lt(at).or(r::id.lt(id)))
                }
                None => query,
            }
        }
    })
}
