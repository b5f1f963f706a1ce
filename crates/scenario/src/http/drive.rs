//! One release on its way, command by command.

use super::{
    Guard, HttpError, Instance, Method, NewChange, Response, Sending, Timeline, Transport,
    views::{Case, Items, Release, Run, RunSheet, Seen},
};
use crate::{Journey, journey::Next, snapshot::Snapshot};
use chrono::{DateTime, Utc};
use fabu_domain::{
    blocks::document::{DocumentContent, DocumentKind},
    ids::UserId,
    subjects::release::{
        command::Command,
        conflicts::Severity,
        documents::{GoLivePlan, go_live::ConflictReason},
        stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Stage, Verdict},
    },
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;
use std::sync::atomic::Ordering;

/// How a release begins.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Release type.
    pub kind: ReleaseKind,
    /// What it carries.
    pub scope: ReleaseScope,
    /// Software or hardware.
    pub medium: ReleaseMedium,
    /// The change that it carries out.
    pub change: NewChange,
}

/// A release on its way.
#[derive(Debug)]
pub struct Drive<'i, T, L> {
    instance: &'i Instance<T, L>,
    /// How it goes.
    pub journey: Journey,
    /// Number of the release.
    pub number: String,
}

/// A conflict of the window.
#[derive(Deserialize)]
struct Found {
    key: String,
    severity: Severity,
}

#[derive(Deserialize)]
struct Numbered {
    number: String,
}

impl<'i, T: Transport, L: Timeline> Drive<'i, T, L> {
    /// Takes the change over, approves it and creates the release from it.
    ///
    /// # Errors
    /// The first request that is refused.
    pub async fn open(instance: &'i Instance<T, L>, journey: Journey, opening: &Opening) -> Result<Self, HttpError> {
        let cast = &journey.cast;
        let id = instance.register_change(cast.change_manager, &opening.change).await?;
        instance.approve_change(cast.change_manager, id, &opening.change).await?;
        for item in journey.theme.items() {
            instance.register_item(cast.configuration_administrator, item).await?;
        }
        let team: Vec<_> = cast.team().into_iter().map(|(role, user)| json!({ "role": role, "user_id": user })).collect();
        let body = json!({
            "title": journey.theme.title, "kind": opening.kind, "scope": opening.scope, "medium": opening.medium,
            "changes": [id], "team": team,
        });
        instance.client.timeline().work();
        let path = "/releases";
        let created = instance.ask(cast.administrator, "create_release", Method::Post, path, None, Some(body)).await?;
        Ok(Self { number: created.read::<Numbered>(path)?.number, instance, journey })
    }

    /// Goes on until `until` holds or the journey is done.
    ///
    /// # Errors
    /// The first request that is refused.
    pub async fn travel(&self, until: impl Fn(&Snapshot) -> bool) -> Result<Snapshot, HttpError> {
        loop {
            let seen = self.look().await?;
            let snapshot = seen.snapshot(self.instance.client.timeline().now());
            if until(&snapshot) {
                return Ok(snapshot);
            }
            match self.journey.next(&snapshot) {
                Next::Give(by, command) => {
                    self.instance.client.timeline().work();
                    let command = self.at_this_moment(*command);
                    self.give_with_reasons(by, &command, &seen).await?;
                    if let Command::SaveDraft { content: DocumentContent::GoLivePlan(plan), .. } = &command {
                        self.explain(by, plan).await?;
                    }
                }
                Next::WaitUntil(at) => self.instance.client.timeline().wait_until(at).await,
                Next::Done => return Ok(snapshot),
            }
        }
    }

    /// Goes on until the release has reached this stage.
    ///
    /// # Errors
    /// The first request that is refused; when the journey ends elsewhere.
    pub async fn travel_to(&self, stage: Stage) -> Result<(), HttpError> {
        let reached = self.travel(|snapshot| snapshot.stage == stage).await?.stage;
        if reached == stage {
            return Ok(());
        }
        Err(HttpError::Unexpected { request: self.number.clone(), reason: format!("ended in {reached}, not {stage}") })
    }

