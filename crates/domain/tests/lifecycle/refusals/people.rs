//! The team, segregation of duties, suspension and cancellation (R0, RO2).

use super::refusals;
use crate::support::*;
use fabu_domain::{
    blocks::document::DocumentKind,
    ids::UserId,
    people::role::Role,
    subject::{operation::Operation, refusal::Code},
    subjects::{
        policy::{outside, permit},
        release::{
            ExceptionKind,
            command::Command,
            decide::available,
            stage::{ReleaseKind, Stage},
        },
    },
};
use fabu_scenario::{contents, journey::panel, world::new_release};

fn assign(role: Role, user_id: UserId) -> Command {
    Command::AssignRole { role, user_id, reason: String::new() }
}

fn suspend() -> Command {
    Command::SuspendRelease { reason: "客户重大活动保障".to_owned() }
}

/// A release that names no tester.
fn without_tester() -> Case {
    let mut case = new();
    let mut new = new_release(&case.cast, "票务系统季度补丁", ReleaseKind::Minor, 1);
    new.team.retain(|(role, _, _)| *role != Role::ReleaseTester);
    case.world = fabu_scenario::World::create(case.world.around.clone(), case.way.cast.clone(), &new).unwrap();
    case
}

/// A person with every role of the team.
fn jack_of_all_trades(case: &mut Case) -> UserId {
    let jack = person("wang.zhiyuan");
    case.around.directory.users.get_mut(&jack).unwrap().roles = Role::TEAM.into_iter().collect();
    jack
}

