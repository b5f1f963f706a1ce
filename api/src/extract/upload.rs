//! A call that brings a file, as a form with the field `file`; for an addendum also `reason`, before or after it.

use super::{app, caller, headers, limits, live, path, query};
use crate::{
    answer::{Answer, Reply},
    extract::NoQuery,
    limits::Guard,
    problem::ApiError,
};
use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::CONTENT_TYPE};
use fabu_app::{
    App, AppError, Caller, Cx, Failure, Fault, FieldError, Rx,
    once::{Answered, Once},
    secrets::digest,
    subjects::{
        media::{self, Sbom},
        releases::{self, Incoming, NewAttachment, StoredFile},
    },
};
use fabu_domain::{
    ids::UserId,
    subject::operation::Operation,
    subjects::registers::media_item::MediaItemId,
    text::{Line, Note},
};
use futures::{StreamExt, future::LocalBoxFuture};
use serde::de::DeserializeOwned;

/// A file may be ten times as large as a JSON body, and take this many times as long.
const PATIENCE: u32 = 4;

/// What a file is attached to.
pub trait Receives: 'static {
    /// What the path says of it.
    type Place: DeserializeOwned + Clone + Send + 'static;
    /// What is read in the file before it is attached.
    type Content: Send + 'static;
    /// What the caller needs before anything is looked at, where no stage of a release decides.
    const OPERATION: Option<Operation>;

    /// Lets a file arrive.
    ///
    /// # Errors
    /// Not found, not permitted.
    fn admit(rx: &mut Rx<'_, '_>, place: &Self::Place) -> Result<(), AppError>;

    /// Reads the file once it is stored.
    fn read(app: &App, file: &StoredFile) -> impl Future<Output = Result<Self::Content, Failure>>;
}

/// A release, by its number.
pub struct OfRelease;

impl Receives for OfRelease {
    type Place = String;
    type Content = ();
    const OPERATION: Option<Operation> = None;

    fn admit(rx: &mut Rx<'_, '_>, number: &String) -> Result<(), AppError> {
        releases::admit_attachment(rx, number)
    }

    async fn read(_: &App, _: &StoredFile) -> Result<(), Failure> {
        Ok(())
    }
}

/// A medium of the definitive media library; the file is a bill of materials.
pub struct OfMedium;

impl Receives for OfMedium {
    type Place = MediaItemId;
    type Content = Sbom;
    const OPERATION: Option<Operation> = Some(Operation::AddMediaFile);

    fn admit(rx: &mut Rx<'_, '_>, id: &MediaItemId) -> Result<(), AppError> {
        media::admit_media_file(rx, *id)
    }

    async fn read(app: &App, file: &StoredFile) -> Result<Sbom, Failure> {
        app.read_sbom(file).await
    }
}

/// A call that attaches a file to what the path names.
pub struct Upload<T: Receives = OfRelease> {
    app: App,
    caller: Caller,
    place: T::Place,
    file: NewAttachment,
    reason: Option<Note>,
    once: Once,
    _under_way: Guard<UserId>,
}

impl<T: Receives> Upload<T> {
    /// Stores the file, which is on disk already, then runs a use case in one transaction; a repeated Idempotency-Key gives the first answer
    /// again. The file is removed unless the use case took it.
    ///
    /// # Errors
    /// Those of the use case; 422 for a file that is refused.
    pub async fn answer<F>(self, f: F) -> Answer
    where
        F: Fn(&mut Cx<'_, '_>, &T::Place, &StoredFile, &T::Content) -> Result<Reply, AppError> + Send + 'static,
    {
        if self.reason.is_some() {
            return Err(AppError::from(FieldError::new("/reason", Fault::FieldUnknown)).into());
        }
        self.store(move |cx, place, file, content, _| f(cx, place, file, content)).await
    }

    /// The same for a file that says why it comes later.
    ///
    /// # Errors
    /// Those of the use case; 422 for a file that is refused, or without a reason.
    pub async fn answer_reasoned<F>(self, f: F) -> Answer
    where
        F: Fn(&mut Cx<'_, '_>, &T::Place, &StoredFile, &Note) -> Result<Reply, AppError> + Send + 'static,
    {
        self.store(move |cx, place, file, _, reason| {
            let reason = reason.ok_or_else(|| FieldError::new("/reason", Fault::FieldMissing))?;
            f(cx, place, file, reason)
        })
        .await
    }

