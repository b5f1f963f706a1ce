//! From entries of the log to messages.

use super::{Message, tell};
use crate::{App, AppError};
use fabu_domain::{ids::EventId, step_mail::told};

impl App {
    /// Puts in the messages that these entries ask for; their number. Running it again changes nothing: each message has
    /// its key.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn dispatch_events(&self, events: Vec<EventId>) -> Result<usize, AppError> {
        let app = self.clone();
        self.store
            .write(move |tx| {
                let (now, directory) = (app.clock.now(), tx.directory()?);
                let mut messages = 0;
                for entry in tx.log_entries(&events)? {
                    let Some(release) = entry.release_id else { continue };
                    let Some(dossier) = tx.dossier(release)? else { continue };
                    for told in told(&entry, &dossier, &directory, now) {
                        let part = told.instead_of.map_or_else(String::new, |named| format!("/for/{named}"));
                        let message = Message {
                            reader: told.reader,
                            notice: told.notice,
                            cause: format!("event/{}{part}", entry.id),
                            event_id: Some(entry.id),
                        };
                        messages += usize::from(tell(tx, app.ids.as_ref(), &directory, now, message)?);
                    }
                }
                Ok(messages)
            })
            .await
    }
}
