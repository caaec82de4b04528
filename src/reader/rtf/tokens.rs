//! RTF: the bytes as a row of tokens: groups, control words with their numbers, and text.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'b> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` or `\word-12`.
    Word(&'b [u8], Option<i32>),
    /// `\*`, `\~`, `\_` and the like.
    Symbol(u8),
    /// `\'hh`
    Byte(u8),
    /// A byte of text.
    Text(u8),
}

/// Longest control word; the specification says 32.
const LONGEST_WORD: usize = 40;

/// Walks the tokens of a file.
#[derive(Debug, Clone)]
pub struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    /// The tokens of a file.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Passes over binary data.
    pub fn skip(&mut self, length: usize) {
        self.at = self.at.saturating_add(length).min(self.bytes.len());
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let rest = self.bytes.get(self.at..)?;
        let letters = rest.iter().take(LONGEST_WORD).take_while(|b| b.is_ascii_alphabetic()).count();
        let Some(word) = rest.get(..letters).filter(|_| letters > 0) else {
            let symbol = *rest.first()?;
            self.at += 1;
            if symbol != b'\'' {
                return Some(Token::Symbol(symbol));
            }
            let digit = |i: usize| char::from(*rest.get(i)?).to_digit(16);
            return match (digit(1), digit(2)) {
                (Some(high), Some(low)) => {
                    self.at += 2;
                    Some(Token::Byte((high * 16 + low) as u8))
                }
                _ => Some(Token::Text(b'\'')),
            };
        };
        let behind = rest.get(letters..).unwrap_or(&[]);
        let minus = usize::from(behind.first() == Some(&b'-'));
        let digits = behind.iter().skip(minus).take(10).take_while(|b| b.is_ascii_digit()).count();
        let number = behind.get(..minus + digits).filter(|_| digits > 0);
        let number = number.and_then(|n| std::str::from_utf8(n).ok()?.parse().ok());
        let mut end = letters + if digits > 0 { minus + digits } else { 0 };
        // One blank ends the word and is no text.
        end += usize::from(rest.get(end) == Some(&b' '));
        self.at += end;
        Some(Token::Word(word, number))
    }

    /// The next token.
    pub fn token(&mut self) -> Option<Token<'b>> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => continue,
                byte => Some(Token::Text(byte)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Token<'_>> {
        let mut tokens = Tokens::new(bytes);
        std::iter::from_fn(|| tokens.token()).collect()
    }

    #[test]
    fn words_take_their_number_and_one_blank() {
        let expected = [
            Token::Open,
            Token::Word(b"b", Some(0)),
            Token::Text(b'a'),
            Token::Word(b"u", Some(-7)),
            Token::Byte(0xE1),
            Token::Symbol(b'*'),
            Token::Word(b"zz", None),
            Token::Close,
        ];
        assert_eq!(all(b"{\\b0 a\\u-7 \\'e1\\*\\zz}\n"), expected);
        assert!(all(b"\\").is_empty());
        assert_eq!(all(b"\\'g1").len(), 3);
    }
}
