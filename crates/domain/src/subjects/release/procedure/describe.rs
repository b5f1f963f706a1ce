//! The tables of the procedure as the description of the API carries them: which words of an enum count where, so that no
//! client lists them again.

use super::{COMMANDS, CommandRule, STAGES, stage_rule};
use crate::{
    blocks::task::TaskKind,
    people::role::Role,
    subjects::release::{
        command::CommandName,
        stage::{Exit, Stage},
    },
};
use serde_json::{Map, Value, json};

/// The stages that an emergency release goes through, in order: its approval is asked for as soon as it is planned (D11).
pub fn emergency_route() -> impl Iterator<Item = Stage> {
    let next = stage_rule(Stage::Planning).next(Exit::EmergencyConvened);
    Stage::ACTIVE.into_iter().filter(move |stage| *stage == Stage::Planning || next.is_some_and(|next| *stage >= next))
}

/// `{team: [role], stages: {underWay: [stage], emergency: [stage]}, tasks: {stage: [task]}, commands: [{name, states?, words?:
/// {field: [word]}}]}`: the roles of a team, the stages of both routes, the tasks of each stage, and for each command the states
/// of the task or the configuration item that it concerns, and the words that a field takes where those are not all of its
/// enum.
#[must_use]
pub fn describe() -> Value {
    let tasks: Map<String, Value> = STAGES.iter().map(|rule| (rule.stage.to_string(), json!(rule.tasks))).collect();
    json!({
        "team": Role::TEAM,
        "stages": { "underWay": Stage::ACTIVE, "emergency": emergency_route().collect::<Vec<_>>() },
        "tasks": tasks,
        "commands": COMMANDS.iter().map(command).collect::<Vec<_>>(),
    })
}

fn command(CommandRule { name, tasks, items, .. }: &CommandRule) -> Value {
    let mut described = json!({ "name": name });
    if !tasks.is_empty() {
        described["states"] = json!(tasks);
    }
    if !items.is_empty() {
        described["states"] = json!(items);
    }
    match name {
        CommandName::AddTask => {
            let by_hand: Vec<_> = TaskKind::ALL.iter().filter(|kind| kind.rule().can_be_added).collect();
            described["words"] = json!({ "kind": by_hand });
        }
        CommandName::AssignRole => described["words"] = json!({ "role": Role::TEAM }),
        _ => {}
    }
    described
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emergency_goes_from_its_plan_to_the_approval() {
        let route: Vec<Stage> = emergency_route().collect();
        assert_eq!(route[..3], [Stage::Planning, Stage::GoLiveApproval, Stage::Readiness]);
        assert_eq!(route.last(), Some(&Stage::Closed));
    }

    #[test]
    fn a_command_concerns_a_task_or_an_item_or_neither() {
        for rule in COMMANDS {
            assert!(rule.tasks.is_empty() || rule.items.is_empty(), "{}", rule.name);
        }
        let by_hand = &describe()["commands"].as_array().and_then(|all| all.iter().find(|c| c["name"] == "add_task")).cloned();
        let kinds = by_hand.as_ref().and_then(|command| command["words"]["kind"].as_array());
        assert!(kinds.is_some_and(|kinds| kinds.contains(&"preparation".into()) && !kinds.contains(&"condition".into())));
    }
}
