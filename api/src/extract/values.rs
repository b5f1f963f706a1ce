//! What no value of a request may be, whatever it means: text that PostgreSQL cannot hold, and dates that no office has.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};
use fabu_app::{Fault, FieldError};
use serde_json::Value;

/// Years that a date may lie in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It holds U+0000.
    Null,
    /// It is a date outside the years that are understood.
    Year,
}

impl Unfit {
    /// The same for a query parameter.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Null => "no control characters",
            Self::Year => "the year must lie between 1900 and 2999",
        }
    }

    fn at(self, pointer: String) -> FieldError {
        match self {
            Self::Null => FieldError::new(pointer, Fault::FieldControl).with("reason", "must not contain control characters"),
            Self::Year => FieldError::invalid(pointer, "年份须在 1900 至 2999 之间", self.reason()),
        }
    }
}

/// What is wrong with a text, whatever field it is for.
pub(super) fn unfit(text: &str) -> Option<Unfit> {
    if text.contains('\0') {
        return Some(Unfit::Null);
    }
    year(text).filter(|year| !YEARS.contains(year)).map(|_| Unfit::Year)
}

/// The year of a text that is a date, or a date with a time, and nothing else.
fn year(text: &str) -> Option<i32> {
    // Cheap for what is no date, which is nearly everything.
    let dated = text.len() <= 64 && text.trim_start().starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c));
    if !dated {
        return None;
    }
    let date = text.parse::<NaiveDate>().ok();
    let date = date.or_else(|| text.parse::<DateTime<Utc>>().ok().map(|at| at.date_naive()));
    date.or_else(|| text.parse::<NaiveDateTime>().ok().map(|at| at.date())).map(|date| date.year())
}

/// The first value in a body that is unfit, and where it is.
pub(super) fn first_unfit(body: &[u8]) -> Option<FieldError> {
    let value: Value = serde_json::from_slice(body).ok()?;
    found(&value, &mut String::new())
}

fn found(value: &Value, pointer: &mut String) -> Option<FieldError> {
    let length = pointer.len();
    let mut below = |name: &str, value: &Value| {
        pointer.push('/');
        pointer.push_str(name);
        let found = found(value, pointer);
        if found.is_none() {
            pointer.truncate(length);
        }
        found
    };
    match value {
        Value::String(text) => unfit(text).map(|unfit| unfit.at(pointer.clone())),
        Value::Array(items) => items.iter().enumerate().find_map(|(index, item)| below(&index.to_string(), item)),
        Value::Object(fields) => fields.iter().find_map(|(name, item)| {
            let at = escaped(name);
            if name.contains('\0') { Some(Unfit::Null.at(String::new())) } else { below(&at, item) }
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// A name as a JSON pointer writes it (RFC 6901).
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_null_characters_and_impossible_years_and_says_where() {
        let found = |body: &str| first_unfit(body.as_bytes()).map(|error| (error.pointer, error.fault.code()));
        assert_eq!(found(r#"{"a":[{"b/c":"x\u0000"}]}"#), Some(("/a/0/b~1c".to_owned(), "field.control_character")));
        assert_eq!(found(r#"{"a":{"x\u0000":1}}"#), Some((String::new(), "field.control_character")));
        for text in [
            "-9999-01-01",
            "1899-12-31",
            "3000-01-01",
            "+12345-06-07",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59+08:00",
            "-262143-01-01T00:00:00Z",
            "9999-01-01T00:00:00",
        ] {
            assert_eq!(
                found(&format!(r#"{{"at":{{"due":"{text}"}}}}"#)),
                Some(("/at/due".to_owned(), "field.invalid")),
                "{text}"
            );
        }
        for text in ["1900-01-01", "2999-12-31", "2026-03-02T01:00:00Z", "9999", "REL-9999-01-01", "9999-01-01 is far away", "-1"]
        {
            assert_eq!(found(&format!(r#"{{"note":"{text}"}}"#)), None, "{text}");
        }
    }
}
