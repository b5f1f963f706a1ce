//! 上线计划 (§5.5): begun from the release plan, and filled in.

use super::release_plan;
use crate::{Cast, Theme};
use chrono::TimeDelta;
use fabu_domain::{
    blocks::document::types::Table,
    ids::UserId,
    subjects::release::documents::{
        GoLivePlan,
        go_live::{Communication, Duty, GoLiveWay, Phase, PhaseItem, Storage},
    },
    time::clock::company_day,
};

/// The complete go-live plan: in phases when the theme has phases.
#[must_use]
pub fn go_live_plan(cast: &Cast, theme: &Theme) -> GoLivePlan {
    let begun = GoLivePlan::prefill(&release_plan(cast, theme));
    let phased = !theme.phases.is_empty();
    let mut plan = GoLivePlan {
        procurement: Table::not_applicable("无需采购"),
        storage: Table::of(vec![Storage {
            item: "发布前备份".to_owned(),
            place: "备份服务器/发布备份".to_owned(),
            requirement: "200 GB".to_owned(),
        }]),
        way: Some(if phased { GoLiveWay::Phased } else { GoLiveWay::Full }),
        phases: phases(theme, &begun.configuration_items),
        configuration_items: if phased { Vec::new() } else { begun.configuration_items },
        communication: communication(theme),
        roster: roster(cast),
        schedule: begun.schedule,
        resources: begun.resources,
        window: begun.window,
        conflict_reason: theme.conflict_reason.clone(),
        conflict_reasons: Vec::new(),
        run_steps: begun.run_steps,
        rollback_steps: begun.rollback_steps,
    };
    for step in &mut plan.rollback_steps {
        step.person = step.person.or(Some(cast.administrator));
        step.duration_minutes = step.duration_minutes.max(10);
    }
    plan
}

fn phases(theme: &Theme, items: &[PhaseItem]) -> Vec<Phase> {
    let phase = |(n, phase): (usize, &crate::theme::ThemePhase)| Phase {
        key: phase.key.clone(),
        name: phase.name.clone(),
        scope: phase.scope.clone(),
        order: u32::try_from(n + 1).unwrap_or(u32::MAX),
        pass_criterion: "业务运行正常，无一级、二级故障".to_owned(),
        configuration_items: if n == 0 { items.to_vec() } else { Vec::new() },
    };
    theme.phases.iter().enumerate().map(phase).collect()
}

fn communication(theme: &Theme) -> Communication {
    let day = company_day(theme.start);
    Communication {
        impact_from: Some(theme.start),
        impact_until: Some(theme.end),
        affected_functions: format!("{}的全部业务功能", theme.system),
        message: format!("{}将于{day}进行{}，期间暂停服务，敬请提前安排业务。", theme.system, theme.title),
        recipients: vec!["客户信息部门负责人 it@example.com".to_owned()],
        send_at: Some(theme.start - TimeDelta::days(1)),
    }
}

fn roster(cast: &Cast) -> Vec<Duty> {
    let duty = |person: UserId, deputy: UserId, duty: &str, phone: &str| Duty {
        person: Some(person),
        duty: duty.to_owned(),
        phone: phone.to_owned(),
        deputy: Some(deputy),
        ..Duty::default()
    };
    vec![
        Duty { command: true, ..duty(cast.administrator, cast.owner, "现场指挥", "0871-65001101") },
        duty(cast.implementer, cast.second_implementer, "部署实施", "0871-65001102"),
        Duty {
            customer_contact: true, support: true, ..duty(cast.support, cast.second_support, "服务台值守", "0871-65001103")
        },
    ]
}
