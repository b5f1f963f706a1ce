//! The program `fabu`: reads its arguments and the environment, puts the parts together, runs one command.
//!
//! One file per command in `commands`. Errors go to standard error and say what to do; the exit code is 0 when the
//! command did what was asked, 1 when it did not, 2 when it was called wrongly.

mod checked;
mod commands;
mod example;
mod instance;
mod limits;
mod logging;
mod mail;
mod quota;
mod say;
mod secret_file;
mod stop;
mod work;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Fabu (发布): release management by the procedure.
///
/// Start with `fabu serve`; it prints the address to open.
#[derive(Parser)]
#[command(name = "fabu", version, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    log: logging::LogOptions,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the pages, and run the background work
    Serve(commands::serve::Options),
    /// Do background work in a process of its own, with PostgreSQL; any number of them may run
    Worker(commands::worker::Options),
    /// Remove the example company that `serve --example` makes
    Example(commands::example::Options),
    /// Bring the database up to the version of this program
    Migrate(commands::migrate::Options),
    /// Add and list people, reset passwords, disable accounts
    User(commands::user::Options),
    /// Import the history of earlier releases
    Import(commands::import::Options),
    /// Check whether the definitive media library is what was checked in
    Media(commands::media::Options),
    /// Check the log against its seals and every record against its hashes
    Verify(commands::verify::Options),
    /// Print the description of the API (OpenAPI 3.1)
    Openapi,
    /// Write the tables of the procedure as pages
    Tables(commands::tables::Options),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    logging::start(&cli.log);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: the threads cannot be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    let result = runtime.block_on(async {
        match cli.command {
            Command::Serve(options) => commands::serve::run(options).await,
            Command::Worker(options) => commands::worker::run(options).await,
            Command::Example(options) => commands::example::run(options).await,
            Command::Migrate(options) => commands::migrate::run(&options),
            Command::User(options) => commands::user::run(options).await,
            Command::Media(options) => commands::media::run(options).await,
            Command::Verify(options) => commands::verify::run(options).await,
            Command::Import(options) => commands::import::run(options).await,
            Command::Tables(options) => commands::tables::run(&options),
            Command::Openapi => commands::openapi::run(),
        }
    });
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
