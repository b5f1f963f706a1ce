//! The queue: claims, leases, fencing, poison jobs, purge.

use crate::support::{at, entry, id, write};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::notifications::delivery::JobStatus;
use fabu_store::{Claim, Job, JobEnd, JobFilter, NewJob, Store, testing::TestDatabase};
use std::collections::BTreeSet;

const QUEUE: &str = "general";

fn job(minutes: i64, max_attempts: i32) -> NewJob {
    NewJob {
        id: id(),
        kind: "count_stars".into(),
        queue: QUEUE.into(),
        payload: serde_json::json!({ "sky": "north" }),
        unique_key: None,
        run_at: at(minutes),
        max_attempts,
        created_at: at(minutes),
    }
}

fn enqueue(store: &Store, job: &NewJob) {
    let job = job.clone();
    assert!(write(store, move |tx| tx.enqueue(job.clone())));
}

fn claim(store: &Store, now: DateTime<Utc>) -> Option<Claim> {
    write(store, move |tx| tx.claim_job(QUEUE, now, now + TimeDelta::seconds(60)))
}

fn claimed(store: &Store, now: DateTime<Utc>) -> Job {
    match claim(store, now) {
        Some(Claim::Job(job)) => job,
        other => panic!("{other:?}"),
    }
}

fn finish(store: &Store, job: &Job, end: JobEnd, now: DateTime<Utc>) -> bool {
    let job = job.clone();
    write(store, move |tx| tx.finish_job(&job, &end, now))
}

fn stored(store: &Store, job: &Job) -> Job {
    store.read_blocking(|tx| tx.job(job.id)).unwrap().unwrap()
}

#[test]
fn gives_the_longest_waiting_job_of_the_queue_once() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let (late, early, later) = (job(2, 5), job(1, 5), job(9, 5));
    for new in [&late, &early, &later, &NewJob { queue: "mail".into(), ..job(0, 5) }] {
        enqueue(store, new);
    }
    assert!(!store.read_blocking(|tx| tx.has_due_job(QUEUE, at(0))).unwrap());
    assert!(store.read_blocking(|tx| tx.has_due_job(QUEUE, at(5))).unwrap());
    assert_eq!(store.read_blocking(|tx| tx.oldest_due_job(QUEUE, at(5))).unwrap(), Some(at(1)));
    let first = claimed(store, at(5));
    assert_eq!((first.id, first.attempts, first.status), (early.id, 1, JobStatus::Running));
    assert_eq!(first.payload, early.payload);
    assert_eq!(claimed(store, at(5)).id, late.id);
    assert_eq!(claim(store, at(5)), None, "the third is not due, the fourth is another queue's");
}

#[test]
fn gives_every_job_to_exactly_one_of_many_workers() {
    let database = TestDatabase::create().unwrap();
    for n in 0..60 {
        enqueue(database.store(), &job(n, 5));
    }
    let stores: Vec<Store> = (0..4).map(|_| database.open().unwrap()).collect();
    let workers: Vec<_> = stores
        .into_iter()
        .map(|store| {
            std::thread::spawn(move || {
                let mut mine = Vec::new();
                while let Some(Claim::Job(job)) = claim(&store, at(100)) {
                    mine.push(job.id);
                    assert!(finish(&store, &job, JobEnd::Done, at(100)));
                }
                mine
            })
        })
        .collect();
    let all: Vec<_> = workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();
    assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (60, 60));
}

#[test]
fn takes_up_a_job_again_when_its_lease_ends_and_not_before() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    enqueue(store, &job(0, 5));
    let first = claimed(store, at(0));
    let renewed = first.clone();
    assert!(write(store, move |tx| tx.renew_job(renewed.id, renewed.claims, at(10))));
    assert_eq!(claim(store, at(9)), None, "the lease was renewed");
    let second = claimed(store, at(11));
    assert_eq!((second.id, second.attempts, second.losses), (first.id, 2, 1));
    // The first worker was only slow: it holds nothing any more.
    let slow = first.clone();
    assert!(!write(store, move |tx| tx.renew_job(slow.id, slow.claims, at(99))));
    assert!(!finish(store, &first, JobEnd::Dead { error: "late".into() }, at(11)));
    assert_eq!(stored(store, &first).status, JobStatus::Running);
    assert!(finish(store, &second, JobEnd::Done, at(11)));
    assert!(!finish(store, &second, JobEnd::Done, at(12)), "a job ends once");
}

fn mark_alone(store: &Store, job: &Job, alone: bool) -> bool {
    let (id, claims) = (job.id, job.claims);
    write(store, move |tx| tx.mark_job_alone(id, claims, alone))
}

#[test]
fn holds_no_lost_worker_against_a_job_that_ran_beside_others() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    enqueue(store, &job(0, 40));
    for turn in 0..10 {
        let lost = claimed(store, at(2 * turn));
        assert_eq!((i64::from(lost.losses), lost.losses_alone, lost.alone), (turn, 0, false));
    }
    // It was alone, and others joined it: not held against it either.
    let joined = claimed(store, at(20));
    assert!(mark_alone(store, &joined, true) && mark_alone(store, &joined, false));
    let next = claimed(store, at(22));
    assert_eq!((next.losses, next.losses_alone), (11, 0));
    assert!(mark_alone(store, &next, true));
    let blamed = claimed(store, at(24));
    assert_eq!((blamed.losses, blamed.losses_alone, blamed.alone), (12, 1, false));
    assert!(!mark_alone(store, &next, true), "it is no longer that worker's");
    assert!(finish(store, &blamed, JobEnd::Again { at: at(25), error: "no stars".into() }, at(24)));
    let acquitted = claimed(store, at(25));
    assert_eq!((acquitted.losses, acquitted.losses_alone), (0, 0), "it ended by itself");
}

