//! `cargo xtask bench configuration`: items, freezes and conflicts at full size, on both databases.

use super::bench::{Measured, folder};
use crate::{
    bench::{
        cases::{Bench, Extent},
        configuration,
        report::{Figure, HEADING, load_average},
        seed::{self, Company},
    },
    cluster::Cluster,
    server::{Installation, Server, free_address},
    shell::Shell,
    workspace::{build_fabu, root},
};
use anyhow::{Result, anyhow, bail};
use clap::Args;
use fabu_scenario::http::{Instance, Network, RealTime};
use std::{path::Path, process::ExitCode};

/// How much to measure.
#[derive(Args)]
pub struct ConfigurationOptions {
    #[command(flatten)]
    measured: Measured,
}

/// Items, freezes and closed releases.
struct Size {
    items: usize,
    freezes: usize,
    releases: usize,
}

/// Fills both databases and measures; fails when an answer was no success.
///
/// # Errors
/// When something does not start or a connection breaks.
pub fn run(options: &ConfigurationOptions) -> Result<ExitCode> {
    let shell = Shell::new(root()?)?;
    let fabu = match &options.measured.program {
        Some(program) => std::path::absolute(program)?,
        None => build_fabu(&shell, &["--release", "--package", "fabu-cli"])?,
    };
    let folder = folder(&shell)?;
    let cluster = Cluster::start(&shell)?;
    // One thread for all connections: the server shall have the other processors.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut errors = 0;
    for (name, database) in [("SQLite", None), ("PostgreSQL", Some(cluster.url()))] {
        println!("{name}, load average {}\n{HEADING}", load_average());
        let figures = runtime.block_on(measure(options, &fabu, database, &folder))?;
        errors += figures.iter().map(|figure| figure.errors).sum::<usize>();
    }
    if errors > 0 {
        bail!("{errors} answers were no success");
    }
    Ok(ExitCode::SUCCESS)
}

async fn measure(options: &ConfigurationOptions, fabu: &Path, database: Option<&str>, folder: &Path) -> Result<Vec<Figure>> {
    let size = if options.measured.quick {
        Size { items: 10_000, freezes: 200, releases: 1_000 }
    } else {
        Size { items: 100_000, freezes: 2_000, releases: 100_000 }
    };
    let extent = Extent { time: options.measured.time(), creations: 0, connections: &[1, 8] };
    let data = tempfile::tempdir_in(folder)?;
    let installation = Installation { fabu, data: data.path(), database };
    let (address, log) = (free_address()?, folder.join("serve.log"));
    let server = Server::start_on(installation, address, &log, true)?;
    let network = Network::new(&format!("http://{address}")).map_err(|error| anyhow!(error))?;
    let company: Company = Instance::found(network, RealTime, &server.set_up_token).await?;
    let checked = configuration::checked_release(&company).await?;
    server.stop()?;
    seed::import_history(installation, 0, size.releases)?;
    let import = configuration::import_items(installation, &checked, size.items)?;
    println!(
        "  {} rows of items imported in {:.1} s, at most {:.0} MiB",
        size.items,
        import.time.as_secs_f64(),
        import.peak as f64 / f64::from(1 << 20)
    );
    let server = Server::start_on(installation, address, &log, true)?;
    server.rest().await?;
    configuration::freezes(&company, address, &checked, size.freezes).await?;
    server.stop()?;
    let server = Server::start_on(installation, address, &log, true)?;
    server.rest().await?;
    let mut bench = Bench { server: &server, releases: size.releases, extent, figures: Vec::new() };
    bench.configuration(&company, &checked).await?;
    let figures = bench.figures;
    server.stop()?;
    Ok(figures)
}
