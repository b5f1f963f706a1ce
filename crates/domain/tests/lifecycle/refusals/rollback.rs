//! A rollback that is begun: carried through, told, and judged as it went (RA7, 5.2x).

use super::{
    deployment::{report_at, roll_back, step, verdict},
    refusals,
};
use crate::support::*;
use fabu_domain::{
    blocks::task::TaskKind,
    subject::refusal::Code,
    subjects::release::{
        command::Command,
        documents::RollbackGroup,
        records::StepResult,
        stage::{Stage, Verdict},
    },
};

refusals! {
    /// RA7, 5.2x: a rollback that was begun is not forgotten by calling the deployment failed.
    fn the_verdict_failed_while_nothing_was_done_of_a_rollback() {
        let mut case = at(Stage::Deployment);
        case.done(case.cast.administrator, roll_back());
        let expected = [&[Code::RollbackGroupOpen; 5][..], &[Code::TaskOpen]].concat();
        let codes = case.refused(case.cast.owner, &verdict(Verdict::Failed), &expected).clause("5.2.1").codes();
        for group in RollbackGroup::ALL {
            let report = report_at(&case, StepResult::Failed, "回退脚本报错", None);
            case.done(case.cast.implementer, Command::RecordRollback { group: *group, report });
        }
        case.refused(case.cast.owner, &verdict(Verdict::Failed), &[Code::TaskOpen]).clause("5.2.5");
        case.until(|d| !d.tasks.iter().any(|t| t.is_open() && t.kind == TaskKind::RollbackNotice));
        case.done(case.cast.owner, verdict(Verdict::Failed));
        codes
    }
    fn the_verdict_rolled_back_when_everything_was_left_out() {
        let mut case = at(Stage::Deployment);
        case.done(case.cast.administrator, roll_back());
        for group in RollbackGroup::ALL {
            let report = report_at(&case, StepResult::Excused, "不涉及", None);
            case.done(case.cast.implementer, Command::RecordRollback { group: *group, report });
        }
        case.refused(case.cast.owner, &verdict(Verdict::RolledBack), &[&[Code::TaskOpen][..], &[Code::RollbackGroupLeftOut; 3]].concat()).codes()
    }
    /// RA7: danger does not wait for a suspended release to be resumed.
    fn a_step_of_a_suspended_release_that_may_be_rolled_back() {
        let mut case = at(Stage::Deployment);
        case.done(case.cast.owner, Command::SuspendRelease { reason: "等待厂商".to_owned() });
        let codes = case.refused(case.cast.implementer, &step("s1", step_now(&case)), &[Code::Suspended]).codes();
        case.done(case.cast.administrator, roll_back());
        let command = Command::RecordRollback { group: RollbackGroup::Systems, report: step_now(&case) };
        case.done(case.cast.implementer, command);
        codes
    }
    fn a_rollback_group_without_a_rollback() {
        let case = at(Stage::Deployment);
        let command = Command::RecordRollback { group: RollbackGroup::Systems, report: step_now(&case) };
        case.refused(case.cast.implementer, &command, &[Code::NotRollingBack]).codes()
    }
    fn steps_and_a_second_rollback_while_rolling_back() {
        let mut case = at(Stage::Deployment);
        case.done(case.cast.owner, roll_back());
        case.refused(case.cast.owner, &roll_back(), &[Code::RollingBack]);
        case.refused(case.cast.implementer, &step("s1", step_now(&case)), &[Code::RollingBack]).clause("5.8c").codes()
    }
    fn a_rollback_started_by_the_implementer() {
        let case = at(Stage::Deployment);
        case.refused(case.cast.implementer, &roll_back(), &[Code::NotPermitted]).clause("RA7").codes()
    }
}
