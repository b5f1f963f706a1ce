//! `fabu media`: is what lies in the definitive media library still what was checked in?

use crate::{instance::Instance, say};
use anyhow::Result;
use clap::{Args, Subcommand};
use fabu_app::subjects::media::MediaFindings;
use std::{process::ExitCode, time::Duration};

/// What to do with the media library.
#[derive(Args)]
pub struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Hash the file of every medium that this machine reaches and compare it with what was checked in
    Check(Check),
}

#[derive(Args)]
struct Check {
    #[command(flatten)]
    instance: Instance,
    /// Stop after so many minutes; the next check goes on with what was not looked at for longest
    #[arg(long, value_name = "MINUTES", default_value_t = 24 * 60)]
    minutes: u64,
}

/// Checks every medium whose place is a path, keeps the results and notifies of what differs. Fails when something differs or is gone.
///
/// # Errors
/// When the database cannot be opened or written to.
pub async fn run(options: Options) -> Result<ExitCode> {
    let Action::Check(Check { instance, minutes }) = options.action;
    let app = instance.app()?;
    let found = app.check_media(Duration::from_secs(minutes.saturating_mul(60))).await;
    let found = found.map_err(|error| say::failed(&error.into()))?;
    print(&found);
    Ok(if found.sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn print(found: &MediaFindings) {
    for what in &found.differing {
        println!("DIFFERS {what}");
    }
    for what in &found.unreachable {
        println!("not checked: {what}");
    }
    println!(
        "{} media are as they were checked in, {} differ or are gone, {} are not reached from here, {} are at addresses or on shelves, \
         {} were left for the next check",
        found.same,
        found.differing.len(),
        found.unreachable.len(),
        found.elsewhere,
        found.left
    );
}
