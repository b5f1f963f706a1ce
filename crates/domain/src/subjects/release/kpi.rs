//! The success rate of releases (§10): an exact fraction, never a rounded number (D8 to D10).
//!
//! What counts as a success is decided by the verdict of a deployment; in which quarter it counts, by the date of the
//! verdict in China time ([`crate::time::quarter::Quarter::of`]). Here are only the counts.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A share as an exact fraction, such as the target 90/100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, try_from = "RawRatio")]
pub struct Ratio {
    /// The part; not more than the whole.
    #[schema(minimum = 0)]
    numerator: u32,
    /// The whole; not zero.
    #[schema(minimum = 1)]
    denominator: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRatio {
    numerator: u32,
    denominator: u32,
}

/// Two numbers that are no share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}/{1} is no share: the denominator must not be 0, the numerator not exceed it")]
pub struct NoRatio(pub u32, pub u32);

impl Ratio {
    /// The share `numerator / denominator`.
    ///
    /// # Errors
    /// [`NoRatio`] when the denominator is 0 or smaller than the numerator.
    pub const fn new(numerator: u32, denominator: u32) -> Result<Self, NoRatio> {
        if denominator == 0 || numerator > denominator {
            Err(NoRatio(numerator, denominator))
        } else {
            Ok(Self { numerator, denominator })
        }
    }

    /// So many hundredths; more than 100 count as 100.
    #[must_use]
    pub const fn percent(percent: u32) -> Self {
        let numerator = match percent {
            0..=100 => percent,
            _ => 100,
        };
        Self { numerator, denominator: 100 }
    }

    /// The part.
    #[must_use]
    pub const fn numerator(self) -> u32 {
        self.numerator
    }

    /// The whole.
    #[must_use]
    pub const fn denominator(self) -> u32 {
        self.denominator
    }
}

impl TryFrom<RawRatio> for Ratio {
    type Error = NoRatio;
    fn try_from(raw: RawRatio) -> Result<Self, NoRatio> {
        Self::new(raw.numerator, raw.denominator)
    }
}

impl fmt::Display for Ratio {
    /// `90 %` when that is exact, else the fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (u64::from(self.numerator) * 100).checked_rem(self.denominator.into()) {
            Some(0) => write!(f, "{} %", u64::from(self.numerator) * 100 / u64::from(self.denominator)),
            _ => write!(f, "{}/{}", self.numerator, self.denominator),
        }
    }
}

/// How many of how many releases succeeded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "RawRate")]
pub struct SuccessRate {
    /// Successes.
    successes: u32,
    /// Releases counted.
    total: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRate {
    successes: u32,
    total: u32,
}

impl TryFrom<RawRate> for SuccessRate {
    type Error = NoRatio;
    fn try_from(raw: RawRate) -> Result<Self, NoRatio> {
        Self::new(raw.successes, raw.total).ok_or(NoRatio(raw.successes, raw.total))
    }
}

crate::word_enum! {
    /// A rate against its target.
    Attainment {
        /// The target is met.
        Met = "met" "达标" "reached",
        /// The target is missed.
        Missed = "missed" "未达标" "missed",
        /// No release was counted (0/0).
        NotApplicable = "not_applicable" "不适用" "not applicable",
    }
}

impl SuccessRate {
    /// So many successes among so many releases; none when there are more successes than releases.
    #[must_use]
    pub const fn new(successes: u32, total: u32) -> Option<Self> {
        if successes > total { None } else { Some(Self { successes, total }) }
    }

    /// Counts outcomes: true for each success.
    #[must_use]
    pub fn count(outcomes: impl IntoIterator<Item = bool>) -> Self {
        outcomes
            .into_iter()
            .fold(Self::default(), |rate, success| Self { successes: rate.successes + u32::from(success), total: rate.total + 1 })
    }

    /// Successes.
    #[must_use]
    pub const fn successes(self) -> u32 {
        self.successes
    }

    /// Releases counted.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.total
    }

    /// The exact fraction against the target, by whole numbers.
    #[must_use]
    pub fn attains(self, target: Ratio) -> Attainment {
        if self.total == 0 {
            return Attainment::NotApplicable;
        }
        let have = u64::from(self.successes) * u64::from(target.denominator);
        let need = u64::from(target.numerator) * u64::from(self.total);
        if have >= need { Attainment::Met } else { Attainment::Missed }
    }

