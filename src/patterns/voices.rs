//! Stage 3: what speaks for the place of a document without a head, and how much, from `patterns/voices.toml`.
//!
//! "Vũ Thư sau một năm nhìn lại" over a page that says "toàn huyện" throughout: the voice `title_alone`, 16 points.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::source::{PatternError, Sources};

/// The file's name.
pub const FILE: &str = "voices.toml";
/// The embedded file.
pub const BUILTIN: &str = include_str!("../../patterns/voices.toml");

macro_rules! voices {
    ($($voice:ident = $id:literal),* $(,)?) => {
        /// What speaks for a unit; the file says of each what it hears.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
        #[allow(missing_docs, reason = "the file describes each")]
        pub enum Voice {
            $(#[serde(rename = $id)] $voice),*
        }

        impl Voice {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$voice),*];

            /// The rule by which it gives a place.
            pub const fn rule(self) -> &'static str {
                match self {
                    $(Self::$voice => concat!("place.document.", $id)),*
                }
            }

            /// Its id in the file.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$voice => $id),*
                }
            }
        }
    };
}

voices! {
    FirstLine = "first_line",
    Title = "title",
    Site = "site",
    TitleOnly = "title_only",
    OwnTitle = "own_title",
    BareTitle = "bare_title",
    TitleAlone = "title_alone",
    Hamlet = "hamlet",
    Mention = "mention",
    TypedMention = "typed_mention",
    ToldOn = "told_on",
    Opening = "opening",
    Apposition = "apposition",
    KindSaid = "kind_said",
    BareCommune = "bare_commune",
    Districts = "districts",
    Masthead = "masthead",
    MastheadProvince = "masthead_province",
    Address = "address",
    OneDistrict = "one_district",
    OneCommune = "one_commune",
    OwnArea = "own_area",
    OwnBody = "own_body",
}

/// How much a voice counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Weight {
    /// What it gives to the unit it names.
    pub points: usize,
    /// So often the text must speak of its own unit.
    pub said: usize,
}

/// A whole document and its place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The title of a web page; without one the document is plain text.
    pub title: Option<String>,
    /// Its text, a paragraph a line; that of a web page may be marked up instead.
    pub text: String,
    /// The units of its place, the smallest first; `-` for none.
    pub place: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    voice: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Voice,
    points: usize,
    #[serde(default)]
    said: usize,
    #[serde(default)]
    example: Vec<Example>,
    #[serde(default)]
    counter: Vec<Example>,
}

/// The voices of all files.
#[derive(Debug, Default)]
pub struct Voices {
    weights: BTreeMap<Voice, Weight>,
    /// Their examples and counter-examples: file, voice, whether it is the voice that decides, document.
    pub examples: Vec<(String, Voice, bool, Example)>,
}

impl Voices {
    /// Reads the voices from all files of their name; a later entry replaces an earlier one.
    ///
    /// # Errors
    /// A mistake in a file, with its place.
    pub fn load(sources: &Sources) -> Result<Self, PatternError> {
        let mut voices = Self::default();
        for source in sources.named(FILE) {
            let file: File = source.parse()?;
            for Entry { id, points, said, example, counter } in file.voice {
                voices.weights.insert(id, Weight { points, said });
                voices.examples.retain(|(_, known, ..)| *known != id);
                let kinds = [(true, example), (false, counter)];
                let all =
                    kinds.into_iter().flat_map(|(decides, of)| of.into_iter().map(move |e| (decides, e)));
                let shown = |(decides, e)| (source.shown.clone(), id, decides, e);
                voices.examples.extend(all.map(shown));
            }
        }
        Ok(voices)
    }

    /// How much a voice counts; one without an entry is silent.
    pub fn weight(&self, voice: Voice) -> Weight {
        self.weights.get(&voice).copied().unwrap_or_default()
    }

    /// How many points a voice gives.
    pub fn points(&self, voice: Voice) -> usize {
        self.weight(voice).points
    }
}
