//! What an item of the media library must be, and its check-in (9.2a): the configuration item follows in the same step.

use super::{Checked, enter, replace};
use crate::{AppError, Cx, FieldError};
use fabu_domain::{
    subjects::{
        registers::{
            Register,
            configuration_item::{ConfigurationItem, ConfigurationItemStated, ItemEnvironment, ItemKind, ItemLifecycle},
            media_item::{LibraryVersion, MediaItem, MediaItemStated, MediaKind, is_place},
        },
        release::records::is_sha256,
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
        if let Some(number) = new_item(stated.configuration_item.as_ref(), before)
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

    /// The configuration item says which version came into the library last; its own version is a matter of the release that
    /// brings it into use (9.2a, 5.9).
    fn conclude(cx: &mut Cx<'_, '_>, before: Option<&Self>, after: &Self) -> Result<(), AppError> {
        let Some(number) = new_item(after.configuration_item.as_ref(), before) else { return Ok(()) };
        let library = LibraryVersion { name: after.name.clone(), version: after.item_version.clone(), at: cx.now };
        if let Some(known) = item(cx, number)? {
            let noted = ConfigurationItem { library: Some(library), ..known.clone() };
            return replace(cx, &known, &noted);
        }
        let stated = planned(after, number);
        let planned = ConfigurationItem { library: Some(library), ..ConfigurationItem::of(cx.new_id(), 1, &stated, None) };
        enter(cx, &planned, None)
    }
}

/// The configuration item that a medium is checked in for, unless it belonged to it before.
fn new_item<'a>(number: Option<&'a Code>, before: Option<&MediaItem>) -> Option<&'a Code> {
    number.filter(|number| before.and_then(|item| item.configuration_item.as_ref()) != Some(number))
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
