//! The configuration management database (3.4, 9.2c): what is under service, in which version, and what it is related to.

use super::{Rules, field, media_item::LibraryVersion, register, sight::Visible};
use crate::{
    blocks::document::shape::{Entered, Field, Input},
    identity::folded,
    ids::{CustomerId, ServiceObjectId, UserId},
    subjects::release::records::ItemState,
    text::{Code, Line},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

crate::ids::id_types! {
    /// A configuration item (9.2c).
    ConfigurationItemId,
}

crate::word_enum! {
    /// What a configuration item is (9.2c).
    ItemKind {
        /// A device or a part of one.
        Hardware = "hardware" "硬件" "hardware",
        /// An application, a component, a package.
        Software = "software" "软件" "software",
        /// A service that users or systems call.
        Service = "service" "服务" "service",
        /// An interface between systems.
        Interface = "interface" "接口" "interface",
        /// A database or a schema.
        Database = "database" "数据库" "database",
        /// A line, a switch setting, an address.
        Network = "network" "网络" "network",
        /// A manual, an agreement, a description.
        Document = "document" "文档" "document",
        /// Anything else.
        Other = "other" "其他" "other",
    }
}

crate::word_enum! {
    /// Where a configuration item is used.
    ItemEnvironment {
        /// What users work with.
        Production = "production" "生产" "production",
        /// The last stop before production.
        Staging = "staging" "预发布" "staging",
        /// Where it is tested.
        Test = "test" "测试" "test",
        /// Where it is developed.
        Development = "development" "开发" "development",
        /// The standby of production.
        Recovery = "recovery" "灾备" "disaster recovery",
    }
}

crate::word_enum! {
    /// Where a configuration item stands in its life (9.2c).
    ItemLifecycle {
        /// Foreseen: a release brings it.
        Planned = "planned" "计划" "planned",
        /// In use.
        Live = "live" "在用" "live",
        /// Taken out of use (9.2b).
        Retired = "retired" "退役" "retired",
    }
}

crate::word_enum! {
    /// How a configuration item is related to another.
    RelationKind {
        /// It runs on the other: without that it does not work.
        RunsOn = "runs_on" "运行于" "runs on",
        /// It is a part of the other.
        PartOf = "part_of" "属于" "is part of",
        /// It is a copy of the other.
        CopyOf = "copy_of" "副本" "is a copy of",
        /// It calls or reads the other.
        Uses = "uses" "使用" "uses",
        /// It is connected to the other.
        ConnectsTo = "connects_to" "连接" "connects to",
    }
}

impl RelationKind {
    /// True for relations that make a hierarchy: no item can be above itself in them.
    #[must_use]
    pub const fn has_parent(self) -> bool {
        matches!(self, Self::RunsOn | Self::PartOf | Self::CopyOf)
    }
}

crate::word_enum! {
    /// What became of an item of an outside database.
    SyncOutcome {
        /// It was new.
        Created = "created" "已新增" "created",
        /// It was changed.
        Updated = "updated" "已更新" "updated",
        /// It is as the system says.
        Unchanged = "unchanged" "无变化" "unchanged",
        /// A release has confirmed another version since: version, state and attributes were kept.
        KeptConfirmed = "kept_confirmed" "保留发布确认的版本" "kept as a release confirmed it",
        /// Something is wrong with it.
        Refused = "refused" "未接受" "refused",
    }
}

/// A relation of a configuration item to another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// How.
    pub kind: RelationKind,
    /// The number of the other item.
    pub to: Code,
}

impl Entered for Relation {
    const INPUT: Input = {
        const FIELDS: &[Field] = &[
            field("kind", "关系", "relation", RelationKind::INPUT),
            field("to", "配置项", "configuration item", Input::ItemNumber),
        ];
        Input::Group(FIELDS)
    };
}

/// A property of a configuration item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// What it is called.
    pub name: Line,
    /// Its value.
    pub value: Line,
}

impl Entered for Attribute {
    const INPUT: Input = {
        const FIELDS: &[Field] = &[field("name", "名称", "name", Input::Text), field("value", "值", "value", Input::Text)];
        Input::Group(FIELDS)
    };
}

/// The release that an item has its present state from (3.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ConfirmedState {
    /// The number of the release.
    pub release: String,
    /// Who confirmed it, the configuration administrator.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

impl Entered for ConfirmedState {
    const INPUT: Input = {
        const FIELDS: &[Field] = &[
            field("release", "发布单", "release", Input::Text),
            field("by", "确认人", "confirmed by", Input::Person),
            field("at", "确认时间", "confirmed at", Input::Instant),
        ];
        Input::Group(FIELDS)
    };
}