    /// Gives one command.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn give(&self, by: UserId, command: &Command) -> Result<Response, HttpError> {
        let seen = self.look().await?;
        self.instance.client.timeline().work();
        self.give_having_seen(by, command, &seen).await
    }

    /// Tries a command that must be refused: not the person's role, or something is still missing.
    ///
    /// # Errors
    /// When it is not refused, or for another reason than the rules.
    pub async fn refused(&self, by: UserId, command: &Command) -> Result<(), HttpError> {
        match self.give(by, command).await {
            Err(error) if matches!(error.status(), Some(403 | 409)) => Ok(()),
            Err(error) => Err(error),
            Ok(answer) => Err(HttpError::Unexpected {
                request: format!("{} as {}", command.name(), self.instance.people.login(by)),
                reason: format!("was not refused but answered with {}", answer.status),
            }),
        }
    }

    /// The verdict, and when it was given.
    ///
    /// # Errors
    /// When the release cannot be read.
    pub async fn verdict(&self) -> Result<Option<(Verdict, DateTime<Utc>)>, HttpError> {
        Ok(self.release().await?.0.verdict.map(|judged| (judged.verdict, judged.at)))
    }

    /// The people's time passes between looking and acting: a step is carried out at the moment of the request.
    fn at_this_moment(&self, mut command: Command) -> Command {
        let now = self.instance.client.timeline().now();
        if let Command::RecordStep { report, .. } | Command::RecordRollback { report, .. } = &mut command {
            (report.started_at, report.finished_at) = (report.started_at.min(now), now);
        }
        command
    }

    async fn give_having_seen(&self, by: UserId, command: &Command, seen: &Seen) -> Result<Response, HttpError> {
        if let Command::CastVote { approval_id, .. } = command
            && seen.release.approvals.iter().any(|a| a.id == *approval_id && a.kind.needs_reauthentication())
        {
            self.instance.people.reauthenticate(&self.instance.client, by).await?;
        }
        if let Command::RegisterUnit { unit } = command {
            self.instance.check_in(self.journey.cast.configuration_administrator, unit).await?;
        }
        let sending = Sending::of(&self.number, command);
        let etag = etag(&sending, seen);
        self.instance.ask(by, command.name().as_str(), sending.method, &sending.path, etag, Some(sending.body)).await
    }

    /// Gives a command. When another release has taken the same time since the plan was written, the owner says why both go (5.5.4).
    async fn give_with_reasons(&self, by: UserId, command: &Command, seen: &Seen) -> Result<(), HttpError> {
        const TRIES: usize = 5;
        let mut given = self.give_having_seen(by, command, seen).await;
        for _ in 0..TRIES {
            match given {
                Err(error) if error.to_string().contains("window.reason_missing") => {
                    self.instance.explained.fetch_add(1, Ordering::Relaxed);
                    self.accept_conflicts().await?;
                }
                other => return other.map(drop),
            }
            given = self.give_having_seen(by, command, &self.look().await?).await;
        }
        given.map(drop)
    }

    async fn accept_conflicts(&self) -> Result<(), HttpError> {
        let found: Items<Found> = self.read("view_conflicts", "/conflicts").await?;
        for conflict in found.items.into_iter().filter(|conflict| conflict.severity == Severity::Soft) {
            let command = Command::AcceptConflict { conflict: conflict.key, reason: "各自环境，互不影响".to_owned() };
            let seen = self.look().await?;
            self.give_having_seen(self.journey.cast.owner, &command, &seen).await?;
        }
        Ok(())
    }

    /// Enters a reason for each soft conflict of the window into the go-live plan that was saved (5.5.4).
    async fn explain(&self, by: UserId, plan: &GoLivePlan) -> Result<(), HttpError> {
        let found: Items<Found> = self.read("view_conflicts", "/conflicts").await?;
        let soft = found.items.into_iter().filter(|conflict| conflict.severity == Severity::Soft);
        let reason = |found: Found| ConflictReason {
            conflict: found.key, reason: "由同一班人员先后实施，互不影响".to_owned()
        };
        let conflict_reasons: Vec<ConflictReason> = soft.map(reason).collect();
        if conflict_reasons.is_empty() {
            return Ok(());
        }
        let content = GoLivePlan { conflict_reasons, ..plan.clone() }.into();
        let command = Command::SaveDraft { document: DocumentKind::GoLivePlan, content };
        let seen = self.look().await?;
        self.give_having_seen(by, &command, &seen).await.map(drop)
    }

    /// Reads the release and what its stage needs besides.
    async fn look(&self) -> Result<Seen, HttpError> {
        let (release, etag) = self.release().await?;
        let stage = release.stage.code;
        let mut seen = Seen { release, etag, cases: Vec::new(), runs: Vec::new(), sheet: RunSheet::default() };
        // While a release is planned the test cases come after the units.
        let tests_late = self.journey.emergency && matches!(stage, Stage::ConfigurationUpdate | Stage::Closure);
        if tests_late || stage == Stage::Testing || (stage == Stage::Planning && !seen.release.units.is_empty()) {
            seen.cases = self.read::<Items<Case>>("list_test_cases", "/test-cases").await?.items;
        }
        if tests_late || stage == Stage::Testing {
            seen.runs = self.read::<Items<Run>>("list_test_runs", "/test-runs").await?.items;
        }
        if stage == Stage::Deployment {
            seen.sheet = self.read("view_run_sheet", "/run-sheet").await?;
        }
        Ok(seen)
    }

    async fn release(&self) -> Result<(Release, Option<String>), HttpError> {
        let path = format!("/releases/{}", self.number);
        let by = self.journey.cast.administrator;
        let answer = self.instance.ask(by, "view_release", Method::Get, &path, None, None).await?;
        Ok((answer.read(&path)?, answer.etag))
    }

    async fn read<A: DeserializeOwned>(&self, kind: &str, place: &str) -> Result<A, HttpError> {
        let path = format!("/releases/{}{place}", self.number);
        let by = self.journey.cast.administrator;
        self.instance.ask(by, kind, Method::Get, &path, None, None).await?.read(&path)
    }
}

/// The ETag that a request must have seen.
fn etag(sending: &Sending, seen: &Seen) -> Option<String> {
    let release = &seen.release;
    match sending.guard {
        Guard::Nothing => None,
        Guard::Release => seen.etag.clone(),
        Guard::Approval(id) => release.approvals.iter().find(|a| a.id == id).map(|a| a.etag.clone()),
        Guard::Task(id) => release.tasks.iter().find(|t| t.id == id).map(|t| t.etag.clone()),
        Guard::Document(kind) => {
            let version = release.documents.iter().find(|d| d.kind == kind).map_or(0, |d| d.version);
            Some(format!("\"v{version}\""))
        }
    }
}
