//! Developer commands of Fabu: `cargo xtask <command>`.
//!
//! One file per command in `commands`; what several commands share lies beside this file. The program has few
//! dependencies on purpose, because it is compiled before anything else can start.

mod bench;
mod certificates;
mod cluster;
mod commands;
mod conformance;
mod dependencies;
mod packages;
mod pages;
mod report;
mod server;
mod shell;
mod tidy;
mod totals;
mod workspace;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Developer commands of Fabu.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build Fabu and start it, with an example company unless told otherwise.
    Run(commands::run::Options),
    /// Check and test everything, on both databases; the last line is `N passed, N failed`.
    Test(commands::test::Options),
    /// Send generated requests to every operation, as three roles, and compare the answers with the description.
    Conformance(commands::conformance::Options),
    /// Write openapi/openapi.json from the code.
    Openapi(commands::openapi::Options),
    /// Write the tables of docs/generated from the code.
    Tables(commands::tables::Options),
    /// Run one program with a PostgreSQL server of its own: `cargo xtask postgres cargo nextest run -p fabu-store`.
    Postgres(commands::postgres::Options),
    /// Take real releases from a ledger through the whole procedure over HTTP, and check what is left.
    Replay(commands::replay::Options),
    /// Measure the program as it is shipped: `cargo xtask bench http`.
    Bench(commands::bench::Options),
    /// Write every kind of mail in both languages to a folder, to be looked at.
    Mails(commands::mails::Options),
    /// Check the structure of the workspace: arrows between crates, file sizes, paired migrations.
    Tidy,
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Run(options) => commands::run::run(&options),
        Command::Test(options) => commands::test::run(&options),
        Command::Conformance(options) => commands::conformance::run(&options),
        Command::Openapi(options) => commands::openapi::run(&options),
        Command::Tables(options) => commands::tables::run(&options),
        Command::Postgres(options) => commands::postgres::run(&options),
        Command::Replay(options) => commands::replay::run(&options),
        Command::Bench(options) => commands::bench::run(&options),
        Command::Mails(options) => commands::mails::run(&options),
        Command::Tidy => commands::tidy::run(),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
