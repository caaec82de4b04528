//! Damage that the repairs undo changes no value that a report states.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod support;

use support::{record, said, samples};
use unicode_normalization::UnicodeNormalization;

const SAMPLES: [&str; 3] =
    ["ben-tre-2024-giam-ngheo", "lam-dong-2013-quyet-dinh", "khanh-hoa-2022-kinh-te-xa-hoi"];

/// Damages a text.
type Damage = fn(&str) -> String;

const DAMAGES: [(&str, Damage); 7] = [
    ("decomposed", |t| t.nfd().collect()),
    ("blanks that do not break", |t| t.replace(' ', "\u{a0}")),
    ("hyphens that do not break", |t| t.replace('-', "\u{2011}")),
    ("dashes", |t| t.replace('-', "\u{2013}")),
    ("eth for Đ", |t| t.replace('Đ', "Ð")),
    ("blanks without width", |t| t.replace(' ', "\u{200b} \u{200b}")),
    ("soft hyphens", |t| t.replace("nh", "n\u{ad}h")),
];

#[test]
fn damaged_reports_say_what_the_whole_ones_say() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for sample in samples() {
        let (Some(text), true) = (sample.text(), SAMPLES.contains(&sample.slug.as_str())) else { continue };
        let wanted = said(&record(text));
        for (damage, make) in DAMAGES {
            tried += 1;
            let damaged = make(text);
            let found = record(&damaged);
            if let Some((a, b)) = wanted.iter().zip(said(&found)).find(|(a, b)| *a != b) {
                wrong.push(format!("{} with {damage}: {a:?} became {b:?}", sample.slug));
            }
            if wanted.len() != said(&found).len() {
                wrong.push(format!("{} with {damage}: another number of items", sample.slug));
            }
            // Every span still points at what the damaged file holds.
            for r in &found.references {
                if damaged.get(r.bytes[0]..r.bytes[1]) != Some(r.text.as_str()) {
                    wrong.push(format!("{} with {damage}: span of {:?}", sample.slug, r.text));
                }
            }
        }
    }
    assert_eq!(tried, SAMPLES.len() * DAMAGES.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}
