//! The checkout: where it is, what Cargo knows about it, and the program `fabu` built from it.

use crate::shell::Shell;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The top folder of the checkout: the one that `cargo run` is working in. Where this program was compiled is only the
/// second choice, because checkouts that share a target folder share the program, too.
///
/// # Errors
/// When the checkout has been moved or removed since.
pub fn root() -> Result<PathBuf> {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    let root = manifest.ancestors().nth(2).context("the xtask crate lies two folders below the top of the checkout")?;
    if !root.join("Cargo.toml").is_file() {
        bail!("{} is no checkout of Fabu any more; run `cargo xtask` from inside the checkout", root.display());
    }
    Ok(root.to_path_buf())
}

/// Where tools are kept between runs.
///
/// # Errors
/// When the user has no home folder.
pub fn cache() -> Result<PathBuf> {
    let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    Ok(base.or_else(home).context("neither XDG_CACHE_HOME nor HOME is set")?.join("fabu-tools"))
}

/// `cargo`, the same one that started this program.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The members of the workspace as `cargo metadata --no-deps` tells them.
///
/// # Errors
/// When Cargo cannot read the manifests.
pub fn metadata(root: &Path) -> Result<Value> {
    let output = cargo()
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")?;
    if !output.status.success() {
        bail!("cargo metadata failed");
    }
    serde_json::from_slice(&output.stdout).context("cargo metadata did not answer in JSON")
}

/// Compiles with `cargo build --message-format=…` and the given arguments; answers where the program `fabu` lies.
///
/// # Errors
/// When the code does not compile, or when nothing named `fabu` is among what was built.
pub fn build_fabu(shell: &Shell, arguments: &[&str]) -> Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--message-format=json-render-diagnostics"]).args(arguments);
    let mut program = None;
    let status = shell.filter(&mut command, |line| {
        let Ok(message) = serde_json::from_str::<Value>(line) else { return true };
        if message["target"]["name"] == "fabu"
            && let Some(path) = message["executable"].as_str()
            && message["profile"]["test"] == false
        {
            program = Some(PathBuf::from(path));
        }
        false
    })?;
    if !status.success() {
        bail!("cargo build failed");
    }
    program.context("cargo build made no program named fabu")
}

/// Whether `fabu` has the subcommand `name`, by its own help.
///
/// # Errors
/// When the program cannot be started.
pub fn fabu_offers(fabu: &Path, name: &str) -> Result<bool> {
    let output = Command::new(fabu).arg("--help").output().with_context(|| format!("cannot start {}", fabu.display()))?;
    let help = String::from_utf8_lossy(&output.stdout);
    Ok(help.lines().any(|line| line.split_whitespace().next() == Some(name)))
}
