//! Release units, as they are registered: by hand, or from the definitive media library (3.1b, 9.2a).

use super::{
    act::{Seen, take_step},
    context::{ReleaseContext, find, lock},
};
use crate::{AppError, Cx, Fault, FieldError};
use fabu_domain::{
    subjects::{
        registers::media_item::{MediaItem, MediaItemId},
        release::{
            command::{Command, NewUnit},
            records::UnitKind,
        },
    },
    text::{Code, Line, Note},
};

/// What is stated about a unit. What a medium of the library says may be left out.
#[derive(Debug, Clone)]
pub struct UnitStated {
    /// The medium of the library that it is.
    pub media_item_id: Option<MediaItemId>,
    /// Name.
    pub name: Option<Line>,
    /// Version.
    pub version: Option<Code>,
    /// What it is.
    pub kind: UnitKind,
    /// SHA-256, 64 lower-case hexadecimal digits.
    pub sha256: Option<String>,
    /// Where it comes from.
    pub source: Option<Line>,
    /// The version in production.
    pub previous_version: Option<Code>,
    /// Why there is no version to return to.
    pub first_version_reason: Option<Note>,
}

/// Registers a unit in a release.
///
/// # Errors
/// Not found, refused (3.1b); a medium that is unknown, withdrawn or not what is stated; without a medium, a name, version or hash
/// that is missing.
pub fn register_unit(cx: &mut Cx<'_, '_>, number: &str, stated: &UnitStated) -> Result<ReleaseContext, AppError> {
    let id = find(cx.tx, number)?;
    lock(cx, id, "release")?;
    let medium = medium_of(cx, stated)?;
    let unit = new_unit(stated, medium.as_ref())?;
    take_step(cx, id, Seen::Nothing, &Command::RegisterUnit { unit })
}

fn medium_of(cx: &mut Cx<'_, '_>, stated: &UnitStated) -> Result<Option<MediaItem>, AppError> {
    const AT: &str = "/media_item_id";
    let Some(id) = stated.media_item_id else { return Ok(None) };
    let medium: MediaItem = cx.tx.record(id)?.ok_or_else(|| AppError::from(FieldError::new(AT, Fault::FieldUnknownId)))?;
    if medium.active {
        return Ok(Some(medium));
    }
    let (zh, en) = (
        "该介质已撤出，不再用于部署：请选择其他版本，或由配置管理员恢复",
        "a medium that is not withdrawn: take another version, or ask the configuration administrator to restore it",
    );
    Err(FieldError::invalid(AT, zh, en).into())
}

fn new_unit(stated: &UnitStated, medium: Option<&MediaItem>) -> Result<NewUnit, AppError> {
    let given = [
        ("/name", stated.name.as_ref().map(Line::as_str), medium.map(|medium| medium.name.as_str())),
        ("/version", stated.version.as_ref().map(Code::as_str), medium.map(|medium| medium.item_version.as_str())),
        ("/sha256", stated.sha256.as_deref(), medium.map(|medium| medium.sha256.as_str())),
    ];
    let mut errors = Vec::new();
    let mut taken = given.map(|(at, stated, of_medium)| {
        errors.extend(unfit(at, stated, of_medium));
        of_medium.or(stated).unwrap_or_default().to_owned()
    });
    AppError::unless_empty(errors)?;
    let [name, version, sha256] = taken.each_mut().map(std::mem::take);
    let source = stated.source.as_ref().or(medium.map(|medium| &medium.source));
    Ok(NewUnit {
        name,
        version,
        kind: stated.kind,
        sha256,
        source: source.map(ToString::to_string).unwrap_or_default(),
        previous_version: stated.previous_version.as_ref().map(ToString::to_string),
        media_item_id: stated.media_item_id,
        first_version_reason: stated.first_version_reason.as_ref().map(ToString::to_string),
    })
}

/// What is wrong with a value that is stated beside a medium, or left out without one.
fn unfit(at: &'static str, stated: Option<&str>, of_medium: Option<&str>) -> Option<FieldError> {
    match (stated, of_medium) {
        (None, None) => Some(FieldError::invalid(
            at,
            "须填写，或从最终软件库选择介质",
            "a value, or a medium of the definitive media library",
        )),
        (Some(stated), Some(of_medium)) if stated != of_medium => {
            Some(FieldError::invalid(at, "与所选介质不一致：请留空，或选择其他介质", "what the medium says, or nothing"))
        }
        _ => None,
    }
}
