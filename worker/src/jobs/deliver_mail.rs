use super::{Context, JobError, delivery::conclude, payload};
use fabu_app::{
    deliveries::{OutgoingMail, Sent},
    jobs::Job,
};
use fabu_documents::enclosures;
use fabu_domain::ids::DeliveryId;
use fabu_outbound::mail::{self, FailureClass, Recipient};
use serde::Deserialize;

#[derive(Deserialize)]
struct Ask {
    delivery_id: DeliveryId,
}

/// Sends one message. The row of the delivery decides whether it is still to be sent, and is written right after the
/// server's answer: a repeat after that finds it sent. A repeat before that has the same Message-ID.
pub(super) async fn run(context: &Context, job: &Job) -> Result<(), JobError> {
    let Ask { delivery_id } = payload(job)?;
    let Some(letter) = context.app.outgoing_mail(delivery_id).await? else { return Ok(()) };
    let sent = send(context, &letter).await;
    conclude(context, delivery_id, letter.attempt, sent).await
}

async fn send(context: &Context, letter: &OutgoingMail) -> Sent {
    let to = Recipient { name: letter.name.clone(), address: letter.address.clone(), language: letter.language };
    let enclosures = match enclosures(&letter.notice, &letter.reports, &letter.directory, letter.language) {
        Ok(enclosures) => enclosures,
        Err(error) => return Sent::Unbuildable(error.to_string()),
    };
    let draft = mail::MailContent {
        delivery: letter.id.0,
        attempt: u32::try_from(letter.attempt).unwrap_or(1),
        to: &to,
        notice: &enclosures.notice,
        picture: enclosures.picture.as_deref(),
        files: &enclosures.files,
        now: context.app.clock.now(),
    };
    let mail = match mail::build(&context.sender(), &draft) {
        Ok(mail) => mail,
        Err(error) => return Sent::Unbuildable(error.to_string()),
    };
    match context.mailer.send(&mail).await {
        Ok(words) => Sent::Accepted(words),
        Err(error) => match error.class {
            FailureClass::Unreachable => Sent::Unreached(error.words),
            FailureClass::Temporary => Sent::Later(error.words),
            FailureClass::Recipient | FailureClass::Permanent => Sent::Refused(error.words),
        },
    }
}
