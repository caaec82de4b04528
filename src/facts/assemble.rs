//! Stage 5b: what the recognisers found, in tokens and shadow bytes, to the items of a record, in raw spans.

use std::ops::Range;

use rust_decimal::Decimal;
use smol_str::SmolStr;
use unicode_normalization::char::is_combining_mark;

use crate::claim::{Work, date, indicator, reference};
use crate::facts::frame::item::Resolved;
use crate::facts::frame::{DocumentFrame, time};
use crate::facts::head::Header;
use crate::patterns::rule::RuleId;
use crate::record::{self, EvidenceBasis, SectionKind};
use crate::structure::section::Outline;
use crate::words::index::Index;
use crate::words::one_line;

/// Maps findings of one document to record items.
pub struct Assembler<'w, 'a> {
    work: &'w Work<'a>,
    index: &'w Index<'a>,
    outline: &'w [Outline],
    /// Hash of the record's id.
    record: u64,
}

/// What every item says about its place.
struct Placed {
    id: SmolStr,
    text: SmolStr,
    span: [usize; 2],
    bytes: [usize; 2],
    page: usize,
    line: usize,
    section: Option<usize>,
    boilerplate: bool,
}

impl<'w, 'a> Assembler<'w, 'a> {
    /// For one document.
    pub fn new(work: &'w Work<'a>, index: &'w Index<'a>, outline: &'w [Outline], record_id: &str) -> Self {
        Self { work, index, outline, record: fnv(FNV_BASIS, record_id.as_bytes()) }
    }

    /// The raw bytes of a shadow range, without white space at its ends and never ending inside a letter: a combining
    /// mark behind it belongs to it.
    fn raw(&self, shadow: Range<usize>) -> Range<usize> {
        let mut range = self.work.text.shadow.to_raw(shadow);
        let raw = self.work.text.raw;
        if let Some(slice) = raw.get(range.clone()) {
            let trimmed = slice.trim_start();
            range.start += slice.len() - trimmed.len();
            range.end = range.start + trimmed.trim_end().len();
        }
        let marks = raw.get(range.end..).unwrap_or("").chars().take_while(|&c| is_combining_mark(c));
        range.end += marks.map(char::len_utf8).sum::<usize>();
        range
    }

    fn place(&self, kind: &str, shadow: Range<usize>) -> Placed {
        let section = self.section(shadow.start);
        let raw = self.raw(shadow);
        let span = self.index.span(&raw);
        Placed {
            id: item_id(self.record, kind, span),
            text: SmolStr::new(self.work.text.raw.get(raw.clone()).unwrap_or("")),
            span,
            page: self.index.page(raw.start),
            line: self.index.line(raw.start),
            bytes: [raw.start, raw.end],
            boilerplate: self.in_boilerplate(section),
            section,
        }
    }

    /// The innermost part of the outline that holds a shadow byte.
    fn section(&self, byte: usize) -> Option<usize> {
        let mut at = self.outline.partition_point(|o| o.range.start <= byte).checked_sub(1)?;
        loop {
            let part = self.outline.get(at)?;
            if part.range.contains(&byte) {
                return Some(at);
            }
            at = part.parent?;
        }
    }

    fn in_boilerplate(&self, section: Option<usize>) -> bool {
        let mut at = section;
        while let Some(part) = at.and_then(|n| self.outline.get(n)) {
            if part.kind == SectionKind::Boilerplate {
                return true;
            }
            at = part.parent;
        }
        false
    }

    fn rule(&self, id: RuleId) -> SmolStr {
        SmolStr::new(self.work.patterns.rules.name(id))
    }

    /// A text on one line, from a range of tokens.
    fn line_of(&self, tokens: &Range<usize>) -> SmolStr {
        one_line(self.work.words(tokens.clone()))
    }

    /// The outline as sections of a record.
    pub fn sections(&self) -> Vec<record::Section> {
        let sections = self.outline.iter().map(|part| {
            let raw = self.raw(part.range.clone());
            record::Section {
                kind: part.kind,
                level: part.level,
                label: part.label.clone().map(|r| SmolStr::new(self.work.text.slice(r))),
                heading: part.heading.clone().map(|r| one_line(self.work.text.slice(r))),
                parent: part.parent,
                span: self.index.span(&raw),
                bytes: [raw.start, raw.end],
            }
        });
        sections.collect()
    }

