//! What a person chose about messages: which families come at all, at once or in the daily digest, and quiet hours.
//!
//! What asks for a decision or for work cannot be switched off, and a decision never waits for a digest (ECOSYSTEM 3.1).

use crate::{
    notifications::notice::{Asks, NoticeGroup, NoticeKind, Urgency},
    time::{
        clock::{COMPANY_ZONE, company_day},
        working_time::WorkingCalendar,
    },
};
use chrono::{DateTime, Days, NaiveTime, Timelike as _, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// When the daily digest goes out, company time.
const DIGEST_AT: (u32, u32) = (8, 40);

crate::word_enum! {
    /// How soon messages of a family come.
    Pace {
        /// Each by itself, at once.
        Immediate = "immediate",
        /// Together, once a day.
        Digest = "digest",
    }
}

/// What a person chose for one family of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupChoice {
    /// False: no mail of this family, except what asks for a decision or for work.
    pub mail: bool,
    /// At once or in the digest; what asks for a decision always comes at once.
    pub pace: Pace,
}

/// A daily time without messages, company time; it may reach over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// First minute.
    #[schema(value_type = String, example = "22:00:00")]
    pub from: NaiveTime,
    /// First minute after it.
    #[schema(value_type = String, example = "07:30:00")]
    pub until: NaiveTime,
}

/// Everything that a person chose; what is missing is as usual.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotificationChoices {
    /// Family by family.
    #[serde(default)]
    pub groups: BTreeMap<NoticeGroup, GroupChoice>,
    /// The time without messages.
    #[serde(default)]
    pub quiet_hours: Option<QuietHours>,
}

/// What becomes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// It goes at this instant.
    At(DateTime<Utc>),
    /// The digest of this instant takes it.
    Digest(DateTime<Utc>),
    /// The person does without it.
    Off,
}

/// True on a working day from the minute on at which digests go out.
#[must_use]
pub fn is_digest_time(calendar: &WorkingCalendar, now: DateTime<Utc>) -> bool {
    let local = now.with_timezone(&COMPANY_ZONE);
    (local.hour(), local.minute()) >= DIGEST_AT && calendar.is_working_day(local.date_naive())
}

impl NotificationChoices {
    /// What becomes of a message of this kind that is ready at `now`. Digests come on working days.
    #[must_use]
    pub fn route(&self, kind: NoticeKind, calendar: &WorkingCalendar, now: DateTime<Utc>) -> Route {
        let rule = kind.rule();
        let chosen = self.groups.get(&rule.group);
        if kind.can_be_switched_off() && chosen.is_some_and(|choice| !choice.mail) {
            return Route::Off;
        }
        if rule.urgency == Urgency::Emergency {
            return Route::At(now);
        }
        let usual = if rule.urgency == Urgency::Routine { Pace::Digest } else { Pace::Immediate };
        let pace = chosen.map_or(usual, |choice| choice.pace);
        if pace == Pace::Digest && rule.asks != Asks::Decision && !kind.is_digest() {
            return next_digest(calendar, now).map_or(Route::At(now), Route::Digest);
        }
        Route::At(self.quiet_hours.and_then(|quiet| quiet.end(now)).unwrap_or(now))
    }
}

impl QuietHours {
    /// The end of the quiet time that holds `now`; none outside it.
    #[must_use]
    pub fn end(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let time = now.with_timezone(&COMPANY_ZONE).time();
        let inside = match self.from <= self.until {
            true => self.from <= time && time < self.until,
            false => self.from <= time || time < self.until,
        };
        inside.then(|| next(self.until, now)).flatten()
    }
}

/// When the next digest goes out.
fn next_digest(calendar: &WorkingCalendar, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let (hour, minute) = DIGEST_AT;
    let day = company_day(next(NaiveTime::from_hms_opt(hour, minute, 0)?, now)?);
    let at = calendar.first_working_day_from(day).and_hms_opt(hour, minute, 0)?;
    Some(at.and_local_timezone(COMPANY_ZONE).earliest()?.with_timezone(&Utc))
}

