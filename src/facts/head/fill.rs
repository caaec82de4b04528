//! What the head leaves open and another place of the document says: a number printed over its blank, the issuer in
//! the first sentence, number and date on the document's own appendix. Each says so in a warning.

use super::doubt::Doubts;
use super::scan::Scan;
use super::zone::{Gap, Tok};
use std::ops::Range;

use super::{Header, day, forth, issuer, number, scan, zone};
use crate::patterns::header::{HeadWords, HeaderRules};
use crate::patterns::place::Places;
use crate::words::lines::Lines;
use crate::words::tokens::Tokens;

/// How far down the day of a page stands, in bytes; how long its line may be, and how many letters it has beside the day.
const POSTED: usize = 1500;
const POSTED_LINE: usize = 110;
const POSTED_LETTERS: usize = 24;
const POSTED_LABELS: usize = 56;
/// How far from the end of a text the newspaper is named that it stood in, in bytes.
const CREDIT: usize = 400;
/// How far about the end of the head the first sentence of minutes may stand, in bytes.
const OPENING: usize = 3000;
/// Most tokens from "Hôm nay" to its day.
const TO_DAY: usize = 16;

/// " - 09:15", " | 16h42": the time of day behind a date.
fn begins_with_clock(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '-', '|', ',', '–', '—']);
    let digits = |t: &str| t.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(rest);
    let minutes = rest.get(hours..).and_then(|t| t.strip_prefix([':', 'h', 'g']));
    (1..=2).contains(&hours) && minutes.is_some_and(|m| digits(m) == 2)
}

/// ", 09:25:27": a time of day to the second behind a date.
fn has_seconds(rest: &str) -> bool {
    let clock =
        |w: &[u8]| matches!(w, [b':', a, b, b':', c, d] if [a, b, c, d].iter().all(|x| x.is_ascii_digit()));
    begins_with_clock(rest) && rest.as_bytes().windows(6).any(clock)
}

/// The day on which a text was put out, on a line; a long one must say so.
fn posted_in(s: &str, line: &Range<usize>, long: bool, words: &HeadWords) -> Option<day::Day> {
    let bytes = s.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let starts = line.clone().filter(|&at| digit(at) && !at.checked_sub(1).is_some_and(digit));
    // "Người đăng: BBT. Ngày đăng: 17/10/2019. Lượt xem: 213": of a row of labels one is that of the day.
    let labelled = |at: usize| s.get(line.start..at).is_some_and(|t| t.trim_end().ends_with(':'));
    let row = s.get(line.clone()).is_some_and(|t| t.matches(':').count() > 1);
    // "Thứ Tư, 08/04/2026 - 09:15 - Văn phòng UBND xã": a clock stands behind a day on which something was put out.
    let dated = |at: usize| day::parse(s, at, 0, words).filter(|d| d.whole().is_some());
    let clocked = |end: usize| s.get(end..line.end).is_some_and(begins_with_clock);
    // "Cập nhật ngày 14/11/2013   In trang", "Số ra ngày thứ năm, 10-10-1996   Trang 1".
    let led = |at: usize| {
        let before = s.get(line.start..at).unwrap_or("").trim_start().to_lowercase();
        let opens = |at: usize| before.get(..at).is_some_and(|b| b.is_empty() || b.ends_with(", "));
        words.posted_leads.iter().any(|lead| before.match_indices(lead).any(|(at, _)| opens(at)))
    };
    // "(từ 16/9/2019 đến 22/9/2019)": a span of days, of which the text tells.
    let parts = |text: &str| {
        let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
        let slash = text
            .as_bytes()
            .windows(3)
            .any(|w| w.get(1) == Some(&b'/') && digit(w.first()) && digit(w.last()));
        slash && !text.contains([':', '|'])
    };
    let is_span = |at: usize, end: usize| {
        let (before, behind) = (s.get(line.start..at).unwrap_or(""), s.get(end..line.end).unwrap_or(""));
        parts(before) || parts(behind)
    };
    starts
        .filter_map(|at| dated(at).map(|d| (at, d)))
        .filter(|(at, d)| !is_span(*at, d.range.end))
        .find(|(at, d)| !long || row && labelled(*at) || clocked(d.range.end) || led(*at))
        .map(|(_, day)| day)
}

