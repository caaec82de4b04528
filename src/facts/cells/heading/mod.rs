//! Stage 5, cells: what one heading of a row or column says: a name, a unit, a time, a role, a place.
//!
//! In: its tokens. Out: a [`Said`]. "KH năm 2025 (triệu đồng)" is a target of 2025 in millions of đồng and names nothing;
//! "Diện tích lúa - Planted area of paddy" is the name "Diện tích lúa".

mod body;
mod bracket;
mod measure;
mod name;
mod phrase;
mod walk;

use std::ops::Range;
use std::sync::Arc;

use smol_str::{SmolStr, format_smolstr};

use super::english;
use super::unit::{self, Unit};
use super::when::When;
use crate::claim::indicator::{DateAt, Scan};
use crate::patterns::tables::says;
use crate::record::Place;
use walk::Walk;

/// What a heading says.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// As written, on one line, without mark and without its English.
    pub(super) text: SmolStr,
    /// What is left as a name: no unit, no time.
    pub(super) name: SmolStr,
    /// Words of the name that are neither role, time, comparison nor empty of meaning.
    pub(super) own: usize,
    /// What its phrases say, bits of [`says`].
    pub(super) says: u32,
    /// What its first phrase says.
    pub(super) first: u32,
    /// It sets a year against an earlier one: "2023/2022".
    pub(super) against: bool,
    /// Its unit, in brackets or behind a dash, or as all of it.
    pub(super) unit: Option<Unit>,
    /// It is a unit and nothing else.
    pub(super) only_unit: bool,
    /// When.
    pub(super) when: Option<When>,
    /// The place that it is.
    pub(super) place: Option<Arc<Place>>,
    /// It is the name of a body or of a level.
    pub(super) body: bool,
    /// It begins with the name of a measure: "diện tích", "tỷ lệ", "số".
    pub(super) head: bool,
    /// What it counts: "Số học sinh".
    pub(super) counts: Option<Unit>,
    /// So many months of a year: "6 tháng".
    pub(super) months: Option<u8>,
    /// It compares with an earlier time.
    pub(super) earlier: bool,
    /// It is a part of the row above: "Trong đó: nữ".
    pub(super) part: bool,
}

impl Said {
    pub(super) fn has(&self, bits: u32) -> bool {
        self.says & bits != 0
    }

    /// All rows or columns together, and nothing else.
    pub(super) fn total(&self) -> bool {
        self.has(says::TOTAL) && self.own == 0
    }

    /// The whole country, and nothing else.
    pub(super) fn is_country(&self) -> bool {
        self.has(says::COUNTRY) && self.own == 0
    }

    /// A heading that goes on in the cell below.
    pub(super) fn with(&self, below: &Self) -> Self {
        let both = |a: &SmolStr, b: &SmolStr| match (a.is_empty(), b.is_empty()) {
            (true, _) => b.clone(),
            (_, true) => a.clone(),
            _ => format_smolstr!("{a} {b}"),
        };
        Self {
            text: both(&self.text, &below.text),
            name: both(&self.name, &below.name),
            own: self.own + below.own,
            says: self.says | below.says,
            first: if self.first == 0 && self.own == 0 { below.first } else { self.first },
            unit: below.unit.clone().or_else(|| self.unit.clone()),
            only_unit: self.only_unit && below.only_unit,
            when: below.when.clone().or_else(|| self.when.clone()),
            place: below.place.clone().or_else(|| self.place.clone()),
            body: self.body || below.body,
            head: self.head || below.head && self.own == 0,
            counts: self.counts.clone().or_else(|| below.counts.clone()),
            months: below.months.or(self.months),
            earlier: self.earlier || below.earlier,
            against: self.against || below.against,
            part: self.part,
        }
    }

    /// It compares what the other side names.
    pub(super) fn compares(&self) -> bool {
        self.against || self.first & (says::COMPARE | says::CHANGE) != 0
    }
}

/// What headings are read with.
pub(super) struct Reader<'r, 'w, 'a> {
    pub(super) scan: &'r Scan<'w, 'a>,
    pub(super) dates: &'r [DateAt],
    /// Labels of the table are followed by their English.
    pub(super) bilingual: bool,
}

impl Reader<'_, '_, '_> {
    /// Reads one heading; `row` where it heads a row.
    pub(super) fn read(&self, tokens: &Range<usize>, row: bool) -> Said {
        let scan = self.scan;
        let tokens = self.own_words(tokens, row);
        if tokens.is_empty() {
            return Said::default();
        }
        let unit = only_unit(scan, &tokens);
        let only_unit = unit.is_some();
        let out = Said { text: name::text(scan, &tokens), unit, only_unit, ..Said::default() };
        // Units, times and phrases word by word; what they take is cut from the name.
        let (mut out, cut) = Walk::new(self, &tokens, out).run();
        out.head = measure::is_head(scan, &tokens, &out);
        out.counts = measure::counted(scan, &tokens);
        out.body = body::is_body(scan, &tokens);
        out.name = name::left(scan, &tokens, &cut);
        out
    }

    /// A heading behind its mark and before its English.
    fn own_words(&self, tokens: &Range<usize>, row: bool) -> Range<usize> {
        let own = name::behind_mark(self.scan, tokens, row)..tokens.end;
        let end = if self.bilingual { english::native_end(self.scan, &own) } else { own.end };
        own.start..end
    }

    /// The date that covers a token.
    fn date_at(&self, i: usize) -> Option<&DateAt> {
        let next = self.dates.partition_point(|d| d.tokens.start <= i);
        self.dates.get(next.checked_sub(1)?).filter(|d| d.tokens.contains(&i))
    }
}

/// The unit that is all of a heading: "Người", "ha", "triệu đồng" over a column; "Hộ" as a row is one too.
fn only_unit(scan: &Scan<'_, '_>, tokens: &Range<usize>) -> Option<Unit> {
    let unit = unit::whole(scan, tokens).filter(|u| u.tokens.end + 1 >= tokens.end)?;
    // "Nam", "Nữ" over a column are parts of what is counted.
    let said = scan.work.patterns.tables.heads.at(&scan.work.tokens, tokens.start).map_or(0, |(_, &b)| b);
    Some(unit).filter(|u| !(u.is_count() && said & says::WEAK != 0))
}
