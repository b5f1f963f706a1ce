//! The pages of `frontend/`: installing what they are built with, building and checking them.
//!
//! What has not changed is not done again: `npm ci` while `package-lock.json` is the same, the build while every file that
//! goes into it is.

use crate::shell::{Shell, find_program};
use crate::totals::Totals;
use anyhow::{Context, Result, bail};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

/// The oldest Node that the packages declare.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// What goes into the pages, below `frontend/`.
const INPUTS: &[&str] = &["src", "public", "scripts", "index.html", "package-lock.json", "tsconfig.json", "vite.config.ts"];

/// The folder of the pages.
pub struct Pages<'s> {
    shell: &'s Shell,
    folder: PathBuf,
}

impl<'s> Pages<'s> {
    /// The pages of the checkout.
    pub fn of(shell: &'s Shell) -> Self {
        Self { shell, folder: shell.root().join("frontend") }
    }

    /// Installs the packages of the lock file, unless they are there.
    ///
    /// # Errors
    /// When Node is missing or too old, or when npm fails.
    pub fn install(&self) -> Result<()> {
        self.check_node()?;
        let lock = digest(&[self.folder.join("package-lock.json")])?;
        let mark = self.folder.join("node_modules/.fabu-lock");
        if is_marked(&mark, &lock) {
            return Ok(());
        }
        self.must(&["ci", "--ignore-scripts", "--no-audit", "--no-fund"])?;
        std::fs::write(&mark, lock).with_context(|| format!("cannot write {}", mark.display()))
    }

    /// Builds the pages, unless they were built from the same files.
    ///
    /// # Errors
    /// When a file cannot be read or the build fails.
    pub fn build(&self) -> Result<()> {
        let inputs: Vec<PathBuf> = INPUTS.iter().map(|name| self.folder.join(name)).collect();
        let inputs = digest(&inputs)?;
        let mark = self.folder.join("dist/.inputs");
        if is_marked(&mark, &inputs) && self.folder.join("dist/pages/index.html").is_file() {
            return Ok(());
        }
        self.must(&["run", "--silent", "build"])?;
        std::fs::write(&mark, inputs).with_context(|| format!("cannot write {}", mark.display()))
    }

    /// Runs a script of `package.json`; its output is shown.
    ///
    /// # Errors
    /// When npm cannot be started.
    pub fn script(&self, name: &str) -> Result<ExitStatus> {
        self.npm(&["run", "--silent", name], |_| {})
    }

    /// Runs a script that tests, and reads its totals from what it prints.
    ///
    /// # Errors
    /// When npm cannot be started, or when no test ran at all.
    pub fn count(&self, name: &str, environment: &[(&str, &Path)]) -> Result<Totals> {
        let mut totals = Totals::default();
        let mut command = self.command(&["run", "--silent", name]);
        command.envs(environment.iter().copied());
        let status = self.shell.run(&mut command, |line| totals = totals_of(line).unwrap_or(totals))?;
        if !status.success() && totals.failed == 0 {
            println!("npm run {name} ended with {status} and named no failed test");
            totals.failed = 1;
        }
        if totals == Totals::default() {
            bail!("npm run {name} ran no test at all");
        }
        Ok(totals)
    }

    fn must(&self, arguments: &[&str]) -> Result<()> {
        let status = self.npm(arguments, |_| {})?;
        if !status.success() {
            bail!("npm {} ended with {status} in frontend/", arguments.join(" "));
        }
        Ok(())
    }

    fn npm(&self, arguments: &[&str], watch: impl FnMut(&str)) -> Result<ExitStatus> {
        self.shell.run(&mut self.command(arguments), watch)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("npm");
        command.arg("--prefix").arg(&self.folder).args(arguments).env("NO_COLOR", "1").env("CI", "1");
        command
    }

    fn check_node(&self) -> Result<()> {
        let oldest = format!("Node {}.{} or newer is needed for the pages (https://nodejs.org)", OLDEST_NODE.0, OLDEST_NODE.1);
        if find_program("node").is_none() || find_program("npm").is_none() {
            bail!("{oldest}: there is no node or no npm on the search path");
        }
        let output = Command::new("node").arg("--version").output().context("cannot start node")?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if node_version(&version).is_none_or(|version| version < OLDEST_NODE) {
            bail!("{oldest}: found {version:?}");
        }
        Ok(())
    }
}

fn is_marked(mark: &Path, digest: &str) -> bool {
    std::fs::read_to_string(mark).is_ok_and(|known| known == digest)
}

/// `v20.20.2` as (20, 20).
fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.strip_prefix('v')?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// A number that changes with the name or the content of any file below the paths. Only compared on the same machine.
fn digest(paths: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        add(path, &mut hasher).with_context(|| format!("cannot read {}", path.display()))?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> std::io::Result<()> {
    path.file_name().hash(hasher);
    if !path.is_dir() {
        std::fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let mut names: Vec<PathBuf> = std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    names.sort();
    names.iter().try_for_each(|name| add(name, hasher))
}

/// The totals in a line of vitest (`Tests  2 failed | 19 passed (21)`) or of our own runners (`9 passed, 0 failed`).
fn totals_of(line: &str) -> Option<Totals> {
    let line = line.trim();
    let counts = line.strip_prefix("Tests ").or_else(|| line.ends_with(" failed").then_some(line))?;
    let mut totals = Totals::default();
    for part in counts.split([',', '|']) {
        let (number, word) = part.trim().split_once(' ')?;
        let number = number.parse().ok()?;
        match word.split(' ').next()? {
            "passed" => totals.passed = number,
            "failed" => totals.failed = number,
            "skipped" | "todo" => totals.skipped += number,
            _ => return None,
        }
    }
    Some(totals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_totals_of_vitest_and_of_our_runners() {
        let totals = |passed, failed, skipped| Some(Totals { passed, failed, skipped });
        assert_eq!(totals_of("      Tests  21 passed (21)"), totals(21, 0, 0));
        assert_eq!(totals_of("      Tests  2 failed | 18 passed | 1 skipped (21)"), totals(18, 2, 1));
        assert_eq!(totals_of("9 passed, 0 failed"), totals(9, 0, 0));
        for line in [" Test Files  4 passed (4)", "Tests of something", "the build failed", "passed", ""] {
            assert_eq!(totals_of(line), None, "{line}");
        }
    }

    #[test]
    fn refuses_an_old_node() {
        assert!(node_version("v20.19.0").is_some_and(|version| version >= OLDEST_NODE));
        assert!(node_version("v18.20.4").is_some_and(|version| version < OLDEST_NODE));
        assert_eq!(node_version("something"), None);
    }

    #[test]
    fn the_digest_follows_names_and_content() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let paths = [folder.path().join("src")];
        std::fs::create_dir(&paths[0])?;
        std::fs::write(paths[0].join("a.ts"), "1")?;
        let first = digest(&paths)?;
        assert_eq!(digest(&paths)?, first);
        std::fs::write(paths[0].join("a.ts"), "2")?;
        assert_ne!(digest(&paths)?, first);
        std::fs::rename(paths[0].join("a.ts"), paths[0].join("b.ts"))?;
        std::fs::write(paths[0].join("b.ts"), "1")?;
        assert_ne!(digest(&paths)?, first);
        Ok(())
    }
}
