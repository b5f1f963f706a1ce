//! `fabu serve`: the instance itself.

use super::migrate::bring_up;
use crate::{
    example, instance::Instance, limits::LimitArgs, mail::MailOptions, quota::QuotaOptions, secret_file, stop::Stop,
    work::WorkOptions,
};
use anyhow::{Context, Result};
use clap::Args;
use fabu_api::{ServerOptions, serve};
use fabu_app::{App, BaseUrl, Caller, auth::is_set_up};
use std::{
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::watch;

/// How to serve.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    instance: Instance,
    #[command(flatten)]
    mail: MailOptions,
    #[command(flatten)]
    work: WorkOptions,
    #[command(flatten)]
    quota: QuotaOptions,
    /// The address and port to listen on; port 0 takes a free one
    #[arg(long, env = "FABU_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address people use, such as https://release.example.com: for cookies and links [default: the one listened on]
    #[arg(long, env = "FABU_BASE_URL", value_name = "URL")]
    base_url: Option<BaseUrl>,
    /// How many proxies in a row stand in front and add to X-Forwarded-For; nobody else reaches the port
    #[arg(long, env = "FABU_TRUSTED_PROXIES", value_name = "NUMBER", default_value_t = 0)]
    trusted_proxies: usize,
    /// The same as --trusted-proxies 1
    #[arg(long, env = "FABU_BEHIND_PROXY", conflicts_with = "trusted_proxies")]
    behind_proxy: bool,
    #[command(flatten)]
    limits: LimitArgs,
    /// The file with the keys that sign tokens, when several processes share them [default: secret.key in the data directory]
    #[arg(long, env = "FABU_SECRET_FILE", value_name = "FILE")]
    secret_file: Option<PathBuf>,
    /// Serve an example company, made at the first start, in a database of its own
    #[arg(long)]
    example: bool,
    /// Leave the background work to another process
    #[arg(long)]
    no_worker: bool,
}

/// Migrates, listens, prints the address, and serves until SIGTERM or SIGINT.
///
/// # Errors
/// When the database, the keys or the port cannot be used.
pub async fn run(mut options: Options) -> Result<ExitCode> {
    let begin = Instant::now();
    if options.example {
        options.instance = example::beside(&options.instance);
    }
    let store = options.instance.create_or_open(None)?;
    let place = options.instance.describe();
    println!("{}", bring_up(&store, &place)?);
    let keys = secret_file::keys(&options.instance.data_dir, options.secret_file.as_deref())?;
    let listener = TcpListener::bind(options.listen)
        .with_context(|| format!("cannot listen on {}: choose another address with --listen", options.listen))?;
    let here = BaseUrl::listening(listener.local_addr()?);
    let base_url = options.base_url.clone().unwrap_or_else(|| here.clone());
    let mut app = options.instance.assemble(store, base_url.clone(), keys);
    Arc::make_mut(&mut app.settings).trusted_proxies = options.trusted_proxies.max(usize::from(options.behind_proxy));
    options.mail.apply(&mut app)?;
    let context = options.mail.context(app.clone())?;
    warn_of_plain_http(&options, &base_url);
    Arc::make_mut(&mut app.settings).storage_quota = options.quota.quota();
    app.claim_files().await?;
    if options.example {
        example::prepare(&app, &options.instance).await?;
        example::announce(&options.instance);
    }

    let server = ServerOptions {
        shutdown: Duration::from_secs(options.work.grace),
        signals: false,
        limits: options.limits.options(app.settings.trusted_proxies),
        ..ServerOptions::default()
    };
    let (handle, server) = serve(app.clone(), listener, server, None).context("the server cannot start")?;
    let mut server = tokio::spawn(server);
    let (stop, stopped) = watch::channel(false);
    let worker = (!options.no_worker).then(|| tokio::spawn(fabu_worker::run(context, options.work.options(), stopped)));
    let mut signals = Stop::listen();
    say_how_to_set_up(&app).await;
    println!("Fabu {} listens: {here}/ (after {} ms)", env!("CARGO_PKG_VERSION"), begin.elapsed().as_millis());

    tokio::select! {
        ended = &mut server => ended.context("the server ended")?.context("the server ended")?,
        () = signals.asked() => {
            tracing::info!(grace_seconds = options.work.grace, "stopping: running requests are answered first");
            let graceful = handle.stop(true);
            tokio::select! {
                () = graceful => {}
                () = signals.asked() => handle.stop(false).await,
            }
            server.await.context("the server ended")?.context("the server ended")?;
        }
    }
    stop.send_replace(true);
    if let Some(worker) = worker {
        worker.await.context("the background work ended")?;
    }
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

fn warn_of_plain_http(options: &Options, base_url: &BaseUrl) {
    if !options.listen.ip().is_loopback() && !base_url.is_secure() {
        tracing::warn!(
            base_url = %base_url,
            "passwords cross the network without encryption: put a proxy with TLS in front and name its address with --base-url"
        );
    }
}

/// Says what an empty instance waits for.
async fn say_how_to_set_up(app: &App) {
    let (base_url, token) = (&app.settings.base_url, app.settings.set_up_token());
    match (app.read(&Caller::system("fabu-serve"), is_set_up).await, token) {
        (Ok(true), _) | (_, None) => {}
        (Ok(false), Some(token)) => println!(
            "Nobody has an account yet. Create the administrator at\n  {base_url}/setup#token={}\nor with `fabu user add LOGIN --name \
             NAME --role system_administrator` and the same --data-dir or --database. The token serves until there is an \
             administrator: show it to nobody else.",
            token.expose()
        ),
        (Err(failure), _) => tracing::error!(error = %failure, "it cannot be told whether the instance is set up"),
    }
}
