//! PDF fonts: advance widths of the standard fonts, which files may use without saying how wide they are.

use unicode_normalization::UnicodeNormalization;

/// Widths of the characters 0x20 to 0x7E in thousandths (Adobe Core 14 metrics).
type Metrics = [u16; 95];

const HELVETICA: Metrics = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const HELVETICA_BOLD: Metrics = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
    556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
    556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
    333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];
const TIMES: Metrics = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
    389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
    500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
const TIMES_BOLD: Metrics = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389,
    500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581,
    500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389,
    333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];

/// The width at size 1 of a character in a font of that name; letters with marks are as wide as the plain ones.
pub(super) fn width(font: &str, value: u32) -> Option<f32> {
    if font.contains("Courier") {
        return Some(0.6);
    }
    let bold = font.contains("Bold");
    let metrics = match (font.contains("Times") || font.contains("Serif") || font.contains("Roman"), bold) {
        (true, true) => &TIMES_BOLD,
        (true, false) => &TIMES,
        (false, true) => &HELVETICA_BOLD,
        (false, false) => &HELVETICA,
    };
    let character = char::from_u32(value)?;
    let plain = match character {
        'đ' => 'd',
        'Đ' | 'Ð' => 'D',
        other => std::iter::once(other).nfd().next()?,
    };
    let index = (plain as usize).checked_sub(0x20)?;
    metrics.get(index).map(|w| f32::from(*w) / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_with_marks_are_as_wide_as_plain_ones() {
        assert_eq!(width("Times-Roman", u32::from('ế')), Some(0.444));
        assert_eq!(width("Helvetica-Bold", u32::from('~')), Some(0.584));
        assert_eq!(width("Arial", u32::from('i')), Some(0.222));
        assert_eq!(width("Courier", u32::from('x')), Some(0.6));
        assert_eq!(width("Times-Roman", 0x4E00), None);
    }
}
