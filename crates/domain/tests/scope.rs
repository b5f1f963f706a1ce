//! What a person may know of and do outside releases (RX, D16, D21), for every role and around the days of an entitlement.

#![expect(clippy::unwrap_used, reason = "a test that cannot be prepared has failed")]

use chrono::{DateTime, NaiveDate, Utc};
use fabu_domain::{
    ids::{ChangeId, DeputyId, EventId, UserId},
    notifications::{
        account_mail::{self, ACCOUNT_MAILS},
        notice::NoticeKind,
    },
    people::{
        directory::{Deputy, Directory},
        role::Role,
    },
    subject::{
        log::LogEntry,
        operation::{Grant, Operation, Reach},
        refusal::{Code, Party},
    },
    subjects::{
        change::{Change, ChangeApproval, ChangeKind, ChangeState},
        policy::permit,
        registers::sight::{Eye, Visible},
        visibility::{Scope, VisiblePerson, scope_of},
    },
    text::{Line, Note},
};
use fabu_scenario::company::{customer, department, directory, object, user};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    day("2026-03-02")
}

/// The company, with the entitlement of the bank's representative limited to the first half of the year.
fn company() -> Directory {
    let mut company = directory().unwrap();
    let bank = company.customers.get_mut(&customer("bank")).unwrap();
    bank.representatives[0].from = day("2026-01-10");
    bank.representatives[0].until = Some(day("2026-06-30"));
    company
}

fn with_roles(login: &str, roles: &[Role]) -> Directory {
    let mut company = company();
    company.users.get_mut(&user(login)).unwrap().roles = roles.iter().copied().collect();
    company
}

fn bank_only() -> Scope {
    Scope::Customers([customer("bank")].into())
}

#[test]
fn an_outsider_knows_of_the_customers_represented_on_that_day() {
    let company = company();
    let scope = |text: &str| scope_of(&company, user("bai.xuefeng"), day(text));
    let nothing = Scope::Customers(BTreeSet::new());
    assert_eq!([scope("2026-01-09"), scope("2026-07-01")], [nothing.clone(), nothing]);
    assert_eq!([scope("2026-01-10"), scope("2026-06-30")], [bank_only(), bank_only()]);
}

#[test]
fn who_holds_another_role_knows_of_everything_and_who_holds_none_of_nothing() {
    let scope = |login: &str, company: &Directory| scope_of(company, user(login), today());
    for role in Role::ALL.iter().filter(|role| **role != Role::CustomerRepresentative) {
        assert_eq!(scope("bai.xuefeng", &with_roles("bai.xuefeng", &[*role])), Scope::All, "{role}");
        let both = with_roles("bai.xuefeng", &[*role, Role::CustomerRepresentative]);
        assert_eq!(scope("bai.xuefeng", &both), Scope::All, "{role}");
    }
    assert_eq!(scope("bai.xuefeng", &with_roles("bai.xuefeng", &[])), Scope::Nothing);
    let mut company = company();
    company.users.get_mut(&user("chen.xiaoyan")).unwrap().active = false;
    assert_eq!(scope("chen.xiaoyan", &company), Scope::Nothing, "inactive");
    assert_eq!(scope_of(&company, UserId(Uuid::nil()), today()), Scope::Nothing, "unknown");
    assert_eq!(Scope::default(), Scope::Nothing, "a filter that was given no scope finds nothing");
}

#[test]
fn a_customer_is_in_scope_when_represented_and_a_record_of_nobody_only_in_the_company() {
    let (bank, bus) = (Some(customer("bank")), Some(customer("bus")));
    let seen = |scope: &Scope| [bank, bus, None].map(|customer| scope.has_customer(customer));
    assert_eq!(seen(&Scope::Nothing), [false; 3]);
    assert_eq!(seen(&bank_only()), [true, false, false]);
    assert_eq!(seen(&Scope::All), [true; 3]);
    assert!(Scope::All.is_all() && !bank_only().is_all() && !Scope::Nothing.is_all());
}

