//! The closed words of a quantity: its kind, how exact it is, what it is to its report.

/// The kind of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the contract")]
pub enum Kind {
    Percentage,
    Ratio,
    Count,
    Money,
    Measure,
    Score,
    Rank,
}

impl Kind {
    /// Its name in a record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Percentage => "percentage",
            Self::Ratio => "ratio",
            Self::Count => "count",
            Self::Money => "money",
            Self::Measure => "measure",
            Self::Score => "score",
            Self::Rank => "rank",
        }
    }
}

/// How exact a value is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the contract")]
pub enum Bound {
    #[default]
    Exact,
    About,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
}

impl Bound {
    /// Its name in a record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::AtLeast => "at_least",
            Self::MoreThan => "more_than",
            Self::AtMost => "at_most",
            Self::LessThan => "less_than",
        }
    }
}

/// What a value is to its report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the contract")]
pub enum Role {
    #[default]
    Actual,
    Target,
    Change,
    Gap,
    Norm,
}

impl Role {
    /// Its name in a record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Target => "target",
            Self::Change => "change",
            Self::Gap => "gap",
            Self::Norm => "norm",
        }
    }
}

/// Where a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the contract")]
pub enum Direction {
    Up,
    Down,
}

impl Direction {
    /// Its name in a record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}
