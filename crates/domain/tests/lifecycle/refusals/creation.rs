//! What no release is created from (2a, 2b, 5.1, 9.1b, R0).

use super::refusals;
use crate::support::*;
use fabu_domain::{
    ids::UserId,
    people::role::Role,
    subject::refusal::Code,
    subjects::{
        change::ChangeState,
        release::{
            decide::{NewRelease, open_release},
            facts::Actor,
            stage::ReleaseKind,
        },
    },
};
use fabu_scenario::{
    Cast,
    cast::CASTS,
    company,
    world::{Surroundings, new_release},
};

fn create(by: impl Fn(&Cast) -> UserId, change: impl FnOnce(&mut NewRelease), expected: &[Code]) -> Refused {
    let around = Surroundings::example().unwrap();
    let cast = Cast::of(&CASTS[0]);
    let mut new = new_release(&cast, "票务系统季度补丁", ReleaseKind::Minor, 7);
    change(&mut new);
    let actor = Actor { user_id: by(&cast), reauthenticated_at: None };
    let result = open_release(&around.directory, &around.parameters, &around.calendar, &actor, around.now, &new);
    Refused::of(result.map(|_| ()), expected)
}

fn by_administrator(cast: &Cast) -> UserId {
    cast.administrator
}

refusals! {
    fn a_release_without_a_change() {
        create(by_administrator, |new| new.changes.clear(), &[Code::ChangeNone]).clause("2a").codes()
    }
    fn a_release_from_a_change_that_is_not_approved() {
        create(by_administrator, |new| new.changes[0].state = ChangeState::Registered, &[Code::ChangeNotApproved]).clause("9.1b").codes()
    }
    fn a_release_from_a_withdrawn_change() {
        create(by_administrator, |new| new.changes[0].state = ChangeState::Withdrawn, &[Code::ChangeNotApproved]).codes()
    }
    fn a_release_from_a_change_in_another_open_release() {
        let taken = |new: &mut NewRelease| new.changes[0].in_release = Some("REL-2026-0003".to_owned());
        create(by_administrator, taken, &[Code::ChangeInRelease]).clause("5.1").codes()
    }
    fn a_release_that_names_a_change_twice() {
        create(by_administrator, |new| new.changes.push(new.changes[0].clone()), &[Code::ChangeInRelease]).codes()
    }
    fn a_release_from_a_change_of_an_object_outside_the_register() {
        create(by_administrator, |new| new.changes[0].in_scope = false, &[Code::ChangeOutOfScope]).clause("2a").codes()
    }
    fn a_release_without_a_service_object() {
        create(by_administrator, |new| new.service_objects.clear(), &[Code::ServiceObjectNone]).clause("2b").codes()
    }
    fn a_release_of_an_object_of_another_customer() {
        let foreign = |new: &mut NewRelease| new.service_objects.push(company::object("BANK-NET"));
        create(by_administrator, foreign, &[Code::ServiceObjectUnknown]).clause("2b").codes()
    }
    fn a_release_for_an_unknown_customer() {
        let unknown = |new: &mut NewRelease| new.customer_id = company::customer("nobody");
        let expected = [Code::CustomerUnknown, Code::ServiceObjectUnknown, Code::NotRepresentative];
        create(by_administrator, unknown, &expected).codes()
    }
    fn a_role_for_somebody_who_was_not_granted_it() {
        create(by_administrator, |new| new.team[2].1 = person("lin.na"), &[Code::RoleNotGranted]).clause("R0").codes()
    }
    fn a_representative_of_another_customer_without_reason() {
        create(by_administrator, |new| new.team[5].1 = person("bai.xuefeng"), &[Code::NotRepresentative]).clause("5.4d").codes()
    }
    fn an_owner_who_is_also_the_administrator() {
        let mut around = Surroundings::example().unwrap();
        let cast = Cast::of(&CASTS[0]);
        let roles = [Role::ReleaseOwner, Role::ReleaseAdministrator].into_iter().collect();
        around.directory.users.get_mut(&cast.administrator).unwrap().roles = roles;
        let mut new = new_release(&cast, "票务系统季度补丁", ReleaseKind::Minor, 7);
        new.team[0].1 = cast.administrator;
        let actor = Actor { user_id: cast.administrator, reauthenticated_at: None };
        let result = open_release(&around.directory, &around.parameters, &around.calendar, &actor, around.now, &new);
        Refused::of(result.map(|_| ()), &[Code::DutiesNotSeparated]).clause("R0").cleared_by(cast.administrator).codes()
    }
    fn a_release_created_by_a_tester() {
        create(|cast| cast.tester, |_| {}, &[Code::NotPermitted]).clause("5.1").codes()
    }
    fn a_release_created_by_the_system_administrator() {
        create(|_| person("zhao.min"), |_| {}, &[Code::NotPermitted]).codes()
    }
    fn a_release_for_every_reason_at_once() {
        let wrong = |new: &mut NewRelease| {
            new.changes[0].state = ChangeState::Withdrawn;
            new.changes[0].in_scope = false;
            new.service_objects.clear();
            new.team[2].1 = person("lin.na");
        };
        let expected = [Code::ServiceObjectNone, Code::ChangeNotApproved, Code::ChangeOutOfScope, Code::RoleNotGranted];
        create(by_administrator, wrong, &expected).codes()
    }
}
