//! Robots, against a local server in place of the providers'.

use crate::support::{at, notice, now, sender};
use chrono::TimeDelta;
use fabu_domain::{
    language::Language,
    notifications::{
        notice::{Fact, RobotKind, Wanted},
        robot_reach::RobotReach,
    },
    subject::refusal::Text,
};
use fabu_outbound::{
    mail::FailureClass,
    robots::{Robot, RobotError, Speaker, payload},
};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

/// A server that answers every request alike and remembers the target and the body of each.
async fn server(status: &'static str, body: &'static str) -> (String, Arc<Mutex<Vec<(String, Value)>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = Vec::new();
            let request = loop {
                let mut part = [0; 4096];
                let length = stream.read(&mut part).await.unwrap();
                bytes.extend_from_slice(&part[..length]);
                if let Some(request) = whole(&bytes) {
                    break request;
                }
            };
            log.lock().unwrap().push(request);
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (base, asked)
}

/// The target and the body, once all of it is there.
fn whole(bytes: &[u8]) -> Option<(String, Value)> {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let target = head.split_whitespace().nth(1)?.to_owned();
    let looks_only = head.starts_with("HEAD ");
    Some((target, if looks_only { Value::Null } else { serde_json::from_str(body).ok()? }))
}

fn robot(kind: RobotKind, base: &str) -> Robot {
    let secret = (kind != RobotKind::WeCom).then(|| "SECtest000".to_owned());
    Robot { kind, base_url: Some(base.to_owned()), token: "to/k en".to_owned(), secret, language: Language::Chinese }
}

/// A speaker that reaches the server in place of the providers'.
fn speaker() -> Speaker {
    Speaker::new(RobotReach::parse(["http://127.0.0.1"]).unwrap()).unwrap()
}

/// A robot must not make the program speak to its own machine or network, whatever the address looks like.
#[tokio::test]
async fn refuses_to_speak_inside_the_network_unless_the_operator_permits_it() {
    let (base, asked) = server("200 OK", "secret of an inner service").await;
    let port = base.rsplit(':').next().unwrap();
    let speaker = Speaker::new(RobotReach::default()).unwrap();
    for (address, reason) in [
        ("http://127.0.0.1", "https only"),
        ("http://localhost", "https only"),
        ("https://127.0.0.1", "not public"),
        ("https://127.1", "not public"),
        ("https://2130706433", "not public"),
        ("https://0x7f000001", "not public"),
        ("https://[::1]", "not public"),
        ("https://[::ffff:127.0.0.1]", "not public"),
        ("https://localhost", "not public"),
        ("https://localhost.", "not public"),
        ("https://169.254.169.254", "not public"),
        ("https://10.0.0.1", "not public"),
    ] {
        let base = format!("{address}:{port}");
        let refused = speaker.say(&robot(RobotKind::WeCom, &base), &notice("x"), &sender(), now()).await;
        let Err(RobotError::Failed { class: FailureClass::Unreachable, words }) = refused else { panic!("{base}: {refused:?}") };
        assert!(words.contains(reason) && words.contains("--robot-allow"), "{base}: {words}");
        assert!(speaker.reach(RobotKind::WeCom, Some(&base)).await.is_err(), "{base}");
    }
    assert_eq!(asked.lock().unwrap().len(), 0);
    let permitting = Speaker::new(RobotReach::parse(["http://localhost"]).unwrap()).unwrap();
    assert_eq!(permitting.reach(RobotKind::WeCom, Some(&format!("http://localhost:{port}"))).await, Ok(()));
    assert!(permitting.reach(RobotKind::WeCom, Some(&base)).await.is_err(), "only the host that was named");
}

