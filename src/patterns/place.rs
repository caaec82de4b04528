//! Stage 4: places. In: names as written and the date of the document. Out: provinces with code and present-day
//! successor, districts within their province, communes as written.
//!
//! A name is read at the document's date: "Bắc Kạn" of 2019 has code 06 and belongs to Thái Nguyên (19) today. A
//! name that several provinces have for a district resolves within the document's province or not at all.

mod gazetteer;
mod key;
mod mention;

pub use gazetteer::Places;
pub use mention::{Kind, Mention, Unit, title_case};

use crate::record::{Area, Province};

/// What a document's places rest on, in order of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The issuing body's name or that of the body above it.
    Issuer,
    /// The place before the date.
    Place,
    /// Another line of the header: the title, the addressees.
    Header,
    /// Signature or recipients.
    Signature,
    /// The running text.
    Text,
}

impl Basis {
    /// The word in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Place => "place",
            Self::Header => "header",
            Self::Signature => "signature",
            Self::Text => "text",
        }
    }
}

/// Where a document belongs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Located {
    /// The province, as named at the document's date.
    pub province: Option<Province>,
    /// The district.
    pub district: Option<Area>,
    /// The commune, as written.
    pub commune: Option<Area>,
}

impl Places {
    /// The province of a document from pieces of its text, the weightiest first.
    ///
    /// District and commune come from the issuer alone: a report names many communes, but it is one body's.
    pub fn locate(&self, evidence: &[(Basis, &str)], date: Option<&str>) -> Located {
        let mut found = Located::default();
        for (basis, text) in evidence {
            if found.province.is_some() && *basis != Basis::Issuer {
                continue;
            }
            let mentions = self.mentions(text, date);
            if found.province.is_none()
                && let Some(units) = self.province_of(&mentions, *basis, date)
            {
                found.province = self.province(&units, *basis);
            }
            if *basis == Basis::Issuer {
                found.district = found.district.or_else(|| district_of(&mentions));
                found.commune = found.commune.or_else(|| commune_of(&mentions));
            }
        }
        // A district's name counts only inside the document's province.
        found.district = found.district.and_then(|d| {
            let code = found.province.as_ref()?.code.as_deref();
            let district = self.district(&d.name, code, date)?;
            Some(Area { code: Some(district.code.clone()), name: district.name.clone() })
        });
        found
    }

    /// The units that the mentions of one piece of evidence point to, where they agree.
    fn province_of(&self, mentions: &[Mention], basis: Basis, date: Option<&str>) -> Option<Vec<usize>> {
        let direct: Vec<&Vec<usize>> = mentions
            .iter()
            .filter_map(|m| match &m.unit {
                // Away from issuer and place only "tỉnh …" and "thành phố …" say something.
                Unit::Province(units) if basis <= Basis::Place || m.kind.is_some() => Some(units),
                _ => None,
            })
            .collect();
        if basis == Basis::Text {
            // Every province that is named counts against the one that leads, with or without its type word.
            let named = mentions.iter().filter(|m| matches!(m.unit, Unit::Province(_))).count();
            return majority(&direct, named);
        }
        // The last one: "UBND TỈNH A" stands above, a name inside the body's name comes first.
        if let Some(first) = direct.first() {
            return direct.iter().all(|u| u == first).then(|| (*first).clone());
        }
        if basis > Basis::Place {
            return None;
        }
        // Only a district, and only one province has it.
        let district = mentions.iter().find_map(|m| match &m.unit {
            Unit::District(name) => Some(name),
            _ => None,
        })?;
        let unit = self.district(district, None, date)?;
        self.units_with_code(&unit.province, date)
    }

    fn province(&self, units: &[usize], basis: Basis) -> Option<Province> {
        let mut province = self.read(units)?;
        province.basis = Some(basis.as_str().to_owned());
        Some(province)
    }
}

/// The units named by most mentions: at least two of them, two thirds of those with a type word, half of all.
fn majority(mentions: &[&Vec<usize>], named: usize) -> Option<Vec<usize>> {
    let best = mentions
        .iter()
        .max_by_key(|u| (mentions.iter().filter(|o| o == u).count(), std::cmp::Reverse(u.first())))?;
    let votes = mentions.iter().filter(|o| *o == best).count();
    (votes >= 2 && votes * 3 >= mentions.len() * 2 && votes * 2 >= named).then(|| (**best).clone())
}

fn district_of(mentions: &[Mention]) -> Option<Area> {
    mentions.iter().find_map(|m| match (&m.unit, m.kind) {
        (Unit::District(name), Some(_)) => Some(Area { code: None, name: name.clone() }),
        _ => None,
    })
}

