use chrono::TimeDelta;
use fabu_domain::subjects::release::stage::Verdict;
use fabu_scenario::{
    http::{Instance, Network, SetTime},
    replay::{LedgerRow, Sealing, read_ledger, replay},
};
use fabu_testkit::TestApp;
use std::{path::Path, sync::Arc};

/// The first of the rows that were released and the first that was withdrawn, of one sample of a public ledger.
fn rows(released: usize) -> Vec<LedgerRow> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/ledger-sample.csv");
    let (withdrawn, mut rows): (Vec<_>, Vec<_>) =
        read_ledger(&sample, usize::MAX).unwrap().into_iter().partition(LedgerRow::withdrawn);
    rows.truncate(released);
    rows.extend(withdrawn.into_iter().take(1));
    rows
}

#[tokio::test]
async fn real_releases_several_at_once_go_through_the_whole_procedure_and_are_counted_right() {
    let app = TestApp::start().await;
    // All releases share the server's clock: each command takes a second, so that every window stays open.
    let time = SetTime::new(Arc::clone(&app.clock)).with_step(TimeDelta::seconds(1));
    let mut instance = Instance::found(Network::new(&app.url).unwrap(), time, &app.set_up_token()).await.unwrap();
    let rows = rows(5);
    let report = replay(&mut instance, &rows, 3, |_| {}).await.unwrap();
    assert!(report.is_sound(), "{:?} {:?}", report.halted, report.statistics.kinds.keys());
    assert_eq!(report.by_verdict().into_iter().collect::<Vec<_>>(), [(Verdict::Successful, 5), (Verdict::RolledBack, 1)]);

    let kpi = report.check_kpi(&instance).await.unwrap();
    assert!(!kpi.is_empty() && kpi.iter().all(|quarter| quarter.agrees()), "{kpi:?}");

    app.seal().await;
    let log = Sealing::verify(&instance).await.unwrap();
    assert!(log.sound && log.unsealed == 0 && log.seals == log.events && log.events > 6 * 80, "{log:?}");
}
