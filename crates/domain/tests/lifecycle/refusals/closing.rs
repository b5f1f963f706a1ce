//! Configuration update, closure, reopening (§5.9, 5.10, 3.4).

use super::refusals;
use crate::support::*;
use fabu_domain::{
    blocks::{
        approval::{ApprovalKind, Decision},
        document::DocumentKind,
        task::{Blocks, TaskKind},
    },
    ids::ConfigurationChangeId,
    people::role::Role,
    subject::refusal::Code,
    subjects::release::{
        ExceptionKind,
        command::Command,
        records::{ConfigurationState, ItemState},
        stage::{ReleaseKind, Stage, Verdict},
    },
};
use fabu_scenario::{cast::CASTS, contents, journey::agreement};

fn close() -> Command {
    Command::CloseRelease { note: "完成".to_owned() }
}

fn confirm(change_id: ConfigurationChangeId) -> Command {
    let actual = ItemState { version: "3.8.2".to_owned(), values: String::new() };
    Command::ConfirmConfigurationChange { change_id, actual, library_reference: None, difference: String::new() }
}

fn requested() -> Case {
    let mut case = at(Stage::ConfigurationUpdate);
    case.until(|d| d.configuration.iter().all(|c| c.state == ConfigurationState::Requested));
    case
}

/// A rolled back release before closure, whose result is not yet confirmed.
fn rolled_back() -> Case {
    opened(&CASTS[0], ReleaseKind::Minor, |way| way.ending(Verdict::RolledBack)).to(Stage::Closure)
}

fn closed_tasks(case: &mut Case) {
    case.until(|d| !d.tasks.iter().any(|t| t.is_open() && t.blocks == Blocks::Closure));
}

