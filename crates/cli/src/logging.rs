//! The log of the process, on standard error.

use clap::{Args, ValueEnum};
use std::io::IsTerminal;
use tracing_subscriber::{EnvFilter, filter::LevelFilter};

/// How the log looks.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Lines for people.
    Human,
    /// One JSON object a line.
    Json,
}

/// What is logged, and how.
#[derive(Args)]
pub struct LogOptions {
    /// How the log on standard error looks
    #[arg(long, global = true, env = "FABU_LOG_FORMAT", value_enum, default_value = "human", help_heading = "Log")]
    log_format: Format,
    /// What is logged: error, warn, info, debug, trace, also by part: `info,fabu_store=debug`
    #[arg(long, global = true, env = "FABU_LOG", default_value = "info", value_name = "FILTER", help_heading = "Log")]
    log: String,
}

/// Starts logging. A filter that cannot be read counts as `info`, with a warning.
pub fn start(options: &LogOptions) {
    let parsed = EnvFilter::builder().with_default_directive(LevelFilter::INFO.into()).parse(&options.log);
    let (filter, wrong) = match parsed {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("info"), Some(error)),
    };
    // The web server's own lines repeat what the command says itself.
    let quiet = ["actix_server=warn", "actix_http=warn", "actix_web=warn"];
    let mentioned = options.log.contains("actix");
    let filter = quiet.iter().filter(|_| !mentioned).filter_map(|part| part.parse().ok()).fold(filter, EnvFilter::add_directive);
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    match options.log_format {
        Format::Human => log.with_target(false).init(),
        Format::Json => log.json().flatten_event(true).init(),
    }
    if let Some(error) = wrong {
        tracing::warn!(%error, filter = options.log, "the log filter cannot be read; info is used");
    }
}
