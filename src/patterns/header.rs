//! Words of head and foot: `patterns/header.toml`, with document types and bodies of the lexicon.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::patterns::references::References;
use crate::patterns::source::{PatternError, Sources};
use crate::patterns::spelled::{Spelled, spelled};
use crate::words::fold::fold_key;

/// Phrases of folded words with a payload, found by their first word.
#[derive(Debug, Clone, Default)]
pub struct WordTable {
    by_first: FxHashMap<String, Vec<(Vec<String>, usize)>>,
}

impl WordTable {
    fn add(&mut self, phrase: &str, value: usize) {
        let words: Vec<String> = words(phrase).collect();
        if let Some(first) = words.first() {
            let list = self.by_first.entry(first.clone()).or_default();
            list.push((words, value));
            list.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
        }
    }

    /// The longest phrase at the start of a run of folded words: its length in words and its value.
    pub fn at<'k>(&self, mut key: impl FnMut(usize) -> &'k str) -> Option<(usize, usize)> {
        let list = self.by_first.get(key(0))?;
        list.iter().find(|(w, _)| w.iter().enumerate().all(|(i, w)| key(i) == w)).map(|(w, v)| (w.len(), *v))
    }

    /// Whether a text opens with one of the phrases, whole words.
    pub fn opens(&self, text: &str) -> bool {
        let mut rest = words(text);
        let Some(first) = rest.next().filter(|first| self.by_first.contains_key(first)) else { return false };
        let words: Vec<String> = std::iter::once(first).chain(rest).collect();
        self.at(|i| words.get(i).map_or("", String::as_str)).is_some()
    }

    /// Whether a text is one of the phrases.
    pub fn is(&self, text: &str) -> bool {
        let words: Vec<String> = words(text).collect();
        self.at(|i| words.get(i).map_or("", String::as_str)).is_some_and(|(n, _)| n == words.len())
    }
}

/// The folded words of a phrase.
fn words(phrase: &str) -> impl Iterator<Item = String> {
    phrase.split(|c: char| !(c.is_alphanumeric())).filter(|w| !w.is_empty()).map(fold_key)
}

/// A field of a web page's metadata block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Số, ký hiệu.
    Number,
    /// Loại văn bản.
    Type,
    /// Ngày ban hành.
    Date,
    /// Cơ quan ban hành.
    Issuer,
    /// Người ký.
    Signer,
    /// Trích yếu.
    Subject,
}

/// A document type as titles write it.
#[derive(Debug, Clone)]
pub struct Title {
    /// Code: `BC`.
    pub code: String,
    /// Name: `Báo cáo`.
    pub name: String,
}

/// Words of head and foot.
#[derive(Debug, Clone, Default)]
pub struct HeaderRules {
    /// Single words that the scan of the head asks for.
    pub words: HeadWords,
    /// Document types by their words in full; values index into `titles`.
    pub types: WordTable,
    /// The same words without marks, for titles that a scan has damaged ("QUYÉT ĐỊNH").
    pub bare_types: WordTable,
    /// Code and name of the types.
    pub titles: Vec<Title>,
    /// Type codes inside symbols, without marks and case, to type and canonical spelling.
    symbols: FxHashMap<String, (usize, String)>,
    /// Codes of bodies inside symbols, without marks and case, to their canonical spelling.
    codes: FxHashMap<String, String>,
    /// Words that open a body's name.
    pub bodies: WordTable,
    /// Words that go on a body's name.
    pub places: WordTable,
    /// Words of a body's name after which the next word has a capital.
    pub heads: WordTable,
    /// Types of documents below whose title the deciding body stands.
    pub deciding: WordTable,
    /// Bodies of the centre.
    pub central: WordTable,
    /// Codes of bodies of the centre in symbols: CP, TTg, QH15.
    central_codes: BTreeSet<String>,
    /// Posts of signers.
    pub positions: WordTable,
    /// What a title tells of in its own line, as the beginning of the abstract: "BÁO CÁO TỔNG KẾT".
    pub told: WordTable,
    /// Openings of the body.
    pub openings: WordTable,
    /// Openings that are never part of a title.
    pub stops: WordTable,
    /// Độ khẩn.
    pub urgency: WordTable,
    /// Độ mật.
    pub secrecy: WordTable,
    /// Dấu đến.
    pub stamp: WordTable,
    /// Labels of signing dates.
    pub signature: WordTable,
    /// Degrees and forms of address before names.
    pub degrees: WordTable,
    /// Family names.
    pub surnames: WordTable,
    /// Labels of metadata blocks; values index into `fields`.
    pub labels: WordTable,
    /// Fields of the labels.
    pub fields: Vec<Field>,
    /// Abbreviations written out; values index into `longs`.
    pub expand: WordTable,
    /// The long forms.
    pub longs: Vec<String>,
    /// Names with their own capitals; values index into `proper`.
    pub names: WordTable,
    /// The names.
    pub proper: Vec<String>,
    authority: Vec<String>,
    /// All these phrases of two words and more, and the kinds of places, without marks; values index into `phrases`.
    pub(crate) bare_phrases: WordTable,
    pub(crate) phrases: Vec<String>,
}

