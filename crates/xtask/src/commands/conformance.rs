//! `cargo xtask conformance`: does every operation answer as the description says, whatever is sent to it?

use crate::conformance::company;
use crate::conformance::tool::{Plan, REQUESTS, Tally, explore, install};
use crate::server::Server;
use crate::shell::Shell;
use crate::workspace::{build_fabu, root};
use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// What to try.
#[derive(Args)]
pub struct Options {
    /// Generated requests per operation and role, besides those at the limits of the schema.
    #[arg(long, default_value_t = 8)]
    examples: u32,
    /// One operation by its id, such as view_release, instead of all.
    #[arg(long, value_name = "OPERATION")]
    only: Option<String>,
    /// One role by its name to sign in with, instead of all.
    #[arg(long, value_name = "LOGIN")]
    login: Option<String>,
    /// A program `fabu` that is built already.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
}

/// Who sends the requests. The system administrator comes last, because that role can change the others.
const ROLES: [(&str, &str); 4] = [
    ("chen.xiaoyan", "release owner"),
    ("liu.fang", "release administrator"),
    ("wu.gang", "implementer"),
    ("zhao.min", "system administrator"),
];

/// Starts a server, founds the company, and lets Schemathesis send requests as each role.
///
/// # Errors
/// When something cannot be built, installed or started.
pub fn run(options: &Options) -> Result<ExitCode> {
    let shell = Shell::new(root()?)?;
    let schemathesis = install(&shell)?;
    let fabu = match &options.program {
        Some(program) => program.clone(),
        None => build_fabu(&shell, &["--workspace", "--bin", "fabu"])?,
    };
    let server = Server::start(&fabu, None)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    println!("founding the example company on {}", server.url);
    let (company, requests) = runtime.block_on(company::found(&server.url, &server.set_up_token))?;
    std::fs::write(server.file(REQUESTS), serde_json::to_vec(&requests)?)?;
    let token = |login: &str| -> Result<String> {
        let person = company.people.id(login).with_context(|| format!("nobody is called {login}"))?;
        Ok(runtime.block_on(company.people.token(&company.client, person))?)
    };
    let protected = ROLES.map(|(login, _)| login);
    let mut sound = true;
    let (mut summary, mut all) = (Vec::new(), Tally::default());
    let asked = |login: &str| options.login.as_deref().is_none_or(|only| only == login);
    for (login, role) in ROLES.into_iter().filter(|(login, _)| asked(login)) {
        println!("\n{role} ({login})");
        let (answers, token, reader) = (server.file(login), token(login)?, token("liu.fang")?);
        let plan = Plan {
            url: &server.url,
            token: &token,
            reader: &reader,
            protected: &protected,
            answers: &answers,
            examples: options.examples,
            only: options.only.as_deref(),
        };
        let held = explore(&shell, &schemathesis, &server.file(""), &plan)?;
        sound &= held;
        let tally = Tally::read(&std::fs::read_to_string(&answers).unwrap_or_default());
        let missing = tally.never_succeeded().len();
        summary.push(format!(
            "{role}: {} operations, {} with a success, {} requests, {}",
            tally.operations.len(),
            tally.operations.len() - missing,
            tally.requests(),
            if held { "every answer as described" } else { "answers that are not as described: see above" },
        ));
        all.add(tally);
    }
    let missing = all.never_succeeded();
    println!();
    for (operation, statuses) in &missing {
        println!("no success in any role: {operation} {statuses:?}");
    }
    let (reached, operations) = (all.operations.len() - missing.len(), all.operations.len());
    summary.push(format!("together: {reached} of {operations} operations with a success, {} requests", all.requests()));
    let defects = server.defects()?;
    println!();
    defects.iter().take(20).chain(&summary).for_each(|line| println!("{line}"));
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
