//! `cargo xtask bench http`: how fast the program answers, built as it is shipped.

use crate::bench::{
    cases::{Bench, Extent},
    report::{HEADING, Report, Start, load_average},
    seed::{self, Company},
};
use crate::server::{Installation, Server, free_address};
use crate::shell::Shell;
use crate::workspace::{build_fabu, cargo, root};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use fabu_scenario::http::{Instance, Network, RealTime};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// What to measure.
#[derive(Args)]
pub struct Options {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Requests per second, times and processor time of the server on SQLite, against a bare web server
    Http(HttpOptions),
    /// Configuration items, conflicts and freezes at full size, on both databases, and the import of all items
    Configuration(super::bench_configuration::ConfigurationOptions),
    /// Mails per second out of a backlog, and the time from a commit to the mail, on both databases
    Worker(super::bench_worker::WorkerOptions),
}

/// What is measured over HTTP, and for how long.
#[derive(Args)]
pub(super) struct Measured {
    /// Only see that it works: a tenth of the data or less, one second each
    #[arg(long)]
    pub quick: bool,
    /// How long each measurement takes, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 4)]
    seconds: u64,
    /// Measure this program instead of building one
    #[arg(long, value_name = "FILE")]
    pub program: Option<PathBuf>,
}

impl Measured {
    /// How long each measurement takes.
    pub fn time(&self) -> Duration {
        Duration::from_secs(if self.quick { 1 } else { self.seconds })
    }
}

/// The folder for what is measured and what the servers write.
pub(super) fn folder(shell: &Shell) -> Result<PathBuf> {
    let folder = shell.root().join("target/bench");
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// How much to measure. The bare server is the example beside the program, if there is one.
#[derive(Args)]
struct HttpOptions {
    #[command(flatten)]
    measured: Measured,
    /// Measure the API alone: the background work that each command causes stays undone
    #[arg(long)]
    no_worker: bool,
}

const FULL: Plan = Plan { histories: &[1_000, 100_000], panels: 36, creations: 1_000, connections: &[1, 8, 32] };
const QUICK: Plan = Plan { histories: &[1_000], panels: 4, creations: 50, connections: &[1, 8] };

struct Plan {
    /// How many closed releases, one measurement after another.
    histories: &'static [usize],
    /// Releases under review, for votes.
    panels: usize,
    /// Releases created for each number of connections.
    creations: usize,
    connections: &'static [usize],
}

/// Builds, measures, prints a table and writes `target/bench/http.json`. Fails when an answer was no success.
///
/// # Errors
/// When something does not start or a connection breaks.
pub fn run(options: &Options) -> Result<ExitCode> {
    match &options.what {
        What::Http(options) => run_http(options),
        What::Configuration(options) => super::bench_configuration::run(options),
        What::Worker(options) => super::bench_worker::run(options),
    }
}

fn run_http(options: &HttpOptions) -> Result<ExitCode> {
    let shell = Shell::new(root()?)?;
    let (fabu, hello) = match &options.measured.program {
        Some(program) => {
            let fabu = std::path::absolute(program)?;
            let hello = beside(&fabu);
            (fabu, hello)
        }
        None => {
            let fabu = build_fabu(&shell, &["--release", "--package", "fabu-cli"])?;
            let hello = build_hello(&shell, &fabu)?;
            (fabu, hello)
        }
    };
    let folder = folder(&shell)?;
    let before = load_average();
    println!("load average before: {before} (other programs on the machine take from these figures)\n{HEADING}");
    // One thread for all connections: the server shall have the other processors.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = runtime.block_on(measure(&shell, options, &fabu, &hello, &folder))?;
    let after = load_average();
    println!("\n{HEADING}");
    for figure in &report.figures {
        println!("{}", figure.line());
    }
    for start in &report.starts {
        let megabytes = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        println!(
            "{} releases: first answer after {} ms; resident memory {:.1} MiB idle, {:.1} MiB after the load",
            start.releases,
            start.first_answer.as_millis(),
            megabytes(start.idle),
            megabytes(start.loaded)
        );
    }
    println!("load average after: {after}");
    report.write(&folder.join("http.json"), (&before, &after))?;
    if report.errors() > 0 {
        bail!("{} answers were no success", report.errors());
    }
    Ok(ExitCode::SUCCESS)
}

/// The bare server; it lies in the folder `examples` beside the program.
fn build_hello(shell: &Shell, fabu: &Path) -> Result<PathBuf> {
    let arguments = ["build", "--release", "--package", "fabu-cli", "--package", "fabu-api", "--example", "hello"];
    if !shell.run(cargo().args(arguments), |_| {})?.success() {
        bail!("cargo build failed");
    }
    Ok(beside(fabu))
}

fn beside(fabu: &Path) -> PathBuf {
    fabu.with_file_name("examples").join("hello")
}

async fn measure(shell: &Shell, options: &HttpOptions, fabu: &Path, hello: &Path, folder: &Path) -> Result<Report> {
    let plan = if options.measured.quick { QUICK } else { FULL };
    let extent = Extent { time: options.measured.time(), creations: plan.creations, connections: plan.connections };
    let mut report = Report::default();
    if hello.is_file() {
        let bare = Server::telling_its_address(hello)?;
        let mut bench = Bench { server: &bare, releases: 0, extent, figures: Vec::new() };
        bench.hello().await?;
        report.figures.append(&mut bench.figures);
        bare.stop()?;
    } else {
        println!("  there is no {}: the bare server is left out", hello.display());
    }

    let data = tempfile::tempdir_in(folder)?;
    let (address, log) = (free_address()?, folder.join("serve.log"));
    let installation = Installation { fabu, data: data.path(), database: None };
    let start = |worker: bool| Server::start_on(installation, address, &log, worker);
    let server = start(true)?;
    let network = Network::new(&format!("http://{address}")).map_err(|error| anyhow!(error))?;
    let company: Company = Instance::found(network, RealTime, &server.set_up_token).await?;
    let live = seed::releases_on_their_way(&company, plan.panels).await?;
    println!("  the company is founded, {} releases are on their way", plan.panels + 1);
    server.stop()?;
    let mut known = 0;
    for releases in plan.histories.iter().copied() {
        seed::import_history(installation, known, releases)?;
        known = releases;
        // The first start after an import opens a file that the import has left; the second is the usual one.
        start(true)?.stop()?;
        let server = start(!options.no_worker)?;
        let first_answer = server.first_answer;
        server.rest().await?;
        let mut start = Start { releases, first_answer, idle: server.resident()?, loaded: 0 };
        let mut bench = Bench { server: &server, releases, extent, figures: Vec::new() };
        bench.fabu(&company, &live, &releases.to_string()).await?;
        report.figures.append(&mut bench.figures);
        start.loaded = server.resident()?;
        report.starts.push(start);
        server.stop()?;
        if shell.interrupted() {
            bail!("interrupted");
        }
    }
    Ok(report)
}
