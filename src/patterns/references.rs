//! Words of the reference grammar: `references.toml`, `lexicon/doctypes.toml`, `lexicon/agencies.toml`.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::phrases::Phrases;
use super::rule::{Fragments, Makes, RuleEntry, RuleId, RuleSet};
use super::source::{PatternError, Sources};
use crate::words::fold::{Chars, WordHash};
use crate::words::vocab::{Vocab, WordSet};

/// A document type (tên loại văn bản).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocType {
    /// Code in records: `KH`.
    pub code: String,
    /// Official name: `Kế hoạch`.
    pub name: String,
    /// How running text names it.
    #[serde(default)]
    pub words: Vec<String>,
    /// Its codes inside symbols.
    #[serde(default)]
    pub symbols: Vec<String>,
    /// May be cited by number alone.
    #[serde(default)]
    pub bare: bool,
    /// Is cited by name and year.
    #[serde(default)]
    pub law: bool,
}

/// A body as symbols name it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Canonical spelling inside a symbol: `UBND`.
    pub code: String,
    /// Name: `Ủy ban nhân dân`.
    pub name: String,
    /// Level: trung ương, tỉnh, huyện, xã, đảng.
    #[serde(default)]
    pub level: String,
    /// Other spellings.
    #[serde(default)]
    pub variants: Vec<String>,
    /// First year of the name.
    #[serde(default)]
    pub from: Option<i32>,
    /// Last year of the name.
    #[serde(default)]
    pub to: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeFile {
    #[serde(default, rename = "type")]
    types: Vec<DocType>,
    #[serde(default)]
    respelling: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgencyFile {
    #[serde(default)]
    agency: Vec<Agency>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Words {
    number_mark: Vec<String>,
    amending: Vec<String>,
    date_lead: Vec<String>,
    issuer_lead: Vec<String>,
    issuer_stop: Vec<String>,
    issuer_acts: Vec<String>,
    subject_lead: Vec<String>,
    subject_never: Vec<String>,
    law_blockers: Vec<String>,
    after_bare: Vec<String>,
    brings: Vec<String>,
    pinpoint: Vec<String>,
    level_words: Vec<String>,
    proposes: Vec<String>,
    results: Vec<String>,
    subject_acts: Vec<String>,
    subject_bodies: Vec<String>,
    run_in: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferenceFile {
    #[serde(default)]
    words: Words,
    #[serde(default)]
    relations: std::collections::BTreeMap<String, Vec<String>>,
    #[serde(default)]
    rule: Vec<RuleEntry>,
}

/// Everything the reference grammar knows by name.
#[derive(Debug, Clone)]
pub struct References {
    /// Document types.
    pub types: Vec<DocType>,
    /// Bodies.
    pub agencies: Vec<Agency>,
    /// Type words before a number, by index into `types`.
    pub type_words: Phrases<usize>,
    /// The same words, read forward.
    pub type_words_forward: Phrases<usize>,
    /// Spellings inside symbols: exact code to its canonical form and type.
    codes: FxHashMap<Box<str>, Code>,
    /// The same by [`code_key`].
    careless_codes: FxHashMap<u64, Code>,
    /// Components that are two codes run together: `QĐTTg`.
    respellings: FxHashMap<Box<str>, Box<str>>,
    /// "số", "số:" …
    pub number_mark: Phrases<()>,
    /// What a law does to others that its name holds: sửa đổi, bổ sung.
    pub amending: Phrases<()>,
    /// The same, looked for from its first word.
    pub number_mark_forward: Phrases<()>,
    /// "ban hành", "ký" …
    pub date_lead: Phrases<()>,
    /// "của", "do".
    pub issuer_lead: WordSet,
    /// Words that end an issuer's name.
    pub issuer_stop: WordSet,
    /// What an issuer does, as it ends its name: kết luận, thông báo.
    pub issuer_acts: Phrases<()>,
    /// "về việc" …
    pub subject_lead: Phrases<()>,
    /// What looks like the beginning of a subject and is none: giao thông.
    pub subject_never: Phrases<()>,
    /// Words that part a law's name from a year.
    pub law_blockers: WordSet,
    /// Words that may follow a bare number.
    pub after_bare: WordSet,
    /// "ban hành", "có" … before a document that a dated sentence brings.
    pub brings: Phrases<()>,
    /// "điều", "khoản" …
    pub pinpoint: WordSet,
    /// Levels that may name a body without "của": "tỉnh", "huyện".
    pub level_words: WordSet,
    /// What opens a ground of a decision that a body proposes: xét đề nghị, theo đề nghị.
    pub proposes: Phrases<()>,
    /// What heads of columns set against a plan: TH, ƯTH.
    pub results: WordSet,
    /// What a body does behind the subject of the document it carries out: báo cáo, ban hành.
    pub subject_acts: WordSet,
    /// Words that begin the name of such a body.
    pub subject_bodies: Phrases<()>,
    /// Small words that typing slips run into a symbol: của, ngày.
    pub run_in: Vec<String>,
    /// Phrases of relation before a mention.
    pub relations: Phrases<Box<str>>,
    /// Production: number and symbol.
    pub symbol: RuleId,
    /// Production: number and year.
    pub number_year: RuleId,
    /// Production: number and date.
    pub number_date: RuleId,
    /// Production: bare number.
    pub short: RuleId,
    /// Production: member of a list.
    pub list: RuleId,
    /// Production: law by name.
    pub law: RuleId,
}

/// What a component of a symbol is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Canonical spelling.
    pub canonical: Box<str>,
    /// Index of the document type it names.
    pub doc_type: Option<usize>,
    /// Whether it names a body.
    pub agency: bool,
}

impl References {
    /// Reads the files and registers the rules.
    ///
    /// # Errors
    /// A broken pattern file.
    pub fn load(
        sources: &Sources,
        vocab: &mut Vocab,
        rules: &mut RuleSet,
        fragments: &Fragments,
    ) -> Result<Self, PatternError> {
        let mut types: Vec<DocType> = Vec::new();
        let mut respellings = FxHashMap::default();
        for file in sources.named("lexicon/doctypes.toml") {
            let read = file.parse::<TypeFile>()?;
            respellings
                .extend(read.respelling.into_iter().map(|(k, v)| (k.into_boxed_str(), v.into_boxed_str())));
            for entry in read.types {
                match types.iter_mut().find(|t| t.name == entry.name) {
                    Some(old) => *old = entry,
                    None => types.push(entry),
                }
            }
        }
        let mut agencies: Vec<Agency> = Vec::new();
        for file in sources.named("lexicon/agencies.toml") {
            for entry in file.parse::<AgencyFile>()?.agency {
                match agencies.iter_mut().find(|t| t.code == entry.code) {
                    Some(old) => *old = entry,
                    None => agencies.push(entry),
                }
            }
        }
        let mut words = Words::default();
        let mut relations = Phrases::backward();
        for file in sources.named("references.toml") {
            let read = file.parse::<ReferenceFile>()?;
            extend(&mut words, read.words);
            for (name, phrases) in &read.relations {
                for phrase in phrases {
                    relations.add(vocab, phrase, name.as_str().into());
                }
            }
            rules.add(file, Makes::Reference, read.rule, fragments)?;
        }
        let mut type_words = Phrases::backward();
        let mut type_words_forward = Phrases::forward();
        for (n, entry) in types.iter().enumerate() {
            for word in &entry.words {
                type_words.add(vocab, word, n);
                type_words_forward.add(vocab, word, n);
            }
        }
        let (codes, careless_codes) = codes(&types, &agencies);
        Ok(Self {
            codes,
            careless_codes,
            respellings,
            type_words,
            type_words_forward,
            number_mark: phrases(vocab, &words.number_mark, Phrases::backward()),
            amending: phrases(vocab, &words.amending, Phrases::forward()),
            number_mark_forward: phrases(vocab, &words.number_mark, Phrases::forward()),
            date_lead: phrases(vocab, &words.date_lead, Phrases::forward()),
            issuer_lead: vocab.set(&words.issuer_lead),
            issuer_stop: vocab.set(&words.issuer_stop),
            issuer_acts: phrases(vocab, &words.issuer_acts, Phrases::forward()),
            subject_lead: phrases(vocab, &words.subject_lead, Phrases::forward()),
            subject_never: phrases(vocab, &words.subject_never, Phrases::forward()),
            law_blockers: vocab.set(&words.law_blockers),
            after_bare: vocab.set(&words.after_bare),
            brings: phrases(vocab, &words.brings, Phrases::backward()),
            pinpoint: vocab.set(&words.pinpoint),
            level_words: vocab.set(&words.level_words),
            proposes: phrases(vocab, &words.proposes, Phrases::forward()),
            results: vocab.set(&words.results),
            subject_acts: vocab.set(&words.subject_acts),
            subject_bodies: phrases(vocab, &words.subject_bodies, Phrases::forward()),
            run_in: words.run_in,
            relations,
            symbol: rules.id("ref.symbol")?,
            number_year: rules.id("ref.number-year")?,
            number_date: rules.id("ref.number-date")?,
            short: rules.id("ref.short")?,
            list: rules.id("ref.list")?,
            law: rules.id("ref.law")?,
            types,
            agencies,
        })
    }

    /// What a component of a symbol is, as written: `QD` is the code `QĐ` of a type, `TTG` the body `TTg`.
    pub fn code(&self, component: &str) -> Option<&Code> {
        let letters = component.trim_end_matches(|c: char| c.is_ascii_digit());
        self.codes.get(letters).or_else(|| self.careless_codes.get(&code_key(letters)))
    }

    /// What a component is that runs two codes together: `QĐTTg` is `QĐ-TTg`, `CTTg` is `CT-TTg`.
    pub fn respelled(&self, component: &str) -> Option<(String, usize)> {
        if let Some(canonical) = self.respellings.get(component) {
            let first = canonical.split('-').next().unwrap_or("");
            return Some((canonical.to_string(), self.code(first)?.doc_type?));
        }
        component.char_indices().skip(1).find_map(|(at, _)| {
            let (kind, body) = component.split_at_checked(at)?;
            let kind = self.codes.get(kind).filter(|c| c.doc_type.is_some())?;
            let body = self.codes.get(body).filter(|c| c.agency && c.canonical.chars().count() > 1)?;
            Some((format!("{}-{}", kind.canonical, body.canonical), kind.doc_type?))
        })
    }

    /// The index of the type with a code.
    pub fn type_index(&self, code: &str) -> Option<usize> {
        self.types.iter().position(|t| t.code == code)
    }
}

fn phrases(vocab: &mut Vocab, words: &[String], mut into: Phrases<()>) -> Phrases<()> {
    for word in words {
        into.add(vocab, word, ());
    }
    into
}

fn extend(words: &mut Words, more: Words) {
    words.number_mark.extend(more.number_mark);
    words.amending.extend(more.amending);
    words.date_lead.extend(more.date_lead);
    words.issuer_lead.extend(more.issuer_lead);
    words.issuer_stop.extend(more.issuer_stop);
    words.issuer_acts.extend(more.issuer_acts);
    words.subject_lead.extend(more.subject_lead);
    words.subject_never.extend(more.subject_never);
    words.law_blockers.extend(more.law_blockers);
    words.after_bare.extend(more.after_bare);
    words.brings.extend(more.brings);
    words.pinpoint.extend(more.pinpoint);
    words.level_words.extend(more.level_words);
    words.proposes.extend(more.proposes);
    words.results.extend(more.results);
    words.subject_acts.extend(more.subject_acts);
    words.subject_bodies.extend(more.subject_bodies);
    words.run_in.extend(more.run_in);
}

/// The key under which careless spellings of one code meet: lower case, Đ as d, Ư as u.
fn code_key(code: &str) -> u64 {
    let chars = Chars::get();
    let mut key = WordHash::default();
    for c in code.chars() {
        let letter = match chars.folded_char(c) {
            'đ' => 'd',
            'ư' => 'u',
            'ă' | 'â' => 'a',
            other => other,
        };
        key.push(letter as u32);
    }
    key.finish()
}

/// Exact spellings and keys of all codes. A type's code wins over a body's of the same key; what was entered first wins
/// among equals.
fn codes(types: &[DocType], agencies: &[Agency]) -> (FxHashMap<Box<str>, Code>, FxHashMap<u64, Code>) {
    let mut exact: FxHashMap<Box<str>, Code> = FxHashMap::default();
    let mut careless: FxHashMap<u64, Code> = FxHashMap::default();
    for (n, entry) in types.iter().enumerate() {
        for symbol in &entry.symbols {
            // A code without its stroke ("QD") stands in the list as a misspelling of the one before it.
            let canonical = entry.symbols.iter().find(|s| code_key(s) == code_key(symbol)).unwrap_or(symbol);
            let code = Code { canonical: canonical.as_str().into(), doc_type: Some(n), agency: false };
            exact.entry(symbol.as_str().into()).or_insert_with(|| code.clone());
            careless.entry(code_key(symbol)).or_insert(code);
        }
    }
    for agency in agencies {
        for spelling in std::iter::once(&agency.code).chain(&agency.variants) {
            let code = Code { canonical: spelling.as_str().into(), doc_type: None, agency: true };
            let known = |c: &mut Code| c.agency = true;
            exact.entry(spelling.as_str().into()).and_modify(known).or_insert_with(|| code.clone());
            careless.entry(code_key(spelling)).and_modify(known).or_insert(code);
        }
    }
    (exact, careless)
}
