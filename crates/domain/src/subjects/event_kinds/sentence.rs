//! What a sentence about an entry takes from it: each placeholder, and where its value stands in the payload.

use serde_json::{Value, json};
use std::collections::BTreeSet;

crate::word_enum! {
    /// How a value is shown.
    Shown {
        /// As it is.
        Text = "text",
        /// In the language of the reader, of a text in both.
        Bilingual = "bilingual",
        /// A word of an enum, as people read it.
        Word = "word",
        /// The name of the person with this id.
        Person = "person",
        /// The name of the approval with this id.
        Approval = "approval",
        /// The title of the step with this key.
        Step = "step",
        /// The phase with this key.
        Phase = "phase",
        /// A window, from its start to its end.
        Window = "window",
    }
}

/// A placeholder of sentences.
#[derive(Debug, Clone, Copy)]
pub struct Placeholder {
    /// Its name: `{{name}}` in a sentence.
    pub name: &'static str,
    /// How its value is shown.
    pub shown: Shown,
    /// The enum of a word.
    pub of: Option<&'static str>,
    /// Where the value stands in the payload (RFC 6901): the first that is there; of a window the start and the end.
    pub at: &'static [&'static str],
}

const fn value(name: &'static str, shown: Shown, at: &'static [&'static str]) -> Placeholder {
    Placeholder { name, shown, of: None, at }
}

const fn word(name: &'static str, of: &'static str, at: &'static [&'static str]) -> Placeholder {
    Placeholder { name, shown: Shown::Word, of: Some(of), at }
}

/// Every placeholder.
pub const PLACEHOLDERS: &[Placeholder] = &[
    word("role", "Role", &["/role"]),
    value("name", Shown::Person, &["/to", "/user_id", "/member"]),
    value("number", Shown::Text, &["/number"]),
    word("stage", "Stage", &["/to"]),
    value("window", Shown::Window, &["/start", "/end"]),
    word("document", "DocumentKind", &["/document"]),
    value("revision", Shown::Text, &["/revision/revision"]),
    value("approval", Shown::Approval, &["/approval_id", "/id"]),
    word("decision", "Decision", &["/vote/decision"]),
    word("state", "ApprovalState", &["/state"]),
    value("task", Shown::Text, &["/task/title"]),
    value("unit", Shown::Text, &["/name"]),
    value("version", Shown::Text, &["/version"]),
    value("test_case", Shown::Text, &["/title"]),
    word("test_result", "TestResult", &["/result"]),
    value("round", Shown::Text, &["/round"]),
    value("phase", Shown::Phase, &["/phase"]),
    word("entry", "EntryKind", &["/kind"]),
    value("step", Shown::Step, &["/step"]),
    word("step_result", "StepResult", &["/result"]),
    word("verdict", "Verdict", &["/verdict"]),
    value("item", Shown::Text, &["/change/item"]),
    word("record", "ArchiveRecord", &["/record"]),
    value("file", Shown::Text, &["/file_name"]),
    value("reminder", Shown::Bilingual, &["/title"]),
];

impl Placeholder {
    /// The placeholder as the description of the API carries it.
    pub(super) fn describe(&self) -> Value {
        json!({ "name": self.name, "shown": self.shown, "of": self.of, "at": self.at })
    }
}

/// The names of the placeholders in a sentence.
#[must_use]
pub fn placeholders_in(sentence: &str) -> BTreeSet<&str> {
    sentence.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(name, _)| name).collect()
}
