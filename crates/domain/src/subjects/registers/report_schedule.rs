//! Reports that go out by themselves: who gets what and when is data.

use super::{Rules, register};
use crate::{
    ids::{ScheduleId, UserId},
    people::{directory::Directory, role::Role},
    subjects::registers::sight::Visible,
    text::Line,
    time::{
        clock::{COMPANY_ZONE, company_day},
        quarter::Quarter,
        working_time::WorkingCalendar,
    },
};
use chrono::{DateTime, NaiveDate, Timelike, Utc};
use std::collections::BTreeSet;

crate::word_enum! {
    /// What is sent.
    ScheduledReport {
        /// What is open and late, once each working day, to each person what is theirs.
        DailyDigest = "daily_digest" "每日摘要" "daily digest",
        /// The approved report of a quarter, with its chart and its workbook.
        QuarterlyReport = "quarterly_report" "季度报告" "quarterly report",
    }
}

register! {
    /// An arrangement of what is sent to whom, and when.
    ReportSchedule(ScheduleId), stated ReportScheduleStated as ReportScheduleRequest, asked ReportScheduleAsked, shown as ReportScheduleRecord;
    kind "schedule" "reports/schedules" "定期发送安排" "report schedule" "定期发送安排" "report schedules";
    about "按时把报告发给需要的人。" "Sends reports on time to the people who need them.";
    reads ListReportSchedules ViewReportSchedule;
    create CreateReportSchedule "report_schedule.created" "新增定期发送" "report schedule created";
    update UpdateReportSchedule "report_schedule.updated" "修改定期发送" "report schedule changed";
    delete DeleteReportSchedule "report_schedule.deleted" "删除定期发送" "report schedule deleted";
    fresh password;
    named name;
    fields {
        /// What people call it.
        name: Line = "名称" "name";
        /// What is sent.
        report: ScheduledReport = "报告" "report";
        /// To everybody who holds one of these roles in the company.
        roles: BTreeSet<Role> = "角色" "roles" hint "发给具备这些角色之一的所有人" "to everybody who holds one of these roles" [serde(default)];
        /// And to these people.
        users: BTreeSet<UserId> = "另发给" "also to these people" [serde(default)] [schema(max_items = 200)];
        /// Not before this minute of the day, company time: 520 is 08:40.
        minute: u32 as TimeOfDay = "时间" "time" hint "公司时间，不早于此时" "company time; not before" [schema(minimum = 0, maximum = 1439)];
        /// A quarterly report goes not before this working day after the quarter; 1 is the first.
        working_day: u32 = "季度结束后第几个工作日" "working day after the quarter"
            hint "不早于季度结束后的第几个工作日；1 为第一个" "not before this working day after the quarter; 1 is the first"
            [serde(default = "crate::subjects::registers::report_schedule::first")] [schema(minimum = 1, maximum = 60)];
        /// False: it rests.
        active: bool = "启用" "active" hint "停用后不再发送" "an inactive schedule sends nothing" [serde(default = "crate::subjects::registers::yes")];
    }
    retires by active;
    finds q in name;
    example {
        "name": "季度报告", "report": "quarterly_report", "roles": ["general_manager"], "minute": 545, "working_day": 5
    }
}

const fn first() -> u32 {
    1
}

impl Rules for ReportSchedule {
    /// In the order in which they were made.
    fn position(&self) -> String {
        self.id.to_string()
    }
}

impl ReportSchedule {
    /// The active people it goes to, in stable order: only people of the company, whatever is stated (D21).
    #[must_use]
    pub fn recipients(&self, directory: &Directory) -> Vec<UserId> {
        let wanted = |user: &&crate::people::directory::User| {
            let of_company = user.roles.iter().any(|role| role != Role::CustomerRepresentative);
            user.active && of_company && (self.users.contains(&user.id) || self.roles.iter().any(|role| user.roles.has(*role)))
        };
        let mut all: Vec<UserId> = directory.users.values().filter(wanted).map(|user| user.id).collect();
        all.sort();
        all
    }

