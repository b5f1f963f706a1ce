//! The check-in of what a release deploys and may go back to (9.2a).

use super::{HttpError, Instance, Method, Timeline, Transport};
use crate::media::NewMedium;
use fabu_domain::{ids::UserId, subjects::release::command::NewUnit};

impl<T: Transport, L: Timeline> Instance<T, L> {
    /// Checks in what the unit needs, unless it was checked in before.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn check_in(&self, keeper: UserId, unit: &NewUnit) -> Result<(), HttpError> {
        let mut library = self.library.lock().await;
        for medium in NewMedium::of(unit) {
            if library.insert((medium.name.clone(), medium.version.clone())) {
                let body = Some(medium.body(keeper));
                self.ask(keeper, "create_media_item", Method::Post, "/media-library", None, body).await?;
            }
        }
        Ok(())
    }
}
