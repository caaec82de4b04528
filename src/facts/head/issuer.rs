//! The issuing body and the body above it: the lines of the left column before the number.

use std::ops::Range;

use super::scan::Scan;
use super::zone::{Gap, Tok, clean, pieces, span};
use crate::patterns::header::HeaderRules;
use crate::patterns::place::{Kind, Places, Unit, title_case};
use crate::patterns::spelled::Spelled;
use crate::record::Level;
use crate::words::syllable::is_syllable;

/// So many words with a capital each open a name that is written so throughout.
const TITLE_WORDS: usize = 4;

/// One body named in the head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Where it stands, with its continuation lines.
    pub range: Range<usize>,
    /// Its name as written, on one line.
    pub written: String,
}

#[derive(Debug)]
struct Found {
    runs: Vec<Range<usize>>,
    line: u32,
}

/// The bodies named before `end`, from the highest to the issuer.
pub fn bodies(
    s: &str,
    toks: &[Tok],
    scan: &Scan,
    rules: &HeaderRules,
    places: &Places,
    end: usize,
) -> Vec<Body> {
    let mut found: Vec<Found> = Vec::new();
    for piece in whole_lines(toks.get(..end).unwrap_or(&[])) {
        for run in unclaimed(piece, scan) {
            let words: Vec<&Tok> = toks.get(run.clone()).unwrap_or(&[]).iter().filter(|t| t.word).collect();
            let letters = words.iter().filter(|t| t.key.starts_with(char::is_alphabetic)).count();
            let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
            if letters == 0 || scan.stamps.iter().any(|r| r.contains(&run.start)) {
                continue;
            }
            let nth = |n: usize| words.get(n).map_or("", |t| t.key.as_str());
            let upper = words.iter().filter(|t| t.upper).count() * 10 >= words.len() * 8;
            // Names in small letters count only above a number: forms are full of "Sở hữu vốn" and "Công ty".
            let comma = toks.get(run.clone()).is_some_and(|w| w.iter().any(|t| t.key == ","));
            let dated = scan.motto && scan.date.as_ref().is_some_and(|(_, _, day)| day.whole().is_some());
            let named = |n: usize| n == letters || rules.places.at(|k| nth(n + k)).is_some();
            let council = rules.bodies.at(nth).is_some_and(|(n, _)| n > 1 && named(n));
            let small = (scan.number.is_some() || dated && council) && letters <= 12 && !comma;
            let opens = rules.bodies.at(nth).is_some() && (upper || small);
            // "NGHỊ QUYẾT TW4" goes on a name, a code alone does not.
            let coded = |t: &&Tok| t.key.bytes().any(|b| b.is_ascii_digit());
            let digits = words.iter().any(|t| t.key.starts_with(|c: char| c.is_ascii_digit()))
                || words.iter().all(coded);
            // "TỈNH …"; in small letters only below a name in small letters.
            let above_small = found
                .last()
                .and_then(|f| toks.get(f.runs.last()?.clone()))
                .is_some_and(|w| w.iter().any(|t| t.word && !t.upper));
            // "TỈNH ỦY HẬU GIANG⏎HUYỆN ỦY PHỤNG HIỆP": a committee below a committee is one of its own.
            let committee = rules.words.committees.has(nth(1))
                && found
                    .last()
                    .and_then(|f| toks.get(f.runs.first()?.start + 1))
                    .is_some_and(|t| rules.words.committees.has(&t.key));
            let goes_on = rules.places.at(nth).is_some() && (upper || above_small) && !committee;
            // "UBND HUYỆN LƯƠNG TÀI⏎XÃ TRUNG CHÍNH": a unit within the one that is named above is a body of its own.
            let above = || {
                let run = found.last().filter(|f| f.runs.len() == 1)?.runs.first()?.clone();
                level_of(s, toks, run, places)
            };
            let within = goes_on
                && level_of(s, toks, run.clone(), places)
                    .is_some_and(|own| above().is_some_and(|above| above < own));
            // "VĂN PHÒNG" alone goes on with the body that it serves.
            let office = found.last().is_some_and(|f| f.runs.len() == 1 && is_office(toks, f, rules))
                && found.len() == 1;
            // "ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH⏎SỐ 15/QĐ-SYT": the number goes on the name.
            let citing = rules.words.number.has(nth(0))
                && digits
                && found.last().is_some_and(|f| cites(toks, f, first.line, rules));
            match found.last_mut().filter(|f| first.line <= f.line + 4) {
                Some(f)
                    if citing
                        || goes_on && !within
                        || rules.words.committees_of.has(nth(0))
                            && ends_with(toks, f, &rules.words.committees)
                        || office
                        || !opens && !within && !digits && upper && first.line <= f.line + 1 =>
                {
                    f.runs.push(run);
                    f.line = last.line;
                }
                _ if opens || within => {
                    for part in split(s, toks, run, rules, places) {
                        found.push(Found { runs: vec![part], line: last.line });
                    }
                }
                _ => {}
            }
        }
    }
    found.iter().filter_map(|f| body(s, toks, f)).collect()
}

