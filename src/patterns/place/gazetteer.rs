//! The gazetteer: `patterns/lexicon/places.toml` with its look-ups.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::charset::letter::fold_ascii;
use crate::patterns::source::{PatternError, SourceFile, Sources};
use crate::record::{Area, Province};

use super::key::{Key, place_key, syllables};
use super::mention::{Kind, TypeWords};

/// A province as it existed for some time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvinceUnit {
    /// Key of the entry.
    pub id: String,
    /// Code of the General Statistics Office in that time.
    #[serde(default)]
    pub code: Option<String>,
    /// Name without "tỉnh" or "thành phố".
    #[serde(default)]
    pub name: String,
    /// First day; month or year where no more is known.
    #[serde(default)]
    pub from: String,
    /// Last day; none for a unit of today.
    #[serde(default)]
    pub to: Option<String>,
    /// Codes of the units of today that hold its area.
    #[serde(default)]
    pub now: Vec<String>,
    /// Centrally run city (thành phố trực thuộc trung ương).
    #[serde(default)]
    pub city: bool,
    /// Other spellings.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Removes the entry of this id.
    #[serde(default)]
    pub disabled: bool,
}

impl ProvinceUnit {
    /// Whether it existed on a day.
    pub fn holds(&self, date: &str) -> bool {
        self.from.as_str() <= date && self.to.as_deref().is_none_or(|to| date <= to)
    }
}

/// A district as it existed for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Code of the General Statistics Office.
    pub code: String,
    /// `huyện`, `quận`, `thị xã` or `thành phố`.
    pub kind: String,
    /// Name without its type.
    pub name: String,
    /// Code of its province in that time.
    pub province: String,
    /// First day seen; empty where it was there from the beginning.
    pub from: String,
    /// Last day seen; empty where it lasted to the end of districts (30/6/2025).
    pub to: String,
}

impl District {
    fn holds(&self, date: &str) -> bool {
        self.from.as_str() <= date && (self.to.is_empty() || date < self.to.as_str())
    }
}

/// Provinces and districts with their look-ups.
#[derive(Debug, Clone, Default)]
pub struct Places {
    units: Vec<ProvinceUnit>,
    districts: Vec<District>,
    by_name: FxHashMap<Key, Vec<usize>>,
    by_district: FxHashMap<Key, Vec<usize>>,
    /// Names of districts whose syllables are written as one.
    joined: FxHashSet<Key>,
    /// The syllables that names begin with, and how many syllables the longest of them has.
    openers: FxHashMap<Key, usize>,
    /// The words for a province that may stand before its name, folded.
    kinds: Vec<String>,
    /// The words that a type may begin with, each with the key of the second one, if it has two.
    pub(super) type_words: TypeWords,
    /// Words that end the name of a commune in capitals, of one or two syllables: "đại hội".
    pub(super) ends_communes: FxHashSet<(Key, Option<Key>)>,
    /// Of those the ones that begin names too, and how they go on as the name of a body.
    pub(super) begins_communes: FxHashSet<(Key, Option<Key>)>,
    pub(super) begins_bodies: FxHashSet<(Key, Option<Key>)>,
    /// Words that end such a name before a year.
    pub(super) times: FxHashSet<Key>,
    /// Words that make what follows no commune: "hợp tác" before "xã".
    pub(super) not_communes: FxHashSet<Key>,
    /// Names of families, and middle names.
    pub(super) families: FxHashSet<Key>,
    pub(super) middles: FxHashSet<Key>,
    /// Middle names that are nothing else.
    pub(super) middles_only: FxHashSet<Key>,
    /// Names of persons that communes bear.
    pub(super) named_after: FxHashSet<Key>,
    /// Words for who bears an office, of one or two syllables.
    pub(super) offices: FxHashSet<(Key, Option<Key>)>,
    /// What may stand between the word of a type and the name, of one or two syllables: "miền núi".
    pub(super) adjectives: FxHashSet<(Key, Option<Key>)>,
    /// Names of regions that hold the name of a unit: "Đồng Tháp Mười".
    pub(super) regions: FxHashSet<Key>,
    /// Syllables that are written in several ways: "Đắk", "Đăk".
    spellings: Vec<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    province_kinds: Vec<String>,
    #[serde(default)]
    district_kinds: Vec<String>,
    #[serde(default)]
    province_words: Vec<String>,
    #[serde(default)]
    city_words: Vec<String>,
    #[serde(default)]
    district_words: Vec<String>,
    #[serde(default)]
    commune_words: Vec<String>,
    #[serde(default)]
    ends_communes: Vec<String>,
    #[serde(default)]
    begins_communes: Vec<String>,
    #[serde(default)]
    begins_bodies: Vec<String>,
    #[serde(default)]
    times: Vec<String>,
    #[serde(default)]
    not_communes: Vec<String>,
    #[serde(default)]
    family_names: Vec<String>,
    #[serde(default)]
    middle_names: Vec<String>,
    #[serde(default)]
    middle_names_only: Vec<String>,
    #[serde(default)]
    communes_named_after: Vec<String>,
    #[serde(default)]
    offices: Vec<String>,
    #[serde(default)]
    unit_adjectives: Vec<String>,
    #[serde(default)]
    regions: Vec<String>,
    #[serde(default)]
    spellings: Vec<Vec<String>>,
    #[serde(default)]
    province: Vec<toml::Spanned<ProvinceUnit>>,
    #[serde(default)]
    districts: BTreeMap<String, toml::Spanned<Vec<String>>>,
}