register! {
    /// A configuration item (3.4, 9.2c).
    ConfigurationItem(ConfigurationItemId), stated ConfigurationItemStated as ConfigurationItemRequest, asked ConfigurationItemAsked, shown as ConfigurationItemView;
    kind "configuration_item" "configuration-items" "配置项" "configuration item" "配置项" "configuration items";
    about "配置管理数据库：发布所涉及的软硬件组件、版本和相互关系；发布确认后自动更新（3.4、5.9、9.2）。"
        "The configuration management database: components, versions and how they are related; a confirmed release updates it (3.4, 5.9, 9.2).";
    reads ListConfigurationItems ViewConfigurationItem;
    create CreateConfigurationItem "configuration_item.created" "登记配置项" "configuration item registered";
    update UpdateConfigurationItem "configuration_item.updated" "修改配置项" "configuration item changed";
    named number;
    unique number;
    fixed number;
    of customer_id;
    fields {
        /// Its number: unique, and the same for good, for releases and other items refer to it.
        number: Code = "编号" "number" hint "登记后不能修改" "cannot be changed later";
        /// What it is called.
        name: Line = "名称" "name";
        /// What it is.
        kind: ItemKind = "类型" "type";
        /// Whose it is; none for the company's own.
        customer_id: Option<CustomerId> = "客户" "customer" hint "公司自用的配置项不填" "none for the company's own";
        /// The object under service that it belongs to.
        service_object_id: Option<ServiceObjectId> = "服务对象" "service object";
        /// Where it is used.
        environment: ItemEnvironment = "环境" "environment";
        /// Who looks after it.
        owner: Option<UserId> = "负责人" "owner";
        /// Its version; none while it is planned.
        item_version: Option<Code> = "当前版本" "current version" hint "计划中的配置项可不填" "may be left out while it is planned";
        /// Where it stands.
        state: ItemLifecycle = "状态" "state";
        /// Its properties.
        attributes: Vec<Attribute> = "属性" "attributes" [serde(default)] [schema(max_items = 100)];
        /// What it is related to.
        relations: Vec<Relation> = "关系" "relations" [serde(default)] [schema(max_items = 1000)];
        /// The system that is the master of it, when it is kept elsewhere.
        source: Option<Line> = "来源系统" "source system" hint "在外部配置库维护时填写" "when an outside database is its master";
        /// What that system calls it.
        external_id: Option<Code> = "外部编号" "external id";
    }
    follows {
        /// The release that it has its present version from.
        confirmed: Option<ConfirmedState> = confirmed_before, "最近一次发布确认" "last confirmed by a release";
        /// When the source system named it last.
        last_seen: Option<DateTime<Utc>> = seen_before, "来源系统最近更新" "last seen by the source system";
        /// The version of it that came into the media library last.
        library: Option<LibraryVersion> = library_before, "最近入库版本" "newest version in the media library";
    }
    finds q in number name item_version external_id;
    filters {
        /// Of this type only.
        kind: ItemKind;
        /// Of this customer only.
        customer_id: CustomerId;
        /// Of this service object only.
        service_object_id: ServiceObjectId;
        /// In this environment only.
        environment: ItemEnvironment;
        /// Looked after by this person.
        owner: UserId;
        /// In this state only.
        state: ItemLifecycle;
    }
    example {
        "number": "CI-CBS-APP", "name": "核心业务系统应用", "kind": "software", "customer_id": null, "service_object_id": null,
        "environment": "production", "owner": null, "item_version": "2.4.0", "state": "live",
        "attributes": [{ "name": "连接数", "value": "200" }], "relations": [], "source": null, "external_id": null
    }
}

fn confirmed_before(_: &ConfigurationItemStated, before: Option<&ConfigurationItem>) -> Option<ConfirmedState> {
    before.and_then(|item| item.confirmed.clone())
}

fn seen_before(_: &ConfigurationItemStated, before: Option<&ConfigurationItem>) -> Option<DateTime<Utc>> {
    before.and_then(|item| item.last_seen)
}

fn library_before(_: &ConfigurationItemStated, before: Option<&ConfigurationItem>) -> Option<LibraryVersion> {
    before.and_then(|item| item.library.clone())
}

/// What the version of an item that is not live yet is called (5.2).
pub const NOT_LIVE: &str = "未上线";

impl ConfigurationItem {
    /// The number as names are compared.
    #[must_use]
    pub fn key(&self) -> String {
        folded(self.number.as_str())
    }

    /// Version and attributes as a release reads them for its baseline (5.2): one attribute a line, `name: value`.
    #[must_use]
    pub fn present_state(&self) -> ItemState {
        let line = |attribute: &Attribute| format!("{}: {}", attribute.name, attribute.value);
        ItemState {
            version: self.item_version.as_ref().map_or_else(|| NOT_LIVE.to_owned(), ToString::to_string),
            values: self.attributes.iter().map(line).collect::<Vec<_>>().join("\n"),
        }
    }

