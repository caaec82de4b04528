//! Makes realistic reports of any size: the bench corpus, and text for property tests.
//!
//! Deterministic: the same seed gives the same bytes. Sentences come from templates of our own in the manner of real
//! reports; about one reference, date or indicator in every 200 characters (270 bytes), as in real ones: 418 of
//! them have one in 193, their texts and text layers alone one in 244.
#![allow(dead_code, reason = "each bench and test takes what it needs")]

mod words;

use words::{AGENCIES, BODIES, FILLERS, HEADINGS, NOUNS, PROVINCES, SENTENCES, SUBJECTS, THINGS, TYPES};

/// A small pseudo-random generator (SplitMix64).
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// A generator that a seed determines.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn range(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// One of a list.
    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let i = self.range(0, list.len() as u64 - 1) as usize;
        list.get(i).copied().unwrap_or("")
    }
}

/// A whole number with dots between thousands.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    out
}

fn day(rng: &mut Rng) -> String {
    let (d, m, y) = (rng.range(1, 28), rng.range(1, 12), rng.range(2001, 2025));
    match rng.range(0, 9) {
        0..=5 => format!("{d:02}/{m}/{y}"),
        6 => format!("{d}-{m}-{y}"),
        _ => format!("{d:02} tháng {m:02} năm {y}"),
    }
}

fn reference(rng: &mut Rng) -> String {
    let (name, code) = rng.pick(TYPES).split_once('|').unwrap_or(("Quyết định", "QĐ"));
    let number = rng.range(1, 4200);
    let body = rng.pick(BODIES);
    let year = rng.range(2005, 2025);
    let symbol = match (code, rng.range(0, 9)) {
        ("CV", _) => format!("{number}/{body}-TH"),
        (_, 0..=5) => format!("{number}/{code}-{body}"),
        (_, 6) => format!("{number:02}-{code}/TU"),
        _ => format!("{number:02}/{year}/{code}-{body}"),
    };
    match rng.range(0, 9) {
        0 => format!("{name} {symbol}"),
        1 => format!("{name} số: {symbol}, ngày {}", day(rng)),
        2 => format!("{name} số {symbol} của {}", rng.pick(AGENCIES)),
        _ => format!("{name} số {symbol} ngày {} của {}", day(rng), rng.pick(AGENCIES)),
    }
}

fn decimal(rng: &mut Rng, whole: u64) -> String {
    match rng.range(0, 3) {
        0 => rng.range(1, whole).to_string(),
        1 => format!("{},{}", rng.range(0, whole), rng.range(1, 9)),
        _ => format!("{},{:02}", rng.range(0, whole), rng.range(1, 99)),
    }
}

fn money(rng: &mut Rng) -> String {
    match rng.range(0, 3) {
        0 => format!("{} tỷ đồng", decimal(rng, 900)),
        1 => format!("{} triệu đồng", grouped(rng.range(100, 90_000))),
        2 => format!("{} đồng", grouped(rng.range(1_000, 99_000) * 100_000)),
        _ => format!("{} tỷ đồng", grouped(rng.range(1_000, 20_000))),
    }
}

fn period(rng: &mut Rng) -> String {
    let y = rng.range(2002, 2025);
    match rng.range(0, 5) {
        0 => format!("6 tháng đầu năm {y}"),
        1 => format!("quý {} năm {y}", rng.pick(&["I", "II", "III", "IV"])),
        2 => format!("giai đoạn {y} - {}", y + 5),
        3 => format!("tháng {}/{y}", rng.range(1, 12)),
        _ => format!("năm {y}"),
    }
}

/// Fills the slots of a template: `{r}` reference, `{d}` day, `{p}` period, `{%}` percentage, `{n}` count, `{m}`
/// money, `{a}` ratio, `{h}` measure, `{t}` thing counted, `{s}` what is reported on, `{g}` province.
fn fill(template: &str, rng: &mut Rng, out: &mut String) {
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (slot, after) = after.split_once('}').unwrap_or((after, ""));
        let value = match slot {
            "r" => reference(rng),
            "d" => day(rng),
            "p" => period(rng),
            "%" => format!("{}%", decimal(rng, 99)),
            "n" => format!("{} {}", grouped(rng.range(2, 30_000)), rng.pick(NOUNS)),
            "m" => money(rng),
            "a" => {
                let b = rng.range(5, 400);
                format!("{}/{b} {}", rng.range(1, b), rng.pick(NOUNS))
            }
            "h" => {
                format!("{} {}", grouped(rng.range(10, 90_000)), rng.pick(&["ha", "km", "tấn", "m2", "MW"]))
            }
            "t" => rng.pick(THINGS).into(),
            "s" => rng.pick(SUBJECTS).into(),
            "g" => rng.pick(PROVINCES).into(),
            _ => String::new(),
        };
        out.push_str(&value);
        rest = after;
    }
    out.push_str(rest);
}

