//! The structure of the workspace as a test: what a reader is told in docs/ARCHITECTURE.md and Rust itself does not check.

mod arrows;
mod circles;
mod files;
mod migrations;
mod sources;

use anyhow::Result;
use std::path::Path;

/// Every problem found, one line each; an empty list means that the structure holds.
///
/// # Errors
/// When the checkout cannot be read.
pub fn problems(root: &Path) -> Result<Vec<String>> {
    let mut problems = arrows::problems(&crate::workspace::metadata(root)?);
    let files = files::all(root)?;
    problems.extend(sources::problems(&files));
    problems.extend(circles::problems(&files));
    problems.extend(migrations::problems(&files));
    Ok(problems)
}
