//! Stage 5, linking: what a name takes over from the figure beside it or leaves out: "số tiền" of what was counted before it,
//! "14 cá nhân" of the verb that a list shares, the size of a thing that a label names.
//!
//! Some of these rules give a name of their own, before the phrases around a quantity are looked at; the others mend the name that
//! was chosen, in the order of [`STEPS`].

mod act;
mod agent;
mod counted;
mod crop;
mod host;
mod label;
mod loose;
mod same;
mod sum;
mod time;

use super::{Linker, Place};
use crate::claim::indicator::Found;

/// Most words of what a bare sum is told of.
const LONG_SUM: usize = 10;
/// How far before a figure the mark that ends its name stands, in tokens.
const NEAR_MARK: usize = 4;

/// Mends the name of a quantity.
type Step = fn(&Linker<'_, '_>, &mut Found, &Place<'_>);

/// What mends a name that was chosen among phrases, in order.
const STEPS: [Step; 17] = [
    // A bracket that holds figures tells them, not this one.
    |linker, item, _| linker.without_figures(item),
    // What was done tells it from the others of its kind: "đang triển khai 418 dự án".
    |linker, item, place| linker.with_act(item, place),
    |linker, item, place| linker.with_whole_noun(item, place),
    // A bare verb says nothing without what is counted, nor a bare act without its object.
    |linker, item, place| linker.with_counted(item, place),
    |linker, item, place| linker.with_object(item, place),
    // Who received them is no part of what is counted.
    |linker, item, _| linker.without_host(item),
    // Nor is who acts.
    |linker, item, place| linker.without_agent(item, place),
    // The words of the total stand before what is counted: "tổng số 168.420 học sinh".
    |linker, item, _| linker.with_total(item),
    // The verb at its end leads to the next figure.
    |linker, item, place| linker.without_verb(item, place),
    // A yield is that of the crop named before.
    |linker, item, place| linker.with_crop(item, place),
    // A noun that only counts takes what is counted from before.
    |linker, item, place| linker.of_cases(item, place),
    |linker, item, place| linker.not_bare(item, place),
    // A time may cut a name in two.
    |linker, item, place| linker.past_time(item, place),
    // The label of its line says with what something was done, and a label that lists is named whole.
    |linker, item, place| linker.with_label(item, place),
    |linker, item, place| linker.whole_label(item, place),
    // What only explains or locates comes off last.
    |linker, item, place| linker.without_apposition(item, place),
    |linker, item, _| linker.shorten(item),
];

impl Linker<'_, '_> {
    /// Mends the name of a quantity; `settled` says that a rule gave it, `placed` that it is told of a place named before it.
    pub(super) fn finish(&self, item: &mut Found, place: &Place<'_>, settled: bool, placed: bool) {
        self.without_example(item, place);
        self.without_teller(item);
        self.whose_sum(item, place);
        if !settled && !placed {
            STEPS.iter().for_each(|step| step(self, item, place));
            if let Some(name) = self.after_lead(item, place) {
                (item.name, item.why.name) = (Some(name), "name.after_lead");
            }
        }
        if let Some(index) = self.index_spoken_of(item, place).filter(|_| !settled) {
            (item.name, item.why.name) = (Some(index), "name.index");
        }
        self.without_comparison(item, place);
        self.without_leading(item);
        self.without_loose_end(item);
        if item.why.name.is_empty() {
            item.why.name = "name.own";
        }
    }
}

/// Whether a phrase stands among words at a place.
fn stands_at(words: &[&str], at: usize, phrase: &str) -> bool {
    phrase.split(' ').enumerate().all(|(n, w)| words.get(at + n).is_some_and(|word| *word == w))
}

/// Whether a list of words in small letters holds some words, whatever their case.
pub(super) fn is_among(list: &[String], words: &str) -> bool {
    list.iter().any(|w| is_small_of(w, words))
}

/// Whether words in small letters are some words, whatever their case; most differ early.
fn is_small_of(small: &str, words: &str) -> bool {
    let mut small = small.chars();
    let all = words.chars().all(|c| match c.is_ascii() {
        true => small.next() == Some(c.to_ascii_lowercase()),
        false => c.to_lowercase().all(|lower| small.next() == Some(lower)),
    });
    all && small.next().is_none()
}
