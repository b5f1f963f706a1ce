//! What a message of the table says.

use super::{About, StepMail, people::Matter};
use crate::{
    blocks::{
        approval::{Approval, ApprovalKind},
        task::Task,
    },
    ids::UserId,
    notifications::{
        notice::{Due, DueEvent, Fact, Link, Notice, NoticeKind, Topic, Wanted, times},
        reminder::{Reminder, ReminderStep},
    },
    people::directory::Directory,
    subject::{CompanyRecord, refusal::Text},
    subjects::release::{Dossier, Window, facts::Facts},
};
use chrono::{DateTime, Utc};

/// Who reads it: a person, or nobody in particular.
#[derive(Clone, Copy)]
pub(super) struct Addressee<'a> {
    pub directory: &'a Directory,
    pub reader: Option<UserId>,
    pub instead_of: Option<UserId>,
}

impl Addressee<'_> {
    fn name(&self, person: UserId) -> String {
        self.directory.name(person)
    }

    /// The name of the reader.
    fn who(&self) -> String {
        self.reader.map_or_else(String::new, |reader| self.name(reader))
    }

    /// A request to the reader.
    fn act(&self, what: Text, until: Option<DateTime<Utc>>) -> Wanted {
        Wanted::Act { who: self.who(), on_behalf_of: self.instead_of.map(|named| self.name(named)), what, until }
    }
}

/// The message for one reader.
pub(super) fn notice(rule: &StepMail, matter: &Matter<'_>, about: About<'_>, to: Addressee<'_>) -> Notice {
    let mut notice = match (matter, about) {
        (Matter::Reminder(reminder), about) => of_reminder(rule.kind, reminder, about, to),
        (Matter::Approval(approval), About::Release(facts)) => {
            of_approval(rule, approval, about, facts.dossier.release.window, to)
        }
        (Matter::Task(task), About::Release(facts)) => of_task(rule, task, facts, to),
        (Matter::Conflicts(found), About::Release(facts)) => of_conflicts(rule, found, facts, to),
        (_, About::Release(facts)) => of_release(rule, facts, to),
        (matter, About::Company { record, .. }) => of_record(rule, matter, record, about, to),
    };
    let acts = matches!(notice.wanted, Wanted::Act { .. });
    let label = if acts { Text::new("前往处理", "open") } else { Text::new("查看", "view") };
    notice.link = notice.link.map(|link| Link { label, ..link });
    notice
}

/// A message with the facts that every one about the same thing has and the clause that asks for what it is about.
fn message(kind: NoticeKind, about: About<'_>, wanted: Wanted, headline: Text, path: String, clause: &'static str) -> Notice {
    let (topic, facts) = common(about);
    let mut notice = Notice::new(kind, topic, wanted);
    notice.headline = headline;
    notice.facts = facts;
    notice.facts.push(Fact::same("依据", "clause", clause));
    notice.link = Some(Link::new(path, "", ""));
    notice
}

/// What every message about the same thing has in common.
fn common(about: About<'_>) -> (Topic, Vec<Fact>) {
    match about {
        About::Release(facts) => (topic(facts.dossier), facts_of(facts)),
        About::Company { record, .. } => (record.topic(), record.facts()),
    }
}

/// About a record of the company: in its own words, if it has such, else like a message about a release.
fn of_record(rule: &StepMail, matter: &Matter<'_>, record: &dyn CompanyRecord, about: About<'_>, to: Addressee<'_>) -> Notice {
    let task = if let Matter::Task(task) = matter { Some(*task) } else { None };
    let own = record.notice(rule.kind, task, &|what, until| to.act(what, until));
    own.unwrap_or_else(|| match matter {
        Matter::Approval(approval) => of_approval(rule, approval, about, None, to),
        _ => {
            let (name, action) = (record.subject().name(), action(rule));
            let wanted = if action.is_empty() { know(&name, "已批准", "is approved") } else { to.act(action, None) };
            message(rule.kind, about, wanted, Text::default(), record.subject().path(), rule.clause)
        }
    })
}

fn topic(dossier: &Dossier) -> Topic {
    let release = &dossier.release;
    Topic::Release { id: release.id, number: release.number.clone(), title: release.title.clone() }
}

