//! Deputies: "on these days, the deputy may decide and act for the principal". An arrangement is never edited; it is ended and
//! made anew, so that the log says who could act when.

use super::{Rules, register};
use crate::ids::{DeputyId, UserId};
use chrono::NaiveDate;

register! {
    /// "On these days, `deputy` may decide and act for `principal`."
    Deputy(DeputyId), stated DeputyStated as DeputyRequest, asked DeputyAsked, shown as DeputyView;
    kind "deputy" "deputies" "代理安排" "deputy arrangement" "代理安排" "deputy arrangements";
    about "代理期间，代理人可代为审批和办理；记录写明由谁代谁办理。" "On these days a deputy approves and acts for somebody; records say who acted for whom.";
    reads ListDeputies ViewDeputy;
    create CreateDeputy "deputy.appointed" "安排代理" "deputy appointed";
    delete DeleteDeputy "deputy.ended" "结束代理" "deputy ended";
    fields {
        /// Who is represented: the caller, or anybody for an administrator.
        principal: UserId = "被代理人" "represented person"
            hint "本人可安排自己的代理；系统管理员可为任何人安排" "everybody arranges their own; a system administrator anybody's";
        /// Who represents.
        deputy: UserId = "代理人" "deputy" hint "不能代理与自己职责分离的事项" "cannot act where duties must be apart";
        /// First day, company time.
        from: NaiveDate = "第一天" "first day";
        /// Last day, company time.
        until: NaiveDate = "最后一天" "last day";
        /// The principal is away on these days and is not planned for work.
        absent: bool = "期间不在岗" "away" hint "被代理人期间不在岗，不安排工作" "on these days the person is away and is not planned for work"
            [serde(default)];
    }
    asks {
        /// Those of this person, on either side.
        user_id: UserId;
        /// Those in force on this day.
        on: NaiveDate;
    } by fits;
    example {
        "principal": "0192f3c1-7b1e-7000-8000-000000000001", "deputy": "0192f3c1-7b1e-7000-8000-000000000002",
        "from": "2026-05-01", "until": "2026-05-05", "absent": true
    }
}

impl Deputy {
    fn fits(&self, asked: &DeputyAsked) -> bool {
        asked.user_id.is_none_or(|id| self.principal == id || self.deputy == id)
            && asked.on.is_none_or(|day| self.from <= day && day <= self.until)
    }
}

impl Rules for Deputy {
    fn position(&self) -> String {
        self.from.to_string()
    }
}
