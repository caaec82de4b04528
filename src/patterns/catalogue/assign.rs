//! Stage 5: gives the indicators of a document their ids: "tỷ lệ hồ sơ nộp trực tuyến đạt 64,2%" becomes
//! `online_file_rate`. Reads names, units, roles, periods and sentences; writes `indicator` alone.

use std::collections::HashMap;
use std::ops::Range;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::topic::lead;
use super::{Catalogue, Entry, Query, Scratch};
use crate::patterns::labels::labels;
use crate::record::quantity::{Bound, Direction, Kind, Role};
use crate::record::{Basis, Day, Indicator, Level, Metadata, Section};

/// How far behind a value its name may begin: over an article and two blanks, in bytes.
const ARTICLE: usize = 9;

/// From here on a percentage without "tăng" or "giảm" is what became of a hundred.
const INDEX_FROM: i64 = 80;

/// How many figures back one may stand that claims the same cell.
const RIVALS: usize = 6;
/// Longest stretch of words before and behind a value that is looked at, in bytes.
const REACH: usize = 240;
/// Most characters between two sentences that follow one another.
const GAP: usize = 4;
/// Longest stretch of a sentence that tells of what a name is that says little.
const LEAD: usize = 600;

/// Gives every indicator of a document its id in the catalogue, or null.
pub fn assign(
    catalogue: &Catalogue,
    metadata: &Metadata,
    sections: &[Section],
    indicators: &mut [Indicator],
) {
    let document_year = assessed_year(metadata);
    let issue_year =
        metadata.issue_date.map(year_of).or_else(|| metadata.issue_edtf.as_deref().and_then(year));
    let mut scratch = Scratch::of_items(indicators.len());
    let mut cursor = Cursor::default();
    let mut limited = Vec::with_capacity(indicators.len());
    let mut owned: Vec<bool> = Vec::with_capacity(indicators.len());
    for i in 0..indicators.len() {
        let (head, tail) = indicators.split_at(i);
        let Some((item, next)) = tail.split_first() else { break };
        let (since, before, after, behind) = cursor.around(item, head.last(), next.first());
        let query = Query {
            behind,
            limit: !matches!(item.bound, Bound::Exact | Bound::About),
            below: matches!(item.bound, Bound::LessThan | Bound::AtMost),
            per: item.per.as_deref().unwrap_or(""),
            yearly: item.kind == Kind::Percentage && item.per.as_deref() == Some(&labels().catalogue.year),
            kind: item.kind,
            unit: item.unit.as_deref(),
            role: item.role,
            name: item.name.as_deref().unwrap_or(""),
            named: item.table.is_some(),
            before,
            after,
            // An aim for a later year is measured as the document knows it.
            year: item
                .period
                .as_ref()
                .map(|p| year_of(p.start))
                .map(|y| issue_year.filter(|_| item.role == Role::Target).map_or(y, |i| y.min(i)))
                .or(document_year),
        };
        // A threshold of a rule is no value of a place, and nobody knows what a column without a heading holds.
        let none = item.role == Role::Norm
            || in_a_nameless_column(item, [head.last(), next.first()])
            || is_column_number(item, [head.last(), next.first()])
            // "từ 25,6% năm 2005 xuống 14,2%": a name that only says when is no base.
            || is_base_of_previous(item, head.last(), since) && !catalogue.plain(query.name, false).all();
        let mut found = || {
            let found = catalogue.following(item, head, since, after);
            let found = found.or_else(|| catalogue.find(&query, &mut scratch));
            // "Giá trị sản xuất các ngành" with "Nông, lâm nghiệp" below it.
            let found = found.or_else(|| {
                let path = row_path(item)?;
                catalogue.find(&Query { name: &path, ..query }, &mut scratch)
            });
            // "tổng điểm", "thứ hạng": of what, the words above say.
            let found = found.or_else(|| {
                if is_of_a_thing(item) {
                    return None;
                }
                let (before, behind) = cursor.sentence_around(item);
                let mut lead = lead(item, sections, metadata, before, behind);
                lead.above.splice(0..0, sentence_before(item, head.last()));
                catalogue.governed(&query, &lead)
            });
            // "phấn đấu tăng 8%" aims at a growth.
            let grows = item.direction.is_some() && item.role == Role::Target;
            let growth = Query { role: Role::Change, ..query };
            let found = found.or_else(|| grows.then(|| catalogue.find(&growth, &mut scratch)).flatten());
            let found = found.or_else(|| catalogue.of_value(item, head, after));
            found.or_else(|| catalogue.carried(&query, item, head, behind_name(head.last(), since), after))
        };
        let contributes = item.kind == Kind::Percentage && catalogue.is_contribution(before);
        // "115,8 so cùng kỳ (%)" is an index of what was before, not how much it grew.
        let index = item.kind == Kind::Percentage
            && item.direction.is_none()
            && item.value.is_some_and(|v| v >= Decimal::from(INDEX_FROM));
        let found = if none { None } else { found() };
        // "8,5 bác sĩ/vạn dân", "thu nhập đạt 25 triệu đồng/người/năm": the unit says what it is reckoned by.
        let found = found.or_else(|| {
            let per = item.per.as_deref().filter(|_| !none)?;
            let head = match item.kind {
                Kind::Money => query.name,
                _ => item.unit.as_deref().filter(|_| per.contains(' '))?,
            };
            let name = format!("{head} {per}");
            catalogue.find(&Query { name: &name, ..query }, &mut scratch)
        });
        // "phấn đấu giảm 1 - 2% tỷ lệ hộ nghèo", "còn 9,8% (giảm 2,1%)": a fall, not a rate.
        let falls = item.kind == Kind::Percentage
            && (item.role == Role::Target && !query.below || item.role == Role::Change)
            && item.direction.is_some();
        // "giảm hộ nghèo xuống 9%": what it is to come to, no fall.
        let comes_to = item.role != Role::Change && catalogue.arrives(before);
        let found = found.map(|e| match (e.change.as_deref(), comes_to) {
            (Some(id), false) if falls => catalogue.get(id).unwrap_or(e),
            (None, true) if e.falls => catalogue.level_of(e).unwrap_or(e),
            _ => e,
        });
        // "khu vực dịch vụ tăng 7%, đóng góp 2,1 điểm phần trăm": the name stands before its growth.
        let found = found.or_else(|| {
            let name = item.name.as_deref().filter(|_| contributes)?;
            let path = format!("{name} {} {}", before.trim(), item.text);
            catalogue.find(&Query { name: &path, ..query }, &mut scratch)
        });
        // "bằng 23,5% GDP", "đóng góp 55% tăng trưởng": a share of something, not how much it grew.
        let share = item.kind == Kind::Percentage && (contributes || is_share_of_product(after));
        // "vượt kế hoạch 7,1%" is no growth.
        let short = item.role == Role::Gap;
        let found = found.filter(|e| !((index || share || short) && e.id.ends_with("_growth")));
        // "Hộ nghèo … tăng 0,04%" is no fall of the poverty rate.
        let rises = item.role == Role::Change && item.direction == Some(Direction::Up);
        let found = found.filter(|e| !(rises && e.falls));
        let found = found.filter(|e| {
            let (before, behind) = cursor.sentence_around(item);
            let lead = || lead(item, sections, metadata, before, behind);
            e.not_above.is_empty() || !catalogue.off_topic(e, &lead(), metadata.issuer.as_deref())
        });
        // "lao động nghề cá": a word that the indicator does not know says that a part is measured, or another thing.
        let accounts =
            |e: &&Entry| catalogue.accounts_for(e, query.name, item.scope.as_deref().unwrap_or(""));
        limited.push(found.is_some_and(|e| !accounts(&e)));
        let found = found.filter(accounts);
        // What belongs to a subject of another kind.
        let prior = head.last().filter(|p| item.table.is_none() && same_sentence(p, item));
        let goes_on = owned.last() == Some(&true);
        let other = prior.is_some_and(|p| is_of_another(catalogue, found, item, p, since, goes_on));
        owned.push(other);
        let found = found.filter(|_| !other);
        let id = found.map(|e| SmolStr::new(of_level(e, item, metadata)));
        if let Some(item) = indicators.get_mut(i) {
            item.indicator = id;
        }
    }
    share_ends(indicators);
    clear_limited(indicators, &limited);
    clear_parts(catalogue, indicators);
    clear_rivals(catalogue, indicators);
}

