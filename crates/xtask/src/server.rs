//! A server as a process of its own: its start, its words, its memory, its processor time.

use crate::shell::signal_group;
use anyhow::{Context, Result, bail};
use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Seek, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// The longest that a start may take, and a stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program with the data that it works on.
#[derive(Debug, Clone, Copy)]
pub struct Installation<'i> {
    /// The program.
    pub fabu: &'i Path,
    /// Its data directory.
    pub data: &'i Path,
    /// Its database; none for SQLite in the data directory.
    pub database: Option<&'i str>,
}

/// What a command did.
#[derive(Debug)]
pub struct Finished {
    /// What it printed.
    pub output: String,
    /// True when it succeeded.
    pub success: bool,
    /// How long it took.
    pub time: Duration,
    /// The most memory that it had at once, in bytes.
    pub peak: u64,
}

impl Installation<'_> {
    /// Runs a command, such as `import ledger FILE`, to its end.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self, arguments: &[&str]) -> Result<Finished> {
        let begin = Instant::now();
        let mut command = Command::new(self.fabu);
        command.args(arguments).arg("--data-dir").arg(self.data).env_remove("DATABASE_URL");
        command.args(self.database.map(|url| format!("--database={url}")));
        let mut output = tempfile::tempfile()?;
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output.try_clone()?);
        let mut child = command.spawn().context("cannot start fabu")?;
        let mut peak = 0;
        let status = loop {
            // The kernel keeps the most that there was, so it is enough to look until shortly before the end.
            peak = memory(child.id(), "VmHWM:").map_or(peak, |now| now.max(peak));
            match child.try_wait()? {
                Some(status) => break status,
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        let time = begin.elapsed();
        let mut text = String::new();
        output.rewind()?;
        output.read_to_string(&mut text)?;
        Ok(Finished { output: text, success: status.success(), time, peak })
    }
}

/// A running server; ended when this is dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// The same as an address for clients, such as `http://127.0.0.1:41234`.
    pub url: String,
    /// From the start of the process to its first answer; zero where nobody asked.
    pub first_answer: Duration,
    /// What it printed for its operator to set it up with; empty when somebody has an account already.
    pub set_up_token: String,
    folder: TempDir,
    log: PathBuf,
}

impl Server {
    /// Starts `fabu serve` on an empty data directory of its own and on a free port, and waits until it listens. The
    /// database is SQLite unless `database` names another.
    ///
    /// # Errors
    /// When it cannot be started or ends at once; its own words are then in the message.
    pub fn start(fabu: &Path, database: Option<&str>) -> Result<Self> {
        let folder = folder()?;
        let log = folder.path().join("server.log");
        let mut command = serve(fabu, &folder.path().join("data"), "127.0.0.1:0");
        command.args(database.map(|url| format!("--database={url}")));
        Self::run(&mut command, folder, log)
    }

    /// Starts `fabu serve` on this installation and waits for its first answer. What it logs is added to `log`.
    /// Without `worker` it leaves the background work undone.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn start_on(installation: Installation<'_>, address: SocketAddr, log: &Path, worker: bool) -> Result<Self> {
        let begin = Instant::now();
        let mut command = serve(installation.fabu, installation.data, &address.to_string());
        command.args(installation.database.map(|url| format!("--database={url}")));
        command.args((!worker).then_some("--no-worker"));
        let mut server = Self::run(&mut command, folder()?, log.to_owned())?;
        while !server.is_ready() {
            if server.child.try_wait()?.is_some() || begin.elapsed() > PATIENCE {
                bail!("fabu serve does not answer; see {}", log.display());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        server.first_answer = begin.elapsed();
        Ok(server)
    }

    /// Starts a server that prints its address.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn telling_its_address(program: &Path) -> Result<Self> {
        let folder = folder()?;
        let log = folder.path().join("server.log");
        Self::run(&mut Command::new(program), folder, log)
    }

    /// Runs the program until it tells where it listens: a line that is an address, or `…listens: http://ADDRESS/…`.
    fn run(command: &mut Command, folder: TempDir, log: PathBuf) -> Result<Self> {
        let words =
            File::options().create(true).append(true).open(&log).with_context(|| format!("cannot write {}", log.display()))?;
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(words).process_group(0);
        let mut child = command.spawn().with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let output = child.stdout.take();
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        let (url, set_up_token) = (String::new(), String::new());
        let mut server = Self { child, address: nowhere, url, first_answer: Duration::ZERO, set_up_token, folder, log };
        let mut lines = BufReader::new(output.context("the server has no output")?).lines();
        let told = lines.by_ref().map_while(Result::ok).find_map(|line| {
            if let Some((_, token)) = line.split_once("/setup#token=") {
                token.trim().clone_into(&mut server.set_up_token);
            }
            address_in(&line)
        });
        let Some(address) = told else { bail!("the server did not start: {}", std::fs::read_to_string(&server.log)?) };
        // What it says later is read and dropped, so that it never waits for a reader.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        server.address = address;
        server.url = format!("http://{address}");
        Ok(server)
    }

