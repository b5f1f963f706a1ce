//! `cargo xtask run`: build the pages and the program, and start it.

use crate::pages::Pages;
use crate::shell::Shell;
use crate::workspace::{build_fabu, root};
use anyhow::{Context, Result};
use clap::Args;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// How to start Fabu.
#[derive(Args)]
pub struct Options {
    /// Start empty and ask for set-up, instead of with the example company.
    #[arg(long)]
    empty: bool,
    /// Where the database and the files are kept [default: data/ in the checkout].
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Build with optimisation: takes longer to build and answers faster.
    #[arg(long)]
    release: bool,
    /// More arguments for `fabu serve`, after `--`.
    #[arg(last = true)]
    serve: Vec<String>,
}

/// Builds and then becomes `fabu serve`, which prints its address when it is ready.
///
/// # Errors
/// When the build fails or the program cannot be started.
pub fn run(options: &Options) -> Result<ExitCode> {
    let shell = Shell::new(root()?)?;
    let pages = Pages::of(&shell);
    pages.install()?;
    pages.build()?;
    // Optimised: the program as it is shipped. Otherwise `--workspace` gives the dependencies the features they have in
    // `cargo xtask test`, so that they are compiled once for both.
    let arguments =
        if options.release { ["--release", "--package", "fabu-cli"].as_slice() } else { &["--workspace", "--bin", "fabu"] };
    let fabu = build_fabu(&shell, arguments)?;
    let data_dir = match &options.data_dir {
        Some(folder) => std::path::absolute(folder)?,
        None => shell.root().join("data"),
    };
    println!("data: {}", data_dir.display());
    let mut command = Command::new(&fabu);
    command.arg("serve").arg("--data-dir").arg(&data_dir);
    if !options.empty {
        command.arg("--example");
    }
    command.args(&options.serve);
    // On success this never returns: the process is `fabu` from here on, and signals reach it directly.
    Err(command.exec()).with_context(|| format!("cannot start {}", fabu.display()))
}