/// Gives both ends of a range the id that one of them has: "tăng trưởng bình quân 5 năm đạt khoảng 6,5 - 7%/năm".
fn share_ends(indicators: &mut [Indicator]) {
    for n in 1..indicators.len() {
        let (head, tail) = indicators.split_at_mut(n);
        let (Some(low), Some(high)) = (head.last_mut(), tail.first_mut()) else { return };
        let one = low.range.is_some()
            && low.range == high.range
            && low.name == high.name
            && low.scope == high.scope
            && low.period == high.period
            && same_sentence(low, high);
        if one && low.indicator.is_some() != high.indicator.is_some() {
            let id = low.indicator.clone().or_else(|| high.indicator.clone());
            (low.indicator, high.indicator) = (id.clone(), id);
        }
    }
}

/// Most words of a name that says nothing without the subject of its clause: "thu hút lượt khách".
const OF_SUBJECT: usize = 4;

/// Whether a figure belongs to what the one before counts, which is no indicator's: "5 phiên chợ có doanh thu 16 tỷ đồng, thu
/// hút 12.000 lượt khách". `since` are the words between them, `goes_on` says that the one before belongs to such a subject.
fn is_of_another(
    catalogue: &Catalogue,
    found: Option<&Entry>,
    item: &Indicator,
    prior: &Indicator,
    since: &str,
    goes_on: bool,
) -> bool {
    let parted = since.contains([';', ':', '(']);
    let counted = prior.kind == Kind::Count && prior.indicator.is_none() && !parted && !since.contains(',');
    // Without an indicator of its own the sum still says whose both are.
    let Some(entry) = found else { return counted && item.kind == Kind::Money };
    let bare = item.name.as_deref().is_none_or(|n| n.split(' ').count() <= OF_SUBJECT);
    let subject = prior.name.as_deref().unwrap_or_default();
    let same = goes_on && since.contains(',') && !parted;
    bare && (same || counted && !catalogue.accounts_for(entry, subject, ""))
}

