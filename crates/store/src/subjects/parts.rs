//! The lists inside a release: one row per element, in the order of the list, written only when it changed.

use crate::releases::schema::{
    approval_members, approvals, configuration_changes, release_roles, release_units, run_sheet_entries, tasks, test_cases,
    test_runs,
};
use crate::{
    StoreError,
    conn::Conn,
    dialect::InsertExt,
    row::Place,
    types::{Id, Instant},
};
use diesel::prelude::*;
use fabu_domain::{
    blocks::{
        approval::Approval,
        task::{Task, TaskState},
    },
    ids::{ReleaseId, UserId},
    subject::Subject,
    subjects::release::{
        Assignment, Dossier,
        records::{ConfigurationChange, ReleaseUnit, RunSheetEntry, TestCase, TestRun},
    },
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// What elements belong to, as far as their rows say it.
pub(crate) trait Whole {
    /// The id of the release, or of another subject.
    fn id(&self) -> Uuid;
    /// Who checks the evidence of a task.
    fn verifier(&self, task: &Task) -> Option<UserId>;
}

impl Whole for Dossier {
    fn id(&self) -> Uuid {
        self.release.id.0
    }

    fn verifier(&self, task: &Task) -> Option<UserId> {
        Self::verifier(self, task)
    }
}

/// A record of the company, of which nobody checks the evidence of a task: the evidence alone ends it.
impl Whole for Subject {
    fn id(&self) -> Uuid {
        self.id
    }

    fn verifier(&self, _: &Task) -> Option<UserId> {
        None
    }
}

/// An element of a list of a release or of another subject.
pub(crate) trait Part: Serialize + DeserializeOwned + PartialEq + Sized {
    /// The table.
    const TABLE: &'static str;
    /// Every row of the whole, in order.
    fn rows(conn: &mut Conn, whole: Uuid) -> QueryResult<Vec<String>>;
    /// Inserts the row or replaces what may change in it.
    fn put(&self, conn: &mut Conn, whole: &impl Whole, position: i32, body: String) -> QueryResult<()>;

    /// Reads the list.
    fn load(conn: &mut Conn, whole: Uuid) -> Result<Vec<Self>, StoreError> {
        let place = Place { table: Self::TABLE, key: whole };
        let parse = |text: String| serde_json::from_str(&text).map_err(|error| place.bad("body", error));
        Self::rows(conn, whole)?.into_iter().map(parse).collect()
    }

    /// Writes what differs between the lists. Elements are never removed.
    fn save(conn: &mut Conn, whole: &impl Whole, old: &[Self], new: &[Self]) -> Result<(), StoreError> {
        for (position, part) in new.iter().enumerate().filter(|(n, part)| old.get(*n) != Some(part)) {
            let body = body_of(part)?;
            part.put(conn, whole, i32::try_from(position).unwrap_or(i32::MAX), body)?;
        }
        Ok(())
    }
}

/// A structure as the JSON text of a body column.
pub(crate) fn body_of(part: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(part).map_err(|error| StoreError::Database(error.to_string()))
}

macro_rules! ordered {
    ($table:ident by $whole:ident) => {
        const TABLE: &'static str = stringify!($table);
        fn rows(conn: &mut Conn, whole: Uuid) -> QueryResult<Vec<String>> {
            $table::table.filter($table::$whole.eq(Id(whole))).order($table::position).select($table::body).load(conn)
        }
    };
}

impl Part for Approval {
    ordered!(approvals by subject_id);
    fn put(&self, conn: &mut Conn, whole: &impl Whole, position: i32, body: String) -> QueryResult<()> {
        use approvals as t;
        diesel::insert_into(t::table)
            .values((
                t::id.eq(Id(self.id)),
                t::subject_id.eq(Id(whole.id())),
                t::position.eq(position),
                t::kind.eq(self.kind.as_str()),
                t::state.eq(self.state.as_str()),
                t::due_at.eq(Instant(self.due_at)),
                t::opened_at.eq(Instant(self.opened_at)),
                t::body.eq(body),
                t::opened_by.eq(Some(Id(self.opened_by))),
            ))
            .or("(id) DO UPDATE SET state = excluded.state, due_at = excluded.due_at, body = excluded.body")
            .execute(conn)?;
        // A member who was replaced is asked no more.
        let members: Vec<_> = self.members.iter().map(|member| Id(member.user_id)).collect();
        let of_approval = approval_members::table.filter(approval_members::approval_id.eq(Id(self.id)));
        diesel::delete(of_approval.filter(approval_members::user_id.ne_all(members))).execute(conn)?;
        for member in &self.members {
            diesel::insert_into(approval_members::table)
                .values((
                    approval_members::approval_id.eq(Id(self.id)),
                    approval_members::user_id.eq(Id(member.user_id)),
                    approval_members::awaited.eq(self.is_open() && member.vote.is_none()),
                    approval_members::due_at.eq(Instant(self.due_at)),
                ))
                .or("(approval_id, user_id) DO UPDATE SET awaited = excluded.awaited, due_at = excluded.due_at")
                .execute(conn)?;
        }
        Ok(())
    }
}

impl Part for Task {
    ordered!(tasks by subject_id);
    fn put(&self, conn: &mut Conn, whole: &impl Whole, position: i32, body: String) -> QueryResult<()> {
        use tasks as t;
        let verifier = whole.verifier(self).filter(|_| self.state == TaskState::Submitted);
        diesel::insert_into(t::table)
            .values((
                t::id.eq(Id(self.id)),
                t::subject_id.eq(Id(whole.id())),
                t::position.eq(position),
                t::kind.eq(self.kind.as_str()),
                t::state.eq(self.state.as_str()),
                t::is_open.eq(self.is_open()),
                t::assignee_id.eq(Id(self.assignee)),
                t::verifier_id.eq(verifier.map(Id)),
                t::blocks.eq(self.blocks.as_str()),
                t::due_at.eq(Instant(self.due_at)),
                t::body.eq(body),
            ))
            .or("(id) DO UPDATE SET state = excluded.state, is_open = excluded.is_open, assignee_id = excluded.assignee_id, \
                 verifier_id = excluded.verifier_id, due_at = excluded.due_at, body = excluded.body")
            .execute(conn)?;
        Ok(())
    }
}

impl Part for ReleaseUnit {
    ordered!(release_units by release_id);
    fn put(&self, conn: &mut Conn, whole: &impl Whole, position: i32, body: String) -> QueryResult<()> {
        use release_units as t;
        diesel::insert_into(t::table)
            .values((
                t::id.eq(Id(self.id)),
                t::release_id.eq(Id(whole.id())),
                t::position.eq(position),
                t::name.eq(&self.name),
                t::version.eq(&self.version),
                t::sha256.eq(&self.sha256),
                t::withdrawn.eq(self.withdrawn),
                t::body.eq(body),
            ))
            .or("(id) DO UPDATE SET withdrawn = excluded.withdrawn, body = excluded.body")
            .execute(conn)?;
        Ok(())
    }
}

impl Part for TestCase {
    ordered!(test_cases by release_id);
    fn put(&self, conn: &mut Conn, whole: &impl Whole, position: i32, body: String) -> QueryResult<()> {
        use test_cases as t;
        diesel::insert_into(t::table)
            .values((
                t::id.eq(Id(self.id)),
                t::release_id.eq(Id(whole.id())),
                t::position.eq(position),
                t::category.eq(self.category.as_str()),
                t::body.eq(body),
            ))
            .execute(conn)?;
        Ok(())
    }
}

impl Part for TestRun {
    ordered!(test_runs by release_id);
    fn put(&self, conn: &mut Conn, whole: &impl Whole, position: i32, body: String) -> QueryResult<()> {
        use test_runs as t;
        diesel::insert_into(t::table)
            .values((
                t::release_id.eq(Id(whole.id())),
                t::position.eq(position),
                t::case_id.eq(Id(self.case_id)),
                t::unit_id.eq(Id(self.unit_id)),
                t::unit_sha256.eq(&self.unit_sha256),
                t::result.eq(self.result.as_str()),
                t::run_at.eq(Instant(self.run_at)),
                t::body.eq(body),
            ))
            .execute(conn)?;
        Ok(())
    }
}

impl Part for RunSheetEntry {
    ordered!(run_sheet_entries by release_id);
    fn put(&self, conn: &mut Conn, whole: &impl Whole, position: i32, body: String) -> QueryResult<()> {
        use run_sheet_entries as t;
        diesel::insert_into(t::table)
            .values((
                t::release_id.eq(Id(whole.id())),
                t::position.eq(position),
                t::kind.eq(self.kind.as_str()),
                t::step.eq(&self.step),
                t::recorded_at.eq(Instant(self.recorded_at)),
                t::body.eq(body),
            ))
            .execute(conn)?;
        Ok(())
    }
}

impl Part for ConfigurationChange {
    ordered!(configuration_changes by release_id);
    fn put(&self, conn: &mut Conn, whole: &impl Whole, position: i32, body: String) -> QueryResult<()> {
        use configuration_changes as t;
        diesel::insert_into(t::table)
            .values((
                t::id.eq(Id(self.id)),
                t::release_id.eq(Id(whole.id())),
                t::position.eq(position),
                t::item.eq(&self.item),
                t::state.eq(self.state.as_str()),
                t::due_at.eq(self.due_at.map(Instant)),
                t::body.eq(body),
            ))
            .or("(id) DO UPDATE SET state = excluded.state, due_at = excluded.due_at, body = excluded.body")
            .execute(conn)?;
        Ok(())
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = release_roles)]
struct RoleRow {
    release_id: Id<ReleaseId>,
    role: String,
    user_id: Id<fabu_domain::ids::UserId>,
    since: Instant,
    until: Option<Instant>,
    assigned_by: Id<fabu_domain::ids::UserId>,
    reason: String,
}

/// Who holds and held which role, in order.
pub(crate) fn load_team(conn: &mut Conn, release: ReleaseId) -> Result<Vec<Assignment>, StoreError> {
    use release_roles as t;
    let rows: Vec<RoleRow> =
        t::table.filter(t::release_id.eq(Id(release))).order(t::position).select(RoleRow::as_select()).load(conn)?;
    rows.into_iter()
        .map(|row| {
            let place = Place { table: "release_roles", key: row.release_id.0 };
            Ok(Assignment {
                role: place.word("role", &row.role)?,
                user_id: row.user_id.0,
                since: row.since.0,
                until: row.until.map(|at| at.0),
                assigned_by: row.assigned_by.0,
                reason: row.reason,
            })
        })
        .collect()
}

/// Writes what differs.
pub(crate) fn save_team(conn: &mut Conn, release: ReleaseId, old: &[Assignment], new: &[Assignment]) -> Result<(), StoreError> {
    use release_roles as t;
    for (position, assignment) in new.iter().enumerate().filter(|(n, a)| old.get(*n) != Some(a)) {
        diesel::insert_into(t::table)
            .values((
                t::release_id.eq(Id(release)),
                t::position.eq(i32::try_from(position).unwrap_or(i32::MAX)),
                t::role.eq(assignment.role.as_str()),
                t::user_id.eq(Id(assignment.user_id)),
                t::since.eq(Instant(assignment.since)),
                t::until.eq(assignment.until.map(Instant)),
                t::assigned_by.eq(Id(assignment.assigned_by)),
                t::reason.eq(&assignment.reason),
            ))
            .or("(release_id, position) DO UPDATE SET until = excluded.until")
            .execute(conn)?;
    }
    Ok(())
}
