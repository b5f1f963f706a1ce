//! From the plan to the go-live approval.

use super::{Journey, Next, give, panel};
use crate::{
    contents,
    snapshot::{Snapshot, UnitState},
};
use fabu_domain::{
    blocks::{
        document::{DocumentContent, DocumentKind},
        task::Blocks,
    },
    ids::TestCaseId,
    people::role::Role,
    subjects::release::{
        command::{Command, NewTestRun},
        documents::TestCategory,
        records::TestResult,
    },
};

impl Journey {
    pub(super) fn planning(&self, release: &Snapshot) -> Option<Next> {
        let by = self.cast.administrator;
        let mut plan = match self.emergency {
            true => contents::emergency_plan(&self.cast, &self.theme),
            false => contents::release_plan(&self.cast, &self.theme),
        };
        if let Some(state) = release.documents.get(&DocumentKind::ReleasePlan).filter(|d| d.returned) {
            plan.rollback.criteria = format!("{}（第{}次修订）", plan.rollback.criteria, state.revisions);
        }
        let asked = release.opinions_asked || self.emergency;
        let question = || "请就发布对本部门业务的影响提出意见".to_owned();
        (!asked)
            .then(|| give(by, Command::RequestOpinions { departments: Vec::new(), question: question() }))
            .or_else(|| self.document(release, DocumentKind::ReleasePlan, 1, plan.into()))
            .or_else(|| self.unit(release))
            .or_else(|| self.test_case(release))
            .or_else(|| self.risk(release))
            .or_else(|| self.task(release, |t| t.blocks == Blocks::PlanReview))
            .or_else(|| Some(self.convene_plan(release)))
    }

    fn convene_plan(&self, _release: &Snapshot) -> Next {
        let by = self.cast.administrator;
        if self.emergency {
            let members = [(self.cast.owner, Role::ReleaseOwner), (self.cast.change_manager, Role::ChangeManager)];
            return give(by, Command::ConveneEmergencyApproval { convocation: panel(&members) });
        }
        give(by, Command::ConvenePlanReview { convocation: panel(&[]) })
    }

    /// Saves and submits a document until it has so many revisions, the newest not returned.
    pub(super) fn document(
        &self,
        release: &Snapshot,
        kind: DocumentKind,
        revisions: u32,
        content: DocumentContent,
    ) -> Option<Next> {
        let state = release.documents.get(&kind);
        let by = match kind {
            DocumentKind::TestReport => self.cast.tester,
            DocumentKind::FailureReview => self.cast.owner,
            _ => self.cast.administrator,
        };
        if state.is_some_and(|d| d.draft) {
            let figures = (kind == DocumentKind::ReleaseReport).then(|| self.figures(release.now));
            return Some(give(by, Command::SubmitDocument { document: kind, note: "提交".to_owned(), figures }));
        }
        let outdated = kind == DocumentKind::TestReport && release.is_report_before_plan();
        if state.is_some_and(|d| d.revisions >= revisions && !d.returned) && !outdated {
            return None;
        }
        Some(give(by, Command::SaveDraft { document: kind, content }))
    }

    fn unit(&self, release: &Snapshot) -> Option<Next> {
        let registered = |u: &fabu_domain::subjects::release::command::NewUnit| release.units.iter().any(|r| r.name == u.name);
        let unit = self.theme.new_units().into_iter().find(|u| !registered(u))?;
        Some(give(self.cast.administrator, Command::RegisterUnit { unit }))
    }

    fn test_case(&self, release: &Snapshot) -> Option<Next> {
        if self.emergency {
            return None;
        }
        let case = contents::test_cases(&self.theme).into_iter().nth(release.cases.len())?;
        Some(give(self.cast.administrator, Command::AddTestCase { case }))
    }

    fn risk(&self, release: &Snapshot) -> Option<Next> {
        let plan = contents::release_plan(&self.cast, &self.theme);
        let risk = plan.high_residual_risks().find(|r| !release.accepted_risks.contains(&r.key))?.key.clone();
        let reason = "业务急需，厂商现场支持，接受该风险".to_owned();
        Some(give(self.cast.owner, Command::AcceptRisk { risk, reason }))
    }

    pub(super) fn testing(&self, release: &Snapshot) -> Option<Next> {
        if let Some((case_id, unit)) = next_run(release) {
            let run = NewTestRun {
                case_id,
                unit_id: unit.id,
                version: unit.version.clone(),
                sha256: unit.sha256.clone(),
                result: TestResult::Passed,
                observed: "结果与预期一致".to_owned(),
                measurement: contents::measurement(
                    release.case_categories.get(&case_id).copied().unwrap_or(TestCategory::Function),
                ),
                attachments: Vec::new(),
            };
            return Some(give(self.cast.tester, Command::RecordTestRun { run }));
        }
        let failing = release.test_round <= self.failing_rounds;
        let report = match failing {
            true => contents::failed_test_report(&self.cast, &self.theme, release.now),
            false => contents::test_report(&self.cast, &self.theme, release.now),
        };
        self.document(release, DocumentKind::TestReport, release.test_round, report.into())
            .or_else(|| Some(give(self.cast.administrator, Command::ReceiveTestReport)))
    }

    pub(super) fn go_live_planning(&self, release: &Snapshot) -> Option<Next> {
        let plan = contents::go_live_plan(&self.cast, &self.theme);
        let members = [(self.cast.owner, Role::ReleaseOwner), (self.cast.change_manager, Role::ChangeManager)];
        self.document(release, DocumentKind::GoLivePlan, 1, plan.into())
            .or_else(|| self.task(release, |t| t.blocks == Blocks::GoLiveApproval))
            .or_else(|| {
                let convocation = panel(&members);
                Some(give(self.cast.administrator, Command::ConveneGoLiveApproval { convocation }))
            })
    }
}

/// The next case to execute, and on which unit: every case once, and every unit with at least one case.
fn next_run(release: &Snapshot) -> Option<(TestCaseId, &UnitState)> {
    let cases = release.cases.iter().enumerate();
    let case = cases.map(|(n, case)| (*case, n)).find(|(case, _)| !release.executed.contains(case));
    match case {
        Some((case, n)) => Some((case, release.units.get(n % release.units.len().max(1))?)),
        None => Some((*release.cases.first()?, release.units.iter().find(|u| !release.tested.contains(&u.id))?)),
    }
}
