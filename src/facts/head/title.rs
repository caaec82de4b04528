//! The title of a document: the name of a type that stands alone, damaged or in lost capitals, and what stands below it.

use std::ops::Range;

use super::scan::{Scan, key, piece_end};
use super::zone::{Gap, Tok};
use super::{day, number};
use crate::patterns::header::{HeadWords, HeaderRules};

/// Most words that go on the name of a type below a letterhead without number and day: "BÁO CÁO CHÍNH TRỊ".
const LONG_TYPE: usize = 4;
/// How long such a letterhead is, in words.
const LETTERHEAD: usize = 40;

impl Scan {
    /// The name of a type alone on its line, in capitals; in the case at hand where capitals were lost.
    pub(super) fn find_title(&mut self, toks: &[Tok], rules: &HeaderRules, i: usize) {
        if under_chapter(toks, i, &rules.words) {
            return;
        }
        let piece = piece_end(toks, i);
        let exact = rules
            .types
            .at(|k| toks.get(i + k).filter(|t| k == 0 || t.gap < Gap::Cell).map_or("", |t| &t.key));
        let Some((n, doc_type)) = exact.or_else(|| self.damaged_title(toks, rules, i..piece)) else { return };
        let words = || toks.get(i..piece).unwrap_or(&[]).iter().filter(|t| t.word);
        let upper = words().all(|t| t.upper || t.key.starts_with(|c: char| c.is_ascii_digit()));
        let rest = words().count().saturating_sub(n);
        let line = toks.get(i).map_or(0, |t| t.line);
        // The words themselves are capitals even where a code in the same line is not (QĐ-TTg).
        let head_upper = toks.get(i..i + n).is_some_and(|w| w.iter().all(|t| t.upper));
        let of_body = rules.words.whose.has(key(toks, i + n));
        let accept = match rest {
            0 => {
                // Capitals may be lost, but a letter (V/v) has no title, nor does one contradict the symbol.
                let code = rules.titles.get(doc_type).map(|t| t.code.as_str());
                let named = self.number.as_ref().and_then(|(_, n)| n.type_code.as_deref());
                let lost = self.about.is_none() && (named.is_none() || named == code);
                upper && (self.official() || line < 25)
                    || lost && self.official() && toks.get(i).is_some_and(|t| t.gap >= Gap::Line)
            }
            // "NGHỊ ĐỊNH CỦA CHÍNH PHỦ": the rest of the line names who decides.
            _ if of_body => {
                // In the middle of a paragraph "Kế hoạch của …" cites another document.
                let above = i.checked_sub(1).and_then(|p| toks.get(p));
                let apart = toks.get(i).is_some_and(|t| t.gap >= Gap::Blank)
                    || above.is_none_or(|t| t.upper || !t.word && !matches!(t.key.as_str(), "," | ";"))
                    || i.checked_sub(1).is_some_and(|p| self.claimed.get(p) == Some(&true));
                apart && self.official() && rest <= 14 && toks.get(i).is_some_and(|t| t.gap >= Gap::Line)
            }
            _ if head_upper => {
                let first = i == 0 && titled_paragraph(toks, i);
                let opens = toks.get(i).is_some_and(|t| t.gap >= Gap::Line);
                // "HUYỆN ỦY THỚI BÌNH / BÁO CÁO CHÍNH TRỊ", without number or day.
                let below_body = || {
                    let body =
                        toks.first().is_some_and(|t| t.upper) && rules.bodies.at(|k| key(toks, k)).is_some();
                    upper && rest <= LONG_TYPE && i <= LETTERHEAD && body
                };
                (upper || rest > 2) && (first || opens && (self.official() || below_body()))
            }
            // "Báo cáo tình hình …" as the first line of all, before a blank line or a list.
            _ => {
                i == 0
                    && toks.get(i).is_some_and(|t| t.capital)
                    && !rules.words.number.has(key(toks, i + n))
                    && titled_paragraph(toks, i)
            }
        };
        if accept {
            // "BIÊN BẢN LÀM VIỆC", "GIẤY MỜI HỌP": one or two more words belong to the name; "BÁO CÁO TỔNG KẾT" and
            // "BÁO CÁO KẾT QUẢ" begin the abstract.
            let below = toks.get(piece..piece + 2).is_some_and(|w| w.iter().all(|t| t.upper || !t.word));
            let told = below && rules.told.at(|k| key(toks, i + n + k)).is_some();
            // "BÁO CÁO NHANH SỐ 09".
            let numbered = rest <= LONG_TYPE && (i + n..piece).any(|k| rules.words.number.has(key(toks, k)));
            let end = if rest <= 2 && !told || numbered || of_body && rest <= 14 { piece } else { i + n };
            self.title = Some((i, end, doc_type));
            self.end = self.end.min(piece.max(end));
        }
    }