fn commune_of(mentions: &[Mention]) -> Option<Area> {
    mentions.iter().find_map(|m| match &m.unit {
        Unit::Commune(name) => Some(Area { code: None, name: name.clone() }),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::source::Sources;

    fn places() -> Places {
        let mut sources = Sources::default();
        sources.push(Places::FILE, "builtin:places.toml", Places::BUILTIN);
        Places::load(&sources).unwrap_or_else(|e| panic!("{e}"))
    }

    fn at(text: &str, date: &str) -> (Option<String>, Option<String>, Option<String>) {
        let located = places().locate(&[(Basis::Issuer, text)], Some(date));
        let p = located.province;
        (
            p.as_ref().map(|p| format!("{} {}", p.code.as_deref().unwrap_or("-"), p.name)),
            p.and_then(|p| p.current).map(|c| format!("{} {}", c.code.as_deref().unwrap_or("-"), c.name)),
            located.district.map(|d| format!("{} {}", d.code.as_deref().unwrap_or("-"), d.name)),
        )
    }

    fn province(text: &str, date: &str) -> Option<String> {
        at(text, date).0
    }

    #[test]
    fn a_name_is_read_at_the_date_of_the_document() {
        let own = |s: &str| Some(s.to_owned());
        assert_eq!(at("UBND TỈNH BẮC KẠN", "2019-05-02").0, own("06 Bắc Kạn"));
        assert_eq!(at("UBND TỈNH BẮC KẠN", "2019-05-02").1, own("19 Thái Nguyên"));
        assert_eq!(province("Ủy ban nhân dân tỉnh Gia Lai", "2018-01-01"), own("64 Gia Lai"));
        assert_eq!(province("Ủy ban nhân dân tỉnh Gia Lai", "2026-01-01"), own("52 Gia Lai"));
        assert_eq!(province("UBND tỉnh Hà Tây", "2006-03-01"), own("28 Hà Tây"));
        assert_eq!(at("UBND tỉnh Hà Tây", "2006-03-01").1, own("01 Hà Nội"));
        assert_eq!(province("UBND tỉnh Cần Thơ", "2002-03-01"), own("815 Cần Thơ"));
    }

    #[test]
    fn a_province_split_over_several_of_today_has_no_single_successor() {
        assert_eq!(at("UBND tỉnh Sông Bé", "1995-03-01").1, None);
    }

    #[test]
    fn spellings_of_one_name_give_one_province() {
        for text in [
            "UBND TỈNH THANH HOÁ",
            "UBND tỉnh Thanh Hóa",
            "ủy ban nhân dân tỉnh thanh hóa",
            "Sở Y tế Thanh Hoá",
        ] {
            assert_eq!(province(text, "2019-01-01").as_deref(), Some("38 Thanh Hóa"), "{text}");
        }
        for text in ["UBND tỉnh Đăk Lăk", "UBND TỈNH ĐẮC LẮC", "UBND tỉnh Đắk Lắk"] {
            assert_eq!(province(text, "2019-01-01").as_deref(), Some("66 Đắk Lắk"), "{text}");
        }
        for text in
            ["UBND TP.HCM", "UBND TPHCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh", "UBND TP. Hồ Chí\nMinh"]
        {
            assert_eq!(province(text, "2019-01-01").as_deref(), Some("79 Hồ Chí Minh"), "{text}");
        }
        for text in ["UBND tỉnh Bà Rịa – Vũng Tàu", "UBND TỈNH BÀ RỊA-VŨNG TÀU"] {
            assert_eq!(province(text, "2019-01-01").as_deref(), Some("77 Bà Rịa - Vũng Tàu"), "{text}");
        }
    }

    #[test]
    fn a_district_of_one_province_gives_it_and_an_ambiguous_one_does_not() {
        let own = |s: &str| Some(s.to_owned());
        assert_eq!(
            at("UBND HUYỆN TRIỆU SƠN", "2017-06-01"),
            (own("38 Thanh Hóa"), own("38 Thanh Hóa"), own("397 Triệu Sơn"))
        );
        assert_eq!(at("UBND HUYỆN CHÂU THÀNH", "2017-06-01"), (None, None, None));
        assert_eq!(at("UBND HUYỆN CHÂU THÀNH TỈNH LONG AN", "2017-06-01").2, own("808 Châu Thành"));
        assert_eq!(at("UBND HUYỆN QUẢNG NINH, TỈNH QUẢNG BÌNH", "2017-06-01").0, own("44 Quảng Bình"));
    }

    #[test]
    fn a_commune_is_given_as_written() {
        let located = places().locate(
            &[(Basis::Issuer, "UBND XÃ PHÙ LÃNG ĐÔNG"), (Basis::Place, "Bắc Ninh")],
            Some("2026-01-05"),
        );
        assert_eq!(located.commune.map(|c| c.name).as_deref(), Some("Phù Lãng Đông"));
        assert_eq!(
            located.province.map(|p| (p.code, p.basis)),
            Some((Some("24".into()), Some("place".into())))
        );
    }

    #[test]
    fn words_that_look_like_a_province_are_none() {
        assert_eq!(province("Ban chỉ đạo vì hòa bình và phát triển", "2019-01-01"), None);
    }

    #[test]
    fn running_text_decides_only_where_it_is_of_one_mind() {
        let places = places();
        let text = "Sở Y tế tỉnh Sơn La báo cáo UBND tỉnh Sơn La. Các huyện của tỉnh Sơn La, khác với tỉnh Lai Châu.";
        let got = places.locate(&[(Basis::Text, text)], Some("2019-01-01")).province;
        assert_eq!(got.map(|p| p.name).as_deref(), Some("Sơn La"));
        let text = "tỉnh Sơn La, tỉnh Lai Châu, tỉnh Điện Biên";
        assert_eq!(places.locate(&[(Basis::Text, text)], None).province, None);
    }

    #[test]
    fn every_province_of_the_old_map_leads_to_one_of_the_34_of_today() {
        let places = places();
        let mut today: Vec<&str> = Vec::new();
        for unit in places.units().iter().filter(|u| u.to.is_none()) {
            today.push(unit.code.as_deref().unwrap_or("?"));
        }
        today.sort_unstable();
        assert_eq!(today.len(), 34);
        for unit in places.units() {
            assert!(!unit.now.is_empty(), "{}", unit.id);
            for code in &unit.now {
                assert!(today.contains(&code.as_str()), "{} leads to {code}", unit.id);
            }
        }
        let in_2020 = places.units().iter().filter(|u| u.holds("2020-06-01")).count();
        assert_eq!(in_2020, 63);
    }
}
