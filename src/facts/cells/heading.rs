//! Stage 5, cells: what one heading of a row or column says: a name, a unit, a time, a role, a place.
//!
//! In: its tokens. Out: a [`Said`]. "KH năm 2025 (triệu đồng)" is a target of 2025 in millions of đồng and names nothing;
//! "Diện tích lúa - Planted area of paddy" is the name "Diện tích lúa".

use std::ops::Range;

use smol_str::SmolStr;

use super::english;
use super::unit::{self, Unit};
use super::when::{self, When};
use crate::claim::indicator::{DateAt, Scan};
use crate::patterns::tables::says;
use crate::record::Place;
use crate::words::one_line;
use crate::words::token::{Case, Gap, Kind, Token};

/// A bracket of more words is an explanation, no part of a name.
const BRACKET_WORDS: usize = 4;

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
    pub(super) place: Option<std::sync::Arc<Place>>,
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
            _ => smol_str::format_smolstr!("{a} {b}"),
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
    fn date_at(&self, i: usize) -> Option<&DateAt> {
        let next = self.dates.partition_point(|d| d.tokens.start <= i);
        self.dates.get(next.checked_sub(1)?).filter(|d| d.tokens.contains(&i))
    }

    /// Reads one heading; `row` where it heads a row.
    pub(super) fn read(&self, tokens: &Range<usize>, row: bool) -> Said {
        let scan = self.scan;
        let mut out = Said::default();
        let mut tokens = tokens.clone();
        tokens.start = skip_mark(scan, &tokens, row);
        if self.bilingual {
            tokens.end = english::native_end(scan, &tokens);
        }
        if tokens.is_empty() {
            return out;
        }
        out.text = label_text(scan, &tokens);
        if let Some(unit) = unit::whole(scan, &tokens).filter(|u| u.tokens.end + 1 >= tokens.end) {
            // "Người", "ha", "triệu đồng" over a column; "Hộ" as a row is one too.
            // "Nam", "Nữ" over a column are parts of what is counted.
            let part = unit.is_count() && heads_say(scan, tokens.start) & says::WEAK != 0;
            if !part {
                out.only_unit = true;
                out.unit = Some(unit);
            }
        }
        // Tokens that are no part of the name.
        let mut cut: Vec<Range<usize>> = Vec::new();
        let mut i = tokens.start;
        let mut words = 0;
        let mut compared = false;
        let heads = &scan.work.patterns.tables.heads;
        while i < tokens.end {
            let Some(token) = scan.token(i) else { break };
            if token.is('(')
                && let Some(close) = closing(scan, i, tokens.end)
            {
                self.bracket(&mut out, i, close, &mut cut);
                i = close + 1;
                continue;
            }
            if let Some((period, end)) = when::at(scan, self.date_at(i), i, tokens.end) {
                let from = when::lead(scan, i, tokens.start);
                out.earlier |= compared;
                // "Ước 2023/2022": one year in shares of the one before.
                let against =
                    scan.is(end, '/').then(|| scan.work.word(end + 1).parse::<i32>().ok()).flatten();
                out.against |= against.is_some_and(|year| {
                    end + 2 <= tokens.end && (1900..i32::from(period.start.year())).contains(&year)
                });
                if !compared {
                    out.when.get_or_insert(period);
                    cut.push(from..end);
                }
                i = end;
                continue;
            }
            if token.is('%') {
                out.unit.get_or_insert_with(Unit::percent);
                cut.push(i..i + 1);
            }
            if token.kind != Kind::Word {
                // "Dân số - Nghìn người", "Sản lượng - tấn": the unit behind a dash ends it.
                if (token.is('-') || token.is('–'))
                    && i > tokens.start
                    && out.unit.is_none()
                    && let Some(unit) = unit::whole(scan, &(i + 1..tokens.end))
                        .filter(|u| u.tokens.end >= tokens.end && is_sure(u))
                {
                    out.unit = Some(unit);
                    cut.push(i..tokens.end);
                    break;
                }
                if token.is(',')
                    && words > 0
                    && out.unit.is_none()
                    && let Some(unit) = unit::whole(scan, &(i + 1..tokens.end))
                        .filter(|u| u.tokens.end >= tokens.end && !u.is_count())
                {
                    out.unit = Some(unit);
                    cut.push(i..tokens.end);
                    break;
                }
                i += 1;
                continue;
            }
            match heads.at(&scan.work.tokens, i) {
                Some((n, &bits)) if i + n <= tokens.end => {
                    // "Đạt (%)" is one phrase.
                    if (i..i + n).any(|k| scan.is(k, '%')) {
                        out.unit.get_or_insert_with(Unit::percent);
                    }
                    // "Điều ước quốc tế" holds no estimate: a role opens a heading, stands behind a mark, or ends it.
                    let leads = out.own == 0
                        || i + n >= tokens.end
                        || i > tokens.start
                            && scan.token(i - 1).is_some_and(|t| t.kind == Kind::Punct && !t.is(','));
                    // "Vị trí 1" names a class.
                    let numbered = i + n + 1 == tokens.end
                        && scan.token(i + n).is_some_and(|t| t.kind == Kind::Number && t.bytes() <= 2);
                    let bits = if numbered { bits & !(says::RANK | says::ORDER) } else { bits };
                    let bits = if leads || compared { bits } else { bits & (says::SCHOOL | says::COMPARE) };
                    if words == 0 && out.says == 0 {
                        out.first = bits;
                    }
                    out.says |= bits;
                    out.earlier |= compared && bits & says::SPAN != 0
                        || bits & says::COMPARE != 0 && bits & says::CHANGE != 0;
                    let opens = i == tokens.start;
                    if bits & says::MONTHS != 0 && i > tokens.start {
                        out.months = scan.work.word(i - 1).parse().ok().filter(|m| (1..=11).contains(m));
                    }
                    // "Phân theo giới tính": all that follows is by what.
                    if bits & says::DIVIDES != 0 && opens {
                        compared = true;
                        cut.push(i..tokens.end);
                    }
                    // "So với cùng kỳ năm trước": all that follows is what it is compared with.
                    if bits & says::COMPARE != 0
                        && bits & (says::WEAK | says::SHARE) != says::WEAK | says::SHARE
                    {
                        compared |=
                            opens || scan.token(i).is_some_and(|t| scan.work.patterns.tables.against.has(t));
                    }
                    if bits & says::PART != 0 && opens {
                        out.part = true;
                        let colon = usize::from(scan.is(i + n, ':'));
                        cut.push(i..i + n + colon);
                    }
                    let empty = says::TARGET
                        | says::ACTUAL
                        | says::SPAN
                        | says::TOTAL
                        | says::PART
                        | says::WEAK
                        | says::COMPARE
                        | says::CHANGE
                        | says::ESTIMATE;
                    if bits & empty == 0 && !compared {
                        out.own += n;
                    }
                    words += n;
                    i += n;
                }
                _ => {
                    // "Tổng I + II": the marks of the rows it sums up.
                    let mark = out.first & says::TOTAL != 0
                        && scan.work.word(i).bytes().all(|b| b"IVXLABCDE".contains(&b));
                    out.own += usize::from(!compared && !mark);
                    words += 1;
                    i += 1;
                }
            }
        }
        out.head = head(scan, &tokens, &out);
        out.counts = counts(scan, &tokens);
        let kind = scan.words.scope_kinds.at(&scan.work.tokens, tokens.start).map(|(n, ())| tokens.start + n);
        // "XÃ HỘI" is no commune, "Xã Hội Hợp" is one.
        let other = scan.words.scope_never.at(&scan.work.tokens, tokens.start).is_some_and(|(n, ())| {
            let next = tokens.start + n;
            n > 1 && !(next < tokens.end && scan.token(next).is_some_and(|t| t.case == Case::Title))
        });
        let named =
            !other && kind.is_some_and(|at| at < tokens.end && scan.token(at).is_some_and(Token::capital));
        out.body = named
            || scan.words.scope_bodies.at(&scan.work.tokens, tokens.start).is_some()
            || heads
                .at(&scan.work.tokens, tokens.start)
                .is_some_and(|(n, &b)| b & says::LEVEL != 0 && tokens.start + n >= tokens.end);
        out.name = name(scan, &tokens, &cut);
        out
    }

    /// A bracket in a heading: a unit, a time, a formula, or words.
    fn bracket(&self, out: &mut Said, open: usize, close: usize, cut: &mut Vec<Range<usize>>) {
        let scan = self.scan;
        let inside = open + 1..close;
        let words = inside.clone().filter(|&k| scan.token(k).is_some_and(|t| t.kind == Kind::Word)).count();
        let formula = inside.clone().any(|k| scan.is(k, '='));
        if formula && words <= 1
            || words == 0
                && !inside.clone().any(|k| scan.is(k, '%'))
                && when::at(scan, self.date_at(open + 1), open + 1, close).is_none()
        {
            cut.push(open..close + 1);
            if let Some(percent) = inside.clone().find(|&k| scan.is(k, '%')) {
                let _ = percent;
                out.unit.get_or_insert_with(Unit::percent);
            }
            return;
        }
        let unit = note_unit(scan, &inside).or_else(|| unit::whole(scan, &inside)).or_else(|| {
            // "(% so với cùng kỳ)", "(người)"
            scan.is(inside.start, '%').then(Unit::percent)
        });
        if let Some(unit) = unit {
            out.unit = Some(unit);
            cut.push(open..close + 1);
            return;
        }
        for k in inside.clone() {
            if let Some((period, _)) = when::at(scan, self.date_at(k), k, close) {
                out.when.get_or_insert(period);
                cut.push(open..close + 1);
                return;
            }
        }
        if words > BRACKET_WORDS {
            cut.push(open..close + 1);
        }
    }
}

