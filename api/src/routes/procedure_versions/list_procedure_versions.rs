use crate::{
    answer::Answer,
    dto::{
        Page,
        procedure_versions::{ProcedureVersionQuery, ProcedureVersionSummary},
        releases::people::Names,
    },
    extract::{Listed, Read},
};
use actix_web::get;
use fabu_app::subjects::procedure_versions;

/// Versions of the procedure with their change notes and signatures, newest first (F2).
#[utoipa::path(
    tag = "procedure",
    operation_id = "list_procedure_versions",
    params(ProcedureVersionQuery),
    responses((status = 200, description = "A part of the list.", body = Page<ProcedureVersionSummary>))
)]
#[get("/procedure-versions")]
pub async fn list_procedure_versions(call: Read<(), ProcedureVersionQuery>) -> Answer {
    call.list(|rx, (), query| {
        let (found, names) = (procedure_versions::list_procedure_versions(rx, &query.wanted())?, Names::of(rx));
        let items = found.items.iter().map(|(version, state)| ProcedureVersionSummary::new(&names, version, *state)).collect();
        Listed::new(&Page { items, next_cursor: found.next_cursor })
    })
    .await
}
