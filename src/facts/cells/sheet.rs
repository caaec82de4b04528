//! Stage 5, cells: a table with all its headings read, and which side of it names what is measured.
//!
//! Indicators in rows and years in columns; places in rows and indicators in columns; places and years with the
//! indicator in the caption: [`Naming`] says which.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};

use super::caption::{self, Caption};
use super::heading::{Reader, Said, native_end};
use super::place::{self, Home};
use super::unit::{self, Unit};
use super::when::When;
use crate::claim::indicator::{Kind, Role, Scan};
use crate::patterns::tables::says;
use crate::record::Place;
use crate::structure::table::{Class, Form, RowKind, Table};
use crate::words::lower_first;

/// How many rows above may lend their unit to a ditto mark.
const DITTO_ROWS: usize = 60;
/// How many labels tell whether a table says all in English too.
const BILINGUAL_ROWS: usize = 60;

/// As many different numbers under "Hạng" are places in an order; grades are fewer and return.
const MANY_RANKS: usize = 5;

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
}

impl Col {
    /// Its own heading is the word for a share and nothing else.
    fn has_rate(&self) -> bool {
        let only = |p: &Arc<Said>| p.own == 0 && p.has(says::WEAK) && p.when.is_none() && p.place.is_none();
        self.role.is_none() && self.when.is_none() && self.path.last().is_some_and(only)
    }
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
    pub(super) fn new(
        scan: &Scan<'_, '_>,
        reader: &mut Reader<'_, '_, '_>,
        table: &'t Table,
        home: &Home,
    ) -> Self {
        reader.bilingual = is_bilingual(scan, table);
        let places = &scan.work.patterns.places;
        let place = |text: &str| mention_in(scan, home, text);
        let caption = caption::read(reader, table, place);
        let corner = table.labels().last().map(|c| table.headings(c)).unwrap_or_default();
        let corner = corner.last().map(|c| reader.read(&c.tokens, false)).unwrap_or_default();
        let bare = corner.has(says::PLACES);
        let rows = lines(scan, reader, table, &corner);
        let mut sheet = Self {
            table,
            caption,
            corner,
            columns: Vec::new(),
            rows,
            naming: Naming::Columns,
            bodies: false,
        };
        let heads = &scan.work.patterns.frames.commune_heads;
        let communes = heads.contains(&sheet.corner.text.to_lowercase());
        sheet.find_places(places, home, bare, communes);
        sheet.columns = columns(reader, table, |text| place::of_label(places, home, text, true));
        sheet.find_units();
        sheet.find_sites(scan, home);
        sheet.find_aims(scan);
        sheet.find_ranks(scan);
        sheet.find_parts();
        sheet.find_rates();
        sheet.decide();
        sheet
    }

    /// What the note over the table gives to measures by name, where no heading has a unit of its own.
    fn find_units(&mut self) {
        let units = std::mem::take(&mut self.caption.units);
        if units.is_empty() {
            return;
        }
        let of = |text: &SmolStr| {
            let text = text.to_lowercase();
            let begins = |name: &str| {
                text.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            };
            units
                .iter()
                .filter(|(name, _)| begins(name))
                .max_by_key(|(name, _)| name.len())
                .map(|u| u.1.clone())
        };
        for col in self.columns.iter_mut().filter(|c| c.unit.is_none()) {
            col.unit = col.path.iter().rev().find_map(|p| of(&p.text));
        }
        for line in self.rows.iter_mut().filter(|l| l.unit.is_none() && l.said.unit.is_none()) {
            line.unit = of(&line.said.text);
        }
    }

