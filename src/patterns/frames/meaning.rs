//! What a word means by which a text speaks of its own area or of its own day: "toàn huyện", "6 tháng cuối năm".

use serde::Deserialize;

/// Whose area a text speaks of: "toàn huyện", "UBND tỉnh".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OwnLevel {
    /// tỉnh
    Province,
    /// thành phố: a province or a district
    City,
    /// huyện, quận, thị xã
    District,
    /// xã, phường, thị trấn
    Commune,
}

/// A word by which a text speaks of its own area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// The level it means.
    pub level: OwnLevel,
    /// It means the area itself, not one of its bodies.
    pub strong: bool,
}

/// What a time means that a text says only by where it stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// "9 tháng": the first months of the year.
    Months,
    /// "8 tháng đầu năm nay": the same, beyond doubt.
    FirstMonths,
    /// "ba quý qua": the first quarters of the year; without a number its first one.
    Quarters,
    /// "6 tháng cuối năm": its last months.
    LastMonths,
    /// "nửa năm": its first half.
    FirstHalf,
    /// "trong tháng": the last month of the months that the text reports on.
    LastMonth,
    /// "quý cuối năm": its last quarter.
    LastQuarter,
    /// "năm nay"
    ThisYear,
    /// "năm qua": the year that has ended.
    PastYear,
    /// "10 năm trở lại đây": so many years up to the one of the text.
    PastYears,
    /// "đầu năm": its first day.
    Start,
    /// "đến cuối năm": the year until it ends.
    End,
    /// "từ đầu năm đến nay"
    SinceStart,
    /// "từ nay đến hết năm"
    RestOfYear,
    /// "năm tới": the year behind that of the text.
    NextYear,
    /// "năm ngoái": the year before that of the text.
    LastYear,
    /// "năm học vừa qua": from September of the year before on.
    PastSchoolYear,
    /// "kế hoạch năm (5,3 triệu lượt)": the year of what stands in the bracket.
    Plan,
}
