//! Stage 5, cells: what the caption of a table says: the measure, its unit, when and where.
//!
//! "Bảng 15. Điện năng tiêu thụ toàn tỉnh giai đoạn 2021-2025 (triệu kWh/năm)" measures "Điện năng tiêu thụ toàn tỉnh",
//! in kWh/năm, in 2021-2025.

use std::ops::Range;
use std::sync::Arc;

use smol_str::SmolStr;

use super::heading::{Reader, Said};
use super::unit::{self, Unit};
use super::when::{self, When};
use crate::claim::indicator::Scan;
use crate::record::Place;
use crate::structure::table::Table;
use crate::words::one_line;
use crate::words::token::{Case, Gap, Kind};

/// Longest caption that a record carries, in characters.
const LONGEST: usize = 300;
/// Most words of a measure that a caption names.
const MEASURE_WORDS: usize = 14;
/// The same of its first clause.
const CLAUSE_WORDS: usize = 18;

/// Most tokens of a note with the units of several measures.
const NOTE_TOKENS: usize = 60;

/// What a caption says.
#[derive(Debug, Clone, Default)]
pub(super) struct Caption {
    /// Its text on one line.
    pub(super) text: Option<SmolStr>,
    /// What the table measures: "Diện tích lúa".
    pub(super) measure: Option<SmolStr>,
    /// The title where it names no measure: "Giám sát cơ sở".
    pub(super) title: Option<SmolStr>,
    pub(super) unit: Option<Unit>,
    /// "Đơn vị tính: diện tích: ha; năng suất: tạ/ha": the unit of each measure, by its name in small letters.
    pub(super) units: Vec<(String, Unit)>,
    pub(super) counts: Option<Unit>,
    pub(super) when: Option<When>,
    pub(super) place: Option<Arc<Place>>,
    pub(super) says: u32,
    /// Its rows are still to come: "Danh mục dự án kêu gọi đầu tư".
    pub(super) calls: bool,
}

/// Reads the caption of a table.
pub(super) fn read(
    reader: &Reader<'_, '_, '_>,
    table: &Table,
    place: impl Fn(&str) -> Option<Place>,
) -> Caption {
    let scan = reader.scan;
    let mut out = Caption::default();
    let parts = paragraphs(scan, &table.caption);
    let texts: Vec<SmolStr> = parts.iter().map(|p| one_line(scan.work.words(p.clone()))).collect();
    let text: String = texts.join(" ").chars().take(LONGEST).collect();
    out.text = (!text.is_empty()).then(|| text.into());
    out.units = table.note.as_ref().map(|n| units(scan, n)).unwrap_or_default();
    out.unit = table.note.as_ref().filter(|_| out.units.is_empty()).and_then(|n| unit::of_cell(scan, n));
    for (part, text) in parts.iter().zip(&texts).rev() {
        let start = open(scan, part);
        if start >= part.end {
            continue;
        }
        let said = reader.read(&(start..part.end), false);
        out.says |= said.says;
        let calls = &scan.work.patterns.tables.calls;
        out.calls |= (start..part.end).any(|i| calls.at(&scan.work.tokens, i).is_some());
        out.when = out.when.or_else(|| said.when.clone());
        // "Trong quý tiếp nhận 128.540 hồ sơ, tỷ lệ 31,3%. Cụ thể như sau:" has a figure of its own.
        let figure = || {
            (start..part.end)
                .any(|i| scan.token(i).is_some_and(|t| t.kind == Kind::Number) && scan.is(i + 1, '%'))
        };
        out.unit = out.unit.or_else(|| said.unit.clone().filter(|_| !said.only_unit && !figure()));
        if out.place.is_none() {
            out.place = place(text).map(Arc::new);
        }
        take_name(reader, &mut out, &(start..part.end), &said);
    }
    name_of_note(scan, table, &mut out);
    out
}

/// "Đơn vị tính: tỷ lệ hộ nghèo dân tộc Khmer (%)": a note with one measure and its unit names what the caption does not.
fn name_of_note(scan: &Scan<'_, '_>, table: &Table, out: &mut Caption) {
    let ([(name, unit)], Some(note)) = (out.units.as_slice(), &table.note) else { return };
    let words = name.split(' ').count();
    let head = scan.words.name_heads.at(&scan.work.tokens, note.start).is_some_and(|(n, ())| n < words);
    if head && out.measure.is_none() && words <= CLAUSE_WORDS {
        (out.measure, out.unit) = (Some(SmolStr::new(name)), Some(unit.clone()));
    }
}

