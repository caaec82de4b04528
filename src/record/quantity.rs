//! The closed words of a quantity: its kind, how exact it is, what it is to its report.

use super::words::words;

words! {
    /// The kind of a quantity.
    #[schemars(rename = "QuantityKind")]
    Kind {
        /// Of a hundred: 12,5%.
        #[default]
        Percentage = "percentage",
        /// So many of so many: 36/40 xã.
        Ratio = "ratio",
        /// Things counted: 120 hồ sơ.
        Count = "count",
        /// An amount of money.
        Money = "money",
        /// A measured amount: 28 ha.
        Measure = "measure",
        /// Points: 86,5 điểm.
        Score = "score",
        /// A place among others: 12/63.
        Rank = "rank",
    }
}

impl Kind {
    /// Whether it is an amount that may be added to its like.
    pub fn is_amount(self) -> bool {
        matches!(self, Self::Count | Self::Money | Self::Measure)
    }
}

words! {
    /// How exact a value is.
    Bound {
        /// As it is written.
        #[default]
        Exact = "exact",
        /// khoảng, gần, ước
        About = "about",
        /// ít nhất, từ … trở lên
        AtLeast = "at_least",
        /// trên, hơn
        MoreThan = "more_than",
        /// tối đa, không quá
        AtMost = "at_most",
        /// dưới
        LessThan = "less_than",
    }
}

words! {
    /// What a value is to its report.
    #[schemars(rename = "QuantityRole")]
    Role {
        /// What is so, or was.
        #[default]
        Actual = "actual",
        /// What is to be.
        Target = "target",
        /// What changed from one time to another.
        Change = "change",
        /// What lies between a value and its target.
        Gap = "gap",
        /// A rule for all, no value of a place.
        Norm = "norm",
    }
}

words! {
    /// Where a change goes.
    Direction {
        /// tăng
        #[default]
        Up = "up",
        /// giảm
        Down = "down",
    }
}
