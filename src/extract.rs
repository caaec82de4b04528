//! The whole way of one document: bytes in, [`Record`] out.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::claim::Work;
use crate::error::Error;
use crate::facts::assemble::Assembler;
use crate::facts::frame::{self, DocumentFrame};
use crate::facts::{self, Findings, check, doubt, head};
use crate::patterns::Patterns;
use crate::patterns::catalogue::assign::assign;
use crate::patterns::source::PatternError;
use crate::reader::{self, Content, ReadOptions};
use crate::record::{Generator, RECORD_SCHEMA, Record, Repair, Source};
use crate::structure;
use crate::structure::section::{self, Outline};
use crate::words::index::Index;
use crate::words::repair::{self, RepairOptions, ocr_symbol};
use crate::words::sketch;
use crate::words::syllable;

/// What a user may set for extraction.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct Options {
    /// How to read the bytes.
    pub read: ReadOptions,
    /// Names of repairs that are not to be made (`--no-repair`).
    pub no_repair: Vec<String>,
}

/// Sets an [`Extractor`] up.
///
/// ```
/// let extractor = baocao::Extractor::builder().no_repair("lost_space").encoding("tcvn3").build()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Builder {
    patterns: Option<Patterns>,
    options: Options,
}

impl Builder {
    /// Patterns other than the embedded ones.
    pub fn patterns(mut self, patterns: Patterns) -> Self {
        self.patterns = Some(patterns);
        self
    }

    /// Leaves out a repair, by its name in `repairs` of a record.
    pub fn no_repair(mut self, name: &str) -> Self {
        self.options.no_repair.push(name.to_owned());
        self
    }

    /// How to read the bytes: limits, password, encoding, recognition (OCR).
    pub fn read(mut self, options: ReadOptions) -> Self {
        self.options.read = options;
        self
    }

    /// The encoding of plain text, instead of detecting it.
    pub fn encoding(mut self, name: &str) -> Self {
        self.options.read.encoding = Some(name.to_owned());
        self
    }

    /// The password of encrypted files.
    pub fn password(mut self, password: &str) -> Self {
        self.options.read.password = Some(password.to_owned());
        self
    }

    /// The extractor.
    ///
    /// # Errors
    /// None in a tested build: the embedded patterns are checked by the tests.
    pub fn build(self) -> Result<Extractor, PatternError> {
        let patterns = self.patterns.map_or_else(Patterns::builtin, Ok)?;
        Ok(Extractor::with(patterns, self.options))
    }
}

/// Turns documents into records. Made once, shared by all threads.
#[derive(Debug, Clone)]
pub struct Extractor {
    patterns: Arc<Patterns>,
    options: Options,
}

impl Extractor {
    /// An extractor with the embedded patterns and default options.
    ///
    /// # Errors
    /// None in a tested build: the embedded patterns are checked by the tests.
    pub fn new() -> Result<Self, PatternError> {
        Ok(Self::with(Patterns::builtin()?, Options::default()))
    }

