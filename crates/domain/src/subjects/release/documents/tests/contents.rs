//! What all kinds share: parsing, sections, fingerprints, differences.

use super::*;
use crate::blocks::document::{DocumentKind, limits::limits};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn examples() -> Vec<DocumentContent> {
    vec![plan().into(), test_report().into(), go_live().into(), report().into()]
}

#[test]
fn an_empty_object_is_the_empty_draft_of_every_kind() {
    for kind in DocumentKind::ALL {
        let parsed = DocumentContent::parse(*kind, json!({})).unwrap();
        assert_eq!(parsed, DocumentContent::empty(*kind));
        assert_eq!(parsed.kind(), *kind);
        assert!(!parsed.missing(&world().context()).is_empty(), "an empty {kind} may not be submitted");
    }
}

#[test]
fn contents_survive_storage_and_keep_their_fingerprint() {
    for content in examples() {
        let stored = serde_json::to_string(&content.to_value()).unwrap();
        let read = DocumentContent::parse(content.kind(), serde_json::from_str(&stored).unwrap()).unwrap();
        assert_eq!(read, content);
        assert_eq!(read.sha256(), content.sha256());
        assert_eq!(limits(&content.to_value()), []);
    }
}

#[test]
fn refuses_unknown_fields_at_any_depth() {
    for (kind, content) in [
        (DocumentKind::ReleasePlan, json!({"purposes": "x"})),
        (DocumentKind::ReleasePlan, json!({"rollback": {"applications": {"rows": [{"key": "a", "versoin": "1"}]}}})),
        (DocumentKind::TestReport, json!({"categories": {"beauty": {}}})),
        (DocumentKind::GoLivePlan, json!({"way": "sideways"})),
        (DocumentKind::ReleaseReport, json!({"figures": {"quarter": "2026Q5"}})),
    ] {
        assert!(DocumentContent::parse(kind, content.clone()).is_err(), "{content}");
    }
}

#[test]
fn every_field_belongs_to_exactly_one_section() {
    for content in examples() {
        let value = content.to_value();
        let fields: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        let mut covered: Vec<&str> = content.kind().sections().iter().flat_map(|s| s.fields.iter().copied()).collect();
        covered.sort_unstable();
        let mut expected = fields.clone();
        expected.sort_unstable();
        assert_eq!(covered, expected, "{}", content.kind());
    }
}

#[test]
fn the_pointer_of_a_finding_leads_to_a_field_of_the_content() {
    for kind in DocumentKind::ALL {
        let content = DocumentContent::empty(*kind);
        let value = content.to_value();
        for missing in content.missing(&world().context()) {
            let inside = missing.pointer.starts_with("/categories/") || value.pointer(&missing.pointer).is_some();
            assert!(inside, "{kind}: {}", missing.pointer);
        }
    }
}

#[test]
fn a_change_touches_the_fingerprint_of_its_section_alone() {
    for content in examples() {
        let before = content.sections();
        let names: BTreeSet<_> = before.iter().map(|(name, _)| *name).collect();
        assert_eq!(names.len(), content.kind().sections().len());
        for section in content.kind().sections() {
            let mut value = content.to_value();
            let empty = DocumentContent::empty(content.kind()).to_value();
            for field in section.fields {
                // What is empty may be left out.
                match empty.get(*field) {
                    Some(nothing) => value[*field] = nothing.clone(),
                    None => drop(value.as_object_mut().unwrap().remove(*field)),
                }
            }
            let changed = DocumentContent::parse(content.kind(), value).unwrap();
            let differing: Vec<_> = before.iter().zip(changed.sections()).filter(|(a, b)| a.1 != b.1).map(|(a, _)| a.0).collect();
            assert_eq!(differing, [section.name], "{}", content.kind());
            assert_ne!(changed.sha256(), content.sha256());
            assert!(changed.changes_since(&content).iter().all(|change| change.section == section.name));
        }
    }
}

/// Applies what a difference says at the place it names; enough for changed, added and removed fields of objects.
fn holds_at(value: &Value, pointer: &str, expected: Option<&Value>) -> bool {
    value.pointer(pointer) == expected
}

proptest! {
    #[test]
    fn a_difference_is_empty_exactly_when_the_contents_are_equal(edits in prop::collection::vec((0_usize..8, "[a-z]{0,3}"), 0..6)) {
        let old = plan();
        let mut new = old.clone();
        for (place, word) in edits {
            match place {
                0 => new.purpose = word,
                1 => new.steps.push(step(&format!("n{word}"), 100, 1, &[])),
                2 => drop(new.steps.pop()),
                3 => new.steps.reverse(),
                4 => new.rollback.criteria = word,
                5 => new.problems.clear(),
                6 => new.window.end = None,
                _ => new.other_work = Table::not_applicable(word),
            }
        }
        let (old, new) = (DocumentContent::from(old), DocumentContent::from(new));
        let changes = new.changes_since(&old);
        prop_assert_eq!(changes.is_empty(), old == new);
        let touched: BTreeSet<&str> = changes.iter().map(|change| change.section.as_str()).collect();
        let (before, after) = (old.sections(), new.sections());
        let hashed: BTreeSet<&str> = before.iter().zip(&after).filter(|(a, b)| a.1 != b.1).map(|(a, _)| a.0).collect();
        prop_assert_eq!(touched, hashed, "sections told and sections whose fingerprint moved");
        for change in &changes {
            let order = change.before.as_ref().is_some_and(Value::is_array) && change.pointer == "/steps";
            let told = match (&change.before, &change.after) {
                (_, Some(after)) => holds_at(&new.to_value(), &change.pointer, Some(after)),
                (before, None) => holds_at(&old.to_value(), &change.pointer, before.as_ref()),
            };
            prop_assert!(order || told, "{:?}", change);
        }
    }
}

/// A finding names the place by the label that the editor shows there, and the row.
#[test]
fn findings_speak_in_the_labels_of_the_editor() {
    let mut plan = plan();
    plan.backups[0].method.clear();
    plan.rollback.criteria.clear();
    plan.problems.clear();
    let said: Vec<(String, String)> = plan.missing(&world().context()).into_iter().map(|found| (found.zh, found.en)).collect();
    let expected = [
        ("未填写“备份”第 1 行的“备份方法”", "“method” in row 1 of “backups” is not given"),
        ("未填写“回退方案（5.2）”的“回退判断标准”", "“when to roll back” in “rollback plan (5.2)” is not given"),
        ("“可能出现的问题”至少需要1行，现有0行", "“possible problems” needs at least 1 row(s), has 0"),
    ];
    assert_eq!(said, expected.map(|(zh, en)| (zh.to_owned(), en.to_owned())));
}
