//! `cargo xtask mails DIR`: every kind of mail in both languages, as files to be looked at.

use crate::shell::Shell;
use crate::workspace::{cargo, root};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Where the mails go.
#[derive(Args)]
pub struct Options {
    /// The folder; made when it is missing.
    folder: PathBuf,
}

/// Builds and starts the program that draws the mails.
///
/// # Errors
/// When it cannot be started.
pub fn run(options: &Options) -> Result<ExitCode> {
    let shell = Shell::new(root()?)?;
    let mut command = cargo();
    command
        .args(["run", "--quiet", "--package", "fabu-outbound", "--example", "mails", "--"])
        .arg(std::path::absolute(&options.folder)?);
    let status = shell.run(&mut command, |_| {})?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
