//! What people are told about the report of a quarter: that it waits for them, and the report itself.

use super::{
    figures::{QuarterlyFigures, Tally, how_many},
    report::{QuarterlyReport, Reclassified, ReportState},
    steps::measure_text,
};
use crate::{
    blocks::task::Task,
    notifications::notice::{
        AttachmentSource, Column, Due, DueEvent, Fact, Link, Notice, NoticeKind, RateChart, RatePoint, Row, Section, Table,
        Topic, Wanted, times,
    },
    people::role::Role,
    subject::{Ask, CompanyRecord, Parts, PartsMut, Subject, log::LogEntry, refusal::Text},
    subjects::release::stage::Verdict,
};
use chrono::{DateTime, Utc};

impl QuarterlyFigures {
    /// The rate of the quarter after the four before it.
    #[must_use]
    pub fn chart(&self) -> RateChart {
        let earlier = self.previous.iter().map(|q| RatePoint { quarter: q.quarter, rate: q.rate(), target: q.target });
        let this = RatePoint { quarter: self.quarter, rate: self.rate(), target: self.target };
        RateChart { points: earlier.chain([this]).collect() }
    }
}

impl CompanyRecord for QuarterlyReport {
    fn subject(&self) -> Subject {
        Subject::quarterly_report(self.id.0, self.quarter)
    }

