//! `cargo xtask test`: everything that must hold before a change lands.
//!
//! A failing step does not keep the later ones from running where they still make sense, so that one run shows all there
//! is to mend. Each check counts as one passed or failed, each test as itself; the last line is the sum.

use super::{openapi, tables};
use crate::cluster::Cluster;
use crate::pages::Pages;
use crate::report::{Ending, Report};
use crate::shell::{Shell, find_program};
use crate::totals::{Totals, libtest_totals, nextest_totals};
use crate::workspace::{build_fabu, cargo, metadata, root};
use crate::{dependencies, packages, tidy};
use anyhow::{Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// The crate whose users are tested on both databases.
const STORE: &str = "fabu-store";

/// What to test: everything.
#[derive(Args)]
pub struct Options {}

/// Runs all steps; answers success only when nothing failed.
///
/// # Errors
/// When the checkout cannot be found.
pub fn run(_: &Options) -> Result<ExitCode> {
    let begin = Instant::now();
    let shell = Shell::new(root()?)?;
    let mut run = Run { shell: &shell, report: Report::default() };
    run.all();
    run.report.print(begin);
    Ok(if run.report.is_green() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

struct Run<'s> {
    shell: &'s Shell,
    report: Report,
}

impl Run<'_> {
    fn all(&mut self) {
        let shell = self.shell;
        let mut ready = false;
        self.step("what the tests need is installed", || {
            packages::ensure(shell)?;
            ready = true;
            Ok(Ending::Held)
        });
        if !ready {
            return;
        }
        self.check("formatting", cargo().args(["fmt", "--all", "--check"]));
        self.step("structure", || Ok(ending(tidy::problems(shell.root())?)));
        self.step("licences, sources and version floors", || dependencies::check(shell));
        self.check("lints", cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]));
        let pages = Pages::of(shell);
        let has_pages = self.pages(&pages);
        let mut fabu = None;
        self.step("build", || {
            fabu = Some(build_fabu(shell, &["--workspace", "--all-targets"])?);
            Ok(Ending::Held)
        });
        // Without a program there is nothing to generate from and nothing to test; the build counts as failed.
        let Some(fabu) = fabu else { return };
        self.step("openapi/openapi.json is up to date", || {
            if !openapi::exists(shell.root(), &fabu)? {
                return Ok(Ending::NothingYet("fabu has no command openapi".into()));
            }
            openapi::check(shell.root(), &fabu).map(|()| Ending::Held)
        });
        self.step("docs/generated is up to date", || {
            if !tables::exists(shell.root(), &fabu)? {
                return Ok(Ending::NothingYet("fabu has no command tables".into()));
            }
            tables::check(shell.root(), &fabu).map(|()| Ending::Held)
        });
        let runner = Runner { shell, fabu, nextest: find_program("cargo-nextest").is_some() };
        self.step("tests on SQLite", || runner.on_sqlite());
        if runner.nextest {
            self.step("examples in the documentation", || runner.examples());
        }
        self.step("tests on PostgreSQL", || runner.on_postgres());
        if has_pages {
            let program = [("FABU_TEST_BINARY", runner.fabu.as_path())];
            self.step("browser tests", || Ok(Ending::Counted(pages.count("browser", &program)?)));
        }
    }

    /// The checks of the pages that need no running program; true when the pages were built.
    fn pages(&mut self, pages: &Pages<'_>) -> bool {
        let mut ready = false;
        self.step("pages: packages", || {
            pages.install()?;
            ready = true;
            Ok(Ending::Held)
        });
        if !ready {
            return false;
        }
        for (name, script) in [
            ("pages: the API client is up to date", "generate:check"),
            ("pages: types", "check"),
            ("pages: lints", "lint"),
            ("pages: formatting", "format:check"),
        ] {
            self.step(name, || {
                let status = pages.script(script)?;
                Ok(if status.success() { Ending::Held } else { Ending::Broken(vec![format!("ended with {status}")]) })
            });
        }
        self.step("pages: unit tests", || Ok(Ending::Counted(pages.count("test", &[])?)));
        let mut built = false;
        self.step("pages: build", || {
            pages.build()?;
            built = true;
            Ok(Ending::Held)
        });
        if built {
            self.step("pages: sizes", || Ok(Ending::Counted(pages.count("budgets", &[])?)));
        }
        built
    }

    fn step(&mut self, name: &str, work: impl FnOnce() -> Result<Ending>) {
        let interrupted = self.shell.interrupted();
        self.report.step(name, || if interrupted { bail!("not run: interrupted") } else { work() });
    }

    /// A step that is one program: it holds when the program succeeds.
    fn check(&mut self, name: &str, command: &mut Command) {
        let shell = self.shell;
        self.step(name, || {
            let status = shell.run(command, |_| {})?;
            Ok(if status.success() { Ending::Held } else { Ending::Broken(vec![format!("ended with {status}")]) })
        });
    }
}

