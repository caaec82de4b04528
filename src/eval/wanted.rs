//! What a field of an annotation asks for: `tỉnh|toàn tỉnh` either is right, `-` is none, `tỉnh?` is debatable.

/// One alternative stands for none.
pub const NONE: &str = "-";

/// The value of a field, read as alternatives.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'g>(pub &'g str);

impl<'g> Wanted<'g> {
    /// The alternatives, in order.
    pub fn alternatives(self) -> impl Iterator<Item = &'g str> {
        self.0.split('|').map(str::trim)
    }

    /// The alternatives that are not none.
    pub fn said(self) -> impl Iterator<Item = &'g str> {
        self.alternatives().filter(|alternative| *alternative != NONE)
    }

    /// Whether nothing at all is right.
    pub fn allows_none(self) -> bool {
        self.alternatives().any(|alternative| alternative == NONE)
    }

    /// Whether readers may differ: such a field is not judged.
    pub fn is_debatable(self) -> bool {
        self.alternatives().any(|alternative| alternative.ends_with('?'))
    }
}

/// A phrase without what stands in brackets: words that may be absent.
pub fn without_brackets(phrase: &str) -> String {
    let mut depth = 0;
    let outside = phrase.chars().filter(|&c| {
        depth += i32::from(c == '(');
        let keep = depth == 0;
        depth -= i32::from(c == ')');
        keep
    });
    outside.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_none_and_doubt_are_told_apart() {
        let either = Wanted("tỉnh | -");
        assert!(either.allows_none() && !either.is_debatable());
        assert_eq!(either.said().collect::<Vec<_>>(), ["tỉnh"]);
        assert!(Wanted("actual|target?").is_debatable());
        assert!(!Wanted("a-b").allows_none());
    }

    #[test]
    fn brackets_may_be_absent() {
        assert_eq!(without_brackets("(số) xã đạt (chuẩn)"), " xã đạt ");
    }
}
