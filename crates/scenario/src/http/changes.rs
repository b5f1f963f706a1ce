//! Changes: their intake and the evidence of their approval (§9.1).

use super::{HttpError, Instance, Method, Timeline, Transport};
use chrono::{DateTime, Utc};
use fabu_domain::{
    ids::{ChangeId, ServiceObjectId, UserId},
    subjects::change::ChangeKind,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// A change to hand over.
#[derive(Debug, Clone)]
pub struct NewChange {
    /// Number in change management.
    pub number: String,
    /// Title.
    pub title: String,
    /// Urgency class.
    pub kind: ChangeKind,
    /// What it touches.
    pub objects: Vec<ServiceObjectId>,
    /// Who asked for it.
    pub requested_by: String,
    /// When; now when not said.
    pub requested_at: Option<DateTime<Utc>>,
    /// When it was approved; now when not said.
    pub approved_at: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
struct Registered {
    id: ChangeId,
}

impl<T: Transport, L: Timeline> Instance<T, L> {
    /// Registers a configuration item, unless it was registered before.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn register_item(&self, keeper: UserId, item: Value) -> Result<(), HttpError> {
        let mut known = self.items.lock().await;
        if known.insert(item["number"].to_string()) {
            self.ask(keeper, "create_configuration_item", Method::Post, "/configuration-items", None, Some(item)).await?;
        }
        Ok(())
    }

    /// Registers a change.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn register_change(&self, manager: UserId, change: &NewChange) -> Result<ChangeId, HttpError> {
        self.client.timeline().work();
        let body = json!({
            "number": change.number, "title": change.title, "kind": change.kind, "service_objects": change.objects,
            "description": format!("{}，由变更管理移交。", change.title),
            "requested_by": change.requested_by, "requested_at": change.requested_at.unwrap_or_else(|| self.client.timeline().now()),
        });
        let answer = self.ask(manager, "create_change", Method::Post, "/changes", None, Some(body)).await?;
        Ok(answer.read::<Registered>("/changes")?.id)
    }

    /// Enters the evidence that a change was approved, with impact and resource analysis (9.1b).
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn approve_change(&self, manager: UserId, id: ChangeId, change: &NewChange) -> Result<(), HttpError> {
        self.client.timeline().work();
        let path = format!("/changes/{id}");
        let seen = self.ask(manager, "view_change", Method::Get, &path, None, None).await?;
        let body = json!({
            "approved_by": "变更咨询委员会", "approved_at": change.approved_at.unwrap_or_else(|| self.client.timeline().now()), "reference": "变更评审记录",
            "impact": "发布窗口内系统暂停服务，不影响其它系统。", "resources": "实施两人，测试一人，服务台值守一人。",
        });
        let path = format!("{path}/approval");
        self.ask(manager, "approve_change", Method::Post, &path, seen.etag, Some(body)).await.map(drop)
    }
}
