//! When a go-live plan is complete (§5.5), how it begins from the release plan, and what it changes.

use super::{
    go_live::{Duty, GoLivePlan, GoLiveWay, Milestone, PhaseItem, RollbackStep, RunStep},
    plan::ReleasePlan,
    rollback::RollbackGroup,
    steps::{Place, StepView, check_steps, local},
};
use crate::blocks::document::{
    DocumentContent,
    difference::FieldChange,
    missing::{DocumentContext, Findings, Missing, MissingCode},
    types::Table,
};
use crate::time::clock::company_day;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeSet, HashSet};

impl GoLivePlan {
    /// A draft with what the release plan already says: window, steps, resources, configuration items, rollback.
    #[must_use]
    pub fn prefill(plan: &ReleasePlan) -> Self {
        let day = plan.window.start.map(company_day);
        let window = Milestone {
            title: "上线窗口".to_owned(),
            start: plan.window.start,
            end: plan.window.end,
            responsible: plan.rollback.decider,
        };
        let item =
            |item: &super::plan::PlannedItem| PhaseItem { key: item.key.clone(), name: item.name.clone(), planned_date: day };
        Self {
            schedule: Table::of(vec![window]),
            resources: Table::of(plan.resources.clone()),
            configuration_items: plan.configuration_items.iter().map(item).collect(),
            communication: super::go_live::Communication {
                impact_from: plan.affected.from,
                impact_until: plan.affected.until,
                affected_functions: plan.impact.clone(),
                ..Default::default()
            },
            window: plan.window.clone(),
            run_steps: plan.steps.iter().map(run_step).collect(),
            rollback_steps: rollback_steps(plan),
            ..Self::default()
        }
    }

    /// Where window, steps and rollback differ from what the release plan says.
    #[must_use]
    pub fn differences_from(&self, plan: &ReleasePlan) -> Vec<FieldChange> {
        let planned: DocumentContent = Self::prefill(plan).into();
        let mut changes = DocumentContent::from(self.clone()).changes_since(&planned);
        changes.retain(|change| matches!(change.section.as_str(), "window" | "run_steps" | "rollback_steps"));
        changes
    }

    /// How long the whole rollback takes, its steps one after another, in minutes.
    #[must_use]
    pub fn rollback_minutes(&self) -> u64 {
        self.rollback_steps.iter().map(|step| u64::from(step.duration_minutes)).sum()
    }

    /// The last moment at which a rollback still ends inside the window (5.5.7): the end of the window less the whole
    /// rollback. None while the window is not stated.
    #[must_use]
    pub fn latest_safe_start(&self) -> Option<DateTime<Utc>> {
        let minutes = i64::try_from(self.rollback_minutes()).ok()?;
        self.window.end?.checked_sub_signed(TimeDelta::try_minutes(minutes)?)
    }

    /// What stands between this plan and its submission.
    #[must_use]
    pub fn missing(&self, ctx: &DocumentContext<'_>) -> Vec<Missing> {
        let mut found = Findings::new(ctx.directory, Self::FIELDS);
        self.check_arrangements(&mut found);
        self.check_way(&mut found);
        self.check_communication(&mut found);
        found.window("5.5.4", ["/window/start", "/window/end"], [self.window.start, self.window.end]);
        self.check_roster(&mut found);
        self.check_run_steps(&mut found);
        self.check_units(ctx, &mut found);
        self.check_rollback(ctx, &mut found);
        found.done()
    }

    fn check_arrangements(&self, found: &mut Findings<'_>) {
        const CLAUSE: &str = "5.5.1";
        found.table(CLAUSE, "/schedule", &self.schedule);
        for (index, row) in self.schedule.rows.iter().enumerate() {
            let at = format!("/schedule/rows/{index}");
            found.text(CLAUSE, format!("{at}/title"), &row.title);
            let (start, end) = (format!("{at}/start"), format!("{at}/end"));
            found.window(CLAUSE, [&start, &end], [row.start, row.end]);
            found.person(CLAUSE, format!("{at}/responsible"), row.responsible, row.start);
        }
        found.table(CLAUSE, "/resources", &self.resources);
        for (index, row) in self.resources.rows.iter().enumerate() {
            found.text(CLAUSE, format!("/resources/rows/{index}/name"), &row.name);
        }
        found.table(CLAUSE, "/procurement", &self.procurement);
        for (index, row) in self.procurement.rows.iter().enumerate() {
            found.text(CLAUSE, format!("/procurement/rows/{index}/item"), &row.item);
            found.given(CLAUSE, format!("/procurement/rows/{index}/due"), row.due.is_some());
        }
        found.table(CLAUSE, "/storage", &self.storage);
        for (index, row) in self.storage.rows.iter().enumerate() {
            found.text(CLAUSE, format!("/storage/rows/{index}/item"), &row.item);
            found.text(CLAUSE, format!("/storage/rows/{index}/place"), &row.place);
        }
    }

