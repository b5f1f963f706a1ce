//! `cargo xtask postgres`: one program with a PostgreSQL server of its own, for working on a single test.

use super::test::with_postgres;
use crate::shell::Shell;
use crate::workspace::root;
use anyhow::Result;
use clap::Args;
use std::path::Path;
use std::process::ExitCode;

/// What to run.
#[derive(Args)]
pub struct Options {
    /// The program, for instance `cargo`.
    program: String,
    /// Its arguments, for instance `nextest run -p fabu-store`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// Starts a server, runs the program with `FABU_TEST_DATABASE=postgres`, and stops the server.
///
/// # Errors
/// When the server or the program cannot be started.
pub fn run(options: &Options) -> Result<ExitCode> {
    with_postgres(&Shell::new(root()?)?, Path::new(&options.program), &options.arguments)
}
