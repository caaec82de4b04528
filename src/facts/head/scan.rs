//! One pass over the words of the head: quốc hiệu, tiêu ngữ, number, place and date, V/v, title, Kính gửi.

use std::ops::Range;

use super::day::{self, Day};
use super::number::{self, Number};
use super::zone::{Gap, Tok};
use crate::patterns::header::HeaderRules;

/// What the head holds, as ranges of tokens.
#[derive(Debug, Default)]
pub struct Scan {
    /// Tokens that are claimed by one of the marks below.
    pub claimed: Vec<bool>,
    /// CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, ĐẢNG CỘNG SẢN VIỆT NAM or Độc lập - Tự do - Hạnh phúc was seen.
    pub motto: bool,
    /// Index of the word "Số" and what follows it.
    pub number: Option<(usize, Number)>,
    /// Tokens of the place, and the date.
    pub date: Option<(Range<usize>, usize, Day)>,
    /// Index after "V/v".
    pub about: Option<usize>,
    /// Index of the title's first word, index after its words, index into the types.
    pub title: Option<(usize, usize, usize)>,
    /// The title is told by the number behind it.
    pub named: bool,
    /// Who decides, where the title names it: "Nghị định của Chính phủ số …".
    pub by: Option<Range<usize>>,
    /// Index of "Kính" in "Kính gửi".
    pub addressed: Option<usize>,
    /// Index where the head ends.
    pub end: usize,
    /// Tokens of the incoming stamp.
    pub stamps: Vec<Range<usize>>,
}

/// Reads the marks of the head.
pub fn scan(s: &str, toks: &[Tok], rules: &HeaderRules) -> Scan {
    let mut scan = Scan { claimed: vec![false; toks.len()], end: toks.len(), ..Scan::default() };
    for i in 0..toks.len() {
        let alone = toks.get(i).is_some_and(|t| t.upper && t.gap >= Gap::Wide);
        if alone && rules.stamp.at(|n| toks.get(i + n).filter(|t| t.upper).map_or("", |t| &t.key)).is_some() {
            scan.stamp(toks, i);
        }
    }
    let mut i = 0;
    while i < scan.end {
        i = scan.step(s, toks, rules, i).max(i + 1);
    }
    scan.named_title(s, toks, rules);
    scan.below_title(s, toks, rules);
    // In some PDF files the right column comes after "Kính gửi:".
    if scan.addressed.is_some() && (!scan.motto || scan.date.is_none()) {
        while i < toks.len().min(scan.end + 70) {
            let (word, words) = (key(toks, i), &rules.words);
            let next = if words.nation.has(word) {
                motto(toks, rules, i).inspect(|&end| {
                    scan.motto = true;
                    scan.claim(i..end);
                })
            } else if words.day.has(word) && scan.motto {
                scan.place_date(s, toks, rules, i)
            } else {
                None
            };
            i = next.unwrap_or(i + 1);
        }
    }
    scan
}

/// The folded word `n` places after `i`, empty beyond the end.
pub fn key(toks: &[Tok], i: usize) -> &str {
    toks.get(i).map_or("", |t| t.key.as_str())
}

impl Scan {
    /// Whether a mark of an official head was seen.
    pub fn official(&self) -> bool {
        self.motto || self.number.is_some() || self.date.is_some()
    }

    /// Marks tokens as read: nothing else is looked for in them.
    pub(super) fn claim(&mut self, range: Range<usize>) {
        if let Some(claimed) = self.claimed.get_mut(range) {
            claimed.fill(true);
        }
    }

