//! Prints small durable writes per second: `cargo run -p fabu-store --features testing --example writes [SECONDS]`,
//! on the database that `FABU_TEST_DATABASE` names. Each write takes a number, appends one entry and enqueues one job.

use fabu_domain::{
    ids::{IdSource, TimeOrderedIds},
    subject::log::LogEntry,
    time::clock::{Clock, SystemClock},
};
use fabu_store::{NewJob, Store, StoreError, Writer, testing::TestDatabase};
use std::time::{Duration, Instant};

fn small_write(tx: &mut Writer<'_>) -> Result<(), StoreError> {
    let (number, now) = (tx.next_number("release", 2026)?, SystemClock.now());
    tx.append(&[LogEntry {
        id: TimeOrderedIds.next().into(),
        kind: "release.created".into(),
        version: 1,
        subject: format!("releases/{number}"),
        release_id: Some(TimeOrderedIds.next().into()),
        release_version: Some(1),
        actor: Some(TimeOrderedIds.next().into()),
        on_behalf_of: None,
        request_id: "bench".into(),
        occurred_at: now,
        recorded_at: now,
        payload: serde_json::json!({ "number": number }),
    }])?;
    tx.enqueue(NewJob {
        id: TimeOrderedIds.next().into(),
        kind: "bench".into(),
        queue: "general".into(),
        payload: serde_json::json!({}),
        unique_key: None,
        run_at: now,
        max_attempts: 1,
        created_at: now,
    })?;
    Ok(())
}

async fn client(store: Store, end: Instant) -> Result<Vec<Duration>, StoreError> {
    let mut times = Vec::new();
    while Instant::now() < end {
        let start = Instant::now();
        store.write(small_write).await?;
        times.push(start.elapsed());
    }
    Ok(times)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let seconds: u64 = std::env::args().nth(1).map_or(Ok(2), |text| text.parse())?;
    let database = TestDatabase::create()?;
    for clients in [1, 8, 32] {
        let end = Instant::now() + Duration::from_secs(seconds);
        let running: Vec<_> = (0..clients).map(|_| tokio::spawn(client(database.store().clone(), end))).collect();
        let mut times = Vec::new();
        for one in running {
            times.extend(one.await??);
        }
        times.sort();
        let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
        let rate = times.len() as u64 / seconds.max(1);
        println!("{clients:>3} clients: {rate:>6} writes/s, p50 {:?}, p99 {:?}", at(50), at(99));
    }
    Ok(())
}
