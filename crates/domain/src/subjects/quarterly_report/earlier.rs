//! Reports as programs before version 0018 of the schema kept them: the sign-off and the measures stood in the report itself.

use super::{
    report::{Assessment, Measure, QuarterlyReport, ReportState},
    steps::{asked, one_decides, seated, task_of},
};
use crate::{
    blocks::{
        approval::{Approval, ApprovalKind, ApprovalState, Decision, Member, Vote},
        document::{Document, DocumentContent, DocumentKind, Draft},
        task::{Evidence, TaskState},
    },
    ids::UserId,
    people::directory::Directory,
    subject::sign_off,
    subjects::release::{Stamp, parameters::Parameters},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};

/// What the body of such a report holds beyond what it holds today.
#[derive(Debug, Deserialize)]
pub struct Earlier {
    state: ReportState,
    assessment: Assessment,
    contributors: BTreeSet<UserId>,
    submitted: Option<Stamp>,
    returned: Option<Stamp>,
    approved: Option<Stamp>,
    improvements: Vec<Improvement>,
}

#[derive(Debug, Deserialize)]
struct Improvement {
    number: usize,
    text: String,
    owner: UserId,
    due: NaiveDate,
    evidence: Option<Stamp>,
}

impl Earlier {
    /// The report with its document, its sign-offs and its measures as tasks; `saved` is who wrote in it last, by the log.
    #[must_use]
    pub fn carry_into(
        self,
        mut report: QuarterlyReport,
        saved: Option<Stamp>,
        directory: &Directory,
        parameters: &Parameters,
    ) -> QuarterlyReport {
        report.document = self.document(&report, saved);
        let due = |mark: &Stamp| directory.calendar.add_working_days(mark.at, parameters.escalation_working_days);
        if let Some(returned) = &self.returned {
            // Of an earlier submission only the answer is known.
            let opened = self.submitted.as_ref().filter(|submitted| submitted.at <= returned.at).unwrap_or(returned);
            let approval = asked_of(&report, Vec::new(), opened, due(opened));
            report.approvals.push(decided(approval, ApprovalState::Returned, Decision::Return, returned));
        }
        if let Some(submitted) = self.submitted.as_ref().filter(|_| self.state != ReportState::Draft) {
            let approval = asked_of(&report, asked(&report, directory), submitted, due(submitted));
            report.approvals.push(match &self.approved {
                Some(approved) => decided(approval, ApprovalState::Passed, Decision::Pass, approved),
                None => approval,
            });
        }
        let opened = self.approved.or(self.submitted);
        for Improvement { number, text, owner, due, evidence } in self.improvements {
            let measure = Measure { text, owner: Some(owner), due: Some(due) };
            let Some(mut task) = opened.as_ref().and_then(|opened| task_of(report.id, number, &measure, opened)) else {
                continue;
            };
            if let Some(Stamp { by, at, reason }) = evidence {
                task.state = TaskState::Done;
                task.evidence = Some(Evidence { text: reason, attachments: Vec::new(), by, at });
            }
            report.tasks.push(task);
        }
        report
    }

    fn document(&self, report: &QuarterlyReport, saved: Option<Stamp>) -> Document {
        let mut document = Document::new(DocumentKind::QuarterlyReport, report.number.clone());
        let content = DocumentContent::from(self.assessment.clone());
        let author = || Some(Stamp { by: *self.contributors.first()?, at: report.created_at, reason: String::new() });
        if let Some(saved) = saved.or_else(author) {
            document.save(&Draft { content: Arc::new(content.clone()), saved, on_behalf_of: None });
        }
        document.contributors.clone_from(&self.contributors);
        if let Some(submitted) = self.submitted.clone().filter(|_| self.state != ReportState::Draft) {
            let revision = document.next_revision(content, [submitted.by], submitted);
            document.freeze(&revision);
        }
        document
    }
}

fn asked_of(report: &QuarterlyReport, people: Vec<UserId>, opened: &Stamp, due_at: DateTime<Utc>) -> Approval {
    let members = people.into_iter().map(seated).collect();
    sign_off(report, (ApprovalKind::QuarterlyReportApproval, one_decides()), members, (opened.by, opened.at), due_at)
}

/// The sign-off with the answer that decided it.
fn decided(mut approval: Approval, state: ApprovalState, decision: Decision, mark: &Stamp) -> Approval {
    let vote = Vote {
        decision,
        comment: mark.reason.clone(),
        conditions: Vec::new(),
        by: mark.by,
        at: mark.at,
        reauthenticated: decision == Decision::Pass,
        carried_from: None,
    };
    approval.members = vec![Member { vote: Some(vote), ..seated(mark.by) }];
    approval.state = state;
    approval.decided_at = Some(mark.at);
    approval
}