    fn step(&mut self, s: &str, toks: &[Tok], rules: &HeaderRules, i: usize) -> usize {
        let Some(tok) = toks.get(i) else { return i + 1 };
        if !tok.word {
            return i + 1;
        }
        let words = &rules.words;
        match tok.key.as_str() {
            // "… được Quốc hội nước Cộng hoà xã hội chủ nghĩa Việt Nam thông qua" is no head.
            word if words.nation.has(word) && !in_sentence(toks, i) => {
                if let Some(end) = motto(toks, rules, i) {
                    self.motto = true;
                    self.claim(i..end);
                    return end;
                }
            }
            word if words.number.has(word) => {
                if let Some(end) = self.own_number(s, toks, rules, i) {
                    return end;
                }
            }
            word if words.day.has(word) => {
                if let Some(end) = self.place_date(s, toks, rules, i) {
                    return end;
                }
            }
            word if words.about.has(word) && key(toks, i + 1) == "/" && words.about.has(key(toks, i + 2)) => {
                if self.about.is_none() && self.title.is_none() {
                    let skip = usize::from(matches!(key(toks, i + 3), ":" | "."));
                    self.about = Some(i + 3 + skip);
                }
                return i + 3;
            }
            word if words.addresses.has(word) && words.addressed.has(key(toks, i + 1)) && tok.capital => {
                self.addressed = Some(i);
                self.end = i;
                return i;
            }
            word if words.grounds.has(word)
                && words.grounded.has(key(toks, i + 1))
                && tok.gap >= Gap::Line
                && self.official() =>
            {
                self.end = i;
                return i;
            }
            _ => {}
        }
        let opens = tok.gap >= Gap::Wide || i == 0;
        if opens && self.title.is_none() {
            self.find_title(toks, rules, i);
        }
        i + 1
    }

    /// "Số: 350/BC-VP" at the opening of a piece, or with a colon inside a merged line.
    fn own_number(&mut self, s: &str, toks: &[Tok], rules: &HeaderRules, i: usize) -> Option<usize> {
        let tok = toks.get(i)?;
        let opens = tok.gap >= Gap::Double || i == 0 || self.claimed.get(i - 1).copied().unwrap_or(false);
        let colon = key(toks, i + 1) == ":";
        let before = i.checked_sub(1).and_then(|b| toks.get(b)).filter(|b| b.word && tok.gap < Gap::Blank);
        // "ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH⏎SỐ 15/QĐ-SYT" cites another document.
        let cited = before.is_some_and(|b| rules.words.citing.has(&b.key));
        if self.number.is_some() || cited && !colon || !(opens || colon) {
            return None;
        }
        let marked = tok.capital || opens && colon;
        if !marked {
            return None;
        }
        let number = number::parse(s, tok.range.end, rules)?;
        if self.stamps.iter().any(|r| r.contains(&i)) {
            return None;
        }
        let end = toks.partition_point(|t| t.range.start < number.range.end);
        self.claim(i..end);
        self.number = Some((i, number));
        // "Số 120/2000/TTLT-BTC-BCN ngày 25 tháng 12 năm 2000"
        if self.date.is_none()
            && rules.words.day.has(key(toks, end))
            && toks.get(end).is_some_and(|t| t.gap < Gap::Line)
            && let Some(day) =
                toks.get(end).and_then(|t| day::parse(s, t.range.start, t.range.len(), &rules.words))
        {
            let to = toks.partition_point(|t| t.range.start < day.range.end);
            self.claim(end..to);
            self.date = Some((end..end, end, day));
            return Some(to);
        }
        Some(end)
    }