refusals! {
    /// Without a role there is the own account and nothing else (RX).
    /// D19: whoever holds a role in a release does not change the register that decides who reviews or accepts it.
    fn a_register_that_controls_the_own_release() {
        let case = new();
        let dossier = &case.dossier;
        outside(&case.around.directory, person("wang.zhiyuan"), dossier).unwrap();
        Refused::of(outside(&case.around.directory, case.cast.owner, dossier), &[Code::RegisterOwnRelease]).clause("D19").codes()
    }
    fn a_role_that_the_person_has_already() {
        let case = new();
        let again = assign(Role::ReleaseOwner, case.cast.owner);
        case.refused(case.cast.owner, &again, &[Code::AlreadyHolder]).clause("R0").codes()
    }
    fn a_list_of_people_to_somebody_without_a_role() {
        let mut case = new();
        let me = person("wang.zhiyuan");
        case.around.directory.users.get_mut(&me).unwrap().roles = std::iter::empty().collect();
        let refused = permit(&case.around.directory, me, Operation::ListUsers, None).unwrap_err();
        refused.unmet().iter().map(|unmet| unmet.code).collect()
    }
    fn a_review_with_an_incomplete_team() {
        let case = without_tester();
        let command = Command::ConvenePlanReview { convocation: panel(&[]) };
        let expected = [Code::RoleMissing, Code::DocumentNotSubmitted, Code::OpinionNone];
        case.refused(case.cast.administrator, &command, &expected).codes()
    }
    fn a_tester_who_implements_owns_or_wrote_the_plan() {
        let mut case = super::planning::ready_for_review();
        let jack = jack_of_all_trades(&mut case);
        let mut codes = Vec::new();
        case.done(case.cast.general_manager, assign(Role::ReleaseTester, jack));
        for role in [Role::Implementer, Role::ReleaseOwner] {
            codes.extend(case.refused(case.cast.general_manager, &assign(role, jack), &[Code::DutiesNotSeparated]).clause("R0").codes());
        }
        case.deputise(case.cast.tester, case.cast.administrator);
        let content = contents::release_plan(&case.cast, &case.way.theme).into();
        case.done(case.cast.tester, Command::SaveDraft { document: DocumentKind::ReleasePlan, content });
        let back = assign(Role::ReleaseTester, case.cast.tester);
        codes.extend(case.refused(case.cast.general_manager, &back, &[Code::DutiesNotSeparated]).codes());
        codes
    }
    fn an_owner_who_administers_and_a_configuration_administrator_who_implements() {
        let mut case = new();
        let jack = jack_of_all_trades(&mut case);
        case.done(case.cast.general_manager, assign(Role::ReleaseOwner, jack));
        let mut codes = case.refused(case.cast.general_manager, &assign(Role::ReleaseAdministrator, jack), &[Code::DutiesNotSeparated]).codes();
        case.done(case.cast.general_manager, assign(Role::Implementer, jack));
        let both = assign(Role::ConfigurationAdministrator, jack);
        codes.extend(case.refused(case.cast.general_manager, &both, &[Code::DutiesNotSeparated]).codes());
        codes
    }
    fn an_exception_by_somebody_else_than_the_general_manager() {
        let case = new();
        let command = Command::GrantException { kind: ExceptionKind::TesterIsOwner, reason: "人手不足".to_owned() };
        for by in [case.cast.owner, case.cast.administrator, person("zhao.min")] {
            case.refused(by, &command, &[Code::NotPermitted]);
        }
        case.refused(case.cast.owner, &command, &[Code::NotPermitted]).clause("R0").codes()
    }
    fn a_role_for_an_inactive_person() {
        let mut case = new();
        case.deactivate(person("zhou.ting"));
        case.refused(case.cast.owner, &assign(Role::ReleaseTester, person("zhou.ting")), &[Code::RoleNotGranted]).codes()
    }
    fn a_role_that_is_not_of_the_team() {
        let case = new();
        case.refused(case.cast.owner, &assign(Role::Auditor, person("xie.ning")), &[Code::RoleNotGranted]).codes()
    }
    fn any_step_of_an_inactive_person() {
        let mut case = new();
        case.deactivate(case.cast.owner);
        case.refused(case.cast.owner, &suspend(), &[Code::NotPermitted]).codes()
    }
    fn work_while_suspended() {
        let mut case = at(Stage::Testing);
        case.done(case.cast.owner, suspend());
        let command = Command::ReviseReleasePlan { reason: "补充".to_owned() };
        case.refused(case.cast.administrator, &command, &[Code::Suspended]).clause("RO2").cleared_by(case.cast.owner).codes()
    }
    fn a_second_suspension() {
        let mut case = new();
        case.done(case.cast.owner, suspend());
        case.refused(case.cast.owner, &suspend(), &[Code::Suspended]).codes()
    }
    fn the_resumption_of_what_is_not_suspended() {
        let case = new();
        case.refused(case.cast.owner, &Command::ResumeRelease { reason: String::new() }, &[Code::NotSuspended]).codes()
    }
    fn suspension_by_the_administrator() {
        let case = new();
        case.refused(case.cast.administrator, &suspend(), &[Code::NotPermitted]).cleared_by(case.cast.owner).codes()
    }
    fn cancellation_once_deployment_has_started() {
        let case = at(Stage::Deployment);
        case.refused(case.cast.owner, &Command::CancelRelease { reason: "取消".to_owned() }, &[Code::WrongStage]).codes()
    }
    fn an_addendum_without_a_reason_and_a_comment_after_closing() {
        let case = at(Stage::Closed);
        let mut codes = case.refused(case.cast.administrator, &addendum(" "), &[Code::AddendumReason]).clause("5.10a").codes();
        let comment = Command::AddComment { text: "补充".to_owned() };
        codes.extend(case.refused(case.cast.owner, &comment, &[Code::ReleaseClosed]).clause("5.10a").cleared_by(case.cast.administrator).codes());
        codes
    }
    fn everything_after_cancellation() {
        let mut case = at(Stage::Testing);
        case.done(case.cast.owner, Command::CancelRelease { reason: "变更撤回".to_owned() });
        let comment = Command::AddComment { text: "测试环境已释放".to_owned() };
        case.refused(case.cast.tester, &comment, &[Code::ReleaseClosed]);
        case.refused(case.cast.administrator, &Command::ReceiveTestReport, &[Code::WrongStage]).codes()
    }
}

