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
use super::copies::Key;
use super::document::{self, Outcome, Seen};
use super::encode::Encode;
use super::frame::{Reply, Task};
use super::hand::{Hand, Silence, Workers};
use super::load;
use crate::error::Error;

/// Bytes of the documents of one batch, once the run is under way.
const BATCH_BYTES: u64 = 256 << 10;
/// Most documents of one batch.
const BATCH_DOCUMENTS: usize = 256;
/// Tasks after which a worker is replaced by a fresh one.
const LIFETIME: usize = 20_000;
/// How often the consumer looks whether the run is to stop.
const POLL: Duration = Duration::from_millis(100);

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
    /// A document with the content of an earlier one: nothing to do if that one's outcome is still known in its turn.
    Copy(Key, Box<Self>),
}

/// The place of one document in the window.
enum Slot {
    /// It is with the workers.
    Open,
    /// It is done.
    Done(Outcome),
    /// It is a copy, and what is to be done if its original is forgotten.
    Copy(Key, Document),
}

impl Slot {
    /// About how many bytes it holds.
    fn weight(&self) -> usize {
        match self {
            Self::Open => 0,
            Self::Done(outcome) => outcome.weight(),
            Self::Copy(..) => 512,
        }
    }
}

/// Does the items in parallel and gives their outcomes to `consume` in their order, until it breaks or `stop` is set; where
/// none comes for a while it is called with none. `copy` gives the outcome of a copy in its turn.
///
/// # Errors
/// No worker process can be started.
pub(super) fn ordered(
    items: impl Iterator<Item = Item>,
    bounds: &Bounds,
    workers: &Workers,
    stop: &Stop,
    mut copy: impl FnMut(Key) -> Option<Outcome>,
    mut consume: impl FnMut(Option<Outcome>) -> ControlFlow<()>,
) -> io::Result<()> {
    let jobs = bounds.jobs.max(1);
    let mut feeder = Feeder { items: items.fuse(), jobs: jobs as u64, handed: 0 };
    let mut crew = Crew::default();
    let mut window: VecDeque<Slot> = VecDeque::new();
    let mut first = 0_u64; // number of the window's front
    let mut waiting = 0_usize; // weight of what waits in the window
    loop {
        while stop.signal().is_none()
            && (waiting <= bounds.waiting_bytes || window.is_empty())
            && crew.queue.len() < jobs * 2
        {
            let before = window.len();
            let batch = feeder.fill(first, &mut window);
            waiting += window.range(before..).map(Slot::weight).sum::<usize>();
            if !batch.is_empty() {
                crew.queue.push(Batch { documents: batch, since: Instant::now() });
                if crew.hired < jobs {
                    crew.hire(workers, bounds.timeout);
                }
            }
            if window.len() == before || !matches!(window.front(), Some(Slot::Open)) {
                break;
            }
        }
        if stop.signal().is_some() {
            // What nobody has begun is left for the next run.
            if let Some(unbegun) = crew.queue.clear() {
                window.truncate(usize::try_from(unbegun.saturating_sub(first)).unwrap_or(0));
            }
        }
        if matches!(window.front(), Some(Slot::Open)) {
            let Some((number, outcome)) = crew.report()? else {
                if consume(None).is_break() {
                    return Ok(());
                }
                continue;
            };
            let at = number.checked_sub(first).and_then(|at| usize::try_from(at).ok());
            if let Some(slot) = at.and_then(|at| window.get_mut(at)) {
                waiting += outcome.weight();
                *slot = Slot::Done(outcome);
            }
            continue;
        }
        let Some(slot) = window.pop_front() else { return Ok(()) };
        waiting = waiting.saturating_sub(slot.weight());
        let outcome = match slot {
            Slot::Open => continue,
            Slot::Done(outcome) => outcome,
            Slot::Copy(key, document) => match copy(key) {
                Some(outcome) => outcome,
                None if stop.signal().is_some() => return Ok(()),
                None => {
                    window.push_front(Slot::Open);
                    let documents = [(first, document)].into();
                    crew.queue.give_back(Batch { documents, since: Instant::now() });
                    if crew.hired == 0 {
                        crew.hire(workers, bounds.timeout);
                    }
                    continue;
                }
            },
        };
        first += 1;
        if consume(Some(outcome)).is_break() {
            return Ok(());
        }
    }
}

/// Gathers documents into batches.
struct Feeder<I: Iterator<Item = Item>> {
    items: std::iter::Fuse<I>,
    jobs: u64,
    handed: u64,
}

impl<I: Iterator<Item = Item>> Feeder<I> {
    /// Takes items into the window, whose front has the number `first`, and gives the next batch: the documents among them,
    /// with their numbers. Batches begin small, so that few documents are spread over all workers, and grow as it turns out
    /// that there are many. Where nothing is to be done, it stops at once: that goes on to the consumer.
    fn fill(&mut self, first: u64, window: &mut VecDeque<Slot>) -> VecDeque<(u64, Document)> {
        let enough = (self.handed / (4 * self.jobs)).min(BATCH_BYTES);
        let mut batch = VecDeque::new();
        let (mut bytes, mut taken) = (0, 0);
        while bytes <= enough && taken < BATCH_DOCUMENTS {
            let Some(item) = self.items.next() else { break };
            taken += 1;
            let size = item.size();
            let slot = match item {
                Item::Known(outcome) => Slot::Done(outcome),
                Item::Copy(key, otherwise) => match Document::of(*otherwise) {
                    Ok(document) => Slot::Copy(key, document),
                    Err(outcome) => Slot::Done(outcome),
                },
                item => match Document::of(item) {
                    Ok(document) => {
                        batch.push_back((first + window.len() as u64, document));
                        bytes += size;
                        Slot::Open
                    }
                    Err(outcome) => Slot::Done(outcome),
                },
            };
            window.push_back(slot);
            if batch.is_empty() {
                break;
            }
        }
        self.handed += bytes;
        batch
    }
}

