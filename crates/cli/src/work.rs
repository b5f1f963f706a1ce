//! How the background work of a command runs.

use clap::Args;
use std::time::Duration;

/// How to work.
#[derive(Args, Clone)]
pub struct WorkOptions {
    /// How many seconds running requests and jobs may take after the signal to stop
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub grace: u64,
    /// After how many seconds the jobs of a worker that went away are taken up by another one
    #[arg(long, value_name = "SECONDS", default_value_t = 45, value_parser = clap::value_parser!(u64).range(1..=600), hide_short_help = true)]
    lease: u64,
}

impl WorkOptions {
    /// The same for the worker.
    pub fn options(&self) -> fabu_worker::Options {
        let (grace, lease) = (Duration::from_secs(self.grace), Duration::from_secs(self.lease));
        fabu_worker::Options { grace, lease, ..fabu_worker::Options::default() }
    }
}
