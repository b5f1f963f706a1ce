//! One person under several hats: what a deputy may not start or give away, and what an office does not lift (5.7c, D16, D19).

use super::{deputies::assign, refusals};
use crate::support::*;
use fabu_domain::{
    people::role::Role,
    subject::refusal::Code,
    subjects::release::{command::Command, stage::Stage},
};

refusals! {
    /// 5.7c, 5.7d: the deputy of the implementer starts only what he stands on the roster for.
    fn a_start_by_a_deputy_who_is_not_on_the_roster() {
        let mut case = at(Stage::Readiness);
        case.until(|d| !d.tasks.iter().any(|t| t.is_open() && t.blocks == fabu_domain::blocks::task::Blocks::DeploymentStart));
        case.until(|d| d.configuration.iter().all(|c| c.baseline.is_some()));
        let (start, deputy) = (case.way.theme.start, person("deng.chao"));
        case.deputise(deputy, case.cast.implementer);
        case.world.wait_until(start);
        let units = fabu_scenario::Snapshot::of(&case.dossier, case.around.now).units_at_hand();
        let command = Command::StartDeployment { units, note: "同意开始".to_owned() };
        let codes = case.refused(deputy, &command, &[Code::ImplementerNotOnRoster]).clause("5.7c").codes();
        // Whom the roster names as his deputy may.
        let named = person("zheng.kai");
        case.deputise(named, case.cast.implementer);
        case.done(named, command);
        codes
    }
    /// D19: whoever holds a role of the release wears no other hat over it.
    fn an_excuse_by_the_owner_as_process_owner() {
        let mut case = at(Stage::Closure);
        let owner = case.cast.owner;
        let user = case.around.directory.users.get_mut(&owner).unwrap();
        user.roles = user.roles.iter().chain([Role::ProcessOwner]).collect();
        let excuse = Command::ExcuseArchiveRecord { record: "configuration_update".to_owned(), reason: "不涉及".to_owned() };
        case.refused(owner, &excuse, &[Code::NotPermitted]).clause("5.10a").codes()
    }
    /// D16: the seat of the owner is given away by the owner, not by whoever stands in for a day.
    fn the_owners_seat_given_away_by_his_deputy() {
        let mut case = at(Stage::Testing);
        let deputy = person("zheng.kai");
        case.deputise(deputy, case.cast.owner);
        let assign = assign(Role::ReleaseOwner, deputy);
        case.refused(deputy, &assign, &[Code::DeputyUnfit]).clause("D16").codes()
    }
}
