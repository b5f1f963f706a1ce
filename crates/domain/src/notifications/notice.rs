//! One message to one person: plain data, independent of channel and language.
//!
//! The worker makes a [`Notice`] of an event or of something late and keeps it with the delivery; mail, chat robots and
//! the page draw it when it is sent or read. What depends on the moment of sending (the time left) is asked for with `now`.

mod bundle;
mod chart;
mod kind;
mod subject;
pub mod times;

pub use chart::{RateChart, RatePoint};
pub use kind::{Asks, KindRule, NoticeGroup, NoticeKind, Reach, RobotKind, Urgency};

use crate::{ids::ReleaseId, subject::refusal::Text, time::quarter::Quarter};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What one person is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What kind of message it is; channel, rhythm and quiet hours follow from it.
    pub kind: NoticeKind,
    /// What it is about. Messages on the same topic fold into one thread.
    pub topic: Topic,
    /// What the subject says besides the topic: 上线审批, or the figure of a quarter. May be empty.
    #[serde(default)]
    pub headline: Text,
    /// The first line of the message.
    pub wanted: Wanted,
    /// The instant that the subject counts down to.
    #[serde(default)]
    pub due: Option<Due>,
    /// The fact table: about five rows.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// What stands below the facts.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// The one button. It opens a page and never decides anything.
    #[serde(default)]
    pub link: Option<Link>,
    /// The success rate over several quarters, as a picture with its words.
    #[serde(default)]
    pub chart: Option<RateChart>,
    /// Files that are made when the message is sent.
    #[serde(default)]
    pub attachments: Vec<AttachmentSource>,
}

/// What a message is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Topic {
    /// One release.
    Release {
        /// Its identity: the thread.
        id: ReleaseId,
        /// Its number: `REL-2026-0031`.
        number: String,
        /// Its title, in the words of its author.
        title: String,
    },
    /// The figures of a quarter.
    Quarter {
        /// Which.
        quarter: Quarter,
    },
    /// A calendar day of the company: a digest.
    Day {
        /// Which.
        day: NaiveDate,
    },
    /// Something else; no thread.
    Other {
        /// In a few words.
        name: Text,
    },
}

impl Topic {
    /// What the messages of one thread have in common; the same for ever.
    #[must_use]
    pub fn thread(&self) -> Option<String> {
        match self {
            Self::Release { id, .. } => Some(format!("release.{id}")),
            Self::Quarter { quarter } => Some(format!("quarter.{quarter}")),
            Self::Day { .. } | Self::Other { .. } => None,
        }
    }

    /// The topic by name, whole.
    #[must_use]
    pub fn name(&self) -> Text {
        match self {
            Self::Release { number, title, .. } => Text::same(format!("{number} {title}")),
            Self::Quarter { quarter } => times::quarter(*quarter),
            Self::Day { day } => times::day(*day),
            Self::Other { name } => name.clone(),
        }
    }
}

/// What is wanted of the reader: the first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Wanted {
    /// Somebody must do something.
    Act {
        /// Who, by name; empty when it is said to a group.
        who: String,
        /// Whose part the person takes as a deputy.
        #[serde(default)]
        on_behalf_of: Option<String>,
        /// The action, as the end of a request: 审批上线计划 / "decide on the go-live plan".
        what: Text,
        /// Until when.
        #[serde(default)]
        until: Option<DateTime<Utc>>,
    },
    /// Something is told, in a whole sentence; nothing is to be done.
    Know {
        /// The sentence, with its full stop.
        what: Text,
    },
}

impl Wanted {
    /// The same said to a group: whoever it is that must act is not named.
    #[must_use]
    pub fn for_group(self) -> Self {
        match self {
            Self::Act { what, until, .. } => Self::Act { who: String::new(), on_behalf_of: None, what, until },
            know @ Self::Know { .. } => know,
        }
    }

    /// The action or the sentence, without who and until when.
    #[must_use]
    pub const fn what(&self) -> &Text {
        match self {
            Self::Act { what, .. } | Self::Know { what } => what,
        }
    }

