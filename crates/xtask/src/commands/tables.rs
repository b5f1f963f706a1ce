//! `cargo xtask tables`: the tables of docs/generated, made from the code by `fabu tables --dir`, and committed.

use crate::shell::Shell;
use crate::workspace::{build_fabu, fabu_offers, root};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Where the tables are kept, from the top of the checkout.
const FOLDER: &str = "docs/generated";

/// What to do with the tables.
#[derive(Args)]
pub struct Options {
    /// Change nothing; fail when the committed tables differ from the code.
    #[arg(long)]
    check: bool,
}

/// Writes or checks docs/generated.
///
/// # Errors
/// When the code does not build, or when `--check` finds a difference.
pub fn run(options: &Options) -> Result<ExitCode> {
    let shell = Shell::new(root()?)?;
    let fabu = build_fabu(&shell, &["--workspace", "--bin", "fabu"])?;
    if options.check {
        check(shell.root(), &fabu)?;
        println!("{FOLDER} is up to date");
    } else {
        // Written anew as a whole, so that a table that is no longer made does not stay behind.
        let tables = generate(&fabu)?;
        let folder = shell.root().join(FOLDER);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        for (name, content) in &tables {
            std::fs::write(folder.join(name), content)?;
        }
        println!("wrote {} tables to {FOLDER}", tables.len());
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether there are tables to check: the program makes some, or some are committed.
///
/// # Errors
/// When the program cannot be started.
pub fn exists(root: &Path, fabu: &Path) -> Result<bool> {
    Ok(root.join(FOLDER).exists() || fabu_offers(fabu, "tables")?)
}

/// Compares the committed tables with what the code says.
///
/// # Errors
/// Names every table that differs, is missing or is no longer made.
pub fn check(root: &Path, fabu: &Path) -> Result<()> {
    let differing = differing(&files_in(&root.join(FOLDER))?, &generate(fabu)?);
    if !differing.is_empty() {
        bail!("{FOLDER} differs from the code ({}): run `cargo xtask tables` and commit the files", differing.join(", "));
    }
    Ok(())
}

type Files = BTreeMap<String, Vec<u8>>;

fn generate(fabu: &Path) -> Result<Files> {
    let folder = tempfile::tempdir()?;
    let output = Command::new(fabu)
        .args(["tables", "--dir"])
        .arg(folder.path())
        .output()
        .with_context(|| format!("cannot start {}", fabu.display()))?;
    if !output.status.success() {
        bail!("`fabu tables` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let files = files_in(folder.path())?;
    if files.is_empty() {
        bail!("`fabu tables` wrote nothing");
    }
    Ok(files)
}

fn files_in(folder: &Path) -> Result<Files> {
    let mut files = Files::new();
    if folder.is_dir() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            files.insert(entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?);
        }
    }
    Ok(files)
}

fn differing(committed: &Files, made: &Files) -> Vec<String> {
    let mut names: Vec<&String> = committed.keys().chain(made.keys()).collect();
    names.sort();
    names.dedup();
    names.into_iter().filter(|name| committed.get(*name) != made.get(*name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_changed_missing_and_left_over_tables() {
        let files = |list: &[(&str, &str)]| -> Files {
            list.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
        };
        let committed = files(&[("same.md", "a"), ("changed.md", "old"), ("left-over.md", "x")]);
        let made = files(&[("same.md", "a"), ("changed.md", "new"), ("missing.md", "y")]);
        assert_eq!(differing(&committed, &made), ["changed.md", "left-over.md", "missing.md"]);
    }
}
