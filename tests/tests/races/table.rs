//! Every operation of the API that changes something is raced, or it says why several at once are no race.

use crate::{actions, changes, parts, registers, reports};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Operations with a race of their own, by its file.
const OWN: [(&str, &str); 9] = [
    ("create_administrator", "registers"),
    ("log_in", "sessions"),
    ("log_out", "sessions"),
    ("reauthenticate", "sessions"),
    ("refresh_session", "sessions"),
    ("change_password", "sessions"),
    ("create_release", "changes"),
    ("cast_vote", "acts"),
    ("close", "acts"),
];

/// Commands that the journeys of `crowd.rs` need: it asserts that they were raced.
const BY_THE_CROWD: [&str; 20] = [
    "accept_risk",
    "complete_phase",
    "complete_task",
    "confirm_configuration_change",
    "convene_emergency_approval",
    "convene_go_live_approval",
    "convene_plan_review",
    "receive_test_report",
    "record_baseline",
    "record_rollback",
    "record_step",
    "record_verdict",
    "save_document_draft",
    "send_configuration_request",
    "start_deployment",
    "start_rollback",
    "submit_document",
    "verify_task",
    "record_test_run",
    "add_task",
];

/// Commands that take the same way as those (`app/src/subjects/releases/act.rs`: lock, compare the version, decide, save) and that no
/// journey of the tests needs.
const SAME_WAY: [&str; 6] = [
    "accept_conflict",
    "decide_to_continue",
    "excuse_archive_record",
    "reconvene_confirmation",
    "record_deviation",
    "send_test_message",
];

/// Operations that take items over by their numbers, each in transactions of its own: what two of them could both add, the number
/// keeps apart (`create_configuration_item` is raced), and what is there already is compared, not added.
const BY_NUMBER: [&str; 2] = ["import_configuration_items", "sync_configuration_items"];

#[test]
fn every_operation_that_changes_something_is_listed_once() {
    let description: Value = serde_json::from_str(&fabu_testkit::openapi()).unwrap();
    let mut described = BTreeSet::new();
    for methods in description["paths"].as_object().unwrap().values() {
        for (method, operation) in methods.as_object().unwrap() {
            if matches!(method.as_str(), "post" | "put" | "patch" | "delete") {
                described.insert(operation["operationId"].as_str().unwrap().to_owned());
            }
        }
    }
    let races = registers::RACES.iter().chain(&changes::RACES).map(|race| race.operation);
    let lists = OWN.iter().map(|(id, _)| *id).chain(BY_THE_CROWD).chain(SAME_WAY).chain(BY_NUMBER).chain(reports::RACED);
    let mut listed: BTreeMap<String, usize> = BTreeMap::new();
    for id in races.chain(lists).chain(actions::RACED).chain(actions::ADDED).chain(parts::RACED) {
        *listed.entry(id.to_owned()).or_default() += 1;
    }
    let missing: Vec<&String> = described.iter().filter(|id| !listed.contains_key(*id)).collect();
    let gone: Vec<&String> = listed.keys().filter(|id| !described.contains(*id)).collect();
    let twice: Vec<&String> = listed.iter().filter(|(_, times)| **times > 1).map(|(id, _)| id).collect();
    let none: Vec<&String> = Vec::new();
    assert_eq!((missing, gone, twice), (none.clone(), none.clone(), none), "(not listed, no such operation, listed twice)");
}
