//! Repair `split_syllable`: syllables that a PDF's spacing tore apart are joined: "Áp dụ ng" is "Áp dụng",
//! "ĐIỀ U KHO ẢN" is "ĐIỀU KHOẢN".
//!
//! Pieces are joined only where one of them is no syllable and the whole is; beside such a place also where the second
//! piece begins with a vowel and is no frequent word ("KHO ẢN").

use std::ops::Range;

use crate::words::letter;
use crate::words::shadow::Editor;
use crate::words::syllable::{is_before_mark, is_frequent, is_syllable};

/// Name of the repair.
pub(super) const NAME: &str = "split_syllable";

/// So many torn places make a torn document, whose other lines are looked at, too.
const TORN: usize = 3;
/// Most pieces of one syllable.
const PIECES: usize = 4;
/// Most pieces where each is a single letter: "Q U Y Ế T".
const LETTERS: usize = 7;

/// Asks for the joins in the lines of the suspected pieces, or in all lines of a torn document.
pub(super) fn ask(text: &str, pieces: &[Range<usize>], editor: &mut Editor<'_>) {
    let torn = pieces.iter().filter(|p| is_torn(text, p)).take(TORN).count() >= TORN;
    let mut done = 0;
    if torn {
        for line in lines(text) {
            join_line(text, line, true, editor);
        }
        return;
    }
    for piece in pieces {
        if piece.start < done {
            continue;
        }
        let start = text.get(..piece.start).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
        let end = text.get(piece.end..).and_then(|t| t.find('\n')).map_or(text.len(), |n| piece.end + n);
        join_line(text, start..end, false, editor);
        done = end;
    }
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..at
    })
}

/// True if joining the piece with a neighbour gives a frequent syllable.
fn is_torn(text: &str, piece: &Range<usize>) -> bool {
    let word = text.get(piece.clone()).unwrap_or("");
    let before = text.get(..piece.start).and_then(|t| t.strip_suffix(' ')).unwrap_or("");
    let tail: usize =
        before.chars().rev().take(8).take_while(|&c| letter::is_letter(c)).map(char::len_utf8).sum();
    let left = before.get(before.len() - tail..).unwrap_or("");
    let after = text.get(piece.end..).and_then(|t| t.strip_prefix(' ')).unwrap_or("");
    let head: usize = after.chars().take(8).take_while(|&c| letter::is_letter(c)).map(char::len_utf8).sum();
    let right = after.get(..head).unwrap_or("");
    !left.is_empty() && is_frequent(&format!("{left}{word}"))
        || !right.is_empty() && is_frequent(&format!("{word}{right}"))
}

/// One run of letters with its place.
struct Piece<'t> {
    text: &'t str,
    at: Range<usize>,
    letters: usize,
    /// A syllable, and no lonely letter.
    good: bool,
    /// A unit behind a number: joins nothing.
    unit: bool,
}

/// Joins the pieces of one line, run by run: runs are pieces with exactly one blank between them.
fn join_line(text: &str, line: Range<usize>, torn: bool, editor: &mut Editor<'_>) {
    let Some(content) = text.get(line.clone()) else { return };
    let mut run: Vec<Piece<'_>> = Vec::new();
    let mut before = "";
    let mut rest = content.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if !letter::is_letter(c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        let mut letters = 1;
        while let Some(&(i, c)) = rest.peek().filter(|&&(_, c)| letter::is_letter(c)) {
            end = i + c.len_utf8();
            letters += 1;
            rest.next();
        }
        let word = content.get(at..end).unwrap_or("");
        let place = line.start + at..line.start + end;
        let follows = run.last().is_some_and(|last| text.get(last.at.end..place.start) == Some(" "));
        if !follows {
            join_run(&run, before, torn, editor);
            before = run.last().map_or("", |p| p.text);
            run.clear();
        }
        // "5 m ứng": a unit behind its number is whole.
        let unit = letters <= 2
            && content.get(..at).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit() || c == ' '))
            && content.get(..at).is_some_and(|t| t.trim_end().ends_with(|c: char| c.is_ascii_digit()));
        let good = is_syllable(word) && (letters > 1 || is_frequent(word));
        run.push(Piece { text: word, at: place, letters, good, unit });
    }
    join_run(&run, before, torn, editor);
}