    /// The item as a release leaves it (3.4, 5.9): its version, and its attributes if any are said. An item that is brought into
    /// use by this is live; one that was never brought into use stays planned.
    #[must_use]
    pub fn confirmed(self, state: &ItemState, confirmed: ConfirmedState) -> Self {
        let is_live = state.version.trim() != NOT_LIVE;
        let attributes = attributes_of(&state.values);
        Self {
            item_version: Code::parse(&state.version).ok().filter(|_| is_live),
            state: match self.state {
                ItemLifecycle::Planned if is_live => ItemLifecycle::Live,
                ItemLifecycle::Live if !is_live => ItemLifecycle::Planned,
                state => state,
            },
            attributes: if attributes.is_empty() { self.attributes } else { attributes },
            confirmed: Some(confirmed),
            ..self
        }
    }

    /// True when the item can belong to a release for this customer: its own, or the company's.
    #[must_use]
    pub fn serves(&self, customer: Option<CustomerId>) -> bool {
        self.customer_id.is_none() || self.customer_id == customer
    }
}

/// The attributes that a text says, one a line: `name: value` or `name=value`. What has no name is one attribute 说明.
#[must_use]
pub fn attributes_of(values: &str) -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = Vec::new();
    let mut rest: Vec<&str> = Vec::new();
    for line in values.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let named = line
            .split_once([':', '：', '='])
            .and_then(|(name, value)| Some(Attribute { name: Line::parse(name).ok()?, value: Line::parse(value).ok()? }));
        match named {
            Some(attribute) => attributes.push(attribute),
            None => rest.push(line),
        }
    }
    let note = rest.join("；").chars().take(Line::MAX).collect::<String>();
    if let (Ok(name), Ok(value)) = (Line::parse("说明"), Line::parse(&note)) {
        attributes.push(Attribute { name, value });
    }
    attributes
}

impl Rules for ConfigurationItem {
    fn position(&self) -> String {
        self.number.to_string()
    }

    fn links(&self) -> Vec<(&'static str, String)> {
        let related = self.relations.iter().map(|relation| (relation.kind.as_str(), folded(relation.to.as_str())));
        let external = self.source.as_ref().zip(self.external_id.as_ref());
        let external = external.map(|(source, id)| (EXTERNAL, external_key(source, id)));
        let confirmed = self.confirmed.as_ref().map(|confirmed| (CONFIRMED, confirmed_key(confirmed.at)));
        related.chain(external).chain(confirmed).collect()
    }
}

/// The name of the link under which an item is found by what its source system calls it.
pub const EXTERNAL: &str = "external";

/// The name of the link under which an item is found by the moment of its last confirmation.
pub const CONFIRMED: &str = "confirmed";

/// The value of that link: moments are in the order of their texts.
#[must_use]
pub fn confirmed_key(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// The value of the link of its source.
#[must_use]
pub fn external_key(source: &Line, id: &Code) -> String {
    folded(&format!("{source}\n{id}"))
}

impl Visible for ConfigurationItem {}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(version: &str, values: &str) -> ItemState {
        ItemState { version: version.to_owned(), values: values.to_owned() }
    }

    fn item() -> ConfigurationItem {
        let stated = serde_json::json!({
            "number": "CI-1", "name": "应用", "kind": "software", "environment": "production", "state": "planned",
            "attributes": [{ "name": "连接数", "value": "200" }]
        });
        use crate::subjects::registers::Register;
        ConfigurationItem::of(ConfigurationItemId(uuid::Uuid::nil()), 1, &serde_json::from_value(stated).unwrap(), None)
    }

    fn by() -> ConfirmedState {
        ConfirmedState { release: "REL-2026-0001".to_owned(), by: UserId(uuid::Uuid::nil()), at: DateTime::UNIX_EPOCH }
    }

    #[test]
    fn what_an_item_says_comes_back_from_a_confirmation() {
        let planned = item();
        assert_eq!(planned.present_state(), state(NOT_LIVE, "连接数: 200"));
        let live = planned.clone().confirmed(&state("2.0", "连接数=300\n路径：/opt/a:b"), by());
        assert_eq!(live.present_state(), state("2.0", "连接数: 300\n路径: /opt/a:b"));
        assert_eq!((live.state, live.confirmed.clone()), (ItemLifecycle::Live, Some(by())));
        assert_eq!(live.clone().confirmed(&live.present_state(), by()), live, "confirming what it says changes nothing");
        assert_eq!(live.clone().confirmed(&state("2.1", ""), by()).attributes, live.attributes, "what is not said stays");
    }

    #[test]
    fn an_item_that_never_came_into_use_stays_planned_after_a_rollback() {
        let planned = item();
        let back = planned.clone().confirmed(&planned.present_state(), by());
        assert_eq!((back.item_version, back.state), (None, ItemLifecycle::Planned));
    }

    #[test]
    fn lines_without_a_name_become_one_note() {
        let said = attributes_of("端口: 8080\n只读副本\n\n已加固\n: 空");
        let said: Vec<_> = said.iter().map(|a| (a.name.as_str(), a.value.as_str())).collect();
        assert_eq!(said, [("端口", "8080"), ("说明", "只读副本；已加固；: 空")]);
        assert!(attributes_of(" \n").is_empty());
    }
}
