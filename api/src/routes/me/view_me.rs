use crate::{
    answer::{Answer, Reply},
    dto::users::MeView,
    extract::Read,
};
use actix_web::get;
use fabu_app::me;

/// The caller, with the roles that count now and what they permit.
#[utoipa::path(
    tag = "me",
    operation_id = "view_me",
    responses((status = 200, description = "The caller.", body = MeView, headers(("ETag" = String))))
)]
#[get("/me")]
pub async fn view_me(call: Read) -> Answer {
    call.answer(|rx, (), _| {
        let view = MeView::new(me::view_me(rx)?, &me::permissions(rx));
        Ok(Reply::ok(&view)?.version(view.user.version).live())
    })
    .await
}
