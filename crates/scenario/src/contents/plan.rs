//! 发布方案 (§5.1, §5.2).

use crate::{
    Cast, Theme,
    theme::{ThemeStep, ThemeUnit, step_key},
};
use chrono::{Days, TimeDelta};
use fabu_domain::{
    blocks::document::types::{Grade, PlannedResource, ResourceKind, Table, Window},
    subjects::release::{
        documents::{
            ReleasePlan,
            plan::{
                AcceptanceCriterion, Affected, Backup, BackupKind, ExpectedProblem, OtherWork, OtherWorkKind, PlanStep,
                PlannedItem, Risk,
            },
            rollback::{RollbackApplication, RollbackContact, RollbackItem, RollbackPlan, RollbackSystem},
        },
        records::UnitKind,
    },
    time::clock::company_day,
};

/// The complete release plan.
#[must_use]
pub fn release_plan(cast: &Cast, theme: &Theme) -> ReleasePlan {
    let Theme { system, start, end, .. } = theme;
    ReleasePlan {
        purpose: format!("{}：修复已知缺陷，满足已批准变更的要求。", theme.title),
        impact: format!("发布期间{system}暂停服务，完成后恢复；不影响其它系统。"),
        affected: Affected {
            service_objects: cast.service_objects.iter().map(|(id, _)| *id).collect(),
            users: format!("{system}的全部用户"),
            from: Some(*start),
            until: Some(*end),
        },
        configuration_items: configuration_items(theme),
        backups: cast.service_objects.iter().enumerate().map(|(n, (id, name))| backup(cast, theme, n, *id, name)).collect(),
        steps: steps(cast, theme),
        window: Window { start: Some(*start), end: Some(*end) },
        staffing: "实施人员一人操作、一人复核，发布管理员现场协调，服务台值守。".to_owned(),
        resources: vec![resource("实施工程师", cast.implementer, 240), resource("发布管理员", cast.administrator, 240)],
        rollback: rollback(cast, theme),
        problems: vec![ExpectedProblem {
            phenomenon: format!("{system}启动后连接数据库超时"),
            solution: "检查连接池配置与白名单，30分钟内未恢复则回退。".to_owned(),
        }],
        other_work: Table::of(vec![OtherWork {
            key: "watch".to_owned(),
            title: format!("观察{system}运行指标三个工作日"),
            assignee: Some(cast.support),
            due: company_day(*end).checked_add_days(Days::new(7)),
            kind: Some(OtherWorkKind::Watch),
        }]),
        risks: risks(cast, theme),
        acceptance_criteria: vec![
            AcceptanceCriterion {
                key: "function".to_owned(), text: "变更要求的功能全部可用，测试用例通过。".to_owned()
            },
            AcceptanceCriterion { key: "response".to_owned(), text: "主要业务响应时间不超过2秒。".to_owned() },
        ],
    }
}

/// What an emergency release needs beforehand (D11): purpose, steps, window, the core of the rollback, risks.
#[must_use]
pub fn emergency_plan(cast: &Cast, theme: &Theme) -> ReleasePlan {
    let full = release_plan(cast, theme);
    ReleasePlan {
        purpose: format!("{}：生产故障紧急修复。", theme.title),
        configuration_items: full.configuration_items,
        steps: full.steps,
        window: full.window,
        rollback: RollbackPlan {
            criteria: full.rollback.criteria,
            decider: full.rollback.decider,
            systems: full.rollback.systems,
            ..RollbackPlan::default()
        },
        risks: full.risks,
        ..ReleasePlan::default()
    }
}

fn configuration_items(theme: &Theme) -> Vec<PlannedItem> {
    let item = |(n, unit): (usize, &crate::theme::ThemeUnit)| PlannedItem {
        key: format!("ci{}", n + 1),
        identifier: theme.item_number(unit),
        name: unit.name.clone(),
        planned_version: unit.version.clone(),
        phase: theme.phases.first().map(|p| p.key.clone()).unwrap_or_default(),
    };
    theme.units.iter().enumerate().map(item).collect()
}

fn backup(cast: &Cast, theme: &Theme, n: usize, object: fabu_domain::ids::ServiceObjectId, name: &str) -> Backup {
    Backup {
        key: format!("b{}", n + 1),
        service_object: Some(object),
        object: format!("{name}数据库与程序目录"),
        kind: Some(BackupKind::Data),
        method: "全量备份".to_owned(),
        place: "备份服务器/发布备份".to_owned(),
        responsible: Some(cast.implementer),
        at: Some(theme.start - TimeDelta::hours(2)),
        restore_check: "在测试环境恢复并抽查记录数".to_owned(),
        not_needed_reason: String::new(),
    }
}