spelled! {
    /// Single words of the head, folded.
    pub struct HeadWords {
        /// The first words of the mottos.
        nation,
        /// Quốc hiệu, tiêu ngữ and the name of the Party.
        mottos,
        /// Before the date of issue.
        day,
        /// Before the number.
        number,
        /// Before who decided, behind the type or the number of a title.
        whose,
        /// Begins what such a title is about.
        tells,
        /// Last words of the types before the number of another document.
        citing,
        /// Begins the line of the addressees.
        addresses,
        /// Goes on with it.
        addressed,
        /// Begins the grounds.
        grounds,
        /// Goes on with it.
        grounded,
        /// In the name of the place before the date: written small by some.
        small_in_places,
        /// Begins a day of the week: on a page it stands before the day of the visit, and is no place.
        weekdays,
        /// On both sides of the slash before what a letter is about.
        about,
        /// Between the day and its month.
        month,
        /// Between month and year.
        year,
        /// The months as feeds and mails write them in English, in their order.
        english_months,
        /// The end of the name of the country in capitals: below it stands another document.
        motto_ends,
        /// Opens the list of who receives the document.
        recipients,
        /// Opens the last of them.
        kept,
        /// The first word of such a line where capitals were lost.
        listed,
        /// Behind the name of a signer.
        signed,
        /// Behind the body that sends a telegram, before its addressees.
        wires,
        /// Begins the head of a body before its name in a title.
        chair,
        /// Goes on with it.
        chaired,
        /// Begins the verb of a body that reports.
        reports,
        /// Goes on with it.
        reported,
        /// Before that verb, part of it.
        report_leads,
        /// Soon behind that verb.
        report_ends,
        /// Begins the first sentence of minutes.
        today,
        /// Goes on with it.
        todays,
        /// On an appendix before the number of its document.
        attached,
        /// Before the day on which a page or a newspaper was put out.
        posted_leads,
        /// The last word of the name of a committee of the Party.
        committees,
        /// Goes on with such a name on the next line.
        committees_of,
        /// Last words of a type above the number of another document that a body is named by.
        citing_bodies,
        /// An office: the body that it serves stands on the next line.
        offices,
        /// Before the name of a ministry or a department.
        ministries,
        /// The capital, where bodies of the centre give their documents.
        capital,
        /// Behind what tells when a signing system signed.
        signing,
        /// A line of the abstract that ends so goes on with the name of a body.
        joins,
        /// Behind a type: of several bodies.
        joint,
        /// Begins the line with the number of a chapter.
        chapters,
        /// Kinds of places whose lost marks are restored, though they are single words.
        mended_alone,
        /// The level that `lexicon/agencies.toml` gives the bodies of the centre.
        central_level,
        /// Abbreviations whose full stop ends no line.
        stopped,
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    words: HeadWords,
    #[serde(default)]
    list: Vec<ListEntry>,
    #[serde(default)]
    label: Vec<LabelEntry>,
    #[serde(default)]
    expand: Vec<ExpandEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListEntry {
    id: toml::Spanned<String>,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelEntry {
    field: Field,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpandEntry {
    short: String,
    long: String,
}

impl HeaderRules {
    /// Name of the pattern file.
    pub const FILE: &str = "header.toml";
    /// The embedded pattern file.
    pub const BUILTIN: &str = include_str!("../../patterns/header.toml");

    /// Reads the words from all files named `header.toml`; types and bodies come from the lexicon of references.
    ///
    /// # Errors
    /// A mistake in a file, with its place.
    pub fn load(sources: &Sources, lexicon: &References) -> Result<Self, PatternError> {
        let mut rules = Self::default();
        let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for source in sources.named(Self::FILE) {
            let file: File = source.parse()?;
            rules.words.extend(file.words);
            for entry in file.list {
                let id = entry.id.get_ref();
                if !LISTS.contains(&id.as_str()) {
                    let message = format!("unknown list {id:?}");
                    return Err(source.error(
                        entry.id.span().start,
                        &message,
                        &format!("use one of {}", LISTS.join(", ")),
                    ));
                }
                lists.entry(id.clone()).or_default().extend(entry.words);
            }
            for entry in file.label {
                let at = rules.fields.len();
                rules.fields.push(entry.field);
                entry.words.iter().for_each(|w| rules.labels.add(w, at));
            }
            for entry in file.expand {
                rules.expand.add(&entry.short, rules.longs.len());
                rules.longs.push(entry.long);
            }
        }
        rules.lexicon(lexicon);
        for (id, words) in lists {
            if matches!(id.as_str(), "bodies" | "names" | "places" | "positions" | "heads") {
                words.iter().for_each(|w| rules.phrase(w));
            }
            rules.list(&id, &words);
        }
        Ok(rules)
    }

    /// A phrase whose marks may be restored; single words are too alike, but for the kinds of places.
    fn phrase(&mut self, phrase: &str) {
        if phrase.contains(' ') || self.words.mended_alone.has(phrase) {
            self.bare_phrases.add(&plain(phrase), self.phrases.len());
            self.phrases.push(phrase.to_owned());
        }
    }

    fn list(&mut self, id: &str, words: &[String]) {
        let table = match id {
            "bodies" => &mut self.bodies,
            "places" => &mut self.places,
            "central" => &mut self.central,
            "heads" => &mut self.heads,
            "deciding" => &mut self.deciding,
            "positions" => &mut self.positions,
            "openings" => &mut self.openings,
            "told" => &mut self.told,
            "stops" => &mut self.stops,
            "urgency" => &mut self.urgency,
            "secrecy" => &mut self.secrecy,
            "stamp" => &mut self.stamp,
            "signature" => &mut self.signature,
            "degrees" => &mut self.degrees,
            "surnames" => &mut self.surnames,
            "authority" => {
                self.authority.extend(words.iter().map(|w| fold_key(w)));
                return;
            }
            _ => {
                for name in words {
                    self.names.add(name, self.proper.len());
                    self.proper.push(name.clone());
                }
                return;
            }
        };
        words.iter().for_each(|w| table.add(w, 0));
    }

    fn lexicon(&mut self, lexicon: &References) {
        for doc_type in &lexicon.types {
            let at = self.titles.len();
            self.titles.push(Title { code: doc_type.code.clone(), name: doc_type.name.clone() });
            // Abbreviations are no titles; "văn bản" and "luật" name too much.
            for word in
                doc_type.words.iter().filter(|w| w.starts_with(char::is_lowercase) && doc_type.code != "VB")
            {
                self.types.add(word, at);
                self.bare_types.add(&plain(word), at);
            }
            for symbol in &doc_type.symbols {
                self.symbols.entry(bare(symbol)).or_insert_with(|| {
                    let spelled = if doc_type.symbols.contains(&doc_type.code)
                        && bare(&doc_type.code) == bare(symbol)
                    {
                        doc_type.code.clone()
                    } else {
                        symbol.clone()
                    };
                    (at, spelled)
                });
            }
        }
        for agency in &lexicon.agencies {
            self.codes.entry(bare(&agency.code)).or_insert_with(|| agency.code.clone());
            if self.words.central_level.has(&agency.level) {
                self.central_codes.insert(bare(&agency.code));
                if agency.name.contains(' ') {
                    self.central.add(&agency.name, 0);
                }
            }
        }
    }

    /// The type that a component of a symbol names, with its canonical spelling.
    pub fn symbol_type(&self, component: &str) -> Option<(&Title, &str)> {
        let (at, spelled) = self.symbols.get(&bare(component))?;
        Some((self.titles.get(*at)?, spelled))
    }

    /// Whether a symbol names a body of the centre: "NQ-CP", "57-NQ/TW".
    pub fn is_central(&self, symbol: &str) -> bool {
        let mut parts = symbol.split(['-', '/', ' ']).filter(|p| !p.is_empty());
        parts.next_back().is_some_and(|code| {
            let code = bare(code.trim_end_matches(|c: char| c.is_ascii_digit()));
            self.central_codes.contains(&code)
        })
    }

    /// The canonical spelling of a body's code inside a symbol.
    pub fn code(&self, component: &str) -> Option<&str> {
        self.codes.get(&bare(component)).map(String::as_str)
    }

    /// Whether a word marks the authority to sign: `TM.`, `K/T`.
    pub fn is_authority(&self, word: &str) -> bool {
        let word = fold_key(word.trim_end_matches('.'));
        self.authority.contains(&word)
    }
}

/// A code without case, marks and the stroke of Đ.
fn bare(code: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    code.nfd()
        .filter(|c| c.is_alphanumeric() || matches!(c, '&' | 'Đ'))
        .flat_map(char::to_uppercase)
        .map(|c| if matches!(c, 'Đ' | 'Ð') { 'D' } else { c })
        .collect()
}

/// A word without its marks, in small letters: "QUYÉT" is "quyet".
pub fn plain(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    fold_key(word)
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

const LISTS: &[&str] = &[
    "authority",
    "bodies",
    "central",
    "deciding",
    "degrees",
    "heads",
    "names",
    "openings",
    "places",
    "positions",
    "secrecy",
    "signature",
    "stamp",
    "stops",
    "surnames",
    "told",
    "urgency",
];
