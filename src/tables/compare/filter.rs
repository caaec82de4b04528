//! Which rows are wanted.

use std::ops::RangeInclusive;

use super::place::Place;
use super::row::Row;
use super::suggest;
use crate::patterns::catalogue::{Catalogue, key};
use crate::patterns::place::Places;
use crate::record::Period;
use crate::record::quantity::Role;

/// The wishes; an empty list wishes nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Ids in the catalogue.
    pub indicators: Vec<String>,
    /// Groups of the catalogue.
    pub groups: Vec<String>,
    /// Names of provinces, of then or of today, however they are typed.
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
    pub fn checked(mut self, catalogue: &Catalogue, places: &Places) -> Result<Self, String> {
        if let Some(id) = self.indicators.iter().find(|id| catalogue.get(id).is_none()) {
            let like = suggest::ids(id, catalogue).join(", ");
            let hint = if like.is_empty() {
                "compare --list names those that have values".to_owned()
            } else {
                format!("did you mean {like}?")
            };
            return Err(format!("indicator {id}: the catalogue has no such id; {hint}"));
        }
        let groups: Vec<&str> = catalogue.groups().iter().map(|g| g.id.as_str()).collect();
        if let Some(id) = self.groups.iter().find(|id| !groups.contains(&id.as_str())) {
            return Err(format!("group {id}: the groups are {}", groups.join(", ")));
        }
        for wish in &mut self.provinces {
            *wish = places.wished(wish).ok_or_else(|| no_province(wish, places))?.to_owned();
        }
        Ok(self.prepare())
    }

    /// Folds the names once, so that every row compares quickly.
    pub fn prepare(mut self) -> Self {
        self.provinces.iter_mut().for_each(|p| *p = key(p));
        self.levels.iter_mut().for_each(|l| *l = key(l));
        self
    }

    /// Whether a row is wanted.
    pub fn takes(&self, row: &Row, catalogue: &Catalogue) -> bool {
        any(&self.indicators, &row.indicator)
            && (self.groups.is_empty()
                || catalogue.get(&row.indicator).is_some_and(|e| any(&self.groups, &e.group)))
            && self.takes_frame(&row.place, row.period.as_deref(), row.role)
    }

    /// Whether a place, a time and a role are wanted.
    pub fn takes_frame(&self, place: &Place, period: Option<&Period>, role: Role) -> bool {
        let of_province = |p: &Option<String>| p.as_deref().is_some_and(|p| any(&self.provinces, &key(p)));
        any(&self.roles, role.name())
            && (self.levels.is_empty() || any(&self.levels, &key(place.level.name())))
            && (self.provinces.is_empty() || of_province(&place.province) || of_province(&place.now))
            && (self.years.is_empty() || period.is_some_and(|p| self.takes_year(p)))
    }

    /// Whether rows of an indicator may be wanted, as far as its id tells.
    pub fn takes_indicator(&self, id: Option<&str>, catalogue: &Catalogue) -> bool {
        id.is_some_and(|id| {
            any(&self.indicators, id)
                && (self.groups.is_empty() || catalogue.get(id).is_some_and(|e| any(&self.groups, &e.group)))
        })
    }

    fn takes_year(&self, p: &Period) -> bool {
        let (from, to) = (i32::from(p.start.year()), i32::from(p.end.year()));
        self.years.iter().any(|y| *y.start() <= to && from <= *y.end())
    }
}

fn any(list: &[String], value: &str) -> bool {
    list.is_empty() || list.iter().any(|l| l == value)
}

fn no_province(wish: &str, places: &Places) -> String {
    let mut like = suggest::like(wish, places.units().iter().map(|u| u.name.as_str()));
    like.truncate(3);
    let hint = if like.is_empty() { String::new() } else { format!("; did you mean {}?", like.join(", ")) };
    format!("province {wish}: no province of today or since 1975 has this name{hint}")
}

/// Parses `2022` or `2020-2024`.
///
/// # Errors
/// A sentence that says what is wrong.
pub fn years(text: &str) -> Result<RangeInclusive<i32>, String> {
    let year = |t: &str| {
        let year = t.trim().parse::<i32>().ok().filter(|y| (1900..=2100).contains(y));
        year.ok_or_else(|| format!("{text:?} is no year, nor years like 2020-2024"))
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
        assert!(years("năm").is_err() && years("22").is_err());
    }

    #[test]
    fn a_province_is_found_however_it_is_typed() {
        let patterns = crate::patterns::Patterns::builtin().unwrap();
        let wish = |name: &str| {
            let filter = Filter { provinces: vec![name.into()], ..Filter::default() };
            filter.checked(&patterns.catalogue, &patterns.places).map(|f| f.provinces)
        };
        for name in ["Tỉnh Thanh Hoá", "thanh hoa", "THANH HÓA"] {
            assert_eq!(wish(name), Ok(vec![key("Thanh Hóa")]), "{name}");
        }
        for name in ["TP.HCM", "tphcm", "Sài Gòn", "TP. Hồ Chí Minh", "thanh pho ho chi minh"] {
            assert_eq!(wish(name), Ok(vec![key("Hồ Chí Minh")]), "{name}");
        }
        assert_eq!(wish("Ha Noi"), Ok(vec![key("Hà Nội")]));
        let error = wish("Hà Nộii").unwrap_err();
        assert!(error.contains("did you mean Hà Nội"), "{error}");
        assert!(wish("Atlantis").is_err() && wish("").is_err());
    }
}