fn steps(cast: &Cast, theme: &Theme) -> Vec<PlanStep> {
    let step = |(n, step): (usize, &ThemeStep)| PlanStep {
        key: step_key(n),
        title: step.title.clone(),
        units: theme.units.iter().filter(|u| installs(theme, step, u)).map(|u| u.name.clone()).collect(),
        person: Some(cast.implementer),
        start: Some(theme.start_of_step(n)),
        duration_minutes: step.minutes,
        predecessors: n.checked_sub(1).map(step_key).into_iter().collect(),
        check: step.check.clone(),
        phase: theme.phase_of_step(n),
    };
    theme.steps.iter().enumerate().map(step).collect()
}

fn resource(name: &str, person: fabu_domain::ids::UserId, planned_minutes: u32) -> PlannedResource {
    PlannedResource {
        name: name.to_owned(),
        kind: Some(ResourceKind::People),
        person: Some(person),
        planned_minutes,
        quantity: "1人".to_owned(),
    }
}

fn rollback(cast: &Cast, theme: &Theme) -> RollbackPlan {
    let item = |object: &str, action: &str| RollbackItem {
        key: "r1".to_owned(),
        object: object.to_owned(),
        action: action.to_owned(),
        person: Some(cast.implementer),
        duration_minutes: 10,
    };
    let application = |(n, unit): (usize, &crate::theme::ThemeUnit)| RollbackApplication {
        key: format!("r{}", n + 1),
        unit: unit.name.clone(),
        target_version: unit.previous_version.clone(),
        action: "从产品库取回上一版本重新安装".to_owned(),
        person: Some(cast.implementer),
        duration_minutes: 15,
    };
    let data = theme.units.iter().any(|u| u.kind == UnitKind::DataObject);
    RollbackPlan {
        criteria: format!("{}启动失败，或主要业务30分钟内不能恢复时回退。", theme.system),
        decider: Some(cast.owner),
        systems: vec![RollbackSystem {
            service_object: cast.service_objects.first().map(|(id, _)| *id),
            system: theme.system.clone(),
            time_point: Some(theme.start),
        }],
        latest_safe_start: Some(theme.end - TimeDelta::minutes(90)),
        data_objects: if data {
            Table::of(vec![item("存储过程", "执行回退脚本")])
        } else {
            Table::not_applicable("本次发布不涉及数据对象")
        },
        configuration_data: Table::of(vec![item("配置参数", "恢复备份的配置文件")]),
        applications: Table::of(theme.units.iter().enumerate().map(application).collect()),
        notifications: Table::of(vec![RollbackContact {
            key: "n1".to_owned(),
            system: "统一监控平台".to_owned(),
            contact: "监控值班员".to_owned(),
            channel: "电话 0871-65001999".to_owned(),
        }]),
    }
}

fn risks(cast: &Cast, theme: &Theme) -> Vec<Risk> {
    let mut risks = vec![Risk {
        key: "k1".to_owned(),
        cause: "数据库脚本执行时间超出预期".to_owned(),
        probability: Some(Grade::Low),
        impact: Some(Grade::Medium),
        level: Some(Grade::Medium),
        control: "测试环境用等量数据演练，超时即回退".to_owned(),
        owner: Some(cast.administrator),
        residual: Some(Grade::Low),
    }];
    if theme.high_risk {
        risks.push(Risk {
            key: "k2".to_owned(),
            cause: "供应商不再支持当前操作系统版本".to_owned(),
            probability: Some(Grade::Medium),
            impact: Some(Grade::High),
            level: Some(Grade::High),
            control: "安排厂商工程师现场支持".to_owned(),
            owner: Some(cast.owner),
            residual: Some(Grade::High),
        });
    }
    risks
}

/// True when the step installs the unit: it names it, or it is the step that installs what no other names.
fn installs(theme: &Theme, step: &ThemeStep, unit: &ThemeUnit) -> bool {
    let names = |step: &ThemeStep| step.title.contains(&unit.name);
    names(step) || (step.title.starts_with("安装") && !theme.steps.iter().any(names))
}