    /// The sentence.
    #[must_use]
    pub fn sentence(&self) -> Text {
        match self {
            Self::Know { what } => what.clone(),
            Self::Act { who, on_behalf_of, what, until } => {
                let (zh_for, en_for) = on_behalf_of
                    .as_ref()
                    .map_or_else(Default::default, |name| (format!("（代{name}）"), format!(" (for {name})")));
                let (zh_until, en_until) = until.map_or_else(Default::default, |at| {
                    let at = times::long(at);
                    (format!("在 {}前", at.zh), format!("by {} ", at.en))
                });
                let en_who = if who.is_empty() { String::new() } else { format!("{who}{en_for}, ") };
                let mut en = format!("{en_who}{en_until}please {}.", what.en);
                if who.is_empty() {
                    // The first letter is ours: "by" or "please".
                    en[..1].make_ascii_uppercase();
                }
                Text::new(format!("请{who}{zh_for}{zh_until}{}。", what.zh), en)
            }
        }
    }
}

crate::word_enum! {
    /// What happens at the instant that a message counts down to.
    DueEvent {
        /// The release goes live.
        GoLive = "go_live" "上线" "go-live",
        /// The time for the answer or the work is over.
        Deadline = "deadline" "截止" "due",
        /// The window closes.
        WindowEnd = "window_end" "窗口结束" "window ends",
        /// The last moment from which a rollback still fits into the window.
        LastSafeMoment = "last_safe_moment" "最晚回退时刻" "last safe moment for rollback",
    }
}

/// The instant that a message counts down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// What happens then.
    pub event: DueEvent,
    /// When.
    pub at: DateTime<Utc>,
}

/// A row of the fact table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is.
    pub label: Text,
    /// Its value.
    pub value: Text,
}

impl Fact {
    /// A row whose value has a name in each language.
    #[must_use]
    pub fn new(zh: &str, en: &str, value: Text) -> Self {
        Self { label: Text::new(zh, en), value }
    }

    /// A row whose value is the same in both languages.
    #[must_use]
    pub fn same(zh: &str, en: &str, value: impl Into<String>) -> Self {
        Self::new(zh, en, Text::same(value))
    }

    /// A row that names an instant.
    #[must_use]
    pub fn at(zh: &str, en: &str, at: DateTime<Utc>) -> Self {
        Self::new(zh, en, times::long(at))
    }
}

/// A part below the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its heading.
    pub heading: Text,
    /// Paragraphs; each may have several lines.
    #[serde(default)]
    pub lines: Vec<Text>,
    /// A small table.
    #[serde(default)]
    pub table: Option<Table>,
}

/// A small table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The head, with the side on which each column stands.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: Text,
    /// True for numbers: they stand on the right.
    #[serde(default)]
    pub number: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// One value for each column.
    pub cells: Vec<Text>,
    /// The page that the first cell opens.
    #[serde(default)]
    pub path: Option<String>,
}

/// A page of this installation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its path, from the slash: `/approvals/0198…`.
    pub path: String,
    /// What the button says.
    pub label: Text,
}

impl Link {
    /// A button.
    #[must_use]
    pub fn new(path: impl Into<String>, zh: &str, en: &str) -> Self {
        Self { path: path.into(), label: Text::new(zh, en) }
    }
}

/// A file that is made when the message is sent, so that it holds what was approved and not a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum AttachmentSource {
    /// The figures of a quarter and the releases behind them, as XLSX.
    QuarterlyWorkbook {
        /// Which quarter.
        quarter: Quarter,
        /// The revision of the report.
        revision: u32,
    },
}

/// A file that goes with a message, made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Its name, with its ending.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A message as it is sent, with what goes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosures {
    /// Its words; they say which file was too large to go along.
    pub notice: Notice,
    /// Its chart as PNG, in the language of the reader.
    pub picture: Option<Vec<u8>>,
    /// Its files.
    pub files: Vec<Enclosure>,
}

impl Notice {
    /// A message with what every message has; the rest is added by name.
    #[must_use]
    pub fn new(kind: NoticeKind, topic: Topic, wanted: Wanted) -> Self {
        Self {
            kind,
            topic,
            headline: Text::default(),
            wanted,
            due: None,
            facts: Vec::new(),
            sections: Vec::new(),
            link: None,
            chart: None,
            attachments: Vec::new(),
        }
    }

    /// What of it a group may hear, which is no need-to-know list: the title, what is wanted, until when, and the link.
    #[must_use]
    pub fn for_group(self) -> Self {
        let Self { kind, topic, headline, wanted, due, link, .. } = self;
        Self { headline, due, link, ..Self::new(kind, topic, wanted.for_group()) }
    }

    /// The subject at the moment `now`, in both languages; see [`subject`](self::subject).
    #[must_use]
    pub fn subject(&self, now: DateTime<Utc>) -> Text {
        subject::subject(self, now)
    }
}

#[cfg(test)]
mod tests;
