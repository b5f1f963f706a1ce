//! Round trips, versions, unique values, lists.

use crate::support::*;
use fabu_domain::{
    people::{directory::Deputy, role::Role},
    subjects::{
        change::{ChangeApproval, ChangeState},
        visibility::Scope,
    },
    text::Note,
};
use fabu_store::{Attachment, ChangeFilter, ChangeOrder, Cursor, NewJob, Reader, Session, StoreError, testing::TestDatabase};

fn read<T>(database: &TestDatabase, f: impl FnOnce(&mut Reader<'_>) -> Result<T, StoreError>) -> T {
    database.store().read_blocking(f).unwrap()
}

#[test]
fn keeps_a_user_with_roles_and_credentials() {
    let database = TestDatabase::create().unwrap();
    let mut user = stored_user(database.store(), "wang");
    assert_eq!(read(&database, |r| r.user(user.id)), Some(user.clone()));
    assert_eq!(read(&database, |r| r.credentials(user.id)), Some(credentials()));
    assert_eq!(read(&database, |r| r.user_by_login("nobody")), None);

    user.roles = [Role::Implementer].into_iter().collect();
    user.email = None;
    let changed = user.clone();
    user.version = write(database.store(), move |tx| tx.update_user(&changed, 1, &entry("user.changed")));
    let mut wrong = credentials();
    wrong.failed_attempts = 3;
    wrong.locked_until = Some(at(9));
    wrong.expires_at = None;
    let (id, new) = (user.id, wrong.clone());
    write(database.store(), move |tx| {
        assert_eq!(tx.credentials_for_update(id)?, Some(credentials()));
        tx.set_credentials(id, &new, &[entry("user.password_changed")])
    });
    assert_eq!(user.version, 2);
    assert_eq!(read(&database, |r| r.user_by_login("wang")), Some(user.clone()));
    assert_eq!(read(&database, |r| r.credentials(user.id)), Some(wrong));
}

#[test]
fn keeps_departments_customers_service_objects_and_deputies() {
    let database = TestDatabase::create().unwrap();
    let (head, other) = (stored_user(database.store(), "head"), stored_user(database.store(), "other"));
    let (mut first, second) = (department("技术部"), department("运维部"));
    first.head = Some(head.id);
    let mut customer = customer("某市人民医院", head.id);
    let object = service_object("HIS-1", &customer, &[&second, &first]);
    let day = at(0).date_naive();
    let deputy = Deputy { id: id(), principal: head.id, deputy: other.id, from: day, until: day, absent: true, version: 1 };
    let all = (first.clone(), second.clone(), customer.clone(), object.clone(), deputy.clone());
    write(database.store(), move |tx| {
        tx.create_record(&all.0, None, &entry("department.created"))?;
        tx.create_record(&all.1, None, &entry("department.created"))?;
        tx.create_record(&all.2, None, &entry("customer.created"))?;
        tx.create_record(&all.3, None, &entry("service_object.created"))?;
        tx.create_record(&all.4, None, &entry("deputy.appointed"))
    });
    assert_eq!(read(&database, |r| r.record(first.id)), Some(first.clone()));
    assert_eq!(read(&database, |r| r.record(customer.id)), Some(customer.clone()));
    assert_eq!(read(&database, |r| r.record(object.id)), Some(object.clone()));
    let directory = read(&database, |r| r.directory());
    assert_eq!(directory.departments[&second.id], second);
    assert_eq!(directory.customers[&customer.id], customer);
    assert_eq!(directory.service_objects[&object.id], object);
    assert_eq!(directory.users[&head.id], head);
    assert_eq!(directory.deputies, std::slice::from_ref(&deputy));

    first.head = None;
    customer.representatives.pop();
    let mut moved = object.clone();
    moved.departments = vec![second.id];
    let all = (first.clone(), customer.clone(), moved.clone(), deputy.id);
    write(database.store(), move |tx| {
        assert_eq!(tx.update_record(&all.0, 1, None, &entry("department.changed"))?, 2);
        assert_eq!(tx.update_record(&all.1, 1, None, &entry("customer.changed"))?, 2);
        assert_eq!(tx.update_record(&all.2, 1, None, &entry("service_object.changed"))?, 2);
        tx.delete_record::<Deputy>(all.3, 1, &entry("deputy.ended"))?;
        let again = tx.delete_record::<Deputy>(all.3, 1, &entry("deputy.ended"));
        assert!(matches!(again, Err(StoreError::Stale { current: None })), "{again:?}");
        Ok(())
    });
    (first.version, customer.version, moved.version) = (2, 2, 2);
    let directory = read(&database, |r| r.directory());
    assert_eq!(directory.departments[&first.id], first);
    assert_eq!(directory.customers[&customer.id], customer);
    assert_eq!(directory.service_objects[&object.id], moved);
    assert!(directory.deputies.is_empty());
}

#[test]
fn keeps_a_change_with_its_approval() {
    let database = TestDatabase::create().unwrap();
    let user = stored_user(database.store(), "cm");
    let customer = customer("客户", user.id);
    let object = service_object("S-1", &customer, &[]);
    let mut change = change("CHG-1", user.id, 0);
    change.service_objects = vec![object.id];
    let all = (customer, object, change.clone());
    write(database.store(), move |tx| {
        tx.create_record(&all.0, None, &entry("customer.created"))?;
        tx.create_record(&all.1, None, &entry("service_object.created"))?;
        tx.insert_change(&all.2, &entry("change.registered"))
    });
    assert_eq!(read(&database, |r| r.change(change.id)), Some(change.clone()));
    change.state = ChangeState::Approved;
    change.release_id = Some(id());
    change.approval = Some(ChangeApproval {
        approved_by: "CAB".parse_line(),
        approved_at: at(1),
        reference: "https://cm/1".parse_line(),
        impact: Note::parse("两小时\n停机").unwrap(),
        resources: Note::parse("二人").unwrap(),
        entered_by: user.id,
        entered_at: at(2),
    });
    let new = change.clone();
    change.version = write(database.store(), move |tx| tx.update_change(&new, 1, &entry("change.approved")));
    assert_eq!(read(&database, |r| r.change_by_number("CHG-1")), Some(change.clone()));
    assert_eq!(read(&database, |r| r.changes(&[id(), change.id])), [change]);
}

#[test]
fn refuses_to_replace_a_record_that_has_changed() {
    let database = TestDatabase::create().unwrap();
    let user = stored_user(database.store(), "wang");
    for (id, expected, current) in [(user.id, 7, Some(1)), (id(), 1, None)] {
        let mut other = user.clone();
        other.id = id;
        let result = database.store().write_blocking(move |tx| tx.update_user(&other, expected, &entry("user.changed")));
        assert!(matches!(result, Err(StoreError::Stale { current: is }) if is == current), "{result:?}");
    }
    assert_eq!(read(&database, |r| r.user(user.id)), Some(user));
}

#[test]
fn refuses_a_second_record_with_a_unique_value() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let first = stored_user(store, "wang");
    let change = change("CHG-1", first.id, 0);
    let also = change.clone();
    write(store, move |tx| tx.insert_change(&also, &entry("change.registered")));
    let results = [
        ("users.login", store.write_blocking(|tx| tx.insert_user(&user("wang"), None, &entry("user.created")))),
        (
            "changes.number",
            store.write_blocking(move |tx| {
                tx.insert_change(&fabu_domain::subjects::change::Change { id: id(), ..change.clone() }, &entry("x"))
            }),
        ),
        (
            "departments.name",
            store.write_blocking(|tx| {
                tx.create_record(&department("技术部"), None, &entry("x"))?;
                tx.create_record(&department("技术部"), None, &entry("x"))
            }),
        ),
    ];
    for (unique, result) in results {
        assert!(matches!(result, Err(StoreError::Duplicate { ref what }) if what == unique), "{result:?}");
    }
}

