//! PDF, step 3a: content stream bytes to tokens, one at a time, without allocating.
//!
//! In: the decoded bytes of a page, form or CMap. Out: numbers, names, strings (still escaped), marks and keywords,
//! each borrowed from the input. A malformed byte is skipped, so every input ends and nothing panics.

/// One token, borrowed from the stream.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    /// An integer or real number.
    Number(f32),
    /// A name without its solidus, `#xx` not yet resolved.
    Name(&'a [u8]),
    /// What stands between the outer parentheses of a literal string, escapes not yet resolved.
    Literal(&'a [u8]),
    /// What stands between `<` and `>`.
    Hex(&'a [u8]),
    /// `[`
    ArrayOpen,
    /// `]`
    ArrayClose,
    /// `<<` or `>>`
    DictMark,
    /// An operator or another bare word.
    Keyword(&'a [u8]),
}

const REGULAR: u8 = 0;
const SPACE: u8 = 1;
const DELIMITER: u8 = 2;

/// Class of every byte: regular, white space or delimiter (ISO 32000-1, 7.2.2).
const CLASS: [u8; 256] = {
    let mut table = [REGULAR; 256];
    let spaces = [0u8, 9, 10, 12, 13, 32];
    let mut i = 0;
    while i < spaces.len() {
        table[spaces[i] as usize] = SPACE;
        i += 1;
    }
    let delimiters = *b"()<>[]{}/%";
    let mut i = 0;
    while i < delimiters.len() {
        table[delimiters[i] as usize] = DELIMITER;
        i += 1;
    }
    table
};

fn class(byte: u8) -> u8 {
    CLASS[byte as usize]
}

/// Reads tokens from a byte slice.
#[derive(Debug, Clone)]
pub(super) struct Tokenizer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokenizer<'a> {
    /// Starts at the first byte.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn slice(&self, start: usize, end: usize) -> &'a [u8] {
        self.bytes.get(start..end.max(start)).unwrap_or_default()
    }

    fn skip_regular(&mut self) {
        while self.peek().is_some_and(|b| class(b) == REGULAR) {
            self.at += 1;
        }
    }

    fn number(&mut self) -> Option<f32> {
        let start = self.at;
        let mut at = start;
        let mut negative = false;
        while let Some(sign @ (b'+' | b'-')) = self.bytes.get(at) {
            negative |= *sign == b'-';
            at += 1;
        }
        let (mut whole, mut fraction, mut scale) = (0u64, 0u32, 1u32);
        let (mut digits, mut dots) = (0, 0);
        while let Some(&byte) = self.bytes.get(at) {
            match byte {
                b'0'..=b'9' => {
                    let digit = u32::from(byte - b'0');
                    digits += 1;
                    if dots == 0 {
                        whole = whole.saturating_mul(10).saturating_add(u64::from(digit));
                    } else if dots == 1 && scale < 1_000_000 {
                        fraction = fraction * 10 + digit;
                        scale *= 10;
                    }
                }
                b'.' => dots += 1,
                // "12-5" stands for 12 in files of broken writers; the rest is dropped.
                b'-' if digits > 0 => {
                    dots = 2;
                }
                _ if class(byte) == REGULAR => return None,
                _ => break,
            }
            at += 1;
        }
        if digits == 0 && dots == 0 {
            return None;
        }
        self.at = at;
        let value = whole as f32 + fraction as f32 / scale as f32;
        Some(if negative { -value } else { value })
    }

    fn literal(&mut self) -> &'a [u8] {
        self.at += 1;
        let start = self.at;
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' if depth == 0 => {
                    let end = self.at;
                    self.at += 1;
                    return self.slice(start, end);
                }
                b')' => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.bytes.len();
        self.slice(start, self.at)
    }

    /// Skips the data of an inline image, called right after its `ID` keyword: up to an `EI` that stands alone
    /// and is followed by plausible content.
    pub(super) fn skip_inline_image(&mut self) {
        let mut from = self.at;
        while let Some(found) = memchr::memmem::find(self.slice(from, self.bytes.len()), b"EI") {
            let at = from + found;
            let before = at.checked_sub(1).and_then(|i| self.bytes.get(i)).is_none_or(|b| class(*b) == SPACE);
            let after = self.bytes.get(at + 2).is_none_or(|b| class(*b) == SPACE);
            let text_follows = self
                .slice(at + 2, (at + 18).min(self.bytes.len()))
                .iter()
                .all(|&b| b.is_ascii_graphic() || class(b) == SPACE && b != 0);
            if before && after && text_follows {
                self.at = at + 2;
                return;
            }
            from = at + 2;
        }
        self.at = self.bytes.len();
    }
}