/// Most words of a name that says nothing without its whole: "xuất khẩu".
const BARE: usize = 2;

/// Takes the id from the parts of what is itself only a part of its indicator: of "kim ngạch xuất nhập khẩu qua cửa khẩu 98
/// triệu USD, trong đó xuất khẩu 41 triệu USD" the exports are those of the border gate alone.
fn clear_limited(indicators: &mut [Indicator], limited: &[bool]) {
    let wholes: Vec<SmolStr> = indicators
        .iter()
        .zip(limited)
        .filter(|(i, limited)| **limited && i.table.is_none())
        .map(|(i, _)| SmolStr::new(&i.id))
        .collect();
    // "chi đầu tư xây dựng cơ bản" says itself what it is.
    let bare = |i: &&mut Indicator| i.name.as_deref().is_some_and(|n| n.split(' ').count() <= BARE);
    for item in indicators.iter_mut().filter(|i| i.indicator.is_some() && i.table.is_none()).filter(bare) {
        if item.part_of.as_ref().is_some_and(|whole| wholes.iter().any(|w| w == whole.as_str())) {
            item.indicator = None;
        }
    }
}

/// Takes the id from figures of one sentence that claim one cell of a comparison: of "qua đào tạo 36%, trong đó đào tạo nghề
/// 25,5%" the second, of "trước hạn 8.204 hồ sơ, đúng hạn 739 hồ sơ" both, since neither is the whole.
fn clear_rivals(catalogue: &Catalogue, indicators: &mut [Indicator]) {
    let mut cleared: Vec<usize> = Vec::new();
    for later in 1..indicators.len() {
        let Some(item) = indicators.get(later).filter(|i| i.indicator.is_some() && i.table.is_none()) else {
            continue;
        };
        let near = indicators.get(later.saturating_sub(RIVALS)..later).unwrap_or(&[]);
        let claims = |p: &&(usize, &Indicator)| {
            let p = p.1;
            same_sentence(p, item)
                && p.indicator == item.indicator
                && (p.kind == item.kind
                    && p.unit == item.unit
                    && p.role == item.role
                    && p.direction == item.direction)
                && (p.place == item.place && p.scope == item.scope && p.period == item.period)
                && p.value != item.value
                && p.range.is_none()
                && (p.name != item.name || item.kind == Kind::Count && set_apart(p, item))
        };
        let first = later - near.len();
        let numbered = near.iter().enumerate().map(|(n, p)| (first + n, p));
        let Some((at, other)) = numbered.rev().find(|p| claims(&p)) else { continue };
        if catalogue.derive.opens_parts(&catalogue.folder.read(&between(other, item))) {
            cleared.push(later);
        } else if item.kind == Kind::Count {
            cleared.extend([at, later]);
        }
    }
    for at in cleared {
        if let Some(item) = indicators.get_mut(at) {
            item.indicator = None;
        }
    }
}

