//! Stage 3, particles: single words that rules ask for, from `particles.toml`, each as it is spelled.
//!
//! "36/36 các xã": `article` holds "các", which stands between a ratio and its noun.

use super::source::{PatternError, Sources};
use super::spelled::{Spelled, spelled};

/// Name of the pattern file.
pub const FILE: &str = "particles.toml";
/// The embedded file.
pub const BUILTIN: &str = include_str!("../../patterns/particles.toml");

spelled! {
    /// Single words, by what they are to their rule.
    pub struct Particles {
        /// Joins two members.
        and,
        /// Right before a place that a figure is told of, between two of them or before its name.
        before_places,
        /// Right before a place in which something is counted.
        at_places,
        /// Joins a thing and what goes with it.
        and_with,
        /// Before a day.
        day,
        /// Before a year; small it may be a five too.
        year,
        /// Before a day that several papers share.
        together,
        /// Before the word "ngày" of such a day.
        together_with,
        /// Between two references of one list.
        between_references,
        /// Opens the name of a ministry or department that may hold a comma.
        ministries,
        /// Behind such a word: a person, no body.
        ministers,
        /// May stand between a relation and its references.
        before_lists,
        /// Joins the parts of a pinpoint.
        joins_pinpoints,
        /// Of what follows.
        of,
        /// Before "số" that means digital, or ends another compound, and marks no number.
        digital,
        /// The last word of the name of the law on laws.
        laws_end,
        /// Before "luật" in compounds that are no law.
        no_law_after,
        /// Before several things of a kind.
        plural,
        /// Behind "luật các": no name of a law.
        no_law_behind,
        /// Before "luật": a code.
        codes_of_law,
        /// Total.
        total,
        /// Number of things.
        number,
        /// Of a fraction in words.
        fraction,
        /// Stands between a ratio and its noun.
        article,
        /// Two words before a ratio of people or of a whole: no date.
        roll,
        /// Between a ratio and its share.
        share,
        /// Before a span of time: a rate.
        each,
        /// The spans of such a rate.
        spans,
        /// Two words before a figure that counts: the word between is no label.
        total_before,
        /// Before a small number: all of the things named.
        all_of,
        /// Makes a whole phrase of the word above.
        all,
        /// Makes a number in words vague.
        vague,
        /// The unit of people who are only told by what they did.
        people,
        /// Opens "in that".
        within,
        /// Ends "in that".
        that,
        /// Opens "includes".
        includes,
        /// Before the parts of a whole.
        gathers,
        /// Ends the word for a place on a plan.
        position,
        /// Before a place in an order, part of its span.
        ordinals,
        /// Before a place in an order.
        ordinal,
        /// Before a class.
        class,
        /// Before a place in an order: the verb.
        ranks,
        /// Before the base of a rate.
        over,
        /// The hour as a unit.
        hours,
        /// Before the upper end of a range.
        upper_ends,
        /// Nought in a number in words.
        nought,
        /// Between a head and its number.
        copula,
        /// Before a number that names.
        code,
        /// The unit of indices.
        points,
        /// In how a figure was reckoned: "tăng bình quân 4 năm".
        span_words,
        /// A sentence tells.
        told,
        /// Before a counted noun that stands behind its figure.
        articles,
        /// Begins a noun that may go on behind a comma.
        nouns_of_lists,
        /// The unit of multiples.
        times,
        /// Right before a figure: the phrase before it is told of it.
        said,
        /// Before who issued a document.
        by,
        /// Between two numbers of one list of traps.
        joins_numbers,
        /// Opens an article of a law.
        articles_of_law,
        /// Opens "the highest".
        high,
        /// Ends "the highest".
        most,
        /// Before "giảm": another thing than the figure is let off.
        exempts,
        /// Between a change and its figure: it is what somebody got.
        given_to,
        /// Before a target that something is compared with.
        before_targets,
        /// Ends the word for a company, whose names hold foreign words.
        companies,
    }
}

impl Particles {
    /// Reads the lists of all files.
    ///
    /// # Errors
    /// A broken pattern file.
    pub fn load(sources: &Sources) -> Result<Self, PatternError> {
        let mut out = Self::default();
        for file in sources.named(FILE) {
            out.extend(file.parse()?);
        }
        Ok(out)
    }
}
