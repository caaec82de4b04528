//! Rows to the data of the page: every indicator, place, period, document, sentence and table heading once, and rows that
//! point to them by number. Control characters and those that turn the direction of text are shown as such.

use std::collections::BTreeMap;
use std::hash::Hash;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::compare::Around;
use super::visible::visible;
use crate::patterns::catalogue::Catalogue;
use crate::record::Period;
use crate::record::quantity::{Kind, Role};
use crate::tables::compare::period;
use crate::tables::compare::row::{Cell, Origin, Place, Row, Source};
use crate::tables::compared::per_unit;

/// Most rows on one page: beyond, a browser gets slow. The page says what it leaves out.
const MOST_ROWS: usize = 20_000;
/// Most uncertain values on one page.
const MOST_APART: usize = 3_000;

/// What the page's script reads.
#[derive(Debug, Default, Serialize)]
pub struct Data {
    groups: Vec<[String; 3]>,
    indicators: Vec<Indicator>,
    places: Vec<PlaceData>,
    periods: Vec<[String; 3]>,
    docs: Vec<Doc>,
    sentences: Vec<String>,
    cells: Vec<[String; 3]>,
    checks: Vec<[String; 4]>,
    rows: Vec<Line>,
    apart: Vec<Line>,
    left_out: usize,
    left_apart: usize,
    copies: usize,
}

#[derive(Debug, Serialize)]
struct Indicator {
    id: String,
    vi: String,
    en: String,
    group: String,
    edition: String,
}

#[derive(Debug, Serialize)]
struct PlaceData {
    name: String,
    level: u8,
    province: String,
    now: String,
    /// Tells two provinces of one name apart: Gia Lai of 2018 is not Gia Lai of 2026.
    area: String,
}

#[derive(Debug, Serialize)]
struct Doc {
    path: String,
    id: String,
    date: String,
    title: String,
    issuer: String,
    page: String,
}

/// A row: names are short, there are thousands.
#[derive(Debug, Serialize)]
struct Line {
    i: usize,
    p: usize,
    /// Period, -1 for none.
    t: isize,
    /// What the period rests on.
    b: &'static str,
    r: Role,
    v: String,
    /// As one number.
    n: Option<f64>,
    u: String,
    /// The unit of `n`.
    nu: String,
    s: String,
    part: bool,
    k: Kind,
    sum: String,
    d: &'static str,
    c: Vec<usize>,
    src: Vec<SourceData>,
}

/// Document, page, line, sentence, first and last letter of the mark, cell, id of the item.
type SourceData = (usize, u32, u32, usize, isize, isize, isize, String);

/// The data of the page.
pub fn of(rows: &[Row], around: Around<'_>, catalogue: &Catalogue) -> Data {
    let mut data = Data { copies: around.copies, ..Data::default() };
    let mut known = Known::default();
    let shown = rows.get(..MOST_ROWS).unwrap_or(rows);
    let apart = around.apart.get(..MOST_APART).unwrap_or(around.apart);
    (data.left_out, data.left_apart) = (rows.len() - shown.len(), around.apart.len() - apart.len());
    let root = root(shown.iter().chain(apart));
    let pages = around.pages;
    let mut writer = Writer { data: &mut data, known: &mut known, catalogue, root: &root, pages };
    let lines: Vec<Line> = shown.iter().map(|r| writer.line(r)).collect();
    let uncertain: Vec<Line> = apart.iter().map(|r| writer.line(r)).collect();
    (data.rows, data.apart) = (lines, uncertain);
    let used = |id: &str| data.indicators.iter().any(|i| i.group == id);
    let groups = catalogue.groups().iter().filter(|g| used(&g.id));
    data.groups = groups.map(|g| [g.id.clone(), g.name_vi.clone(), g.name_en.clone()]).collect();
    data
}

/// The folder that all absolute paths share: a page that is sent on must not tell of the machine it was made on.
fn root<'r>(rows: impl Iterator<Item = &'r Row>) -> String {
    let paths = rows.flat_map(|r| &r.sources).map(|s| s.origin.path.as_str());
    let mut common: Option<Vec<&str>> = None;
    for path in paths.filter(|p| p.starts_with('/') || p.get(1..3) == Some(":/")) {
        let folders: Vec<&str> = path.split('/').collect();
        let folders = folders.get(..folders.len() - 1).unwrap_or(&[]);
        common = Some(match common {
            None => folders.to_vec(),
            Some(known) => {
                known.into_iter().zip(folders).take_while(|(a, b)| a == *b).map(|(a, _)| a).collect()
            }
        });
    }
    common.map(|c| c.join("/") + "/").unwrap_or_default()
}

/// What was written already, by what it is, with its number.
#[derive(Default)]
struct Known<'r> {
    indicators: FxHashMap<&'r str, usize>,
    places: FxHashMap<&'r Place, usize>,
    periods: FxHashMap<&'r Period, usize>,
    docs: FxHashMap<*const Origin, usize>,
    sentences: FxHashMap<&'r str, usize>,
    cells: FxHashMap<*const Cell, usize>,
    checks: BTreeMap<&'r str, usize>,
}

