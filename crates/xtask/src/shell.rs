//! Running other programs so that an interruption stops them too.
//!
//! Every program runs in a process group of its own. On Ctrl-C or a termination signal the group is told to end, the
//! caller gets an error, and everything that was started is cleaned up on the way out.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// How long an interrupted program may take to end before it is killed.
const GRACE: Duration = Duration::from_secs(10);

/// Starts programs in the checkout.
pub struct Shell {
    root: PathBuf,
    interrupted: Arc<AtomicBool>,
}

/// Where a line came from.
#[derive(Clone, Copy)]
enum Stream {
    Out,
    Err,
}

impl Shell {
    /// A shell in the top folder of the checkout that listens for interruptions from now on.
    ///
    /// # Errors
    /// When the signal handlers cannot be installed.
    pub fn new(root: PathBuf) -> Result<Self> {
        let interrupted = Arc::new(AtomicBool::new(false));
        for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
            signal_hook::flag::register(signal, Arc::clone(&interrupted)).context("cannot listen for signals")?;
        }
        Ok(Self { root, interrupted })
    }

    /// The top folder of the checkout.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether somebody asked this program to stop.
    pub fn interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// Runs `command`, shows what it prints, and hands every line to `watch`.
    ///
    /// # Errors
    /// When the program cannot be started, or when this program is interrupted meanwhile.
    pub fn run(&self, command: &mut Command, mut watch: impl FnMut(&str)) -> Result<ExitStatus> {
        self.filter(command, |line| {
            watch(line);
            true
        })
    }

    /// As [`Shell::run`], but a line is shown only when `show` answers true for it.
    ///
    /// # Errors
    /// As [`Shell::run`].
    pub fn filter(&self, command: &mut Command, mut show: impl FnMut(&str) -> bool) -> Result<ExitStatus> {
        let name = command.get_program().to_string_lossy().into_owned();
        command.current_dir(&self.root).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let mut child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        let (lines, received) = mpsc::channel();
        forward(child.stdout.take(), Stream::Out, lines.clone());
        forward(child.stderr.take(), Stream::Err, lines);
        let mut pass_on = |line: &[u8], stream: Stream| {
            if show(String::from_utf8_lossy(line).trim_end()) {
                print(line, stream);
            }
        };
        let mut ended = None;
        let status = loop {
            match received.recv_timeout(Duration::from_millis(100)) {
                Ok((line, stream)) => pass_on(&line, stream),
                Err(RecvTimeoutError::Disconnected) => break child.wait()?,
                // Something the program left behind may hold its output open: do not wait for that longer than a moment.
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(status) = child.try_wait()?
                        && ended.get_or_insert_with(Instant::now).elapsed() > Duration::from_secs(2)
                    {
                        break status;
                    }
                }
            }
            if self.interrupted() {
                stop(&mut child);
                bail!("interrupted");
            }
        };
        // Whatever the program left running in its group ends with it.
        signal_group(child.id(), "KILL");
        if self.interrupted() {
            bail!("interrupted");
        }
        Ok(status)
    }
}

/// Reads lines in a thread until the program closes the stream.
fn forward(source: Option<impl Read + Send + 'static>, stream: Stream, lines: Sender<(Vec<u8>, Stream)>) {
    let Some(source) = source else { return };
    std::thread::spawn(move || {
        let mut source = BufReader::new(source);
        loop {
            let mut line = Vec::new();
            match source.read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => return,
                Ok(_) if lines.send((line, stream)).is_err() => return,
                Ok(_) => {}
            }
        }
    });
}

/// Passes a line on. A reader that has gone away is no reason to stop the work.
fn print(line: &[u8], stream: Stream) {
    let _ = match stream {
        Stream::Out => std::io::stdout().write_all(line),
        Stream::Err => std::io::stderr().write_all(line),
    };
}

/// Asks the process group of `child` to end, and kills it when it does not.
fn stop(child: &mut Child) {
    signal_group(child.id(), "TERM");
    let asked = Instant::now();
    while asked.elapsed() < GRACE {
        if !matches!(child.try_wait(), Ok(None)) {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    signal_group(child.id(), "KILL");
    let _ = child.wait();
}

/// Sends a signal to the process group led by `leader`; a group that no longer exists is fine.
pub fn signal_group(leader: u32, signal: &str) {
    let _ = Command::new("sh").arg("-c").arg(format!("kill -s {signal} -- -{leader}")).stderr(Stdio::null()).status();
}

/// The full path of a program on the search path.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|candidate| candidate.is_file())
}

/// Whether this program runs as root.
pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell() -> Shell {
        Shell { root: std::env::temp_dir(), interrupted: Arc::new(AtomicBool::new(false)) }
    }

    #[test]
    fn hands_every_line_of_both_streams_to_the_watcher() {
        let mut seen = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two >&2; exit 3"]);
        let status = shell().run(&mut command, |line| seen.push(line.to_owned())).unwrap();
        seen.sort();
        assert_eq!((seen, status.code()), (vec!["one".to_owned(), "two".to_owned()], Some(3)));
    }

    #[test]
    fn an_interruption_ends_the_program_and_its_children() {
        let shell = shell();
        let flag = Arc::clone(&shell.interrupted);
        let mut child = String::new();
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 60 & echo $!; wait"]);
        let begin = Instant::now();
        let result = shell.run(&mut command, |line| {
            child = line.to_owned();
            flag.store(true, Ordering::Relaxed);
        });
        assert_eq!(result.unwrap_err().to_string(), "interrupted");
        assert!(!child.is_empty());
        // Gone, or dead and not yet collected by its new parent.
        let alive = || std::fs::read_to_string(format!("/proc/{child}/stat")).is_ok_and(|state| !state.contains(") Z"));
        while alive() {
            assert!(begin.elapsed() < Duration::from_secs(20), "a child outlived the interruption");
        }
    }
}