impl Item {
    /// What it counts in a batch.
    fn size(&self) -> u64 {
        match self {
            Self::File { size, .. } => *size.max(&(1 << 10)),
            Self::Member(member) => member.size.max(1 << 10),
            Self::Stdin | Self::Known(_) | Self::Copy(..) => 0,
        }
    }
}

enum Document {
    Task(Task),
    Stdin,
}

impl Document {
    /// What is to be done, or what became of it already.
    fn of(item: Item) -> Result<Self, Outcome> {
        match item {
            Item::File { path, named, .. } => Ok(Self::Task(Task::File { path, named })),
            Item::Member(member) => Ok(Self::Task(Task::Member(member))),
            Item::Stdin => Ok(Self::Stdin),
            Item::Known(outcome) => Err(outcome),
            Item::Copy(_, otherwise) => Self::of(*otherwise),
        }
    }
}

/// Documents that one worker does one after the other, with their numbers.
struct Batch {
    documents: VecDeque<(u64, Document)>,
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
        while let Some((_, document)) = batch.documents.front() {
            let done = match document {
                Document::Task(_) => keeper.tasks(queue, sender, &mut batch),
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
        let Some((number, _)) = self.documents.pop_front() else { return };
        if let Outcome::Entry { took, .. } = &mut outcome {
            *took = self.since.elapsed();
        }
        self.since = Instant::now();
        let _ = sender.send(Ok((number, outcome))); // should nobody listen any more, the queue is closed
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
        if self.hand.is_none() {
            self.hand = Some(Hand::start_patiently(self.workers)?);
        }
        self.hand.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Does the first tasks of a batch: at least one, and all up to one that its worker did not survive.
    fn tasks(&mut self, queue: &Queue, sender: &Sender<Report>, batch: &mut Batch) -> io::Result<()> {
        let task =
            |(_, d): &(u64, Document)| if let Document::Task(task) = d { Some(task.clone()) } else { None };
        let tasks: Vec<Task> = batch.documents.iter().map_while(task).collect();
        let timeout = self.timeout;
        let hand = self.hand()?;
        hand.give(tasks.iter());
        for task in &tasks {
            match outcome(hand.reply(timeout, || queue.is_closed())) {
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
                match outcome(hand.reply(timeout, || queue.is_closed())) {
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
            Task::File { path, .. } | Task::Look { path, .. } => (super::name::shown(path), Seen::of(path)),
            Task::Member(member) | Task::Hash(member) => (super::name::shown(&member.path), None),
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
        let done = match load::stdin(self.workers.setup.options.read.limits.file_bytes) {
            Ok(bytes) => self.bytes(queue, Task::Bytes(bytes))?,
            Err(error) => document::failed(&*self.encode, "-", &error, None),
        };
        batch.report(sender, done);
        Ok(())
    }

    /// The outcome of a document whose bytes are here.
    fn bytes(&mut self, queue: &Queue, task: Task) -> io::Result<Outcome> {
        let timeout = self.timeout;
        let hand = self.hand()?;
        hand.give(std::iter::once(&task));
        match outcome(hand.reply(timeout, || queue.is_closed())) {
            Ok(outcome) => Ok(outcome),
            Err(silence) => {
                self.hand = None;
                self.silent(&task, silence, queue)
            }
        }
    }
}

/// The reply to a document.
fn outcome(reply: Result<Reply, Silence>) -> Result<Outcome, Silence> {
    match reply? {
        Reply::Outcome(outcome) => Ok(outcome),
        Reply::Opened(_) | Reply::Hash(_) => {
            Err(Silence::Died(Error::Crashed("its worker answered something else".into())))
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

    /// Takes a batch that is the next to be done: one whose keeper found no worker, or one that others wait for.
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
        let first = inner.batches.iter().filter_map(|b| b.documents.front()).map(|(n, _)| *n).min();
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

    fn batches(items: impl IntoIterator<Item = Item>, jobs: u64, handed: u64) -> Vec<Vec<u64>> {
        let mut feeder = Feeder { items: items.into_iter().fuse(), jobs, handed };
        let mut window = VecDeque::new();
        let mut all = Vec::new();
        loop {
            let before = window.len();
            let batch = feeder.fill(10, &mut window);
            if window.len() == before {
                return all;
            }
            all.push(batch.into_iter().map(|(number, _)| number).collect());
        }
    }

    fn file(n: usize, size: u64) -> Item {
        Item::File { path: n.to_string().into(), named: false, size }
    }

    fn sizes(count: usize, size: u64, jobs: u64) -> Vec<usize> {
        batches((0..count).map(|n| file(n, size)), jobs, 0).iter().map(Vec::len).collect()
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
    fn what_is_known_stays_in_its_place_between_the_documents() {
        let known = || Item::Known(Outcome::Passed(".jpg".into()));
        let copy = |n| Item::Copy(7, Box::new(file(n, 1)));
        let items = [known(), file(1, 1), known(), copy(3), file(4, 1), copy(5)];
        assert_eq!(batches(items, 1, 1 << 30), [vec![], vec![11, 14]]);
    }
}
