//! `cargo xtask replay`: real releases from a ledger, through the whole procedure over HTTP.

use crate::{
    cluster::Cluster,
    server::Server,
    shell::Shell,
    workspace::{build_fabu, root},
};
use anyhow::{Context, Result};
use clap::Args;
use fabu_scenario::{
    http::{Instance, Network, RealTime},
    replay::{LedgerRow, Report, Sealing, read_ledger, replay},
};
use std::{path::PathBuf, process::ExitCode, time::Duration};

/// What to replay, and on what.
#[derive(Args)]
pub struct Options {
    /// The ledger: CSV with the columns of `tests/data/README.md`, plain or gzip.
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// How many of its rows.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// How many releases at the same time.
    #[arg(long, default_value_t = 4)]
    at_once: usize,
    /// On PostgreSQL, with a server of its own, instead of SQLite.
    #[arg(long)]
    postgres: bool,
    /// Build Fabu with optimisation.
    #[arg(long)]
    release: bool,
}

/// Starts Fabu on an empty database, founds a company, and takes one release for each row from its change to its report.
/// Fails when a release comes to a halt, when an event chain does not verify, or when the KPI differs from an
/// independent count.
///
/// # Errors
/// When the ledger cannot be read or the server cannot be started.
pub fn run(options: &Options) -> Result<ExitCode> {
    let shell = Shell::new(root()?)?;
    let rows = read_ledger(&options.ledger, options.limit)?;
    let profile: &[&str] = if options.release { &["--release", "--package", "fabu-cli"] } else { &["--package", "fabu-cli"] };
    let fabu = build_fabu(&shell, profile)?;
    let cluster = if options.postgres { Some(Cluster::start(&shell)?) } else { None };
    let server = Server::start(&fabu, cluster.as_ref().map(Cluster::url))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let sound = runtime.block_on(drive(&server, &rows, options.at_once))?;
    for defect in server.defects()? {
        println!("the server logged: {defect}");
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn drive(server: &Server, rows: &[LedgerRow], at_once: usize) -> Result<bool> {
    let network = Network::new(&server.url).map_err(anyhow::Error::msg)?;
    let mut instance = Instance::found(network, RealTime, &server.set_up_token).await.context("the company cannot be founded")?;
    let total = rows.len();
    let report = replay(&mut instance, rows, at_once, |done| println!("{done} of {total}")).await?;
    tell(&report);
    let mut sound = report.is_sound();
    for quarter in report.check_kpi(&instance).await? {
        let verdict = if quarter.agrees() { "equals the independent count" } else { "DIFFERS from the independent count" };
        println!("KPI of {}: {} of {} {verdict}", quarter.quarter, quarter.server.successes, quarter.server.total);
        sound &= quarter.agrees();
    }
    let log = sealed(&instance).await?;
    println!("log: {} events, {} seals, {}", log.events, log.seals, if log.sound { "the chain verifies" } else { "NOT SOUND" });
    Ok(sound && log.sound && log.unsealed == 0)
}

/// The log once the last events are sealed, which takes about a second.
async fn sealed(instance: &Instance<Network, RealTime>) -> Result<Sealing> {
    for _ in 0..30 {
        let log = Sealing::verify(instance).await?;
        if log.unsealed == 0 {
            return Ok(log);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Ok(Sealing::verify(instance).await?)
}

fn tell(report: &Report) {
    for (row, reason) in &report.halted {
        println!("halted: {row}: {reason}");
    }
    let seconds = report.time.as_secs_f64();
    println!("{} releases in {seconds:.1} s; {:?}", report.completed.len(), report.by_verdict());
    println!("time of a release: p50 {:?}, p99 {:?}", report.percentile(50), report.percentile(99));
    let statistics = &report.statistics;
    println!(
        "{} requests ({:.0} a second), {} refused ({} on purpose), {} failed",
        statistics.requests(),
        u32::try_from(statistics.requests()).map_or(0.0, f64::from) / seconds,
        statistics.refusals(),
        report.refused_as_expected,
        statistics.failures()
    );
}
