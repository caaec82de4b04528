//! Which rows are wanted.

use std::ops::RangeInclusive;

use super::row::Row;
use crate::patterns::catalogue::{Catalogue, key};

/// The wishes; an empty list wishes nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Ids in the catalogue.
    pub indicators: Vec<String>,
    /// Groups of the catalogue.
    pub groups: Vec<String>,
    /// Names of provinces, of then or of today.
    pub provinces: Vec<String>,
    /// Names of levels: tỉnh, huyện, xã.
    pub levels: Vec<String>,
    /// Years the period touches.
    pub years: Vec<RangeInclusive<i32>>,
    /// Roles.
    pub roles: Vec<String>,
}

impl Filter {
    /// Refuses what the catalogue does not know.
    ///
    /// # Errors
    /// A sentence that says what is known.
    pub fn checked(self, catalogue: &Catalogue) -> Result<Self, String> {
        if let Some(id) = self.indicators.iter().find(|id| catalogue.get(id).is_none()) {
            return Err(format!("indicator {id}: the catalogue has no such id (patterns/catalogue.toml)"));
        }
        let groups: Vec<&str> = catalogue.groups().iter().map(|g| g.id.as_str()).collect();
        if let Some(id) = self.groups.iter().find(|id| !groups.contains(&id.as_str())) {
            return Err(format!("group {id}: the groups are {}", groups.join(", ")));
        }
        Ok(self.prepare())
    }

    /// Folds the names once, so that every row compares quickly.
    pub fn prepare(mut self) -> Self {
        self.provinces.iter_mut().for_each(|p| *p = province_key(p));
        self.levels.iter_mut().for_each(|l| *l = key(l));
        self
    }

    /// Whether a row is wanted.
    pub fn takes(&self, row: &Row, catalogue: &Catalogue) -> bool {
        let any = |list: &[String], value: &str| list.is_empty() || list.iter().any(|l| l == value);
        any(&self.indicators, &row.indicator)
            && any(&self.roles, &row.role)
            && (self.groups.is_empty()
                || catalogue.get(&row.indicator).is_some_and(|e| any(&self.groups, &e.group)))
            && (self.levels.is_empty() || any(&self.levels, &key(row.place.level.name())))
            && (self.provinces.is_empty()
                || [&row.place.province, &row.place.now]
                    .iter()
                    .filter_map(|p| p.as_deref())
                    .any(|p| self.provinces.contains(&province_key(p))))
            && (self.years.is_empty() || self.takes_year(row))
    }

    /// Whether rows of an indicator may be wanted, as far as its id tells.
    pub fn takes_indicator(&self, id: Option<&str>, catalogue: &Catalogue) -> bool {
        let any = |list: &[String], value: &str| list.is_empty() || list.iter().any(|l| l == value);
        id.is_some_and(|id| {
            any(&self.indicators, id)
                && (self.groups.is_empty() || catalogue.get(id).is_some_and(|e| any(&self.groups, &e.group)))
        })
    }

    fn takes_year(&self, row: &Row) -> bool {
        let year = |iso: &str| iso.get(..4).and_then(|y| y.parse::<i32>().ok());
        let Some(p) = &row.period else { return false };
        let (Some(from), Some(to)) = (year(&p.start), year(&p.end)) else { return false };
        self.years.iter().any(|y| *y.start() <= to && from <= *y.end())
    }
}

/// The key of a province's name, without the words for tỉnh and thành phố.
fn province_key(name: &str) -> String {
    let k = key(name);
    let bare = ["tỉnh", "thành phố", "tp"].iter().find_map(|w| {
        let w = key(w);
        k.strip_prefix(w.trim_end()).filter(|r| r.starts_with(' ')).map(str::to_owned)
    });
    bare.unwrap_or(k)
}

/// Parses `2022` or `2020-2024`.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn years(text: &str) -> Result<RangeInclusive<i32>, String> {
    let year = |t: &str| {
        t.trim().parse::<i32>().map_err(|_| format!("{text:?} is no year, nor years like 2020-2024"))
    };
    let (from, to) = match text.split_once('-') {
        Some((from, to)) => (year(from)?, year(to)?),
        None => (year(text)?, year(text)?),
    };
    if from > to { Err(format!("{text:?} ends before it begins")) } else { Ok(from..=to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_one_or_a_range() {
        assert_eq!(years("2022"), Ok(2022..=2022));
        assert_eq!(years("2020-2024"), Ok(2020..=2024));
        assert!(years("2024-2020").is_err());
        assert!(years("năm").is_err());
    }

    #[test]
    fn a_province_is_found_under_its_full_name() {
        assert_eq!(province_key("Tỉnh Thanh Hoá"), province_key("Thanh Hóa"));
        assert_eq!(province_key("thành phố Hà Nội"), province_key("Hà Nội"));
    }
}
