//! `cargo xtask bench worker`: mails per second and the time from a commit to the mail, on both databases.

use super::test::with_postgres;
use crate::shell::Shell;
use crate::workspace::{cargo, root};
use anyhow::{Result, bail};
use clap::Args;
use std::process::{Command, ExitCode};

/// How much to measure.
#[derive(Args)]
pub struct WorkerOptions {
    /// How many mails wait when the worker starts
    #[arg(long, default_value_t = 2000)]
    mails: usize,
    /// How many single mails are timed from the commit to the server
    #[arg(long, default_value_t = 200)]
    samples: usize,
}

/// Builds with optimisation, measures on SQLite and on a PostgreSQL server of its own, prints one line of figures for each.
///
/// # Errors
/// When something cannot be built or started.
pub fn run(options: &WorkerOptions) -> Result<ExitCode> {
    let shell = Shell::new(root()?)?;
    let build = ["build", "--release", "--workspace", "--example", "bench_worker"];
    if !shell.run(cargo().args(build), |_| {})?.success() {
        bail!("cargo build failed");
    }
    let program = shell.root().join("target/release/examples/bench_worker");
    let arguments = [options.mails.to_string(), options.samples.to_string()];
    println!("SQLite:");
    if !shell.run(Command::new(&program).args(&arguments).env("FABU_TEST_DATABASE", "sqlite"), |_| {})?.success() {
        bail!("the measurement on SQLite failed");
    }
    println!("PostgreSQL:");
    with_postgres(&shell, &program, &arguments)
}