    /// The document's own identity, with the place and the period of its frame.
    pub fn metadata(&self, header: &Header, frame: &DocumentFrame) -> record::Metadata {
        let mut metadata = header.metadata.clone();
        metadata.period = frame.period.as_ref().map(|p| record::Period {
            start: p.start,
            end: p.end,
            text: Some(one_line(self.work.text.slice(p.range.clone()))),
            basis: None,
        });
        metadata.issue_edtf = frame.written.as_ref().and_then(time::edtf).map(Into::into);
        // Where the issuer is known, a smaller place that the title is about is not the document's own.
        let of_issuer = metadata
            .province
            .as_ref()
            .is_some_and(|p| matches!(p.basis.as_deref(), Some("issuer" | "place")));
        if let Some(place) = frame.place.as_ref().filter(|p| p.level != record::Level::Country && !of_issuer)
        {
            // A province that only stands in the text is a guess; the frame has weighed all that speaks for it.
            let is_guess = |p: &record::Province| p.basis.as_deref() == Some("text");
            let same =
                metadata.province.as_ref().map(|p| &p.name) == place.province.as_ref().map(|p| &p.name);
            let stated = metadata.province.take().filter(|p| same || !is_guess(p));
            metadata.province = stated.or_else(|| place.province.clone());
            metadata.district = metadata.district.or_else(|| place.district.clone());
            metadata.commune = metadata.commune.or_else(|| place.commune.clone());
        }
        self.evidence(header, frame, &mut metadata);
        metadata
    }

    /// Where the fields were read.
    fn evidence(&self, header: &Header, frame: &DocumentFrame, metadata: &mut record::Metadata) {
        let mut add = |field: &str, range: &Range<usize>, basis: EvidenceBasis| {
            let raw = self.raw(range.clone());
            let (span, bytes) = (self.index.span(&raw), [raw.start, raw.end]);
            metadata.evidence.insert(field.to_owned(), record::Evidence { span, bytes, basis });
        };
        let title = self.work.text.title();
        let subject = match &header.subject_range {
            Some(range) if title.as_ref() == Some(range) => EvidenceBasis::Title,
            _ => EvidenceBasis::Head,
        };
        let fields = [
            ("id", &header.number_range, EvidenceBasis::Head, metadata_has(&header.metadata.id)),
            (
                "issue_date",
                &header.date_range,
                EvidenceBasis::Head,
                metadata_has(&header.metadata.issue_date),
            ),
            ("place", &header.place_range, EvidenceBasis::Head, metadata_has(&header.metadata.place)),
            ("issuer", &header.issuer_range, EvidenceBasis::Head, metadata_has(&header.metadata.issuer)),
            ("subject", &header.subject_range, subject, metadata_has(&header.metadata.subject)),
        ];
        for (field, range, basis, has) in fields {
            if let Some(range) = range.as_ref().filter(|r| has && !r.is_empty()) {
                add(field, range, basis);
            }
        }
        if let (Some(read), Some(place)) = (&frame.place_read, &frame.place) {
            add(place.level.name(), &read.range, read.basis);
        }
        if let Some(period) = &frame.period {
            add("period", &period.range, period.basis);
        }
    }

    /// References of a record.
    pub fn references(&self, found: Vec<reference::Found>) -> Vec<record::Reference> {
        let types = &self.work.patterns.references.types;
        let items = found.into_iter().map(|f| {
            let at = self.place("reference", self.work.bytes(f.tokens));
            let doc_type = f.doc_type.and_then(|t| types.get(t));
            record::Reference {
                item_id: at.id,
                text: at.text,
                span: at.span,
                bytes: at.bytes,
                page: at.page,
                line: at.line,
                section: at.section,
                rule: self.rule(f.rule),
                boilerplate: at.boilerplate,
                doc_type: doc_type.map(|t| SmolStr::new(&t.code)),
                type_name: doc_type.map(|t| SmolStr::new(&t.name)),
                id: Some(f.id.into()),
                number: f.number.map(SmolStr::from),
                year: f.year,
                symbol: f.symbol.map(SmolStr::from),
                date: f.date,
                issuer: f.issuer.as_ref().map(|t| self.line_of(t)),
                subject: f.subject.as_ref().map(|t| self.line_of(t)),
                pinpoint: f.pinpoint.as_ref().map(|t| self.line_of(t)),
                relation: f.relation.map(SmolStr::from),
                form: f.form,
                target: f.target,
                full_span: self.index.span(&self.raw(self.work.bytes(f.full))),
                confidence: None,
            }
        });
        items.collect()
    }

