use fabu_domain::subjects::release::stage::Stage;
use fabu_scenario::{http::Network, story::tell};
use fabu_testkit::TestApp;
use std::{collections::BTreeSet, sync::Arc};

#[tokio::test]
async fn the_story_of_the_example_company_has_two_quarters_and_a_release_at_every_stage() {
    let app = TestApp::start().await;
    let now = chrono::DateTime::from_timestamp(1_791_511_200, 0).unwrap(); // Friday 2026-10-09, ten in China: just after a week of holidays
    let token = app.set_up_token();
    let told = tell(Network::new(&app.url).unwrap(), Arc::clone(&app.clock), now, &token);
    let told = told.await.unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((told.history.len(), told.current.len()), (8, 10));
    let stages: BTreeSet<Stage> = told.current.iter().map(|(_, stage)| *stage).collect();
    assert_eq!(stages.len(), 10, "each at a stage of its own");

    let reader = app.nobody().sign_in("xie.ning", fabu_scenario::http::PASSWORD).await;
    for (number, stage) in &told.current {
        assert_eq!(reader.get(&format!("/releases/{number}")).await.ok()["stage"]["code"], stage.as_str(), "{number}");
    }
    for (quarter, total, successes) in [("2026Q2", 4, 3), ("2026Q3", 7, 6)] {
        let kpi = reader.get(&format!("/reports/kpi/{quarter}")).await.ok();
        assert_eq!((&kpi["total"], &kpi["successes"]), (&total.into(), &successes.into()), "{quarter}: {kpi}");
    }
    app.seal().await;
    let events = reader.get("/events/verification").await.ok();
    assert_eq!(events["sound"], true);
}
