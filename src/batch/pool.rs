//! Ordered, bounded work by processes: one keeper thread a worker process, one consumer that gets the results in the
//! order of the documents.
//!
//! ```text
//! documents ─ batches of about 256 kB ─> queue ─ keepers (a process each) ─> results, put in order ─> consumer
//! ```
//!
//! The caller's thread feeds the queue and consumes. What bounds memory: little more is queued than the keepers ask for
//! next, and nothing is handed out while finished results that wait for an earlier one weigh more than `waiting_bytes`,
//! however many documents they are of: one long document at the front does not idle the others.

use std::collections::VecDeque;
use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::archive::Member;
use super::document::{self, Outcome, Seen};
use super::encode::Encode;
use super::frame::Task;
use super::guard::guarded;
use super::hand::{Hand, Silence, Workers};
use super::load;
use super::run::{extension, promises_document};
use crate::error::Error;

/// Bytes of the documents of one batch, once the run is under way.
const BATCH_BYTES: u64 = 256 << 10;
/// Most documents of one batch.
const BATCH_DOCUMENTS: usize = 256;
/// Tasks after which a worker is replaced by a fresh one.
const LIFETIME: usize = 20_000;
/// How often the consumer looks whether the run is to stop.
const POLL: Duration = Duration::from_millis(100);
/// How often a keeper tries again to start a worker while others work on.
const ATTEMPTS: u32 = 5;

/// Bounds of one run.
#[derive(Debug, Clone)]
pub(super) struct Bounds {
    /// Number of worker processes, at least one.
    pub jobs: usize,
    /// Most bytes of finished results that wait for an earlier one.
    pub waiting_bytes: usize,
    /// Time limit of one document.
    pub timeout: Option<Duration>,
}

/// Asks a run to end early: documents in hand are finished, nothing new is begun.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// The number that signals are noted in; 0 is none.
    pub fn noted(&self) -> Arc<AtomicUsize> {
        Arc::clone(&self.0)
    }

    /// The signal that asked for the end.
    pub fn signal(&self) -> Option<usize> {
        Some(self.0.load(Ordering::Relaxed)).filter(|signal| *signal != 0)
    }
}

/// One thing to be done in its turn.
#[derive(Debug)]
pub(super) enum Item {
    /// A document, by its path.
    File { path: PathBuf, named: bool, size: u64 },
    /// A file in an archive.
    Member(Member),
    /// Standard input.
    Stdin,
    /// Nothing to do: the outcome is known.
    Known(Outcome),
}

/// Does the items in parallel and gives their outcomes to `consume` in their order, until it breaks or `stop` is set; where
/// none comes for a while it is called with none.
///
/// # Errors
/// No worker process can be started.
pub(super) fn ordered(
    items: impl Iterator<Item = Item>,
    bounds: &Bounds,
    workers: &Workers,
    stop: &Stop,
    mut consume: impl FnMut(Option<Outcome>) -> ControlFlow<()>,
) -> io::Result<()> {
    let jobs = bounds.jobs.max(1);
    let mut feeder = Feeder { items: items.fuse(), held: None, jobs: jobs as u64, handed: 0 };
    let mut crew = Crew::default();
    let mut window: VecDeque<Option<Outcome>> = VecDeque::new();
    let mut first = 0_u64; // number of the window's front
    let mut waiting = 0_usize; // weight of the finished results in the window
    loop {
        while stop.signal().is_none()
            && (waiting <= bounds.waiting_bytes || window.is_empty())
            && crew.queue.len() < jobs * 2
        {
            let next = first + window.len() as u64;
            match feeder.next() {
                None => break,
                Some(Feed::Known(outcome)) => {
                    waiting += outcome.weight();
                    window.push_back(Some(outcome));
                }
                Some(Feed::Batch(documents)) => {
                    window.extend(documents.iter().map(|_| None));
                    let documents = documents.into();
                    crew.queue.push(Batch { first: next, documents, since: Instant::now() });
                    if crew.hired < jobs {
                        crew.hire(workers, bounds.timeout);
                    }
                }
            }
            if matches!(window.front(), Some(Some(_))) {
                break;
            }
        }
        if stop.signal().is_some() {
            // What nobody has begun is left for the next run.
            if let Some(unbegun) = crew.queue.clear() {
                window.truncate(usize::try_from(unbegun.saturating_sub(first)).unwrap_or(0));
            }
        }
        match window.front_mut().map(Option::take) {
            None => return Ok(()),
            Some(Some(outcome)) => {
                window.pop_front();
                first += 1;
                waiting = waiting.saturating_sub(outcome.weight());
                if consume(Some(outcome)).is_break() {
                    return Ok(());
                }
            }
            Some(None) => {
                let Some((seq, outcome)) = crew.report()? else {
                    if consume(None).is_break() {
                        return Ok(());
                    }
                    continue;
                };
                let at = seq.checked_sub(first).and_then(|at| usize::try_from(at).ok());
                if let Some(slot) = at.and_then(|at| window.get_mut(at)) {
                    waiting += outcome.weight();
                    *slot = Some(outcome);
                }
            }
        }
    }
}