impl Places {
    /// Name of the pattern file.
    pub const FILE: &str = "lexicon/places.toml";
    /// The embedded pattern file.
    pub const BUILTIN: &str = include_str!("../../../patterns/lexicon/places.toml");

    /// Reads the gazetteer from all files named `lexicon/places.toml`; provinces add and replace by `id`, districts
    /// are added.
    ///
    /// # Errors
    /// A mistake in a file, with its place.
    pub fn load(sources: &Sources) -> Result<Self, PatternError> {
        let mut places = Self::default();
        let mut types: Vec<String> = Vec::new();
        for source in sources.named(Self::FILE) {
            let file: File = source.parse()?;
            places.kinds.extend(file.province_kinds.iter().map(|k| typed(k)));
            types.extend(file.district_kinds);
            for (list, kind) in [
                (file.province_words, Kind::Province),
                (file.city_words, Kind::City),
                (file.district_words, Kind::District),
                (file.commune_words, Kind::Commune),
            ] {
                list.iter().for_each(|words| places.add_type(words, kind));
            }
            places.not_communes.extend(file.not_communes.iter().flat_map(|w| syllables(w).next()));
            places.adjectives.extend(file.unit_adjectives.iter().filter_map(|words| {
                let mut keys = syllables(words);
                Some((keys.next()?, keys.next()))
            }));
            places.spellings.extend(file.spellings);
            for region in &file.regions {
                open(&mut places.openers, region);
                places.regions.insert(place_key(region));
            }
            places.times.extend(file.times.iter().flat_map(|w| syllables(w).next()));
            let two = |words: &String| {
                let mut keys = syllables(words);
                Some((keys.next()?, keys.next()))
            };
            places.ends_communes.extend(file.ends_communes.iter().filter_map(two));
            places.begins_communes.extend(file.begins_communes.iter().filter_map(two));
            places.begins_bodies.extend(file.begins_bodies.iter().filter_map(two));
            places.offices.extend(file.offices.iter().filter_map(two));
            places.families.extend(file.family_names.iter().flat_map(|w| syllables(w).next()));
            places.middles.extend(file.middle_names.iter().flat_map(|w| syllables(w).next()));
            places.middles.extend(file.middle_names_only.iter().flat_map(|w| syllables(w).next()));
            places.middles_only.extend(file.middle_names_only.iter().flat_map(|w| syllables(w).next()));
            places.named_after.extend(file.communes_named_after.iter().map(|name| place_key(name)));
            for entry in file.province {
                let at = entry.span().start;
                places.add_province(source, at, entry.into_inner())?;
            }
            for (province, list) in file.districts {
                let at = list.span().start;
                for entry in list.into_inner() {
                    let district = parse_district(&entry, &province, &types).ok_or_else(|| {
                        let hint = "write code, kind and name, and its days if it had others: \"271 KIND NAME 2009-05-09..\"";
                        source.error(at, &format!("{entry:?} is no district"), hint)
                    })?;
                    places.districts.push(district);
                }
            }
        }
        places.index();
        Ok(places)
    }

    /// Adds the word or the two words of a type.
    fn add_type(&mut self, words: &str, kind: Kind) {
        let mut keys = syllables(words);
        let Some(first) = keys.next() else { return };
        self.type_words.entry(first).or_default().push((keys.next(), kind));
    }

    fn add_province(
        &mut self,
        source: &SourceFile,
        at: usize,
        unit: ProvinceUnit,
    ) -> Result<(), PatternError> {
        let known = self.units.iter().position(|u| u.id == unit.id);
        if unit.disabled {
            if let Some(known) = known {
                self.units.remove(known);
            }
            return Ok(());
        }
        if unit.name.is_empty() || unit.from.is_empty() || unit.now.is_empty() {
            return Err(source.error(
                at,
                "a province needs name, from and now",
                "compare the entry with its neighbours",
            ));
        }
        match known.and_then(|k| self.units.get_mut(k)) {
            Some(known) => *known = unit,
            None => self.units.push(unit),
        }
        Ok(())
    }