    fn check_way(&self, found: &mut Findings<'_>) {
        const CLAUSE: &str = "5.5.2";
        found.given(CLAUSE, "/way", self.way.is_some());
        if self.way == Some(GoLiveWay::Phased) {
            found.rows(CLAUSE, "/phases", self.phases.len(), 2);
        } else if self.way == Some(GoLiveWay::Full) && !self.phases.is_empty() {
            let (zh, en) = ("全面上线不分阶段".to_owned(), "a full release has no phases".to_owned());
            found.add(CLAUSE, "/phases", MissingCode::Contradiction, zh, en);
        }
        found.keys(CLAUSE, "/phases", self.phases.iter().map(|phase| &phase.key));
        let mut orders = HashSet::new();
        for (index, phase) in self.phases.iter().enumerate() {
            let at = format!("/phases/{index}");
            found.text(CLAUSE, format!("{at}/name"), &phase.name);
            found.text(CLAUSE, format!("{at}/scope"), &phase.scope);
            found.text(CLAUSE, format!("{at}/pass_criterion"), &phase.pass_criterion);
            let order = phase.order > 0 && orders.insert(phase.order);
            if !order {
                let zh = "阶段顺序须从 1 起，不重复".to_owned();
                let en = "the order of the phases counts from 1, each once".to_owned();
                found.add(CLAUSE, format!("{at}/order"), MissingCode::Required, zh, en);
            }
            dated(&phase.configuration_items, &format!("{at}/configuration_items"), found);
        }
        dated(&self.configuration_items, "/configuration_items", found);
    }

    fn check_communication(&self, found: &mut Findings<'_>) {
        const CLAUSE: &str = "5.5.3";
        let told = &self.communication;
        let at = ["/communication/impact_from", "/communication/impact_until"];
        found.window(CLAUSE, at, [told.impact_from, told.impact_until]);
        found.text(CLAUSE, "/communication/affected_functions", &told.affected_functions);
        found.text(CLAUSE, "/communication/message", &told.message);
        found.rows(CLAUSE, "/communication/recipients", told.recipients.len(), 1);
        for (index, recipient) in told.recipients.iter().enumerate() {
            found.text(CLAUSE, format!("/communication/recipients/{index}"), recipient);
        }
        found.given(CLAUSE, "/communication/send_at", told.send_at.is_some());
        if let (Some(send_at), Some(start)) = (told.send_at, self.window.start)
            && send_at >= start
        {
            let (zh, en) =
                ("客户通知须在上线之前发送".to_owned(), "the customer must be told before the window opens".to_owned());
            found.add(CLAUSE, "/communication/send_at", MissingCode::WrongOrder, zh, en);
        }
    }

    fn check_roster(&self, found: &mut Findings<'_>) {
        const CLAUSE: &str = "5.5.5";
        found.rows(CLAUSE, "/roster", self.roster.len(), 1);
        let start = self.window.start;
        for (index, row) in self.roster.iter().enumerate() {
            let at = format!("/roster/{index}");
            found.person(CLAUSE, format!("{at}/person"), row.person, start);
            found.text(CLAUSE, format!("{at}/duty"), &row.duty);
            found.text(CLAUSE, format!("{at}/phone"), &row.phone);
            found.person(CLAUSE, format!("{at}/deputy"), row.deputy, start);
            if row.deputy.is_some() && row.deputy == row.person {
                let (zh, en) = ("替补人员不能是本人".to_owned(), "nobody is their own deputy".to_owned());
                found.add(CLAUSE, format!("{at}/deputy"), MissingCode::Contradiction, zh, en);
            }
        }
        let flagged = |flag: fn(&Duty) -> bool| self.roster.iter().any(flag);
        for (clause, found_one, zh, en) in [
            (CLAUSE, flagged(|row| row.command), "现场指挥人员", "a person in command"),
            ("5.7b", flagged(|row| row.customer_contact), "与客户沟通的人员", "a person who talks to the customer"),
            ("5.7a", flagged(|row| row.support), "服务支持人员", "a person who supports users"),
        ] {
            if !found_one {
                let (zh, en) = (format!("值班表中缺少{zh}"), format!("the duty roster lacks {en}"));
                found.add(clause, "/roster", MissingCode::Required, zh, en);
            }
        }
        let on_duty: HashSet<_> = self.roster.iter().flat_map(|row| [row.person, row.deputy]).flatten().collect();
        for (index, step) in self.run_steps.iter().enumerate() {
            if let Some(person) = step.person.filter(|person| !on_duty.contains(person)) {
                let who = found.name(person);
                let (zh, en) =
                    (format!("{who}负责步骤但不在值班表中"), format!("{who} has a step but is not on the duty roster"));
                found.add(CLAUSE, format!("/run_steps/{index}/person"), MissingCode::UnknownReference, zh, en);
            }
        }
    }