    /// True when it answers that it can work.
    fn is_ready(&self) -> bool {
        let ask = || -> std::io::Result<String> {
            let mut connection = TcpStream::connect(self.address)?;
            connection.set_read_timeout(Some(PATIENCE))?;
            connection.write_all(b"GET /readyz HTTP/1.1\r\nHost: fabu\r\nConnection: close\r\n\r\n")?;
            let mut answer = String::new();
            connection.read_to_string(&mut answer)?;
            Ok(answer)
        };
        ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200 "))
    }

    /// A file of this name in a folder that goes away with the server.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The defects that the server has logged.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn defects(&self) -> Result<Vec<String>> {
        let log = std::fs::read_to_string(&self.log)?;
        Ok(log.lines().filter(|line| line.contains("ERROR")).map(ToOwned::to_owned).collect())
    }

    /// Waits until it has nothing left to do: it used less than a hundredth of a processor for a second.
    ///
    /// # Errors
    /// When the process has ended, or still works after a minute.
    pub async fn rest(&self) -> Result<()> {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            let before = self.processor_time()?;
            tokio::time::sleep(Duration::from_secs(1)).await;
            if self.processor_time()? - before < Duration::from_millis(10) {
                return Ok(());
            }
        }
        bail!("the server still works after {PATIENCE:?}")
    }

    /// Resident memory, in bytes.
    ///
    /// # Errors
    /// When the process has ended.
    pub fn resident(&self) -> Result<u64> {
        memory(self.child.id(), "VmRSS:")
    }

    /// Processor time until now, user and system.
    ///
    /// # Errors
    /// When the process has ended.
    pub fn processor_time(&self) -> Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name in parentheses may hold blanks; after it, the 12th and 13th field are utime and stime.
        let (_, fields) = stat.rsplit_once(')').context("no name in stat")?;
        let ticks: u64 = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
        // Linux tells user space 100 ticks a second, whatever its own clock does.
        Ok(Duration::from_millis(ticks * 10))
    }

    /// Ends it in good order.
    ///
    /// # Errors
    /// When it does not end.
    pub fn stop(mut self) -> Result<()> {
        if self.ended_in_good_order() { Ok(()) } else { bail!("the server does not stop") }
    }

    fn ended_in_good_order(&mut self) -> bool {
        signal_group(self.child.id(), "TERM");
        let asked = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if asked.elapsed() > PATIENCE {
                return false;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        true
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) && !self.ended_in_good_order() {
            signal_group(self.child.id(), "KILL");
            let _ = self.child.wait();
        }
    }
}

/// A figure of memory of a process that the kernel tells, in bytes.
fn memory(process: u32, figure: &str) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(figure)).with_context(|| format!("no {figure}"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().with_context(|| format!("{figure} is no number"))?;
    Ok(kilobytes * 1024)
}

fn folder() -> Result<TempDir> {
    Ok(tempfile::Builder::new().prefix("fabu-server-").tempdir()?)
}

fn serve(fabu: &Path, data: &Path, address: &str) -> Command {
    let mut command = Command::new(fabu);
    // Whatever database the caller works with: this one is in the folder.
    command.args(["serve", "--listen", address, "--data-dir"]).arg(data).env_remove("DATABASE_URL");
    command
}

fn address_in(line: &str) -> Option<SocketAddr> {
    let text = line.split_once("listens: http://").map_or(line, |(_, rest)| rest);
    text.split(['/', ' ']).next()?.parse().ok()
}

/// An address of this machine that nobody listens on.
///
/// # Errors
/// When there is none.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_address_in_what_servers_say() {
        let expected = Some(SocketAddr::from(([127, 0, 0, 1], 8080)));
        assert_eq!(address_in("Fabu 0.1.0 listens: http://127.0.0.1:8080/ (after 12 ms)"), expected);
        assert_eq!(address_in("127.0.0.1:8080"), expected);
        assert_eq!(address_in("3 migrations applied"), None);
    }
}