/// Gathers documents into batches.
struct Feeder<I: Iterator<Item = Item>> {
    items: std::iter::Fuse<I>,
    /// What was taken already and belongs behind the batch.
    held: Option<Outcome>,
    jobs: u64,
    handed: u64,
}

enum Feed {
    Batch(Vec<Document>),
    Known(Outcome),
}

impl<I: Iterator<Item = Item>> Feeder<I> {
    /// The next batch. Batches begin small, so that few documents are spread over all workers, and grow as it turns out
    /// that there are many.
    fn next(&mut self) -> Option<Feed> {
        if let Some(known) = self.held.take() {
            return Some(Feed::Known(known));
        }
        let enough = (self.handed / (4 * self.jobs)).min(BATCH_BYTES);
        let mut documents = Vec::new();
        let mut bytes = 0;
        while bytes <= enough && documents.len() < BATCH_DOCUMENTS {
            match self.items.next() {
                None => break,
                Some(Item::Known(outcome)) if documents.is_empty() => return Some(Feed::Known(outcome)),
                Some(Item::Known(outcome)) => {
                    self.held = Some(outcome);
                    break;
                }
                Some(Item::Stdin) => documents.push(Document::Stdin),
                Some(Item::Member(member)) => {
                    bytes += 4 << 10;
                    documents.push(Document::Member(member));
                }
                Some(Item::File { path, named, size }) => {
                    bytes += size.max(1 << 10);
                    documents.push(Document::File(Task::File { path, named }));
                }
            }
            if bytes > enough {
                break;
            }
        }
        self.handed += bytes;
        (!documents.is_empty()).then_some(Feed::Batch(documents))
    }
}

enum Document {
    File(Task),
    Member(Member),
    Stdin,
}

/// Documents that one worker does one after the other.
struct Batch {
    first: u64,
    documents: VecDeque<Document>,
    /// When the work on its first document began.
    since: Instant,
}

/// What keepers say: the outcome of a document, or that they found no worker.
type Report = Result<(u64, Outcome), io::Error>;

/// The keepers and what connects them with the consumer.
struct Crew {
    queue: Arc<Queue>,
    sender: Sender<Report>,
    receiver: Receiver<Report>,
    hired: usize,
    alive: usize,
    keepers: Vec<thread::JoinHandle<()>>,
}

impl Default for Crew {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { queue: Arc::default(), sender, receiver, hired: 0, alive: 0, keepers: Vec::new() }
    }
}

impl Crew {
    /// Hires one more keeper.
    fn hire(&mut self, workers: &Workers, timeout: Option<Duration>) {
        self.hired += 1;
        self.alive += 1;
        let (queue, sender, workers) = (Arc::clone(&self.queue), self.sender.clone(), workers.clone());
        let keep = move || keep(&queue, &sender, &workers, timeout);
        match thread::Builder::new().name("keeper".into()).spawn(keep) {
            Ok(keeper) => self.keepers.push(keeper),
            Err(error) => {
                let _ = self.sender.send(Err(error)); // the receiver is ours
            }
        }
    }

