//! The kinds of document and the sections each is made of.

use super::shape::Field;
use crate::subjects::release::documents::{FailureReview, GoLivePlan, ReleasePlan, ReleaseReport, TestReport};
use crate::{
    people::role::Role,
    subject::SubjectKind,
    subjects::{
        procedure_version::{PROCEDURE_TEXT, ProcedureText},
        quarterly_report::report::{ASSESSMENT, Assessment},
    },
};
use serde::Serialize;

crate::word_enum! {
    /// A kind of controlled document.
    DocumentKind {
        /// 发布方案 (§5.1).
        ReleasePlan = "release_plan" "发布方案" "release plan",
        /// 发布测试报告 (§5.4).
        TestReport = "test_report" "发布测试报告" "test report",
        /// 上线计划 (§5.5).
        GoLivePlan = "go_live_plan" "上线计划" "go-live plan",
        /// 发布报告 (§5.11).
        ReleaseReport = "release_report" "发布报告" "release report",
        /// 失败发布回顾 (3.5).
        FailureReview = "failure_review" "失败发布回顾" "review of a failed release",
        /// 季度报告 (6, 7a): what people say about the figures of a quarter; no document of a release.
        QuarterlyReport = "quarterly_report" "季度报告" "quarterly report",
        /// 发布管理程序 (F1-F3): the text of a version of the procedure; no document of a release.
        ProcedureVersion = "procedure_version" "发布管理程序" "release management procedure",
    }
}

crate::word_enum! {
    /// Where a document stands.
    DocumentState {
        /// Nothing was saved.
        Empty = "empty" "未编写" "not begun",
        /// Something is saved and not submitted.
        Draft = "draft" "草稿" "draft",
        /// The newest state is submitted.
        Submitted = "submitted" "已提交" "submitted",
    }
}

/// A numbered item of the clause: the smallest part of a document that a sign-off can cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The stable word for programs.
    pub name: &'static str,
    /// The clause.
    pub clause: &'static str,
    /// The Chinese heading.
    pub zh: &'static str,
    /// The English heading.
    pub en: &'static str,
    /// The top-level fields of the content that make it up. Each field belongs to exactly one section.
    pub fields: &'static [&'static str],
}

/// A section, for the lists of them.
pub(crate) const fn section(
    name: &'static str,
    clause: &'static str,
    zh: &'static str,
    en: &'static str,
    fields: &'static [&'static str],
) -> Section {
    Section { name, clause, zh, en, fields }
}

const RELEASE_PLAN: &[Section] = &[
    section(
        "purpose_and_scope",
        "5.1.1",
        "目的及影响范围",
        "purpose and scope of impact",
        &["purpose", "impact", "affected", "configuration_items"],
    ),
    section("backup", "5.1.2", "备份方案", "backup", &["backups"]),
    section(
        "schedule",
        "5.1.3",
        "步骤、责任人与时间安排",
        "steps, people and times",
        &["window", "steps", "staffing", "resources"],
    ),
    section("rollback", "5.1.4", "回退计划", "rollback", &["rollback"]),
    section("problems", "5.1.5", "可能出现的问题及解决方案", "possible problems and solutions", &["problems"]),
    section("other_work", "5.1.6", "其它工作安排", "other work", &["other_work"]),
    section("risks", "RO1b", "风险分析和控制", "risks and their control", &["risks"]),
    section("acceptance_criteria", "5.4d", "验收标准", "acceptance criteria", &["acceptance_criteria"]),
];

const TEST_REPORT: &[Section] = &[
    section("environment", "5.4b", "测试环境", "test environment", &["environment"]),
    section("categories", "5.4.1-5.4.6", "测试内容", "test categories", &["categories"]),
    section(
        "rollback_rehearsal",
        "RO1c",
        "回退演练",
        "rollback rehearsal",
        &["rollback_rehearsal", "release_procedure_effective", "rollback_procedure_effective"],
    ),
    section("units", "3.1b", "被测发布单元", "tested units", &["tested_units"]),
    section("defects", "5.4c", "缺陷", "defects", &["defects"]),
    section("verdict", "5.4c", "测试结论", "verdict", &["verdict", "summary"]),
];

const GO_LIVE_PLAN: &[Section] = &[
    section(
        "arrangements",
        "5.5.1",
        "日程、资源、采购、存储",
        "schedule, resources, procurement, storage",
        &["schedule", "resources", "procurement", "storage"],
    ),
    section("way", "5.5.2", "上线方式", "way of going live", &["way", "phases", "configuration_items"]),
    section("communication", "5.5.3", "与客户的沟通", "customer communication", &["communication"]),
    section("window", "5.5.4", "上线时间安排", "go-live time", &["window", "conflict_reason", "conflict_reasons"]),
    section("roster", "5.5.5", "上线工作安排", "duty roster", &["roster"]),
    section("run_steps", "5.5.6", "详细的工作流程", "detailed workflow", &["run_steps"]),
    section("rollback_steps", "5.5.7", "详细的回退计划", "detailed rollback", &["rollback_steps"]),
];