/// Whether a semicolon stands between two items of a sentence: "đường sắt 20 vụ, chết 16 người; đường thủy 3 vụ, chết 1 người".
fn set_apart(a: &Indicator, b: &Indicator) -> bool {
    between(a, b).contains(';')
}

/// Letters of a sentence beyond which nothing between two of its items is looked at: some sentences are a book.
const LONGEST: usize = 4_000;

/// The words between two items of a sentence; none where they stand far behind its beginning.
fn between(a: &Indicator, b: &Indicator) -> String {
    let Some(sentence) = &b.sentence else { return String::new() };
    let (from, to) = (a.span[1].saturating_sub(sentence.span[0]), b.span[0].saturating_sub(sentence.span[0]));
    if to > LONGEST {
        return String::new();
    }
    sentence.text.chars().skip(from).take(to.saturating_sub(from)).collect()
}

/// Whether two items stand in one sentence.
fn same_sentence(a: &Indicator, b: &Indicator) -> bool {
    a.sentence.as_ref().zip(b.sentence.as_ref()).is_some_and(|(a, b)| a.span == b.span)
}

/// Takes the id from what is only a kind of its whole: of "229 hợp tác xã, trong đó 189 hợp tác xã nông nghiệp" the second
/// is not how many there are. A part that its place, period or scope tells apart keeps it. Nor has
/// one that is told as the part of another thing than its own whole: "chi cho y tế 2.945 tỷ đồng, trong đó chi thường xuyên".
fn clear_parts(catalogue: &Catalogue, indicators: &mut [Indicator]) {
    if indicators.iter().all(|i| i.part_of.is_none()) {
        return;
    }
    let at: HashMap<SmolStr, usize> = indicators.iter().enumerate().map(|(n, i)| (i.id.clone(), n)).collect();
    let is_kind = |part: &Indicator| {
        let whole = part.part_of.as_ref().and_then(|id| indicators.get(*at.get(id)?))?;
        let own = part.indicator.as_deref().and_then(|id| catalogue.get(id)).map(|e| e.within.as_slice());
        // Whatever its words may mean: "tổng chi" of a place, or "chi cho y tế".
        let name = whole.name.as_deref().unwrap_or_default();
        let may_mean = |id: &String| catalogue.get(id).is_some_and(|e| catalogue.accounts_for(e, name, ""));
        if own.is_some_and(|within| !within.is_empty() && !within.iter().any(may_mean)) {
            return Some(true);
        }
        // "44 thủ tục được rút ngắn, trong đó 20 thủ tục cấp tỉnh": of what the whole is, however it is called.
        let told = part.name.as_deref().is_some_and(|n| {
            let rest = n.strip_suffix(part.scope.as_deref().unwrap_or("")).map_or(n, str::trim_end);
            part.unit.as_deref().is_some_and(|unit| rest.eq_ignore_ascii_case(unit))
        });
        if told && part.unit == whole.unit && part.kind == whole.kind && part.indicator != whole.indicator {
            return Some(true);
        }
        let words = |i: &Indicator| i.name.as_deref().map_or(0, |n| n.split(' ').count());
        let alike = part.indicator.is_some() && part.indicator == whole.indicator && part.kind == whole.kind;
        // "Hộ nghèo, cận nghèo 75 hộ, trong đó hộ nghèo 31 hộ": here the part is what the indicator means.
        // Of one name both: nothing sets the part apart.
        let narrower = words(part) >= words(whole);
        Some(
            alike
                && narrower
                && part.scope == whole.scope
                && part.place == whole.place
                && part.period == whole.period,
        )
    };
    let kinds: Vec<bool> = indicators.iter().map(|i| is_kind(i).unwrap_or(false)).collect();
    for (item, kind) in indicators.iter_mut().zip(kinds) {
        if kind {
            item.indicator = None;
        }
    }
}