    /// "Huyện Cao Lộc" under "Địa điểm": the place of the row, and of rows below it without number and place.
    fn find_sites(&mut self, scan: &Scan<'_, '_>, home: &Home) {
        let sites = &scan.work.patterns.tables.sites;
        let label = self.table.labels().next();
        // "Huyện, thị xã" over a column beside the names of the rows.
        let places = |c: &Col| {
            matches!(c.class, Class::Label | Class::Text) && c.path.iter().any(|p| p.has(says::PLACES))
        };
        let over = |(n, c): (usize, &Col)| {
            c.path.last().is_some_and(|p| sites.contains(&p.text.to_lowercase()))
                || label != Some(n) && places(c)
        };
        let Some(column) = self.columns.iter().enumerate().position(over) else { return };
        let index = self.table.column_of(Class::Index);
        let mut last: Option<Arc<Place>> = None;
        for (row, line) in self.rows.iter_mut().enumerate().filter(|(_, l)| l.kind == RowKind::Data) {
            let cell =
                |c: usize| self.table.grid.at(row, c).filter(|c| c.form.is_text() || c.form.is_figure());
            let goes_on = index.is_some_and(|i| cell(i).is_none());
            last = match cell(column) {
                Some(cell) => {
                    let label = scan.work.words(cell.tokens.clone());
                    place::of_label(&scan.work.patterns.places, home, label, true).map(Arc::new)
                }
                None => last.filter(|_| goes_on),
            };
            line.site.clone_from(&last);
        }
    }

    /// "Chỉ tiêu" over figures beside "Thực hiện": what was aimed at.
    fn find_aims(&mut self, scan: &Scan<'_, '_>) {
        let aims = &scan.work.patterns.tables.aims;
        let reached = |c: &Col| c.role == Some(Role::Actual) && c.says & says::ACTUAL != 0;
        if !self.columns.iter().any(reached) {
            return;
        }
        let aimed = |p: &Arc<Said>| aims.contains(&p.text.to_lowercase());
        for col in &mut self.columns {
            if col.role.is_none() && col.class == Class::Quantity && col.path.last().is_some_and(aimed) {
                col.role = Some(Role::Target);
            }
        }
    }

    /// "Hạng" over 1, 2, 3 … beside scores, over "3/63", or over as many numbers as rows: places in an order.
    fn find_ranks(&mut self, scan: &Scan<'_, '_>) {
        let scored = self.columns.iter().any(|c| c.says & (says::SCORE | says::RANK) != 0);
        for column in 0..self.columns.len() {
            // "Hạng" alone: "Hạng đất" is a grade.
            let order = |p: &Arc<Said>| p.first & says::ORDER != 0 && !p.text.contains(' ');
            let Some(col) = self.columns.get_mut(column).filter(|c| c.path.last().is_some_and(order)) else {
                continue;
            };
            let data = (self.table.heads..self.table.grid.height())
                .filter(|&r| self.table.kinds.get(r) == Some(&RowKind::Data));
            let cells = data.filter_map(|r| self.table.grid.at(r, column));
            let mut places: Vec<&str> = cells.map(|c| scan.work.words(c.tokens.clone())).collect();
            let all = places.len();
            let of_many = places.iter().any(|p| p.contains('/'));
            places.sort_unstable();
            places.dedup();
            let ranked = scored || of_many || all >= MANY_RANKS && places.len() == all;
            col.graded = !ranked && all > places.len();
            if let Some(last) = col.path.last_mut().filter(|_| ranked) {
                Arc::make_mut(last).first |= says::RANK;
                col.says |= says::RANK;
            }
        }
    }

    /// "Nam", "Nữ" under "Trong đó" beside "Tổng số cán bộ": parts of what the column before them counts.
    fn find_parts(&mut self) {
        let is_part = |c: &Col| c.path.iter().any(|p| p.part && p.own == 0);
        for column in 1..self.columns.len() {
            let Some((before, rest)) = self.columns.split_at_mut_checked(column) else { return };
            let Some(col) =
                rest.first_mut().filter(|c| is_part(c) && !c.strong && c.class == Class::Quantity)
            else {
                continue;
            };
            let base = before.iter().rev().find(|c| !is_part(c) && c.class == Class::Quantity);
            let Some(base) = base.filter(|b| b.strong && !b.compares) else { continue };
            let name = |own: &SmolStr| base.name.as_ref().map(|b| super::name::both(b, own));
            col.name = col.name.as_ref().and_then(name).or_else(|| col.name.clone());
            col.strong = true;
            col.dim = base.dim;
            if col.unit.is_none() {
                (col.unit, col.counts) = (base.unit.clone(), base.counts.clone());
            }
            col.when = col.when.clone().or_else(|| base.when.clone());
        }
    }

