//! A house, a reader, a notice; and mails taken apart.

use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::ReleaseId,
    language::Language,
    notifications::notice::{
        Column, Due, DueEvent, Enclosure, Fact, Link, Notice, NoticeKind, RateChart, RatePoint, Row, Section, Table, Topic,
        Wanted,
    },
    subject::refusal::Text,
    subjects::release::kpi::{Ratio, SuccessRate},
    time::quarter::Quarter,
};
use fabu_outbound::{
    SenderIdentity,
    mail::{Mail, MailContent, Recipient, build},
};
use uuid::Uuid;

pub fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&Utc)
}

pub fn now() -> DateTime<Utc> {
    at("2026-12-01T16:00:00+08:00")
}

pub fn sender() -> SenderIdentity {
    SenderIdentity {
        base_url: "https://fabu.example.cn".to_owned(),
        sender_name: "发布管理".to_owned(),
        sender_address: "fabu@example.cn".to_owned(),
        company: "某某信息技术有限公司".to_owned(),
    }
}

pub fn reader(language: Language) -> Recipient {
    Recipient { name: "王芳".to_owned(), address: "wang.fang@example.cn".to_owned(), language }
}

/// A notice with every part, in which each text that a person may have typed is `typed`.
pub fn notice(typed: &str) -> Notice {
    let topic = Topic::Release { id: ReleaseId(Uuid::nil()), number: "REL-2026-0031".to_owned(), title: typed.to_owned() };
    let wanted = Wanted::Act {
        who: typed.to_owned(),
        on_behalf_of: None,
        what: Text::new("审批上线计划", "decide on the go-live plan"),
        until: Some(at("2026-12-01T18:00:00+08:00")),
    };
    let point = RatePoint {
        quarter: Quarter::new(2026, 3).unwrap(),
        rate: SuccessRate::new(51, 54).unwrap(),
        target: Ratio::percent(90),
    };
    Notice {
        due: Some(Due { event: DueEvent::GoLive, at: at("2026-12-01T22:00:00+08:00") }),
        facts: vec![Fact { label: Text::same(typed), value: Text::same(typed) }],
        sections: vec![Section {
            heading: Text::same(typed),
            lines: vec![Text::same(typed)],
            table: Some(Table {
                columns: vec![Column { name: Text::same(typed), number: false }],
                rows: vec![Row { cells: vec![Text::same(typed)], path: Some(format!("/releases/{typed}")) }],
            }),
        }],
        link: Some(Link { path: format!("/approvals/{typed}"), label: Text::same(typed) }),
        chart: Some(RateChart { points: vec![point] }),
        ..Notice::new(NoticeKind::ApprovalRequested, topic, wanted)
    }
}

pub fn letter<'a>(to: &'a Recipient, notice: &'a Notice, files: &'a [Enclosure]) -> MailContent<'a> {
    MailContent { delivery: Uuid::from_u128(7), attempt: 1, to, notice, picture: Some(b"\x89PNG"), files, now: now() }
}

pub fn mail(notice: &Notice) -> Mail {
    build(&sender(), &letter(&reader(Language::Chinese), notice, &[])).unwrap()
}
