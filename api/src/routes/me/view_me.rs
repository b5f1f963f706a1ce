use crate::{
    answer::{Answer, Reply},
    dto::users::UserView,
    extract::Read,
};
use actix_web::get;
use fabu_app::me;

/// The caller, with the roles that count now.
#[utoipa::path(
    tag = "me",
    operation_id = "view_me",
    responses((status = 200, description = "The caller.", body = UserView, headers(("ETag" = String))))
)]
#[get("/me")]
pub async fn view_me(call: Read) -> Answer {
    call.answer(|rx, (), _| {
        let user = UserView::from(me::view_me(rx)?);
        Ok(Reply::ok(&user)?.version(user.version))
    })
    .await
}