    /// The next outcome with its number; `None` when nothing came for a while, or a keeper gave up and others go on.
    fn report(&mut self) -> io::Result<Option<(u64, Outcome)>> {
        match self.receiver.recv_timeout(POLL) {
            Ok(Ok(done)) => Ok(Some(done)),
            Ok(Err(error)) => {
                self.alive -= 1;
                if self.alive > 0 {
                    return Ok(None);
                }
                let hint = "does the system allow more processes and threads (ulimit -u, -v)?";
                Err(io::Error::other(format!("no worker process can be started: {error}; {hint}")))
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Ok(None),
        }
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        self.queue.close();
        for keeper in self.keepers.drain(..) {
            let _ = keeper.join();
        }
    }
}

/// Does batches with one worker at a time until the queue is closed.
fn keep(queue: &Queue, sender: &Sender<Report>, workers: &Workers, timeout: Option<Duration>) {
    let Some(encode) = (workers.formats)(&workers.setup.format, workers.setup.pretty) else {
        let _ = sender.send(Err(io::ErrorKind::InvalidInput.into()));
        return;
    };
    let mut keeper = Keeper { workers, encode, timeout, hand: None };
    while let Some(mut batch) = queue.pop() {
        batch.since = Instant::now();
        while let Some(document) = batch.documents.front() {
            let done = match document {
                Document::File(_) => keeper.files(queue, sender, &mut batch),
                Document::Member(member) => {
                    let member = member.clone();
                    keeper.member(queue, sender, &mut batch, &member)
                }
                Document::Stdin => keeper.standard_input(queue, sender, &mut batch),
            };
            if let Err(error) = done {
                queue.give_back(batch);
                let _ = sender.send(Err(error)); // whether anybody still listens is all the same now
                return;
            }
            if queue.is_closed() {
                return;
            }
        }
        if keeper.hand.as_ref().is_some_and(|hand| hand.given >= LIFETIME) {
            keeper.hand = None;
        }
    }
}

impl Batch {
    /// Reports the outcome of its first document, which is then done.
    fn report(&mut self, sender: &Sender<Report>, mut outcome: Outcome) {
        self.documents.pop_front();
        if let Outcome::Entry { took, .. } = &mut outcome {
            *took = self.since.elapsed();
        }
        self.since = Instant::now();
        let _ = sender.send(Ok((self.first, outcome))); // should nobody listen any more, the queue is closed
        self.first += 1;
    }
}

struct Keeper<'w> {
    workers: &'w Workers,
    encode: Box<dyn Encode>,
    timeout: Option<Duration>,
    hand: Option<Hand>,
}

