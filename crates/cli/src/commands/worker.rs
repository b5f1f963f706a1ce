//! `fabu worker`: background work in a process of its own, for more than one machine.

use crate::{instance::Instance, mail::MailOptions, secret_file, stop::Stop, work::WorkOptions};
use anyhow::{Result, bail};
use clap::Args;
use fabu_app::BaseUrl;
use std::{path::PathBuf, process::ExitCode, sync::Arc};
use tokio::sync::watch;

/// How to work.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    instance: Instance,
    #[command(flatten)]
    mail: MailOptions,
    #[command(flatten)]
    work: WorkOptions,
    /// The address people use, such as https://release.example.com: for the links in mails
    #[arg(long, env = "FABU_BASE_URL", value_name = "URL")]
    base_url: BaseUrl,
    /// The file with the keys of the processes that serve: what chat robots speak with is sealed with them [default: secret.key
    /// in the data directory]
    #[arg(long, env = "FABU_SECRET_FILE", value_name = "FILE")]
    secret_file: Option<PathBuf>,
}

/// Works until SIGTERM or SIGINT.
///
/// # Errors
/// When the database cannot be used, is not of this version, or is SQLite.
pub async fn run(options: Options) -> Result<ExitCode> {
    if options.instance.in_folder() {
        bail!("a worker of its own needs PostgreSQL (--database): with SQLite, `fabu serve` does the work itself");
    }
    let mut app = options.instance.app()?;
    let settings = Arc::make_mut(&mut app.settings);
    settings.base_url = options.base_url.clone();
    match secret_file::shared_keys(&options.instance.data_dir, options.secret_file.as_deref())? {
        Some(keys) => settings.signing_keys = keys,
        None => tracing::warn!("no keys are given (--secret-file): chat robots cannot speak from this process"),
    }
    options.mail.apply(&mut app)?;
    app.claim_files().await?;
    let context = options.mail.context(app)?;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(fabu_worker::run(context, options.work.options(), stopped));
    let mut signals = Stop::listen();
    println!("Fabu {} works on {}", env!("CARGO_PKG_VERSION"), options.instance.describe());
    signals.asked().await;
    tracing::info!(grace_seconds = options.work.grace, "stopping: running jobs end first");
    stop.send_replace(true);
    worker.await?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}
