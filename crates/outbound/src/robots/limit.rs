//! How often a robot may speak. Counted a little below what its provider allows, in a sliding window: with a bucket that
//! fills up evenly, twice the allowed number could fall into one minute.

use super::Robot;
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::notifications::notice::RobotKind;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

/// At most so many within so long.
type Rule = (usize, TimeDelta);

/// 20 a minute are allowed.
const TWENTY_A_MINUTE: &[Rule] = &[(18, TimeDelta::minutes(1))];
/// 100 a minute and 5 a second are allowed.
const HUNDRED_A_MINUTE: &[Rule] = &[(4, TimeDelta::seconds(1)), (90, TimeDelta::minutes(1))];

/// The rules of a provider; all must hold.
const fn rules(kind: RobotKind) -> &'static [Rule] {
    match kind {
        RobotKind::WeCom | RobotKind::DingTalk => TWENTY_A_MINUTE,
        RobotKind::Feishu => HUNDRED_A_MINUTE,
    }
}

#[derive(Debug, Default)]
struct Spoken {
    at: VecDeque<DateTime<Utc>>,
    not_before: Option<DateTime<Utc>>,
}

/// What each robot said lately, in this process.
#[derive(Debug, Default)]
pub struct Limits {
    robots: Mutex<HashMap<(RobotKind, String), Spoken>>,
}

impl Limits {
    /// Takes one turn of `robot`.
    ///
    /// # Errors
    /// The instant from which there is one.
    pub fn take(&self, robot: &Robot, now: DateTime<Utc>) -> Result<(), DateTime<Utc>> {
        self.with(robot, |spoken| {
            let rules = rules(robot.kind);
            let longest = rules.iter().map(|(_, window)| *window).max().unwrap_or_default();
            while spoken.at.front().is_some_and(|at| *at + longest <= now) {
                spoken.at.pop_front();
            }
            let full = rules.iter().filter_map(|(most, window)| {
                let first = spoken.at.len().checked_sub(*most)?;
                spoken.at.get(first).map(|at| *at + *window)
            });
            let free = full.chain(spoken.not_before).max().unwrap_or(now);
            if free > now {
                return Err(free);
            }
            spoken.not_before = None;
            spoken.at.push_back(now);
            Ok(())
        })
    }

    /// Keeps `robot` silent: its provider said that it spoke too often.
    pub fn pause(&self, robot: &Robot, until: DateTime<Utc>) {
        self.with(robot, |spoken| spoken.not_before = spoken.not_before.max(Some(until)));
    }

    fn with<T>(&self, robot: &Robot, act: impl FnOnce(&mut Spoken) -> T) -> T {
        let mut robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        act(robots.entry((robot.kind, robot.token.clone())).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fabu_domain::language::Language;

    fn robot(kind: RobotKind, token: &str) -> Robot {
        Robot { kind, base_url: None, token: token.to_owned(), secret: None, language: Language::Chinese }
    }

    fn at(seconds: f64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds((seconds * 1000.0) as i64)
    }

    #[test]
    fn no_minute_has_more_than_the_limit_and_the_answer_says_from_when_on() {
        let (limits, wecom) = (Limits::default(), robot(RobotKind::WeCom, "a"));
        for turn in 0..18 {
            assert_eq!(limits.take(&wecom, at(f64::from(turn))), Ok(()));
        }
        assert_eq!(limits.take(&wecom, at(20.0)), Err(at(60.0)));
        assert_eq!(limits.take(&wecom, at(60.0)), Ok(()));
        assert_eq!(limits.take(&wecom, at(60.5)), Err(at(61.0)));
    }

    #[test]
    fn the_second_and_the_minute_count_both() {
        let (limits, feishu) = (Limits::default(), robot(RobotKind::Feishu, "a"));
        for _ in 0..4 {
            assert_eq!(limits.take(&feishu, at(0.0)), Ok(()));
        }
        assert_eq!(limits.take(&feishu, at(0.3)), Err(at(1.0)));
        for turn in 1..=86 {
            assert_eq!(limits.take(&feishu, at(f64::from(turn) * 0.5 + 1.0)), Ok(()), "{turn}");
        }
        assert_eq!(limits.take(&feishu, at(50.0)), Err(at(60.0)));
    }

    #[test]
    fn robots_do_not_wait_for_each_other_and_a_pause_is_kept() {
        let limits = Limits::default();
        let (first, second) = (robot(RobotKind::DingTalk, "a"), robot(RobotKind::DingTalk, "b"));
        limits.pause(&first, at(600.0));
        assert_eq!(limits.take(&first, at(599.0)), Err(at(600.0)));
        assert_eq!(limits.take(&second, at(1.0)), Ok(()));
        assert_eq!(limits.take(&first, at(600.0)), Ok(()));
    }
}
