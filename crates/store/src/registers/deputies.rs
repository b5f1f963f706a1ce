//! Deputy arrangements: never edited, so that the row has no version.

use super::{held_in_directory, kept::Kept};
use crate::{Reader, StoreError, Writer, schema::deputies, types::Id};
use chrono::NaiveDate;
use diesel::prelude::*;
use fabu_domain::{
    ids::{DeputyId, UserId},
    people::directory::Deputy,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = deputies)]
struct DeputyRow {
    id: Id<DeputyId>,
    principal_id: Id<UserId>,
    deputy_id: Id<UserId>,
    from_day: NaiveDate,
    until_day: NaiveDate,
    absent: bool,
}

impl From<DeputyRow> for Deputy {
    fn from(row: DeputyRow) -> Self {
        Self {
            id: row.id.0,
            principal: row.principal_id.0,
            deputy: row.deputy_id.0,
            from: row.from_day,
            until: row.until_day,
            absent: row.absent,
            version: 1,
        }
    }
}

impl Kept for Deputy {
    fn all(reader: &mut Reader<'_>) -> Result<Vec<Self>, StoreError> {
        let rows = deputies::table.order(deputies::id).select(DeputyRow::as_select()).load(reader.conn)?;
        Ok(rows.into_iter().map(Self::from).collect())
    }

    held_in_directory!(deputies);

    fn save(writer: &mut Writer<'_>, deputy: &Self, _: Option<i64>, _: Option<&str>) -> Result<(), StoreError> {
        writer.touch_directory()?;
        let row = DeputyRow {
            id: Id(deputy.id),
            principal_id: Id(deputy.principal),
            deputy_id: Id(deputy.deputy),
            from_day: deputy.from,
            until_day: deputy.until,
            absent: deputy.absent,
        };
        diesel::insert_into(deputies::table).values(row).execute(writer.conn)?;
        Ok(())
    }

    fn erase(writer: &mut Writer<'_>, id: DeputyId, _: i64) -> Result<(), StoreError> {
        writer.touch_directory()?;
        match diesel::delete(deputies::table.find(Id(id))).execute(writer.conn)? {
            0 => Err(StoreError::Stale { current: None }),
            _ => Ok(()),
        }
    }
}
