//! Stage 5, meaning: what the document is, what its quantities measure, and what its figures say of one another.

pub mod assemble;
pub mod check;
pub mod frame;
pub mod head;
pub mod link;
