//! What a font's name says about the encoding of its text: `ABCDEE+.VnTimeH,Bold` is TCVN3 in capitals.

use super::Charset;

/// A guess from a font's name. The text is the judge: many Unicode files carry such names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FontHint {
    /// The encoding that fonts of this name were made for.
    pub charset: Charset,
    /// True where the font shows capitals for small letters.
    pub capitals: bool,
}

/// Style words that makers glue to a family's name.
const STYLES: [&str; 5] = ["Bold", "Italic", "Normal", "Regular", "Oblique"];

/// Reads a font's name; `None` for fonts that were not made for an old encoding.
///
/// ```
/// use baocao::internal::charset::{Charset, font_hint};
/// let hint = font_hint("XKCDAB+.VnTimeH,Bold").unwrap();
/// assert_eq!((hint.charset, hint.capitals), (Charset::Tcvn3, true));
/// assert!(font_hint("TimesNewRomanPSMT").is_none());
/// ```
pub fn font_hint(name: &str) -> Option<FontHint> {
    // A subset's tag: six capitals and a plus.
    let name = name.split_once('+').map_or(name, |(_, rest)| rest).trim_start_matches('/');
    let lower = name.to_ascii_lowercase();
    if lower.starts_with("vni-") || lower.starts_with("vni ") || lower.starts_with("vni_") {
        return Some(FontHint { charset: Charset::Vni, capitals: false });
    }
    if lower.starts_with("vps ") || lower.starts_with("vps-") {
        return Some(FontHint { charset: Charset::Vps, capitals: false });
    }
    let family = name.strip_prefix('.').unwrap_or(name);
    // ".VnTime", "VnTimeHBold", but not "Vnlike".
    let rest = family.strip_prefix("Vn").or_else(|| family.strip_prefix("VN"))?;
    if !rest.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    // Behind a comma stands the style, or it is glued to the family; a closing H of the family tells capitals.
    let mut family = rest.split(',').next().unwrap_or(rest);
    while let Some(shorter) =
        STYLES.iter().find_map(|s| family.strip_suffix(s)).or_else(|| family.strip_suffix(['-', ' ']))
    {
        family = shorter;
    }
    Some(FontHint { charset: Charset::Tcvn3, capitals: family.len() > 1 && family.ends_with('H') })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn font_names_of_real_files_are_understood() {
        let tcvn3 = |capitals| Some(FontHint { charset: Charset::Tcvn3, capitals });
        for (name, hint) in [
            (".VnTime", tcvn3(false)),
            ("ABCDEF+.VnTime,Bold", tcvn3(false)),
            ("ABCDEF+VnTimeHBold", tcvn3(true)),
            (".VnArialH", tcvn3(true)),
            (".VnArial-NarrowH", tcvn3(true)),
            (".VnTimeH-BoldItalic", tcvn3(true)),
            ("VNI-Times", Some(FontHint { charset: Charset::Vni, capitals: false })),
            ("XYZABC+VNI-Helve-Condense", Some(FontHint { charset: Charset::Vni, capitals: false })),
            ("Arial", None),
            ("Vnlike", None),
        ] {
            assert_eq!(font_hint(name), hint, "{name}");
        }
    }
}
