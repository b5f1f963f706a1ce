//! The two steps of a stop: first no new jobs, then no jobs at all.

use tokio::sync::watch;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Phase {
    Running,
    NoNewJobs,
    GiveBack,
}

/// Leads the stop.
#[derive(Debug, Clone)]
pub(crate) struct Stop(watch::Sender<Phase>);

/// Hears of the stop.
#[derive(Debug, Clone)]
pub(crate) struct Stopping(watch::Receiver<Phase>);

impl Stop {
    pub(crate) fn new() -> (Self, Stopping) {
        let (sender, receiver) = watch::channel(Phase::Running);
        (Self(sender), Stopping(receiver))
    }

    /// Running jobs go on, no other one begins.
    pub(crate) fn no_new_jobs(&self) {
        self.0.send_replace(Phase::NoNewJobs);
    }

    /// Jobs that still run are given back to the queue.
    pub(crate) fn give_back(&self) {
        self.0.send_replace(Phase::GiveBack);
    }
}

impl Stopping {
    pub(crate) fn is_stopping(&self) -> bool {
        *self.0.borrow() != Phase::Running
    }

    /// Waits for [`Stop::no_new_jobs`].
    pub(crate) async fn no_new_jobs(&mut self) {
        // A sender that is gone has stopped, too.
        drop(self.0.wait_for(|phase| *phase >= Phase::NoNewJobs).await);
    }

    /// Waits for [`Stop::give_back`].
    pub(crate) async fn give_back(&mut self) {
        drop(self.0.wait_for(|phase| *phase == Phase::GiveBack).await);
    }
}
