//! The files that are written by hand.

use anyhow::{Context, Result};
use std::path::Path;

/// Folders that hold what is fetched or made.
const SKIPPED: &[&str] = &[".git", "target", "node_modules", "data", "dist", "generated"];

/// One file: its path from the top of the checkout with `/` between the parts, and its text.
pub struct File {
    /// For instance `crates/store/src/lib.rs`.
    pub path: String,
    /// The whole text; empty for files that are not text.
    pub text: String,
}

/// All files of the checkout that are written by hand, sorted by path.
pub fn all(root: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let path = entry.path();
            if kind.is_dir() {
                if !entry.file_name().to_str().is_some_and(|name| SKIPPED.contains(&name)) {
                    folders.push(path);
                }
            } else if kind.is_file() {
                let text = String::from_utf8(std::fs::read(&path)?).unwrap_or_default();
                let path = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
                files.push(File { path, text });
            }
        }
    }
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(files)
}
