//! The check itself.

use super::{Booking, Conflict, ConflictKind, FrozenBy, HeldFreeze, Occasion, OtherRelease, RelatedItem, Severity, Surroundings};
use crate::{
    identity,
    ids::UserId,
    people::directory::Directory,
    subject::refusal::{Party, Text},
    subjects::release::{Window, stage::ReleaseKind},
    time::clock::{COMPANY_ZONE, company_day},
};
use chrono::TimeDelta;

/// The farthest related item that counts, in steps.
pub const RELATED_STEPS: usize = 2;

/// Everything that stands against the window, in stable order: freezes, other releases by number, people, business hours.
#[must_use]
pub fn find(occasion: &Occasion, around: &Surroundings<'_>) -> Vec<Conflict> {
    let mut all: Vec<Conflict> = around.freezes.iter().filter_map(|held| freeze(occasion, held)).collect();
    let mut others: Vec<&OtherRelease> = around.others.iter().filter(|other| other.number != occasion.number).collect();
    others.sort_by(|a, b| a.number.cmp(&b.number));
    for other in others {
        all.extend(with_release(occasion, other, around.related));
        all.extend(with_people(occasion, other, around.directory));
    }
    all.extend(away(occasion, around.directory));
    all.extend(business_hours(occasion, around.directory));
    all
}

fn freeze(occasion: &Occasion, held: &HeldFreeze) -> Option<Conflict> {
    if !held.holds_for(occasion) || held.lets_through(occasion) {
        return None;
    }
    let span = *held.within(occasion.window).first()?;
    let (record, role) = (&held.record, held.record.authority.role());
    let sentence = Text::new(
        format!("上线时间落在{}“{}”（{}）内，该期间不允许此类发布", record.kind.zh(), record.name, local(span)),
        format!(
            "the window lies in the {} \"{}\" ({}), which does not allow such a release",
            record.kind.en(),
            record.name,
            local(span)
        ),
    );
    Some(Conflict {
        kind: ConflictKind::Freeze,
        severity: Severity::Hard,
        key: format!("freeze/{}", record.id),
        against: record.name.to_string(),
        release: None,
        window: span.overlap(&occasion.window)?,
        sentence,
        frozen_by: Some(FrozenBy { id: record.id, version: record.version, authority: record.authority }),
        cleared_by: vec![Party::Role(role)],
        is_firm: true,
    })
}

/// The closest thing that both releases have to do with: an item, an object, a related item.
fn with_release(occasion: &Occasion, other: &OtherRelease, related: &[RelatedItem]) -> Option<Conflict> {
    let window = other.window.overlap(&occasion.window)?;
    let has = |number: &str| other.items.iter().any(|item| identity::same(item, number));
    let number = &other.number;
    let (kind, zh, en) = if let Some(item) = occasion.items.iter().find(|item| has(item)) {
        let zh = format!("与发布{number}的窗口（{}）重叠，同时变更配置项{item}", local(other.window));
        let en = format!("the window overlaps that of release {number} ({}) on configuration item {item}", local(other.window));
        (ConflictKind::SameItem, zh, en)
    } else if occasion.objects.iter().any(|object| other.objects.contains(object)) {
        let zh = format!("与发布{number}的窗口（{}）重叠，涉及同一服务对象", local(other.window));
        let en = format!("the window overlaps that of release {number} ({}) on the same service object", local(other.window));
        (ConflictKind::SameObject, zh, en)
    } else {
        let near = related.iter().filter(|near| (2..=RELATED_STEPS + 1).contains(&near.path.len()));
        let touched = near.filter(|near| near.path.last().is_some_and(|item| has(item)));
        let path = called(&touched.min_by_key(|near| near.path.len())?.path, occasion, other);
        let zh = format!("与发布{number}的窗口（{}）重叠，其变更的配置项与本发布相关：{path}", local(other.window));
        let en = format!("the window overlaps that of release {number} ({}) on a related item: {path}", local(other.window));
        (ConflictKind::RelatedItem, zh, en)
    };
    // Two plans for one item are for their administrators to settle; whoever comes to the approval first has the time.
    let hard = kind == ConflictKind::SameItem && other.is_firm && occasion.kind != ReleaseKind::Emergency;
    Some(Conflict {
        kind,
        severity: if hard { Severity::Hard } else { Severity::Soft },
        key: format!("{kind}/{number}"),
        against: number.clone(),
        release: Some(number.clone()),
        window,
        sentence: Text::new(zh, en),
        frozen_by: None,
        cleared_by: Vec::new(),
        is_firm: other.is_firm,
    })
}

