//! `fabu import items`: the configuration management database from a table (9.2c).

use crate::{instance::Instance, say};
use anyhow::{Context, Result, anyhow};
use clap::Args;
use fabu_app::{
    Caller,
    subjects::configuration::{ImportOutcome, Table, csv_table, import_items},
};
use fabu_documents::{is_workbook, plain, read_table};
use fabu_domain::language::Language;
use std::{path::PathBuf, process::ExitCode, time::Instant};

/// Which table.
#[derive(Args)]
pub struct ItemsOptions {
    #[command(flatten)]
    instance: Instance,
    /// The file: CSV with a heading (UTF-8 or GB18030; comma, semicolon or tab), or the first sheet of an XLSX workbook
    file: PathBuf,
    /// Check everything and say what would happen; change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Reads the table, and takes over what is right in it.
///
/// # Errors
/// When the file cannot be read, its heading is not understood, or the database refuses.
pub async fn run(options: ItemsOptions) -> Result<ExitCode> {
    let app = options.instance.app()?;
    let bytes = std::fs::read(&options.file).with_context(|| format!("cannot read {}", options.file.display()))?;
    let table = table(&bytes)?;
    drop(bytes);
    let begin = Instant::now();
    let caller = Caller::system(say::request_id("import-items"));
    let outcome = import_items(&app, &caller, table, options.dry_run).await.map_err(|failure| say::failed(&failure))?;
    print(&outcome, options.dry_run, begin);
    Ok(if outcome.refused == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn table(bytes: &[u8]) -> Result<Table> {
    if is_workbook(bytes) {
        let (header, rows) = read_table(bytes)?;
        return Ok(Table::new(header, rows));
    }
    csv_table(bytes, plain).map_err(|(zh, en)| anyhow!(if say::language() == Language::Chinese { zh } else { en }))
}

fn print(outcome: &ImportOutcome, dry_run: bool, begin: Instant) {
    let chinese = say::language() == Language::Chinese;
    for error in &outcome.errors {
        match chinese {
            true => println!("  第 {} 行 {}：{}", error.line, error.column, error.zh),
            false => println!("  row {} {}: {}", error.line, error.column, error.en),
        }
    }
    let ImportOutcome { rows, created, changed, unchanged, refused, .. } = outcome;
    let seconds = begin.elapsed().as_secs_f64();
    match chinese {
        true => {
            let dry = if dry_run { "（试算，未写入）" } else { "" };
            println!("{rows} 行{dry}：新增 {created}，更新 {changed}，无变化 {unchanged}，未接受 {refused}；{seconds:.1} 秒");
        }
        false => {
            let dry = if dry_run { " (dry run, nothing was changed)" } else { "" };
            println!(
                "{rows} rows{dry}: {created} added, {changed} changed, {unchanged} unchanged, {refused} refused; {seconds:.1} s"
            );
        }
    }
}
