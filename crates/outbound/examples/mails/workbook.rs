//! A made-up workbook of the kind that goes with a quarterly report.

use crate::samples::at;
use chrono::NaiveDate;
use fabu_documents::{Cell, Column, Sheet, Table, Workbook};
use fabu_domain::{kpi::Attainment, notice::RateChart, notice::times, refusal::Text};

/// Figures on the first sheet, the releases behind them on the second.
pub fn workbook(chart: &RateChart) -> Option<Workbook> {
    let last = chart.points.last()?;
    let quarter = times::quarter(last.quarter);
    let title = Text::new(format!("{}发布管理报告", quarter.zh), format!("Report of release management, {}", quarter.en));
    let rates = Table {
        heading: Text::new("成功率与前四个季度比较", "Success rate against the four quarters before"),
        columns: vec![
            Column::new("季度", "Quarter", 16),
            Column::new("成功", "Successful", 12),
            Column::new("计入", "Counted", 12),
            Column::new("成功率", "Success rate", 24),
            Column::new("目标", "Target", 12),
        ],
        rows: chart
            .points
            .iter()
            .map(|point| {
                vec![
                    Cell::Text(times::quarter(point.quarter)),
                    Cell::Count(point.rate.successes()),
                    Cell::Count(point.rate.total()),
                    Cell::Judged(Text::same(point.rate.text(point.target)), point.rate.attains(point.target)),
                    Cell::same(point.target.to_string()),
                ]
            })
            .collect(),
    };
    let kinds = Table {
        heading: Text::new("按类型", "By kind"),
        columns: vec![
            Column::new("类型", "Kind", 16),
            Column::new("成功", "Successful", 12),
            Column::new("计入", "Counted", 12),
            Column::new("成功率", "Success rate", 24),
        ],
        rows: [
            ("重大", "major", 8, 8, "8/8 = 100.00 %"),
            ("一般", "minor", 40, 43, "40/43 = 93.02 %"),
            ("紧急", "emergency", 3, 3, "3/3 = 100.00 %"),
        ]
        .into_iter()
        .map(|(zh, en, successes, total, rate)| {
            let rate = Cell::Judged(Text::same(rate), Attainment::Met);
            vec![Cell::Text(Text::new(zh, en)), Cell::Count(successes), Cell::Count(total), rate]
        })
        .collect(),
    };
    let figures = Sheet {
        name: Text::new("指标", "Figures"),
        title: title.clone(),
        notes: vec![
            Text::new(
                "成功：按方案部署、各方确认、未回退、无计划外修复。按结论日期（北京时间）计入季度。",
                "Successful: deployed within plan, confirmed by all parties, not rolled back, no unplanned fix. Counted by the date of the verdict (China time).",
            ),
            Text::new("目标不低于 90 %。", "Target: at least 90 %."),
        ],
        tables: vec![rates, kinds],
    };
    let list = Table {
        heading: Text::default(),
        columns: vec![
            Column::new("编号", "Number", 16),
            Column::new("名称", "Title", 36),
            Column::new("类型", "Kind", 10),
            Column::new("结论", "Verdict", 12),
            Column::new("结论日期", "Verdict on", 14),
            Column::new("关闭时间", "Closed at", 18),
        ],
        rows: (1..=54)
            .map(|number| {
                let (verdict, attainment) = match number {
                    19 | 33 => (Text::new("已回退", "rolled back"), Attainment::Missed),
                    40 => (Text::new("失败", "failed"), Attainment::Missed),
                    _ => (Text::new("成功", "successful"), Attainment::NotApplicable),
                };
                let title = if number == 7 {
                    "=HYPERLINK(\"http://x\") 柜面系统与网上营业厅接口改造及历史数据迁移（第二批）"
                } else {
                    "核心系统补丁"
                };
                Some(vec![
                    Cell::same(format!("REL-2026-{number:04}")),
                    Cell::same(title),
                    Cell::Text(Text::new("一般", "minor")),
                    Cell::Judged(verdict, attainment),
                    Cell::Day(NaiveDate::from_ymd_opt(2026, 7 + number / 20, 1 + number % 28)?),
                    Cell::Instant(at(7 + number / 20, 2 + number % 28, 9, 30)?),
                ])
            })
            .collect::<Option<_>>()?,
    };
    let releases = Sheet {
        name: Text::new("发布清单", "Releases"),
        title: Text::new(format!("{}计入的发布", quarter.zh), format!("Releases counted in {}", quarter.en)),
        notes: Vec::new(),
        tables: vec![list],
    };
    Some(Workbook {
        title,
        author: "示例信息技术有限公司".to_owned(),
        made_at: at(10, 9, 9, 0)?,
        sheets: vec![figures, releases],
    })
}
