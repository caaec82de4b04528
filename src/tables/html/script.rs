//! Scripts and their data inside a page: what its Content-Security-Policy names, and what cannot end the script early.

use std::io;

use serde::Serialize;
use sha2::{Digest, Sha256};

/// The hash by which a Content-Security-Policy names a script.
pub fn hash(script: &str) -> String {
    base64(&Sha256::digest(script.as_bytes()))
}

/// Data for a script element: inside of it nothing but its end tag has a meaning.
///
/// # Errors
/// None in practice: our own types are written.
pub fn json(data: &impl Serialize) -> io::Result<String> {
    let json = serde_json::to_string(data).map_err(io::Error::from)?;
    Ok(json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}

/// Base64, as a Content-Security-Policy names a script by its hash.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let at = |i: usize| u32::from(three.get(i).copied().unwrap_or(0));
        let all = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let six = (all >> (18 - 6 * i)) as usize & 63;
            let letter = LETTERS.get(six).copied().map_or('=', char::from);
            out.push(if i > three.len() { '=' } else { letter });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_as_others_write_it() {
        for (given, want) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(given.as_bytes()), want);
        }
    }
}
