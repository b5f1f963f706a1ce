//! The registers: each operation typed and described by itself, all answered in one way.

use crate::{
    answer::{Answer, Reply},
    dto::{Page, releases::people::Names, schedules::ReportScheduleView},
    extract::{Create, IfMatch, Listed, Read, Update},
    mount::Mount,
};
use actix_web::{delete, get, post, put};
use fabu_app::{
    AppError,
    subjects::registers::{self, Checked},
};
use fabu_domain::{
    ids::{CustomerId, DepartmentId, DeputyId, RobotId, ScheduleId, ServiceObjectId},
    subjects::registers::{
        configuration_item::{ConfigurationItem, ConfigurationItemAsked, ConfigurationItemId, ConfigurationItemStated},
        customer::{Customer, CustomerAsked, CustomerStated},
        department::{Department, DepartmentAsked, DepartmentStated},
        deputy::{Deputy, DeputyAsked, DeputyStated},
        freeze_window::{FreezeWindow, FreezeWindowAsked, FreezeWindowId, FreezeWindowStated},
        media_item::{MediaItem, MediaItemAsked, MediaItemId, MediaItemStated},
        report_schedule::{ReportSchedule, ReportScheduleAsked, ReportScheduleStated},
        robot::{ChatRobot, RobotAsked, RobotStated},
        service_object::{ServiceObject, ServiceObjectAsked, ServiceObjectStated},
    },
};
use serde::Serialize;

/// How a record goes over the wire.
trait Shown: Checked {
    /// Its view.
    type View<'a>: Serialize
    where
        Self: 'a;

    /// The record for a reader.
    fn shown<'a>(&'a self, names: &Names<'a>) -> Self::View<'a>;
}

macro_rules! shown_as_they_are {
    ($($register:ty),+ $(,)?) => {$(
        impl Shown for $register {
            type View<'a> = &'a Self;
            fn shown<'a>(&'a self, _: &Names<'a>) -> &'a Self {
                self
            }
        }
    )+};
}
shown_as_they_are!(Department, Customer, ServiceObject, Deputy, ConfigurationItem, FreezeWindow, MediaItem, ChatRobot);

impl Shown for ReportSchedule {
    type View<'a> = ReportScheduleView<'a>;
    fn shown<'a>(&'a self, names: &Names<'a>) -> ReportScheduleView<'a> {
        ReportScheduleView::new(names, self)
    }
}

async fn list<R: Shown>(call: Read<(), R::Asked>) -> Answer {
    call.list(|rx, (), asked| {
        let page = registers::list::<R>(rx, asked)?;
        let names = Names::of(rx);
        let items = page.items.iter().map(|record| record.shown(&names)).collect();
        Listed::new(&Page { items, next_cursor: page.next_cursor })
    })
    .await
}

async fn view<R: Shown>(call: Read<R::Id>) -> Answer {
    call.answer(|rx, id, _| {
        let record = registers::view::<R>(rx, *id)?;
        Ok(Reply::ok(&record.shown(&Names::of(rx)))?.version(record.version()))
    })
    .await
}

async fn create<R: Shown>(call: Create<(), R::Stated>) -> Answer {
    call.answer(|cx, (), stated| {
        let record = registers::create::<R>(cx, stated)?;
        let subject = R::subject(record.id());
        cx.reading(|rx| Ok(Reply::created(subject, &record.shown(&Names::of(rx)))?.version(record.version())))
    })
    .await
}

async fn update<R: Shown>(call: Update<R::Id, R::Stated>) -> Answer {
    call.answer(|cx, id, version, stated| {
        let record = registers::update::<R>(cx, *id, version, stated)?;
        cx.reading(|rx| Ok(Reply::ok(&record.shown(&Names::of(rx)))?.version(record.version())))
    })
    .await
}

async fn remove<R: Shown>(call: Update<R::Id>) -> Answer {
    call.answer(|cx, id, version, _| -> Result<Reply, AppError> {
        registers::delete::<R>(cx, *id, version)?;
        Ok(Reply::no_content())
    })
    .await
}

/// The operations of a register: their summaries, names and paths.
macro_rules! routes {
    (
        $routes:ident of $register:ident, $id:ident, $stated:ident, $asked:ident, shown as $view:ident, tag $tag:tt, at $all:tt $one:tt;
        list $list:ident $list_says:tt;
        view $viewed:ident $view_says:tt;
        create $create:ident $create_says:tt;
        $(update $update:ident $update_says:tt;)?
        $(delete $delete:ident $delete_says:tt;)?
    ) => {
        #[doc = $list_says]
        #[utoipa::path(
            tag = $tag,
            params($asked),
            responses((status = 200, description = "A part of the list.", body = Page<$view>))
        )]
        #[get($all)]
        async fn $list(call: Read<(), $asked>) -> Answer {
            list::<$register>(call).await
        }

        #[doc = $view_says]
        #[utoipa::path(
            tag = $tag,
            params(("id" = $id, Path)),
            responses((status = 200, description = "The record.", body = $view, headers(("ETag" = String))))
        )]
        #[get($one)]
        async fn $viewed(call: Read<$id>) -> Answer {
            view::<$register>(call).await
        }

        #[doc = $create_says]
        #[utoipa::path(
            tag = $tag,
            request_body = $stated,
            responses((status = 201, description = "The new record.", body = $view, headers(("ETag" = String), ("Location" = String))))
        )]
        #[post($all)]
        async fn $create(call: Create<(), $stated>) -> Answer {
            create::<$register>(call).await
        }

        $(
            #[doc = $update_says]
            #[utoipa::path(
                tag = $tag,
                params(("id" = $id, Path), IfMatch),
                request_body = $stated,
                responses((status = 200, description = "The changed record.", body = $view, headers(("ETag" = String))))
            )]
            #[put($one)]
            async fn $update(call: Update<$id, $stated>) -> Answer {
                update::<$register>(call).await
            }
        )?

        $(
            #[doc = $delete_says]
            #[utoipa::path(
                tag = $tag,
                params(("id" = $id, Path), IfMatch),
                responses((status = 204, description = "It is gone."))
            )]
            #[delete($one)]
            async fn $delete(call: Update<$id>) -> Answer {
                remove::<$register>(call).await
            }
        )?

        /// Mounts the operations of the register.
        fn $routes(mount: &mut Mount<'_, '_>) {
            mount.service($list).service($viewed).service($create)$(.service($update))?$(.service($delete))?;
        }
    };
}

