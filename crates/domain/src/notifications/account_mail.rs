//! Who is notified of a change of rights or of what is no longer what it was: the person whose roles, password or deputies changed, and the administrators when one
//! is made or a robot gets other words or another address. One declared table, from the entry of the log to the message.
//!
//! Unlike the mails of steps ([`crate::notifications::step_mail`]) these also go to whoever gave the command: a person whose session was
//! taken over learns of it. Nobody can switch them off.

use crate::{
    ids::UserId,
    notifications::notice::{Fact, Link, Notice, NoticeKind, Topic, Wanted, times},
    people::{
        directory::{Deputy, Directory, User},
        role::{Role, Roles},
    },
    subject::{log::LogEntry, refusal::Text},
    subjects::registers::media_item::CheckOutcome,
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// Whom a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concerned {
    /// The person whose account the entry is about.
    Person,
    /// Every system administrator, when the entry makes somebody one.
    AdministratorsOfNew,
    /// Every system administrator.
    Administrators,
    /// Whoever answers for the media library: the configuration administrators and the process owner (9.2a).
    MediaKeepers,
    /// Both people of a deputy arrangement.
    BothOfArrangement,
    /// The people whom a report schedule newly names.
    NewRecipients,
}

/// One row: an entry of this kind sends this message to these people.
#[derive(Debug, Clone, Copy)]
pub struct AccountMail {
    /// The kind of the entry.
    pub event: &'static str,
    /// The message.
    pub kind: NoticeKind,
    /// Whom it goes to.
    pub to: Concerned,
    /// What happened to `{name}`, as a whole sentence in both languages.
    pub sentence: (&'static str, &'static str),
}

const fn row(event: &'static str, kind: NoticeKind, to: Concerned, sentence: (&'static str, &'static str)) -> AccountMail {
    AccountMail { event, kind, to, sentence }
}

/// The whole table.
#[rustfmt::skip]
pub const ACCOUNT_MAILS: &[AccountMail] = &[
    row("user.created", NoticeKind::AdministratorAppointed, Concerned::AdministratorsOfNew, ("{name}成为系统管理员。", "{name} is now a system administrator.")),
    row("user.updated", NoticeKind::AdministratorAppointed, Concerned::AdministratorsOfNew, ("{name}重新成为在职的系统管理员。", "{name} is an active system administrator again.")),
    row("user.roles_changed", NoticeKind::RolesChanged, Concerned::Person, ("您的角色已变更。", "Your roles have changed.")),
    row("user.roles_changed", NoticeKind::AdministratorAppointed, Concerned::AdministratorsOfNew, ("{name}成为系统管理员。", "{name} is now a system administrator.")),
    row("user.password_reset", NoticeKind::PasswordReset, Concerned::Person, ("您的密码已由管理员重置，原有登录全部失效。", "An administrator has reset your password and ended all your sessions.")),
    row("deputy.appointed", NoticeKind::DeputyArranged, Concerned::BothOfArrangement, ("已安排代理：{name}。", "A deputy has been arranged: {name}.")),
    row("deputy.ended", NoticeKind::DeputyArranged, Concerned::BothOfArrangement, ("代理安排已结束：{name}。", "A deputy arrangement has ended: {name}.")),
    row("robot.created", NoticeKind::RobotChanged, Concerned::Administrators, ("新增了群机器人“{name}”。", "The chat robot “{name}” has been added.")),
    row("robot.updated", NoticeKind::RobotChanged, Concerned::Administrators, ("群机器人“{name}”已修改。", "The chat robot “{name}” has been changed.")),
    row("robot.deleted", NoticeKind::RobotChanged, Concerned::Administrators, ("群机器人“{name}”已删除。", "The chat robot “{name}” has been deleted.")),
    row("report_schedule.created", NoticeKind::ReportScheduleChanged, Concerned::NewRecipients, ("您将定期收到“{name}”。", "You will receive “{name}” by schedule.")),
    row("report_schedule.updated", NoticeKind::ReportScheduleChanged, Concerned::NewRecipients, ("您将定期收到“{name}”。", "You will receive “{name}” by schedule.")),
    row("media_item.differs", NoticeKind::MediumDiffers, Concerned::MediaKeepers, ("最终软件库中的“{name}”与入库时不一致，或文件已不存在：查明前不要用它部署或回退。", "“{name}” in the definitive media library is not what was checked in, or is gone: neither deploy it nor return to it before it is known why.")),
];

/// A message for one person.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountMessage {
    /// Who reads it.
    pub reader: UserId,
    /// What is said.
    pub notice: Notice,
}

/// The rows of an entry.
pub fn rules_of(entry: &LogEntry) -> impl Iterator<Item = &'static AccountMail> {
    ACCOUNT_MAILS.iter().filter(move |row| row.event == entry.kind)
}

/// True when somebody may have to be notified of the entry: most changes of a person concern nobody's rights.
#[must_use]
pub fn concerns_somebody(entry: &LogEntry) -> bool {
    let payload = &entry.payload;
    match entry.kind.as_str() {
        "user.created" => has_administrator(&payload["roles"]),
        "user.updated" => payload["active"]["to"] == true,
        _ => rules_of(entry).next().is_some(),
    }
}

/// The messages of one entry; a person gets the first of several.
#[must_use]
pub fn messages(entry: &LogEntry, directory: &Directory) -> Vec<AccountMessage> {
    let mut all: Vec<AccountMessage> = Vec::new();
    for rule in rules_of(entry) {
        for reader in concerned(rule.to, entry, directory) {
            if directory.active_user(reader).is_some() && all.iter().all(|message| message.reader != reader) {
                all.push(AccountMessage { reader, notice: notice(rule, entry, directory) });
            }
        }
    }
    all
}

