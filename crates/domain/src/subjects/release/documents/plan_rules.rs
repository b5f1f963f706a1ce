//! When a release plan is complete (§5.1, §5.2, RO1b).

use super::{
    plan::{Backup, ReleasePlan, Risk},
    rollback::{RollbackApplication, RollbackItem, RollbackPlan},
    steps::{Place, StepView, check_steps},
};
use crate::blocks::document::{
    missing::{DocumentContext, Findings, Missing, MissingCode},
    types::{Grade, Table},
};
use crate::identity::{folded, same};
use crate::subjects::registers::configuration_item::ItemLifecycle;
use std::collections::HashSet;

impl ReleasePlan {
    /// What stands between this plan and its submission. An emergency release (D11) needs purpose, steps and window,
    /// the systems and criteria of the rollback, and risks; the rest it owes afterwards.
    #[must_use]
    pub fn missing(&self, ctx: &DocumentContext<'_>) -> Vec<Missing> {
        let mut found = Findings::new(ctx.directory, Self::FIELDS);
        purpose_and_scope(self, ctx, &mut found);
        configuration_items(self, ctx, &mut found);
        if !ctx.emergency {
            backups(self, ctx, &mut found);
        }
        schedule(self, ctx, &mut found);
        self.rollback.check(ctx.emergency, &mut found);
        self.check_window_of_rollback(&mut found);
        if !ctx.emergency {
            problems_and_other_work(self, &mut found);
        }
        risks(self, &mut found);
        if !ctx.emergency {
            found.rows("5.4d", "/acceptance_criteria", self.acceptance_criteria.len(), 1);
        }
        found.keys("5.4d", "/acceptance_criteria", self.acceptance_criteria.iter().map(|row| &row.key));
        for (index, row) in self.acceptance_criteria.iter().enumerate() {
            found.text("5.4d", format!("/acceptance_criteria/{index}/text"), &row.text);
        }
        found.done()
    }

    fn check_window_of_rollback(&self, found: &mut Findings<'_>) {
        if let (Some(latest), Some((opens, closes))) = (self.rollback.latest_safe_start, self.window.span())
            && (latest < opens || latest > closes)
        {
            let (zh, en) = (
                "回退最迟开始时间须在窗口内".to_owned(),
                "the latest safe start of a rollback must lie in the window".to_owned(),
            );
            found.add("5.2.1", "/rollback/latest_safe_start", MissingCode::OutsideWindow, zh, en);
        }
    }
}

fn purpose_and_scope(plan: &ReleasePlan, ctx: &DocumentContext<'_>, found: &mut Findings<'_>) {
    const CLAUSE: &str = "5.1.1";
    found.text(CLAUSE, "/purpose", &plan.purpose);
    if ctx.emergency {
        return;
    }
    found.text(CLAUSE, "/impact", &plan.impact);
    let affected = &plan.affected;
    for object in ctx.service_objects {
        if !affected.service_objects.contains(object) {
            let name = ctx.directory.service_objects.get(object).map_or_else(|| object.to_string(), |o| o.name.to_string());
            let (zh, en) =
                (format!("影响范围未包括服务对象“{name}”"), format!("the scope leaves out the service object \"{name}\""));
            found.add(CLAUSE, "/affected/service_objects", MissingCode::Required, zh, en);
        }
    }
    for (index, object) in affected.service_objects.iter().enumerate() {
        if !ctx.directory.service_objects.get(object).is_some_and(|object| object.active) {
            let (zh, en) = ("服务对象不存在或已停用".to_owned(), "the service object does not exist or is not active".to_owned());
            found.add(CLAUSE, format!("/affected/service_objects/{index}"), MissingCode::UnknownReference, zh, en);
        }
    }
    found.text(CLAUSE, "/affected/users", &affected.users);
    let ends = [affected.from, affected.until];
    found.window(CLAUSE, ["/affected/from", "/affected/until"], ends);
}

