//! Stage 1, helper: the parts of an Office file since 2007 by name, out of its zip container or out of the one XML file that Word
//! writes as "flat OPC" (`<pkg:package>`), within the limits.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{self, attribute};
use crate::error::Error;
use crate::record::Warning;

/// All parts together may expand to so many times what one may: limit `parts_bytes`.
const MOST_TIMES: usize = 4;

/// The parts of a document.
pub enum Package<'b> {
    /// A zip container.
    Zip {
        /// The container.
        archive: ZipArchive<Cursor<&'b [u8]>>,
        /// Most bytes that one part may expand to.
        limit: usize,
        /// How many bytes parts may still expand to, one that is read twice counted twice.
        left: usize,
        /// Parts that could not be unpacked to their end, or not as their sum says.
        broken: Vec<String>,
    },
    /// One XML file.
    Flat(BTreeMap<String, String>),
}

impl<'b> Package<'b> {
    /// Opens a zip container; no part will be expanded beyond `limit` bytes.
    ///
    /// # Errors
    /// A broken one.
    pub fn zip(bytes: &'b [u8], limit: usize) -> Result<Self, Error> {
        let damaged = |e: ZipError| Error::Damaged(format!("the zip container: {e}"));
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        Ok(Self::Zip { archive, limit, left: limit.saturating_mul(MOST_TIMES), broken: Vec::new() })
    }

    /// Reads the parts out of one XML file; of a broken one those that are whole.
    pub fn flat(source: &str) -> Self {
        Self::Flat(flat_parts(source))
    }

    /// One XML file that is the document and its style sheet at once.
    pub fn whole(source: &str) -> Self {
        let names = ["word/document.xml", "word/styles.xml"];
        Self::Flat(names.into_iter().map(|name| (name.to_owned(), source.to_owned())).collect())
    }

    /// Whether there is a part of that name.
    pub fn has(&self, name: &str) -> bool {
        match self {
            Self::Zip { archive, .. } => archive.index_for_name(name).is_some(),
            Self::Flat(parts) => parts.contains_key(name),
        }
    }

    /// The names of all parts, in order.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = match self {
            Self::Zip { archive, .. } => {
                archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect()
            }
            Self::Flat(parts) => parts.keys().cloned().collect(),
        };
        names.sort_unstable();
        names
    }

    /// The path of the main part, as the relations name it, or else `usual`; `None` if there is neither.
    ///
    /// # Errors
    /// What reading the relations gives.
    pub fn main_part(&mut self, usual: &str) -> Result<Option<String>, Error> {
        let relations = self.part("_rels/.rels")?.unwrap_or_default();
        let main = xml::main_part(&relations).filter(|main| self.has(main));
        Ok(main.or_else(|| self.has(usual).then(|| usual.to_owned())))
    }

    /// One part; `None` if there is none of that name.
    ///
    /// # Errors
    /// One that is broken from its beginning, or expands beyond the limit.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Error> {
        let bytes = match self {
            Self::Flat(parts) => return Ok(parts.get(name).cloned()),
            Self::Zip { archive, limit, left, broken } => match unpack(archive, name, *limit)? {
                Some((bytes, is_whole)) => {
                    *left = left.checked_sub(bytes.len()).ok_or_else(|| {
                        let most = limit.saturating_mul(MOST_TIMES);
                        Error::TooLarge(format!("its parts expand to more than parts_bytes, {most} bytes"))
                    })?;
                    if !is_whole && !broken.iter().any(|known| known == name) {
                        broken.push(name.to_owned());
                    }
                    Some(bytes)
                }
                None => None,
            },
        };
        Ok(bytes.map(|bytes| encoding_rs::UTF_8.decode(&bytes).0.into_owned()))
    }

    /// What the reader of a record should know of the parts that were read.
    pub fn warnings(&self) -> Vec<Warning> {
        let Self::Zip { broken, .. } = self else { return Vec::new() };
        let damaged = |name: &String| Warning {
            code: "damaged".into(),
            message: format!(
                "{name} is damaged: what could be unpacked of it is read, letters may be wrong or missing"
            ),
        };
        broken.iter().map(damaged).collect()
    }
}

/// The bytes of one part, and whether they are all of it.
fn unpack(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    limit: usize,
) -> Result<Option<(Vec<u8>, bool)>, Error> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(e) => return Err(Error::Damaged(format!("{name}: {e}"))),
    };
    let mut bytes = Vec::new();
    let read = file.take(limit as u64 + 1).read_to_end(&mut bytes);
    if bytes.len() > limit {
        return Err(Error::TooLarge(format!("{name} expands to more than stream_bytes, {limit} bytes")));
    }
    match read {
        Err(e) if bytes.is_empty() => Err(Error::Damaged(format!("{name}: {e}"))),
        read => Ok(Some((bytes, read.is_ok()))),
    }
}

/// The XML of each `pkg:part`, by name without the leading slash.
fn flat_parts(source: &str) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    let mut reader = Reader::from_str(source);
    reader.config_mut().check_end_names = false;
    let mut name = None;
    let mut start = None;
    loop {
        let before = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Start(element)) => match element.local_name().as_ref() {
                "part" if start.is_none() => {
                    name = attribute(&element, "name").map(|n| n.trim_start_matches('/').to_owned());
                }
                "xmlData" if start.is_none() => start = Some(reader.buffer_position()),
                _ => {}
            },
            Ok(Event::End(element)) if element.local_name().as_ref() == "xmlData" => {
                let range = start.take().map(|start| start as usize..before as usize);
                if let (Some(name), Some(xml)) = (name.take(), range.and_then(|r| source.get(r))) {
                    parts.insert(name, xml.to_owned());
                }
            }
            Ok(Event::Eof) | Err(_) => return parts,
            Ok(_) => {}
        }
    }
}
