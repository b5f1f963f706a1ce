//! What an item of the media library must be (9.2a).

use super::Checked;
use crate::{AppError, Cx, FieldError};
use fabu_domain::subjects::{
    registers::media_item::{MediaItem, MediaItemStated},
    release::records::is_sha256,
};

impl Checked for MediaItem {
    fn check(cx: &mut Cx<'_, '_>, stated: &MediaItemStated, _: Option<&Self>) -> Result<Vec<FieldError>, AppError> {
        let mut errors = Vec::new();
        if !cx.directory.acts_for_company(stated.custodian) {
            errors.push(FieldError::invalid("/custodian", "须为公司的在职人员", "an active person of the company"));
        }
        if !is_sha256(&stated.sha256) {
            errors.push(FieldError::invalid("/sha256", "须为 64 位小写十六进制数字", "64 lower-case hexadecimal digits"));
        }
        Ok(errors)
    }
}
