//! Who plays: the people, the starts, and what each may try next.

use crate::{commands, dice::Dice};
use chrono::{NaiveDate, TimeDelta};
use fabu_domain::{
    blocks::approval::{ApprovalKind, Decision},
    ids::{DeputyId, UserId},
    people::{directory::Deputy, role::Role},
    subjects::registers::freeze_window::{FreezeAuthority, FreezeWindowId},
    subjects::release::{
        Window,
        command::{Ballot, Command, CommandName},
        conflicts::{Conflict, ConflictKind, FrozenBy, Severity},
        decide::available,
        facts::Actor,
        stage::{ReleaseKind, Stage, Verdict},
    },
};
use fabu_scenario::{
    Cast, Journey, Snapshot, Theme, World,
    cast::{CASTS, CastPlan},
    company,
    journey::{Next, agreement},
    world::{Surroundings, approved_change, new_release},
};
use std::cell::Cell;
use uuid::Uuid;

/// Something that stands against the window: another release on the same item or object, or a freeze.
fn conflict(dice: &mut Dice, window: Window) -> Vec<Conflict> {
    let (kind, severity) = match dice.below(3) {
        0 => (ConflictKind::SameItem, Severity::Hard),
        1 => (ConflictKind::Freeze, Severity::Hard),
        _ => (ConflictKind::SameObject, Severity::Soft),
    };
    let authority = FreezeAuthority::ChangeManager;
    let frozen_by = FrozenBy { id: FreezeWindowId(Uuid::from_u128(7)), version: 1, authority };
    vec![Conflict {
        kind,
        severity,
        key: format!("{kind}/REL-2026-0099"),
        against: "REL-2026-0099".to_owned(),
        release: None,
        window,
        sentence: kind.text(),
        frozen_by: (kind == ConflictKind::Freeze).then_some(frozen_by),
        cleared_by: Vec::new(),
        is_firm: true,
    }]
}

/// A release, the usual way it goes, and everybody who may try something.
#[derive(Clone)]
pub struct Game {
    pub world: World,
    pub way: Journey,
    pub people: Vec<UserId>,
}

/// The usual ways: normal, of another customer, phased with a high risk, rolled back, with a failed round, emergency.
pub fn ways() -> Vec<(ReleaseKind, Journey)> {
    let start = Surroundings::example().unwrap().now + TimeDelta::days(10);
    let way = |n: usize| Journey::new(Cast::of(cast(n)), Theme::nth(n, start));
    let phased = Journey { theme: Theme::nth(0, start).in_phases().with_high_risk(), ..way(0) };
    vec![
        (ReleaseKind::Minor, way(0)),
        (ReleaseKind::Major, way(1)),
        (ReleaseKind::Minor, phased),
        (ReleaseKind::Minor, way(0).ending(Verdict::RolledBack)),
        (ReleaseKind::Minor, Journey { failing_rounds: 1, ..way(2) }),
        (ReleaseKind::Emergency, way(0).in_an_emergency()),
    ]
}

fn cast(n: usize) -> &'static CastPlan {
    &CASTS[n % CASTS.len()]
}

/// Every way at the beginning and at the eve of every stage that it reaches, by commands alone.
pub fn starts() -> Vec<Game> {
    let mut starts = Vec::new();
    for (kind, way) in ways() {
        let mut game = Game::open(kind, way);
        starts.push(Game::grouped(kind, game.way.clone()));
        loop {
            starts.push(game.clone());
            let stage = game.world.dossier.release.stage;
            if stage == Stage::Completed {
                break;
            }
            let mut eve = game.clone();
            while game.world.dossier.release.stage == stage {
                eve.clone_from(&game);
                let moved = Cell::new(false);
                game.world.travel(&game.way, |_| moved.replace(true)).unwrap();
            }
            starts.extend((stage == Stage::Closure).then(|| objected(eve.clone())));
            starts.push(eve);
        }
    }
    starts
}

/// The same after the customer took the confirmation of the result back.
fn objected(mut game: Game) -> Game {
    let customer = game.world.cast.representative;
    let confirmation = game.world.dossier.latest_approval(ApprovalKind::DeploymentConfirmation).unwrap();
    let ballot = Ballot { decision: Decision::Return, comment: "报表打不开".to_owned(), ..agreement() };
    let command = Command::CastVote { approval_id: confirmation.id, ballot };
    game.world.give(customer, &command).unwrap();
    game
}