    /// "Hà Nội, ngày 19 tháng 3 năm 2018": the place before the comma, from the opening of its piece.
    fn place_date(&mut self, s: &str, toks: &[Tok], rules: &HeaderRules, i: usize) -> Option<usize> {
        if self.date.is_some() {
            return None;
        }
        let tok = toks.get(i)?;
        let day = day::parse(s, tok.range.start, tok.range.len(), &rules.words)?;
        let mut from = i;
        while from > 0 && !self.claimed.get(from - 1).copied().unwrap_or(true) {
            let here = toks.get(from)?;
            let same_cell = toks.get(from - 1).is_some_and(|t| t.cell == here.cell);
            // A cell may be wrapped; outside cells a new line is another piece. Runs of spaces may stand before
            // "ngày" itself.
            if here.gap >= Gap::Wide && from != i && !(here.gap == Gap::Line && same_cell)
                || here.gap > Gap::Wide && !same_cell
            {
                break;
            }
            from -= 1;
        }
        let mut place = from..i;
        while place.end > place.start && toks.get(place.end - 1).is_some_and(|t| !t.word) {
            place.end -= 1;
        }
        let words = toks.get(place.clone())?;
        let count = words.iter().filter(|t| t.word).count();
        if words.first().is_some_and(|t| rules.words.weekdays.has(&t.key)) {
            return None;
        }
        let comma = words.len() < i - from;
        let named = words.first().is_some_and(|t| t.capital)
            && count <= 8
            && words.iter().all(|t| {
                t.capital || !t.word || rules.words.small_in_places.has(&t.key) || is_quarter(&t.key)
            });
        // "Hà nội, ngày …": some writers give the second syllable no capital.
        let named = named
            || self.title.is_none()
                && self.official()
                && comma
                && day.month.is_some()
                && words.first().is_some_and(|t| t.capital)
                && count <= 3
                && words.iter().all(|t| t.word || t.key == "-" || t.key == ".");
        let alone = place.is_empty() && tok.capital && self.motto;
        let known = rules.openings.at(|n| words.get(n).map_or("", |t| t.key.as_str())).is_none()
            && rules.signature.at(|n| key(toks, i + n)).is_none();
        if !(alone || named && known && (comma || self.official())) {
            return None;
        }
        let end = toks.partition_point(|t| t.range.start < day.range.end);
        self.claim(from..end);
        self.date = Some((place, i, day));
        Some(end)
    }

    /// The incoming stamp: its own line, two before and three after.
    fn stamp(&mut self, toks: &[Tok], i: usize) {
        let Some(line) = toks.get(i).map(|t| t.line) else { return };
        let start = toks.partition_point(|t| t.line + 2 < line);
        let end = toks.partition_point(|t| t.line <= line + 3);
        self.stamps.push(start..end);
    }
}

fn is_quarter(key: &str) -> bool {
    key.bytes().all(|b| b.is_ascii_digit()) && key.len() <= 2
}

/// Index after the last word before a wide gap or the end of the line.
pub fn piece_end(toks: &[Tok], i: usize) -> usize {
    (i + 1..toks.len()).find(|&j| toks.get(j).is_some_and(|t| t.gap >= Gap::Wide)).unwrap_or(toks.len())
}

/// Whether a word in small letters stands right before a token.
fn in_sentence(toks: &[Tok], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|p| toks.get(p));
    before.is_some_and(|t| t.word && !t.upper && !t.capital) && toks.get(i).is_some_and(|t| t.gap < Gap::Wide)
}

/// Quốc hiệu, tiêu ngữ or the Party's name from `i`; gives the index after it. One damaged word in it is borne.
fn motto(toks: &[Tok], rules: &HeaderRules, i: usize) -> Option<usize> {
    for phrase in rules.words.mottos.iter() {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        if phrase.first() != toks.get(i).map(|t| t.key.as_str()).as_ref() {
            continue;
        }
        let mut at = i;
        let mut hits = 0;
        let mut misses = 0;
        let mut end = i;
        for word in &phrase {
            // Dashes stand between the words of the motto.
            while toks.get(at).is_some_and(|t| !t.word) {
                at += 1;
            }
            if key(toks, at) == *word {
                hits += 1;
                at += 1;
                end = at;
            } else if toks.get(at + 1).is_some_and(|t| !t.key.is_empty()) && misses == 0 {
                misses += 1;
                // Damaged, or missing: "Độc lập - Tự - Hạnh phúc".
                let missing = phrase.get(hits + misses).is_some_and(|next| key(toks, at) == *next);
                if !missing {
                    at += 1;
                }
            } else {
                break;
            }
        }
        if hits + 1 >= phrase.len() || hits >= 4 {
            return Some(end);
        }
    }
    None
}
