//! Stage 3, names: the weights of `names.toml`, by which a name is chosen among the phrases around a figure.
//!
//! One line a weight: the template of the feature, its value (a word, a mark or a number), hundredths.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::source::{PatternError, Sources};
use crate::words::fold::WordHash;
use crate::words::vocab::{ByWord, Vocab};

/// The file's name.
pub const FILE: &str = "names.toml";
/// The embedded file.
pub const BUILTIN: &str = include_str!("../../patterns/names.toml");

macro_rules! templates {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// What a feature is about; `docs/names.md` describes each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Template { $($name),* }

        impl Template {
            /// All templates.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its name in the file.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

templates! {
    Source = "source",
    Length = "length",
    LikeRule = "like_rule",
    Previous = "previous",
    OnlyUnit = "only_unit",
    Proper = "proper",
    TakenOwn = "taken.own",
    BehindOwn = "behind.own",
    BehindNext = "behind.next",
    BehindLast = "behind.last",
    BehindFirst = "behind.first",
    BehindAfterNoun = "behind.after_noun",
    BehindShape = "behind.shape",
    BehindNoun = "behind.noun",
    BehindGeneric = "behind.generic",
    BeforePrevious = "before.previous",
    BeforeFirst = "before.first",
    BeforeLast = "before.last",
    BeforeJoint = "before.joint",
    BeforeNumber = "before.number",
    BeforeStart = "before.start",
    BeforeMarks = "before.marks",
    BeforeGap = "before.gap",
    BeforeInner = "before.inner",
    BeforeScope = "before.scope",
    BeforeSays = "before.says",
    BeforeLacks = "before.lacks",
    Word = "word",
    UnitFirst = "unit.first",
    UnitLast = "unit.last",
    UnitSource = "unit.source",
    UnitIn = "unit.in",
}

// A word has a bit for each.
const _: () = assert!(Template::ALL.len() <= u32::BITS as usize);

/// The value of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'t> {
    /// A token that is a word.
    Token(usize),
    /// A punctuation mark, by its code point.
    Mark(u32),
    /// A number: a length, a class.
    Number(u32),
    /// A word of a phrase that may stand nowhere in the text.
    Word(Spoken<'t>),
    /// Two words, told together.
    Pair(Spoken<'t>, Spoken<'t>),
}

/// A word with its number in the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spoken<'t> {
    /// As it is written.
    pub text: &'t str,
    number: u32,
}

impl<'t> Spoken<'t> {
    /// Looks a word up.
    pub fn new(text: &'t str, vocab: &Vocab) -> Self {
        Self { text, number: vocab.id(WordHash::of(text)) }
    }
}

/// Marks are numbered from here, numbers from twice as far.
const MARKS: u64 = 1 << 32;
/// Numbers below this one are looked up by themselves: lengths and classes are.
const NUMBERS: u64 = 1024;
/// Two words are one key from here on, the first above the second.
const PAIRS: u64 = 1 << 63;

/// The weights, in hundredths.
#[derive(Debug, Clone, Default)]
pub struct NameWeights {
    weights: FxHashMap<(Template, u64), i32>,
    /// The templates that have a weight for a word, a bit each: most have none.
    of_words: ByWord<u32>,
    /// The weights of small numbers, by template.
    of_numbers: [ByWord<i32>; Template::ALL.len()],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    weights: BTreeMap<String, BTreeMap<String, i32>>,
}

impl NameWeights {
    /// Reads `names.toml`; a user's file replaces single weights.
    ///
    /// # Errors
    /// A broken pattern file: where, what, and what to do.
    pub fn load(sources: &Sources, vocab: &mut Vocab) -> Result<Self, PatternError> {
        let mut out = Self::default();
        for file in sources.named(FILE) {
            let parsed: File = file.parse()?;
            for (template, values) in parsed.weights {
                let Some(&template) = Template::ALL.iter().find(|t| t.name() == template) else { continue };
                for (value, weight) in values {
                    out.set(template, key_of(&value, vocab), weight);
                }
            }
        }
        Ok(out)
    }

    /// Whether there are none: the rules alone decide.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    fn set(&mut self, template: Template, key: u64, weight: i32) {
        self.weights.insert((template, key), weight);
        if key < MARKS {
            self.mark(key as u32, template);
        } else if key >= PAIRS {
            self.mark((key ^ PAIRS) as u32, template);
            self.mark(((key ^ PAIRS) >> 32) as u32, template);
        } else if let Some(n) = key.checked_sub(2 * MARKS).filter(|&n| n < NUMBERS)
            && let Some(weights) = self.of_numbers.get_mut(template as usize)
        {
            weights.set(n as u32, weight);
        }
    }

    /// A word that a template has a weight for.
    fn mark(&mut self, word: u32, template: Template) {
        self.of_words.set(word, self.of_words.get(word) | 1 << template as u32);
    }

    /// Whether a template has a weight for a word.
    #[inline]
    fn knows(&self, word: u32, template: Template) -> bool {
        self.of_words.get(word) >> template as u32 & 1 == 1
    }

    /// The weight of a feature; `word` gives the number that a token has in the vocabulary.
    #[inline]
    pub fn of(&self, template: Template, value: Value<'_>, word: impl FnOnce(usize) -> u32) -> i32 {
        let known = |word: u32| self.knows(word, template).then(|| u64::from(word));
        let key = match value {
            Value::Number(n) if u64::from(n) < NUMBERS => {
                return self.of_numbers.get(template as usize).map_or(0, |w| w.get(n));
            }
            Value::Number(n) => Some(2 * MARKS + u64::from(n)),
            Value::Mark(mark) => Some(MARKS + u64::from(mark)),
            Value::Token(i) => known(word(i)),
            Value::Word(word) => known(word.number),
            Value::Pair(first, second) => {
                known(first.number).and(known(second.number)).map(|_| pair(first.number, second.number))
            }
        };
        key.and_then(|key| self.weights.get(&(template, key))).copied().unwrap_or(0)
    }
}

fn pair(first: u32, second: u32) -> u64 {
    PAIRS | u64::from(first) << 32 | u64::from(second)
}

/// The key of a value as the file writes it: `#12` a number, a mark, a word, or two.
fn key_of(value: &str, vocab: &mut Vocab) -> u64 {
    if let Some(n) = value.strip_prefix('#').and_then(|n| n.parse::<u64>().ok()) {
        return 2 * MARKS + n;
    }
    if let Some((first, second)) = value.split_once(' ') {
        return pair(vocab.intern(first), vocab.intern(second));
    }
    match value.chars().next() {
        Some(mark) if !mark.is_alphabetic() => MARKS + u64::from(u32::from(mark)),
        _ => u64::from(vocab.intern(value)),
    }
}