    /// "Hộ nghèo", "Tỷ lệ (%)", "Hộ cận nghèo", "Tỷ lệ (%)": a share without a name is one of what the column before it counts.
    fn find_rates(&mut self) {
        for column in 1..self.columns.len() {
            let Some((before, rest)) = self.columns.split_at_mut_checked(column) else { return };
            let Some(col) = rest.first_mut().filter(|c| !c.strong && c.path.len() == 1 && !c.compares) else {
                continue;
            };
            let percent = col.unit.as_ref().is_some_and(is_percent) && col.has_rate();
            let base = before.last().filter(|b| percent && !b.compares && b.path.len() == 1);
            let base =
                base.filter(|b| b.class == Class::Quantity && !b.unit.as_ref().is_some_and(is_percent));
            // "Hộ nghèo" is a name and a unit.
            let noun = |p: &&Arc<Said>| p.only_unit && p.unit.as_ref().is_some_and(counts);
            let whole = base.and_then(|b| match b.strong {
                true => b.name.as_deref(),
                false => b.path.last().filter(noun).map(|p| p.text.as_str()),
            });
            let Some(whole) = whole else { continue };
            col.name = col.name.as_ref().map(|n| format_smolstr!("{n} {}", lower_first(whole)));
            col.strong = true;
            col.dim = false;
        }
    }

    /// The rows that are places; names without their kind where most names are places.
    fn find_places(
        &mut self,
        places: &crate::patterns::place::Places,
        home: &Home,
        bare: bool,
        communes: bool,
    ) {
        let labelled = self
            .rows
            .iter()
            .filter(|l| matches!(l.kind, RowKind::Data | RowKind::Section) && !l.said.text.is_empty());
        let (mut all, mut named) = (0, 0);
        for line in labelled.take(80) {
            all += usize::from(line.kind == RowKind::Data);
            named += usize::from(
                line.kind == RowKind::Data && place::of_label(places, home, &line.said.text, true).is_some(),
            );
        }
        let bare = bare || named * 2 > all && all > 1;
        let mut bodies = 0;
        for line in &mut self.rows {
            if !matches!(line.kind, RowKind::Data | RowKind::Section | RowKind::Total) {
                continue;
            }
            let data = line.kind == RowKind::Data;
            let found = place::of_label(places, home, &line.said.text, bare && !(communes && data));
            let bare_commune = || place::commune(home, &line.said.text).filter(|_| communes && data);
            let named = || place::bare_district(places, home, &line.said.text).filter(|_| bare);
            let found = found.or_else(bare_commune).or_else(named);
            let said = Arc::make_mut(&mut line.said);
            if said.has(says::COUNTRY) && said.own == 0 {
                said.place = Some(Arc::new(place::country()));
            } else if let Some(place) = found {
                said.place = Some(Arc::new(place));
            }
            bodies += usize::from(line.kind == RowKind::Data && (said.place.is_some() || said.body));
        }
        self.bodies = bodies * 2 > all;
    }

    /// Decides which side names.
    fn decide(&mut self) {
        let figures = || self.columns.iter().filter(|c| c.class == Class::Quantity);
        let units = self.table.column_of(Class::Unit).is_some();
        let data = || self.rows.iter().filter(|l| l.kind == RowKind::Data);
        let all = data().count();
        let heads = data().filter(|l| l.said.head || l.said.unit.is_some() && !l.said.only_unit).count();
        let times = data().filter(|l| l.said.when.is_some() && l.said.own == 0).count();
        let dims = figures().all(|c| c.dim);
        let scopes = figures().all(|c| c.dim || c.scope.is_some());
        let told = figures()
            .any(|c| c.strong && (c.unit.is_some() || c.counts.is_some() || c.path.iter().any(|p| p.head)));
        let over =
            self.corner_measure().is_some() || self.caption.measure.is_some() || self.section_measure();
        self.naming = match () {
            () if units => Naming::Rows,
            () if times * 2 > all => Naming::Columns,
            () if scopes && self.bodies => Naming::Caption,
            () if (dims || scopes) && self.corner_measure().is_some() => Naming::Caption,
            () if (dims || scopes) && heads * 2 > all => Naming::Rows,
            () if (dims || scopes) && over => Naming::Caption,
            () if dims || scopes => Naming::Rows,
            () if heads * 2 > all && !told && !self.bodies => Naming::Rows,
            () => Naming::Columns,
        };
    }