    /// A title alone on its line whose marks a scan has damaged: "QUYÉT ĐỊNH".
    pub(super) fn damaged_title(
        &self,
        toks: &[Tok],
        rules: &HeaderRules,
        piece: Range<usize>,
    ) -> Option<(usize, usize)> {
        let words = toks.get(piece)?;
        let likely = (2..=5).contains(&words.len()) && words.iter().all(|t| t.upper) && self.motto;
        if !likely {
            return None;
        }
        let plain: Vec<String> = words.iter().map(|t| crate::patterns::header::plain(&t.key)).collect();
        let found = rules.bare_types.at(|k| plain.get(k).map_or("", String::as_str))?;
        (found.0 == words.len()).then_some(found)
    }

    /// "Nghị định⏎của Chính phủ số 15/2010/NĐ-CP" at the top of a text without any head: the number tells the title.
    pub(super) fn named_title(&mut self, s: &str, toks: &[Tok], rules: &HeaderRules) {
        if self.title.is_some() || self.motto {
            return;
        }
        let words = &rules.words;
        for i in 0..toks.len().min(12) {
            let opens = i == 0 || toks.get(i).is_some_and(|t| t.gap >= Gap::Line);
            let Some((n, doc_type)) = rules.types.at(|k| key(toks, i + k)).filter(|_| opens) else {
                continue;
            };
            let at = i + n;
            let joint = rules.bodies.at(|k| key(toks, at + k)).is_some();
            if !(joint || follows_title(key(toks, at), words)) {
                continue;
            }
            let Some(of) = (at..toks.len().min(at + 40)).find(|&j| words.number.has(key(toks, j))) else {
                continue;
            };
            let Some(number) = toks.get(of).and_then(|t| number::parse(s, t.range.end, rules)) else {
                continue;
            };
            let code = rules.titles.get(doc_type).map(|t| t.code.as_str());
            let same =
                number.type_code.as_deref().is_some_and(|c| code.is_some_and(|code| c.starts_with(code)));
            // A paragraph of its own above others; "Nghị quyết số 5-NQ/TW" has a line of its own.
            let above =
                (i + 1..toks.len().min(i + 160)).any(|j| toks.get(j).is_some_and(|t| t.gap >= Gap::Blank));
            let after = toks.partition_point(|t| t.range.start < number.range.end);
            let own_line = of > at
                || (i + 1..=at).any(|j| toks.get(j).is_some_and(|t| t.gap >= Gap::Line))
                || toks.get(after).is_some_and(|t| t.gap >= Gap::Line);
            let heading = i == 0 && of == at && titled_paragraph(toks, 0);
            if !same || number.id.is_none() || !above || !(own_line || heading) {
                continue;
            }
            self.title = Some((i, at, doc_type));
            self.by = words.whose.has(key(toks, at)).then_some(at + 1..of);
            self.end = toks.len().min(of + 120);
            // The number as the scan met it, or none for `below_title` to read.
            if let Some((known, _)) = &self.number {
                let date = self.date.as_ref().map(|(_, _, day)| day.range.end);
                let to = date.unwrap_or(number.range.end);
                let to = toks.partition_point(|t| t.range.start < to);
                self.title = (*known == of).then_some((i, to.max(at), doc_type));
            }
            if heading {
                self.number.get_or_insert((of, number));
                self.read_heading(s, toks, rules, after);
            }
            self.named = true;
            return;
        }
    }

