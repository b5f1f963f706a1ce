use crate::{
    answer::{Answer, Reply},
    dto::{auth::PreferencesRequest, users::UserView},
    extract::{IfMatch, Update},
};
use actix_web::patch;
use fabu_app::me::{self, Preferences};

/// Change one's own preferences.
#[utoipa::path(
    tag = "me",
    operation_id = "update_me",
    params(IfMatch),
    request_body = PreferencesRequest,
    responses((status = 200, description = "The caller.", body = UserView, headers(("ETag" = String))))
)]
#[patch("/me")]
pub async fn update_me(call: Update<(), PreferencesRequest>) -> Answer {
    call.answer(|cx, (), version, body| {
        let preferences = Preferences { language: body.language, phone: body.phone.clone() };
        let user = UserView::from(me::update_me(cx, version, &preferences)?);
        Ok(Reply::ok(&user)?.version(user.version))
    })
    .await
}