/// Every row names a registered item of the customer or the company, once, and the version that it will have (3.4, 9.2c).
fn configuration_items(plan: &ReleasePlan, ctx: &DocumentContext<'_>, found: &mut Findings<'_>) {
    const CLAUSE: &str = "9.2c";
    found.keys("3.4", "/configuration_items", plan.configuration_items.iter().map(|row| &row.key));
    let object = |id| ctx.directory.service_objects.get(id).map(|object| object.customer_id);
    let customers: HashSet<_> = ctx.service_objects.iter().filter_map(object).collect();
    let mut named: HashSet<String> = HashSet::new();
    for (index, row) in plan.configuration_items.iter().enumerate() {
        let at = format!("/configuration_items/{index}/identifier");
        found.text("3.4", format!("/configuration_items/{index}/planned_version"), &row.planned_version);
        let number = row.identifier.trim();
        if number.is_empty() {
            found.text(CLAUSE, at, number);
            continue;
        }
        if !named.insert(folded(number)) {
            let (zh, en) =
                (format!("配置项“{number}”已在清单中"), format!("the configuration item \"{number}\" is listed twice"));
            found.add(CLAUSE, at, MissingCode::Contradiction, zh, en);
            continue;
        }
        let Some(item) = ctx.items.iter().find(|item| same(item.number.as_str(), number)) else {
            let zh = format!("配置项“{number}”未登记：请从配置库中选择，或请配置管理员登记");
            let en = format!(
                "the configuration item \"{number}\" is not registered: choose one, or ask the configuration administrator to register it"
            );
            found.add(CLAUSE, at, MissingCode::UnknownReference, zh, en);
            continue;
        };
        if item.number.as_str() != row.identifier {
            let zh = format!("配置项编号应写作“{}”", item.number);
            let en = format!("the number of the configuration item is written \"{}\"", item.number);
            found.add(CLAUSE, at, MissingCode::UnknownReference, zh, en);
        } else if item.state == ItemLifecycle::Retired {
            let (zh, en) = (format!("配置项“{number}”已退役"), format!("the configuration item \"{number}\" is retired"));
            found.add(CLAUSE, at, MissingCode::UnknownReference, zh, en);
        } else if item.customer_id.is_some_and(|customer| !customers.contains(&customer)) {
            let zh = format!("配置项“{number}”属于另一客户");
            let en = format!("the configuration item \"{number}\" belongs to another customer");
            found.add(CLAUSE, at, MissingCode::UnknownReference, zh, en);
        }
    }
}

fn backups(plan: &ReleasePlan, ctx: &DocumentContext<'_>, found: &mut Findings<'_>) {
    const CLAUSE: &str = "5.1.2";
    found.keys(CLAUSE, "/backups", plan.backups.iter().map(|row| &row.key));
    let affected: HashSet<_> = ctx.service_objects.iter().chain(&plan.affected.service_objects).collect();
    let covered: HashSet<_> = plan.backups.iter().filter_map(|row| row.service_object.as_ref()).collect();
    let mut uncovered: Vec<_> = affected.difference(&covered).copied().collect();
    uncovered.sort_unstable();
    for object in uncovered {
        let name = ctx.directory.service_objects.get(object).map_or_else(|| object.to_string(), |o| o.name.to_string());
        let zh = format!("系统“{name}”没有备份方案；不需要备份时须说明理由");
        let en = format!("no backup row for the system \"{name}\"; if none is needed, a row with the reason");
        found.add(CLAUSE, "/backups", MissingCode::TooFewRows, zh, en);
    }
    for (index, row) in plan.backups.iter().enumerate() {
        let at = format!("/backups/{index}");
        found.given(CLAUSE, format!("{at}/service_object"), row.service_object.is_some());
        if row.not_needed_reason.trim().is_empty() {
            backup(row, &at, found);
        }
    }
}

fn backup(row: &Backup, at: &str, found: &mut Findings<'_>) {
    const CLAUSE: &str = "5.1.2";
    found.text(CLAUSE, format!("{at}/object"), &row.object);
    found.given(CLAUSE, format!("{at}/kind"), row.kind.is_some());
    found.text(CLAUSE, format!("{at}/method"), &row.method);
    found.text(CLAUSE, format!("{at}/place"), &row.place);
    found.person(CLAUSE, format!("{at}/responsible"), row.responsible, row.at);
    found.given(CLAUSE, format!("{at}/at"), row.at.is_some());
    found.text(CLAUSE, format!("{at}/restore_check"), &row.restore_check);
}

fn schedule(plan: &ReleasePlan, ctx: &DocumentContext<'_>, found: &mut Findings<'_>) {
    const CLAUSE: &str = "5.1.3";
    found.window(CLAUSE, ["/window/start", "/window/end"], [plan.window.start, plan.window.end]);
    let steps: Vec<StepView<'_>> = plan
        .steps
        .iter()
        .map(|step| StepView {
            key: &step.key,
            title: &step.title,
            person: step.person,
            start: step.start,
            duration_minutes: step.duration_minutes,
            predecessors: &step.predecessors,
            check: &step.check,
        })
        .collect();
    check_steps(found, &Place { clause: CLAUSE, at: "/steps", start_field: "start" }, &steps, &plan.window);
    if !ctx.emergency {
        found.text(CLAUSE, "/staffing", &plan.staffing);
    }
}

fn problems_and_other_work(plan: &ReleasePlan, found: &mut Findings<'_>) {
    found.rows("5.1.5", "/problems", plan.problems.len(), 1);
    for (index, row) in plan.problems.iter().enumerate() {
        found.text("5.1.5", format!("/problems/{index}/phenomenon"), &row.phenomenon);
        found.text("5.1.5", format!("/problems/{index}/solution"), &row.solution);
    }
    const CLAUSE: &str = "5.1.6";
    found.table(CLAUSE, "/other_work", &plan.other_work);
    found.keys(CLAUSE, "/other_work/rows", plan.other_work.rows.iter().map(|row| &row.key));
    for (index, row) in plan.other_work.rows.iter().enumerate() {
        let at = format!("/other_work/rows/{index}");
        found.text(CLAUSE, format!("{at}/title"), &row.title);
        found.person(CLAUSE, format!("{at}/assignee"), row.assignee, None);
        found.given(CLAUSE, format!("{at}/due"), row.due.is_some());
        found.given(CLAUSE, format!("{at}/kind"), row.kind.is_some());
    }
}

