//! A PostgreSQL server of one's own for the length of a test run.
//!
//! It lives in a temporary folder, listens on a free loopback port only, and asks for a password, so that logging in is
//! part of what the tests exercise. PostgreSQL refuses to run as root; there it runs as the user `postgres`. It is
//! stopped and its folder removed when the value is dropped; should this program be killed, the kernel tells the
//! server to stop.

use crate::certificates;
use crate::packages::postgres_program;
use crate::shell::{Shell, find_program, is_root, signal_group};
use anyhow::{Context, Result, anyhow, bail};
use std::fs::File;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The account of the operating system that runs the server when this program runs as root.
const SYSTEM_USER: &str = "postgres";
/// The role of the database that the tests log in as; it may create databases.
const ROLE: &str = "fabu";
/// A port may be taken by somebody else between looking and starting: so many tries.
const ATTEMPTS: usize = 3;
/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server. The order of the fields is the order of the end: first the server stops, then its folder goes.
pub struct Cluster {
    _server: Server,
    url: String,
    folder: TempDir,
}

impl Cluster {
    /// Makes a new cluster, starts it and logs in once.
    ///
    /// # Errors
    /// When a program of PostgreSQL is missing or fails; with the end of the server's log.
    pub fn start(shell: &Shell) -> Result<Self> {
        let program = |name: &str| postgres_program(name).with_context(|| format!("PostgreSQL's {name} is not found"));
        let (initdb, postgres, psql) = (program("initdb")?, program("postgres")?, program("psql")?);
        let folder = tempfile::Builder::new().prefix("fabu-postgres-").tempdir().context("cannot make a temporary folder")?;
        let password = random_password()?;
        create(&initdb, folder.path(), &password)?;
        let mut failure = anyhow!("no free port");
        for _ in 0..ATTEMPTS {
            let port = free_port()?;
            let url = format!("postgres://{ROLE}:{password}@127.0.0.1:{port}/postgres");
            let log = folder.path().join("log");
            let mut server = Server::start(&postgres, folder.path(), port, &log)?;
            match server.wait_until_ready(shell, &psql, &url) {
                Ok(()) => return Ok(Self { _server: server, url, folder }),
                Err(error) => failure = error.context(end_of(&log)),
            }
            if shell.interrupted() || !format!("{failure:#}").contains("Address already in use") {
                break;
            }
        }
        Err(failure.context("PostgreSQL did not start"))
    }

    /// Where to log in to create databases: `postgres://role:password@127.0.0.1:port/postgres`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The certificate of the authority that signed the server's, which is made out to `localhost`.
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join(certificates::AUTHORITY)
    }

    /// Tells the tests where the server is. They use TLS only where they are about it.
    pub fn announce(&self, command: &mut Command) {
        command.env("FABU_TEST_POSTGRES", self.url()).env("FABU_TEST_POSTGRES_AUTHORITY", self.authority());
        command.env("PGSSLMODE", "disable");
    }
}

/// The server process; dropping it stops it.
struct Server(Child);

impl Server {
    fn start(postgres: &Path, folder: &Path, port: u16, log: &Path) -> Result<Self> {
        let settings = [
            "fsync=off", // The databases are thrown away; what must survive a crash is tested on clusters of its own.
            "max_connections=300",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "shared_buffers=128MB",
            "log_min_messages=error",
        ];
        let log = File::create(log)?;
        let file = |name: &str| folder.join(name).display().to_string();
        let tls = [
            "ssl=on".to_owned(),
            format!("ssl_cert_file={}", file(certificates::CERTIFICATE)),
            format!("ssl_key_file={}", file(certificates::KEY)),
        ];
        let mut command = as_plain_user(postgres)?;
        command.arg("-D").arg(folder.join("data")).arg("-p").arg(port.to_string());
        command.args(settings.iter().flat_map(|setting| ["-c", setting]));
        command.args(tls.iter().flat_map(|setting| ["-c", setting]));
        command.current_dir(folder).stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).process_group(0);
        Ok(Self(command.spawn().context("cannot start PostgreSQL")?))
    }

    fn wait_until_ready(&mut self, shell: &Shell, psql: &Path, url: &str) -> Result<()> {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if let Some(status) = self.0.try_wait()? {
                bail!("the server ended with {status}");
            }
            if shell.interrupted() {
                bail!("interrupted");
            }
            let login = Command::new(psql)
                .args(["--no-psqlrc", "--quiet", "--command", "SELECT 1", "--dbname", url])
                .env("PGCONNECT_TIMEOUT", "5")
                .output()?;
            if login.status.success() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("the server does not answer after {} s", PATIENCE.as_secs())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // "Immediate" shutdown: nothing in these databases is worth a checkpoint.
        signal_group(self.0.id(), "QUIT");
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(5) && matches!(self.0.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        signal_group(self.0.id(), "KILL");
        let _ = self.0.wait();
    }
}

/// Makes the cluster's files in `folder/data`, owned by whoever will run the server.
fn create(initdb: &Path, folder: &Path, password: &str) -> Result<()> {
    let password_file = folder.join("password");
    std::fs::write(&password_file, password)?;
    certificates::make(folder)?;
    if is_root() {
        let owned = Command::new("chown").arg("-R").arg(format!("{SYSTEM_USER}:")).arg(folder).status()?;
        if !owned.success() {
            bail!("there is no user {SYSTEM_USER} to run PostgreSQL as");
        }
    }
    let mut command = as_plain_user(initdb)?;
    command.args(["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--username", ROLE]);
    command.arg("--pwfile").arg(&password_file).arg("--pgdata").arg(folder.join("data"));
    let output = command.current_dir(folder).stdin(Stdio::null()).output().context("cannot start initdb")?;
    if !output.status.success() {
        bail!("initdb failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

/// `program` as an account that is not root, and told to stop when this program is gone.
fn as_plain_user(program: &Path) -> Result<Command> {
    let Some(setpriv) = find_program("setpriv") else {
        if is_root() {
            bail!("setpriv (package util-linux) is needed to run PostgreSQL as another user than root");
        }
        return Ok(Command::new(program));
    };
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", "INT"]);
    if is_root() {
        command.args(["--reuid", SYSTEM_USER, "--regid", SYSTEM_USER, "--init-groups"]);
    }
    command.arg("--").arg(program);
    Ok(command)
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").context("no free port on 127.0.0.1")?.local_addr()?.port())
}

fn random_password() -> Result<String> {
    let mut bytes = [0_u8; 18];
    File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes)).context("no random bytes")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn end_of(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(10)..].join("\n")
}