/// The units that a note gives to measures by name: "diện tích: ha; năng suất: tạ/ha", "Diện tích (ha), sản lượng (tấn)".
fn units(scan: &Scan<'_, '_>, note: &Range<usize>) -> Vec<(String, Unit)> {
    let line = (note.start + 1..note.start + NOTE_TOKENS)
        .find(|&i| scan.token(i).is_none_or(|t| t.gap >= Gap::Line || t.is('|')));
    let end = line.unwrap_or(note.end);
    let word = |i: &usize| scan.token(*i).is_some_and(|t| t.kind == Kind::Word);
    let (mut out, mut at) = (Vec::new(), note.start);
    while at < end {
        let name = at..at + (at..end).take_while(word).count();
        let bracket = scan.is(name.end, '(');
        if name.is_empty() || !(bracket || scan.is(name.end, ':')) {
            break;
        }
        let Some((unit, stop)) = unit::begin(scan, &(name.end + 1..end)) else { break };
        at = stop + usize::from(bracket && scan.is(stop, ')'));
        out.push((one_line(scan.work.words(name)).to_lowercase(), unit));
        at += usize::from(scan.is(at, ';') || scan.is(at, ','));
    }
    out
}

/// The measure or the title of one part of a caption.
fn take_name(reader: &Reader<'_, '_, '_>, out: &mut Caption, part: &Range<usize>, said: &Said) {
    let scan = reader.scan;
    let mut at = part.start;
    let words = &scan.work.patterns.tables;
    // "Tình hình", "Kết quả": the measure may stand behind.
    let mut led = false;
    while let Some((n, ())) =
        words.caption_lead.at(&scan.work.tokens, at).filter(|(n, ())| at + n <= part.end)
    {
        at += n;
        led = true;
    }
    let (mut end, mut most) = (measure_end(reader, at, part.end), MEASURE_WORDS);
    // A long one is told by its first clause.
    if end - at > MEASURE_WORDS
        && let Some(comma) = (at + 1..end).find(|&i| scan.is(i, ','))
    {
        (end, most) = (comma, CLAUSE_WORDS);
    }
    let head = scan.words.name_heads.at(&scan.work.tokens, at).is_some()
        || scan.words.head_count.at(&scan.work.tokens, at).is_some();
    let measure = reader.read(&(at..end), false);
    let count = measure.name.split_whitespace().count();
    if count == 0 || count > most {
        return;
    }
    if head && measure.own > 0 && out.measure.is_none() {
        out.counts = measure.counts.clone();
        out.measure = Some(measure.name);
    } else if !led && out.title.is_none() && said.place.is_none() && count > 1 {
        out.title = Some(measure.name);
    }
}

/// Where the name of the measure ends: before "phân theo", a time, a bracket, a stop.
fn measure_end(reader: &Reader<'_, '_, '_>, at: usize, end: usize) -> usize {
    let scan = reader.scan;
    let words = &scan.work.patterns.tables;
    let stop = (at + 1..end).find(|&i| {
        words.caption_ends.at(&scan.work.tokens, i).is_some()
            || ['(', ':', ';', '.'].iter().any(|&c| scan.is(i, c))
            || when::at(scan, reader.dates.iter().find(|d| d.tokens.start == i), i, end).is_some()
    });
    stop.unwrap_or(end)
}

/// Lines that belong together: one that goes on in small letters is part of the one above.
fn paragraphs(scan: &Scan<'_, '_>, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for line in lines {
        let small = scan.token(line.start).is_some_and(|t| t.kind == Kind::Word && t.case == Case::Lower);
        match out.last_mut() {
            Some(last) if small && line.start >= last.end && line.start - last.end < 60 => {
                last.end = line.end
            }
            _ => out.push(line.clone()),
        }
    }
    out
}

/// Where a line begins behind "Bảng 15.", "2.", "III.", "PHỤ LỤC 1:".
fn open(scan: &Scan<'_, '_>, line: &Range<usize>) -> usize {
    let words = &scan.work.patterns.tables;
    let mut at = line.start;
    // "Đơn vị tính: tỷ lệ hộ nghèo trên tổng số hộ (%)" names the measure behind its colon.
    if let Some((n, ())) = words.unit_note.at(&scan.work.tokens, at).filter(|(n, ())| scan.is(at + n, ':')) {
        return at + n + 1;
    }
    if let Some((n, ())) = words.caption_marks.at(&scan.work.tokens, at) {
        at += n;
        let mark = |i: usize| {
            scan.token(i).is_some_and(|t| {
                t.kind == Kind::Number || t.kind == Kind::Word && t.bytes() <= 4 && t.case == Case::Upper
            }) || ['.', ':', '-', '–', '/'].iter().any(|&c| scan.is(i, c))
        };
        let from = at;
        while at < line.end && at - from < 8 && mark(at) {
            at += 1;
        }
        return at;
    }
    while at < line.end
        && at - line.start < 8
        && (scan.token(at).is_some_and(|t| t.kind == Kind::Number)
            || ['.', ':', '-', '–', '#', '*', ')', '+'].iter().any(|&c| scan.is(at, c))
            || (scan.is(at + 1, '.') || scan.is(at + 1, ')'))
                && scan.token(at).is_some_and(|t| t.kind == Kind::Word && t.bytes() <= 4))
    {
        at += 1;
    }
    at
}
