//! Who runs beside whom. A job that a worker went away with may be what took it down, or may have been beside what did. So
//! it runs alone the next time, nothing else in the process, and only then is a loss held against it.

use fabu_app::jobs::JobEnd;
use futures::future::BoxFuture;
use std::{sync::Arc, time::Duration};
use tokio::{sync::RwLock, time::timeout};

/// The jobs that run in this process.
#[derive(Debug, Clone)]
pub(crate) struct Isolation {
    running: Arc<RwLock<()>>,
    /// How long a suspect waits for the others to end. When they take longer it runs beside them, and is blamed for nothing.
    patience: Duration,
    /// How long a suspect keeps the others waiting: what takes a worker down does so soon.
    alone: Duration,
}

impl Default for Isolation {
    fn default() -> Self {
        Self { running: Arc::default(), patience: Duration::from_secs(3), alone: Duration::from_secs(20) }
    }
}

impl Isolation {
    /// Runs a job beside others.
    pub(crate) async fn beside(&self, work: BoxFuture<'static, JobEnd>) -> JobEnd {
        let _among_others = self.running.read().await;
        work.await
    }

    /// Runs a suspect alone, if it can be. `mark` writes down that it is alone, and that it no longer is, before it becomes so.
    pub(crate) async fn alone<M, F>(&self, mut work: BoxFuture<'static, JobEnd>, mark: M) -> JobEnd
    where
        M: Fn(bool) -> F,
        F: Future<Output = ()>,
    {
        let Ok(nobody_else) = timeout(self.patience, Arc::clone(&self.running).write_owned()).await else {
            return self.beside(work).await;
        };
        mark(true).await;
        if let Ok(end) = timeout(self.alone, &mut work).await {
            return end;
        }
        mark(false).await;
        let _among_others = nobody_else.downgrade();
        work.await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::{FutureExt, poll};
    use std::{pin::pin, sync::Mutex};
    use tokio::sync::oneshot::{self, Sender};

    const LONG: Duration = Duration::from_secs(3600);

    /// What happened, in order.
    #[derive(Clone, Default)]
    struct Diary(Arc<Mutex<Vec<&'static str>>>);

    impl Diary {
        fn note(&self, what: &'static str) {
            self.0.lock().unwrap().push(what);
        }

        fn read(&self) -> Vec<&'static str> {
            self.0.lock().unwrap().clone()
        }

        /// A job that runs until it is told to end.
        fn job(&self, begins: &'static str) -> (BoxFuture<'static, JobEnd>, Sender<()>) {
            let (diary, (end, told)) = (self.clone(), oneshot::channel());
            let job = async move {
                diary.note(begins);
                told.await.unwrap();
                JobEnd::Done
            };
            (job.boxed(), end)
        }

        fn marks(&self) -> impl Fn(bool) -> std::future::Ready<()> {
            |alone| {
                self.note(if alone { "alone" } else { "no longer alone" });
                std::future::ready(())
            }
        }
    }

    fn isolation(patience: Duration, alone: Duration) -> Isolation {
        Isolation { patience, alone, ..Isolation::default() }
    }

    #[tokio::test]
    async fn a_suspect_waits_for_the_others_and_they_for_it() {
        let (isolation, diary) = (isolation(LONG, LONG), Diary::default());
        let [(first, end_first), (suspect, end_suspect), (last, end_last)] =
            [diary.job("first"), diary.job("suspect"), diary.job("last")];
        let (mut first, mut last) = (pin!(isolation.beside(first)), pin!(isolation.beside(last)));
        let mut suspect = pin!(isolation.alone(suspect, diary.marks()));
        assert!(poll!(&mut first).is_pending() && poll!(&mut suspect).is_pending() && poll!(&mut last).is_pending());
        assert_eq!(diary.read(), ["first"]);
        end_first.send(()).unwrap();
        first.await;
        assert!(poll!(&mut suspect).is_pending() && poll!(&mut last).is_pending());
        assert_eq!(diary.read(), ["first", "alone", "suspect"]);
        end_suspect.send(()).unwrap();
        suspect.await;
        end_last.send(()).unwrap();
        last.await;
        assert_eq!(diary.read(), ["first", "alone", "suspect", "last"]);
    }

    #[tokio::test]
    async fn others_go_on_beside_a_suspect_that_takes_long_and_it_is_blamed_no_longer() {
        let (isolation, diary) = (isolation(LONG, Duration::from_millis(1)), Diary::default());
        let [(suspect, end_suspect), (other, end_other)] = [diary.job("suspect"), diary.job("other")];
        let (running, marks) = (isolation.clone(), diary.marks());
        let other = async {
            end_other.send(()).unwrap();
            isolation.beside(other).await;
            end_suspect.send(()).unwrap();
        };
        tokio::join!(running.alone(suspect, marks), other);
        assert_eq!(diary.read(), ["alone", "suspect", "no longer alone", "other"]);
    }

    #[tokio::test]
    async fn beside_slow_work_a_suspect_runs_without_blame() {
        let (isolation, diary) = (isolation(Duration::from_millis(1), LONG), Diary::default());
        let [(slow, end_slow), (suspect, end_suspect)] = [diary.job("slow"), diary.job("suspect")];
        let mut slow = pin!(isolation.beside(slow));
        assert!(poll!(&mut slow).is_pending());
        end_suspect.send(()).unwrap();
        isolation.alone(suspect, diary.marks()).await;
        assert_eq!(diary.read(), ["slow", "suspect"]);
        end_slow.send(()).unwrap();
        slow.await;
    }
}