/// The level of the last unit that a run names with its type word.
fn level_of(s: &str, toks: &[Tok], run: Range<usize>, places: &Places) -> Option<Level> {
    let text = s.get(span(toks, run)?)?;
    let kind = places.mentions(text, None).into_iter().filter_map(|m| m.kind).next_back()?;
    Some(match kind {
        Kind::Province | Kind::City => Level::Province,
        Kind::District => Level::District,
        Kind::Commune => Level::Commune,
    })
}

/// The pieces of the head; a line of one word goes with the next of its cell ("ỦY⏎BAN NHÂN DÂN").
fn whole_lines(toks: &[Tok]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for piece in pieces(toks, Gap::Wide) {
        let cell = |i: usize| toks.get(i).map(|t| t.cell);
        let goes_on = |last: &&mut Range<usize>| {
            let one = toks.get((*last).clone()).is_some_and(|w| w.len() == 1 && w.iter().all(|t| t.upper));
            one && cell(last.start) == cell(piece.start)
                && toks.get(piece.start).is_some_and(|t| t.gap == Gap::Line)
        };
        match out.last_mut().filter(goes_on) {
            Some(last) => last.end = piece.end,
            None => out.push(piece),
        }
    }
    out
}

/// Whether a name breaks off with a word: "CHỦ TỊCH ỦY⏎BAN NHÂN DÂN".
fn ends_with(toks: &[Tok], found: &Found, words: &Spelled) -> bool {
    found.runs.last().and_then(|r| toks.get(r.clone())?.last()).is_some_and(|t| words.has(&t.key))
}

/// Whether a name ends with the kind of a document on the line above.
fn cites(toks: &[Tok], found: &Found, line: u32, rules: &HeaderRules) -> bool {
    let last = found.runs.last().and_then(|r| toks.get(r.clone())?.last());
    found.line + 1 >= line && last.is_some_and(|t| rules.words.citing_bodies.has(&t.key))
}

/// Whether the bodies of a head are joined by dashes, at the ends of lines or between them.
pub fn are_joint(s: &str, bodies: &[Body]) -> bool {
    let dash = |c: char| matches!(c, '-' | '–');
    bodies.len() >= 2
        && bodies.windows(2).any(|pair| {
            let [a, b] = pair else { return false };
            let between = s.get(a.range.end..b.range.start).unwrap_or("");
            let tail = s.get(a.range.clone()).unwrap_or("");
            between.trim().len() <= 3 && (tail.trim_end().ends_with(dash) || between.trim().starts_with(dash))
        })
}

fn is_office(toks: &[Tok], found: &Found, rules: &HeaderRules) -> bool {
    let words = found
        .runs
        .iter()
        .filter_map(|r| toks.get(r.clone()))
        .flatten()
        .filter(|t| t.word)
        .map(|t| t.key.as_str());
    rules.words.offices.iter().any(|w| words.clone().eq(w.split(' ')))
}

fn body(s: &str, toks: &[Tok], found: &Found) -> Option<Body> {
    let start = span(toks, found.runs.first()?.clone())?.start;
    let end = span(toks, found.runs.last()?.clone())?.end;
    let parts: Vec<String> =
        found.runs.iter().filter_map(|r| Some(clean(s.get(span(toks, r.clone())?)?))).collect();
    let written = parts.join(" ");
    let written = written.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned();
    (!written.is_empty()).then_some(Body { range: start..end, written })
}

/// The runs of a piece that no other mark of the head has claimed.
fn unclaimed(piece: Range<usize>, scan: &Scan) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for i in piece {
        if scan.claimed.get(i).copied().unwrap_or(true) {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end == i => last.end = i + 1,
            _ => out.push(i..i + 1),
        }
    }
    out
}

/// Two bodies merged on one line: the second begins after a place's name, a ministry's name or a wider gap.
fn split(
    s: &str,
    toks: &[Tok],
    run: Range<usize>,
    rules: &HeaderRules,
    places: &Places,
) -> Vec<Range<usize>> {
    let Some(bytes) = span(toks, run.clone()) else { return vec![run] };
    let text = s.get(bytes.clone()).unwrap_or("");
    let mut ends: Vec<usize> = places
        .mentions(text, None)
        .into_iter()
        .filter(|m| m.kind.is_some() || matches!(m.unit, Unit::Province(_)))
        .map(|m| bytes.start + m.range.end)
        .collect();
    let key = |i: usize| toks.get(i).map_or("", |t| t.key.as_str());
    if rules.words.ministries.has(key(run.start))
        && let Some((n, _)) = rules.names.at(|n| key(run.start + 1 + n))
        && let Some(t) = toks.get(run.start + n)
    {
        ends.push(t.range.end);
    }
    let mut out = Vec::new();
    let mut from = run.start;
    for i in run.start + 1..run.end {
        let Some(tok) = toks.get(i) else { break };
        let previous_end = toks.get(i - 1).map_or(0, |t| t.range.end);
        let parted = matches!(tok.gap, Gap::Double | Gap::Wide) || ends.contains(&previous_end);
        if parted && tok.upper && rules.bodies.at(|n| key(i + n)).is_some() {
            out.push(from..i);
            from = i;
        }
    }
    out.push(from..run.end);
    out
}

