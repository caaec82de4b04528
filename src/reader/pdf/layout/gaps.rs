//! PDF layout: what lies between and under the glyphs of a line: white space, copies, overprinted digits.

use super::lines::Placed;
use super::overlap;

/// A gap wider than this, in sizes, parts words.
const WORD_GAP: f32 = 0.16;
/// The same in a layer of recognised text that has space glyphs: its letters stand where they were seen, not evenly.
const LOOSE_WORD_GAP: f32 = 0.32;
/// The same where a space glyph lies in the gap.
const SPACED_GAP: f32 = 0.03;
/// A gap wider than this parts columns and becomes a tab.
const TAB_GAP: f32 = 1.8;
/// Copies of a glyph nearer than this are drawn twice, for a bold look.
const TWICE: f32 = 0.08;
/// Whether the same glyph stands in the same place just before.
pub(super) fn is_drawn_twice(glyphs: &[Placed], index: usize) -> bool {
    let Some(this) = glyphs.get(index) else { return false };
    glyphs.get(index.saturating_sub(4)..index).unwrap_or_default().iter().any(|other| {
        other.glyph.value == this.glyph.value
            && (other.glyph.x0 - this.glyph.x0).abs() < TWICE * this.size
            && (other.y - this.y).abs() < TWICE * this.size
            && (other.size - this.size).abs() < TWICE * this.size
            // Narrow glyphs of one word stand closer than that only if they have no width at all.
            && this.glyph.x1 - this.glyph.x0 > TWICE * this.size
    })
}

/// Whether a typed digit or leader lies under a stamped one: the stamp is what counts ("tháng 5" stamped over a 4).
pub(super) fn is_overprinted(glyphs: &[Placed], index: usize) -> bool {
    let Some(this) = glyphs.get(index) else { return false };
    let is_alphanumeric = |p: &Placed| char::from_u32(p.glyph.value).is_some_and(char::is_alphanumeric);
    let is_digit = |p: &Placed| (u32::from('0')..=u32::from('9')).contains(&p.glyph.value);
    let is_leader = overlap::is_leader(&this.glyph);
    // A dot of "2.140" is no dotted line.
    let around = glyphs.get(index.saturating_sub(2)..(index + 3).min(glyphs.len())).unwrap_or_default();
    let on_line =
        is_leader && around.iter().filter(|p| p.run == this.run && overlap::is_leader(&p.glyph)).count() > 1;
    if this.stamped || !(is_digit(this) || is_leader) {
        return false;
    }
    let near = glyphs.get(index.saturating_sub(8)..(index + 9).min(glyphs.len())).unwrap_or_default();
    near.iter().any(|other| {
        let overlap = other.glyph.x1.min(this.glyph.x1) - other.glyph.x0.max(this.glyph.x0);
        let written = on_line && other.run != this.run && is_alphanumeric(other);
        (other.stamped && is_digit(other) || written) && overlap > 0.4 * (this.glyph.x1 - this.glyph.x0)
    })
}

/// The white space between two glyphs, if any.
pub(super) fn white_space(
    previous: &Placed,
    next: &Placed,
    spaced: bool,
    raises: bool,
    before: &str,
    is_loose: bool,
) -> Option<char> {
    let size = previous.size.max(next.size);
    let gap = next.glyph.x0 - previous.glyph.x1;
    let is_stamp_border = previous.stamped != next.stamped;
    if is_stamp_border {
        // "350" over the blank of "Số:      /BC-VP": no space before the solidus, a plain one elsewhere.
        let solidus = u32::from('/');
        if gap < 2.5 * size && (next.glyph.value == solidus || previous.glyph.value == solidus) {
            return None;
        }
        return (gap > -0.3 * size && gap < 6.0 * size)
            .then_some(' ')
            .or((gap >= 6.0 * size).then_some('\t'));
    }
    if gap > TAB_GAP * size {
        return Some('\t');
    }
    let word_gap = if is_loose { LOOSE_WORD_GAP } else { WORD_GAP };
    if gap > if spaced { SPACED_GAP } else { word_gap } * size {
        return Some(' ');
    }
    // A footnote mark is no digit of the number before it; the exponent of a unit stays with it.
    let last = before.chars().next_back().unwrap_or(' ');
    let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if raises && number(Some(last)) && number(char::from_u32(next.glyph.value)) {
        // It is written in raised characters.
        return None;
    }
    if raises && !(last == 'm' && matches!(char::from_u32(next.glyph.value), Some('2' | '3'))) {
        return Some(' ');
    }
    None
}
