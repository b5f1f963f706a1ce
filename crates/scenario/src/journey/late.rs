//! From readiness to the report.

use super::{Journey, Next, give};
use crate::{
    contents,
    snapshot::{OpenTask, Snapshot},
    theme::step_key,
};
use fabu_domain::{
    blocks::{
        document::DocumentKind,
        task::{Blocks, TaskKind},
    },
    subjects::release::{
        archive::ArchiveRecord,
        command::{Command, StepReport},
        documents::RollbackGroup,
        records::{ConfigurationState, ItemState, StepResult},
        run::FULL,
        stage::Verdict,
    },
};

impl Journey {
    pub(super) fn readiness(&self, release: &Snapshot) -> Next {
        let baseline = release
            .configuration
            .iter()
            .find(|c| !c.baselined)
            .map(|c| give(self.cast.configuration_administrator, Command::RecordBaseline { change_id: c.id, state: None }));
        baseline.or_else(|| self.task(release, |t| t.blocks == Blocks::DeploymentStart)).unwrap_or_else(|| {
            if release.now < self.theme.start {
                return Next::WaitUntil(self.theme.start);
            }
            let (units, note) = (release.units_at_hand(), "备份已验证，人员到位，版本一致，无封网".to_owned());
            give(self.cast.implementer, Command::StartDeployment { units, note })
        })
    }

    /// Completes or verifies the first task that the filter picks.
    pub(super) fn task(&self, release: &Snapshot, pick: impl Fn(&OpenTask) -> bool) -> Option<Next> {
        let task = release.tasks.iter().find(|t| pick(t))?;
        let task_id = task.id;
        if task.submitted {
            let remark = "已核实".to_owned();
            return Some(give(task.verifier?, Command::VerifyTask { task_id, remark }));
        }
        let text = format!("已完成：{}", task.kind.zh());
        Some(give(task.assignee, Command::CompleteTask { task_id, text, attachments: Vec::new() }))
    }

    pub(super) fn deployment(&self, release: &Snapshot) -> Option<Next> {
        if release.rolling_back {
            return self.roll_back(release);
        }
        if self.verdict == Verdict::RolledBack && !release.steps_done.is_empty() {
            let ground = "主要业务30分钟内未恢复，达到回退条件".to_owned();
            return Some(give(self.cast.owner, Command::StartRollback { ground }));
        }
        if let Some(phase) = release.objections.first().cloned() {
            let note = "已核对报表数据，与生产一致".to_owned();
            return Some(give(self.cast.administrator, Command::ReconveneConfirmation { phase, note }));
        }
        if let Some(phase) = self.phases().into_iter().find(|p| !release.phases_completed.contains(p)) {
            let step = self.steps_of(&phase).map(step_key).find(|key| !release.steps_done.contains(key));
            let command = match step {
                Some(step) => Command::RecordStep { step, report: report(release, "按计划完成") },
                None => Command::CompletePhase { phase, stakeholders: vec![self.cast.support] },
            };
            return Some(give(self.cast.implementer, command));
        }
        let (verdict, reason) = (self.verdict, "各方已确认部署结果".to_owned());
        Some(give(self.cast.administrator, Command::RecordVerdict { verdict, reason }))
    }

    fn phases(&self) -> Vec<String> {
        match self.emergency || self.theme.phases.is_empty() {
            true => vec![FULL.to_owned()],
            false => self.theme.phases.iter().map(|p| p.key.clone()).collect(),
        }
    }

    fn steps_of(&self, phase: &str) -> impl Iterator<Item = usize> {
        (0..self.theme.steps.len()).filter(move |n| phase == FULL || self.theme.phase_of_step(*n) == phase)
    }

    fn roll_back(&self, release: &Snapshot) -> Option<Next> {
        if let Some(group) = RollbackGroup::ALL.iter().find(|g| !release.groups_done.contains(g)) {
            let report = report(release, "已恢复到部署前状态");
            return Some(give(self.cast.implementer, Command::RecordRollback { group: *group, report }));
        }
        self.task(release, |t| t.blocks == Blocks::RollbackVerdict).or_else(|| {
            let (verdict, reason) = (Verdict::RolledBack, "已按回退方案恢复".to_owned());
            Some(give(self.cast.administrator, Command::RecordVerdict { verdict, reason }))
        })
    }

    pub(super) fn configuration_update(&self, release: &Snapshot) -> Option<Next> {
        let waits = |c: &crate::snapshot::ConfigurationItem| {
            matches!(c.state, ConfigurationState::Drafted | ConfigurationState::Returned)
        };
        if release.configuration.iter().any(waits) {
            let note = "部署完成，请更新配置库".to_owned();
            return Some(give(self.cast.implementer, Command::SendConfigurationRequest { note }));
        }
        let change = release.configuration.iter().find(|c| c.state == ConfigurationState::Requested)?;
        let expected = change.expected.clone();
        let actual = expected.unwrap_or_else(|| ItemState { version: "已登记版本".to_owned(), values: String::new() });
        let library_reference = Some(format!("产品库/{}", actual.version));
        let difference = String::new();
        let command = Command::ConfirmConfigurationChange { change_id: change.id, actual, library_reference, difference };
        Some(give(self.cast.configuration_administrator, command))
    }

    pub(super) fn closure(&self, release: &Snapshot) -> Option<Next> {
        self.made_up(release)
            .or_else(|| self.task(release, |t| t.blocks == Blocks::Closure && t.kind != TaskKind::EmergencyMakeUp))
            .or_else(|| {
                let record = release.archive_missing.first()?.clone();
                let reason = "本次发布不产生该记录".to_owned();
                let keeper = record == ArchiveRecord::ConfigurationUpdate.as_str();
                let by = if keeper { self.cast.configuration_administrator } else { self.cast.owner };
                Some(give(by, Command::ExcuseArchiveRecord { record, reason }))
            })
            .or_else(|| {
                let note = "发布完成，资料已归档".to_owned();
                Some(give(self.cast.implementer, Command::CloseRelease { note }))
            })
    }

    pub(super) fn closed(&self, release: &Snapshot) -> Option<Next> {
        let owed = release.tasks.iter().any(|t| t.kind == fabu_domain::blocks::task::TaskKind::FailedReleaseReview);
        let review = || contents::failure_review(&self.cast, release.now.date_naive()).into();
        let written = owed.then(|| self.document(release, DocumentKind::FailureReview, 1, review())).flatten();
        let acted = || self.task(release, |t| t.kind == fabu_domain::blocks::task::TaskKind::ReviewAction);
        written.or_else(acted).or_else(|| {
            let report = contents::release_report(&self.theme);
            self.document(release, DocumentKind::ReleaseReport, 1, report.into())
        })
    }
}

/// A step carried out just now.
fn report(release: &Snapshot, note: &str) -> StepReport {
    StepReport {
        result: StepResult::Done,
        started_at: release.now,
        finished_at: release.now,
        performed_by: None,
        note: note.to_owned(),
        attachments: Vec::new(),
        corrects: None,
    }
}
