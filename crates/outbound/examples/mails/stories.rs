//! The messages that releases of the example company really send: they are played in the pure core, and every entry of the log
//! is put through the table of step mails.

use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::{
    blocks::task::{TaskKind, TaskState},
    ids::{ConfigurationChangeId, EventId, TaskId, UserId},
    notifications::{
        notice::Notice,
        reminder::due_reminders,
        step_mail::{About, notifications},
    },
    subject::log::LogEntry,
    subjects::{
        event::ReleaseEvent,
        release::{
            command::{Command, StepReport},
            facts::Facts,
            overdue,
            records::{ConfigurationState, StepResult},
            stage::{ReleaseKind, Stage, Verdict},
        },
    },
};
use fabu_scenario::{Cast, Journey, Snapshot, Theme, World, cast::CASTS, journey::Next, world::Surroundings};
use serde_json::{Value, json};
use std::error::Error;
use uuid::Uuid;

/// A message and the moment at which it goes.
pub type Told = (Notice, DateTime<Utc>);
/// Somebody without a part in anything: the doer of what the system does.
const NOBODY: UserId = UserId(Uuid::nil());

/// Everything that four releases tell: one that goes well after a returned plan, one that is rolled back, an emergency, one that
/// is suspended and given up; then what is late about the first and the emergency.
pub fn told_by_releases() -> Result<Vec<Told>, Box<dyn Error>> {
    let mut all = Vec::new();
    let usual = |way: Journey| Journey { returned_plans: 1, ..way };
    let mut story = Story::begin(0, ReleaseKind::Minor, usual, &mut all)?;
    story.play(|world| world.dossier.release.stage == Stage::PlanReview)?;
    story.aside(story.world.cast.administrator, &Command::ReviseReleasePlan { reason: "补充回退步骤".to_owned() })?;
    story.play(|world| world.dossier.release.stage == Stage::GoLiveApproval)?;
    story.remind(4);
    story.play(|world| submitted(world).is_some())?;
    if let Some(task_id) = submitted(&story.world) {
        let verifier = story.world.dossier.task(task_id).and_then(|task| story.world.dossier.verifier(task));
        story.aside(verifier.ok_or("nobody verifies")?, &Command::ReturnTask { task_id, reason: "请附上值班表".to_owned() })?;
    }
    let excused = story.world.dossier.tasks.iter().find(|t| t.kind == TaskKind::SupportTraining && t.is_open()).map(|t| t.id);
    if let Some(task_id) = excused {
        story.aside(story.world.cast.owner, &Command::WaiveTask { task_id, reason: "人员已参加上次培训".to_owned() })?;
    }
    story.fail_a_step()?;
    story.play(|world| world.dossier.release.verdict.is_some())?;
    story.late(5);
    story.play(|world| requested(world).is_some())?;
    if let Some(change_id) = requested(&story.world) {
        let reason = "缺少新版本号".to_owned();
        story.aside(story.world.cast.configuration_administrator, &Command::ReturnConfigurationChange { change_id, reason })?;
    }
    story.play(|world| world.dossier.release.stage == Stage::Closed)?;
    story.late(8);
    story.remind(8);
    Story::begin(1, ReleaseKind::Major, |way| way.ending(Verdict::RolledBack), &mut all)?.play(|_| false)?;
    let mut emergency = Story::begin(2, ReleaseKind::Emergency, Journey::in_an_emergency, &mut all)?;
    emergency.play(|world| world.dossier.release.verdict.is_some())?;
    emergency.remind(6);
    let mut stopped = Story::begin(0, ReleaseKind::Minor, |way| way, &mut all)?;
    stopped.play(|world| world.dossier.release.stage == Stage::Testing)?;
    let owner = stopped.world.cast.owner;
    for command in [
        Command::SuspendRelease { reason: "等待客户机房停电检修结束".to_owned() },
        Command::ResumeRelease { reason: "机房已恢复供电".to_owned() },
        Command::CancelRelease { reason: "变更被客户撤回".to_owned() },
    ] {
        stopped.give(owner, &command)?;
    }
    Ok(all)
}

/// A task whose evidence waits for somebody else.
fn submitted(world: &World) -> Option<TaskId> {
    world.dossier.tasks.iter().find(|task| task.state == TaskState::Submitted).map(|task| task.id)
}

/// A configuration item whose update is asked for.
fn requested(world: &World) -> Option<ConfigurationChangeId> {
    world.dossier.configuration.iter().find(|change| change.state == ConfigurationState::Requested).map(|change| change.id)
}

struct Story<'a> {
    world: World,
    way: Journey,
    all: &'a mut Vec<Told>,
}