    /// `Some(true)` when the target is met, `None` when nothing was counted.
    #[must_use]
    pub fn meets(self, target: Ratio) -> Option<bool> {
        match self.attains(target) {
            Attainment::Met => Some(true),
            Attainment::Missed => Some(false),
            Attainment::NotApplicable => None,
        }
    }

    /// The rate in percent to two decimals; none for 0/0. It is rounded to the nearest, but cut off where rounding up
    /// would make a miss read as the target or a failure read as 100 %: 179/199 is "89.95 %", 89,999/100,000 "89.99 %".
    #[must_use]
    pub fn percent(self, target: Ratio) -> Option<String> {
        let (part, whole) = (u64::from(self.successes) * 10_000, u64::from(self.total));
        let cut = part.checked_div(whole)?;
        let nearest = (2 * part + whole) / (2 * whole);
        let reads_as_target = nearest * u64::from(target.denominator) >= 10_000 * u64::from(target.numerator);
        let misleads = (self.attains(target) == Attainment::Missed && reads_as_target) || nearest == 10_000;
        Some(hundredths(if misleads { cut } else { nearest }))
    }

    /// The fraction and the percent: `9/10 = 90.00 %`; `0/0` alone when nothing was counted.
    #[must_use]
    pub fn text(self, target: Ratio) -> String {
        self.percent(target).map_or_else(|| self.to_string(), |percent| format!("{self} = {percent}"))
    }

    /// How many of the next `planned` releases must succeed to meet the target with all of them (10e). None when it
    /// can no longer be met.
    #[must_use]
    pub fn successes_still_needed(self, planned: u32, target: Ratio) -> Option<u32> {
        let total = u64::from(self.total) + u64::from(planned);
        let need = (u64::from(target.numerator) * total).div_ceil(u64::from(target.denominator));
        let open = need.saturating_sub(self.successes.into());
        u32::try_from(open).ok().filter(|open| *open <= planned)
    }
}

impl fmt::Display for SuccessRate {
    /// The fraction: `9/10`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.successes, self.total)
    }
}