routes! {
    departments of Department, DepartmentId, DepartmentStated, DepartmentAsked, shown as Department,
        tag "departments", at "/departments" "/departments/{id}";
    list list_departments "Departments by name.";
    view view_department "One department.";
    create create_department "Add a department.";
    update update_department "Replace what is stated about a department.";
}

routes! {
    customers of Customer, CustomerId, CustomerStated, CustomerAsked, shown as Customer,
        tag "customers", at "/customers" "/customers/{id}";
    list list_customers "Customers by name.";
    view view_customer "One customer.";
    create create_customer "Add a customer.";
    update update_customer "Replace what is stated about a customer.";
}

routes! {
    service_objects of ServiceObject, ServiceObjectId, ServiceObjectStated, ServiceObjectAsked, shown as ServiceObject,
        tag "service-objects", at "/service-objects" "/service-objects/{id}";
    list list_service_objects "Service objects by code.";
    view view_service_object "One service object.";
    create create_service_object "Add a service object.";
    update update_service_object "Replace what is stated about a service object.";
}

routes! {
    deputies of Deputy, DeputyId, DeputyStated, DeputyAsked, shown as Deputy,
        tag "deputies", at "/deputies" "/deputies/{id}";
    list list_deputies "Deputy arrangements by first day.";
    view view_deputy "One deputy arrangement.";
    create create_deputy "Arrange a deputy.";
    delete delete_deputy "End a deputy arrangement.";
}

routes! {
    configuration_items of ConfigurationItem, ConfigurationItemId, ConfigurationItemStated, ConfigurationItemAsked, shown as ConfigurationItem,
        tag "configuration-items", at "/configuration-items" "/configuration-items/{id}";
    list list_configuration_items "Configuration items by number.";
    view view_configuration_item "One configuration item.";
    create create_configuration_item "Register a configuration item.";
    update update_configuration_item "Replace what is stated about a configuration item; the number stays.";
}

routes! {
    media_library of MediaItem, MediaItemId, MediaItemStated, MediaItemAsked, shown as MediaItem,
        tag "media-library", at "/media-library" "/media-library/{id}";
    list list_media_items "Items of the definitive media library by name and version.";
    view view_media_item "One item of the media library.";
    create create_media_item "Check an item in to the media library.";
    update update_media_item "Replace what is stated about an item; `active: false` withdraws it.";
}

routes! {
    freeze_windows of FreezeWindow, FreezeWindowId, FreezeWindowStated, FreezeWindowAsked, shown as FreezeWindow,
        tag "freeze-windows", at "/freeze-windows" "/freeze-windows/{id}";
    list list_freeze_windows "Freeze and protection windows by their first start.";
    view view_freeze_window "One freeze or protection window.";
    create create_freeze_window "Add a freeze or protection window.";
    update update_freeze_window "Replace what is stated about a freeze; `active: false` withdraws it.";
}

routes! {
    robots of ChatRobot, RobotId, RobotStated, RobotAsked, shown as ChatRobot,
        tag "robots", at "/robots" "/robots/{id}";
    list list_robots "Robots by name.";
    view view_robot "One robot, without what it speaks with.";
    create create_robot "Add a robot: which group, which messages, and what it speaks with.";
    update update_robot "Replace a robot's record. Without `credentials` it keeps those that it has.";
    delete delete_robot "Remove a robot; what it said stays on record, what it was still to say is parked.";
}

routes! {
    report_schedules of ReportSchedule, ScheduleId, ReportScheduleStated, ReportScheduleAsked, shown as ReportScheduleView,
        tag "reports", at "/reports/schedules" "/reports/schedules/{id}";
    list list_report_schedules "Arrangements, in the order in which they were made.";
    view view_report_schedule "One arrangement.";
    create create_report_schedule "Arrange that a report is sent.";
    update update_report_schedule "Replace an arrangement.";
    delete delete_report_schedule "End an arrangement; what it sent stays on record.";
}

/// Mounts every register.
pub(super) fn routes(mount: &mut Mount<'_, '_>) {
    mount
        .configure(departments)
        .configure(customers)
        .configure(service_objects)
        .configure(deputies)
        .configure(configuration_items)
        .configure(media_library)
        .configure(freeze_windows)
        .configure(robots)
        .configure(report_schedules);
}
