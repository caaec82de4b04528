//! PDF, step 2: a stream object to its decoded bytes, within a limit.
//!
//! lopdf decodes the filters; this module first writes abbreviated names out in full (`/Fl` in Vietnamese TCVN3 files
//! of 2004-05) and follows references in `/Filter` and `/DecodeParms`, both of which lopdf leaves undecoded.

use lopdf::{Dictionary, Document, Object, Stream};

use std::cell::Cell;

use super::super::Limits;
use crate::error::Error;

/// How much may be decoded: of one stream, and of the whole document, where what is shared counts each time it is read.
#[derive(Debug)]
pub(super) struct Budget {
    /// Most bytes of one stream.
    pub(super) stream: usize,
    document: usize,
    text: usize,
    decoded: Cell<usize>,
    shown: Cell<usize>,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            stream: limits.stream_bytes,
            document: limits.content_bytes,
            text: limits.text_bytes,
            decoded: Cell::new(0),
            shown: Cell::new(0),
        }
    }

    /// Counts decoded bytes.
    ///
    /// # Errors
    /// `too_large` beyond the limit `content_bytes`.
    fn decoded(&self, bytes: usize) -> Result<(), Error> {
        let all = self.decoded.get().saturating_add(bytes);
        self.decoded.set(all);
        if all > self.document {
            return Err(Error::TooLarge(format!(
                "its pages, forms and fonts expand beyond the limit content_bytes of {} bytes",
                self.document
            )));
        }
        Ok(())
    }

    /// Counts the text of glyphs that stand for more than one character.
    pub(super) fn shown(&self, bytes: usize) {
        self.shown.set(self.shown.get().saturating_add(bytes));
    }

    /// Refuses text that grows beyond the limit `text_bytes` before its page is written.
    ///
    /// # Errors
    /// `too_large`.
    pub(super) fn check_shown(&self) -> Result<(), Error> {
        if self.shown.get() > self.text {
            return Err(Error::TooLarge(format!(
                "the text shown exceeds the limit text_bytes of {}, see --max-text",
                self.text
            )));
        }
        Ok(())
    }
}

/// The full name of a filter (ISO 32000-1, tables 6 and 94).
fn full_name(name: &[u8]) -> &[u8] {
    match name {
        b"Fl" => b"FlateDecode",
        b"AHx" => b"ASCIIHexDecode",
        b"A85" => b"ASCII85Decode",
        b"LZW" => b"LZWDecode",
        b"RL" => b"RunLengthDecode",
        b"CCF" => b"CCITTFaxDecode",
        b"DCT" => b"DCTDecode",
        other => other,
    }
}

/// Whether lopdf reads the stream's filter entries as they stand.
fn is_plain(dict: &Dictionary) -> bool {
    let full = |object: &Object| object.as_name().is_ok_and(|name| full_name(name) == name);
    let filters = match dict.get(b"Filter") {
        Err(_) => true,
        Ok(Object::Array(names)) => names.iter().all(full),
        Ok(other) => full(other),
    };
    let direct = |object: &Object| !matches!(object, Object::Reference(_));
    let parms = match dict.get(b"DecodeParms") {
        Err(_) => true,
        Ok(Object::Array(items)) => items.iter().all(direct),
        Ok(other) => direct(other),
    };
    filters && parms && !dict.has(b"DP")
}

/// Follows references at the top and inside an array.
fn resolve(doc: &Document, object: &Object) -> Object {
    match doc.dereference(object).map_or(object, |(_, target)| target) {
        Object::Array(items) => Object::Array(
            items
                .iter()
                .map(|item| doc.dereference(item).map_or(item, |(_, target)| target).clone())
                .collect(),
        ),
        other => other.clone(),
    }
}

/// The decoded bytes of a stream; empty where a filter is unknown (an image) or the data is unreadable.
///
/// # Errors
/// [`Error::TooLarge`] where the data expands beyond the budget.
pub(super) fn decode(doc: &Document, stream: &Stream, budget: &Budget) -> Result<Vec<u8>, Error> {
    let limit = budget.stream;
    let result = if is_plain(&stream.dict) {
        stream.get_plain_content_with_limit(limit)
    } else {
        let mut dict = Dictionary::new();
        if let Ok(filter) = stream.dict.get(b"Filter") {
            let expand = |object: Object| match object {
                Object::Name(name) => Object::Name(full_name(&name).to_vec()),
                other => other,
            };
            dict.set(
                "Filter",
                match resolve(doc, filter) {
                    Object::Array(items) => Object::Array(items.into_iter().map(expand).collect()),
                    other => expand(other),
                },
            );
        }
        if let Ok(parms) = stream.dict.get(b"DecodeParms").or_else(|_| stream.dict.get(b"DP")) {
            dict.set("DecodeParms", resolve(doc, parms));
        }
        Stream::new(dict, stream.content.clone()).get_plain_content_with_limit(limit)
    };
    match result {
        Ok(bytes) => budget.decoded(bytes.len() + stream.content.len()).map(|()| bytes),
        Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
            Err(Error::TooLarge(format!(
                "a stream of the PDF expands beyond the limit stream_bytes of {limit} bytes"
            )))
        }
        Err(_) => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    fn budget(stream: usize, document: usize) -> Budget {
        Budget::new(&Limits { stream_bytes: stream, content_bytes: document, ..Limits::default() })
    }

    #[test]
    fn what_is_read_again_and_again_counts_each_time() {
        let stream = Stream::new(dictionary! {}, vec![b' '; 1000]);
        let budget = budget(1 << 20, 10_000);
        let read = (0..).take_while(|_| decode(&Document::new(), &stream, &budget).is_ok()).count();
        assert_eq!(read, 5);
    }

    #[test]
    fn abbreviated_filter_names_are_understood() {
        let stream = Stream::new(
            dictionary! { "Filter" => vec!["AHx".into(), "A85".into()] },
            b"3837635552447E3E>".to_vec(),
        );
        assert_eq!(decode(&Document::new(), &stream, &budget(1000, 1000)).unwrap(), b"Hell");
    }

    #[test]
    fn a_filter_behind_a_reference_is_found() {
        let mut doc = Document::new();
        let id = doc.add_object(Object::Name(b"ASCIIHexDecode".to_vec()));
        let stream = Stream::new(dictionary! { "Filter" => id }, b"4869>".to_vec());
        assert_eq!(decode(&doc, &stream, &budget(1000, 1000)).unwrap(), b"Hi");
    }

    #[test]
    fn a_decompression_bomb_is_refused_with_the_limit_named() {
        let mut stream = Stream::new(dictionary! {}, vec![b' '; 1 << 20]);
        stream.compress().unwrap();
        let error = decode(&Document::new(), &stream, &budget(1 << 16, 1 << 30)).unwrap_err();
        assert_eq!(error.code(), "too_large");
        assert!(error.to_string().contains("stream_bytes"));
    }
}
