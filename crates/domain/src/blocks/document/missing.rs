//! What a document still lacks: the finding, and the small checks that all documents are built from.

use crate::{
    ids::{ServiceObjectId, UserId},
    people::directory::Directory,
    subject::refusal::Text,
    time::clock::company_day,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

use super::{
    shape::{Field, label_at},
    types::Table,
};
use crate::subjects::registers::configuration_item::ConfigurationItem;
use crate::subjects::release::documents::{ReleasePlan, test_report::TestCategory, test_results::CaseResult};

crate::word_enum! {
    /// Why a field is not good enough to submit.
    MissingCode {
        /// The field is empty.
        Required = "required",
        /// The table needs more rows.
        TooFewRows = "too_few_rows",
        /// The table is empty, and no reason says why.
        RowsOrReason = "rows_or_reason",
        /// A reason is needed.
        ReasonRequired = "reason_required",
        /// Two rows have the same key.
        DoubleKey = "double_key",
        /// A row refers to a key or an object that does not exist.
        UnknownReference = "unknown_reference",
        /// Steps wait for each other in a circle.
        Cycle = "cycle",
        /// A time lies outside the window.
        OutsideWindow = "outside_window",
        /// A time lies on the wrong side of another one.
        WrongOrder = "wrong_order",
        /// The person does not exist or is not active.
        PersonInactive = "person_inactive",
        /// The person is away on that day.
        PersonAbsent = "person_absent",
        /// The person does not hold the role needed.
        WrongRole = "wrong_role",
        /// Two statements contradict each other.
        Contradiction = "contradiction",
        /// No test case of the category was executed.
        NotExecuted = "not_executed",
        /// The number is too small or too large.
        OutOfBounds = "out_of_bounds",
    }
}

/// One thing that stands between a draft and its submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Missing {
    /// The clause that asks for it, or the row of the requirements table.
    pub clause: &'static str,
    /// JSON pointer into the content.
    pub pointer: String,
    /// The stable word for programs.
    pub code: MissingCode,
    /// The Chinese sentence.
    pub zh: String,
    /// The English sentence.
    pub en: String,
}

/// What the rules know beside the content itself.
#[derive(Debug, Clone)]
pub struct DocumentContext<'a> {
    /// Who exists, is active, is away.
    pub directory: &'a Directory,
    /// The objects under service that the release names.
    pub service_objects: &'a [ServiceObjectId],
    /// True for an emergency release: the plan has a reduced list (D11).
    pub emergency: bool,
    /// The present instant.
    pub now: DateTime<Utc>,
    /// How many test cases of each category were executed on the release's units.
    pub executed_cases: HashMap<TestCategory, usize>,
    /// What the test runs say of each case.
    pub cases: Vec<CaseResult>,
    /// The approved release plan, for the go-live plan.
    pub release_plan: Option<&'a ReleasePlan>,
    /// Who administers the release, where that is known.
    pub administrator: Option<UserId>,
    /// Since when the rollback is planned as it is in force, where that is known.
    pub rollback_planned: Option<DateTime<Utc>>,
    /// The configuration items that the content names, as far as they are registered (9.2c).
    pub items: &'a [ConfigurationItem],
}

impl<'a> DocumentContext<'a> {
    /// A context for a normal release without test runs and without an earlier plan.
    #[must_use]
    pub fn new(directory: &'a Directory, service_objects: &'a [ServiceObjectId], now: DateTime<Utc>) -> Self {
        let (executed_cases, cases) = (HashMap::new(), Vec::new());
        Self {
            directory,
            service_objects,
            emergency: false,
            now,
            executed_cases,
            cases,
            release_plan: None,
            administrator: None,
            rollback_planned: None,
            items: &[],
        }
    }
}

/// The longest list of findings; a person who clears these asks again.
const MAX_FINDINGS: usize = 1000;

/// Collects findings; each method adds one when its condition does not hold.
pub(crate) struct Findings<'a> {
    directory: &'a Directory,
    fields: &'static [Field],
    list: Vec<Missing>,
}

impl<'a> Findings<'a> {
    /// In a content with these fields, by whose labels the findings call them.
    pub(crate) const fn new(directory: &'a Directory, fields: &'static [Field]) -> Self {
        Self { directory, fields, list: Vec::new() }
    }

    /// What people call the place at a pointer.
    pub(crate) fn called(&self, at: &str) -> Text {
        label_at(self.fields, at)
    }

    pub(crate) fn done(self) -> Vec<Missing> {
        self.list
    }

    pub(crate) fn add(&mut self, clause: &'static str, at: impl Into<String>, code: MissingCode, zh: String, en: String) {
        if self.list.len() < MAX_FINDINGS {
            self.list.push(Missing { clause, pointer: at.into(), code, zh, en });
        }
    }

    /// The name of a person, for a sentence.
    pub(crate) fn name(&self, id: UserId) -> String {
        self.directory.name(id)
    }

    /// The fact must be stated.
    pub(crate) fn given(&mut self, clause: &'static str, at: impl Into<String>, given: bool) {
        if !given {
            let at = at.into();
            let Text { zh, en } = self.called(&at);
            self.add(clause, at, MissingCode::Required, format!("未填写{zh}"), format!("{en} is not given"));
        }
    }

    /// The text must not be blank.
    pub(crate) fn text(&mut self, clause: &'static str, at: impl Into<String>, text: &str) {
        self.given(clause, at, !text.trim().is_empty());
    }

