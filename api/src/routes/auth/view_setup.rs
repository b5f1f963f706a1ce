use crate::{
    answer::{Answer, Reply},
    dto::auth::SetupView,
    extract::Open,
};
use actix_web::get;
use fabu_app::auth::is_set_up;

/// Whether set-up is still needed.
#[utoipa::path(
    tag = "auth",
    operation_id = "view_setup",
    security(()),
    responses((status = 200, description = "Whether set-up is still needed.", body = SetupView))
)]
#[get("/setup")]
pub async fn view_setup(call: Open) -> Answer {
    let done = call.app.read(&call.caller, is_set_up).await?;
    Ok(Reply::ok(&SetupView { needed: !done })?)
}
