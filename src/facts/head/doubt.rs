//! Words that recognition (OCR) is not sure of: what rests on them is left empty, with a warning, rather than wrong.

use std::ops::Range;

use super::Header;
use super::issuer::first_capital;
use super::zone::words;
use crate::patterns::header::{HeaderRules, plain};
use crate::reader::MarkKind;
use crate::words::Text;
use crate::words::fold::fold_key;
use crate::words::syllable::is_syllable;

/// The doubted words of a text, as shadow ranges in order.
#[derive(Debug, Default)]
pub struct Doubts(Vec<Range<usize>>);

impl Doubts {
    /// From the marks of the reader.
    pub fn of(text: &Text<'_>) -> Self {
        let doubted = text.marks.iter().filter(|m| m.kind == MarkKind::Doubted);
        let mut ranges: Vec<Range<usize>> = doubted.map(|m| m.range.clone()).collect();
        ranges.sort_by_key(|r| r.start);
        Self(ranges)
    }

    fn within(&self, range: &Range<usize>) -> &[Range<usize>] {
        let from = self.0.partition_point(|d| d.end <= range.start);
        let to = self.0.partition_point(|d| d.start < range.end);
        self.0.get(from..to.max(from)).unwrap_or(&[])
    }

    /// Whether no word is doubted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a range holds a doubted word.
    pub fn holds(&self, range: &Range<usize>) -> bool {
        !self.within(range).is_empty()
    }

    /// Whether a text of many words is hardly read: a doubted word that is no syllable, or a quarter of all doubted.
    fn spoils(&self, s: &str, range: &Range<usize>) -> bool {
        let doubted = self.within(range);
        let odd = |word: &str| word.chars().any(char::is_alphabetic) && !is_syllable(word);
        let text =
            |r: &Range<usize>| s.get(r.clone()).unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
        let words = s.get(range.clone()).unwrap_or("").split_whitespace().count();
        doubted.iter().any(|r| odd(text(r))) || doubted.len() * 4 > words
    }
}

impl Header {
    /// Empties the fields of the head that rest on doubted words.
    pub(super) fn doubt(&mut self, s: &str, doubts: &Doubts, rules: &HeaderRules) {
        if doubts.is_empty() {
            return;
        }
        let held = |range: &Option<Range<usize>>| range.as_ref().is_some_and(|r| doubts.holds(r));
        let m = &mut self.metadata;
        // What is read with confidence still loses marks: "Sở Kê hoạch và Đâu tư".
        let names = m.addressees.iter_mut().chain(&mut m.issuer).chain(&mut m.issuer_parent);
        names.for_each(|name| *name = restored(rules, name));
        let mut emptied = Vec::new();
        if m.id.is_some() && held(&self.number_range) {
            (m.id, m.number, self.number_year) = (None, None, None);
            emptied.push(("number_doubted", "number"));
        }
        // "Số:/70/BC-SCT": what is left of a number is no part of the symbol.
        if m.number.is_none()
            && let Some((digits, symbol)) = m.symbol.as_deref().and_then(|s| s.split_once('/'))
            && !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            m.symbol = Some(symbol.to_owned());
            emptied.push(("number_doubted", "number"));
        }
        if m.issue_date.is_some() && held(&self.date_range) {
            m.issue_date = None;
            emptied.push(("date_doubted", "date of issue"));
        }
        if m.place.is_some() && held(&self.place_range) {
            m.place = None;
            emptied.push(("place_doubted", "place"));
        }
        if m.issuer.is_some() && held(&self.issuer_range) {
            (m.issuer, m.issuer_parent) = (None, None);
            emptied.push(("issuer_doubted", "issuer"));
        }
        if m.subject.is_some() && self.subject_range.as_ref().is_some_and(|r| doubts.spoils(s, r)) {
            m.subject = None;
            emptied.push(("subject_doubted", "subject"));
        }
        for (code, field) in emptied {
            if self.warnings.iter().any(|w| w.code == code) {
                continue;
            }
            self.warn(
                code,
                &format!("recognition (OCR) is not sure of the document's {field}; it is left empty"),
            );
        }
    }
}

/// A body's name in recognised text (OCR) with the marks that known phrases have: "Cục hóa chát", "cỏ phàn".
pub(super) fn restored(rules: &HeaderRules, text: &str) -> String {
    let toks = words(text);
    let bare: Vec<String> = toks.iter().map(|t| plain(&t.key)).collect();
    let mut out = String::with_capacity(text.len());
    let (mut i, mut end) = (0, 0);
    while i < toks.len() {
        let found = rules.bare_phrases.at(|n| bare.get(i + n).map_or("", String::as_str));
        let phrase: Vec<&str> = found
            .and_then(|(_, at)| rules.phrases.get(at))
            .map(|p| p.split(' ').collect())
            .unwrap_or_default();
        let n = found.map_or(1, |(n, _)| n);
        // "tĩnh Sơn La", but not "Ông Tĩnh" nor "tinh thần".
        let alone =
            n == 1 && (toks.get(i).is_some_and(|t| t.capital) || toks.get(i + 1).is_none_or(|t| !t.capital));
        for (k, tok) in toks.iter().skip(i).take(n).enumerate() {
            let written = text.get(tok.range.clone()).unwrap_or("");
            out.push_str(text.get(end..tok.range.start).unwrap_or(""));
            match phrase.get(k).filter(|_| phrase.len() == n && !alone) {
                Some(word) if tok.upper && written.chars().count() > 1 => out.push_str(&word.to_uppercase()),
                Some(word) if tok.capital => out.push_str(&first_capital(word)),
                Some(word) if fold_key(word) != tok.key => out.push_str(word),
                _ => out.push_str(written),
            }
            end = tok.range.end;
        }
        i += n;
    }
    out.push_str(text.get(end..).unwrap_or(""));
    out
}
