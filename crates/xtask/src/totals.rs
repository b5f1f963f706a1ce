//! Reading how many tests passed and failed from what the test runners print.

use std::ops::AddAssign;

/// Tests that passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Tests that ran and passed.
    pub passed: usize,
    /// Tests that ran and failed, were stopped for their time or could not be started.
    pub failed: usize,
    /// Tests that were left out, marked as ignored.
    pub skipped: usize,
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// The totals of a whole run, when `line` is the summary of `cargo nextest run`:
/// `Summary [ 5.0s] 43 tests run: 40 passed (2 slow, 1 flaky), 1 failed, 2 timed out, 3 skipped`.
pub fn nextest_totals(line: &str) -> Option<Totals> {
    let (_, counts) = line.trim().strip_prefix("Summary [")?.split_once(" run: ")?;
    Some(sum(without_parentheses(counts).split(',')))
}

/// The totals of one test program, when `line` is its last line under `cargo test`:
/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`.
pub fn libtest_totals(line: &str) -> Option<Totals> {
    let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    Some(sum(counts.split(';')))
}

fn sum<'a>(counts: impl Iterator<Item = &'a str>) -> Totals {
    let mut totals = Totals::default();
    for count in counts {
        let Some((number, what)) = count.trim().split_once(' ') else { continue };
        let Ok(number) = number.parse::<usize>() else { continue };
        match what.trim() {
            "passed" => totals.passed += number,
            "failed" | "exec failed" | "timed out" => totals.failed += number,
            "ignored" | "skipped" => totals.skipped += number,
            _ => {}
        }
    }
    totals
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|character| {
            match character {
                '(' => depth += 1,
                ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(passed: usize, failed: usize, skipped: usize) -> Option<Totals> {
        Some(Totals { passed, failed, skipped })
    }

    #[test]
    fn reads_the_summary_of_nextest() {
        assert_eq!(nextest_totals("     Summary [   0.006s] 3 tests run: 3 passed, 0 skipped"), totals(3, 0, 0));
        assert_eq!(nextest_totals("Summary [   0.1s] 1 test run: 1 passed, 2 skipped"), totals(1, 0, 2));
        assert_eq!(
            nextest_totals(
                "     Summary [ 120.0s] 44 tests run: 40 passed (2 slow, 1 flaky), 1 failed, 1 exec failed, 2 timed out, 3 skipped"
            ),
            totals(40, 4, 3)
        );
        assert_eq!(
            nextest_totals("Summary [ 1s] 2/5 tests run: 1 passed (1 leaky), 1 failed (1 due to being leaky), 0 skipped"),
            totals(1, 1, 0)
        );
    }

    #[test]
    fn reads_the_result_line_of_cargo_test() {
        let line = "test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(libtest_totals(line), totals(3, 2, 1));
    }

    #[test]
    fn other_lines_give_no_totals() {
        for line in ["test tests::adds ... ok", "        PASS [   0.005s] fabu-domain words", "running 3 tests", "3 passed", ""] {
            assert_eq!((nextest_totals(line), libtest_totals(line)), (None, None), "{line}");
        }
    }
}
