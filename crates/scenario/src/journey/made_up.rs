//! What an emergency release makes up after its deployment (D11, D18): the same documents and approvals, late.

use super::{Journey, Next, give, panel};
use crate::{contents, snapshot::Snapshot};
use fabu_domain::{
    blocks::{
        document::DocumentKind,
        task::{Blocks, TaskKind},
    },
    subjects::release::{archive::ArchiveRecord, command::Command},
};

impl Journey {
    /// The next step of what is outstanding; none for a normal release, and once everything is there.
    pub(super) fn made_up(&self, release: &Snapshot) -> Option<Next> {
        if !self.emergency {
            return None;
        }
        self.answer(release)
            .or_else(|| self.reviewed_late(release))
            .or_else(|| self.tested_late(release))
            .or_else(|| self.planned_late(release))
            .or_else(|| self.task(release, |t| t.blocks == Blocks::Closure && t.kind != TaskKind::EmergencyMakeUp))
    }

    fn reviewed_late(&self, release: &Snapshot) -> Option<Next> {
        let by = self.cast.administrator;
        if !release.lacks(ArchiveRecord::PlanReview) {
            return None;
        }
        let question = "请就已实施的紧急发布对本部门业务的影响提出意见".to_owned();
        let ask = || give(by, Command::RequestOpinions { departments: Vec::new(), question });
        (!release.opinions_asked)
            .then(ask)
            .or_else(|| self.task(release, |t| t.blocks == Blocks::PlanReview))
            .or_else(|| Some(give(by, Command::ConvenePlanReview { convocation: panel(&[]) })))
    }

    fn tested_late(&self, release: &Snapshot) -> Option<Next> {
        if !release.lacks(ArchiveRecord::TestReport) && !release.lacks(ArchiveRecord::CustomerAcceptance) {
            return None;
        }
        let case = contents::test_cases(&self.theme).into_iter().nth(release.cases.len());
        case.map(|case| give(self.cast.administrator, Command::AddTestCase { case })).or_else(|| self.testing(release))
    }

    fn planned_late(&self, release: &Snapshot) -> Option<Next> {
        let plan = contents::go_live_plan(&self.cast, &self.theme);
        self.document(release, DocumentKind::GoLivePlan, 1, plan.into())
    }
}