/// A body's name in full and in the case of running text: "UBND TỈNH LÀO CAI" is "Ủy ban nhân dân tỉnh Lào Cai".
///
/// Names that are not written in capitals keep their case; abbreviations are written out in both.
pub fn in_full(written: &str, rules: &HeaderRules, places: &Places) -> String {
    let toks = super::zone::words(written);
    let upper =
        toks.iter().filter(|t| t.word && t.upper).count() * 10 >= toks.iter().filter(|t| t.word).count() * 8;
    let place_at: Vec<Range<usize>> = places.mentions(written, None).into_iter().map(|m| m.range).collect();
    let upper = upper || every_syllable_has_a_capital(&toks, written, &place_at);
    let mut out = String::with_capacity(written.len() * 2);
    let mut end = 0;
    let mut i = 0;
    // Index of the word after "Cục", "Trung tâm": it has a capital.
    let mut after_head = None;
    while let Some(tok) = toks.get(i) {
        let key = |n: usize| toks.get(i + n).map_or("", |t| t.key.as_str());
        let second = i > 0 && toks.get(i - 1).is_some_and(|t| matches!(t.key.as_str(), "-" | "–"));
        let capital = after_head == Some(i) && rules.places.at(key).is_none()
            || second && rules.bodies.at(key).is_some();
        after_head = rules.heads.at(key).map_or(after_head, |(n, _)| Some(i + n));
        let between = written.get(end..tok.range.start).unwrap_or("");
        let mut n = 1;
        let named = place_at.iter().find(|r| r.start == tok.range.start);
        let word = if let Some(range) = named {
            n = toks.get(i..).map_or(1, |t| t.iter().take_while(|t| t.range.start < range.end).count());
            let name = written.get(range.clone()).unwrap_or("");
            // Where capitals were lost ("tỉnh an giang") a place still has them.
            if upper || name.starts_with(char::is_lowercase) { title_case(name) } else { name.to_owned() }
        } else if let Some((len, at)) = rules.expand.at(key).filter(|_| tok.upper || upper) {
            n = len + usize::from(toks.get(i + len).is_some_and(|t| t.key == "."));
            rules.longs.get(at).cloned().unwrap_or_default()
        } else if let Some((len, at)) = rules
            .names
            .at(|k| nth_word(&toks, i, k).and_then(|n| toks.get(n)).map_or("", |t| t.key.as_str()))
            .filter(|_| upper && tok.word)
        {
            n = nth_word(&toks, i, len - 1).map_or(1, |last| last + 1 - i);
            rules.proper.get(at).cloned().unwrap_or_default()
        } else {
            let word = written.get(tok.range.clone()).unwrap_or("");
            // Abbreviations are no syllables and keep their capitals: TNHH, CNTT, QĐ.
            let small = word.to_lowercase();
            let code = word.chars().all(|c| c.is_ascii() || c == 'Đ') && !is_syllable(&small);
            if !upper || code {
                word.to_owned()
            } else if capital {
                first_capital(&small)
            } else {
                small
            }
        };
        let between = if i > 0 && between.is_empty() && n > 1 && out.ends_with(char::is_alphanumeric) {
            " "
        } else {
            between
        };
        out.push_str(between);
        // "TP.CẦN THƠ": the full stop of an abbreviation gives way to a space.
        if i > 0 && between.is_empty() && tok.word && out.ends_with(char::is_alphanumeric) {
            out.push(' ');
        }
        out.push_str(&word);
        end = toks.get(i + n - 1).map_or(tok.range.end, |t| t.range.end);
        i += n;
    }
    first_capital(&out)
}

/// "Ủy Ban Nhân Dân thành phố": a letterhead with a capital on every syllable says no more than one in capitals.
fn every_syllable_has_a_capital(toks: &[Tok], written: &str, places: &[Range<usize>]) -> bool {
    let opening: Vec<&Tok> = toks.iter().filter(|t| t.word).take(TITLE_WORDS).collect();
    let title = |t: &&Tok| {
        let mut letters = written.get(t.range.clone()).unwrap_or("").chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    let place = |t: &&Tok| places.iter().any(|p| p.contains(&t.range.start));
    opening.len() == TITLE_WORDS && opening.iter().all(|t| title(t) && !place(t))
}

/// The index of a word some words on, past the marks inside a name: "Văn hóa, Thể thao", "Lao động - Thương binh".
fn nth_word(toks: &[Tok], from: usize, words: usize) -> Option<usize> {
    let mark = |t: &Tok| matches!(t.key.as_str(), "-" | "–" | ",");
    let rest = toks.get(from..)?.iter().enumerate().take_while(|(_, t)| t.word || mark(t));
    rest.filter(|(_, t)| t.word).nth(words).map(|(n, _)| from + n)
}

/// A text with a capital at its beginning.
pub fn first_capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
