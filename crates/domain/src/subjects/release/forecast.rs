//! What a running quarter still needs to reach its target (10e).

use crate::{
    subject::refusal::Text,
    subjects::release::kpi::{Ratio, SuccessRate},
};

/// The outlook of a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// How many releases without a verdict have their window in the quarter.
    pub planned: u32,
    /// How many further releases would have to succeed in a row to reach the target; 0 when it is met, none when no number
    /// is enough.
    pub in_a_row: Option<u32>,
    /// How many of the planned ones must succeed to reach the target with all of them; none when it is out of reach.
    pub of_planned: Option<u32>,
}

impl Forecast {
    /// The outlook from what was judged and what is planned.
    #[must_use]
    pub fn of(rate: SuccessRate, planned: u32, target: Ratio) -> Self {
        let of_planned = rate.successes_still_needed(planned, target);
        Self { planned, in_a_row: in_a_row(rate, target), of_planned }
    }

    /// The outlook in words.
    #[must_use]
    pub fn text(&self, target: &str) -> Text {
        let Self { planned, .. } = self;
        match (self.of_planned, self.in_a_row) {
            (None, Some(row)) => Text::new(
                format!("本季度计划内的 {planned} 次发布即使全部成功也达不到 {target}；达到目标还须连续成功 {row} 次"),
                format!("the {planned} releases planned in this quarter cannot reach {target}; {row} successes in a row would"),
            ),
            (None, None) => {
                Text::new(format!("本季度已无法达到 {target}"), format!("{target} can no longer be reached in this quarter"))
            }
            (Some(0), _) => Text::new(
                format!("本季度还有 {planned} 次计划内的发布，全部未成功也能达到 {target}"),
                format!("{planned} more releases are planned in this quarter; {target} is reached whatever becomes of them"),
            ),
            (Some(needed), _) => Text::new(
                format!("本季度还有 {planned} 次计划内的发布，其中至少 {needed} 次成功才能达到 {target}"),
                format!(
                    "{planned} more releases are planned in this quarter; at least {needed} of them must succeed to reach {target}"
                ),
            ),
        }
    }

    /// True when the target can no longer be met in the quarter with what is planned.
    #[must_use]
    pub const fn is_out_of_reach(&self) -> bool {
        self.of_planned.is_none()
    }
}

/// The smallest n with (successes + n) / (total + n) at the target, by whole numbers.
fn in_a_row(rate: SuccessRate, target: Ratio) -> Option<u32> {
    let (part, whole) = (u64::from(target.numerator()), u64::from(target.denominator()));
    let (successes, total) = (u64::from(rate.successes()), u64::from(rate.total()));
    let lacking = (part * total).saturating_sub(whole * successes);
    if lacking == 0 {
        return Some(0);
    }
    let gain = whole - part;
    if gain == 0 { None } else { u32::try_from(lacking.div_ceil(gain)).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forecast(successes: u32, total: u32, planned: u32) -> Forecast {
        Forecast::of(SuccessRate::new(successes, total).unwrap(), planned, Ratio::percent(90))
    }

    /// 10e: 8 of 9 need one more, 7 of 9 need eleven in a row; nothing helps a target of 100 % after a failure.
    #[test]
    fn says_how_many_releases_are_still_needed() {
        assert_eq!(forecast(9, 10, 3), Forecast { planned: 3, in_a_row: Some(0), of_planned: Some(3) });
        assert_eq!(forecast(8, 9, 1), Forecast { planned: 1, in_a_row: Some(1), of_planned: Some(1) });
        assert_eq!(forecast(7, 9, 3), Forecast { planned: 3, in_a_row: Some(11), of_planned: None });
        assert!(forecast(7, 9, 3).is_out_of_reach());
        assert_eq!(forecast(0, 0, 0).in_a_row, Some(0));
        assert_eq!(Forecast::of(SuccessRate::new(1, 2).unwrap(), 5, Ratio::percent(100)).in_a_row, None);
    }

    #[test]
    fn a_row_of_so_many_is_just_enough() {
        for (successes, total) in (0..30).flat_map(|total| (0..=total).map(move |s| (s, total))) {
            let n = forecast(successes, total, 0).in_a_row.unwrap();
            let with = |n: u32| SuccessRate::new(successes + n, total + n).unwrap().meets(Ratio::percent(90));
            assert_ne!(with(n), Some(false));
            assert!(n == 0 || with(n - 1) == Some(false), "{successes}/{total}: {n}");
        }
    }
}