refusals! {
    fn closing_with_a_pending_configuration_item() {
        let mut case = requested();
        let id = case.dossier.configuration[0].id;
        case.done(case.cast.configuration_administrator, confirm(id));
        let refusal = case.ask(case.cast.implementer, &close()).unwrap_err();
        let pending: Vec<_> = refusal.unmet().iter().filter(|u| u.code == Code::ConfigurationPending).collect();
        assert_eq!(pending.len(), 1, "{refusal}");
        assert_eq!(pending[0].clause(), "3.4");
        refusal.unmet().iter().map(|u| u.code).collect()
    }
    fn closing_with_an_open_task() {
        let case = at(Stage::Closure);
        case.refused(case.cast.implementer, &close(), &[Code::TaskOpen]).clause("5.1.6").cleared_by(case.cast.support).codes()
    }
    fn closing_an_emergency_that_owes_steps() {
        let case = emergency_at(Stage::ConfigurationUpdate);
        let refusal = case.ask(case.cast.implementer, &close()).unwrap_err();
        let owed = refusal.unmet().iter().filter(|u| u.code == Code::TaskOpen && u.clause() == "D11").count();
        assert_eq!(owed, 5, "{refusal}");
        let named = refusal.unmet().iter().filter(|u| u.code == Code::ArchiveMissing).count();
        assert!(named >= 5, "each missing record is named: {refusal}");
        refusal.unmet().iter().map(|u| u.code).collect()
    }
    /// D18: a short way owes the real thing, never a sentence.
    fn making_up_with_words_or_excusing_what_an_emergency_owes() {
        let mut case = emergency_at(Stage::ConfigurationUpdate);
        let report = case.task(TaskKind::EmergencyMakeUp, case.cast.tester).clone();
        let complete = Command::CompleteTask { task_id: report.id, text: "已补测".to_owned(), attachments: Vec::new() };
        let mut codes = case.refused(case.cast.tester, &complete, &[Code::TaskByRecord]).clause("D18").codes();
        let stage = |d: &fabu_domain::subjects::release::Dossier| d.release.stage == Stage::Closure;
        while !stage(&case.dossier) {
            let waiting: Vec<_> = case.dossier.configuration.iter().map(|c| (c.id, c.state, c.planned_version.clone())).collect();
            if waiting.iter().any(|(_, state, _)| *state == ConfigurationState::Drafted) {
                case.done(case.cast.implementer, Command::SendConfigurationRequest { note: String::new() });
            }
            for (change_id, _, version) in waiting {
                let (actual, library_reference) = (ItemState { version, values: String::new() }, None);
                let command = Command::ConfirmConfigurationChange { change_id, actual, library_reference, difference: String::new() };
                case.done(case.cast.configuration_administrator, command);
            }
        }
        for record in ["plan_review", "test_report", "customer_acceptance", "go_live_plan", "communication"] {
            let command = Command::ExcuseArchiveRecord { record: record.to_owned(), reason: "来不及".to_owned() };
            codes.extend(case.refused(case.cast.owner, &command, &[Code::ArchiveOwed]).clause("D18").codes());
        }
        codes
    }
    /// D18: a record is made up once.
    fn a_second_review_of_what_was_made_up() {
        let mut case = emergency_at(Stage::ConfigurationUpdate);
        case.until(|d| d.latest_approval(ApprovalKind::PlanApproval).is_some_and(|a| !a.is_open()));
        let command = Command::ConvenePlanReview { convocation: fabu_scenario::journey::panel(&[]) };
        case.refused(case.cast.administrator, &command, &[Code::ArchiveNotMissing]).codes()
    }
    fn closing_with_an_unanswered_approval() {
        let mut case = rolled_back();
        let task = case.task(TaskKind::FollowUpWork, case.cast.support).id;
        case.done(case.cast.support, Command::CompleteTask { task_id: task, text: "已观察".to_owned(), attachments: Vec::new() });
        let refused = case.refused(case.cast.implementer, &close(), &[Code::ApprovalOpen, Code::ArchiveMissing]);
        refused.clause("5.8b").cleared_by(case.cast.representative).codes()
    }
    fn closing_with_an_objection() {
        let mut case = rolled_back();
        case.vote(case.cast.representative, ApprovalKind::DeploymentConfirmation, ballot(Decision::Return, "数据未恢复"));
        case.way.cast.support = case.cast.support;
        closed_tasks(&mut case);
        let refused = case.refused(case.cast.implementer, &close(), &[Code::Objection, Code::ArchiveMissing]);
        refused.clause("5.10b").cleared_by(case.cast.representative).codes()
    }
    fn closing_with_a_missing_archive_record() {
        let mut case = new();
        case.until(|d| d.units.len() == 2 && d.test_cases.len() == 7);
        let mut plan = contents::release_plan(&case.cast, &case.way.theme);
        plan.configuration_items.clear();
        case.submit(case.cast.administrator, DocumentKind::ReleasePlan, plan);
        case.go(Stage::Closure);
        closed_tasks(&mut case);
        let refused = case.refused(case.cast.implementer, &close(), &[Code::ArchiveMissing]);
        refused.clause("5.10a").cleared_by(case.cast.administrator).codes()
    }
    fn closing_by_the_owner() {
        let case = at(Stage::Closure);
        case.refused(case.cast.owner, &close(), &[Code::NotPermitted]).clause("5.10b").cleared_by(case.cast.implementer).codes()
    }
    fn an_excuse_for_a_record_that_is_there() {
        let case = at(Stage::Closure);
        let command = Command::ExcuseArchiveRecord { record: "release_plan".to_owned(), reason: "不适用".to_owned() };
        case.refused(case.cast.owner, &command, &[Code::ArchiveNotMissing]).codes()
    }
    /// D19: whoever keeps the records does not excuse them.
    fn an_excuse_by_the_administrator() {
        let case = at(Stage::Closure);
        let command = Command::ExcuseArchiveRecord { record: "configuration_update".to_owned(), reason: "不涉及".to_owned() };
        case.refused(case.cast.administrator, &command, &[Code::NotPermitted]).cleared_by(case.cast.configuration_administrator).codes()
    }
    /// 3.4, D19: that nothing is to be updated is said by whoever keeps the configuration database, not by whose release it is.
    fn an_excuse_of_the_configuration_update_by_the_owner() {
        let case = at(Stage::Closure);
        let excuse = |record: &str| Command::ExcuseArchiveRecord { record: record.to_owned(), reason: "不涉及".to_owned() };
        case.refused(case.cast.configuration_administrator, &excuse("confirmation"), &[Code::NotPermitted]).cleared_by(case.cast.owner);
        case.refused(case.cast.configuration_administrator, &excuse("configuration_update"), &[Code::ArchiveNotMissing]);
        case.refused(case.cast.owner, &excuse("configuration_update"), &[Code::NotPermitted]).cleared_by(case.cast.configuration_administrator).codes()
    }
    /// 5.9: what still has the version of its baseline is not updated.
    fn the_confirmation_of_an_item_that_is_as_before() {
        let case = requested();
        let change = case.dossier.configuration.iter().find(|c| c.planned_version != c.baseline.as_ref().unwrap().version).unwrap();
        let actual = change.baseline.clone().unwrap();
        let command = Command::ConfirmConfigurationChange {
            change_id: change.id, actual, library_reference: None, difference: "没有更新".to_owned(),
        };
        case.refused(case.cast.configuration_administrator, &command, &[Code::ConfigurationNotUpdated]).clause("5.9").codes()
    }
    /// 5.8b, 5.10b: an objection after the verdict stops the closure until it is answered.
    fn closing_with_an_objection_made_after_the_verdict() {
        let mut case = at(Stage::Closure);
        closed_tasks(&mut case);
        case.vote(case.cast.representative, ApprovalKind::DeploymentConfirmation, ballot(Decision::Return, "报表又打不开"));
        let codes = case.refused(case.cast.implementer, &close(), &[Code::Objection, Code::ArchiveMissing]).clause("5.10b").cleared_by(case.cast.representative).codes();
        let again = Command::ReconveneConfirmation { phase: "full".to_owned(), note: "已修复".to_owned() };
        case.done(case.cast.administrator, again);
        case.vote(case.cast.representative, ApprovalKind::DeploymentConfirmation, agreement());
        case.go(Stage::Closed);
        codes
    }
    /// 5.4c, D18: tests that were made up and failed refute the success of an emergency, which is judged anew.
    fn closing_a_success_that_made_up_tests_refute() {
        let mut case = emergency_at(Stage::ConfigurationUpdate);
        case.until(|d| d.test_runs.len() == 7);
        let (owner, tester) = (case.cast.owner, case.cast.tester);
        let judge = |verdict| Command::RecordVerdict { verdict, reason: "补办测试未通过".to_owned() };
        let mut codes = case.refused(owner, &judge(Verdict::Partial), &[Code::VerdictStands]).clause("D8").codes();
        let report = contents::failed_test_report(&case.cast, &case.way.theme, case.around.now);
        case.submit(tester, DocumentKind::TestReport, report);
        let refused = case.ask(case.cast.implementer, &close()).unwrap_err();
        assert!(refused.unmet().iter().any(|u| u.code == Code::VerdictRefuted && u.clause() == "5.4c"), "{refused}");
        case.refused(owner, &judge(Verdict::Successful), &[Code::VerdictStands]);
        // A second report does not make the first one unsaid.
        let mut again = case.clone();
        again.until(|d| d.documents[&DocumentKind::TestReport].revisions.len() == 2);
        let still = again.ask(case.cast.implementer, &close()).unwrap_err();
        assert!(still.unmet().iter().any(|u| u.code == Code::VerdictRefuted), "{still}");
        codes.push(Code::VerdictRefuted);
        let first = case.dossier.release.verdict.clone().unwrap().mark.at;
        case.done(owner, judge(Verdict::Partial));
        let verdict = case.dossier.release.verdict.clone().unwrap();
        assert_eq!((verdict.verdict, verdict.mark.at, verdict.mark.by), (Verdict::Partial, first, owner));
        case.task(TaskKind::FailedReleaseReview, owner);
        case.refused(owner, &judge(Verdict::Failed), &[Code::VerdictStands]);
        codes
    }
    /// 5.4d, D18: an acceptance that was made up and returned ends in another verdict, not in a release that never closes.
    fn closing_a_success_that_the_customer_returned_afterwards() {
        let mut case = emergency_at(Stage::ConfigurationUpdate);
        case.until(|d| d.latest_approval(ApprovalKind::CustomerAcceptance).is_some_and(|a| a.is_open()));
        case.vote(case.cast.representative, ApprovalKind::CustomerAcceptance, ballot(Decision::Return, "功能不符"));
        let refused = case.ask(case.cast.implementer, &close()).unwrap_err();
        assert!(refused.unmet().iter().any(|u| u.code == Code::VerdictRefuted), "{refused}");
        case.done(case.cast.owner, Command::RecordVerdict { verdict: Verdict::Partial, reason: "客户退回验收".to_owned() });
        let owed = |t: &fabu_domain::blocks::task::Task| t.kind == TaskKind::EmergencyMakeUp && t.source == "customer_acceptance" && t.is_open();
        assert!(!case.dossier.tasks.iter().any(owed), "the answer is on record");
        case.go(Stage::Closed);
        vec![Code::VerdictRefuted]
    }
    /// 5.8b: a customer who insists is heard by a lower verdict, or overruled by somebody above, never by the release itself.
    fn an_objection_set_aside_by_the_owner() {
        let mut case = at(Stage::Closure);
        closed_tasks(&mut case);
        case.vote(case.cast.representative, ApprovalKind::DeploymentConfirmation, ballot(Decision::Return, "报表打不开"));
        let mut lowered = case.clone();
        let judge = |verdict| Command::RecordVerdict { verdict, reason: "客户异议成立".to_owned() };
        lowered.refused(case.cast.owner, &judge(Verdict::RolledBack), &[Code::VerdictStands]);
        lowered.done(case.cast.owner, judge(Verdict::Failed));
        lowered.go(Stage::Closed);
        let excuse = Command::ExcuseArchiveRecord { record: "confirmation".to_owned(), reason: "已另行说明".to_owned() };
        let codes = case.refused(case.cast.general_manager, &excuse, &[Code::ObjectionAbove]).clause("5.8b").codes();
        // Who objects to the lower verdict as well is overruled by somebody above, never by the release itself.
        case.done(case.cast.owner, judge(Verdict::Partial));
        case.vote(case.cast.representative, ApprovalKind::DeploymentConfirmation, ballot(Decision::Return, "仍然打不开"));
        case.refused(case.cast.owner, &excuse, &[Code::ObjectionAbove]);
        case.done(case.cast.general_manager, excuse);
        case.until(|d| !d.approvals.iter().any(|a| a.is_open()));
        case.go(Stage::Closed);
        codes
    }
    /// 5.9: an item that is not concerned after all is dropped by whoever keeps the database, by nobody else.
    fn an_item_dropped_during_the_update_by_the_administrator() {
        let mut case = requested();
        let drop = |change_id| Command::DropConfigurationChange { change_id, reason: "不再涉及".to_owned() };
        let ids: Vec<ConfigurationChangeId> = case.dossier.configuration.iter().map(|c| c.id).collect();
        let codes = case.refused(case.cast.administrator, &drop(ids[0]), &[Code::NotPermitted]).cleared_by(case.cast.configuration_administrator).codes();
        for id in ids {
            case.done(case.cast.configuration_administrator, drop(id));
        }
        assert_eq!(case.dossier.release.stage, Stage::Closure);
        codes
    }
    fn a_configuration_request_when_everything_was_sent() {
        let case = requested();
        let command = Command::SendConfigurationRequest { note: String::new() };
        case.refused(case.cast.implementer, &command, &[Code::ConfigurationNothing]).clause("5.9").codes()
    }
    fn the_confirmation_of_an_item_that_was_not_requested() {
        let case = at(Stage::ConfigurationUpdate);
        let id = case.dossier.configuration[0].id;
        case.refused(case.cast.configuration_administrator, &confirm(id), &[Code::ConfigurationState]).codes()
    }
    /// 5.2, 5.9: after a rollback the baseline is confirmed, not the version that never went live.
    fn the_confirmation_of_the_new_version_after_a_rollback() {
        let mut case = opened(&CASTS[0], ReleaseKind::Minor, |way| way.ending(Verdict::RolledBack)).to(Stage::ConfigurationUpdate);
        case.until(|d| d.configuration.iter().all(|c| c.state == ConfigurationState::Requested));
        let change = case.dossier.configuration[0].clone();
        assert_eq!(case.dossier.expected_state(&change), change.baseline);
        let administrator = case.cast.configuration_administrator;
        let refused = case.refused(administrator, &confirm(change.id), &[Code::ConfigurationDiffers]).clause("5.2").codes();
        let (actual, library_reference) = (ItemState { version: "3.8.2".to_owned(), values: String::new() }, None);
        let difference = "回退后补丁保留，经变更管理同意".to_owned();
        case.done(administrator, Command::ConfirmConfigurationChange { change_id: change.id, actual, library_reference, difference });
        assert!(case.dossier.configuration[0].difference_reason.is_some());
        case.go(Stage::Completed);
        refused
    }
    fn the_confirmation_of_an_unknown_item() {
        let case = requested();
        let id = ConfigurationChangeId::nth(case.dossier.release.id, 99);
        case.refused(case.cast.configuration_administrator, &confirm(id), &[Code::ConfigurationUnknown]).codes()
    }
    fn the_confirmation_of_an_item_by_who_deployed_it() {
        let mut case = requested();
        let implementer = case.cast.implementer;
        let id = case.dossier.configuration[0].id;
        case.deputise(implementer, case.cast.configuration_administrator);
        case.refused(implementer, &confirm(id), &[Code::DeputyUnfit]).clause("D16");
        let administrator = case.cast.configuration_administrator;
        case.world.dossier.run_sheet[0].performed_by = administrator;
        case.refused(administrator, &confirm(id), &[Code::ConfigurationSelf]).clause("5.9").codes()
    }
    fn the_confirmation_of_an_item_by_the_implementer() {
        let case = requested();
        let id = case.dossier.configuration[0].id;
        case.refused(case.cast.implementer, &confirm(id), &[Code::NotPermitted]).cleared_by(case.cast.configuration_administrator).codes()
    }
    fn a_configuration_item_that_is_listed_already() {
        let case = at(Stage::Readiness);
        let item = case.dossier.configuration[0].item.clone();
        let command = Command::PlanConfigurationChange { item, version: "9".to_owned(), phase: None };
        case.refused(case.cast.administrator, &command, &[Code::ConfigurationDuplicate]).codes()
    }
    fn reopening_by_the_implementer() {
        let case = at(Stage::Closed);
        let command = Command::ReopenRelease { reason: "补充资料".to_owned() };
        case.refused(case.cast.implementer, &command, &[Code::NotPermitted]).cleared_by(case.cast.owner).codes()
    }
    fn reopening_after_completion() {
        let case = at(Stage::Completed);
        case.refused(case.cast.owner, &Command::ReopenRelease { reason: "补充资料".to_owned() }, &[Code::WrongStage]).codes()
    }
}

