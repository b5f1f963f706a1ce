//! A server as a process of its own: its start, its memory, its processor time.

use super::load::{self, Head, Supply};
use crate::shell::signal_group;
use anyhow::{Context, Result, bail};
use std::{
    fs::File,
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener},
    os::unix::process::CommandExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

/// The longest that a start may take, and a stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server; it is stopped with it.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start of the process to its first answer.
    pub first_answer: Duration,
}

impl Server {
    /// Starts `fabu serve` on this data directory and waits for its first answer. What it logs goes to `log`.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn fabu(fabu: &Path, data: &Path, address: SocketAddr, log: &Path) -> Result<Self> {
        let output =
            File::options().create(true).append(true).open(log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut command = Command::new(fabu);
        command.arg("serve").arg("--data-dir").arg(data).args(["--listen", &address.to_string()]);
        // Whatever database the caller works with: this one is in the folder.
        command.env_remove("DATABASE_URL").stdout(output.try_clone()?).stderr(output);
        let begin = Instant::now();
        let child = command.stdin(Stdio::null()).process_group(0).spawn().context("cannot start fabu")?;
        let mut server = Self { child, address, first_answer: Duration::ZERO };
        let ready = Supply::Once(Arc::new(vec![load::get("/readyz", Head::default())]));
        while !load::send(address, 1, &ready).await.is_ok_and(|outcome| outcome.errors == 0) {
            if server.child.try_wait()?.is_some() || begin.elapsed() > PATIENCE {
                bail!("fabu serve does not answer; see {}", log.display());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.first_answer = begin.elapsed();
        Ok(server)
    }

    /// Starts a server that prints its address as its first line.
    ///
    /// # Errors
    /// When it does not start.
    pub fn telling_its_address(program: &Path) -> Result<Self> {
        let mut command = Command::new(program);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).process_group(0);
        let mut child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        let output = child.stdout.take();
        let mut server = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)), first_answer: Duration::ZERO };
        let mut line = String::new();
        if let Some(output) = output {
            BufReader::new(output).read_line(&mut line)?;
        }
        server.address = line.trim().parse().with_context(|| format!("{} told no address", program.display()))?;
        Ok(server)
    }

    /// Resident memory, in bytes.
    ///
    /// # Errors
    /// When the process has ended.
    pub fn resident(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().context("VmRSS is no number")?;
        Ok(kilobytes * 1024)
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
        signal_group(self.child.id(), "TERM");
        let asked = Instant::now();
        while self.child.try_wait()?.is_none() {
            if asked.elapsed() > PATIENCE {
                bail!("the server does not stop");
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            signal_group(self.child.id(), "KILL");
            let _ = self.child.wait();
        }
    }
}

/// An address of this machine that nobody listens on.
///
/// # Errors
/// When there is none.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