    fn parts(&self) -> Parts<'_> {
        Parts { document: &self.document, approvals: &self.approvals, tasks: &self.tasks }
    }

    fn parts_mut(&mut self) -> PartsMut<'_> {
        PartsMut { document: &mut self.document, approvals: &mut self.approvals, tasks: &mut self.tasks }
    }

    fn owners(&self) -> &'static [Role] {
        &[Role::ReleaseOwner]
    }

    fn topic(&self) -> Topic {
        Topic::Quarter { quarter: self.quarter }
    }

    fn notice(&self, kind: NoticeKind, task: Option<&Task>, ask: &Ask<'_>) -> Option<Notice> {
        Some(match (task, kind) {
            (Some(task), _) => self.measure_for(task, ask),
            (None, NoticeKind::Restatement) => self.restating(),
            (None, _) => self.request(|what| ask(what, None)),
        })
    }

    fn is_due(&self, kind: NoticeKind) -> bool {
        kind != NoticeKind::QuarterlyReportDraft || self.state() == ReportState::Draft
    }

    /// An entry names the revision.
    fn is_named_in(&self, entry: &LogEntry) -> bool {
        entry.payload["revision"].as_u64().is_none_or(|named| u64::from(self.revision) == named)
    }

    fn task_key(&self, task: &Task) -> String {
        format!("reports/{}/{}/{}/{}", self.quarter, self.revision, task.source, task.assignee)
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
        notice.link = Some(self.link());
        notice.attachments = vec![AttachmentSource::QuarterlyWorkbook { quarter: self.quarter, revision: self.revision }];
        notice
    }

    /// What those hear who write it or decide on it; `ask` makes the request of the action.
    #[must_use]
    pub fn request(&self, ask: impl FnOnce(Text) -> Wanted) -> Notice {
        let quarter = times::quarter(self.quarter);
        let (kind, what) = match self.state() {
            ReportState::Submitted | ReportState::Approved => (
                NoticeKind::QuarterlyReportApproval,
                Text::new(format!("审批 {}报告", quarter.zh), format!("decide on the report of {}", quarter.en)),
            ),
            ReportState::Draft => (
                NoticeKind::QuarterlyReportDraft,
                Text::new(
                    format!("完成 {}报告的评估和改进措施", quarter.zh),
                    format!("assess {} and set out measures", quarter.en),
                ),
            ),
        };
        let mut notice = Notice { kind, wanted: ask(what), attachments: Vec::new(), ..self.notice() };
        if let Some(returned) = self.returned().filter(|_| self.state() == ReportState::Draft) {
            notice.sections.insert(0, said("退回意见", "why it was returned", &returned.reason));
        }
        notice
    }

    /// What those hear who got an earlier revision when a new one is opened.
    #[must_use]
    pub fn restating(&self) -> Notice {
        let (quarter, earlier) = (times::quarter(self.quarter), self.revision.saturating_sub(1));
        let what = Text::new(
            format!("{}报告正在更正：第 {earlier} 版保持不变，新版批准后另行发送。", quarter.zh),
            format!(
                "The report of {} is being restated: revision {earlier} stays as it is, the new one follows once approved.",
                quarter.en
            ),
        );
        let mut notice = Notice::new(NoticeKind::Restatement, Topic::Quarter { quarter: self.quarter }, Wanted::Know { what });
        notice.headline = Text::new("正在更正", "being restated");
        notice.sections = self.restatement().into_iter().collect();
        notice.link = Some(self.link());
        notice
    }

    /// What the owner of a measure hears when it is set or handed over; `ask` makes the request of the action and the last day.
    #[must_use]
    pub fn measure_for(&self, measure: &Task, ask: impl FnOnce(Text, Option<DateTime<Utc>>) -> Wanted) -> Notice {
        let quarter = times::quarter(self.quarter);
        let what = Text::new(
            format!("落实 {}报告的改进措施并说明完成情况", quarter.zh),
            format!("carry out the measure of the report of {} and say what was done", quarter.en),
        );
        let wanted = ask(what, Some(measure.due_at));
        let mut notice = Notice::new(NoticeKind::Improvement, Topic::Quarter { quarter: self.quarter }, wanted);
        notice.headline = Text::same(&measure.title);
        notice.due = Some(Due { event: DueEvent::Deadline, at: measure.due_at });
        notice.sections = vec![said("改进措施（7a）", "measure (7a)", measure_text(measure))];
        notice.link = Some(self.link());
        notice
    }

    fn link(&self) -> Link {
        Link::new(format!("/reports/quarterly/{}", self.quarter), "打开报告", "open the report")
    }

    /// What counts differently than in the revision before.
    fn restatement(&self) -> Option<Section> {
        let restates = self.restates.as_ref()?;
        let verdict = |verdict: Option<Verdict>| verdict.map_or_else(|| Text::new("未计入", "not counted"), Text::from);
        let row = |change: &Reclassified| Row {
            cells: vec![Text::same(&change.number), verdict(change.before), verdict(change.after)],
            path: Some(crate::address::release(&change.number)),
        };
        Some(Section {
            heading: Text::new(
                format!("对第 {} 版的更正", restates.of_revision),
                format!("what differs from revision {}", restates.of_revision),
            ),
            lines: vec![Text::same(&restates.reason)],
            table: Some(Table {
                columns: vec![head("发布", "release", false), head("原结论", "before", false), head("现结论", "now", false)],
                rows: restates.changes.iter().map(row).collect(),
            }),
        })
    }

    fn facts(&self) -> Vec<Fact> {
        let figures = &self.figures;
        let count = |zh: &str, en: &str, count: u32| Fact::same(zh, en, count.to_string());
        let owed = figures.emergencies.iter().filter(|e| !e.owes.is_empty()).count();
        let state = match self.state() {
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
        let mut sections: Vec<Section> = self.restatement().into_iter().collect();
        sections.extend([
            tally("按类型", "by kind", &figures.by_kind, Tally::kind),
            tally("按结论", "by verdict", &figures.by_verdict, Tally::verdict),
        ]);
        if !figures.failures.is_empty() {
            sections.push(Section {
                heading: Text::new("未成功的发布及回顾（3.5）", "releases without success and their review (3.5)"),
                lines: Vec::new(),
                table: Some(Table {
                    columns: vec![head("发布", "release", false), head("结论", "verdict", false), head("回顾", "review", false)],
                    rows: figures
                        .failures
                        .iter()
                        .map(|failure| Row {
                            cells: vec![
                                Text::same(format!("{} {}", failure.number, failure.title)),
                                failure.verdict.into(),
                                failure.review.text(),
                            ],
                            path: Some(crate::address::release(&failure.number)),
                        })
                        .collect(),
                }),
            });
        }
        if !self.assessment().improvements.is_empty() {
            sections.push(said("改进", "improvement", &self.assessment().improvements));
        }
        sections.push(Section {
            heading: Text::new("统计规则", "how it is counted"),
            lines: super::figures::rules().to_vec(),
            table: None,
        });
        sections
    }
}

/// A part with somebody's own words.
fn said(zh: &str, en: &str, words: &str) -> Section {
    Section { heading: Text::new(zh, en), lines: vec![Text::same(words)], table: None }
}

fn head(zh: &str, en: &str, number: bool) -> Column {
    Column { name: Text::new(zh, en), number }
}
