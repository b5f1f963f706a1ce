use super::*;
use crate::subjects::release::kpi::{Ratio, SuccessRate};
use chrono::TimeZone;
use uuid::Uuid;

fn at(month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    let local = crate::time::clock::COMPANY_ZONE.with_ymd_and_hms(2026, month, day, hour, minute, 0);
    local.single().unwrap().with_timezone(&Utc)
}

fn release(title: &str) -> Topic {
    Topic::Release { id: ReleaseId(Uuid::nil()), number: "REL-2026-0031".to_owned(), title: title.to_owned() }
}

fn wanted() -> Wanted {
    Wanted::Act {
        who: "王芳".to_owned(),
        on_behalf_of: None,
        what: Text::new("审批上线计划", "decide on the go-live plan"),
        until: Some(at(12, 1, 18, 0)),
    }
}

fn notice(kind: NoticeKind, due: Option<(DueEvent, DateTime<Utc>)>) -> Notice {
    let due = due.map(|(event, at)| Due { event, at });
    Notice { due, ..Notice::new(kind, release("核心系统补丁"), wanted()) }
}

#[test]
fn the_subject_carries_the_decision_and_the_time_left() {
    let notice = notice(NoticeKind::ApprovalRequested, Some((DueEvent::GoLive, at(12, 1, 22, 0))));
    let subject = notice.subject(at(12, 1, 16, 0));
    assert_eq!(subject.zh, "[发布·待审批] REL-2026-0031 核心系统补丁（12-01 22:00 上线，剩 6 小时）");
    assert_eq!(subject.en, "[Release · approval needed] REL-2026-0031 核心系统补丁 (go-live 12-01 22:00, 6 h left)");
}

#[test]
fn the_time_left_is_never_more_than_there_is() {
    let notice = notice(NoticeKind::Reminder, Some((DueEvent::Deadline, at(12, 1, 18, 0))));
    for (now, zh, en) in [
        (at(11, 29, 17, 0), "剩 2 天", "2 days left"),
        (at(11, 29, 18, 1), "剩 47 小时", "47 h left"),
        (at(12, 1, 16, 1), "剩 1 小时", "1 h left"),
        (at(12, 1, 16, 31), "剩 89 分钟", "89 min left"),
        (at(12, 1, 17, 59), "剩 1 分钟", "1 min left"),
        (at(12, 1, 18, 0), "逾期 0 分钟", "0 min overdue"),
        (at(12, 4, 17, 0), "逾期 2 天", "2 days overdue"),
    ] {
        let subject = notice.subject(now);
        assert!(subject.zh.ends_with(&format!("（12-01 18:00 截止，{zh}）")), "{}", subject.zh);
        assert!(subject.en.ends_with(&format!(" (due 12-01 18:00, {en})")), "{}", subject.en);
    }
}

#[test]
fn a_past_go_live_is_no_delay_and_another_year_is_named() {
    let notice = notice(NoticeKind::DeploymentFailed, Some((DueEvent::GoLive, at(12, 31, 22, 0))));
    let next_year = at(12, 31, 22, 0) + chrono::TimeDelta::hours(3);
    assert!(notice.subject(next_year).zh.ends_with("（2026-12-31 22:00 上线，已过 3 小时）"));
    assert!(notice.subject(next_year).en.ends_with(" (go-live 2026-12-31 22:00, 3 h ago)"));
}

#[test]
fn a_long_title_leaves_the_time_in_sight() {
    let due = Some(Due { event: DueEvent::GoLive, at: at(12, 1, 22, 0) });
    let notice = Notice { due, ..Notice::new(NoticeKind::ApprovalRequested, release(&"长".repeat(200)), wanted()) };
    let subject = notice.subject(at(12, 1, 16, 0)).zh;
    assert_eq!(subject, format!("[发布·待审批] REL-2026-0031 {}…（12-01 22:00 上线，剩 6 小时）", "长".repeat(39)));
}

#[test]
fn the_headline_says_the_figure_of_a_quarter() {
    let quarter = Quarter::new(2026, 3).unwrap();
    let what = Text::new("供您知悉。", "For your information.");
    let notice = Notice {
        headline: Text::new("成功率 94.44 %，达标", "success rate 94.44 %, target met"),
        ..Notice::new(NoticeKind::QuarterlyReport, Topic::Quarter { quarter }, Wanted::Know { what })
    };
    let subject = notice.subject(at(10, 9, 9, 0));
    assert_eq!(subject.zh, "[发布·季度报告] 2026 年第三季度：成功率 94.44 %，达标");
    assert_eq!(subject.en, "[Release · quarterly report] Q3 2026: success rate 94.44 %, target met");
}

#[test]
fn the_first_line_names_what_who_and_until_when() {
    let sentence = wanted().sentence();
    assert_eq!(sentence.zh, "请王芳在 2026-12-01 18:00（周二）前审批上线计划。");
    assert_eq!(sentence.en, "王芳, by Tue 2026-12-01 18:00 please decide on the go-live plan.");
}

