//! The page of `baocao compare --format html`: the rows and what they stand on as data, and a script of our own that
//! filters, pivots and draws them. It loads nothing, sends nothing, and runs no other script.

use std::io;

use askama::Template;

use super::{data, script};
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
    let data = script::json(&data::of(rows, around, catalogue))?;
    Page { data, script: SCRIPT, hash: script::hash(SCRIPT) }.write_into(out).map_err(io::Error::other)
}
