//! Stage 5, cells: a table with all its headings read, and which side of it names what is measured.
//!
//! Indicators in rows and years in columns; places in rows and indicators in columns; places and years with the
//! indicator in the caption: [`Naming`] says which.

mod beside;
mod columns;
mod naming;
mod places;
mod ranks;
mod rows;
mod units;

use std::cell::OnceCell;
use std::sync::Arc;

use smol_str::SmolStr;

use super::caption::{self, Caption};
use super::heading::{Reader, Said};
use super::place::{self, Home};
use super::unit::Unit;
use super::when::When;
use crate::claim::indicator::Role;
use crate::patterns::tables::says;
use crate::record::Place;
use crate::structure::table::{Class, RowKind, Table};

/// Which side names what is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Naming {
    /// The columns; rows are whose figures they are.
    #[default]
    Columns,
    /// The rows; columns say when or as what.
    Rows,
    /// Caption, corner or section; rows are whose figures they are, columns say when.
    Caption,
}

/// A column with its headings read.
#[derive(Debug, Clone, Default)]
pub(super) struct Col {
    /// Its headings, outer before inner.
    pub(super) path: Vec<Arc<Said>>,
    pub(super) class: Class,
    /// It says nothing of what is measured: a time, a role, a comparison, all together.
    pub(super) dim: bool,
    /// What it measures.
    pub(super) name: Option<SmolStr>,
    /// The name stands for itself; else another side must complete it.
    pub(super) strong: bool,
    pub(super) unit: Option<Unit>,
    pub(super) counts: Option<Unit>,
    pub(super) when: Option<When>,
    pub(super) role: Option<Role>,
    pub(super) says: u32,
    pub(super) compares: bool,
    pub(super) place: Option<Arc<Place>>,
    /// Whose figures it holds.
    pub(super) scope: Option<SmolStr>,
    /// It holds grades: "Hạng" over 1, 2, 1, 1.
    pub(super) graded: bool,
    /// Its headings as the records of its cells have them, and all on one line.
    pub(super) headings: OnceCell<(Arc<[SmolStr]>, Option<SmolStr>)>,
}

/// A row with its label read.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) said: Arc<Said>,
    pub(super) kind: RowKind,
    /// The unit of its cell in the unit column.
    pub(super) unit: Option<Unit>,
    /// The rows it stands under, nearest first.
    pub(super) above: Vec<usize>,
    /// It names a group of rows and is no row itself.
    pub(super) group: bool,
    /// Where it stands, as its cell under "Địa điểm" says.
    pub(super) site: Option<Arc<Place>>,
    /// Other rows have the same label: the row above must tell it from them.
    pub(super) repeated: bool,
    /// The labels over it and its own, as the records of its cells have them.
    pub(super) headings: OnceCell<Arc<[SmolStr]>>,
}

/// A table read.
pub(super) struct Sheet<'t> {
    pub(super) table: &'t Table,
    pub(super) caption: Caption,
    /// What stands over the labels.
    pub(super) corner: Said,
    pub(super) columns: Vec<Col>,
    pub(super) rows: Vec<Line>,
    pub(super) naming: Naming,
    /// Most rows are places or bodies.
    pub(super) bodies: bool,
}

impl<'t> Sheet<'t> {
    /// Reads all headings of a table.
    pub(super) fn new(reader: &Reader<'_, '_, '_>, table: &'t Table, home: &Home) -> Self {
        let scan = reader.scan;
        let places = &scan.work.patterns.places;
        let caption = caption::read(reader, table, |text| places::mentioned_in(scan, home, text));
        let corner = corner(reader, table);
        let rows = rows::read(reader, table, &corner);
        let mut sheet = Self {
            table,
            caption,
            corner,
            columns: Vec::new(),
            rows,
            naming: Naming::Columns,
            bodies: false,
        };
        sheet.find_places(scan, home);
        sheet.columns = columns::read(reader, table, |text| place::of_label(places, home, text, true));
        // What the headings leave open: the note over the table and the cells below tell it.
        sheet.find_units();
        sheet.find_sites(scan, home);
        // What a column is by those beside it.
        sheet.find_aims(scan);
        sheet.find_ranks(scan);
        sheet.find_parts();
        sheet.find_rates();
        // Only now it shows which side names.
        sheet.naming = sheet.naming_side();
        sheet
    }

    /// "Kế hoạch" beside "Giải ngân đến 31/10": a plan is that of the year in which its neighbour tells what was reached.
    pub(super) fn planned_year(&self, col: &Col) -> Option<When> {
        let reached = |c: &&Col| {
            matches!(c.role, None | Some(Role::Actual)) && c.class == Class::Quantity && c.when.is_some()
        };
        let actual = self.columns.iter().find(reached).filter(|_| col.role == Some(Role::Target))?;
        actual.when.as_ref().and_then(When::whole_year)
    }

    /// The rows that a row stands under, nearest first.
    pub(super) fn above<'a>(&'a self, line: &'a Line) -> impl DoubleEndedIterator<Item = &'a Line> {
        line.above.iter().filter_map(|&r| self.rows.get(r))
    }

    /// The corner names a measure: "Số lớp học".
    pub(super) fn corner_measure(&self) -> Option<&SmolStr> {
        let named = self.corner.head && !self.corner.has(says::LABEL | says::INDEX) && self.corner.own > 0;
        named.then_some(&self.corner.name).filter(|n| !n.is_empty())
    }
}

/// What stands over the labels.
fn corner(reader: &Reader<'_, '_, '_>, table: &Table) -> Said {
    let headings = table.labels().last().map(|c| table.headings(c)).unwrap_or_default();
    headings.last().map(|c| reader.read(&c.tokens, false)).unwrap_or_default()
}
