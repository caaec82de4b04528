//! Traps: numerals that are no quantity. Strong ones (standards, web addresses, articles) claim before references and
//! dates do, weak ones after them.
//!
//! "theo khoản 2 Điều 5", "QCVN 01:2019/BCT", "mức độ 3, 4", "13h30".

use std::ops::Range;

use super::Work;
use super::ledger::Owner;
use crate::patterns::rule::RuleId;
use crate::patterns::traps::Phase;
use crate::reader::{Cell, MarkKind, Row};
use crate::record::SectionKind;
use crate::structure::section::Outline;
use crate::words::fold::fold_key;
use crate::words::shadow::{ceil_boundary, floor_boundary};
use crate::words::token::{Case, Gap, Kind};

/// How far an expression may reach to either side of its anchor, in bytes.
const REACH: usize = 160;
/// Most members of a list ("khoản 1, 2, 3").
const LIST: usize = 40;

/// Claims what layout says: raised numbers, page numbers, stamps, navigation.
pub fn layout(work: &mut Work) {
    let traps = &work.patterns.traps;
    let marks: Vec<(RuleId, Range<usize>)> = work
        .text
        .marks
        .iter()
        .filter_map(|m| {
            let rule = match m.kind {
                MarkKind::Superscript => traps.superscript,
                MarkKind::RunningHead | MarkKind::PageNumber => traps.page_number,
                MarkKind::Unreadable => traps.unreadable,
                _ => return None,
            };
            Some((rule, m.range.clone()))
        })
        .collect();
    for (rule, range) in marks {
        claim_bytes(work, range, rule);
    }
    page_numbers(work);
    row_numbers(work);
}

/// The running numbers of table rows: 1, 2, 3 … down the first column.
fn row_numbers(work: &mut Work) {
    let rule = work.patterns.traps.row_number;
    let heads = &work.patterns.tables.row_numbers;
    let text = work.text;
    for table in &text.tables {
        let first = |row: &Row| {
            row.cells.first().filter(|c| c.column == 0 && !c.range.is_empty()).map(|c| c.range.clone())
        };
        let cells: Vec<Range<usize>> = table.rows.iter().filter_map(first).collect();
        // "1|Cửa khẩu A||||": nothing but a name stands behind it.
        let empty = |cell: &Cell| text.slice(cell.range.clone()).trim().is_empty();
        let named = |row: &&Row| row.cells.len() > 2 && row.cells.iter().skip(2).all(empty);
        let lone: Vec<usize> =
            table.rows.iter().filter(named).filter_map(first).map(|range| range.start).collect();
        let number =
            |range: &Range<usize>| text.slice(range.clone()).trim().trim_end_matches('.').parse::<u32>().ok();
        let titled = cells.iter().take(3).any(|c| heads.contains(&fold_key(text.slice(c.clone()).trim())));
        let numbers: Vec<u32> = cells.iter().filter_map(number).collect();
        let runs = numbers.windows(2).filter(|w| matches!(w, [a, b] if *b == a + 1 || *b == 1)).count();
        let counting = match numbers.as_slice() {
            [1, 2] => true,
            [1, _, _, ..] => runs * 5 >= (numbers.len() - 1) * 4,
            _ => false,
        };
        // "6." is a mark, whatever stands above it.
        let marked = |cell: &Range<usize>| text.slice(cell.clone()).trim().ends_with('.');
        let is_mark =
            |c: &Range<usize>| titled || counting || marked(c) || lone.binary_search(&c.start).is_ok();
        for cell in cells.iter().filter(|c| number(c).is_some() && is_mark(c)) {
            claim_bytes(work, cell.clone(), rule);
        }
    }
}

/// Claims the numbers in the marks of the outline ("2.1.", "Điều 5.").
pub fn labels(work: &mut Work, outline: &[Outline]) {
    let traps = &work.patterns.traps;
    let (list_mark, article) = (traps.list_mark, traps.article);
    for part in outline {
        let Some(label) = part.label.clone() else { continue };
        let rule = if matches!(
            part.kind,
            SectionKind::Article | SectionKind::Chapter | SectionKind::Part | SectionKind::Appendix
        ) {
            article
        } else {
            list_mark
        };
        claim_bytes(work, label, rule);
    }
}

