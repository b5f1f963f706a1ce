//! What a quarterly report lacks: every reason at once, each with its clause and who can clear it.

use super::{
    facts::Review,
    figures::QuarterlyFigures,
    report::{QuarterlyReport, ReportState, reclassified},
};
use crate::{
    ids::UserId,
    people::{directory::Directory, role::Role},
    subject::{
        CompanyRecord,
        refusal::{Code, Party, Refusal, Text, Unmet},
    },
    time::quarter::Quarter,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// Refuses a report of a quarter that is not over.
///
/// # Errors
/// [`Code::QuarterRunning`].
pub fn may_draft(quarter: Quarter, now: DateTime<Utc>) -> Result<(), Refusal> {
    if quarter.end() <= now {
        return Ok(());
    }
    Err(Refusal::one(Unmet::new(Code::QuarterRunning).with("quarter", quarter)))
}

/// Refuses a step in another state than its own.
pub(super) fn in_state(report: &QuarterlyReport, wanted: ReportState) -> Result<(), Refusal> {
    if report.state() == wanted {
        return Ok(());
    }
    Err(Refusal::one(Unmet::new(Code::ReportState).with_text("state", report.state())))
}

/// Refuses an edit of anything but a draft.
///
/// # Errors
/// [`Code::ReportState`].
pub fn may_edit(report: &QuarterlyReport) -> Result<(), Refusal> {
    in_state(report, ReportState::Draft)
}

/// Refuses to send an incomplete report for approval.
///
/// # Errors
/// Everything that is missing: the assessment, the improvement section, and for a gap its cause and a measure (6, 7a).
pub fn may_submit(report: &QuarterlyReport, figures: &QuarterlyFigures, directory: &Directory) -> Result<(), Refusal> {
    in_state(report, ReportState::Draft)?;
    Refusal::unless_empty(incomplete(report, figures, directory))
}

fn incomplete(report: &QuarterlyReport, figures: &QuarterlyFigures, directory: &Directory) -> Vec<Unmet> {
    let said = report.assessment();
    let unmet = |code| Unmet::new(code).by([Party::Role(Role::ReleaseOwner)]);
    let mut all = Vec::new();
    let mut need = |holds: bool, code: Code| all.extend((!holds).then(|| unmet(code)));
    // What is outstanding in any case the document says itself; what a missed target asks for besides follows from the figures.
    let lacking = said.lacking(directory);
    let lacks = |place: &str| lacking.iter().any(|found| found.pointer.starts_with(place));
    need(!lacks("/execution"), Code::AssessmentMissing);
    need(!lacks("/improvements"), Code::ImprovementMissing);
    need(!figures.is_missed() || !said.gap_cause.trim().is_empty(), Code::GapCauseMissing);
    need(!figures.is_missed() || !said.measures.is_empty(), Code::GapWithoutMeasure);
    for (index, _) in said.measures.iter().enumerate().filter(|(index, _)| lacks(&format!("/measures/{index}/"))) {
        all.push(unmet(Code::MeasureIncomplete).with("number", index + 1));
    }
    all
}

/// Refuses to approve: a contributor among whoever answers and for whom, an unreviewed failure (each named), figures that have
/// changed since it was sent.
///
/// # Errors
/// Every reason at once.
pub fn may_approve(
    report: &QuarterlyReport,
    figures: &QuarterlyFigures,
    approvers: &[UserId],
    directory: &Directory,
) -> Result<(), Refusal> {
    in_state(report, ReportState::Submitted)?;
    let mut all = Vec::new();
    let authors = report.contributors();
    let barred: BTreeSet<UserId> = approvers.iter().copied().filter(|id| authors.contains(id)).collect();
    all.extend(barred.into_iter().map(|id| Unmet::new(Code::Contributor).with_text("name", Text::same(directory.name(id)))));
    for failure in figures.failures.iter().filter(|f| f.review == Review::Outstanding) {
        let who = failure.owner.map_or(Party::Role(Role::ReleaseOwner), Party::User);
        let place = format!("releases/{}", failure.number);
        all.push(Unmet::new(Code::FailureUnreviewed).with("release", &failure.number).by([who]).at(place));
    }
    let changed = reclassified(&report.figures, figures);
    if !changed.is_empty() {
        let numbers: Vec<String> = changed.into_iter().map(|c| c.number).collect();
        all.push(Unmet::new(Code::FiguresChanged).with("releases", numbers.join(", ")));
    }
    all.extend(incomplete(report, figures, directory));
    Refusal::unless_empty(all)
}

/// Refuses to send back what is not waiting for approval.
///
/// # Errors
/// [`Code::ReportState`].
pub fn may_return(report: &QuarterlyReport) -> Result<(), Refusal> {
    in_state(report, ReportState::Submitted)
}

/// Refuses a restatement of a report that is not approved, or of one whose count still holds.
///
/// # Errors
/// [`Code::ReportState`], [`Code::NothingToRestate`].
pub fn may_restate(report: &QuarterlyReport, figures: &QuarterlyFigures) -> Result<(), Refusal> {
    in_state(report, ReportState::Approved)?;
    match reclassified(&report.figures, figures).is_empty() {
        true => Err(Refusal::one(Unmet::new(Code::NothingToRestate).with("quarter", report.quarter))),
        false => Ok(()),
    }
}
