//! What a row of a ledger means for a release: its theme, its people, its change.

use super::LedgerRow;
use crate::{
    Cast, Journey, Theme,
    cast::CASTS,
    http::{HttpError, Instance, NewChange, Opening, Timeline, Transport},
    theme::{ThemeStep, ThemeUnit},
};
use chrono::{DateTime, TimeDelta, Utc};
use fabu_domain::subjects::{
    change::ChangeKind,
    release::{
        records::UnitKind,
        stage::{ReleaseKind, ReleaseMedium, ReleaseScope, Verdict},
    },
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Who may accept for the customers made from teams.
const REPRESENTATIVES: [&str; 3] = ["duan.chunmei", "bai.xuefeng", "pu.yunhua"];
/// Who heads the departments made from teams: nobody of a cast, so that everybody may review.
const HEADS: [&str; 4] = ["yang.fan", "xu.hai", "tang.qi", "jiang.bo"];

/// What the rows speak of, registered on the server: teams are customers and departments, deliverables objects under service.
#[derive(Debug, Default)]
pub(super) struct Subjects {
    /// The place of a team among the teams, in the order in which they appear.
    teams: BTreeMap<String, usize>,
    /// The team of a deliverable: the first that released it.
    owners: BTreeMap<String, String>,
}

impl Subjects {
    /// Registers every team and every deliverable of the rows.
    pub async fn register<T: Transport, L: Timeline>(
        instance: &mut Instance<T, L>,
        rows: &[LedgerRow],
    ) -> Result<Self, HttpError> {
        let mut subjects = Self::default();
        for row in rows {
            if !subjects.teams.contains_key(&row.team) {
                let n = subjects.teams.len();
                subjects.teams.insert(row.team.clone(), n);
                instance.add_customer_named(&row.team, REPRESENTATIVES[n % REPRESENTATIVES.len()]).await?;
                instance.add_department(&row.team, HEADS[n % HEADS.len()]).await?;
            }
            if !subjects.owners.contains_key(&row.deliverable) {
                subjects.owners.insert(row.deliverable.clone(), row.team.clone());
                instance.add_object(&row.deliverable, &row.deliverable, &row.team, &[&row.team]).await?;
            }
        }
        Ok(subjects)
    }

    /// The journey and the beginning of the release of a row, with a window that opens at `start`.
    pub fn of<T: Transport, L: Timeline>(
        &self,
        instance: &Instance<T, L>,
        n: usize,
        row: &LedgerRow,
        start: DateTime<Utc>,
    ) -> (Journey, Opening) {
        let cast = self.cast(instance, n, row);
        let kind = if row.version.ends_with(".0.0") { ReleaseKind::Major } else { ReleaseKind::Minor };
        let change = NewChange {
            number: format!("{}/{}@{}", row.change_ref, row.deliverable, row.version),
            title: row.change_title.clone(),
            kind: ChangeKind::Normal,
            objects: cast.service_objects.iter().map(|(id, _)| *id).collect(),
            requested_by: row.requester.clone(),
            requested_at: Some(row.requested_at),
            approved_at: Some(row.approved_at.max(row.requested_at)),
        };
        let opening = Opening { kind, scope: ReleaseScope::Full, medium: ReleaseMedium::Software, change };
        let journey = Journey::new(cast, theme(row, start));
        let journey = if row.withdrawn() { journey.ending(Verdict::RolledBack) } else { journey };
        (journey, opening)
    }

    fn cast<T: Transport, L: Timeline>(&self, instance: &Instance<T, L>, n: usize, row: &LedgerRow) -> Cast {
        let mut cast = instance.cast(&CASTS[n % CASTS.len()]);
        let team = self.owners.get(&row.deliverable).unwrap_or(&row.team);
        let place = self.teams.get(team).copied().unwrap_or(0);
        if let Some(id) = instance.people.id(REPRESENTATIVES[place % REPRESENTATIVES.len()]) {
            cast.representative = id;
        }
        if let Some(id) = instance.customers.get(team) {
            cast.customer_id = *id;
        }
        let object = instance.objects.get(&row.deliverable).map(|id| (*id, row.deliverable.clone()));
        cast.service_objects = object.into_iter().collect();
        cast
    }
}

fn theme(row: &LedgerRow, start: DateTime<Utc>) -> Theme {
    let LedgerRow { deliverable, version, series, .. } = row;
    let units: Vec<ThemeUnit> = row.artifacts.split_whitespace().map(|artifact| unit(row, artifact)).collect();
    let step = |title: String, minutes, check: &str| ThemeStep { title, minutes, check: check.to_owned() };
    Theme {
        title: format!("{deliverable} {version}（{series}）"),
        system: deliverable.clone(),
        start,
        end: start + TimeDelta::hours(4),
        steps: vec![
            step(format!("停止{deliverable}对外服务"), 10, "监控显示服务已停止"),
            step(format!("安装{deliverable} {version}的{}个发布单元", units.len()), 60, "版本号与计划一致"),
            step(format!("启动{deliverable}并验证主要业务"), 20, "主要业务办理成功，日志无报错"),
        ],
        units,
        phases: Vec::new(),
        high_risk: false,
        series: series.clone(),
        conflict_reason: "同一批次的多个版本由同一班人员在各自环境部署，互不影响".to_owned(),
    }
}

fn unit(row: &LedgerRow, artifact: &str) -> ThemeUnit {
    let (name, _) = artifact.split_once('@').unwrap_or((artifact, ""));
    let hash = Sha256::digest(artifact.as_bytes());
    ThemeUnit {
        name: name.to_owned(),
        kind: if row.kind.ends_with("library") { UnitKind::Interface } else { UnitKind::Application },
        version: row.version.clone(),
        previous_version: "上一版本".to_owned(),
        source: artifact.to_owned(),
        sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}