/// A lone number between two breaks of page or paragraph, that follows from page to page, is a page number.
fn page_numbers(work: &mut Work) {
    let rule = work.patterns.traps.page_number;
    let text = work.text.s();
    let lone: Vec<usize> = work
        .ledger
        .numerals()
        .iter()
        .filter(|n| n.end == n.first + 1)
        .map(|n| n.first)
        .filter(|&i| {
            let (Some(token), next) = (work.token(i), work.token(i + 1)) else { return false };
            let edge = |from: usize, to: usize| text.get(from..to).is_some_and(|gap| gap.contains('\u{c}'));
            let before = i.checked_sub(1).and_then(|p| work.token(p)).map_or(0, |t| t.end as usize);
            let after = next.map_or(text.len(), |t| t.start as usize);
            token.bytes() <= 4
                && token.gap >= Gap::Line
                && next.is_none_or(|t| t.gap >= Gap::Line)
                && (edge(before, token.start as usize) || edge(token.end as usize, after))
        })
        .collect();
    for i in lone {
        work.ledger.claim(i..i + 1, Owner::Trap, rule);
    }
}

/// Tries the strong traps.
pub fn strong(work: &mut Work) {
    let patterns = work.patterns;
    anchored(work, &patterns.traps.first);
    at_numerals(work, &patterns.traps.first);
    phrases(work, &patterns.traps.first);
}

/// Tries the weak traps, then claims digits inside words.
pub fn weak(work: &mut Work) {
    let patterns = work.patterns;
    anchored(work, &patterns.traps.last);
    at_numerals(work, &patterns.traps.last);
    phrases(work, &patterns.traps.last);
    in_words(work);
}

/// Gives the number tokens inside a byte range to a trap.
pub fn claim_bytes(work: &mut Work, range: Range<usize>, rule: RuleId) {
    claim_as(work, range, Owner::Trap, rule);
}

/// Gives the number tokens inside a byte range to an owner.
pub fn claim_as(work: &mut Work, range: Range<usize>, owner: Owner, rule: RuleId) {
    let first = work.token_at(range.start);
    let end = work.token_at(range.end);
    for i in first..end {
        if work.token(i).is_some_and(|t| t.kind == Kind::Number) {
            work.ledger.claim(i..i + 1, owner, rule);
        }
    }
}

/// Tries the expressions around their anchors.
fn anchored(work: &mut Work, phase: &Phase) {
    let s = work.text.s();
    let mut claimed: Vec<(Range<usize>, RuleId)> = Vec::new();
    for i in work.tokens.hinted(phase.anchors.hint, 0..work.tokens.len()) {
        let Some((n, &rule_id)) = phase.anchors.at(&work.tokens, i) else { continue };
        let hit = work.bytes(i..i + n);
        if claimed.iter().rev().take(4).any(|(r, id)| *id == rule_id && r.contains(&hit.start)) {
            continue;
        }
        let window = window(s, hit.start, hit.end);
        // Without a figure there is nothing to claim.
        let Some(slice) = s.get(window.clone()).filter(|w| w.bytes().any(|b| b.is_ascii_digit())) else {
            continue;
        };
        let Some(regex) = work.patterns.rules.get(rule_id).and_then(|r| r.regex.as_ref()?.get()) else {
            continue;
        };
        for found in regex.find_iter(slice) {
            let range = window.start + found.start()..window.start + found.end();
            if range.start > hit.start {
                break;
            }
            if range.end >= hit.end {
                claimed.push((range, rule_id));
                break;
            }
        }
    }
    for (range, rule) in claimed {
        if stands(work, rule, work.token_at(range.end)) {
            claim_bytes(work, range, rule);
        }
    }
}

