//! 发布报告 (§5.11).

use crate::Theme;
use fabu_domain::{
    blocks::document::types::Table,
    subjects::release::documents::{
        ReleaseReport,
        report::{Count, ReportFigures, ReportedProblem},
    },
    time::quarter::Quarter,
};

/// The complete release report; its figures are filled in by the system.
#[must_use]
pub fn release_report(theme: &Theme) -> ReleaseReport {
    ReleaseReport {
        problems: Table::of(vec![ReportedProblem {
            phenomenon: "首次启动时连接池告警".to_owned(),
            cause: "初始连接数配置偏小".to_owned(),
            solution: "按方案调整参数后重启，告警消失".to_owned(),
            lesson: "部署清单中增加连接池参数核对项".to_owned(),
        }]),
        figures: None,
        knowledge_and_training: "已向服务台移交操作手册，培训2人，反馈良好。".to_owned(),
        resource_deviation: "计划8人时，实际7.5人时，无偏差。".to_owned(),
        watch_result: format!("{}运行三个工作日，各项指标正常。", theme.system),
        conclusion: format!("{}完成，达到发布目标。", theme.title),
    }
}

/// Figures as the system would count them when this is the only release of the quarter.
#[must_use]
pub fn example_figures(theme: &Theme, quarter: Quarter, successful: bool) -> ReportFigures {
    let one = |key: &str| vec![Count { key: key.to_owned(), count: 1 }];
    let successes = u32::from(successful);
    ReportFigures {
        quarter: Some(quarter),
        releases_in_quarter_to_date: 1,
        releases_total: 1,
        by_customer: one("客户"),
        by_system: one(&theme.system),
        by_kind: one("minor"),
        successes,
        rate: format!("{successes}/1"),
        rule: "D8–D10".to_owned(),
    }
}
