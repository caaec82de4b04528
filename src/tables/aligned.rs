//! Aligned columns for a terminal: Vietnamese letters take one column whether composed or not, East Asian ones two.

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// Appends a table: head, then rows, two spaces between columns; a cell may have several lines. With a width, lines are cut there, with an ellipsis.
pub fn table(head: &[(&str, Align)], rows: &[Vec<String>], width: Option<usize>, out: &mut String) {
    let mut widths: Vec<usize> = head.iter().map(|(name, _)| display_width(name)).collect();
    for row in rows {
        for (w, cell) in widths.iter_mut().zip(row) {
            *w = cell.lines().map(|l| display_width(&one_line(l))).fold(*w, usize::max);
        }
    }
    let names: Vec<String> = head.iter().map(|(name, _)| (*name).to_owned()).collect();
    for row in std::iter::once(&names).chain(rows) {
        let height = row.iter().map(|c| c.lines().count()).max().unwrap_or(1).max(1);
        for n in 0..height {
            let mut line = String::new();
            for (i, ((cell, w), (_, align))) in row.iter().zip(&widths).zip(head).enumerate() {
                let cell = one_line(cell.lines().nth(n).unwrap_or(""));
                let fill = " ".repeat(w.saturating_sub(display_width(&cell)));
                if i > 0 {
                    line.push_str("  ");
                }
                match align {
                    Align::Left => line.extend([cell.as_str(), fill.as_str()]),
                    Align::Right => line.extend([fill.as_str(), cell.as_str()]),
                }
            }
            let line = line.trim_end();
            match width {
                Some(width) => cut(line, width, out),
                None => out.push_str(line),
            }
            out.push('\n');
        }
    }
}

/// A cell on one line, spaces run together; control characters, which a terminal would obey, become spaces.
pub fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn cut(line: &str, width: usize, out: &mut String) {
    if display_width(line) <= width {
        return out.push_str(line);
    }
    let mut used = 0;
    for c in line.chars() {
        used += char_width(c);
        if used >= width {
            break;
        }
        out.push(c);
    }
    out.push('…');
}

/// How many columns a text takes.
pub fn display_width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{1faff}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_whether_letters_are_composed_or_not() {
        let rows = vec![vec!["Thanh Ho\u{301}a".into(), "9".into()], vec!["Hà Nội".into(), "10".into()]];
        let mut out = String::new();
        table(&[("Nơi", Align::Left), ("Số", Align::Right)], &rows, None, &mut out);
        assert_eq!(out, "Nơi        Số\nThanh Ho\u{301}a   9\nHà Nội     10\n");
    }

    #[test]
    fn long_lines_are_cut_with_an_ellipsis() {
        let mut out = String::new();
        table(&[("A", Align::Left)], &[vec!["một hai\tba\u{1b}[31m bốn".into()]], Some(9), &mut out);
        assert_eq!(out, "A\nmột hai …\n");
    }
}
