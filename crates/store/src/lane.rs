//! The single write lane of SQLite: one thread with the only write connection of this process. SQLite's own waiting for a
//! lock is no queue: under load some writers starve.
//!
//! There are two queues, each first come, first served: of requests, and of background work. While both wait they take
//! turns, so that many callers do not keep a job waiting behind all of them, and the other way round.

use crate::{
    StoreError,
    conn::{Access, Address, Backend, Link},
    dialect::begin_write,
    records,
    shared::Shared,
    transaction::{begin, is_spent, rollback},
    turnstile::Turnstile,
};
use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::Duration,
};

type Work = Box<dyn FnOnce(&mut Seat) + Send>;

/// For whom the store works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Somebody who waits for an answer.
    Requests,
    /// The worker.
    Background,
}

/// What waits for the lane.
#[derive(Default)]
struct Queues {
    requests: VecDeque<Work>,
    background: VecDeque<Work>,
    /// The background was served last.
    background_last: bool,
}

impl Queues {
    fn put(&mut self, (side, work): (Side, Work)) {
        match side {
            Side::Requests => self.requests.push_back(work),
            Side::Background => self.background.push_back(work),
        }
    }

    /// The next in turn; none when nothing waits.
    fn take(&mut self) -> Option<Work> {
        let background = !self.background.is_empty() && (self.requests.is_empty() || !self.background_last);
        self.background_last = background;
        if background { self.background.pop_front() } else { self.requests.pop_front() }
    }
}

/// Serves the queues until the last sender is gone and nothing waits.
fn serve_all(receiver: &mpsc::Receiver<(Side, Work)>, seat: &mut Seat) {
    let mut queues = Queues::default();
    loop {
        receiver.try_iter().for_each(|work| queues.put(work));
        match queues.take() {
            Some(work) => work(seat),
            None => match receiver.recv() {
                Ok(work) => queues.put(work),
                Err(_) => return,
            },
        }
    }
}

const WAITING: u8 = 0;
const TAKEN: u8 = 1;
const GIVEN_UP: u8 = 2;

/// A place in the queue. Exactly one side wins: the lane takes the work up, or the caller gives up waiting.
#[derive(Debug, Clone)]
struct Ticket(Arc<AtomicU8>);

impl Ticket {
    fn is_waiting(&self) -> bool {
        self.0.load(Ordering::Acquire) == WAITING
    }

    fn move_to(&self, state: u8) -> bool {
        self.0.compare_exchange(WAITING, state, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

/// A caller that goes away (a closed connection) leaves the queue.
struct GiveUpOnDrop(Ticket);

impl Drop for GiveUpOnDrop {
    fn drop(&mut self) {
        self.0.move_to(GIVEN_UP);
    }
}

/// What the thread of the lane works with.
struct Seat {
    turnstile: Turnstile,
    address: Address,
    link: Option<Link>,
    shared: Arc<Shared>,
}

impl Seat {
    /// Serves one caller in a transaction, unless the caller gave up before it began.
    fn serve<T, E: From<StoreError>>(
        &mut self,
        ticket: &Ticket,
        f: impl FnOnce(&mut Link) -> Result<T, E>,
    ) -> Option<Result<T, E>> {
        if !ticket.is_waiting() {
            return None;
        }
        let begun = self.turnstile.turn().and_then(|turn| {
            let link = open(&mut self.link, &self.address)?;
            records::prepare(link, &self.shared)?;
            begin(link, begin_write(Backend::Sqlite))?;
            Ok((turn, link))
        });
        // Waiting for other processes is part of the wait: the caller may have had enough of it meanwhile.
        let taken = ticket.move_to(TAKEN);
        match begun {
            Ok((_turn, link)) if taken => Some(f(link)),
            Ok((_turn, link)) => {
                rollback(link);
                None
            }
            Err(error) => taken.then(|| Err(error.into())),
        }
    }
}

/// The write connection. A spent one is closed, which ends whatever it had left open, and replaced.
fn open<'a>(link: &'a mut Option<Link>, address: &Address) -> Result<&'a mut Link, StoreError> {
    if link.as_mut().is_some_and(is_spent) {
        *link = None;
    }
    match link {
        Some(link) => Ok(link),
        none => Ok(none.insert(Link::open(address, Access::Write)?)),
    }
}

pub(crate) struct Lane {
    work: Option<mpsc::Sender<(Side, Work)>>,
    thread: Option<JoinHandle<()>>,
    wait: Duration,
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the write lane has stopped".into())
}

impl Lane {
    /// Opens the write connection and starts the thread.
    pub(crate) fn start(path: &str, wait: Duration, shared: Arc<Shared>) -> Result<Self, StoreError> {
        let address = Address::Sqlite(path.to_owned());
        // The connection first: it says best what is wrong with the path.
        let link = Some(Link::open(&address, Access::Write)?);
        let mut seat = Seat { turnstile: Turnstile::open(path)?, address, link, shared };
        let (sender, receiver) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("fabu-write-lane".into())
            .spawn(move || serve_all(&receiver, &mut seat))
            .map_err(|e| StoreError::Setup(format!("the write lane cannot start: {e}")))?;
        Ok(Self { work: Some(sender), thread: Some(thread), wait })
    }

