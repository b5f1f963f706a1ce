use super::{Batch, Live, PART};
use crate::limits::Guard;
use actix_web::web::Bytes;
use fabu_app::{AppError, Caller, Failure, Rx, events, events::Hint};
use fabu_domain::ids::UserId;
use futures::Stream;
use serde_json::json;
use std::{collections::VecDeque, convert::Infallible};
use tokio::{
    sync::{
        broadcast::{Receiver, error::RecvError},
        watch,
    },
    time::{Instant, Interval, interval_at},
};

/// Somebody who is further behind reads everything anew: sooner done than told.
const MOST_BEHIND: i64 = 1000;

/// One open stream.
struct Listener {
    live: Live,
    caller: Caller,
    batches: Receiver<Batch>,
    closed: watch::Receiver<bool>,
    beat: Interval,
    /// The last entry that was looked at for this reader.
    last: i64,
    /// True while the log has entries that no batch will bring.
    behind: bool,
    frames: VecDeque<Bytes>,
    /// Counts the stream as one of the reader's while it is open.
    _open: Guard<UserId>,
}

/// The stream of one reader, from `after` on, or from now. It ends with the session.
///
/// # Errors
/// Not permitted, the session has ended.
pub(crate) async fn stream(
    live: Live,
    caller: Caller,
    after: Option<i64>,
    open: Guard<UserId>,
) -> Result<impl Stream<Item = Result<Bytes, Infallible>>, Failure> {
    // First listen, then look where the log stands: nothing falls in between.
    let (batches, closed) = (live.listen(), live.closed.subscribe());
    let (_, head) = notify(&live, &caller, |_| Ok(Vec::new())).await?;
    let last = after.unwrap_or(head);
    let beat = interval_at(Instant::now() + live.pace.beat, live.pace.beat);
    let frames = VecDeque::from([Bytes::from(format!("retry: 3000\nevent: ready\nid: {last}\ndata: {{}}\n\n"))]);
    let listener = Listener { live, caller, batches, closed, beat, last, behind: last != head, frames, _open: open };
    Ok(futures::stream::unfold(listener, |mut listener| async move {
        let frame = listener.next().await?;
        Some((Ok(frame), listener))
    }))
}

impl Listener {
    /// The next piece of the stream; nothing when it ends.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(frame) = self.frames.pop_front() {
                return Some(frame);
            }
            if *self.closed.borrow() {
                return None;
            }
            if self.behind {
                self.catch_up().await.ok()?;
                continue;
            }
            tokio::select! {
                _ = self.closed.changed() => return None,
                batch = self.batches.recv() => match batch {
                    Ok(batch) => self.take(batch).await.ok()?,
                    Err(RecvError::Lagged(_)) => self.behind = true,
                    Err(RecvError::Closed) => return None,
                },
                _ = self.beat.tick() => {
                    notify(&self.live, &self.caller, |_| Ok(Vec::new())).await.ok()?;
                    return Some(Bytes::from_static(b": beat\n\n"));
                }
            }
        }
    }

    /// Numbers have no gap: a batch that does not go on where this stream is shows that it missed something.
    async fn take(&mut self, batch: Batch) -> Result<(), Failure> {
        if batch.upto <= self.last {
            return Ok(());
        }
        if batch.records.first().and_then(|record| record.seq) != Some(self.last + 1) {
            self.behind = true;
            return Ok(());
        }
        self.last = batch.upto;
        let (hints, _) = notify(&self.live, &self.caller, move |rx| events::stream_events(rx, &batch.records)).await?;
        self.frames.extend(hints.iter().map(frame));
        Ok(())
    }

    /// Reads the next part of the log; a reader too far behind, or ahead of the log, is told to read everything anew.
    async fn catch_up(&mut self) -> Result<(), Failure> {
        let last = self.last;
        let read = move |rx: &mut Rx<'_, '_>| {
            let head = events::last_event(rx)?;
            if !(0..=MOST_BEHIND).contains(&(head - last)) {
                return Ok((Vec::new(), head, false));
            }
            let records = events::events_after(rx, last, PART)?;
            let upto = records.last().and_then(|record| record.seq).unwrap_or(last);
            Ok((events::stream_events(rx, &records)?, upto, true))
        };
        let (hints, upto, whole) = self.live.app.read(&self.caller, read).await?;
        if !whole {
            self.frames.push_back(Bytes::from(format!("event: reset\nid: {upto}\ndata: {{}}\n\n")));
        }
        self.behind = whole && upto > last;
        self.last = upto;
        self.frames.extend(hints.iter().map(frame));
        Ok(())
    }
}

/// Hints for the reader, with the number of the log's last entry. Fails when the session has ended.
async fn notify(
    live: &Live,
    caller: &Caller,
    hints: impl FnOnce(&mut Rx<'_, '_>) -> Result<Vec<Hint>, AppError> + Send + 'static,
) -> Result<(Vec<Hint>, i64), Failure> {
    let read = move |rx: &mut Rx<'_, '_>| {
        events::stream_events(rx, &[])?;
        Ok((hints(rx)?, events::last_event(rx)?))
    };
    live.app.read(caller, read).await
}

fn frame(hint: &Hint) -> Bytes {
    let data = json!({ "seq": hint.seq, "kind": hint.kind, "subject": hint.subject });
    Bytes::from(format!("event: change\nid: {}\ndata: {data}\n\n", hint.seq))
}