fn of_approval(rule: &StepMail, approval: &Approval, about: About<'_>, window: Option<Window>, to: Addressee<'_>) -> Notice {
    let name = approval.kind.text();
    let wanted = match rule.kind {
        NoticeKind::ApprovalRequested => {
            let action = Text::new(format!("处理{}", name.zh), format!("answer the {}", name.en));
            to.act(action, Some(approval.due_at))
        }
        NoticeKind::Returned => to.act(action(rule), None),
        NoticeKind::ApprovalVoid => know(&name, "已作废，无需再处理", "is void; no answer is needed any more"),
        _ => know(&name, "已通过", "has passed"),
    };
    let due = match window.filter(|_| approval.kind == ApprovalKind::GoLiveApproval) {
        Some(window) => Due { event: DueEvent::GoLive, at: window.start },
        None => Due { event: DueEvent::Deadline, at: approval.due_at },
    };
    let asked = rule.kind == NoticeKind::ApprovalRequested;
    let mut notice = message(rule.kind, about, wanted, name, format!("/approvals/{}", approval.id), approval.kind.clause());
    if let Some(reason) = approval.void_reason.as_ref().filter(|_| rule.kind == NoticeKind::ApprovalVoid) {
        notice.facts.push(Fact::same("原因", "reason", reason.clone()));
    }
    Notice { due: asked.then_some(due), ..notice }
}

fn of_task(rule: &StepMail, task: &Task, facts: &Facts<'_>, to: Addressee<'_>) -> Notice {
    let (name, title) = (task.kind.text(), task.name());
    let wanted = match rule.kind {
        NoticeKind::TaskWithdrawn => know(&title, "已撤销，无需再办理", "is withdrawn; nothing is to be done any more"),
        NoticeKind::TaskSubmitted => {
            let action = Text::new(format!("核实“{}”的完成证据", title.zh), format!("verify the evidence for “{}”", title.en));
            to.act(action, None)
        }
        _ => {
            let action = Text::new(format!("完成“{}”", title.zh), format!("complete “{}”", title.en));
            to.act(action, Some(task.due_at))
        }
    };
    let owed = !matches!(rule.kind, NoticeKind::TaskWithdrawn | NoticeKind::TaskSubmitted);
    let notice = message(rule.kind, About::Release(facts), wanted, name, format!("/tasks/{}", task.id), task.kind.rule().clause);
    Notice { due: owed.then_some(Due { event: DueEvent::Deadline, at: task.due_at }), ..notice }
}

fn of_release(rule: &StepMail, facts: &Facts<'_>, to: Addressee<'_>) -> Notice {
    let back = facts.dossier.is_rolled_back();
    let action = match rule.kind {
        NoticeKind::ConfigurationRequested if back => Text::new(
            "逐项确认配置项已恢复到部署前基线",
            "confirm item by item that the baseline before the deployment is restored",
        ),
        _ => action(rule),
    };
    let path = release_path(facts.dossier);
    match action.is_empty() {
        true => {
            let (known, stage) = (know_of(rule.kind, facts.dossier), facts.dossier.release.stage);
            message(rule.kind, About::Release(facts), known, stage.into(), path, rule.clause)
        }
        false => message(rule.kind, About::Release(facts), to.act(action.clone(), None), action, path, rule.clause),
    }
}

/// How many conflicts a message tells; the page has them all.
const CONFLICTS_TOLD: usize = 5;

/// What stands against the window, each in a row of its own.
fn of_conflicts(rule: &StepMail, found: &[Text], facts: &Facts<'_>, to: Addressee<'_>) -> Notice {
    let mut notice = of_release(rule, facts, to);
    let told = found.iter().take(CONFLICTS_TOLD).map(|sentence| Fact::new("冲突", "conflict", sentence.clone()));
    notice.facts.splice(0..0, told);
    if let Some(more) = found.len().checked_sub(CONFLICTS_TOLD).filter(|more| *more > 0) {
        let rest = Text::new(format!("另有 {more} 项，见发布页面"), format!("{more} more on the page of the release"));
        notice.facts.insert(CONFLICTS_TOLD, Fact::new("冲突", "conflict", rest));
    }
    notice
}

