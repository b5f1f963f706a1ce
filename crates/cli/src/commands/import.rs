//! `fabu import`: the history of earlier releases, and configuration items ([`items`]).

mod items;

use crate::{instance::Instance, say};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use fabu_app::{
    App, Caller,
    imports::{Counts, Field, Ledger, LedgerError, Leniency, Rules, Taken, import_ledger, preview_ledger, read_ledger},
};
use fabu_domain::{
    identity::folded,
    ids::UserId,
    language::Language,
    subjects::release::stage::{ReleaseKind, Verdict},
};
use indicatif::{ProgressBar, ProgressStyle};
use std::{fmt::Write, path::PathBuf, process::ExitCode, str::FromStr, time::Instant};

/// The most differences that are printed.
const SHOWN: usize = 100;

/// What to import.
#[derive(Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Import a release ledger (CSV): its rows become closed releases, marked imported, counted in their quarter
    #[command(after_long_help = fields_help())]
    Ledger(LedgerOptions),
    /// Import configuration items (CSV or XLSX): new numbers are added, known ones changed; rows with errors are told and left out
    Items(items::ItemsOptions),
}

/// Which ledger, and how to read it.
#[derive(Args)]
pub struct LedgerOptions {
    #[command(flatten)]
    instance: Instance,
    /// The file: CSV with a header, plain or packed with gzip; UTF-8 or GB18030; comma, semicolon or tab
    file: PathBuf,
    /// Where a field comes from: a heading, or a text with {heading} places: --map 'number={system}-{version}'
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = pair)]
    map: Vec<(String, String)>,
    /// What a word of the ledger stands for: --value outcome.erledigt=successful, --value kind.P1=emergency
    #[arg(long = "value", value_name = "FIELD.WORD=VALUE", value_parser = pair)]
    values: Vec<(String, String)>,
    /// The kind of every word that is not known: --other-kinds minor
    #[arg(long, value_name = "KIND", value_parser = kind)]
    other_kinds: Option<ReleaseKind>,
    #[command(flatten)]
    given_up: GivenUp,
    /// In whose name the releases are entered
    #[arg(long = "as", value_name = "LOGIN")]
    by: Option<String>,
    /// Check everything and say what would happen; change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Rows and signs that are given up by name; without it each is an error, and nothing is imported.
#[derive(Args)]
struct GivenUp {
    /// Leave out rows of totals (合计, 小计, total)
    #[arg(long)]
    skip_totals: bool,
    /// Leave out releases that were cancelled before they began (取消, 未实施): they do not count
    #[arg(long)]
    skip_cancelled: bool,
    /// Leave out rows in which one cell only is filled
    #[arg(long)]
    skip_remarks: bool,
    /// Take the missing cells at the end of a short row as empty
    #[arg(long)]
    fill_short_rows: bool,
    /// Take quotation marks as characters like any other
    #[arg(long)]
    literal_quotes: bool,
    /// Keep private characters, which only the fonts of one office can show
    #[arg(long)]
    keep_private_characters: bool,
}

impl GivenUp {
    fn leniency(&self) -> Leniency {
        Leniency {
            skip_totals: self.skip_totals,
            skip_cancelled: self.skip_cancelled,
            skip_remarks: self.skip_remarks,
            fill_short_rows: self.fill_short_rows,
            literal_quotes: self.literal_quotes,
            keep_private_characters: self.keep_private_characters,
        }
    }
}

