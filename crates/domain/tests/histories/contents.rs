//! Contents of documents as people write them: good, changed in one place, or not finished.

use crate::{dice::Dice, players::Game};
use chrono::TimeDelta;
use fabu_domain::blocks::document::{DocumentContent, DocumentKind};
use fabu_scenario::{Theme, contents};

pub fn of(kind: DocumentKind, game: &Game, dice: &mut Dice) -> DocumentContent {
    if dice.chance(5) {
        return DocumentContent::empty(kind);
    }
    let cast = &game.way.cast;
    let theme = theme(game, dice);
    match kind {
        DocumentKind::ReleasePlan if game.way.emergency => contents::emergency_plan(cast, &theme).into(),
        DocumentKind::ReleasePlan => {
            let mut plan = contents::release_plan(cast, &theme);
            if dice.chance(30) {
                plan.problems[0].solution = dice.word(&["重启服务", "联系厂商", "回退"]);
            }
            if dice.chance(15) {
                plan.configuration_items.clear();
            }
            plan.into()
        }
        DocumentKind::TestReport => {
            let now = game.world.around.now;
            if dice.chance(70) {
                return contents::test_report(cast, &theme, now).into();
            }
            let mut report = contents::failed_test_report(cast, &theme, now);
            report.release_procedure_effective = Some(dice.chance(40));
            report.into()
        }
        DocumentKind::GoLivePlan => {
            let mut plan = contents::go_live_plan(cast, &theme);
            if dice.chance(30) {
                plan.communication.message = dice.word(&["请提前安排业务", "如有疑问请致电服务台"]);
            }
            if dice.chance(20) {
                plan.conflict_reason = "同一团队依次实施".to_owned();
            }
            plan.into()
        }
        DocumentKind::ReleaseReport => {
            let mut report = contents::release_report(&theme);
            report.conclusion = dice.word(&["完成", "完成，有遗留问题", "未达到目标"]);
            report.into()
        }
        DocumentKind::FailureReview => {
            let mut review = contents::failure_review(cast, game.world.around.now.date_naive());
            if dice.chance(20) {
                review.actions.clear();
            }
            review.into()
        }
        DocumentKind::QuarterlyReport | DocumentKind::ProcedureVersion => unreachable!("no document of a release"),
    }
}

/// The theme of the way, now and then with another window, in phases or with a high risk.
fn theme(game: &Game, dice: &mut Dice) -> Theme {
    let mut theme = game.way.theme.clone();
    match dice.below(10) {
        0 => {
            let later = TimeDelta::days(i64::try_from(dice.below(4)).unwrap());
            theme.start += later;
            theme.end += later;
        }
        1 => theme = theme.in_phases(),
        2 => theme = theme.with_high_risk(),
        _ => {}
    }
    theme
}