    /// "Quyết định số 53/2003/QĐ-UB ngày 8/5/2003 của UBND tỉnh Lào Cai về việc …" as the first line of all: day and body behind
    /// the number.
    fn read_heading(&mut self, s: &str, toks: &[Tok], rules: &HeaderRules, mut at: usize) {
        if rules.words.day.has(key(toks, at))
            && self.date.is_none()
            && let Some(day) =
                toks.get(at).and_then(|t| day::parse(s, t.range.start, t.range.len(), &rules.words))
        {
            let to = toks.partition_point(|t| t.range.start < day.range.end);
            self.claim(at..to);
            self.date = Some((at..at, at, day));
            at = to;
        }
        if rules.words.whose.has(key(toks, at)) {
            let line = |j: &usize| {
                toks.get(*j).is_none_or(|t| t.gap >= Gap::Line) || rules.words.tells.has(key(toks, *j))
            };
            let end = (at + 1..toks.len()).find(line).unwrap_or(toks.len());
            self.by = Some(at + 1..end);
            at = end;
        }
        self.title = self.title.map(|(start, _, doc_type)| (start, at, doc_type));
    }

    /// "CỦA CHÍNH PHỦ SỐ 15/2010/NĐ-CP NGÀY 02 THÁNG 8 NĂM 2010" below the title: number and date in one line.
    pub(super) fn below_title(&mut self, s: &str, toks: &[Tok], rules: &HeaderRules) {
        let Some((_, at, _)) = self.title.filter(|_| self.number.is_none() && self.date.is_none()) else {
            return;
        };
        let words = &rules.words;
        if !follows_title(key(toks, at), words) {
            return;
        }
        let paragraph =
            (at + 1..toks.len().min(at + 40)).find(|&j| toks.get(j).is_some_and(|t| t.gap >= Gap::Blank));
        let end = paragraph.unwrap_or(toks.len().min(at + 40));
        let Some(i) = (at..end).find(|&j| words.number.has(key(toks, j))) else { return };
        let Some(number) = toks.get(i).and_then(|t| number::parse(s, t.range.end, rules)) else { return };
        let after = toks.partition_point(|t| t.range.start < number.range.end);
        self.claim(at..after);
        self.number = Some((i, number));
        if words.day.has(key(toks, after))
            && let Some(day) =
                toks.get(after).and_then(|t| day::parse(s, t.range.start, t.range.len(), words))
        {
            let to = toks.partition_point(|t| t.range.start < day.range.end);
            self.claim(after..to);
            self.date = Some((after..after, after, day));
            self.title = self.title.map(|(a, _, t)| (a, to, t));
        } else {
            self.title = self.title.map(|(a, _, t)| (a, after, t));
        }
    }
}

/// Whether a word right behind a type tells who decides, or that a number follows: "của", "số", "liên".
fn follows_title(word: &str, words: &HeadWords) -> bool {
    words.whose.has(word) || words.number.has(word) || words.joint.has(word)
}

/// Whether the line above is the number of a chapter: "CHƯƠNG I" over "QUY ĐỊNH CHUNG" makes that no title.
fn under_chapter(toks: &[Tok], i: usize, words: &HeadWords) -> bool {
    let above = i.checked_sub(1).and_then(|p| toks.get(p)).map(|t| t.line);
    let first = toks.get(..i).unwrap_or(&[]).iter().rev().take_while(|t| Some(t.line) == above).last();
    first.is_some_and(|t| words.chapters.iter().any(|w| t.key.starts_with(w)))
}

/// Whether the first paragraph reads as a title: short, closed by no stop, followed by a blank line or a list.
fn titled_paragraph(toks: &[Tok], i: usize) -> bool {
    let next = |j: &usize| {
        let line = toks.get(*j).is_some_and(|t| t.gap >= Gap::Line);
        let list = matches!(key(toks, *j), "1" | "i" | "a") && matches!(key(toks, j + 1), "." | "/" | ")");
        toks.get(*j).is_some_and(|t| t.gap >= Gap::Blank) || line && list
    };
    let Some(end) = (i + 1..toks.len().min(i + 70)).find(next) else { return false };
    !matches!(key(toks, end - 1), "." | ";" | ":" | ",")
}