impl Game {
    /// A new release of this way. Some people stand in for others, and one was granted every role.
    pub fn open(kind: ReleaseKind, way: Journey) -> Self {
        let mut around = Surroundings::example().unwrap();
        let user = company::user;
        let deputies = [
            ("zhang.wei", "liu.fang"),
            ("jiang.bo", "xu.hai"),
            ("he.wenbin", "chen.xiaoyan"),
            ("yang.fan", "xu.hai"),
            ("wu.gang", "qian.yu"),
            ("chen.xiaoyan", "liu.fang"),
            ("wu.gang", "liu.fang"),
            ("xu.hai", "liu.fang"),
            ("jiang.bo", "liu.fang"),
            // People who may not: the administration of the system, the auditor, another customer's representative, whoever
            // tests for whoever implements, whoever implements for the customer, the administrator for the owner.
            ("zhao.min", "chen.xiaoyan"),
            ("xie.ning", "yang.fan"),
            ("bai.xuefeng", "duan.chunmei"),
            ("wu.gang", "sun.lei"),
            ("sun.lei", "wu.gang"),
            ("wu.gang", "duan.chunmei"),
            ("liu.fang", "chen.xiaoyan"),
            ("sun.lei", "chen.xiaoyan"),
            ("tang.qi", "duan.chunmei"),
            // One person for two members of a panel.
            ("jiang.bo", "yang.fan"),
            ("jiang.bo", "zhang.wei"),
        ];
        for (n, (deputy, principal)) in deputies.into_iter().enumerate() {
            let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
            let (id, from, until) = (DeputyId(Uuid::from_u128(n as u128)), day(1, 1), day(12, 31));
            let (deputy, principal) = (user(deputy), user(principal));
            around.directory.deputies.push(Deputy { id, principal, deputy, from, until, absent: n % 7 == 3, version: 1 });
        }
        if let Some(jack) = around.directory.users.get_mut(&user("wang.zhiyuan")) {
            jack.roles = jack.roles.iter().chain(Role::TEAM).collect();
        }
        let new = new_release(&way.cast, &way.theme.title, kind, 1);
        let world = World::create(around, way.cast.clone(), &new).unwrap();
        let people = company::PEOPLE.iter().map(|p| user(p.login)).collect();
        Self { world, way, people }
    }

    /// The same from two changes, whose grouping nobody has confirmed.
    fn grouped(kind: ReleaseKind, way: Journey) -> Self {
        let game = Self::open(kind, way);
        let mut new = new_release(&game.way.cast, &game.way.theme.title, kind, 1);
        new.changes.push(approved_change(2));
        let world = World::create(game.world.around.clone(), game.way.cast.clone(), &new).unwrap();
        Self { world, ..game }
    }

    /// Time passes: mostly minutes, sometimes until the window opens or is over. The registers change now and then.
    pub fn pass_time(&mut self, dice: &mut Dice) {
        let minutes = i64::try_from(dice.below(20)).unwrap();
        self.world.wait(TimeDelta::minutes(minutes));
        let window = self.world.dossier.release.window;
        match (dice.below(100), window) {
            (0..4, _) => self.world.wait(TimeDelta::days(1)),
            (4..14, Some(window)) if self.world.dossier.release.stage == Stage::Readiness => self.world.wait_until(window.start),
            (14, Some(window)) => self.world.wait_until(window.end),
            (15, Some(Window { start, end })) => {
                self.world.around.conflicts = conflict(dice, Window { start, end });
            }
            (16 | 17 | 31..43, _) => self.world.around.conflicts.clear(),
            (18..22, _) => self.change_registers(dice),
            (22, _) => self.change_library(),
            (23..28, _) => self.restore_library(),
            (28..31, _) => self.change_an_item(),
            _ => {}
        }
    }

    /// A medium is withdrawn, or becomes another file: which one and what follows from the release, not from the dice.
    fn change_library(&mut self) {
        let turn = usize::try_from(self.world.dossier.release.version).unwrap();
        let media = &mut self.world.around.library;
        let place = turn / 2 % media.len().max(1);
        if let Some(medium) = media.get_mut(place) {
            match turn % 2 {
                0 => medium.active = false,
                _ => medium.sha256 = "0".repeat(64),
            }
        }
    }

    /// Somebody enters another version of an item of the release in the configuration database.
    fn change_an_item(&mut self) {
        let place = usize::try_from(self.world.dossier.release.version).unwrap();
        let listed = &self.world.dossier.configuration;
        let Some(change) = listed.get(place % listed.len().max(1)) else { return };
        let items = self.world.around.items.iter_mut();
        for item in items.filter(|item| item.number.as_str() == change.item) {
            item.item_version = format!("9.{place}").try_into().ok();
        }
    }

    fn restore_library(&mut self) {
        for medium in &mut self.world.around.library {
            medium.active = true;
            if let Some(unit) = self.world.dossier.units.iter().rfind(|unit| medium.is_unit(unit)) {
                medium.sha256.clone_from(&unit.sha256);
            }
        }
    }

