//! Stage 1: Word documents (DOCX). In comes the zip container; out goes the text as Word shows it: paragraphs with
//! their list numbers, tables, text boxes, and the notes at the end as "[1] …".

mod body;
pub mod numbering;
mod styles;

use self::body::Body;
use self::numbering::Numbering;
use self::styles::Styles;
use super::package::Package;
use super::paragraph::OldFonts;
use super::xml;
use super::{Content, ReadOptions};
use crate::error::Error;
use crate::record::{TextSource, Warning};

/// Reads one document of this format.
///
/// # Errors
/// A container that is broken, encrypted or holds no Word document; a part above the limits; no text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    read_package(Package::zip(bytes, options.limits.stream_bytes)?, options)
}

/// Reads the one XML file that Word writes as flat OPC.
///
/// # Errors
/// As [`read`].
pub fn read_flat(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    read_package(Package::flat(&encoding_rs::UTF_8.decode(bytes).0), options)
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
    let notes = [
        ("footnote", container.part(&part("footnotes.xml"))?),
        ("endnote", container.part(&part("endnotes.xml"))?),
    ];
    let mut read = |fonts| {
        let mut body = Body::new(styles.clone(), numbering.clone(), fonts);
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
        body.finish()
    };
    let (mut flow, fonts) = read(OldFonts::default());
    let charset = fonts.charset();
    if let Some(learnt) = fonts.learnt() {
        (flow, _) = read(learnt);
    }
    warnings.dedup();
    options.limits.check_text(&flow.text)?;
    if flow.text.trim().is_empty() {
        return Err(Error::NoText("the document is empty, or holds pictures only".into()));
    }
    Ok(Content {
        format: "docx",
        encoding: charset.map(|c| c.name()),
        pages: memchr::memchr_iter(0x0C, flow.text.as_bytes()).count() + 1,
        text: flow.text,
        text_source: TextSource::Plain,
        tables: flow.tables,
        marks: flow.marks,
        warnings,
    })
}

/// Whether the bytes are of this format: a zip container with a Word part.
pub fn sniff(bytes: &[u8]) -> bool {
    let has = |what: &[u8]| memchr::memmem::find(bytes, what).is_some();
    bytes.starts_with(b"PK\x03\x04") && (has(b"word/") || has(b"wordprocessingml"))
}

#[cfg(test)]
mod tests;