    /// Dates of a record.
    pub fn dates(&self, found: Vec<date::Found>) -> Vec<record::Date> {
        let items = found.into_iter().map(|f| {
            let at = self.place("date", self.work.bytes(f.tokens));
            record::Date {
                id: at.id,
                text: at.text,
                span: at.span,
                bytes: at.bytes,
                page: at.page,
                line: at.line,
                section: at.section,
                rule: self.rule(f.rule),
                boilerplate: at.boilerplate,
                kind: f.kind,
                edtf: f.edtf,
                start: f.start,
                end: f.end,
                role: f.role,
                inferred: f.inferred.map(SmolStr::new_static),
                confidence: None,
            }
        });
        items.collect()
    }

    /// Warnings about what looked like a date and is none.
    pub fn refused_dates(&self, refused: &[date::Refused]) -> Vec<record::Warning> {
        let warnings = refused.iter().filter_map(|r| {
            let raw = self.raw(self.work.bytes(r.tokens.clone()));
            let text = one_line(self.work.text.raw.get(raw.clone()).unwrap_or(""));
            Some(record::Warning {
                code: r.code?.to_string(),
                message: format!("line {}: no calendar has the day {text:?}", self.index.line(raw.start)),
            })
        });
        warnings.collect()
    }
}

impl Assembler<'_, '_> {
    /// Indicators of a record, with the place and the period that the frames gave each.
    pub fn indicators(
        &self,
        found: Vec<indicator::Found>,
        resolved: Vec<Resolved>,
    ) -> Vec<record::Indicator> {
        // Items of one sentence share its text.
        let mut sentence = record::Sentence::default();
        let wholes: Vec<Option<usize>> = found.iter().map(|f| f.part_of).collect();
        let items = found.into_iter().zip(resolved).map(|(f, resolved)| {
            let at = self.place("indicator", self.work.bytes(f.tokens));
            let raw = self.raw(f.sentence);
            // An item that runs over what looked like the end of its sentence belongs to both parts.
            let raw = raw.start.min(at.bytes[0])..raw.end.max(at.bytes[1]);
            let span = self.index.span(&raw);
            if sentence.span != span {
                let text = SmolStr::new(self.work.text.raw.get(raw).unwrap_or(""));
                sentence = record::Sentence { text, span };
            }
            record::Indicator {
                id: at.id,
                text: at.text,
                span: at.span,
                bytes: at.bytes,
                page: at.page,
                line: at.line,
                section: at.section,
                rule: self.rule(f.rule),
                boilerplate: at.boilerplate,
                kind: f.kind,
                value: f.value,
                unit: f.unit,
                numerator: f.numerator,
                denominator: f.denominator,
                bound: f.bound,
                role: if resolved.ahead { indicator::Role::Target } else { f.role },
                direction: f.direction,
                per: f.per.or(resolved.per),
                name: f.name,
                indicator: None,
                scope: f.scope.filter(|_| !resolved.own_scope),
                period: resolved.period,
                place: resolved.place,
                part_of: None,
                range: f.range.map(|(low, high)| record::ValueRange { low, high }),
                quotient: quotient(f.numerator, f.denominator).filter(|_| f.kind == indicator::Kind::Ratio),
                sentence: Some(sentence.clone()),
                table: f.cell,
                ambiguous: f.ambiguous,
                confidence: None,
                bounds: None,
            }
        });
        let mut items: Vec<record::Indicator> = items.collect();
        let ids: Vec<SmolStr> = items.iter().map(|i| i.id.clone()).collect();
        for (item, whole) in items.iter_mut().zip(wholes) {
            item.part_of = whole.and_then(|n| ids.get(n).cloned());
        }
        items
    }
}

fn metadata_has<T>(field: &Option<T>) -> bool {
    field.is_some()
}

/// The two numbers of a ratio divided, rounded to six places.
fn quotient(numerator: Option<Decimal>, denominator: Option<Decimal>) -> Option<Decimal> {
    Some(numerator?.checked_div(denominator?)?.round_dp(6).normalize())
}

/// What [`fnv`] begins with.
const FNV_BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a in 64 bits, going on from an earlier hash.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Stable hash of record id, kind and span in hexadecimal; `record` is that of the record's id.
fn item_id(record: u64, kind: &str, span: [usize; 2]) -> SmolStr {
    let hash = fnv(fnv(record, b"/"), kind.as_bytes());
    let hash = span.into_iter().fold(hash, |hash, n| fnv(hash, &(n as u64).to_le_bytes()));
    let digits: [u8; 16] = std::array::from_fn(|i| {
        let digit = (hash >> (60 - 4 * i) & 15) as u8;
        digit + if digit < 10 { b'0' } else { b'a' - 10 }
    });
    SmolStr::new(std::str::from_utf8(&digits).unwrap_or_default())
}
