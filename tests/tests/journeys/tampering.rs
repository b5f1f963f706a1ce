//! §3.2, DESIGN 8: proof covers every record that a rule or a figure reads. Each way to change a record outside the program is
//! found, with the record named; and what the program did itself is not.

use fabu_app::verification::{Findings, check_database};
use fabu_scenario::{
    http::{Network, PASSWORD},
    story::tell,
};
use fabu_testkit::TestApp;
use serde_json::json;
use std::sync::Arc;

/// A change made with the database's own tools, and what the check must say.
struct Way {
    what: &'static str,
    sql: String,
    named: String,
}

/// The example company after two quarters, with all background work done and everything sealed.
async fn told() -> (TestApp, Vec<String>) {
    let app = TestApp::start().await;
    // Friday 2026-10-09, ten in China.
    let now = chrono::DateTime::from_timestamp(1_791_511_200, 0).unwrap();
    let told = tell(Network::new(&app.url).unwrap(), Arc::clone(&app.clock), now, &app.set_up_token())
        .await
        .unwrap_or_else(|e| panic!("{e}"));
    app.work().await;
    let head = app.nobody().sign_in("deng.chao", PASSWORD).await;
    let people = head.get("/users?limit=100").await.ok();
    let id =
        |login: &str| people["items"].as_array().unwrap().iter().find(|person| person["login"] == login).unwrap()["id"].clone();
    let deputy = json!({
        "principal": id("deng.chao"), "deputy": id("zhang.wei"), "from": "2026-10-09", "until": "2026-10-20", "absent": false,
    });
    head.post("/deputies", deputy).await.ok();
    app.app.draft_due_reports().await.unwrap();
    // Monday 2026-11-02, five past nine in China: much is late by now.
    app.clock.set("2026-11-02T01:05:00Z".parse().unwrap());
    app.app.flag_overdue_releases().await.unwrap();
    app.app.raise_reminders().await.unwrap();
    app.work().await;
    app.app.send_due_reports().await.unwrap();
    app.work().await;
    app.seal().await;
    (app, told.history)
}

fn faults(found: &Findings) -> Vec<String> {
    let of_log = found.log.first_bad.iter().map(|fault| format!("seal {}: {}", fault.seq, fault.what));
    of_log.chain(found.faults.iter().map(|fault| format!("{}: {}", fault.record, fault.what))).collect()
}

#[tokio::test]
async fn finds_every_change_made_outside_the_program_and_names_the_record() {
    find(0).await;
}

/// The other half: all of them would take too long for one test.
#[tokio::test]
async fn finds_every_other_change_made_outside_the_program_and_names_the_record() {
    find(1).await;
}

