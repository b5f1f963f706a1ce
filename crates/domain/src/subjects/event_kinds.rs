//! Everything that can happen, as the log calls it: the name of each kind of entry and its sentence in a timeline, in both
//! languages, what it is about and how it reads. It is declared here and nowhere else: the API lists the kinds, its description
//! carries them (`x-event-kinds`), and the timeline and the log of the pages are made from that.

pub mod sentence;
mod table;

use crate::{
    blocks::document::shape::label,
    subject::refusal::Text,
    subjects::registers::{Declared, Written, all::REGISTERS},
};
use sentence::PLACEHOLDERS;
use serde_json::{Value, json};
use table::{FAMILIES, KINDS};

crate::word_enum! {
    /// What an entry of a release is about, for whoever looks for some of them.
    EventTopic {
        /// Where the release stands.
        Stage = "stage" "阶段" "stages",
        /// Who does what.
        Team = "team" "人员" "people",
        /// Documents and what follows from them.
        Document = "document" "文档" "documents",
        /// Approvals.
        Approval = "approval" "审批" "approvals",
        /// Tasks.
        Task = "task" "任务" "tasks",
        /// What is tested, and how it went.
        Test = "test" "测试" "tests",
        /// The deployment and its result.
        Deployment = "deployment" "部署" "deployment",
        /// Configuration items.
        Configuration = "configuration" "配置" "configuration",
        /// What people said, and the files that they added.
        Comment = "comment" "评论和文件" "comments and files",
        /// Anything else.
        Other = "other" "其他" "other",
    }
}

crate::word_enum! {
    /// How an entry reads, where its kind alone says so; otherwise its result does.
    Tone {
        /// Something went on.
        Neutral = "neutral",
        /// Something ended well.
        Good = "good",
        /// Something went back or wrong.
        Bad = "bad",
        /// A draft or a remark.
        Quiet = "quiet",
    }
}

/// A kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventKind {
    /// The word in the log.
    pub kind: &'static str,
    /// What it is about.
    pub topic: EventTopic,
    /// How it reads.
    pub tone: Tone,
    /// What people call it, in Chinese and English.
    name: (&'static str, &'static str),
    /// Its sentence in a timeline, where that says more than the name.
    phrase: Option<(&'static str, &'static str)>,
}

const fn kind(kind: &'static str, topic: EventTopic, tone: Tone, zh: &'static str, en: &'static str) -> EventKind {
    EventKind { kind, topic, tone, name: (zh, en), phrase: None }
}

impl EventKind {
    const fn phrased(self, zh: &'static str, en: &'static str) -> Self {
        Self { phrase: Some((zh, en)), ..self }
    }

    /// What a register logs has its name for a sentence.
    const fn of_register(Written { event, name: (zh, en), .. }: Written) -> Self {
        kind(event, EventTopic::Other, Tone::Neutral, zh, en)
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> Text {
        Text::new(self.name.0, self.name.1)
    }

    /// Its sentence in a timeline, with its placeholders.
    #[must_use]
    pub fn sentence(&self) -> Text {
        self.phrase.map_or_else(|| self.name().capital(), |(zh, en)| Text::new(zh, en))
    }

    fn describe(&self) -> Value {
        let (zh, en) = self.name;
        let sentence = self.phrase.map(|(zh, en)| label(zh, en));
        json!({ "kind": self.kind, "topic": self.topic, "tone": self.tone, "name": label(zh, en), "sentence": sentence })
    }
}

/// Every kind of entry, in the order of the procedure; what a register logs is declared with it.
pub fn event_kinds() -> impl Iterator<Item = EventKind> {
    let written = REGISTERS.iter().flat_map(|register| register.commands().map(EventKind::of_register));
    KINDS.iter().copied().chain(written)
}

/// What the first words of the kinds stand for, in the same order: the word, Chinese, English. What a register logs is about
/// its records.
fn families() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let of_register = |register: &Declared| {
        let (word, _) = register.create.event.split_once('.')?;
        Some((word, register.one.0, register.one.1))
    };
    FAMILIES.iter().copied().chain(REGISTERS.iter().filter_map(of_register))
}