    fn change_registers(&mut self, dice: &mut Dice) {
        let directory = &mut self.world.around.directory;
        let today = fabu_domain::time::clock::company_day(self.world.around.now);
        match dice.below(7) {
            0 => {
                if let Some(user) = dice.of(&self.people).and_then(|id| directory.users.get_mut(id)) {
                    user.active = !user.active;
                }
            }
            1 => directory.users.values_mut().for_each(|u| u.active = true),
            5 => {
                if let Some(user) = dice.of(&self.concerned()).and_then(|id| self.world.around.directory.users.get_mut(id)) {
                    user.roles = user.roles.iter().filter(|_| dice.chance(50)).collect();
                }
            }
            2 => {
                if let Some(customer) = directory.customers.get_mut(&self.world.cast.customer_id) {
                    let ended = customer.representatives[0].until.is_some();
                    customer.representatives[0].until = if ended { None } else { today.pred_opt() };
                }
            }
            3 => {
                let ids: Vec<_> = directory.departments.keys().copied().collect();
                let (department, head) = (dice.of(&ids).copied(), dice.of(&self.people).copied());
                if let Some(department) = department.and_then(|id| directory.departments.get_mut(&id)) {
                    department.head = head;
                }
            }
            4 => {
                let (deputy, principal) = (*dice.of(&self.people).unwrap(), *dice.of(&self.people).unwrap());
                let n = directory.deputies.len() as u128;
                let (from, until) = (today, today + chrono::Days::new(9));
                let id = DeputyId(Uuid::from_u128(n));
                directory.deputies.push(Deputy { id, principal, deputy, from, until, absent: dice.chance(50), version: 1 });
            }
            _ => {
                let object = self.world.cast.service_objects[0].0;
                if let Some(object) = directory.service_objects.get_mut(&object) {
                    object.departments.clear();
                }
            }
        }
    }

    /// What somebody tries: the next step of the usual way, something that is offered, or anything at all.
    pub fn next(&self, dice: &mut Dice) -> Option<(Actor, Command)> {
        if dice.chance(45)
            && let Next::Give(by, command) = self.usual()
        {
            // Now and then the right person gives the right command with something else in it.
            let command = if dice.chance(85) { *command } else { commands::of(command.name(), self, by, dice) };
            return Some((self.actor(by, dice), command));
        }
        // A phase is asked about once more, also after the last one.
        if self.world.dossier.release.stage == Stage::Deployment
            && dice.chance(6)
            && let Some(by) = self.world.dossier.holder(Role::Implementer)
        {
            return Some((self.actor(by, dice), commands::of(CommandName::CompletePhase, self, by, dice)));
        }
        let by = if dice.chance(70) { *dice.of(&self.concerned())? } else { *dice.of(&self.people)? };
        let actor = self.actor(by, dice);
        let offered = available(&self.world.facts(), &actor);
        let allowed: Vec<CommandName> = offered.iter().filter(|a| a.blocked_by.is_empty()).map(|a| a.name).collect();
        let name = match dice.below(100) {
            0..70 => *dice.of(&allowed).unwrap_or(&CommandName::AddComment),
            70..85 => dice.of(&offered).map_or(CommandName::AddComment, |a| a.name),
            _ => *dice.of(CommandName::ALL)?,
        };
        // Giving up and comments end or fill a history without telling much.
        let dull = matches!(name, CommandName::CancelRelease | CommandName::AddComment | CommandName::SuspendRelease);
        if dull && !dice.chance(15) {
            return None;
        }
        Some((actor, commands::of(name, self, by, dice)))
    }

    /// The next step of the usual way, by those who hold the roles now.
    fn usual(&self) -> Next {
        let holder = |role, otherwise| self.world.dossier.holder(role).unwrap_or(otherwise);
        let cast = &self.way.cast;
        let cast = Cast {
            owner: holder(Role::ReleaseOwner, cast.owner),
            administrator: holder(Role::ReleaseAdministrator, cast.administrator),
            tester: holder(Role::ReleaseTester, cast.tester),
            implementer: holder(Role::Implementer, cast.implementer),
            configuration_administrator: holder(Role::ConfigurationAdministrator, cast.configuration_administrator),
            representative: holder(Role::CustomerRepresentative, cast.representative),
            ..cast.clone()
        };
        let way = Journey { cast, ..self.way.clone() };
        way.next(&Snapshot::of(&self.world.dossier, self.world.around.now))
    }

    fn actor(&self, user_id: UserId, dice: &mut Dice) -> Actor {
        let now = self.world.around.now;
        Actor { user_id, reauthenticated_at: if dice.chance(95) { Some(now) } else { None } }
    }

    /// Those who hold a role, sit on an open panel or owe a task.
    fn concerned(&self) -> Vec<UserId> {
        let dossier = &self.world.dossier;
        let holders = dossier.team.iter().filter(|a| a.until.is_none()).map(|a| a.user_id);
        let panels = dossier.approvals.iter().filter(|a| a.is_open()).flat_map(|a| a.members.iter().map(|m| m.user_id));
        let tasks = dossier.tasks.iter().filter(|t| t.is_open()).map(|t| t.assignee);
        let managers = [self.way.cast.change_manager, self.way.cast.general_manager];
        holders.chain(panels).chain(tasks).chain(managers).collect()
    }
}
