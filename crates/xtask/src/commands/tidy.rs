//! `cargo xtask tidy`: the structure of the workspace.

use crate::{tidy, workspace};
use anyhow::Result;
use std::process::ExitCode;

/// Prints every problem found.
///
/// # Errors
/// When the checkout cannot be read.
pub fn run() -> Result<ExitCode> {
    let problems = tidy::problems(&workspace::root()?)?;
    for problem in &problems {
        println!("{problem}");
    }
    if problems.is_empty() {
        println!("the structure holds");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{} problems", problems.len());
    Ok(ExitCode::FAILURE)
}
