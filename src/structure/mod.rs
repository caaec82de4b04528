//! Stage 3, structure: the lines, sentences, brackets, list marks, sections and tables of a text, found before anything is interpreted.

pub mod bracket;
pub mod lines;
pub mod mark;
pub mod section;
pub mod section_rules;
pub(crate) mod sentence;
pub mod tables;
