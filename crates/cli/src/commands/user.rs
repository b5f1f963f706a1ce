//! `fabu user`: accounts, at the command line of the machine; for the first administrator and for lost passwords.

use crate::{instance::Instance, say};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use fabu_app::{
    App, Caller, Fault,
    auth::check_password,
    paging::PageRequest,
    secrets::{Secret, one_time_password},
    subjects::registers::users::{NewUser, UserFields, UserFilter, create_user, list_users, reset_user_password, update_user},
};
use fabu_domain::{
    language::Language,
    people::{
        directory::User,
        role::{Role, Roles},
    },
    text::Line,
};
use std::{
    io::{IsTerminal, Write},
    process::ExitCode,
};

/// What to do with accounts.
#[derive(Args)]
pub struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Add a person; the password is good for one sign-in within 24 hours
    Add(Add),
    /// List people
    List(List),
    /// Give a person a new one-time password and end their sessions
    ResetPassword(Named),
    /// Take an account out of use and end its sessions
    Disable(OnOff),
    /// Put an account back into use
    Enable(OnOff),
}

#[derive(Args)]
struct Add {
    #[command(flatten)]
    instance: Instance,
    /// The name to sign in with: lower-case letters, digits, dots, hyphens, underscores
    login: String,
    /// The name that records show
    #[arg(long)]
    name: String,
    /// What the person may be asked to do; may be given several times
    #[arg(long = "role", value_name = "ROLE", help = roles_help())]
    roles: Vec<Role>,
    /// Where mail goes
    #[arg(long)]
    email: Option<String>,
    /// A telephone number, for duty rosters
    #[arg(long)]
    phone: Option<String>,
    /// The name of the department, which must exist
    #[arg(long)]
    department: Option<String>,
    /// The language of mail and texts: zh-CN or en
    #[arg(long, default_value = "zh-CN")]
    language: Language,
    /// Ask for the one-time password instead of making one; without a terminal it is the first line of standard input
    #[arg(long)]
    ask_password: bool,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    instance: Instance,
    /// Also accounts out of use
    #[arg(long)]
    all: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Named {
    #[command(flatten)]
    instance: Instance,
    /// The name to sign in with
    login: String,
    /// Ask for the one-time password instead of making one; without a terminal it is the first line of standard input
    #[arg(long)]
    ask_password: bool,
}

#[derive(Args)]
struct OnOff {
    #[command(flatten)]
    instance: Instance,
    /// The name to sign in with
    login: String,
}

fn roles_help() -> String {
    let words: Vec<&str> = Role::ALL.iter().map(|role| role.as_str()).collect();
    format!("What the person may be asked to do; may be given several times: {}", words.join(", "))
}

/// Runs one of the actions.
///
/// # Errors
/// A sentence with every reason.
pub async fn run(options: Options) -> Result<ExitCode> {
    match options.action {
        Action::Add(add) => self::add(add).await?,
        Action::List(list) => self::list(list).await?,
        Action::ResetPassword(named) => reset_password(named).await?,
        Action::Disable(named) => set_active(&named, false).await?,
        Action::Enable(named) => set_active(&named, true).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn add(add: Add) -> Result<()> {
    let app = add.instance.app()?;
    let caller = Caller::system(say::request_id("user-add"));
    let name = Line::parse(&add.name).context("--name")?;
    let department_id = match &add.department {
        Some(name) => {
            let directory = app.read(&caller, |rx| Ok(rx.directory.clone())).await.map_err(|e| say::failed(&e))?;
            let found = directory.departments.values().find(|department| department.name.as_str() == name);
            Some(found.with_context(|| format!("there is no department {name}"))?.id)
        }
        None => None,
    };
    let (password, made) = password(&add.login, add.ask_password)?;
    let new = NewUser {
        login: add.login.clone(),
        roles: add.roles.into_iter().collect::<Roles>(),
        fields: UserFields {
            name,
            email: add.email,
            phone: add.phone,
            department_id,
            position: None,
            language: add.language,
            active: true,
        },
        password_hash: app.hash_password(Secret::new(password.clone())).await.map_err(|e| say::failed(&e.into()))?,
    };
    let added = app.write(&caller, move |cx| {
        let administers = |user: &User| user.active && user.roles.has(Role::SystemAdministrator);
        // The first account ends the set-up over the network: it must not leave the instance without an administrator.
        if !cx.directory.users.values().any(administers) && !new.roles.has(Role::SystemAdministrator) {
            return Err(Fault::LastAdministrator.into());
        }
        create_user(cx, &new)
    });
    let user = added.await.map_err(|failure| say::failed(&failure))?;
    println!("{} ({}) can sign in within 24 hours and chooses a password then", user.login, user.name);
    print_password(&password, made);
    Ok(())
}

async fn list(list: List) -> Result<()> {
    let app = list.instance.app()?;
    let (all, caller) = (list.all, Caller::system(say::request_id("user-list")));
    let read = app.read(&caller, move |rx| {
        let mut filter = UserFilter { active: (!all).then_some(true), ..UserFilter::default() };
        let mut users = Vec::new();
        loop {
            let page = list_users(rx, &filter)?;
            let whole = page.items.iter().filter_map(|person| rx.directory.users.get(&person.id).cloned());
            users.extend(whole);
            match page.next_cursor {
                Some(cursor) => filter.page = PageRequest { cursor: Some(cursor), ..PageRequest::default() },
                None => return Ok((users, rx.directory.clone())),
            }
        }
    });
    let (users, directory) = read.await.map_err(|failure| say::failed(&failure))?;
    let mut out = std::io::stdout().lock();
    if list.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&users)?)?;
        return Ok(());
    }
    for user in users {
        let department = user.department_id.and_then(|id| directory.departments.get(&id)).map_or("", |d| d.name.as_str());
        let roles: Vec<&str> = user.roles.iter().map(|role| role.as_str()).collect();
        let state = if user.active { "" } else { "\tout of use" };
        writeln!(out, "{}\t{}\t{department}\t{}{state}", user.login, user.name, roles.join(","))?;
    }
    Ok(())
}

