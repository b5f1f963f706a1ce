//! How a mail is put together.

use crate::support::{letter, mail, notice, now, reader, sender};
use fabu_domain::{
    language::Language,
    notifications::notice::{Enclosure, Notice, NoticeKind, Topic, Wanted},
    subject::refusal::Text,
};
use fabu_outbound::mail::{BuildError, MailContent, Recipient, build};
use mail_parser::{MessageParser, MimeHeaders, PartType};
use uuid::Uuid;

fn parsed(bytes: &[u8]) -> mail_parser::Message<'_> {
    MessageParser::default().parse(bytes).unwrap()
}

#[test]
fn the_first_line_says_what_is_wanted_in_the_language_of_the_reader() {
    for (language, first) in [
        (Language::Chinese, "请王芳在 2026-12-01 18:00（周二）前审批上线计划。"),
        (Language::English, "王芳, by Tue 2026-12-01 18:00 please decide on the go-live plan."),
    ] {
        let bytes = build(&sender(), &letter(&reader(language), &notice("王芳"), &[])).unwrap().bytes();
        let mail = parsed(&bytes);
        assert_eq!(mail.body_text(0).unwrap().lines().next(), Some(first));
        let html = mail.body_html(0).unwrap();
        let words = html[html.find("<body").unwrap()..].split('<').filter_map(|part| part.split_once('>'));
        let shown = words.map(|(_, text)| text.trim()).find(|text| !text.is_empty() && *text != "&#8202;");
        assert_eq!(shown, Some(first));
    }
}

#[test]
fn the_parts_are_mixed_related_alternative_in_this_order() {
    let file =
        Enclosure { name: "季度报告.xlsx".to_owned(), content_type: "application/pdf".to_owned(), bytes: vec![0, 255] };
    let bytes = build(&sender(), &letter(&reader(Language::Chinese), &notice("x"), &[file])).unwrap().bytes();
    let mail = parsed(&bytes);
    let types: Vec<String> = mail
        .parts
        .iter()
        .map(|part| part.content_type().map(|t| format!("{}/{}", t.ctype(), t.subtype().unwrap_or_default())).unwrap())
        .collect();
    let expected = [
        "multipart/mixed",
        "multipart/related",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "image/png",
        "application/pdf",
    ];
    assert_eq!(types, expected);
    assert_eq!(mail.parts[5].content_id(), Some("success-rate"));
    assert!(mail.body_html(0).unwrap().contains("src=\"cid:success-rate\""));
    assert!(matches!(&mail.parts[6].body, PartType::Binary(bytes) if bytes.as_ref() == [0, 255]));
    assert_eq!(mail.parts[6].attachment_name(), Some("季度报告.xlsx"));
}

#[test]
fn a_picture_says_its_figure_in_words() {
    let bytes = mail(&notice("x")).bytes();
    let alt = "2026 年第三季度发布成功率 51/54 = 94.44 %，目标不低于 90 %，达标";
    assert!(parsed(&bytes).body_html(0).unwrap().contains(&format!("alt=\"{alt}\"")));
    assert!(parsed(&bytes).body_text(0).unwrap().contains(alt));
}

#[test]
fn a_repeat_has_the_same_id_and_says_which_attempt_it_is() {
    let (to, notice) = (reader(Language::Chinese), notice("x"));
    let first = letter(&to, &notice, &[]);
    let again = MailContent { attempt: 3, now: now() + chrono::TimeDelta::hours(1), ..first };
    let (first, again) = (build(&sender(), &first).unwrap().bytes(), build(&sender(), &again).unwrap().bytes());
    let (first, again) = (parsed(&first), parsed(&again));
    assert_eq!(first.message_id(), Some("00000000-0000-0000-0000-000000000007@example.cn"));
    assert_eq!(first.message_id(), again.message_id());
    assert_eq!(again.header_raw("X-Fabu-Attempt").map(str::trim), Some("3"));
    assert_eq!(first.date().unwrap().to_rfc3339(), "2026-12-01T08:00:00Z");
}

