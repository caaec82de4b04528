//! Self-contained pages: no network, light and dark, escaped by the template engine.

pub mod compare;
mod data;
mod grid;
pub mod mark;
pub mod report;
mod script;
mod shown;
pub mod view;
mod visible;
