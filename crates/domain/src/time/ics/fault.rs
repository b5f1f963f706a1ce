//! Why an event of a calendar file cannot be taken.

/// Why an event that sets days cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IcsFault {
    /// It has no dates, impossible ones, or lasts longer than any holiday.
    Dates,
    /// Its zone is not known.
    Zone(String),
    /// It has no name, or one that no record may hold.
    Name,
    /// The file ends before it does.
    Unfinished,
}
