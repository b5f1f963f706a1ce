//! A release on its way through the procedure, driven by the same commands that people give, without the network in
//! between: how tests reach the state that they are about.

use crate::{Actor, Company, TestApp};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_api::tokens::Tokens;
use fabu_app::{
    Caller, Failure,
    subjects::releases::{CreateRelease, Member, ReleaseContext, Seen, act_on_release, create_release, view_release},
};
use fabu_domain::{
    ids::{ChangeId, UserId},
    language::Language,
    people::role::Role,
    subjects::release::{
        Dossier,
        command::{Command, NewUnit},
        stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Stage},
    },
    text::Line,
    time::clock::Clock,
};
use fabu_scenario::{Cast, Journey, Snapshot, Theme, journey::Next, media::NewMedium};
use serde_json::json;
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// A release with the people who work on it.
pub struct Voyage<'a> {
    /// The server.
    pub app: &'a TestApp,
    /// Its number.
    pub number: String,
    /// What it is about and who takes part.
    pub journey: Journey,
    people: Mutex<BTreeMap<UserId, Actor>>,
    signed_in_at: Mutex<DateTime<Utc>>,
}

fn id(actor: &Actor) -> UserId {
    actor.id.parse().expect("a user's id")
}

impl Company {
    /// The people of a release of this company.
    ///
    /// # Panics
    /// When an id is none.
    #[must_use]
    pub fn cast(&self) -> Cast {
        let of = |role: Role| id(self.of(role));
        Cast {
            owner: of(Role::ReleaseOwner),
            administrator: of(Role::ReleaseAdministrator),
            tester: of(Role::ReleaseTester),
            implementer: of(Role::Implementer),
            second_implementer: of(Role::Operations),
            configuration_administrator: of(Role::ConfigurationAdministrator),
            representative: of(Role::CustomerRepresentative),
            support: of(Role::SupportStaff),
            second_support: of(Role::ImprovementManager),
            change_manager: of(Role::ChangeManager),
            general_manager: of(Role::GeneralManager),
            customer_id: self.customer.parse().expect("a customer's id"),
            service_objects: vec![(self.service_objects[0].parse().expect("an object's id"), "核心业务系统".to_owned())],
        }
    }
}

impl TestApp {
    /// A theme whose window opens in ten days.
    #[must_use]
    pub fn theme(&self, n: usize) -> Theme {
        Theme::nth(n, self.clock.now() + TimeDelta::days(10))
    }
}

impl<'a> Voyage<'a> {
    /// A new minor release from a new approved change, created by its administrator.
    ///
    /// # Panics
    /// When a call fails.
    pub async fn begin(app: &'a TestApp, company: &Company) -> Self {
        Self::begin_with(app, company, Journey::new(company.cast(), app.theme(0))).await
    }

    /// A new release that will go as this journey.
    ///
    /// # Panics
    /// When a call fails.
    pub async fn begin_with(app: &'a TestApp, company: &Company, journey: Journey) -> Self {
        let people = company.people().map(|actor| (id(actor), actor.clone())).collect();
        let (people, signed_in_at) = (Mutex::new(people), Mutex::new(DateTime::UNIX_EPOCH));
        let mut voyage = Self { app, number: String::new(), journey, people, signed_in_at };
        voyage.register_items().await;
        let change = voyage.approved_change().await;
        let cast = &voyage.journey.cast;
        let member = |(role, user_id)| Member { role, user_id, reason: String::new() };
        let new = CreateRelease {
            title: Line::parse(&voyage.journey.theme.title).expect("a title"),
            kind: if voyage.journey.emergency { ReleaseKind::Emergency } else { ReleaseKind::Minor },
            scope: ReleaseScope::Delta,
            medium: ReleaseMedium::Software,
            changes: vec![change],
            team: cast.team().into_iter().map(member).collect(),
        };
        let caller = voyage.caller(cast.administrator).await;
        let made = app.app.write(&caller, move |cx| create_release(cx, &new)).await;
        voyage.number = made.expect("a release").dossier.release.number.clone();
        voyage
    }

    /// Registers the configuration items of the release, unless its series is that of another one; without a series no other release
    /// of these tests has them.
    async fn register_items(&mut self) {
        static SERIES: AtomicUsize = AtomicUsize::new(1);
        if self.journey.theme.series.is_empty() {
            self.journey.theme.series = SERIES.fetch_add(1, Ordering::Relaxed).to_string();
        }
        let keeper = self.actor(self.journey.cast.configuration_administrator).await;
        for item in self.journey.theme.items() {
            let made = keeper.post("/configuration-items", item).await;
            assert!(matches!(made.status.as_u16(), 201 | 409), "{}", made.text);
        }
    }

    /// Registers another configuration item, live in version 1.0.
    ///
    /// # Panics
    /// When the call fails.
    pub async fn register_item(&self, number: &str) {
        let keeper = self.actor(self.journey.cast.configuration_administrator).await;
        let item = json!({ "number": number, "name": number, "kind": "software", "environment": "production", "item_version": "1.0", "state": "live" });
        drop(keeper.post("/configuration-items", item).await.expect(201));
    }

