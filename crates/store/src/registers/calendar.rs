//! The working calendar: the arrangement of each year as it was announced.

use crate::{
    Reader, StoreError, Writer,
    dialect::InsertExt,
    row::Place,
    schema::{calendar_days, calendar_years},
    types::Instant,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use fabu_domain::{
    subject::log::LogEntry,
    time::working_time::{CalendarYear, DayKind, PublishedDay, PublishedYear},
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = calendar_years)]
struct YearRow {
    year: i32,
    source: String,
    updated_at: Instant,
    version: i64,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_days)]
struct DayRow {
    year: i32,
    day: NaiveDate,
    name: String,
    kind: String,
}

impl TryFrom<&DayRow> for PublishedDay {
    type Error = StoreError;
    fn try_from(row: &DayRow) -> Result<Self, StoreError> {
        let kind: DayKind = Place { table: "calendar_days", key: row.day }.word("kind", &row.kind)?;
        Ok(Self { name: row.name.clone(), date: row.day, is_off_day: kind == DayKind::Off })
    }
}

impl Reader<'_> {
    /// The arrangements of all years that are entered, in order.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a row cannot be read.
    pub fn calendar_years(&mut self) -> Result<Vec<CalendarYear>, StoreError> {
        let years = calendar_years::table.order(calendar_years::year).select(YearRow::as_select()).load(self.conn)?;
        let days: Vec<DayRow> =
            calendar_days::table.order((calendar_days::year, calendar_days::day)).select(DayRow::as_select()).load(self.conn)?;
        let with_days = |row: YearRow| {
            let days = days.iter().filter(|day| day.year == row.year).map(PublishedDay::try_from);
            let published = PublishedYear { year: row.year, days: days.collect::<Result<_, _>>()? };
            Ok(CalendarYear { published, source: row.source, updated_at: row.updated_at.0, version: row.version })
        };
        years.into_iter().map(with_days).collect()
    }
}

impl Writer<'_> {
    /// Replaces the arrangement of a year; `expected` is 0 when none is entered. Its new version.
    ///
    /// # Errors
    /// [`StoreError::Stale`].
    pub fn replace_calendar_year(&mut self, year: &CalendarYear, expected: i64, entry: &LogEntry) -> Result<i64, StoreError> {
        self.touch_directory()?;
        let number = year.published.year;
        let version = expected + 1;
        let row = YearRow { year: number, source: year.source.clone(), updated_at: Instant(year.updated_at), version };
        let changed = if expected == 0 {
            diesel::insert_into(calendar_years::table).values(row).or("(year) DO NOTHING").execute(self.conn)?
        } else {
            let known = calendar_years::table.find(number).filter(calendar_years::version.eq(expected));
            diesel::update(known).set(row).execute(self.conn)?
        };
        if changed == 0 {
            let current = calendar_years::table.find(number).select(calendar_years::version).first(self.conn).optional()?;
            return Err(StoreError::Stale { current: Some(current.unwrap_or(0)) });
        }
        diesel::delete(calendar_days::table.filter(calendar_days::year.eq(number))).execute(self.conn)?;
        for day in &year.published.days {
            let kind = if day.is_off_day { DayKind::Off } else { DayKind::Working };
            let row = DayRow { year: number, day: day.date, name: day.name.clone(), kind: kind.as_str().to_owned() };
            diesel::insert_into(calendar_days::table).values(row).execute(self.conn)?;
        }
        self.append(std::slice::from_ref(entry))?;
        Ok(version)
    }
}