#[test]
fn registers_show_an_outsider_what_belongs_to_the_customer() {
    let company = company();
    let scope = bank_only();
    let customers: BTreeSet<_> = company.customers.values().filter_map(|c| scope.customer(c)).map(|c| c.id).collect();
    assert_eq!(customers, [customer("bank")].into());
    let eye = Eye { scope: &scope, reader: user("li.na"), directory: &company };
    let objects: BTreeSet<_> = company.service_objects.values().filter_map(|o| o.seen(&eye)).map(|o| o.id).collect();
    assert_eq!(objects, [object("BANK-COUNTER"), object("BANK-NET")].into());
    assert!(scope.has_service_object(&company, object("BANK-NET")) && !scope.has_service_object(&company, object("INT-DESK")));
    let shown: Vec<_> = company.departments.values().filter_map(|d| scope.department(&company, d)).collect();
    let ids: BTreeSet<_> = shown.iter().map(|d| d.id).collect();
    assert_eq!(ids, [department("software"), department("network")].into());
    assert!(shown.iter().all(|d| d.head.is_none() && d.deputy_head.is_none()), "by name alone");
    let whole = company.departments.values().filter_map(|d| Scope::All.department(&company, d));
    assert!(whole.clone().count() == 4 && whole.filter(|d| d.head.is_some()).count() == 4);
    assert_eq!(Scope::Nothing.departments(&company), BTreeSet::new());
}

fn change(objects: &[&str]) -> Change {
    let approval = ChangeApproval {
        approved_by: Line::parse("变更委员会").unwrap(),
        approved_at: DateTime::UNIX_EPOCH,
        reference: Line::parse("CAB").unwrap(),
        impact: Note::parse("停机").unwrap(),
        resources: Note::parse("两人").unwrap(),
        entered_by: user("gao.ming"),
        entered_at: DateTime::UNIX_EPOCH,
    };
    Change {
        id: ChangeId(Uuid::nil()),
        number: fabu_domain::text::Code::parse("CHG-1").unwrap(),
        title: Line::parse("升级").unwrap(),
        description: None,
        kind: ChangeKind::Normal,
        service_objects: objects.iter().map(|code| object(code)).collect(),
        requested_by: Line::parse("李娜").unwrap(),
        requested_at: DateTime::UNIX_EPOCH,
        state: ChangeState::Approved,
        approval: Some(approval),
        release_id: None,
        registered_by: user("gao.ming"),
        registered_at: DateTime::UNIX_EPOCH,
        version: 3,
    }
}

#[test]
fn a_change_is_seen_for_the_customers_objects_without_the_internal_evidence() {
    let company = company();
    let seen = bank_only().change(&company, change(&["BUS-TICKET", "BANK-NET"])).unwrap();
    assert_eq!((seen.service_objects, seen.approval), (vec![object("BANK-NET")], None));
    assert_eq!(bank_only().change(&company, change(&["BUS-TICKET"])), None);
    assert_eq!(Scope::Nothing.change(&company, change(&["BANK-NET"])), None);
    assert_eq!(Scope::All.change(&company, change(&["BUS-TICKET"])), Some(change(&["BUS-TICKET"])));
}

fn arrangement(principal: &str, deputy: &str) -> Deputy {
    let id = DeputyId(Uuid::nil());
    Deputy { id, principal: user(principal), deputy: user(deputy), from: today(), until: today(), absent: false, version: 1 }
}

#[test]
fn people_are_seen_when_they_are_named_and_then_by_name_and_role() {
    let mut company = company();
    company.deputies = vec![arrangement("bai.xuefeng", "pu.yunhua"), arrangement("chen.xiaoyan", "he.wenbin")];
    let (scope, reader) = (bank_only(), user("bai.xuefeng"));
    let seen = company.deputies.iter().map(|deputy| scope.has_deputy(reader, deputy)).collect::<Vec<_>>();
    assert_eq!(seen, [true, false]);
    assert!(scope.has_deputy(user("pu.yunhua"), &company.deputies[0]), "from either side");
    assert!(
        company.deputies.iter().all(|deputy| Scope::All.has_deputy(reader, deputy) && !Scope::Nothing.has_deputy(reader, deputy))
    );
    let named = scope.people_in_registers(&company, reader);
    assert_eq!(named, [reader, user("pu.yunhua")].into());
    let person = |scope: &Scope, login: &str| VisiblePerson::of(scope, reader, &named, &company.users[&user(login)]);
    let colleague = person(&scope, "pu.yunhua").unwrap();
    assert_eq!((colleague.name.as_str(), colleague.details), ("普云华", None));
    assert!(person(&scope, "bai.xuefeng").unwrap().details.is_some(), "oneself, whole");
    assert_eq!(person(&scope, "chen.xiaoyan"), None);
    let whole = person(&Scope::All, "chen.xiaoyan").unwrap().details.unwrap();
    assert_eq!((whole.login.as_str(), whole.email.is_some()), ("chen.xiaoyan", true));
    assert_eq!(person(&Scope::Nothing, "pu.yunhua"), None);
    assert!(person(&Scope::Nothing, "bai.xuefeng").is_some());
}

