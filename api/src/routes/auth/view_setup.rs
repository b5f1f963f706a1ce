use crate::{
    answer::{Answer, Reply},
    dto::auth::SetupView,
    extract::Open,
};
use actix_web::get;
use fabu_app::{auth::is_set_up, example::is_example};

/// Whether set-up is still needed, and whether the instance holds example data.
#[utoipa::path(
    tag = "auth",
    operation_id = "view_setup",
    security(()),
    responses((status = 200, description = "What a person who has not signed in may know of the instance.", body = SetupView))
)]
#[get("/setup")]
pub async fn view_setup(call: Open) -> Answer {
    let state = call.app.read(&call.caller, |rx| Ok((!is_set_up(rx)?, is_example(rx)?)));
    let (needed, example) = state.await?;
    Ok(Reply::ok(&SetupView { needed, example })?)
}
