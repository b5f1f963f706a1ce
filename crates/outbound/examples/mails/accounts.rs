//! What people are told of changes of rights, from entries as the use cases write them.

use crate::stories::Told;
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::EventId,
    notifications::account_mail,
    people::{directory::Directory, role::Role},
    subject::log::LogEntry,
};
use fabu_scenario::company::user;
use serde_json::{Value, json};
use uuid::Uuid;

pub fn told(directory: &Directory, at: DateTime<Utc>) -> Vec<Told> {
    let person = format!("users/{}", user("liu.fang"));
    let (before, after) = ([Role::ReleaseAdministrator], [Role::ReleaseAdministrator, Role::SystemAdministrator]);
    let arrangement = json!({ "id": Uuid::nil(), "principal": user("chen.xiaoyan"), "deputy": user("he.wenbin"),
        "from": "2026-12-07", "until": "2026-12-11", "absent": true });
    let entries = [
        entry("user.roles_changed", &person, json!({ "roles": { "from": before, "to": after } }), at),
        entry("user.password_reset", &person, json!({}), at),
        entry("deputy.appointed", "deputies/1", arrangement.clone(), at),
        entry("deputy.ended", "deputies/1", arrangement, at),
        entry("robot.created", "robots/1", json!({ "name": "运维值班群" }), at),
        entry("report_schedule.created", "reports/schedules/1", json!({ "name": "季度报告", "users": [user("li.jianguo")] }), at),
    ];
    let messages = entries.iter().flat_map(|entry| account_mail::messages(entry, directory));
    messages.map(|message| (message.notice, at)).collect()
}

fn entry(kind: &str, subject: &str, payload: Value, at: DateTime<Utc>) -> LogEntry {
    LogEntry {
        id: EventId(Uuid::nil()),
        kind: kind.to_owned(),
        version: 1,
        subject: subject.to_owned(),
        release_id: None,
        release_version: None,
        actor: Some(user("zhao.min")),
        on_behalf_of: None,
        request_id: String::new(),
        occurred_at: at,
        recorded_at: at,
        payload,
    }
}
