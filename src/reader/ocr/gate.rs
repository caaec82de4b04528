//! Scans: how many pages are recognised at once, over all documents of a run, in one process or in several.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How often a place of another process is tried again; a page takes seconds.
const POLL: Duration = Duration::from_millis(20);

/// A number of places; who finds none waits for one. Clones share their places.
#[derive(Debug, Clone)]
pub struct Gate {
    places: usize,
    shared: Arc<(Mutex<usize>, Condvar)>,
    /// Where processes that share the places have a file for each.
    folder: Option<PathBuf>,
}

impl Gate {
    /// A gate of so many places, at least one.
    pub fn new(places: usize) -> Self {
        let places = places.max(1);
        Self { places, shared: Arc::new((Mutex::new(places), Condvar::new())), folder: None }
    }

    /// A gate that processes share which name the same folder: a place is a locked file in it, and free again when the
    /// process that took it ends, however it ends.
    pub fn between_processes(places: usize, folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()), ..Self::new(places) }
    }

    /// How many places there are.
    pub(super) fn places(&self) -> usize {
        self.places
    }

    /// Takes a place; dropping it gives it back.
    pub(super) fn enter(&self) -> Place<'_> {
        let (free, freed) = &*self.shared;
        let guard = free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut guard = freed.wait_while(guard, |n| *n == 0).unwrap_or_else(PoisonError::into_inner);
        *guard -= 1;
        drop(guard);
        Place { gate: self, _file: self.folder.as_deref().and_then(|dir| self.locked(dir)) }
    }

    /// A file that no other process has locked; none where files cannot be locked.
    fn locked(&self, dir: &Path) -> Option<File> {
        loop {
            for place in 0..self.places {
                let file = File::create(dir.join(format!("page-{place}"))).ok()?;
                if is_locked(&file)? {
                    return Some(file);
                }
            }
            std::thread::sleep(POLL);
        }
    }
}

/// Whether the lock was got; `None` where the system has no locks.
#[cfg(unix)]
fn is_locked(file: &File) -> Option<bool> {
    use rustix::fs::{FlockOperation, flock};
    match flock(file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Some(true),
        Err(rustix::io::Errno::WOULDBLOCK) => Some(false),
        Err(_) => None,
    }
}

#[cfg(not(unix))]
fn is_locked(_: &File) -> Option<bool> {
    None
}

impl Default for Gate {
    /// A place a core.
    fn default() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get))
    }
}

/// A place taken.
pub(super) struct Place<'g> {
    gate: &'g Gate,
    _file: Option<File>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let (free, freed) = &*self.gate.shared;
        *free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// The most that were inside at once, of eight who share the gates in turn.
    fn most(gates: &[Gate]) -> usize {
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for gate in gates.iter().cycle().take(8) {
                let (inside, most) = (&inside, &most);
                scope.spawn(move || {
                    let _inside = gate.enter();
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        most.into_inner()
    }

    #[test]
    fn no_more_than_its_places_are_ever_inside() {
        assert!(most(&[Gate::new(2)]) <= 2);
    }

    #[cfg(unix)]
    #[test]
    fn gates_of_one_folder_share_their_places() {
        let dir = tempfile::tempdir().unwrap();
        let gate = || Gate::between_processes(2, dir.path());
        assert!(most(&[gate(), gate(), gate()]) <= 2);
    }
}
