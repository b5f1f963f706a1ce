//! The story of the example company: two quarters of history, and ten releases that stand at the stages of the procedure
//! now. Told through the API by the people themselves, on a server whose clock is set through the past.

use crate::{
    Journey, Theme,
    cast::{CASTS, CastPlan},
    http::{Drive, HttpError, Instance, NewChange, Opening, SetTime, Timeline, Transport},
    journey::Next,
};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use fabu_domain::{
    subjects::{
        change::ChangeKind,
        release::stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Stage, Verdict},
    },
    time::{
        clock::{COMPANY_ZONE, ManualClock, company_day},
        quarter::Quarter,
        working_time::WorkingCalendar,
    },
};
use std::sync::Arc;

/// How many releases each quarter of the history has.
pub const PER_QUARTER: usize = 4;
/// Days between the beginnings of two releases of the history.
const INTERVAL: u64 = 13;
/// How long before its window a release begins.
const LEAD: TimeDelta = TimeDelta::hours(130);

/// What was told.
#[derive(Debug, Clone)]
pub struct Told {
    /// Numbers of the releases of the history, all completed.
    pub history: Vec<String>,
    /// Numbers of the releases that are under way, with their stages.
    pub current: Vec<(String, Stage)>,
    /// How many requests it took.
    pub requests: u64,
}

/// Founds the company and tells its story up to `now`, on an empty server whose clock is `clock`.
///
/// # Errors
/// The first request that is refused.
pub async fn tell<T: Transport>(
    transport: T,
    clock: Arc<ManualClock>,
    now: DateTime<Utc>,
    set_up_token: &str,
) -> Result<Told, HttpError> {
    let last = before(Quarter::of(now));
    let first = before(last);
    clock.set(morning(first.first_day(), &WorkingCalendar::default()) - TimeDelta::hours(1));
    let instance = Instance::found(transport, SetTime::new(clock), set_up_token).await?;
    let teller = Teller { instance: &instance, calendar: WorkingCalendar::default(), now };
    let mut history = teller.quarter(first, 0, Some(2)).await?;
    history.extend(teller.quarter(last, PER_QUARTER, None).await?);
    let current = teller.current(2 * PER_QUARTER).await?;
    Ok(Told { history, current, requests: instance.statistics().requests() })
}

fn before(quarter: Quarter) -> Quarter {
    Quarter::of_day(quarter.first_day().checked_sub_days(Days::new(1)).unwrap_or_default())
}

/// Half past nine on the first working day from `day` on.
fn morning(day: NaiveDate, calendar: &WorkingCalendar) -> DateTime<Utc> {
    at(calendar.first_working_day_from(day), 9, 30)
}

fn at(day: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default());
    COMPANY_ZONE.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc)).unwrap_or_default()
}

/// The people of the `n`-th theme.
fn plan(n: usize) -> CastPlan {
    match n % 6 {
        1 => CastPlan { objects: &["BANK-COUNTER"], ..CASTS[1] },
        2 => CASTS[2],
        3 => CastPlan { objects: &["BUS-DISPATCH"], ..CASTS[0] },
        4 => CastPlan { objects: &["BANK-NET"], ..CASTS[1] },
        _ => CASTS[0],
    }
}

struct Teller<'i, T> {
    instance: &'i Instance<T, SetTime>,
    calendar: WorkingCalendar,
    now: DateTime<Utc>,
}

type On<'i, T> = Drive<'i, T, SetTime>;

impl<'i, T: Transport> Teller<'i, T> {
    /// The completed releases of a quarter; the one at place `failing` was rolled back.
    async fn quarter(&self, quarter: Quarter, n: usize, failing: Option<usize>) -> Result<Vec<String>, HttpError> {
        let mut numbers = Vec::new();
        for place in 0..PER_QUARTER {
            let day = quarter.first_day() + Days::new(3 + INTERVAL * place as u64);
            let start = morning(day, &self.calendar);
            let change = |journey: Journey| match place {
                _ if failing == Some(place) => journey.ending(Verdict::RolledBack),
                1 => Journey { theme: journey.theme.clone().in_phases(), ..journey },
                3 => Journey { returned_plans: 1, ..journey },
                _ => journey,
            };
            let drive = self.begin(n + place, ReleaseKind::Minor, start, start + LEAD, change).await?;
            drive.travel_to(Stage::Completed).await?;
            numbers.push(drive.number);
        }
        Ok(numbers)
    }

