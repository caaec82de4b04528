//! Repair `markdown`: marks of emphasis and escapes vanish from texts that were saved as Markdown, where they tear
//! words and dates: "qu**ả**n lý", "ngày **24** tháng".

use crate::words::shadow::Editor;

/// Name of the repair.
pub(super) const NAME: &str = "markdown";

/// So many double stars tell Markdown from a line of stars.
const ENOUGH: usize = 2;

/// Asks for runs of one to three stars that mark emphasis, and for backslashes before punctuation.
pub(super) fn ask(text: &str, editor: &mut Editor<'_>) {
    let bytes = text.as_bytes();
    if memchr::memmem::find_iter(bytes, b"**").take(ENOUGH).count() < ENOUGH {
        return;
    }
    let at = |i: usize| bytes.get(i).copied().unwrap_or(b'\n');
    let mut i = 0;
    while let Some(n) = bytes.get(i..).and_then(|rest| memchr::memchr2(b'*', b'\\', rest)) {
        let start = i + n;
        let before = if start == 0 { b'\n' } else { at(start - 1) };
        if at(start) == b'\\' {
            let escapes = at(start + 1).is_ascii_punctuation();
            if escapes {
                editor.replace(start..start + 1, "");
            }
            // The escaped character stands for itself.
            i = start + if escapes { 2 } else { 1 };
            continue;
        }
        let run = bytes.get(start..).unwrap_or(&[]).iter().take_while(|&&b| b == b'*').count();
        let end = start + run;
        let after = at(end);
        let blank = |b: u8| b.is_ascii_whitespace();
        let keep = match run {
            // A bullet, a product ("2 * 3", "2*3"), a note's mark "(*)".
            1 => {
                blank(before) && blank(after)
                    || before.is_ascii_digit() && after.is_ascii_digit()
                    || before == b'(' && after == b')'
            }
            2 | 3 => false,
            // A line of stars.
            _ => true,
        };
        if !keep {
            editor.replace(start..end, "");
        }
        i = end;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::repaired;

    #[test]
    fn emphasis_vanishes_inside_and_around_words() {
        assert_eq!(
            repaired("**KẾ HOẠCH**\nqu**ả**n lý ngày **24** tháng** 11**\n*Căn cứ* \\(*danh mục*\\)"),
            "KẾ HOẠCH\nquản lý ngày 24 tháng 11\nCăn cứ (danh mục)"
        );
    }

    #[test]
    fn stars_that_mean_something_stay() {
        let text = "**Mục** **A**\n* Kết quả (*): 2*3\n*****\n";
        assert_eq!(repaired(text), "Mục A\n* Kết quả (*): 2*3\n*****\n");
        assert_eq!(repaired("* Kết quả: a*b"), "* Kết quả: a*b");
    }
}
