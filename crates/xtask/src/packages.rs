//! Programs the tests need from the operating system.

use crate::shell::{Shell, find_program, is_root};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// One need: the Debian package and how to see that it is there.
struct Need {
    package: &'static str,
    purpose: &'static str,
    present: fn() -> bool,
}

/// Needed by the Rust tests.
const FOR_RUST: &[Need] = &[Need {
    package: "postgresql",
    purpose: "the tests run on SQLite and on PostgreSQL",
    present: || postgres_program("initdb").is_some() && postgres_program("psql").is_some(),
}];

/// Needed once there are pages to look at.
const FOR_PAGES: &[Need] = &[
    Need { package: "chromium", purpose: "the pages are tested in a browser", present: || find_program("chromium").is_some() },
    Need {
        package: "fonts-noto-cjk",
        purpose: "Chinese text in pages, pictures and documents",
        present: || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file(),
    },
];

/// A program of PostgreSQL: Debian keeps them outside the search path, by version; the newest counts.
pub fn postgres_program(name: &str) -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin").join(name))))
        .filter(|(_, path)| path.is_file())
        .collect();
    versions.sort();
    versions.pop().map(|(_, path)| path).or_else(|| find_program(name))
}

/// Makes sure that everything needed is there; on Debian and as root it is installed.
///
/// # Errors
/// Names what is missing and how to get it.
pub fn ensure(shell: &Shell) -> Result<()> {
    let pages = if shell.root().join("frontend/package.json").is_file() { FOR_PAGES } else { &[] };
    let needs: Vec<&Need> = FOR_RUST.iter().chain(pages).collect();
    let missing: Vec<&Need> = needs.iter().copied().filter(|need| !(need.present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|need| need.package).collect();
    let words: Vec<String> = missing.iter().map(|need| format!("  {} ({})", need.package, need.purpose)).collect();
    let words = words.join("\n");
    if !(is_root() && find_program("apt-get").is_some()) {
        bail!(
            "these packages are missing:\n{words}\nOn Debian or Ubuntu: sudo apt-get update && sudo apt-get install {}\nElsewhere: install \
             what provides them, with initdb, postgres and psql on the search path.",
            names.join(" ")
        );
    }
    println!("installing what is missing:\n{words}");
    let mut update = Command::new("apt-get");
    update.args(["update", "--quiet"]);
    let mut install = Command::new("apt-get");
    install
        .args(["install", "--yes", "--quiet", "--no-install-recommends"])
        .args(&names)
        .env("DEBIAN_FRONTEND", "noninteractive");
    for command in [&mut update, &mut install] {
        if !shell.run(command, |_| {})?.success() {
            bail!("apt-get failed; these packages are still missing:\n{words}");
        }
    }
    match needs.iter().find(|need| !(need.present)()) {
        None => Ok(()),
        Some(need) => bail!("{} was installed, and what it should bring is still not found", need.package),
    }
}