impl Header {
    /// A number that the registry wrote over the blank comes as a line of its own beside it.
    pub(super) fn overlay(&mut self, s: &str, toks: &[Tok], scan: &Scan, rules: &HeaderRules) {
        let Some((at, number)) = &scan.number else { return };
        let after = toks.partition_point(|t| t.range.start < number.range.end);
        let alone = |i: usize| {
            let opens = toks.get(i).is_some_and(|t| t.gap >= Gap::Wide && (2..=6).contains(&t.key.len()));
            let digits = toks.get(i).is_some_and(|t| t.key.bytes().all(|b| b.is_ascii_digit()));
            opens && digits && toks.get(i + 1).is_none_or(|t| t.gap >= Gap::Wide)
        };
        let found = [at.checked_sub(1), Some(after)].into_iter().flatten().find(|&i| alone(i));
        let Some(digits) = found.and_then(|i| toks.get(i)).and_then(|t| s.get(t.range.clone())) else {
            return;
        };
        let symbol = s.get(number.range.clone()).unwrap_or("");
        let whole = number::parse(&format!("{digits}{symbol}"), 0, rules).filter(|n| n.id.is_some());
        if let Some(whole) = whole {
            (self.metadata.id, self.number_year) = (whole.id, whole.year);
            self.metadata.number = Some(digits.to_owned());
            self.warn("number_overlaid", "the document's number stands beside the blank left for it");
        }
    }

