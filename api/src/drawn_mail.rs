//! Messages drawn as their readers get them.

use crate::dto::deliveries::DeliveryMailView;
use chrono::{DateTime, Utc};
use fabu_app::{AppError, Settings, deliveries::ViewedDelivery};
use fabu_documents::enclosures;
use fabu_outbound::{
    SenderIdentity,
    mail::{MailContent, Recipient, build},
    render,
};

/// The mail as it was sent, or as it would be sent now.
///
/// # Errors
/// [`AppError::Internal`] when it cannot be drawn.
pub(crate) fn drawn(settings: &Settings, viewed: &ViewedDelivery, now: DateTime<Utc>) -> Result<DeliveryMailView, AppError> {
    let from = settings.mail_from.clone();
    let sender = SenderIdentity {
        base_url: settings.base_url.to_string(),
        sender_name: from.name,
        sender_address: from.address,
        company: from.company,
    };
    let delivery = &viewed.delivery;
    let now = delivery.sent_at.unwrap_or(now);
    let failed = |error: String| AppError::Internal(format!("delivery {} cannot be drawn: {error}", delivery.id));
    let to = Recipient { name: viewed.name.clone(), address: delivery.address.clone(), language: delivery.language };
    let made = enclosures(&viewed.notice, &viewed.reports, &viewed.directory, delivery.language);
    let made = made.map_err(|error| failed(error.to_string()))?;
    let rendered = render(&made.notice, delivery.language, &sender, now).map_err(|e| failed(e.to_string()))?;
    let letter = MailContent {
        delivery: delivery.id.0,
        attempt: u32::try_from(delivery.attempts.max(1)).unwrap_or(1),
        to: &to,
        notice: &made.notice,
        picture: made.picture.as_deref(),
        files: &made.files,
        now,
    };
    // Without an address there is no mail, but the message can still be read.
    let eml = build(&sender, &letter).map(|mail| String::from_utf8_lossy(&mail.bytes()).into_owned()).unwrap_or_default();
    let rendered = match &made.picture {
        Some(png) => rendered.with_picture(png),
        None => rendered,
    };
    Ok(DeliveryMailView { subject: rendered.subject, html: rendered.html, text: rendered.text, eml })
}
