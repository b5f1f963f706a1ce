//! Nothing that a person typed becomes markup, a header or a command of a template.

use crate::support::{letter, notice, now, reader, sender};
use fabu_domain::{language::Language, notifications::notice::Enclosure};
use fabu_outbound::{
    clean,
    mail::{Recipient, build},
};
use html5ever::{parse_document, tendril::TendrilSink};
use mail_parser::{MessageParser, MimeHeaders};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

const TYPED: &[&str] = &[
    "核心系统补丁",
    "核心 系统 补丁",
    "核心  系统　补丁 v2 （二期） a b",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    "</td></tr></table><h1>x</h1>",
    "<br>",
    "<!-- x",
    "-->",
    "<![CDATA[x]]>",
    "]]>",
    "<?xml version=\"1.0\"?>",
    "<!DOCTYPE html>",
    "&lt;b&gt; &amp; &#60; &nbsp;",
    "a & b < c > d",
    "<mj-raw><b>x</b></mj-raw>",
    "</mj-text><mj-button href=\"https://evil.cn\">x</mj-button>",
    "<mj-include path=\"/etc/passwd\" />",
    "<style>*{display:none}</style>",
    "javascript:alert(1)",
    "https://evil.cn/\"><a href=x>",
    "{{ 7 * 7 }}",
    "{% include 'mail.txt' %}",
    "{# hidden #}",
    "{% raw %}",
    "{{ house }}{{ self }}{{ ''.__class__ }}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "王芳\r\nBcc: all@example.cn",
    "x\nSubject: owned",
    "x\r\n\r\n<b>body</b>",
    "x\n.\nQUIT",
    "--boundary--",
    "\u{0}nul\u{0}",
    "\u{1b}[31mred\u{7}",
    "\u{85}next\u{2028}line\u{2029}",
    "\u{202E}gpj.exe\u{202C}",
    "\u{2066}isolated\u{2069}\u{200B}\u{FEFF}",
    "=?utf-8?B?PGI+?=",
    "=?utf-8?Q?=0D=0ABcc:_x@example.cn?=",
    "\"quoted\" \\ backslash",
    "name <other@example.cn>, third@example.cn",
    "Undisclosed recipients:;",
    "(comment) name",
    "a;b=c\"; filename=\"x.exe",
    "../../etc/passwd",
    "C:\\temp\\x",
    "%0d%0aSet-Cookie: x=1",
    "' OR 1=1 --",
    "=1+1",
    "\t tab \t",
    "  两端空格  ",
    "第一行\n第二行\n\n第四行",
    "璟喆堃 𠮷 😀 👨‍👩‍👧",
    "e\u{301} ﬁ Å",
    "العربية עברית",
    "%s %n %x",
    "very-long-word-without-a-break-very-long-word-without-a-break-very-long-word-without-a-break-very-long-word-without-a-break",
    "x",
];

/// The headers of every mail, in any order.
const HEADERS: [&str; 13] = [
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "In-Reply-To",
    "MIME-Version",
    "Message-ID",
    "References",
    "Subject",
    "To",
    "X-Auto-Response-Suppress",
    "X-Fabu-Attempt",
    "X-Fabu-Kind",
];

/// A page as it is read: its tags with the names of their attributes, without line breaks; and its text.
fn read(html: &str) -> (Vec<String>, String) {
    fn walk(node: &Handle, tags: &mut Vec<String>, text: &mut String) {
        match &node.data {
            NodeData::Element { name, attrs, .. } if &*name.local != "br" => {
                let names: Vec<_> = attrs.borrow().iter().map(|a| a.name.local.to_string()).collect();
                tags.push(format!("{} {}", name.local, names.join(" ")));
            }
            NodeData::Element { .. } => text.push('\n'),
            NodeData::Text { contents } => text.push_str(&contents.borrow()),
            NodeData::Comment { contents } => tags.push(format!("comment of {} bytes", contents.len())),
            _ => {}
        }
        for child in node.children.borrow().iter() {
            walk(child, tags, text);
        }
    }
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
    let (mut tags, mut text) = (Vec::new(), String::new());
    walk(&dom.document, &mut tags, &mut text);
    (tags, text)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_people_type_stays_text_in_every_part_of_a_mail() {
    let sender = sender();
    let plain_page = |html: &str| read(html).0;
    let mut shape: Option<Vec<String>> = None;
    for typed in TYPED {
        let to = Recipient { name: (*typed).to_owned(), ..reader(Language::Chinese) };
        let notice = notice(typed);
        let file = Enclosure { name: format!("{typed}.xlsx"), content_type: "text/plain".to_owned(), bytes: b"x".to_vec() };
        let mail = build(&sender, &letter(&to, &notice, &[file])).unwrap();
        let bytes = mail.bytes();
        let parsed = MessageParser::default().parse(&bytes).unwrap();

        let mut headers: Vec<&str> = parsed.headers_raw().map(|(name, _)| name).collect();
        headers.sort_unstable();
        assert_eq!(headers, HEADERS, "{typed:?}");

        let to = parsed.to().unwrap().first().unwrap();
        assert_eq!(squeezed(to.name().unwrap()), squeezed(&clean::line(typed)), "{typed:?}");
        assert_eq!((to.address(), parsed.to().unwrap().iter().count()), (Some("wang.fang@example.cn"), 1), "{typed:?}");
        let subject = clean::line(&notice.subject(now()).zh);
        assert_eq!(squeezed(parsed.subject().unwrap()), squeezed(&subject), "{typed:?}");

        assert_eq!((parsed.html_body_count(), parsed.text_body_count(), parsed.attachment_count()), (1, 1, 2), "{typed:?}");
        let (html, text) = (parsed.body_html(0).unwrap(), parsed.body_text(0).unwrap());
        let tags = plain_page(&html);
        assert_eq!(shape.get_or_insert_with(|| tags.clone()), &tags, "{typed:?} changes the page");
        let page = squeezed(&read(&html).1);
        let expected = squeezed(&clean::lines(typed).join("\n"));
        // Names at the beginning of a line have a capital letter: they are not counted here.
        assert!(page.matches(&expected).count() >= 5, "{typed:?} is not on the page: {page}");
        assert!(squeezed(&text).matches(&expected).count() >= 5, "{typed:?} is not in the text: {text}");

        let name = parsed.attachments().last().unwrap().attachment_name().unwrap().to_owned();
        assert_eq!(squeezed(&name), squeezed(&clean::file_name(&format!("{typed}.xlsx"))), "{typed:?}");
    }
}

#[test]
fn links_lead_to_our_own_pages_whatever_was_typed() {
    for typed in TYPED {
        let rendered = fabu_outbound::render(&notice(typed), Language::English, &sender(), now()).unwrap();
        let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(rendered.html);
        let mut links = Vec::new();
        collect_links(&dom.document, &mut links);
        assert_eq!(links.len(), 3, "{typed:?}");
        for link in links {
            assert!(link.starts_with("https://fabu.example.cn/"), "{typed:?}: {link}");
        }
    }
}

fn collect_links(node: &Handle, links: &mut Vec<String>) {
    if let NodeData::Element { attrs, .. } = &node.data {
        let attrs = attrs.borrow();
        links.extend(attrs.iter().filter(|a| &*a.name.local == "href").map(|a| a.value.to_string()));
    }
    for child in node.children.borrow().iter() {
        collect_links(child, links);
    }
}
