//! `fabu migrate`: the database gets the version of this program.

use crate::instance::Instance;
use anyhow::{Context, Result};
use clap::Args;
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
    println!("{}", applied(&place, store.migrate().with_context(cannot)?));
    Ok(ExitCode::SUCCESS)
}

/// The line that says what a migration did.
pub fn applied(place: &str, count: usize) -> String {
    match count {
        0 => format!("database {place}: up to date"),
        count => format!("database {place}: {count} migrations applied"),
    }
}