/// The bracket that closes one.
fn closing(scan: &Scan<'_, '_>, open: usize, end: usize) -> Option<usize> {
    let mut depth = 0;
    (open..end).find(|&i| {
        depth += i32::from(scan.is(i, '(')) - i32::from(scan.is(i, ')'));
        depth == 0
    })
}

/// "Sản lượng - Tấn", "Số hộ - Hộ", but not "Thương mại - Dịch vụ".
fn is_sure(unit: &Unit) -> bool {
    !unit.is_count() || unit.name.as_deref().is_some_and(|n| !n.contains(' '))
}

/// What the phrase at a token says.
fn heads_say(scan: &Scan<'_, '_>, at: usize) -> u32 {
    scan.work.patterns.tables.heads.at(&scan.work.tokens, at).map_or(0, |(_, &bits)| bits)
}

/// "(ĐVT: ha)", "(đơn vị tính: triệu đồng)".
fn note_unit(scan: &Scan<'_, '_>, inside: &Range<usize>) -> Option<Unit> {
    let (n, ()) = scan.work.patterns.tables.unit_note.at(&scan.work.tokens, inside.start)?;
    unit::of_cell(scan, &(inside.start + n + usize::from(scan.is(inside.start + n, ':'))..inside.end))
}

/// A text on one line, without stars of notes and stray marks at its ends.
fn label_text(scan: &Scan<'_, '_>, tokens: &Range<usize>) -> SmolStr {
    let text = one_line(scan.work.words(tokens.clone()));
    let trimmed = text.trim_matches(['*', ':', '-', '–', ' ', '.', ';', ',', '"']);
    if trimmed.len() == text.len() { text } else { SmolStr::new(trimmed) }
}

