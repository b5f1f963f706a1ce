//! What an operation holds of the directory while it writes: people, roles, deputies, customers and service objects
//! that were checked stay as they were until the commit.
//!
//! The table is exhaustive, so an operation cannot be added without its row, and [`crate::Cx::permit`], which every
//! use case calls first, takes the lock: no use case can forget it. The order of all locks is in `docs/ARCHITECTURE.md`.

use fabu_domain::policy_registers::Operation;
use fabu_store::DirectoryLock;

/// How an operation holds the directory; none for one that only reads.
#[must_use]
pub(crate) const fn lock_of(operation: Operation) -> Option<DirectoryLock> {
    use Operation as O;
    match operation {
        // Registers: what is checked is also what is changed.
        O::UpdateMe
        | O::ChangePassword
        | O::CreateUser
        | O::UpdateUser
        | O::SetUserRoles
        | O::ResetUserPassword
        | O::CreateDepartment
        | O::UpdateDepartment
        | O::CreateCustomer
        | O::UpdateCustomer
        | O::CreateServiceObject
        | O::UpdateServiceObject
        | O::CreateDeputy
        | O::DeleteDeputy
        | O::ReplaceCalendarYear
        | O::ImportCalendarYear
        | O::CreateReportSchedule
        | O::UpdateReportSchedule
        | O::DeleteReportSchedule
        | O::CreateRobot
        | O::UpdateRobot
        | O::DeleteRobot => Some(DirectoryLock::Exclusive),
        // They change other things by what the directory says.
        O::Reauthenticate
        | O::CreateChange
        | O::UpdateChange
        | O::ApproveChange
        | O::WithdrawChange
        | O::ActOnRelease
        | O::CreateQuarterlyReport
        | O::AssessQuarterlyReport
        | O::SubmitQuarterlyReport
        | O::RestateQuarterlyReport
        | O::ApproveQuarterlyReport
        | O::ReturnQuarterlyReport
        | O::CompleteMeasure
        | O::SendReportSchedule
        | O::ResendDelivery
        | O::SendTestMail
        | O::SendTestMessage
        | O::UpdateNotifications
        | O::RequeueJob => Some(DirectoryLock::Shared),
        O::ViewMe
        | O::ListUsers
        | O::ViewUser
        | O::ListDepartments
        | O::ViewDepartment
        | O::ListCustomers
        | O::ViewCustomer
        | O::ListServiceObjects
        | O::ViewServiceObject
        | O::ListDeputies
        | O::ViewDeputy
        | O::ViewCalendar
        | O::ViewCalendarYear
        | O::ListChanges
        | O::ViewChange
        | O::ReadReleases
        | O::ViewKpi
        | O::ListKpiQuarters
        | O::ViewQuarterlyChart
        | O::DownloadQuarterlyWorkbook
        | O::ViewStorage
        | O::ListQuarterlyReports
        | O::ViewQuarterlyReport
        | O::ViewQuarterlyReportRevision
        | O::ListReportedReleases
        | O::ListReportSchedules
        | O::ViewReportSchedule
        | O::PreviewReportSchedule
        | O::ListReportSendings
        | O::ListEvents
        | O::ListEventKinds
        | O::StreamEvents
        | O::VerifyEvents
        | O::ListDeliveries
        | O::ViewDelivery
        | O::ViewDeliveryMail
        | O::ListRobots
        | O::ViewRobot
        | O::ViewNotifications
        | O::ListJobs
        | O::ViewJob => None,
    }
}
