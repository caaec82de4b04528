//! Damaged documents: whatever happens to the bytes of a sample, reading it ends, and what it gives is sound.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test may panic"
)]

use std::path::{Path, PathBuf};

use baocao::internal::reader::Content;
use baocao::internal::run::guarded;
use baocao::{Error, Extractor};

/// Pseudo-random numbers, the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// Changes, cuts, repeats or swaps some of the bytes.
fn damage(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(out.len());
        let length = dice.roll(60).min(out.len() - at);
        match dice.roll(5) {
            0 => out[at..at + length].iter_mut().for_each(|b| *b = dice.roll(256) as u8),
            1 => drop(out.drain(at..at + length)),
            2 => {
                let piece = out[at..at + length].to_vec();
                let to = dice.roll(out.len());
                out.splice(to..to, piece);
            }
            3 => out.truncate(at.max(1)),
            _ => out[at..at + length].reverse(),
        }
        if out.is_empty() {
            out.push(b'x');
        }
    }
    out
}

fn samples() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus-samples")).unwrap() {
        let Ok(files) = std::fs::read_dir(folder.unwrap().path()) else { continue };
        found.extend(
            files
                .map(|f| f.unwrap().path())
                .filter(|p| p.extension().is_some_and(|e| e != "tsv" && e != "json")),
        );
    }
    let forms = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms")).unwrap();
    found.extend(forms.map(|f| f.unwrap().path()));
    found.sort();
    found
}

/// Every range of tables and marks is a piece of the text.
fn check_ranges(content: &Content, what: &str) {
    let cells = content.tables.iter().flat_map(|t| &t.rows).flat_map(|r| &r.cells).map(|c| &c.range);
    for range in cells.chain(content.marks.iter().map(|m| &m.range)) {
        assert!(content.text.get(range.clone()).is_some(), "{what}: {range:?}");
    }
}

#[test]
fn damaged_samples_give_a_sound_record_or_a_clear_error() {
    let extractor = Extractor::new().unwrap();
    let mut dice = Dice(20_261_122);
    let (mut read, mut refused) = (0, 0);
    for path in samples() {
        let bytes = std::fs::read(&path).unwrap();
        for round in 0..12 {
            let what = format!("{} round {round}", path.display());
            let damaged = damage(&bytes, &mut dice);
            match guarded(|| extractor.read(&damaged)) {
                Ok(content) => check_ranges(&content, &what),
                Err(error) => assert!(!matches!(error, Error::Internal(_)), "{what}: {error}"),
            }
            let record = match guarded(|| extractor.extract("x", &damaged)) {
                Ok(record) => record,
                Err(error) => {
                    assert!(!matches!(error, Error::Internal(_)), "{what}: {error}");
                    refused += 1;
                    continue;
                }
            };
            let text = extractor.read(&damaged).unwrap().text;
            let spans = (record.references.iter().map(|i| (i.bytes, &i.text)))
                .chain(record.dates.iter().map(|i| (i.bytes, &i.text)))
                .chain(record.indicators.iter().map(|i| (i.bytes, &i.text)));
            for ([start, end], surface) in spans {
                assert_eq!(text.get(start..end), Some(surface.as_str()), "{what}");
            }
            read += 1;
        }
    }
    assert!(read > 100, "{read} read, {refused} refused");
}
