//! Robots of chat groups. Token and secret are sealed by the application before they come here; no record shows them.

use super::{delete_versioned, update_versioned};
use crate::{Reader, StoreError, Writer, row::Place, schema::robots, types::Id};
use diesel::prelude::*;
use fabu_domain::{ids::RobotId, log::LogEntry, robot::ChatRobot};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = robots)]
struct RobotRow {
    id: Id<RobotId>,
    name: String,
    version: i64,
    body: String,
}

impl RobotRow {
    fn new(robot: &ChatRobot, version: i64) -> Result<Self, StoreError> {
        let place = Place { table: "robots", key: robot.id };
        let body = serde_json::to_string(&ChatRobot { version, ..robot.clone() }).map_err(|error| place.bad("body", error))?;
        Ok(Self { id: Id(robot.id), name: robot.name.to_string(), version, body })
    }
}

impl TryFrom<RobotRow> for ChatRobot {
    type Error = StoreError;
    fn try_from(row: RobotRow) -> Result<Self, StoreError> {
        let place = Place { table: "robots", key: row.id.0 };
        let robot: Self = serde_json::from_str(&row.body).map_err(|error| place.bad("body", error))?;
        let same = robot.id == row.id.0 && robot.version == row.version && robot.name.as_str() == row.name;
        if same { Ok(robot) } else { Err(place.bad("body", "the columns say otherwise")) }
    }
}

impl Reader<'_> {
    /// Every robot, by id.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn robots(&mut self) -> Result<Vec<ChatRobot>, StoreError> {
        let rows: Vec<RobotRow> = robots::table.order(robots::id).select(RobotRow::as_select()).load(self.conn)?;
        rows.into_iter().map(TryInto::try_into).collect()
    }

    /// A robot.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn robot(&mut self, id: RobotId) -> Result<Option<ChatRobot>, StoreError> {
        let row: Option<RobotRow> = robots::table.find(Id(id)).select(RobotRow::as_select()).first(self.conn).optional()?;
        row.map(TryInto::try_into).transpose()
    }

    /// The sealed token and secret of a robot.
    ///
    /// # Errors
    /// [`StoreError`] of the database.
    pub fn sealed_of_robot(&mut self, id: RobotId) -> Result<Option<String>, StoreError> {
        Ok(robots::table.find(Id(id)).select(robots::sealed).first(self.conn).optional()?)
    }
}

impl Writer<'_> {
    /// Adds a robot with its sealed token and secret.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] `robots.name`.
    pub fn insert_robot(&mut self, robot: &ChatRobot, sealed: &str, entry: &LogEntry) -> Result<(), StoreError> {
        let row = (RobotRow::new(robot, robot.version)?, robots::sealed.eq(sealed));
        diesel::insert_into(robots::table).values(row).execute(self.conn)?;
        self.append(std::slice::from_ref(entry))
    }

    /// Replaces the record of a robot, and its sealed token and secret if there are new ones; its new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`], [`StoreError::Duplicate`].
    pub fn update_robot(
        &mut self,
        robot: &ChatRobot,
        sealed: Option<&str>,
        expected: i64,
        entry: &LogEntry,
    ) -> Result<i64, StoreError> {
        let row = (RobotRow::new(robot, expected + 1)?, sealed.map(|sealed| robots::sealed.eq(sealed)));
        update_versioned!(self, robots, robot.id, expected, row);
        self.append(std::slice::from_ref(entry))?;
        Ok(expected + 1)
    }

    /// Removes a robot with its token and secret; what it said stays on record.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it has another version or is gone; nothing is logged then.
    pub fn delete_robot(&mut self, id: RobotId, expected: i64, entry: &LogEntry) -> Result<(), StoreError> {
        delete_versioned!(self, robots, id, expected);
        self.append(std::slice::from_ref(entry))
    }
}
