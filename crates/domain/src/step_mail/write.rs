//! What a message of the table says.

use super::{StepMail, people::Matter, stage_text};
use crate::stage::Verdict;
use crate::{
    approval::ApprovalKind,
    directory::Directory,
    ids::UserId,
    notice::{Due, DueEvent, Fact, Link, Notice, NoticeKind, Topic, Wanted, times},
    refusal::Text,
    release::Dossier,
};
use chrono::{DateTime, Utc};

/// The message for one reader, or for nobody in particular.
pub(super) fn notice(
    rule: &StepMail,
    matter: &Matter<'_>,
    dossier: &Dossier,
    directory: &Directory,
    reader: Option<UserId>,
    instead_of: Option<UserId>,
) -> Notice {
    let release = &dossier.release;
    let topic = Topic::Release { id: release.id, number: release.number.clone(), title: release.title.clone() };
    let act = |what: Text, until: Option<DateTime<Utc>>| Wanted::Act {
        who: reader.map_or_else(String::new, |reader| directory.name(reader)),
        on_behalf_of: instead_of.map(|named| directory.name(named)),
        what,
        until,
    };
    let deed = Text::new(rule.deed.0, rule.deed.1);
    let (wanted, headline, due, path) = match matter {
        Matter::Approval(approval) => {
            let name = approval_text(approval.kind);
            let asked = rule.kind == NoticeKind::ApprovalRequested;
            let wanted = match rule.kind {
                NoticeKind::ApprovalRequested => {
                    act(Text::new(format!("处理{}", name.zh), format!("answer the {}", name.en)), Some(approval.due_at))
                }
                NoticeKind::Returned => act(deed, None),
                NoticeKind::ApprovalVoid => know(&name, "已作废，无需再处理", "is void; no answer is needed any more"),
                _ => know(&name, "已通过", "has passed"),
            };
            let go_live = release.window.filter(|_| approval.kind == ApprovalKind::GoLiveApproval).map(|w| w.start);
            let due = match go_live {
                Some(at) => Due { event: DueEvent::GoLive, at },
                None => Due { event: DueEvent::Deadline, at: approval.due_at },
            };
            (wanted, name, asked.then_some(due), format!("/approvals/{}", approval.id))
        }
        Matter::Task(task) => {
            let name = Text::new(task.kind.rule().zh, task.kind.rule().en);
            let title = if task.title.is_empty() { name.clone() } else { Text::same(&task.title) };
            let wanted = match rule.kind {
                NoticeKind::TaskWithdrawn => know(&title, "已撤销，无需再办理", "is withdrawn; nothing is to be done any more"),
                NoticeKind::TaskSubmitted => act(
                    Text::new(format!("核实“{}”的完成证据", title.zh), format!("verify the evidence for “{}”", title.en)),
                    None,
                ),
                _ => act(Text::new(format!("完成“{}”", title.zh), format!("complete “{}”", title.en)), Some(task.due_at)),
            };
            let owed = !matches!(rule.kind, NoticeKind::TaskWithdrawn | NoticeKind::TaskSubmitted);
            let due = owed.then_some(Due { event: DueEvent::Deadline, at: task.due_at });
            (wanted, name, due, format!("/tasks/{}", task.id))
        }
        Matter::Release if !deed.is_empty() => (act(deed.clone(), None), deed, None, release_path(dossier)),
        Matter::Release => (know_of(rule.kind, dossier), stage_text(release.stage), None, release_path(dossier)),
    };
    let label = if matches!(wanted, Wanted::Act { .. }) { ("前往处理", "Open") } else { ("查看", "View") };
    let mut notice = Notice::new(rule.kind, topic, wanted);
    notice.headline = headline;
    notice.due = due;
    notice.facts = facts(rule, dossier, directory);
    notice.link = Some(Link::new(path, label.0, label.1));
    notice
}

fn release_path(dossier: &Dossier) -> String {
    format!("/releases/{}", dossier.release.number)
}

fn know(what: &Text, zh: &str, en: &str) -> Wanted {
    Wanted::Know { what: Text::new(format!("{}{zh}。", what.zh), format!("{} {en}.", capital(&what.en))) }
}

fn know_of(kind: NoticeKind, dossier: &Dossier) -> Wanted {
    let release = Text::new(format!("发布 {}", dossier.release.number), format!("release {}", dossier.release.number));
    let verdict = dossier.release.verdict.as_ref().map(|record| record.verdict);
    let (zh, en) = match kind {
        NoticeKind::RoleAssigned => {
            ("的团队已确定，您在其中担任角色".to_owned(), "has its team, and you are part of it".to_owned())
        }
        NoticeKind::Suspended => ("已挂起".to_owned(), "is suspended".to_owned()),
        NoticeKind::Resumed => ("已恢复".to_owned(), "goes on".to_owned()),
        NoticeKind::Cancelled => ("已取消".to_owned(), "is cancelled".to_owned()),
        NoticeKind::Closed => ("已关闭".to_owned(), "is closed".to_owned()),
        NoticeKind::RolledBack => ("已回退".to_owned(), "is rolled back".to_owned()),
        NoticeKind::Verdict => (
            format!("的结论：{}", verdict.map_or("", verdict_zh)),
            format!("has its verdict: {}", verdict.map_or("", |verdict| verdict.as_str()).replace('_', " ")),
        ),
        _ => ("有新进展".to_owned(), "has moved on".to_owned()),
    };
    know(&release, &zh, &en)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

const fn verdict_zh(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Successful => "成功",
        Verdict::RolledBack => "已回退",
        Verdict::Failed => "失败",
        Verdict::Partial => "部分成功",
    }
}

/// The name of an approval, in both languages.
fn approval_text(kind: ApprovalKind) -> Text {
    Text::new(kind.zh(), kind.as_str().replace('_', " "))
}

/// At most five facts of the release, and the clause.
fn facts(rule: &StepMail, dossier: &Dossier, directory: &Directory) -> Vec<Fact> {
    let release = &dossier.release;
    let mut facts = vec![Fact::new("阶段", "Stage", stage_text(release.stage))];
    if let Some(customer) = release.customer_id.and_then(|id| directory.customers.get(&id)) {
        facts.push(Fact::same("客户", "Customer", customer.name.to_string()));
    }
    let changes: Vec<&str> = dossier.changes.iter().map(|change| change.number.as_str()).collect();
    if !changes.is_empty() {
        facts.push(Fact::same("变更", "Changes", changes.join("、")));
    }
    if let Some(window) = release.window {
        let (start, end) = (times::long(window.start), times::long(window.end));
        let span = Text::new(format!("{} 至 {}", start.zh, end.zh), format!("{} to {}", start.en, end.en));
        facts.push(Fact::new("上线窗口", "Window", span));
    }
    facts.push(Fact::same("依据", "Clause", rule.clause));
    facts
}
