//! The figures, as a table for people and as JSON for comparison.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::{path::Path, time::Duration};

/// The columns of [`Figure::line`].
pub const HEADING: &str = "case         releases  conn     req/s    p50 ms    p99 ms    CPU µs   body B  requests  errors";

/// One measurement.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What was measured.
    pub case: &'static str,
    /// Closed releases on the server.
    pub releases: usize,
    /// Connections at once.
    pub connections: usize,
    /// Answers.
    pub requests: usize,
    /// Answers that were no success.
    pub errors: usize,
    /// Answers per second.
    pub rate: f64,
    /// The median time of an answer.
    pub p50: Duration,
    /// The time that 99 of 100 answers did not exceed.
    pub p99: Duration,
    /// Processor time of the server for each answer.
    pub processor: Duration,
    /// Length of an answer's body, in bytes.
    pub body: usize,
}

impl Figure {
    /// A line of the table.
    #[must_use]
    pub fn line(&self) -> String {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        format!(
            "{:<12} {:>8} {:>5} {:>9.0} {:>9.3} {:>9.3} {:>9} {:>8} {:>9} {:>7}",
            self.case,
            self.releases,
            self.connections,
            self.rate,
            milliseconds(self.p50),
            milliseconds(self.p99),
            self.processor.as_micros(),
            self.body,
            self.requests,
            self.errors,
        )
    }

    fn json(&self) -> Value {
        json!({
            "case": self.case, "releases": self.releases, "connections": self.connections, "requests": self.requests,
            "errors": self.errors, "requests_per_second": self.rate, "p50_us": self.p50.as_micros(),
            "p99_us": self.p99.as_micros(), "cpu_us_per_request": self.processor.as_micros(), "body_bytes": self.body,
        })
    }
}

/// A start of the server.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    /// Closed releases in its database.
    pub releases: usize,
    /// From the start of the process to its first answer.
    pub first_answer: Duration,
    /// Resident memory before any load, in bytes.
    pub idle: u64,
    /// Resident memory after all load, in bytes.
    pub loaded: u64,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Report {
    /// Starts on an existing database.
    pub starts: Vec<Start>,
    /// Measurements.
    pub figures: Vec<Figure>,
}

impl Report {
    /// Answers that were no success.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.figures.iter().map(|figure| figure.errors).sum()
    }

    /// Writes the JSON.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, file: &Path, load: (&str, &str)) -> Result<()> {
        let start = |start: &Start| {
            json!({
                "releases": start.releases, "first_answer_ms": start.first_answer.as_millis(),
                "idle_bytes": start.idle, "loaded_bytes": start.loaded,
            })
        };
        let all = json!({
            "load_average": { "before": load.0, "after": load.1 },
            "processors": std::thread::available_parallelism().map_or(0, usize::from),
            "starts": self.starts.iter().map(start).collect::<Vec<_>>(),
            "figures": self.figures.iter().map(Figure::json).collect::<Vec<_>>(),
        });
        let text = serde_json::to_string_pretty(&all)?;
        std::fs::write(file, text + "\n").with_context(|| format!("cannot write {}", file.display()))
    }
}

/// Programs that wanted a processor in the last 1, 5 and 15 minutes.
#[must_use]
pub fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}
