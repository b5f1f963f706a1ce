use chrono::TimeDelta;
use fabu_domain::{
    blocks::approval::{ApprovalKind, ApprovalState},
    ids::{ApprovalId, UserId},
    people::role::Role,
    subjects::release::{Dossier, stage::Stage},
    time::clock::Clock,
};
use fabu_testkit::{Actor, Answered, TestApp, Voyage};
use futures::future::{join, join_all};
use reqwest::Method;
use serde_json::{Value, json};

/// How often each race is run.
const ROUNDS: usize = 50;

async fn vote(voter: &Actor, id: ApprovalId, etag: &str) -> Answered {
    voter.change_if(Method::POST, &format!("/approvals/{id}/votes"), etag, json!({ "decision": "pass" })).await
}

async fn etag(reader: &Actor, path: &str) -> String {
    reader.get(path).await.expect(200).etag()
}

/// The statuses of two answers, smaller first.
fn statuses(one: &Answered, other: &Answered) -> (u16, u16) {
    let (one, other) = (one.status.as_u16(), other.status.as_u16());
    (one.min(other), one.max(other))
}

async fn count_events(reader: &Actor, voyage: &Voyage<'_>, kind: &str) -> usize {
    let mut path = voyage.path("/events?order=oldest&limit=100");
    let mut count = 0;
    loop {
        let page = reader.get(&path).await.ok();
        count += page["items"].as_array().unwrap().iter().filter(|event| event["kind"] == kind).count();
        let Some(cursor) = page["next_cursor"].as_str() else { return count };
        path = voyage.path(&format!("/events?order=oldest&limit=100&cursor={cursor}"));
    }
}

fn open(dossier: &Dossier, kind: ApprovalKind) -> Option<ApprovalId> {
    dossier.approvals.iter().find(|a| a.kind == kind && a.is_open()).map(|a| a.id)
}

#[tokio::test]
async fn two_approvers_at_once_both_count_once() {
    let app = TestApp::start().await;
    let (company, sibling) = (app.company().await, app.sibling());
    for round in 0..ROUNDS {
        let voyage = Voyage::begin(&app, &company).await;
        let dossier = voyage.travel(|dossier| open(dossier, ApprovalKind::PlanReview).is_some()).await;
        let review = dossier.latest_approval(ApprovalKind::PlanReview).unwrap();
        let awaited: Vec<UserId> = review.awaited().collect();
        assert_eq!(awaited.len(), 2);
        // In every other round by way of another process.
        let url = if round % 2 == 0 { &sibling.url } else { &app.url };
        let (one, other) = (voyage.actor(awaited[0]).await, voyage.actor(awaited[1]).await.at(url));
        let seen = etag(&one, &format!("/approvals/{}", review.id)).await;
        let (first, second) = join(vote(&one, review.id, &seen), vote(&other, review.id, &seen)).await;
        assert_eq!(statuses(&first, &second), (200, 200), "round {round}: {} {}", first.text, second.text);
        let dossier = voyage.dossier().await;
        let review = dossier.approval(review.id).unwrap();
        assert_eq!((review.state, review.awaited().count()), (ApprovalState::Passed, 0), "round {round}");
        assert_eq!(count_events(&one, &voyage, "approval.vote_cast").await, 2, "round {round}");
        assert_eq!(count_events(&one, &voyage, "approval.decided").await, 1, "round {round}");
    }
}

#[tokio::test]
async fn of_an_approval_and_a_revision_at_once_exactly_one_wins() {
    let app = TestApp::start().await;
    let (company, sibling) = (app.company().await, app.sibling());
    let mut approved = 0;
    for round in 0..ROUNDS {
        let voyage = Voyage::begin(&app, &company).await;
        let dossier = voyage.travel(|dossier| open(dossier, ApprovalKind::PlanApproval).is_some()).await;
        let approval = open(&dossier, ApprovalKind::PlanApproval).unwrap();
        // In every other pair of rounds by way of another process.
        let url = if round % 4 < 2 { &sibling.url } else { &app.url };
        let (owner, administrator) = (voyage.of(Role::ReleaseOwner).await, voyage.of(Role::ReleaseAdministrator).await.at(url));
        let (seen, release) = (etag(&owner, &format!("/approvals/{approval}")).await, etag(&owner, &voyage.path("")).await);
        let revise = voyage.path("/actions/revise_release_plan");
        let revising = administrator.change_if(Method::POST, &revise, &release, json!({ "reason": "补充回退步骤" }));
        // Who is sent first changes, so that both orders are seen.
        let (voted, revised) = if round % 2 == 0 {
            join(vote(&owner, approval, &seen), revising).await
        } else {
            let (revised, voted) = join(revising, vote(&owner, approval, &seen)).await;
            (voted, revised)
        };
        assert_eq!(statuses(&voted, &revised), (200, 412), "round {round}: {} {}", voted.text, revised.text);
        let dossier = voyage.dossier().await;
        let (stage, state) = (dossier.release.stage, dossier.approval(approval).unwrap().state);
        let expected = if voted.status == 200 {
            approved += 1;
            (Stage::Testing, ApprovalState::Passed)
        } else {
            (Stage::Planning, ApprovalState::Void)
        };
        assert_eq!((stage, state), expected, "round {round}");
    }
    assert!((1..ROUNDS).contains(&approved), "only one order was seen: approved {approved} of {ROUNDS}");
}

