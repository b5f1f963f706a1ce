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

    /// The text of a version of the procedure.
    ProcedureText {
        /// What changed and why.
        change_note: String as LongText = "更改记录" "change note",
        /// From when it holds.
        effective_on: Option<NaiveDate> = "实施日期" "effective day",
        /// What it says.
        chapters: Vec<Chapter> = "章节" "chapters",
    }
}

/// The sections of a version.
pub(crate) const PROCEDURE_TEXT: &[Section] = &[
    section("change", "F2", "变更履历", "change", &["change_note", "effective_on"]),
    section("text", "F1", "程序正文", "text of the procedure", &["chapters"]),
];

impl ProcedureText {
    /// The text of the first version.
    pub(super) fn first() -> Self {
        let chapter = |part: &str| {
            let (heading, text) = part.split_once('\n').unwrap_or((part, ""));
            Chapter { heading: heading.trim().to_owned(), text: text.trim().to_owned() }
        };
        Self {
            change_note: "首次发布".to_owned(),
            effective_on: NaiveDate::from_ymd_opt(2025, 1, 7),
            chapters: format!("\n{}", include_str!("v1.0.md")).split("\n## ").skip(1).map(chapter).collect(),
        }
    }
}
