//! Stage 5, cells: every cell of a table as a fact.
//!
//! In: the tables of [`crate::structure::table`] and the dates of the text. Out: for each numeral of a table what it is:
//! a quantity with its kind, value and unit, its name, scope, place, time and role, each from the side of the table that
//! says it; or none, by what its column holds. "13.203.300" under "Triệu đồng", in the row "1. Thu nội địa" and the column
//! "TH 2023", is 13,203,300,000,000 VND, "Thu nội địa", 2023. Cells of prose are left to be read as prose, with the
//! label of their row as scope.

mod caption;
mod cell;
mod english;
mod group;
mod heading;
mod name;
mod place;
mod sheet;
mod unit;
mod value;
mod when;

use std::ops::Range;

use crate::claim::Work;
use crate::claim::indicator::{Context, Found, Outcome, ProseCell, Scan};
use crate::claim::number::{self, Convention};
use crate::structure::table::{Class, Form, Table};
use cell::CellReader;
use heading::Reader;
use place::Home;
use sheet::Sheet;

/// So many figures with an undoubted decimal dot show how a table writes its decimals.
const SURE_DECIMALS: usize = 4;

/// What the tables of a text say.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    /// What the numerals of cells are.
    pub(crate) numerals: Vec<(Range<usize>, Outcome)>,
    /// Cells of prose, in order.
    pub(crate) prose: Vec<ProseCell>,
}

/// Reads all tables.
pub(crate) fn read(work: &Work<'_>, context: &Context<'_>, tables: &[Table]) -> Cells {
    let mut out = Cells::default();
    let general = number::convention(work);
    let home = Home {
        province: context.province.cloned(),
        district: context.district.cloned(),
        date: context.date.map(str::to_owned),
    };
    for (number, table) in (1..).zip(tables) {
        let convention = if dots_part_decimals(work, table) { Convention::English } else { general };
        let scan = Scan { work, words: &work.patterns.indicators, convention };
        let bilingual = english::is_bilingual(&scan, table);
        let reader = Reader { scan: &scan, dates: context.dates, bilingual };
        let sheet = Sheet::new(&reader, table, &home);
        CellReader { scan: &scan, sheet: &sheet, context, number, out: &mut out }.read();
    }
    out.prose.sort_by_key(|p| p.tokens.start);
    out
}

/// Says of the quantities in cells of prose where they stand.
pub(crate) fn in_prose(found: &mut [Found], prose: &[ProseCell]) {
    for item in found.iter_mut().filter(|f| f.cell.is_none()) {
        let next = prose.partition_point(|p| p.tokens.start <= item.tokens.start);
        let cell = next.checked_sub(1).and_then(|n| prose.get(n));
        if let Some(cell) = cell.filter(|c| c.tokens.contains(&item.tokens.start)) {
            item.cell = Some(cell.at.clone());
            item.scope.clone_from(&cell.scope);
            item.place.clone_from(&cell.place);
        }
    }
}

/// Several figures with an undoubted decimal dot, and none that parts thousands by dots or decimals by a comma.
fn dots_part_decimals(work: &Work<'_>, table: &Table) -> bool {
    let mut plain = 0;
    for cell in table.grid.cells.iter().filter(|c| c.form == Form::Number && c.row >= table.heads) {
        let text = work.words(cell.tokens.clone());
        let figure = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
        if !figure || table.columns.get(cell.column).is_none_or(|c| c.class != Class::Quantity) {
            continue;
        }
        let decimals = text.split('.').nth(1).map_or(0, str::len);
        match text.matches('.').count() {
            _ if text.contains(',') => return false,
            2.. => return false,
            1 if decimals != 3 => plain += 1,
            _ => {}
        }
    }
    plain >= SURE_DECIMALS
}
