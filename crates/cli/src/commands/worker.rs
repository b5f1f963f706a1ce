//! `fabu worker`: background work in a process of its own, for more than one machine.

use crate::{instance::Instance, mail::MailOptions, stop::asked_to_stop, work::WorkOptions};
use anyhow::{Result, bail};
use clap::Args;
use std::{process::ExitCode, sync::Arc};
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
    base_url: String,
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
    Arc::make_mut(&mut app.settings).base_url = options.base_url.trim_end_matches('/').to_owned();
    options.mail.apply(&mut app)?;
    let context = options.mail.context(app)?;
    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(fabu_worker::run(context, options.work.options(), stopped));
    println!("Fabu {} works on {}", env!("CARGO_PKG_VERSION"), options.instance.describe());
    asked_to_stop().await;
    tracing::info!(grace_seconds = options.work.grace, "stopping: running jobs end first");
    stop.send_replace(true);
    worker.await?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}
