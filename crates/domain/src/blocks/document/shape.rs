//! The shape of a document: sections, fields, labels, and how each field is entered. It is declared with the types of the
//! content ([`super::types`]) and read by whoever shows or asks for it: the description of the API carries it
//! (`x-document`), and the pages' editor, reader and comparison are made from that.

use super::Section;
use crate::subjects::release::documents::TestCategory;
use crate::{
    ids::{CustomerId, DepartmentId, ServiceObjectId, UnitId, UserId},
    subject::refusal::Text,
    text::{Code, Line, Note},
    time::quarter::Quarter,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

crate::word_enum! {
    /// The rows that a field refers to by their key.
    Target {
        /// Steps of the release plan.
        Steps = "steps",
        /// Steps of the go-live plan.
        RunSteps = "run_steps",
        /// Phases of the go-live plan.
        Phases = "phases",
        /// Configuration items of the release plan.
        PlanItems = "plan_items",
    }
}

/// How a field is entered.
#[derive(Debug, Clone, Copy)]
pub enum Input {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// The short name of a row, to which others refer.
    Key,
    /// The key of a row.
    Reference(Target),
    /// Keys of rows.
    References(Target),
    /// A whole number.
    Number,
    /// A duration in minutes.
    Minutes,
    /// Yes or no.
    Flag,
    /// Yes, no, or not answered yet.
    YesNo,
    /// An instant.
    Instant,
    /// A day, company time.
    Day,
    /// A time of day, in minutes from midnight, company time.
    TimeOfDay,
    /// A person.
    Person,
    /// Several people.
    People,
    /// A department.
    Department,
    /// Several departments.
    Departments,
    /// A customer.
    Customer,
    /// Several customers.
    Customers,
    /// An object under service.
    ServiceObject,
    /// Several of them.
    ServiceObjects,
    /// The number of a configuration item.
    ItemNumber,
    /// A registered release unit.
    Unit,
    /// Names of registered release units.
    UnitNames,
    /// One text per line.
    Lines,
    /// A word of this enum.
    Choice(&'static str),
    /// Several words of this enum.
    Choices(&'static str),
    /// Fields of their own.
    Group(&'static [Field]),
    /// Rows of fields.
    Rows(&'static [Field]),
    /// Rows, or the reason why there are none.
    Table(&'static [Field]),
    /// A group for each word of this enum.
    Each(&'static str, &'static [Field]),
}

/// A field of a document.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in the content.
    pub name: &'static str,
    /// The Chinese label.
    pub zh: &'static str,
    /// The English label, as inside a sentence.
    pub en: &'static str,
    /// How it is entered.
    pub input: Input,
    /// The neighbour and its value, as JSON, without which the field is not asked for.
    pub when: Option<(&'static str, &'static str)>,
    /// True for what the system fills in when the document is submitted.
    pub by_system: bool,
}

impl Input {
    /// The fields inside.
    const fn inner(self) -> &'static [Field] {
        match self {
            Self::Group(fields) | Self::Rows(fields) | Self::Table(fields) | Self::Each(_, fields) => fields,
            _ => &[],
        }
    }
}

/// What people call the place at a pointer (RFC 6901) of a content with these fields: its label, and where it stands:
/// `“备份”第 2 行的“责任人”`, `“responsible” in row 2 of “backups”`.
pub(super) fn label_at(fields: &'static [Field], at: &str) -> Text {
    let (mut fields, mut each) = (fields, false);
    let mut called: Option<Text> = None;
    let inside = |outer: Option<Text>, zh: &str, en: &str| match outer {
        None => Text::new(format!("“{zh}”"), format!("“{en}”")),
        Some(outer) => Text::new(format!("{}的“{zh}”", outer.zh), format!("“{en}” in {}", outer.en)),
    };
    for part in at.split('/').skip(1) {
        called = match (part.parse::<usize>(), fields.iter().find(|field| field.name == part), called) {
            (Ok(row), _, Some(table)) => {
                Some(Text::new(format!("{}第 {} 行", table.zh, row + 1), format!("row {} of {}", row + 1, table.en)))
            }
            (_, Some(field), outer) => {
                (fields, each) = (field.input.inner(), matches!(field.input, Input::Each(..)));
                Some(inside(outer, field.zh, field.en))
            }
            // A group for each category of tests is called by the category.
            (_, None, Some(outer)) if each => {
                each = false;
                let word = part.parse::<TestCategory>();
                Some(word.map_or(outer.clone(), |category| inside(Some(outer), category.zh(), category.en())))
            }
            // The rows of a table that may be left out.
            (_, None, outer) => outer,
        };
    }
    called.unwrap_or_default()
}

/// A type of value that a field can have: how it is entered unless the field says otherwise.
pub trait Entered {
    /// How.
    const INPUT: Input;
}

macro_rules! entered {
    ($($type:ty: $input:ident),+ $(,)?) => { $(impl Entered for $type { const INPUT: Input = Input::$input; })+ };
}

entered! {
    String: Text, u32: Number, u64: Number, bool: Flag, UserId: Person, ServiceObjectId: ServiceObject, UnitId: Unit,
    DateTime<Utc>: Instant, NaiveDate: Day, Quarter: Text, Line: Text, Code: Text, Note: LongText, DepartmentId: Department,
    CustomerId: Customer,
}

impl<T: Entered> Entered for Option<T> {
    const INPUT: Input = T::INPUT;
}

impl<T: Entered> Entered for Vec<T> {
    const INPUT: Input = match T::INPUT {
        Input::Group(fields) => Input::Rows(fields),
        other => several(other),
    };
}

impl<T: Entered> Entered for BTreeSet<T> {
    const INPUT: Input = several(T::INPUT);
}

/// How several of what is entered so are entered.
const fn several(one: Input) -> Input {
    match one {
        Input::ServiceObject => Input::ServiceObjects,
        Input::Person => Input::People,
        Input::Department => Input::Departments,
        Input::Customer => Input::Customers,
        Input::Choice(of) => Input::Choices(of),
        _ => Input::Lines,
    }
}

impl<K: Entered, V: Entered> Entered for BTreeMap<K, V> {
    const INPUT: Input = match (K::INPUT, V::INPUT) {
        (Input::Choice(of), Input::Group(fields)) => Input::Each(of, fields),
        (_, other) => other,
    };
}

/// A label in both languages; the English one stands by itself, so it begins with a capital.
pub(crate) fn label(zh: &str, en: &str) -> Value {
    let Text { zh, en } = Text::new(zh, en).capital();
    json!({ "zh-CN": zh, "en": en })
}

/// A document as the description of the API carries it: `{sections: [{name, clause, label, fields: [{name, kind, label,
/// of?, to?, when?: {field, is}, isSystem?, fields?}]}]}`.
#[must_use]
pub fn describe(sections: &[Section], content: &[Field]) -> Value {
    let section = |section: &Section| {
        let fields = section.fields.iter().filter_map(|name| content.iter().find(|field| field.name == *name));
        json!({
            "name": section.name,
            "clause": section.clause,
            "label": label(section.zh, section.en),
            "fields": fields.map(Field::describe).collect::<Vec<_>>(),
        })
    };
    json!({ "sections": sections.iter().map(section).collect::<Vec<_>>() })
}

impl Field {
    /// The field as the description of the API carries it.
    pub(crate) fn describe(&self) -> Value {
        let inner = |fields: &[Self]| Value::from_iter(fields.iter().map(Self::describe));
        let (kind, mut more) = match self.input {
            Input::Text => ("text", json!({})),
            Input::LongText => ("longText", json!({})),
            Input::Key => ("key", json!({})),
            Input::Reference(to) => ("reference", json!({ "to": to })),
            Input::References(to) => ("references", json!({ "to": to })),
            Input::Number => ("number", json!({})),
            Input::Minutes => ("minutes", json!({})),
            Input::Flag => ("flag", json!({})),
            Input::YesNo => ("yesNo", json!({})),
            Input::Instant => ("instant", json!({})),
            Input::Day => ("day", json!({})),
            Input::TimeOfDay => ("timeOfDay", json!({})),
            Input::Person => ("person", json!({})),
            Input::People => ("people", json!({})),
            Input::Department => ("department", json!({})),
            Input::Departments => ("departments", json!({})),
            Input::Customer => ("customer", json!({})),
            Input::Customers => ("customers", json!({})),
            Input::ServiceObject => ("serviceObject", json!({})),
            Input::ServiceObjects => ("serviceObjects", json!({})),
            Input::ItemNumber => ("itemNumber", json!({})),
            Input::Unit => ("unit", json!({})),
            Input::UnitNames => ("unitNames", json!({})),
            Input::Lines => ("lines", json!({})),
            Input::Choice(of) => ("choice", json!({ "of": of })),
            Input::Choices(of) => ("choices", json!({ "of": of })),
            Input::Group(fields) => ("group", json!({ "fields": inner(fields) })),
            Input::Rows(fields) => ("rows", json!({ "fields": inner(fields) })),
            Input::Table(fields) => ("table", json!({ "fields": inner(fields) })),
            Input::Each(of, fields) => ("each", json!({ "of": of, "fields": inner(fields) })),
        };
        more["name"] = self.name.into();
        more["kind"] = kind.into();
        more["label"] = label(self.zh, self.en);
        if let Some((field, is)) = self.when {
            more["when"] = json!({ "field": field, "is": serde_json::from_str::<Value>(is).unwrap_or_default() });
        }
        if self.by_system {
            more["isSystem"] = true.into();
        }
        more
    }
}