fn risks(plan: &ReleasePlan, found: &mut Findings<'_>) {
    found.rows("RO1b", "/risks", plan.risks.len(), 1);
    found.keys("RO1b", "/risks", plan.risks.iter().map(|row| &row.key));
    for (index, row) in plan.risks.iter().enumerate() {
        risk(row, &format!("/risks/{index}"), found);
    }
}

fn risk(row: &Risk, at: &str, found: &mut Findings<'_>) {
    const CLAUSE: &str = "RO1b";
    found.text(CLAUSE, format!("{at}/cause"), &row.cause);
    found.given(CLAUSE, format!("{at}/probability"), row.probability.is_some());
    found.given(CLAUSE, format!("{at}/impact"), row.impact.is_some());
    found.given(CLAUSE, format!("{at}/level"), row.level.is_some());
    found.text(CLAUSE, format!("{at}/control"), &row.control);
    found.person(CLAUSE, format!("{at}/owner"), row.owner, None);
    found.given(CLAUSE, format!("{at}/residual"), row.residual.is_some());
    if let (Some(probability), Some(impact), Some(level)) = (row.probability, row.impact, row.level)
        && level < Grade::level(probability, impact)
    {
        let (zh, en) = (
            "风险等级低于可能性与影响程度得出的等级".to_owned(),
            "the level is lower than probability and impact give".to_owned(),
        );
        found.add(CLAUSE, format!("{at}/level"), MissingCode::Contradiction, zh, en);
    }
}

impl RollbackPlan {
    /// Checks the rollback plan inside the release plan (§5.1.4, 5.2.1 to 5.2.5).
    fn check(&self, emergency: bool, found: &mut Findings<'_>) {
        found.text("5.1.4", "/rollback/criteria", &self.criteria);
        found.person("5.1.4", "/rollback/decider", self.decider, None);
        found.rows("5.2.1", "/rollback/systems", self.systems.len(), 1);
        for (index, row) in self.systems.iter().enumerate() {
            let at = format!("/rollback/systems/{index}");
            found.text("5.2.1", format!("{at}/system"), &row.system);
            found.given("5.2.1", format!("{at}/time_point"), row.time_point.is_some());
        }
        if emergency {
            return;
        }
        let latest = self.latest_safe_start.is_some();
        found.given("5.2.1", "/rollback/latest_safe_start", latest);
        items("5.2.2", "/rollback/data_objects", &self.data_objects, found);
        items("5.2.3", "/rollback/configuration_data", &self.configuration_data, found);
        applications(&self.applications, found);
        const AT: &str = "/rollback/notifications";
        found.table("5.2.5", AT, &self.notifications);
        found.keys("5.2.5", &format!("{AT}/rows"), self.notifications.rows.iter().map(|row| &row.key));
        for (index, row) in self.notifications.rows.iter().enumerate() {
            let at = format!("{AT}/rows/{index}");
            found.text("5.2.5", format!("{at}/system"), &row.system);
            found.text("5.2.5", format!("{at}/contact"), &row.contact);
            found.text("5.2.5", format!("{at}/channel"), &row.channel);
        }
    }
}

fn items(clause: &'static str, at: &str, table: &Table<RollbackItem>, found: &mut Findings<'_>) {
    found.table(clause, at, table);
    found.keys(clause, &format!("{at}/rows"), table.rows.iter().map(|row| &row.key));
    for (index, row) in table.rows.iter().enumerate() {
        let at = format!("{at}/rows/{index}");
        found.text(clause, format!("{at}/object"), &row.object);
        found.text(clause, format!("{at}/action"), &row.action);
        if let Some(person) = row.person {
            found.present(clause, format!("{at}/person"), person, None);
        }
    }
}

fn applications(table: &Table<RollbackApplication>, found: &mut Findings<'_>) {
    const CLAUSE: &str = "5.2.4";
    const AT: &str = "/rollback/applications";
    found.table(CLAUSE, AT, table);
    found.keys(CLAUSE, &format!("{AT}/rows"), table.rows.iter().map(|row| &row.key));
    for (index, row) in table.rows.iter().enumerate() {
        let at = format!("{AT}/rows/{index}");
        found.text(CLAUSE, format!("{at}/unit"), &row.unit);
        found.text(CLAUSE, format!("{at}/target_version"), &row.target_version);
        found.text(CLAUSE, format!("{at}/action"), &row.action);
        if let Some(person) = row.person {
            found.present(CLAUSE, format!("{at}/person"), person, None);
        }
    }
}
