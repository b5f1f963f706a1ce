//! What the tests build their worlds from.

use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::subjects::registers::customer::BusinessDay;
use fabu_domain::{
    ids::{IdSource, ReleaseId, TimeOrderedIds, UserId},
    language::Language,
    people::{
        directory::{Customer, Department, Representative, ServiceObject, User},
        role::Role,
    },
    subject::log::LogEntry,
    subjects::change::{Change, ChangeKind, ChangeState},
};
use fabu_store::{Credentials, Store, StoreError, Writer};
use uuid::Uuid;

pub fn id<T: From<Uuid>>() -> T {
    TimeOrderedIds.next().into()
}

/// Noon of a day in November, and so many minutes and a microsecond.
pub fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(1_795_348_800_000_001).unwrap() + TimeDelta::minutes(minutes)
}

pub fn entry(kind: &str) -> LogEntry {
    LogEntry {
        id: id(),
        kind: kind.into(),
        version: 1,
        subject: "tests/1".into(),
        release_id: None,
        release_version: None,
        actor: None,
        on_behalf_of: None,
        request_id: "request-1".into(),
        occurred_at: at(-60),
        recorded_at: at(0),
        payload: serde_json::json!({"z": "二", "a": [1, 2.5, null]}),
    }
}

pub fn of_release(release: ReleaseId, minutes: i64) -> LogEntry {
    LogEntry { release_id: Some(release), release_version: Some(minutes), recorded_at: at(minutes), ..entry("release.noted") }
}

pub fn user(login: &str) -> User {
    User {
        id: id(),
        login: login.into(),
        name: "王芳".parse_line(),
        email: Some(format!("{login}@Example.cn")),
        phone: None,
        department_id: None,
        position: Some("主任".parse_line()),
        roles: [Role::ReleaseOwner, Role::Auditor].into_iter().collect(),
        language: Language::Chinese,
        active: true,
        session_version: 1,
        version: 1,
    }
}

pub fn credentials() -> Credentials {
    Credentials {
        password_hash: "$argon2id$v=19$…".into(),
        must_change: true,
        expires_at: Some(at(60)),
        failed_attempts: 0,
        locked_until: None,
        changed_at: at(0),
    }
}

pub fn department(name: &str) -> Department {
    Department { id: id(), name: name.parse_line(), head: None, deputy_head: None, active: true, version: 1 }
}

pub fn customer(name: &str, representative: UserId) -> Customer {
    let from = at(0).date_naive();
    let entitled =
        |internal_reason: Option<String>| Representative { user_id: representative, from, until: None, internal_reason };
    Customer {
        id: id(),
        name: name.parse_line(),
        contract: Some(fabu_domain::text::Code::parse("HT-2026-1").unwrap()),
        representatives: vec![entitled(Some("内部客户".into())), Representative { until: Some(from), ..entitled(None) }],
        business_days: [BusinessDay::Monday, BusinessDay::Saturday].into(),
        opens: Some(540),
        closes: Some(1020),
        active: true,
        version: 1,
    }
}

pub fn service_object(code: &str, customer: &Customer, departments: &[&Department]) -> ServiceObject {
    ServiceObject {
        id: id(),
        code: fabu_domain::text::Code::parse(code).unwrap(),
        name: "核心系统".parse_line(),
        customer_id: customer.id,
        departments: departments.iter().map(|d| d.id).collect(),
        active: true,
        version: 1,
    }
}

pub fn change(number: &str, by: UserId, minutes: i64) -> Change {
    Change {
        id: id(),
        number: fabu_domain::text::Code::parse(number).unwrap(),
        title: "升级数据库".parse_line(),
        description: None,
        kind: ChangeKind::Normal,
        service_objects: vec![],
        requested_by: "李强".parse_line(),
        requested_at: at(minutes - 5),
        state: ChangeState::Registered,
        approval: None,
        release_id: None,
        registered_by: by,
        registered_at: at(minutes),
        version: 1,
    }
}

pub trait ParseLine {
    fn parse_line(&self) -> fabu_domain::text::Line;
}

impl ParseLine for str {
    fn parse_line(&self) -> fabu_domain::text::Line {
        fabu_domain::text::Line::parse(self).unwrap()
    }
}

pub fn write<T: Send + 'static>(store: &Store, f: impl Fn(&mut Writer<'_>) -> Result<T, StoreError> + Send + 'static) -> T {
    store.write_blocking(f).unwrap()
}

/// A person who is in the database.
pub fn stored_user(store: &Store, login: &str) -> User {
    let user = user(login);
    let new = user.clone();
    write(store, move |tx| tx.insert_user(&new, Some(&credentials()), &entry("user.created")));
    user
}

/// Writes a whole directory as the registers would.
pub fn insert_directory(tx: &mut Writer<'_>, directory: &fabu_domain::people::directory::Directory) -> Result<(), StoreError> {
    for user in directory.users.values() {
        tx.insert_user(&User { department_id: None, ..user.clone() }, None, &entry("user.created"))?;
    }
    for department in directory.departments.values() {
        tx.create_record(department, None, &entry("department.created"))?;
    }
    for customer in directory.customers.values() {
        tx.create_record(customer, None, &entry("customer.created"))?;
    }
    for object in directory.service_objects.values() {
        tx.create_record(object, None, &entry("service_object.created"))?;
    }
    Ok(())
}

/// An approved change, as change management would have handed it over.
pub fn approved(of: &fabu_domain::subjects::release::ChangeRef, by: UserId) -> Change {
    let approval = fabu_domain::subjects::change::ChangeApproval {
        approved_by: "变更委员会".parse_line(),
        approved_at: at(-30),
        reference: "CAB-1".parse_line(),
        impact: fabu_domain::text::Note::parse("短时中断").unwrap(),
        resources: fabu_domain::text::Note::parse("两人").unwrap(),
        entered_by: by,
        entered_at: at(-20),
    };
    let base = change(&of.number, by, -60);
    Change {
        id: of.id,
        title: of.title.parse_line(),
        kind: of.kind,
        state: ChangeState::Approved,
        approval: Some(approval),
        ..base
    }
}
