//! What people chose about messages.

use crate::{
    Reader, StoreError, Writer,
    dialect::InsertExt,
    row::Place,
    schema::notification_settings as settings,
    types::{Id, Json},
};
use diesel::prelude::*;
use fabu_domain::{ids::UserId, notifications::preferences::NotificationChoices, subject::log::LogEntry};

impl Reader<'_> {
    /// A person's choices and their version; the usual ones and 0 for somebody who chose nothing.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the row cannot be read.
    pub fn notification_choices(&mut self, user: UserId) -> Result<(NotificationChoices, i64), StoreError> {
        let found = settings::table.find(Id(user)).select((settings::choices, settings::version));
        let Some((choices, version)) = found.first::<(Json, i64)>(self.conn).optional()? else {
            return Ok((NotificationChoices::default(), 0));
        };
        let place = Place { table: "notification_settings", key: user };
        Ok((place.json("choices", choices.0)?, version))
    }
}

impl Writer<'_> {
    /// Sets a person's choices; their new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when they are no longer of the version `expected`.
    pub fn set_notification_choices(
        &mut self,
        user: UserId,
        choices: &NotificationChoices,
        expected: i64,
        entry: &LogEntry,
    ) -> Result<i64, StoreError> {
        let json = Json(serde_json::to_value(choices).map_err(|e| StoreError::Database(e.to_string()))?);
        let values = (settings::choices.eq(&json), settings::version.eq(expected + 1));
        let found = settings::table.find(Id(user));
        let changed = match expected {
            0 => {
                let first = diesel::insert_into(settings::table).values((settings::user_id.eq(Id(user)), values));
                first.or("(user_id) DO NOTHING").execute(self.conn)?
            }
            _ => diesel::update(found.filter(settings::version.eq(expected))).set(values).execute(self.conn)?,
        };
        if changed == 0 {
            let current = found.select(settings::version).first(self.conn).optional()?;
            return Err(StoreError::Stale { current });
        }
        self.append(std::slice::from_ref(entry))?;
        Ok(expected + 1)
    }
}