impl<'a> Iterator for Tokenizer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            match byte {
                _ if class(byte) == SPACE => self.at += 1,
                b'%' => {
                    let rest = self.slice(self.at, self.bytes.len());
                    self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => {
                    if let Some(number) = self.number() {
                        return Some(Token::Number(number));
                    }
                    let start = self.at;
                    self.skip_regular();
                    return Some(Token::Keyword(self.slice(start, self.at)));
                }
                b'/' => {
                    self.at += 1;
                    let start = self.at;
                    self.skip_regular();
                    return Some(Token::Name(self.slice(start, self.at)));
                }
                b'(' => return Some(Token::Literal(self.literal())),
                b'<' => {
                    if self.bytes.get(self.at + 1) == Some(&b'<') {
                        self.at += 2;
                        return Some(Token::DictMark);
                    }
                    let start = self.at + 1;
                    let rest = self.slice(start, self.bytes.len());
                    let length = memchr::memchr(b'>', rest).unwrap_or(rest.len());
                    self.at = (start + length + 1).min(self.bytes.len());
                    return Some(Token::Hex(self.slice(start, start + length)));
                }
                b'>' => {
                    self.at += 1;
                    if self.peek() == Some(b'>') {
                        self.at += 1;
                        return Some(Token::DictMark);
                    }
                }
                b'[' => {
                    self.at += 1;
                    return Some(Token::ArrayOpen);
                }
                b']' => {
                    self.at += 1;
                    return Some(Token::ArrayClose);
                }
                b')' | b'{' | b'}' => self.at += 1,
                _ => {
                    let start = self.at;
                    self.skip_regular();
                    return Some(Token::Keyword(self.slice(start, self.at)));
                }
            }
        }
    }
}

/// Resolves the escapes of a literal string (ISO 32000-1, 7.3.4.2) into `out`, which is cleared first.
pub(super) fn unescape_literal(raw: &[u8], out: &mut Vec<u8>) {
    out.clear();
    let mut rest = raw;
    while let Some(at) = memchr::memchr2(b'\\', b'\r', rest) {
        out.extend_from_slice(rest.get(..at).unwrap_or_default());
        let escape = rest.get(at) == Some(&b'\\');
        rest = rest.get(at + 1..).unwrap_or_default();
        if !escape {
            // A bare end of line counts as one line feed.
            out.push(b'\n');
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
            continue;
        }
        let Some((&first, tail)) = rest.split_first() else { break };
        rest = tail;
        match first {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\r' => rest = rest.strip_prefix(b"\n").unwrap_or(rest),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(first - b'0');
                for _ in 0..2 {
                    let Some((&digit @ b'0'..=b'7', tail)) = rest.split_first() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    rest = tail;
                }
                out.push((code & 0xFF) as u8);
            }
            other => out.push(other),
        }
    }
    out.extend_from_slice(rest);
}

/// Decodes a hexadecimal string into `out`, which is cleared first; a missing last digit counts as 0.
pub(super) fn decode_hex(raw: &[u8], out: &mut Vec<u8>) {
    out.clear();
    let mut high = None;
    for &byte in raw {
        let Some(digit) = (byte as char).to_digit(16) else { continue };
        match high.take() {
            None => high = Some(digit as u8),
            Some(h) => out.push(h << 4 | digit as u8),
        }
    }
    if let Some(h) = high {
        out.push(h << 4);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(source: &[u8]) -> Vec<Token<'_>> {
        Tokenizer::new(source).collect()
    }

    #[test]
    fn numbers_come_in_every_spelling_that_writers_use() {
        let values: Vec<f32> = tokens(b"1 -2 +3 .5 -.25 4. 12-5 --7 0.1234567890123")
            .into_iter()
            .map(|t| if let Token::Number(n) = t { n } else { panic!("{t:?}") })
            .collect();
        assert_eq!(values, [1.0, -2.0, 3.0, 0.5, -0.25, 4.0, 12.0, -7.0, 0.123_456]);
    }

    #[test]
    fn strings_keep_nested_and_escaped_parentheses() {
        assert_eq!(
            tokens(br"(a(b)\)c) Tj <41 42> [(x)-120.5]TJ"),
            [
                Token::Literal(br"a(b)\)c"),
                Token::Keyword(b"Tj"),
                Token::Hex(b"41 42"),
                Token::ArrayOpen,
                Token::Literal(b"x"),
                Token::Number(-120.5),
                Token::ArrayClose,
                Token::Keyword(b"TJ"),
            ]
        );
    }

    #[test]
    fn escapes_are_resolved() {
        let mut out = Vec::new();
        unescape_literal(b"\\(\\101\\7z\\\nq\\r\r\nw\\x", &mut out);
        assert_eq!(out, b"(A\x07zq\r\nwx");
    }

    #[test]
    fn inline_image_data_is_skipped_even_when_it_holds_the_letters_ei() {
        let mut tokenizer = Tokenizer::new(b"BI /W 2 ID \x01EI\x02 EI \xff\xfe zz\nEI\nQ");
        assert!(tokenizer.any(|t| t == Token::Keyword(b"ID")));
        tokenizer.skip_inline_image();
        assert_eq!(tokenizer.next(), Some(Token::Keyword(b"Q")));
    }

    #[test]
    fn unterminated_things_end_with_the_input() {
        assert_eq!(tokens(b"(abc\\").len(), 1);
        assert_eq!(tokens(b"<414").len(), 1);
        assert_eq!(tokens(b"%").len(), 0);
    }
}