/// Tries every second way, from this one on.
async fn find(half: usize) {
    let (app, history) = told().await;
    let clean = app.app.verify(Vec::new(), |_| {}).await.unwrap();
    assert!(clean.sound(), "{:#?}", faults(&clean));
    assert!(clean.coverage.rows > 1000, "{:?}", clean.coverage);
    let mut missed = Vec::new();
    let ways = ways(&history[0], &history[1]);
    assert!(ways.len() >= 60, "{}", ways.len());
    for Way { what, sql, named } in ways.into_iter().skip(half).step_by(2) {
        let found = app.database().tampered(&sql, |tx| check_database(tx, &[], |_| {}));
        match found {
            Ok(Ok(found)) if faults(&found).iter().any(|fault| fault.contains(&named)) => {}
            Ok(Ok(found)) => missed.push(format!("{what}: {:#?} lacks {named}", faults(&found))),
            Ok(Err(error)) => missed.push(format!("{what}: {error}")),
            Err(error) => missed.push(format!("{what}: {error}: {sql}")),
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    let after = app.app.verify(Vec::new(), |_| {}).await.unwrap();
    assert!(after.sound(), "{:#?}", faults(&after));
}

#[rustfmt::skip]
fn ways(first: &str, second: &str) -> Vec<Way> {
    let postgres = std::env::var("FABU_TEST_DATABASE").is_ok_and(|database| database == "postgres");
    let unguarded = |table: &str, sql: &str| match postgres {
        true => format!("ALTER TABLE {table} DISABLE TRIGGER USER; {sql}; ALTER TABLE {table} ENABLE TRIGGER USER"),
        false => format!("{}{sql}; {}", sqlite_triggers(table, false), sqlite_triggers(table, true)),
    };
    let now = if postgres { "now()" } else { "'2026-10-09 02:00:00.000000'" };
    let (yes, no) = if postgres { ("true", "false") } else { ("1", "0") };
    let release = format!("(SELECT id FROM releases WHERE number = '{first}')");
    let other = format!("(SELECT id FROM releases WHERE number = '{second}')");
    let person = |login: &str| format!("(SELECT id FROM users WHERE login = '{login}')");
    let one = |table: &str, key: &str, of: &str| format!("(SELECT min({key}{}) FROM {table} {of})", if postgres { "::text" } else { "" });
    let uuid = |text: String| if postgres { format!("{text}::uuid") } else { text };
    let of_release = format!("WHERE release_id = {release}");
    let of_subject = format!("WHERE subject_id = {release}");
    let first_of = |table: &str| uuid(one(table, "id", if table == "tasks" { &of_subject } else { &of_release }));
    let new_id = if postgres { "'0193a8c0-0000-7000-8000-000000000001'::uuid" } else { "'0193a8c0-0000-7000-8000-000000000001'" };
    let mut all = Vec::new();
    let mut add = |what: &'static str, sql: String, named: &str| all.push(Way { what, sql, named: named.to_owned() });
    let named = |part: &str| format!("release {first}{part}");

    // People and registers.
    add("a forged fact of the instance", "INSERT INTO instance (key, value) VALUES ('company', 'x')".into(), "instance setting company: is not in the log");
    add("another name of a person", "UPDATE users SET name = '冒名' WHERE login = 'xie.ning'".into(), "person xie.ning: is not what the log says: name changed");
    add("another mail address", "UPDATE users SET email = 'x@example.com' WHERE login = 'xie.ning'".into(), "person xie.ning: is not what the log says: email changed");
    add("a deactivated person", format!("UPDATE users SET active = {no} WHERE login = 'xie.ning'"), "person xie.ning: is not what the log says: active changed");
    add("an older session version", "UPDATE users SET session_version = session_version + 5 WHERE login = 'xie.ning'".into(), "person xie.ning: is not what the log says: session_version");
    add("a role nobody gave", format!("INSERT INTO user_roles (user_id, role) SELECT {0}, 'general_manager' WHERE NOT EXISTS (SELECT 1 FROM user_roles WHERE user_id = {0} AND role = 'general_manager')", person("xie.ning")), "person xie.ning, role general_manager: is not in the log");
    add("a role taken away", format!("DELETE FROM user_roles WHERE user_id = {} AND role = (SELECT min(role) FROM user_roles WHERE user_id = {})", person("xie.ning"), person("xie.ning")), "person xie.ning, role");
    add("the password of somebody else", format!("UPDATE user_credentials SET password_hash = 'x' WHERE user_id = {}", person("xie.ning")), "person xie.ning, password: is not what the log says: password_hash changed");
    add("a password that need not be changed", format!("UPDATE user_credentials SET changed_at = {now} WHERE user_id = {}", person("xie.ning")), "person xie.ning, password");
    add("another head of a department", format!("UPDATE departments SET head_id = {} WHERE id = {}", person("xie.ning"), uuid(one("departments", "id", ""))), "head_id changed");
    add("another name of a department", format!("UPDATE departments SET name = 'x' WHERE id = {}", uuid(one("departments", "id", ""))), "is not what the log says: name changed (table departments)");
    add("another contract", "UPDATE customers SET contract = 'x'".into(), "contract changed");
    add("an entitlement that does not end", "UPDATE customer_representatives SET until_day = '2099-12-31'".into(), "representative");
    add("a forged representative", format!("INSERT INTO customer_representatives (customer_id, position, user_id, from_day) SELECT id, 77, {}, '2026-01-01' FROM customers WHERE id = {}", person("xie.ning"), uuid(one("customers", "id", ""))), "representative xie.ning: is not in the log");
    add("a service object of another customer", format!("UPDATE service_objects SET customer_id = {} WHERE customer_id <> {0}", uuid(one("customers", "id", ""))), "customer_id changed");
    add("a department left out", "DELETE FROM service_object_departments WHERE position = 0".into(), "is missing: it was removed outside the program (table service_object_departments)");
    add("a forged deputy", format!("INSERT INTO deputies (id, principal_id, deputy_id, from_day, until_day, absent) SELECT {new_id}, {}, id, '2026-01-01', '2026-12-31', {no} FROM users WHERE login = (SELECT min(login) FROM users)", person("xie.ning")), "of xie.ning: is not in the log");
    add("a deputy taken away", "DELETE FROM deputies".into(), "(table deputies)");
    add("another source of the calendar", "UPDATE calendar_years SET source = 'x' WHERE year = 2026".into(), "working calendar 2026: is not what the log says: source changed");
    add("a day off that is worked", "UPDATE calendar_days SET kind = 'working' WHERE day = '2026-10-01'".into(), "working calendar 2026, day 2026-10-01: is not what the log says: kind changed");
    add("a day taken away", "DELETE FROM calendar_days WHERE day = '2026-10-02'".into(), "working calendar 2026, day 2026-10-02: is missing");
    add("another state of a change", "UPDATE changes SET state = 'registered', approval = NULL".into(), "approval.reference, approval.resources, state changed (table changes)");
    add("another title of a change", "UPDATE changes SET title = 'x' WHERE number = (SELECT min(number) FROM changes)".into(), "change ");
    add("a change of another release", format!("UPDATE changes SET release_id = {other} WHERE release_id = {release}"), "release_id changed");
    add("a change that somebody else requested", "UPDATE changes SET requested_by = 'x'".into(), "requested_by changed");
    add("an object taken off a change", "DELETE FROM change_service_objects WHERE position = 0".into(), "(table change_service_objects)");
    add("another text of the procedure in force", "UPDATE procedure_versions SET body = replace(body, '发布', '变更') WHERE label = 'V1.0'".into(), "procedure version V1.0: is not what the log says: body.adopted changed");
    add("a counter set back", "UPDATE counters SET value = value - 1".into(), "running number");
    add("a schedule switched off", format!("UPDATE register_records SET active = {no} WHERE register = 'schedule'"), "schedule 每日摘要");
    add("a sending taken away", "DELETE FROM report_sendings".into(), "(table report_sendings)");
    add("a forged sending", format!("INSERT INTO report_sendings (schedule_id, slot, sent_at, body) SELECT id, 'x', {now}, '[]' FROM register_records WHERE id = {}", uuid(one("register_records", "id", "WHERE register = 'schedule'"))), "sending x: is not in the log");
    add("forged choices", format!("INSERT INTO notification_settings (user_id, choices, version) VALUES ({}, '{{}}', 9)", person("xie.ning")), "person xie.ning, notification settings: is not in the log");
    add("a forged robot", format!("INSERT INTO register_records (id, register, position, active, version, body, sealed) VALUES ({new_id}, 'robot', 'x', {yes}, 1, '{{\"name\": \"x\"}}', 'x')"), "robot x: is not in the log");
    add("a reminder taken away", "DELETE FROM reminders".into(), "reminder");
    add("a flag taken away or forged", format!("INSERT INTO release_flags (release_id, kind, due_at, flagged_at) VALUES ({release}, 'closure', {now}, {now})"), &named(", flag closure: is not in the log"));

    // The release and its parts.
    add("another title, column and body alike", format!("UPDATE releases SET body = replace(body, title, 'x'), title = 'x' WHERE number = '{first}'"), &named(": is not what the log says: body.title, title changed"));
    add("another verdict, column and body alike", format!("UPDATE releases SET body = replace(body, '\"{0}\"', '\"failed\"'), verdict = 'failed' WHERE number = '{first}'", "successful"), &named(": is not what the log says: body.verdict, verdict changed"));
    add("a verdict in another quarter", format!("UPDATE releases SET verdict_quarter = '2025Q1' WHERE number = '{first}'"), &named(": is not what the log says: verdict_quarter changed"));
    add("another instant of the verdict", format!("UPDATE releases SET verdict_at = {now} WHERE number = '{first}'"), &named(": is not what the log says: verdict_at changed"));
    add("another window", format!("UPDATE releases SET window_end = {now} WHERE number = '{first}'"), &named(": is not what the log says: window_end changed"));
    add("another kind", format!("UPDATE releases SET kind = 'emergency' WHERE number = '{first}'"), &named(": is not what the log says: kind changed"));
    add("an object of another release", format!("DELETE FROM release_service_objects {of_release}"), &named(", service object"));
    add("a change taken off", format!("DELETE FROM release_changes {of_release}"), &named(", change"));
    add("another owner", format!("UPDATE release_roles SET user_id = {} {of_release} AND position = 0", person("xie.ning")), &named(", role"));
    add("a role taken off", format!("DELETE FROM release_roles {of_release} AND position = 0"), &named(", role"));
    add("another number of a document", format!("UPDATE documents SET number = 'X-1' {of_subject} AND kind = 'release_plan'"), " (release_plan): is not what the log says: number changed");
    add("a forged draft", format!("UPDATE documents SET saves = saves + 1 {of_subject} AND kind = 'release_plan'"), "saves changed");
    add("a submitted document with another hash", format!("UPDATE document_revisions SET content = replace(content, ':', ': '), sha256 = 'x' {of_subject} AND kind = 'release_plan'"), &named(", document release_plan, revision 1: is not what the log says"));
    add("a revision taken away", format!("DELETE FROM document_revisions {of_subject} AND kind = 'release_plan'"), &named(", document release_plan, revision 1: is missing"));
    add("a document by somebody else", format!("UPDATE document_revisions SET submitted_by = {} {of_subject} AND kind = 'release_plan'", person("xie.ning")), "submitted_by changed");
    add("another vote", format!("UPDATE approvals SET body = replace(body, '\"pass\"', '\"return\"') {of_subject} AND kind = 'plan_review'"), &named(", approval plan_review: is not what the log says: body.members changed"));
    add("a return made a pass", format!("UPDATE approvals SET state = 'returned' {of_subject} AND kind = 'plan_review'"), &named(", approval plan_review: is not what the log says: state changed"));
    add("a panel taken away", format!("DELETE FROM approval_members WHERE approval_id IN (SELECT id FROM approvals {of_subject}); DELETE FROM approvals {of_subject}"), &named(", approval plan_review: is missing"));
    add("a member taken off", format!("DELETE FROM approval_members WHERE approval_id IN (SELECT id FROM approvals {of_subject} AND kind = 'plan_review')"), &named(", approval plan_review, member"));
    add("a member who is asked again", format!("UPDATE approval_members SET awaited = {yes} WHERE approval_id IN (SELECT id FROM approvals {of_subject})"), "awaited changed");
    add("other evidence", format!("UPDATE tasks SET body = replace(body, '\"evidence\":', '\"evidence\" :') WHERE id = {}", first_of("tasks")), &named(", task"));
    add("another assignee", format!("UPDATE tasks SET assignee_id = {} WHERE id = {}", person("xie.ning"), first_of("tasks")), "assignee_id changed");
    add("a later due time", format!("UPDATE tasks SET due_at = {now} WHERE id = {}", first_of("tasks")), "due_at changed");
    add("a task done", format!("UPDATE tasks SET state = 'cancelled', is_open = {no} WHERE id = {}", first_of("tasks")), "state changed");
    add("a task taken away", format!("DELETE FROM tasks WHERE id = {}", first_of("tasks")), &named(", task"));
    add("another hash of a unit", format!("UPDATE release_units SET body = replace(body, sha256, '{0}'), sha256 = '{0}' WHERE id = {1}", "0".repeat(64), first_of("release_units")), &named(", release unit"));
    add("another test case", format!("UPDATE test_cases SET category = 'security' WHERE id = {}", first_of("test_cases")), "category changed");
    add("a failed test passed", format!("UPDATE test_runs SET result = 'failed' {of_release} AND position = 0"), &named(", test run 1"));
    add("a test run taken away", format!("DELETE FROM test_runs {of_release} AND position = 0"), &named(", test run 1"));
    add("two test runs swapped", format!("UPDATE test_runs SET position = 1000 {of_release} AND position = 0"), "is not in the log: it was put in outside the program (table test_runs)");
    add("another step", format!("UPDATE run_sheet_entries SET step = 'x' {of_release} AND position = 0"), "is not what the log says: step changed (table run_sheet_entries)");
    add("a step at another time", format!("UPDATE run_sheet_entries SET recorded_at = {now} {of_release} AND position = 0"), "recorded_at changed");
    add("a step taken away", format!("DELETE FROM run_sheet_entries {of_release} AND position = 0"), &named(", run sheet entry 1"));
    add("a configuration item of another state", format!("UPDATE configuration_changes SET state = 'drafted' WHERE id = {}", first_of("configuration_changes")), &named(", configuration item"));
    add("a forged file", format!("INSERT INTO attachments (id, release_id, file_name, media_type, size, sha256, storage_key, uploaded_by, uploaded_at) VALUES ({new_id}, {release}, 'x.txt', 'text/plain', 1, 'x', 'x', {}, {now})", person("xie.ning")), &named(", file x.txt: is not in the log"));
    add("other figures of a report", "UPDATE reports SET body = replace(body, '1', '2')".into(), "quarterly report");
    add("an approved report", "UPDATE reports SET state = 'approved'".into(), "quarterly report");
    let parts = ["release_flags", "attachments", "configuration_changes", "run_sheet_entries", "test_runs", "test_cases", "release_units"];
    let mut gone: Vec<String> = parts.iter().map(|table| format!("DELETE FROM {table} {of_release}")).collect();
    gone.push(format!("DELETE FROM approval_members WHERE approval_id IN (SELECT id FROM approvals {of_subject})"));
    gone.extend(["tasks", "approvals", "document_revisions", "documents"].map(|table| format!("DELETE FROM {table} {of_subject}")));
    gone.extend(["release_roles", "release_changes", "release_service_objects"].map(|table| format!("DELETE FROM {table} {of_release}")));
    gone.push(format!("UPDATE changes SET release_id = NULL {of_release}"));
    gone.push(format!("DELETE FROM releases WHERE number = '{first}'"));
    add("a whole release taken away", gone.join("; "), &named(": is missing: it was removed outside the program"));
    add("the same, as the log names it", gone.join("; "), &named(": is named in the log and does not exist"));

    // The log itself.
    add("other facts of an entry", unguarded("events", &format!("UPDATE events SET payload = '{{}}' WHERE release_id = {release}")), "is not what was sealed");
    add("digests of an entry taken away", unguarded("event_records", "DELETE FROM event_records WHERE position = 5"), "is not what was sealed");
    add("other digests of an entry", unguarded("event_records", "UPDATE event_records SET records = '[]' WHERE position = 5"), "are not what was sealed");
    add("a seal taken away", unguarded("seals", "DELETE FROM seals WHERE seq = 7"), "the seal is missing");
    let (drop, missing) = match postgres {
        true => ("DROP TRIGGER events_refuse_change ON events", "the trigger events_refuse_change of events is missing"),
        false => ("DROP TRIGGER events_refuse_update", "the trigger events_refuse_update is missing"),
    };
    add("a trigger taken away", drop.into(), missing);
    let (weak, other) = match postgres {
        true => ("CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", "is not that of this program"),
        false => ("DROP TRIGGER seals_refuse_delete; CREATE TRIGGER seals_refuse_delete BEFORE DELETE ON seals BEGIN SELECT 1; END", "the trigger seals_refuse_delete is not that of this program"),
    };
    add("a trigger that refuses nothing", weak.into(), other);
    if postgres {
        all.extend(ways_of_postgres());
    }
    all
}

/// Values that only PostgreSQL has, and that look like others.
#[rustfmt::skip]
fn ways_of_postgres() -> Vec<Way> {
    let mut all = Vec::new();
    let mut add = |what: &'static str, sql: &str, named: &str| all.push(Way { what, sql: sql.to_owned(), named: named.to_owned() });

    for (table, column, infinity) in [("user_credentials", "expires_at", "infinity"), ("user_credentials", "expires_at", "-infinity"), ("customer_representatives", "until_day", "infinity"), ("configuration_changes", "due_at", "-infinity"), ("releases", "verdict_at", "infinity")] {
        let changed = format!("{column} changed (table {table})");
        add("no instant made one without end", &format!("UPDATE {table} SET {column} = '{infinity}' WHERE {column} IS NULL"), &changed);
    }
    add("a window without an end", "UPDATE releases SET window_start = '-infinity', window_end = 'infinity'", "window_end, window_start changed (table releases)");
    add("an instant before Christ", "UPDATE releases SET verdict_at = (to_char(verdict_at, 'YYYY-MM-DD HH24:MI:SS.US') || '+00 BC')::timestamptz WHERE verdict_at IS NOT NULL", "verdict_at changed (table releases)");
    add("a day before Christ", "UPDATE calendar_days SET day = (day::text || ' BC')::date WHERE day = '2026-10-02'", "working calendar 2026, day 2026-10-02: is missing");
    add("a function that shows a row as it was", "UPDATE counters SET value = value - 1; CREATE FUNCTION json_build_array(text, text, text) RETURNS json LANGUAGE sql AS 'SELECT pg_catalog.json_build_array($1, ($2::bigint + 1)::text, $3)'", "running number");
    all
}

/// Takes the guards of a table away, or puts them back as they were.
fn sqlite_triggers(table: &str, put: bool) -> String {
    let script = include_str!("../../../migrations/sqlite/0001_foundation/up.sql").to_owned()
        + include_str!("../../../migrations/sqlite/0011_event_records/up.sql");
    let begin = format!("CREATE TRIGGER {table}_refuse_");
    let mut found = String::new();
    let mut rest = script.as_str();
    while let Some(at) = rest.find(&begin) {
        let text = &rest[at..];
        let end = text.find("END;").unwrap() + 4;
        let name = text["CREATE TRIGGER ".len()..].split_whitespace().next().unwrap();
        found.push_str(&if put { text[..end].to_owned() } else { format!("DROP TRIGGER {name}; ") });
        rest = &text[end..];
    }
    found
}
