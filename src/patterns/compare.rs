//! Words of comparisons, from `patterns/compare.toml`: "toàn tỉnh" is the whole of the place, "12 ngày" no indicator.

use serde::Deserialize;

use super::catalogue::key;
use super::source::{PatternError, Sources};

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
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scope {
    whole: Vec<String>,
    country: Vec<String>,
    kinds: Vec<String>,
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
        let Self { scope, unmatched, plan } = &mut words;
        let scopes = [&mut scope.whole, &mut scope.country, &mut scope.kinds];
        for list in scopes.into_iter().chain([&mut unmatched.units, &mut plan.words, &mut plan.steps]) {
            list.iter_mut().for_each(|w| *w = key(w).trim().to_owned());
        }
        Ok(words)
    }

    /// Whether a scope is the whole country.
    pub fn is_country(&self, scope: &str) -> bool {
        let scope = key(scope);
        self.scope.country.iter().any(|w| scope.contains(w.as_str()))
    }

    /// Whether a scope only says the place again: "toàn tỉnh", or its own name, with its kind or without.
    pub fn is_whole(&self, scope: &str, own: Option<&str>) -> bool {
        let scope = key(scope);
        let scope = scope.trim();
        let is_kind = |before: &str| before.is_empty() || self.scope.kinds.iter().any(|k| k == before);
        let named = own.and_then(|name| scope.strip_suffix(key(name).trim())).map(str::trim);
        self.scope.whole.iter().any(|w| w == scope) || named.is_some_and(is_kind)
    }

    /// Whether what stands before a figure says that it is of a plan: "… 5,03% (kế hoạch tăng", "… 14,7%/KH tăng".
    pub fn is_plan(&self, before: &str) -> bool {
        let Some((_, behind)) = before.rsplit_once(['(', '/']) else { return false };
        let behind = key(behind);
        let mut words: Vec<&str> = behind.split_whitespace().collect();
        while words.last().is_some_and(|w| self.plan.steps.iter().any(|s| s == w)) {
            words.pop();
        }
        let words = words.join(" ");
        self.plan.words.contains(&words)
    }

    /// Whether a unit counts times, marks or ages.
    pub fn is_trivial(&self, unit: &str) -> bool {
        let unit = key(unit);
        self.unmatched.units.iter().any(|u| u == unit.trim())
    }
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
        assert!(words.is_trivial("ngày làm việc") && !words.is_trivial("hồ sơ"));
    }
}
