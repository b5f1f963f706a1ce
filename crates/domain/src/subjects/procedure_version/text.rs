//! The text of the procedure, chapter by chapter, with what changed and from when it holds.

use crate::blocks::document::{Section, section, types::content_types};
use chrono::NaiveDate;

content_types! {
    /// A chapter of the procedure.
    Chapter {
        /// Its heading with its number: `5. 管理流程说明`.
        heading: String = "标题" "heading",
        /// What it says; `###` before the heading of a clause, `1.` before a point.
        text: String as LongText = "正文" "text",
    }

    /// The numbers that a version sets; those of a version that says nothing of them are those of the first.
    ProcedureParameters {
        /// The share of releases that must succeed in a quarter (10b), in percent.
        success_target_percent: u32 = "发布成功率目标（%）" "target of the success rate in percent" or 90,
        /// Working days from the result of the deployment to the release report (5.11).
        report_due_working_days: u32 = "发布报告期限（工作日）" "working days for the release report" or 5,
        /// Working days for the update of the configuration management database (5.9).
        configuration_update_working_days: u32 = "配置更新期限（工作日）" "working days for the configuration update" or 2,
        /// Working days in which an emergency release makes up what it skipped.
        emergency_make_up_working_days: u32 = "紧急发布补办期限（工作日）" "working days for what an emergency release makes up" or 3,
        /// Working days for the answer to an opinion request (RA1).
        opinion_due_working_days: u32 = "意见答复期限（工作日）" "working days for opinions" or 2,
        /// Working days after that, with its reminders, before the administrator may excuse a missing opinion (RA1).
        opinion_grace_working_days: u32 = "意见逾期后可不再等待（工作日）" "working days until a late opinion may be excused" or 1,
        /// Working days after which an unanswered request is brought to mind again (5.6b).
        reminder_working_days: u32 = "提醒间隔（工作日）" "working days until a reminder" or 1,
        /// Working days after which it is told to the next person up (5.6b).
        escalation_working_days: u32 = "升级期限（工作日）" "working days until an escalation" or 2,
        /// Working days after which an unclosed release counts as overdue (5.10b).
        closure_grace_working_days: u32 = "关闭宽限期（工作日）" "working days until an unclosed release is overdue" or 3,
        /// Minutes by which a deployment may begin before its window (5.8a).
        start_tolerance_minutes: u32 as Minutes = "可提前开始部署" "earlier start of a deployment" or 0,
        /// Minutes for which a repeated sign-in counts as fresh for a go-live decision (5.6b).
        reauthentication_minutes: u32 as Minutes = "重新验证身份的有效时间" "validity of a repeated sign-in" or 10,
        /// Years for which records are kept at least (5.10a).
        retention_years: u32 = "记录保存年限" "years for which records are kept" or 3,
    }

    /// Another document of the company that the procedure refers to.
    RelatedDocument {
        /// What it is called: `变更管理程序`.
        name: String = "文件名称" "document",
        /// Its number, if it has one.
        number: String = "文件编号" "number",
        /// The version that goes with this version of the procedure.
        version: String = "版本" "version",
    }

    /// The text of a version of the procedure.
    ProcedureText {
        /// What changed and why.
        change_note: String as LongText = "更改记录" "change note",
        /// From when it holds.
        effective_on: Option<NaiveDate> = "实施日期" "effective day",
        /// What it says.
        chapters: Vec<Chapter> = "章节" "chapters",
        /// Its numbers.
        parameters: ProcedureParameters = "参数" "parameters",
        /// What it refers to.
        related: Vec<RelatedDocument> = "相关文件" "related documents",
    }
}

/// The sections of a version.
pub(crate) const PROCEDURE_TEXT: &[Section] = &[
    section("change", "F2", "变更履历", "change", &["change_note", "effective_on"]),
    section("text", "F1", "程序正文", "text of the procedure", &["chapters"]),
    section("parameters", "F1", "流程参数", "parameters of the procedure", &["parameters"]),
    section("related", "11", "相关文件", "related documents", &["related"]),
];

impl ProcedureText {
    /// The text of the first version.
    pub(super) fn first() -> Self {
        let chapter = |part: &str| {
            let (heading, text) = part.split_once('\n').unwrap_or((part, ""));
            Chapter { heading: heading.trim().to_owned(), text: text.trim().to_owned() }
        };
        let related = |name: &str| RelatedDocument { name: name.to_owned(), ..RelatedDocument::default() };
        Self {
            change_note: "首次发布".to_owned(),
            effective_on: NaiveDate::from_ymd_opt(2025, 1, 7),
            chapters: format!("\n{}", include_str!("v1.0.md")).split("\n## ").skip(1).map(chapter).collect(),
            parameters: ProcedureParameters::default(),
            related: ["变更管理程序", "配置管理程序"].map(related).into(),
        }
    }
}
