//! What one account, one address and everybody together may have under way in this process: nobody can take it all.

use actix_web::dev::Extensions;
use fabu_app::{AppError, Fault};
use fabu_domain::ids::UserId;
use std::{
    any::Any,
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// How much may be under way at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitOptions {
    /// Requests of one account.
    pub requests_per_account: usize,
    /// Files that one account sends.
    pub uploads_per_account: usize,
    /// Event streams of one account.
    pub streams_per_account: usize,
    /// Event streams of everybody.
    pub streams: usize,
    /// Connections from one address; none when proxies stand in front, whose address is everybody's.
    pub connections_per_address: Option<usize>,
    /// Bytes of bodies that are being read, of everybody together.
    pub body_bytes: usize,
    /// The same of one account.
    pub body_bytes_per_account: usize,
    /// After how long a connection is closed whose other end takes nothing of what is sent.
    pub send_timeout: Duration,
}

impl Default for LimitOptions {
    fn default() -> Self {
        Self {
            requests_per_account: 100,
            uploads_per_account: 4,
            streams_per_account: 8,
            streams: 512,
            connections_per_address: Some(512),
            body_bytes: 64 * 1024 * 1024,
            body_bytes_per_account: 16 * 1024 * 1024,
            send_timeout: Duration::from_secs(30),
        }
    }
}

/// Counts what is under way, by key and in all.
#[derive(Debug)]
struct Counter<K> {
    each: usize,
    all: usize,
    now: Mutex<Counted<K>>,
}

#[derive(Debug)]
struct Counted<K> {
    all: usize,
    by_key: HashMap<K, usize>,
}

impl<K: Eq + Hash + Copy> Counter<K> {
    fn new(each: usize, all: usize) -> Arc<Self> {
        Arc::new(Self { each, all, now: Mutex::new(Counted { all: 0, by_key: HashMap::new() }) })
    }

    /// Counts `amount` more until the guard is dropped.
    fn enter(self: &Arc<Self>, key: K, amount: usize) -> Result<Guard<K>, Full> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let of_key = now.by_key.get(&key).copied().unwrap_or(0);
        if of_key + amount > self.each {
            return Err(Full::Key);
        }
        if now.all + amount > self.all {
            return Err(Full::All);
        }
        now.all += amount;
        now.by_key.insert(key, of_key + amount);
        Ok(Guard { counter: Arc::clone(self), key, amount })
    }

    fn leave(&self, key: K, amount: usize) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.all = now.all.saturating_sub(amount);
        if let Some(of_key) = now.by_key.get_mut(&key) {
            *of_key = of_key.saturating_sub(amount);
            if *of_key == 0 {
                now.by_key.remove(&key);
            }
        }
    }
}

/// Which limit is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Full {
    Key,
    All,
}

/// Something under way; it ends with this value.
#[derive(Debug)]
pub(crate) struct Guard<K: Eq + Hash + Copy> {
    counter: Arc<Counter<K>>,
    key: K,
    amount: usize,
}

impl<K: Eq + Hash + Copy> Guard<K> {
    fn grow(&mut self, by: usize) -> Result<(), Full> {
        let mut more = self.counter.enter(self.key, by)?;
        self.amount += std::mem::take(&mut more.amount);
        Ok(())
    }
}

impl<K: Eq + Hash + Copy> Drop for Guard<K> {
    fn drop(&mut self) {
        self.counter.leave(self.key, self.amount);
    }
}

/// The limits of this process.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    requests: Arc<Counter<UserId>>,
    uploads: Arc<Counter<UserId>>,
    streams: Arc<Counter<UserId>>,
    bodies: Arc<Counter<Option<UserId>>>,
    connections: Option<Arc<Counter<IpAddr>>>,
}

impl Limits {
    pub(crate) fn new(options: &LimitOptions) -> Self {
        Self {
            requests: Counter::new(options.requests_per_account, usize::MAX),
            uploads: Counter::new(options.uploads_per_account, usize::MAX),
            streams: Counter::new(options.streams_per_account, options.streams),
            bodies: Counter::new(options.body_bytes_per_account, options.body_bytes),
            connections: options.connections_per_address.map(|each| Counter::new(each, usize::MAX)),
        }
    }

    /// A request of an account begins.
    pub(crate) fn request(&self, account: UserId) -> Result<Guard<UserId>, AppError> {
        self.requests.enter(account, 1).map_err(|_| too_many(self.requests.each))
    }

