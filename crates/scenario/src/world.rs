//! A release in the pure core: commands by people, at moments that the caller sets.

use crate::{
    Cast, Theme,
    cast::CastPlan,
    company,
    journey::{Journey, Next},
    media::NewMedium,
    snapshot::Snapshot,
};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    ids::{ReleaseId, UserId},
    people::directory::Directory,
    subject::refusal::Refusal,
    subjects::{
        change::{ChangeKind, ChangeState},
        event::ReleaseEvent,
        registers::{
            Register,
            configuration_item::{ConfigurationItem, ConfigurationItemId, ConfigurationItemStated, ConfirmedState},
        },
        release::{
            Dossier,
            command::{ChangeToAdd, Command, NewUnit},
            conflicts::Conflict,
            decide::{Action, NewRelease, Outcome, available, decide, open_release},
            facts::{Actor, Facts},
            items::items_confirmed,
            library::Medium,
            parameters::Parameters,
            stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Stage},
        },
    },
    text::TextError,
    time::working_time::WorkingCalendar,
};
use serde_json::{Value, json};

/// No release takes so many commands: a journey that goes on is one whose commands change nothing.
const LONGEST_JOURNEY: usize = 1_000;

/// What surrounds a release: the company, the rules, the time.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The company.
    pub directory: Directory,
    /// Parameters.
    pub parameters: Parameters,
    /// Working days.
    pub calendar: WorkingCalendar,
    /// What stands against the window.
    pub conflicts: Vec<Conflict>,
    /// The configuration items.
    pub items: Vec<ConfigurationItem>,
    /// The definitive media library.
    pub library: Vec<Medium>,
    /// The present instant.
    pub now: DateTime<Utc>,
}

/// The configuration items of a theme, as they are before its release.
#[must_use]
pub fn items(theme: &Theme) -> Vec<ConfigurationItem> {
    theme.items().into_iter().enumerate().filter_map(|(n, stated)| item(&format!("{} {n}", theme.title), stated)).collect()
}

fn item(key: &str, stated: Value) -> Option<ConfigurationItem> {
    let stated: ConfigurationItemStated = serde_json::from_value(stated).ok()?;
    Some(ConfigurationItem::of(crate::ids::id::<ConfigurationItemId>("configuration item", key), 1, &stated, None))
}

/// The configuration items of the example company: those of every theme, and a firewall that no plan names.
fn company_items() -> Vec<ConfigurationItem> {
    let firewall = json!({ "number": "CI-防火墙", "name": "边界防火墙", "kind": "network", "environment": "production", "item_version": "7.0", "state": "live" });
    let themes = (0..6).flat_map(|n| Theme::nth(n, DateTime::UNIX_EPOCH).items());
    themes.chain([firewall]).enumerate().filter_map(|(n, stated)| item(&n.to_string(), stated)).collect()
}

impl Surroundings {
    /// The example company on Monday 2026-03-02, 09:00 company time.
    ///
    /// # Errors
    /// When the example company breaks the rules for text.
    pub fn example() -> Result<Self, TextError> {
        Ok(Self {
            directory: company::directory()?,
            parameters: Parameters::default(),
            calendar: WorkingCalendar::default(),
            conflicts: Vec::new(),
            items: company_items(),
            library: Vec::new(),
            now: DateTime::from_timestamp(1_772_413_200, 0).unwrap_or_default(),
        })
    }
}

/// A release with its surroundings and its people.
#[derive(Debug, Clone)]
pub struct World {
    /// What surrounds it.
    pub around: Surroundings,
    /// Who works on it.
    pub cast: Cast,
    /// The release as it is now.
    pub dossier: Dossier,
    /// Everything that happened to it.
    pub events: Vec<ReleaseEvent>,
}

/// A release to be created for a cast, from one approved change.
#[must_use]
pub fn new_release(cast: &Cast, title: &str, kind: ReleaseKind, serial: u32) -> NewRelease {
    NewRelease {
        id: crate::ids::id::<ReleaseId>("release", &serial.to_string()),
        number: format!("REL-2026-{serial:04}"),
        title: title.to_owned(),
        kind,
        scope: ReleaseScope::Delta,
        medium: ReleaseMedium::Software,
        customer_id: cast.customer_id,
        service_objects: cast.service_objects.iter().map(|(id, _)| *id).collect(),
        changes: vec![change_for(kind, serial)],
        team: cast.team().into_iter().map(|(role, user)| (role, user, String::new())).collect(),
    }
}

/// An approved change for a release of this kind.
#[must_use]
pub fn change_for(kind: ReleaseKind, serial: u32) -> ChangeToAdd {
    let kind = if kind == ReleaseKind::Emergency { ChangeKind::Emergency } else { ChangeKind::Normal };
    ChangeToAdd { kind, ..approved_change(serial) }
}

/// An approved normal change that no release carries out yet.
#[must_use]
pub fn approved_change(serial: u32) -> ChangeToAdd {
    let number = format!("CHG-2026-{serial:04}");
    ChangeToAdd {
        id: crate::ids::id("change", &number),
        number,
        title: "已批准的正常变更".to_owned(),
        kind: ChangeKind::Normal,
        state: ChangeState::Approved,
        in_release: None,
        in_scope: true,
        service_objects: Vec::new(),
    }
}