struct Writer<'w, 'r> {
    data: &'w mut Data,
    known: &'w mut Known<'r>,
    catalogue: &'w Catalogue,
    root: &'w str,
    pages: &'w dyn Fn(&str) -> String,
}

/// The number of a thing: that of the same thing before it, else the next.
fn number<K: Eq + Hash, T>(
    known: &mut FxHashMap<K, usize>,
    key: K,
    list: &mut Vec<T>,
    made: impl FnOnce() -> T,
) -> usize {
    *known.entry(key).or_insert_with(|| {
        list.push(made());
        list.len() - 1
    })
}

fn signed(n: Option<usize>) -> isize {
    n.and_then(|n| isize::try_from(n).ok()).unwrap_or(-1)
}

impl<'r> Writer<'_, 'r> {
    fn line(&mut self, r: &'r Row) -> Line {
        use rust_decimal::prelude::ToPrimitive;
        let (i, p) = (self.indicator(&r.indicator), self.place(&r.place));
        let period = r.period.as_deref().map(|t| {
            let made = || [t.start.to_string(), t.end.to_string(), period::label(t)];
            number(&mut self.known.periods, t, &mut self.data.periods, made)
        });
        Line {
            i,
            p,
            t: signed(period),
            b: r.period_basis,
            r: r.role,
            v: r.shown(),
            n: r.number().and_then(|n| n.to_f64()),
            u: visible(&per_unit(r)),
            nu: visible(&r.number_unit()),
            s: r.scope.as_deref().map(visible).unwrap_or_default(),
            part: r.part,
            k: r.kind,
            sum: r
                .sum
                .as_ref()
                .map(|s| format!("{} ({})", s.parts.join(" + "), s.completeness()))
                .unwrap_or_default(),
            d: r.doubt.map_or("", |d| d.name()),
            c: r.checks.iter().map(|c| self.check(c)).collect(),
            src: r.sources.iter().map(|s| self.source(s)).collect(),
        }
    }

    fn indicator(&mut self, id: &'r str) -> usize {
        let entry = self.catalogue.get(id);
        let made = || Indicator {
            id: id.to_owned(),
            vi: entry.map_or(id, |e| e.name_vi.as_str()).to_owned(),
            en: entry.map_or(id, |e| e.name_en.as_str()).to_owned(),
            group: entry.map(|e| e.group.clone()).unwrap_or_default(),
            edition: entry.and_then(|e| e.edition.clone()).unwrap_or_default(),
        };
        number(&mut self.known.indicators, id, &mut self.data.indicators, made)
    }

    fn place(&mut self, place: &'r Place) -> usize {
        let made = || PlaceData {
            name: visible(&place.name()),
            level: place.level as u8,
            province: place.province.as_deref().map(visible).unwrap_or_default(),
            now: place.now.as_deref().map(visible).unwrap_or_default(),
            area: place.code.clone().unwrap_or_default(),
        };
        number(&mut self.known.places, place, &mut self.data.places, made)
    }

    fn check(&mut self, c: &'r crate::tables::compare::check::Check) -> usize {
        let list = &mut self.data.checks;
        *self.known.checks.entry(c.message.as_str()).or_insert_with(|| {
            let number = crate::tables::compare::row::vietnamese;
            list.push([c.kind.to_owned(), number(c.expected), number(c.stated), visible(&c.message)]);
            list.len() - 1
        })
    }

    fn source(&mut self, s: &'r Source) -> SourceData {
        let o = &*s.origin;
        let text = |t: &Option<String>| t.as_deref().map(visible).unwrap_or_default();
        let made = || Doc {
            path: visible(o.path.strip_prefix(self.root).unwrap_or(&o.path)),
            id: text(&o.document),
            date: o.issue_date.clone().unwrap_or_default(),
            title: text(&o.title),
            issuer: text(&o.issuer),
            page: (self.pages)(&o.record),
        };
        let doc = number(&mut self.known.docs, o, &mut self.data.docs, made);
        let sentence = &*s.sentence;
        let sentence =
            number(&mut self.known.sentences, sentence, &mut self.data.sentences, || visible(sentence));
        let cell = s.cell.as_ref().map(|c| {
            let made = || [visible(&c.caption), visible(&c.row), visible(&c.column)];
            number(&mut self.known.cells, &raw const **c, &mut self.data.cells, made)
        });
        let mark = s.mark.map_or([-1, -1], |m| m.map(|n| n as isize));
        // The item is named only where there is a page to find it on.
        let has_page = self.data.docs.get(doc).is_some_and(|d| !d.page.is_empty());
        let item = if has_page { s.item.to_string() } else { String::new() };
        (doc, s.page, s.line, sentence, mark[0], mark[1], signed(cell), item)
    }
}
