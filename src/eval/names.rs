//! Learns the weights of `names.toml` from annotated facts: `baocao patterns train`.
//!
//! ```text
//! gold of facts + documents ─ choices ─> phrases with features, the right ones marked ─ learn ─> weights, few and whole
//! ```
//! What makes a phrase right stands in `judge/name.rs`. Documents that were left out say what a choice is worth.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::gold::{Annotation, Gold};
use super::judge::name::{Said, closeness};
use super::key;
use super::squeezed::Squeezed;
use super::wanted::Wanted;
use crate::claim::indicator::{Found, Kind};
use crate::extract::Extractor;
use crate::patterns::names::Template;

/// A feature must stand in so many documents.
const DOCUMENTS: usize = 5;
/// Passes over all facts.
const PASSES: usize = 40;
/// Step of learning, and what each pass takes off every weight.
const STEP: f64 = 0.15;
const SHRINK: f64 = 0.012;

type Feature = (Template, SmolStr);

/// One fact with its candidates.
struct Case {
    document: usize,
    /// Features of each candidate, and how right it is, 0 to 1.
    phrases: Vec<(Vec<u32>, f64)>,
}

/// What was learned, and what it is worth.
#[derive(Debug, Default)]
pub struct Learned {
    /// The weights in hundredths, as the file has them.
    pub weights: BTreeMap<&'static str, BTreeMap<String, i32>>,
    /// Facts with candidates, those with a right one, those the rules name rightly, those the weights of documents left
    /// out name rightly.
    pub facts: [usize; 4],
    /// The mean over documents of the last two.
    pub means: [f64; 2],
}

/// Learns from the facts of a folder; the documents they name are looked for in `documents`.
///
/// # Errors
/// A folder that cannot be read.
pub fn learn(
    extractor: &Extractor,
    facts: &[PathBuf],
    documents: &[PathBuf],
    folds: usize,
) -> std::io::Result<Learned> {
    let mut ids: FxHashMap<Feature, u32> = FxHashMap::default();
    let mut seen: Vec<BTreeSet<usize>> = Vec::new();
    let mut names: Vec<Feature> = Vec::new();
    let mut cases = Vec::new();
    let files = gold_files(facts)?;
    for (document, file) in files.iter().enumerate() {
        let mut intern = |feature: Feature| {
            let id = *ids.entry(feature.clone()).or_insert_with(|| {
                names.push(feature);
                seen.push(BTreeSet::new());
                names.len() as u32 - 1
            });
            if let Some(seen) = seen.get_mut(id as usize) {
                seen.insert(document);
            }
            id
        };
        for phrases in cases_of(extractor, file, documents).unwrap_or_default() {
            let phrases = phrases
                .into_iter()
                .map(|(features, right)| (features.into_iter().map(&mut intern).collect(), right))
                .collect();
            cases.push(Case { document, phrases });
        }
    }
    let keep: Vec<bool> = seen.iter().map(|s| s.len() >= DOCUMENTS).collect();
    for case in &mut cases {
        for (features, _) in &mut case.phrases {
            features.retain(|&f| keep.get(f as usize).copied().unwrap_or(false));
        }
    }
    let mut out = Learned { facts: [cases.len(), 0, 0, 0], ..Learned::default() };
    let mut by_document: BTreeMap<usize, [usize; 3]> = BTreeMap::new();
    for fold in 0..folds.max(1) {
        let train: Vec<&Case> = cases.iter().filter(|c| folds < 2 || c.document % folds != fold).collect();
        let weights = descend(&train, names.len());
        for case in cases.iter().filter(|c| c.document % folds.max(1) == fold) {
            let counts = by_document.entry(case.document).or_default();
            let right = |n: usize| case.phrases.get(n).is_some_and(|p| p.1 > 0.0);
            let reachable = case.phrases.iter().any(|p| p.1 > 0.0);
            let tallies = [true, right(0), right(best(case, &weights))];
            for (count, tally) in counts.iter_mut().zip(tallies) {
                *count += usize::from(tally);
            }
            out.facts[1] += usize::from(reachable);
            out.facts[2] += usize::from(tallies[1]);
            out.facts[3] += usize::from(tallies[2]);
        }
    }
    for counts in by_document.values() {
        for (mean, &right) in out.means.iter_mut().zip(&counts[1..]) {
            *mean += right as f64 / counts[0] as f64 / by_document.len() as f64;
        }
    }
    let all: Vec<&Case> = cases.iter().collect();
    let weights = descend(&all, names.len());
    for ((template, value), weight) in names.iter().zip(&weights) {
        let hundredths = (weight * 100.0).round() as i32;
        if hundredths != 0 {
            out.weights.entry(template.name()).or_default().insert(value.to_string(), hundredths);
        }
    }
    Ok(out)
}

fn sum(features: &[u32], weights: &[f64]) -> f64 {
    features.iter().filter_map(|&f| weights.get(f as usize)).sum()
}

/// The candidate with the largest sum; of equals the first.
fn best(case: &Case, weights: &[f64]) -> usize {
    let mut best = (0, f64::NEG_INFINITY);
    for (n, (features, _)) in case.phrases.iter().enumerate() {
        let sum = sum(features, weights);
        if sum > best.1 + 1e-9 {
            best = (n, sum);
        }
    }
    best.0
}

