//! PDF layout: the two-column zones of administrative documents (thể thức văn bản, Nghị định 30/2020/NĐ-CP, phụ lục I).
//!
//! At the top left the agency, number and subject, right the national motto (quốc hiệu, tiêu ngữ), place and date; at
//! the end left the recipients (nơi nhận), right the signature. With a narrow gap between them they read as one line, so
//! the border is found and the zone split there: the left column is written first, then the right one, and a wrapped
//! agency name, the subject, the list of recipients, the signature stay whole.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::super::font::Fonts;
use super::super::scene::{Run, Scene};
use super::lines::{Line, Placed, cluster, cut, is_space, place, text_of};
use crate::patterns::pages::pages;

/// The ASCII capital under a Vietnamese letter; `None` for everything else.
fn capital(c: char) -> Option<char> {
    static TABLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        (0..0x1F00u32)
            .map(|code| {
                let base = char::from_u32(code).and_then(|c| std::iter::once(c).nfd().next());
                match base {
                    Some('đ' | 'Đ' | 'Ð') => b'D',
                    Some(c) if c.is_ascii_alphabetic() => c.to_ascii_uppercase() as u8,
                    _ => 0,
                }
            })
            .collect()
    });
    TABLE.get(c as usize).filter(|b| **b != 0).map(|b| char::from(*b))
}

/// The mottos, folded to ASCII capitals without spaces.
const MOTTOS: [&str; 2] = ["CONGHOAXAHOICHUNGHIAVIETNAM", "DANGCONGSANVIETNAM"];
/// A gap in a line that can be the border of the columns, in sizes.
const COLUMN_GAP: f32 = 0.9;
/// Lines below the motto that the zone may have.
const MAX_LINES: usize = 16;

/// A line of a zone and where it is cut.
type Cut = (usize, f32);

/// Splits the two-column zones of a page, where it has any.
pub(super) fn split(scene: &Scene, fonts: &Fonts, mut lines: Vec<Line>) -> Vec<Line> {
    let mut glyphs = Vec::new();
    if let Some(zone) = letterhead(scene, fonts, &lines, &mut glyphs) {
        lines = split_zone(scene, lines, &zone);
    }
    if let Some(zone) = closing(scene, fonts, &lines, &mut glyphs) {
        lines = split_zone(scene, lines, &zone);
    }
    lines
}

/// The zone around the motto.
fn letterhead(scene: &Scene, fonts: &Fonts, lines: &[Line], glyphs: &mut Vec<Placed>) -> Option<Vec<Cut>> {
    let (motto, edge) = find_motto(scene, fonts, lines, glyphs)?;
    let size = lines.get(motto).map_or(12.0, |line| line.size);
    let mut zone: Vec<Cut> = vec![(motto, edge - 0.05 * size)];
    for (index, line) in lines.iter().enumerate().skip(motto + 1).take(MAX_LINES) {
        let Some(border) = border_of(scene, fonts, line, edge, glyphs) else { break };
        zone.push((index, border));
    }
    // The left column may begin above the motto.
    for (index, line) in lines.iter().enumerate().take(motto).rev().take(2) {
        let near = lines.get(motto).is_some_and(|m| line.y - m.y < 2.5 * size);
        let Some(border) = border_of(scene, fonts, line, edge, glyphs).filter(|_| near) else { break };
        zone.insert(0, (index, border));
    }
    Some(zone)
}