    /// The releases of now, in the order in which they began; what was begun is left where it stands.
    async fn current(&self, n: usize) -> Result<Vec<(String, Stage)>, HttpError> {
        use ReleaseKind::{Emergency, Major, Minor};
        let night = |days| at(self.back(days), 20, 0);
        let rolled_back = |journey: Journey| journey.ending(Verdict::RolledBack);
        let phased = |journey: Journey| Journey { theme: journey.theme.clone().in_phases().with_high_risk(), ..journey };
        let failing = |journey| Journey { failing_rounds: 1, ..journey };
        let soon = self.now - TimeDelta::minutes(40);
        let mut told = Vec::new();
        let mut keep = |drive: &On<'_, T>, stage| told.push((drive.number.clone(), stage));

        let drive = self.begin(n, Major, self.morning(14), night(11), rolled_back).await?;
        drive.travel_to(Stage::Closed).await?;
        keep(&drive, Stage::Closed);
        let drive = self.begin(n + 1, Minor, self.morning(10), night(7), |way| way).await?;
        drive.travel_to(Stage::Closure).await?;
        keep(&drive, Stage::Closure);
        let drive =
            self.begin(n + 5, Emergency, at(self.back(6), 14, 0), at(self.back(6), 15, 0), Journey::in_an_emergency).await?;
        drive.travel_to(Stage::ConfigurationUpdate).await?;
        keep(&drive, Stage::ConfigurationUpdate);
        let deploying = self.begin(n + 3, Major, self.morning(5), soon, phased).await?;
        self.until_the_window(&deploying).await?;
        let drive = self.begin(n + 4, Minor, self.morning(4), self.ahead(3), |way| way).await?;
        drive.travel_to(Stage::Readiness).await?;
        keep(&drive, Stage::Readiness);
        let drive = self.begin(n + 2, Minor, self.morning(3), self.ahead(5), |way| way).await?;
        drive.travel_to(Stage::GoLiveApproval).await?;
        keep(&drive, Stage::GoLiveApproval);
        let drive = self.begin(n + 6, Minor, at(self.back(3), 14, 0), self.ahead(6), |way| way).await?;
        drive.travel_to(Stage::Acceptance).await?;
        keep(&drive, Stage::Acceptance);
        let drive = self.begin(n + 7, Minor, self.morning(2), self.ahead(7), failing).await?;
        drive.travel(|release| release.test_round == 2 && release.executed.len() == 2).await?;
        keep(&drive, Stage::Testing);
        let drive = self.begin(n + 8, Major, at(self.back(2), 14, 30), self.ahead(8), phased).await?;
        drive.travel_to(Stage::PlanReview).await?;
        keep(&drive, Stage::PlanReview);
        let drive = self.begin(n + 9, Minor, self.morning(1), self.ahead(9), |way| way).await?;
        drive.travel(|release| !release.units.is_empty()).await?;
        keep(&drive, Stage::Planning);
        self.instance.client.timeline().wait_until(soon).await;
        deploying.travel(|release| release.steps_done.len() == 1).await?;
        keep(&deploying, Stage::Deployment);
        self.instance.client.timeline().wait_until(self.now).await;
        Ok(told)
    }

    /// Everything is ready, and the window is not open yet.
    async fn until_the_window(&self, drive: &On<'i, T>) -> Result<(), HttpError> {
        let waits = |release: &crate::Snapshot| matches!(drive.journey.next(release), Next::WaitUntil(_));
        drive.travel(waits).await.map(drop)
    }

    /// Takes a change over and creates its release at `start`, for a window at `window`.
    async fn begin(
        &self,
        n: usize,
        kind: ReleaseKind,
        start: DateTime<Utc>,
        window: DateTime<Utc>,
        change: impl FnOnce(Journey) -> Journey,
    ) -> Result<On<'i, T>, HttpError> {
        let timeline = self.instance.client.timeline();
        timeline.wait_until(start).await;
        let journey = change(Journey::new(self.instance.cast(&plan(n)), Theme::nth(n, window)));
        let change = NewChange {
            number: format!("CHG-{}-{:04}", company_day(timeline.now()).format("%Y"), n + 1),
            title: journey.theme.title.clone(),
            kind: if kind == ReleaseKind::Emergency { ChangeKind::Emergency } else { ChangeKind::Normal },
            objects: journey.cast.service_objects.iter().map(|(id, _)| *id).collect(),
            requested_by: "业务部门".to_owned(),
            requested_at: None,
            approved_at: None,
        };
        let opening = Opening { kind, scope: ReleaseScope::Delta, medium: ReleaseMedium::Software, change };
        Drive::open(self.instance, journey, &opening).await
    }

    /// The working day so many working days before today.
    fn back(&self, days: usize) -> NaiveDate {
        let earlier = std::iter::successors(company_day(self.now).pred_opt(), NaiveDate::pred_opt);
        earlier.filter(|day| self.calendar.is_working_day(*day)).nth(days.saturating_sub(1)).unwrap_or_default()
    }

    fn morning(&self, days: usize) -> DateTime<Utc> {
        at(self.back(days), 9, 30)
    }

    /// Eight in the evening so many days from now.
    fn ahead(&self, days: u64) -> DateTime<Utc> {
        at(company_day(self.now) + Days::new(days), 20, 0)
    }
}
