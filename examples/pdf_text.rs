//! Prints the text of documents, for measuring the reading stage alone: `pdf_text FILE…`.

use std::io::Write;

fn main() {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        match baocao::input::read(&bytes, &baocao::input::ReadOptions::default()) {
            Ok(content) => {
                let _ = out.write_all(content.text.as_bytes());
                for warning in &content.warnings {
                    eprintln!("{path}: {}: {}", warning.code, warning.message);
                }
                if std::env::var_os("TABLES").is_some() {
                    for (i, table) in content.tables.iter().enumerate() {
                        eprintln!("table {i}: {} rows, {} header", table.rows.len(), table.header_rows);
                    }
                    for mark in &content.marks {
                        eprintln!("{:?} {:?}", mark.kind, content.text.get(mark.range.clone()));
                    }
                }
            }
            Err(error) => eprintln!("{path}: {}: {error}", error.code()),
        }
    }
}