    /// The title of a web page without any header: its own, the `title` of its front matter or its first Markdown heading.
    pub(super) fn page_title(&mut self, s: &str, title: Option<Range<usize>>) {
        let m = &self.metadata;
        if m.subject.is_some() || m.doc_type.is_some() || self.frame.header.is_some() {
            return;
        }
        if let Some(title) = title {
            self.metadata.subject = s.get(title.clone()).map(zone::clean).filter(|t| !t.is_empty());
            self.subject_range = Some(title);
            return;
        }
        let front = s.starts_with("---");
        for line in crate::words::lines::lines(s).take(40).filter(|l| !l.is_empty()) {
            let text = s.get(line.clone()).unwrap_or("");
            let title = match text.strip_prefix("title:") {
                Some(title) if front => title,
                _ => match text.strip_prefix("# ") {
                    Some(title) => title,
                    None => continue,
                },
            };
            let title =
                title.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '#' | '*'));
            if !title.is_empty() {
                self.metadata.subject = Some(zone::clean(title));
                self.subject_range = line.end.checked_sub(title.len()).map(|_| line.clone());
            }
            return;
        }
    }

    /// Without an issuer in the head: the line that names who decides, or who reports in the first sentence.
    pub(super) fn self_named(
        &mut self,
        s: &str,
        toks: &[Tok],
        scan: &Scan,
        after: usize,
        rules: &HeaderRules,
        places: &Places,
    ) {
        if self.metadata.issuer.is_some() || scan.title.is_none() {
            return;
        }
        if let Some(by) = &scan.by
            && rules.bodies.at(|n| scan::key(toks, by.start + n)).is_some()
            && let Some(range) = zone::span(toks, by.clone())
        {
            let written = zone::clean(s.get(range.clone()).unwrap_or(""));
            self.metadata.issuer = Some(issuer::in_full(&written, rules, places));
            self.issuer_range = Some(range);
            return;
        }
        let line = zone::pieces(toks.get(after..).unwrap_or(&[]), Gap::Wide)
            .into_iter()
            .take(3)
            .map(|p| p.start + after..p.end + after)
            .filter(|p| !scan.stamps.iter().any(|r| r.contains(&p.start)))
            .map(|p| {
                // "THỦ TƯỚNG CHÍNH PHỦ điện:"
                let verb = (p.end.saturating_sub(2)..p.end)
                    .find(|&i| rules.words.wires.has(scan::key(toks, i)) && i > p.start);
                p.start..verb.unwrap_or(p.end)
            })
            .find(|p| toks.get(p.clone()).is_some_and(|w| w.iter().filter(|t| t.word).all(|t| t.upper)));
        if let Some(run) = line {
            let chair = rules.words.chair.has(scan::key(toks, run.start))
                && rules.words.chaired.has(scan::key(toks, run.start + 1));
            let skip = if chair { 2 } else { 0 };
            let run = run.start + skip..run.end;
            let opens = rules.bodies.at(|n| scan::key(toks, run.start + n)).is_some();
            if let Some(range) = zone::span(toks, run).filter(|_| opens) {
                let written = zone::clean(s.get(range.clone()).unwrap_or(""));
                self.metadata.issuer = Some(issuer::in_full(&written, rules, places));
                self.issuer_range = Some(range);
                return;
            }
        }
        self.reporting(s, toks, after, rules, places);
    }

    /// "…; Ủy ban nhân dân huyện Yên Thành báo cáo như sau:"
    fn reporting(&mut self, s: &str, toks: &[Tok], after: usize, rules: &HeaderRules, places: &Places) {
        let words = &rules.words;
        let verb = |i: usize| {
            words.reports.has(scan::key(toks, i))
                && words.reported.has(scan::key(toks, i + 1))
                && toks.get(i).is_some_and(|t| !t.capital)
        };
        for i in (after..toks.len()).filter(|&i| verb(i)) {
            let mut from = i;
            while from > after
                && i - from < 14
                && toks.get(from - 1).is_some_and(|t| t.word || matches!(t.key.as_str(), "-" | "&"))
                && toks.get(from).is_some_and(|t| t.gap < Gap::Blank)
            {
                from -= 1;
            }
            // "xin báo cáo", "kính báo cáo" belong to the verb.
            let mut to = i;
            while to > from && words.report_leads.has(scan::key(toks, to - 1)) {
                to -= 1;
            }
            let opens = rules.bodies.at(|n| scan::key(toks, from + n)).is_some()
                && toks.get(from).is_some_and(|t| t.capital);
            let after_stop = from > 0 && matches!(scan::key(toks, from - 1), ";" | "," | "." | ":");
            let then =
                (i + 2..i + 8).map(|j| scan::key(toks, j)).any(|w| w == ":" || words.report_ends.has(w));
            if opens
                && (after_stop || toks.get(from).is_some_and(|t| t.gap >= Gap::Line))
                && then
                && to > from + 1
            {
                let Some(range) = zone::span(toks, from..to) else { return };
                let written = zone::clean(s.get(range.clone()).unwrap_or(""));
                self.metadata.issuer = Some(issuer::in_full(&written, rules, places));
                self.issuer_range = Some(range);
                self.warn(
                    "issuer_from_body",
                    "the header names no issuer; it is taken from the first sentence of the body",
                );
                return;
            }
        }
    }

    /// The day on which a page was put out: the first full date on a short line at its top; that of the newspaper named at its
    /// end, "(Báo ảnh Đất Mũi, số ra ngày 28/8/2009)", or that on which its end says it was put out.
    pub(super) fn posted(&mut self, s: &str, from: usize, words: &HeadWords) {
        if self.metadata.issue_date.is_some() || self.date_range.is_some() {
            return;
        }
        let top = from..forth(s, from, POSTED);
        let lines = |part: Range<usize>| {
            // The line in which it begins counts where nothing but space stands before.
            let before = s.as_bytes().get(..part.start).unwrap_or_default();
            let line = memchr::memrchr2(b'\n', b'\x0c', before).map_or(0, |at| at + 1);
            Lines::from(s.get(..part.end).unwrap_or(""), line).skip_while(move |l| l.start < part.start)
        };
        let letters = |line: &Range<usize>| {
            s.get(line.clone()).unwrap_or("").chars().filter(|c| c.is_alphabetic()).count()
        };
        let digit =
            |line: &Range<usize>| s.get(line.clone()).is_some_and(|t| t.bytes().any(|b| b.is_ascii_digit()));
        let short =
            |line: &Range<usize>| line.len() <= POSTED_LINE && digit(line) && letters(line) <= POSTED_LABELS;
        let bottom = forth(s, s.len().saturating_sub(CREDIT), 0).max(top.end)..s.len();
        let mut dated = lines(top).filter(short).filter_map(|line| {
            let day = posted_in(s, &line, letters(&line) > POSTED_LETTERS, words)?;
            let runs = s.get(day.range.end..line.end).is_some_and(has_seconds);
            Some((posted_in(s, &line, true, words).is_some(), runs, day))
        });
        let first = dated.next();
        // The clock of a site stands over the menu, and runs on after the text was put out: what says so counts. One that shows
        // the seconds runs, or stood still when the page was kept.
        let said = first.as_ref().filter(|(says, runs, _)| !says || *runs).and_then(|(_, runs, clock)| {
            dated.find(|(says, _, day)| *says && (*runs || day.whole() < clock.whole()))
        });
        let found = said.or(first).map(|(_, _, day)| day).or_else(|| {
            lines(bottom).filter(short).find_map(|line| {
                let text = s.get(line.clone()).unwrap_or("").trim_start();
                let says = || words.posted_leads.iter().any(|lead| text.to_lowercase().starts_with(lead));
                posted_in(s, &line, true, words).filter(|_| text.starts_with('(') || says())
            })
        });
        if let Some(day) = found {
            self.posted_date = day.whole();
            self.posted = Some(day.range);
        }
    }

    /// Minutes (biên bản) have no line of place and date: "Hôm nay, vào hồi 8 giờ 30 ngày 14 tháng 7 năm 2016, tại …".
    pub(super) fn minutes(&mut self, s: &str, from: usize, words: &HeadWords, doubts: &Doubts) {
        if self.metadata.doc_type.as_deref() != Some("BB") || self.metadata.issue_date.is_some() {
            return;
        }
        let toks = zone::tokens(
            s,
            &Tokens::default(),
            forth(s, from.saturating_sub(OPENING), 0)..forth(s, from, OPENING),
        );
        let today =
            |i: usize| words.today.has(scan::key(&toks, i)) && words.todays.has(scan::key(&toks, i + 1));
        let Some(at) = (0..toks.len()).find(|&i| today(i)) else { return };
        let days = (at + 2..toks.len().min(at + TO_DAY)).filter(|&i| words.day.has(scan::key(&toks, i)));
        let day = days.filter_map(|i| toks.get(i)).find_map(|t| {
            day::parse(s, t.range.start, t.range.len(), words)
                .filter(|d| d.whole().is_some() && !doubts.holds(&d.range))
        });
        if let Some(day) = day {
            self.metadata.issue_date = day.whole();
            self.date_range = Some(day.range);
            self.warn(
                "date_from_opening",
                "minutes without a date in the head; it is that of their first sentence",
            );
        }
    }

    /// "(Kèm theo Báo cáo số 350/BC-VP ngày 19/3/2018 …)" on an appendix gives what the head left blank.
    pub(super) fn own_mention(
        &mut self,
        s: &str,
        scan: &Scan,
        rules: &HeaderRules,
        from: usize,
        doubts: &Doubts,
    ) {
        let m = &self.metadata;
        if m.doc_type.is_none() || m.id.is_some() && m.issue_date.is_some() {
            return;
        }
        let (Some(code), Some(symbol)) = (m.doc_type.clone(), m.symbol.clone().or_else(|| m.id.clone()))
        else {
            return;
        };
        let Some(rest) = s.as_bytes().get(from..) else { return };
        let words = &rules.words;
        // Without the first letter, which may be a capital.
        let tail = |w: &str| w.chars().skip(1).chain([' ']).collect();
        let attached: Vec<String> = words.attached.iter().map(tail).collect();
        let found = attached.iter().flat_map(|w| memchr::memmem::find_iter(rest, w));
        for at in found.take(20) {
            let at = from + at;
            let end = forth(s, at, 240);
            let toks = zone::tokens(s, &Tokens::default(), at..end);
            let Some(i) = toks.iter().position(|t| words.number.has(&t.key)) else { continue };
            let named = (0..i).any(|j| {
                rules
                    .types
                    .at(|n| scan::key(&toks, j + n))
                    .and_then(|(_, t)| rules.titles.get(t))
                    .is_some_and(|t| t.code == code)
            });
            let Some(number) = toks.get(i).and_then(|t| number::parse(s, t.range.end, rules)) else {
                continue;
            };
            let same = match &self.metadata.id {
                Some(id) => number.id.as_ref() == Some(id),
                None => number.symbol.as_deref() == Some(symbol.as_str()),
            };
            if !named || !same || number.id.is_none() || doubts.holds(&number.range) {
                continue;
            }
            let day = toks
                .iter()
                .find(|t| words.day.has(&t.key) && t.range.start >= number.range.end)
                .and_then(|t| day::parse(s, t.range.start, t.range.len(), words));
            // Another document of the same kind and body bears another date.
            let iso = day.and_then(|d| d.whole());
            let own_date = self.metadata.issue_date;
            let written = scan.date.as_ref().and_then(|(_, _, d)| d.year);
            let other_date = own_date.is_some() && iso.is_some() && own_date != iso;
            let of_year = |y: i32| {
                iso.is_some_and(|d| i32::from(d.year()) == y)
                    || number.id.as_ref().is_some_and(|id| id.contains(&y.to_string()))
            };
            if other_date || iso.is_none() && own_date.is_some() || written.is_some_and(|y| !of_year(y)) {
                continue;
            }
            if self.metadata.id.is_none() {
                self.metadata.id.clone_from(&number.id);
                self.number_year = number.year;
                self.metadata.number.clone_from(&number.number);
                self.warn(
                    "number_from_appendix",
                    "the header's number is blank; it is taken from the document's mention on its appendix",
                );
            }
            if let (None, Some(iso)) = (&self.metadata.issue_date, iso) {
                self.metadata.issue_date = Some(iso);
                self.warn(
                    "date_from_appendix",
                    "the header's date is blank; it is taken from the document's mention on its appendix",
                );
            }
            return;
        }
    }
}
