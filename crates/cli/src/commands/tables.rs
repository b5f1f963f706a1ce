//! `fabu tables`: the tables of the procedure as pages, as they are committed under docs/generated.

use anyhow::{Context, Result};
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

/// Where to write.
#[derive(Args)]
pub struct Options {
    /// The folder to write the pages to; made when it is not there
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
}

/// Writes every page.
///
/// # Errors
/// When a file cannot be written.
pub fn run(options: &Options) -> Result<ExitCode> {
    std::fs::create_dir_all(&options.dir).with_context(|| format!("cannot make the folder {}", options.dir.display()))?;
    for (name, text) in fabu_domain::tables::generate() {
        let file = options.dir.join(name);
        std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}
