//! Stage 3: the words of the outline, from `patterns/sections.toml`: units (Điều, Chương, Phụ lục), words that a
//! number belongs to, and the lines that betray menus, related links and page feet of web pages.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::source::{PatternError, SourceFile, Sources};
use crate::record::SectionKind;
use crate::words::fold::Chars;
use crate::words::lines::{self, is_capitals, lines, prefix_fold};
use crate::words::numerals::{letter_value, roman_value};
use crate::words::shadow::floor_boundary;

/// The words of the outline.
#[derive(Debug, Clone, Default)]
pub struct SectionRules {
    units: Vec<Unit>,
    joins: Vec<String>,
    related: Vec<String>,
    footer: Vec<String>,
    menu: Vec<String>,
    attached: Vec<String>,
    ordinals: Ordinals,
    /// How unit words begin; most lines are done with after one look at these.
    unit_openings: Openings,
    tail_openings: Openings,
    menu_openings: Openings,
}

/// The first three letters of the first words of a set of phrases, in any case. A shorter word stands by itself.
#[derive(Debug, Clone, Default)]
struct Openings {
    keys: FxHashSet<u64>,
    /// A bit for each first letter, by its last six bits: most lines begin with another.
    first: u64,
}

impl Openings {
    fn of<'w>(phrases: impl Iterator<Item = &'w String>) -> Self {
        let chars = Chars::get();
        let mut openings = Self::default();
        for phrase in phrases {
            openings.first |= phrase.chars().next().map_or(1, |c| first_bit(c, chars));
            openings.keys.insert(Self::key(phrase, chars));
        }
        openings
    }

    /// Whether one of the phrases may open a text.
    fn may_open(&self, text: &str, chars: Chars) -> bool {
        let first = text.chars().next().map_or(1, |c| first_bit(c, chars));
        self.first & first != 0 && self.keys.contains(&Self::key(text, chars))
    }

    fn key(text: &str, chars: Chars) -> u64 {
        let mut letters = text.chars();
        let first = letters.next().map_or(0, |c| chars.folded(c));
        let rest = letters.take(2).take_while(|&c| chars.info(c).is_alphanumeric());
        rest.fold(u64::from(first), |key, c| key << 21 | u64::from(chars.folded(c)))
    }
}

fn first_bit(c: char, chars: Chars) -> u64 {
    1 << (chars.folded(c) % 64)
}

#[derive(Debug, Clone)]
struct Unit {
    kind: SectionKind,
    rank: u8,
    words: Vec<String>,
    numbers: Vec<Numbers>,
    alone: bool,
}