/// The id of an indicator at the level of its place: what provinces called GDP is the GRDP of today.
fn of_level<'e>(entry: &'e Entry, item: &Indicator, metadata: &Metadata) -> &'e str {
    let country = item.place.as_ref().map(|p| p.level == Level::Country);
    let other = match country {
        Some(true) => &entry.in_country,
        Some(false) => &entry.in_province,
        None if metadata.province.is_some() => &entry.in_province,
        None => &None,
    };
    other.as_deref().unwrap_or(&entry.id)
}

/// Whether a share is one of the gross product: "23,5% GDP".
fn is_share_of_product(after: &str) -> bool {
    let word = after.split_whitespace().next().unwrap_or_default();
    ["GDP", "GRDP"].iter().any(|p| {
        word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | '.' | ')'))
            .eq_ignore_ascii_case(p)
    })
}

/// Whether a cell's row is some thing that it tells of, and no place: the column alone does not say what is measured.
fn is_of_a_thing(item: &Indicator) -> bool {
    let titled = item.table.as_ref().is_some_and(|t| t.row.is_some());
    let said = item.table.as_ref().and_then(|t| t.row.as_deref()) == item.name.as_deref();
    titled && !said && item.place.as_ref().is_none_or(|p| p.basis != Basis::Text)
}

/// The headings of a row below one another, where the outer one is the name; nothing where the inner one is a place.
fn row_path(item: &Indicator) -> Option<String> {
    let cell = item.table.as_ref().filter(|t| t.rows.len() > 1)?;
    let (name, row) = (item.name.as_deref()?, cell.rows.last()?);
    let of_place = item.place.as_ref().is_some_and(|p| p.basis == Basis::Text);
    let outer = cell.rows.iter().rev().skip(1).any(|r| r.contains(name) || name.contains(r.as_str()));
    (outer && !of_place && !name.contains(row.as_str())).then(|| format!("{name} {row}"))
}

/// Whether an item stands in a row of several values, in a column that no heading names.
fn in_a_nameless_column(item: &Indicator, neighbours: [Option<&Indicator>; 2]) -> bool {
    let Some(cell) = item.table.as_ref().filter(|t| t.column.is_none()) else { return false };
    let same_row = |n: &Indicator| n.table.as_ref().is_some_and(|t| t.row == cell.row);
    neighbours.into_iter().flatten().any(same_row)
}

