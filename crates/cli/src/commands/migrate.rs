//! `fabu migrate`: the database gets the version of this program.

use crate::instance::Instance;
use anyhow::{Context, Result};
use clap::Args;
use fabu_app::{database::Store, verification};
use fabu_domain::{ids::TimeOrderedIds, time::clock::SystemClock};
use std::{process::ExitCode, time::Duration};

/// Which database to migrate.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    instance: Instance,
    /// Change nothing; end with 1 when migrations are missing
    #[arg(long)]
    check: bool,
}

/// Applies what is missing, all or nothing.
///
/// # Errors
/// When the database cannot be opened or was made by a newer program.
pub fn run(options: &Options) -> Result<ExitCode> {
    let place = options.instance.describe();
    let cannot = || format!("cannot migrate the database {place}");
    if options.check {
        let pending = options.instance.open()?.pending_migrations().with_context(cannot)?;
        println!("database {place}: {pending} migrations missing");
        return Ok(if pending == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let store = options.instance.create_or_open(Some(Duration::from_secs(60)))?;
    println!("{}", bring_up(&store, &place)?);
    Ok(ExitCode::SUCCESS)
}

/// Migrates a database, and takes its records over into the log when the log holds no digests of them yet; says what was done.
///
/// # Errors
/// When the database was made by a newer program, or cannot be written.
pub fn bring_up(store: &Store, place: &str) -> Result<String> {
    let done = verification::bring_up(store, &SystemClock, &TimeOrderedIds);
    let done = done.with_context(|| format!("cannot migrate the database {place}"))?;
    let mut told = match done.applied {
        0 => format!("database {place}: up to date"),
        count => format!("database {place}: {count} migrations applied"),
    };
    if let Some(rows) = done.adopted {
        told.push_str(&format!(
            "\n{rows} rows taken over into the log as they are: from now on `fabu verify` finds a change of them"
        ));
    }
    Ok(told)
}
