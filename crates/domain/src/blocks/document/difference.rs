//! What changed between two contents, field by field.

use serde::Serialize;
use serde_json::{Map, Value};

/// One changed field, row or order.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FieldChange {
    /// The section it lies in.
    pub section: String,
    /// JSON pointer into the new content; for something that was removed, into the old one.
    pub pointer: String,
    /// The value before; none when it was added. For a changed order: the keys in the old order.
    #[schema(value_type = Option<Object>)]
    pub before: Option<Value>,
    /// The value after; none when it was removed. For a changed order: the keys in the new order.
    #[schema(value_type = Option<Object>)]
    pub after: Option<Value>,
}

/// Every difference between two values. Rows that have a `key` are compared with the row of the same key, others with
/// the row at the same place. The sections are left empty: the kind of document knows them.
#[must_use]
pub fn difference(old: &Value, new: &Value) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    compare(Some(old), Some(new), "", "", &mut changes);
    changes
}

fn compare(old: Option<&Value>, new: Option<&Value>, old_at: &str, new_at: &str, out: &mut Vec<FieldChange>) {
    match (old, new) {
        (old, new) if old == new => {}
        (Some(Value::Object(a)), Some(Value::Object(b))) => objects(a, b, old_at, new_at, out),
        (Some(Value::Array(a)), Some(Value::Array(b))) => match (keys(a), keys(b)) {
            (Some(a_keys), Some(b_keys)) => keyed(a, b, &a_keys, &b_keys, [old_at, new_at], out),
            _ => {
                for index in 0..a.len().max(b.len()) {
                    let (old_at, new_at) = (format!("{old_at}/{index}"), format!("{new_at}/{index}"));
                    compare(a.get(index), b.get(index), &old_at, &new_at, out);
                }
            }
        },
        (before, after) => {
            let pointer = if after.is_none() { old_at } else { new_at };
            let (before, after) = (before.cloned(), after.cloned());
            out.push(FieldChange { section: String::new(), pointer: pointer.to_owned(), before, after });
        }
    }
}

fn objects(a: &Map<String, Value>, b: &Map<String, Value>, old_at: &str, new_at: &str, out: &mut Vec<FieldChange>) {
    let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let escaped = escape(name);
        compare(a.get(name), b.get(name), &format!("{old_at}/{escaped}"), &format!("{new_at}/{escaped}"), out);
    }
}

fn keyed(a: &[Value], b: &[Value], a_keys: &[&str], b_keys: &[&str], at: [&str; 2], out: &mut Vec<FieldChange>) {
    for (index, key) in a_keys.iter().enumerate() {
        if !b_keys.contains(key) {
            compare(Some(&a[index]), None, &format!("{}/{index}", at[0]), "", out);
        }
    }
    for (index, key) in b_keys.iter().enumerate() {
        let before = a_keys.iter().position(|k| k == key);
        let old_at = before.map(|place| format!("{}/{place}", at[0])).unwrap_or_default();
        compare(before.map(|place| &a[place]), Some(&b[index]), &old_at, &format!("{}/{index}", at[1]), out);
    }
    let kept_before = a_keys.iter().filter(|key| b_keys.contains(key));
    let kept_after = b_keys.iter().filter(|key| a_keys.contains(key));
    if !kept_before.eq(kept_after) {
        let (before, after) = (Some(Value::from(a_keys.to_vec())), Some(Value::from(b_keys.to_vec())));
        out.push(FieldChange { section: String::new(), pointer: at[1].to_owned(), before, after });
    }
}

/// The keys of the rows, when every row has one and no two are equal.
fn keys(rows: &[Value]) -> Option<Vec<&str>> {
    let keys: Vec<&str> = rows.iter().map(|row| row.get("key")?.as_str().filter(|key| !key.is_empty())).collect::<Option<_>>()?;
    let unique: std::collections::HashSet<_> = keys.iter().collect();
    (unique.len() == keys.len()).then_some(keys)
}

fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pointers(old: Value, new: Value) -> Vec<String> {
        difference(&old, &new).into_iter().map(|change| change.pointer).collect()
    }

    #[test]
    fn equal_contents_have_no_difference() {
        assert_eq!(pointers(json!({"a": [1, {"key": "k"}]}), json!({"a": [1, {"key": "k"}]})), Vec::<String>::new());
    }

    #[test]
    fn a_row_put_in_front_is_one_change_when_rows_have_keys() {
        let old = json!({"steps": [{"key": "a", "t": 1}, {"key": "b", "t": 2}]});
        let new = json!({"steps": [{"key": "x", "t": 0}, {"key": "a", "t": 1}, {"key": "b", "t": 3}]});
        let changes = difference(&old, &new);
        assert_eq!(changes.len(), 2);
        assert_eq!((changes[0].pointer.as_str(), &changes[0].before), ("/steps/0", &None));
        assert_eq!(changes[1].pointer, "/steps/2/t");
        assert_eq!((&changes[1].before, &changes[1].after), (&Some(json!(2)), &Some(json!(3))));
    }

    #[test]
    fn a_removed_row_points_into_the_old_content() {
        let old = json!([{"key": "a"}, {"key": "b"}]);
        assert_eq!(pointers(old.clone(), json!([{"key": "b"}])), ["/0"]);
        assert_eq!(pointers(old, json!([])), ["/0", "/1"]);
    }

    #[test]
    fn a_changed_order_is_a_change() {
        let changes = difference(&json!({"s": [{"key": "a"}, {"key": "b"}]}), &json!({"s": [{"key": "b"}, {"key": "a"}]}));
        assert_eq!(changes.len(), 1);
        assert_eq!((changes[0].pointer.as_str(), &changes[0].after), ("/s", &Some(json!(["b", "a"]))));
    }

    #[test]
    fn rows_without_or_with_doubled_keys_are_compared_by_place() {
        assert_eq!(pointers(json!([1, 2]), json!([1, 3, 4])), ["/1", "/2"]);
        let doubled = json!([{"key": "a", "t": 1}, {"key": "a", "t": 2}]);
        assert_eq!(pointers(doubled, json!([{"key": "a", "t": 1}, {"key": "a", "t": 9}])), ["/1/t"]);
    }

    #[test]
    fn names_with_slashes_are_escaped() {
        assert_eq!(pointers(json!({"a/b~": 1}), json!({"a/b~": 2})), ["/a~1b~0"]);
    }
}
