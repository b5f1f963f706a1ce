//! The single write lane of SQLite: one thread with the only write connection of this process, first come, first
//! served. SQLite's own waiting for a lock is no queue: under load some writers starve.

use crate::{
    StoreError,
    conn::{Access, Address, Link},
    transaction::is_spent,
    turnstile::Turnstile,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::Duration,
};

type Work = Box<dyn FnOnce(&mut Seat) + Send>;

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
}

impl Seat {
    /// Serves one caller, unless it gave up before its turn came.
    fn serve<T, E: From<StoreError>>(
        &mut self,
        ticket: &Ticket,
        f: impl FnOnce(&mut Link) -> Result<T, E>,
    ) -> Option<Result<T, E>> {
        if !ticket.is_waiting() {
            return None;
        }
        let turn = self.turnstile.turn();
        if !ticket.move_to(TAKEN) {
            return None;
        }
        let link = turn.and_then(|turn| open(&mut self.link, &self.address).map(|link| (turn, link)));
        Some(link.map_err(E::from).and_then(|(_turn, link)| f(link)))
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
    work: Option<mpsc::Sender<Work>>,
    thread: Option<JoinHandle<()>>,
    wait: Duration,
}

fn stopped() -> StoreError {
    StoreError::Unavailable("the write lane has stopped".into())
}

impl Lane {
    /// Opens the write connection and starts the thread.
    pub(crate) fn start(path: &str, wait: Duration) -> Result<Self, StoreError> {
        let address = Address::Sqlite(path.to_owned());
        // The connection first: it says best what is wrong with the path.
        let link = Some(Link::open(&address, Access::Write)?);
        let mut seat = Seat { turnstile: Turnstile::open(path)?, address, link };
        let (sender, receiver) = mpsc::channel::<Work>();
        let thread = std::thread::Builder::new()
            .name("fabu-write-lane".into())
            .spawn(move || receiver.into_iter().for_each(|work| work(&mut seat)))
            .map_err(|e| StoreError::Setup(format!("the write lane cannot start: {e}")))?;
        Ok(Self { work: Some(sender), thread: Some(thread), wait })
    }

    fn send<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
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
        self.work.as_ref().ok_or_else(stopped)?.send(work).map_err(|_| stopped())?;
        Ok(ticket)
    }

    fn busy(&self) -> StoreError {
        StoreError::Busy(format!("the write queue did not move on in {:?}", self.wait))
    }

    /// Queues the work and waits for its result; leaves the queue after the longest wait.
    pub(crate) async fn run<T: Send + 'static, E: From<StoreError> + Send + 'static>(
        &self,
        f: impl FnOnce(&mut Link) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let (reply, mut result) = tokio::sync::oneshot::channel();
        let ticket = self.send(f, move |r| drop(reply.send(r)))?;
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
        f: impl FnOnce(&mut Link) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let (reply, result) = mpsc::sync_channel(1);
        let ticket = self.send(f, move |r| drop(reply.send(r)))?;
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
