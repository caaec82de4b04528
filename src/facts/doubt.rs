//! Stage 5c: how sure the items of recognised pages (OCR) are.
//!
//! In: a record and the words that recognition read. Out: the same record with the confidence of each item of those
//! pages, that of the least sure word it rests on; what looks torn or misread ("41 8/QĐ-UBND", "§3/NQ-CP",
//! "lũy kế I 123 hồ sơ") is never sure, whatever recognition says. One warning a page names what is doubtful.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::patterns::ocr::OcrWords;
use crate::record::content::{Content, Recognised};
use crate::record::{Record, Reference, Warning};
use crate::words::syllable::{is_frequent, is_syllable};

/// Below this confidence an item is doubtful: `docs/experiments.md` shows the curve.
const FLOOR: f64 = 0.8;
/// Confidence of what looks torn or misread.
const TORN: f64 = 0.5;
/// Most symbols of one number that are compared with one another.
const MOST_TWINS: usize = 64;
/// Most items that one warning names.
const NAMED: usize = 20;

/// Fills the confidence of all items and warns of the doubtful ones.
pub fn judge(record: &mut Record, content: &Content, words: &OcrWords) {
    if content.recognised.is_empty() {
        return;
    }
    let judge = Judge { text: &content.text, recognised: &content.recognised, words };
    let bytes = |b: [usize; 2]| b[0]..b[1];
    for item in &mut record.references {
        item.confidence = judge.confidence(&bytes(item.bytes), false);
    }
    doubt_twins(&mut record.references);
    for item in &mut record.dates {
        item.confidence = judge.confidence(&bytes(item.bytes), false);
    }
    for item in &mut record.indicators {
        item.confidence = judge.confidence(&bytes(item.bytes), true);
    }
    let references = record.references.iter().map(|i| (i.confidence, i.bytes, i.page, i.line));
    let dates = record.dates.iter().map(|i| (i.confidence, i.bytes, i.page, i.line));
    let indicators = record.indicators.iter().map(|i| (i.confidence, i.bytes, i.page, i.line));
    let mut doubtful: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (confidence, range, page, line) in references.chain(dates).chain(indicators) {
        if confidence.is_some_and(|c| c < FLOOR) {
            let text = crate::words::one_line(content.text.get(bytes(range)).unwrap_or(""));
            doubtful.entry(page).or_default().push(format!("{text:?} (line {line})"));
        }
    }
    record.warnings.extend(doubtful.into_iter().map(|(page, items)| warning(page, &items)));
}

fn warning(page: usize, items: &[String]) -> Warning {
    let named = items.get(..NAMED.min(items.len())).unwrap_or(items).join(", ");
    let more = items.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message =
        format!("page {page}: recognition (OCR) is not sure of {named}{more}; compare with the original");
    Warning { code: "doubtful".into(), message }
}

/// What items are judged by.
struct Judge<'c> {
    text: &'c str,
    /// In the order of the text.
    recognised: &'c [Recognised],
    words: &'c OcrWords,
}

impl Judge<'_> {
    /// How sure an item is; `None` where the file itself names its letters.
    fn confidence(&self, range: &Range<usize>, is_figure: bool) -> Option<f64> {
        let from = self.recognised.partition_point(|w| w.range.end <= range.start);
        let words = self.recognised.get(from..)?.iter().take_while(|w| w.range.start < range.end);
        let least = f64::from(words.map(|w| w.confidence).min()?) / 100.0;
        Some(if self.is_torn(range, is_figure) { least.min(TORN) } else { least })
    }

    /// Whether an item looks torn or misread.
    fn is_torn(&self, range: &Range<usize>, is_figure: bool) -> bool {
        let text = self.text.get(range.clone()).unwrap_or("");
        let before = self.text.get(..range.start).unwrap_or("");
        let behind = self.text.get(range.end..).unwrap_or("");
        let begins_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
        begins_with_digit && is_torn_before(before)
            || is_glued_behind(text, behind)
            || is_torn_inside(text)
            || is_figure && (text.contains('\n') || is_like_day(text))
            || is_figure
                && (self.words.is_mistaken_money(&company(text, behind)) || text.split(' ').any(is_odd))
    }
}

