//! Size limits and forbidden characters, checked in one walk over any content before it is parsed.

use serde::Serialize;
use serde_json::Value;

/// The longest text, in characters.
pub const MAX_TEXT: usize = 20_000;
/// The longest table.
pub const MAX_ROWS: usize = 500;
/// The deepest nesting: an object or list inside another counts one more.
pub const MAX_DEPTH: usize = 8;

/// A field that breaks a limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Violation {
    /// JSON pointer into the content.
    pub pointer: String,
    /// The stable word for programs: `text.too_long`, `text.control_character`, `table.too_long`, `value.too_deep`.
    pub code: &'static str,
    /// The Chinese sentence.
    pub zh: String,
    /// The English sentence.
    pub en: String,
}

/// Every field that breaks a limit; empty when the content may be stored. At most 100 are told.
#[must_use]
pub fn limits(content: &Value) -> Vec<Violation> {
    let mut found = Vec::new();
    walk(content, &mut String::new(), 1, &mut found);
    found.truncate(100);
    found
}

fn walk(value: &Value, at: &mut String, depth: usize, out: &mut Vec<Violation>) {
    let nested = match value {
        Value::String(text) => return check_text(text, at, out),
        Value::Array(items) => items.len(),
        Value::Object(map) => map.len(),
        _ => return,
    };
    if depth > MAX_DEPTH {
        let (zh, en) = (format!("嵌套超过{MAX_DEPTH}层"), format!("nested deeper than {MAX_DEPTH} levels"));
        out.push(Violation { pointer: at.clone(), code: "value.too_deep", zh, en });
        return;
    }
    if nested > MAX_ROWS {
        let (zh, en) = (format!("最多{MAX_ROWS}行，现有{nested}行"), format!("at most {MAX_ROWS} rows, there are {nested}"));
        out.push(Violation { pointer: at.clone(), code: "table.too_long", zh, en });
        return;
    }
    let length = at.len();
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                at.push_str(&format!("/{index}"));
                walk(item, at, depth + 1, out);
                at.truncate(length);
            }
        }
        Value::Object(map) => {
            for (name, item) in map {
                at.push('/');
                at.push_str(&name.replace('~', "~0").replace('/', "~1"));
                walk(item, at, depth + 1, out);
                at.truncate(length);
            }
        }
        _ => {}
    }
}

fn check_text(text: &str, at: &str, out: &mut Vec<Violation>) {
    let length = text.chars().count();
    if length > MAX_TEXT {
        let (zh, en) =
            (format!("最多 {MAX_TEXT} 个字符，现有 {length} 个"), format!("at most {MAX_TEXT} characters, there are {length}"));
        out.push(Violation { pointer: at.to_owned(), code: "text.too_long", zh, en });
    }
    if let Some(c) = text.chars().find(|c| crate::text::forbidden(*c, true)) {
        let code = u32::from(c);
        let (zh, en) = (format!("含有控制字符 U+{code:04X}"), format!("holds the control character U+{code:04X}"));
        out.push(Violation { pointer: at.to_owned(), code: "text.control_character", zh, en });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn codes(value: Value) -> Vec<(String, &'static str)> {
        limits(&value).into_iter().map(|v| (v.pointer, v.code)).collect()
    }

    #[test]
    fn accepts_what_is_just_inside_the_limits() {
        let value = json!({"t": "发".repeat(MAX_TEXT), "rows": vec![json!("a\n\tb"); MAX_ROWS]});
        assert_eq!(codes(value), []);
        assert_eq!(codes(json!([[[[[[[["deep"]]]]]]]])), []);
    }

    #[test]
    fn refuses_long_text_long_tables_and_deep_nesting() {
        assert_eq!(codes(json!({"a": {"t": "x".repeat(MAX_TEXT + 1)}})), [("/a/t".to_owned(), "text.too_long")]);
        assert_eq!(codes(json!({"rows": vec![1; MAX_ROWS + 1]})), [("/rows".to_owned(), "table.too_long")]);
        assert_eq!(codes(json!([[[[[[[[["deep"]]]]]]]]])), [("/0/0/0/0/0/0/0/0".to_owned(), "value.too_deep")]);
    }

    #[test]
    fn refuses_control_characters() {
        for bad in ["a\u{0}", "a\u{7}", "a\r\nb"] {
            assert_eq!(codes(json!({ "t": bad })), [("/t".to_owned(), "text.control_character")], "{bad:?}");
        }
    }
}
