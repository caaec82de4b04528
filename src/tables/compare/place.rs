//! Where a value is from: an administrative unit with its level, and the province that it belongs to today.

use crate::patterns::labels::labels;
use crate::record::{self, Metadata};

/// Administrative level of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The whole country.
    Country,
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh.
    District,
    /// Xã, phường, thị trấn.
    Commune,
    /// The document names no place.
    Unknown,
}

impl Level {
    /// The Vietnamese word for it, as `--level` takes it.
    pub fn name(self) -> &'static str {
        let words = &labels().levels;
        match self {
            Self::Country => &words.country,
            Self::Province => &words.province,
            Self::District => &words.district,
            Self::Commune => &words.commune,
            Self::Unknown => "",
        }
    }

    /// The Vietnamese words for all that are known.
    pub fn names() -> [&'static str; 4] {
        [Self::Country, Self::Province, Self::District, Self::Commune].map(Self::name)
    }
}

/// Where a value is from, as the document names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The level of the body that reports.
    pub level: Level,
    /// The province, as it was at the document's date.
    pub province: Option<String>,
    /// The province's code, which tells two provinces of one name apart: Gia Lai of 2018 and of 2026.
    pub code: Option<String>,
    /// The province it belongs to today.
    pub now: Option<String>,
    /// The district.
    pub district: Option<String>,
    /// The commune.
    pub commune: Option<String>,
}

impl Place {
    /// The place of a document, as records of older versions give it.
    pub(super) fn of(m: &Metadata) -> Self {
        let province = m.province.as_ref().map(|p| p.name.clone());
        let now = m.province.as_ref().and_then(|p| p.current.as_ref()).map(|a| a.name.clone());
        let area = |a: &Option<record::Area>| a.as_ref().map(|a| a.name.clone());
        let (district, commune) = (area(&m.district), area(&m.commune));
        let level = match (&province, &district, &commune) {
            (_, _, Some(_)) => Level::Commune,
            (_, Some(_), _) => Level::District,
            (Some(_), ..) => Level::Province,
            _ => Level::Unknown,
        };
        Self { level, province, code: code_of(m.province.as_ref()), now, district, commune }
    }

    /// The place that an item carries.
    pub fn of_item(place: &record::Place) -> Self {
        let area = |a: &Option<record::Area>| a.as_ref().map(|a| a.name.clone());
        let now = place.province.as_ref().and_then(|p| p.current.as_ref()).map(|a| a.name.clone());
        let level = match place.level {
            record::Level::Country => Level::Country,
            record::Level::Province => Level::Province,
            record::Level::District => Level::District,
            record::Level::Commune => Level::Commune,
        };
        let province = place.province.as_ref().map(|p| p.name.clone());
        Self {
            level,
            province,
            code: code_of(place.province.as_ref()),
            now,
            district: area(&place.district),
            commune: area(&place.commune),
        }
    }

    /// The whole country.
    pub(super) fn country() -> Self {
        Self { level: Level::Country, province: None, code: None, now: None, district: None, commune: None }
    }

    /// Where nothing tells.
    pub(super) fn unknown() -> Self {
        Self { level: Level::Unknown, ..Self::country() }
    }

    /// The name of its smallest unit.
    pub fn own(&self) -> Option<&str> {
        [&self.commune, &self.district, &self.province].into_iter().flatten().next().map(String::as_str)
    }

    /// The name from the smallest unit up: "Xuân Phú, Sông Mã, Sơn La".
    pub fn name(&self) -> String {
        if self.level == Level::Country {
            return Level::Country.name().into();
        }
        let parts = [&self.commune, &self.district, &self.province];
        parts.iter().filter_map(|p| p.as_deref()).collect::<Vec<_>>().join(", ")
    }

    /// The name with the present-day province where that is another: "Hà Giang (nay Tuyên Quang)".
    pub fn full_name(&self) -> String {
        match (&self.province, &self.now) {
            (Some(old), Some(now)) if old != now => format!("{} (nay {now})", self.name()),
            _ => self.name(),
        }
    }

    /// Key by which one area is told from another, in a series over years.
    pub fn area_key(&self) -> String {
        format!("{} {}", self.sort_key(), self.code.as_deref().unwrap_or_default())
    }

    /// Key by which places sort: province, district, commune.
    pub fn sort_key(&self) -> String {
        let parts = [&self.province, &self.district, &self.commune];
        parts.map(|p| p.as_deref().map(alphabetic).unwrap_or_default()).concat()
    }
}

/// A key that sorts as the Vietnamese alphabet does: Đ behind D.
pub fn alphabetic(name: &str) -> String {
    crate::patterns::catalogue::key(name).replace('đ', "d\u{2060}")
}

fn code_of(province: Option<&record::Province>) -> Option<String> {
    province.and_then(|p| p.code.clone())
}