    async fn store<F>(self, f: F) -> Answer
    where
        F: Fn(&mut Cx<'_, '_>, &T::Place, &StoredFile, &T::Content, Option<&Note>) -> Result<Reply, AppError> + Send + 'static,
    {
        let Self { app, caller, place, file, reason, once, _under_way } = self;
        let stored = app.store_file(file).await?;
        let answered = match T::read(&app, &stored).await {
            Ok(content) => {
                let taken = stored.clone();
                app.write_once(&caller, once, move |cx| f(cx, &place, &taken, &content, reason.as_ref())).await
            }
            Err(failure) => Err(failure),
        };
        match answered {
            Ok(Answered::Now(reply)) => Ok(reply),
            Ok(Answered::Before(kept)) => {
                app.discard_file(&stored).await;
                Ok(Reply::replayed(kept))
            }
            Err(failure) => {
                app.discard_file(&stored).await;
                Err(failure.into())
            }
        }
    }
}

impl<T: Receives> FromRequest for Upload<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let (app, caller, place) = (app(&request)?, caller(&request)?, path::<T::Place>(&request)?);
            let _: NoQuery = query::query(request.query_string())?;
            if let Some(operation) = T::OPERATION {
                app.read(&caller, move |rx| rx.permit(operation)).await?;
            }
            let key = headers::idempotency_key(&request)?;
            let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
            if !kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data") {
                return Err(Fault::FormType.into());
            }
            let under_way = limits(&request)?.upload(caller.user_id)?;
            live(&app, &caller).await?;
            let form = Multipart::new(request.headers(), payload);
            let reading = read::<T>(form, &app, &caller, &place);
            let file = tokio::time::timeout(app.settings.body_deadline * PATIENCE, reading);
            let (file, reason) = file.await.map_err(|_| Fault::RequestTimeout)??;
            let route = format!("{} {}", request.method(), request.path());
            let said = reason.as_ref().map_or("", Note::as_str);
            let body_sha256 = digest(format!("{said}\n{}\n{}", file.file_name, file.sha256).as_bytes());
            Ok(Self { app, caller, place, file, reason, once: Once { key, route, body_sha256 }, _under_way: under_way })
        })
    }
}

async fn read<T: Receives>(
    mut form: Multipart,
    app: &App,
    caller: &Caller,
    place: &T::Place,
) -> Result<(NewAttachment, Option<Note>), ApiError> {
    let (mut file, mut reason) = (None, None);
    while let Some(field) = form.next().await {
        let field = field.map_err(|error| unreadable(&error))?;
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "file" if file.is_none() => {
                let place = place.clone();
                let incoming = app.begin_file(caller, file_name(&field)?, move |rx| T::admit(rx, &place)).await?;
                file = Some(read_file(field, incoming).await?);
            }
            "reason" if reason.is_none() => reason = Some(read_reason(field).await?),
            _ => {
                let fault = if matches!(name.as_str(), "file" | "reason") { Fault::FieldDuplicate } else { Fault::FieldUnknown };
                let name = name.replace('~', "~0").replace('/', "~1");
                return Err(AppError::from(FieldError::new(format!("/{name}"), fault)).into());
            }
        }
    }
    let file = file.ok_or_else(|| AppError::from(FieldError::new("/file", Fault::FieldMissing)))?;
    Ok((file, reason))
}

/// The longest reason in bytes; its text is measured by its own rule.
const MAX_REASON: usize = 64 * 1024;

async fn read_reason(mut field: Field) -> Result<Note, ApiError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        if bytes.len() + chunk.len() > MAX_REASON {
            return Err(AppError::fault(Fault::BodyTooLarge, "limit", MAX_REASON).into());
        }
        bytes.extend_from_slice(&chunk);
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(Note::parse(&text).map_err(|error| AppError::from(FieldError::text("/reason", &error)))?)
}

async fn read_file(mut field: Field, mut incoming: Incoming) -> Result<NewAttachment, ApiError> {
    while let Some(chunk) = field.next().await {
        incoming.push(&chunk.map_err(|error| unreadable(&error))?).await?;
    }
    Ok(incoming.finish().await?)
}

/// The last part of the name that the form gives; folders of the sender are nobody's business.
fn file_name(field: &Field) -> Result<Line, ApiError> {
    let disposition = field.content_disposition();
    let extended = disposition.and_then(|d| d.get_filename_ext()).and_then(|name| String::from_utf8(name.value.clone()).ok());
    let plain = || disposition.and_then(|d| d.get_filename()).map(str::to_owned);
    let name = extended.or_else(plain).unwrap_or_default();
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    Ok(Line::parse(last).map_err(|error| AppError::from(FieldError::text("/file", &error)))?)
}

fn unreadable(error: &MultipartError) -> ApiError {
    match error {
        MultipartError::Payload(_) | MultipartError::Incomplete => Fault::BodyIncomplete.into(),
        error => AppError::fault(Fault::BodyMalformed, "reason", error).into(),
    }
}
