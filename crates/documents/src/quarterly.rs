//! The report of a quarter as a workbook: its figures, what people say about them, and every release behind them.

use crate::{Cell, Column, Sheet, Table, Workbook};
use fabu_domain::{
    notifications::notice::times,
    people::directory::Directory,
    subject::refusal::Text,
    subjects::{
        quarterly_report::{
            QuarterlyReport, ReportState,
            figures::{self, LateRelease, Tally},
            report::Reclassified,
        },
        release::kpi::Attainment,
    },
};

/// The workbook of a revision. The same revision always gives the same bytes.
#[must_use]
pub fn quarterly_workbook(report: &QuarterlyReport, directory: &Directory, author: &str) -> Workbook {
    let quarter = times::quarter(report.quarter);
    let title = Text::new(
        format!("{}发布管理报告（{} 第{}版）", quarter.zh, report.number, report.revision),
        format!("Release management report of {} ({}, revision {})", quarter.en, report.number, report.revision),
    );
    let made_at = report.approved().map_or(report.figures.counted_at, |mark| mark.at);
    let sheets = vec![
        figures_sheet(report, &title),
        open_sheet(report, directory),
        assessment_sheet(report, directory),
        releases_sheet(report),
    ];
    Workbook { title, author: author.to_owned(), made_at, sheets }
}

fn state(report: &QuarterlyReport) -> Text {
    match (report.state(), &report.sha256) {
        (ReportState::Draft, _) => Text::new("草稿，未批准", "draft, not approved"),
        (ReportState::Submitted, _) => Text::new("待批准", "waiting for approval"),
        (ReportState::Approved, sha256) => {
            let sha256 = sha256.as_deref().unwrap_or_default();
            Text::new(format!("已批准，SHA-256 {sha256}"), format!("approved, SHA-256 {sha256}"))
        }
    }
}

fn figures_sheet(report: &QuarterlyReport, title: &Text) -> Sheet {
    let figures = &report.figures;
    let mut notes = vec![state(report), figures.statement()];
    notes.extend(figures::rules());
    let rate = |zh: &str, en: &str, rate: fabu_domain::subjects::release::kpi::SuccessRate, target| {
        vec![
            Cell::Text(Text::new(zh, en)),
            Cell::Count(rate.total()),
            Cell::Count(rate.successes()),
            Cell::Judged(Text::same(rate.text(target)), rate.attains(target)),
            Cell::same(format!("≥ {target}")),
        ]
    };
    let mut quarters: Vec<Vec<Cell>> = figures
        .previous
        .iter()
        .map(|earlier| {
            let name = earlier.quarter.to_string();
            rate(&name, &name, earlier.rate(), earlier.target)
        })
        .collect();
    let name = figures.quarter.to_string();
    quarters.push(rate(&name, &name, figures.rate(), figures.target));
    let columns = vec![
        Column::new("季度", "quarter", 12),
        Column::new("发布次数", "releases", 12),
        Column::new("成功", "successful", 12),
        Column::new("成功率", "success rate", 24),
        Column::new("目标", "target", 12),
    ];
    let supplementary = figures
        .supplementary
        .iter()
        .map(|figure| vec![Cell::Text(figure.name.text()), Cell::Count(figure.share.part), Cell::Count(figure.share.whole)]);
    let supplementary = Table {
        heading: Text::new("补充指标（不计入成功率）", "supplementary figures (not part of the success rate)"),
        columns: vec![Column::new("指标", "figure", 30), Column::new("数量", "part", 12), Column::new("总数", "whole", 12)],
        rows: supplementary.collect(),
    };
    Sheet {
        name: Text::new("统计", "figures"),
        title: title.clone(),
        notes,
        tables: vec![
            Table {
                heading: Text::new("与前四个季度比较", "compared with the four quarters before"), columns, rows: quarters
            },
            tallies("按类型", "by kind", &figures.by_kind, Tally::kind),
            tallies("按结论", "by verdict", &figures.by_verdict, Tally::verdict),
            tallies("按客户", "by customer", &figures.by_customer, Tally::plain),
            tallies("按系统", "by system", &figures.by_system, Tally::plain),
            supplementary,
        ],
    }
}

fn tallies(zh: &str, en: &str, tallies: &[Tally], name: fn(&Tally) -> Text) -> Table {
    let row = |t: &Tally| vec![Cell::Text(name(t)), Cell::Count(t.count), Cell::Count(t.successes)];
    Table {
        heading: Text::new(zh, en),
        columns: vec![
            Column::new("分组", "group", 30),
            Column::new("发布次数", "releases", 12),
            Column::new("成功", "successful", 12),
        ],
        rows: tallies.iter().map(row).collect(),
    }
}

