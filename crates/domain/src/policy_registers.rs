//! Who may do what outside a release: one table, operation by operation.
//!
//! What is permitted inside a release follows from the team and the stage, and is declared with the procedure.

use crate::{
    directory::Directory,
    ids::UserId,
    refusal::{Code, Party, Refusal, Unmet},
    role::Role,
};

/// Whom an operation is open to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// Everybody who has signed in.
    Everybody,
    /// Holders of one of these roles.
    Roles(&'static [Role]),
    /// The person whose own thing it is, and holders of one of these roles.
    OwnOr(&'static [Role]),
}

/// Declares the table: variant, operation id, grant.
macro_rules! operations {
    ($($variant:ident $name:literal $grant:expr;)+) => {
        /// An operation outside a release; the name is the operation id of the API.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Operation { $(#[doc = $name] $variant),+ }

        impl Operation {
            /// Every operation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The operation id of the API.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Whom it is open to.
            #[must_use]
            pub const fn grant(self) -> Grant {
                match self { $(Self::$variant => $grant),+ }
            }
        }
    };
}

const ADMINISTRATORS: Grant = Grant::Roles(&[Role::SystemAdministrator]);
const REGISTRARS: Grant = Grant::Roles(&[Role::SystemAdministrator, Role::ProcessOwner]);
const CHANGE_INTAKE: Grant = Grant::Roles(&[Role::ChangeManager, Role::ReleaseAdministrator]);
const CHANGE_MANAGERS: Grant = Grant::Roles(&[Role::ChangeManager]);
const REPORT_WRITERS: Grant = Grant::Roles(&[Role::ReleaseOwner, Role::ProcessOwner]);
const REPORT_APPROVERS: Grant = Grant::Roles(&[Role::GeneralManager]);
/// Everybody who works in the company; a customer sees the releases made for them.
const REPORT_READERS: Grant = Grant::Roles(&[
    Role::ReleaseOwner,
    Role::ReleaseAdministrator,
    Role::ReleaseTester,
    Role::Implementer,
    Role::ConfigurationAdministrator,
    Role::ChangeManager,
    Role::DepartmentHead,
    Role::SupportStaff,
    Role::ImprovementManager,
    Role::Operations,
    Role::GeneralManager,
    Role::ProcessOwner,
    Role::Auditor,
    Role::SystemAdministrator,
]);
const LOG_READERS: Grant = Grant::Roles(&[Role::SystemAdministrator, Role::ProcessOwner, Role::Auditor]);

operations! {
    ViewMe "view_me" Grant::Everybody;
    UpdateMe "update_me" Grant::Everybody;
    ChangePassword "change_password" Grant::Everybody;
    Reauthenticate "reauthenticate" Grant::Everybody;
    ListUsers "list_users" Grant::Everybody;
    ViewUser "view_user" Grant::Everybody;
    CreateUser "create_user" ADMINISTRATORS;
    UpdateUser "update_user" ADMINISTRATORS;
    SetUserRoles "set_user_roles" ADMINISTRATORS;
    ResetUserPassword "reset_user_password" ADMINISTRATORS;
    ListDepartments "list_departments" Grant::Everybody;
    ViewDepartment "view_department" Grant::Everybody;
    CreateDepartment "create_department" ADMINISTRATORS;
    UpdateDepartment "update_department" ADMINISTRATORS;
    ListCustomers "list_customers" Grant::Everybody;
    ViewCustomer "view_customer" Grant::Everybody;
    CreateCustomer "create_customer" REGISTRARS;
    UpdateCustomer "update_customer" REGISTRARS;
    ListServiceObjects "list_service_objects" Grant::Everybody;
    ViewServiceObject "view_service_object" Grant::Everybody;
    CreateServiceObject "create_service_object" REGISTRARS;
    UpdateServiceObject "update_service_object" REGISTRARS;
    ListDeputies "list_deputies" Grant::Everybody;
    CreateDeputy "create_deputy" Grant::OwnOr(&[Role::SystemAdministrator]);
    DeleteDeputy "delete_deputy" Grant::OwnOr(&[Role::SystemAdministrator]);
    ViewDeputy "view_deputy" Grant::Everybody;
    ViewCalendar "view_calendar" Grant::Everybody;
    ViewCalendarYear "view_calendar_year" Grant::Everybody;
    ReplaceCalendarYear "replace_calendar_year" REGISTRARS;
    ImportCalendarYear "import_calendar_year" REGISTRARS;
    ListChanges "list_changes" Grant::Everybody;
    ViewChange "view_change" Grant::Everybody;
    CreateChange "create_change" CHANGE_INTAKE;
    UpdateChange "update_change" CHANGE_INTAKE;
    ApproveChange "approve_change" CHANGE_MANAGERS;
    WithdrawChange "withdraw_change" CHANGE_MANAGERS;
    ReadReleases "read_releases" Grant::Everybody;
    ActOnRelease "act_on_release" Grant::Everybody;
    ViewKpi "view_kpi" Grant::Everybody;
    ListQuarterlyReports "list_quarterly_reports" REPORT_READERS;
    ViewQuarterlyReport "view_quarterly_report" REPORT_READERS;
    ViewQuarterlyReportRevision "view_quarterly_report_revision" REPORT_READERS;
    ListReportedReleases "list_reported_releases" REPORT_READERS;
    CreateQuarterlyReport "create_quarterly_report" REPORT_WRITERS;
    AssessQuarterlyReport "assess_quarterly_report" REPORT_WRITERS;
    SubmitQuarterlyReport "submit_quarterly_report" REPORT_WRITERS;
    RestateQuarterlyReport "restate_quarterly_report" REPORT_WRITERS;
    ApproveQuarterlyReport "approve_quarterly_report" REPORT_APPROVERS;
    ReturnQuarterlyReport "return_quarterly_report" REPORT_APPROVERS;
    CompleteMeasure "complete_measure" REPORT_READERS;
    ListReportSchedules "list_report_schedules" REPORT_READERS;
    ViewReportSchedule "view_report_schedule" REPORT_READERS;
    PreviewReportSchedule "preview_report_schedule" REPORT_READERS;
    ListReportSendings "list_report_sendings" REPORT_READERS;
    CreateReportSchedule "create_report_schedule" REGISTRARS;
    UpdateReportSchedule "update_report_schedule" REGISTRARS;
    DeleteReportSchedule "delete_report_schedule" REGISTRARS;
    SendReportSchedule "send_report_schedule" REGISTRARS;
    ListEvents "list_events" LOG_READERS;
    ListEventKinds "list_event_kinds" Grant::Everybody;
    StreamEvents "stream_events" Grant::Everybody;
    VerifyEvents "verify_events" LOG_READERS;
    ListDeliveries "list_deliveries" ADMINISTRATORS;
    ViewDelivery "view_delivery" ADMINISTRATORS;
    ViewDeliveryMail "view_delivery_mail" ADMINISTRATORS;
    ResendDelivery "resend_delivery" ADMINISTRATORS;
    SendTestMail "send_test_mail" ADMINISTRATORS;
    ListRobots "list_robots" ADMINISTRATORS;
    ViewRobot "view_robot" ADMINISTRATORS;
    CreateRobot "create_robot" ADMINISTRATORS;
    UpdateRobot "update_robot" ADMINISTRATORS;
    DeleteRobot "delete_robot" ADMINISTRATORS;
    SendTestMessage "send_test_message" ADMINISTRATORS;
    ViewNotifications "view_notifications" Grant::Everybody;
    UpdateNotifications "update_notifications" Grant::Everybody;
    ListJobs "list_jobs" ADMINISTRATORS;
    ViewJob "view_job" ADMINISTRATORS;
    RequeueJob "requeue_job" ADMINISTRATORS;
}

impl Operation {
    /// True for what a person may do before the one-time password is changed.
    #[must_use]
    pub const fn allowed_with_one_time_password(self) -> bool {
        matches!(self, Self::ViewMe | Self::ChangePassword)
    }
}

/// Checks the table. `owner` is the person to whom the thing belongs, for operations with [`Grant::OwnOr`].
///
/// # Errors
/// A refusal that names everybody who may.
pub fn permit(directory: &Directory, actor: UserId, operation: Operation, owner: Option<UserId>) -> Result<(), Refusal> {
    let holds = |roles: &[Role]| roles.iter().any(|role| directory.holds(actor, *role));
    let (allowed, roles) = match operation.grant() {
        Grant::Everybody => (directory.active_user(actor).is_some(), &[][..]),
        Grant::Roles(roles) => (holds(roles), roles),
        Grant::OwnOr(roles) => (owner == Some(actor) && directory.active_user(actor).is_some() || holds(roles), roles),
    };
    if allowed {
        return Ok(());
    }
    let people = owner.into_iter().filter(|_| matches!(operation.grant(), Grant::OwnOr(_))).map(Party::User);
    Err(Refusal::one(Unmet::new(Code::NotPermitted).by(people.chain(roles.iter().copied().map(Party::Role)))))
}
