//! The way back, for tests and measurements: Unicode text to the bytes of an old encoding.

use super::Charset;
use super::table::{byte_of, table};
use crate::charset::letter::{self, Tone};

/// The bytes of `text` in `charset`; `None` where a character has no place in it.
pub fn encode(text: &str, charset: Charset) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        match table(charset) {
            // Double encoding: the bytes of the characters that the UTF-8 bytes look like.
            None => out.extend(c.encode_utf8(&mut [0; 4]).bytes()),
            Some(_) if c.is_ascii() => out.push(u8::try_from(c).ok()?),
            Some(t) => {
                let found = t.bytes.binary_search_by_key(&c, |e| e.0).ok().and_then(|i| t.bytes.get(i));
                match found {
                    Some((_, bytes)) => out.extend_from_slice(bytes),
                    None if charset == Charset::Windows1258 => windows_1258(c, &mut out)?,
                    // A byte that stands for itself.
                    None => {
                        let b = byte_of(c)?;
                        if t.code(b) != super::table::Code::Other {
                            return None;
                        }
                        out.push(b);
                    }
                }
            }
        }
    }
    Some(out)
}

fn windows_1258(c: char, out: &mut Vec<u8>) -> Option<()> {
    let t = table(Charset::Windows1258)?;
    // Letters that Windows-1258 kept from Windows-1252: à â è é ê …
    if let Some(b) = byte_of(c).filter(|&b| t.code(b) == super::table::Code::Other) {
        out.push(b);
        return Some(());
    }
    let l = letter::letter(c)?;
    let mark = match l.tone {
        Tone::Grave => '\u{300}',
        Tone::Hook => '\u{309}',
        Tone::Tilde => '\u{303}',
        Tone::Acute => '\u{301}',
        Tone::Dot => '\u{323}',
        Tone::Level => return None,
    };
    let base = if l.upper { letter::upper(l.base) } else { l.base };
    for c in [base, mark] {
        match t.bytes.iter().find(|e| e.0 == c) {
            Some((_, bytes)) => out.extend_from_slice(bytes),
            None => out.push(byte_of(c)?),
        }
    }
    Some(())
}