    /// "Kế hoạch" beside "Giải ngân đến 31/10": a plan is that of the year in which its neighbour tells what was reached.
    pub(super) fn planned_year(&self, col: &Col) -> Option<When> {
        let reached = |c: &&Col| {
            matches!(c.role, None | Some(Role::Actual)) && c.class == Class::Quantity && c.when.is_some()
        };
        let actual = self.columns.iter().find(reached).filter(|_| col.role == Some(Role::Target))?;
        actual.when.as_ref().and_then(When::whole_year)
    }

    /// The corner names a measure: "Số lớp học".
    pub(super) fn corner_measure(&self) -> Option<&SmolStr> {
        let named = self.corner.head && !self.corner.has(says::LABEL | says::INDEX) && self.corner.own > 0;
        named.then_some(&self.corner.name).filter(|n| !n.is_empty())
    }

    fn section_measure(&self) -> bool {
        self.rows.iter().any(|l| l.kind == RowKind::Section && l.said.head)
    }
}

/// Whether labels say all in English once more.
fn is_bilingual(scan: &Scan<'_, '_>, table: &Table) -> bool {
    let labels = (table.heads..table.grid.height()).take(BILINGUAL_ROWS).filter_map(|r| table.label(r));
    let (mut all, mut twice) = (0, 0);
    for label in labels {
        all += 1;
        twice += usize::from(native_end(scan, &label.tokens) < label.tokens.end);
    }
    twice >= 2 && twice * 4 >= all
}

/// A place that a caption names with its kind: "V. UBND thành phố Đà Nẵng".
fn mention_in(scan: &Scan<'_, '_>, home: &Home, text: &str) -> Option<Place> {
    let places = &scan.work.patterns.places;
    let mentions = places.mentions(text, home.date.as_deref());
    let typed: Vec<_> = mentions.iter().filter(|m| m.kind.is_some()).collect();
    let [only] = typed.as_slice() else { return None };
    // The kind stands before the name.
    let from = text.get(..only.range.start)?.trim_end();
    let kind: Vec<&str> = from.split_whitespace().rev().take(2).collect();
    let kind: Vec<&str> = kind.into_iter().rev().collect();
    let name = text.get(only.range.clone())?;
    let last = kind.last()?;
    [format!("{} {name}", kind.join(" ")), format!("{last} {name}")]
        .iter()
        .find_map(|t| place::of_label(places, home, t, false))
}