/// Softmax over the candidates of each fact, towards the right ones; every document counts alike.
fn descend(cases: &[&Case], features: usize) -> Vec<f64> {
    let mut weights = vec![0.0; features];
    let mut squares = vec![1.0_f64; features];
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    for case in cases {
        *of.entry(case.document).or_default() += 1;
    }
    for _ in 0..PASSES {
        for case in cases {
            let total: f64 = case.phrases.iter().map(|p| p.1).sum();
            if total <= 0.0 || case.phrases.len() < 2 {
                continue;
            }
            let share = (10.0 / of.get(&case.document).copied().unwrap_or(1) as f64).min(1.0).sqrt();
            let sums: Vec<f64> = case.phrases.iter().map(|p| sum(&p.0, &weights)).collect();
            let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let powers: Vec<f64> = sums.iter().map(|s| (s - most).exp()).collect();
            let all: f64 = powers.iter().sum();
            let right: f64 = powers.iter().zip(&case.phrases).map(|(p, c)| p * c.1).sum();
            let mut gradient: BTreeMap<u32, f64> = BTreeMap::new();
            for ((features, rightness), power) in case.phrases.iter().zip(&powers) {
                let pull = share * (power * rightness / right.max(1e-12) - power / all);
                for &f in features {
                    *gradient.entry(f).or_default() += pull;
                }
            }
            for (f, pull) in gradient {
                let (Some(weight), Some(square)) = (weights.get_mut(f as usize), squares.get_mut(f as usize))
                else {
                    continue;
                };
                *square += pull * pull;
                *weight += STEP * pull / square.sqrt();
            }
        }
        for (weight, square) in weights.iter_mut().zip(&squares) {
            let off = SHRINK / square.sqrt().min(3.0);
            *weight = if weight.abs() <= off { 0.0 } else { *weight - off * weight.signum() };
        }
    }
    weights
}

/// The gold files of some folders and of the folders in them, in order.
fn gold_files(folders: &[PathBuf]) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in folders {
        for path in fs::read_dir(folder)?.filter_map(|f| Some(f.ok()?.path())) {
            match path.is_dir() {
                true => files.extend(gold_files(&[path])?),
                false => files.push(path),
            }
        }
    }
    files.retain(|f| f.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    Ok(files)
}

/// The document of a gold file: beside it, else in one of the folders.
fn document(gold: &Gold, folders: &[PathBuf]) -> Option<Vec<u8>> {
    let beside = gold.path.parent().map(Path::to_owned);
    beside.iter().chain(folders).find_map(|folder| fs::read(folder.join(&gold.document)).ok())
}

/// The facts of one file that the program finds, each with its candidates.
#[expect(clippy::type_complexity, reason = "features and rightness of each candidate of each fact")]
fn cases_of(
    extractor: &Extractor,
    file: &Path,
    documents: &[PathBuf],
) -> Option<Vec<Vec<(Vec<Feature>, f64)>>> {
    let gold = Gold::read(file).ok()?;
    let content = extractor.read(&document(&gold, documents)?).ok()?;
    extractor.analyse_choices(&content, |work, _, found| {
        let text = Squeezed::new(&content.text);
        let choices = work.choices.as_ref()?.borrow();
        let mut out = Vec::new();
        let (mut from, mut used) = (0, BTreeSet::new());
        for annotation in &gold.annotations {
            let Some((at, name)) = annotation.field("at").zip(annotation.field("name").map(Wanted)) else {
                continue;
            };
            let Some((start, within)) = text.find(at, from).filter(|_| !name.is_debatable()) else {
                continue;
            };
            from = start;
            let mine = |i: &Found| {
                let raw = work.text.shadow.to_raw(work.bytes(i.tokens.clone()));
                raw.start < within.end && within.start < raw.end && is_figure(annotation, i)
            };
            let Some(n) = (0..found.indicators.len())
                .find(|n| !used.contains(n) && found.indicators.get(*n).is_some_and(mine))
            else {
                continue;
            };
            used.insert(n);
            let Some(item) = found.indicators.get(n) else { continue };
            let Some(choice) = choices.iter().find(|c| c.tokens == item.tokens) else { continue };
            let unit = item.unit.as_deref().unwrap_or("");
            let rightness = |text: &str| closeness(name, Said { name: text, unit, scope: "" });
            out.push(choice.phrases.iter().map(|(text, f)| (f.clone(), rightness(text))).collect());
        }
        Some(out)
    })
}

/// Whether an item is the figure of an annotation, by kind and value.
fn is_figure(annotation: &Annotation, item: &Found) -> bool {
    let text = |number: Option<rust_decimal::Decimal>| number.unwrap_or_default().to_string();
    let value = match item.kind {
        Kind::Ratio => key::ratio(&text(item.numerator), &text(item.denominator)),
        _ => key::number(&text(item.value.or(item.numerator))),
    };
    annotation.key == (Some(item.kind.name().to_owned()), Some(value))
}