fn concerned(to: Concerned, entry: &LogEntry, directory: &Directory) -> BTreeSet<UserId> {
    let payload = &entry.payload;
    let administrators = || directory.holders(Role::SystemAdministrator).into_iter().collect();
    match to {
        Concerned::Person => subject(entry).into_iter().collect(),
        Concerned::AdministratorsOfNew if makes_an_administrator(entry, directory) => administrators(),
        Concerned::AdministratorsOfNew => BTreeSet::new(),
        Concerned::Administrators => administrators(),
        Concerned::MediaKeepers => {
            [Role::ConfigurationAdministrator, Role::ProcessOwner].into_iter().flat_map(|role| directory.holders(role)).collect()
        }
        Concerned::BothOfArrangement => {
            Deputy::deserialize(payload).map_or_else(|_| BTreeSet::new(), |d| [d.principal, d.deputy].into())
        }
        Concerned::NewRecipients => {
            let people = |value: &Value| BTreeSet::<UserId>::deserialize(value).unwrap_or_default();
            let (before, after) = (people(&payload["users"]["from"]), people(&payload["users"]["to"]));
            let named = if payload["users"].is_array() { people(&payload["users"]) } else { after };
            named.difference(&before).copied().collect()
        }
    }
}

fn subject(entry: &LogEntry) -> Option<UserId> {
    entry.subject.strip_prefix("users/")?.parse().ok()
}

/// True when somebody who was none becomes an active system administrator by this entry.
fn makes_an_administrator(entry: &LogEntry, directory: &Directory) -> bool {
    let payload = &entry.payload;
    match entry.kind.as_str() {
        "user.created" => has_administrator(&payload["roles"]),
        "user.roles_changed" => has_administrator(&payload["roles"]["to"]) && !has_administrator(&payload["roles"]["from"]),
        _ => payload["active"]["to"] == true && subject(entry).is_some_and(|id| directory.holds(id, Role::SystemAdministrator)),
    }
}

fn has_administrator(roles: &Value) -> bool {
    Roles::deserialize(roles).is_ok_and(|roles| roles.has(Role::SystemAdministrator))
}

fn notice(rule: &AccountMail, entry: &LogEntry, directory: &Directory) -> Notice {
    let name = name(entry, directory);
    let fill = |sentence: &str| sentence.replace("{name}", &name);
    let what = Text::new(fill(rule.sentence.0), fill(rule.sentence.1));
    let topic = Topic::Other { name: rule.kind.text() };
    let mut notice = Notice::new(rule.kind, topic, Wanted::Know { what });
    notice.facts = facts(entry);
    let by = entry.actor.map_or_else(|| Text::new("系统", "the system"), |actor| Text::same(directory.name(actor)));
    notice.facts.push(Fact::new("操作人", "by", by));
    notice.facts.push(Fact::at("时间", "at", entry.recorded_at));
    notice.link = Some(Link::new(path(rule.kind), "查看", "view"));
    notice
}

/// What the sentence is about, by name.
fn name(entry: &LogEntry, directory: &Directory) -> String {
    let payload = &entry.payload;
    if let Ok(deputy) = Deputy::deserialize(payload) {
        return format!("{} → {}", directory.name(deputy.principal), directory.name(deputy.deputy));
    }
    match subject(entry).and_then(|id| directory.users.get(&id)) {
        Some(User { name, login, .. }) => format!("{name} ({login})"),
        None => [&payload["robot"], &payload["schedule"], &payload["name"]]
            .into_iter()
            .find_map(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
    }
}

/// The days of an arrangement, the roles before and after.
fn facts(entry: &LogEntry) -> Vec<Fact> {
    let payload = &entry.payload;
    if let Ok(deputy) = Deputy::deserialize(payload) {
        return vec![Fact::new("自", "from", times::day(deputy.from)), Fact::new("至", "until", times::day(deputy.until))];
    }
    let roles = |value: &Value| -> Text {
        let roles = Roles::deserialize(value).unwrap_or_default();
        let names: Vec<Text> = roles.iter().map(Text::from).collect();
        if names.is_empty() { Text::new("无", "none") } else { Text::list(&names) }
    };
    if let Ok(outcome) = CheckOutcome::deserialize(&payload["outcome"]) {
        let text = |field: &str| Text::same(payload[field].as_str().unwrap_or("—"));
        return vec![
            Fact::new("核对结果", "result", outcome.text()),
            Fact::new("存放位置", "place", text("place")),
            Fact::new("登记的 SHA-256", "SHA-256 checked in", text("sha256")),
            Fact::new("现在的校验值", "found now", text("found")),
        ];
    }
    match &payload["roles"] {
        Value::Object(_) if entry.kind == "user.roles_changed" => {
            vec![
                Fact::new("原角色", "roles before", roles(&payload["roles"]["from"])),
                Fact::new("现角色", "roles now", roles(&payload["roles"]["to"])),
            ]
        }
        _ => Vec::new(),
    }
}

const fn path(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::AdministratorAppointed => "/admin/users",
        NoticeKind::RobotChanged => "/admin/robots",
        NoticeKind::MediumDiffers => "/admin/media-library",
        NoticeKind::ReportScheduleChanged => "/reports/schedules",
        _ => "/me",
    }
}
