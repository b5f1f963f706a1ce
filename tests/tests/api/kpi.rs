use chrono::TimeDelta;
use fabu_app::{
    Caller,
    imports::{Rules, import_ledger, read_ledger},
};
use fabu_domain::{
    people::role::Role,
    subjects::release::stage::{Stage, Verdict},
    time::quarter::Quarter,
};
use fabu_scenario::Journey;
use fabu_testkit::{Actor, TestApp, Voyage};
use serde_json::{Value, json};

/// The releases behind a figure, by following every page of its list.
async fn behind(reader: &Actor, href: &str) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = reader.get(&format!("{href}&limit=2{cursor}")).await.ok();
        all.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next_cursor"].as_str() else { return all };
        cursor = format!("&cursor={next}");
    }
}

/// Imports four releases that ended in March 2026: three successes, two for customers that are not in the register.
async fn import_history(app: &TestApp) {
    let text = "编号,标题,类型,客户,结果,完成时间\nFB-1,补丁,重大,示例银行,成功,2026-03-01\nFB-2,补丁,一般,某客户,成功,2026-03-01\n\
                FB-3,补丁,紧急,另一客户,回退,2026-03-01\nFB-4,补丁,一般,示例银行,成功,2025-12-31\nFB-5,补丁,一般,示例银行,成功,2026-03-01\n";
    let ledger = read_ledger(text.as_bytes(), "台账.csv", &Rules::default(), app.app.clock.now()).unwrap();
    let taken = app.app.write(&Caller::system("import"), move |cx| import_ledger(cx, &ledger, None, &|_| {})).await;
    assert_eq!(taken.unwrap().added, 5);
}

#[tokio::test]
async fn every_figure_equals_the_count_of_the_list_behind_it() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let journey = |n: usize| Journey::new(company.cast(), app.theme(n));
    for journey in [journey(0), journey(1).ending(Verdict::RolledBack), journey(2).in_an_emergency()] {
        let voyage = Voyage::begin_with(&app, &company, journey).await;
        voyage.travel(|dossier| dossier.release.verdict.is_some()).await;
    }
    Voyage::begin(&app, &company).await.travel_to(Stage::Testing).await;
    import_history(&app).await;
    let quarter = Quarter::of(app.app.clock.now());
    let auditor = company.of(Role::Auditor).again().await;
    let listed = |quarter: &str| json!({ "quarter": quarter, "href": format!("/api/v1/reports/kpi/{quarter}") });
    assert_eq!(auditor.get("/reports/kpi").await.ok()["items"], json!([listed("2025Q4"), listed(&quarter.to_string())]));
    let kpi = auditor.get(&format!("/reports/kpi/{quarter}")).await.ok();
    assert_eq!((&kpi["total"], &kpi["successes"], &kpi["met"]), (&json!(7), &json!(5), &json!(false)));
    let rate = json!({ "numerator": 5, "denominator": 7, "percent": "71.43 %", "text": "5/7 = 71.43 %" });
    assert_eq!((&kpi["rate"], &kpi["target"]["text"]), (&rate, &json!("90 %")));
    let listed = |href: &Value| href.as_str().unwrap().to_owned();
    let all = behind(&auditor, &listed(&kpi["total_href"])).await;
    assert_eq!(all.len(), 7);
    assert_eq!(behind(&auditor, &listed(&kpi["successes_href"])).await.len(), 5);
    let mut figures = Vec::new();
    for (table, rows) in [("by_verdict", 4), ("by_kind", 3), ("by_customer", 2)] {
        let table = kpi[table].as_array().unwrap();
        assert_eq!(table.len(), rows);
        assert_eq!(table.iter().map(|row| row["count"].as_u64().unwrap()).sum::<u64>(), 7, "{table:?}");
        figures.extend(table.iter().cloned());
    }
    for figure in figures {
        let list = behind(&auditor, &listed(&figure["href"])).await;
        assert_eq!(Some(list.len()), figure["count"].as_u64().map(|n| usize::try_from(n).unwrap()), "{figure}");
        assert!(list.iter().all(|release| all.iter().any(|one| one["number"] == release["number"])), "{figure}");
    }
}

#[tokio::test]
async fn a_quarter_without_verdicts_has_no_rate_and_neither_meets_nor_misses_the_target() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let auditor = company.of(Role::Auditor);
    assert_eq!(auditor.get("/reports/kpi").await.ok(), json!({ "items": [] }));
    let kpi = auditor.get("/reports/kpi/2026Q1").await.ok();
    assert_eq!((&kpi["total"], &kpi["met"], &kpi["rate"]["percent"]), (&json!(0), &json!(null), &json!(null)));
    assert_eq!(kpi["rate"]["text"], "0/0");
    for wrong in ["2026Q5", "2026", "Q1", "26Q1", "2026q1"] {
        auditor.get(&format!("/reports/kpi/{wrong}")).await.problem(404, "resource.not_found");
    }
}

#[tokio::test]
async fn those_who_stand_for_a_customer_see_the_figures_of_that_customer_only() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let stranger = company.hire("stranger", &[Role::CustomerRepresentative]).await;
    Voyage::begin(&app, &company).await.travel(|dossier| dossier.release.verdict.is_some()).await;
    import_history(&app).await;
    let path = format!("/reports/kpi/{}", Quarter::of(app.app.clock.now()));
    let nothing = stranger.again().await.get(&path).await.ok();
    assert_eq!((&nothing["total"], &nothing["by_customer"]), (&json!(0), &json!([])));
    let representative = company.of(Role::CustomerRepresentative).again().await;
    let own = representative.get(&path).await.ok();
    assert_eq!(own["by_customer"].as_array().unwrap().len(), 1);
    let list = behind(&representative, own["total_href"].as_str().unwrap()).await;
    assert!(!list.is_empty());
    assert_eq!(own["total"], list.len());
    assert!(list.iter().all(|release| release["customer"]["id"] == company.customer.as_str()), "{list:?}");
}

#[tokio::test]
async fn a_release_counts_in_the_quarter_of_its_verdict_in_china_time() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let mut theme = app.theme(0);
    // The window opens at 23:50 on the last day of March in China and the verdict falls after midnight.
    theme.start = "2026-03-31T15:50:00Z".parse().unwrap();
    theme.end = theme.start + TimeDelta::hours(4);
    let voyage = Voyage::begin_with(&app, &company, Journey::new(company.cast(), theme)).await;
    voyage.travel_to(Stage::Deployment).await;
    app.pass(TimeDelta::minutes(10));
    voyage.travel(|dossier| dossier.release.verdict.is_some()).await;
    let auditor = company.of(Role::Auditor).again().await;
    let total = async |quarter: &str| auditor.get(&format!("/reports/kpi/{quarter}")).await.ok()["total"].clone();
    assert_eq!((total("2026Q1").await, total("2026Q2").await), (json!(0), json!(1)));
}
