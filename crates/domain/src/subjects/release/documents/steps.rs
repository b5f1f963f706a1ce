//! Ordered steps: the checks that the plan's steps (§5.1.3) and the run sheet (§5.5.6) share.

use crate::blocks::document::{
    missing::{Findings, MissingCode},
    types::Window,
};
use crate::{ids::UserId, time::clock::COMPANY_ZONE};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{HashMap, HashSet};

/// One step as the checks see it.
pub(super) struct StepView<'a> {
    pub key: &'a String,
    pub title: &'a str,
    pub person: Option<UserId>,
    pub start: Option<DateTime<Utc>>,
    pub duration_minutes: u32,
    pub predecessors: &'a [String],
    pub check: &'a str,
}

impl StepView<'_> {
    fn end(&self) -> Option<DateTime<Utc>> {
        self.start?.checked_add_signed(TimeDelta::minutes(self.duration_minutes.into()))
    }
}

/// Where the steps stand: clause, pointer of the table, name of the field with the start.
pub(super) struct Place {
    pub clause: &'static str,
    pub at: &'static str,
    pub start_field: &'static str,
}

/// Each step has a title, a person who is there, a time inside the window, a check, and predecessors that exist, end
/// before it starts and do not lead back to it.
pub(super) fn check_steps(findings: &mut Findings<'_>, place: &Place, steps: &[StepView<'_>], window: &Window) {
    let Place { clause, at, start_field } = *place;
    findings.rows(clause, at, steps.len(), 1);
    let known = findings.keys(clause, at, steps.iter().map(|step| step.key));
    let ends: HashMap<&str, DateTime<Utc>> = steps.iter().filter_map(|step| Some((step.key.as_str(), step.end()?))).collect();
    for (index, step) in steps.iter().enumerate() {
        let row = format!("{at}/{index}");
        findings.text(clause, format!("{row}/title"), step.title);
        findings.person(clause, format!("{row}/person"), step.person, step.start);
        findings.given(clause, format!("{row}/{start_field}"), step.start.is_some());
        let timed = step.duration_minutes > 0;
        findings.given(clause, format!("{row}/duration_minutes"), timed);
        findings.text(clause, format!("{row}/check"), step.check);
        if let (Some(start), Some((opens, closes))) = (step.start, window.span())
            && (start < opens || step.end().is_none_or(|end| end > closes))
        {
            let name = name_of(step);
            let zh = format!("步骤“{name}”超出窗口（{}至{}）", local(opens), local(closes));
            let en = format!("step \"{name}\" lies outside the window ({} to {})", local(opens), local(closes));
            findings.add(clause, format!("{row}/{start_field}"), MissingCode::OutsideWindow, zh, en);
        }
        for (place, before) in step.predecessors.iter().enumerate() {
            let pointer = format!("{row}/predecessors/{place}");
            findings.reference(clause, pointer.clone(), before, &known);
            if let (Some(start), Some(end)) = (step.start, ends.get(before.as_str()))
                && start < *end
                && before != step.key
            {
                let name = name_of(step);
                let zh = format!("步骤“{name}”早于前置步骤“{before}”的结束时间");
                let en = format!("step \"{name}\" starts before its predecessor \"{before}\" ends");
                findings.add(clause, pointer, MissingCode::WrongOrder, zh, en);
            }
        }
    }
    for index in never_start(steps) {
        let name = name_of(&steps[index]);
        let zh = format!("步骤“{name}”的前置步骤形成循环，无法开始");
        let en = format!("step \"{name}\" can never start: its predecessors form a circle");
        findings.add(clause, format!("{at}/{index}/predecessors"), MissingCode::Cycle, zh, en);
    }
}

fn name_of<'a>(step: &StepView<'a>) -> &'a str {
    if step.title.trim().is_empty() { step.key } else { step.title }
}

/// An instant as people of the company read it.
pub(super) fn local(at: DateTime<Utc>) -> String {
    at.with_timezone(&COMPANY_ZONE).format("%Y-%m-%d %H:%M").to_string()
}

/// The steps that can never start: after all steps whose predecessors are done were taken away again and again, these
/// are left. Predecessors that do not exist are told elsewhere and do not count here.
fn never_start(steps: &[StepView<'_>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = Vec::with_capacity(steps.len());
    let mut followers: HashMap<&str, Vec<usize>> = HashMap::new();
    let known: HashSet<&str> = steps.iter().map(|step| step.key.as_str()).collect();
    for (index, step) in steps.iter().enumerate() {
        let before: HashSet<&str> = step.predecessors.iter().map(String::as_str).filter(|key| known.contains(key)).collect();
        waiting.push(before.len());
        for key in before {
            followers.entry(key).or_default().push(index);
        }
    }
    let mut free: Vec<usize> = (0..steps.len()).filter(|index| waiting[*index] == 0).collect();
    while let Some(index) = free.pop() {
        // A doubled key is told elsewhere; its followers are set free by the first of the two.
        for follower in followers.remove(steps[index].key.as_str()).into_iter().flatten() {
            waiting[follower] -= 1;
            if waiting[follower] == 0 {
                free.push(follower);
            }
        }
    }
    (0..steps.len()).filter(|index| waiting[*index] > 0).collect()
}