    /// The day whose digest is due now: today, on a working day, from the minute on.
    #[must_use]
    pub fn digest_day(&self, calendar: &WorkingCalendar, now: DateTime<Utc>) -> Option<NaiveDate> {
        let today = company_day(now);
        (self.active && self.is_late_enough(now) && calendar.is_working_day(today)).then_some(today)
    }

    /// When a report that was approved at `approved` goes out: on its working day after the quarter at the minute, or at once
    /// when it was approved later. None of a schedule that rests.
    #[must_use]
    pub fn report_due(&self, quarter: Quarter, approved: DateTime<Utc>, calendar: &WorkingCalendar) -> Option<DateTime<Utc>> {
        let first = calendar.first_working_day_after(quarter);
        let later = first.iter_days().skip(1).take(400).filter(|day| calendar.is_working_day(*day));
        let skipped = usize::try_from(self.working_day.saturating_sub(1)).unwrap_or(usize::MAX);
        let day = [first].into_iter().chain(later).nth(skipped).unwrap_or(first);
        let at = day.and_hms_opt(self.minute / 60, self.minute % 60, 0)?.and_local_timezone(COMPANY_ZONE).earliest()?;
        self.active.then(|| approved.max(at.with_timezone(&Utc)))
    }

    fn is_late_enough(&self, now: DateTime<Utc>) -> bool {
        let local = now.with_timezone(&COMPANY_ZONE);
        local.hour() * 60 + local.minute() >= self.minute
    }
}

impl Visible for ReportSchedule {}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn schedule(report: ScheduledReport, working_day: u32) -> ReportSchedule {
        ReportSchedule {
            id: ScheduleId(Uuid::from_u128(1)),
            name: Line::parse("每日摘要").unwrap(),
            report,
            roles: [Role::ReleaseOwner].into(),
            users: BTreeSet::new(),
            minute: 520,
            working_day,
            active: true,
            version: 1,
        }
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_digest_is_due_from_its_minute_on_working_days_only() {
        let (digest, calendar) = (schedule(ScheduledReport::DailyDigest, 1), WorkingCalendar::default());
        let day = |text: &str| digest.digest_day(&calendar, at(text)).map(|day| day.to_string());
        assert_eq!(day("2026-11-26T00:39:59Z"), None);
        assert_eq!(day("2026-11-26T00:40:00Z").as_deref(), Some("2026-11-26"));
        assert_eq!(day("2026-11-28T00:40:00Z"), None, "a Saturday");
        assert_eq!(day("2026-02-28T00:40:00Z").as_deref(), Some("2026-02-28"), "a made-up Saturday");
        assert_eq!(day("2026-10-01T04:00:00Z"), None, "a holiday");
        let resting = ReportSchedule { active: false, ..digest.clone() };
        assert_eq!(resting.digest_day(&calendar, at("2026-11-26T00:40:00Z")), None);
    }

    #[test]
    fn a_quarterly_report_is_due_on_its_working_day_after_the_quarter_or_when_it_is_approved() {
        let (report, calendar) = (schedule(ScheduledReport::QuarterlyReport, 5), WorkingCalendar::default());
        let quarter = Quarter::new(2026, 3).unwrap();
        let due = |approved: &str| report.report_due(quarter, at(approved), &calendar);
        // 8, 9, 10 (made up), 12 and 13 October.
        assert_eq!(due("2026-10-09T03:00:00Z"), Some(at("2026-10-13T00:40:00Z")));
        assert_eq!(due("2026-10-20T03:00:00Z"), Some(at("2026-10-20T03:00:00Z")));
        let resting = ReportSchedule { active: false, ..report.clone() };
        assert_eq!(resting.report_due(quarter, at("2026-10-20T03:00:00Z"), &calendar), None);
    }
}
