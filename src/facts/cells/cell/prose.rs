//! Stage 5, cells: a cell of prose, whose figures are read as everywhere: what it tells is told of its row.
//!
//! "Đã bàn giao 12 ha, còn 6 hộ chưa nhận tiền" in the row "Đường vành đai 3".

use std::ops::Range;

use smol_str::SmolStr;

use super::{CellReader, NAME_WORDS};
use crate::claim::indicator::ProseCell;
use crate::structure::table::Cell;
use crate::words::one_line;
use crate::words::token::{Case, Kind};

/// A label of more words is prose itself, and no scope.
const LABEL_WORDS: usize = 24;
/// A number of more digits is a figure, no part of a name.
const NAME_DIGITS: usize = 3;

impl CellReader<'_, '_, '_> {
    /// Keeps a cell of prose with the label of its row as scope.
    pub(super) fn prose(&mut self, cell: &Cell) {
        let label = self.line(cell).map(|l| &l.said).filter(|s| !s.total() && is_name(&s.text));
        let scope = label.map(|s| s.text.clone());
        let scope = scope.or_else(|| self.leading_thing(&self.sheet.table.label(cell.row)?.tokens));
        let (place, at) = (self.place(cell), self.at(cell));
        self.out.prose.push(ProseCell { tokens: cell.tokens.clone(), scope, place, at });
    }

    /// "CCN Thống Nhất 1 Vị trí: xã Gia Phú. Diện tích …": the thing that a label begins with which goes on in prose.
    fn leading_thing(&self, label: &Range<usize>) -> Option<SmolStr> {
        let scan = self.scan;
        let (n, ()) = scan.words.scope_things.at(&scan.work.tokens, label.start)?;
        let word = |i: usize| scan.token(i).filter(|t| t.kind == Kind::Word && i < label.end);
        let mut end = label.start + n;
        while end < label.start + n + NAME_WORDS && word(end).is_some_and(|t| t.case != Case::Lower) {
            end += 1;
        }
        // The last capital begins the next phrase.
        end -= usize::from(word(end).is_some_and(|t| t.case == Case::Lower));
        let number = scan.token(end).is_some_and(|t| t.kind == Kind::Number && t.bytes() <= 2);
        (end > label.start + n).then(|| one_line(scan.work.words(label.start..end + usize::from(number))))
    }
}

/// Whether a label may be a scope. "Cả nước 331.338 km2": one with a figure tells of something else.
fn is_name(label: &str) -> bool {
    let figure = |w: &str| w.contains('.') && w.bytes().filter(u8::is_ascii_digit).count() > NAME_DIGITS;
    !label.is_empty()
        && label.split_whitespace().count() <= LABEL_WORDS
        && !label.split_whitespace().any(figure)
}