/// Where a label begins behind its mark.
fn skip_mark(scan: &Scan<'_, '_>, tokens: &Range<usize>, row: bool) -> usize {
    let mut at = tokens.start;
    while at < tokens.end && ['*', '-', '+', '–', '•', '.', ':', '"'].iter().any(|&c| scan.is(at, c)) {
        at += 1;
    }
    let Some(first) = scan.token(at) else { return at };
    let mut end = at + 1;
    while scan.is(end, '.')
        && scan.token(end + 1).is_some_and(|t| t.kind == Kind::Number && t.gap == Gap::Glued)
    {
        end += 2;
    }
    let closed = scan.is(end, '.') || scan.is(end, ')') || scan.is(end, '/') && first.kind == Kind::Number;
    let short = match first.kind {
        Kind::Number => first.bytes() <= 3,
        Kind::Word => {
            let text = scan.work.word(at);
            text.chars().count() == 1 || text.bytes().all(|b| b"IVXL".contains(&b))
        }
        Kind::Punct => false,
    };
    let follows = scan.token(end + 1).is_some_and(|t| t.kind != Kind::Number);
    if row && closed && short && follows && end + 1 < tokens.end { end + 1 } else { at }
}

/// Whether a heading begins with the name of a measure.
fn head(scan: &Scan<'_, '_>, tokens: &Range<usize>, said: &Said) -> bool {
    let words = &scan.words;
    let at = |i: usize| {
        let list = &scan.work.tokens;
        words
            .name_heads
            .at(list, i)
            .map(|(n, ())| n)
            .or_else(|| words.head_count.at(list, i).map(|(n, ())| n))
    };
    if said.first & says::NORM != 0 {
        return true;
    }
    let Some(n) = at(tokens.start) else { return false };
    // "Tổng số", "Tỷ lệ" alone say nothing of what is measured.
    tokens.start + n < tokens.end && said.own + n > 0 || said.own > 0
}

