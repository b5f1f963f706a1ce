//! `fabu openapi`: the description of the API, as it is served and committed.

use anyhow::{Context, Result};
use std::{io::Write, process::ExitCode};

/// Prints the description.
///
/// # Errors
/// When standard output is closed.
pub fn run() -> Result<ExitCode> {
    std::io::stdout().write_all(fabu_api::openapi().as_bytes()).context("cannot write to standard output")?;
    Ok(ExitCode::SUCCESS)
}