/// The zone that begins at "Nơi nhận".
fn closing(scene: &Scene, fonts: &Fonts, lines: &[Line], glyphs: &mut Vec<Placed>) -> Option<Vec<Cut>> {
    let middle = 0.45 * scene.size.0;
    let start = lines.iter().rposition(|line| {
        if line.x0() > middle {
            return false;
        }
        place(scene, &line.runs, glyphs);
        let mut folded = String::new();
        let mut buffer = [0; 4];
        for placed in glyphs.iter().filter(|p| !is_space(p.glyph.value)).take(8) {
            folded.extend(text_of(fonts, &placed.glyph, &mut buffer).chars().filter_map(capital));
        }
        folded.starts_with("NOINHAN")
    })?;
    let first = lines.get(start)?;
    // The right column begins where the leftmost of the stretches well to the right begins.
    let far = first.x0() + 10.0 * first.size;
    let mut edge = f32::MAX;
    // Above it only what stands alone on the right counts: a line of place and date is none of the closing.
    let is_beside = |(index, line): &(usize, &Line)| *index >= start || line.x0() > far;
    for (_, line) in lines.iter().enumerate().skip(start.saturating_sub(3)).take(12).filter(is_beside) {
        place(scene, &line.runs, glyphs);
        let mut end = f32::MIN;
        for placed in glyphs.iter().filter(|p| !is_space(p.glyph.value)) {
            if placed.glyph.x0 > far && placed.glyph.x0 - end >= COLUMN_GAP * line.size {
                edge = edge.min(placed.glyph.x0);
            }
            end = end.max(placed.glyph.x1);
        }
    }
    if edge == f32::MAX {
        return None;
    }
    let mut zone = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(start).take(40) {
        let Some(border) = border_of(scene, fonts, line, edge, glyphs) else { break };
        zone.push((index, border));
    }
    // "TM. ỦY BAN NHÂN DÂN" may stand above, alone on the right.
    for (index, line) in lines.iter().enumerate().take(start).rev().take(3) {
        if line.x0() < edge - line.size {
            break;
        }
        zone.insert(0, (index, edge - 0.05 * line.size));
    }
    Some(zone)
}

/// Replaces the lines of a zone by those of its left column, then those of its right one.
fn split_zone(scene: &Scene, lines: Vec<Line>, zone: &[Cut]) -> Vec<Line> {
    let (mut left, mut right): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
    for &(index, border) in zone {
        if let Some(line) = lines.get(index) {
            let (l, r) = cut(scene, &line.runs, border);
            left.extend(l);
            right.extend(r);
        }
    }
    let has_text = |runs: &[Run]| runs.iter().any(|r| scene.glyphs_of(r).iter().any(|g| !is_space(g.value)));
    if !has_text(&left) || !has_text(&right) {
        return lines;
    }
    let first = zone.first().map_or(0, |z| z.0);
    let last = zone.last().map_or(0, |z| z.0);
    let column = |runs: Vec<Run>| {
        let (stamped, plain): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| run.stamp != 0);
        let mut lines = cluster(plain);
        super::stamp::attach(&mut lines, stamped);
        super::stamp::attach_printed(scene, &mut lines);
        lines.into_iter().map(|line| Line { in_columns: true, ..line })
    };
    let mut out = Vec::with_capacity(lines.len() + zone.len());
    let mut columns = Some((left, right));
    for (index, line) in lines.into_iter().enumerate() {
        if (first..=last).contains(&index) {
            if let Some((left, right)) = columns.take() {
                out.extend(column(left));
                out.extend(column(right));
            }
        } else {
            out.push(line);
        }
    }
    out
}

/// The line of the motto and its left edge.
fn find_motto(
    scene: &Scene,
    fonts: &Fonts,
    lines: &[Line],
    glyphs: &mut Vec<Placed>,
) -> Option<(usize, f32)> {
    lines.iter().enumerate().take(20).find_map(|(index, line)| {
        place(scene, &line.runs, glyphs);
        Some((index, motto_edge(fonts, glyphs, line.size)?))
    })
}

/// A letter of a line, and whether a wide gap or nothing stands before and behind it.
#[derive(Debug, Clone, Copy)]
struct Letter {
    x0: f32,
    is_upper: bool,
    begins: bool,
    ends: bool,
}

