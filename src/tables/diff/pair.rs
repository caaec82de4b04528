//! Which item of one run is which of the other: the one at the same place, else the nearest of the same value, else
//! one that overlaps it. Linear but for sorting.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Pairs of indexes in the order of the text; one side alone is an item that is gained or lost.
pub type Pairs = Vec<(Option<usize>, Option<usize>)>;

type Item = Map<String, Value>;

struct Pairing<'a> {
    old: &'a [Item],
    new: &'a [Item],
    /// The partner of each old item.
    partner: Vec<Option<usize>>,
    /// Whether a new item has one.
    taken: Vec<bool>,
}

/// Pairs two lists of one kind.
pub fn pairs(kind: &str, old: &[Item], new: &[Item]) -> Pairs {
    let mut p = Pairing { old, new, partner: vec![None; old.len()], taken: vec![false; new.len()] };
    if kind == "metadata" {
        p.by(|_| Some(String::new()));
    } else {
        let place = |i: &Item| i.get("span").map(Value::to_string);
        p.by(|i| place(i).map(|place| place + &value(kind, i)));
        p.by(place);
        p.by(|i| Some(value(kind, i)));
        p.overlapping();
    }
    p.finish()
}

impl Pairing<'_> {
    /// Pairs the free items whose keys are equal, each with the nearest that leaves enough for those behind it.
    fn by(&mut self, key: impl Fn(&Item) -> Option<String>) {
        let mut groups: BTreeMap<String, [Vec<usize>; 2]> = BTreeMap::new();
        for i in self.free_old() {
            if let Some(key) = self.old.get(i).and_then(&key) {
                groups.entry(key).or_default()[0].push(i);
            }
        }
        for j in self.free_new() {
            if let Some([_, new]) = self.new.get(j).and_then(&key).and_then(|k| groups.get_mut(&k)) {
                new.push(j);
            }
        }
        for [old, new] in groups.into_values() {
            let starts = |of: &[Item], at: &[usize]| -> Vec<usize> {
                at.iter().map(|&i| of.get(i).map_or(0, |i| span(i)[0])).collect()
            };
            let (a, b) = (starts(self.old, &old), starts(self.new, &new));
            let found = if a.len() <= b.len() {
                nearest(&a, &b)
            } else {
                nearest(&b, &a).into_iter().map(|(j, i)| (i, j)).collect()
            };
            for (i, j) in found {
                if let (Some(&i), Some(&j)) = (old.get(i), new.get(j)) {
                    self.take(i, j);
                }
            }
        }
    }

    /// Pairs free items that share a part of the text: "1.234" that is now read as "1.234,5".
    fn overlapping(&mut self) {
        let (old, new) = (self.free_old(), self.free_new());
        let mut rest = new.as_slice();
        for i in old {
            let [start, end] = self.old.get(i).map_or([0, 0], span);
            while let Some((&j, behind)) = rest.split_first() {
                let other = self.new.get(j).map_or([0, 0], span);
                if other[0] >= end {
                    break;
                }
                rest = behind;
                if other[1] > start {
                    self.take(i, j);
                    break;
                }
            }
        }
    }

    fn take(&mut self, i: usize, j: usize) {
        if let (Some(partner), Some(taken)) = (self.partner.get_mut(i), self.taken.get_mut(j)) {
            (*partner, *taken) = (Some(j), true);
        }
    }

    fn free_old(&self) -> Vec<usize> {
        self.partner.iter().enumerate().filter(|(_, p)| p.is_none()).map(|(i, _)| i).collect()
    }

    fn free_new(&self) -> Vec<usize> {
        self.taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(j, _)| j).collect()
    }

    fn finish(self) -> Pairs {
        let gained = self.free_new().into_iter().map(|j| (None, Some(j)));
        let mut pairs: Pairs =
            self.partner.iter().enumerate().map(|(i, &j)| (Some(i), j)).chain(gained).collect();
        pairs.sort_by_key(|&(i, j)| {
            let item = j.and_then(|j| self.new.get(j)).or_else(|| i.and_then(|i| self.old.get(i)));
            item.map_or([0, 0], span)
        });
        pairs
    }
}

/// Pairs each of `few` places with one of `many`, both in ascending order and none crossing another.
fn nearest(few: &[usize], many: &[usize]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut at = 0;
    for (i, place) in few.iter().enumerate() {
        let last = many.len() - (few.len() - i);
        let far = |j: usize| many.get(j).map_or(usize::MAX, |other| other.abs_diff(*place));
        while at < last && far(at + 1) < far(at) {
            at += 1;
        }
        pairs.push((i, at));
        at += 1;
    }
    pairs
}

fn span(item: &Item) -> [usize; 2] {
    let at = |n| {
        let end = item.get("span").and_then(|s| s.get(n)).and_then(Value::as_u64);
        end.and_then(|e| usize::try_from(e).ok()).unwrap_or(0)
    };
    [at(0), at(1)]
}

/// What makes two items of a kind the same one wherever they stand.
fn value(kind: &str, item: &Item) -> String {
    let fields: &[&str] = match kind {
        "sections" => &["kind", "label", "heading"],
        "references" => &["id", "type"],
        "dates" => &["edtf", "kind"],
        "indicators" => &["value", "numerator", "denominator", "unit"],
        "checks" => &["kind", "expected", "stated"],
        "warnings" => &["code", "message"],
        _ => &["name"],
    };
    fields.iter().map(|f| format!(" {}", item.get(*f).unwrap_or(&Value::Null))).collect()
}
