//! The description of the API (OpenAPI 3.1), generated from the handlers.
//!
//! Handlers state what is particular to them. What follows from a rule is added here for all of them: the problems that an
//! operation can answer with, Idempotency-Key on POST, If-None-Match on things with an ETag, and who may do what.

use crate::extract::{IdempotencyKey, IfNoneMatch};
use actix_web::App;
use fabu_domain::{
    blocks::document::{DocumentKind, shape::describe},
    subject::operation::{Grant, Operation as Permitted},
    subjects::{
        event_kinds,
        quarterly_report::report::{ASSESSMENT, Assessment},
        registers::all::REGISTERS,
        release::procedure,
    },
};
use std::collections::BTreeSet;
use utoipa::{
    IntoParams, Modify, OpenApi,
    openapi::{
        self, Content, ContentBuilder, HttpMethod, PathItem, Ref, RefOr,
        extensions::ExtensionsBuilder,
        path::{Operation, Parameter, ParameterIn},
        response::{Response, ResponseBuilder},
        schema::Schema,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_actix_web::AppExt;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fabu (发布)",
        description = "The release management procedure over REST: from the approved change to the archived record.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    security(("bearer" = [])),
    components(schemas(crate::problem::Problem)),
    modifiers(&Bearer)
)]
struct Base;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, api: &mut openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        api.components.get_or_insert_default().add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// The description as it is served and committed: pretty JSON with a final line break.
#[must_use]
pub fn openapi() -> String {
    text(&document())
}

/// A description as text.
pub(crate) fn text(document: &openapi::OpenApi) -> String {
    document.to_pretty_json().unwrap_or_default() + "\n"
}

/// The description.
#[must_use]
pub fn document() -> openapi::OpenApi {
    let (_, mut api) = App::new().into_utoipa_app().openapi(Base::openapi()).configure(crate::routes::describe).split_for_parts();
    complete(&mut api);
    api
}

/// Every operation: method, path, description.
pub(crate) fn operations(api: &openapi::OpenApi) -> impl Iterator<Item = (&'static str, &str, &Operation)> {
    api.paths.paths.iter().flat_map(|(path, item)| {
        let all =
            [("GET", &item.get), ("PUT", &item.put), ("POST", &item.post), ("DELETE", &item.delete), ("PATCH", &item.patch)];
        all.into_iter()
            .filter_map(move |(method, operation)| operation.as_ref().map(|operation| (method, path.as_str(), operation)))
    })
}

/// `x-roles`: the roles that an operation outside releases is open to, as the policy says; none where it depends on the record.
fn add_roles(operation: &mut Operation) {
    let id = operation.operation_id.as_deref();
    let row = Permitted::ALL.iter().find(|row| Some(row.as_str()) == id);
    if let Some(Grant::Roles(roles)) = row.map(|row| row.grant()) {
        let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        operation.extensions.get_or_insert_default().merge(ExtensionsBuilder::new().add("x-roles", roles).build());
    }
}

/// `x-documents`: the shape of every document, with the name of its schema: what the pages' editor and reader are made of.
fn documents() -> serde_json::Value {
    let every = DocumentKind::ALL.iter().map(|kind| (kind.as_str(), describe(kind.sections(), kind.fields())));
    // The older name of `quarterly_report`. The pages read the new one; outside clients may read this one, and what the
    // description once held stays in it.
    every.chain([("assessment", describe(ASSESSMENT, Assessment::FIELDS))]).collect()
}

/// `x-registers`: the declaration of every register, by the word for a record: what the pages' lists and dialogs are made of.
fn registers() -> serde_json::Value {
    REGISTERS.iter().map(|register| (register.kind, register.describe())).collect()
}

fn complete(api: &mut openapi::OpenApi) {
    let mut used = BTreeSet::new();
    for (path, item) in &mut api.paths.paths {
        for (method, operation) in methods(item) {
            add_headers(&method, path, operation);
            add_roles(operation);
            for status in problems(&method, path, operation) {
                used.insert(status);
                let code = status.to_string();
                let known = operation.responses.responses.contains_key(&code);
                if !known {
                    operation.responses.responses.insert(code, RefOr::Ref(Ref::from_response_name(name(status))));
                }
            }
        }
    }
    let components = api.components.get_or_insert_default();
    components.extensions.get_or_insert_default().merge(ExtensionsBuilder::new().add("x-documents", documents()).build());
    // The kinds of entries stand with the schema that lists them.
    if let Some(RefOr::T(Schema::Object(kinds))) = components.schemas.get_mut("EventKindsView") {
        kinds
            .extensions
            .get_or_insert_default()
            .merge(ExtensionsBuilder::new().add("x-event-kinds", event_kinds::describe()).build());
    }
    for status in used {
        components.responses.insert(name(status), RefOr::T(problem(status)));
    }
    // Extensions have no order: of two in one place it would change from run to run. So what the tables of the procedure say is
    // with what the API is about.
    api.info.extensions.get_or_insert_default().merge(ExtensionsBuilder::new().add("x-procedure", procedure::describe()).build());
    api.extensions.get_or_insert_default().merge(ExtensionsBuilder::new().add("x-registers", registers()).build());
}

