use super::{Message, notify::notify_once};
use crate::{AppError, Cx, Fault};
use fabu_domain::{
    notifications::notice::{Fact, Notice, NoticeKind, Topic, Wanted},
    subject::{operation::Operation, refusal::Text},
};
use fabu_store::Delivery;
use serde_json::json;

/// Sends the caller a mail, the way that all mails go.
///
/// # Errors
/// Not permitted, no address.
pub fn send_test_mail(cx: &mut Cx<'_, '_>) -> Result<Delivery, AppError> {
    cx.about("deliveries", None);
    cx.permit(Operation::SendTestMail)?;
    let reader = cx.caller.user_id;
    let name = cx.directory.name(reader);
    if cx.directory.active_user(reader).is_none_or(|user| user.email.is_none()) {
        return Err(Fault::DeliveryNoAddress.into());
    }
    let sentence = Text::new("收到此邮件说明邮件设置正确。", "This mail shows that the settings of mail are right.");
    let topic = Topic::Other { name: Text::new("邮件设置", "settings of mail") };
    let mut notice = Notice::new(NoticeKind::Test, topic, Wanted::Know { what: sentence });
    notice.facts = vec![Fact::same("发起人", "Asked for by", name), Fact::at("时间", "At", cx.now)];
    let cause = format!("test/{}", cx.ids.next());
    let message = Message { reader, notice, cause, event_id: None };
    let told = notify_once(cx.tx, cx.ids, &cx.directory, cx.now, message)?;
    let delivery = told.ok_or_else(|| AppError::Internal("the test mail was not put in".to_owned()))?;
    let entry = cx.entry("delivery.test_sent", format!("deliveries/{}", delivery.id), json!({ "channel": delivery.channel }));
    cx.tx.append(std::slice::from_ref(&entry))?;
    Ok(delivery)
}
