//! `fabu tables`: the tables of the procedure as pages, as they are committed under docs/generated.

use anyhow::{Context, Result};
use clap::Args;
use fabu_app::database::proof_page;
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
    let pages = fabu_domain::tables::generate().into_iter().chain([("proof.md", proof_page())]);
    for (name, text) in pages {
        let file = options.dir.join(name);
        std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}