#[test]
fn every_operation_is_open_to_the_roles_of_its_row_and_to_nobody_else() {
    let me = user("chen.xiaoyan");
    for operation in Operation::ALL {
        for role in Role::ALL {
            let company = with_roles("chen.xiaoyan", &[*role]);
            let foreign = permit(&company, me, *operation, Some(user("he.wenbin"))).is_ok();
            let own = permit(&company, me, *operation, Some(me)).is_ok();
            let expected = match operation.grant() {
                Grant::SignedIn | Grant::Everybody => (true, true),
                Grant::Roles(roles) => (roles.contains(role), roles.contains(role)),
                Grant::OwnOr(roles) => (roles.contains(role), roles.contains(role) || *role != Role::Auditor),
            };
            assert_eq!((foreign, own), expected, "{} as {role}", operation.as_str());
            let reach = operation.reach(Some(*role));
            assert_eq!((reach == Reach::All, reach >= Reach::Own), expected, "{} as {role}", operation.as_str());
        }
    }
}

#[test]
fn without_a_role_there_is_the_own_account_and_nothing_else() {
    let (company, me) = (with_roles("chen.xiaoyan", &[]), user("chen.xiaoyan"));
    for operation in Operation::ALL {
        match (operation.grant(), permit(&company, me, *operation, Some(me))) {
            (Grant::SignedIn, answer) => assert!(answer.is_ok(), "{}", operation.as_str()),
            (_, answer) => {
                let refusal = answer.unwrap_err();
                assert_eq!(refusal.unmet()[0].code, Code::NoRole, "{}", operation.as_str());
                assert_eq!(refusal.unmet()[0].who, [Party::Role(Role::SystemAdministrator)]);
            }
        }
    }
    let mut company = company;
    company.users.get_mut(&me).unwrap().active = false;
    assert!(Operation::ALL.iter().all(|operation| permit(&company, me, *operation, Some(me)).is_err()), "inactive");
}

#[test]
fn an_auditor_may_change_nothing_in_the_registers() {
    let (company, me) = (with_roles("chen.xiaoyan", &[Role::Auditor]), user("chen.xiaoyan"));
    let reads = ["view_", "list_", "download_", "preview_", "verify_", "read_", "stream_"];
    // What is permitted inside a release follows from the team.
    let elsewhere = [Operation::ActOnRelease];
    for operation in Operation::ALL.iter().filter(|operation| !elsewhere.contains(operation)) {
        let reading = reads.iter().any(|verb| operation.as_str().starts_with(verb));
        let own = operation.grant() == Grant::SignedIn;
        let allowed = permit(&company, me, *operation, Some(me)).is_ok();
        assert!(!allowed || reading || own, "{}", operation.as_str());
    }
}

/// Whoever was given a password by somebody else chooses an own one before anything else.
#[test]
fn with_a_one_time_password_one_may_see_oneself_and_choose_another() {
    let allowed: Vec<_> = Operation::ALL.iter().filter(|operation| operation.allowed_with_one_time_password()).collect();
    assert_eq!(allowed, [&Operation::ViewMe, &Operation::ChangePassword]);
}

fn entry(kind: &str, subject: &str, payload: Value) -> LogEntry {
    let at = DateTime::<Utc>::UNIX_EPOCH;
    LogEntry {
        id: EventId(Uuid::nil()),
        kind: kind.to_owned(),
        version: 1,
        subject: subject.to_owned(),
        release_id: None,
        release_version: None,
        actor: Some(user("zhao.min")),
        on_behalf_of: None,
        request_id: String::new(),
        occurred_at: at,
        recorded_at: at,
        payload,
    }
}

/// Who is notified of an entry, with the kind of the message.
fn notifications(entry: &LogEntry) -> BTreeSet<(UserId, NoticeKind)> {
    let messages = account_mail::messages(entry, &with_roles("ma.li", &[Role::SystemAdministrator]));
    assert!(messages.is_empty() || account_mail::concerns_somebody(entry));
    messages.into_iter().map(|message| (message.reader, message.notice.kind)).collect()
}