/// Whether a small word is hardly one of administrative text, as recognition makes them by losing marks and letters:
/// "từ 14 đên 17", "6 háng". Signs of units are no words.
fn is_odd(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_word = word.chars().all(|c| c.is_lowercase()) && (is_syllable(word) || !word.is_ascii());
    word.len() > 1 && is_word && !is_frequent(word)
}

/// Whether a ratio without a noun is rather a day, as cells of tables hold them: "28/9".
fn is_like_day(text: &str) -> bool {
    let part = |part: &str| part.parse::<u8>().ok().filter(|_| part.len() <= 2);
    let parts = text.split_once('/').and_then(|(day, month)| Some((part(day)?, part(month)?)));
    parts.is_some_and(|(day, month)| (1..=31).contains(&day) && (1..=12).contains(&month))
}

/// References of one number whose symbols differ in one letter ("10-HD/BTCTU", "10-HD/BICTU"): the less sure one is
/// never sure.
fn doubt_twins(references: &mut [Reference]) {
    let mut numbers: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for (id, confidence) in references.iter().filter_map(|r| Some((r.id.as_deref()?, r.confidence?))) {
        let number: String = id.chars().take_while(char::is_ascii_digit).collect();
        let best = numbers.entry(number).or_default().entry(id.to_owned()).or_default();
        *best = best.max(confidence);
    }
    let less_sure = |id: &str, confidence: f64| {
        let number: String = id.chars().take_while(char::is_ascii_digit).collect();
        let others = numbers.get(&number).into_iter().flatten().take(MOST_TWINS);
        others.into_iter().any(|(other, best)| *best >= confidence && is_twin(id, other))
    };
    for reference in references {
        if let (Some(id), Some(confidence)) = (reference.id.as_deref(), reference.confidence)
            && less_sure(id, confidence)
        {
            reference.confidence = Some(confidence.min(TORN));
        }
    }
}

/// Whether two texts of the same length differ in one letter and no digit.
fn is_twin(one: &str, other: &str) -> bool {
    let mut differ = one.chars().zip(other.chars()).filter(|(a, b)| a != b);
    one.chars().count() == other.chars().count()
        && differ.next().is_some_and(|(a, b)| a.is_alphabetic() || b.is_alphabetic())
        && differ.next().is_none()
}

/// A figure with the two words behind it on its line.
fn company(text: &str, behind: &str) -> String {
    let line = behind.lines().next().unwrap_or("");
    let words: Vec<&str> = line.split_whitespace().take(2).collect();
    format!("{text} {}", words.join(" "))
}

/// Whether what stands before a number is rather a part of it: "§3", "!01", "I 123", "41 8/QĐ-UBND".
fn is_torn_before(before: &str) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    if !last.is_whitespace() {
        return !(last.is_alphabetic() || "([{\"'“‘«-–—/:;,.+±<>≥≤=~*•…".contains(last));
    }
    let line = before.rsplit(['\n', '\u{c}', '\t']).next().unwrap_or("");
    let word = line.split(' ').rfind(|w| !w.is_empty()).unwrap_or("");
    // A list mark or the end of a sentence is nothing torn: "1. 25 hồ sơ".
    let is_digits = word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/'));
    let is_closed = word.ends_with(['.', ',']);
    let is_stroke = matches!(word, "I" | "l" | "|" | "!" | "i" | "¡" | "]" | "[" | "O" | "S" | "§");
    !word.is_empty() && (is_digits && !is_closed || is_stroke)
}

/// Whether a sign that is no part of writing clings to the end: "81,3?", "47,8”%".
fn is_glued_behind(text: &str, behind: &str) -> bool {
    let ends_with_digit = text.ends_with(|c: char| c.is_ascii_digit());
    ends_with_digit
        && behind.starts_with(['?', '!', '§', '$', '°', '„', '¡', '|', '~', '^', '`', '\\', '#', '&'])
}

