use crate::{extract::Read, problem::ApiError};
use actix_web::{
    HttpResponse,
    body::SizedStream,
    get,
    http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY},
    web::{Bytes, BytesMut},
};
use fabu_app::subjects::releases;
use fabu_domain::ids::AttachmentId;
use futures::Stream;
use std::io;
use tokio::{fs::File, io::AsyncReadExt};

/// The bytes of a file, always to be saved and never to be shown.
#[utoipa::path(
    tag = "attachments",
    operation_id = "download_attachment",
    params(("number" = String, Path, description = "The release's number.", example = "REL-2026-0007"), ("id" = AttachmentId, Path)),
    responses((
        status = 200, description = "The bytes.", body = Vec<u8>, content_type = "application/octet-stream",
        headers(("Content-Disposition" = String))
    ))
)]
#[get("/releases/{number}/attachments/{id}")]
pub async fn download_attachment(call: Read<(String, AttachmentId)>) -> Result<HttpResponse, ApiError> {
    let (number, id) = call.path;
    let attachment = call.app.read(&call.caller, move |rx| releases::view_attachment(rx, &number, id)).await?;
    let file = call.app.open_file(&attachment.storage_key, &attachment.sha256).await?;
    Ok(saved(&attachment.file_name, attachment.size, file))
}

/// A file to be saved under this name, never to be shown.
pub(in crate::routes) fn saved(name: &str, size: i64, file: File) -> HttpResponse {
    let size = u64::try_from(size).unwrap_or(0);
    HttpResponse::Ok()
        .content_type("application/octet-stream")
        .insert_header((CONTENT_DISPOSITION, disposition(name)))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .body(SizedStream::new(size, pieces(file)))
}

/// A file piece by piece: however large it is and however slowly it is taken, it costs one piece of memory.
fn pieces(file: File) -> impl Stream<Item = Result<Bytes, io::Error>> {
    futures::stream::try_unfold(file, |mut file| async move {
        let mut piece = BytesMut::with_capacity(64 * 1024);
        let read = file.read_buf(&mut piece).await?;
        Ok((read > 0).then(|| (piece.freeze(), file)))
    })
}

/// `Content-Disposition` with the name for every client (RFC 6266): ASCII for old ones, percent-coded UTF-8 for the others.
pub(in crate::routes) fn disposition(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' };
    let coded = |b: u8| match b {
        b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    let (ascii, utf8): (String, String) = (name.chars().map(plain).collect(), name.bytes().map(coded).collect());
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{utf8}")
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        let text = disposition("测试\"; x=\r\n.pdf");
        let expected = r#"attachment; filename="____ x___.pdf"; filename*=UTF-8''%E6%B5%8B%E8%AF%95%22%3B%20x%3D%0D%0A.pdf"#;
        assert_eq!(text, expected);
    }
}