/// The way to a related item, the items of both releases as these call them.
fn called(path: &[String], occasion: &Occasion, other: &OtherRelease) -> String {
    let as_listed = |number: &String| {
        let listed = occasion.items.iter().chain(&other.items).find(|item| identity::same(item, number));
        listed.unwrap_or(number).clone()
    };
    path.iter().map(as_listed).collect::<Vec<_>>().join(" → ")
}

/// People of the release who work for the other one at the same time.
fn with_people(occasion: &Occasion, other: &OtherRelease, directory: &Directory) -> Vec<Conflict> {
    let mut all: Vec<Conflict> = Vec::new();
    for own in &occasion.people {
        let theirs = other.people.iter().filter(|booking| booking.person == own.person);
        let Some(window) = theirs.filter_map(|booking| booking.window.overlap(&own.window)).next() else { continue };
        let (name, number) = (directory.name(own.person), &other.number);
        let key = format!("{}/{number}/{}", ConflictKind::PersonBooked, own.person);
        if all.iter().any(|known| known.key == key) {
            continue;
        }
        let sentence = Text::new(
            format!("{name}在 {} 已安排参加发布{number}", local(window)),
            format!("{name} works for release {number} in {}", local(window)),
        );
        let conflict = soft(ConflictKind::PersonBooked, key, name, window, sentence);
        all.push(Conflict { release: Some(number.clone()), is_firm: other.is_firm, ..conflict });
    }
    all
}

/// People of the release who are away on a day of their work.
fn away(occasion: &Occasion, directory: &Directory) -> Vec<Conflict> {
    let mut all: Vec<Conflict> = Vec::new();
    for booking in &occasion.people {
        let key = format!("{}/{}", ConflictKind::PersonAway, booking.person);
        if all.iter().any(|known| known.key == key) || !is_away(booking, directory) {
            continue;
        }
        let name = directory.name(booking.person);
        let sentence = Text::new(
            format!("{name}在 {} 不在岗（代理安排）", local(booking.window)),
            format!("{name} is away in {} (deputy arrangement)", local(booking.window)),
        );
        all.push(soft(ConflictKind::PersonAway, key, name, booking.window, sentence));
    }
    all
}

fn is_away(Booking { person, window }: &Booking, directory: &Directory) -> bool {
    days(*window).any(|day| directory.is_absent(*person, day))
}

/// The days in China that a window lies in.
fn days(window: Window) -> impl Iterator<Item = chrono::NaiveDate> {
    let last = company_day(window.end - TimeDelta::microseconds(1));
    company_day(window.start).iter_days().take_while(move |day| *day <= last)
}

fn business_hours(occasion: &Occasion, directory: &Directory) -> Option<Conflict> {
    let customer = directory.customers.get(&occasion.customer?)?;
    let window = days(occasion.window)
        .filter_map(|day| customer.business_hours_on(day, &directory.calendar))
        .find_map(|span| span.overlap(&occasion.window))?;
    let name = customer.name.to_string();
    let sentence = Text::new(
        format!("上线时间与{name}的营业时间重叠（{}）", local(window)),
        format!("the window lies in the business hours of {name} ({})", local(window)),
    );
    let key = format!("{}/{}", ConflictKind::BusinessHours, customer.id);
    Some(soft(ConflictKind::BusinessHours, key, name, window, sentence))
}

fn soft(kind: ConflictKind, key: String, against: String, window: Window, sentence: Text) -> Conflict {
    Conflict {
        kind,
        severity: Severity::Soft,
        key,
        against,
        release: None,
        window,
        sentence,
        frozen_by: None,
        cleared_by: Vec::new(),
        is_firm: true,
    }
}

/// True when somebody of these is away on a day of the window.
pub(super) fn somebody_away(people: &[UserId], window: Window, directory: &Directory) -> bool {
    people.iter().any(|person| is_away(&Booking { person: *person, window }, directory))
}

/// True when the customer works at that time.
pub(super) fn is_in_business_hours(occasion: &Occasion, directory: &Directory) -> bool {
    business_hours(occasion, directory).is_some()
}

/// `2026-12-31 22:00 – 2027-01-01 02:00` in company time; of the end only what differs.
fn local(window: Window) -> String {
    let [start, end] = [window.start, window.end].map(|at| at.with_timezone(&COMPANY_ZONE));
    let same_day = start.date_naive() == end.date_naive();
    format!("{} – {}", start.format("%Y-%m-%d %H:%M"), end.format(if same_day { "%H:%M" } else { "%Y-%m-%d %H:%M" }))
}
