//! The example company: where it is kept, how it is made, what people are told of it.
//!
//! It lives in a folder of its own, `example` in the data directory, with its own database, files and key, so that no real
//! record and no real key figure can ever hold a part of it. On PostgreSQL it takes a database that is empty. The mark is
//! set before anything else; `fabu example remove` removes nothing without it.

mod transport;

use crate::{instance::Instance, say};
use anyhow::{Context, Result, bail};
use fabu_api::Local;
use fabu_app::{
    App, AppError, Caller, Settings,
    example::{Holding, remove_example},
    settings::PasswordCost,
};
use fabu_domain::{
    ids::TimeOrderedIds,
    language::Language,
    people::role::Role,
    time::clock::{Clock, ManualClock},
};
use fabu_scenario::{company, http::PASSWORD, story};
use std::{sync::Arc, time::Instant};
use transport::InProcess;

/// The folder in the data directory.
const FOLDER: &str = "example";

/// The instance that holds the example beside this one.
pub fn beside(instance: &Instance) -> Instance {
    let attachments = instance.attachments.as_ref().map(|folder| folder.join(FOLDER));
    Instance { data_dir: instance.data_dir.join(FOLDER), attachments, ..instance.clone() }
}

/// Makes the example company unless it is there already.
///
/// # Errors
/// When the database holds anything else, or a request is refused.
pub async fn prepare(app: &App, instance: &Instance) -> Result<()> {
    match app.holding().await.map_err(failed)? {
        Holding::Example => Ok(()),
        Holding::Nothing => make(app).await,
        Holding::BegunExample => {
            bail!("the example data in {} were not finished: run `fabu example remove` and start again", instance.describe())
        }
        Holding::Records => bail!(
            "the database {} holds records already; example data need an empty one: name another with --database, or leave out --example",
            instance.describe()
        ),
    }
}

/// Lets the people of the company work through half a year, on a clock of their own.
async fn make(app: &App) -> Result<()> {
    println!("Making the example company; this happens once and takes a moment.");
    let begin = Instant::now();
    let caller = Caller::system("fabu-example");
    let clock = Arc::new(ManualClock::new(app.clock.now()));
    // Everybody may know these passwords: hashing them at the full cost would protect nothing. A login renews the hash.
    let settings = Settings { password_cost: PasswordCost::QUICK, ..app.settings.as_ref().clone() };
    let past = App::new(app.store.clone(), Arc::clone(&clock) as Arc<dyn Clock>, Arc::new(TimeOrderedIds), settings);
    let token = app.settings.set_up_token().context("there is no key to make the set-up token of")?;
    app.begin_example(&caller).await.map_err(|failure| say::failed(&failure))?;
    let service = Local::new(past).await.context("the example cannot be made")?;
    let told = story::tell(InProcess(service), clock, app.clock.now(), token.expose());
    let told = told.await.context("the example cannot be made")?;
    app.complete_example(&caller).await.map_err(|failure| say::failed(&failure))?;
    println!(
        "{} completed releases in two quarters and {} under way, by {} requests in {} s.",
        told.history.len(),
        told.current.len(),
        told.requests,
        begin.elapsed().as_secs()
    );
    Ok(())
}

fn failed(error: AppError) -> anyhow::Error {
    say::failed(&error.into())
}

/// Says who can sign in, and how the example is removed.
pub fn announce(instance: &Instance) {
    let chinese = say::language() == Language::Chinese;
    let (head, tail) = match chinese {
        true => ("示例公司：以下人员均可登录，密码", "删除示例数据"),
        false => ("Example company: these people can sign in, all with the password", "To remove the example data"),
    };
    println!("{head} {PASSWORD}");
    for role in Role::ALL {
        let of_role = company::PEOPLE.iter().filter(|person| person.roles.contains(role));
        let people: Vec<String> = of_role.map(|person| format!("{} {}", person.login, person.name)).collect();
        let name = if chinese { role.zh() } else { role.en() };
        println!("  {name}: {}", people.join(", "));
    }
    let data_dir = instance.data_dir.parent().unwrap_or(&instance.data_dir);
    println!("{tail}: fabu example remove --data-dir {}", data_dir.display());
}

/// Removes the example and nothing else; false when there is none.
///
/// # Errors
/// When what is there is no example, or cannot be removed.
pub async fn remove(instance: &Instance) -> Result<bool> {
    let example = beside(instance);
    if !example.exists() {
        return Ok(false);
    }
    if example.in_folder() {
        let app = example.app()?;
        if app.holding().await.map_err(failed)? == Holding::Records {
            bail!("{} is no example: nothing was removed", example.describe());
        }
    } else if !remove_example(&example.open()?).map_err(failed)? {
        return Ok(false);
    }
    if example.data_dir.is_dir() {
        std::fs::remove_dir_all(&example.data_dir).with_context(|| format!("cannot remove {}", example.data_dir.display()))?;
    }
    Ok(true)
}