fn hundredths(hundredths: u64) -> String {
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TARGET: Ratio = Ratio::percent(90);

    fn rate(successes: u32, total: u32) -> SuccessRate {
        SuccessRate::new(successes, total).unwrap()
    }

    #[test]
    fn the_worked_examples_of_the_procedure() {
        for (successes, total, meets, percent) in [
            (9, 10, Some(true), Some("90.00 %")),
            (8, 9, Some(false), Some("88.89 %")),
            (179, 199, Some(false), Some("89.95 %")),
            (1799, 2000, Some(false), Some("89.95 %")),
            (89_999, 100_000, Some(false), Some("89.99 %")),
            (99_999, 100_000, Some(true), Some("99.99 %")),
            (1, 1, Some(true), Some("100.00 %")),
            (0, 1, Some(false), Some("0.00 %")),
            (0, 0, None, None),
        ] {
            let rate = rate(successes, total);
            assert_eq!((rate.meets(TARGET), rate.percent(TARGET).as_deref()), (meets, percent), "{rate}");
        }
    }

    #[test]
    fn refuses_more_successes_than_releases_and_broken_targets() {
        assert_eq!(SuccessRate::new(2, 1), None);
        assert_eq!(Ratio::new(1, 0), Err(NoRatio(1, 0)));
        assert_eq!(Ratio::new(3, 2), Err(NoRatio(3, 2)));
        assert!(serde_json::from_str::<Ratio>(r#"{"numerator":1,"denominator":0}"#).is_err());
        assert!(serde_json::from_str::<SuccessRate>(r#"{"successes":2,"total":1}"#).is_err());
    }

    /// The target is written as 90/100 wherever it is kept, sent or shown; nothing else may be read from it (10b).
    #[test]
    fn a_target_says_what_it_was_made_of() {
        assert_eq!((TARGET.numerator(), TARGET.denominator()), (90, 100));
        assert_eq!(Ratio::percent(100), Ratio::percent(250), "nobody can be asked for more than everything");
        assert_eq!(
            (Ratio::percent(101).numerator(), Ratio::percent(100).numerator(), Ratio::percent(99).numerator()),
            (100, 100, 99)
        );
        let third = Ratio::new(1, 3).unwrap();
        assert_eq!((third.numerator(), third.denominator()), (1, 3));
        assert_eq!(Ratio::new(3, 3), Ok(Ratio { numerator: 3, denominator: 3 }));
        let shown = [TARGET, Ratio::new(9, 10).unwrap(), Ratio::new(1, 200).unwrap(), third].map(|ratio| ratio.to_string());
        assert_eq!(shown, ["90 %", "90 %", "1/200", "1/3"]);
        assert_eq!(serde_json::from_str::<Ratio>(r#"{"numerator":9,"denominator":10}"#).unwrap(), Ratio::new(9, 10).unwrap());
        assert_eq!(serde_json::to_string(&TARGET).unwrap(), r#"{"numerator":90,"denominator":100}"#);
        assert_eq!(NoRatio(3, 2).to_string(), "3/2 is no share: the denominator must not be 0, the numerator not exceed it");
    }

    #[test]
    fn counts_each_release_once_and_writes_fraction_and_percent() {
        let counted = SuccessRate::count([true, false, true, true]);
        assert_eq!((counted.successes(), counted.total()), (3, 4));
        assert_eq!(counted.text(TARGET), "3/4 = 75.00 %");
        assert_eq!(SuccessRate::count([]).text(TARGET), "0/0");
        assert_eq!(rate(1, 3).text(TARGET), "1/3 = 33.33 %");
        assert_eq!(rate(2, 3).text(TARGET), "2/3 = 66.67 %");
        assert_eq!(rate(1, 2000).text(TARGET), "1/2000 = 0.05 %");
        assert_eq!(serde_json::from_str::<SuccessRate>(r#"{"successes":3,"total":4}"#).unwrap(), counted);
    }

    /// Exactly the target meets it, whatever the fraction it is written as (D10).
    #[test]
    fn meets_the_target_exactly_at_the_target() {
        for (successes, total, expected) in [
            (9, 10, Attainment::Met),
            (900, 1000, Attainment::Met),
            (899, 1000, Attainment::Missed),
            (1, 1, Attainment::Met),
            (0, 0, Attainment::NotApplicable),
        ] {
            assert_eq!(rate(successes, total).attains(TARGET), expected, "{successes}/{total}");
        }
        assert_eq!(rate(0, 5).attains(Ratio::percent(0)), Attainment::Met);
        assert_eq!(rate(4, 5).attains(Ratio::percent(100)), Attainment::Missed);
        assert_eq!(rate(u32::MAX, u32::MAX).attains(Ratio::new(u32::MAX, u32::MAX).unwrap()), Attainment::Met);
    }

    #[test]
    fn tells_how_many_more_must_succeed() {
        assert_eq!(rate(8, 9).successes_still_needed(1, TARGET), Some(1));
        assert_eq!(rate(7, 9).successes_still_needed(1, TARGET), None);
        assert_eq!(rate(10, 10).successes_still_needed(1, TARGET), Some(0));
        assert_eq!(rate(0, 0).successes_still_needed(10, TARGET), Some(9));
    }

    proptest! {
        #[test]
        fn the_text_never_reads_as_the_target_when_it_is_missed(
            total in 1_u32..,
            share in 0_u32..=10_000,
            less in 0_u32..3,
            target in (1_u32..1000).prop_flat_map(|whole| (0..=whole, Just(whole))),
        ) {
            let target = Ratio::new(target.0, target.1).unwrap();
            let successes = u32::try_from(u64::from(total) * u64::from(share) / 10_000).unwrap().saturating_sub(less);
            let rate = rate(successes, total);
            let text = rate.percent(target).unwrap();
            let shown: u64 = text.replace(['.', ' ', '%'], "").parse().unwrap();
            let reads_as_target = shown * u64::from(target.denominator()) >= 10_000 * u64::from(target.numerator());
            prop_assert!(rate.meets(target) == Some(true) || !reads_as_target, "{rate} shows as {text}");
            prop_assert!(successes == total || shown < 10_000);
            let exact = u64::from(successes) * 10_000 / u64::from(total);
            prop_assert!(shown == exact || shown == exact + 1);
        }

        #[test]
        fn the_needed_successes_are_just_enough(successes in 0_u32..500, failures in 0_u32..500, planned in 0_u32..500) {
            let rate = rate(successes, successes + failures);
            let with = |more: u32| SuccessRate::new(successes + more, successes + failures + planned).unwrap().meets(TARGET);
            match rate.successes_still_needed(planned, TARGET) {
                Some(0) => prop_assert!(with(0) != Some(false)),
                Some(open) => prop_assert!(with(open) == Some(true) && with(open - 1) == Some(false)),
                None => prop_assert_eq!(with(planned), Some(false)),
            }
        }
    }
}
