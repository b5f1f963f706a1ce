//! `fabu verify`: nothing was changed outside the program.

use crate::{instance::Instance, say};
use anyhow::{Context, Result, bail};
use clap::Args;
use fabu_app::{
    AppError,
    database::{Hash, Seal},
    verification::{Findings, Progress},
};
use fabu_domain::ids::EventId;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The most faults that are printed.
const SHOWN: usize = 100;

/// What to verify.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    instance: Instance,
    /// Seals kept outside of the database, one `NUMBER HASH` a line: each must be found again
    #[arg(long, value_name = "FILE")]
    head: Option<PathBuf>,
    /// When everything is in order, add the last seal to this file; keep the file where the database's keeper cannot write
    #[arg(long, value_name = "FILE")]
    keep_head: Option<PathBuf>,
}

/// Recomputes the chain of the log, compares every record with it, loads every release, hashes documents and files. Writes
/// nothing: also a copy that cannot be written to is checked.
///
/// # Errors
/// When the database cannot be read at all, or a file of seals cannot be used.
pub async fn run(options: Options) -> Result<ExitCode> {
    let kept = options.head.as_deref().map(kept_seals).transpose()?.unwrap_or_default();
    let checked = options.instance.open_to_check()?;
    println!("database {}", checked.about);
    let app = options.instance.to_check(&checked).await?;
    let style = ProgressStyle::with_template("{spinner} {pos} {msg} checked, {elapsed}")?;
    let bar = ProgressBar::new_spinner().with_style(style);
    let moved = bar.clone();
    let found = app.verify(kept, move |progress| show(&moved, progress)).await;
    bar.finish_and_clear();
    let found = found.map_err(|error: AppError| say::failed(&error.into()))?;
    checked.refuse_opened_meanwhile()?;
    print(&found);
    if !found.sound() {
        return Ok(ExitCode::FAILURE);
    }
    if let (Some(file), Some(head)) = (&options.keep_head, &found.log.head) {
        let opened = std::fs::OpenOptions::new().create(true).append(true).open(file);
        let written = opened.and_then(|mut out| writeln!(out, "{} {}", head.seq, head.hash));
        written.with_context(|| format!("cannot write the seal to {}", file.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn show(bar: &ProgressBar, progress: Progress) {
    let (count, of) = match progress {
        Progress::Releases(count) => (count as u64, "releases"),
        Progress::Rows(count) => (count, "rows"),
        Progress::Files(count) => (count as u64, "files"),
    };
    bar.set_message(of);
    bar.set_position(count);
}

fn print(found: &Findings) {
    let log = &found.log;
    println!("log: {} events, {} seals checked, {} events wait for their seal", log.events, log.seals, log.unsealed);
    println!(
        "records: {} releases, {} document revisions, {} rows compared with the log, {} files",
        found.records.releases, found.records.revisions, found.coverage.rows, found.files
    );
    if let (Some(since), true) = (found.coverage.since, found.coverage.adopted) {
        println!(
            "rows were taken over as they were at {}: what was changed before is not known",
            since.format("%Y-%m-%d %H:%M:%S UTC")
        );
    }
    if let Some(head) = &log.head {
        println!("last seal: {} {}", head.seq, head.hash);
    }
    for fault in log.first_bad.iter().chain(&log.more_bad) {
        println!("BAD at seal {}: {}", fault.seq, fault.what);
    }
    for fault in found.faults.iter().take(SHOWN) {
        println!("BAD {}: {}", fault.record, fault.what);
    }
    if found.faults.len() > SHOWN {
        println!("… and {} more", found.faults.len() - SHOWN);
    }
    println!("{}", if found.sound() { "everything is in order" } else { "NOT in order: compare with a backup" });
}

/// The seals of a file: `NUMBER HASH` a line.
fn kept_seals(file: &Path) -> Result<Vec<Seal>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read the seals in {}", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            let mut parts = line.split_whitespace();
            let (seq, hash) = (parts.next().and_then(|seq| seq.parse().ok()), parts.next().and_then(|hash| hash.parse().ok()));
            let (Some(seq), Some(hash), None) = (seq, hash, parts.next()) else {
                bail!("{}, line {}: write the number of the seal and its hash", file.display(), number + 1);
            };
            // Only the number and the hash are compared.
            Ok(Seal { seq, hash, event_id: EventId(uuid::Uuid::nil()), prev_hash: Hash::ZERO })
        })
        .collect()
}
