//! Drafts and submissions of the controlled documents.

use super::script::{Script, TaskDraft};
use crate::{
    blocks::{
        document::{DocumentContent, DocumentKind, Draft, Missing},
        task::{Blocks, Evidence, Task, TaskKind, TaskState},
    },
    subject::refusal::{Code, Refusal, Text, Unmet},
    subjects::{
        event::{ReleaseEvent, TaskAction},
        release::{
            Dossier,
            decide::consequences::set_window,
            documents::{
                FailureReview, TestCategory,
                report::ReportFigures,
                test_report::{CategoryResult, TestVerdict, TestedUnit},
                test_results::{case_results, conclusion_of},
            },
            facts::Facts,
            in_force::document_context,
            procedure::document_rule,
            stage::Exit,
        },
    },
    time::clock::end_of_company_day,
};
use std::sync::Arc;

/// The number of a document: prefix of the procedure, form, and the serial of the release (F3).
fn number(script: &Script<'_>, kind: DocumentKind) -> String {
    let serial = script.dossier.release.number.trim_start_matches("REL-");
    format!("{}-{}-{serial}", script.parameters().document_prefix, kind.form())
}

pub(super) fn save_draft(script: &mut Script<'_>, kind: DocumentKind, content: &DocumentContent) -> Result<(), Refusal> {
    let draft = Draft { content: Arc::new(content.clone()), saved: script.stamp(""), on_behalf_of: script.on_behalf_of() };
    script.emit(ReleaseEvent::DraftSaved { document: kind, number: number(script, kind), draft });
    Ok(())
}

/// The figures of a release report: the system counts them when it is submitted, nobody enters them.
#[derive(Clone, Copy)]
pub(super) enum Figures<'a> {
    /// Nothing is submitted yet: their absence is no obstacle.
    ToCome,
    /// As counted.
    Counted(Option<&'a ReportFigures>),
}

/// What people still have to enter in this content: without the parts that the system fills in when it is submitted.
#[must_use]
pub fn left_to_enter(facts: &Facts<'_>, content: &DocumentContent) -> Vec<Missing> {
    lacking(facts, &completed(facts, content, Figures::ToCome), Figures::ToCome)
}

fn lacking(facts: &Facts<'_>, completed: &DocumentContent, figures: Figures<'_>) -> Vec<Missing> {
    let to_come = |missing: &Missing| matches!(figures, Figures::ToCome) && missing.pointer.starts_with("/figures");
    completed.missing(&document_context(facts)).into_iter().filter(|missing| !to_come(missing)).collect()
}

/// What would be submitted: the draft; of a test report that an earlier plan was tested for, else the report as it is (5.4c).
fn to_submit(dossier: &Dossier, kind: DocumentKind) -> Option<Arc<DocumentContent>> {
    let document = dossier.documents.get(&kind)?;
    let as_it_is = || document.latest().filter(|_| kind == DocumentKind::TestReport && dossier.is_report_before_plan());
    document.draft.as_ref().map(|draft| &draft.content).or_else(|| as_it_is().map(|r| &r.content)).map(Arc::clone)
}

/// Everything that keeps the draft from being submitted.
pub(super) fn not_submittable(facts: &Facts<'_>, kind: DocumentKind, figures: Figures<'_>) -> Vec<Unmet> {
    let author = [facts.party(document_rule(kind).author)];
    let unmet = |code| Unmet::new(code).with_text("document", kind).by(author).at(format!("documents/{kind}"));
    let document = facts.dossier.documents.get(&kind);
    let Some(entered) = to_submit(facts.dossier, kind) else { return vec![unmet(Code::DocumentNoDraft)] };
    let content = completed(facts, &entered, figures);
    let missing = lacking(facts, &content, figures).into_iter();
    let mut all: Vec<Unmet> =
        missing.map(|m| unmet(Code::DocumentIncomplete).of_clause(m.clause).with_text("item", Text::new(m.zh, m.en))).collect();
    let written = |content: &DocumentContent| completed(facts, content, Figures::ToCome);
    let confirms = kind == DocumentKind::TestReport && facts.dossier.is_report_before_plan();
    if !confirms && document.and_then(|d| d.latest()).is_some_and(|r| written(&r.content) == written(&content)) {
        all.push(unmet(Code::DocumentUnchanged));
    }
    all
}

