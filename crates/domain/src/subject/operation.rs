//! Who may do what outside a release: one table, operation by operation.
//!
//! What is permitted inside a release follows from the team and the stage, and is declared with the procedure.

use crate::people::role::Role;

/// Whom an operation is open to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// Everybody who has signed in, about their own account.
    SignedIn,
    /// Everybody who has a role; which records, the scope says ([`crate::subjects::visibility`]).
    Everybody,
    /// Holders of one of these roles.
    Roles(&'static [Role]),
    /// The person whose own thing it is, unless the person has no role or only reads, and holders of one of these roles.
    OwnOr(&'static [Role]),
}

/// What an operation holds of people, roles, deputies and registers until it has committed: what it checked stays so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// It only reads.
    Nothing,
    /// It changes other things by what they say.
    Shared,
    /// What it checks is also what it changes.
    Exclusive,
}

/// Declares the table: variant, operation id, grant, hold.
macro_rules! operations {
    ($($variant:ident $name:literal $grant:expr, $hold:expr;)+) => {
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

            /// What it holds of the registers while it writes.
            #[must_use]
            pub const fn hold(self) -> Hold {
                match self { $(Self::$variant => $hold),+ }
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
/// Whoever may be charged with a measure; an auditor reads and carries nothing out.
const MEASURE_OWNERS: Grant = Grant::Roles(&[
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
    Role::SystemAdministrator,
]);
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
/// Who writes the procedure: its owner, and the department that answers for its improvement (7c).
const PROCEDURE_WRITERS: Grant = Grant::Roles(&[Role::ProcessOwner, Role::ImprovementManager]);
/// Who checks media in and out: configuration management, with whoever runs the release (9.2a, 9.2b).
const MEDIA_KEEPERS: Grant = Grant::Roles(&[Role::ConfigurationAdministrator, Role::ReleaseAdministrator]);
/// Who keeps the configuration management database (9.2c).
const CONFIGURATION_KEEPERS: Grant = Grant::Roles(&[Role::ConfigurationAdministrator]);
/// Who keeps freezes: whoever answers for the process or for changes, never whoever runs a release (5.5.4).
const FREEZE_KEEPERS: Grant = Grant::Roles(&[Role::ProcessOwner, Role::ChangeManager, Role::SystemAdministrator]);
const LOG_READERS: Grant = Grant::Roles(&[Role::SystemAdministrator, Role::ProcessOwner, Role::Auditor]);

operations! {
    ViewMe "view_me" Grant::SignedIn, Hold::Nothing;
    UpdateMe "update_me" Grant::SignedIn, Hold::Exclusive;
    ChangePassword "change_password" Grant::SignedIn, Hold::Exclusive;
    Reauthenticate "reauthenticate" Grant::SignedIn, Hold::Shared;
    ListUsers "list_users" Grant::Everybody, Hold::Nothing;
    ViewUser "view_user" Grant::Everybody, Hold::Nothing;
    CreateUser "create_user" ADMINISTRATORS, Hold::Exclusive;
    UpdateUser "update_user" ADMINISTRATORS, Hold::Exclusive;
    SetUserRoles "set_user_roles" ADMINISTRATORS, Hold::Exclusive;
    ResetUserPassword "reset_user_password" ADMINISTRATORS, Hold::Exclusive;
    ListDepartments "list_departments" Grant::Everybody, Hold::Nothing;
    ViewDepartment "view_department" Grant::Everybody, Hold::Nothing;
    CreateDepartment "create_department" ADMINISTRATORS, Hold::Exclusive;
    UpdateDepartment "update_department" ADMINISTRATORS, Hold::Exclusive;
    ListCustomers "list_customers" Grant::Everybody, Hold::Nothing;
    ViewCustomer "view_customer" Grant::Everybody, Hold::Nothing;
    CreateCustomer "create_customer" REGISTRARS, Hold::Exclusive;
    UpdateCustomer "update_customer" REGISTRARS, Hold::Exclusive;
    ListServiceObjects "list_service_objects" Grant::Everybody, Hold::Nothing;
    ViewServiceObject "view_service_object" Grant::Everybody, Hold::Nothing;
    CreateServiceObject "create_service_object" REGISTRARS, Hold::Exclusive;
    UpdateServiceObject "update_service_object" REGISTRARS, Hold::Exclusive;
    ListDeputies "list_deputies" Grant::Everybody, Hold::Nothing;
    CreateDeputy "create_deputy" Grant::OwnOr(&[Role::SystemAdministrator]), Hold::Exclusive;
    DeleteDeputy "delete_deputy" Grant::OwnOr(&[Role::SystemAdministrator]), Hold::Exclusive;
    ViewDeputy "view_deputy" Grant::Everybody, Hold::Nothing;
    ListConfigurationItems "list_configuration_items" Grant::Everybody, Hold::Nothing;
    ViewConfigurationItem "view_configuration_item" Grant::Everybody, Hold::Nothing;
    ListNeighbours "list_neighbours" Grant::Everybody, Hold::Nothing;
    ListItemReleases "list_item_releases" Grant::Everybody, Hold::Nothing;
    ListConfirmedItems "list_confirmed_items" REPORT_READERS, Hold::Nothing;
    DownloadConfigurationItems "download_configuration_items" REPORT_READERS, Hold::Nothing;
    ImportConfigurationItems "import_configuration_items" CONFIGURATION_KEEPERS, Hold::Exclusive;
    SyncConfigurationItems "sync_configuration_items" CONFIGURATION_KEEPERS, Hold::Exclusive;
    CreateConfigurationItem "create_configuration_item" CONFIGURATION_KEEPERS, Hold::Exclusive;
    UpdateConfigurationItem "update_configuration_item" CONFIGURATION_KEEPERS, Hold::Exclusive;
    ListMediaItems "list_media_items" REPORT_READERS, Hold::Nothing;
    ViewMediaItem "view_media_item" REPORT_READERS, Hold::Nothing;
    CreateMediaItem "create_media_item" MEDIA_KEEPERS, Hold::Exclusive;
    UpdateMediaItem "update_media_item" MEDIA_KEEPERS, Hold::Exclusive;
    AddMediaFile "add_media_file" MEDIA_KEEPERS, Hold::Shared;
    ListMediaFiles "list_media_files" REPORT_READERS, Hold::Nothing;
    DownloadMediaFile "download_media_file" REPORT_READERS, Hold::Nothing;
    ListFreezeWindows "list_freeze_windows" REPORT_READERS, Hold::Nothing;
    ViewFreezeWindow "view_freeze_window" REPORT_READERS, Hold::Nothing;
    CreateFreezeWindow "create_freeze_window" FREEZE_KEEPERS, Hold::Exclusive;
    UpdateFreezeWindow "update_freeze_window" FREEZE_KEEPERS, Hold::Exclusive;
    ViewFreezeProposals "view_freeze_proposals" REPORT_READERS, Hold::Nothing;
    ViewCalendar "view_calendar" Grant::Everybody, Hold::Nothing;
    ViewCalendarYear "view_calendar_year" Grant::Everybody, Hold::Nothing;
    ViewCalendarBands "view_calendar_bands" REPORT_READERS, Hold::Nothing;
    ReplaceCalendarYear "replace_calendar_year" REGISTRARS, Hold::Exclusive;
    ImportCalendarYear "import_calendar_year" REGISTRARS, Hold::Exclusive;
    ListChanges "list_changes" Grant::Everybody, Hold::Nothing;
    ViewChange "view_change" Grant::Everybody, Hold::Nothing;
    CreateChange "create_change" CHANGE_INTAKE, Hold::Shared;
    UpdateChange "update_change" CHANGE_INTAKE, Hold::Shared;
    ApproveChange "approve_change" CHANGE_MANAGERS, Hold::Shared;
    PreviewChangeWithdrawal "preview_change_withdrawal" CHANGE_INTAKE, Hold::Nothing;
    ViewChangeProgress "view_change_progress" Grant::Everybody, Hold::Nothing;
    ViewChangeQuarter "view_change_quarter" REPORT_READERS, Hold::Nothing;
    WithdrawChange "withdraw_change" CHANGE_MANAGERS, Hold::Shared;
    ReadReleases "read_releases" Grant::Everybody, Hold::Nothing;
    ViewConflicts "view_conflicts" REPORT_READERS, Hold::Nothing;
    ViewFreeWindows "view_free_windows" REPORT_READERS, Hold::Nothing;
    ActOnRelease "act_on_release" Grant::Everybody, Hold::Shared;
    ViewKpi "view_kpi" Grant::Everybody, Hold::Nothing;
    ListKpiQuarters "list_kpi_quarters" Grant::Everybody, Hold::Nothing;
    ListQuarterlyReports "list_quarterly_reports" REPORT_READERS, Hold::Nothing;
    ViewQuarterlyReport "view_quarterly_report" REPORT_READERS, Hold::Nothing;
    ViewQuarterlyReportRevision "view_quarterly_report_revision" REPORT_READERS, Hold::Nothing;
    ViewQuarterlyChart "view_quarterly_chart" REPORT_READERS, Hold::Nothing;
    DownloadQuarterlyWorkbook "download_quarterly_workbook" REPORT_READERS, Hold::Nothing;
    ListReportedReleases "list_reported_releases" REPORT_READERS, Hold::Nothing;
    CreateQuarterlyReport "create_quarterly_report" REPORT_WRITERS, Hold::Shared;
    AssessQuarterlyReport "assess_quarterly_report" REPORT_WRITERS, Hold::Shared;
    SubmitQuarterlyReport "submit_quarterly_report" REPORT_WRITERS, Hold::Shared;
    RestateQuarterlyReport "restate_quarterly_report" REPORT_WRITERS, Hold::Shared;
    ApproveQuarterlyReport "approve_quarterly_report" REPORT_APPROVERS, Hold::Shared;
    ReturnQuarterlyReport "return_quarterly_report" REPORT_APPROVERS, Hold::Shared;
    CompleteMeasure "complete_measure" MEASURE_OWNERS, Hold::Shared;
    ListProcedureVersions "list_procedure_versions" REPORT_READERS, Hold::Nothing;
    ViewProcedureVersion "view_procedure_version" REPORT_READERS, Hold::Nothing;
    ViewProcedureComparison "view_procedure_comparison" REPORT_READERS, Hold::Nothing;
    CreateProcedureVersion "create_procedure_version" PROCEDURE_WRITERS, Hold::Shared;
    SaveProcedureDraft "save_procedure_draft" PROCEDURE_WRITERS, Hold::Shared;
    SubmitProcedureVersion "submit_procedure_version" PROCEDURE_WRITERS, Hold::Shared;
    WithdrawProcedureVersion "withdraw_procedure_version" PROCEDURE_WRITERS, Hold::Shared;
    ListReportSchedules "list_report_schedules" REPORT_READERS, Hold::Nothing;
    ViewReportSchedule "view_report_schedule" REPORT_READERS, Hold::Nothing;
    PreviewReportSchedule "preview_report_schedule" REPORT_READERS, Hold::Nothing;
    ListReportSendings "list_report_sendings" REPORT_READERS, Hold::Nothing;
    CreateReportSchedule "create_report_schedule" REGISTRARS, Hold::Exclusive;
    UpdateReportSchedule "update_report_schedule" REGISTRARS, Hold::Exclusive;
    DeleteReportSchedule "delete_report_schedule" REGISTRARS, Hold::Exclusive;
    SendReportSchedule "send_report_schedule" REGISTRARS, Hold::Shared;
    ListEvents "list_events" LOG_READERS, Hold::Nothing;
    ListEventKinds "list_event_kinds" Grant::Everybody, Hold::Nothing;
    StreamEvents "stream_events" Grant::Everybody, Hold::Nothing;
    VerifyEvents "verify_events" LOG_READERS, Hold::Nothing;
    ListDeliveries "list_deliveries" ADMINISTRATORS, Hold::Nothing;
    ViewDelivery "view_delivery" ADMINISTRATORS, Hold::Nothing;
    ViewDeliveryMail "view_delivery_mail" ADMINISTRATORS, Hold::Nothing;
    ResendDelivery "resend_delivery" ADMINISTRATORS, Hold::Shared;
    SendTestMail "send_test_mail" ADMINISTRATORS, Hold::Shared;
    ListRobots "list_robots" ADMINISTRATORS, Hold::Nothing;
    ViewRobot "view_robot" ADMINISTRATORS, Hold::Nothing;
    CreateRobot "create_robot" ADMINISTRATORS, Hold::Exclusive;
    UpdateRobot "update_robot" ADMINISTRATORS, Hold::Exclusive;
    DeleteRobot "delete_robot" ADMINISTRATORS, Hold::Exclusive;
    SendTestMessage "send_test_message" ADMINISTRATORS, Hold::Shared;
    ViewNotifications "view_notifications" Grant::SignedIn, Hold::Nothing;
    UpdateNotifications "update_notifications" Grant::SignedIn, Hold::Shared;
    ViewStorage "view_storage" ADMINISTRATORS, Hold::Nothing;
    ListJobs "list_jobs" ADMINISTRATORS, Hold::Nothing;
    ViewJob "view_job" ADMINISTRATORS, Hold::Nothing;
    RequeueJob "requeue_job" ADMINISTRATORS, Hold::Shared;
}

/// How far an operation reaches for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It is refused.
    Nothing,
    /// What belongs to the person.
    Own,
    /// Whatever the person may know of.
    All,
}

impl Operation {
    /// How far it reaches for a holder of this role; for a person without any when none is given.
    #[must_use]
    pub fn reach(self, role: Option<Role>) -> Reach {
        match (self.grant(), role) {
            (Grant::SignedIn, _) | (Grant::Everybody, Some(_)) => Reach::All,
            (Grant::Roles(roles) | Grant::OwnOr(roles), Some(role)) if roles.contains(&role) => Reach::All,
            (Grant::OwnOr(_), Some(role)) if role != Role::Auditor => Reach::Own,
            _ => Reach::Nothing,
        }
    }

    /// True for what a person may do before the one-time password is changed.
    #[must_use]
    pub const fn allowed_with_one_time_password(self) -> bool {
        matches!(self, Self::ViewMe | Self::ChangePassword)
    }
}
