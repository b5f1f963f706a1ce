//! The freezes that a company has every year, proposed from its working calendar: 春节, 国庆, 季末, 年终.

use super::freeze_window::FreezeKind;
use crate::{
    subject::refusal::Text,
    time::{
        clock::COMPANY_ZONE,
        quarter::Quarter,
        working_time::{PublishedYear, WorkingCalendar},
    },
};
use chrono::{DateTime, Days, NaiveDate, Utc};

crate::word_enum! {
    /// An occasion for which a freeze is proposed.
    FreezeTemplate {
        /// From three working days before the holiday to the end of the first one after it.
        SpringFestival = "spring_festival" "春节" "Spring Festival",
        /// From one working day before the holiday to the end of the first one after it.
        NationalDay = "national_day" "国庆" "National Day",
        /// The last two working days of the first three quarters.
        QuarterEnd = "quarter_end" "季末结账" "quarter end",
        /// The last five working days of the year.
        YearEnd = "year_end" "年终结账" "year end",
    }
}

/// A freeze that may be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreezeProposal {
    /// The occasion.
    pub template: FreezeTemplate,
    /// What it may be called, in Chinese and English.
    pub name: Text,
    /// A freeze or a protection period.
    pub kind: FreezeKind,
    /// Why nothing goes live.
    pub reason: Text,
    /// Its first instant.
    pub starts: DateTime<Utc>,
    /// The first instant after it.
    pub ends: DateTime<Utc>,
}

/// What the working calendar of a year gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FreezeProposals {
    /// In order of time.
    pub proposals: Vec<FreezeProposal>,
    /// Occasions for which the calendar says too little, each with the reason and what to do.
    pub missing: Vec<(FreezeTemplate, Text)>,
}

/// The freezes of a year. Nothing is guessed: without the year's arrangement of holidays there is no proposal.
#[must_use]
pub fn propose(year: i32, published: Option<&PublishedYear>, calendar: &WorkingCalendar) -> FreezeProposals {
    let mut all = FreezeProposals::default();
    let Some(published) = published.filter(|published| !published.days.is_empty()) else {
        let zh = format!("工作日历中没有 {year} 年的节假日安排：请流程负责人或系统管理员先在“工作日历”录入");
        let en = format!(
            "the working calendar lacks the holidays of {year}: the process owner or a system administrator enters them first"
        );
        all.missing = FreezeTemplate::ALL.iter().map(|template| (*template, Text::new(&zh, &en))).collect();
        return all;
    };
    for (template, holiday, before) in [(FreezeTemplate::SpringFestival, "春节", 3), (FreezeTemplate::NationalDay, "国庆", 1)]
    {
        let off = published
            .days
            .iter()
            .filter(|day| day.is_off_day && day.date.to_string().starts_with(&year.to_string()) && day.name.contains(holiday));
        let days: Vec<NaiveDate> = off.map(|day| day.date).collect();
        let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
            let zh = format!("{year} 年的节假日安排中没有名称含“{holiday}”的休息日");
            let en = format!("no day off of {year} has a name with \"{holiday}\"");
            all.missing.push((template, Text::new(zh, en)));
            continue;
        };
        let span = (working_day(calendar, *first, -before), working_day(calendar, *last, 1));
        all.proposals.push(proposal(template, year, String::new(), span));
    }
    for n in 1..=4 {
        let Some(end) = Quarter::new(year, n).and_then(|quarter| quarter.next().first_day().pred_opt()) else { continue };
        let (template, count, which) =
            if n == 4 { (FreezeTemplate::YearEnd, 5, String::new()) } else { (FreezeTemplate::QuarterEnd, 2, format!("Q{n}")) };
        let first = working_day(calendar, end + Days::new(1), -count);
        all.proposals.push(proposal(template, year, which, (first, end)));
    }
    all.proposals.sort_by_key(|proposal| proposal.starts);
    all
}

/// The n-th working day after `day`, or before it when `n` is negative.
fn working_day(calendar: &WorkingCalendar, day: NaiveDate, n: i32) -> NaiveDate {
    let step = |day: NaiveDate| if n < 0 { day.pred_opt() } else { day.succ_opt() };
    let days = std::iter::successors(Some(day), |day| step(*day)).skip(1).take(60).filter(|day| calendar.is_working_day(*day));
    days.take(n.unsigned_abs() as usize).last().unwrap_or(day)
}