    /// A file of an account begins to arrive.
    pub(crate) fn upload(&self, account: UserId) -> Result<Guard<UserId>, AppError> {
        self.uploads.enter(account, 1).map_err(|_| too_many(self.uploads.each))
    }

    /// An event stream of an account is opened.
    pub(crate) fn stream(&self, account: UserId) -> Result<Guard<UserId>, AppError> {
        self.streams.enter(account, 1).map_err(|full| match full {
            Full::Key => AppError::fault(Fault::TooManyStreams, "max", self.streams.each),
            Full::All => Fault::Busy.into(),
        })
    }

    /// A body begins to arrive; nobody's when nobody has signed in.
    pub(crate) fn body(&self, account: Option<UserId>) -> Body {
        Body { counter: Arc::clone(&self.bodies), account, held: None }
    }

    /// Counts a connection by the address of its other end, for as long as it lives.
    pub(crate) fn connected(&self, stream: &dyn Any, extensions: &mut Extensions) {
        let Some(connections) = &self.connections else { return };
        let stream = stream.downcast_ref::<actix_web::rt::net::TcpStream>();
        if let Some(peer) = stream.and_then(|stream| stream.peer_addr().ok()) {
            extensions.insert(Connection(connections.enter(peer.ip().to_canonical(), 1).map_err(|_| connections.each)));
        }
    }
}

/// A connection, and whether its address had too many.
#[derive(Debug)]
pub(crate) struct Connection(Result<Guard<IpAddr>, usize>);

impl Connection {
    /// Why nothing is answered on this connection.
    pub(crate) fn refusal(&self) -> Option<AppError> {
        self.0.as_ref().err().map(|max| AppError::fault(Fault::TooManyConnections, "max", max))
    }
}

/// The bytes of a body that have arrived so far.
#[derive(Debug)]
pub(crate) struct Body {
    counter: Arc<Counter<Option<UserId>>>,
    account: Option<UserId>,
    held: Option<Guard<Option<UserId>>>,
}

impl Body {
    /// More bytes have arrived.
    ///
    /// # Errors
    /// The account has too much under way, or everybody together has.
    pub(crate) fn grow(&mut self, by: usize) -> Result<(), AppError> {
        let grown = match &mut self.held {
            Some(held) => held.grow(by),
            None => self.counter.enter(self.account, by).map(|guard| self.held = Some(guard)),
        };
        grown.map_err(|full| match (full, self.account) {
            (Full::Key, Some(_)) => AppError::from(Fault::TooMuchUnderWay),
            _ => Fault::Busy.into(),
        })
    }
}

fn too_many(max: usize) -> AppError {
    AppError::fault(Fault::TooManyRequests, "max", max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn code(error: &AppError) -> &'static str {
        error.row().0.code()
    }

    #[test]
    fn counts_each_account_and_everybody_and_forgets_what_has_ended() {
        let options = LimitOptions { streams_per_account: 2, streams: 3, ..LimitOptions::default() };
        let limits = Limits::new(&options);
        let (a, b) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let open = [limits.stream(a).unwrap(), limits.stream(a).unwrap()];
        assert_eq!(code(&limits.stream(a).unwrap_err()), "stream.too_many");
        let other = limits.stream(b).unwrap();
        assert_eq!(code(&limits.stream(b).unwrap_err()), "server.busy");
        drop(open);
        assert_eq!(limits.streams.now.lock().unwrap().by_key.len(), 1, "who has nothing open is forgotten");
        drop((limits.stream(a).unwrap(), other));
        assert_eq!(limits.streams.now.lock().unwrap().all, 0);
    }

    #[test]
    fn bodies_share_a_budget_of_which_an_account_has_a_part() {
        let options = LimitOptions { body_bytes: 100, body_bytes_per_account: 60, ..LimitOptions::default() };
        let limits = Limits::new(&options);
        let (a, b) = (Some(UserId(Uuid::from_u128(1))), Some(UserId(Uuid::from_u128(2))));
        let (mut first, mut second, mut third) = (limits.body(a), limits.body(a), limits.body(b));
        first.grow(40).unwrap();
        second.grow(20).unwrap();
        assert_eq!(code(&second.grow(1).unwrap_err()), "request.too_much_under_way");
        third.grow(40).unwrap();
        assert_eq!(code(&third.grow(1).unwrap_err()), "server.busy");
        drop(first);
        third.grow(20).unwrap();
    }
}
