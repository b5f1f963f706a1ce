//! The daily digest of each person: everything that was held for it, and what is late of theirs, once a day.

use super::outgoing::{Outgoing, Prepared};
use crate::{
    AppError,
    deliveries::{may_still_be_notified, notifications_of},
};
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::{DeliveryId, UserId},
    notifications::{
        digest::{DigestFacts, LateRelease, digest},
        notice::Notice,
        step_mail::rules_of,
    },
    people::{directory::Directory, role::Role},
    subjects::release::overdue::FlagKind,
    time::clock::company_day,
};
use fabu_store::{Delivery, Reader};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Held messages by reader.
type Held = BTreeMap<UserId, Vec<Delivery>>;

fn by_reader(held: Vec<Delivery>) -> Held {
    let mut of = Held::new();
    for delivery in held {
        if let Some(reader) = delivery.recipient_id {
            of.entry(reader.into()).or_default().push(delivery);
        }
    }
    of
}

/// The digests of an arrangement's recipients: what is held for them, what is late of theirs, and the calendar that is missing.
pub(super) fn of_recipients(
    tx: &mut Reader<'_>,
    directory: &Arc<Directory>,
    recipients: &[UserId],
    held: Vec<Delivery>,
    now: DateTime<Utc>,
) -> Result<Outgoing, AppError> {
    let (late, mut held) = (late(tx)?, by_reader(held));
    let facts = DigestFacts { day: company_day(now), late: &late, missing_year: directory.calendar.missing_year(now), directory };
    let mut all = Outgoing::default();
    for reader in recipients {
        all.add(tx, directory, &facts, *reader, held.remove(reader).unwrap_or_default(), now)?;
    }
    Ok(all)
}

/// The digests of those who get none by an arrangement and for whom something is held that is due: that, and nothing else.
pub(super) fn of_others(
    tx: &mut Reader<'_>,
    directory: &Arc<Directory>,
    served: &BTreeSet<UserId>,
    held: Vec<Delivery>,
    now: DateTime<Utc>,
) -> Result<Outgoing, AppError> {
    let facts = DigestFacts { day: company_day(now), late: &[], missing_year: None, directory };
    let mut all = Outgoing::default();
    for (reader, held) in by_reader(held) {
        let due = held.iter().any(|delivery| delivery.next_at.is_some_and(|at| at <= now));
        if due && !served.contains(&reader) {
            all.add(tx, directory, &facts, reader, held, now)?;
        }
    }
    Ok(all)
}

impl Outgoing {
    /// Adds a person's digest, if there is one.
    fn add(
        &mut self,
        tx: &mut Reader<'_>,
        directory: &Arc<Directory>,
        facts: &DigestFacts<'_>,
        reader: UserId,
        held: Vec<Delivery>,
        now: DateTime<Utc>,
    ) -> Result<(), AppError> {
        let active = directory.active_user(reader).is_some();
        let (mut notices, mut takes): (Vec<Notice>, Vec<DeliveryId>) = (Vec::new(), Vec::new());
        for delivery in held {
            let told = active && may_still_be_notified(tx, directory, &delivery, now)?;
            if !told || !is_still_notified(tx, directory, &delivery, now)? {
                self.settled.push(delivery.id);
                continue;
            }
            takes.push(delivery.id);
            let notice = serde_json::from_value(delivery.notice);
            notices.push(notice.map_err(|error| AppError::Internal(format!("delivery {}: {error}", delivery.id)))?);
        }
        let notice = digest(facts, reader, &notices);
        self.messages.extend(notice.map(|notice| Prepared { reader, notice, takes }));
        Ok(())
    }
}

/// True unless the entry that a held message tells of tells nobody anything any more: it was settled in the meantime.
fn is_still_notified(
    tx: &mut Reader<'_>,
    directory: &Arc<Directory>,
    delivery: &Delivery,
    now: DateTime<Utc>,
) -> Result<bool, AppError> {
    let Some(event) = delivery.event_id else { return Ok(true) };
    let Some(entry) = tx.log_entries(&[event])?.pop() else { return Ok(true) };
    Ok(rules_of(&entry).next().is_none() || !notifications_of(tx, &entry, directory, now)?.is_empty())
}

/// Releases that are late now, with the people who hear of it every day (5.10b).
fn late(tx: &mut Reader<'_>) -> Result<Vec<LateRelease>, AppError> {
    let mut late = Vec::new();
    for (id, flag) in tx.release_flags(&[])? {
        let Some(dossier) = tx.dossier(id)? else { continue };
        let roles = match flag.kind {
            FlagKind::Closure => [Role::Implementer, Role::ReleaseOwner],
            FlagKind::Report => [Role::ReleaseAdministrator, Role::ReleaseOwner],
        };
        late.push(LateRelease {
            number: dossier.release.number.clone(),
            title: dossier.release.title.clone(),
            kind: flag.kind,
            due_at: flag.due_at,
            people: roles.into_iter().filter_map(|role| dossier.holder(role)).collect(),
        });
    }
    Ok(late)
}
