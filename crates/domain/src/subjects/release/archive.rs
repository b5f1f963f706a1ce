//! The archive check (5.10a): each record of a release is present, does not apply for a reason, or is missing.

use crate::{
    blocks::{
        approval::{ApprovalKind, ApprovalState},
        document::DocumentKind,
        task::{TaskKind, TaskState},
    },
    subjects::release::{Dossier, stage::Verdict},
};

crate::word_enum! {
    /// A record that a release leaves.
    ArchiveRecord {
        /// 发布方案.
        ReleasePlan = "release_plan" "发布方案" "release plan",
        /// 方案评审.
        PlanReview = "plan_review" "方案评审记录" "plan review record",
        /// 发布测试报告.
        TestReport = "test_report" "发布测试报告" "test report",
        /// 客户验收.
        CustomerAcceptance = "customer_acceptance" "客户验收记录" "customer acceptance record",
        /// 上线计划.
        GoLivePlan = "go_live_plan" "上线计划" "go-live plan",
        /// 上线审批.
        GoLiveApproval = "go_live_approval" "上线审批记录" "go-live approval record",
        /// 沟通和培训.
        Communication = "communication" "沟通和培训记录" "communication and training record",
        /// 部署记录.
        RunSheet = "run_sheet" "部署执行记录" "run sheet",
        /// 部署结果确认.
        Confirmation = "confirmation" "部署结果确认记录" "deployment confirmation record",
        /// 配置更新.
        ConfigurationUpdate = "configuration_update" "配置更新记录" "configuration update record",
    }
}

impl ArchiveRecord {
    /// The step that an emergency release makes up instead of leaving this record (D11).
    #[must_use]
    pub const fn made_up(self) -> bool {
        matches!(self, Self::PlanReview | Self::TestReport | Self::CustomerAcceptance | Self::GoLivePlan | Self::Communication)
    }
}

crate::word_enum! {
    /// Whether a record is there.
    Presence {
        /// It is there.
        Present = "present" "已归档" "archived",
        /// It does not apply, for a recorded reason.
        Excused = "excused" "不适用" "not applicable",
        /// It is missing.
        Missing = "missing" "缺少" "missing",
    }
}

/// Every record of the release with its presence.
#[must_use]
pub fn records(dossier: &Dossier) -> Vec<(ArchiveRecord, Presence)> {
    ArchiveRecord::ALL.iter().map(|record| (*record, presence(dossier, *record))).collect()
}

fn presence(dossier: &Dossier, record: ArchiveRecord) -> Presence {
    if is_present(dossier, record) {
        Presence::Present
    } else if dossier.release.archive_excuses.contains_key(record.as_str()) {
        Presence::Excused
    } else {
        Presence::Missing
    }
}

fn is_present(dossier: &Dossier, record: ArchiveRecord) -> bool {
    // What was made up with words under an earlier version of the program stays as it was accepted then.
    let made_up = |t: &crate::blocks::task::Task| {
        let verified = t.state == TaskState::Done && t.verification.is_some();
        t.kind == TaskKind::EmergencyMakeUp && t.source == record.as_str() && verified
    };
    is_recorded(dossier, record) || (dossier.is_emergency() && record.made_up() && dossier.tasks.iter().any(made_up))
}

/// True when the record itself is there: the document, the approval, the entries.
#[must_use]
pub fn is_recorded(dossier: &Dossier, record: ArchiveRecord) -> bool {
    let signed = |kind| dossier.latest_approval(kind).is_some_and(|a| a.state == ApprovalState::Passed);
    // What an emergency asked afterwards and was returned is on record as well, once the release is not called a success (D18).
    let no_success = dossier.release.verdict.as_ref().is_some_and(|v| v.verdict != Verdict::Successful);
    let returned = |kind| {
        dossier.is_emergency() && no_success && dossier.latest_approval(kind).is_some_and(|a| a.state == ApprovalState::Returned)
    };
    match record {
        ArchiveRecord::ReleasePlan => dossier.latest(DocumentKind::ReleasePlan).is_some(),
        ArchiveRecord::PlanReview => {
            let approved = signed(ApprovalKind::PlanReview) && (!dossier.is_emergency() || signed(ApprovalKind::PlanApproval));
            approved || returned(ApprovalKind::PlanReview) || returned(ApprovalKind::PlanApproval)
        }
        ArchiveRecord::TestReport => {
            let received = dossier.release.test_report_received.is_some();
            dossier.latest(DocumentKind::TestReport).is_some() && (!dossier.is_emergency() || received)
        }
        ArchiveRecord::CustomerAcceptance => {
            signed(ApprovalKind::CustomerAcceptance) || returned(ApprovalKind::CustomerAcceptance)
        }
        ArchiveRecord::GoLivePlan => dossier.latest(DocumentKind::GoLivePlan).is_some(),
        ArchiveRecord::GoLiveApproval => signed(ApprovalKind::GoLiveApproval),
        ArchiveRecord::Communication => {
            let kinds = [
                TaskKind::DutyAcknowledgement,
                TaskKind::SupportTraining,
                TaskKind::CustomerContactBriefing,
                TaskKind::CustomerNotice,
            ];
            dossier.tasks.iter().any(|t| kinds.contains(&t.kind) && matches!(t.state, TaskState::Done | TaskState::Waived))
        }
        ArchiveRecord::RunSheet => !dossier.run_sheet.is_empty(),
        ArchiveRecord::Confirmation => signed(ApprovalKind::DeploymentConfirmation),
        ArchiveRecord::ConfigurationUpdate => dossier.configuration_demanded().next().is_some(),
    }
}
