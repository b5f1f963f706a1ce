//! What is told about the report of a quarter, from the draft to a restatement, of made-up figures.

use crate::{
    samples::at,
    stories::{Told, entry},
};
use fabu_domain::{
    blocks::approval::Decision,
    ids::{ReleaseId, ReportId, UserId},
    notifications::step_mail::{About, notifications},
    people::directory::Directory,
    subject::Step,
    subjects::{
        quarterly_report::{Assessment, JudgedRelease, Measure, QuarterlyFigures, QuarterlyReport, figures::QuarterRate},
        release::{
            command::Ballot,
            kpi::Ratio,
            parameters::Parameters,
            stage::{ReleaseKind, Verdict},
        },
    },
    time::quarter::Quarter,
};
use serde_json::{Value, json};
use std::error::Error;
use uuid::Uuid;

/// The messages, the report that was signed, and the one that restates it.
pub struct Reports {
    pub told: Vec<Told>,
    pub signed: QuarterlyReport,
    pub restated: QuarterlyReport,
}

/// A quarter of 54 releases, three of them without success, whose report is drafted, returned, sent again, approved and, when a
/// release is judged anew, restated.
pub fn reports(directory: &Directory, owner: UserId, manager: UserId) -> Result<Reports, Box<dyn Error>> {
    let now = at(10, 13, 9, 5).ok_or("no such time")?;
    let figures = figures(None)?;
    let assessment = Assessment {
        execution: "本季度按程序执行，全部发布均经评审和上线审批。".to_owned(),
        gap_cause: String::new(),
        improvements: "两次回退均因演练未覆盖真实数据量；回退演练改用脱敏的生产数据。".to_owned(),
        measures: vec![Measure {
            text: "回退演练纳入上线审批前置条件".to_owned(),
            owner: Some(owner),
            due: Some(at(12, 31, 9, 0).ok_or("no such time")?.date_naive()),
        }],
    };
    let drafted = QuarterlyReport::draft(ReportId(Uuid::nil()), "YNTD-ITSS-0606", figures.clone(), now, None);
    let parameters = Parameters::default();
    let step = |by: UserId, report: &QuarterlyReport| Step::new(directory, &parameters, now, by, report.clone());
    let mut written = step(owner, &drafted);
    written.assess(&assessment)?;
    let draft = written.record;
    let ballot = |decision: Decision, comment: &str| Ballot {
        on_behalf_of: None,
        decision,
        comment: comment.to_owned(),
        conditions: Vec::new(),
    };
    let mut all = Vec::new();
    let mut tell = |kind: &str, payload: Value, by: UserId, report: &QuarterlyReport| {
        let entry = entry(kind, "", by, payload, now);
        let about = About::Company { record: report, readers: &[owner, manager] };
        all.extend(notifications(&entry, about, directory, now).into_iter().map(|told| (told.notice, now)));
    };
    let revision = |report: &QuarterlyReport| json!({ "revision": report.revision });
    let nobody = UserId(Uuid::nil());
    let mut submitted = step(owner, &draft);
    submitted.submit(draft.figures.clone())?;
    let mut returned = step(manager, &submitted.record);
    returned.vote(draft.figures.clone(), &ballot(Decision::Return, "请补充两次回退的共同原因"), None)?;
    tell("quarterly_report.returned", revision(&draft), manager, &returned.record);
    tell("quarterly_report.drafted", revision(&draft), nobody, &draft);
    let mut signed = step(manager, &submitted.record);
    signed.vote(draft.figures.clone(), &ballot(Decision::Pass, ""), None)?;
    for (by, step) in [(owner, &submitted), (manager, &signed)] {
        for (kind, payload) in step.events.iter().map(|event| event.to_log()) {
            tell(&kind, payload, by, &step.record);
        }
    }
    let signed = signed.record;
    let restated = signed.restated(
        ReportId(Uuid::max()),
        self::figures(Some(Verdict::Failed))?,
        "REL-2026-0012 由客户改判为失败",
        now,
        None,
    );
    tell("quarterly_report.restated", revision(&restated), nobody, &restated);
    let mut again = step(owner, &restated);
    again.submit(restated.figures.clone())?;
    let mut approved = step(manager, &again.record);
    approved.vote(restated.figures.clone(), &ballot(Decision::Pass, ""), Some(&signed))?;
    let restated = approved.record;
    all.extend([(signed.notice(), now), (restated.notice(), now)]);
    Ok(Reports { told: all, signed, restated })
}

/// The figures, with the verdict of one release judged anew.
fn figures(anew: Option<Verdict>) -> Result<QuarterlyFigures, Box<dyn Error>> {
    let quarter = Quarter::new(2026, 3).ok_or("no such quarter")?;
    let titles =
        ["柜面系统与网上营业厅接口改造及历史数据迁移（第二批）", "核心系统补丁", "=HYPERLINK(\"http://x\") 报表平台升级"];
    let release = |number: u32| {
        let verdict = match number {
            19 | 33 => Verdict::RolledBack,
            40 => Verdict::Failed,
            12 => anew.unwrap_or(Verdict::Successful),
            _ => Verdict::Successful,
        };
        let kind = match number % 18 {
            0 => ReleaseKind::Emergency,
            1..=3 => ReleaseKind::Major,
            _ => ReleaseKind::Minor,
        };
        Some(JudgedRelease {
            id: ReleaseId(Uuid::from_u128(number.into())),
            number: format!("REL-2026-{number:04}"),
            title: titles[usize::try_from(number % 3).ok()?].to_owned(),
            kind,
            verdict,
            judged_at: at(7 + number / 20, 1 + number % 28, 22, 40)?,
            customer_id: None,
            customer: ["某市商业银行", "公交集团"][usize::from(number.is_multiple_of(2))].to_owned(),
            systems: vec!["核心业务系统".to_owned(), "网上营业厅".to_owned()],
            managed: None,
        })
    };
    let releases: Vec<JudgedRelease> = (1..=54).map(release).collect::<Option<_>>().ok_or("no such time")?;
    let before = [(2025, 3, 31, 36), (2025, 4, 45, 47), (2026, 1, 0, 0), (2026, 2, 39, 44)];
    let rate = |(year, number, successes, total)| {
        Some(QuarterRate { quarter: Quarter::new(year, number)?, successes, total, target: Ratio::percent(90) })
    };
    let previous = before.into_iter().map(rate).collect::<Option<_>>().ok_or("no such quarter")?;
    let counted = at(10, 8, 9, 0).ok_or("no such time")?;
    Ok(QuarterlyFigures::count(quarter, Ratio::percent(90), &releases, previous, counted))
}