/// Whether an amount is only the number of its column, in the line of numbers below the headings: 1, 2, 3, 4.
fn is_column_number(item: &Indicator, neighbours: [Option<&Indicator>; 2]) -> bool {
    // A row with a heading of words is no line of numbers.
    let titled = |i: &Indicator| {
        let row = i.table.as_ref().and_then(|t| t.row.as_deref());
        row.is_some_and(|r| r.chars().filter(|c| c.is_alphabetic()).count() > 1)
    };
    let number = |i: &Indicator| i.text.parse::<i32>().ok().filter(|_| i.table.is_some() && !titled(i));
    let Some(n) = number(item).filter(|_| matches!(item.kind, Kind::Money | Kind::Measure)) else {
        return false;
    };
    let [before, after] = neighbours.map(|i| i.and_then(number));
    before == Some(n - 1) || after == Some(n + 1)
}

/// Whether the name only says what the percentage before was of: "chiếm 28% tổng kim ngạch xuất khẩu, tăng 14,3%" does
/// not say that exports grew. `since` is all that stands since the item before, in the same sentence.
fn is_base_of_previous(item: &Indicator, previous: Option<&Indicator>, since: &str) -> bool {
    let (Some(name), Some(previous), Some(sentence)) = (item.name.as_deref(), previous, &item.sentence)
    else {
        return false;
    };
    let together = previous.kind == Kind::Percentage && previous.span[1] > sentence.span[0];
    together && !name.is_empty() && since.trim_start_matches([' ', '\n', '\u{a0}']).starts_with(name)
}

/// The year that a figure without its own period is about: the reported one, else the one before the issue, since
/// indices of a year come out in the next.
fn assessed_year(m: &Metadata) -> Option<i32> {
    let issued = || m.issue_date.map(|day| year_of(day) - 1);
    m.period.as_ref().map(|p| year_of(p.start)).or_else(issued)
}

fn year_of(day: Day) -> i32 {
    day.year().into()
}

fn year(iso: &str) -> Option<i32> {
    iso.get(..4)?.parse().ok()
}

/// The sentence that the items are in, and where it begins in the bytes of the text.
#[derive(Default)]
struct Cursor {
    sentence: Option<[usize; 2]>,
    start: usize,
}

impl Cursor {
    /// Enters the sentence of an item.
    fn enter(&mut self, item: &Indicator, span: [usize; 2], text: &str) {
        if self.sentence != Some(span) {
            let before = text.chars().take(item.span[0].saturating_sub(span[0]));
            self.start = item.bytes[0].saturating_sub(before.map(char::len_utf8).sum());
            self.sentence = Some(span);
        }
    }

    /// All words of the sentence before an item that was entered, and behind it, as far as is looked at.
    fn sentence_around<'a>(&self, item: &'a Indicator) -> (&'a str, &'a str) {
        let Some(sentence) = &item.sentence else { return ("", "") };
        let text = sentence.text.as_str();
        let byte = |at: usize| at.saturating_sub(self.start).min(text.len());
        let (start, end) = (byte(item.bytes[0]), byte(item.bytes[1]));
        (piece(text, start.saturating_sub(LEAD)..start), piece(text, end..text.len().min(end + LEAD)))
    }

    /// The words around an item inside its sentence: all since its neighbour, the clause before it, the clause behind.
    fn around<'a>(
        &mut self,
        item: &'a Indicator,
        previous: Option<&Indicator>,
        next: Option<&Indicator>,
    ) -> (&'a str, &'a str, &'a str, bool) {
        let Some(sentence) = &item.sentence else { return ("", "", "", false) };
        let (span, text) = (sentence.span, sentence.text.as_str());
        self.enter(item, span, text);
        let byte = |at: usize| at.saturating_sub(self.start).min(text.len());
        let (start, end) = (byte(item.bytes[0]), byte(item.bytes[1]));
        let from = previous.map_or(0, |p| byte(p.bytes[1]).min(start));
        let to = next.map_or(text.len(), |n| byte(n.bytes[0])).max(end);
        let before = piece(text, start.saturating_sub(REACH).max(from)..start);
        let after = piece(text, end..to.min(end + REACH));
        // A clause begins behind the last mark that ends one, and ends before the next.
        let open = before.trim_end().trim_end_matches([':', '(']);
        let (behind, named) = behind(item, after);
        // Where the name stands behind the value, the part before the last comma is about something else.
        let ends = |b: u8| matches!(b, b';' | b'.' | b'\n') || behind && b == b',';
        let cut = open.bytes().rposition(ends).map_or(0, |i| i + 1);
        let rest = after.get(named..).unwrap_or("");
        // "100% báo cáo (trừ báo cáo mật) được gửi …": a bracket right behind the name interrupts only.
        let bracket =
            rest.trim_start().starts_with('(').then(|| rest.find(')')).flatten().map_or(0, |i| i + 1);
        let bracket = if behind { bracket } else { 0 };
        let stops = |b: u8| matches!(b, b';' | b',' | b'(' | b')' | b'.' | b':');
        let goes_on = rest.bytes().skip(bracket).position(stops);
        let stop = goes_on.map_or(rest.len(), |i| i + bracket);
        (before, before.get(cut..).unwrap_or(before), after.get(..named + stop).unwrap_or(after), behind)
    }
}