/// The rows with their labels read.
fn lines(scan: &Scan<'_, '_>, reader: &Reader<'_, '_, '_>, table: &Table, corner: &Said) -> Vec<Line> {
    let unit_column = table.column_of(Class::Unit);
    let mut read: FxHashMap<usize, Arc<Said>> = FxHashMap::default();
    let mut lines: Vec<Line> = Vec::with_capacity(table.grid.height());
    let mut last_unit: Option<(usize, Unit)> = None;
    let mut units_known: FxHashMap<String, Option<Unit>> = FxHashMap::default();
    let filled = unit_column
        .map_or(0, |c| (table.heads..table.grid.height()).filter(|&r| table.grid.at(r, c).is_some()).count());
    let sparse = filled * 2 < table.grid.height().saturating_sub(table.heads);
    for row in 0..table.grid.height() {
        let kind = table.kinds.get(row).copied().unwrap_or_default();
        let mut line = Line { kind, ..Line::default() };
        if row < table.heads || matches!(kind, RowKind::Repeat | RowKind::Numbering | RowKind::Empty) {
            lines.push(line);
            continue;
        }
        let label = table.label(row).or_else(|| table.grid.row(row).find(|c| c.form.is_text()));
        if let Some(cell) = label {
            let said = read.entry(cell.tokens.start).or_insert_with(|| {
                let mut said = reader.read(&cell.tokens, true);
                if matches!(cell.form, Form::Number | Form::Mark | Form::Code) {
                    said.text = if corner.text.is_empty() {
                        said.text
                    } else {
                        smol_str::format_smolstr!("{} {}", corner.text, said.text)
                    };
                    said.name = said.text.clone();
                    said.unit = None;
                    said.own = 1;
                }
                if !cell.tail.is_empty() {
                    let more = reader.read(&cell.tail, false);
                    if !more.text.is_empty()
                        && native_end(scan, &cell.tail) == cell.tail.end
                        && !is_english(scan, &cell.tail)
                    {
                        said.text = smol_str::format_smolstr!("{} {}", said.text, more.text);
                        said.name = smol_str::format_smolstr!("{} {}", said.name, more.name);
                    }
                }
                Arc::new(said)
            });
            line.said = said.clone();
        }
        let mut above = Vec::new();
        let mut at = table.parents.get(row).copied().flatten();
        while let Some(parent) = at {
            above.push(parent);
            at = table.parents.get(parent).copied().flatten();
            if above.len() > 8 {
                break;
            }
        }
        line.above = above;
        if let Some(column) = unit_column {
            let cell = table.grid.at(row, column).filter(|c| c.columns == 1);
            let text = cell.map(|c| scan.work.words(c.tokens.clone()));
            let ditto = text.is_some_and(|t| scan.work.patterns.tables.ditto.iter().any(|d| d == t));
            match (cell, text) {
                (Some(cell), Some(text)) if !ditto && cell.form != Form::Void => {
                    let known = units_known
                        .entry(text.to_string())
                        .or_insert_with(|| unit::of_cell(scan, &cell.tokens));
                    line.unit = known.clone();
                    last_unit = line.unit.clone().map(|u| (row, u));
                }
                _ => {
                    let child = line.said.part
                        || line.above.first().is_some_and(|&p| table.kinds.get(p) == Some(&RowKind::Data));
                    let near = last_unit.as_ref().filter(|(at, _)| row - at <= DITTO_ROWS);
                    line.unit = near.filter(|_| ditto || child || sparse).map(|(_, u)| u.clone());
                }
            }
        }
        lines.push(line);
    }
    super::group::find(reader, table, &mut lines);
    let over: rustc_hash::FxHashSet<usize> = lines.iter().flat_map(|l| l.above.clone()).collect();
    for (_, line) in lines.iter_mut().enumerate().filter(|(row, _)| over.contains(row)) {
        // "II. Dịch vụ" over its parts is a name, though services are counted too.
        if line.said.only_unit && line.said.unit.as_ref().is_some_and(|u| u.kind == Kind::Count) {
            let said = Arc::make_mut(&mut line.said);
            (said.only_unit, said.unit) = (false, None);
            said.own = said.own.max(1);
        }
    }
    repeated(&mut lines);
    lines
}

/// Marks the rows whose labels several rows have.
fn repeated(lines: &mut [Line]) {
    let mut counts: FxHashMap<SmolStr, usize> = FxHashMap::default();
    for line in lines.iter().filter(|l| !l.said.name.is_empty()) {
        *counts.entry(line.said.name.clone()).or_insert(0) += 1;
    }
    for line in lines.iter_mut() {
        line.repeated = counts.get(&line.said.name).is_some_and(|&n| n > 1);
    }
}

/// A text without Vietnamese.
fn is_english(scan: &Scan<'_, '_>, tokens: &std::ops::Range<usize>) -> bool {
    let words =
        tokens.clone().filter(|&i| scan.token(i).is_some_and(|t| t.kind == crate::words::token::Kind::Word));
    let (mut all, mut odd) = (0, 0);
    for i in words {
        let word = scan.work.word(i);
        if !word.is_ascii() {
            return false;
        }
        all += 1;
        odd += usize::from(word.len() > 2 && !crate::words::syllable::is_syllable(&word.to_lowercase()));
    }
    odd > 0 && odd * 3 >= all
}

/// The columns with their headings read.
fn columns(reader: &Reader<'_, '_, '_>, table: &Table, place: impl Fn(&str) -> Option<Place>) -> Vec<Col> {
    let mut read: FxHashMap<usize, Arc<Said>> = FxHashMap::default();
    let columns = table.columns.iter().enumerate().map(|(n, column)| {
        let mut path: Vec<Arc<Said>> = Vec::new();
        let mut extent = None;
        for cell in table.headings(n) {
            let said = read.entry(cell.tokens.start).or_insert_with(|| {
                let mut said = reader.read(&cell.tokens, false);
                said.place = place(&said.text).map(Arc::new);
                if said.has(says::COUNTRY) && said.own == 0 {
                    said.place = Some(Arc::new(place::country()));
                }
                Arc::new(said)
            });
            // A heading cut over two rows is one heading.
            let same = extent.replace((cell.column, cell.columns)) == Some((cell.column, cell.columns));
            match path.pop() {
                Some(above) if same && cell.columns == 1 => path.push(Arc::new(above.with(said))),
                above => {
                    path.extend(above);
                    path.push(said.clone());
                }
            }
        }
        of_path(path, column.class)
    });
    columns.collect()
}