#[tokio::test]
async fn each_maker_is_asked_at_its_path_with_its_signature() {
    let (base, asked) = server("200 OK", r#"{"errcode":0,"code":0}"#).await;
    let speaker = speaker();
    let at = at("2023-11-14T22:13:20Z");
    for kind in RobotKind::ALL {
        let said = speaker.say(&robot(*kind, &base), &notice("x"), &sender(), at).await.unwrap();
        let field = if *kind == RobotKind::Feishu { "code" } else { "errcode" };
        assert_eq!(said, format!("HTTP 200, {field} 0"));
    }
    let asked = asked.lock().unwrap();
    let targets: Vec<&str> = asked.iter().map(|(target, _)| target.as_str()).collect();
    assert_eq!(
        targets,
        [
            "/cgi-bin/webhook/send?key=to%2Fk+en",
            "/robot/send?access_token=to%2Fk+en&timestamp=1700000000000&sign=eMOG0XyddguuyrYRvkmf9LtZVwxKrmhQ0ENWqf2fVpc%3D",
            "/open-apis/bot/v2/hook/to%2Fk%20en",
        ]
    );
    assert_eq!(asked[2].1["timestamp"], "1700000000");
    assert_eq!(asked[2].1["sign"].as_str().map(str::len), Some(44));
}

#[tokio::test]
async fn a_robot_over_its_limit_waits_without_asking() {
    let (base, asked) = server("200 OK", r#"{"errcode":0}"#).await;
    let (speaker, wecom) = (speaker(), robot(RobotKind::WeCom, &base));
    for _ in 0..18 {
        speaker.say(&wecom, &notice("x"), &sender(), now()).await.unwrap();
    }
    let wait = RobotError::Wait { until: now() + TimeDelta::minutes(1) };
    assert_eq!(speaker.say(&wecom, &notice("x"), &sender(), now()).await, Err(wait));
    assert_eq!(asked.lock().unwrap().len(), 18);
}

#[tokio::test]
async fn a_robot_that_was_told_to_be_silent_is_silent() {
    let (base, asked) = server("200 OK", r#"{"errcode":130101,"errmsg":"send too fast"}"#).await;
    let (speaker, dingtalk) = (speaker(), robot(RobotKind::DingTalk, &base));
    let wait = RobotError::Wait { until: now() + TimeDelta::minutes(10) };
    for later in [0, 9] {
        let at = now() + TimeDelta::minutes(later);
        assert_eq!(speaker.say(&dingtalk, &notice("x"), &sender(), at).await, Err(wait.clone()));
    }
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_refusal_tells_the_number_and_never_the_answer_or_the_token() {
    let (base, _) = server("200 OK", r#"{"errcode":310000,"errmsg":"the secrets of another server"}"#).await;
    let speaker = speaker();
    let refused = speaker.say(&robot(RobotKind::DingTalk, &base), &notice("x"), &sender(), now()).await;
    let words = "HTTP 200, errcode 310000".to_owned();
    assert_eq!(refused, Err(RobotError::Failed { class: FailureClass::Permanent, words }));

    let gone = robot(RobotKind::WeCom, "http://127.0.0.1:1");
    let Err(RobotError::Failed { class, words }) = speaker.say(&gone, &notice("x"), &sender(), now()).await else {
        panic!("nobody answers there")
    };
    assert_eq!(class, FailureClass::Unreachable);
    assert!(speaker.reach(RobotKind::WeCom, gone.base_url.as_deref()).await.is_err());
    assert_eq!(speaker.reach(RobotKind::WeCom, Some(&base)).await, Ok(()), "any answer shows that the way is open");
    assert!(!words.contains("to%2Fk"), "{words}");
    assert!(!format!("{gone:?}").contains("to/k"));
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_other_schemes_are_refused() {
    let (base, asked) = server("302 Found\r\nlocation: /elsewhere", "").await;
    let speaker = speaker();
    for base in [base.as_str(), "file:///etc/passwd", "gopher://x", "nonsense"] {
        let refused = speaker.say(&robot(RobotKind::WeCom, base), &notice("x"), &sender(), now()).await;
        assert!(matches!(refused, Err(RobotError::Failed { class: FailureClass::Permanent, .. })), "{base}: {refused:?}");
    }
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[test]
fn what_people_type_is_plain_in_every_card() {
    let typed = "<font color=\"warning\">x</font> [a](https://evil.cn) **b** @all <at id=all></at> `c`\n# d";
    let strings = |value: &Value| {
        fn walk(value: &Value, out: &mut Vec<(bool, String)>, plain: bool) {
            match value {
                Value::String(text) => out.push((plain, text.clone())),
                Value::Array(values) => values.iter().for_each(|value| walk(value, out, plain)),
                Value::Object(fields) => {
                    let plain = plain || fields.get("tag").is_some_and(|tag| tag == "plain_text");
                    fields.values().for_each(|value| walk(value, out, plain));
                }
                _ => {}
            }
        }
        let mut out = Vec::new();
        walk(value, &mut out, false);
        out
    };
    let feishu = payload(&notice(typed), RobotKind::Feishu, Language::Chinese, &sender(), now());
    for (plain, text) in strings(&feishu) {
        assert!(plain || !text.contains("<at"), "{text}");
    }
    let dingtalk = payload(&notice(typed), RobotKind::DingTalk, Language::Chinese, &sender(), now());
    let text = dingtalk["actionCard"]["text"].as_str().unwrap();
    assert!(!text.contains(['<', '[', '*', '@', '`']), "{text}");
    assert_eq!(text.lines().filter(|line| line.starts_with('#')).count(), 1, "{text}");
    let wecom = payload(&notice(typed), RobotKind::WeCom, Language::Chinese, &sender(), now());
    // A card of plain fields: its kind is what makes them plain.
    assert_eq!(wecom["template_card"]["card_type"], "text_notice");
}

#[test]
fn a_card_is_small_whatever_the_notice_holds() {
    let mut long = notice(&"长".repeat(5_000));
    // A path is never typed by a person; the rest may be.
    long.link.as_mut().unwrap().path = "/approvals/1".to_owned();
    for kind in RobotKind::ALL {
        let card = payload(&long, *kind, Language::Chinese, &sender(), now()).to_string();
        assert!(card.len() < 20_000, "{kind}: {} bytes", card.len());
    }
}

#[test]
fn a_group_hears_no_name_and_no_fact() {
    let mut notice = notice("标题");
    let Wanted::Act { who, on_behalf_of, .. } = &mut notice.wanted else { panic!("somebody is asked") };
    (*who, *on_behalf_of) = ("王芳".to_owned(), Some("李娜".to_owned()));
    notice.facts[0] = Fact::same("客户", "Customer", "张江支行");
    notice.sections[0].lines = vec![Text::same("意见")];
    for kind in RobotKind::ALL {
        let card = payload(&notice, *kind, Language::Chinese, &sender(), now()).to_string();
        for heard in ["标题", "审批上线计划", "12-01 22:00", "/approvals/"] {
            assert!(card.contains(heard), "{kind} lacks {heard}: {card}");
        }
        for unheard in ["王芳", "李娜", "张江支行", "客户", "意见"] {
            assert!(!card.contains(unheard), "{kind} says {unheard}: {card}");
        }
    }
}
