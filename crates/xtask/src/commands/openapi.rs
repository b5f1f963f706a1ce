//! `cargo xtask openapi`: the description of the HTTP interface, generated from the code and committed.

use crate::shell::Shell;
use crate::workspace::{build_fabu, fabu_offers, root};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Where the description is kept, from the top of the checkout.
const FILE: &str = "openapi/openapi.json";

/// What to do with the description.
#[derive(Args)]
pub struct Options {
    /// Change nothing; fail when the committed file differs from the code.
    #[arg(long)]
    check: bool,
}

/// Writes or checks openapi/openapi.json.
///
/// # Errors
/// When the code does not build, or when `--check` finds a difference.
pub fn run(options: &Options) -> Result<ExitCode> {
    let shell = Shell::new(root()?)?;
    let fabu = build_fabu(&shell, &["--workspace", "--bin", "fabu"])?;
    if options.check {
        check(shell.root(), &fabu)?;
        println!("{FILE} is up to date");
    } else {
        let file = shell.root().join(FILE);
        std::fs::create_dir_all(file.parent().unwrap_or(shell.root()))?;
        std::fs::write(&file, generate(&fabu)?)?;
        println!("wrote {FILE}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether there is a description to check: the program makes one, or one is committed.
///
/// # Errors
/// When the program cannot be started.
pub fn exists(root: &Path, fabu: &Path) -> Result<bool> {
    Ok(root.join(FILE).exists() || fabu_offers(fabu, "openapi")?)
}

/// Compares the committed file with what the code says.
///
/// # Errors
/// When they differ.
pub fn check(root: &Path, fabu: &Path) -> Result<()> {
    let committed = std::fs::read(root.join(FILE)).unwrap_or_default();
    if committed != generate(fabu)? {
        bail!("{FILE} differs from the code: run `cargo xtask openapi` and commit the file");
    }
    Ok(())
}

fn generate(fabu: &Path) -> Result<Vec<u8>> {
    let output = Command::new(fabu).arg("openapi").output().with_context(|| format!("cannot start {}", fabu.display()))?;
    if !output.status.success() || output.stdout.is_empty() {
        bail!("`fabu openapi` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(output.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_or_different_file_is_refused() {
        // `echo openapi` stands in for `fabu openapi`.
        let (root, program) = (tempfile::tempdir().unwrap(), Path::new("echo"));
        std::fs::create_dir(root.path().join("openapi")).unwrap();
        assert!(check(root.path(), program).is_err());
        std::fs::write(root.path().join(FILE), "another\n").unwrap();
        assert!(check(root.path(), program).is_err());
        std::fs::write(root.path().join(FILE), "openapi\n").unwrap();
        assert!(check(root.path(), program).is_ok());
    }
}
