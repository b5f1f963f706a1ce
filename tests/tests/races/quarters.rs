//! Quarters end while several workers run, also late: every quarter gets its report, none gets two.

use chrono::{DateTime, Utc};
use fabu_domain::time::{clock::Clock, quarter::Quarter};
use fabu_testkit::TestApp;
use futures::future::join_all;

const WORKERS: usize = 4;
const QUARTERS: usize = 40;

/// Quarter ends one after the other, from the first quarter of 2026.
fn quarters() -> impl Iterator<Item = Quarter> {
    std::iter::successors(Quarter::new(2026, 1), |quarter| Some(quarter.next())).take(QUARTERS)
}

async fn morning_after(app: &TestApp, quarter: Quarter, days: u64) -> DateTime<Utc> {
    let calendar = app.app.store.read(|tx| tx.directory()).await.unwrap().calendar.clone();
    let day = calendar.first_working_day_after(quarter);
    let day = day.checked_add_days(chrono::Days::new(days)).unwrap();
    day.and_hms_opt(0, 30, 0).unwrap().and_utc()
}

async fn revisions(app: &TestApp) -> Vec<(String, u32)> {
    let reports = app.app.store.read(|tx| tx.quarterly_reports()).await.unwrap();
    let mut all: Vec<_> = reports.into_iter().map(|report| (report.quarter.to_string(), report.revision)).collect();
    all.sort();
    all
}

fn expected() -> Vec<(String, u32)> {
    quarters().map(|quarter| (quarter.to_string(), 1)).collect()
}

#[tokio::test]
async fn four_workers_over_forty_quarter_ends_make_forty_reports() {
    let app = TestApp::start().await;
    let _company = app.company().await;
    let siblings: Vec<TestApp> = (1..WORKERS).map(|_| app.sibling()).collect();
    let workers: Vec<&TestApp> = std::iter::once(&app).chain(&siblings).collect();
    let mut drafted = 0;
    for (count, quarter) in (1..).zip(quarters()) {
        app.clock.set(quarter.end());
        let early = morning_after(&app, quarter, 0).await;
        if app.clock.now() < early {
            let too_early: usize = drafts(&workers).await;
            let first_day =
                fabu_domain::time::clock::company_day(app.clock.now()) == fabu_domain::time::clock::company_day(early);
            assert!(first_day || too_early == 0, "{quarter} was drafted before its first working day");
            drafted += too_early;
        }
        app.clock.set(early);
        drafted += drafts(&workers).await;
        assert_eq!(drafted, count, "{quarter}");
    }
    assert_eq!(revisions(&app).await, expected());
}

async fn drafts(workers: &[&TestApp]) -> usize {
    let all = join_all(workers.iter().map(|worker| worker.app.draft_due_reports())).await;
    all.into_iter().map(|drafted| drafted.unwrap().len()).sum()
}

#[tokio::test]
async fn workers_that_start_late_catch_up_what_was_missed() {
    let app = TestApp::start().await;
    let _company = app.company().await;
    let siblings: Vec<TestApp> = (1..WORKERS).map(|_| app.sibling()).collect();
    let workers: Vec<&TestApp> = std::iter::once(&app).chain(&siblings).collect();
    let first = quarters().next().unwrap();
    app.clock.set(morning_after(&app, first, 3).await);
    assert_eq!(drafts(&workers).await, 1, "three days late");
    app.clock.set(morning_after(&app, quarters().last().unwrap(), 3).await);
    assert_eq!(drafts(&workers).await, QUARTERS - 1, "down for ten years");
    assert_eq!(revisions(&app).await, expected());
}
