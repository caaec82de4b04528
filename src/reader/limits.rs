//! The bounds on one document. Every one has a name that stands in the error message when it is exceeded, and is checked
//! while what it bounds grows, so that no input takes more memory than a limit allows.

use crate::error::Error;
use crate::record::Record;

/// Bounds on one document.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Largest file, in bytes.
    pub file_bytes: u64,
    /// Largest extracted text, in bytes.
    pub text_bytes: usize,
    /// Most pages of one document.
    pub pages: usize,
    /// Most bytes that one compressed stream may expand to.
    pub stream_bytes: usize,
    /// Most bytes that all pages, forms and fonts of a PDF may expand to, those shared counted each time they are read.
    pub content_bytes: usize,
    /// Most numerals of one text.
    pub numerals: usize,
    /// Most references, dates and indicators of one record.
    pub items: usize,
    /// Most bytes of one record.
    pub record_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 1 << 30,
            text_bytes: 64 << 20,
            pages: 20_000,
            stream_bytes: 128 << 20,
            content_bytes: 512 << 20,
            numerals: 3_000_000,
            items: 1_500_000,
            record_bytes: 1 << 30,
        }
    }
}

impl Limits {
    /// Refuses a text above the limit `text_bytes`.
    pub(super) fn check_text(&self, text: &str) -> Result<(), Error> {
        let (len, limit) = (text.len(), self.text_bytes);
        if len > limit {
            return Err(Error::TooLarge(format!(
                "{len} bytes of text, limit text_bytes is {limit}, see --max-text"
            )));
        }
        Ok(())
    }

    /// Refuses a text above the limit `numerals`, before anything is made of them.
    pub(crate) fn check_numerals(&self, text: &str) -> Result<(), Error> {
        if text.len() <= self.numerals {
            return Ok(());
        }
        let mut before = false;
        let mut numerals = 0;
        for byte in text.bytes() {
            let digit = byte.is_ascii_digit();
            numerals += usize::from(digit && !before);
            before = digit;
        }
        check("numerals", numerals, self.numerals)
    }

    /// Refuses more items than the limit `items`, before they are put into a record.
    pub(crate) fn check_items(&self, items: usize) -> Result<(), Error> {
        check("items", items, self.items)
    }

    /// Refuses a record that will be written in more bytes than the limit `record_bytes`: each indicator carries its
    /// sentence.
    pub(crate) fn check_record(&self, record: &Record) -> Result<(), Error> {
        let sentences: usize =
            record.indicators.iter().filter_map(|i| i.sentence.as_ref()).map(|s| s.text.len()).sum();
        let items = record.indicators.len() + record.dates.len() + record.references.len();
        check("record_bytes", sentences + ITEM_BYTES * items, self.record_bytes)
    }
}

/// About how many bytes an item takes in a record, without its sentence.
const ITEM_BYTES: usize = 600;

fn check(name: &str, n: usize, limit: usize) -> Result<(), Error> {
    if n > limit {
        return Err(Error::TooLarge(format!("{n} {name}, limit {name} is {limit}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_counted_and_refused_by_name() {
        let limits = Limits { numerals: 3, ..Limits::default() };
        assert!(limits.check_numerals("12, 13,5").is_ok());
        let error = limits.check_numerals("1 2 3 45").unwrap_err();
        assert_eq!((error.code(), error.to_string().contains("limit numerals is 3")), ("too_large", true));
    }
}
