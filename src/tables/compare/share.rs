//! Values of one indicator, place or period point to one copy of it: rows come in, the same rows go out, smaller.

use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::row::{Place, Row, What};
use crate::record::Period;

/// What was seen.
#[derive(Debug, Default)]
pub struct Shared {
    what: FxHashSet<Arc<What>>,
    places: FxHashSet<Arc<Place>>,
    periods: FxHashSet<Arc<Period>>,
}

impl Shared {
    /// The row, with what is known pointing to the one copy.
    pub fn row(&mut self, mut row: Row) -> Row {
        row.what = one(&mut self.what, row.what);
        row.place = one(&mut self.places, row.place);
        row.period = row.period.map(|p| one(&mut self.periods, p));
        row
    }
}

fn one<T: Eq + Hash>(known: &mut FxHashSet<Arc<T>>, new: Arc<T>) -> Arc<T> {
    match known.get(&new) {
        Some(one) => Arc::clone(one),
        None => {
            known.insert(Arc::clone(&new));
            new
        }
    }
}
