//! PDF fonts: codes that a map gives as a blank though they show a letter ("C N P Ủ" for "CHÍNH PHỦ").
//!
//! Some programs that cut a font down forget letters in `/ToUnicode` and write U+0020 for them. A blank has no outline;
//! where the program of the font is not there, the widths tell: a blank is narrow, and all blanks are alike.

/// A blank wider than the narrowest by this factor is a letter.
const WIDER: f32 = 1.4;
/// Fewer such codes may be a tab or a wide blank.
const MOST_WIDE_BLANKS: usize = 1;

/// Which of the codes that are given as blanks are too wide for one.
pub(super) fn too_wide(widths: &[f32]) -> Vec<bool> {
    let narrowest = widths.iter().copied().filter(|w| *w > 0.0).fold(f32::MAX, f32::min);
    let wide: Vec<bool> = widths.iter().map(|w| *w > WIDER * narrowest).collect();
    let lost = wide.iter().filter(|w| **w).count() > MOST_WIDE_BLANKS;
    wide.into_iter().map(|w| w && lost).collect()
}

#[cfg(test)]
mod tests {
    use super::too_wide;

    #[test]
    fn letters_given_as_blanks_are_wider_than_the_blank() {
        // One may be a tab.
        assert_eq!(too_wide(&[0.25, 0.72, 0.33]), [false, false, false]);
        assert_eq!(too_wide(&[0.25, 0.72, 0.6]), [false, true, true]);
    }
}
