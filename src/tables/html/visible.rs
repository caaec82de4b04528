//! What a browser would obey or hide is shown as such: control characters, and those that turn the direction of text.

/// The text with every such character as one visible sign, so that counts of letters stay as they are.
pub fn visible(text: &str) -> String {
    text.chars().map(shown).collect()
}

/// A character, or the sign that stands for it.
pub fn shown(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => '\u{fffd}',
        // Marks, embeddings, overrides and isolates of direction.
        '\u{200e}' | '\u{200f}' | '\u{61c}' => '\u{2194}',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{21c4}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_turn_or_hide_text_is_seen() {
        assert_eq!(visible("a\u{202e}b\u{1b}[2J\nc"), "a\u{21c4}b\u{241b}[2J\nc");
    }
}
