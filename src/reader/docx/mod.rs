//! Stage 1: Word documents (DOCX). In comes the zip container; out goes the text as Word shows it: paragraphs with
//! their list numbers, tables, text boxes, and the notes at the end as "[1] …".

mod body;
mod numbering;
mod paragraph;
mod styles;
mod xml;

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use self::body::Body;
use self::numbering::Numbering;
use self::styles::Styles;
use super::{Content, ReadOptions};
use crate::error::Error;
use crate::record::{TextSource, Warning};

/// The old compound container, which also wraps encrypted Word documents.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Reads one document of this format.
///
/// # Errors
/// A container that is broken, encrypted or holds no Word document; a part above the limits; no text.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    if bytes.starts_with(COMPOUND) {
        return Err(Error::Encrypted(
            "a password-protected Office file; save it without password first".into(),
        ));
    }
    let damaged = |e: ZipError| Error::Damaged(format!("the zip container: {e}"));
    let mut container = Container {
        archive: ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?,
        limit: options.limits.stream_bytes,
    };
    let main = container.main_part()?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let part = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let document = container.part(&main)?.ok_or_else(|| Error::Damaged("its main part is missing".into()))?;
    let styles = container.part(&part("styles.xml"))?.map_or_else(Styles::default, |xml| Styles::read(&xml));
    let numbering =
        container.part(&part("numbering.xml"))?.map_or_else(Numbering::default, |xml| Numbering::read(&xml));
    let mut warnings = Vec::new();
    let mut body = Body::new(styles, numbering, options.limits.text_bytes);
    if let Err(error) = xml::walk(&document, &mut body) {
        let message = format!("the document breaks off: {error}; what stands before is read");
        warnings.push(Warning { code: "damaged".into(), message });
    }
    for (kind, name) in [("footnote", "footnotes.xml"), ("endnote", "endnotes.xml")] {
        if body.has_notes(kind)
            && let Some(xml) = container.part(&part(name))?
            && let Err(error) = xml::walk(&xml, &mut body.notes(kind))
        {
            warnings.push(Warning { code: "damaged".into(), message: format!("{name} breaks off: {error}") });
        }
    }
    body.check()?;
    let (flow, charset) = body.finish();
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
        recognised: Vec::new(),
        warnings,
    })
}

/// Whether the bytes are of this format: a zip container with a Word part, or an encrypted one.
pub fn sniff(bytes: &[u8]) -> bool {
    let has = |what: &[u8]| memchr::memmem::find(bytes, what).is_some();
    let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    (bytes.starts_with(b"PK\x03\x04") && (has(b"word/") || has(b"wordprocessingml")))
        || (bytes.starts_with(COMPOUND) && has(&wide))
}

struct Container<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    limit: usize,
}

impl Container<'_> {
    /// The path of the document inside the container, as its relations name it.
    fn main_part(&mut self) -> Result<String, Error> {
        const USUAL: &str = "word/document.xml";
        let relations = self.part("_rels/.rels")?.unwrap_or_default();
        let main = xml::main_part(&relations).unwrap_or_else(|| USUAL.to_owned());
        if self.archive.index_for_name(&main).is_some() {
            return Ok(main);
        }
        match self.archive.index_for_name(USUAL) {
            Some(_) => Ok(USUAL.to_owned()),
            None => Err(Error::Unsupported("a zip container that is no .docx".into())),
        }
    }

    /// One part, decompressed within the limit; `None` if the container has none of that name.
    fn part(&mut self, name: &str) -> Result<Option<String>, Error> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(e) => return Err(Error::Damaged(format!("{name}: {e}"))),
        };
        let mut bytes = Vec::new();
        let read = file.take(self.limit as u64 + 1).read_to_end(&mut bytes);
        if bytes.len() > self.limit {
            return Err(Error::TooLarge(format!(
                "{name} expands to more than stream_bytes, {} bytes",
                self.limit
            )));
        }
        match read {
            // What could be unpacked is read; the walk says where it breaks off.
            Ok(_) | Err(_) if !bytes.is_empty() => Ok(Some(encoding_rs::UTF_8.decode(&bytes).0.into_owned())),
            Ok(_) => Ok(Some(String::new())),
            Err(e) => Err(Error::Damaged(format!("{name}: {e}"))),
        }
    }
}

#[cfg(test)]
mod tests;
