//! Stage 1, helper: fields of word processors that show something without a stored result: formulas and symbols.
//! `EQ \f(45;60)` shows 45 over 60, which reads as "45/60".

use super::symbol;

/// What a field without a result shows, by its instruction.
pub fn shown(instruction: &str) -> Option<String> {
    let instruction = instruction.trim();
    if let Some(formula) = instruction.strip_prefix("EQ").or_else(|| instruction.strip_prefix("eq")) {
        return fraction(formula);
    }
    let rest = instruction.strip_prefix("SYMBOL")?.trim_start();
    let code: u32 = rest.split_ascii_whitespace().next()?.parse().ok()?;
    let font = rest.split('"').nth(1).unwrap_or("");
    let c = char::from_u32(if code < 256 { 0xF000 + code } else { code })?;
    Some(symbol::text(font, &c.to_string()).into_owned())
}

/// The fraction of a formula, `\f(45;60)` or `\f(45,60)`.
fn fraction(formula: &str) -> Option<String> {
    let (before, rest) = formula.split_once("\\f(").or_else(|| formula.split_once("\\F("))?;
    let (inside, behind) = rest.split_once(')')?;
    let (over, under) = inside.split_once(';').or_else(|| inside.split_once(','))?;
    let whole = before.trim();
    let blank = if whole.is_empty() { "" } else { " " };
    Some(format!("{whole}{blank}{}/{}{}", over.trim(), under.trim(), behind.trim()))
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn fractions_and_symbols_are_shown() {
        assert_eq!(shown(" EQ \\f(45;60) ").as_deref(), Some("45/60"));
        assert_eq!(shown("SYMBOL 179 \\f \"Symbol\"").as_deref(), Some("≥"));
        assert_eq!(shown(" PAGE "), None);
    }
}