fn proposal(template: FreezeTemplate, year: i32, which: String, (first, last): (NaiveDate, NaiveDate)) -> FreezeProposal {
    let midnight = |day: NaiveDate| {
        let local = day.and_time(chrono::NaiveTime::MIN);
        local.and_local_timezone(COMPANY_ZONE).earliest().map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
    };
    let name = Text::new(
        format!("{year}{}{}{}封网", if which.is_empty() { " 年" } else { "" }, which, template.zh()),
        format!("{} {year}{which}", template.en()),
    );
    let reason = match template {
        FreezeTemplate::SpringFestival | FreezeTemplate::NationalDay => {
            Text::new(format!("{}期间保障系统稳定运行", template.zh()), format!("stable operation over {}", template.en()))
        }
        FreezeTemplate::QuarterEnd | FreezeTemplate::YearEnd => Text::new(
            format!("{}期间不变更业务系统", template.zh()),
            "business systems stay as they are while accounts are closed",
        ),
    };
    FreezeProposal {
        template,
        name,
        kind: FreezeKind::Freeze,
        reason,
        starts: midnight(first),
        ends: midnight(last + Days::new(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{
        recurrence::china,
        working_time::{DayKind, PublishedDay},
    };
    use chrono::Datelike;

    fn published_2026() -> PublishedYear {
        let calendar = WorkingCalendar::default();
        let name = |day: NaiveDate| match (day.month(), day.day()) {
            (2, 14..=28) => "春节",
            (9, 20) | (10, 1..=10) => "国庆节",
            _ => "其他",
        };
        let day = |(date, kind): (NaiveDate, DayKind)| PublishedDay {
            name: name(date).to_owned(),
            date,
            is_off_day: kind == DayKind::Off,
        };
        PublishedYear { year: 2026, days: calendar.days().map(day).collect() }
    }

    #[test]
    fn the_freezes_of_a_year_follow_from_its_working_calendar() {
        let found = propose(2026, Some(&published_2026()), &WorkingCalendar::default());
        assert_eq!(found.missing, []);
        let spans: Vec<_> = found.proposals.iter().map(|p| (p.template, p.name.zh.as_str(), p.starts, p.ends)).collect();
        assert_eq!(
            spans,
            [
                // 12, 13 and the made-up 14 February are the three working days before; 24 February is the first one after.
                (FreezeTemplate::SpringFestival, "2026 年春节封网", china("2026-02-12 00:00"), china("2026-02-25 00:00")),
                (FreezeTemplate::QuarterEnd, "2026Q1季末结账封网", china("2026-03-30 00:00"), china("2026-04-01 00:00")),
                (FreezeTemplate::QuarterEnd, "2026Q2季末结账封网", china("2026-06-29 00:00"), china("2026-07-01 00:00")),
                (FreezeTemplate::QuarterEnd, "2026Q3季末结账封网", china("2026-09-29 00:00"), china("2026-10-01 00:00")),
                (FreezeTemplate::NationalDay, "2026 年国庆封网", china("2026-09-30 00:00"), china("2026-10-09 00:00")),
                (FreezeTemplate::YearEnd, "2026 年年终结账封网", china("2026-12-25 00:00"), china("2027-01-01 00:00")),
            ]
        );
    }

    #[test]
    fn without_the_holidays_of_the_year_nothing_is_guessed() {
        let calendar = WorkingCalendar::default();
        let found = propose(2027, None, &calendar);
        assert_eq!((found.proposals.len(), found.missing.len()), (0, FreezeTemplate::ALL.len()));
        assert!(found.missing[0].1.zh.contains("2027") && found.missing[0].1.en.contains("2027"));
        let other =
            PublishedYear { year: 2026, days: published_2026().days.into_iter().filter(|day| day.name == "其他").collect() };
        let missing: Vec<_> = propose(2026, Some(&other), &calendar).missing.into_iter().map(|(template, _)| template).collect();
        assert_eq!(missing, [FreezeTemplate::SpringFestival, FreezeTemplate::NationalDay]);
    }
}