/// The first instant after `now` with this time of the company's day.
fn next(time: NaiveTime, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let today = now.with_timezone(&COMPANY_ZONE).date_naive();
    [Some(today), today.checked_add_days(Days::new(1))].into_iter().flatten().find_map(|day| {
        let at = day.and_time(time).and_local_timezone(COMPANY_ZONE).earliest()?.with_timezone(&Utc);
        (at > now).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn chose(group: NoticeGroup, mail: bool, pace: Pace) -> NotificationChoices {
        let groups = BTreeMap::from([(group, GroupChoice { mail, pace })]);
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        NotificationChoices { groups, quiet_hours: Some(QuietHours { from: hour(22), until: hour(7) }) }
    }

    fn route(choices: &NotificationChoices, kind: NoticeKind, now: DateTime<Utc>) -> Route {
        choices.route(kind, &WorkingCalendar::default(), now)
    }

    #[test]
    fn a_decision_is_never_switched_off_and_never_waits_for_a_digest() {
        let noon = at("2026-03-02T04:00:00Z");
        let choices = chose(NoticeGroup::Approvals, false, Pace::Digest);
        assert_eq!(route(&choices, NoticeKind::ApprovalRequested, noon), Route::At(noon));
        assert_eq!(route(&choices, NoticeKind::ApprovalDecided, noon), Route::Off);
        let digest = Route::Digest(at("2026-03-03T00:40:00Z"));
        assert_eq!(route(&choices, NoticeKind::Returned, noon), digest, "work comes, but may wait");
    }

    #[test]
    fn quiet_hours_reach_over_midnight_and_an_emergency_breaks_them() {
        let choices = chose(NoticeGroup::Reports, true, Pace::Immediate);
        for (now, sent) in [
            ("2026-03-02T13:59:59Z", "2026-03-02T13:59:59Z"),
            ("2026-03-02T14:00:00Z", "2026-03-02T23:00:00Z"),
            ("2026-03-02T22:59:59Z", "2026-03-02T23:00:00Z"),
            ("2026-03-02T23:00:00Z", "2026-03-02T23:00:00Z"),
        ] {
            assert_eq!(route(&choices, NoticeKind::TaskAssigned, at(now)), Route::At(at(sent)), "{now}");
        }
        let night = at("2026-03-02T15:00:00Z");
        assert_eq!(route(&choices, NoticeKind::DeploymentFailed, night), Route::At(night));
    }

    #[test]
    fn what_waits_over_a_weekend_comes_on_the_next_working_day() {
        // A Friday evening; the Saturday after the first one is made up for a holiday.
        for (friday, monday) in [
            ("2026-03-06T12:00:00Z", "2026-03-09T00:40:00Z"),
            ("2026-02-27T12:00:00Z", "2026-02-28T00:40:00Z"),
            ("2026-09-30T12:00:00Z", "2026-10-08T00:40:00Z"),
        ] {
            let waits = Route::Digest(at(monday));
            assert_eq!(route(&NotificationChoices::default(), NoticeKind::Closed, at(friday)), waits, "{friday}");
        }
    }

    #[test]
    fn routine_news_wait_for_the_digest_unless_wanted_at_once() {
        let noon = at("2026-03-02T04:00:00Z");
        assert_eq!(route(&NotificationChoices::default(), NoticeKind::Closed, noon), Route::Digest(at("2026-03-03T00:40:00Z")));
        let choices = chose(NoticeGroup::Progress, true, Pace::Immediate);
        assert_eq!(route(&choices, NoticeKind::Closed, noon), Route::At(noon));
        assert_eq!(
            route(&NotificationChoices::default(), NoticeKind::Digest, noon),
            Route::At(noon),
            "a digest is not put in a digest"
        );
    }
}
