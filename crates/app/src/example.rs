//! Whether an instance holds example data: a mark set before anything else, which everybody can see.

use crate::{App, AppError, Caller, Failure, Rx};
use fabu_domain::subjects::visibility::Scope;
use fabu_store::{DirectoryLock, ReleaseFilter, Store};
use serde_json::json;

/// The fact of the instance that says so.
const FACT: &str = "example";
/// Its value while the data are being made.
const BEGUN: &str = "begun";
/// Its value when they are complete.
const COMPLETE: &str = "complete";

/// What an instance holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// Nothing: nobody has an account.
    Nothing,
    /// Example data that were not finished.
    BegunExample,
    /// Example data.
    Example,
    /// Records of real work.
    Records,
}

/// True when the instance holds example data.
///
/// # Errors
/// None of its own.
pub fn is_example(rx: &mut Rx<'_, '_>) -> Result<bool, AppError> {
    Ok(rx.tx.instance(FACT)?.is_some())
}

impl App {
    /// What the instance holds.
    ///
    /// # Errors
    /// [`AppError::Store`].
    pub async fn holding(&self) -> Result<Holding, AppError> {
        self.store
            .read(|tx| {
                let mark = tx.instance(FACT)?;
                let directory = tx.directory()?;
                let registers = directory.departments.is_empty() && directory.customers.is_empty();
                let everything = ReleaseFilter { scope: Scope::All, ..ReleaseFilter::default() };
                let empty = directory.users.is_empty() && registers && tx.list_releases(&everything, None, 1)?.items.is_empty();
                Ok(match mark.as_deref() {
                    Some(COMPLETE) => Holding::Example,
                    Some(_) => Holding::BegunExample,
                    None if empty => Holding::Nothing,
                    None => Holding::Records,
                })
            })
            .await
    }

    /// Marks an instance that holds nothing as one of example data, before they are made.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it holds anything.
    pub async fn begin_example(&self, caller: &Caller) -> Result<(), Failure> {
        self.write(caller, |cx| {
            cx.hold(DirectoryLock::Exclusive)?;
            if !cx.directory.users.is_empty() {
                return Err(AppError::Internal("an instance with accounts cannot become an example".to_owned()));
            }
            let entry = cx.entry("instance.example_begun", "instance", json!({}));
            Ok(cx.tx.set_instance(FACT, BEGUN, &[entry])?)
        })
        .await
    }

    /// Marks the example data as complete.
    ///
    /// # Errors
    /// [`AppError::Internal`] when they were never begun.
    pub async fn complete_example(&self, caller: &Caller) -> Result<(), Failure> {
        self.write(caller, |cx| {
            if cx.tx.instance(FACT)?.is_none() {
                return Err(AppError::Internal("the example data were never begun".to_owned()));
            }
            let entry = cx.entry("instance.example_completed", "instance", json!({}));
            Ok(cx.tx.set_instance(FACT, COMPLETE, &[entry])?)
        })
        .await
    }
}

/// Removes every table of a database that is marked as an example, in one transaction; false when it is not marked.
///
/// # Errors
/// [`AppError::Store`].
pub fn remove_example(store: &Store) -> Result<bool, AppError> {
    Ok(store.remove_if_marked(FACT)?)
}
