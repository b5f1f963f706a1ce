use super::send::reports_of;
use crate::{
    AppError, Rx,
    paging::{Page, PageRequest},
};
use fabu_domain::{
    ids::{DeliveryId, ReleaseId, RobotId, UserId},
    notifications::{
        delivery::{Channel, DeliveryState},
        notice::{Notice, NoticeKind},
    },
    people::directory::Directory,
    subject::operation::Operation,
    subjects::quarterly_report::QuarterlyReport,
};
use fabu_store::{Delivery, DeliveryAttempt, DeliveryFilter, Reader};
use std::sync::Arc;

/// Which deliveries are wanted.
#[derive(Debug, Clone, Default)]
pub struct DeliveryQuery {
    /// Where it stands.
    pub state: Option<DeliveryState>,
    /// The way it goes.
    pub channel: Option<Channel>,
    /// The person.
    pub recipient_id: Option<UserId>,
    /// The robot.
    pub robot_id: Option<RobotId>,
    /// The release it is about.
    pub release_id: Option<ReleaseId>,
    /// What kind of message.
    pub kind: Option<NoticeKind>,
    /// Which part of the list.
    pub page: PageRequest,
}

/// A delivery with its tries.
#[derive(Debug, Clone)]
pub struct ViewedDelivery {
    /// The delivery.
    pub delivery: Delivery,
    /// Its tries, the first first.
    pub attempts: Vec<DeliveryAttempt>,
    /// What it says.
    pub notice: Notice,
    /// The name of the person; empty for a group.
    pub name: String,
    /// The reports whose workbooks go with it, as they were signed.
    pub reports: Vec<QuarterlyReport>,
    /// People, whose names are in the workbooks.
    pub directory: Arc<Directory>,
}

/// Deliveries, the newest first.
///
/// # Errors
/// Not permitted, an invalid cursor or limit.
pub fn list_deliveries(rx: &mut Rx<'_, '_>, query: &DeliveryQuery) -> Result<Page<Delivery>, AppError> {
    rx.permit(Operation::ListDeliveries)?;
    let filter = DeliveryFilter {
        state: query.state,
        channel: query.channel,
        recipient_id: query.recipient_id.map(|id| id.0),
        robot_id: query.robot_id,
        release_id: query.release_id,
        kind: query.kind.map(|kind| kind.as_str().to_owned()),
    };
    let (after, size) = (query.page.stored_cursor()?, query.page.size()?);
    Ok(rx.tx.list_deliveries(&filter, after.as_ref(), size)?.into())
}

/// One delivery, with its tries and what it says.
///
/// # Errors
/// Not permitted, not found.
pub fn view_delivery(rx: &mut Rx<'_, '_>, id: DeliveryId) -> Result<ViewedDelivery, AppError> {
    rx.permit(Operation::ViewDelivery)?;
    viewed(rx.tx, id)
}

/// One message that went or goes by mail.
///
/// # Errors
/// Not permitted, not found, a message to a group.
pub fn view_delivery_mail(rx: &mut Rx<'_, '_>, id: DeliveryId) -> Result<ViewedDelivery, AppError> {
    rx.permit(Operation::ViewDeliveryMail)?;
    let viewed = viewed(rx.tx, id)?;
    if viewed.delivery.channel == Channel::Mail { Ok(viewed) } else { Err(AppError::NotFound { what: "mail" }) }
}

pub(super) fn viewed(tx: &mut Reader<'_>, id: DeliveryId) -> Result<ViewedDelivery, AppError> {
    let delivery = tx.delivery(id)?.ok_or(AppError::NotFound { what: "delivery" })?;
    let attempts = tx.delivery_attempts(id)?;
    let notice: Notice = serde_json::from_value(delivery.notice.clone())
        .map_err(|error| AppError::Internal(format!("the notice of delivery {id} cannot be read: {error}")))?;
    let directory = tx.directory()?;
    let person = delivery.recipient_id.and_then(|id| directory.users.get(&UserId(id)));
    let name = person.map_or_else(String::new, |user| user.name.to_string());
    let reports = reports_of(tx, &notice)?;
    Ok(ViewedDelivery { delivery, attempts, notice, name, reports, directory })
}