    /// Another change that is approved and belongs to no release.
    ///
    /// # Panics
    /// When a call fails.
    pub async fn approved_change(&self) -> ChangeId {
        let manager = self.actor(self.journey.cast.change_manager).await;
        let now = self.app.clock.now();
        let objects: Vec<_> = self.journey.cast.service_objects.iter().map(|(id, _)| *id).collect();
        let change = json!({
            "number": format!("CHG-{}", self.app.app.ids.next()), "title": "已批准的变更", "kind": if self.journey.emergency { "emergency" } else { "normal" },
            "service_objects": objects, "requested_by": "李娜", "requested_at": now,
        });
        let change = manager.post("/changes", change).await.id();
        let evidence =
            json!({ "approved_by": "变更委员会", "approved_at": now, "reference": "CAB", "impact": "停机", "resources": "两人" });
        manager.act(&format!("/changes/{change}/approval"), evidence).await.ok();
        change.parse().expect("a change's id")
    }

    /// The path of the release, or of something below it.
    #[must_use]
    pub fn path(&self, rest: &str) -> String {
        format!("/releases/{}{rest}", self.number)
    }

    /// A person with a session and a password that are fresh now.
    ///
    /// # Panics
    /// When nobody has this id, or signing in fails.
    pub async fn actor(&self, user: UserId) -> Actor {
        let now = self.app.clock.now();
        let current = {
            let mut since = self.signed_in_at.lock().unwrap_or_else(PoisonError::into_inner);
            let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
            if *since != now {
                *since = now;
                people.values_mut().for_each(|actor| *actor = actor.with_token(""));
            }
            people[&user].clone()
        };
        if current.token().is_some_and(|token| !token.is_empty()) {
            return current;
        }
        let fresh = current.again().await;
        self.people.lock().unwrap_or_else(PoisonError::into_inner).insert(user, fresh.clone());
        fresh
    }

    /// The holder of a role of the team, with a fresh session.
    ///
    /// # Panics
    /// When the role is not of the team.
    pub async fn of(&self, role: Role) -> Actor {
        let holder = self.journey.cast.team().into_iter().find(|(held, _)| *held == role);
        self.actor(holder.expect("a role of the team").1).await
    }

    async fn caller(&self, user: UserId) -> Caller {
        let token = self.actor(user).await.token().unwrap_or_default();
        let tokens = Tokens::new(&self.app.app.settings);
        let caller = tokens.read(&token, self.app.clock.now(), "voyage", Some(Language::English));
        caller.expect("a valid token")
    }

    /// Checks in what a unit needs, unless somebody did before: itself, and the version before it.
    ///
    /// # Panics
    /// When a call fails.
    pub async fn check_in(&self, unit: &NewUnit) {
        let keeper = self.of(Role::ConfigurationAdministrator).await;
        for medium in NewMedium::of(unit) {
            let made = keeper.post("/media-library", medium.body(&keeper.id)).await;
            assert!(matches!(made.status.as_u16(), 201 | 409), "{}", made.text);
        }
    }

    /// Gives a command, whatever version of the release there is. What a new unit needs is checked in with it.
    ///
    /// # Errors
    /// The refusal.
    ///
    /// # Panics
    /// When the person cannot sign in.
    pub async fn give(&self, by: UserId, command: Command) -> Result<ReleaseContext, Failure> {
        let (caller, number) = (self.caller(by).await, self.number.clone());
        let unit = if let Command::RegisterUnit { unit } = &command { Some(unit.clone()) } else { None };
        let done = self.app.app.write(&caller, move |cx| act_on_release(cx, &number, Seen::Nothing, &command)).await?;
        if let Some(unit) = unit {
            self.check_in(&unit).await;
        }
        Ok(done)
    }

    /// The release as it is now.
    ///
    /// # Panics
    /// When it cannot be read.
    pub async fn dossier(&self) -> Arc<Dossier> {
        let (caller, number) = (self.caller(self.journey.cast.administrator).await, self.number.clone());
        let context = self.app.app.read(&caller, move |rx| view_release(rx, &number)).await;
        context.expect("a release").dossier
    }

    /// Goes on until `until` holds or the journey is done.
    ///
    /// # Panics
    /// When a command is refused.
    pub async fn travel(&self, until: impl Fn(&Dossier) -> bool) -> Arc<Dossier> {
        loop {
            let (dossier, now) = (self.dossier().await, self.app.clock.now());
            if until(&dossier) {
                return dossier;
            }
            match self.journey.next(&Snapshot::of(&dossier, now)) {
                Next::Give(by, command) => {
                    let name = command.name();
                    let done = self.give(by, *command).await;
                    done.unwrap_or_else(|refusal| panic!("{name} of {}: {refusal}", self.number));
                }
                Next::WaitUntil(at) => self.app.pass(at - now),
                Next::Done => return dossier,
            }
        }
    }

    /// Goes on to this stage.
    ///
    /// # Panics
    /// When a command is refused, or the journey ends elsewhere.
    pub async fn travel_to(&self, stage: Stage) -> Arc<Dossier> {
        let dossier = self.travel(|dossier| dossier.release.stage == stage).await;
        assert_eq!(dossier.release.stage, stage, "{}", self.number);
        dossier
    }
}