impl Keeper<'_> {
    /// A worker that lives.
    fn hand(&mut self) -> io::Result<&mut Hand> {
        let mut attempt = 0;
        while self.hand.is_none() {
            match Hand::start(self.workers) {
                Ok(hand) => self.hand = Some(hand),
                Err(error) if attempt >= ATTEMPTS => return Err(error),
                Err(_) => {
                    attempt += 1;
                    thread::sleep(POLL * attempt);
                }
            }
        }
        self.hand.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Does the first files of a batch: at least one, and all up to one that its worker did not survive.
    fn files(&mut self, queue: &Queue, sender: &Sender<Report>, batch: &mut Batch) -> io::Result<()> {
        let file = |d: &Document| if let Document::File(task) = d { Some(task.clone()) } else { None };
        let tasks: Vec<Task> = batch.documents.iter().map_while(file).collect();
        let timeout = self.timeout;
        let hand = self.hand()?;
        hand.give(tasks.iter());
        for task in &tasks {
            match hand.reply(timeout, || queue.is_closed()) {
                Ok(outcome) => batch.report(sender, outcome),
                Err(silence) => {
                    self.hand = None;
                    let outcome = self.silent(task, silence, queue)?;
                    batch.report(sender, outcome);
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// What stands for a document that its worker did not survive. It is tried once more by a fresh one, so that the
    /// outcome does not depend on what that worker did before.
    fn silent(&mut self, task: &Task, silence: Silence, queue: &Queue) -> io::Result<Outcome> {
        let error = match silence {
            Silence::Late => late(),
            Silence::Died(_) if !queue.is_closed() => {
                let timeout = self.timeout;
                let hand = self.hand()?;
                hand.give(std::iter::once(task));
                match hand.reply(timeout, || queue.is_closed()) {
                    Ok(outcome) => return Ok(outcome),
                    Err(again) => {
                        self.hand = None;
                        match again {
                            Silence::Late => late(),
                            Silence::Died(error) => error,
                        }
                    }
                }
            }
            Silence::Died(error) => error,
        };
        let (shown, seen) = match task {
            Task::File { path, .. } => (super::name::shown(path), Seen::of(path)),
            Task::Member { path, .. } => (super::name::shown(path), None),
            Task::Bytes(_) => ("-".into(), None),
        };
        Ok(document::failed(&*self.encode, &shown, &error, seen))
    }

    /// Standard input is read here: the worker's own is the pipe.
    fn standard_input(
        &mut self,
        queue: &Queue,
        sender: &Sender<Report>,
        batch: &mut Batch,
    ) -> io::Result<()> {
        let outcome = match load::stdin(self.file_bytes()) {
            Ok(bytes) => self.bytes(queue, Task::Bytes(bytes))?,
            Err(error) => document::failed(&*self.encode, "-", &error, None),
        };
        batch.report(sender, outcome);
        Ok(())
    }

    /// A file in an archive is unpacked here, within its limits, as if it stood in a folder.
    fn member(
        &mut self,
        queue: &Queue,
        sender: &Sender<Report>,
        batch: &mut Batch,
        member: &Member,
    ) -> io::Result<()> {
        let path = member.path.clone();
        let limit = self.file_bytes();
        let outcome = match guarded(|| member.read(limit)) {
            Ok(bytes) => self.bytes(queue, Task::Member { path, bytes })?,
            Err(Error::Encrypted(_) | Error::Unsupported(_)) if !promises_document(&path) => {
                Outcome::Passed(extension(&path))
            }
            Err(error) => document::failed(&*self.encode, &super::name::shown(&path), &error, None),
        };
        batch.report(sender, outcome);
        Ok(())
    }

    fn file_bytes(&self) -> u64 {
        self.workers.setup.options.read.limits.file_bytes
    }

    /// The outcome of a document whose bytes are here.
    fn bytes(&mut self, queue: &Queue, task: Task) -> io::Result<Outcome> {
        let timeout = self.timeout;
        let hand = self.hand()?;
        hand.give(std::iter::once(&task));
        match hand.reply(timeout, || queue.is_closed()) {
            Ok(outcome) => Ok(outcome),
            Err(silence) => {
                self.hand = None;
                self.silent(&task, silence, queue)
            }
        }
    }
}

fn late() -> Error {
    Error::Timeout("this document took too long, see --timeout".into())
}

/// The queue between the feeding thread and the keepers.
#[derive(Default)]
struct Queue {
    inner: Mutex<Inner>,
    ready: Condvar,
}

#[derive(Default)]
struct Inner {
    batches: VecDeque<Batch>,
    closed: bool,
}

impl Queue {
    fn locked(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, batch: Batch) {
        self.locked().batches.push_back(batch);
        self.ready.notify_one();
    }

    /// Takes a batch back whose keeper found no worker; it is the first to be done.
    fn give_back(&self, batch: Batch) {
        self.locked().batches.push_front(batch);
        self.ready.notify_one();
    }

    fn pop(&self) -> Option<Batch> {
        let mut inner = self.locked();
        loop {
            if inner.closed {
                return None;
            }
            if let Some(next) = inner.batches.pop_front() {
                return Some(next);
            }
            inner = self.ready.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Drops what nobody has begun, and gives the number of its first document.
    fn clear(&self) -> Option<u64> {
        let mut inner = self.locked();
        let first = inner.batches.iter().map(|b| b.first).min();
        inner.batches.clear();
        first
    }

    fn len(&self) -> usize {
        self.locked().batches.len()
    }

    fn is_closed(&self) -> bool {
        self.locked().closed
    }

    fn close(&self) {
        self.locked().closed = true;
        self.ready.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(count: usize, size: u64, jobs: u64) -> Vec<usize> {
        let items = (0..count).map(|n| Item::File { path: n.to_string().into(), named: false, size });
        let mut feeder = Feeder { items: items.fuse(), held: None, jobs, handed: 0 };
        let batch = || match feeder.next() {
            Some(Feed::Batch(documents)) => Some(documents.len()),
            _ => None,
        };
        std::iter::from_fn(batch).collect()
    }

    #[test]
    fn few_documents_are_spread_and_many_are_handed_out_in_batches() {
        assert_eq!(sizes(8, 4000, 8), [1; 8]);
        let many = sizes(10_000, 4000, 4);
        assert_eq!(many.iter().sum::<usize>(), 10_000);
        assert_eq!(many.iter().max(), Some(&66), "about 256 kB");
        assert_eq!(sizes(5, 1 << 20, 4), [1; 5], "a large document is a batch of its own");
    }

    #[test]
    fn what_is_known_stays_in_its_place_between_the_batches() {
        let known = || Item::Known(Outcome::Passed(".jpg".into()));
        let file = || Item::File { path: "a".into(), named: false, size: 1 };
        let items = [known(), file(), known(), file()];
        let mut feeder = Feeder { items: items.into_iter().fuse(), held: None, jobs: 1, handed: 1 << 30 };
        let kinds: Vec<bool> =
            std::iter::from_fn(|| feeder.next()).map(|f| matches!(f, Feed::Batch(_))).collect();
        assert_eq!(kinds, [false, true, false, true]);
    }
}