    /// The text must not be blank: it is a reason for leaving out what it stands in.
    pub(crate) fn reason(&mut self, clause: &'static str, at: impl Into<String>, text: &str) {
        if text.trim().is_empty() {
            let at = at.into();
            let Text { zh, en } = self.called(at.rsplit_once('/').map_or("", |(outer, _)| outer));
            let (zh, en) = (format!("{zh}须说明理由"), format!("{en} needs a reason"));
            self.add(clause, at, MissingCode::ReasonRequired, zh, en);
        }
    }

    /// The number must lie within bounds, both included.
    pub(crate) fn number(&mut self, clause: &'static str, at: impl Into<String>, number: u32, (least, most): (u32, u32)) {
        if !(least..=most).contains(&number) {
            let at = at.into();
            let Text { zh, en } = self.called(&at);
            let (zh, en) = (format!("{zh}须为 {least} 至 {most}"), format!("{en} must be from {least} to {most}"));
            self.add(clause, at, MissingCode::OutOfBounds, zh, en);
        }
    }

    /// The table must have so many rows.
    pub(crate) fn rows(&mut self, clause: &'static str, at: impl Into<String>, rows: usize, least: usize) {
        if rows < least {
            let at = at.into();
            let Text { zh, en } = self.called(&at);
            let zh = format!("{zh}至少需要{least}行，现有{rows}行");
            let en = format!("{en} needs at least {least} row(s), has {rows}");
            self.add(clause, at, MissingCode::TooFewRows, zh, en);
        }
    }

    /// The table must have rows or a reason, and not both.
    pub(crate) fn table<T>(&mut self, clause: &'static str, at: &str, table: &Table<T>) {
        let Text { zh, en } = self.called(at);
        let reason = !table.not_applicable_reason.trim().is_empty();
        match (table.rows.is_empty(), reason) {
            (true, false) => {
                let (zh, en) =
                    (format!("{zh}须填写，或说明不适用的理由"), format!("{en} needs rows, or a reason why none apply"));
                self.add(clause, at, MissingCode::RowsOrReason, zh, en);
            }
            (false, true) => {
                let (zh, en) = (format!("{zh}既有内容又写了不适用"), format!("{en} has rows and a reason why none apply"));
                self.add(clause, format!("{at}/not_applicable_reason"), MissingCode::Contradiction, zh, en);
            }
            _ => {}
        }
    }

    /// Every row must have a key, and no two the same one. Returns the keys.
    pub(crate) fn keys<'k>(
        &mut self,
        clause: &'static str,
        at: &str,
        keys: impl Iterator<Item = &'k String>,
    ) -> HashSet<&'k str> {
        let mut seen = HashSet::new();
        for (index, key) in keys.enumerate() {
            let pointer = format!("{at}/{index}/key");
            if key.trim().is_empty() {
                self.given(clause, pointer, false);
            } else if !seen.insert(key.as_str()) {
                let (zh, en) = (format!("标识“{key}”重复"), format!("the key \"{key}\" is used twice"));
                self.add(clause, pointer, MissingCode::DoubleKey, zh, en);
            }
        }
        seen
    }

    /// The key must be one of those known.
    pub(crate) fn reference(&mut self, clause: &'static str, at: String, key: &str, known: &HashSet<&str>) {
        if !known.contains(key) {
            let Text { zh, en } = self.called(&at);
            let (zh, en) = (format!("{zh}“{key}”不存在"), format!("{en} \"{key}\" does not exist"));
            self.add(clause, at, MissingCode::UnknownReference, zh, en);
        }
    }

    /// The person must be given and active, and not away on the day of `at_time`.
    pub(crate) fn person(
        &mut self,
        clause: &'static str,
        at: impl Into<String>,
        person: Option<UserId>,
        at_time: Option<DateTime<Utc>>,
    ) {
        match person {
            None => self.given(clause, at, false),
            Some(id) => self.present(clause, at.into(), id, at_time),
        }
    }

    /// The person must be active, and not away on the day of `at_time`.
    pub(crate) fn present(&mut self, clause: &'static str, at: String, id: UserId, at_time: Option<DateTime<Utc>>) {
        let who = self.directory.name(id);
        if self.directory.active_user(id).is_none() {
            let (zh, en) = (format!("{who}不存在或已停用"), format!("{who} does not exist or is not active"));
            self.add(clause, at, MissingCode::PersonInactive, zh, en);
        } else if !self.directory.acts_for_company(id) {
            let (zh, en) =
                (format!("{who}没有可以承担工作的角色"), format!("{who} holds no role in which somebody of the company acts"));
            self.add(clause, at, MissingCode::WrongRole, zh, en);
        } else if let Some(day) = at_time.map(company_day).filter(|day| self.directory.is_absent(id, *day)) {
            let (zh, en) = (format!("{who}在{day}不在岗"), format!("{who} is away on {day}"));
            self.add(clause, at, MissingCode::PersonAbsent, zh, en);
        }
    }

    /// Both ends must be given, the end after the start.
    pub(crate) fn window(
        &mut self,
        clause: &'static str,
        [start_at, end_at]: [&str; 2],
        [start, end]: [Option<DateTime<Utc>>; 2],
    ) {
        self.given(clause, start_at, start.is_some());
        self.given(clause, end_at, end.is_some());
        if let (Some(start), Some(end)) = (start, end)
            && start >= end
        {
            let (first, last) = (self.called(start_at), self.called(end_at));
            let zh = format!("{}须晚于{}", last.zh, first.zh);
            let en = format!("{} must lie after {}", last.en, first.en);
            self.add(clause, end_at, MissingCode::WrongOrder, zh, en);
        }
    }
}