#[test]
fn refuses_a_reference_to_nobody() {
    let database = TestDatabase::create().unwrap();
    let result = database.store().write_blocking(|tx| {
        let mut department = department("技术部");
        department.head = Some(id());
        tx.create_record(&department, None, &entry("department.created"))
    });
    assert!(matches!(result, Err(StoreError::Reference(_))), "{result:?}");
}

#[test]
fn names_the_place_of_an_unreadable_value() {
    let database = TestDatabase::create().unwrap();
    let user = stored_user(database.store(), "wang");
    database.execute("UPDATE users SET language = 'tlh'").unwrap();
    let error = database.store().read_blocking(|r| r.user(user.id)).unwrap_err();
    let StoreError::Corrupt { table, row, column, reason } = error else { panic!("{error}") };
    assert_eq!((table.as_str(), row, column.as_str()), ("users", user.id.to_string(), "language"));
    assert!(reason.contains("tlh"));
}

#[test]
fn lists_changes_newest_first_or_by_number() {
    let database = TestDatabase::create().unwrap();
    let by = stored_user(database.store(), "cm").id;
    // Two at the same instant: the id decides.
    let changes: Vec<_> = [("C-3", 0), ("C-1", 5), ("C-2", 5), ("C-4", 2)].into_iter().map(|(n, m)| change(n, by, m)).collect();
    let all = changes.clone();
    write(database.store(), move |tx| all.iter().try_for_each(|change| tx.insert_change(change, &entry("change.registered"))));
    for (order, wanted) in
        [(ChangeOrder::Newest, ["C-2", "C-1", "C-4", "C-3"]), (ChangeOrder::Number, ["C-1", "C-2", "C-3", "C-4"])]
    {
        let filter = ChangeFilter {
            scope: Scope::All,
            order,
            search: Some("升级".into()),
            has_release: Some(false),
            ..ChangeFilter::default()
        };
        let (mut seen, mut after) = (vec![], None);
        loop {
            let page = read(&database, |r| r.list_changes(&filter, after.as_ref(), 1));
            seen.extend(page.items.into_iter().map(|change| change.number.to_string()));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, wanted);
    }
    let approved = ChangeFilter { scope: Scope::All, state: Some(ChangeState::Approved), ..ChangeFilter::default() };
    assert!(read(&database, |r| r.list_changes(&approved, None, 9)).items.is_empty());
}

