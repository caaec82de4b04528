//! Ordered, bounded parallel map: many workers, one consumer that gets the results in the order of the items.
//!
//! Own threads rather than a rayon pool, for two reasons: a worker whose document exceeds the time limit must be
//! replaceable (a pool cannot give up a thread), and the producer must never sit on a worker: at one thread it would
//! wait for the very worker it occupies. Here the caller's thread feeds the queue and consumes, workers only work.
//!
//! What bounds memory: at most `window` items are between being taken from the iterator and being consumed, and
//! nothing new is started while finished results that wait for their turn weigh more than `waiting_bytes`.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::guard::STACK_BYTES;

/// Bounds of one run.
#[derive(Debug, Clone)]
pub struct Bounds {
    /// Number of worker threads, at least one.
    pub jobs: usize,
    /// Most items in flight.
    pub window: usize,
    /// Most bytes of finished results that wait for an earlier one.
    pub waiting_bytes: usize,
    /// Time limit of one item.
    pub timeout: Option<Duration>,
}

/// The work: what to do with an item, and what stands in its place when its time ran out.
pub trait Work<T, R>: Send + Sync + 'static {
    /// Does the work. Must not panic.
    fn work(&self, item: &T) -> R;
    /// The result of an item whose time ran out.
    fn late(&self, item: &T) -> R;
    /// About how many bytes a finished result holds.
    fn weight(&self, result: &R) -> usize;
}

/// Maps `items` in parallel and gives the results to `consume` in their order, until it breaks.
pub fn ordered<T, R, W>(
    items: impl Iterator<Item = T>,
    bounds: &Bounds,
    work: Arc<W>,
    mut consume: impl FnMut(R) -> ControlFlow<()>,
) where
    T: Send + Sync + 'static,
    R: Send + 'static,
    W: Work<T, R>,
{
    let mut items = items.fuse();
    let crew = Crew::new(work);
    let hired = (0..bounds.jobs.max(1)).filter(|_| crew.hire()).count();
    if hired == 0 {
        // The system refuses any thread: the caller's own does the work.
        let _ = items.try_for_each(|item| consume(crew.work.work(&item)));
        return;
    }
    let mut window: VecDeque<Slot<T, R>> = VecDeque::new();
    let mut first = 0_u64; // sequence number of the window's front
    let mut waiting = 0_usize; // weight of the finished results in the window
    loop {
        while window.len() < bounds.window.max(1) && (waiting <= bounds.waiting_bytes || window.is_empty()) {
            let Some(item) = items.next() else { break };
            let ticket = Arc::new(Ticket { item, running: OnceLock::new() });
            crew.queue.push(first + window.len() as u64, Arc::clone(&ticket));
            window.push_back(Slot { ticket, result: None });
        }
        match window.pop_front() {
            None => return,
            Some(Slot { result: Some(result), .. }) => {
                first += 1;
                waiting = waiting.saturating_sub(crew.work.weight(&result));
                if consume(result).is_break() {
                    return;
                }
                continue;
            }
            Some(unfinished) => window.push_front(unfinished),
        }
        let deadline = bounds.timeout.and_then(|limit| next_deadline(&window, limit));
        match crew.report(deadline) {
            Some((seq, result)) => {
                if let Some(slot) = slot(&mut window, first, seq)
                    && slot.result.is_none()
                {
                    waiting += crew.work.weight(&result);
                    slot.result = Some(result);
                }
            }
            None => {
                let now = Instant::now();
                for slot in window.iter_mut().filter(|s| s.result.is_none()) {
                    if let Some(Running { since, worker }) = slot.ticket.running.get()
                        && bounds.timeout.is_some_and(|limit| now.duration_since(*since) >= limit)
                    {
                        // The worker cannot be stopped; it is left behind and another takes its place.
                        worker.store(true, Ordering::Relaxed);
                        slot.result = Some(crew.work.late(&slot.ticket.item));
                        crew.hire();
                    }
                }
            }
        }
    }
}

/// One item between being taken and being consumed.
struct Slot<T, R> {
    ticket: Arc<Ticket<T>>,
    result: Option<R>,
}

/// An item, and since when a worker has had it: noted here, since a message would wake the caller's thread twice an item.
struct Ticket<T> {
    item: T,
    running: OnceLock<Running>,
}

struct Running {
    since: Instant,
    worker: Arc<AtomicBool>,
}

fn slot<T, R>(window: &mut VecDeque<Slot<T, R>>, first: u64, seq: u64) -> Option<&mut Slot<T, R>> {
    window.get_mut(usize::try_from(seq.checked_sub(first)?).ok()?)
}

/// When the first of the running items is late; none that begins from now on is late before its own limit.
fn next_deadline<T, R>(window: &VecDeque<Slot<T, R>>, limit: Duration) -> Option<Instant> {
    let unfinished = window.iter().filter(|s| s.result.is_none());
    let began = unfinished.filter_map(|s| s.ticket.running.get()).map(|r| r.since).min();
    began.unwrap_or_else(Instant::now).checked_add(limit)
}

