//! A notice as the templates see it: one language, cleaned, links whole.

use crate::{SenderIdentity, clean};
use chrono::{DateTime, Utc};
use fabu_domain::{
    language::Language,
    notifications::notice::{Asks, Notice, NoticeGroup, NoticeKind, Section, Urgency, Wanted},
    subject::refusal::{Text, capital},
};
use serde::Serialize;

/// The Content-ID of the picture of the success rate.
pub const PICTURE_ID: &str = "success-rate";
/// Longer tables are cut here, so that a mail stays below 100 kB; the page has them whole.
const ROWS: usize = 60;

/// Shorter cells are not broken, in characters.
const WHOLE: usize = 6;

/// Everything that a template may ask for.
#[derive(Serialize)]
pub struct View {
    lang: &'static str,
    pub subject: String,
    colour: &'static str,
    wanted: String,
    nothing_to_do: bool,
    button: Option<Button>,
    topic: String,
    facts: Vec<FactView>,
    picture: Option<Picture>,
    sections: Vec<SectionView>,
    foot: Vec<String>,
    settings_url: String,
    words: Words,
}

#[derive(Serialize)]
struct Button {
    url: String,
    label: String,
}

#[derive(Serialize)]
struct FactView {
    label: String,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct Picture {
    cid: &'static str,
    alt: String,
}

#[derive(Serialize)]
struct SectionView {
    heading: String,
    paragraphs: Vec<Vec<String>>,
    table: Option<TableView>,
    more: Option<String>,
}

#[derive(Serialize)]
struct TableView {
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct ColumnView {
    name: String,
    align: &'static str,
    whole: bool,
}

#[derive(Serialize)]
struct RowView {
    url: Option<String>,
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    text: String,
    name: String,
    align: &'static str,
    /// Too short to be broken: a word of two letters below each other reads badly on a phone.
    whole: bool,
}

#[derive(Serialize)]
struct Words {
    nothing_to_do: &'static str,
    settings: &'static str,
    colon: &'static str,
}

impl View {
    /// The view of `notice` for a reader at the moment `now`.
    pub fn new(notice: &Notice, language: Language, sender: &SenderIdentity, now: DateTime<Utc>) -> Self {
        let read = |text: &Text| clean::line(text.in_language(language));
        let say = |zh: &'static str, en: &'static str| if language == Language::Chinese { zh } else { en };
        let words = Words {
            nothing_to_do: say("供您知悉，无需操作。", "For your information: there is nothing to do."),
            settings: say("通知设置", "Notification settings"),
            colon: say("：", ": "),
        };
        Self {
            lang: language.as_str(),
            subject: read(&notice.subject(now)),
            colour: colour(notice.kind),
            wanted: read(&notice.wanted.sentence()),
            nothing_to_do: is_for_information(notice),
            button: notice.link.as_ref().map(|link| Button { url: sender.url(&link.path), label: capital(&read(&link.label)) }),
            topic: read(&notice.topic.name()),
            facts: notice
                .facts
                .iter()
                .map(|fact| FactView {
                    label: capital(&read(&fact.label)),
                    lines: clean::lines(fact.value.in_language(language)),
                })
                .collect(),
            picture: notice.chart.as_ref().map(|chart| Picture { cid: PICTURE_ID, alt: read(&chart.alt()) }),
            sections: notice.sections.iter().map(|section| SectionView::new(section, language, sender)).collect(),
            foot: foot(notice.kind, language, sender),
            settings_url: sender.url("/me"),
            words,
        }
    }
}

impl SectionView {
    fn new(section: &Section, language: Language, sender: &SenderIdentity) -> Self {
        let read = |text: &Text| clean::line(text.in_language(language));
        let align = |number: bool| if number { "right" } else { "left" };
        let table = section.table.as_ref().map(|table| TableView {
            columns: table
                .columns
                .iter()
                .map(|column| (column, capital(&read(&column.name))))
                .map(|(column, name)| ColumnView {
                    whole: column.number || name.chars().count() <= WHOLE,
                    name,
                    align: align(column.number),
                })
                .collect(),
            rows: table
                .rows
                .iter()
                .take(ROWS)
                .map(|row| RowView {
                    url: row.path.as_ref().map(|path| sender.url(path)),
                    cells: table
                        .columns
                        .iter()
                        .zip(&row.cells)
                        .map(|(column, cell)| (column, read(cell)))
                        .map(|(column, text)| CellView {
                            whole: column.number || text.chars().count() <= WHOLE,
                            text,
                            name: capital(&read(&column.name)),
                            align: align(column.number),
                        })
                        .collect(),
                })
                .collect(),
        });
        let left_out = section.table.as_ref().map_or(0, |table| table.rows.len().saturating_sub(ROWS));
        let more = (left_out > 0).then(|| {
            read(&Text::new(
                format!("另有 {left_out} 行未列出，请在页面查看。"),
                format!("{left_out} more rows are not listed here: open the page."),
            ))
        });
        let paragraphs = section.lines.iter().map(|line| clean::lines(line.in_language(language))).collect();
        Self { heading: capital(&read(&section.heading)), paragraphs, table, more }
    }
}

/// True when nothing is to be done. A digest tells of things to be done.
fn is_for_information(notice: &Notice) -> bool {
    matches!(notice.wanted, Wanted::Know { .. }) && notice.kind.rule().asks == Asks::Nothing && !notice.kind.is_digest()
}

/// Red: at once. Amber: late. Blue: the rest.
fn colour(kind: NoticeKind) -> &'static str {
    let rule = kind.rule();
    match (rule.urgency, rule.group) {
        (Urgency::Emergency, NoticeGroup::Deployment) => "#b42318",
        (_, NoticeGroup::Overdue) => "#9a5b00",
        _ => "#1f5fa8",
    }
}

fn foot(kind: NoticeKind, language: Language, sender: &SenderIdentity) -> Vec<String> {
    let group = kind.rule().group.text();
    let why = if kind == NoticeKind::Digest {
        Text::new(
            "本摘要汇集您每日集中接收的通知，以及与您有关的逾期事项。",
            "This digest holds the notifications that you get once a day, and what is late of yours.",
        )
    } else if kind.can_be_switched_off() {
        Text::new(
            format!("您收到此邮件是因为订阅了“{}”类通知。", group.zh),
            format!("You get this mail because you receive notifications on {}.", group.en),
        )
    } else {
        Text::new(
            format!("此邮件属“{}”类，涉及您本人，不能关闭，但可以改用其他渠道接收。", group.zh),
            format!("This mail ({}) concerns you in person: it cannot be switched off, only moved to another channel.", group.en),
        )
    };
    let company = if sender.company.is_empty() { String::new() } else { format!("{} · ", sender.company) };
    let sign = Text::new(
        format!("{company}发布管理系统自动发送，请勿回复 · 时间均为北京时间"),
        format!("{company}sent by the release management system, please do not reply · times are China time (UTC+8)"),
    );
    [why, sign].iter().map(|text| clean::line(text.in_language(language))).collect()
}
