//! The check-in of what a release deploys and may go back to (9.2a).

use super::{HttpError, Instance, Method, Timeline, Transport};
use crate::media::NewMedium;
use fabu_domain::{ids::UserId, subjects::release::command::NewUnit};
use serde_json::{Value, json};

impl<T: Transport, L: Timeline> Instance<T, L> {
    /// Checks in what the unit needs, unless it was checked in before.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn check_in(&self, keeper: UserId, unit: &NewUnit) -> Result<(), HttpError> {
        self.check_in_as(keeper, unit, &Value::Null).await
    }

    /// The same, as versions of a configuration item, which the first check-in registers when there is none of this number.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn check_in_of_item(&self, keeper: UserId, unit: &NewUnit, number: &str) -> Result<(), HttpError> {
        let number = json!(number);
        self.check_in_as(keeper, unit, &number).await?;
        self.items.lock().await.insert(number.to_string());
        Ok(())
    }

    async fn check_in_as(&self, keeper: UserId, unit: &NewUnit, item: &Value) -> Result<(), HttpError> {
        let mut library = self.library.lock().await;
        for medium in NewMedium::of(unit) {
            if library.insert((medium.name.clone(), medium.version.clone())) {
                let mut body = medium.body(keeper);
                body["configuration_item"] = item.clone();
                self.ask(keeper, "create_media_item", Method::Post, "/media-library", None, Some(body)).await?;
            }
        }
        Ok(())
    }
}