/// Tries the expressions that begin at a numeral.
fn at_numerals(work: &mut Work, phase: &Phase) {
    let s = work.text.s();
    let mut claimed: Vec<(Range<usize>, RuleId)> = Vec::new();
    let mut past = 0;
    for numeral in work.ledger.numerals() {
        let bytes = work.bytes(numeral.first..numeral.end);
        if bytes.start < past
            || !work.ledger.free(numeral.first..numeral.end)
            || in_chain(work, numeral.first)
        {
            continue;
        }
        let (Some(from), Some(behind)) = (s.get(bytes.start..), s.get(bytes.end..)) else { continue };
        let behind = behind.strip_prefix(' ').unwrap_or(behind);
        for rule in phase.likely_at(from, behind) {
            let Some(regex) = work.patterns.rules.get(rule.rule).and_then(|r| r.regex.as_ref()?.get()) else {
                continue;
            };
            let end = window(s, bytes.start, bytes.end).end;
            if let Some(found) = s.get(bytes.start..end).and_then(|slice| regex.find(slice)) {
                past = bytes.start + found.end();
                claimed.push((bytes.start..past, rule.rule));
                break;
            }
        }
    }
    for (range, rule) in claimed {
        claim_bytes(work, range, rule);
    }
}

/// Whether a numeral goes on with a chain of numerals about slashes: the "1/2000" of "1/1/2000" is no scale.
fn in_chain(work: &Work, at: usize) -> bool {
    let (Some(slash), Some(before)) = (at.checked_sub(1), at.checked_sub(2)) else { return false };
    work.token(at).is_some_and(|t| t.gap == Gap::Glued)
        && work.token(slash).is_some_and(|t| t.is('/') && t.gap == Gap::Glued)
        && work.token(before).is_some_and(|t| t.kind == Kind::Number)
}

/// The stretch around an anchor on its own line, cut at character boundaries.
fn window(s: &str, start: usize, end: usize) -> Range<usize> {
    let mut low = ceil_boundary(s, start.saturating_sub(REACH));
    let mut high = floor_boundary(s, end + REACH);
    let bytes = s.as_bytes();
    if let Some(n) = bytes.get(low..start).and_then(|b| memchr::memrchr(b'\n', b)) {
        low += n + 1;
    }
    if let Some(n) = bytes.get(end..high).and_then(|b| memchr::memchr(b'\n', b)) {
        high = end + n;
    }
    low..high
}

/// Tries the phrases at every free numeral.
fn phrases(work: &mut Work, phase: &Phase) {
    let numerals = work.ledger.numerals().to_vec();
    for (n, numeral) in numerals.iter().enumerate() {
        if !work.ledger.free(numeral.first..numeral.end) {
            continue;
        }
        let hit = phase
            .before
            .before(&work.tokens, numeral.first)
            .filter(|(len, _)| whole_word(work, numeral.first - len))
            .filter(|(len, _)| {
                let longer = work.patterns.traps.unless_before.before(&work.tokens, numeral.first);
                longer.is_none_or(|(n, ())| n <= *len)
            })
            .or_else(|| phase.after.at(&work.tokens, numeral.end));
        let Some(&rule) = hit.map(|(_, rule)| rule) else { continue };
        // "km2" is a unit, no kilometre post.
        let power = matches!(work.word(numeral.first), "2" | "3")
            && work.token(numeral.first).is_some_and(|t| t.gap == Gap::Glued)
            && numeral.first.checked_sub(1).is_some_and(|i| matches!(work.word(i), "km" | "Km" | "KM" | "m"));
        // "hệ số phụ cấp 0,7": no label is less than one.
        let part = numeral.end - numeral.first == 3
            && work.word(numeral.first) == "0"
            && work.token(numeral.first + 1).is_some_and(|t| t.is(','));
        if power || part || !stands(work, rule, numeral.end) {
            continue;
        }
        work.ledger.claim(numeral.first..numeral.end, Owner::Trap, rule);
        if work.patterns.rules.get(rule).is_some_and(|r| r.entry.list) {
            let mut end = numeral.end;
            for next in numerals.iter().skip(n + 1).take(LIST) {
                if !joined(work, end, next.first)
                    || !stands(work, rule, next.end)
                    || !work.ledger.free(next.first..next.end)
                {
                    break;
                }
                work.ledger.claim(next.first..next.end, Owner::Trap, rule);
                end = next.end;
            }
        }
    }
}