fn open_sheet(report: &QuarterlyReport, directory: &Directory) -> Sheet {
    let figures = &report.figures;
    let late = |zh: &str, en: &str, list: &[LateRelease]| Table {
        heading: Text::new(zh, en),
        columns: vec![
            Column::new("编号", "number", 20),
            Column::new("标题", "title", 40),
            Column::new("应完成", "due", 18),
            Column::new("完成", "done", 18),
        ],
        rows: list.iter().map(late_row).collect(),
    };
    let failures = figures.failures.iter().map(|f| {
        let owner = f.owner.map(|id| directory.name(id)).unwrap_or_default();
        vec![
            Cell::same(&f.number),
            Cell::same(&f.title),
            Cell::Text(f.verdict.into()),
            Cell::Text(f.review.text()),
            Cell::same(owner),
        ]
    });
    let emergencies = figures.emergencies.iter().map(|e| {
        let owes: Vec<&str> = e.owes.iter().map(|step| step.title.as_str()).collect();
        vec![Cell::same(&e.number), Cell::same(&e.title), Cell::same(owes.join("；"))]
    });
    Sheet {
        name: Text::new("待办", "open"),
        title: Text::new("失败发布、紧急发布与逾期", "failures, emergencies and what was late"),
        notes: Vec::new(),
        tables: vec![
            Table {
                heading: Text::new("未成功的发布（3.5）", "releases without success (3.5)"),
                columns: vec![
                    Column::new("编号", "number", 20),
                    Column::new("标题", "title", 40),
                    Column::new("结论", "verdict", 14),
                    Column::new("回顾", "review", 14),
                    Column::new("负责人", "owner", 16),
                ],
                rows: failures.collect(),
            },
            Table {
                heading: Text::new("紧急发布（D11）", "emergency releases (D11)"),
                columns: vec![
                    Column::new("编号", "number", 20),
                    Column::new("标题", "title", 40),
                    Column::new("尚未补办", "still owed", 40),
                ],
                rows: emergencies.collect(),
            },
            late("逾期关闭（5.10）", "closed late (5.10)", &figures.overdue_closures),
            late("逾期发布报告（5.11）", "release report late (5.11)", &figures.overdue_reports),
        ],
    }
}

fn late_row(late: &LateRelease) -> Vec<Cell> {
    let done = late.done_at.map_or_else(|| Cell::Text(Text::new("未完成", "still open")), Cell::Instant);
    vec![Cell::same(&late.number), Cell::same(&late.title), Cell::Instant(late.due_at), done]
}

fn assessment_sheet(report: &QuarterlyReport, directory: &Directory) -> Sheet {
    let said = report.assessment();
    let mut notes = vec![
        Text::new(format!("执行情况：{}", said.execution), format!("execution: {}", said.execution)),
        Text::new(format!("差距原因：{}", said.gap_cause), format!("cause of the gap: {}", said.gap_cause)),
        Text::new(format!("改进内容：{}", said.improvements), format!("improvement: {}", said.improvements)),
    ];
    notes.retain(|note| !note.zh.ends_with('：'));
    let measures = said.measures.iter().map(|measure| {
        let owner = measure.owner.map(|id| directory.name(id)).unwrap_or_default();
        vec![Cell::same(&measure.text), Cell::same(owner), measure.due.map_or(Cell::Empty, Cell::Day)]
    });
    let mut tables = vec![Table {
        heading: Text::new("改进措施（7a）", "measures (7a)"),
        columns: vec![Column::new("措施", "measure", 50), Column::new("责任人", "owner", 16), Column::new("期限", "due", 14)],
        rows: measures.collect(),
    }];
    if let Some(restates) = &report.restates {
        notes.push(Text::new(
            format!("重述第{}版：{}", restates.of_revision, restates.reason),
            format!("restates revision {}: {}", restates.of_revision, restates.reason),
        ));
        let row = |c: &Reclassified| {
            let verdict =
                |v: Option<fabu_domain::subjects::release::stage::Verdict>| v.map_or(Cell::Empty, |v| Cell::Text(v.into()));
            vec![Cell::same(&c.number), verdict(c.before), verdict(c.after)]
        };
        tables.push(Table {
            heading: Text::new("统计变化", "what counts differently"),
            columns: vec![
                Column::new("编号", "number", 20),
                Column::new("原结论", "before", 14),
                Column::new("现结论", "now", 14),
            ],
            rows: restates.changes.iter().map(row).collect(),
        });
    }
    Sheet {
        name: Text::new("评估", "assessment"), title: Text::new("评估与改进", "assessment and improvement"), notes, tables
    }
}

fn releases_sheet(report: &QuarterlyReport) -> Sheet {
    let row = |r: &figures::CountedRelease| {
        let good = r.verdict == fabu_domain::subjects::release::stage::Verdict::Successful;
        vec![
            Cell::same(&r.number),
            Cell::same(&r.title),
            Cell::Text(r.kind.into()),
            Cell::Judged(r.verdict.into(), if good { Attainment::Met } else { Attainment::Missed }),
            Cell::Instant(r.judged_at),
            Cell::same(&r.customer),
            Cell::same(r.systems.join("、")),
        ]
    };
    Sheet {
        name: Text::new("发布清单", "releases"),
        title: Text::new("统计所依据的发布", "the releases behind the figures"),
        notes: Vec::new(),
        tables: vec![Table {
            heading: Text::default(),
            columns: vec![
                Column::new("编号", "number", 20),
                Column::new("标题", "title", 44),
                Column::new("类型", "kind", 12),
                Column::new("结论", "verdict", 14),
                Column::new("结论时间", "judged", 18),
                Column::new("客户", "customer", 24),
                Column::new("系统", "system", 30),
            ],
            rows: report.figures.releases.iter().map(row).collect(),
        }],
    }
}
