//! What every reader promises: ranges of tables and marks lie in the text, on the borders of letters.

use baocao::internal::reader::Content;

/// Fails if the ranges of what was read do not fit its text.
pub fn check<E>(content: Result<Content, E>) {
    let Ok(content) = content else { return };
    for cell in content.tables.iter().flat_map(|t| &t.rows).flat_map(|r| &r.cells) {
        assert!(content.text.get(cell.range.clone()).is_some());
    }
    for mark in &content.marks {
        assert!(content.text.get(mark.range.clone()).is_some());
    }
    assert!(!content.text.contains('\r'));
}
