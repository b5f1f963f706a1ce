//! What a release is about: its title, units, steps and window.

use crate::media::hash_of;
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::subjects::{
    registers::configuration_item::ItemKind,
    release::{command::NewUnit, records::UnitKind},
};
use serde_json::{Value, json};

/// A unit with the version that it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeUnit {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// New version.
    pub version: String,
    /// Version in production now.
    pub previous_version: String,
    /// Where it comes from.
    pub source: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// A step of the deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeStep {
    /// What is done.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// How one sees that it worked.
    pub check: String,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemePhase {
    /// Short name.
    pub key: String,
    /// Name.
    pub name: String,
    /// Whom it covers.
    pub scope: String,
}

/// What a release is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Title of the release.
    pub title: String,
    /// The system concerned.
    pub system: String,
    /// What goes into production.
    pub units: Vec<ThemeUnit>,
    /// When the window opens.
    pub start: DateTime<Utc>,
    /// When it is over.
    pub end: DateTime<Utc>,
    /// The steps, one after another.
    pub steps: Vec<ThemeStep>,
    /// The phases, for a phased release: two or more; the steps are shared out in order.
    pub phases: Vec<ThemePhase>,
    /// True: one risk stays high in spite of its control.
    pub high_risk: bool,
    /// Why the window may overlap that of another release of the same object; empty when none does.
    pub conflict_reason: String,
    /// What tells its configuration items from those of the same units elsewhere: a branch, an environment; empty when there are none.
    pub series: String,
}