/// A column by its headings.
fn of_path(path: Vec<Arc<Said>>, class: Class) -> Col {
    let mut col = Col { class, ..Col::default() };
    for said in &path {
        col.says |= said.says;
        col.compares |= said.compares();
        if let Some(when) = &said.when {
            let part = col.when.as_ref().and_then(|outer| outer.in_year_of(when));
            col.when = Some(if said.has(says::SCHOOL) || col.says & says::SCHOOL != 0 {
                when.school()
            } else {
                part.unwrap_or_else(|| when.clone())
            });
        }
        // "Tỷ lệ vốn (%)" over "Thành phố" and "Xã": levels, no units.
        let level =
            said.only_unit && col.unit.is_some() && said.unit.as_ref().is_some_and(|u| u.kind == Kind::Count);
        // "Kế hoạch" over figures says as what they stand there, though plans are counted too.
        let role = said.only_unit
            && said.has(says::TARGET | says::ACTUAL)
            && said.unit.as_ref().is_some_and(|u| u.kind == Kind::Count);
        if !level && !role {
            col.unit = said.unit.clone().or(col.unit);
        }
        col.counts = said.counts.clone().or(col.counts);
        col.place = said.place.clone().or(col.place);
        if said.place.is_some() || said.body {
            col.scope = Some(said.text.clone());
        }
    }
    let measures: Vec<&Arc<Said>> = path
        .iter()
        .filter(|p| p.own > 0 && p.place.is_none() && !p.only_unit && (!p.body || p.head))
        .collect();
    if let (Some(when), Some(months)) = (&col.when, path.iter().find_map(|p| p.months)) {
        col.when = Some(when.months(months));
    }
    col.dim = measures.is_empty();
    // A body under a heading of its own is a part of the name: "Cơ quan cấp phép" over "Bộ Công Thương".
    let headed = path.iter().rev().skip(1).any(|p| p.own > 0 && p.place.is_none());
    if headed && path.last().is_some_and(|p| p.body) {
        col.scope = None;
    }
    let parts: Vec<&SmolStr> = path
        .iter()
        .filter(|p| {
            p.place.is_none()
                && !p.only_unit
                && (!p.body || col.scope.is_none())
                && !p.total()
                && (p.own > 0 || p.has(says::WEAK))
                && !p.name.is_empty()
        })
        .map(|p| &p.name)
        .collect();
    col.strong = measures.iter().any(|p| p.own > 0);
    col.name = super::name::join(&parts, path.iter().any(|p| p.head));
    col.role = role(&path);
    col.path = path;
    col
}

/// The role that the headings of a column give.
fn role(path: &[Arc<Said>]) -> Option<Role> {
    let mut role = None;
    for said in path {
        let compared =
            said.first & says::COMPARE != 0 || said.has(says::COMPARE) && said.first & says::CHANGE != 0;
        let change = said.first & says::CHANGE != 0 && said.first & says::SPAN == 0;
        role = match () {
            () if compared && said.has(says::TARGET) => Some(Role::Actual),
            () if change || said.against || compared && said.earlier => Some(Role::Change),
            () if compared => Some(Role::Actual),
            () if said.has(says::ACTUAL | says::ESTIMATE)
                && !(said.has(says::TARGET) && said.first & says::TARGET != 0) =>
            {
                Some(Role::Actual)
            }
            () if said.has(says::TARGET) => Some(Role::Target),
            () if said.has(says::NORM) => role.or(Some(Role::Norm)),
            () => role,
        };
    }
    role
}

/// Whether a unit counts things.
fn counts(unit: &Unit) -> bool {
    unit.kind == Kind::Count
}

/// Whether a unit is per cent.
pub(super) fn is_percent(unit: &Unit) -> bool {
    unit.kind == Kind::Percentage
}