/// The cheapest way to read a run: every word that is no syllable costs most, a rare syllable some, a join little.
fn join_run(run: &[Piece<'_>], before: &str, torn: bool, editor: &mut Editor<'_>) {
    if run.len() < 2 || !torn && run.iter().all(|p| p.good) {
        return;
    }
    // best[i]: cost of the first i pieces, and how many pieces the last word has.
    let mut best: Vec<(u32, usize)> = vec![(0, 0)];
    let mut joined = String::new();
    for end in 1..=run.len() {
        let mut choice = (u32::MAX, 1);
        for count in 1..=LETTERS.min(end) {
            let Some(group) = run.get(end - count..end) else { break };
            if count > PIECES && group.iter().any(|p| p.letters > 1) {
                break;
            }
            let Some(word_cost) = cost(run, end - count, group, before, torn, &mut joined) else { continue };
            let total = best.get(end - count).map_or(u32::MAX, |b| b.0).saturating_add(word_cost);
            if total < choice.0 {
                choice = (total, count);
            }
        }
        best.push(choice);
    }
    let mut end = run.len();
    let mut seams = Vec::new();
    while end > 0 {
        let count = best.get(end).map_or(1, |b| b.1).max(1);
        for pair in run.get(end - count..end).unwrap_or(&[]).windows(2) {
            if let [a, b] = pair {
                seams.push(a.at.end..b.at.start);
            }
        }
        end -= count.min(end);
    }
    seams.sort_by_key(|s| s.start);
    for seam in seams {
        editor.replace(seam, "");
    }
}

/// What reading `group` as one word costs; `None` where it may not be one.
fn cost(
    run: &[Piece<'_>],
    first: usize,
    group: &[Piece<'_>],
    before: &str,
    torn: bool,
    joined: &mut String,
) -> Option<u32> {
    const BROKEN: u32 = 100;
    const RARE: u32 = 20;
    let [only] = group else {
        let letters: usize = group.iter().map(|p| p.letters).sum();
        if letters > 7 || group.iter().any(|p| p.unit) {
            return None;
        }
        let broken = group.iter().any(|p| !p.good);
        if !broken {
            // Two syllables that are one: only beside torn places, and only where the second is no word.
            let [_, second] = group else { return None };
            let vowel_first = second.text.chars().next().is_some_and(letter::is_vowel);
            let beside = torn || run.iter().any(|p| !p.good);
            if !vowel_first || !beside || is_frequent(second.text) {
                return None;
            }
        }
        joined.clear();
        group.iter().for_each(|p| joined.push_str(p.text));
        let frequent = is_frequent(joined);
        if !one_case(joined) || !(frequent || broken && is_syllable(joined)) {
            return None;
        }
        // "C hai phương pháp": consonants before a whole word are what is left of another one.
        if let [first, second] = group
            && !first.good
            && is_frequent(second.text)
            && !second.text.chars().next().is_some_and(letter::is_vowel)
        {
            return None;
        }
        // "điểm b ở", "lớp 5 a": the letter is a mark.
        let previous = first.checked_sub(1).and_then(|i| run.get(i)).map_or(before, |p| p.text);
        let mark = group.first().is_some_and(|p| p.letters == 1) && is_before_mark(previous);
        // A lonely letter may be a name's or a formula's: the word must be a frequent one.
        if mark || !frequent && group.iter().any(|p| p.letters == 1) {
            return None;
        }
        let joins = u32::try_from(group.len()).unwrap_or(u32::MAX) - 1;
        return Some(joins * 8 + if frequent { 0 } else { RARE });
    };
    Some(match only.good {
        true if is_frequent(only.text) => 0,
        true => RARE,
        false if only.unit => 0,
        false => BROKEN,
    })
}

/// Small letters, capitals, or small letters behind one capital.
fn one_case(word: &str) -> bool {
    let capitals = word.chars().filter(|&c| letter::is_upper(c)).count();
    capitals == 0
        || capitals == word.chars().count()
        || capitals == 1 && word.chars().next().is_some_and(letter::is_upper)
}

#[cfg(test)]
mod tests {
    use super::super::tests::repaired;

    #[test]
    fn torn_syllables_are_joined() {
        for (torn, whole) in [
            ("Áp dụ ng cho", "Áp dụng cho"),
            ("Ch ỉ thị", "Chỉ thị"),
            ("th ực hiệ n ngh ị quyết", "thực hiện nghị quyết"),
            ("sử dụ ng nguồ n vốn", "sử dụng nguồn vốn"),
            ("ĐIỀ U KHO ẢN TH I HÀNH", "ĐIỀU KHOẢN THI HÀNH"),
            ("Ph ần th ứ nhất", "Phần thứ nhất"),
        ] {
            assert_eq!(repaired(torn), whole);
        }
    }

    #[test]
    fn whole_words_marks_and_abbreviations_are_left_alone() {
        for text in [
            "theo điểm b khoản 2, lớp 5 c ở xã",
            "đạt 5 tr đồng, 3 m vải, 264,5 m ứng với, 20 km đường, nổ n < 1",
            "ông Y Thanh, bà H Nga, Nguyễn Thị T.",
            "TT Nội dung KH TH năm",
            "a) ăn, b) ở; c. đi",
            "C hai phương án, d ng k ch",
            "Phần I An ninh; mục V ăn uống",
        ] {
            assert_eq!(repaired(text), text);
        }
    }
}
