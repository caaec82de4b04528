//! Options that every subcommand shares which reads documents.

use std::path::PathBuf;

use baocao::charset::Charset;
use baocao::patterns::Patterns;
use baocao::reader::{Limits, ReadOptions};
use baocao::words::repair;
use baocao::{Extractor, Options};
use clap::builder::PossibleValuesParser;

/// How documents are read.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Reading")]
pub struct Reading {
    /// Password for encrypted PDF files.
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
    /// Reads scanned PDF files by optical character recognition; needs pdftoppm (poppler-utils) and tesseract with the
    /// language vie.
    #[arg(long)]
    ocr: bool,
    /// Character encoding of plain text, instead of detecting it (utf-8, tcvn3, vni, viscii, vps, windows-1258 …).
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<String>,
    /// Leaves out one repair of the working copy (repeatable); the record's `repairs` shows which were made.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(repair::NAMES))]
    no_repair: Vec<String>,
    /// Folder of pattern files that extend or replace the built-in ones.
    #[arg(long, value_name = "DIR")]
    patterns: Option<PathBuf>,
    /// Largest file to read, in bytes or with a suffix: 500k, 100M, 2G.
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = size)]
    max_size: u64,
    /// Longest text of one document: 64M are some 20,000 pages.
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size)]
    max_text: u64,
}

impl Reading {
    /// Whether the user has patterns of their own.
    pub fn has_patterns(&self) -> bool {
        self.patterns.is_some()
    }

    /// The user's folder of patterns, wherever a worker may stand.
    pub fn patterns(&self) -> Option<PathBuf> {
        self.patterns.as_ref().map(|dir| std::fs::canonicalize(dir).unwrap_or_else(|_| dir.clone()))
    }

    /// How documents are read, without the patterns: enough to print their text.
    pub fn options(&self) -> Options {
        let text_bytes = usize::try_from(self.max_text).unwrap_or(usize::MAX);
        let limits = Limits { file_bytes: self.max_size, text_bytes, ..Limits::default() };
        let read = ReadOptions {
            limits,
            password: self.password.clone(),
            encoding: self.encoding.clone(),
            ocr: self.ocr,
        };
        Options { read, no_repair: self.no_repair.clone() }
    }

    /// The extractor that these options describe.
    ///
    /// # Errors
    /// A broken pattern file, an unknown encoding or repair.
    pub fn extractor(&self) -> anyhow::Result<Extractor> {
        let patterns = match &self.patterns {
            Some(dir) => Patterns::with_dir(dir)?,
            None => Patterns::builtin()?,
        };
        Ok(Extractor::with(patterns, self.options()))
    }
}

/// Takes the name of an encoding that one of the readers knows.
fn encoding(name: &str) -> Result<String, String> {
    let unicode =
        matches!(name.to_ascii_lowercase().as_str(), "utf-8" | "utf8" | "utf-16" | "utf-16le" | "utf-16be");
    if unicode || Charset::from_name(name).is_some() {
        return Ok(name.to_owned());
    }
    let known: Vec<&str> = Charset::ALL.iter().map(|c| c.name()).collect();
    Err(format!("not known; known are utf-8, utf-16le, utf-16be, {}", known.join(", ")))
}

/// Parses a size: digits, then nothing or k, M, G (powers of 1024).
///
/// # Errors
/// A sentence on what is wrong.
pub fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let factor: u64 = match text.strip_prefix(digits).unwrap_or_default().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1 << 10,
        "m" | "mb" => 1 << 20,
        "g" | "gb" => 1 << 30,
        other => return Err(format!("unknown suffix {other:?}; use k, M or G")),
    };
    let number: u64 = digits.parse().map_err(|_| "give a whole number, like 100M".to_owned())?;
    number.checked_mul(factor).filter(|n| *n > 0).ok_or_else(|| "out of range".to_owned())
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_take_a_suffix_and_refuse_nonsense() {
        assert_eq!(size("512"), Ok(512));
        assert_eq!(size("2k"), Ok(2048));
        assert_eq!(size("1G"), Ok(1 << 30));
        for wrong in ["", "M", "-1", "1.5G", "0", "3 apples", "99999999999999999999"] {
            assert!(size(wrong).is_err(), "{wrong:?}");
        }
    }
}