#[test]
fn all_mails_of_a_release_fold_into_one_thread() {
    let bytes = mail(&notice("x")).bytes();
    let root = "release.00000000-0000-0000-0000-000000000000@example.cn";
    assert_eq!(parsed(&bytes).references().as_text(), Some(root));
    assert_eq!(parsed(&bytes).in_reply_to().as_text(), Some(root));
    let topic = Topic::Other { name: Text::new("邮件测试", "mail test") };
    let bytes = mail(&Notice { topic, ..notice("x") }).bytes();
    assert!(parsed(&bytes).header_raw("References").is_none());
}

#[test]
fn no_machine_answers_and_only_digests_carry_the_way_to_the_settings() {
    let header = |kind, name: &str| {
        let bytes = mail(&Notice { kind, ..notice("x") }).bytes();
        parsed(&bytes).header_raw(name).map(|value| value.trim().to_owned())
    };
    let plain = NoticeKind::ApprovalRequested;
    assert_eq!(header(plain, "Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(header(plain, "X-Auto-Response-Suppress").as_deref(), Some("All"));
    assert_eq!(header(plain, "List-Unsubscribe"), None);
    assert_eq!(header(NoticeKind::Digest, "List-Unsubscribe").as_deref(), Some("<https://fabu.example.cn/me>"));
    // One click that nobody made must not unsubscribe anybody.
    assert_eq!(header(NoticeKind::Digest, "List-Unsubscribe-Post"), None);
}

#[test]
fn only_what_asks_nothing_says_that_there_is_nothing_to_do() {
    let says = |kind| {
        let wanted = Wanted::Know { what: Text::new("发布已关闭。", "The release is closed.") };
        let notice = Notice { kind, wanted, ..notice("x") };
        let text = fabu_outbound::render(&notice, Language::Chinese, &sender(), now()).unwrap().text;
        text.contains("无需操作")
    };
    assert!(says(NoticeKind::Closed) && says(NoticeKind::QuarterlyReport));
    assert!(!says(NoticeKind::Digest) && !says(NoticeKind::ApprovalRequested));
}

#[test]
fn an_address_that_is_none_parks_its_own_mail() {
    for address in ["", "wang", "wang@", "@example.cn", "a@b.cn\r\nRCPT TO:<x@y.cn>", "a b@example.cn", "a@b.cn, c@d.cn"] {
        let to = Recipient { address: address.to_owned(), ..reader(Language::Chinese) };
        let refused = build(&sender(), &letter(&to, &notice("x"), &[]));
        assert!(matches!(refused, Err(BuildError::Recipient { .. })), "{address:?}");
    }
}

#[test]
fn every_kind_is_small_and_reads_in_both_languages() {
    for kind in NoticeKind::ALL {
        for language in [Language::Chinese, Language::English] {
            let notice = Notice { kind: *kind, ..notice("核心系统补丁") };
            let rendered = fabu_outbound::render(&notice, language, &sender(), now()).unwrap();
            assert!(rendered.html.len() < 100_000, "{kind}");
            assert!(!rendered.text.contains("{{") && !rendered.html.contains("<mj-"), "{kind}");
        }
    }
}

#[test]
fn a_table_of_thousands_says_how_many_rows_it_leaves_out() {
    let mut notice = notice("x");
    let table = notice.sections[0].table.as_mut().unwrap();
    table.rows = vec![table.rows[0].clone(); 5_000];
    let rendered = fabu_outbound::render(&notice, Language::Chinese, &sender(), now()).unwrap();
    assert!(rendered.html.len() < 100_000, "{} bytes", rendered.html.len());
    assert!(rendered.text.contains("另有 4940 行未列出"));
}

#[test]
fn a_broken_media_type_is_an_error_and_no_panic() {
    let file = Enclosure { name: "x".to_owned(), content_type: "no type\r\nX: y".to_owned(), bytes: Vec::new() };
    let (to, notice, files) = (reader(Language::Chinese), notice("x"), [file]);
    let letter = MailContent { delivery: Uuid::nil(), ..letter(&to, &notice, &files) };
    assert!(matches!(build(&sender(), &letter), Err(BuildError::Parts(_))));
}