fn methods(item: &mut PathItem) -> impl Iterator<Item = (HttpMethod, &mut Operation)> {
    let all = [
        (HttpMethod::Get, &mut item.get),
        (HttpMethod::Put, &mut item.put),
        (HttpMethod::Post, &mut item.post),
        (HttpMethod::Delete, &mut item.delete),
        (HttpMethod::Patch, &mut item.patch),
    ];
    all.into_iter().filter_map(|(method, operation)| operation.as_mut().map(|operation| (method, operation)))
}

fn add_headers(method: &HttpMethod, path: &str, operation: &mut Operation) {
    let has_etag = operation.responses.responses.values().any(|response| match response {
        RefOr::T(response) => response.headers.contains_key("ETag"),
        RefOr::Ref(_) => false,
    });
    let mut add = |params: Vec<Parameter>| {
        operation.parameters.get_or_insert_default().extend(params.into_iter().map(RefOr::T));
    };
    if *method == HttpMethod::Post && !is_session(path) && !is_import(path) {
        add(IdempotencyKey::into_params(|| Some(ParameterIn::Header)));
    }
    if *method == HttpMethod::Get && has_etag && !is_live(path) {
        add(IfNoneMatch::into_params(|| Some(ParameterIn::Header)));
        operation.responses.responses.insert("304".to_owned(), RefOr::T(Response::new("The caller has the current version.")));
    }
}

/// Views that depend on the reader and the time as well, so that their ETag is for If-Match alone.
fn is_live(path: &str) -> bool {
    ["/api/v1/releases/", "/api/v1/approvals/", "/api/v1/tasks/", "/api/v1/reports/quarterly/", "/api/v1/procedure-versions/"]
        .iter()
        .any(|family| path.starts_with(family))
}

/// Paths of the login session, which keep no answers: a replayed login would hand out tokens again.
fn is_session(path: &str) -> bool {
    path.starts_with("/api/v1/auth/") || path == "/api/v1/setup"
}

/// Paths that take a whole file over and change nothing more when it is sent again.
fn is_import(path: &str) -> bool {
    path == "/api/v1/configuration-items/import"
}

/// The statuses that an operation can answer a failure with.
fn problems(method: &HttpMethod, path: &str, operation: &Operation) -> Vec<u16> {
    let open = operation.security.is_some();
    let writes = *method != HttpMethod::Get;
    let parameters = || parameters(operation);
    let in_path = parameters().any(|p| matches!(p.parameter_in, ParameterIn::Path));
    let versioned = parameters().any(|p| p.name == "If-Match");
    let body = operation.request_body.is_some();
    let mut statuses = vec![400, 429, 500, 503];
    statuses.extend(
        [(401, !open || is_session(path)), (403, !open || is_session(path)), (404, in_path)].iter().filter(|s| s.1).map(|s| s.0),
    );
    statuses.extend([(409, writes), (412, versioned), (428, versioned), (507, writes)].iter().filter(|s| s.1).map(|s| s.0));
    statuses.extend([(408, writes), (413, writes), (415, body), (422, body || writes)].iter().filter(|s| s.1).map(|s| s.0));
    statuses
}

fn name(status: u16) -> String {
    format!("Problem{status}")
}

fn problem(status: u16) -> Response {
    let text = match status {
        400 => "The request cannot be read: unknown parameter, malformed JSON, bad header.",
        401 => "Nobody has signed in, or the session has ended.",
        403 => "Not the caller's role; `blocked_by` says whose it is.",
        404 => "It does not exist, or the caller may not know that it does.",
        408 => "The body arrived too slowly.",
        409 => "The procedure or an existing record says no; `blocked_by` holds every reason.",
        412 => "Somebody else changed the record; `current_etag` is its version now.",
        413 => "The body is too large.",
        415 => "The body is not application/json, or is compressed.",
        422 => "Fields are not valid (`errors`), or the Idempotency-Key was used for another request.",
        428 => "If-Match is missing.",
        429 => "Too many attempts, or too much under way at once; see Retry-After.",
        500 => "A defect of the program.",
        503 => "Temporarily not available; see Retry-After.",
        _ => "No storage space left.",
    };
    let content: Content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let mut response = ResponseBuilder::new().description(text).content("application/problem+json", content);
    if matches!(status, 429 | 503 | 507) {
        response = response
            .header("Retry-After", openapi::Header::new(openapi::schema::Object::with_type(openapi::schema::Type::Integer)));
    }
    response.build()
}

fn parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    })
}
