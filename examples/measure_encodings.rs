//! Measures the old encodings on folders of texts: the figures of `docs/encodings.md`.
//!
//! ```text
//! cargo run --release --example measure_encodings -- unicode DIR…    # false conversions of Unicode files
//! cargo run --release --example measure_encodings -- windows N DIR…  # detection on windows of N characters
//! cargo run --release --example measure_encodings -- letters DIR…    # letters kept by encoding and decoding
//! cargo run --release --example measure_encodings -- speed DIR…      # cost of the check on clean text
//! ```
use std::path::PathBuf;
use std::time::Instant;

use unicode_normalization::UnicodeNormalization;

use baocao::charset::{Charset, convert, convert_bytes, detect, encode};

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let what = args.next().unwrap_or_default();
    match what.as_str() {
        "unicode" => unicode(files(args)),
        "windows" => windows(args.next().and_then(|n| n.parse().ok()).unwrap_or(200), texts(args)),
        "letters" => letters(texts(args)),
        "speed" => speed(texts(args)),
        _ => anyhow::bail!("say unicode, windows N, letters or speed, then folders"),
    }
    Ok(())
}

fn files(roots: impl Iterator<Item = String>) -> Vec<PathBuf> {
    roots
        .flat_map(|root| walkdir::WalkDir::new(root).sort_by_file_name())
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .map(|e| e.into_path())
        .collect()
}

fn texts(roots: impl Iterator<Item = String>) -> Vec<String> {
    files(roots)
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "md"))
        .filter_map(|p| std::fs::read_to_string(p).ok())
        .map(|t| t.nfc().collect::<String>())
        // Web pages saved as text are mostly markup.
        .filter(|t| !t.to_ascii_lowercase().contains("<html"))
        .collect()
}

/// Every file that is valid UTF-8 must come out as it went in.
fn unicode(files: Vec<PathBuf>) {
    let (mut n, mut bytes, mut ascii, mut wrong) = (0usize, 0usize, 0usize, 0usize);
    for path in files {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        n += 1;
        bytes += text.len();
        ascii += usize::from(text.is_ascii());
        let c = convert(&text);
        if c.text != text {
            wrong += 1;
            println!("{}: {:?}, mixed {}", path.display(), c.charset, c.mixed);
            for (a, b) in text.lines().zip(c.text.lines()).filter(|(a, b)| a != b).take(3) {
                println!("    {}\n  > {}", cut(a), cut(b));
            }
        }
    }
    println!("{n} UTF-8 files ({ascii} of them ASCII), {bytes} bytes, {wrong} converted");
}

fn cut(line: &str) -> String {
    line.chars().take(110).collect()
}

/// Windows of `size` characters, in Unicode and re-encoded: is the encoding named?
fn windows(size: usize, texts: Vec<String>) {
    let mut unicode = (0usize, 0usize);
    for charset in Charset::ALL {
        let (mut right, mut all) = (0usize, 0usize);
        for text in &texts {
            // Runs of blanks are one: the columns of a form hold no text.
            let chars: Vec<char> = text.split_whitespace().flat_map(|w| w.chars().chain([' '])).collect();
            for window in chars.chunks_exact(size) {
                let window: String = window.iter().collect();
                if !window.chars().any(|c| !c.is_ascii() && c.is_alphabetic()) {
                    continue;
                }
                if charset == Charset::Tcvn3 {
                    unicode.1 += 1;
                    unicode.0 += usize::from(detect(&window, None).is_none());
                }
                // Characters without a place (quotation marks, bullets) are left out, as a converter would do.
                let kept: String =
                    window.chars().filter(|c| encode(&c.to_string(), charset).is_some()).collect();
                let Some(bytes) = encode(&kept, charset) else { continue };
                let seen: String = bytes.iter().map(|&b| char::from(b)).collect();
                all += 1;
                if detect(&seen, None) == Some(charset) {
                    right += 1;
                } else if std::env::var_os("SHOW").is_some() {
                    println!("{charset:?} as {:?}: {seen:?}", detect(&seen, None));
                }
            }
        }
        println!("{:16} {right}/{all} = {:.5}", charset.name(), right as f64 / all.max(1) as f64);
    }
    println!(
        "{:16} {}/{} = {:.5}",
        "unicode",
        unicode.0,
        unicode.1,
        unicode.0 as f64 / unicode.1.max(1) as f64
    );
}

/// Whole texts, re-encoded line by line, converted: how many Vietnamese letters come back at their place?
fn letters(texts: Vec<String>) {
    for charset in Charset::ALL {
        let (mut same, mut all) = (0usize, 0usize);
        for text in &texts {
            let kept: String = text.chars().filter(|c| encode(&c.to_string(), charset).is_some()).collect();
            let Some(bytes) = encode(&kept, charset) else { continue };
            let decoded = match charset {
                Charset::Utf8AsCp1252 => {
                    convert(&bytes.iter().map(|&b| char::from(b)).collect::<String>()).text.into_owned()
                }
                _ => convert_bytes(&bytes).text.into_owned(),
            };
            for (a, b) in kept.lines().zip(decoded.lines()) {
                let (mut line, mut hit) = (0, 0);
                for (x, y) in a.chars().zip(b.chars()) {
                    line += usize::from(!x.is_ascii() && x.is_alphabetic());
                    hit += usize::from(!x.is_ascii() && x.is_alphabetic() && x == y);
                }
                if hit < line && std::env::var_os("SHOW").is_some() {
                    println!("{charset:?}\n    {}\n  > {}", cut(a), cut(b));
                }
                all += line;
                same += hit;
            }
        }
        println!("{:16} {same}/{all} = {:.6}", charset.name(), same as f64 / all.max(1) as f64);
    }
}

/// The cost of deciding that clean text is Unicode.
fn speed(texts: Vec<String>) {
    let bytes: usize = texts.iter().map(String::len).sum();
    let mb = |t: f64| bytes as f64 / 1e6 / t;
    let mut best = (f64::MAX, f64::MAX, f64::MAX);
    let mut sink = 0;
    for _ in 0..7 {
        let t = Instant::now();
        sink += texts.iter().map(|t| convert(t).text.len()).sum::<usize>();
        best.0 = best.0.min(t.elapsed().as_secs_f64());
        let t = Instant::now();
        sink += texts.iter().filter(|t| baocao::text::syllable::quality(t) > 0.5).count();
        best.1 = best.1.min(t.elapsed().as_secs_f64());
        let t = Instant::now();
        sink += texts.iter().filter(|t| std::str::from_utf8(t.as_bytes()).is_ok()).count();
        best.2 = best.2.min(t.elapsed().as_secs_f64());
    }
    println!(
        "{bytes} bytes: charset {:.0} MB/s, quality {:.0} MB/s, UTF-8 check {:.0} MB/s ({sink})",
        mb(best.0),
        mb(best.1),
        mb(best.2)
    );
}