/// What a heading counts: "Số giáo viên", "Tổng số GV nữ", "Số lượng tổ chức".
fn counts(scan: &Scan<'_, '_>, tokens: &Range<usize>) -> Option<Unit> {
    let mut at = tokens.start;
    let (mut n, ()) = scan.words.head_count.at(&scan.work.tokens, at)?;
    // "Tổng dư nợ" counts nothing; "Tổng số tổ" does.
    let total = scan.work.patterns.particles.total.has(&scan.work.word(at + n - 1).to_lowercase());
    while let Some((m, ())) = scan.words.head_count.at(&scan.work.tokens, at + n) {
        n += m;
    }
    at += n;
    if at >= tokens.end || total && scan.unit_after(at).is_none() {
        return None;
    }
    let rest = at..tokens.end;
    if let Some((unit, _)) = unit::begin(scan, &rest) {
        return (unit.is_count() && !total).then_some(unit);
    }
    let first = scan.token(at).filter(|t| t.kind == Kind::Word)?;
    // "Số tiền", "Số vốn" count nothing.
    if scan.words.money_names.at(&scan.work.tokens, at).is_some() || scan.words.stop.has(first) {
        return None;
    }
    let mut end = scan.open_noun(at).filter(|&e| e <= tokens.end).unwrap_or(at + 1);
    // "Số D.A. phê duyệt": an abbreviation with its stops.
    while end < tokens.end
        && scan.token(end).is_some_and(|t| t.gap == Gap::Glued)
        && (scan.is(end, '.') || scan.is(end - 1, '.'))
    {
        end += 1;
    }
    let name = crate::claim::indicator::unit_one_line(scan.work.words(at..end));
    let name = if first.case == Case::Upper { name } else { name.to_lowercase().into() };
    Some(Unit::count(name, at..end))
}

/// What is left of a heading as a name.
fn name(scan: &Scan<'_, '_>, tokens: &Range<usize>, cut: &[Range<usize>]) -> SmolStr {
    let mut out = String::new();
    let mut at = tokens.start;
    let mut add = |range: Range<usize>| {
        if range.is_empty() {
            return;
        }
        // Emphasis of Markdown inside a word: "Địn**h** mức".
        let text = one_line(scan.work.words(range)).replace("**", "");
        let text = text.trim_matches([' ', ':', '-', '–', ',', '.', ';', '*', '"', '/', '|']);
        if !text.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(text);
        }
    };
    for range in cut {
        add(at..range.start.max(at));
        at = range.end.max(at);
    }
    add(at..tokens.end.max(at));
    out.into()
}
