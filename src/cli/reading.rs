//! Options that every subcommand shares which reads documents.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use crate::Extractor;
use crate::Options;
use crate::charset::{self, Charset};
use crate::patterns::Patterns;
use crate::reader::{Cache, Limits, Ocr, OcrMode, ReadOptions};
use crate::words::repair;
use anyhow::Context;
use clap::builder::PossibleValuesParser;

/// Usual time limit of a document, in seconds.
const TIME_LIMIT: u64 = 300;
/// The same with OCR: a scan of 400 pages takes a quarter of an hour on one core.
const OCR_TIME_LIMIT: u64 = 3600;

/// How documents are read.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Reading")]
pub struct Reading {
    /// Password for encrypted PDF files; other users of the machine may see it, not so with --password-file.
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
    /// File whose first line is the password for encrypted PDF files.
    #[arg(long, value_name = "FILE", conflicts_with = "password")]
    password_file: Option<PathBuf>,
    /// Optical character recognition (OCR) of the pages that need it (auto), of all pages (force).
    ///
    /// Scans, garbage layers, broken fonts and pictures need it. It takes pdftoppm (poppler-utils) and tesseract with the
    /// language vie.
    #[arg(long, value_name = "off|auto|force", num_args = 0..=1, require_equals = true, default_missing_value = "auto",
          default_value = "off", value_parser = which)]
    ocr: OcrMode,
    /// Time limit of one page of OCR in seconds; pages that are read by then are kept.
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..))]
    page_timeout: u64,
    /// Keeps extracted texts and recognised pages in a folder.
    ///
    /// Later runs need not read the documents again.
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Character encoding of plain text, instead of detecting it.
    ///
    /// One of utf-8, utf-16le, utf-16be, tcvn3, vni, viscii, vps, windows-1258 … Clean Unicode files are left alone.
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<String>,
    /// Leaves out one repair of the working copy (repeatable).
    ///
    /// The record's `repairs` shows which were made.
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
    ///
    /// # Errors
    /// A folder of `--cache` that cannot be written, a file of `--password-file` that cannot be read.
    pub fn options(&self) -> anyhow::Result<Options> {
        let text_bytes = usize::try_from(self.max_text).unwrap_or(usize::MAX);
        let limits = Limits { file_bytes: self.max_size, text_bytes, ..Limits::default() };
        let open = |dir: &PathBuf| Cache::open(dir).with_context(|| format!("--cache {}", dir.display()));
        let read = ReadOptions {
            limits,
            password: self.password()?,
            encoding: self.encoding.clone(),
            ocr: Ocr { mode: self.ocr, page_time: Duration::from_secs(self.page_timeout), ..Ocr::default() },
            cache: self.cache.as_ref().map(open).transpose()?,
        };
        Ok(Options { read, no_repair: self.no_repair.clone() })
    }

    /// The password, as given or as the first line of its file.
    fn password(&self) -> anyhow::Result<Option<String>> {
        let Some(path) = &self.password_file else { return Ok(self.password.clone()) };
        let text =
            std::fs::read_to_string(path).with_context(|| format!("--password-file {}", path.display()))?;
        let line = text.lines().next().unwrap_or_default();
        Ok((!line.is_empty()).then(|| line.to_owned()))
    }

    /// The extractor that these options describe.
    ///
    /// # Errors
    /// A broken pattern file, an unknown encoding or repair, a folder that cannot be written.
    pub fn extractor(&self) -> anyhow::Result<Extractor> {
        self.extractor_with(self.options()?)
    }

    /// The same for many documents. So that of a long scan some pages are there when the time limit comes, recognition
    /// stops somewhat earlier.
    ///
    /// # Errors
    /// As [`Self::options`].
    pub fn options_for(&self, time_limit: Option<Duration>) -> anyhow::Result<Options> {
        let mut options = self.options()?;
        options.read.ocr.document_time = time_limit.map(|limit| limit * 9 / 10);
        Ok(options)
    }

    fn extractor_with(&self, options: Options) -> anyhow::Result<Extractor> {
        let patterns = match &self.patterns {
            Some(dir) => Patterns::with_dir(dir)?,
            None => Patterns::builtin()?,
        };
        Ok(Extractor::with(patterns, options))
    }

    /// The time limit of a document: as given in seconds, of which 0 is none, or the usual one.
    pub fn time_limit(&self, given: Option<u64>) -> Option<Duration> {
        let usual = if self.ocr == OcrMode::Off { TIME_LIMIT } else { OCR_TIME_LIMIT };
        let seconds = given.unwrap_or(usual);
        (seconds > 0).then(|| Duration::from_secs(seconds))
    }
}

/// Takes which pages OCR reads.
fn which(name: &str) -> Result<OcrMode, String> {
    let modes = [OcrMode::Off, OcrMode::Auto, OcrMode::Force];
    modes.into_iter().find(|mode| mode.name() == name).ok_or_else(|| "one of off, auto, force".to_owned())
}

/// Lets `--ocr auto` be written for `--ocr=auto`, though `--ocr` may also stand alone before a file.
pub fn joined(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut out: Vec<OsString> = Vec::new();
    for arg in args {
        let is_mode = arg.to_str().is_some_and(|name| which(name).is_ok());
        match out.last_mut() {
            Some(last) if is_mode && last == "--ocr" => {
                last.push("=");
                last.push(arg);
            }
            _ => out.push(arg),
        }
    }
    out
}

/// Takes the name of an encoding that one of the readers knows.
fn encoding(name: &str) -> Result<String, String> {
    if charset::is_known(name) {
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
