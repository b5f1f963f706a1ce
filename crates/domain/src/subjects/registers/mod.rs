//! Registers: what has an identity, a version and a history, and whose only commands are to create, update and delete.
//!
//! A register is declared once, in a file of this folder ([`register!`](declare)): its fields with type and both labels, who may do
//! what, what it logs, what it is found by. Store, use cases, routes, description, page and dialog follow from that. What is
//! particular to it are the functions of [`Rules`] beside the declaration, and its checks in the use cases.

pub mod all;
pub mod configuration_item;
pub mod customer;
pub(crate) mod declare;
pub mod department;
pub mod deputy;
pub mod freeze_templates;
pub mod freeze_window;
pub mod media_item;
pub mod report_schedule;
pub mod robot;
pub mod service_object;
pub mod sight;

pub(crate) use declare::register;

use crate::{
    blocks::document::shape::{Field, Input, label},
    ids::{CustomerId, UserId},
    subject::operation::Operation,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fmt};
use uuid::Uuid;

/// A register, as it is declared.
pub trait Register: Rules + Clone + PartialEq + fmt::Debug + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The identity of a record.
    type Id: Copy
        + Eq
        + fmt::Display
        + fmt::Debug
        + From<Uuid>
        + Into<Uuid>
        + Serialize
        + DeserializeOwned
        + Send
        + Sync
        + 'static;
    /// What people state about a record.
    type Stated: Clone + DeserializeOwned + Send + Sync + 'static;
    /// What a list is asked for.
    type Asked: Asked<Self>;
    /// The declaration as data.
    const DECLARED: Declared;

    /// The record that follows from what is stated. `before` is the record as it was.
    fn of(id: Self::Id, version: i64, stated: &Self::Stated, before: Option<&Self>) -> Self;
    /// Identity.
    fn id(&self) -> Self::Id;
    /// Concurrency version.
    fn version(&self) -> i64;
    /// The same record at another version.
    #[must_use]
    fn at_version(self, version: i64) -> Self;
    /// The value that no other record has, in whatever spelling.
    fn unique(&self) -> Option<String>;
    /// What people call it.
    fn name(&self) -> Option<String>;
    /// False for what is no longer offered; true for all in a register without activation.
    fn is_active(&self) -> bool;
    /// What a search reads.
    fn words(&self) -> Vec<String>;
    /// The values of the fields that lists are filtered by.
    fn facets(&self) -> Vec<(&'static str, String)>;

    /// The path of a record below `/api/v1/`: what the log calls it.
    fn subject(id: Self::Id) -> String {
        format!("{}/{id}", Self::DECLARED.path)
    }
}

/// What is particular to a register.
pub trait Rules: Sized {
    /// Where the record stands in lists.
    fn position(&self) -> String;

    /// What records are found by besides the fields that lists filter by: what they refer to, by name and key.
    fn links(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// What a list of a register is asked for.
pub trait Asked<R>: DeserializeOwned + Default + Send + 'static {
    /// True when [`Asked::fits`] asks for something that no field and no facet says: such a register is held in memory.
    const BY_FUNCTION: bool;

    /// Active or inactive ones only.
    fn active(&self) -> Option<bool>;
    /// Words to be found, in any order.
    fn words(&self) -> Option<&str>;
    /// Values that a field must have.
    fn facets(&self) -> Vec<(&'static str, String)>;
    /// What is asked besides.
    fn fits(&self, record: &R) -> bool;
    /// Where the list goes on.
    fn cursor(&self) -> Option<&str>;
    /// Items per page.
    fn limit(&self) -> Option<u32>;
}

/// The declaration of a register as data.
#[derive(Debug, Clone, Copy)]
pub struct Declared {
    /// The word for a record: `service_object`.
    pub kind: &'static str,
    /// Where its records are, below `/api/v1/`: `service-objects`.
    pub path: &'static str,
    /// What people call one of them, in Chinese and English.
    pub one: (&'static str, &'static str),
    /// What people call them all.
    pub many: (&'static str, &'static str),
    /// What the register is for, as a sentence.
    pub about: (&'static str, &'static str),
    /// Its fields, in the order in which people state them.
    pub fields: &'static [RecordField],
    /// The field that no two records have the same value of; the first one, when it takes several together.
    pub unique: Option<&'static str>,
    /// The field that stays as it was when the record was made.
    pub fixed: Option<&'static str>,
    /// The field that holds the customer to whose people the records are shown; without one they see none.
    pub customer: Option<&'static str>,
    /// List and view.
    pub reads: (Operation, Operation),
    /// Creating a record, and what it logs.
    pub create: Written,
    /// Updating one.
    pub update: Option<Written>,
    /// Deleting one.
    pub delete: Option<Written>,
    /// Creating and updating need a fresh password (RELIABILITY 4.6).
    pub fresh_password: bool,
}

/// A command of a register.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// Whose it is: a row of the policy.
    pub operation: Operation,
    /// The kind of its entry in the log.
    pub event: &'static str,
    /// What people call the entry, in Chinese and English.
    pub name: (&'static str, &'static str),
}

/// A field of a register.
#[derive(Debug, Clone, Copy)]
pub struct RecordField {
    /// Its name, labels and input.
    pub field: Field,
    /// What helps to fill it in.
    pub hint: Option<(&'static str, &'static str)>,
    /// The words that it takes, where those are not all of their enum.
    pub among: Option<fn() -> Vec<Offered>>,
    /// True when it must be stated.
    pub needed: bool,
    /// True when people state it; false for what follows.
    pub stated: bool,
}

/// Words of an enum that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// What they have in common: an enum, and a word of it.
    pub family: (&'static str, &'static str),
    /// The words.
    pub words: Vec<&'static str>,
}

