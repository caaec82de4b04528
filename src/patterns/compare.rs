//! Words of comparisons, from `patterns/compare.toml`: "toàn tỉnh" is the whole of the place, "12 ngày" no indicator.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::catalogue::key;
use super::source::{PatternError, Sources};
use crate::record::Level;

/// Name of the pattern file.
pub const FILE: &str = "compare.toml";
/// The embedded file.
pub const BUILTIN: &str = include_str!("../../patterns/compare.toml");

/// Words of comparisons, folded.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompareWords {
    scope: Scope,
    unmatched: Unmatched,
    plan: Plan,
    time: Time,
    body: Vec<Body>,
    part: Vec<Part>,
}

/// What bodies have of their own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    words: Vec<String>,
    indicators: Vec<String>,
}

/// Words in a name that make its figure one of a part.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    words: Vec<String>,
    indicators: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scope {
    whole: Vec<String>,
    country: Vec<String>,
    of_country: Vec<String>,
    kinds: Vec<String>,
    levels: BTreeMap<Level, Vec<String>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unmatched {
    units: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    words: Vec<String>,
    steps: Vec<String>,
    times: Vec<String>,
    given: Vec<String>,
    target_columns: Vec<String>,
    actual_columns: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Time {
    spans: Vec<String>,
    months: String,
    before_years: Vec<String>,
    year: String,
    prices: Vec<String>,
    compared: Vec<String>,
    other_base: Vec<String>,
}

impl CompareWords {
    /// Reads the words.
    ///
    /// # Errors
    /// A broken pattern file.
    pub fn load(sources: &Sources) -> Result<Self, PatternError> {
        let mut words = Self::default();
        for file in sources.named(FILE) {
            words = file.parse()?;
        }
        let Self { scope, unmatched, plan, time, body, part: _ } = &mut words;
        let scopes = [&mut scope.whole, &mut scope.country, &mut scope.of_country, &mut scope.kinds];
        let plans = [
            &mut plan.words,
            &mut plan.steps,
            &mut plan.times,
            &mut plan.given,
            &mut plan.target_columns,
            &mut plan.actual_columns,
        ];
        let times = [
            &mut time.spans,
            &mut time.other_base,
            &mut time.compared,
            &mut time.before_years,
            &mut time.prices,
        ];
        let others = [&mut unmatched.units].into_iter().chain(scope.levels.values_mut());
        let others = others.chain(body.iter_mut().map(|b| &mut b.words));
        for list in scopes.into_iter().chain(plans).chain(times).chain(others) {
            list.iter_mut().for_each(|w| *w = key(w).trim().to_owned());
        }
        for word in [&mut time.months, &mut time.year] {
            *word = key(word).trim().to_owned();
        }
        Ok(words)
    }

    /// The body whose own work an indicator is in a document of this issuer or title: "Sở Tư pháp" of "Kết quả công tác năm 2017 -
    /// Sở Tư pháp".
    pub fn own_body<'t>(
        &self,
        indicator: &str,
        issuer: Option<&'t str>,
        title: Option<&'t str>,
    ) -> Option<&'t str> {
        let words = self.body.iter().filter(|b| b.indicators.iter().any(|i| i == indicator));
        let words: Vec<&str> = words.flat_map(|b| b.words.iter().map(String::as_str)).collect();
        let begins = |text: &&str| {
            let text = key(text);
            let starts = |w: &&str| text.trim().strip_prefix(*w).is_some_and(|rest| rest.starts_with(' '));
            words.iter().any(starts)
        };
        let parts = title.into_iter().flat_map(|t| t.split([':', '|', '–']).flat_map(|p| p.split(" - ")));
        issuer
            .into_iter()
            .chain(parts)
            .map(str::trim)
            .filter(|t| !words.is_empty() && !t.is_empty())
            .find(begins)
    }

    /// The part that the name of a figure is about: "đông xuân" of "năng suất lúa đông xuân".
    pub fn part_named(&self, indicator: &str, name: &str) -> Option<&str> {
        let name = format!(" {} ", key(name).trim());
        let says = |w: &&String| name.contains(&format!(" {} ", key(w).trim()));
        let parts = self.part.iter().filter(|p| p.indicators.iter().any(|i| i == indicator));
        parts.flat_map(|p| &p.words).find(says).map(String::as_str)
    }

    /// Whether a scope is the whole country.
    pub fn is_country(&self, scope: &str) -> bool {
        let scope = key(scope);
        self.scope.country.iter().any(|w| scope.contains(w.as_str()))
    }

    /// Whether what stands right behind a figure says that it is of the whole country: "… - 8,5% của cả nước".
    pub fn is_of_country(&self, behind: &str) -> bool {
        let behind = key(behind);
        let words = behind.split_whitespace().skip_while(|w| is_number(w));
        let words: Vec<&str> = words.take(4).collect();
        self.scope.of_country.iter().any(|w| words.starts_with(&w.split(' ').collect::<Vec<_>>()))
    }

    /// Whether a scope only says the place again: "toàn tỉnh", or its own name, with its kind or without.
    pub fn is_whole(&self, scope: &str, own: Option<&str>) -> bool {
        let scope = key(scope);
        let scope = scope.trim();
        let is_kind = |before: &str| before.is_empty() || self.scope.kinds.iter().any(|k| k == before);
        let named = own.and_then(|name| scope.strip_suffix(key(name).trim())).map(str::trim);
        self.scope.whole.iter().any(|w| w == scope) || named.is_some_and(is_kind)
    }

    /// Whose plan stands right behind a share of it: "dự toán Trung ương giao".
    pub fn plan_of(&self, behind: &str) -> Option<String> {
        const WORDS: usize = 7;
        let shown: Vec<&str> = behind.split_whitespace().take(WORDS).collect();
        let folded: Vec<String> = shown.iter().map(|w| key(w).trim().to_owned()).collect();
        let end = folded.iter().position(|w| self.plan.given.contains(w))?;
        let is_plan = |n: &usize| self.plan.words.contains(&folded.get(..*n).unwrap_or_default().join(" "));
        // Nothing but the plan and who gave it, and somebody did.
        let plan = (1..=end).rev().find(is_plan)?;
        let words = shown.get(..=end)?.join(" ");
        (plan < end).then(|| words.trim_end_matches([',', ';', '.', ')']).to_owned())
    }

    /// Whether what stands before a figure says that it is of a plan: "… 5,03% (kế hoạch tăng", "… 14,7%/KH tăng",
    /// "… 15,3% (kế hoạch 5 năm 2001 - 2005 là".
    pub fn is_plan(&self, before: &str) -> bool {
        let Some((_, behind)) = before.rsplit_once(['(', '/']) else { return false };
        let behind = key(behind);
        let mut words: Vec<&str> = behind.split_whitespace().collect();
        let is_time = |w: &str| self.plan.times.iter().any(|t| t == w) || is_number(w);
        while words.last().is_some_and(|w| self.plan.steps.iter().any(|s| s == w)) {
            words.pop();
        }
        while words.len() > 1 && words.last().is_some_and(|w| is_time(w)) && !self.is_plan_word(&words) {
            words.pop();
        }
        self.is_plan_word(&words)
    }

    fn is_plan_word(&self, words: &[&str]) -> bool {
        let words = words.join(" ");
        self.plan.words.contains(&words)
    }

    /// Whether the plan of a figure stands in a bracket or stroke right behind it: then it is the result. Behind the lower end
    /// of a range the upper one may stand between: "7,3 - 7,4% (kế hoạch là 7,5%)".
    pub fn is_before_plan(&self, behind: &str) -> bool {
        let number = |c: char| c.is_ascii_digit() || c.is_whitespace() || ",.-–%".contains(c);
        let Some(inside) = behind.trim_start_matches(number).strip_prefix(['(', '/']) else { return false };
        let inside = key(inside);
        let words: Vec<&str> = inside.split_whitespace().collect();
        (1..=words.len().min(3)).any(|n| words.get(..n).is_some_and(|w| self.is_plan_word(w)))
    }

    /// The level of which a scope says the whole.
    pub fn level_of_whole(&self, scope: &str) -> Option<Level> {
        let scope = key(scope);
        let scope = scope.trim();
        self.scope.levels.iter().find(|(_, words)| words.iter().any(|w| w == scope)).map(|(level, _)| *level)
    }

    /// What the last heading of a column says of its figures: whether they are of a plan.
    pub fn is_plan_column(&self, heading: &str) -> Option<bool> {
        let heading = key(heading);
        let says = |words: &[String]| words.iter().any(|w| w == heading.trim());
        let target = says(&self.plan.target_columns);
        (target || says(&self.plan.actual_columns)).then_some(target)
    }

    /// How many months of the year a sentence or a name says that it is about: 9 of "9 tháng đầu năm".
    pub fn months(&self, text: &str, is_name: bool) -> Option<u32> {
        let text = key(text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let spans = || self.time.spans.iter().map(|s| s.split(' ').collect::<Vec<_>>());
        words.iter().enumerate().find_map(|(n, word)| {
            let number: u32 = word.parse().ok().filter(|n| (1..=12).contains(n))?;
            let behind = words.get(n + 1..)?;
            let named = is_name && behind.first() == Some(&self.time.months.as_str());
            (named || spans().any(|s| behind.starts_with(&s))).then_some(number)
        })
    }

    /// How many years a sentence says that it is about: 4 of "bình quân 4 năm".
    pub fn years(&self, text: &str) -> Option<i32> {
        let text = key(text);
        let words: Vec<&str> = text.split_whitespace().collect();
        words.windows(3).find_map(|three| match three {
            [before, number, year] if self.time.year == *year => {
                let before = self.time.before_years.iter().any(|w| w == before);
                number.parse().ok().filter(|_| before)
            }
            _ => None,
        })
    }

    /// Whether a sentence names a year as that of the prices it counts in: "giá so sánh năm 1994".
    pub fn is_year_of_prices(&self, text: &str, year: &str) -> bool {
        let text = key(text);
        self.time.prices.iter().any(|words| text.contains(&format!(" {words} {year} ")))
    }

    /// Whether a figure stands in a bracket that holds what another is compared with.
    pub fn is_compared(&self, before: &str) -> bool {
        let inside = before.rsplit_once('(').map(|(_, inside)| inside).filter(|i| !i.contains(')'));
        let inside = inside.map(key).unwrap_or_default();
        let inside = inside.trim();
        let begins = |w: &String| inside.strip_prefix(w.as_str()).is_some_and(|rest| rest.starts_with(' '));
        self.time.compared.iter().any(begins)
    }

    /// Whether right behind a growth stands what it is against: "so với tháng trước".
    pub fn is_other_base(&self, behind: &str) -> bool {
        let behind = key(behind);
        let words: Vec<&str> = behind.split_whitespace().collect();
        self.time.other_base.iter().any(|w| words.starts_with(&w.split(' ').collect::<Vec<_>>()))
    }

    /// Whether a unit counts times, marks or ages.
    pub fn is_trivial(&self, unit: &str) -> bool {
        let unit = key(unit);
        self.unmatched.units.iter().any(|u| u == unit.trim())
    }
}

fn is_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_is_told_from_its_parts() {
        let mut sources = Sources::default();
        sources.push(FILE, FILE, BUILTIN);
        let words = CompareWords::load(&sources).unwrap();
        for whole in ["toàn tỉnh", "Tỉnh Sơn La", "Sơn La", "trên địa bàn tỉnh Sơn La"] {
            assert!(words.is_whole(whole, Some("Sơn La")), "{whole}");
        }
        for part in ["cấp tỉnh", "huyện Mường La", "thành phố thuộc Sơn La", "khu công nghiệp Mai Sơn"]
        {
            assert!(!words.is_whole(part, Some("Sơn La")), "{part}");
        }
        assert!(words.is_country("toàn quốc") && !words.is_country("toàn tỉnh"));
        assert!(words.is_plan("tăng 5,03% (kế hoạch tăng ") && words.is_plan("tăng 14,7%/KH tăng "));
        assert!(
            !words.is_plan("(đạt ")
                && !words.is_plan("đạt kế hoạch ")
                && !words.is_plan("(vượt kế hoạch 5%), tăng ")
        );
        assert_eq!(words.level_of_whole("Toàn huyện"), Some(Level::District));
        assert_eq!(words.level_of_whole("huyện Mường La"), None);
        assert_eq!(
            (words.is_plan_column("Thực hiện"), words.is_plan_column("Chỉ tiêu")),
            (Some(false), Some(true))
        );
        assert_eq!(words.is_plan_column("So sánh"), None);
        assert_eq!(words.months("trong 9 tháng đầu năm 2024, tỉnh", false), Some(9));
        assert_eq!(words.months("quá hạn 3 tháng", false), None);
        assert_eq!(words.months("Tăng trưởng kinh tế 9 tháng của tỉnh", true), Some(9));
        assert!(
            words.is_compared("đạt 90,5% (so với tháng 3 là ")
                && !words.is_compared("(so với năm 2020) đạt ")
        );
        assert!(
            words.is_plan("tăng 15,3%, (kế hoạch 5 năm 2001 - 2005 là ") && !words.is_plan("(năm 2005 là ")
        );
        assert!(words.is_before_plan("-7,4% (kế hoạch là 7,5%)") && words.is_before_plan("/KH tăng 4-5%"));
        assert!(!words.is_before_plan(" kế hoạch") && !words.is_before_plan(" (đạt 102% kế hoạch)"));
        assert_eq!(
            (words.years("tăng bình quân 4 năm khoảng"), words.years("trong năm 2004")),
            (Some(4), None)
        );
        assert!(words.is_year_of_prices("Năm 2003 giá trị (giá năm 1994) tăng", "1994"));
        assert!(words.is_trivial("ngày làm việc") && !words.is_trivial("hồ sơ"));
    }
}