impl World {
    /// A new release of a kind, created by its administrator.
    ///
    /// # Errors
    /// The refusal of its creation.
    pub fn open(around: Surroundings, plan: &CastPlan, title: &str, kind: ReleaseKind) -> Result<Self, Refusal> {
        let cast = Cast::of(plan);
        let new = new_release(&cast, title, kind, 1);
        Self::create(around, cast, &new)
    }

    /// The release that `new` describes, created by the cast's administrator.
    ///
    /// # Errors
    /// The refusal of its creation.
    pub fn create(around: Surroundings, cast: Cast, new: &NewRelease) -> Result<Self, Refusal> {
        let actor = Actor { user_id: cast.administrator, reauthenticated_at: None };
        let outcome = open_release(&around.directory, &around.parameters, &around.calendar, &actor, around.now, new)?;
        Ok(Self { around, cast, dossier: outcome.dossier, events: outcome.events })
    }

    /// What rules look at now.
    #[must_use]
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            dossier: &self.dossier,
            directory: &self.around.directory,
            parameters: &self.around.parameters,
            calendar: &self.around.calendar,
            conflicts: &self.around.conflicts,
            items: &self.around.items,
            library: &self.around.library,
            now: self.around.now,
        }
    }

    /// A person who has just entered the password.
    #[must_use]
    pub fn signed_in(&self, user_id: UserId) -> Actor {
        Actor { user_id, reauthenticated_at: Some(self.around.now) }
    }

    /// Asks without giving the command.
    ///
    /// # Errors
    /// The refusal.
    pub fn ask(&self, by: UserId, command: &Command) -> Result<Outcome, Refusal> {
        decide(&self.facts(), &self.signed_in(by), command)
    }

    /// Gives a command as somebody who has just entered the password.
    ///
    /// # Errors
    /// The refusal; nothing has changed then.
    pub fn give(&mut self, by: UserId, command: &Command) -> Result<Vec<ReleaseEvent>, Refusal> {
        let actor = self.signed_in(by);
        self.give_as(actor, command)
    }

    /// Checks in what a unit needs: itself, and the version before it.
    pub fn check_in(&mut self, unit: &NewUnit) {
        let library = &mut self.around.library;
        for NewMedium { name, version, sha256, .. } in NewMedium::of(unit) {
            if !library.iter().any(|known| known.is(&name, &version)) {
                let id = crate::ids::id("medium", &format!("{name} {version}"));
                library.push(Medium { id, name, version, sha256, active: true });
            }
        }
    }

    /// Gives a command. What a new unit needs is checked in with it.
    ///
    /// # Errors
    /// The refusal; nothing has changed then.
    pub fn give_as(&mut self, actor: Actor, command: &Command) -> Result<Vec<ReleaseEvent>, Refusal> {
        let outcome = decide(&self.facts(), &actor, command)?;
        for (change, actual) in items_confirmed(&outcome.events) {
            let confirmed =
                ConfirmedState { release: outcome.dossier.release.number.clone(), by: actor.user_id, at: self.around.now };
            let items = self.around.items.iter_mut().filter(|item| item.number.as_str() == change.item);
            items.for_each(|item| *item = item.clone().confirmed(actual, confirmed.clone()));
        }
        if let Command::RegisterUnit { unit } = command {
            self.check_in(unit);
        }
        self.dossier = outcome.dossier;
        self.events.extend(outcome.events.clone());
        Ok(outcome.events)
    }

    /// What a person can do now.
    #[must_use]
    pub fn actions(&self, by: UserId) -> Vec<Action> {
        available(&self.facts(), &self.signed_in(by))
    }

    /// Lets time pass.
    pub fn wait(&mut self, time: TimeDelta) {
        self.around.now += time;
    }

    /// Lets time pass until `at`; never goes back.
    pub fn wait_until(&mut self, at: DateTime<Utc>) {
        self.around.now = self.around.now.max(at);
    }
}

impl World {
    /// Gives the commands of a journey until `until` holds, the journey is done, or it leads in a circle; two minutes pass
    /// before each.
    ///
    /// # Errors
    /// The first refusal.
    pub fn travel(&mut self, journey: &Journey, until: impl Fn(&Dossier) -> bool) -> Result<(), Refusal> {
        for _ in 0..LONGEST_JOURNEY {
            if until(&self.dossier) {
                break;
            }
            match journey.next(&Snapshot::of(&self.dossier, self.around.now)) {
                Next::Give(by, command) => {
                    self.wait(TimeDelta::minutes(2));
                    self.give(by, &command)?;
                }
                Next::WaitUntil(at) => self.wait_until(at),
                Next::Done => break,
            }
        }
        Ok(())
    }

    /// Travels until the release has reached this stage.
    ///
    /// # Errors
    /// The first refusal.
    pub fn travel_to(&mut self, journey: &Journey, stage: Stage) -> Result<(), Refusal> {
        self.travel(journey, |dossier| dossier.release.stage == stage)
    }
}