/// Whether the name of a share stands behind its value, and where it ends there: "100% xã có mạng", "9/9 xã có mạng".
fn behind(item: &Indicator, after: &str) -> (bool, usize) {
    let name = item.name.as_deref().filter(|n| !n.is_empty());
    match (item.kind, name) {
        (Kind::Percentage, Some(name)) => {
            let end = |at: usize| after.get(at..).and_then(|rest| past(rest, name)).map(|n| at + n);
            let end = (0..=ARTICLE).find_map(end);
            (end.is_some(), end.unwrap_or(0))
        }
        (Kind::Ratio, Some(name)) => {
            (item.text.ends_with(name) || item.unit.as_deref().is_some_and(|u| name.starts_with(u)), 0)
        }
        _ => (false, 0),
    }
}

/// The sentence right before that of an item, where it holds the item before.
fn sentence_before<'a>(item: &Indicator, previous: Option<&'a Indicator>) -> Option<&'a str> {
    let (own, other) = (item.sentence.as_ref()?, previous?.sentence.as_ref()?);
    let follows = other.span[1] <= own.span[0] && other.span[1] + GAP > own.span[0];
    (follows && item.table.is_none() && other.text.len() <= LEAD).then_some(other.text.as_str())
}

/// What stands since the item before, and behind its name, where that stands behind its value.
fn behind_name<'a>(previous: Option<&Indicator>, since: &'a str) -> &'a str {
    let Some(name) = previous.and_then(|p| p.name.as_deref()).filter(|n| !n.is_empty()) else { return since };
    let rest = |at: usize| since.get(at..).filter(|rest| past(rest, name).is_some()).map(|rest| (at, rest));
    let found = (0..=ARTICLE).find_map(rest);
    found.and_then(|(at, rest)| since.get(at + past(rest, name)?..)).unwrap_or(since)
}

/// Where a name ends that a text begins with, any blanks of the one being those of the other.
fn past(text: &str, name: &str) -> Option<usize> {
    let mut rest = text;
    for (i, word) in name.split_whitespace().enumerate() {
        let start = if i == 0 { rest } else { rest.trim_start() };
        let gap = i == 0 || start.len() < rest.len();
        rest = start.strip_prefix(word).filter(|_| gap)?;
    }
    Some(text.len() - rest.len())
}

/// A piece of the text, its ends moved inwards to characters.
fn piece(text: &str, range: Range<usize>) -> &str {
    let mut start = range.start.min(text.len());
    let mut end = range.end.min(text.len());
    while start < end && !text.is_char_boundary(start) {
        start += 1;
    }
    while end > start && !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(start..end).unwrap_or("")
}