#[test]
fn rotates_a_session_once_and_revokes_its_family() {
    let database = TestDatabase::create().unwrap();
    let user = stored_user(database.store(), "wang");
    let first = Session {
        id: id(),
        user_id: user.id,
        family: id(),
        token_hash: [1; 32],
        session_version: 1,
        authenticated_at: at(0),
        issued_at: at(0),
        expires_at: at(30),
        ends_at: at(720),
        rotated_at: None,
        successor: None,
        revoked_at: None,
    };
    let second = Session { id: id(), token_hash: [2; 32], issued_at: at(1), ..first.clone() };
    let (one, two) = (first.clone(), second.clone());
    write(database.store(), move |tx| {
        tx.insert_session(&one)?;
        assert!(tx.rotate_session(one.id, two.id, at(1))?);
        assert!(!tx.rotate_session(one.id, id(), at(1))?, "a token is exchanged once");
        tx.insert_session(&two)
    });
    let rotated = Session { rotated_at: Some(at(1)), successor: Some(second.id), ..first.clone() };
    assert_eq!(read(&database, |r| r.session_by_token(&[1; 32])), Some(rotated));
    assert_eq!(read(&database, |r| r.sessions_of(user.id)), [second]);
    let family = first.family;
    write(database.store(), move |tx| {
        assert_eq!(tx.reauthenticate_family(family, at(2))?, 2);
        assert_eq!(tx.revoke_family(family, at(3))?, 2);
        assert_eq!(tx.revoke_sessions_of(user.id, at(3))?, 0);
        assert_eq!(tx.prune_sessions(at(720))?, 0);
        Ok(())
    });
    assert!(read(&database, |r| r.sessions_of(first.user_id)).is_empty());
    assert_eq!(write(database.store(), |tx| tx.prune_sessions(at(721))), 2);
}

