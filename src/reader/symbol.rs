//! Stage 1, helper: the codes of Symbol and Wingdings, which Word and its printers leave in the private use area: U+F0B3 in
//! Symbol is ≥.

use std::borrow::Cow;

/// Symbol, codes 0x20 to 0x7E.
const SYMBOL_LOW: &str =
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
/// Symbol, codes 0xA0 to 0xFE; a blank where there is nothing.
const SYMBOL_HIGH: &str =
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";
/// Wingdings, as far as Vietnamese documents use it: bullets, boxes, ticks, arrows, telephone and letter.
const WINGDINGS: &[(u8, char)] = &[
    (0x28, '☎'),
    (0x29, '✆'),
    (0x2A, '✉'),
    (0x46, '☞'),
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x70, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '◆'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x9E, '·'),
    (0x9F, '•'),
    (0xA0, '▪'),
    (0xA1, '○'),
    (0xA4, '◉'),
    (0xA7, '▪'),
    (0xA8, '□'),
    (0xAB, '★'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE8, '➔'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];
/// Wingdings 2: boxes and ticks of forms.
const WINGDINGS_2: &[(u8, char)] = &[
    (0x4F, '✗'),
    (0x50, '✓'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x96, '•'),
    (0x97, '●'),
    (0xA2, '■'),
    (0xA3, '□'),
];

/// The character of a symbol font's code, 0 where the font is none or the code unknown.
pub fn character(font: &str, code: u32) -> u32 {
    let Ok(code) = u8::try_from(code) else { return 0 };
    let listed = |table: &[(u8, char)]| table.iter().find(|(c, _)| *c == code).map(|(_, c)| *c);
    let found = if font.contains("Wingdings2") || font.contains("Wingdings 2") || font.contains("Wingdings-2")
    {
        listed(WINGDINGS_2)
    } else if font.contains("Wingdings") {
        listed(WINGDINGS)
    } else if font.contains("Symbol") {
        match code {
            0x20..=0x7E => SYMBOL_LOW.chars().nth(usize::from(code - 0x20)),
            0xA0..=0xFE => SYMBOL_HIGH.chars().nth(usize::from(code - 0xA0)),
            _ => None,
        }
    } else {
        // Word puts the bullet of Symbol into other fonts too.
        (code == 0xB7).then_some('•')
    };
    found.map_or(0, u32::from)
}

/// Text of a word processor's run, with the codes of its symbol font resolved; unknown ones stay.
pub fn text<'t>(font: &str, text: &'t str) -> Cow<'t, str> {
    let is_symbol = font.contains("Symbol") || font.contains("Wingdings");
    let code = |c: char| match u32::from(c) {
        n @ 0xF020..=0xF0FF => Some(n - 0xF000),
        n @ 0xA1..=0xFE if is_symbol => Some(n),
        _ => None,
    };
    if !text.contains(|c| code(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let resolved = |c| code(c).map_or(0, |code| character(font, code));
    text.chars().map(|c| char::from_u32(resolved(c)).filter(|&c| c != '\0').unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_in_symbol_fonts_are_resolved() {
        assert_eq!(text("Symbol", "\u{f0b3} 5%"), "≥ 5%");
        assert_eq!(text("Symbol", "35\u{b0}C"), "35°C");
        assert_eq!(text("Arial", "5\u{b0}C \u{f0b3}"), "5\u{b0}C \u{f0b3}");
    }

    #[test]
    fn common_symbols_are_known() {
        let all = [
            ("Symbol", 0xB7, '•'),
            ("Symbol", 0xA3, '≤'),
            ("SymbolMT", 0xB3, '≥'),
            ("Symbol", 0xF7, '⎟'),
            ("Symbol", 0x61, 'α'),
            ("Symbol", 0xD5, '∏'),
            ("Symbol", 0xFE, '⎭'),
            ("Wingdings", 0xA8, '□'),
            ("Wingdings 2", 0x50, '✓'),
        ];
        for (font, code, expected) in all {
            assert_eq!(char::from_u32(character(font, code)), Some(expected), "{font} {code:X}");
        }
        assert_eq!(character("Arial", 0xA3), 0);
    }
}
