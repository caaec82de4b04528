//! Title and abstract (trích yếu): the lines after the title, or what follows "V/v".

use std::ops::Range;

use super::scan::{Scan, key};
use super::zone::{Gap, Tok, clean};
use crate::patterns::header::HeaderRules;
use crate::structure::mark;

/// Longest abstract in bytes.
const LONGEST: usize = 1200;
/// So many words behind a title on its own line are only the beginning of its abstract.
const FEW: usize = 4;
/// A line of more words and marks that ends with a full stop is prose.
const PROSE: usize = 8;

/// The shadow range of the abstract and the index after it.
pub fn subject(s: &str, toks: &[Tok], scan: &Scan, rules: &HeaderRules) -> Option<(Range<usize>, usize)> {
    match (scan.title, scan.about) {
        // Below a heading like "Nghị quyết số 5-NQ/TW" of a web page stands the text.
        (Some((_, end, _)), _) if scan.named && toks.get(end).is_some_and(|t| t.gap >= Gap::Blank) => None,
        (Some((_, end, t)), _) => {
            let decided = rules.titles.get(t).is_some_and(|t| rules.deciding.is(&t.name));
            after_title(s, toks, end, rules, decided)
        }
        (None, Some(at)) => after_about(toks, at, scan, rules),
        _ => None,
    }
}

/// The lines after the title, up to a blank line, a rule, the opening of the body or a list mark.
///
/// Below a decision (`decided`) a line in capitals that names a body says who decides; below others it goes on.
fn after_title(
    s: &str,
    toks: &[Tok],
    from: usize,
    rules: &HeaderRules,
    decided: bool,
) -> Option<(Range<usize>, usize)> {
    let mut i = from;
    let mut taken: Option<Range<usize>> = None;
    let mut lines = 0;
    let (mut upper, mut begun) = (false, false);
    let mut joins = false;
    while let Some(tok) = toks.get(i) {
        let end = line_end(toks, i);
        let line = toks.get(i..end)?;
        let range = tok.range.start..line.last()?.range.end;
        let text = s.get(range.clone())?;
        if !line.iter().any(|t| t.word) {
            // A rule below the title is passed over, one below the abstract ends it.
            if taken.is_some() {
                break;
            }
            i = end;
            continue;
        }
        let words = |n: usize| line.iter().filter(|t| t.word).nth(n).map_or("", |t| t.key.as_str());
        let line_upper =
            line.iter().filter(|t| t.word && t.key.starts_with(char::is_alphabetic)).all(|t| t.upper);
        if rules.stops.opens(text) || tok.key == "[" {
            break;
        }
        match &taken {
            None => {
                // A paragraph of the body closes with a stop; an abstract does not.
                if rules.openings.at(words).is_some() && !line_upper && paragraph_closes(s, toks, i) {
                    break;
                }
                // "CỦA HỘI ĐỒNG NHÂN DÂN TỈNH …" over the abstract only says whose it is.
                let whose = line_upper
                    && rules.words.joins.has(&tok.key)
                    && rules.bodies.at(|n| words(n + 1)).is_some()
                    && toks.get(end).is_some_and(|next| next.gap < Gap::Blank);
                if whose {
                    i = end;
                    continue;
                }
                // "BÁO CÁO KẾT QUẢ KIỂM TRA" and on the next line "Công tác cải cách hành chính …": a few words behind the title.
                let few = line.iter().filter(|t| t.word).count() <= FEW;
                upper = line_upper;
                begun = few && tok.gap < Gap::Line;
            }
            Some(t) => {
                let low = text.starts_with(char::is_lowercase);
                // After a blank line only small letters go on, and no body's name in lost capitals.
                let decides = rules.bodies.at(words).is_some() || rules.positions.at(words).is_some();
                let wrapped = low && lines < 6 && !decides;
                // Below a title in capitals a line in mixed letters is something else.
                let words_of = line.iter().filter(|t| t.word).count();
                let heading = !upper && line_upper && words_of >= 4;
                let begun = begun && lines == 1;
                let other = upper && !line_upper && !low && !begun || heading;
                let bar = tok.gap == Gap::Cell && !wrapped;
                let gone = other || bar || tok.gap == Gap::Blank && !wrapped;
                let open = rules.openings.at(words).is_some()
                    && !low
                    && !(upper && line_upper && !body_line(text, rules));
                let body = rules.bodies.at(words).is_some()
                    && !low
                    && (line_upper != upper || text.len() > 90 && !upper);
                // "HỘI ĐỒNG NHÂN DÂN TỈNH …" below the abstract decides; after "CỦA" it belongs to it.
                let named = rules.bodies.at(words);
                let name = upper
                    && line_upper
                    && !joins
                    && named.is_some_and(|(n, _)| n > 1 && decided || tok.gap == Gap::Blank);
                let marked = mark::parse(s, tok.range.start, range.end).is_some();
                // "(Từ ngày 18/3 đến ngày 10/5/2013)" ends it; a line that closes with a full stop is of the text.
                let closed = s.get(t.clone()).is_some_and(|told| told.trim_end().ends_with(')'));
                let told = line.last().is_some_and(|last| last.key == ".") && line.len() > PROSE;
                let gone = gone || !low && tok.key != "(" && (closed || told);
                if gone || open || body || name || marked || range.end - t.start > LONGEST || lines >= 12 {
                    break;
                }
            }
        }
        // A list right after the title is the body.
        if taken.is_none() && mark::parse(s, tok.range.start, range.end).is_some_and(|m| m.path.last() == 1) {
            break;
        }
        joins = line.iter().rfind(|t| t.word).is_some_and(|t| rules.words.joins.has(&t.key));
        taken = Some(taken.map_or(range.clone(), |t| t.start..range.end));
        lines += 1;
        i = end;
    }
    let range = taken?;
    Some((trim_end(s, range), i))
}

