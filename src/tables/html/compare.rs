//! The page of `baocao compare --format html`: the rows and what they stand on as data, and a script of our own that
//! filters, pivots and draws them. It loads nothing, sends nothing, and runs no other script.

use std::io;

use askama::Template;
use sha2::{Digest, Sha256};

use super::data;
use crate::patterns::catalogue::Catalogue;
use crate::tables::compare::row::Row;

/// The script of the page.
const SCRIPT: &str = concat!(include_str!("../../../templates/compare.js"), "\n");

#[derive(Template)]
#[template(path = "compare.html")]
struct Page {
    data: String,
    script: &'static str,
    hash: String,
}

/// What stands beside the rows on the page.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Values that are not certain, each with its doubt.
    pub apart: &'a [Row],
    /// Documents with the content of another.
    pub copies: usize,
    /// The page of a single document, by the id of its record; empty where there is none.
    pub pages: &'a dyn Fn(&str) -> String,
}

/// Writes the page.
///
/// # Errors
/// A template that cannot be written: none in a tested build.
pub fn page(rows: &[Row], around: Around<'_>, catalogue: &Catalogue, out: &mut Vec<u8>) -> io::Result<()> {
    let data = serde_json::to_string(&data::of(rows, around, catalogue))?;
    // Inside a script element nothing but its end tag has a meaning.
    let data = data.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    let hash = base64(&Sha256::digest(SCRIPT.as_bytes()));
    Page { data, script: SCRIPT, hash }.write_into(out).map_err(io::Error::other)
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
