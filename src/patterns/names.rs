//! Stage 3, names: the weights of `names.toml`, by which a name is chosen among the phrases around a figure.
//!
//! One line a weight: the template of the feature, its value (a word, a mark or a number), hundredths.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::source::{PatternError, Sources};
use crate::words::vocab::Vocab;

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
}

/// The value of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A token that is a word.
    Token(usize),
    /// A punctuation mark, by its code point.
    Mark(u32),
    /// A number: a length, a class.
    Number(u32),
}

/// Marks are numbered from here, numbers from twice as far.
const MARKS: u64 = 1 << 32;

/// The weights, in hundredths.
#[derive(Debug, Clone, Default)]
pub struct NameWeights {
    weights: FxHashMap<(Template, u64), i32>,
    /// Words by which a name is judged in training.
    pub judge: Judge,
}

/// Words by which a name is judged in training.
#[derive(Debug, Clone, Default)]
pub struct Judge {
    /// Words that need not be there.
    pub fillers: BTreeSet<String>,
    /// Abbreviations and what they stand for.
    pub abbreviations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fillers: Vec<String>,
    #[serde(default)]
    abbreviations: BTreeMap<String, String>,
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
            out.judge.fillers.extend(parsed.fillers);
            out.judge.abbreviations.extend(parsed.abbreviations);
            for (template, values) in parsed.weights {
                let Some(&template) = Template::ALL.iter().find(|t| t.name() == template) else { continue };
                for (value, weight) in values {
                    out.weights.insert((template, key_of(&value, vocab)), weight);
                }
            }
        }
        Ok(out)
    }

    /// Whether there are none: the rules alone decide.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// The weight of a feature whose word has this number in the vocabulary.
    pub fn of_key(&self, template: Template, key: u64) -> i32 {
        self.weights.get(&(template, key)).copied().unwrap_or(0)
    }
}

/// The key of a value that is no token.
pub fn key(value: Value) -> Option<u64> {
    match value {
        Value::Token(_) => None,
        Value::Mark(mark) => Some(MARKS + u64::from(mark)),
        Value::Number(n) => Some(2 * MARKS + u64::from(n)),
    }
}

/// The key of a value as the file writes it: `#12` a number, a mark, or a word.
fn key_of(value: &str, vocab: &mut Vocab) -> u64 {
    if let Some(n) = value.strip_prefix('#').and_then(|n| n.parse::<u64>().ok()) {
        return 2 * MARKS + n;
    }
    match value.chars().next() {
        Some(mark) if !mark.is_alphabetic() => MARKS + u64::from(u32::from(mark)),
        _ => u64::from(vocab.intern(value)),
    }
}