/// The workers and what connects them.
struct Crew<T, R, W> {
    work: Arc<W>,
    queue: Arc<Queue<T>>,
    sender: Sender<(u64, R)>,
    receiver: Receiver<(u64, R)>,
}

impl<T, R, W> Crew<T, R, W>
where
    T: Send + Sync + 'static,
    R: Send + 'static,
    W: Work<T, R>,
{
    fn new(work: Arc<W>) -> Self {
        let (sender, receiver) = channel();
        Self { work, queue: Arc::new(Queue::default()), sender, receiver }
    }

    /// Starts one worker, if the system allows. It ends when the queue is closed, or after an item that took too long.
    fn hire(&self) -> bool {
        let (work, queue, sender) = (Arc::clone(&self.work), Arc::clone(&self.queue), self.sender.clone());
        let lost = Arc::new(AtomicBool::new(false));
        let labour = move || {
            while let Some((seq, ticket)) = queue.pop() {
                ticket.running.get_or_init(|| Running { since: Instant::now(), worker: Arc::clone(&lost) });
                let result = work.work(&ticket.item);
                drop(ticket);
                if sender.send((seq, result)).is_err() || lost.load(Ordering::Relaxed) {
                    break;
                }
            }
        };
        thread::Builder::new().name("baocao".into()).stack_size(STACK_BYTES).spawn(labour).is_ok()
    }

    /// The next result with its number, or `None` when the deadline has passed.
    fn report(&self, deadline: Option<Instant>) -> Option<(u64, R)> {
        let Some(deadline) = deadline else { return self.receiver.recv().ok() };
        self.receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())).ok()
    }
}

impl<T, R, W> Drop for Crew<T, R, W> {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// The queue between the feeding thread and the workers.
struct Queue<T> {
    inner: Mutex<Inner<T>>,
    ready: Condvar,
}

struct Inner<T> {
    items: VecDeque<(u64, Arc<Ticket<T>>)>,
    closed: bool,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        let inner = Inner { items: VecDeque::new(), closed: false };
        Self { inner: Mutex::new(inner), ready: Condvar::new() }
    }
}

impl<T> Queue<T> {
    fn push(&self, seq: u64, ticket: Arc<Ticket<T>>) {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).items.push_back((seq, ticket));
        self.ready.notify_one();
    }

    fn pop(&self) -> Option<(u64, Arc<Ticket<T>>)> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if inner.closed {
                return None;
            }
            if let Some(next) = inner.items.pop_front() {
                return Some(next);
            }
            inner = self.ready.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self) {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.ready.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Naps;

    impl Work<u64, (u64, bool)> for Naps {
        fn work(&self, item: &u64) -> (u64, bool) {
            thread::sleep(Duration::from_millis(if *item % 100 == 13 { 400 } else { item * 7 % 5 }));
            (*item, true)
        }
        fn late(&self, item: &u64) -> (u64, bool) {
            (*item, false)
        }
        fn weight(&self, _: &(u64, bool)) -> usize {
            1
        }
    }

    fn bounds(jobs: usize) -> Bounds {
        Bounds { jobs, window: 4 * jobs, waiting_bytes: 10, timeout: None }
    }

    #[test]
    fn results_come_in_the_order_of_the_items_at_any_number_of_jobs() {
        for jobs in [1, 2, 7] {
            let mut seen = Vec::new();
            ordered(0..60, &bounds(jobs), Arc::new(Naps), |(n, _)| {
                seen.push(n);
                ControlFlow::Continue(())
            });
            assert_eq!(seen, (0..60).collect::<Vec<_>>(), "with {jobs} jobs");
        }
    }

    #[test]
    fn an_item_that_takes_too_long_is_given_up_alone_even_with_one_worker() {
        for jobs in [1, 2] {
            let mut late = Vec::new();
            let limit = Bounds { timeout: Some(Duration::from_millis(150)), ..bounds(jobs) };
            let mut count = 0;
            ordered(0..40, &limit, Arc::new(Naps), |(n, in_time)| {
                count += 1;
                if !in_time {
                    late.push(n);
                }
                ControlFlow::Continue(())
            });
            assert_eq!((late, count), (vec![13], 40), "with {jobs} jobs");
        }
    }

    #[test]
    fn never_more_than_the_window_is_taken_ahead_of_what_is_consumed() {
        let taken = std::cell::Cell::new(0_u64);
        let items = (0..200).inspect(|n| taken.set(n + 1));
        let mut done = 0;
        ordered(items, &bounds(2), Arc::new(Naps), |_| {
            done += 1;
            assert!(taken.get() <= done + 8, "{} taken, {done} consumed", taken.get());
            ControlFlow::Continue(())
        });
        assert_eq!(done, 200);
    }

    #[test]
    fn a_consumer_that_breaks_ends_the_run() {
        let mut seen = 0;
        ordered(0.., &bounds(3), Arc::new(Naps), |_| {
            seen += 1;
            if seen == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(seen, 5);
    }
}