impl<'a> Story<'a> {
    fn begin(
        cast: usize,
        kind: ReleaseKind,
        change: impl FnOnce(Journey) -> Journey,
        all: &'a mut Vec<Told>,
    ) -> Result<Self, Box<dyn Error>> {
        let around = Surroundings::example()?;
        let plan = &CASTS[cast];
        let way = change(Journey::new(Cast::of(plan), Theme::nth(cast, around.now + TimeDelta::days(10))));
        let world = World::open(around, plan, &way.theme.title, kind).map_err(|refusal| format!("{refusal:?}"))?;
        let (created, administrator) = (world.events.clone(), world.cast.administrator);
        let mut story = Self { world, way, all };
        story.tell(administrator, &created);
        Ok(story)
    }

    fn play(&mut self, until: impl Fn(&World) -> bool) -> Result<(), Box<dyn Error>> {
        while !until(&self.world) {
            match self.way.next(&Snapshot::of(&self.world.dossier, self.world.around.now)) {
                Next::Give(by, command) => {
                    self.world.wait(TimeDelta::minutes(2));
                    self.give(by, &command)?;
                }
                Next::WaitUntil(at) => self.world.wait_until(at),
                Next::Done => break,
            }
        }
        Ok(())
    }

    fn give(&mut self, by: UserId, command: &Command) -> Result<(), Box<dyn Error>> {
        let events = self.world.give(by, command).map_err(|refusal| format!("{refusal:?}"))?;
        self.tell(by, &events);
        Ok(())
    }

    /// The first step of the deployment fails; the story goes on as if it had not.
    fn fail_a_step(&mut self) -> Result<(), Box<dyn Error>> {
        let way = self.way.clone();
        let next = |world: &World| way.next(&Snapshot::of(&world.dossier, world.around.now));
        self.play(|world| matches!(next(world), Next::Give(_, command) if matches!(*command, Command::RecordStep { .. })))?;
        let Next::Give(by, command) = next(&self.world) else { return Ok(()) };
        let Command::RecordStep { step, report } = *command else { return Ok(()) };
        let report = StepReport { result: StepResult::Failed, note: "应用节点启动超时".to_owned(), ..report };
        self.aside(by, &Command::RecordStep { step, report })
    }

    /// Gives a command and tells of it as if the story went on without.
    fn aside(&mut self, by: UserId, command: &Command) -> Result<(), Box<dyn Error>> {
        let kept = self.world.clone();
        self.give(by, command)?;
        self.world = kept;
        Ok(())
    }

    fn tell(&mut self, by: UserId, events: &[ReleaseEvent]) {
        for event in events {
            let (kind, payload) = event.to_log();
            self.tell_entry(&entry(&kind, "", by, payload, self.world.around.now), self.world.around.now);
        }
    }

    fn tell_entry(&mut self, entry: &LogEntry, now: DateTime<Utc>) {
        let facts = Facts { now, ..self.world.facts() };
        let told = notifications(entry, About::Release(&facts), facts.directory, now);
        self.all.extend(told.into_iter().map(|told| (told.notice, now)));
    }

    /// The moment so many working days after now.
    fn later(&self, days: u32) -> DateTime<Utc> {
        self.world.around.calendar.add_working_days(self.world.around.now, days)
    }

    /// What is brought to mind when nobody does anything for some working days.
    fn remind(&mut self, days: u32) {
        let now = self.later(days);
        let due = due_reminders(&Facts { now, ..self.world.facts() });
        for reminder in due {
            self.tell_entry(&entry("reminder.raised", "", NOBODY, json!(reminder), now), now);
        }
    }

    /// What is told when the release is not closed, or its report not written, in time.
    fn late(&mut self, days: u32) {
        let (now, around) = (self.later(days), &self.world.around);
        let flag = overdue::flag(&self.world.dossier.release, &around.calendar, &around.parameters, now);
        if let Some(flag) = flag {
            self.tell_entry(&entry(flag.kind.raised_event(), "", NOBODY, json!({ "due_at": flag.due_at }), now), now);
        }
    }
}

/// An entry of the log.
pub fn entry(kind: &str, subject: &str, by: UserId, payload: Value, now: DateTime<Utc>) -> LogEntry {
    LogEntry {
        id: EventId(Uuid::nil()),
        kind: kind.to_owned(),
        version: 1,
        subject: subject.to_owned(),
        release_id: None,
        release_version: None,
        actor: (by != NOBODY).then_some(by),
        on_behalf_of: None,
        request_id: String::new(),
        occurred_at: now,
        recorded_at: now,
        payload,
    }
}