#[test]
fn a_returned_configuration_request_is_sent_again() {
    let mut case = requested();
    let id = case.dossier.configuration[0].id;
    let command = Command::ReturnConfigurationChange { change_id: id, reason: "缺少安装路径".to_owned() };
    case.done(case.cast.configuration_administrator, command);
    assert_eq!(case.dossier.configuration[0].state, ConfigurationState::Returned);
    case.go(Stage::Completed);
}

#[test]
fn a_reopened_release_voids_nothing_signed_and_asks_about_its_report_again() {
    let mut case = at(Stage::Closed);
    case.until(|d| d.latest_approval(ApprovalKind::ReportApproval).is_some());
    let signed =
        case.dossier.approvals.iter().filter(|a| a.state == fabu_domain::blocks::approval::ApprovalState::Passed).count();
    case.done(case.cast.owner, Command::ReopenRelease { reason: "补充现场照片".to_owned() });
    assert_eq!(case.dossier.release.stage, Stage::Closure);
    case.go(Stage::Closed);
    let still = case.dossier.approvals.iter().filter(|a| a.state == fabu_domain::blocks::approval::ApprovalState::Passed).count();
    assert_eq!(signed, still);
    case.vote(case.cast.owner, ApprovalKind::ReportApproval, agreement());
    assert_eq!(case.dossier.release.stage, Stage::Completed);
}

