//! PDF layout: what stands at the edges of a page: page numbers, footnotes, running heads.

use super::lines::Line;
use crate::patterns::pages::pages;

/// Whether a line is nothing but a page number: `3`, `- 3 -`, `3/10`, `Trang 3`.
pub(super) fn is_page_number(text: &str) -> bool {
    let text = text.trim();
    let text = pages().print.page.iter().find_map(|w| text.strip_prefix(w.as_str())).unwrap_or(text);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (1..=8).contains(&digits)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | '/' | '|' | '.'))
        && text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).all(|n| n.len() <= 4)
        && text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).count() <= 2
        && !text.contains('.')
}

/// The index from which the lines of a page are footnotes: small lines at the foot, the first of which begins with a
/// raised mark.
pub(super) fn footnotes_from(
    lines: &[&Line],
    body_size: f32,
    mut glyph_is_raised: impl FnMut(&Line) -> bool,
) -> Option<usize> {
    let small = |line: &Line| line.size <= 0.93 * body_size;
    let mut first = None;
    for (index, line) in lines.iter().enumerate().rev() {
        if !small(line) {
            // The page number may stand below the notes in the size of the body.
            if index + 1 == lines.len() {
                continue;
            }
            break;
        }
        if glyph_is_raised(line) {
            first = Some(index);
        }
    }
    first.filter(|first| *first > 0)
}

/// A line with its digits made alike, to recognise a running head from page to page.
pub(super) fn running_key(text: &str) -> String {
    text.trim().chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_figures() {
        for yes in ["3", " - 12 - ", "3/10", "Trang 4", "– 5 –"] {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in ["1.234", "năm 2020", "", "-", "12 34 56", "123456"] {
            assert!(!is_page_number(no), "{no}");
        }
    }

    #[test]
    fn running_heads_are_compared_without_their_numbers() {
        assert_eq!(running_key("Báo cáo tháng 3 "), running_key("Báo cáo tháng 4"));
    }
}
