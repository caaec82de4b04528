//! Stage 3: the rules and word lists as data. Loads `patterns/*.toml`, embedded in the binary and extended or
//! replaced by `--patterns DIR`.

pub mod catalogue;
pub mod checks;
pub mod clauses;
pub mod compare;
pub mod dates;
pub mod frames;
pub mod header;
pub mod indicators;
pub mod labels;
mod lists;
pub mod messages;
pub mod names;
pub mod ocr;
pub mod pages;
pub mod particles;
pub mod phrases;
pub mod place;
pub mod references;
pub mod rule;
pub mod sections;
pub mod source;
pub mod spelled;
pub mod tables;
pub mod traps;
pub mod voices;

use std::path::Path;

pub use crate::words::vocab;
use catalogue::Catalogue;
use checks::CheckWords;
use clauses::ClauseWords;
use compare::CompareWords;
use dates::DateWords;
use frames::FrameWords;
use header::HeaderRules;
use indicators::Indicators;
use names::NameWeights;
use ocr::OcrWords;
use particles::Particles;
use place::Places;
use references::References;
use rule::{Fragments, RuleSet};
use sections::SectionRules;
use source::{PatternError, Sources};
use tables::TableWords;
use traps::Traps;
use vocab::Vocab;
use voices::Voices;

/// The embedded pattern files, by name.
const BUILTIN: &[(&str, &str)] = &[
    (catalogue::FILE, catalogue::BUILTIN),
    (checks::FILE, checks::BUILTIN),
    (compare::FILE, compare::BUILTIN),
    (ocr::FILE, ocr::BUILTIN),
    (particles::FILE, particles::BUILTIN),
    ("fragments.toml", include_str!("../../patterns/fragments.toml")),
    ("lexicon/doctypes.toml", include_str!("../../patterns/lexicon/doctypes.toml")),
    ("lexicon/agencies.toml", include_str!("../../patterns/lexicon/agencies.toml")),
    ("references.toml", include_str!("../../patterns/references.toml")),
    ("dates.toml", include_str!("../../patterns/dates.toml")),
    ("lexicon/units.toml", include_str!("../../patterns/lexicon/units.toml")),
    (clauses::FILE, clauses::BUILTIN),
    (names::FILE, names::BUILTIN),
    ("indicators.toml", include_str!("../../patterns/indicators.toml")),
    ("sections.toml", include_str!("../../patterns/sections.toml")),
    (HeaderRules::FILE, HeaderRules::BUILTIN),
    (Places::FILE, Places::BUILTIN),
    (TableWords::FILE, TableWords::BUILTIN),
    (FrameWords::FILE, FrameWords::BUILTIN),
    (voices::FILE, voices::BUILTIN),
    ("traps.toml", include_str!("../../patterns/traps.toml")),
];

/// All rules and word lists, compiled.
#[derive(Debug)]
pub struct Patterns {
    /// Syllables that patterns name.
    pub vocab: Vocab,
    /// The rules.
    pub rules: RuleSet,
    /// Words of the reference grammar.
    pub references: References,
    /// Words of dates and periods.
    pub dates: DateWords,
    /// Indicators that recur from province to province.
    pub catalogue: Catalogue,
    /// Words by which checks know that two figures belong together.
    pub checks: CheckWords,
    /// Words by which a comparison tells the whole of a place from its parts.
    pub compare: CompareWords,
    /// What optical character recognition makes of words.
    pub ocr: OcrWords,
    /// Single words that rules ask for.
    pub particles: Particles,
    /// Words and units of measured quantities.
    pub indicators: Indicators,
    /// Words about the clause around a figure.
    pub clauses: ClauseWords,
    /// Weights by which a name is chosen.
    pub names: NameWeights,
    /// Marks of the outline.
    pub sections: SectionRules,
    /// Words of head and foot.
    pub header: HeaderRules,
    /// Words of the frames of documents.
    pub frames: FrameWords,
    /// What speaks for the place of a document without a head.
    pub voices: Voices,
    /// Provinces and districts.
    pub places: Places,
    /// Words of the headings of tables.
    pub tables: TableWords,
    /// Numerals that are no quantities.
    pub traps: Traps,
    /// First 16 hexadecimal digits of the SHA-256 over all pattern files.
    pub fingerprint: String,
}

impl Patterns {
    /// The embedded patterns.
    ///
    /// # Errors
    /// None in a tested build: the embedded files are checked by the tests.
    pub fn builtin() -> Result<Self, PatternError> {
        Self::load(&builtin_sources())
    }

    /// The embedded patterns, extended by the files of a folder.
    ///
    /// # Errors
    /// A broken pattern file: where, what, and what to do.
    pub fn with_dir(dir: &Path) -> Result<Self, PatternError> {
        let mut sources = builtin_sources();
        sources.add_dir(dir)?;
        Self::load(&sources)
    }

    /// Compiles a set of pattern files.
    ///
    /// # Errors
    /// A broken pattern file: where, what, and what to do.
    pub fn load(sources: &Sources) -> Result<Self, PatternError> {
        // The two largest files know nothing of the others: a second core, if there is one, reads them meanwhile.
        let names = || Ok::<_, PatternError>((Catalogue::load(sources)?, Places::load(sources)?));
        std::thread::scope(|scope| {
            let reader = std::thread::Builder::new().spawn_scoped(scope, names);
            let mut vocab = Vocab::default();
            let fragments = Fragments::load(sources)?;
            let mut rules = RuleSet::default();
            let references = References::load(sources, &mut vocab, &mut rules, &fragments)?;
            let dates = DateWords::load(sources, &mut vocab, &mut rules, &fragments)?;
            let checks = CheckWords::load(sources)?;
            let compare = CompareWords::load(sources)?;
            let ocr = OcrWords::load(sources)?.with_codes(&references);
            let particles = Particles::load(sources)?;
            let traps = Traps::load(sources, &mut vocab, &mut rules, &fragments)?;
            let indicators = Indicators::load(sources, &mut vocab, &mut rules, &fragments)?;
            let tables = TableWords::load(sources, &mut vocab)?;
            let frames = FrameWords::load(sources, &mut vocab)?;
            let voices = Voices::load(sources)?;
            let clauses = ClauseWords::load(sources, &mut vocab)?;
            let weights = NameWeights::load(sources, &mut vocab)?;
            let sections = SectionRules::load(sources)?;
            let header = HeaderRules::load(sources, &references)?;
            vocab.finish();
            let fingerprint = sources.fingerprint();
            let (catalogue, places) = match reader {
                Ok(reader) => reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
                Err(_) => names(),
            }?;
            Ok(Self {
                vocab,
                rules,
                references,
                dates,
                catalogue,
                checks,
                compare,
                ocr,
                particles,
                traps,
                indicators,
                clauses,
                names: weights,
                sections,
                header,
                frames,
                voices,
                places,
                tables,
                fingerprint,
            })
        })
    }
}

/// The embedded pattern files.
pub(crate) fn builtin_sources() -> Sources {
    let mut sources = Sources::default();
    for (name, text) in BUILTIN {
        sources.push(name, &format!("{}{name}", source::EMBEDDED), text);
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_stand_the_checks_of_users_files() {
        let mut sources = Sources::default();
        for (name, text) in BUILTIN {
            sources.push(name, name, text);
        }
        assert!(sources.all().iter().all(|f| !f.is_checked()));
        Patterns::load(&sources).unwrap();
    }
}