impl Declared {
    /// Its commands.
    pub fn commands(&self) -> impl Iterator<Item = Written> {
        [Some(self.create), self.update, self.delete].into_iter().flatten()
    }

    /// The register as the description of the API carries it: `{path, one, many, about, operations: {list, view, create,
    /// update?, delete?}, fields: [{name, kind, label, hint?, among?, isNeeded?, isStated, isFixed?, …}]}`.
    #[must_use]
    pub fn describe(&self) -> Value {
        let both = |(zh, en): (&str, &str)| label(zh, en);
        let command = |written: Option<Written>| written.map(|written| written.operation.as_str());
        json!({
            "path": self.path,
            "one": both(self.one),
            "many": both(self.many),
            "about": both(self.about),
            "operations": {
                "list": self.reads.0.as_str(),
                "view": self.reads.1.as_str(),
                "create": self.create.operation.as_str(),
                "update": command(self.update),
                "delete": command(self.delete),
            },
            "fields": self.fields.iter().map(|field| field.describe(self.fixed == Some(field.field.name))).collect::<Vec<_>>(),
        })
    }
}

impl RecordField {
    fn describe(&self, is_fixed: bool) -> Value {
        let mut field = self.field.describe();
        if is_fixed {
            field["isFixed"] = true.into();
        }
        field["isNeeded"] = self.needed.into();
        field["isStated"] = self.stated.into();
        if let Some((zh, en)) = self.hint {
            field["hint"] = label(zh, en);
        }
        if let Some(among) = self.among {
            let offered = |Offered { family: (of, word), words }| json!({ "of": of, "word": word, "words": words });
            field["among"] = among().into_iter().map(offered).collect();
        }
        field
    }
}

/// The values of a field as texts: none, one, or one for each item.
pub(crate) fn values(field: &impl Serialize) -> Vec<String> {
    let text = |value: Value| match value {
        Value::String(text) => Some(text),
        Value::Null => None,
        other => Some(other.to_string()),
    };
    match json!(field) {
        Value::Array(items) => items.into_iter().filter_map(text).collect(),
        one => text(one).into_iter().collect(),
    }
}

/// How a type says whether it may be left out of what is stated.
pub(crate) trait Needed {
    /// True when a value must be given.
    const NEEDED: bool = true;
}

impl<T> Needed for Option<T> {
    const NEEDED: bool = false;
}
impl<T> Needed for Vec<T> {
    const NEEDED: bool = false;
}
impl<T> Needed for BTreeSet<T> {
    const NEEDED: bool = false;
}

macro_rules! needed {
    ($($type:ty),+ $(,)?) => { $(impl Needed for $type {})+ };
}
needed!(
    String,
    crate::text::Line,
    crate::text::Code,
    crate::text::Note,
    CustomerId,
    UserId,
    chrono::NaiveDate,
    chrono::DateTime<chrono::Utc>,
    u32,
);
impl Needed for bool {
    const NEEDED: bool = false;
}

/// The value of a flag that is true unless it is given.
pub(crate) const fn yes() -> bool {
    true
}

/// How a field of a record is entered: as it is said, else as its type says.
pub(crate) const fn field(name: &'static str, zh: &'static str, en: &'static str, input: Input) -> Field {
    Field { name, zh, en, input, when: None, by_system: false }
}