/// The kinds as the description of the API carries them: `{families: [{word, label}], topics: [{word, label}], tones,
/// placeholders: [{name, shown, of, at}], kinds: [{kind, topic, tone, name, sentence}]}`. The sentence is null where the name
/// is enough.
#[must_use]
pub fn describe() -> Value {
    let named = |(word, zh, en): (&str, &str, &str)| json!({ "word": word, "label": label(zh, en) });
    json!({
        "families": families().map(named).collect::<Vec<_>>(),
        "topics": EventTopic::ALL.iter().map(|topic| named((topic.as_str(), topic.zh(), topic.en()))).collect::<Vec<_>>(),
        "tones": Tone::ALL,
        "placeholders": PLACEHOLDERS.iter().map(sentence::Placeholder::describe).collect::<Vec<_>>(),
        "kinds": event_kinds().map(|kind| kind.describe()).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::{sentence::placeholders_in, *};
    use crate::{
        notifications::step_mail::STEP_MAILS,
        subjects::{
            event::{ConfigurationAction, TaskAction},
            release::overdue::FlagKind,
        },
    };
    use std::collections::BTreeSet;

    #[test]
    fn each_kind_is_named_once_and_in_both_languages() {
        let mut seen = BTreeSet::new();
        for EventKind { kind, name: (zh, en), .. } in event_kinds() {
            assert!(seen.insert(kind), "{kind} twice");
            assert!(kind.split_once('.').is_some() && !zh.is_ascii() && en.is_ascii() && !en.is_empty(), "{kind}");
        }
    }

    #[test]
    fn what_other_tables_speak_of_is_named() {
        let actions = TaskAction::ALL.iter().map(|action| format!("task.{action}"));
        let configuration = ConfigurationAction::ALL.iter().map(|action| format!("configuration_change.{action}"));
        let flags = FlagKind::ALL.iter().flat_map(|flag| [flag.raised_event(), flag.cleared_event()]).map(str::to_owned);
        let told = STEP_MAILS.iter().map(|row| row.event.to_owned());
        for kind in actions.chain(configuration).chain(flags).chain(told) {
            assert!(KINDS.iter().any(|known| known.kind == kind), "{kind} has no name");
        }
    }

    #[test]
    fn each_kind_has_a_sentence_in_both_languages_that_takes_what_the_pages_know() {
        let known: BTreeSet<&str> = PLACEHOLDERS.iter().map(|placeholder| placeholder.name).collect();
        assert_eq!(known.len(), PLACEHOLDERS.len(), "a placeholder is declared twice");
        let mut taken = BTreeSet::new();
        for kind in event_kinds() {
            let Text { zh, en } = kind.sentence();
            assert!(!zh.is_empty() && !en.is_empty(), "{} has no sentence", kind.kind);
            assert!(en.starts_with(|first: char| first.is_uppercase() || first == '{'), "{en} is no sentence");
            let (in_zh, in_en) = (placeholders_in(&zh), placeholders_in(&en));
            assert_eq!(in_zh, in_en, "{} takes something else in English", kind.kind);
            assert!(in_zh.is_subset(&known), "{} takes {:?}", kind.kind, &in_zh - &known);
            taken.extend(in_zh.into_iter().map(str::to_owned));
        }
        assert_eq!(taken.iter().map(String::as_str).collect::<BTreeSet<_>>(), known, "a placeholder that nothing takes");
    }

    #[test]
    fn a_word_is_of_an_enum_and_nothing_else_is() {
        for sentence::Placeholder { name, shown, of, at } in PLACEHOLDERS {
            assert_eq!(of.is_some(), *shown == sentence::Shown::Word, "{name}");
            assert!(!at.is_empty() && at.iter().all(|pointer| pointer.starts_with('/')), "{name}");
        }
    }

    #[test]
    fn the_first_word_of_each_kind_has_a_name_and_no_other_has() {
        let named: BTreeSet<&str> = families().map(|(word, ..)| word).collect();
        let used: BTreeSet<&str> = event_kinds().filter_map(|kind| kind.kind.split_once('.')).map(|(word, _)| word).collect();
        assert_eq!(named, used);
        assert_eq!(named.len(), families().count(), "a family twice");
    }
}
