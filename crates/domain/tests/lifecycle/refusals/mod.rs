//! One test for each refusal of the procedure, named after what is refused; together they reach every code.

mod closing;
mod conflicts;
mod creation;
mod deployment;
mod deputies;
mod documents;
mod go_live;
mod hats;
mod items;
mod library;
mod members;
mod panels;
mod people;
mod planning;
mod procedure_versions;
mod quarterly;
mod rollback;
mod tasks;
mod testing;

use fabu_domain::subject::refusal::Code;
use std::collections::BTreeSet;

/// Declares tests that end with the codes of their refusal, and lists them for the coverage test.
macro_rules! refusals {
    ($($(#[$doc:meta])* fn $name:ident() $body:block)+) => {
        $($(#[$doc])* fn $name() -> Vec<fabu_domain::subject::refusal::Code> $body)+
        pub const CASES: &[fn() -> Vec<fabu_domain::subject::refusal::Code>] = &[$($name),+];
        mod refuses {
            $(#[test] fn $name() { assert!(!super::$name().is_empty()); })+
        }
    };
}
pub(crate) use refusals;

/// Codes that no command reaches. The list is empty and stays so: such a code is deleted.
const EXCEPTIONS: &[Code] = &[];

#[test]
fn every_code_is_reached_by_a_refusal() {
    let all = [
        closing::CASES,
        conflicts::CASES,
        creation::CASES,
        deployment::CASES,
        deputies::CASES,
        documents::CASES,
        go_live::CASES,
        hats::CASES,
        items::CASES,
        library::CASES,
        members::CASES,
        panels::CASES,
        people::CASES,
        planning::CASES,
        procedure_versions::CASES,
        quarterly::CASES,
        rollback::CASES,
        tasks::CASES,
        testing::CASES,
    ];
    let reached: BTreeSet<Code> = all.into_iter().flatten().flat_map(|case| case()).collect();
    let missing: Vec<Code> = Code::ALL.iter().copied().filter(|c| !reached.contains(c) && !EXCEPTIONS.contains(c)).collect();
    assert_eq!(missing, []);
}