/// Two processes, one task and one version of it: one of all that is done to it counts (R0).
#[tokio::test]
async fn of_all_that_is_done_to_a_task_at_once_one_counts() {
    let app = TestApp::start().await;
    let (company, sibling) = (app.company().await, app.sibling());
    let voyage = Voyage::begin(&app, &company).await;
    let administrator = voyage.of(Role::ReleaseAdministrator).await;
    let (owner, support) = (voyage.of(Role::ReleaseOwner).await, company.of(Role::SupportStaff));
    for round in 0..ROUNDS {
        let due = app.clock.now() + TimeDelta::days(3);
        let new = json!({ "assignee": support.id, "due_at": due, "kind": "preparation", "title": format!("准备 {round}") });
        let release = administrator.post(&voyage.path("/tasks"), new).await.ok();
        let task = format!("/tasks/{}", release["tasks"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap());
        let seen = etag(support, &task).await;
        let act = async |actor: &Actor, url: &str, rest: &str, body: Value| {
            actor.at(url).change_if(Method::POST, &format!("{task}/{rest}"), &seen, body).await.status.as_u16()
        };
        let done = |text: &str| json!({ "text": text, "attachments": [] });
        let handed = json!({ "assignee": company.of(Role::Operations).id, "reason": "休假" });
        let answers = futures::join!(
            act(support, &app.url, "completion", done("一")),
            act(support, &sibling.url, "completion", done("二")),
            act(&administrator, &app.url, "assignment", handed),
            act(&owner, &sibling.url, "waiver", json!({ "reason": "不再需要" })),
        );
        let mut answers = [answers.0, answers.1, answers.2, answers.3];
        answers.sort_unstable();
        assert_eq!(answers, [200, 412, 412, 412], "round {round}");
    }
}

#[tokio::test]
async fn of_two_closes_at_once_exactly_one_closes() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    voyage.travel_to(Stage::Closed).await;
    let (owner, implementer) = (voyage.of(Role::ReleaseOwner).await, voyage.of(Role::Implementer).await);
    for round in 1..=ROUNDS {
        let reopen = voyage.path("/actions/reopen");
        let seen = etag(&owner, &voyage.path("")).await;
        owner.change_if(Method::POST, &reopen, &seen, json!({ "reason": "补充材料" })).await.expect(200).ok();
        let seen = etag(&owner, &voyage.path("")).await;
        let close = async || {
            let path = voyage.path("/actions/close");
            implementer.change_if(Method::POST, &path, &seen, json!({ "note": "资料已归档" })).await
        };
        let (one, other) = join(close(), close()).await;
        assert_eq!(statuses(&one, &other), (200, 412), "round {round}: {} {}", one.text, other.text);
        assert_eq!(count_events(&owner, &voyage, "release.closed").await, round + 1, "round {round}");
    }
    assert_eq!(voyage.dossier().await.release.stage, Stage::Closed);
}

#[tokio::test]
async fn requests_with_one_key_at_once_have_one_effect_and_the_same_bytes() {
    let app = TestApp::start().await;
    let company = app.company().await;
    let voyage = Voyage::begin(&app, &company).await;
    let (reader, path) = (company.of(Role::SupportStaff), voyage.path("/comments"));
    for round in 0..ROUNDS {
        let send = async || {
            let request = reader.request(Method::POST, &path).header("Idempotency-Key", format!("round-{round}"));
            reader.send(request.json(&json!({ "text": format!("意见 {round}") }))).await
        };
        let answers = join_all((0..4).map(|_| send())).await;
        let fresh = answers.iter().filter(|answer| answer.header("idempotent-replayed").is_none()).count();
        assert_eq!(fresh, 1, "round {round}");
        for answer in &answers {
            assert_eq!((answer.status.as_u16(), &answer.text), (201, &answers[0].text), "round {round}");
        }
        let again = send().await.expect(201);
        assert_eq!((again.header("idempotent-replayed").as_deref(), &again.text), (Some("true"), &answers[0].text));
    }
    let found: Value = reader.get(&format!("{path}?limit=100")).await.ok();
    assert_eq!(found["items"].as_array().unwrap().len(), ROUNDS);
}
