//! What a configuration item must be (3.4, 9.2c), and what may change in it by hand.

use super::Checked;
use crate::{AppError, Cx, Fault, FieldError};
use fabu_domain::{
    identity::{folded, same},
    subjects::{
        registers::configuration_item::{ConfigurationItem, ConfigurationItemStated, ItemLifecycle, Relation, external_key},
        visibility::Scope,
    },
};
use std::collections::{BTreeSet, HashMap};

impl Checked for ConfigurationItem {
    fn check(cx: &mut Cx<'_, '_>, stated: &ConfigurationItemStated, before: Option<&Self>) -> Result<Vec<FieldError>, AppError> {
        let mut errors = unfit(&cx.directory, stated);
        errors.extend(unfit_relations(cx, stated, before)?);
        if let (Some(source), Some(id)) = (&stated.source, &stated.external_id) {
            let taken = cx.tx.items_of_source(&[external_key(source, id)])?;
            if taken.values().any(|other| Some(other.id) != before.map(|item| item.id)) {
                errors.push(FieldError::new("/external_id", Fault::FieldDuplicate));
            }
        }
        Ok(errors)
    }

    /// What an outside database is the master of is changed there, and by
    /// releases.
    /// An item of an open release stays until that is over.
    fn guard(cx: &mut Cx<'_, '_>, before: &Self, stated: &ConfigurationItemStated) -> Result<(), AppError> {
        if stated.state == ItemLifecycle::Retired
            && before.state != ItemLifecycle::Retired
            && let Some(release) = open_release_of(cx, before)?
        {
            return Err(AppError::fault(Fault::ItemInUse, "release", release));
        }
        match &before.source {
            Some(source) if stated.source.is_some() => Err(AppError::fault(Fault::ItemKeptElsewhere, "source", source)),
            _ => Ok(()),
        }
    }
}

/// The number of an open release that changes the item.
pub(super) fn open_release_of(cx: &mut Cx<'_, '_>, item: &ConfigurationItem) -> Result<Option<String>, AppError> {
    const AT_ONCE: usize = 100;
    let mut after = None;
    loop {
        let page = cx.tx.releases_of_item(item.number.as_str(), &Scope::All, after.as_ref(), AT_ONCE)?;
        for id in page.items {
            let Some(dossier) = cx.tx.dossier(id)?.filter(|dossier| !dossier.release.stage.is_closed()) else { continue };
            if dossier.configuration_demanded().any(|change| change.item == item.number.as_str()) {
                return Ok(Some(dossier.release.number.clone()));
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(None);
        }
    }
}

/// What is wrong with an item by itself.
pub(crate) fn unfit(directory: &fabu_domain::people::directory::Directory, stated: &ConfigurationItemStated) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if stated.customer_id.is_some_and(|id| !directory.customers.get(&id).is_some_and(|customer| customer.active)) {
        errors.push(FieldError::new("/customer_id", Fault::FieldUnknownId));
    }
    if let Some(id) = stated.service_object_id {
        match directory.service_objects.get(&id).filter(|object| object.active) {
            None => errors.push(FieldError::new("/service_object_id", Fault::FieldUnknownId)),
            Some(object) if stated.customer_id.is_some_and(|customer| customer != object.customer_id) => {
                let (zh, en) = ("该服务对象属于另一客户", "a service object of the same customer");
                errors.push(FieldError::invalid("/service_object_id", zh, en));
            }
            Some(_) => {}
        }
    }
    if stated.owner.is_some_and(|owner| !directory.acts_for_company(owner)) {
        errors.push(FieldError::invalid("/owner", "须为公司的在职人员", "an active person of the company"));
    }
    if stated.state == ItemLifecycle::Live && stated.item_version.is_none() {
        errors.push(FieldError::invalid("/item_version", "在用的配置项须有版本", "a version: the item is live"));
    }
    if stated.source.is_some() != stated.external_id.is_some() {
        let at = if stated.source.is_some() { "/external_id" } else { "/source" };
        errors.push(FieldError::invalid(at, "来源系统与外部编号须一起填写", "source system and external id together"));
    }
    let mut names = BTreeSet::new();
    for (n, attribute) in stated.attributes.iter().enumerate() {
        if !names.insert(folded(attribute.name.as_str())) {
            errors.push(FieldError::new(format!("/attributes/{n}/name"), Fault::FieldDuplicate));
        }
    }
    let mut ends = BTreeSet::new();
    for (n, relation) in stated.relations.iter().enumerate() {
        if same(relation.to.as_str(), stated.number.as_str()) {
            errors.push(FieldError::invalid(
                format!("/relations/{n}/to"),
                "不能指向自己",
                "another item: no item is related to itself",
            ));
        } else if !ends.insert((relation.kind, folded(relation.to.as_str()))) {
            errors.push(FieldError::new(format!("/relations/{n}/to"), Fault::FieldDuplicate));
        }
    }
    errors
}

/// Relations to items that are not registered, and those that would put an item above itself.
pub(crate) fn unfit_relations(
    cx: &mut Cx<'_, '_>,
    stated: &ConfigurationItemStated,
    before: Option<&ConfigurationItem>,
) -> Result<Vec<FieldError>, AppError> {
    let kept = |relation: &Relation| before.is_some_and(|item| item.relations.contains(relation));
    let new: Vec<(usize, &Relation)> = stated.relations.iter().enumerate().filter(|(_, relation)| !kept(relation)).collect();
    let numbers: Vec<&str> = new.iter().map(|(_, relation)| relation.to.as_str()).collect();
    let known = cx.tx.items_numbered(&numbers)?;
    let known: HashMap<String, ConfigurationItem> = known.into_iter().map(|item| (item.key(), item)).collect();
    let mut errors = Vec::new();
    for (n, relation) in new {
        let at = format!("/relations/{n}/to");
        let Some(other) = known.get(&folded(relation.to.as_str())) else {
            errors.push(FieldError::new(at, Fault::FieldUnknownId));
            continue;
        };
        if before.is_some() && relation.kind.has_parent() && is_above(cx, &stated.number.to_string(), other)? {
            errors.push(above_itself(at));
        }
    }
    Ok(errors)
}

/// The error of a relation that makes an item its own parent.
pub(crate) fn above_itself(at: String) -> FieldError {
    FieldError::invalid(
        at,
        "该配置项已直接或间接位于本项之下：配置项不能是自己的上级",
        "an item that is not below this one: no item is its own parent",
    )
}

/// True when the item with this number is above the other one: the other runs on it, is a part or a copy of it, over however many steps.
fn is_above(cx: &mut Cx<'_, '_>, number: &str, below: &ConfigurationItem) -> Result<bool, AppError> {
    let own = folded(number);
    let parents = |item: &ConfigurationItem| -> Vec<String> {
        item.relations.iter().filter(|r| r.kind.has_parent()).map(|r| r.to.to_string()).collect()
    };
    let mut seen: BTreeSet<String> = BTreeSet::from([below.key()]);
    let mut next: Vec<String> = parents(below);
    while !next.is_empty() {
        let unseen: Vec<String> = next.into_iter().filter(|number| seen.insert(folded(number))).collect();
        if seen.contains(&own) {
            return Ok(true);
        }
        let numbers: Vec<&str> = unseen.iter().map(String::as_str).collect();
        next = cx.tx.items_numbered(&numbers)?.iter().flat_map(parents).collect();
    }
    Ok(false)
}
