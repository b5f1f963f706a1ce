//! What an item of the media library must be, its check-in and its withdrawal (9.2a, 9.2b): the configuration item follows in the
//! same step.

use super::{Checked, configuration_item::open_release_of, enter, replace};
use crate::{AppError, Cx, FieldError};
use fabu_domain::{
    subjects::{
        registers::{
            Register,
            configuration_item::{ConfigurationItem, ConfigurationItemStated, ItemEnvironment, ItemKind, ItemLifecycle},
            media_item::{LibraryVersion, MediaItem, MediaItemStated, MediaKind, is_place},
        },
        release::{
            library::{Medium, release_medium},
            records::is_sha256,
        },
    },
    text::Code,
};

impl Checked for MediaItem {
    fn check(cx: &mut Cx<'_, '_>, stated: &MediaItemStated, before: Option<&Self>) -> Result<Vec<FieldError>, AppError> {
        let mut errors = Vec::new();
        if !cx.directory.acts_for_company(stated.custodian) {
            errors.push(FieldError::invalid("/custodian", "须为公司的在职人员", "an active person of the company"));
        }
        let is_hash = |hash: &String| is_sha256(hash);
        for (at, hash) in [("/sha256", Some(&stated.sha256)), ("/sm3", stated.sm3.as_ref())] {
            if !hash.is_none_or(is_hash) {
                errors.push(FieldError::invalid(at, "须为 64 位小写十六进制数字", "64 lower-case hexadecimal digits"));
            }
        }
        if before.is_none_or(|item| item.place != stated.place) && !is_place(stated.place.as_str()) {
            let (zh, en) = (
                "须为不含“..”的绝对路径、http(s) 网址或柜架号",
                "an absolute path without \"..\", an http(s) address, or a shelf",
            );
            errors.push(FieldError::invalid("/place", zh, en));
        }
        if let Some(number) = checked_in_for(stated.configuration_item.as_ref(), stated.active, before)
            && item(cx, number)?.is_some_and(|item| item.state == ItemLifecycle::Retired)
        {
            let (zh, en) = (
                "该配置项已退役：请填写另一编号，或由配置管理员先恢复该配置项",
                "an item that is in use: take another number, or ask the configuration administrator to restore this item",
            );
            errors.push(FieldError::invalid("/configuration_item", zh, en));
        }
        Ok(errors)
    }

    /// What an open release deploys or returns to stays, and stays the same file (9.2b).
    fn guard(cx: &mut Cx<'_, '_>, before: &Self, stated: &MediaItemStated) -> Result<(), AppError> {
        let stays = stated.active
            && (&stated.name, &stated.item_version, &stated.sha256) == (&before.name, &before.item_version, &before.sha256);
        if stays || !before.active {
            return Ok(());
        }
        let mut open = Vec::new();
        for id in cx.tx.open_releases_with_unit(before.name.as_str())? {
            open.extend(cx.tx.dossier(id)?);
        }
        Ok(release_medium(&Medium::from(before), open.iter().map(AsRef::as_ref))?)
    }

    fn conclude(cx: &mut Cx<'_, '_>, before: Option<&Self>, after: &Self) -> Result<(), AppError> {
        if let Some(number) = checked_in_for(after.configuration_item.as_ref(), after.active, before) {
            check_in(cx, after, number)?;
        }
        match (&after.configuration_item, before) {
            (Some(number), Some(before)) if before.active && !after.active => check_out(cx, number),
            _ => Ok(()),
        }
    }
}

/// The configuration item that a medium is checked in for by this step: not when it was in the library for it before.
fn checked_in_for<'a>(number: Option<&'a Code>, is_active: bool, before: Option<&MediaItem>) -> Option<&'a Code> {
    let was_in = before.is_some_and(|before| before.active && before.configuration_item.as_ref() == number);
    number.filter(|_| is_active && !was_in)
}

/// The configuration item says which version came into the library last; its own version is a matter of the release that brings it
/// into use (9.2a, 5.9).
fn check_in(cx: &mut Cx<'_, '_>, medium: &MediaItem, number: &Code) -> Result<(), AppError> {
    let library = LibraryVersion { name: medium.name.clone(), version: medium.item_version.clone(), at: cx.now };
    if let Some(known) = item(cx, number)? {
        let noted = ConfigurationItem { library: Some(library), ..known.clone() };
        return replace(cx, &known, &noted);
    }
    let stated = planned(medium, number);
    let planned = ConfigurationItem { library: Some(library), ..ConfigurationItem::of(cx.new_id(), 1, &stated, None) };
    enter(cx, &planned, None)
}

/// With its last medium the configuration item goes out of use, unless something that is in use still refers to it (9.2b).
fn check_out(cx: &mut Cx<'_, '_>, number: &Code) -> Result<(), AppError> {
    let Some(item) = item(cx, number)?.filter(|item| item.state != ItemLifecycle::Retired) else { return Ok(()) };
    let is_kept = cx.tx.media_of_item(number.as_str())?.iter().any(|medium| medium.active)
        || is_named_by_live(cx, &item)?
        || open_release_of(cx, &item)?.is_some();
    if is_kept {
        return Ok(());
    }
    replace(cx, &item, &ConfigurationItem { state: ItemLifecycle::Retired, ..item.clone() })
}

/// True when an item that is in use names this one: it runs on it, uses it.
fn is_named_by_live(cx: &mut Cx<'_, '_>, item: &ConfigurationItem) -> Result<bool, AppError> {
    const AT_ONCE: usize = 100;
    let mut after = None;
    loop {
        let page = cx.tx.neighbours(item, after.as_ref(), AT_ONCE)?;
        if page.items.iter().any(|other| !other.outgoing && other.item.state == ItemLifecycle::Live) {
            return Ok(true);
        }
        after = page.next;
        if after.is_none() {
            return Ok(false);
        }
    }
}

fn item(cx: &mut Cx<'_, '_>, number: &Code) -> Result<Option<ConfigurationItem>, AppError> {
    Ok(cx.tx.items_numbered(&[number.as_str()])?.into_iter().next())
}

/// The item that a medium brings to the configuration management database: planned until a release brings it into use.
fn planned(medium: &MediaItem, number: &Code) -> ConfigurationItemStated {
    ConfigurationItemStated {
        number: number.clone(),
        name: medium.name.clone(),
        kind: match medium.kind {
            MediaKind::Application | MediaKind::Platform => ItemKind::Software,
            MediaKind::Data => ItemKind::Database,
            MediaKind::Hardware => ItemKind::Hardware,
            MediaKind::Document => ItemKind::Document,
        },
        customer_id: None,
        service_object_id: None,
        environment: ItemEnvironment::Production,
        owner: Some(medium.custodian),
        item_version: None,
        state: ItemLifecycle::Planned,
        attributes: Vec::new(),
        relations: Vec::new(),
        source: None,
        external_id: None,
    }
}