async fn reset_password(named: Named) -> Result<()> {
    let app = named.instance.app()?;
    let caller = Caller::system(say::request_id("user-reset-password"));
    let user = find(&app, &caller, &named.login).await?;
    let (password, made) = password(&user.login, named.ask_password)?;
    let hash = app.hash_password(Secret::new(password.clone())).await.map_err(|e| say::failed(&e.into()))?;
    let reset = app.write(&caller, move |cx| reset_user_password(cx, user.id, user.version, &hash));
    let user = reset.await.map_err(|failure| say::failed(&failure))?;
    println!("{} has been signed out everywhere and can sign in within 24 hours", user.login);
    print_password(&password, made);
    Ok(())
}

async fn set_active(named: &OnOff, active: bool) -> Result<()> {
    let app = named.instance.app()?;
    let caller = Caller::system(say::request_id(if active { "user-enable" } else { "user-disable" }));
    let user = find(&app, &caller, &named.login).await?;
    if user.active == active {
        println!("{} is {} already", user.login, if active { "in use" } else { "out of use" });
        return Ok(());
    }
    let (id, seen) = (user.id, user.version);
    let fields = UserFields {
        name: user.name,
        email: user.email,
        phone: user.phone,
        department_id: user.department_id,
        position: user.position,
        language: user.language,
        active,
    };
    let changed = app.write(&caller, move |cx| update_user(cx, id, seen, &fields));
    let (user, waiting) = changed.await.map_err(|failure| say::failed(&failure))?;
    for left in waiting {
        println!("{} still waits for {}: {}", left.release_number, user.login, left.what.en);
    }
    println!("{} is {}", user.login, if active { "in use again" } else { "out of use and signed out everywhere" });
    Ok(())
}

async fn find(app: &App, caller: &Caller, login: &str) -> Result<User> {
    let wanted = login.to_owned();
    let found = app.read(caller, move |rx| Ok(rx.directory.users.values().find(|user| user.login == wanted).cloned()));
    let found = found.await.map_err(|failure| say::failed(&failure))?;
    found.with_context(|| format!("nobody has the login {login}: see `fabu user list --all`"))
}

/// The one-time password, and whether it was made here.
fn password(login: &str, ask: bool) -> Result<(String, bool)> {
    if !ask {
        return Ok((one_time_password(), true));
    }
    let given = if std::io::stdin().is_terminal() {
        let first = rpassword::prompt_password("One-time password: ").context("the password cannot be read")?;
        if rpassword::prompt_password("Once more: ").context("the password cannot be read")? != first {
            bail!("the two passwords differ; nothing was changed");
        }
        first
    } else {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).context("the password cannot be read")?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    check_password("/password", &given, login).map_err(|error| say::failed(&error.into()))?;
    Ok((given, false))
}

fn print_password(password: &str, made: bool) {
    if made {
        println!("one-time password, shown only now: {password}");
    }
}
