//! Stage 5, cells: labels that say all in English once more.
//!
//! "Tiểu học - Primary school" is "Tiểu học"; "Thị trấn Ea T'ling" is Vietnamese to its end.

use std::ops::Range;

use crate::claim::indicator::Scan;
use crate::structure::table::Table;
use crate::words::fold::fold_key;
use crate::words::syllable;
use crate::words::token::{Case, Gap, Kind};

/// How many labels tell whether a table says all in English too.
const BILINGUAL_ROWS: usize = 60;
/// Most words of a name of the Central Highlands, a syllable behind an apostrophe counted apart.
const HIGHLAND: usize = 3;

/// Whether the labels of a table say all in English once more.
pub(super) fn is_bilingual(scan: &Scan<'_, '_>, table: &Table) -> bool {
    let labels = (table.heads..table.grid.height()).take(BILINGUAL_ROWS).filter_map(|r| table.label(r));
    let (mut all, mut twice) = (0, 0);
    for label in labels {
        all += 1;
        twice += usize::from(native_end(scan, &label.tokens) < label.tokens.end);
    }
    twice >= 2 && twice * 4 >= all
}

/// Whether a text is English, without a letter or syllable of Vietnamese to speak of.
pub(super) fn is_english(scan: &Scan<'_, '_>, tokens: &Range<usize>) -> bool {
    let words = tokens.clone().filter(|&i| scan.token(i).is_some_and(|t| t.kind == Kind::Word));
    let (mut all, mut odd) = (0, 0);
    for i in words {
        let word = scan.work.word(i);
        if !word.is_ascii() {
            return false;
        }
        all += 1;
        odd += usize::from(word.len() > 2 && !syllable::is_syllable(&word.to_lowercase()));
    }
    odd > 0 && odd * 3 >= all
}

/// Where the Vietnamese of a label ends: "Tiểu học - Primary school", "Huyện Đà Bắc Da Bac district".
pub(super) fn native_end(scan: &Scan<'_, '_>, tokens: &Range<usize>) -> usize {
    let mut start = tokens.end;
    let mut foreign = false;
    let mut vietnamese = tokens.clone().any(|i| !scan.work.word(i).is_ascii());
    vietnamese |= tokens.clone().any(|i| scan.is(i, '-') || scan.is(i, '–'));
    for i in tokens.clone().rev() {
        let Some(token) = scan.token(i) else { break };
        let word = scan.work.word(i);
        if !word.is_ascii() && !token.is('–') {
            break;
        }
        if token.kind == Kind::Number {
            break;
        }
        if token.kind == Kind::Word && token.bytes() > 2 && !syllable::is_syllable(&word.to_lowercase()) {
            let dash = i > tokens.start && (scan.is(i - 1, '-') || scan.is(i - 1, '–'));
            foreign |= token.case != Case::Upper || dash;
        }
        start = i;
        if (token.is('-') || token.is('–')) && foreign {
            break;
        }
    }
    if !(foreign && start > tokens.start && vietnamese) || is_highland(scan, tokens, start) {
        return tokens.end;
    }
    // "Huyện Cao Phong ⏎ Cao Phong district": a name without accents is the same in both.
    let line = (start..tokens.end).find(|&i| scan.token(i).is_some_and(|t| t.gap >= Gap::Line));
    let again = (start + 1..tokens.end).find(|&i| scan.work.word(i) == scan.work.word(start));
    line.or(again).unwrap_or(start)
}

/// "Thị trấn Ea T'ling", "Xã Đắk Wil": a name of the Central Highlands behind its type word is no translation.
fn is_highland(scan: &Scan<'_, '_>, tokens: &Range<usize>, tail: usize) -> bool {
    let Some((n, ())) = scan.words.scope_kinds.at(&scan.work.tokens, tokens.start) else { return false };
    let name = tokens.start + n;
    let words = (name..tokens.end).filter(|&i| scan.token(i).is_some_and(|t| t.kind == Kind::Word));
    let words: Vec<usize> = words.take(HIGHLAND + 1).collect();
    if words.len() > HIGHLAND {
        return false;
    }
    // The part behind an apostrophe is small.
    let proper = |&i: &usize| scan.token(i).is_some_and(|t| t.case == Case::Title || t.gap == Gap::Glued);
    let key = |i: usize| fold_key(scan.work.word(i));
    let earlier = |i: usize| words.iter().copied().take_while(move |&k| k < i);
    let again = words.iter().any(|&i| i >= tail && earlier(i).any(|k| key(k) == key(i)));
    words.iter().all(proper) && !again
}
