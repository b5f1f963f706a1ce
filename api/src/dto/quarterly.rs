//! Reports of quarters (3.5, 6, 7a, 10).

mod figures;
mod report;
mod requests;

pub use figures::FiguresView;
pub use report::{QuarterlyReportSummary, QuarterlyReportView, RecordActionView};
pub use requests::{
    AssessmentRequest, CompleteMeasureRequest, CreateQuarterlyReportRequest, ReasonRequest, ReportListQuery,
    ReportedReleaseQuery, RevisionQuery,
};
