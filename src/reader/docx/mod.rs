//! Stage 1: Word documents (DOCX). In comes the zip container; out goes the text as Word shows it: paragraphs with
//! their list numbers, tables, text boxes, and the notes at the end as "[1] …".

mod body;
mod headers;
pub mod numbering;
mod styles;

use std::collections::{BTreeMap, BTreeSet};

use self::body::Body;
use self::numbering::Numbering;
use self::styles::Styles;
use super::flow::Flow;
use super::office::{self, EMPTY_DOCUMENT};
use super::package::Package;
use super::paragraph::OldFonts;
use super::xml;
use super::{Content, ReadOptions, html, mail, rtf};
use crate::error::Error;
use crate::record::Warning;

/// Reads one document of this format.
///
/// # Errors
/// A container that is broken, encrypted or holds no Word document; a part above the limits; no text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    read_package(Package::zip(bytes, options.limits.stream_bytes)?, options)
}

/// Reads the one XML file that Word writes: flat OPC, or the XML of Word 2003, whose elements have the same names.
///
/// # Errors
/// As [`read`].
pub fn read_flat(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    let source = encoding_rs::UTF_8.decode(bytes).0;
    read_package(if is_2003(bytes) { Package::whole(&source) } else { Package::flat(&source) }, options)
}

/// Whether the bytes are of this format.
pub fn sniff_flat(bytes: &[u8]) -> bool {
    let head = xml_head(bytes);
    memchr::memmem::find(head, b"schemas.microsoft.com/office/2006/xmlPackage").is_some() || is_2003(bytes)
}

fn is_2003(bytes: &[u8]) -> bool {
    memchr::memmem::find(xml_head(bytes), b"schemas.microsoft.com/office/word/2003/wordml").is_some()
}

/// The beginning of an XML file; empty for other bytes.
fn xml_head(bytes: &[u8]) -> &[u8] {
    const HEAD: usize = 4096;
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let is_xml = body.starts_with(b"<?xml") || body.starts_with(b"<pkg:") || body.starts_with(b"<w:");
    if is_xml { body.get(..HEAD).unwrap_or(body) } else { &[] }
}

fn read_package(mut container: Package<'_>, options: &ReadOptions) -> Result<Content, Error> {
    let main = container.main_part("word/document.xml")?;
    let main = main.ok_or_else(|| Error::Unsupported("a zip container that is no .docx".into()))?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let part = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let document = container.part(&main)?.ok_or_else(|| Error::Damaged("its main part is missing".into()))?;
    let styles = container.part(&part("styles.xml"))?.map_or_else(Styles::default, |xml| Styles::read(&xml));
    let numbering =
        container.part(&part("numbering.xml"))?.map_or_else(Numbering::default, |xml| Numbering::read(&xml));
    let mut warnings = Vec::new();
    let (header, chunks) = related(&mut container, &main, &document, options)?;
    let notes = [
        ("footnote", container.part(&part("footnotes.xml"))?),
        ("endnote", container.part(&part("endnotes.xml"))?),
    ];
    let read = |fonts: &mut OldFonts| {
        let used = std::mem::take(fonts);
        let mut body =
            Body::new(styles.clone(), numbering.clone(), chunks.clone(), used, options.limits.text_bytes);
        if let Some(header) = &header {
            // A broken header as far as it goes.
            let _ = xml::walk(header, &mut body);
        }
        if let Err(error) = xml::walk(&document, &mut body) {
            let message = format!("the document breaks off: {error}; what stands before is read");
            warnings.push(Warning { code: "damaged".into(), message });
        }
        for (kind, xml) in &notes {
            if body.has_notes(kind)
                && let Some(xml) = xml
                && let Err(error) = xml::walk(xml, &mut body.notes(kind))
            {
                warnings.push(Warning {
                    code: "damaged".into(),
                    message: format!("its {kind}s break off: {error}"),
                });
            }
        }
        let (flow, used) = body.finish()?;
        *fonts = used;
        Ok(flow)
    };
    let read = office::twice(read)?;
    warnings.dedup();
    warnings.splice(0..0, container.warnings());
    office::content("docx", read, EMPTY_DOCUMENT, warnings, options)
}

/// Parts that stand in the document by their relation's id.
type Chunks = BTreeMap<String, Flow>;

/// The page header of the first page, which may hold the office's head (a running header on every page repeats what is known), and
/// the web pages or rich texts that another program put into the document whole.
fn related(
    container: &mut Package<'_>,
    main: &str,
    document: &str,
    options: &ReadOptions,
) -> Result<(Option<String>, Chunks), Error> {
    let has = |what: &[u8]| memchr::memmem::find(document.as_bytes(), what).is_some();
    let mut chunks = Chunks::new();
    if !has(b"headerReference") && !has(b"altChunk") {
        return Ok((None, chunks));
    }
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let mut relations =
        xml::relations(&container.part(&format!("{folder}/_rels/{file}.rels"))?.unwrap_or_default());
    let header = headers::first_page(document).and_then(|id| relations.remove(&id));
    let header = match header {
        Some((_, target)) => container.part(&xml::resolve(folder, &target))?,
        None => None,
    };
    let mut seen = BTreeSet::new();
    for (id, (_, target)) in relations.into_iter().filter(|(_, (kind, _))| kind.ends_with("/aFChunk")) {
        // Each is written once, however many relations name it.
        if !seen.insert(target.clone()) {
            continue;
        }
        let Some(part) = container.part(&xml::resolve(folder, &target))? else { continue };
        let bytes = part.as_bytes();
        let content = match () {
            () if rtf::sniff(bytes) => rtf::read(bytes, options),
            () if mail::sniff(bytes) => mail::read(bytes, options),
            () if html::sniff(bytes) => html::read(bytes, options),
            // A document in a document: one inside the other without end, perhaps.
            () => continue,
        };
        if let Ok(content) = content {
            chunks.insert(id, Flow::of(content.text, content.tables, content.marks));
        }
    }
    Ok((header, chunks))
}

/// Whether the bytes are of this format: a zip container with a Word part.
pub fn sniff(bytes: &[u8]) -> bool {
    let has = |what: &[u8]| memchr::memmem::find(bytes, what).is_some();
    bytes.starts_with(b"PK\x03\x04") && (has(b"word/") || has(b"wordprocessingml"))
}

#[cfg(test)]
mod tests;