#[test]
fn a_deputy_is_asked_in_the_name_of_the_absent() {
    let Wanted::Act { who, what, .. } = wanted() else { unreachable!() };
    let sentence = Wanted::Act { who, on_behalf_of: Some("李强".to_owned()), what, until: None }.sentence();
    assert_eq!(sentence.zh, "请王芳（代李强）审批上线计划。");
    assert_eq!(sentence.en, "王芳 (for 李强), please decide on the go-live plan.");
}

#[test]
fn a_group_is_asked_without_a_name() {
    let Wanted::Act { what, until, .. } = wanted() else { unreachable!() };
    let ask = |until| Wanted::Act { who: String::new(), on_behalf_of: None, what: what.clone(), until }.sentence().en;
    assert_eq!(ask(until), "By Tue 2026-12-01 18:00 please decide on the go-live plan.");
    assert_eq!(ask(None), "Please decide on the go-live plan.");
}

#[test]
fn a_window_over_midnight_reads_as_the_next_day() {
    let span = |to| times::span(at(12, 1, 22, 0), to);
    assert_eq!(span(at(12, 1, 23, 30)).zh, "2026-12-01 22:00（周二）至 23:30");
    assert_eq!(span(at(12, 2, 2, 0)).zh, "2026-12-01 22:00（周二）至次日 02:00");
    assert_eq!(span(at(12, 2, 2, 0)).en, "Tue 2026-12-01 22:00 to 02:00 the next day");
    assert_eq!(span(at(12, 3, 2, 0)).en, "Tue 2026-12-01 22:00 to Thu 2026-12-03 02:00");
}

#[test]
fn the_picture_says_its_figure_in_words() {
    let point = |year, number, successes, total| RatePoint {
        quarter: Quarter::new(year, number).unwrap(),
        rate: SuccessRate::new(successes, total).unwrap(),
        target: Ratio::percent(90),
    };
    let chart = RateChart { points: vec![point(2026, 1, 0, 0), point(2026, 2, 8, 9), point(2026, 3, 51, 54)] };
    assert_eq!(
        chart.alt().zh,
        "2026 年第三季度发布成功率 51/54 = 94.44 %，目标不低于 90 %，达标；此前：2026Q1 无、2026Q2 88.89 %"
    );
    assert_eq!(
        chart.alt().en,
        "Success rate of releases in Q3 2026: 51/54 = 94.44 %, target at least 90 %, met; before: 2026Q1 none, 2026Q2 88.89 %"
    );
    assert_eq!(point(2026, 2, 8, 9).words().zh, "8/9 = 88.89 %，目标不低于 90 %，未达标");
}

#[test]
fn what_asks_for_a_decision_or_work_cannot_be_switched_off() {
    for kind in NoticeKind::ALL {
        let rule = kind.rule();
        assert!(!(kind.can_be_switched_off() && rule.asks != Asks::Nothing), "{kind}");
        assert!(!(rule.asks == Asks::Decision && rule.urgency == Urgency::Routine), "{kind} would wait for the digest");
    }
    assert!(!NoticeKind::Test.can_be_switched_off(), "it was asked for");
    assert!(NoticeKind::Verdict.can_be_switched_off());
    assert!(!NoticeKind::Digest.can_be_switched_off(), "it holds what could not be switched off");
}

#[test]
fn no_two_kinds_read_alike() {
    for pick in [|k: &NoticeKind| k.zh(), |k: &NoticeKind| k.en()] {
        let words: std::collections::BTreeSet<_> = NoticeKind::ALL.iter().map(pick).collect();
        assert_eq!(words.len(), NoticeKind::ALL.len());
    }
}

#[test]
fn a_kept_notice_reads_back_as_it_was() {
    let mut notice = notice(NoticeKind::ApprovalRequested, Some((DueEvent::GoLive, at(12, 1, 22, 0))));
    notice.facts.push(Fact::at("上线", "go-live", at(12, 1, 22, 0)));
    notice.sections.push(Section {
        heading: Text::new("变更", "changes"),
        lines: vec![Text::same("CHG-1")],
        table: Some(Table {
            columns: vec![Column { name: Text::new("编号", "number"), number: false }],
            rows: vec![Row { cells: vec![Text::same("CHG-1")], path: Some("/changes/1".to_owned()) }],
        }),
    });
    let quarter = Quarter::new(2026, 3).unwrap();
    notice.attachments.push(AttachmentSource::QuarterlyWorkbook { quarter, revision: 1 });
    notice.link = Some(Link::new("/approvals/1", "去审批", "open the approval"));
    let kept = serde_json::to_string(&notice).unwrap();
    assert_eq!(serde_json::from_str::<Notice>(&kept).unwrap(), notice);
}

#[test]
fn a_thread_is_the_release_and_not_its_title() {
    assert_eq!(release("甲").thread(), release("乙").thread());
    assert_eq!(Topic::Day { day: NaiveDate::MIN }.thread(), None);
}
