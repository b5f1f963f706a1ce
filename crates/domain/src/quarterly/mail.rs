//! What people are told about the report of a quarter: that it waits for them, and the report itself.

use super::{
    figures::{QuarterlyFigures, Tally, how_many},
    report::{QuarterlyReport, ReportState},
};
use crate::{
    notice::{
        AttachmentSource, Column, Fact, Link, Notice, NoticeKind, RateChart, RatePoint, Row, Section, Table, Topic, Wanted, times,
    },
    refusal::Text,
};

impl QuarterlyFigures {
    /// The rate of the quarter after the four before it.
    #[must_use]
    pub fn chart(&self) -> RateChart {
        let earlier = self.previous.iter().map(|q| RatePoint { quarter: q.quarter, rate: q.rate(), target: q.target });
        let this = RatePoint { quarter: self.quarter, rate: self.rate(), target: self.target };
        RateChart { points: earlier.chain([this]).collect() }
    }
}

impl QuarterlyReport {
    /// What the managers get: the sentence, five facts, the rate as a picture, the tables, the workbook. The draft of one
    /// that was never approved says so.
    #[must_use]
    pub fn notice(&self) -> Notice {
        let figures = &self.figures;
        let kind = if self.restates.is_some() { NoticeKind::Restatement } else { NoticeKind::QuarterlyReport };
        let wanted = Wanted::Know { what: figures.statement() };
        let mut notice = Notice::new(kind, Topic::Quarter { quarter: self.quarter }, wanted);
        let last = figures.rate().text(figures.target);
        notice.headline = Text::new(format!("成功率 {last}"), format!("success rate {last}"));
        notice.facts = self.facts();
        notice.sections = self.sections();
        notice.chart = Some(figures.chart());
        notice.link = Some(Link::new(format!("/reports/quarterly/{}", self.quarter), "打开报告", "open the report"));
        notice.attachments = vec![AttachmentSource::QuarterlyWorkbook { quarter: self.quarter, revision: self.revision }];
        notice
    }

    /// What those hear who write it or decide on it.
    #[must_use]
    pub fn request(&self) -> Option<Notice> {
        let quarter = times::quarter(self.quarter);
        let (kind, what) = match self.state {
            ReportState::Draft => (
                NoticeKind::QuarterlyReportDraft,
                Text::new(
                    format!("完成{}季度报告的评估和改进措施", quarter.zh),
                    format!("assess {} and set measures", quarter.en),
                ),
            ),
            ReportState::Submitted => (
                NoticeKind::QuarterlyReportApproval,
                Text::new(format!("审批{}季度报告", quarter.zh), format!("decide on the report of {}", quarter.en)),
            ),
            ReportState::Approved => return None,
        };
        let wanted = Wanted::Act { who: String::new(), on_behalf_of: None, what, until: None };
        Some(Notice { kind, wanted, attachments: Vec::new(), ..self.notice() })
    }

    fn facts(&self) -> Vec<Fact> {
        let figures = &self.figures;
        let count = |zh: &str, en: &str, count: u32| Fact::same(zh, en, count.to_string());
        let owed = figures.emergencies.iter().filter(|e| !e.owes.is_empty()).count();
        let state = match self.state {
            ReportState::Draft => Text::new("草稿", "draft"),
            ReportState::Submitted => Text::new("待批准", "waiting for approval"),
            ReportState::Approved => Text::new("已批准", "approved"),
        };
        vec![
            Fact::new(
                "报告",
                "report",
                Text::new(format!("{}（{}）", self.number, state.zh), format!("{} ({})", self.number, state.en)),
            ),
            Fact::same("成功率", "success rate", figures.rate().text(figures.target)),
            count("未成功的发布", "releases without success", how_many(&figures.failures)),
            count("逾期关闭", "closed late", how_many(&figures.overdue_closures)),
            count("紧急发布待补办", "emergencies that owe steps", u32::try_from(owed).unwrap_or(u32::MAX)),
        ]
    }

    fn sections(&self) -> Vec<Section> {
        let figures = &self.figures;
        let head = |zh: &str, en: &str, number| Column { name: Text::new(zh, en), number };
        let tally = |zh: &str, en: &str, tallies: &[Tally], name: fn(&Tally) -> Text| Section {
            heading: Text::new(zh, en),
            lines: Vec::new(),
            table: Some(Table {
                columns: vec![head("分组", "group", false), head("次数", "releases", true), head("成功", "successful", true)],
                rows: tallies
                    .iter()
                    .filter(|t| t.count > 0)
                    .map(|t| Row {
                        cells: vec![name(t), Text::same(t.count.to_string()), Text::same(t.successes.to_string())],
                        path: None,
                    })
                    .collect(),
            }),
        };
        let mut sections = vec![
            tally("按类型", "by kind", &figures.by_kind, Tally::kind),
            tally("按结论", "by verdict", &figures.by_verdict, Tally::verdict),
        ];
        if !self.assessment.improvements.is_empty() {
            sections.push(Section {
                heading: Text::new("改进", "improvement"),
                lines: vec![Text::same(self.assessment.improvements.clone())],
                table: None,
            });
        }
        sections.push(Section {
            heading: Text::new("统计规则", "how it is counted"),
            lines: super::figures::rules().to_vec(),
            table: None,
        });
        sections
    }
}
