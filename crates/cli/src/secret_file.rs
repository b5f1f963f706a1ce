//! The file with the keys that sign tokens.

use anyhow::{Context, Result, bail};
use fabu_app::secrets::{Secret, random_bytes};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// The name of the file in the data directory.
const NAME: &str = "secret.key";

/// The keys of the instance, the signing one first; a first key is made when `file` is not given and none exists.
///
/// # Errors
/// When the file cannot be read or made, can be read by others, or holds no key.
pub fn keys(data_dir: &Path, file: Option<&Path>) -> Result<Vec<Secret<Vec<u8>>>> {
    let path = file.map_or_else(|| data_dir.join(NAME), PathBuf::from);
    if file.is_none() && !path.exists() {
        create(&path).with_context(|| format!("cannot make {}", path.display()))?;
    }
    read(&path)
}

/// The keys of the processes that serve, for one that signs nothing; none when no file is named and none lies in the data
/// directory.
///
/// # Errors
/// As [`keys`].
pub fn shared_keys(data_dir: &Path, file: Option<&Path>) -> Result<Option<Vec<Secret<Vec<u8>>>>> {
    let path = file.map_or_else(|| data_dir.join(NAME), PathBuf::from);
    if file.is_none() && !path.exists() { Ok(None) } else { read(&path).map(Some) }
}

fn read(path: &Path) -> Result<Vec<Secret<Vec<u8>>>> {
    refuse_readable_by_others(path)?;
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the keys in {}", path.display()))?;
    let keys = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Vec<_> = keys
        .map(|line| hex::decode(line).map(Secret::new))
        .collect::<Result<_, _>>()
        .with_context(|| format!("{} must hold keys as hexadecimal digits, one a line", path.display()))?;
    if keys.is_empty() {
        bail!("{} holds no key: remove the empty file, and the next start makes a new one", path.display());
    }
    Ok(keys)
}

/// Writes a file whole or not at all; when two processes start at once, the first one wins.
fn create(path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // Such a temporary file can be read by its owner only (0600) from the beginning.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    writeln!(file, "# Signs the tokens of this instance. One key a line: the first signs, all are accepted.")?;
    writeln!(file, "{}", hex::encode(random_bytes()))?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => tracing::info!(file = %path.display(), "a key that signs tokens was made"),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error.error.into()),
    }
    Ok(())
}

#[cfg(unix)]
fn refuse_readable_by_others(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = std::fs::metadata(path).with_context(|| format!("cannot read the keys in {}", path.display()))?;
    if metadata.permissions().mode() & 0o077 != 0 {
        bail!("{0} can be read by others: chmod 600 {0}", path.display());
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_readable_by_others(_: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_one_key_and_finds_it_again() {
        let folder = tempfile::tempdir().unwrap();
        let first = keys(folder.path(), None).unwrap();
        assert_eq!((first.len(), first[0].expose().len()), (1, 32));
        assert!(keys(folder.path(), None).unwrap() == first);
    }

    #[test]
    #[cfg(unix)]
    fn refuses_a_file_that_others_can_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        drop(keys(folder.path(), None).unwrap());
        let file = folder.path().join(NAME);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let refused = keys(folder.path(), None).unwrap_err().to_string();
        assert!(refused.contains("chmod 600"), "{refused}");
    }

    #[test]
    fn takes_two_keys_during_a_rotation_and_refuses_none_or_nonsense() {
        let folder = tempfile::tempdir().unwrap();
        drop(keys(folder.path(), None).unwrap());
        let file = folder.path().join(NAME);
        let old = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, format!("{}\n{old}", "ab".repeat(32))).unwrap();
        let both = keys(folder.path(), None).unwrap();
        assert_eq!((both.len(), both[0].expose()[0]), (2, 0xab));
        std::fs::write(&file, "\n").unwrap();
        assert!(keys(folder.path(), None).is_err());
        std::fs::write(&file, "no key").unwrap();
        assert!(keys(folder.path(), None).is_err());
    }
}