fn table(rng: &mut Rng, out: &mut String) {
    out.push_str("\n| STT | Chỉ tiêu | Kế hoạch | Thực hiện | Tỷ lệ (%) |\n|---|---|---|---|---|\n");
    for i in 1..=rng.range(3, 7) {
        let (thing, plan, done) = (rng.pick(THINGS), rng.range(100, 9_000), rng.range(100, 9_000));
        out.push_str(&format!(
            "| {i} | {thing} | {} | {} | {} |\n",
            grouped(plan),
            grouped(done),
            decimal(rng, 99)
        ));
    }
    out.push('\n');
}

/// One report of about `size` bytes.
pub fn report(rng: &mut Rng, size: usize) -> String {
    let province = rng.pick(PROVINCES);
    let mut out = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH {}\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\nSố: {}/BC-UBND\n{province}, ngày {:02} tháng {:02} năm {}\n\nBÁO CÁO\n",
        province.to_uppercase(),
        rng.range(1, 900),
        rng.range(1, 28),
        rng.range(1, 12),
        rng.range(2005, 2025),
    );
    fill(
        "Kết quả {s} {p}\n\nThực hiện {r} về {s}, Ủy ban nhân dân tỉnh {g} báo cáo như sau:\n",
        rng,
        &mut out,
    );
    let mut part = 0;
    while out.len() + 400 < size {
        part += 1;
        out.push_str(&format!("\n{part}. {}\n", rng.pick(HEADINGS)));
        for _ in 0..rng.range(3, 7) {
            if out.len() + 400 >= size {
                break;
            }
            if rng.range(0, 1) == 0 {
                out.push_str("- ");
            }
            for _ in 0..rng.range(2, 4) {
                let list = if rng.range(0, 9) < 3 { SENTENCES } else { FILLERS };
                let template = rng.pick(list);
                fill(template, rng, &mut out);
                out.push(' ');
            }
            out.pop();
            out.push('\n');
        }
        if rng.range(0, 19) == 0 {
            table(rng, &mut out);
        }
    }
    out.push_str("\nNơi nhận:\n- Như trên;\n- Lưu: VT, TH.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Văn An\n");
    out
}

/// Reports of about `each` bytes, together about `total`.
pub fn corpus(seed: u64, total: usize, each: usize) -> Vec<String> {
    let mut rng = Rng::new(seed);
    let (mut reports, mut bytes) = (Vec::new(), 0);
    while bytes < total {
        let report = report(&mut rng, each.min(total - bytes).max(1500));
        bytes += report.len();
        reports.push(report);
    }
    reports
}

/// One running text of about `size` bytes, with a single header.
pub fn long_report(seed: u64, size: usize) -> String {
    report(&mut Rng::new(seed), size)
}

/// Hostile inputs: names and the piece that is repeated.
pub const HOSTILE: &[(&str, &str)] = &[
    ("dotted numbers", "1.1.1.1."),
    ("ngày", "ngày "),
    ("tháng năm", "tháng năm "),
    ("brackets", "(((("),
    ("one line of digits", "1234567890"),
    ("số", "số "),
    ("slashes", "1/1/1/"),
    ("symbols", "12/QĐ-"),
    ("hyphens", "- - -"),
    ("quoted marks", "\"\"''“”"),
    ("bars", "|1|\n|\n"),
    ("list marks", "1.\na)\n"),
    ("number words", "hai mươi mốt triệu "),
    ("law names", "Luật Tổ chức "),
    ("căn cứ", "Căn cứ "),
    ("split syllables", "n g à y "),
    ("form feeds", "\u{c}\n"),
    ("combining marks", "a\u{301}\u{323}"),
    ("percent", "5% "),
    ("ranges", "5-10-15-20-"),
    ("blank lines", "\n\n\n"),
    ("capitals", "ỦY BAN NHÂN DÂN\n"),
    ("letters alone", "a b c đ "),
    ("tabs", "\t12\t"),
];

/// A hostile piece repeated up to about `size` bytes.
pub fn hostile(piece: &str, size: usize) -> String {
    piece.repeat(size / piece.len())
}