type Row = (&'static str, &'static str, [(&'static str, UnitKind, &'static str, &'static str); 2]);

#[rustfmt::skip]
const ROWS: [Row; 6] = [
    ("票务系统季度补丁", "公交票务系统", [("ticket-server", UnitKind::Application, "3.8.2", "3.8.1"), ("ticket-proc.sql", UnitKind::DataObject, "3.8.2", "3.8.0")]),
    ("柜面系统接口改造", "网点柜面系统", [("counter-gateway", UnitKind::Interface, "2.4.0", "2.3.5"), ("counter-config", UnitKind::Configuration, "2.4.0", "2.3.5")]),
    ("内部工单系统升级", "内部工单系统", [("desk-web", UnitKind::Application, "5.1.0", "5.0.3"), ("desk-flow", UnitKind::Workflow, "5.1.0", "5.0.0")]),
    ("调度平台算法更新", "公交调度指挥平台", [("dispatch-engine", UnitKind::Application, "1.12.0", "1.11.4"), ("dispatch-params", UnitKind::Configuration, "1.12.0", "1.11.0")]),
    ("网点路由器固件升级", "网点骨干网络", [("router-firmware", UnitKind::Hardware, "17.9.4", "17.6.3"), ("router-acl", UnitKind::Configuration, "2026.1", "2025.4")]),
    ("票务系统安全加固", "公交票务系统", [("ticket-portal", UnitKind::Application, "3.8.3", "3.8.2"), ("ticket-waf-rules", UnitKind::Configuration, "12", "11")]),
];

impl Theme {
    /// The `n`-th of some typical releases, in one go, in a window of four hours from `start`. After six the systems come
    /// round again with their next versions.
    #[must_use]
    pub fn nth(n: usize, start: DateTime<Utc>) -> Self {
        let (title, system, units) = ROWS[n % ROWS.len()];
        let round = u32::try_from(n / ROWS.len()).unwrap_or(0);
        let units = units.map(|(name, kind, version, previous)| {
            let before = round.checked_sub(1).map_or_else(|| previous.to_owned(), |before| later(version, before));
            ThemeUnit::new(name, kind, later(version, round), before)
        });
        let title = if round == 0 { title.to_owned() } else { format!("{title} {}", units[0].version) };
        let step = |title: String, minutes, check: &str| ThemeStep { title, minutes, check: check.to_owned() };
        Self {
            title,
            system: system.to_owned(),
            start,
            end: start + TimeDelta::hours(4),
            steps: vec![
                step(format!("停止{system}对外服务"), 10, "监控显示服务已停止"),
                step(format!("安装{} {}", units[0].name, units[0].version), 30, "版本号与计划一致"),
                step(format!("安装{} {}", units[1].name, units[1].version), 20, "版本号与计划一致"),
                step(format!("启动{system}并验证主要业务"), 20, "主要业务办理成功，日志无报错"),
            ],
            units: units.to_vec(),
            phases: Vec::new(),
            high_risk: false,
            conflict_reason: String::new(),
            series: String::new(),
        }
    }

    /// The same in two phases: a pilot, then everybody.
    #[must_use]
    pub fn in_phases(mut self) -> Self {
        let phase = |key: &str, name: &str, scope: &str| ThemePhase {
            key: key.to_owned(),
            name: name.to_owned(),
            scope: scope.to_owned(),
        };
        self.phases = vec![phase("pilot", "试点", "两个试点单位"), phase("rest", "全面推广", "其余全部单位")];
        self
    }

    /// The same with a risk that stays high.
    #[must_use]
    pub fn with_high_risk(mut self) -> Self {
        self.high_risk = true;
        self
    }

    /// The number of the configuration item that a unit brings up to date.
    #[must_use]
    pub fn item_number(&self, unit: &ThemeUnit) -> String {
        let series = if self.series.is_empty() { String::new() } else { format!("-{}", self.series) };
        format!("CI-{}{series}", unit.name)
    }

    /// The configuration items of the units as they are before the release, as they are registered.
    #[must_use]
    pub fn items(&self) -> Vec<Value> {
        let item = |unit: &ThemeUnit| {
            json!({
                "number": self.item_number(unit), "name": unit.name, "kind": item_kind(unit.kind), "environment": "production",
                "item_version": unit.previous_version, "state": "live",
                "attributes": [{ "name": "部署位置", "value": format!("{}生产环境", self.system) }],
            })
        };
        self.units.iter().map(item).collect()
    }

    /// The units to register.
    #[must_use]
    pub fn new_units(&self) -> Vec<NewUnit> {
        self.units.iter().map(ThemeUnit::to_register).collect()
    }

    /// The key of the phase of the `n`-th step; empty for a release in one go.
    #[must_use]
    pub fn phase_of_step(&self, n: usize) -> String {
        let place = n * self.phases.len() / self.steps.len().max(1);
        self.phases.get(place).map(|phase| phase.key.clone()).unwrap_or_default()
    }

    /// The start of the `n`-th step.
    #[must_use]
    pub fn start_of_step(&self, n: usize) -> DateTime<Utc> {
        self.start + TimeDelta::minutes(self.steps.iter().take(n).map(|s| i64::from(s.minutes)).sum())
    }
}

fn item_kind(kind: UnitKind) -> ItemKind {
    match kind {
        UnitKind::Hardware => ItemKind::Hardware,
        UnitKind::Interface => ItemKind::Interface,
        UnitKind::DataObject => ItemKind::Database,
        _ => ItemKind::Software,
    }
}

/// The version so many releases later: its last number counts.
fn later(version: &str, releases: u32) -> String {
    let (head, last) = version.rsplit_once('.').map_or(("", version), |(head, last)| (head, last));
    let last = last.parse().unwrap_or(0u32).saturating_add(releases);
    if head.is_empty() { last.to_string() } else { format!("{head}.{last}") }
}

impl ThemeUnit {
    fn new(name: &str, kind: UnitKind, version: String, previous_version: String) -> Self {
        let sha256 = hash_of(name, &version);
        Self { name: name.to_owned(), kind, version, previous_version, source: "产品库".to_owned(), sha256 }
    }

    /// The unit as it is registered.
    #[must_use]
    pub fn to_register(&self) -> NewUnit {
        NewUnit {
            name: self.name.clone(),
            version: self.version.clone(),
            kind: self.kind,
            sha256: self.sha256.clone(),
            source: self.source.clone(),
            previous_version: Some(self.previous_version.clone()),
            media_item_id: None,
            first_version_reason: None,
        }
    }
}

/// The key of the `n`-th step.
#[must_use]
pub fn step_key(n: usize) -> String {
    format!("s{}", n + 1)
}