    fn check_run_steps(&self, found: &mut Findings<'_>) {
        const CLAUSE: &str = "5.5.6";
        let steps: Vec<StepView<'_>> = self
            .run_steps
            .iter()
            .map(|step| StepView {
                key: &step.key,
                title: &step.title,
                person: step.person,
                start: step.planned_start,
                duration_minutes: step.duration_minutes,
                predecessors: &step.predecessors,
                check: &step.check,
            })
            .collect();
        check_steps(found, &Place { clause: CLAUSE, at: "/run_steps", start_field: "planned_start" }, &steps, &self.window);
        let phases: HashSet<&str> = self.phases.iter().map(|phase| phase.key.as_str()).collect();
        let used: HashSet<&str> = self.run_steps.iter().map(|step| step.phase.as_str()).collect();
        for (index, step) in self.run_steps.iter().enumerate() {
            let at = format!("/run_steps/{index}/phase");
            if self.way == Some(GoLiveWay::Phased) && step.phase.is_empty() {
                found.given(CLAUSE, at, false);
            } else if !step.phase.is_empty() {
                found.reference(CLAUSE, at, &step.phase, &phases);
            }
        }
        for (index, phase) in self.phases.iter().enumerate().filter(|(_, phase)| !used.contains(phase.key.as_str())) {
            let (zh, en) = (format!("阶段“{}”没有步骤", phase.name), format!("phase \"{}\" has no step", phase.name));
            found.add(CLAUSE, format!("/phases/{index}"), MissingCode::TooFewRows, zh, en);
        }
    }

    /// What the reviewed plan installs is installed by a step (3.1b, 5.5.6).
    fn check_units(&self, ctx: &DocumentContext<'_>, found: &mut Findings<'_>) {
        let installed: HashSet<&str> = self.run_steps.iter().flat_map(|step| &step.units).map(String::as_str).collect();
        let planned = ctx.release_plan.into_iter().flat_map(|plan| plan.steps.iter()).flat_map(|step| &step.units);
        let missing: BTreeSet<&str> = planned.map(String::as_str).filter(|unit| !installed.contains(unit)).collect();
        for unit in missing {
            let (zh, en) = (format!("没有步骤安装发布单元“{unit}”"), format!("no step installs the release unit \"{unit}\""));
            found.add("5.5.6", "/run_steps", MissingCode::TooFewRows, zh, en);
        }
        let Some(plan) = ctx.release_plan else { return };
        let reviewed: HashSet<&str> = plan.steps.iter().flat_map(|step| &step.units).map(String::as_str).collect();
        let others: BTreeSet<&str> = installed.into_iter().filter(|unit| !reviewed.contains(unit)).collect();
        for unit in others {
            let zh = format!("步骤安装的发布单元“{unit}”不在评审通过的发布方案中");
            let en = format!("a step installs the release unit \"{unit}\", which no step of the reviewed release plan does");
            found.add("3.1b", "/run_steps", MissingCode::Contradiction, zh, en);
        }
    }