/// What is open for too long: to whoever owes it and to the deputy as a request, to those above with the name of that
/// person. What is late says so in the subject.
fn of_reminder(kind: NoticeKind, reminder: &Reminder, about: About<'_>, to: Addressee<'_>) -> Notice {
    let (action, owes) = (reminder.action(), to.name(reminder.by));
    let ahead = Some(reminder.due_at).filter(|due| *due > reminder.since);
    let wanted = match reminder.step {
        ReminderStep::Person => to.act(action.clone(), ahead),
        ReminderStep::Deputy => {
            Wanted::Act { who: to.who(), on_behalf_of: Some(owes.clone()), what: action.clone(), until: ahead }
        }
        ReminderStep::Owner | ReminderStep::GeneralManager => {
            let what = Text::new(format!("督促{owes}{}", action.zh), format!("see to it that {owes} does this: {}", action.en));
            to.act(what, None)
        }
    };
    let (topic, more) = common(about);
    let mut notice = Notice::new(kind, topic, wanted);
    notice.headline = reminder.title.clone();
    notice.due = Some(Due { event: DueEvent::Deadline, at: reminder.due_at });
    notice.facts = vec![Fact::same("责任人", "owed by", owes), Fact::at("期限", "due", reminder.due_at)];
    notice.facts.extend(more);
    notice.facts.push(Fact::same("依据", "clause", reminder.owed.rule().clause));
    notice.link = Some(Link::new(format!("/{}", reminder.place), "", ""));
    notice
}

fn action(rule: &StepMail) -> Text {
    Text::new(rule.action.0, rule.action.1)
}

fn release_path(dossier: &Dossier) -> String {
    crate::address::release(&dossier.release.number)
}

fn know(what: &Text, zh: &str, en: &str) -> Wanted {
    Wanted::Know { what: Text::new(format!("{}{zh}。", what.zh), format!("{} {en}.", what.clone().capital().en)) }
}

fn know_of(kind: NoticeKind, dossier: &Dossier) -> Wanted {
    let release = Text::new(format!("发布 {} ", dossier.release.number), format!("release {}", dossier.release.number));
    let verdict = dossier.release.verdict.as_ref().map_or_else(Text::default, |record| record.verdict.into());
    let (zh, en) = match kind {
        NoticeKind::RoleAssigned => {
            ("的团队已确定，您在其中担任角色".to_owned(), "has its team, and you are part of it".to_owned())
        }
        NoticeKind::Suspended => ("已挂起".to_owned(), "is suspended".to_owned()),
        NoticeKind::Resumed => ("已恢复".to_owned(), "goes on".to_owned()),
        NoticeKind::Cancelled => ("已取消".to_owned(), "is cancelled".to_owned()),
        NoticeKind::Closed => ("已关闭".to_owned(), "is closed".to_owned()),
        NoticeKind::RollbackStarted => {
            let ground = dossier.release.deployment.as_ref().and_then(|d| d.rollback.as_ref()).map_or("", |mark| &mark.reason);
            (format!("已启动回退：{ground}"), format!("is being rolled back: {ground}"))
        }
        NoticeKind::RolledBack => ("已回退".to_owned(), "is rolled back".to_owned()),
        NoticeKind::Verdict => (format!("的结论：{}", verdict.zh), format!("has its verdict: {}", verdict.en)),
        _ => ("有新进展".to_owned(), "has moved on".to_owned()),
    };
    know(&release, &zh, &en)
}

/// At most four facts of the release.
fn facts_of(facts: &Facts<'_>) -> Vec<Fact> {
    let (dossier, release) = (facts.dossier, &facts.dossier.release);
    let mut all = vec![Fact::new("阶段", "stage", release.stage.into())];
    if let Some(customer) = release.customer_id.and_then(|id| facts.directory.customers.get(&id)) {
        all.push(Fact::same("客户", "customer", customer.name.to_string()));
    }
    let changes: Vec<&str> = dossier.changes.iter().map(|change| change.number.as_str()).collect();
    if !changes.is_empty() {
        all.push(Fact::same("变更", "changes", changes.join("、")));
    }
    if let Some(window) = release.window {
        all.push(Fact::new("上线窗口", "window", times::span(window.start, window.end)));
    }
    all
}
