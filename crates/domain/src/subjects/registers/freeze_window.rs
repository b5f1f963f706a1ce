//! Freeze and protection windows (封网期, 重保期): when nothing goes live but what the freeze allows (5.5.4).

use super::{Rules, register};
use crate::{
    ids::{CustomerId, ServiceObjectId},
    people::role::Role,
    subjects::{registers::sight::Visible, release::stage::ReleaseKind},
    text::{Line, Note},
    time::{
        recurrence::{Recurrence, expand},
        window::Window,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeSet;

pub use crate::ids::FreezeWindowId;

crate::word_enum! {
    /// Why nothing goes live.
    FreezeKind {
        /// 封网期: changes of the networks and systems rest.
        Freeze = "freeze" "封网期" "freeze",
        /// 重保期: operations are protected for an event of importance.
        Protection = "protection" "重保期" "protection period",
    }
}

crate::word_enum! {
    /// Who may grant a release an exception from a freeze. Nobody who administers or carries out releases is among them.
    FreezeAuthority {
        /// GM.
        GeneralManager = "general_manager" "总经理" "general manager",
        /// PO.
        ProcessOwner = "process_owner" "流程负责人" "process owner",
        /// CM.
        ChangeManager = "change_manager" "变更管理" "change manager",
    }
}

impl FreezeAuthority {
    /// The role in the company.
    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Self::GeneralManager => Role::GeneralManager,
            Self::ProcessOwner => Role::ProcessOwner,
            Self::ChangeManager => Role::ChangeManager,
        }
    }
}

register! {
    /// A freeze or protection window, once or recurring; with an empty scope it holds for the whole company (5.5.4).
    FreezeWindow(FreezeWindowId), stated FreezeWindowStated as FreezeWindowRequest, asked FreezeWindowAsked, shown as FreezeWindowView;
    kind "freeze_window" "freeze-windows" "封网与重保期" "freeze window" "封网与重保期" "freeze windows";
    about "封网期和重保期内不上线，除非该期间允许此类发布，或由指定的负责人批准例外（5.5.4）。"
        "Nothing goes live in a freeze or protection period unless it allows such a release or its authority grants an exception (5.5.4).";
    reads ListFreezeWindows ViewFreezeWindow;
    create CreateFreezeWindow "freeze_window.created" "新增封网期" "freeze window added";
    update UpdateFreezeWindow "freeze_window.updated" "修改封网期" "freeze window changed";
    named name;
    unique name;
    fields {
        /// Unique name.
        name: Line = "名称" "name";
        /// A freeze or a protection period.
        kind: FreezeKind = "种类" "kind";
        /// Why nothing goes live.
        reason: Note = "原因" "reason";
        /// When it begins, the first time.
        starts: DateTime<Utc> = "开始" "start";
        /// When it is over, the first time: the first instant after it.
        ends: DateTime<Utc> = "结束" "end";
        /// When it recurs: the value of an RRULE (RFC 5545), read in company time.
        recurrence: Option<Line> = "重复规则" "recurrence"
            hint "RRULE 的值，按北京时间；如每月最后一天 FREQ=MONTHLY;BYMONTHDAY=-1。不填为一次"
            "the value of an RRULE in China time, like FREQ=MONTHLY;BYMONTHDAY=-1 for month ends; once when empty";
        /// Releases for these customers; with all three lists empty the whole company.
        customers: Vec<CustomerId> = "客户" "customers" hint "三项范围都不填，则为全公司" "the whole company when all three lists are empty"
            [serde(default)] [schema(max_items = 200)];
        /// Releases that touch these objects.
        service_objects: Vec<ServiceObjectId> = "服务对象" "service objects" [serde(default)] [schema(max_items = 200)];
        /// Releases that change these configuration items, by number.
        configuration_items: Vec<Line> = "配置项编号" "configuration items" hint "每行一个编号" "one number per line"
            [serde(default)] [schema(max_items = 200)];
        /// Releases of these types still go live.
        allowed: BTreeSet<ReleaseKind> = "仍允许上线的发布" "releases still allowed" [serde(default)];
        /// Who may grant an exception.
        authority: FreezeAuthority = "可批准例外的人" "authority for exceptions";
        /// False: withdrawn.
        active: bool = "启用" "active" hint "停用的封网期不再限制上线" "an inactive freeze stops nothing"
            [serde(default = "crate::subjects::registers::yes")];
    }
    retires by active;
    finds q in name reason;
    filters {
        /// Of this kind only.
        kind: FreezeKind;
    }
    example {
        "name": "2027 年春节封网", "kind": "freeze", "reason": "春节期间不变更生产环境", "starts": "2027-02-02T16:00:00Z",
        "ends": "2027-02-15T16:00:00Z", "recurrence": null, "allowed": ["emergency"], "authority": "general_manager", "active": true
    }
}

impl Rules for FreezeWindow {
    /// By its first start.
    fn position(&self) -> String {
        self.starts.to_rfc3339()
    }
}

impl Visible for FreezeWindow {}

/// The longest single occurrence, in days.
const LONGEST_DAYS: i64 = 366;

impl FreezeWindowStated {
    /// What is wrong with the times: pointer, and the sentence in both languages.
    #[must_use]
    pub fn time_faults(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        if self.ends <= self.starts {
            return vec![("/ends", "结束须晚于开始", "the end lies after the start")];
        }
        let too_long = self.ends - self.starts > TimeDelta::days(LONGEST_DAYS);
        if too_long { vec![("/ends", "一次最长 366 天", "one occurrence lasts at most 366 days")] } else { Vec::new() }
    }

    /// Why the rule cannot be expanded.
    #[must_use]
    pub fn recurrence_fault(&self) -> Option<crate::subject::refusal::Text> {
        let first = Window { start: self.starts, end: self.ends };
        self.recurrence.as_ref().and_then(|rule| Recurrence::parse(rule.as_str(), first).err())
    }
}

impl FreezeWindow {
    /// Its spans of time that begin before an instant, in order.
    #[must_use]
    pub fn occurrences_before(&self, before: DateTime<Utc>) -> Vec<Window> {
        expand(Window { start: self.starts, end: self.ends }, self.recurrence.as_ref().map(Line::as_str), before)
    }

    /// True when it holds for the whole company.
    #[must_use]
    pub fn is_for_all(&self) -> bool {
        self.customers.is_empty() && self.service_objects.is_empty() && self.configuration_items.is_empty()
    }
}
