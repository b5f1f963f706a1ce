//! Many messages to a group in one.

use super::{Fact, Link, Notice, NoticeKind, Topic, Urgency, Wanted};
use crate::subject::refusal::Text;

/// The most lines: as many as WeCom draws on a card.
const MOST_LINES: usize = 6;

impl NoticeKind {
    /// True when a message of this kind may be said together with others. What cannot wait to be read stands alone.
    #[must_use]
    pub const fn can_be_bundled(self) -> bool {
        !matches!(self.rule().urgency, Urgency::Emergency) && !matches!(self, Self::Bundle)
    }
}

impl Notice {
    /// One message that lists several to the same group, by kind and topic; on one topic, by kind and what is wanted.
    #[must_use]
    pub fn bundle(all: &[Self]) -> Self {
        let count = all.len();
        let shared = all.first().map(|first| &first.topic).filter(|topic| all.iter().all(|other| other.topic == **topic));
        let topic = shared
            .cloned()
            .unwrap_or_else(|| Topic::Other { name: Text::new(format!("{count} 条消息"), format!("{count} messages")) });
        let line = |one: &Self| {
            let value = if shared.is_some() { one.wanted.clone().for_group().sentence() } else { one.topic.name() };
            Fact::new(one.kind.zh(), one.kind.en(), value)
        };
        let shown = if count > MOST_LINES { MOST_LINES - 1 } else { count };
        let mut facts: Vec<Fact> = all.iter().take(shown).map(line).collect();
        if shown < count {
            let more = count - shown;
            facts.push(Fact::new("其余", "others", Text::new(format!("还有 {more} 条"), format!("{more} more"))));
        }
        let what = Text::new(format!("同时有 {count} 条消息："), format!("{count} messages at the same time:"));
        let link = match &topic {
            Topic::Release { number, .. } => Link::new(crate::address::release(number), "打开发布单", "Open the release"),
            _ => Link::new("/", "打开工作台", "Open the workbench"),
        };
        Self { facts, link: Some(link), ..Self::new(NoticeKind::Bundle, topic, Wanted::Know { what }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ReleaseId;

    fn about(release: u128, kind: NoticeKind) -> Notice {
        let number = format!("REL-2026-{release:04}");
        let topic =
            Topic::Release { id: ReleaseId(uuid::Uuid::from_u128(release)), number, title: "核心系统补丁".to_owned() };
        let what = Text::same("审批上线计划");
        let wanted = Wanted::Act { who: "李娜".to_owned(), on_behalf_of: None, what, until: None };
        Notice::new(kind, topic, wanted)
    }

    fn lines(notice: &Notice) -> Vec<String> {
        notice.facts.iter().map(|fact| format!("{}：{}", fact.label.zh, fact.value.zh)).collect()
    }

    #[test]
    fn lists_what_it_is_about_and_leads_to_the_workbench() {
        let all = [about(1, NoticeKind::ApprovalRequested), about(2, NoticeKind::Verdict), about(3, NoticeKind::Closed)];
        let said = Notice::bundle(&all);
        assert_eq!(said.topic.name().zh, "3 条消息");
        assert_eq!(
            lines(&said),
            ["待审批：REL-2026-0001 核心系统补丁", "发布结论：REL-2026-0002 核心系统补丁", "已关闭：REL-2026-0003 核心系统补丁"]
        );
        assert_eq!(said.link.unwrap().path, "/");
    }

    #[test]
    fn on_one_release_says_what_is_wanted_and_names_nobody() {
        let said = Notice::bundle(&vec![about(7, NoticeKind::ApprovalRequested); 3]);
        assert_eq!(lines(&said), vec!["待审批：请审批上线计划。"; 3]);
        assert_eq!(said.link.unwrap().path, "/releases/REL-2026-0007");
    }

    #[test]
    fn counts_what_it_has_no_line_for() {
        let lines_of = |count| lines(&Notice::bundle(&vec![about(7, NoticeKind::Verdict); count]));
        assert_eq!(lines_of(6).len(), 6);
        assert_eq!((lines_of(20).len(), lines_of(20).pop().unwrap()), (6, "其余：还有 15 条".to_owned()));
    }

    #[test]
    fn an_emergency_and_a_test_stand_alone() {
        for kind in [NoticeKind::DeploymentFailed, NoticeKind::RolledBack, NoticeKind::Test, NoticeKind::Bundle] {
            assert!(!kind.can_be_bundled(), "{kind}");
        }
        assert!(NoticeKind::ApprovalRequested.can_be_bundled());
    }
}
