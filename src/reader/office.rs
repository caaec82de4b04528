//! Stage 1: what the readers of office files share. In: a way to read the file. Out: its [`Content`].
//!
//! What text in .VnTime means is known when the whole file is read: so it is read twice where there was anything to learn.

use super::flow::Flow;
use super::paragraph::OldFonts;
use super::{Content, ReadOptions};
use crate::charset::Charset;
use crate::error::Error;
use crate::record::{TextSource, Warning};

/// What readers say of a document without text.
pub(super) const EMPTY_DOCUMENT: &str = "the document is empty, or holds pictures only";

/// Reads once, and a second time with what was learnt about fonts, if there was anything to learn.
///
/// # Errors
/// Those of the reading.
pub(super) fn twice(
    mut read: impl FnMut(&mut OldFonts) -> Result<Flow, Error>,
) -> Result<(Flow, Option<Charset>), Error> {
    let mut fonts = OldFonts::default();
    let mut flow = read(&mut fonts)?;
    let charset = fonts.charset();
    if let Some(mut learnt) = fonts.learnt() {
        flow = read(&mut learnt)?;
    }
    Ok((flow, charset))
}

/// The content that a flow makes; `empty` says why there may be no text.
///
/// # Errors
/// Text above the limit, no text.
pub(super) fn content(
    format: &'static str,
    (flow, charset): (Flow, Option<Charset>),
    empty: &str,
    warnings: Vec<Warning>,
    options: &ReadOptions,
) -> Result<Content, Error> {
    options.limits.check_text(&flow.text)?;
    if flow.text.trim().is_empty() {
        return Err(Error::NoText(empty.into()));
    }
    Ok(Content {
        recognised: Vec::new(),
        format,
        encoding: charset.map(|c| c.name()),
        pages: memchr::memchr_iter(0x0C, flow.text.as_bytes()).count() + 1,
        text: flow.text,
        text_source: TextSource::Plain,
        tables: flow.tables,
        marks: flow.marks,
        warnings,
    })
}
