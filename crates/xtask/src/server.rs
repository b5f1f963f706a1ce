//! A server of our own on a free port, with a data directory that goes away.

use crate::shell::signal_group;
use anyhow::{Context, Result, bail};
use std::{
    fs::File,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// `fabu serve`; ended when this is dropped.
pub struct Server {
    child: Child,
    folder: TempDir,
    /// Where it listens, such as `http://127.0.0.1:41234`.
    pub url: String,
}

impl Server {
    /// Starts `fabu` on an empty database, SQLite unless `database` names another, and waits until it listens.
    ///
    /// # Errors
    /// When it cannot be started or ends at once; its own words are then in the message.
    pub fn start(fabu: &Path, database: Option<&str>) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("fabu-server-").tempdir()?;
        let log = log_file(folder.path());
        let mut command = Command::new(fabu);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(folder.path().join("data"));
        command.env_remove("DATABASE_URL").args(database.map(|url| format!("--database={url}")));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(&log)?).process_group(0);
        let mut child = command.spawn().with_context(|| format!("cannot start {}", fabu.display()))?;
        let output = child.stdout.take();
        let mut server = Self { child, folder, url: String::new() };
        let mut lines = BufReader::new(output.context("the server has no output")?).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("listens: ")?;
            Some(rest.split_whitespace().next()?.trim_end_matches('/').to_owned())
        });
        let Some(url) = address else { bail!("the server did not start: {}", std::fs::read_to_string(log)?) };
        // What it says later is read and dropped, so that it never waits for a reader.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        server.url = url;
        Ok(server)
    }

    /// A file of this name beside the data directory.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The defects that the server has logged.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn defects(&self) -> Result<Vec<String>> {
        let log = std::fs::read_to_string(log_file(self.folder.path()))?;
        Ok(log.lines().filter(|line| line.contains("ERROR")).map(ToOwned::to_owned).collect())
    }
}

fn log_file(folder: &Path) -> PathBuf {
    folder.join("server.log")
}

impl Drop for Server {
    fn drop(&mut self) {
        signal_group(self.child.id(), "TERM");
        let asked = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && asked.elapsed() < Duration::from_secs(15) {
            std::thread::sleep(Duration::from_millis(20));
        }
        if matches!(self.child.try_wait(), Ok(None)) {
            signal_group(self.child.id(), "KILL");
            let _ = self.child.wait();
        }
    }
}
