use super::{Context, JobError};
use std::time::Duration;

/// The longest time that one check takes; what is left is looked at first by the next.
const LIMIT: Duration = Duration::from_secs(4 * 3600);

/// Hashes what lies in the media library and compares it with what was checked in.
pub(super) async fn run(context: &Context) -> Result<(), JobError> {
    let found = context.app.check_media(LIMIT).await?;
    if !found.sound() {
        tracing::warn!(media.differing = found.differing.len(), "media of the library are not what was checked in");
    }
    tracing::info!(
        media.same = found.same,
        media.unreachable = found.unreachable.len(),
        media.left = found.left,
        "media are checked"
    );
    Ok(())
}