/// The left edge of the motto in a line. In small letters it stands apart: within a sentence it is a name.
fn motto_edge(fonts: &Fonts, glyphs: &[Placed], size: f32) -> Option<f32> {
    let (folded, letters) = letters(fonts, glyphs, size);
    MOTTOS.iter().find_map(|motto| {
        let at = folded.find(motto)?;
        let found = letters.get(at..at + motto.len())?;
        let (first, last) = (found.first()?, found.last()?);
        let is_upper = found.iter().filter(|letter| letter.is_upper).count() * 2 > found.len();
        (is_upper || first.begins && last.ends).then_some(first.x0)
    })
}

/// The letters of a line, folded to ASCII capitals, and what is known of each.
fn letters(fonts: &Fonts, glyphs: &[Placed], size: f32) -> (String, Vec<Letter>) {
    let (mut folded, mut letters) = (String::new(), Vec::<Letter>::new());
    // Where the glyph before ends, and whether it is a letter.
    let (mut end, mut after_letter) = (f32::MIN, false);
    let mut buffer = [0; 4];
    for glyph in glyphs.iter().filter(|p| !is_space(p.glyph.value)) {
        let begins = glyph.glyph.x0 - end >= COLUMN_GAP * size;
        if let Some(last) = letters.last_mut().filter(|_| after_letter) {
            last.ends = begins;
        }
        end = end.max(glyph.glyph.x1);
        after_letter = false;
        for c in text_of(fonts, &glyph.glyph, &mut buffer).chars() {
            if let Some(folding) = capital(c) {
                folded.push(folding);
                let is_upper = c.is_uppercase();
                letters.push(Letter { x0: glyph.glyph.x0, is_upper, begins, ends: false });
                after_letter = true;
            }
        }
    }
    if let Some(last) = letters.last_mut().filter(|_| after_letter) {
        last.ends = true;
    }
    (folded, letters)
}

/// Where a line of the zone is cut; `None` where it runs across the border, which ends the zone.
fn border_of(scene: &Scene, fonts: &Fonts, line: &Line, edge: f32, glyphs: &mut Vec<Placed>) -> Option<f32> {
    place(scene, &line.runs, glyphs);
    let words: Vec<&Placed> = glyphs.iter().filter(|p| !is_space(p.glyph.value)).collect();
    let reach = 0.6 * line.size;
    // Stretches of text between wide gaps; each must lie on one side.
    let mut start = 0;
    let (mut left_end, mut right_start) = (f32::MIN, edge);
    for end in 1..=words.len() {
        let gap = match (words.get(end - 1), words.get(end)) {
            (Some(a), Some(b)) => b.glyph.x0 - a.glyph.x1,
            _ => f32::MAX,
        };
        if gap < COLUMN_GAP * line.size {
            continue;
        }
        let (Some(first), Some(last)) = (words.get(start), words.get(end - 1)) else { break };
        let (x0, x1) = (first.glyph.x0, last.glyph.x1);
        if x0 < edge - reach && x1 > edge + reach {
            // A long place and date line may begin left of the motto.
            let is_date = x0 > edge - 8.0 * line.size && holds_date(fonts, words.get(start..end)?);
            return is_date.then_some(x0 - 0.1 * line.size);
        }
        if x0 < edge - reach {
            left_end = left_end.max(x1);
        } else {
            // A title may begin a letter left of the motto.
            right_start = right_start.min(x0);
        }
        start = end;
    }
    // Everything lies on one side; the border runs through the gap.
    Some(if left_end > edge { left_end } else { right_start - 0.05 * line.size })
}

/// Whether a stretch reads "ngày … tháng … năm".
fn holds_date(fonts: &Fonts, words: &[&Placed]) -> bool {
    let mut folded = String::new();
    let mut buffer = [0; 4];
    for placed in words {
        folded.extend(text_of(fonts, &placed.glyph, &mut buffer).chars().filter_map(capital));
    }
    let words = &pages().print.date;
    !words.is_empty() && words.iter().all(|w| folded.contains(w.as_str()))
}