/// 5.10a, D20: a closed record is closed for everybody; a later file is a marked addendum by its administrator.
#[test]
fn a_closed_release_takes_no_comment_file_or_task_but_an_addendum_with_a_reason() {
    for stage in [Stage::Closed, Stage::Completed] {
        let mut case = at(stage);
        let task = fabu_domain::subjects::release::command::NewTask {
            kind: fabu_domain::blocks::task::TaskKind::Preparation,
            title: "补充".to_owned(),
            detail: String::new(),
            assignee: case.cast.support,
            due_at: case.around.now,
        };
        let everybody: Vec<_> = case.around.directory.users.keys().copied().collect();
        for who in everybody {
            for command in [Command::AddComment { text: "补充".to_owned() }, attach()] {
                let refusal = case.ask(who, &command).unwrap_err();
                assert!(!refusal.unmet().is_empty());
            }
            let addendum = case.ask(who, &addendum("现场照片晚到"));
            assert_eq!(addendum.is_ok(), who == case.cast.administrator);
        }
        case.refused(case.cast.administrator, &attach(), &[Code::ReleaseClosed]).clause("5.10a");
        case.refused(case.cast.administrator, &Command::AddTask { task }, &[Code::ReleaseClosed]).clause("5.10a");
        case.refused(case.cast.administrator, &addendum(" "), &[Code::AddendumReason]);
        case.done(case.cast.administrator, addendum("现场照片晚到"));
        let last = case.events.last().map(|event| event.to_log().0);
        assert_eq!(last.as_deref(), Some("attachment.addendum_added"));
    }
    let open = at(Stage::Closure);
    open.refused(open.cast.administrator, &addendum("照片"), &[Code::WrongStage]);
}

/// 5.10a: who reads by office writes nothing, in any stage; with another role that role counts.
#[test]
fn an_auditor_and_a_system_administrator_write_nothing() {
    let mut case = at(Stage::Testing);
    let person = case.cast.support;
    for role in [Role::Auditor, Role::SystemAdministrator] {
        case.around.directory.users.get_mut(&person).unwrap().roles = [role].into_iter().collect();
        for command in [Command::AddComment { text: "看过了".to_owned() }, attach()] {
            case.refused(person, &command, &[Code::NotPermitted]);
        }
        assert!(case.actions(person).iter().all(|action| !action.blocked_by.is_empty()), "nothing is offered");
    }
    case.around.directory.users.get_mut(&person).unwrap().roles = [Role::Auditor, Role::SupportStaff].into_iter().collect();
    case.done(person, attach());
}

fn file() -> fabu_domain::subjects::release::command::NewFile {
    let id = fabu_domain::ids::AttachmentId(uuid::Uuid::from_u128(7));
    fabu_domain::subjects::release::command::NewFile { id, file_name: "照片.png".to_owned(), size: 9, sha256: "0a".repeat(32) }
}

fn attach() -> Command {
    Command::AttachFile { file: file() }
}

fn addendum(reason: &str) -> Command {
    Command::AddAddendum { file: file(), reason: reason.to_owned() }
}

#[test]
fn an_exception_of_the_general_manager_lifts_the_separation_by_name() {
    let mut case = new();
    let jack = jack_of_all_trades(&mut case);
    case.done(case.cast.owner, assign(Role::ReleaseTester, jack));
    let command =
        Command::GrantException { kind: ExceptionKind::TesterIsImplementer, reason: "夜间仅一人在岗".to_owned() };
    case.done(case.cast.general_manager, command);
    case.done(case.cast.administrator, assign(Role::Implementer, jack));
    case.refused(case.cast.general_manager, &assign(Role::ReleaseOwner, jack), &[Code::DutiesNotSeparated]);
}

#[test]
fn a_suspended_release_goes_on_where_it_stopped_or_is_cancelled() {
    let mut case = at(Stage::GoLiveApproval);
    case.done(case.cast.owner, suspend());
    let allowed: Vec<_> =
        case.actions(case.cast.owner).into_iter().filter(|a| a.blocked_by.is_empty()).map(|a| a.name.as_str()).collect();
    assert_eq!(allowed, ["assign_role", "resume", "cancel", "comment", "attach_file"]);
    let mut resumed = case.clone();
    resumed.done(case.cast.owner, Command::ResumeRelease { reason: "保障结束".to_owned() });
    resumed.go(Stage::Completed);
    case.done(case.cast.owner, Command::CancelRelease { reason: "不再需要".to_owned() });
    assert_eq!(case.dossier.release.stage, Stage::Cancelled);
    assert!(case.dossier.tasks.iter().all(|t| !t.is_open()) && case.dossier.approvals.iter().all(|a| !a.is_open()));
    let open = |a: &fabu_domain::subjects::release::decide::Action| a.blocked_by.is_empty();
    assert_eq!(available(&case.facts(), &case.signed_in(case.cast.owner)).iter().filter(|a| open(a)).count(), 0, "nothing");
}

#[test]
fn change_management_names_a_team_where_there_is_none() {
    let mut case = new();
    for (role, user) in case.cast.team() {
        case.dossier.team.clear();
        case.done(case.cast.change_manager, assign(role, user));
        assert_eq!(case.dossier.holder(role), Some(user));
    }
}
