//! What speaks for which unit in a text without a head: each voice gives its points (`patterns/voices.toml`) to the unit it names.

mod body;
mod decide;
mod opening;
mod own;
mod page;
mod part;
mod titles;

use std::ops::Range;

use super::{LINK, Named, named, title_of};
use crate::claim::Work;
use crate::facts::frame::Read;
use crate::facts::head::Header;
use crate::patterns::place::Places;
use crate::patterns::voices::{Voice, Weight};
use crate::record::{EvidenceBasis, Level};
use crate::structure::section::Outline;
use crate::words::lines::is_capitals;
use own::Own;

/// Most points of a unit that no title names.
const MOST: usize = 16;
/// Most syllables of a name that says in words what it is.
const NAME: usize = 4;
/// How far behind a name that of the unit around it ends, in bytes.
const ADDRESS: usize = 120;

/// A text whose place is sought.
#[derive(Clone, Copy)]
struct Page<'p, 'w> {
    work: &'p Work<'w>,
    outline: &'p [Outline],
    header: &'p Header,
    date: Option<&'p str>,
    /// Its title, or what stands for one.
    title: Option<&'p Range<usize>>,
    /// Where the text behind the title of a page begins.
    from: usize,
}

impl Page<'_, '_> {
    fn places(&self) -> &Places {
        &self.work.patterns.places
    }

    fn weight(&self, voice: Voice) -> Weight {
        self.work.patterns.voices.weight(voice)
    }

    fn points(&self, voice: Voice) -> usize {
        self.work.patterns.voices.points(voice)
    }

    /// The units that a part of the text names.
    fn named(&self, range: Range<usize>) -> Vec<(Range<usize>, Named)> {
        named(self.places(), self.work.text.slice(range), self.date)
    }
}

/// The voices in their order: what a later one asks is what those before have found.
const VOICES: [fn(&mut Survey, &Page<'_, '_>); 16] = [
    titles::named_in_title,
    opening::first_line,
    body::mentions,
    titles::begins_with_bare_name,
    opening::hamlet,
    titles::names_its_own,
    opening::bare_commune,
    opening::apposition,
    opening::kind_said,
    titles::district_alone,
    body::districts,
    page::masthead,
    page::address,
    part::district,
    part::commune,
    own::speaks_of_itself,
];

/// A unit that the document may be about.
#[derive(Debug)]
struct Candidate {
    named: Named,
    /// Twice the points, so that halves stay whole.
    points: usize,
    /// The most that one voice gave; that voice is what is said to have read the place.
    loudest: usize,
    times: usize,
    read: Read,
}

/// What speaks for which unit.
#[derive(Debug, Default)]
struct Survey {
    candidates: Vec<Candidate>,
    /// How often the text speaks of its own unit, by level.
    own: Own,
    /// The one unit smaller than a province that the title names.
    alone: Option<Named>,
    /// The provinces that paragraphs begin with.
    openers: Vec<String>,
    /// The districts that the first sentences of paragraphs are told of, each with where its paragraph begins.
    turns: Vec<(usize, String)>,
    /// How many of these paragraphs begin with a star: news in brief.
    starred: usize,
    /// The districts that are named without their type word.
    bare: Vec<Bare>,
}

/// A district that is named without its type word.
#[derive(Debug, Clone)]
struct Bare {
    name: String,
    /// Where it is named first.
    range: Range<usize>,
    /// How often not only in passing.
    times: usize,
}

/// The unit that the text is about, or the country, and where that was read.
pub(super) fn read(
    work: &Work<'_>,
    outline: &[Outline],
    header: &Header,
    date: Option<&str>,
) -> Option<(Named, Read)> {
    let title = title_of(work, header);
    let from = work.text.title().map_or(0, |t| t.end);
    let page = Page { work, outline, header, date, title: title.as_ref(), from };
    let mut survey = Survey { own: Own::read(work), ..Survey::default() };
    VOICES.iter().for_each(|voice| voice(&mut survey, &page));
    survey.decide(&page)
}

impl Survey {
    /// Gives points to a unit; a voice of none is silent. Where the title does not name it, what the text says of it adds up to a
    /// limit.
    fn add(&mut self, named: Named, points: usize, read: Read) {
        if points == 0 {
            return;
        }
        match self.candidates.iter_mut().find(|c| c.named.same(&named)) {
            Some(known) => {
                known.named.complete(&named);
                let cap = MOST.saturating_sub(known.points.min(MOST));
                let titled = read.basis == EvidenceBasis::Title;
                known.points += if titled { points } else { points.min(cap.max(1)) };
                known.times += 1;
                if points > known.loudest {
                    (known.loudest, known.read.rule) = (points, read.rule);
                }
            }
            None => self.candidates.push(Candidate { named, points, loudest: points, times: 1, read }),
        }
    }

    /// The levels of the units that the title names elsewhere than in the name of the site.
    fn titled_by_page(&self) -> impl Iterator<Item = Level> + '_ {
        let by_page = |c: &&Candidate| c.read.rule != Voice::Site.rule();
        let titled = self.candidates.iter().filter(|c| c.read.basis == EvidenceBasis::Title);
        titled.filter(by_page).map(|c| c.named.level())
    }

    /// Whether the text names a unit of a level with its type word.
    fn has_typed(&self, level: Level) -> bool {
        self.candidates.iter().any(|c| c.named.level() == level && c.named.typed)
    }

    /// Whether the text names a province, or a unit together with one.
    fn has_province(&self) -> bool {
        self.candidates.iter().any(|c| c.named.province.is_some())
    }
}

/// Whether a word with a capital goes on right behind a name, in a text that has small letters.
fn goes_on_in_capitals(s: &str, end: usize) -> bool {
    let next = s.get(end..).and_then(|rest| rest.strip_prefix(' ')).and_then(|rest| rest.chars().next());
    next.is_some_and(char::is_uppercase) && !is_capitals(s)
}