    fn index(&mut self) {
        for (i, unit) in self.units.iter().enumerate() {
            for name in std::iter::once(&unit.name).chain(&unit.aliases) {
                open(&mut self.openers, name);
                let list = self.by_name.entry(place_key(name)).or_default();
                if !list.contains(&i) {
                    list.push(i);
                }
            }
        }
        for (i, district) in self.districts.iter().enumerate() {
            for name in written_ways(&self.spellings, &district.name) {
                open(&mut self.openers, &name);
                self.by_district.entry(place_key(&name)).or_default().push(i);
            }
            // "Đakrông", "Krôngnô": the syllables of a name written as one.
            let joined = district.name.split_whitespace().collect::<String>();
            if district.name.contains(' ') {
                open(&mut self.openers, &joined);
                self.by_district.entry(place_key(&joined)).or_default().push(i);
                self.joined.insert(place_key(&joined));
            }
            // "Krông Ana", "Cư Mgar": a syllable of one letter written together with the next.
            if let Some(name) = letter_joined(&district.name) {
                open(&mut self.openers, &name);
                self.by_district.entry(place_key(&name)).or_default().push(i);
            }
        }
    }

    /// All provinces of all times.
    pub fn units(&self) -> &[ProvinceUnit] {
        &self.units
    }

    /// The names of the provinces that existed on a day and lie wholly in one of today, in the order of the file.
    pub fn parts_of(&self, today: &str, date: &str) -> Vec<&str> {
        let unit = self.units.iter().find(|u| u.to.is_none() && u.name == today);
        let Some(code) = unit.and_then(|u| u.code.as_deref()) else { return Vec::new() };
        let within = |u: &&ProvinceUnit| matches!(u.now.as_slice(), [one] if one == code) && u.holds(date);
        self.units.iter().filter(within).map(|u| u.name.as_str()).collect()
    }

    /// The entries of a name (given as a [`place_key`]) that fit a date best: those that existed then, else those that
    /// had ended before, else all.
    pub(super) fn units_at(&self, key: Key, date: Option<&str>) -> Option<Vec<usize>> {
        let all = self.by_name.get(&key)?;
        let Some(date) = date else { return Some(all.clone()) };
        let of = |keep: &dyn Fn(&ProvinceUnit) -> bool| -> Vec<usize> {
            all.iter().copied().filter(|&i| self.units.get(i).is_some_and(keep)).collect()
        };
        let then = of(&|u| u.holds(date));
        if !then.is_empty() {
            return Some(then);
        }
        // A former province that is still named: the last unit of that name before the date.
        let before = of(&|u| u.to.as_deref().is_some_and(|to| to < date));
        let last = before.iter().copied().max_by_key(|&i| self.units.get(i).and_then(|u| u.to.clone()));
        Some(last.map_or_else(|| all.clone(), |i| vec![i]))
    }

    /// Whether a province of this name was there only before a day or after it: "Minh Hải" in 2021 is a name of people.
    pub fn is_of_another_time(&self, name: &str, date: &str) -> bool {
        let all = self.by_name.get(&place_key(name));
        all.is_some_and(|all| !all.iter().filter_map(|&i| self.units.get(i)).any(|u| u.holds(date)))
    }

    pub(super) fn units_with_code(&self, code: &str, date: Option<&str>) -> Option<Vec<usize>> {
        let fit = |u: &ProvinceUnit| u.code.as_deref() == Some(code) && date.is_none_or(|d| u.holds(d));
        let found: Vec<usize> =
            self.units.iter().enumerate().filter(|(_, u)| fit(u)).map(|(i, _)| i).collect();
        // Without a date the units of a code must bear one name.
        let name = self.units.get(*found.first()?)?.name.as_str();
        found.iter().all(|&i| self.units.get(i).is_some_and(|u| u.name == name)).then_some(found)
    }

    /// A province by its code, at a date.
    pub fn province_with_code(&self, code: &str, date: Option<&str>) -> Option<Province> {
        self.read(&self.units_with_code(code, date)?)
    }

    /// One province from entries of one name; what differs between them is left open.
    pub fn read(&self, units: &[usize]) -> Option<Province> {
        let units: Vec<&ProvinceUnit> = units.iter().filter_map(|&i| self.units.get(i)).collect();
        let first = units.first()?;
        let one_code = units.iter().all(|u| u.code == first.code);
        let one_now = units.iter().all(|u| u.now == first.now);
        let current =
            first.now.first().filter(|_| one_now && first.now.len() == 1).and_then(|c| self.today(c));
        Some(Province {
            code: first.code.clone().filter(|_| one_code),
            name: first.name.clone(),
            current,
            basis: None,
        })
    }

    /// A province by its name alone, at a date.
    pub fn province_named(&self, name: &str, date: Option<&str>) -> Option<Province> {
        self.read(&self.units_at(place_key(name), date)?)
    }

