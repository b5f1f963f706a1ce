//! How long the worker tries to write down what has happened: a message that was sent, a job that ended.

use backon::ExponentialBuilder;
use std::time::Duration;

/// Five tries within two to three seconds, each wait half as long again as the one before.
pub(crate) fn persistence() -> ExponentialBuilder {
    ExponentialBuilder::new().with_min_delay(Duration::from_millis(250)).with_factor(1.5).with_max_times(4)
}
