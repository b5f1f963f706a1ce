//! What a robot says, as each provider's card: the title, what is wanted, until when, and the link. A group is no need-to-know
//! list, so nothing else of a notice is drawn, whatever it holds; a bundle has a line for each of its messages.
//!
//! Where the provider offers plain fields (WeCom, Feishu), what people typed goes into them. DingTalk has Markdown only:
//! there every sign with a meaning is replaced by its full-width twin, because its escapes are not reliable.

use crate::{SenderIdentity, clean};
use chrono::{DateTime, Utc};
use fabu_domain::{
    language::Language,
    notifications::notice::{Asks, Due, Notice, NoticeGroup, NoticeKind, RobotKind, Urgency, times},
    subject::refusal::Text,
};
use serde_json::{Value, json};

/// The longest value, in characters.
const VALUE: usize = 120;

/// The message of `notice` for a robot, not yet signed.
#[must_use]
pub fn payload(notice: &Notice, kind: RobotKind, language: Language, sender: &SenderIdentity, now: DateTime<Utc>) -> Value {
    let card = Card::new(notice, language, sender, now);
    match kind {
        RobotKind::WeCom => card.wecom(),
        RobotKind::DingTalk => card.dingtalk(),
        RobotKind::Feishu => card.feishu(color(notice)),
    }
}

struct Card {
    source: String,
    title: String,
    wanted: String,
    topic: String,
    rows: Vec<(String, String)>,
    button: String,
    url: String,
}

impl Card {
    fn new(notice: &Notice, language: Language, sender: &SenderIdentity, now: DateTime<Utc>) -> Self {
        let read = |text: &Text, length| clean::cut(text.in_language(language), length);
        let due = |due: Due| (read(&due.event.text(), 20), read(&times::long(due.at), VALUE));
        // The lines of a bundle were made of what the group may hear; of anything else the facts stay with the reader.
        let lines = if notice.kind == NoticeKind::Bundle { notice.facts.as_slice() } else { &[] };
        let lines = lines.iter().map(|line| (read(&line.label, 20), read(&line.value, VALUE)));
        let open = Text::new("打开页面", "open the page");
        let (path, label) = notice.link.as_ref().map_or(("/", &open), |link| (link.path.as_str(), &link.label));
        Self {
            source: clean::line(&sender.sender_name),
            title: read(&notice.subject(now), VALUE),
            wanted: read(&notice.wanted.clone().for_group().sentence(), 2 * VALUE),
            topic: read(&notice.topic.name(), VALUE),
            rows: notice.due.map(due).into_iter().chain(lines).collect(),
            button: read(label, 20),
            url: sender.url(path),
        }
    }

    fn wecom(&self) -> Value {
        let rows: Vec<Value> = self.rows.iter().map(|(label, value)| json!({ "keyname": label, "value": value })).collect();
        json!({
            "msgtype": "template_card",
            "template_card": {
                "card_type": "text_notice",
                "source": { "desc": self.source },
                "main_title": { "title": self.title, "desc": self.topic },
                "sub_title_text": self.wanted,
                "horizontal_content_list": rows,
                "jump_list": [{ "type": 1, "url": self.url, "title": self.button }],
                "card_action": { "type": 1, "url": self.url },
            },
        })
    }

    fn dingtalk(&self) -> Value {
        let rows: String = self.rows.iter().map(|(label, value)| format!("- {}：{}\n", inert(label), inert(value))).collect();
        let text = format!("#### {}\n\n{}\n\n{rows}", inert(&self.title), inert(&self.wanted));
        json!({
            "msgtype": "actionCard",
            "actionCard": {
                "title": self.title,
                "text": text,
                "btnOrientation": "0",
                "btns": [{ "title": self.button, "actionURL": self.url }],
            },
        })
    }

    fn feishu(&self, color: &str) -> Value {
        let plain = |content: &str| json!({ "tag": "plain_text", "content": content });
        let fields: Vec<Value> = self
            .rows
            .iter()
            .map(|(label, value)| json!({ "is_short": true, "text": plain(&format!("{label}\n{value}")) }))
            .collect();
        let mut elements = vec![json!({ "tag": "div", "text": plain(&self.wanted) })];
        if !fields.is_empty() {
            elements.push(json!({ "tag": "div", "fields": fields }));
        }
        elements.push(json!({
            "tag": "action",
            "actions": [{ "tag": "button", "type": "primary", "text": plain(&self.button), "url": self.url }],
        }));
        json!({
            "msg_type": "interactive",
            "card": {
                "config": { "wide_screen_mode": true },
                "header": { "template": color, "title": plain(&self.title) },
                "elements": elements,
            },
        })
    }
}

fn color(notice: &Notice) -> &'static str {
    let rule = notice.kind.rule();
    match (rule.urgency, rule.group, rule.asks) {
        (Urgency::Emergency, NoticeGroup::Deployment, _) => "red",
        (_, NoticeGroup::Overdue, _) | (_, _, Asks::Decision) => "orange",
        _ => "blue",
    }
}

/// Text in which nothing is Markdown, a mention or a tag.
fn inert(text: &str) -> String {
    let twin = |c| match c {
        '\\' => '＼',
        '`' => '｀',
        '*' => '＊',
        '_' => '＿',
        '~' => '～',
        '#' => '＃',
        '[' => '［',
        ']' => '］',
        '<' => '＜',
        '>' => '＞',
        '|' => '｜',
        '!' => '！',
        '@' => '＠',
        '&' => '＆',
        c => c,
    };
    text.chars().map(twin).collect()
}