    /// The extractor that the tests beside the code share: loading the patterns takes longer than most of them.
    #[cfg(test)]
    pub(crate) fn shared() -> &'static Self {
        static SHARED: std::sync::LazyLock<Extractor> =
            std::sync::LazyLock::new(|| Extractor::new().expect("the embedded patterns"));
        &SHARED
    }

    /// Sets an extractor up with other patterns or options.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// An extractor with the user's patterns and options.
    pub fn with(patterns: Patterns, options: Options) -> Self {
        Self { patterns: Arc::new(patterns), options }
    }

    /// The options it was made with.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The patterns it works with.
    pub fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// What made the records of this extractor.
    pub fn generator(&self) -> Generator {
        Generator {
            version: env!("CARGO_PKG_VERSION").into(),
            patterns: self.patterns.fingerprint.clone(),
            options: Default::default(),
        }
    }

    /// Reads one document without recognising anything: what `baocao text` prints.
    ///
    /// # Errors
    /// Unreadable input gives an [`Error`] with a code.
    pub fn read(&self, bytes: &[u8]) -> Result<Content, Error> {
        reader::read(bytes, &self.options.read)
    }

    /// Extracts one document. `path` is what the record names as its source; nothing is read from it.
    ///
    /// # Errors
    /// Unreadable input gives an [`Error`] with a code.
    pub fn extract(&self, path: &str, bytes: &[u8]) -> Result<Record, Error> {
        let limits = &self.options.read.limits;
        let mut content = self.read(bytes)?;
        limits.check_numerals(&content.text)?;
        let sha256 = sha256_hex(bytes);
        let id = sha256.get(..16).unwrap_or_default().to_string();
        let index = Index::new(&content.text);
        let mut sketch = String::new();
        let mut guesses = Vec::new();
        let mut record = self.analyse(&content, |work, outline, found| {
            limits.check_items(found.references.len() + found.dates.found.len() + found.indicators.len())?;
            let assembler = Assembler::new(work, &index, outline, &id);
            let frame = DocumentFrame::read(work, outline, &found.header, &found.times);
            let resolved = frame::item::resolve(work, &frame, &found.times, &found.indicators);
            let dates = assembler.dates(found.dates.found);
            sketch = sketch::sketch(&work.text.shadow.text, &work.tokens);
            guesses = ocr_symbol::guesses(&work.text.shadow).collect();
            let mut warnings = found.header.warnings.clone();
            warnings.extend(assembler.refused_dates(&found.dates.refused));
            Ok::<_, Error>(Record {
                metadata: assembler.metadata(&found.header, &frame),
                sections: assembler.sections(),
                references: assembler.references(found.references),
                indicators: assembler.indicators(found.indicators, resolved),
                dates,
                warnings,
                repairs: repair::by_line(work.text.raw, &work.text.shadow.repairs)
                    .map(|r| Repair { name: r.name.into(), span: index.span(&r.range) })
                    .collect(),
                ..Record::default()
            })
        })?;
        limits.check_record(&record)?;
        record.schema = RECORD_SCHEMA.into();
        record.generator = self.generator();
        record.generator.options = self.options.read.ocr.shown(&content.recognised);
        record.source = Source {
            path: path.into(),
            sha256,
            size: bytes.len() as u64,
            format: content.format.into(),
            encoding: content.encoding.map(str::to_owned),
            pages: content.pages,
            chars: index.len_chars(),
            text_source: content.text_source,
            quality: syllable::quality(&content.text),
            sketch,
        };
        record.id = id;
        record.warnings.splice(0..0, content.warnings.iter().cloned());
        content.doubt(&guesses);
        doubt::judge(&mut record, &content, &self.patterns.ocr);
        assign(&self.patterns.catalogue, &record.metadata, &record.sections, &mut record.indicators);
        record.checks = check::run(&record, &self.patterns.checks, &self.patterns.catalogue);
        Ok(record)
    }

    /// Repairs, outlines and recognises one text, and hands the findings to `finish`.
    pub(crate) fn analyse<T>(
        &self,
        content: &Content,
        finish: impl FnOnce(&Work, &[Outline], Findings) -> T,
    ) -> T {
        self.analysis(content, false, finish)
    }

    /// As [`Self::analyse`]; what names might be chosen from is written down in [`Work::choices`].
    pub(crate) fn analyse_choices<T>(
        &self,
        content: &Content,
        finish: impl FnOnce(&Work, &[Outline], Findings) -> T,
    ) -> T {
        self.analysis(content, true, finish)
    }

    fn analysis<T>(
        &self,
        content: &Content,
        choices: bool,
        finish: impl FnOnce(&Work, &[Outline], Findings) -> T,
    ) -> T {
        let patterns = &self.patterns;
        let repairs = RepairOptions::without(&self.options.no_repair);
        let (text, tokens) = structure::read(content, &repairs, patterns);
        let header = head::read(&text, &tokens, &patterns.header, &patterns.places, &patterns.sections);
        let outline = section::outline(&text, &patterns.sections, &header.frame);
        let mut work = Work::new(&text, tokens, patterns);
        work.choices = choices.then(Default::default);
        let found = facts::run(&mut work, &outline, header);
        finish(&work, &outline, found)
    }
}

/// SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 of some bytes, in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in sha256(bytes) {
        for digit in [byte >> 4, byte & 15] {
            hex.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    hex
}
