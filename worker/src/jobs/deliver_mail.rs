use super::{Context, JobError, payload};
use fabu_app::{
    deliveries::{Letter, Sent},
    jobs::Job,
};
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
    let Some(letter) = context.app.letter(delivery_id).await? else { return Ok(()) };
    let sent = send(context, &letter).await;
    let words = match &sent {
        Sent::Accepted(words) | Sent::Later(words) | Sent::Refused(words) | Sent::Unbuildable(words) => words.clone(),
    };
    let accepted = matches!(sent, Sent::Accepted(_));
    let next = match record(context, delivery_id, sent).await {
        Ok(next) => next,
        Err(error) => {
            tracing::error!(%error, delivery.id = %delivery_id, accepted, "the end of a delivery is not written down");
            return Err(error.into());
        }
    };
    match next {
        Some(at) => Err(JobError::Again { error: words, wait: Some(at - context.app.clock.now()) }),
        None => {
            if !accepted {
                tracing::warn!(delivery.id = %delivery_id, attempt = letter.attempt, words, "a message is not delivered");
            }
            Ok(())
        }
    }
}

/// How often writing the answer down is tried at once: a mail that went out and is not written down goes out again.
const RECORD_TRIES: u32 = 4;

async fn record(
    context: &Context,
    id: DeliveryId,
    sent: Sent,
) -> Result<Option<chrono::DateTime<chrono::Utc>>, fabu_app::AppError> {
    let mut tries = 1;
    loop {
        match context.app.record_delivery(id, sent.clone()).await {
            Err(error) if tries < RECORD_TRIES => {
                tracing::warn!(%error, delivery.id = %id, "the answer of the server is not yet written down");
                tokio::time::sleep(std::time::Duration::from_millis(250) * tries).await;
                tries += 1;
            }
            result => return result,
        }
    }
}

async fn send(context: &Context, letter: &Letter) -> Sent {
    let to = Recipient { name: letter.name.clone(), address: letter.address.clone(), language: letter.language };
    if letter.notice.chart.is_some() || !letter.notice.attachments.is_empty() {
        return Sent::Unbuildable("nobody makes the picture or the files that go with this message".to_owned());
    }
    let draft = mail::Letter {
        delivery: letter.id.0,
        attempt: u32::try_from(letter.attempt).unwrap_or(1),
        to: &to,
        notice: &letter.notice,
        picture: None,
        attachments: &[],
        now: context.app.clock.now(),
    };
    let mail = match mail::build(&context.house(), &draft) {
        Ok(mail) => mail,
        Err(error) => return Sent::Unbuildable(error.to_string()),
    };
    match context.mailer.send(&mail).await {
        Ok(words) => Sent::Accepted(words),
        Err(error) => match error.class {
            FailureClass::Temporary => Sent::Later(error.words),
            FailureClass::Recipient | FailureClass::Permanent => Sent::Refused(error.words),
        },
    }
}
