//! Every register there is.

use super::{
    Declared, Register, configuration_item, customer, department, deputy, freeze_window, media_item, report_schedule, robot,
    service_object,
};

/// Every register.
pub const REGISTERS: &[Declared] = &[
    department::Department::DECLARED,
    customer::Customer::DECLARED,
    service_object::ServiceObject::DECLARED,
    deputy::Deputy::DECLARED,
    configuration_item::ConfigurationItem::DECLARED,
    media_item::MediaItem::DECLARED,
    freeze_window::FreezeWindow::DECLARED,
    robot::ChatRobot::DECLARED,
    report_schedule::ReportSchedule::DECLARED,
];