#[test]
fn keeps_attachments_instance_facts_and_jobs() {
    let database = TestDatabase::create().unwrap();
    let user = stored_user(database.store(), "wang");
    let attachment = Attachment {
        id: id(),
        release_id: id(),
        file_name: "方案.pdf".into(),
        media_type: "application/pdf".into(),
        size: 12,
        sha256: "ab".repeat(32),
        storage_key: "k1".into(),
        uploaded_by: user.id,
        uploaded_at: at(0),
        addendum_reason: None,
    };
    let new = attachment.clone();
    let job = |key: Option<&str>| NewJob {
        id: id(),
        kind: "seal_log".into(),
        queue: "general".into(),
        payload: serde_json::json!({}),
        unique_key: key.map(str::to_owned),
        run_at: at(0),
        max_attempts: 5,
        created_at: at(0),
    };
    write(database.store(), move |tx| {
        tx.insert_attachment(&new, &[entry("attachment.added")])?;
        tx.set_instance("company", "甲", &[])?;
        tx.set_instance("company", "乙", &[entry("instance.changed")])?;
        assert!(tx.enqueue(job(Some("seal:1")))?);
        assert!(!tx.enqueue(job(Some("seal:1")))?, "one job for a key");
        assert!(tx.enqueue(job(None))? && tx.enqueue(job(None))?);
        Ok(())
    });
    assert_eq!(read(&database, |r| r.attachment(attachment.id)), Some(attachment.clone()));
    assert_eq!(read(&database, |r| r.attachments_of(attachment.release_id)), [attachment]);
    assert!(read(&database, |r| r.is_stored("k1")) && !read(&database, |r| r.is_stored("k2")));
    assert_eq!(read(&database, |r| r.instance("company")).as_deref(), Some("乙"));
    assert_eq!(read(&database, |r| r.instance_facts()).len(), 1);
    assert_eq!(read(&database, |r| r.count_jobs("seal_log", fabu_domain::notifications::delivery::JobStatus::Pending)), 3);
}

#[test]
fn counts_without_gap_also_after_a_rollback() {
    let database = TestDatabase::create().unwrap();
    let take = |name: &'static str, year: i32| {
        write(database.store(), move |tx| {
            tx.append(&[entry("release.created")])?;
            tx.next_number(name, year)
        })
    };
    let next = || take("release", 2026);
    assert_eq!((next(), next()), (1, 2));
    let failed: Result<i64, StoreError> = database.store().write_blocking(|tx| {
        tx.next_number("release", 2026)?;
        Err(StoreError::Stale { current: None })
    });
    assert!(failed.is_err());
    assert_eq!(next(), 3);
    assert_eq!(take("release", 2027), 1);
    assert_eq!(take("report", 2026), 1);
}

/// A place in one list is none in another.
#[test]
fn refuses_a_cursor_of_another_list() {
    let database = TestDatabase::create().unwrap();
    let user = stored_user(database.store(), "cm");
    let two = [change("CHG-1", user.id, 0), change("CHG-2", user.id, 1)];
    write(database.store(), move |tx| two.iter().try_for_each(|change| tx.insert_change(change, &entry("change.registered"))));
    let filter = |order| ChangeFilter { scope: Scope::All, order, ..ChangeFilter::default() };
    let of_numbers: Cursor = read(&database, |r| r.list_changes(&filter(ChangeOrder::Number), None, 1)).next.unwrap();
    let result = database.store().read_blocking(|r| r.list_changes(&filter(ChangeOrder::Newest), Some(&of_numbers), 2));
    assert!(matches!(result, Err(StoreError::Cursor)));
}
