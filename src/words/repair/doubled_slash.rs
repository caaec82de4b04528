//! Repair `doubled_slash`: "13//4/2022" is "13/4/2022". Addresses of the web keep theirs.

use crate::words::shadow::Editor;

/// Name of the repair.
pub(super) const NAME: &str = "doubled_slash";

/// Asks for two slashes between digits.
pub(super) fn ask(text: &str, editor: &mut Editor<'_>) {
    let bytes = text.as_bytes();
    let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    for i in memchr::memmem::find_iter(bytes, b"//") {
        if digit(i.checked_sub(1)) && digit(Some(i + 2)) {
            editor.replace(i..i + 2, "/");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::repaired;

    #[test]
    fn a_date_with_two_slashes_has_one() {
        assert_eq!(repaired("ngày 13//4/2022, https://a.vn/1//x"), "ngày 13/4/2022, https://a.vn/1//x");
    }
}
