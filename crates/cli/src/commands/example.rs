//! `fabu example`: the example company that `fabu serve --example` makes.

use crate::{example, instance::Instance};
use anyhow::Result;
use clap::{Args, Subcommand};
use std::process::ExitCode;

/// What to do with the example company.
#[derive(Args)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Remove the example company with its files; anything that is not marked as an example stays
    Remove(Instance),
}

/// Runs the command.
///
/// # Errors
/// When what is there is no example, or cannot be removed.
pub async fn run(options: Options) -> Result<ExitCode> {
    let Command::Remove(instance) = options.command;
    let removed = example::remove(&instance).await?;
    println!("{}", if removed { "the example data are removed" } else { "there are no example data" });
    Ok(ExitCode::SUCCESS)
}
