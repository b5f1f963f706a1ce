//! The steps of `cargo xtask test`: what each of them is doing, how it ended, how long it took, and the sum.

use crate::totals::Totals;
use std::time::{Duration, Instant};

/// How a step ended.
pub enum Ending {
    /// A check that holds; counts as one passed.
    Held,
    /// A check that does not hold, with the reasons; counts as one failed.
    Broken(Vec<String>),
    /// A test runner that came to an end, with the totals it printed.
    Counted(Totals),
    /// Nothing to check yet, with the reason; counts for nothing.
    NothingYet(String),
}

/// Collects the endings of all steps.
#[derive(Default)]
pub struct Report {
    lines: Vec<String>,
    sum: Totals,
}

impl Report {
    /// Runs one step and notes how it ended. An error of the step counts as one failed.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> anyhow::Result<Ending>) {
        println!("\n── {name}");
        let begin = Instant::now();
        let ending = work().unwrap_or_else(|error| Ending::Broken(vec![format!("{error:#}")]));
        let (totals, words) = match ending {
            Ending::Held => (Totals { passed: 1, ..Totals::default() }, "holds".to_owned()),
            Ending::Broken(reasons) => {
                for reason in &reasons {
                    println!("{reason}");
                }
                (Totals { failed: 1, ..Totals::default() }, "FAILED".to_owned())
            }
            Ending::Counted(totals) => (totals, in_words(totals)),
            Ending::NothingYet(reason) => (Totals::default(), format!("nothing yet: {reason}")),
        };
        let line = format!("{:>7}  {name}: {words}", seconds(begin.elapsed()));
        println!("{}", line.trim_start());
        self.sum += totals;
        self.lines.push(line);
    }

    /// Prints all steps again and, alone on the last line, the sum in the form `N passed, N failed`.
    pub fn print(&self, begin: Instant) {
        println!("\n── summary");
        for line in &self.lines {
            println!("{line}");
        }
        println!("{:>7}  in all", seconds(begin.elapsed()));
        println!("{} passed, {} failed", self.sum.passed, self.sum.failed);
    }

    /// Whether something was tested and nothing failed.
    pub fn is_green(&self) -> bool {
        self.sum.failed == 0 && self.sum.passed > 0
    }
}

fn in_words(totals: Totals) -> String {
    let mut words = format!("{} passed, {} failed", totals.passed, totals.failed);
    if totals.skipped > 0 {
        words.push_str(&format!(", {} skipped", totals.skipped));
    }
    words
}

fn seconds(duration: Duration) -> String {
    let tenths = duration.as_millis() / 100;
    match tenths / 10 {
        whole if whole < 60 => format!("{whole}.{} s", tenths % 10),
        whole => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_a_step_counts_as_failed_and_later_steps_still_run() {
        let mut report = Report::default();
        report.step("breaks", || anyhow::bail!("no such thing"));
        report.step("holds", || Ok(Ending::Held));
        report.step("counts", || Ok(Ending::Counted(Totals { passed: 5, failed: 2, skipped: 1 })));
        report.step("waits", || Ok(Ending::NothingYet("not written".into())));
        assert_eq!(report.sum, Totals { passed: 6, failed: 3, skipped: 1 });
        assert!(!report.is_green());
    }

    #[test]
    fn a_report_without_any_test_is_not_green() {
        assert!(!Report::default().is_green());
    }
}