    /// The name of a province as somebody typed it: with or without marks, spaces, dots and the word for a province
    /// before it ("ha noi", "TP.HCM", "tỉnh Thanh Hoá"); `None` where no province of any time has it.
    pub fn wished(&self, name: &str) -> Option<&str> {
        let wish = typed(name);
        let is = |known: &str| {
            let known = typed(known);
            let before = wish.strip_suffix(known.as_str());
            !known.is_empty() && before.is_some_and(|b| b.is_empty() || self.kinds.iter().any(|k| k == b))
        };
        let unit = self.units.iter().find(|u| is(&u.name) || u.aliases.iter().any(|a| is(a)))?;
        Some(&unit.name)
    }

    /// Whether entries are centrally run cities.
    pub(super) fn is_city(&self, units: &[usize]) -> bool {
        units.iter().any(|&i| self.units.get(i).is_some_and(|u| u.city))
    }

    /// How many syllables the longest name has that begins with this one; 0 where none does.
    pub(super) fn longest(&self, opener: Key) -> usize {
        self.openers.get(&opener).copied().unwrap_or(0)
    }

    fn today(&self, code: &str) -> Option<Area> {
        let unit = self.units.iter().find(|u| u.to.is_none() && u.code.as_deref() == Some(code))?;
        Some(Area { code: unit.code.clone(), name: unit.name.clone() })
    }

    /// A district by name, within a province where that is known; `None` where several fit.
    pub fn district(&self, name: &str, province: Option<&str>, date: Option<&str>) -> Option<&District> {
        let all = self.by_district.get(&place_key(name))?;
        let fits =
            |d: &&District| province.is_none_or(|p| d.province == p) && date.is_none_or(|t| d.holds(t));
        let mut found = all.iter().filter_map(|&i| self.districts.get(i)).filter(fits);
        let first = found.next()?;
        found.all(|d| d.province == first.province).then_some(first)
    }

    /// Whether a word is a district's name with its syllables written as one.
    pub(super) fn is_joined(&self, key: Key) -> bool {
        self.joined.contains(&key)
    }

    /// Whether any district has this name (given as a [`place_key`]).
    pub(super) fn is_district(&self, key: Key) -> Option<&str> {
        let first = self.by_district.get(&key)?.first()?;
        self.districts.get(*first).map(|d| d.name.as_str())
    }
}

/// A name with its first syllable of one letter written together with the next: "Krông A Na", "Cư M'gar".
fn letter_joined(name: &str) -> Option<String> {
    let mut syllables: Vec<&str> = name.split([' ', '\'']).collect();
    let at = syllables.iter().position(|s| s.chars().count() == 1)?;
    let letter = syllables.remove(at);
    let next = syllables.get(at)?;
    let joined = format!("{letter}{}", next.to_lowercase());
    *syllables.get_mut(at)? = &joined;
    Some(syllables.join(" "))
}

fn parse_district(entry: &str, province: &str, types: &[String]) -> Option<District> {
    let (code, rest) = entry.split_once(' ')?;
    let kind = types.iter().find(|t| rest.strip_prefix(t.as_str()).is_some_and(|r| r.starts_with(' ')))?;
    let rest = rest.strip_prefix(kind.as_str())?.trim_start();
    let (name, from, to) = match rest.rsplit_once(' ') {
        Some((name, span)) if span.contains("..") => {
            let (from, to) = span.split_once("..")?;
            (name, from, to)
        }
        _ => (rest, "", ""),
    };
    let own = str::to_owned;
    Some(District {
        code: own(code),
        kind: own(kind),
        name: own(name),
        province: own(province),
        from: own(from),
        to: own(to),
    })
}

/// The letters and digits of a name as typed, without marks, in lower case.
fn typed(name: &str) -> String {
    fold_ascii(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Notes the first syllable of a name, with the name's length.
/// A name in all the ways in which its syllables are written; the given one first.
fn written_ways(spellings: &[Vec<String>], name: &str) -> Vec<String> {
    let mut ways = vec![name.to_owned()];
    for (n, syllable) in name.split(' ').enumerate() {
        let Some(row) = spellings.iter().find(|row| row.iter().any(|way| way == syllable)) else { continue };
        for way in row.iter().filter(|way| *way != syllable) {
            let written = name.split(' ').enumerate().map(|(k, own)| if k == n { way.as_str() } else { own });
            ways.push(written.collect::<Vec<_>>().join(" "));
        }
    }
    ways
}

fn open(openers: &mut FxHashMap<Key, usize>, name: &str) {
    let mut keys = syllables(name);
    if let Some(first) = keys.next() {
        let longest = openers.entry(first).or_default();
        *longest = (*longest).max(1 + keys.count());
    }
}