#[test]
fn a_report_revised_during_its_approval_is_approved_in_its_new_revision_only() {
    let mut case = at(Stage::Closed);
    case.until(|d| d.latest_approval(ApprovalKind::ReportApproval).is_some());
    let old = case.approval(ApprovalKind::ReportApproval).id;
    let mut report = contents::release_report(&case.way.theme);
    report.conclusion = "完成，补充观察数据。".to_owned();
    let document = DocumentKind::ReleaseReport;
    case.done(case.cast.administrator, Command::SaveDraft { document, content: report.into() });
    let quarter = fabu_domain::time::quarter::Quarter::of(case.around.now);
    let figures = Some(contents::example_figures(&case.way.theme, quarter, true));
    case.done(case.cast.administrator, Command::SubmitDocument { document, note: String::new(), figures });
    case.refused(case.cast.owner, &vote(old, agreement()), &[Code::ApprovalStale]);
    case.vote(case.cast.owner, ApprovalKind::ReportApproval, agreement());
    assert_eq!(case.dossier.release.stage, Stage::Completed);
}

#[test]
fn an_exception_lets_one_person_deploy_and_update() {
    let mut case = new();
    let implementer = case.cast.implementer;
    let roles = [Role::Implementer, Role::ConfigurationAdministrator].into_iter().collect();
    case.around.directory.users.get_mut(&implementer).unwrap().roles = roles;
    let kind = ExceptionKind::ConfigurationAdministratorIsImplementer;
    case.done(case.cast.general_manager, Command::GrantException { kind, reason: "配置管理员休假".to_owned() });
    let role = Role::ConfigurationAdministrator;
    case.done(case.cast.owner, Command::AssignRole { role, user_id: implementer, reason: "休假".to_owned() });
    case.way.cast.configuration_administrator = implementer;
    case.go(Stage::Completed);
}
