//! Column types that both databases share.
//!
//! In the schema `id -> UuidSql`, in the row `id: Id<UserId>`, in a query `users::id.eq(Id(user_id))`; likewise
//! `UtcSql` with [`Instant`] and `JsonSql` with [`Json`].

use crate::conn::MultiBackend;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};
use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    pg::Pg,
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{self, HasSqlType, SqlType},
    sqlite::Sqlite,
};
use std::io::Write;
use uuid::Uuid;

/// UUID: native on PostgreSQL, 36 characters of TEXT on SQLite.
#[derive(Debug, Clone, Copy, Default, SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(name = "uuid"))]
#[diesel(sqlite_type(name = "Text"))]
pub struct UuidSql;

/// JSON: JSONB on PostgreSQL, TEXT on SQLite.
#[derive(Debug, Clone, Copy, Default, SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(name = "jsonb"))]
#[diesel(sqlite_type(name = "Text"))]
pub struct JsonSql;

/// An instant in UTC to the microsecond: TIMESTAMPTZ on PostgreSQL, sortable TEXT on SQLite.
#[derive(Debug, Clone, Copy, Default, SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(name = "timestamptz"))]
#[diesel(sqlite_type(name = "Text"))]
pub struct UtcSql;

impl sql_types::SqlOrd for UuidSql {}
impl sql_types::SqlOrd for UtcSql {}

macro_rules! multi_sql_type {
    ($($sql:ty),+) => {$(
        impl HasSqlType<$sql> for MultiBackend {
            fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                MultiBackend::lookup_sql_type::<$sql>(lookup)
            }
        }
    )+};
}
multi_sql_type!(UuidSql, JsonSql, UtcSql);

/// An id of the domain as a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = UuidSql)]
pub struct Id<T>(pub T);

/// An instant as a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = UtcSql)]
pub struct Instant(pub DateTime<Utc>);

/// JSON as a column.
#[derive(Debug, Clone, PartialEq, AsExpression, FromSqlRow)]
#[diesel(sql_type = JsonSql)]
pub struct Json(pub serde_json::Value);

/// What is a UUID inside.
pub trait Identifier: Copy + std::fmt::Debug + Send + Sync + From<Uuid> + Into<Uuid> + 'static {
    /// The UUID.
    fn uuid(self) -> Uuid {
        self.into()
    }
}

impl<T: Copy + std::fmt::Debug + Send + Sync + From<Uuid> + Into<Uuid> + 'static> Identifier for T {}

/// Lets a column type be bound and read through the multi backend.
macro_rules! multi_column {
    ([$($generics:tt)*] $sql:ty, $rust:ty) => {
        impl<$($generics)*> FromSql<$sql, MultiBackend> for $rust {
            fn from_sql(value: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                value.from_sql::<$rust, $sql>()
            }
        }
        impl<$($generics)*> ToSql<$sql, MultiBackend> for $rust {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((<$sql>::default(), self));
                Ok(IsNull::No)
            }
        }
    };
}
multi_column!([T: Identifier] UuidSql, Id<T>);
multi_column!([] UtcSql, Instant);
multi_column!([] JsonSql, Json);

fn text(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<String> {
    <String as FromSql<sql_types::Text, Sqlite>>::from_sql(value)
}

impl<T: Identifier> ToSql<UuidSql, Pg> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.0.uuid().as_bytes())?;
        Ok(IsNull::No)
    }
}
impl<T: Identifier> FromSql<UuidSql, Pg> for Id<T> {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Uuid::from_slice(value.as_bytes())?.into()))
    }
}
impl<T: Identifier> ToSql<UuidSql, Sqlite> for Id<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.uuid().to_string());
        Ok(IsNull::No)
    }
}
impl<T: Identifier> FromSql<UuidSql, Sqlite> for Id<T> {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(text(value)?.parse::<Uuid>()?.into()))
    }
}

impl ToSql<JsonSql, Pg> for Json {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&[1])?;
        serde_json::to_writer(out, &self.0)?;
        Ok(IsNull::No)
    }
}
impl FromSql<JsonSql, Pg> for Json {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(serde_json::from_slice(value.as_bytes().get(1..).unwrap_or_default())?))
    }
}
impl ToSql<JsonSql, Sqlite> for Json {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.to_string());
        Ok(IsNull::No)
    }
}
impl FromSql<JsonSql, Sqlite> for Json {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(serde_json::from_str(&text(value)?)?))
    }
}

impl ToSql<UtcSql, Pg> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<sql_types::Timestamptz, Pg>::to_sql(&self.0, &mut out.reborrow())
    }
}
impl FromSql<UtcSql, Pg> for Instant {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        FromSql::<sql_types::Timestamptz, Pg>::from_sql(value).map(Self)
    }
}
impl ToSql<UtcSql, Sqlite> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(instant_text(self.0));
        Ok(IsNull::No)
    }
}
impl FromSql<UtcSql, Sqlite> for Instant {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = text(value)?;
        parse_instant(&text).map(Self).ok_or_else(|| format!("\"{text}\" is no instant").into())
    }
}

/// The instant as SQLite keeps it: `2026-11-22 16:20:05.000001`, which sorts by time. (Written by hand: a general
/// formatter takes longer than the rest of reading a row.)
pub(crate) fn instant_text(at: DateTime<Utc>) -> String {
    use chrono::Datelike;
    let (y, mo, d) = (at.year(), at.month(), at.day());
    let (h, m, s, us) = (at.hour(), at.minute(), at.second(), at.nanosecond() / 1000 % 1_000_000);
    format!("{y:04}-{mo:02}-{d:02} {h:02}:{m:02}:{s:02}.{us:06}")
}

/// Reads what [`instant_text`] writes.
pub(crate) fn parse_instant(text: &str) -> Option<DateTime<Utc>> {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|t| t.parse::<u32>().ok());
    let fits = |(byte, form): (u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form };
    let fixed = text.len() == 26 && text.bytes().zip(b"0000-00-00 00:00:00.000000").all(fits);
    if !fixed {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(part(0, 4)?).ok()?, part(5, 7)?, part(8, 10)?)?;
    let time = date.and_hms_micro_opt(part(11, 13)?, part(14, 16)?, part(17, 19)?, part(20, 26)?);
    time.as_ref().map(NaiveDateTime::and_utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_an_instant_to_the_microsecond() {
        let at = DateTime::from_timestamp_micros(1_795_364_405_000_001).unwrap();
        assert_eq!(instant_text(at), at.format("%Y-%m-%d %H:%M:%S%.6f").to_string());
        assert_eq!(parse_instant(&instant_text(at)), Some(at));
    }

    #[test]
    fn refuses_text_that_is_no_instant() {
        for text in ["", "2026-11-22", "2026-13-22 16:20:05.000001", "2026-11-22T16:20:05.000001", "+026-11-22 16:20:05.000001"] {
            assert_eq!(parse_instant(text), None, "{text}");
        }
    }
}