/// Whether a number falls apart inside: "34/201 7/TT-BYT", "9.432, tỷ đồng".
fn is_torn_inside(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(3).any(|w| {
        w[0].is_ascii_digit() && w[1] == b' ' && w[2].is_ascii_digit()
            || w[0].is_ascii_digit() && matches!(w[1], b'.' | b',') && w[2] == b' '
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::ocr::{BUILTIN, FILE};
    use crate::patterns::source::Sources;

    /// The confidence of the marked part of a text whose words are all read with 0.95.
    fn sure(marked: &str, is_figure: bool) -> f64 {
        let text = marked.replace(['⟦', '⟧'], "");
        let from = marked.find('⟦').unwrap();
        let to = marked.find('⟧').unwrap() - '⟦'.len_utf8();
        let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
        let words: Vec<Recognised> = text
            .split_whitespace()
            .map(|w| Recognised { range: start(w)..start(w) + w.len(), confidence: 95 })
            .collect();
        let mut sources = Sources::default();
        sources.push(FILE, "builtin:ocr.toml", BUILTIN);
        let list = OcrWords::load(&sources).unwrap();
        Judge { text: &text, recognised: &words, words: &list }.confidence(&(from..to), is_figure).unwrap()
    }

    #[test]
    fn what_looks_torn_or_misread_is_never_sure() {
        for (marked, is_figure) in [
            ("Quyết định số 41 ⟦8/QĐ-UBND⟧ ngày", false),
            ("Nghị quyết §⟦3/NQ-CP⟧", false),
            ("Thông tư ⟦34/201 7/TT-BYT⟧", false),
            ("Thông tư 34/201 ⟦7/TT-BYT⟧", false),
            ("lũy kế I ⟦123 hồ sơ⟧", true),
            ("đạt !⟦01 hồ sơ⟧", true),
            ("đạt ⟦24\nhồ sơ⟧", true),
            ("đạt ⟦81,3⟧? so với", true),
            ("đạt ⟦9.432, tỷ đồng⟧", true),
            ("chi ⟦500 triệu đông⟧ cho", true),
            ("chi ⟦500 triệu⟧ động, trong đó", true),
            ("khoảng ⟦150 triệu DSD⟧.", true),
            ("từ 1 đến ⟦14 đên⟧ 17", true),
            ("trong ⟦6 háng⟧ đầu năm", true),
            ("Sở Nội vụ\t⟦28/9⟧\t19/10", true),
        ] {
            assert_eq!(sure(marked, is_figure), TORN, "{marked}");
        }
    }

    #[test]
    fn what_is_read_well_stays_as_sure_as_its_words() {
        for (marked, is_figure) in [
            ("1. ⟦25 hồ sơ⟧", true),
            ("năm 2012, ⟦8 hồ sơ⟧", true),
            ("(⟦81,3%⟧).", true),
            ("chi ⟦500 triệu đồng⟧ cho", true),
            ("nuôi ⟦3 triệu con⟧ đông nhất", true),
            ("dùng ⟦150 kg⟧ thóc", true),
            ("tại ⟦126 xã, phường⟧;", true),
            ("đạt ⟦12/15⟧ chỉ tiêu", true),
            ("số\t⟦8/QĐ-UBND⟧", false),
            ("Nghị quyết số\n⟦3/NQ-\nCP⟧ ngày", false),
        ] {
            assert_eq!(sure(marked, is_figure), 0.95, "{marked}");
        }
    }

    #[test]
    fn symbols_that_differ_in_one_letter_are_doubted_where_they_are_less_sure() {
        assert!(is_twin("10-HD/BTCTU", "10-HD/BICTU"));
        for (one, other) in [
            ("10-HD/BTCTU", "10-HD/BTCTU"),
            ("12/QĐ-UBND", "12/QĐ-HĐND"),
            ("12/2011/NĐ-CP", "12/2012/NĐ-CP"),
            ("12/QĐ-SYT", "12/QĐ-SYTE"),
        ] {
            assert!(!is_twin(one, other), "{one} {other}");
        }
    }
}