#[test]
fn a_change_of_rights_is_told_to_whom_it_concerns() {
    let chen = format!("users/{}", user("chen.xiaoyan"));
    let administrators = |kind| BTreeSet::from([(user("zhao.min"), kind), (user("ma.li"), kind)]);
    let roles = |from: &[Role], to: &[Role]| json!({ "roles": { "from": from, "to": to } });
    let (owner, admin) = (Role::ReleaseOwner, Role::SystemAdministrator);
    let me = (user("chen.xiaoyan"), NoticeKind::RolesChanged);
    assert_eq!(notifications(&entry("user.roles_changed", &chen, roles(&[owner], &[]))), [me].into());
    let mut made = administrators(NoticeKind::AdministratorAppointed);
    made.insert(me);
    assert_eq!(notifications(&entry("user.roles_changed", &chen, roles(&[owner], &[owner, admin]))), made);
    assert_eq!(
        notifications(&entry("user.roles_changed", &chen, roles(&[admin], &[owner, admin]))),
        [me].into(),
        "was one before"
    );
    let created = |roles: &[Role]| notifications(&entry("user.created", &chen, json!({ "roles": roles })));
    assert_eq!((created(&[admin]), created(&[owner])), (administrators(NoticeKind::AdministratorAppointed), BTreeSet::new()));
    let active = json!({ "active": { "from": false, "to": true } });
    assert_eq!(notifications(&entry("user.updated", &chen, active.clone())), BTreeSet::new());
    let again = entry("user.updated", &format!("users/{}", user("ma.li")), active);
    assert_eq!(notifications(&again), administrators(NoticeKind::AdministratorAppointed));
    let reset = (user("chen.xiaoyan"), NoticeKind::PasswordReset);
    assert_eq!(notifications(&entry("user.password_reset", &chen, json!({}))), [reset].into());
}

#[test]
fn deputies_robots_and_schedules_are_told_to_both_the_administrators_and_the_named() {
    let both = ["chen.xiaoyan", "he.wenbin"].map(|login| (user(login), NoticeKind::DeputyArranged));
    for kind in ["deputy.appointed", "deputy.ended"] {
        assert_eq!(notifications(&entry(kind, "deputies/1", json!(arrangement("chen.xiaoyan", "he.wenbin")))), both.into());
    }
    for kind in ["robot.created", "robot.updated", "robot.deleted"] {
        let expected = ["zhao.min", "ma.li"].map(|login| (user(login), NoticeKind::RobotChanged));
        assert_eq!(notifications(&entry(kind, "robots/1", json!({ "name": "群" }))), expected.into());
    }
    let differs = entry("media_item.differs", "media-library/1", json!({ "name": "core 1.0" }));
    let keepers: BTreeSet<_> = notifications(&differs).into_iter().collect();
    let holders = [Role::ConfigurationAdministrator, Role::ProcessOwner].into_iter().flat_map(|role| company().holders(role));
    assert_eq!(
        keepers,
        holders.map(|holder| (holder, NoticeKind::MediumDiffers)).collect(),
        "who answers for the library (9.2a)"
    );
    let (li, he) = (user("li.jianguo"), user("he.wenbin"));
    let named = |user| BTreeSet::from([(user, NoticeKind::ReportScheduleChanged)]);
    assert_eq!(notifications(&entry("report_schedule.created", "reports/schedules/1", json!({ "users": [li] }))), named(li));
    let changed = json!({ "schedule": "x", "users": { "from": [li], "to": [li, he] } });
    assert_eq!(notifications(&entry("report_schedule.updated", "reports/schedules/1", changed)), named(he), "not again");
}

#[test]
fn what_is_told_names_what_happened_and_who_did_it_in_both_languages() {
    let payload = json!({ "roles": { "from": [Role::ReleaseOwner], "to": [] } });
    let entry = entry("user.roles_changed", &format!("users/{}", user("chen.xiaoyan")), payload);
    let notice = account_mail::messages(&entry, &company()).remove(0).notice;
    let text = serde_json::to_string(&notice).unwrap();
    for word in ["您的角色已变更。", "Your roles have changed.", "发布负责人", "release owner", "赵敏"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    for row in ACCOUNT_MAILS {
        assert!(row.sentence.0.ends_with('。') && row.sentence.1.ends_with('.'), "{}", row.event);
        assert!(!row.kind.can_be_switched_off(), "{} concerns the safety of the account", row.kind);
    }
}
