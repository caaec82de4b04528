//! Scans: how many pages are recognised at once, over all documents of a run.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A number of places; who finds none waits for one. Clones share their places.
#[derive(Debug, Clone)]
pub struct Gate {
    places: usize,
    shared: Arc<(Mutex<usize>, Condvar)>,
}

impl Gate {
    /// A gate of so many places, at least one.
    pub fn new(places: usize) -> Self {
        let places = places.max(1);
        Self { places, shared: Arc::new((Mutex::new(places), Condvar::new())) }
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
        Place(self)
    }
}

impl Default for Gate {
    /// A place a core.
    fn default() -> Self {
        Self::new(std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get))
    }
}

/// A place taken.
pub(super) struct Place<'g>(&'g Gate);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let (free, freed) = &*self.0.shared;
        *free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn no_more_than_its_places_are_ever_inside() {
        let (gate, inside, most) = (Gate::new(2), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _inside = gate.enter();
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::yield_now();
                    inside.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 2);
    }
}