#[test]
fn gives_up_a_job_after_three_workers_that_did_nothing_else() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let (poison, other) = (job(0, 10), job(6, 10));
    enqueue(store, &poison);
    for minutes in [0, 2, 4] {
        let taken = claimed(store, at(minutes));
        assert_eq!(taken.id, poison.id);
        assert!(mark_alone(store, &taken, true));
    }
    enqueue(store, &other);
    let Some(Claim::Lost(lost)) = claim(store, at(6)) else { panic!("three workers went away with it") };
    assert_eq!((lost.id, lost.losses, lost.attempts), (poison.id, 3, 3));
    assert_eq!(stored(store, &lost).status, JobStatus::Dead);
    assert_eq!(claimed(store, at(6)).id, other.id, "others are unaffected");
    let dead = JobFilter { status: Some(JobStatus::Dead), kind: None };
    let listed = store.read_blocking(|tx| tx.list_jobs(&dead, None, 10)).unwrap();
    assert_eq!(listed.items.iter().map(|job| job.id).collect::<Vec<_>>(), [poison.id]);
    assert!(write(store, move |tx| tx.requeue_job(lost.id, at(7), &entry("job.requeued"))));
    assert!(!write(store, move |tx| tx.requeue_job(lost.id, at(7), &entry("job.requeued"))), "only a dead one");
    let again = claimed(store, at(7));
    assert_eq!((again.id, again.attempts, again.losses), (poison.id, 1, 0));
    assert!(!finish(store, &lost, JobEnd::Done, at(7)), "a claim from before the requeue is worth nothing");
}

#[test]
fn waits_before_the_next_try_and_counts_no_try_that_was_released() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    enqueue(store, &job(0, 2));
    let first = claimed(store, at(0));
    assert!(finish(store, &first, JobEnd::Again { at: at(5), error: "no stars".into() }, at(0)));
    assert_eq!(stored(store, &first).last_error.as_deref(), Some("no stars"));
    assert_eq!(claim(store, at(4)), None);
    let second = claimed(store, at(5));
    assert!(finish(store, &second, JobEnd::Released, at(5)));
    let third = claimed(store, at(5));
    assert_eq!((second.attempts, third.attempts, third.losses), (2, 2, 0));
    assert!(finish(store, &third, JobEnd::NotYet { at: at(9) }, at(5)));
    assert_eq!(claim(store, at(8)), None);
    let fourth = claimed(store, at(9));
    assert_eq!((fourth.attempts, fourth.last_error.as_deref()), (2, Some("no stars")), "it was not tried");
}

#[test]
fn forgets_old_jobs_but_never_the_last_slot() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    for (minutes, key) in [(0, Some("digest:1")), (1, Some("digest:2")), (2, None)] {
        enqueue(store, &NewJob { unique_key: key.map(str::to_owned), ..job(minutes, 5) });
        let job = claimed(store, at(minutes));
        assert!(finish(store, &job, JobEnd::Done, at(minutes)));
    }
    write(store, |tx| tx.advance_schedule("digest", at(1), "digest:2"));
    write(store, |tx| tx.advance_schedule("digest", at(0), "digest:1"));
    assert_eq!(store.read_blocking(|tx| tx.schedules()).unwrap()["digest"], at(1), "a schedule never goes back");
    assert_eq!(write(store, |tx| tx.purge_jobs(at(2), at(0))), 1);
    assert_eq!(write(store, |tx| tx.purge_jobs(at(9), at(0))), 1);
    let again = NewJob { unique_key: Some("digest:2".into()), ..job(9, 5) };
    assert!(!write(store, move |tx| tx.enqueue(again.clone())));
}

#[test]
fn announces_jobs_after_the_commit_and_only_then() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let mut heard = store.enqueued();
    let failed: Result<(), fabu_store::StoreError> = store.write_blocking(|tx| {
        tx.enqueue(job(0, 5))?;
        Err(fabu_store::StoreError::Stale { current: None })
    });
    assert!(failed.is_err() && !heard.has_changed().unwrap());
    enqueue(store, &job(0, 5));
    assert!(heard.has_changed().unwrap());
    heard.mark_unchanged();
    write(store, |tx| tx.set_instance("company", "甲", &[entry("instance.changed")]));
    assert!(!heard.has_changed().unwrap());
}

/// Jobs that one transaction does at once end with it; what runs, is not due yet or is of another kind stays.
#[test]
fn takes_the_due_jobs_of_a_kind_along_once() {
    let database = TestDatabase::create().unwrap();
    let store = database.store();
    let (running, first, second, later) = (job(0, 5), job(1, 5), job(2, 5), job(9, 5));
    let other = NewJob { kind: "count_clouds".into(), ..job(1, 5) };
    for new in [&running, &first, &second, &later, &other] {
        enqueue(store, new);
    }
    let running = claimed(store, at(5));
    let taken = |limit| write(store, move |tx| tx.take_along("count_stars", at(5), limit));
    assert_eq!(taken(1).iter().map(|job| job.id).collect::<Vec<_>>(), [first.id], "the oldest");
    assert_eq!(taken(9).iter().map(|job| job.id).collect::<Vec<_>>(), [second.id]);
    assert_eq!(taken(9), []);
    let status = |id| store.read_blocking(|tx| tx.job(id)).unwrap().unwrap().status;
    assert_eq!([first.id, second.id].map(status), [JobStatus::Done; 2]);
    assert_eq!([later.id, other.id].map(status), [JobStatus::Pending; 2]);
    assert_eq!(stored(store, &running).status, JobStatus::Running);
    assert_eq!(claimed(store, at(6)).id, other.id);
}
