//! Random histories: people of the company give thousands of random commands, and no illegal state ever comes of it.
//!
//! By default 10,000 histories from fixed seeds; `FABU_HISTORIES=500` asks for fewer or more.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

mod agreement;
mod commands;
mod contents;
mod dice;
mod invariants;
mod people;
mod players;

use agreement::Agreement;
use dice::Dice;
use fabu_domain::{
    subject::refusal::Code,
    subjects::release::stage::{ReleaseKind, Stage},
};
use players::Game;
use proptest::{
    collection::vec,
    prelude::{Strategy, any},
    test_runner::{Config, RngSeed, TestError, TestRunner},
};
use std::{cell::RefCell, collections::BTreeSet};

/// What was reached over all histories.
#[derive(Debug, Default, Clone)]
struct Reached {
    stages: BTreeSet<Stage>,
    codes: BTreeSet<Code>,
    accepted: usize,
    refused: usize,
}

impl Reached {
    fn add(&mut self, other: &Self) {
        self.stages.extend(&other.stages);
        self.codes.extend(&other.codes);
        self.accepted += other.accepted;
        self.refused += other.refused;
    }
}

/// Plays one history: a start reached by commands, then one random move for each seed.
fn play(starts: &[Game], start: usize, moves: &[u64], reached: &mut Reached) -> Result<(), String> {
    let mut game = starts[start % starts.len()].clone();
    reached.stages.insert(game.world.dossier.release.stage);
    for seed in moves {
        let mut dice = Dice::new(*seed);
        game.pass_time(&mut dice);
        let Some((actor, command)) = game.next(&mut dice) else { continue };
        let agreement = Agreement::before(&game.world, &actor, &command);
        let before = game.world.dossier.clone();
        let result = game.world.give_as(actor, &command);
        let told = |problem: String| format!("{problem}\nafter {command:?}\nby {actor:?} at {}", game.world.around.now);
        agreement.check(&game.world, &command, result.as_ref().map(|_| ())).map_err(told)?;
        match result {
            Ok(events) => {
                reached.accepted += 1;
                if events.is_empty() {
                    return Err(told("accepted without an entry in the log".to_owned()));
                }
                invariants::hold(&before, &game.world, &command, &events).map_err(told)?;
                people::hold(&before, &game.world, &events).map_err(told)?;
                reached.stages.insert(game.world.dossier.release.stage);
            }
            Err(refusal) => {
                reached.refused += 1;
                if refusal.unmet().is_empty() {
                    return Err(told("a refusal without reason".to_owned()));
                }
                reached.codes.extend(refusal.unmet().iter().map(|u| u.code));
            }
        }
    }
    Ok(())
}

/// Some histories from one seed; gives what they reached, or the shortest history that breaks an invariant.
fn shard(starts: &[Game], histories: u32, seed: u64) -> Result<Reached, String> {
    let config = Config { cases: histories, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::default() };
    let reached = RefCell::new(Reached::default());
    let history = (any::<u16>(), vec(any::<u64>().no_shrink(), 10..40));
    let result = TestRunner::new(config).run(&history, |(start, moves)| {
        let mut one = Reached::default();
        play(starts, start.into(), &moves, &mut one).map_err(proptest::test_runner::TestCaseError::fail)?;
        reached.borrow_mut().add(&one);
        Ok(())
    });
    match result {
        Ok(()) => Ok(reached.into_inner()),
        Err(TestError::Fail(reason, history)) => Err(format!("{reason}\nhistory: {history:?}")),
        Err(TestError::Abort(reason)) => Err(reason.to_string()),
    }
}

#[test]
fn no_history_of_commands_reaches_an_illegal_state() {
    const SHARDS: u32 = 4;
    let histories: u32 = std::env::var("FABU_HISTORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let starts = players::starts();
    let results: Vec<Result<Reached, String>> = std::thread::scope(|scope| {
        let shards = (0..SHARDS).map(|n| {
            scope.spawn({
                let starts = &starts;
                move || shard(starts, histories.div_ceil(SHARDS), 0x0606 + u64::from(n))
            })
        });
        shards.collect::<Vec<_>>().into_iter().map(|shard| shard.join().unwrap()).collect()
    });
    let mut reached = Reached::default();
    for result in results {
        reached.add(&result.unwrap_or_else(|problem| panic!("{problem}")));
    }
    println!("{histories} histories: {} commands accepted, {} refused", reached.accepted, reached.refused);
    let missing: Vec<&Stage> = Stage::ALL.iter().filter(|s| !reached.stages.contains(s)).collect();
    assert!(missing.is_empty(), "stages never reached: {missing:?}");
    if histories >= 10_000 {
        // These need other registers than the company has, or a row of unlikely moves. The tests named after refusals
        // reach every code without exception.
        let rare = [
            Code::ChangeNone,
            Code::ServiceObjectNone,
            Code::ServiceObjectUnknown,
            Code::CustomerUnknown,
            Code::RoleMissing,
            Code::DepartmentMissing,
            Code::ProcedureNotEffective,
            Code::ReviewSectionsUncovered,
            // Only records of before hold a duty that somebody else has met.
            Code::DutyNotAcknowledged,
            Code::ApprovalOutdated,
            // Nothing but one group left out of a rollback, or a decision on an objection by somebody below.
            Code::RollbackGroupLeftOut,
            Code::ObjectionAbove,
            // A whole round of made-up tests that fails, or a plan revised and reviewed anew after its test.
            Code::VerdictRefuted,
            Code::TestReportBeforePlan,
            // A step of whoever confirms the configuration, and everything else as planned.
            Code::ConfigurationSelf,
            // A unit without a version before it, and a plan that names none for it.
            Code::ReturnVersionUnknown,
            // Nobody of the company's team speaks for its customers.
            Code::CustomerNotSeparated,
        ];
        // Reports of quarters, versions of the procedure, the media library and permission in registers are no release.
        let others = ["report.", "procedure_version.", "media_item."];
        let of_a_release = |c: &&Code| {
            !others.iter().any(|family| c.as_str().starts_with(family)) && ![Code::NoRole, Code::RegisterOwnRelease].contains(c)
        };
        let not_reached = Code::ALL.iter().filter(of_a_release).filter(|c| !reached.codes.contains(c));
        let missing: Vec<&Code> = not_reached.filter(|c| !rare.contains(c)).collect();
        assert!(missing.is_empty(), "codes never reached: {missing:?}");
    }
}

#[test]
fn a_history_of_the_usual_way_reaches_the_end_on_both_routes() {
    for (kind, way) in players::ways() {
        let mut game = Game::open(kind, way);
        game.world.travel_to(&game.way, Stage::Completed).unwrap();
        assert_eq!(game.world.dossier.is_emergency(), kind == ReleaseKind::Emergency);
    }
}
