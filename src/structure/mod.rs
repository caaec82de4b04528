//! Stage 3, structure: the lines, list marks, sections and tables of a text, found before anything is interpreted.

pub mod lines;
pub mod mark;
pub mod section;
pub mod section_rules;
pub mod table;
pub mod tables;
