//! Stage 4, dates and periods: tokens to [`Found`] items with their EDTF value, first and last day.

pub mod calendar;
mod day;
mod scan;

pub use calendar::Day;
pub use day::{DayMatch, day_at};

#[cfg(test)]
mod tests;