/// A line in capitals that names who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …".
fn body_line(text: &str, rules: &HeaderRules) -> bool {
    rules.positions.opens(text) || rules.bodies.opens(text)
}

/// What follows "V/v": the rest of the cell or the lines of the left column.
fn after_about(toks: &[Tok], at: usize, scan: &Scan, rules: &HeaderRules) -> Option<(Range<usize>, usize)> {
    let first = toks.get(at)?;
    let (cell, mut line) = (first.cell, first.line);
    let mut range = first.range.clone();
    let mut i = at;
    while let Some(tok) = toks.get(i) {
        let claimed = scan.claimed.get(i).copied().unwrap_or(false);
        if i >= scan.end || tok.range.end - first.range.start > LONGEST {
            break;
        }
        if i > at && tok.line != line {
            let opens_line = tok.gap >= Gap::Line;
            let stop = tok.gap == Gap::Blank
                || tok.line > line + 1
                || tok.gap == Gap::Line && claimed
                || rules.words.addresses.has(&tok.key)
                || opens_line && tok.key == "-" && key(toks, i + 1) == "-"
                || rules.openings.at(|n| key(toks, i + n)).is_some() && tok.capital && tok.cell != cell;
            if stop {
                break;
            }
            line = tok.line;
        }
        // The right column: another cell on the same line, or a wide gap before a claimed mark.
        let right = tok.cell != cell
            && tok.gap == Gap::Cell
            && toks.get(i.saturating_sub(1)).is_some_and(|p| p.line == tok.line);
        if right || claimed {
            i = (i + 1..toks.len())
                .find(|&j| toks.get(j).is_some_and(|t| t.line != tok.line))
                .unwrap_or(toks.len());
            if claimed && tok.cell == cell {
                break;
            }
            continue;
        }
        range.end = tok.range.end;
        i += 1;
    }
    Some((range, i))
}

/// Whether the paragraph that begins at `i` closes with a stop, semicolon or colon.
fn paragraph_closes(s: &str, toks: &[Tok], i: usize) -> bool {
    let end =
        (i + 1..toks.len()).find(|&j| toks.get(j).is_some_and(|t| t.gap >= Gap::Blank)).unwrap_or(toks.len());
    let last = toks.get(end - 1).map_or("", |t| t.key.as_str());
    let long = toks
        .get(i..end)
        .and_then(|p| Some(p.last()?.range.end - p.first()?.range.start > 600))
        .unwrap_or(false);
    let _ = s;
    long || matches!(last, "." | ";" | ":")
}

fn line_end(toks: &[Tok], i: usize) -> usize {
    let line = toks.get(i).map_or(0, |t| t.line);
    (i + 1..toks.len())
        .find(|&j| toks.get(j).is_some_and(|t| t.line != line || t.gap == Gap::Cell))
        .unwrap_or(toks.len())
}

fn trim_end(s: &str, range: Range<usize>) -> Range<usize> {
    let text = s.get(range.clone()).unwrap_or("");
    let text = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '*' | '_' | '-' | '.' | ';' | ':' | '/')
    });
    range.start..range.start + text.len()
}

/// The abstract on one line; joins of cells and marks of emphasis are left out.
pub fn shown(s: &str, range: Range<usize>) -> String {
    let text = clean(s.get(range).unwrap_or(""));
    let text = crate::words::lines::prefix_fold(&text, "V/v").and_then(|n| text.get(n..)).unwrap_or(&text);
    text.trim_start_matches([' ', ':', '.', '/']).trim_end_matches(['.', ';', ',', ':', ' ']).to_owned()
}
