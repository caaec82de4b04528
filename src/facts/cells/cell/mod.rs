//! Stage 5, cells: the cells of one table, each as figures, as prose, or as nothing that is measured.

mod figures;
mod prose;
mod quantity;
mod role;
mod settle;
mod stand;
mod unit;
mod worded;

use std::ops::Range;

use super::Cells;
use super::sheet::{Col, Line, Sheet};
use crate::claim::indicator::{Context, Outcome, Scan};
use crate::structure::table::{Cell, Class, Form, RowKind};
use crate::words::token::Kind as TokenKind;

/// A cell with more words than this is prose.
const PROSE_WORDS: usize = 8;
/// Most words of the proper name of a thing.
const NAME_WORDS: usize = 5;

/// The cells of one table at work.
pub(super) struct CellReader<'s, 'w, 'a> {
    pub(super) scan: &'s Scan<'w, 'a>,
    pub(super) sheet: &'s Sheet<'s>,
    pub(super) context: &'s Context<'s>,
    /// Which table of the document, from 1.
    pub(super) number: u32,
    pub(super) out: &'s mut Cells,
}

impl<'s> CellReader<'s, '_, '_> {
    /// Reads all cells of the table.
    pub(super) fn read(&mut self) {
        let table = self.sheet.table;
        let figures = table.columns.iter().any(|c| c.class == Class::Quantity);
        // The "1.000" of "Đơn vị tính: 1.000 đồng" over the table.
        let inside = |n: &Range<usize>| {
            table.grid.cells.iter().any(|c| c.tokens.start < n.end && n.start < c.tokens.end)
        };
        if let Some(note) = table.note.as_ref().filter(|n| !inside(n)) {
            self.none(note);
        }
        for cell in &table.grid.cells {
            match table.kinds.get(cell.row).copied().unwrap_or_default() {
                RowKind::Title | RowKind::Empty => {}
                RowKind::Head | RowKind::Numbering | RowKind::Repeat => self.none(&cell.tokens),
                RowKind::Section | RowKind::Data | RowKind::Total => self.cell(cell, figures),
            }
        }
    }

    /// A cell by what its column holds; `figures` where the table has a column of quantities.
    fn cell(&mut self, cell: &Cell, figures: bool) {
        let table = self.sheet.table;
        let class = table.columns.get(cell.column).map_or(Class::Empty, |c| c.class);
        let word = |&i: &usize| self.scan.token(i).is_some_and(|t| t.kind == TokenKind::Word);
        let words = cell.tokens.clone().filter(word).count();
        let labels = class == Class::Label || table.label(cell.row).is_some_and(|l| l.tokens == cell.tokens);
        let prose = words > PROSE_WORDS;
        let mark = matches!(class, Class::Index | Class::Code | Class::Time | Class::Unit);
        match class {
            // A long label of a table without figures is read like any other text.
            _ if labels && (figures || !prose) => self.none(&cell.tokens),
            _ if labels => {}
            _ if mark && !prose => self.none(&cell.tokens),
            Class::Remark if !prose && cell.form == Form::Number => self.none(&cell.tokens),
            // "Còn 6 hộ chưa bàn giao đất": a remark names its figures itself.
            Class::Remark if words > 1 => self.prose(cell),
            _ if prose => self.prose(cell),
            _ if matches!(cell.form, Form::Date | Form::Formula | Form::Code) => self.none(&cell.tokens),
            _ if cell.form == Form::Year && class != Class::Quantity => self.none(&cell.tokens),
            _ => self.figures(cell),
        }
    }

    /// The numerals of a cell are no quantities.
    fn none(&mut self, tokens: &Range<usize>) {
        let rule = self.scan.words.rules.none_row;
        self.out.numerals.extend(self.scan.numerals_in(tokens).map(|n| (n, Outcome::Nothing(rule))));
    }

    /// The row of a cell.
    fn line(&self, cell: &Cell) -> Option<&'s Line> {
        self.sheet.rows.get(cell.row)
    }

    /// The column of a cell.
    fn col(&self, cell: &Cell) -> Option<&'s Col> {
        self.sheet.columns.get(cell.column)
    }
}
