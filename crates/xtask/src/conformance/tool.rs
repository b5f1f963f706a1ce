//! Schemathesis: where it is kept, how it is called, and what it has tried.

use crate::shell::Shell;
use crate::workspace::cache;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const VERSION: &str = "4.32.5";
const HOOKS: &str = include_str!("hooks.py");
/// The same requests in every run.
const SEED: &str = "20260201";
const CHECKS: &str =
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,ignored_auth";
/// Operations that would end the session or lock the account under test.
const LEFT_OUT: &str = "^/api/v1/(auth/|me/password$|events/stream$)";

/// The file with the requests that founded the company: examples of bodies that make sense.
pub const REQUESTS: &str = "requests.json";

/// What one role is to try.
pub struct Plan<'p> {
    /// The server.
    pub url: &'p str,
    /// The access token of the role.
    pub token: &'p str,
    /// The access token of somebody who may read everything.
    pub reader: &'p str,
    /// Names to sign in with that stay as they are.
    pub protected: &'p [&'p str],
    /// Where every answer is noted.
    pub answers: &'p Path,
    /// Generated requests per operation, besides those at the limits of the schema.
    pub examples: u32,
    /// One operation by its id, instead of all.
    pub only: Option<&'p str>,
}

/// What came of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answers by status, for each operation.
    pub operations: BTreeMap<String, BTreeMap<u64, u64>>,
}

impl Tally {
    /// Reads the notes: one JSON object per line with `operation` and `status`.
    pub fn read(notes: &str) -> Self {
        let mut tally = Self::default();
        for note in notes.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            if let (Some(operation), Some(status)) = (note["operation"].as_str(), note["status"].as_u64()) {
                *tally.operations.entry(operation.to_owned()).or_default().entry(status).or_default() += 1;
            }
        }
        tally
    }

    /// Takes in the answers that somebody else got.
    pub fn add(&mut self, other: Self) {
        for (operation, statuses) in other.operations {
            let known = self.operations.entry(operation).or_default();
            statuses.into_iter().for_each(|(status, count)| *known.entry(status).or_default() += count);
        }
    }

    /// How many requests were sent.
    pub fn requests(&self) -> u64 {
        self.operations.values().flat_map(BTreeMap::values).sum()
    }

    /// The operations that never answered with success, with the statuses they did answer with.
    pub fn never_succeeded(&self) -> Vec<(&str, Vec<u64>)> {
        let without = self.operations.iter().filter(|(_, statuses)| !statuses.keys().any(|s| (200..300).contains(s)));
        without.map(|(operation, statuses)| (operation.as_str(), statuses.keys().copied().collect())).collect()
    }
}

/// Schemathesis in a virtual environment of its own in the cache.
///
/// # Errors
/// When Python or the package index is missing.
pub fn install(shell: &Shell) -> Result<PathBuf> {
    let folder = cache()?.join(format!("schemathesis-{VERSION}"));
    let (program, done) = (folder.join("bin/st"), folder.join("complete"));
    if done.is_file() {
        return Ok(program);
    }
    println!("installing Schemathesis {VERSION} into the cache; this happens once");
    let steps = [
        Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder),
        Command::new(folder.join("bin/pip"))
            .args(["install", "--quiet", "--disable-pip-version-check"])
            .arg(format!("schemathesis=={VERSION}")),
    ]
    .map(|command| std::mem::replace(command, Command::new("true")));
    for mut step in steps {
        if !shell.run(&mut step, |_| {})?.success() {
            bail!("Schemathesis {VERSION} could not be installed: Python 3 with venv and a package index are needed");
        }
    }
    std::fs::write(done, VERSION)?;
    Ok(program)
}

/// Sends the requests of one role; true when every answer was as described.
///
/// # Errors
/// When the program cannot be started.
pub fn explore(shell: &Shell, program: &Path, folder: &Path, plan: &Plan<'_>) -> Result<bool> {
    let hooks = folder.join("fabu_conformance_hooks.py");
    std::fs::write(&hooks, HOOKS)?;
    // It keeps what it has found in the folder it works in; every run starts without.
    let mut command = Command::new("env");
    command.arg("-C").arg(folder).arg(program);
    command.args(["run", &format!("{}/api/v1/openapi.json", plan.url), "--url", plan.url, "--no-color"]);
    command.args(["--phases", "examples,coverage,fuzzing", "--checks", CHECKS, "--seed", SEED, "--warnings", "off"]);
    command.args(["--max-examples", &plan.examples.to_string(), "--continue-on-failure", "--no-shrink", "--workers", "2"]);
    command.args(["--generation-database", "none", "--request-timeout", "30"]);
    command.args(["-H", &format!("Authorization: Bearer {}", plan.token), "--exclude-path-regex", LEFT_OUT]);
    if let Some(operation) = plan.only {
        command.args(["--include-operation-id", operation]);
    }
    command.env("SCHEMATHESIS_HOOKS", "fabu_conformance_hooks").env("PYTHONPATH", folder);
    command.env("FABU_URL", plan.url).env("FABU_TOKEN", plan.token).env("FABU_READER", plan.reader);
    command.env("FABU_PROTECTED", plan.protected.join(",")).env("FABU_ANSWERS", plan.answers);
    command.env("FABU_REQUESTS", folder.join(REQUESTS));
    let status = shell.run(&mut command, |_| {})?;
    match status.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => Err(anyhow::anyhow!("{status}")).context("Schemathesis did not finish"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_counts_as_reached_only_with_a_success() {
        let tally = Tally::read(concat!(
            r#"{"operation":"GET /a","status":200}"#,
            "\n",
            r#"{"operation":"GET /a","status":404}"#,
            "\n",
            r#"{"operation":"GET /b","status":404}"#,
            "\nhalf a li"
        ));
        assert_eq!((tally.requests(), tally.never_succeeded()), (3, vec![("GET /b", vec![404])]));
        let mut all = Tally::read(r#"{"operation":"GET /b","status":200}"#);
        all.add(tally);
        assert_eq!((all.requests(), all.never_succeeded()), (4, vec![]), "one role's success is enough");
    }
}
