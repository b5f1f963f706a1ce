//! The rules of deny.toml, checked with cargo-deny.
//!
//! cargo-deny is compiled once into the cache of the user when it is not on the search path in the right version: about
//! two minutes on two cores, once per machine.

use crate::report::Ending;
use crate::shell::Shell;
use crate::workspace::{cache, cargo};
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::Command;

const VERSION: &str = "0.20.2";

/// Checks licences, sources and bans; advisories need a database that is not at hand everywhere.
///
/// # Errors
/// When cargo-deny cannot be installed or started.
pub fn check(shell: &Shell) -> Result<Ending> {
    let program = cargo_deny(shell)?;
    let mut command = Command::new(program);
    command.args(["--locked", "--color", "never", "check", "licenses", "sources", "bans"]);
    let status = shell.run(&mut command, |_| {})?;
    Ok(if status.success() { Ending::Held } else { Ending::Broken(vec!["see deny.toml for the rules and their reasons".into()]) })
}

fn cargo_deny(shell: &Shell) -> Result<PathBuf> {
    let installed = Command::new("cargo-deny").arg("--version").output();
    if installed.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == format!("cargo-deny {VERSION}")) {
        return Ok("cargo-deny".into());
    }
    let folder = cache()?.join(format!("cargo-deny-{VERSION}"));
    let program = folder.join("bin/cargo-deny");
    if program.is_file() {
        return Ok(program);
    }
    println!("installing cargo-deny {VERSION} into the cache; this happens once and takes about two minutes");
    let build = tempfile::Builder::new().prefix("fabu-cargo-deny-").tempdir()?;
    let mut install = cargo();
    install.args(["install", "--locked", "--quiet", &format!("cargo-deny@{VERSION}"), "--root"]).arg(&folder);
    install.arg("--target-dir").arg(build.path());
    if !shell.run(&mut install, |_| {})?.success() {
        bail!(
            "cargo-deny {VERSION} could not be installed; with a registry at hand: cargo install --locked cargo-deny@{VERSION}"
        );
    }
    Ok(program)
}
