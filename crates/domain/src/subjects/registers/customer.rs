//! Customers, and who may accept and confirm for them (§5.4d, D13).

use super::{Rules, field, register};
use crate::{
    blocks::document::shape::{Entered, Field, Input},
    ids::{CustomerId, UserId},
    text::{Code, Line},
    time::{clock::COMPANY_ZONE, window::Window, working_time::WorkingCalendar},
};
use chrono::{Datelike, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

crate::word_enum! {
    /// A day of the week.
    BusinessDay {
        /// 1.
        Monday = "monday" "周一" "Monday",
        /// 2.
        Tuesday = "tuesday" "周二" "Tuesday",
        /// 3.
        Wednesday = "wednesday" "周三" "Wednesday",
        /// 4.
        Thursday = "thursday" "周四" "Thursday",
        /// 5.
        Friday = "friday" "周五" "Friday",
        /// 6.
        Saturday = "saturday" "周六" "Saturday",
        /// 7.
        Sunday = "sunday" "周日" "Sunday",
    }
}

/// A person authorised to accept and confirm for a customer in a period (§5.4d).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Representative {
    /// The person.
    pub user_id: UserId,
    /// First day of the entitlement.
    pub from: NaiveDate,
    /// Last day, if it ends.
    pub until: Option<NaiveDate>,
    /// Why an internal person stands for the customer (D13); empty for a person of the customer.
    #[serde(default)]
    pub internal_reason: Option<String>,
}

impl Entered for Representative {
    const INPUT: Input = {
        const FIELDS: &[Field] = &[
            field("user_id", "代表", "representative", Input::Person),
            field("from", "起始日", "from", Input::Day),
            field("until", "截止日", "until", Input::Day),
            field(
                "internal_reason",
                "由内部人员代表客户的原因（客户自己的人员不填）",
                "why somebody of the company represents the customer (empty for the customer's own people)",
                Input::Text,
            ),
        ];
        Input::Group(FIELDS)
    };
}

register! {
    /// A customer, or the company's own business side.
    Customer(CustomerId), stated CustomerStated as CustomerRequest, asked CustomerAsked, shown as CustomerView;
    kind "customer" "customers" "客户" "customer" "客户" "customers";
    about "由登记的客户代表在有效期内验收和确认（5.4）。" "Registered representatives accept and confirm within the period of their entitlement (5.4).";
    reads ListCustomers ViewCustomer;
    create CreateCustomer "customer.created" "新增客户" "customer added";
    update UpdateCustomer "customer.updated" "修改客户" "customer changed";
    named name;
    unique name;
    fields {
        /// Unique name.
        name: Line = "客户名称" "customer name";
        /// Contract number, if any.
        contract: Option<Code> = "合同编号" "contract number";
        /// Who may accept and confirm, and when (§5.4d).
        representatives: Vec<Representative> = "客户代表" "representatives" [serde(default)] [schema(max_items = 200)];
        /// The days on which the customer works; none: not known, and no window is compared with them.
        business_days: BTreeSet<BusinessDay> = "营业日" "business days"
            hint "营业日和营业时间一起填写；上线时间与其重叠时须说明理由（5.5.4）。周六、周日都营业的，节假日也视为营业"
            "state days and hours together; a window inside them needs a reason (5.5.4); who works on Saturdays and Sundays works on holidays, too"
            [serde(default)];
        /// From this minute of the day, company time.
        opens: Option<u32> as TimeOfDay = "营业开始" "opens" [serde(default)] [schema(minimum = 0, maximum = 1439)];
        /// Until this minute of the day, company time.
        closes: Option<u32> as TimeOfDay = "营业结束" "closes" [serde(default)] [schema(minimum = 0, maximum = 1439)];
        /// False: no new release.
        active: bool = "启用" "active" hint "停用的客户不能新建发布" "no new release for an inactive customer"
            [serde(default = "crate::subjects::registers::yes")];
    }
    retires by active;
    finds q in name contract;
    example { "name": "烟台某银行", "contract": "HT-2026-018", "representatives": [], "business_days": ["monday"], "opens": 540, "closes": 1020, "active": true }
}

impl Customer {
    /// When the customer works on a day. Whoever works on Saturdays and Sundays works on holidays, too; for everybody else a published
    /// holiday is free and a day of make-up work is worked.
    #[must_use]
    pub fn business_hours_on(&self, day: NaiveDate, calendar: &WorkingCalendar) -> Option<Window> {
        let stated = |weekday: Weekday| self.business_days.contains(&BusinessDay::ALL[weekday.num_days_from_monday() as usize]);
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let works = match (weekend, calendar.is_working_day(day)) {
            _ if stated(Weekday::Sat) && stated(Weekday::Sun) => stated(day.weekday()),
            (true, true) => !self.business_days.is_empty(),
            (false, false) => false,
            _ => stated(day.weekday()),
        };
        let (opens, closes) = (self.opens?, self.closes?);
        let at = |minute: u32| {
            let local = day.and_hms_opt(minute / 60, minute % 60, 0)?.and_local_timezone(COMPANY_ZONE).earliest()?;
            Some(local.with_timezone(&Utc))
        };
        works.then_some(Window { start: at(opens)?, end: at(closes)? })
    }
}

impl Rules for Customer {
    fn position(&self) -> String {
        self.name.to_string()
    }
}