/// The content with the parts that the system fills in: tested units, conclusions that the runs come to, figures of the
/// quarter.
fn completed(facts: &Facts<'_>, content: &DocumentContent, figures: Figures<'_>) -> DocumentContent {
    match content.clone() {
        DocumentContent::TestReport(mut report) => {
            let tested = |u: &crate::subjects::release::records::ReleaseUnit| TestedUnit {
                unit_id: Some(u.id),
                name: u.name.clone(),
                version: u.version.clone(),
                sha256: u.sha256.clone(),
            };
            report.tested_units = facts.dossier.units_in_force().map(tested).collect();
            let cases = case_results(facts.dossier);
            for category in TestCategory::ALL {
                let computed = conclusion_of(&cases, *category);
                if let Some(result) = report.categories.get_mut(category).filter(|r| r.conclusion.is_none()) {
                    result.conclusion = computed;
                } else if computed.is_some() {
                    report
                        .categories
                        .entry(*category)
                        .or_insert(CategoryResult { conclusion: computed, ..CategoryResult::default() });
                }
            }
            DocumentContent::TestReport(report)
        }
        DocumentContent::ReleaseReport(mut report) => {
            report.figures = match figures {
                Figures::ToCome => None,
                Figures::Counted(figures) => figures.cloned(),
            };
            DocumentContent::ReleaseReport(report)
        }
        other => other,
    }
}

pub(super) fn submit(
    script: &mut Script<'_>,
    kind: DocumentKind,
    note: &str,
    figures: Option<&ReportFigures>,
) -> Result<(), Refusal> {
    let figures = Figures::Counted(figures);
    Refusal::unless_empty(not_submittable(&script.facts(), kind, figures))?;
    let Some(document) = script.dossier.documents.get(&kind) else { return Ok(()) };
    let Some(entered) = to_submit(&script.dossier, kind) else { return Ok(()) };
    let content = completed(&script.facts(), &entered, figures);
    let people = [script.actor.user_id, script.principal()];
    let revision = document.next_revision(content.clone(), people, script.stamp(note));
    script.emit(ReleaseEvent::DocumentSubmitted { document: kind, number: number(script, kind), revision });
    after(script, &content);
    Ok(())
}

/// What follows from the content: the window, a failed test round, the panel for the report.
fn after(script: &mut Script<'_>, content: &DocumentContent) {
    set_window(script, content);
    if script.dossier.is_retrospective() && content.kind() == DocumentKind::TestReport {
        crate::subjects::release::decide::consequences::void(
            script,
            &[crate::blocks::approval::ApprovalKind::CustomerAcceptance],
            "测试报告有新修订版",
        );
    }
    match content {
        DocumentContent::TestReport(report) if report.verdict == Some(TestVerdict::Fail) => {
            let round = script.dossier.release.test_round + 1;
            script.emit(ReleaseEvent::TestRoundRaised { round });
            script.leave(Exit::TestFailed, &report.summary);
        }
        DocumentContent::ReleaseReport(_) => {
            crate::subjects::release::decide::consequences::void(
                script,
                &[crate::blocks::approval::ApprovalKind::ReportApproval],
                "new revision",
            );
            super::approvals::ask_owner(
                script,
                crate::blocks::approval::ApprovalKind::ReportApproval,
                DocumentKind::ReleaseReport,
            );
        }
        DocumentContent::GoLivePlan(plan) if script.dossier.is_retrospective() => {
            super::tasks::open_late_communication(script, plan);
        }
        DocumentContent::FailureReview(review) => reviewed(script, review),
        _ => {}
    }
}

/// A review is written: it is no longer outstanding, and each of its actions is a task (3.5).
fn reviewed(script: &mut Script<'_>, review: &FailureReview) {
    let kind = DocumentKind::FailureReview;
    let revision = script.dossier.latest(kind).map_or(1, |r| r.revision);
    let owed = |t: &&Task| t.kind == TaskKind::FailedReleaseReview && t.state == TaskState::Open;
    for task in script.dossier.tasks.iter().filter(owed).cloned().collect::<Vec<_>>() {
        let text = format!("{} {revision}", kind.zh());
        let evidence = Some(Evidence { text, attachments: Vec::new(), by: script.actor.user_id, at: script.now() });
        script.emit(ReleaseEvent::Task { action: TaskAction::Done, task: Task { state: TaskState::Done, evidence, ..task } });
    }
    for action in &review.actions {
        let (Some(assignee), Some(due_at)) = (action.owner, action.due.and_then(end_of_company_day)) else { continue };
        script.open_task(TaskDraft {
            kind: TaskKind::ReviewAction,
            title: action.action.clone(),
            detail: review.cause.clone(),
            assignee,
            blocks: Blocks::Nothing,
            due_at,
            source: format!("documents/{kind}/actions/{}", action.key),
        });
    }
}