/// Whether the phrase that begins at a token is not the tail of a glued word or number.
fn whole_word(work: &Work, start: usize) -> bool {
    work.token(start).is_none_or(|t| {
        t.kind == Kind::Punct || t.gap != Gap::Glued || start == 0 || {
            work.token(start - 1).is_none_or(|p| p.kind == Kind::Punct)
        }
    })
}

/// Whether what follows the numeral lets the rule stand.
fn stands(work: &Work, rule: RuleId, end: usize) -> bool {
    let traps = &work.patterns.traps;
    if traps.unless.iter().any(|(id, phrases)| *id == rule && phrases.at(&work.tokens, end).is_some()) {
        return false;
    }
    !work.patterns.rules.get(rule).is_some_and(|r| r.entry.alone) || alone(work, end)
}

/// Whether no noun follows: punctuation, a small word, a break.
fn alone(work: &Work, next: usize) -> bool {
    let Some(token) = work.token(next) else { return true };
    match token.kind {
        Kind::Number => token.gap >= Gap::Line,
        Kind::Punct => !token.is('%') && !token.is('/') && !token.is('+'),
        Kind::Word => {
            token.gap >= Gap::Tab && token.gap != Gap::Line || work.patterns.references.after_bare.has(token)
        }
    }
}

/// Whether only a comma, "và", "hoặc" or a hyphen stands between two numerals of a list.
fn joined(work: &Work, end: usize, next: usize) -> bool {
    if next != end + 1 || work.token(next).is_none_or(|t| t.gap == Gap::Para) {
        return false;
    }
    work.token(end).is_some_and(|t| t.is(',') || t.is('-') || t.is(';'))
        || work.patterns.particles.joins_numbers.has(work.word(end))
}

/// Digits glued to letters: "m2", "VP135", "5G", "COVID-19".
fn in_words(work: &mut Work) {
    let rule = work.patterns.traps.in_word;
    let numerals = work.ledger.numerals().to_vec();
    for numeral in numerals {
        if !work.ledger.free(numeral.first..numeral.end) {
            continue;
        }
        let Some(token) = work.token(numeral.first) else { continue };
        let before = numeral.first.checked_sub(1).and_then(|p| work.token(p));
        // "tăng2,23%": the blank behind the verb was lost.
        let words = &work.patterns.indicators;
        let measured = numeral.end - numeral.first > 1
            || words.units.at(&work.tokens, numeral.end).is_some()
            || words.scales.at(&work.tokens, numeral.end).is_some();
        let lost = before.is_some_and(|t| {
            measured
                && t.bytes() > 2
                && work.patterns.indicators.glue.has(t)
                && work.token(numeral.first - 1).is_some_and(|t| t.gap != Gap::Glued)
        });
        let glued_before = token.gap == Gap::Glued && before.is_some_and(|t| t.kind == Kind::Word) && !lost;
        let hyphenated = token.gap == Gap::Glued
            && before.is_some_and(|t| t.is('-') && t.gap == Gap::Glued)
            && numeral.first >= 2
            && work.token(numeral.first - 2).is_some_and(|t| t.kind == Kind::Word && t.case == Case::Upper);
        let glued_after = numeral.end == numeral.first + 1
            && work.token(numeral.end).is_some_and(|t| {
                t.gap == Gap::Glued
                    && t.kind == Kind::Word
                    && matches!(work.word(numeral.end), "G" | "D" | "S")
            });
        // "1tr2": decimals of the scale before them.
        let spoken = glued_before
            && numeral.first >= 2
            && work.token(numeral.first - 2).is_some_and(|t| t.kind == Kind::Number)
            && work.token(numeral.first - 1).is_some_and(|t| t.gap == Gap::Glued)
            && work.patterns.indicators.scales.at(&work.tokens, numeral.first - 1).is_some_and(|s| s.0 == 1);
        if (glued_before && !spoken) || hyphenated || glued_after {
            work.ledger.claim(numeral.first..numeral.end, Owner::Trap, rule);
        }
    }
}
