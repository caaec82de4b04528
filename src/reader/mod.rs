//! Stage 1: bytes to text. The table of formats, the limits, and what every reader hands on.
//!
//! A format is known by its bytes, never by the file's extension: `%PDF-` is a PDF even when it is called `bao-cao.txt`.

pub(crate) mod aligned;
mod bytes;
mod cache;
mod doc;
mod docx;
mod encoding;
mod field;
mod flow;
#[cfg(test)]
mod hostile;
mod html;
mod kept;
pub mod kind;
mod limits;
pub mod mail;
pub(crate) mod ocr;
mod odt;
mod office;
mod ole;
mod package;
mod paragraph;
mod pdf;
mod plain;
mod pptx;
mod rows;
mod rtf;
mod sheet;
mod symbol;
mod xml;

pub use cache::Cache;
pub use limits::Limits;
pub use ocr::{Gate, Mode as OcrMode, Ocr};

use crate::error::Error;
pub use crate::record::content::{Cell, Content, Mark, MarkKind, Recognised, Row, Table};

/// How to read: options of the user that concern the reading stage.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct ReadOptions {
    /// Bounds on one document.
    pub limits: Limits,
    /// Password for encrypted PDF files.
    pub password: Option<String>,
    /// Name of the character encoding to force (`--encoding tcvn3`), instead of detecting it.
    pub encoding: Option<String>,
    /// Which pages are read by optical character recognition (`--ocr`), and how.
    pub ocr: Ocr,
    /// Where texts and recognised pages are kept (`--cache`).
    pub cache: Option<Cache>,
}

/// Reads one document of any supported format.
///
/// # Errors
/// Every unreadable input gives an [`Error`] with a code; nothing panics.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Content, Error> {
    if bytes.len() as u64 > options.limits.file_bytes {
        return Err(Error::TooLarge(format!(
            "{} bytes, limit file_bytes is {}",
            bytes.len(),
            options.limits.file_bytes
        )));
    }
    match FORMATS.iter().find(|f| (f.sniff)(bytes)) {
        Some(format) => kept::or_read(bytes, options, || (format.read)(bytes, options)),
        None if kind::is_cut_zip(bytes) => Err(Error::Damaged("a zip container that is cut short".into())),
        None => plain::read(bytes, options),
    }
}

/// "1-3, 5" for a sorted list of page numbers.
fn page_list(pages: &[usize]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for group in pages.chunk_by(|a, b| a + 1 == *b) {
        match group {
            [only] => parts.push(only.to_string()),
            [first, .., last] => parts.push(format!("{first}-{last}")),
            [] => {}
        }
    }
    parts.join(", ")
}

/// One supported format: its name, the extensions that promise it, how its bytes are recognised, and who reads it.
struct Format {
    /// `source.format` of its records; some readers name a variant (`mhtml` for a web page in the form of a message).
    name: &'static str,
    extensions: &'static [&'static str],
    sniff: fn(&[u8]) -> bool,
    read: fn(&[u8], &ReadOptions) -> Result<Content, Error>,
}

/// The table of formats, in the order they are tried; what none of them claims is plain text.
const FORMATS: &[Format] = &[
    Format { name: "pdf", extensions: &["pdf"], sniff: pdf::sniff, read: pdf::read },
    // Word and Excel before 2007, and anything since with a password.
    Format {
        name: "doc",
        extensions: &["doc", "dot", "xls", "xlt", "wps"],
        sniff: ole::sniff,
        read: ole::read,
    },
    Format { name: "rtf", extensions: &["rtf"], sniff: rtf::sniff, read: rtf::read },
    Format {
        name: "xlsx",
        extensions: &["xlsx", "xlsm", "xltx"],
        sniff: sheet::sniff_xlsx,
        read: sheet::read_xlsx,
    },
    Format { name: "ods", extensions: &["ods", "ots"], sniff: sheet::sniff_ods, read: sheet::read_ods },
    Format { name: "odt", extensions: &["odt", "ott"], sniff: odt::sniff, read: odt::read },
    Format { name: "pptx", extensions: &["pptx", "ppsx"], sniff: pptx::sniff, read: pptx::read },
    Format { name: "docx", extensions: &["docx", "docm", "dotx"], sniff: docx::sniff, read: docx::read },
    Format { name: "docx", extensions: &[], sniff: docx::sniff_flat, read: docx::read_flat },
    Format { name: "xls", extensions: &[], sniff: sheet::sniff_xml, read: sheet::read_xml },
    Format { name: "tiff", extensions: &[], sniff: ocr::picture::sniff, read: ocr::picture::read },
    Format { name: "html", extensions: &["html", "htm", "xhtml"], sniff: html::sniff, read: html::read },
    Format { name: "eml", extensions: &["eml", "mht", "mhtml"], sniff: mail::sniff, read: mail::read },
];

/// Extensions of plain text, and of documents that no reader takes yet; these get an error record.
const OTHER_EXTENSIONS: &[&str] = &["txt", "text", "md", "ppt", "pps", "odp", "msg", "epub", "xlsb"];

/// Whether a file's extension (in lower case) promises a document: such a file is never passed over in silence.
pub fn promises_document(extension: &str) -> bool {
    OTHER_EXTENSIONS.contains(&extension) || FORMATS.iter().any(|f| f.extensions.contains(&extension))
}

/// The name of the format that the bytes are in; `text` where no other claims them.
pub fn format_of(bytes: &[u8]) -> &'static str {
    FORMATS.iter().find(|f| (f.sniff)(bytes)).map_or("text", |f| f.name)
}
