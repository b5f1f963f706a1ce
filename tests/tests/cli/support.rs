//! An instance of one's own, and the program to run on it.

use fabu_testkit::{Actor, TestDatabase};
use std::{
    path::{Path, PathBuf},
    process::{Output, Stdio},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// The longest that anything here may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program: as `cargo xtask test` built it, else the one that lies beside this test.
fn program() -> PathBuf {
    let beside = || std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("fabu");
    let program = std::env::var_os("FABU_TEST_BINARY").map_or_else(beside, PathBuf::from);
    assert!(program.is_file(), "{} is not built: cargo build -p fabu-cli", program.display());
    program
}

/// What a command answered.
pub struct Answer {
    /// The exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Answer {
    fn new(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Asserts success and gives the output.
    #[track_caller]
    pub fn ok(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self.out
    }

    /// Asserts the exit code 1 and gives the error.
    #[track_caller]
    pub fn refused(self) -> String {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.err);
        self.err
    }
}

/// A data directory and a database, empty at first; both go away with it.
pub struct Instance {
    folder: tempfile::TempDir,
    database: TestDatabase,
}

impl Instance {
    /// An instance whose database has no tables yet.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: TestDatabase::empty().unwrap() }
    }

    /// An instance that is migrated.
    pub async fn migrated() -> Self {
        let instance = Self::empty();
        drop(instance.run(&["migrate"]).await.ok());
        instance
    }

    /// The database, to harm it.
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// Writes a file beside the instance.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// The data directory.
    pub fn data_dir(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(self.folder.path()).env("LANG", "C.UTF-8").env_remove("LC_ALL").kill_on_drop(true);
        command.env("FABU_DATA_DIR", self.folder.path()).env("DATABASE_URL", self.database.url());
        command
    }

    /// Runs a command to its end.
    pub async fn run(&self, arguments: &[&str]) -> Answer {
        let mut command = self.command(arguments);
        command.stdin(Stdio::null());
        Answer::new(timeout(PATIENCE, command.output()).await.unwrap().unwrap())
    }

    /// Runs a command at a terminal of this locale.
    pub async fn run_in(&self, locale: &str, arguments: &[&str]) -> Answer {
        let mut command = self.command(arguments);
        command.env("LANG", locale).stdin(Stdio::null());
        Answer::new(timeout(PATIENCE, command.output()).await.unwrap().unwrap())
    }

    /// Runs a command that reads a line.
    pub async fn run_with_input(&self, arguments: &[&str], line: &str) -> Answer {
        use tokio::io::AsyncWriteExt;
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{line}\n").as_bytes()).await.unwrap();
        Answer::new(timeout(PATIENCE, child.wait_with_output()).await.unwrap().unwrap())
    }

    /// Starts `fabu serve` on a free port and waits for its address.
    pub async fn serve(&self, arguments: &[&str]) -> Serving {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut told = String::new();
        let url = loop {
            let line = timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap();
            let Some(line) = line else {
                let answer = Answer::new(child.wait_with_output().await.unwrap());
                panic!("serve ended with {:?}: {told}{}", answer.code, answer.err);
            };
            told.push_str(&line);
            told.push('\n');
            if let Some((_, rest)) = line.split_once("listens: ") {
                break rest.split('/').take(3).collect::<Vec<_>>().join("/");
            }
        };
        // Reading on, so that the program never waits for a reader.
        let rest = tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                told.push_str(&line);
            }
            told
        });
        Serving { child, url, rest }
    }

    /// Starts the process that does the background work of this instance: `fabu serve` on SQLite, `fabu worker` on PostgreSQL.
    pub fn work(&self, smtp: &str, arguments: &[&str]) -> Child {
        let kind: &[&str] = match self.database.url().starts_with("postgres") {
            true => &["worker", "--base-url", "https://fabu.example.com"],
            false => &["serve", "--listen", "127.0.0.1:0"],
        };
        let mail = ["--smtp-url", smtp, "--mail-from", "fabu@example.com"];
        let mut command = self.command(&[kind, &mail, arguments].concat());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Adds an administrator and signs in, with a password of their own.
    pub async fn administrator(&self, server: &Serving) -> Actor {
        self.person(server, "admin", "system_administrator").await
    }

    /// Somebody with this role, signed in with a password of their own.
    pub async fn person(&self, server: &Serving, login: &str, role: &str) -> Actor {
        let added = self.run(&["user", "add", login, "--name", login, "--role", role]).await.ok();
        let once = one_time_password(&added);
        let nobody = Actor::nobody(&server.url);
        let first = nobody.post("/auth/login", serde_json::json!({ "login": login, "password": once })).await.ok();
        let first = nobody.with_token(first["access_token"].as_str().unwrap());
        let change = serde_json::json!({ "current_password": once, "new_password": fabu_testkit::PASSWORD });
        let changed = first.send(first.request(reqwest::Method::PUT, "/me/password").json(&change)).await.ok();
        first.with_token(changed["access_token"].as_str().unwrap())
    }
}

/// The password that a command printed.
pub fn one_time_password(printed: &str) -> String {
    printed.split("shown only now: ").nth(1).unwrap().trim().to_owned()
}

/// A running `fabu serve`.
pub struct Serving {
    child: Child,
    /// `http://127.0.0.1:port`.
    pub url: String,
    rest: tokio::task::JoinHandle<String>,
}

impl Serving {
    /// Sends a signal to this process alone and waits for its end.
    pub async fn stop(self, signal: &str) -> Answer {
        let id = self.child.id().unwrap().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status().await.unwrap();
        assert!(sent.success());
        let output = timeout(PATIENCE, self.child.wait_with_output()).await.unwrap().unwrap();
        Answer { out: self.rest.await.unwrap(), ..Answer::new(output) }
    }
}