fn kind(text: &str) -> Result<ReleaseKind, String> {
    ReleaseKind::from_str(text).map_err(|error| error.to_string())
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// The end of the long help: every field, and the headings that are recognised.
fn fields_help() -> String {
    let mut help = "Fields (* required), and the headings that are recognised without --map:\n".to_owned();
    for field in Field::ALL {
        let star = if field.is_required() { "*" } else { " " };
        let _ = writeln!(
            help,
            "  {:<13}{star} {}\n                 {}",
            field.as_str(),
            field.meaning(),
            field.headings().join(", ")
        );
    }
    help.push_str(
        "\nThe ledger of OpenStack's releases is recognised as a whole.\n\
         The heading may stand below title rows; those and repeated headings are left out and listed.\n\
         Dates: ISO 8601 with its offset; without one China time: 2024-03-05, 2024/3/5 18:30, 2024年3月5日 下午6:30, 20240305,\n\
         24:00, and the day number of a spreadsheet (45356).\n\
         Each release gets the number HIST-<number of the ledger>. A number that was imported before is left as it is; where\n\
         the row differs, that is reported. With one error in a row nothing is imported.",
    );
    help
}

/// Reads the file, compares it with what is known, and adds what is new.
///
/// # Errors
/// When the file cannot be read, a row is wrong, or the database refuses.
pub async fn run(options: Options) -> Result<ExitCode> {
    let options = match options.what {
        What::Ledger(options) => options,
        What::Items(options) => return items::run(options).await,
    };
    let rules = rules(&options)?;
    let app = options.instance.app()?;
    let bytes = std::fs::read(&options.file).with_context(|| format!("cannot read {}", options.file.display()))?;
    let name = options.file.file_name().map_or_else(|| "ledger".to_owned(), |name| name.to_string_lossy().into_owned());
    let ledger = read_ledger(&bytes, &name, &rules, app.clock.now()).map_err(|error| wrong(&options, &error))?;
    println!("{name}: {} rows, {}", ledger.rows.len(), ledger.encoding);
    print_reading(&ledger);
    let caller = Caller::system(say::request_id("import-ledger"));
    let by = match &options.by {
        Some(login) => Some(find(&app, &caller, login).await?),
        None => None,
    };
    let begin = Instant::now();
    let taken = match options.dry_run {
        true => app.read(&caller, move |rx| preview_ledger(rx, &ledger)).await,
        false => import(&app, &caller, ledger, by).await,
    };
    let taken = taken.map_err(|failure| say::failed(&failure))?;
    print(&taken, options.dry_run, begin);
    Ok(ExitCode::SUCCESS)
}

/// Where the fields come from, and every row that is left out or was filled, with its line.
fn print_reading(ledger: &Ledger) {
    for (field, source) in &ledger.mapping {
        println!("  {field:<13} from {source}");
    }
    let chinese = say::language() == Language::Chinese;
    for row in &ledger.left_out {
        match chinese {
            true => println!("  第 {} 行未导入，{}：{}", row.row, row.reason.text(chinese), row.text),
            false => println!("  row {} left out, {}: {}", row.row, row.reason.text(chinese), row.text),
        }
    }
    for row in &ledger.filled {
        match chinese {
            true => println!("  第 {row} 行缺少的单元格按空处理（--fill-short-rows）"),
            false => println!("  row {row}: missing cells taken as empty (--fill-short-rows)"),
        }
    }
}

/// The releases added by outcome, weight and quarter, one line each.
fn print_counts(counts: &Counts) {
    let line =
        |counts: Vec<(&str, usize)>| counts.iter().map(|(word, count)| format!("{word} {count}")).collect::<Vec<_>>().join(", ");
    let quarters = counts.by_quarter.iter().map(|(quarter, count)| (quarter.as_str(), *count)).collect();
    println!("  by outcome: {}", line(counts.by_verdict.iter().map(|(word, count)| (*word, *count)).collect()));
    println!("  by kind: {}", line(counts.by_kind.iter().map(|(word, count)| (*word, *count)).collect()));
    println!("  by quarter: {}", line(quarters));
}

async fn import(app: &App, caller: &Caller, ledger: Ledger, by: Option<UserId>) -> Result<Taken, fabu_app::Failure> {
    let bar = ProgressBar::new(ledger.rows.len() as u64);
    // Shown on a terminal only; the rest of this command is plain text.
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} releases, {eta} left") {
        bar.set_style(style);
    }
    let moved = bar.clone();
    let taken = app.write(caller, move |cx| import_ledger(cx, &ledger, by, &|rows| moved.set_position(rows as u64))).await;
    bar.finish_and_clear();
    taken
}

fn print(taken: &Taken, dry_run: bool, begin: Instant) {
    for difference in taken.different.iter().take(SHOWN) {
        println!(
            "differs, not changed: row {}, {}, {}: imported \"{}\", now \"{}\"",
            difference.row, difference.number, difference.field, difference.before, difference.now
        );
    }
    if taken.different.len() > SHOWN {
        println!("… and {} more differences", taken.different.len() - SHOWN);
    }
    let verb = if dry_run { "would be imported (dry run, nothing was changed)" } else { "imported" };
    println!(
        "{} releases {verb}, {} were imported before, {} differences; {:.1} s",
        taken.added,
        taken.existing,
        taken.different.len(),
        begin.elapsed().as_secs_f64()
    );
    if taken.added > 0 {
        print_counts(&taken.counts);
    }
}

/// Everything that is wrong with the ledger, one line each.
fn wrong(options: &LedgerOptions, error: &LedgerError) -> anyhow::Error {
    let language = say::language();
    let mut text = format!("{}: {}", options.file.display(), error.text(language));
    if let LedgerError::Rows { errors, total } = error {
        for error in errors {
            let _ = write!(text, "\n  {}", error.text(language));
        }
        if *total > errors.len() {
            let _ = write!(text, "\n  … {}", total - errors.len());
        }
    }
    anyhow!(text)
}

async fn find(app: &App, caller: &Caller, login: &str) -> Result<UserId> {
    let wanted = folded(login);
    let found = app.read(caller, move |rx| Ok(rx.directory.users.values().find(|user| user.login == wanted).map(|user| user.id)));
    let found = found.await.map_err(|failure| say::failed(&failure))?;
    found.with_context(|| format!("nobody has the login {login}: see `fabu user list --all`"))
}

fn rules(options: &LedgerOptions) -> Result<Rules> {
    let mut rules = Rules { other_kinds: options.other_kinds, leniency: options.given_up.leniency(), ..Rules::default() };
    for (field, source) in &options.map {
        let field = Field::from_str(field).map_err(|error| anyhow!("--map: {error}"))?;
        rules.map.insert(field, source.clone());
    }
    for (name, value) in &options.values {
        match name.split_once('.') {
            Some(("outcome", word)) => {
                rules.outcomes.insert(word.to_owned(), Verdict::from_str(value).context("--value")?);
            }
            Some(("kind", word)) => {
                rules.kinds.insert(word.to_owned(), ReleaseKind::from_str(value).context("--value")?);
            }
            _ => bail!("--value {name}: write outcome.WORD=VALUE or kind.WORD=VALUE"),
        }
    }
    Ok(rules)
}