fn ending(problems: Vec<String>) -> Ending {
    if problems.is_empty() { Ending::Held } else { Ending::Broken(problems) }
}

/// Runs the Rust tests: with cargo-nextest when it is installed, otherwise with `cargo test`.
struct Runner<'s> {
    shell: &'s Shell,
    fabu: PathBuf,
    nextest: bool,
}

impl Runner<'_> {
    fn on_sqlite(&self) -> Result<Ending> {
        let mut command = self.command("sqlite");
        if !self.nextest {
            command.arg("--workspace");
        }
        self.count(&mut command, self.nextest, false)
    }

    /// Only what can reach the database runs a second time.
    fn on_postgres(&self) -> Result<Ending> {
        let cluster = Cluster::start(self.shell)?;
        let mut command = self.command("postgres");
        if self.nextest {
            command.args(["-E", &format!("rdeps({STORE})")]);
        } else {
            command.args(["--lib", "--bins", "--tests"]);
            for package in users_of(STORE, &metadata(self.shell.root())?) {
                command.args(["-p", &package]);
            }
        }
        cluster.announce(&mut command);
        self.count(&mut command, self.nextest, false)
    }

    fn examples(&self) -> Result<Ending> {
        let mut command = cargo();
        command.args(["test", "--workspace", "--doc", "--no-fail-fast", "--quiet"]);
        isolate(&mut command);
        self.count(&mut command, false, true)
    }

    fn command(&self, database: &str) -> Command {
        let mut command = cargo();
        if self.nextest {
            command.args(["nextest", "run", "--workspace", "--no-fail-fast", "--color", "never"]);
            command.args(["--status-level", "slow", "--show-progress", "none"]);
        } else {
            command.args(["test", "--no-fail-fast"]);
        }
        isolate(&mut command);
        command.env("FABU_TEST_DATABASE", database).env("FABU_TEST_BINARY", &self.fabu);
        command
    }

    fn count(&self, command: &mut Command, nextest: bool, may_be_empty: bool) -> Result<Ending> {
        let mut totals = Totals::default();
        let status = self.shell.filter(command, |line| {
            if nextest {
                // One line for the whole run, and the last one counts: a failing test may print such a line, too.
                totals = nextest_totals(line).unwrap_or(totals);
            } else if let Some(more) = libtest_totals(line) {
                totals += more;
            }
            // A crate without examples has nothing to say.
            !(may_be_empty && (line.is_empty() || line == "running 0 tests" || line.starts_with("test result: ok. 0 passed")))
        })?;
        if !status.success() && totals.failed == 0 {
            println!("the test runner ended with {status} and named no failed test");
            totals.failed = 1;
        }
        if totals == Totals::default() && !may_be_empty {
            bail!("the test runner ran no test at all");
        }
        Ok(Ending::Counted(totals))
    }
}

/// Takes away what the environment of the caller could change in the outcome.
fn isolate(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name == "DATABASE_URL" || name.to_string_lossy().starts_with("FABU_") {
            command.env_remove(name);
        }
    }
    command.env("CARGO_TERM_COLOR", "never").env("NO_PROXY", "127.0.0.1,localhost");
}

/// The members of the workspace that depend on `package`, directly or not, and the package itself.
fn users_of(package: &str, metadata: &serde_json::Value) -> Vec<String> {
    let members = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut found = vec![package.to_owned()];
    loop {
        let next = members.iter().find_map(|member| {
            let name = member["name"].as_str()?;
            let dependencies = member["dependencies"].as_array()?;
            let uses = dependencies.iter().any(|dependency| found.iter().any(|known| dependency["name"] == known.as_str()));
            (uses && !found.iter().any(|known| known == name)).then(|| name.to_owned())
        });
        match next {
            Some(name) => found.push(name),
            None => return found,
        }
    }
}

/// Runs `command` with a PostgreSQL server of its own, as the tests on PostgreSQL see it.
///
/// # Errors
/// When the server or the program cannot be started.
pub fn with_postgres(shell: &Shell, program: &Path, arguments: &[String]) -> Result<ExitCode> {
    packages::ensure(shell)?;
    let cluster = Cluster::start(shell)?;
    let mut command = Command::new(program);
    isolate(&mut command);
    command.args(arguments).env("FABU_TEST_DATABASE", "postgres");
    cluster.announce(&mut command);
    let status = shell.run(&mut command, |_| {})?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn finds_direct_and_indirect_users_of_the_store() {
        let metadata = json!({"packages": [
            {"name": "tests", "dependencies": [{"name": "api"}]},
            {"name": "api", "dependencies": [{"name": "store"}, {"name": "serde"}]},
            {"name": "domain", "dependencies": []},
            {"name": "store", "dependencies": [{"name": "domain"}]},
        ]});
        assert_eq!(users_of("store", &metadata), ["store", "api", "tests"]);
    }
}