    fn check_rollback(&self, ctx: &DocumentContext<'_>, found: &mut Findings<'_>) {
        const CLAUSE: &str = "5.5.7";
        found.rows(CLAUSE, "/rollback_steps", self.rollback_steps.len(), 1);
        found.keys(CLAUSE, "/rollback_steps", self.rollback_steps.iter().map(|step| &step.key));
        for (index, step) in self.rollback_steps.iter().enumerate() {
            let at = format!("/rollback_steps/{index}");
            found.given(CLAUSE, format!("{at}/group"), step.group.is_some());
            found.text(CLAUSE, format!("{at}/title"), &step.title);
            found.person(CLAUSE, format!("{at}/person"), step.person, self.window.start);
            let timed = step.duration_minutes > 0;
            found.given(CLAUSE, format!("{at}/duration_minutes"), timed);
        }
        let present: HashSet<_> = self.rollback_steps.iter().filter_map(|step| step.group).collect();
        for group in ctx.release_plan.into_iter().flat_map(ReleasePlan::rollback_groups).filter(|group| !present.contains(group))
        {
            let zh = format!("缺少“{}”的回退步骤", group.zh());
            let en = format!("no rollback step for \"{}\"", group.en());
            found.add(group.clause(), "/rollback_steps", MissingCode::TooFewRows, zh, en);
        }
        let stated = ctx.release_plan.and_then(|plan| plan.rollback.latest_safe_start);
        if let (Some(stated), Some((_, closes))) = (stated, self.window.span())
            && closes < stated
        {
            let zh = format!("窗口在方案规定的最晚回退时间（{}）之前就结束", local(stated));
            let en = format!(
                "the window is over before the latest safe start of the rollback in the release plan ({})",
                local(stated)
            );
            found.add("5.2.1", "/window/end", MissingCode::OutsideWindow, zh, en);
        }
        if let (Some(latest), Some((opens, _))) = (self.latest_safe_start(), self.window.span())
            && latest < opens
        {
            let zh = format!("回退需要{}分钟，窗口内来不及回退", self.rollback_minutes());
            let en = format!(
                "the rollback takes {} minutes: it does not fit into the window from {}",
                self.rollback_minutes(),
                local(opens)
            );
            found.add(CLAUSE, "/window/end", MissingCode::OutsideWindow, zh, en);
        }
    }
}

impl ReleasePlan {
    /// The groups of §5.2 in which there is something to do.
    pub fn rollback_groups(&self) -> impl Iterator<Item = RollbackGroup> + use<> {
        let rollback = &self.rollback;
        [
            (RollbackGroup::Systems, rollback.systems.len()),
            (RollbackGroup::DataObjects, rollback.data_objects.rows.len()),
            (RollbackGroup::ConfigurationData, rollback.configuration_data.rows.len()),
            (RollbackGroup::Applications, rollback.applications.rows.len()),
            (RollbackGroup::Notifications, rollback.notifications.rows.len()),
        ]
        .into_iter()
        .filter(|(_, rows)| *rows > 0)
        .map(|(group, _)| group)
    }
}

fn dated(items: &[PhaseItem], at: &str, found: &mut Findings<'_>) {
    for (index, item) in items.iter().enumerate() {
        found.text("5.5.2", format!("{at}/{index}/key"), &item.key);
        let dated = item.planned_date.is_some();
        found.given("5.7f", format!("{at}/{index}/planned_date"), dated);
    }
}

fn run_step(step: &super::plan::PlanStep) -> RunStep {
    RunStep {
        key: step.key.clone(),
        phase: step.phase.clone(),
        title: step.title.clone(),
        units: step.units.clone(),
        person: step.person,
        planned_start: step.start,
        duration_minutes: step.duration_minutes,
        predecessors: step.predecessors.clone(),
        check: step.check.clone(),
    }
}

/// One step per row of the rollback plan, in the order of §5.2; keys stay unique because each carries its group.
fn rollback_steps(plan: &ReleasePlan) -> Vec<RollbackStep> {
    let rollback = &plan.rollback;
    let step = |group: RollbackGroup, key: String, title: String, person, duration_minutes| RollbackStep {
        key: format!("{group}-{key}"),
        group: Some(group),
        title,
        person,
        duration_minutes,
    };
    let systems = rollback
        .systems
        .iter()
        .enumerate()
        .map(|(index, row)| step(RollbackGroup::Systems, (index + 1).to_string(), row.system.clone(), rollback.decider, 0));
    let items = |group, table: &Table<super::rollback::RollbackItem>| -> Vec<RollbackStep> {
        let one = |row: &super::rollback::RollbackItem| {
            step(group, row.key.clone(), format!("{}：{}", row.object, row.action), row.person, row.duration_minutes)
        };
        table.rows.iter().map(one).collect()
    };
    let applications = rollback.applications.rows.iter().map(|row| {
        let title = format!("{} → {}：{}", row.unit, row.target_version, row.action);
        step(RollbackGroup::Applications, row.key.clone(), title, row.person, row.duration_minutes)
    });
    let notifications = rollback.notifications.rows.iter().map(|row| {
        let title = format!("{}：{}（{}）", row.system, row.contact, row.channel);
        step(RollbackGroup::Notifications, row.key.clone(), title, None, 0)
    });
    systems
        .chain(items(RollbackGroup::DataObjects, &rollback.data_objects))
        .chain(items(RollbackGroup::ConfigurationData, &rollback.configuration_data))
        .chain(applications)
        .chain(notifications)
        .collect()
}