const RELEASE_REPORT: &[Section] = &[
    section("problems", "5.11.1", "遇到的问题及解决办法", "problems and their solutions", &["problems"]),
    section("figures", "5.11.2-5.11.4", "发布数量、类型、成功率", "number, types, success rate", &["figures"]),
    section("training", "RA10-RA12", "知识传递与培训反馈", "knowledge, training and feedback", &["knowledge_and_training"]),
    section("resources", "RA6", "资源偏差", "deviation of resources", &["resource_deviation"]),
    section("watch", "5.1.6", "发布后观察结果", "watch after the release", &["watch_result"]),
    section("conclusion", "5.11", "结论", "conclusion", &["conclusion"]),
];

const FAILURE_REVIEW: &[Section] = &[
    section("cause", "3.5", "失败原因", "cause", &["cause", "why_not_prevented"]),
    section("actions", "3.5", "改进措施", "actions", &["actions"]),
];

impl DocumentKind {
    /// What it is a document of.
    #[must_use]
    pub const fn subject(self) -> SubjectKind {
        match self {
            Self::ReleasePlan | Self::TestReport | Self::GoLivePlan | Self::ReleaseReport | Self::FailureReview => {
                SubjectKind::Release
            }
            Self::QuarterlyReport => SubjectKind::QuarterlyReport,
            Self::ProcedureVersion => SubjectKind::ProcedureVersion,
        }
    }

    /// The documents of a release.
    pub fn of_releases() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|kind| kind.subject() == SubjectKind::Release)
    }

    /// The form it is printed on. F01 to F03 are the records of §12; F04 is a supporting record (D12), F05 the
    /// quarterly report, F06 the review of a failed release; the procedure itself is no form.
    #[must_use]
    pub const fn form(self) -> &'static str {
        match self {
            Self::ReleasePlan => "F01",
            Self::TestReport => "F02",
            Self::ReleaseReport => "F03",
            Self::GoLivePlan => "F04",
            Self::QuarterlyReport => "F05",
            Self::FailureReview => "F06",
            Self::ProcedureVersion => "",
        }
    }

    /// The clause that asks for it.
    #[must_use]
    pub const fn clause(self) -> &'static str {
        match self {
            Self::ReleasePlan => "5.1",
            Self::TestReport => "5.4",
            Self::GoLivePlan => "5.5",
            Self::ReleaseReport => "5.11",
            Self::FailureReview => "3.5",
            Self::QuarterlyReport => "6",
            Self::ProcedureVersion => "7b",
        }
    }

    /// The role that writes it (RA2, RT2).
    #[must_use]
    pub const fn author(self) -> Role {
        match self {
            Self::TestReport => Role::ReleaseTester,
            Self::ProcedureVersion => Role::ProcessOwner,
            Self::FailureReview | Self::QuarterlyReport => Role::ReleaseOwner,
            Self::ReleasePlan | Self::GoLivePlan | Self::ReleaseReport => Role::ReleaseAdministrator,
        }
    }

    /// Its sections, in the order of the clause.
    #[must_use]
    pub const fn sections(self) -> &'static [Section] {
        match self {
            Self::ReleasePlan => RELEASE_PLAN,
            Self::TestReport => TEST_REPORT,
            Self::GoLivePlan => GO_LIVE_PLAN,
            Self::ReleaseReport => RELEASE_REPORT,
            Self::FailureReview => FAILURE_REVIEW,
            Self::QuarterlyReport => ASSESSMENT,
            Self::ProcedureVersion => PROCEDURE_TEXT,
        }
    }

    /// The fields of its content.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::ReleasePlan => ReleasePlan::FIELDS,
            Self::TestReport => TestReport::FIELDS,
            Self::GoLivePlan => GoLivePlan::FIELDS,
            Self::ReleaseReport => ReleaseReport::FIELDS,
            Self::FailureReview => FailureReview::FIELDS,
            Self::QuarterlyReport => Assessment::FIELDS,
            Self::ProcedureVersion => ProcedureText::FIELDS,
        }
    }

    /// The section that a top-level field belongs to.
    #[must_use]
    pub fn section_of(self, field: &str) -> Option<&'static Section> {
        self.sections().iter().find(|section| section.fields.contains(&field))
    }
}
