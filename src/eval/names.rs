//! Learns the weights of `names.toml` from annotated facts: `baocao patterns train`.
//!
//! ```text
//! facts/*.tsv + documents ─ choices ─> phrases with features, the right ones marked ─ learn ─> weights, few and whole
//! ```
//! A phrase is right where three quarters of the words asked for stand in it and in the unit, in their order, and where it
//! is not twice as long. Documents that were left out say what a choice is worth.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::claim::indicator::Kind;
use crate::extract::Extractor;
use crate::patterns::names::{Judge, Template};
use crate::words::fold::fold_key;

/// A feature must stand in so many documents.
const DOCUMENTS: usize = 5;
/// Passes over all facts.
const PASSES: usize = 40;
/// Step of learning, and what each pass takes off every weight.
const STEP: f64 = 0.15;
const SHRINK: f64 = 0.012;
/// Shortest name that may be as long as it likes.
const SHORT: usize = 8;

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
    let mut files = Vec::new();
    for folder in facts {
        files.extend(fs::read_dir(folder)?.filter_map(|f| Some(f.ok()?.path())));
    }
    files.retain(|f| f.extension().is_some_and(|e| e == "tsv"));
    files.sort();
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

/// The facts of one file that the program finds, each with its candidates.
#[expect(clippy::type_complexity, reason = "features and rightness of each candidate of each fact")]
fn cases_of(
    extractor: &Extractor,
    file: &Path,
    documents: &[PathBuf],
) -> Option<Vec<Vec<(Vec<Feature>, f64)>>> {
    let gold = fs::read_to_string(file).ok()?;
    let name = gold.lines().find_map(|l| l.strip_prefix("# file\t"))?.trim();
    let bytes = documents.iter().find_map(|folder| fs::read(folder.join(name)).ok())?;
    let content = extractor.read(&bytes).ok()?;
    let words = &extractor.patterns().names.judge;
    extractor.analyse_choices(&content, |work, _, found| {
        let (flat, at) = squeeze(&content.text);
        let choices = work.choices.as_ref()?.borrow();
        let mut out = Vec::new();
        let (mut from, mut used) = (0, BTreeSet::new());
        for line in gold.lines() {
            if let Some(opening) = line.strip_prefix("# from\t") {
                from = flat.find(opening).unwrap_or(from);
            }
            let Some(fact) = Fact::of(line) else { continue };
            let Some(start) = flat.get(from..).and_then(|rest| rest.find(fact.at)).map(|n| n + from) else {
                continue;
            };
            from = start;
            let (Some(&low), Some(&high)) = (at.get(start), at.get(start + fact.at.len() - 1)) else {
                continue;
            };
            let mine = |i: &crate::claim::indicator::Found| {
                let raw = work.text.shadow.to_raw(work.bytes(i.tokens.clone()));
                raw.start <= high && low < raw.end && fact.is(i)
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
            let phrases = choice.phrases.iter();
            out.push(phrases.map(|(text, f)| (f.clone(), words.rightness(fact.name, text, unit))).collect());
        }
        Some(out)
    })
}

/// One line of annotated facts.
struct Fact<'l> {
    kind: &'l str,
    value: &'l str,
    at: &'l str,
    name: &'l str,
}

impl<'l> Fact<'l> {
    fn of(line: &'l str) -> Option<Self> {
        let mut columns = line.strip_prefix("F\t")?.split('\t');
        let (kind, value, _) = (columns.next()?, columns.next()?, columns.next()?);
        let fields: Vec<&str> = columns.collect();
        let field = |key: &str| fields.iter().find_map(|f| f.strip_prefix(key));
        let fact = Self { kind, value, at: field("at=")?, name: field("name=")? };
        (!fact.name.contains('?')).then_some(fact)
    }

    fn is(&self, item: &crate::claim::indicator::Found) -> bool {
        let number = |text: &str| text.parse::<Decimal>().ok().map(|d| d.normalize());
        let same = match self.value.split_once('/') {
            Some((a, b)) if item.kind == Kind::Ratio => {
                number(a) == item.numerator.map(|d| d.normalize())
                    && number(b) == item.denominator.map(|d| d.normalize())
            }
            _ => item.value.or(item.numerator).map(|d| d.normalize()) == number(self.value),
        };
        item.kind.name() == self.kind && same
    }
}

/// A text with single spaces, and where each of its bytes stands.
fn squeeze(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut at = Vec::with_capacity(text.len());
    for (n, c) in text.char_indices() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
                at.push(n);
            }
        } else {
            out.push(c);
            at.extend(std::iter::repeat_n(n, c.len_utf8()));
        }
    }
    (out, at)
}

impl Judge {
    fn words(&self, text: &str) -> Vec<String> {
        let folded = fold_key(text);
        let parts = folded.split(|c: char| !c.is_alphanumeric() && c != '/' && c != '.');
        let parts = parts.map(|p| p.trim_matches(['.', '/'])).filter(|p| !p.is_empty());
        parts
            .flat_map(|p| {
                self.abbreviations
                    .get(p)
                    .map_or(p, String::as_str)
                    .split(' ')
                    .map(String::from)
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    /// How right a name is: 0 where it is wrong, else how closely it keeps to the words asked for.
    pub fn rightness(&self, gold: &str, name: &str, unit: &str) -> f64 {
        let (name, unit) = (self.words(name), self.words(unit));
        let whole = |alt: &str| self.words(&alt.replace(['(', ')'], " "));
        let longest = gold.split('|').map(|alt| whole(alt).len()).max().unwrap_or(0);
        if name.is_empty() || name.len() > SHORT.max(2 * longest) {
            return 0.0;
        }
        let labels = [[name.clone(), unit.clone()].concat(), [unit, name.clone()].concat()];
        let mut best: f64 = 0.0;
        for alt in gold.split('|') {
            let full = whole(alt);
            let content = |w: &[String]| -> Vec<String> {
                w.iter().filter(|w| !self.fillers.contains(*w)).cloned().collect()
            };
            let needed = content(&self.words(&without_brackets(alt)));
            let needed = if needed.is_empty() { self.words(alt) } else { needed };
            let shared = |label: &Vec<String>| common(&needed, label) as f64 >= 0.75 * needed.len() as f64;
            let wanted = if content(&full).is_empty() { full.clone() } else { content(&full) };
            if !name.iter().any(|w| wanted.contains(w)) || !labels.iter().any(shared) {
                continue;
            }
            let said = content(&name);
            let hit =
                labels.iter().map(|l| common(&content(&full), l)).max().unwrap_or(0).min(said.len()) as f64;
            let (precision, recall) =
                (hit / said.len().max(1) as f64, hit / content(&full).len().max(1) as f64);
            best = best.max(0.2 + 0.8 * 2.0 * precision * recall / (precision + recall).max(0.01));
        }
        best
    }
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0;
    text.chars()
        .filter(|&c| {
            depth += i32::from(c == '(');
            let keep = depth == 0;
            depth -= i32::from(c == ')');
            keep
        })
        .collect()
}

/// The longest common subsequence of two rows of words.
fn common(a: &[String], b: &[String]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut previous = 0;
        for (j, y) in b.iter().enumerate() {
            let (Some(&here), Some(&left)) = (row.get(j + 1), row.get(j)) else { continue };
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = if x == y { previous + 1 } else { here.max(left) };
            }
            previous = here;
        }
    }
    row.last().copied().unwrap_or(0)
}