/// A unit's mark found at a line start.
#[derive(Debug, Clone)]
pub struct UnitAt {
    /// Kind of the part.
    pub kind: SectionKind,
    /// Its rank among the open parts.
    pub rank: u8,
    /// The mark: `Điều 5.`, `Chương II`.
    pub label: Range<usize>,
    /// Whether the word is written in capitals.
    pub capitals: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    unit: Vec<UnitEntry>,
    #[serde(default)]
    list: Vec<ListEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitEntry {
    id: toml::Spanned<String>,
    #[serde(default)]
    disabled: bool,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    numbers: Vec<Numbers>,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    counter_examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListEntry {
    id: toml::Spanned<String>,
    words: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Numbers {
    Arabic,
    Roman,
    Letter,
    Ordinal,
}

/// Rank of an article, below chapters and above numbered clauses.
pub(crate) const ARTICLE: u8 = 18;
/// Rank of a table's caption: inside everything.
pub(crate) const CAPTION: u8 = 60;

/// Kinds that `sections.toml` may use, with their ranks.
const KINDS: &[(SectionKind, u8)] = &[
    (SectionKind::Appendix, 2),
    (SectionKind::Part, 10),
    (SectionKind::Chapter, 12),
    (SectionKind::Section, 14),
    (SectionKind::Article, ARTICLE),
    (SectionKind::Table, CAPTION),
];

/// The words of "Phần thứ nhất".
#[derive(Debug, Clone, Default)]
struct Ordinals {
    /// What stands before them and a space: "thứ".
    leads: Vec<String>,
    /// The numbers.
    words: Vec<String>,
}

impl SectionRules {
    /// Name of the pattern file.
    pub const FILE: &str = "sections.toml";
    /// The embedded pattern file.
    pub const BUILTIN: &str = include_str!("../../patterns/sections.toml");

    /// Reads the rules from all files named `sections.toml`; later files add and replace by `id`.
    ///
    /// # Errors
    /// A mistake in a file, with its place: an unknown field or kind, or a rule that fails its own examples.
    pub fn load(sources: &Sources) -> Result<Self, PatternError> {
        let mut units: BTreeMap<String, (usize, Option<Unit>)> = BTreeMap::new();
        let mut rules = Self::default();
        for source in sources.named(Self::FILE) {
            let file: File = source.parse()?;
            for entry in file.list {
                let list = match entry.id.get_ref().as_str() {
                    "joins" => &mut rules.joins,
                    "related" => &mut rules.related,
                    "footer" => &mut rules.footer,
                    "menu" => &mut rules.menu,
                    "attached" => &mut rules.attached,
                    "ordinals" => &mut rules.ordinals.words,
                    "ordinal_leads" => &mut rules.ordinals.leads,
                    other => {
                        let message = format!("unknown list {other:?}");
                        return Err(source.error(
                            entry.id.span().start,
                            &message,
                            "use joins, related, footer, menu, attached, ordinals or ordinal_leads",
                        ));
                    }
                };
                list.extend(entry.words.iter().map(|w| w.to_lowercase()));
            }
            for entry in file.unit {
                let at = units.len();
                let id = entry.id.get_ref().clone();
                let unit = if entry.disabled { None } else { Some(unit(source, &entry, &rules.ordinals)?) };
                units.entry(id).or_insert((at, None)).1 = unit;
            }
        }
        let mut ordered: Vec<(usize, Unit)> =
            units.into_values().filter_map(|(at, u)| Some((at, u?))).collect();
        ordered.sort_by_key(|(at, _)| *at);
        rules.units = ordered.into_iter().map(|(_, u)| u).collect();
        rules.unit_openings = Openings::of(rules.units.iter().flat_map(|u| &u.words));
        rules.tail_openings = Openings::of(rules.related.iter().chain(&rules.footer));
        rules.menu_openings = Openings::of(rules.menu.iter());
        Ok(rules)
    }

    /// The unit that opens at byte `at` of the line that ends at `end`.
    pub fn unit_at(&self, s: &str, at: usize, end: usize) -> Option<UnitAt> {
        if !self.unit_openings.may_open(s.get(at..end)?, Chars::get()) {
            return None;
        }
        self.units.iter().find_map(|u| u.at(s, at, end, &self.ordinals))
    }

    /// Whether the text ends with a word that a following number belongs to.
    pub fn joins(&self, text: &str) -> bool {
        let chars = Chars::get();
        let word = text.rsplit(|c: char| !chars.info(c).is_alphabetic()).next().unwrap_or("");
        !word.is_empty() && text.ends_with(word) && {
            let word = word.to_lowercase();
            self.joins.contains(&word)
        }
    }

    /// Whether a line opens with "(Ban hành kèm theo" or the like.
    pub fn is_attached(&self, line: &str) -> bool {
        self.attached.iter().any(|w| prefix_fold(line, w).is_some())
    }

    /// Menus at the top and related links at the end of a web page that came as plain text.
    pub fn boilerplate(&self, s: &str) -> (Option<Range<usize>>, Option<Range<usize>>) {
        let chars = Chars::get();
        let mut menu = 0;
        let mut top: Option<usize> = None;
        let mut first: Option<usize> = None;
        for line in lines(s).filter(|l| !l.is_empty()).take(60) {
            let text = s.get(line.clone()).unwrap_or("");
            let text = text.trim_matches(|c: char| !chars.info(c).is_alphanumeric());
            let likely = text.len() <= 40 && self.menu_openings.may_open(text, chars);
            if likely && self.menu.iter().any(|m| same_fold(text, m)) {
                menu += 1;
                first.get_or_insert(line.start);
                top = Some(line.end);
            }
        }
        let top = first.zip(top).filter(|_| menu >= 3).map(|(a, b)| a..b);
        // Related links stand in the later part of the page: the lines there are looked at.
        let from = floor_boundary(s, s.len() / 3);
        let mut tail = None;
        if s.len() < 400_000 {
            for line in lines::Lines::from(s, from).filter(|l| !l.is_empty() && l.len() <= 80) {
                let text = s.get(line.clone()).unwrap_or("");
                let opens = |c: char| chars.info(c).is_alphabetic() || c == '©';
                let Some(start) = text.find(opens) else { continue };
                let Some(bare) = text.get(start..).filter(|b| self.tail_openings.may_open(b, chars)) else {
                    continue;
                };
                let bare = bare.trim_end_matches(|c: char| !chars.info(c).is_alphanumeric());
                let last_part = line.start > s.len() - s.len() / 4;
                if bare.len() <= 48 && self.related.iter().any(|r| same_fold(bare, r))
                    || last_part && self.footer.iter().any(|f| prefix_fold(bare, f).is_some())
                {
                    tail = Some(line.start..lines::trim(s, 0..s.len()).end);
                    break;
                }
            }
        }
        (top, tail)
    }
}

fn same_fold(s: &str, word: &str) -> bool {
    prefix_fold(s, word) == Some(s.len())
}

fn unit(source: &SourceFile, entry: &UnitEntry, ordinals: &Ordinals) -> Result<Unit, PatternError> {
    let at = entry.id.span().start;
    let Some(&(kind, rank)) = KINDS.iter().find(|(k, _)| k.name() == entry.kind) else {
        let known: Vec<&str> = KINDS.iter().map(|(k, _)| k.name()).collect();
        return Err(source.error(
            at,
            &format!("unknown kind {:?}", entry.kind),
            &format!("use one of {}", known.join(", ")),
        ));
    };
    let unit =
        Unit { kind, rank, words: entry.words.clone(), numbers: entry.numbers.clone(), alone: entry.alone };
    for example in &entry.examples {
        if unit.at(example, 0, example.len(), ordinals).is_none() {
            return Err(source.error(
                at,
                &format!("the example {example:?} does not open this unit"),
                "correct the example or the words",
            ));
        }
    }
    for counter in &entry.counter_examples {
        if unit.at(counter, 0, counter.len(), ordinals).is_some() {
            return Err(source.error(
                at,
                &format!("the counter-example {counter:?} opens this unit"),
                "narrow the words or numbers",
            ));
        }
    }
    if entry.examples.is_empty() || entry.counter_examples.is_empty() {
        return Err(source.error(
            at,
            "a unit needs examples and counter_examples",
            "give at least one line of each",
        ));
    }
    Ok(unit)
}

impl Unit {
    fn at(&self, s: &str, at: usize, end: usize, ordinals: &Ordinals) -> Option<UnitAt> {
        let line = s.get(at..end)?;
        self.words.iter().find_map(|w| self.word(s, at, end, prefix_fold(line, w)?, ordinals))
    }

    fn word(&self, s: &str, at: usize, end: usize, word: usize, ordinals: &Ordinals) -> Option<UnitAt> {
        let capitals = s.get(at..at + word).is_some_and(is_capitals);
        let found = |label_end: usize| {
            Some(UnitAt { kind: self.kind, rank: self.rank, label: at..label_end, capitals })
        };
        let after = s.get(at + word..end)?;
        let rest = after.trim_start();
        let bare = rest.trim_start_matches(['*', '_', ' ']);
        let mut from = at + word + (after.len() - rest.len());
        let mut line_end = end;
        if bare.is_empty() {
            // The number may stand on the next line: "Điều⏎28. Điều khoản thi hành".
            let next = lines::next_line(s, end + 1).filter(|(l, blank)| {
                !blank && s.get(l.clone()).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()))
            });
            match next {
                Some((l, _)) if !self.alone => {
                    from = l.start;
                    line_end = l.end;
                }
                _ => return if self.alone { found(at + word) } else { None },
            }
        } else if rest.len() == after.len() && !rest.starts_with(':') {
            return None;
        }
        let rest = s.get(from..line_end)?;
        if self.alone && rest.starts_with([':', '-', '–']) {
            return found(from + usize::from(rest.starts_with(':')));
        }
        let number = self.numbers.iter().filter_map(|n| n.read(rest, ordinals)).max()?;
        let tail = rest.get(number..)?;
        let stop = usize::from(tail.starts_with(['.', ':']));
        let title = tail.trim_start_matches(['*', '_', ' ', '-', '–', '.', ':']);
        // "Điều 5 của Nghị định" and "Phần II của Kế hoạch" speak of a unit elsewhere.
        let opens = title.is_empty()
            || stop == 1
            || capitals && is_capitals(title)
            || tail.starts_with("**")
            || tail.trim_start().starts_with(['-', '–']);
        if !opens || tail.starts_with(|c: char| c.is_alphanumeric() || c == ',') {
            return None;
        }
        // "Điều 2.5" is no article.
        if stop == 1 && tail.get(1..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
        found(from + number + stop)
    }
}

impl Numbers {
    /// Length of a number at the start of `s`.
    fn read(self, s: &str, ordinals: &Ordinals) -> Option<usize> {
        let word = s.find(|c: char| !c.is_alphanumeric()).map_or(s, |n| s.get(..n).unwrap_or(s));
        match self {
            Self::Arabic => {
                let n = s.bytes().take_while(u8::is_ascii_digit).count();
                // "Điều 5a" exists in laws that amend others.
                let letter = s
                    .get(n..)
                    .and_then(|r| r.chars().next())
                    .filter(|c| c.is_lowercase() && letter_value(*c).is_some());
                let letter = letter
                    .filter(|_| word.len() == n + letter.map_or(0, char::len_utf8))
                    .map_or(0, char::len_utf8);
                (1..=3).contains(&n).then_some(n + letter)
            }
            Self::Roman => roman_value(word).map(|_| word.len()),
            Self::Letter => {
                (word.chars().count() == 1 && word.chars().all(char::is_uppercase)).then_some(word.len())
            }
            Self::Ordinal => {
                let lead = ordinals.leads.iter().find_map(|lead| prefix_fold(s, lead))?;
                let rest = s.get(lead..)?.strip_prefix(' ')?;
                ordinals.words.iter().filter_map(|o| prefix_fold(rest, o)).max().map(|n| lead + 1 + n)
            }
        }
    }
}