    fn send<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        side: Side,
        f: impl FnOnce(&mut Link) -> Result<T, E> + Send + 'static,
        reply: impl FnOnce(Result<T, E>) + Send + 'static,
    ) -> Result<Ticket, StoreError> {
        let ticket = Ticket(Arc::new(AtomicU8::new(WAITING)));
        let taken = ticket.clone();
        let work: Work = Box::new(move |seat| {
            if let Some(answer) = seat.serve(&taken, f) {
                reply(answer);
            }
        });
        self.work.as_ref().ok_or_else(stopped)?.send((side, work)).map_err(|_| stopped())?;
        Ok(ticket)
    }

    fn busy(&self) -> StoreError {
        StoreError::Busy(format!("the write queue did not move on in {:?}", self.wait))
    }

    /// Queues the work, which is given a transaction that has begun, and waits for its result; leaves the queue after the longest wait.
    pub(crate) async fn run<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        side: Side,
        f: impl FnOnce(&mut Link) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let (reply, mut result) = tokio::sync::oneshot::channel();
        let ticket = self.send(side, f, move |r| drop(reply.send(r)))?;
        let guard = GiveUpOnDrop(ticket);
        let answer = match tokio::time::timeout(self.wait, &mut result).await {
            Ok(answer) => answer,
            Err(_) if guard.0.move_to(GIVEN_UP) => return Err(self.busy().into()),
            Err(_) => result.await,
        };
        answer.unwrap_or_else(|_| Err(stopped().into()))
    }

    /// The same on the caller's thread.
    pub(crate) fn run_blocking<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        side: Side,
        f: impl FnOnce(&mut Link) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let (reply, result) = mpsc::sync_channel(1);
        let ticket = self.send(side, f, move |r| drop(reply.send(r)))?;
        match result.recv_timeout(self.wait) {
            Ok(answer) => answer,
            Err(mpsc::RecvTimeoutError::Timeout) if ticket.move_to(GIVEN_UP) => Err(self.busy().into()),
            Err(mpsc::RecvTimeoutError::Timeout) => result.recv().unwrap_or_else(|_| Err(stopped().into())),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(stopped().into()),
        }
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.work = None;
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != std::thread::current().id()
        {
            // The thread ends after the work in hand; it catches panics, so there is nothing to learn from its end.
            drop(thread.join());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_and_background_work_take_turns_and_each_keeps_its_order() {
        let (order, served) = mpsc::channel();
        let mut queues = Queues::default();
        let mut put = |side, name: &'static str| {
            let order = order.clone();
            queues.put((side, Box::new(move |_: &mut Seat| order.send(name).unwrap())));
        };
        for name in ["a", "b", "c", "d"] {
            put(Side::Requests, name);
        }
        put(Side::Background, "1");
        put(Side::Background, "2");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lane.sqlite").display().to_string();
        let (turnstile, address) = (Turnstile::open(&path).unwrap(), Address::Sqlite(path));
        let mut seat = Seat { turnstile, address, link: None, shared: Arc::default() };
        while let Some(work) = queues.take() {
            work(&mut seat);
        }
        assert_eq!(served.try_iter().collect::<Vec<_>>(), ["1", "a", "2", "b", "c", "d"]);
    }
}
