//! Whether this process can serve, and whether the background work keeps up.

use crate::App;
use chrono::TimeDelta;
use fabu_domain::notifications::delivery::Queue;
use fabu_store::StoreError;
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

/// A worker that leaves something due for longer than this is stalled.
pub const STALLED: TimeDelta = TimeDelta::seconds(30);

/// A check of readiness: its name, and a detail or what is wrong.
pub type ReadinessCheck = (&'static str, Result<String, String>);

/// The last probe of the storage: when it was taken, and what it said.
pub(crate) type Probe = (Instant, Vec<ReadinessCheck>);

/// For how long a probe speaks: whoever may ask for health must not keep the disk busy.
const PROBE_LIFE: Duration = Duration::from_secs(2);
/// A disk is full when less than a tenth of it is free, or less than this of a large one, in bytes.
const LEAST_SPACE: u64 = 64 * 1024 * 1024;

impl App {
    /// Whether this process can serve: the database answers, writing included, the folder of files is there and has space.
    pub async fn checks(&self) -> Vec<ReadinessCheck> {
        let mut last = self.shared.probe.lock().await;
        if let Some((at, checks)) = last.as_ref().filter(|(at, _)| at.elapsed() < PROBE_LIFE) {
            tracing::trace!(age.ms = at.elapsed().as_millis(), "the last probe of the storage still speaks");
            return checks.clone();
        }
        let checks = self.probe().await;
        *last = Some((Instant::now(), checks.clone()));
        checks
    }

    async fn probe(&self) -> Vec<ReadinessCheck> {
        let read = self.store.read(|tx| tx.directory().map(|directory| format!("directory version {}", directory.version)));
        let read = read.await.map_err(|error: StoreError| error.to_string());
        let now = self.clock.now();
        // A commit that changes nothing needs no space: this one writes a row.
        let write = self.store.write(move |tx| tx.count_until("readiness probe", now).map(|()| "a row was written".to_owned()));
        let write = write.await.map_err(|error: StoreError| error.to_string());
        let files = match self.has_files_folder().await {
            Ok(true) => Ok("the folder of files is there".to_owned()),
            Ok(false) => Err("the folder of files is not the one of this instance: is the share mounted?".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        let space = space_of("data directory", self.settings.data_dir.clone()).await;
        let of_files = self.settings.attachments_folder();
        let space = match space {
            // A folder that is gone has a check of its own.
            Ok(data) if of_files.exists() => space_of("folder of files", of_files).await.map(|_| data),
            space => space,
        };
        vec![("database.read", read), ("database.write", write), ("disk.space", space), ("files.folder", files)]
    }

    /// How long the oldest thing waits that the worker should have begun: a due job, or a due message. An error when that
    /// is longer than [`STALLED`]: no worker runs, or it cannot keep up.
    pub async fn worker_check(&self) -> ReadinessCheck {
        let now = self.clock.now();
        let waits = self.store.read(move |tx| {
            let mut oldest = tx.oldest_due_delivery(now)?;
            for queue in Queue::ALL {
                oldest = oldest.into_iter().chain(tx.oldest_due_job(queue.as_str(), now)?).min();
            }
            Ok(oldest.map_or(TimeDelta::zero(), |since| now - since))
        });
        let result = match waits.await {
            Err(error) => Err(StoreError::to_string(&error)),
            Ok(age) if age > STALLED => {
                Err(format!("the oldest due row waits for {} s: is a worker running?", age.num_seconds()))
            }
            Ok(age) => Ok(format!("the oldest due row waits for {} s", age.num_seconds())),
        };
        ("worker.oldest_due", result)
    }
}

/// Whether the disk of a folder takes more.
async fn space_of(what: &'static str, folder: PathBuf) -> Result<String, String> {
    match tokio::task::spawn_blocking(move || rustix::fs::statvfs(folder)).await {
        Ok(Ok(disk)) => enough_space(what, disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize),
        Ok(Err(error)) => Err(format!("the {what} cannot be looked at: {error}")),
        Err(error) => Err(error.to_string()),
    }
}

/// Whether a disk with so many bytes free takes more.
fn enough_space(what: &str, free: u64, size: u64) -> Result<String, String> {
    let said = format!("{} of {} MiB are free", free / 1024 / 1024, size / 1024 / 1024);
    if free > LEAST_SPACE.min(size / 10) { Ok(said) } else { Err(format!("the disk of the {what} is full: {said}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_full_below_a_tenth_or_64_mib() {
        const MIB: u64 = 1024 * 1024;
        for (free, size, enough) in
            [(0, 0, false), (0, 16, false), (1, 16, false), (2, 16, true), (64, 9000, false), (65, 9000, true)]
        {
            assert_eq!(enough_space("data directory", free * MIB, size * MIB).is_ok(), enough, "{free} of {size} MiB");
        }
    }
}
