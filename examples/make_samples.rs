//! Makes the binary sample documents (PDF, DOCX) of `corpus-samples/` from the layouts of `tests/support/layouts/`.
//!
//! ```text
//! cargo run --example make_samples -- LAYOUT.txt OUT.pdf|OUT.docx [REGULAR.ttf BOLD.ttf]
//! ```
//!
//! A layout is a text, one command a line: `@two LEFT | RIGHT` (two centred columns), `@center`, `@right`, `@p`
//! (a wrapped, justified paragraph), `@space POINTS`, `@table WIDTHS…` with `@row CELL | CELL …` up to `@end`.
//! A leading `*` makes a text bold, `<` aligns a column to the left. The PDF embeds a subset of the two fonts,
//! addressed by glyph (Identity-H) with a ToUnicode map, as word processors do.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a tool for the makers of the samples")]

#[path = "../tests/support/docx.rs"]
mod docx;
#[path = "../tests/support/layout.rs"]
mod layout;
#[path = "../tests/support/pdf.rs"]
mod pdf;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [source, out, fonts @ ..] = args.as_slice() else {
        eprintln!("usage: make_samples LAYOUT.txt OUT.pdf|OUT.docx [REGULAR.ttf BOLD.ttf]");
        std::process::exit(2);
    };
    let commands = layout::parse(&std::fs::read_to_string(source).expect("the layout"));
    let bytes = match fonts {
        [regular, bold] => {
            let read = |path: &String| std::fs::read(path).expect("the font");
            pdf::write(&commands, &read(regular), &read(bold))
        }
        _ => docx::write(&commands),
    };
    std::fs::write(out, bytes).expect("the output");
}
