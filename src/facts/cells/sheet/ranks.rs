//! Stage 5, cells: whether a column under "Hạng" holds places in an order or grades.
//!
//! 1, 2, 3 … beside scores, "3/63", or as many numbers as rows are places in an order; 1, 2, 1, 1 are grades.

use std::sync::Arc;

use super::Sheet;
use crate::claim::indicator::Scan;
use crate::facts::cells::heading::Said;
use crate::patterns::tables::says;
use crate::structure::table::RowKind;

/// As many different numbers under "Hạng" are places in an order; grades are fewer and return.
const MANY_RANKS: usize = 5;

impl Sheet<'_> {
    /// Tells ranks from grades in the columns of either.
    pub(super) fn find_ranks(&mut self, scan: &Scan<'_, '_>) {
        let scored = self.columns.iter().any(|c| c.says & (says::SCORE | says::RANK) != 0);
        // "Hạng" alone: "Hạng đất" is a grade.
        let order = |p: &Arc<Said>| p.first & says::ORDER != 0 && !p.text.contains(' ');
        for column in 0..self.columns.len() {
            if !self.columns.get(column).is_some_and(|c| c.path.last().is_some_and(order)) {
                continue;
            }
            let mut places = self.data_texts(scan, column);
            let all = places.len();
            let of_many = places.iter().any(|p| p.contains('/'));
            places.sort_unstable();
            places.dedup();
            let ranked = scored || of_many || all >= MANY_RANKS && places.len() == all;
            let graded = !ranked && all > places.len();
            let Some(col) = self.columns.get_mut(column) else { continue };
            col.graded = graded;
            if let Some(last) = col.path.last_mut().filter(|_| ranked) {
                Arc::make_mut(last).first |= says::RANK;
                col.says |= says::RANK;
            }
        }
    }

    /// What the cells of a column hold in the rows of data.
    fn data_texts<'w>(&self, scan: &Scan<'w, '_>, column: usize) -> Vec<&'w str> {
        let data = (self.table.heads..self.table.grid.height())
            .filter(|&r| self.table.kinds.get(r) == Some(&RowKind::Data));
        let cells = data.filter_map(|r| self.table.grid.at(r, column));
        cells.map(|c| scan.work.words(c.tokens.clone())).collect()
    }
}
