//! Writes a layout as a PDF the way word processors do: A4, a Type 0 font with a TrueType subset addressed by glyph
//! (Identity-H), a ToUnicode map, justified lines as one `TJ` each, ruled tables, page numbers.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::layout::{Command, Piece};

const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const LEFT: f32 = 70.0;
const RIGHT: f32 = 545.0;
const TOP: f32 = 780.0;
const BOTTOM: f32 = 70.0;
const BODY: f32 = 12.0;
const LEADING: f32 = 17.0;

/// A font and the glyphs of it that the document needs: new number by character.
struct Face<'a> {
    font: FontRef<'a>,
    glyphs: BTreeMap<char, u16>,
    old: Vec<u16>,
}

impl<'a> Face<'a> {
    fn new(data: &'a [u8], chars: impl Iterator<Item = char>) -> Self {
        let font = FontRef::new(data).expect("a TrueType font");
        let mut wanted: Vec<char> = chars.collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut old = vec![0];
        let mut glyphs = BTreeMap::new();
        for c in wanted {
            let gid = font.charmap().map(c).expect("a glyph of every character").to_u32();
            glyphs.insert(c, u16::try_from(old.len()).expect("few glyphs"));
            old.push(u16::try_from(gid).expect("a glyph number"));
        }
        Self { font, glyphs, old }
    }

    /// Advance width of a text at a size, in points.
    fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|c| self.advance(self.old_of(c)) * size / 1000.0).sum()
    }

    fn old_of(&self, c: char) -> u16 {
        self.glyphs.get(&c).and_then(|&g| self.old.get(usize::from(g))).copied().unwrap_or(0)
    }

    /// Advance of a glyph in thousandths of the size.
    fn advance(&self, glyph: u16) -> f32 {
        let metrics = self.font.glyph_metrics(Size::new(1000.0), LocationRef::default());
        metrics.advance_width(GlyphId::from(glyph)).unwrap_or(0.0)
    }

    fn encode(&self, text: &str) -> Vec<u8> {
        text.chars().flat_map(|c| self.glyphs.get(&c).copied().unwrap_or(0).to_be_bytes()).collect()
    }
}

fn u16_at(data: &[u8], at: usize) -> u16 {
    data.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_be_bytes)
}

fn put(data: &mut [u8], at: usize, bytes: &[u8]) {
    data.get_mut(at..at + bytes.len()).expect("inside the table").copy_from_slice(bytes);
}

/// The outline of a glyph; components of a composite are appended to `order` and renumbered.
fn outline(font: &FontRef, glyph: u16, order: &mut Vec<u16>) -> Vec<u8> {
    let long = font.head().expect("head").index_to_loc_format() == 1;
    let loca = font.data_for_tag(skrifa::Tag::new(b"loca")).expect("loca");
    let glyf = font.data_for_tag(skrifa::Tag::new(b"glyf")).expect("glyf");
    let at = |i: usize| {
        if long {
            let bytes = loca.as_bytes().get(i * 4..i * 4 + 4).and_then(|b| b.try_into().ok());
            bytes.map_or(0, u32::from_be_bytes) as usize
        } else {
            usize::from(u16_at(loca.as_bytes(), i * 2)) * 2
        }
    };
    let index = usize::from(glyph);
    let mut data = glyf.as_bytes().get(at(index)..at(index + 1)).unwrap_or_default().to_vec();
    if u16_at(&data, 0) & 0x8000 != 0 {
        let mut p = 10;
        loop {
            let flags = u16_at(&data, p);
            let part = u16_at(&data, p + 2);
            let new = order.iter().position(|&g| g == part).unwrap_or_else(|| {
                order.push(part);
                order.len() - 1
            });
            put(&mut data, p + 2, &u16::try_from(new).expect("few glyphs").to_be_bytes());
            p += if flags & 1 != 0 { 8 } else { 6 };
            p += if flags & 8 != 0 {
                2
            } else if flags & 0x40 != 0 {
                4
            } else if flags & 0x80 != 0 {
                8
            } else {
                0
            };
            if flags & 0x20 == 0 {
                break;
            }
        }
    }
    while data.len() % 4 != 0 {
        data.push(0);
    }
    data
}

/// A TrueType file with the glyphs of the face alone.
fn subset(face: &Face) -> Vec<u8> {
    let font = &face.font;
    let table = |tag: &[u8; 4]| font.data_for_tag(skrifa::Tag::new(tag)).map(|d| d.as_bytes().to_vec());
    let mut order = face.old.clone();
    let (mut glyf, mut loca, mut i) = (Vec::new(), 0u32.to_be_bytes().to_vec(), 0);
    while let Some(&glyph) = order.get(i) {
        glyf.extend(outline(font, glyph, &mut order));
        loca.extend(u32::try_from(glyf.len()).expect("a small font").to_be_bytes());
        i += 1;
    }
    let count = u16::try_from(order.len()).expect("few glyphs");
    let units = f32::from(font.head().expect("head").units_per_em());
    let mut hmtx = Vec::new();
    for &glyph in &order {
        let advance = (face.advance(glyph) * units / 1000.0).round() as u16;
        hmtx.extend(advance.to_be_bytes());
        hmtx.extend([0, 0]);
    }
    let mut head = table(b"head").expect("head");
    put(&mut head, 8, &[0; 4]);
    put(&mut head, 50, &1u16.to_be_bytes());
    let mut hhea = table(b"hhea").expect("hhea");
    put(&mut hhea, 34, &count.to_be_bytes());
    let mut maxp = table(b"maxp").expect("maxp");
    put(&mut maxp, 4, &count.to_be_bytes());
    let tables = [
        (b"glyf", glyf),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", hmtx),
        (b"loca", loca),
        (b"maxp", maxp),
    ];
    let mut out = vec![0, 1, 0, 0, 0, 6, 0, 64, 0, 2, 0, 32];
    let mut offset = 12 + 16 * tables.len();
    for (tag, data) in &tables {
        let sum = data.chunks(4).fold(0u32, |s, c| {
            let mut word = [0; 4];
            word.iter_mut().zip(c).for_each(|(w, b)| *w = *b);
            s.wrapping_add(u32::from_be_bytes(word))
        });
        out.extend(tag.as_slice());
        out.extend(sum.to_be_bytes());
        out.extend(u32::try_from(offset).expect("a small font").to_be_bytes());
        out.extend(u32::try_from(data.len()).expect("a small font").to_be_bytes());
        offset += data.len().next_multiple_of(4);
    }
    for (_, data) in &tables {
        out.extend(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

/// The page being written.
struct Writer<'a> {
    faces: [&'a Face<'a>; 2],
    pages: Vec<Content>,
    y: f32,
}

impl Writer<'_> {
    fn content(&mut self) -> &mut Content {
        self.pages.last_mut().expect("a page")
    }

    /// Makes room for a line; a page that is full is followed by the next, with its number at the top.
    fn room(&mut self, height: f32) {
        if self.y - height >= BOTTOM {
            return;
        }
        self.pages.push(Content::new());
        self.y = TOP;
        let number = self.pages.len().to_string();
        let x = (WIDTH - self.faces[0].width(&number, BODY)) / 2.0;
        self.show(&number, false, x, TOP + 25.0, 0.0);
    }

    /// Shows a text; `gap` widens each space, as justified lines do.
    fn show(&mut self, text: &str, bold: bool, x: f32, y: f32, gap: f32) {
        let face = self.faces[usize::from(bold)];
        let words: Vec<Vec<u8>> = text.split_inclusive(' ').map(|w| face.encode(w)).collect();
        let content = self.content();
        content.begin_text();
        content.set_font(Name(if bold { b"F2" } else { b"F1" }), BODY);
        content.set_text_matrix([1.0, 0.0, 0.0, 1.0, x, y]);
        let mut positioned = content.show_positioned();
        let mut items = positioned.items();
        for word in &words {
            items.show(Str(word));
            if gap != 0.0 {
                items.adjust(-gap * 1000.0 / BODY);
            }
        }
        items.finish();
        positioned.finish();
        content.end_text();
    }

    fn wrap(&self, piece: &Piece, width: f32, indent: f32) -> Vec<String> {
        let face = self.faces[usize::from(piece.bold)];
        let mut lines = vec![String::new()];
        for word in piece.text.split(' ') {
            let room = width - if lines.len() == 1 { indent } else { 0.0 };
            let line = lines.last_mut().expect("a line");
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if face.width(&longer, BODY) > room && !line.is_empty() {
                lines.push(word.to_owned());
            } else {
                *line = longer;
            }
        }
        lines
    }

    fn line(&mut self, piece: &Piece, from: f32, to: f32, align: f32) {
        let width = self.faces[usize::from(piece.bold)].width(&piece.text, BODY);
        let (x, y) = (from + (to - from - width) * if piece.left { 0.0 } else { align }, self.y);
        if !piece.text.is_empty() {
            self.show(&piece.text, piece.bold, x, y, 0.0);
        }
    }

    fn paragraph(&mut self, piece: &Piece) {
        let indent = 28.0;
        let lines = self.wrap(piece, RIGHT - LEFT, indent);
        for (i, line) in lines.iter().enumerate() {
            self.room(LEADING);
            let from = if i == 0 { LEFT + indent } else { LEFT };
            let spare = RIGHT - from - self.faces[usize::from(piece.bold)].width(line, BODY);
            let spaces = line.matches(' ').count();
            let last = i + 1 == lines.len();
            let gap = if last || spaces == 0 { 0.0 } else { spare / spaces as f32 };
            let y = self.y;
            self.show(line, piece.bold, from, y, gap);
            self.y -= LEADING;
        }
    }

    fn table(&mut self, widths: &[f32], rows: &[Vec<Piece>]) {
        let total: f32 = widths.iter().sum();
        let scale = (RIGHT - LEFT) / total;
        for row in rows {
            let cells: Vec<Vec<String>> =
                row.iter().zip(widths).map(|(piece, w)| self.wrap(piece, w * scale - 8.0, 0.0)).collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(1) as f32 * LEADING + 4.0;
            self.room(height);
            let top = self.y + LEADING - 4.0;
            let mut x = LEFT;
            for ((lines, width), piece) in cells.iter().zip(widths).zip(row) {
                let width = width * scale;
                self.content().rect(x, top - height, width, height).stroke();
                for (i, line) in lines.iter().enumerate().filter(|(_, l)| !l.is_empty()) {
                    let y = self.y - i as f32 * LEADING;
                    self.show(line, piece.bold, x + 4.0, y, 0.0);
                }
                x += width;
            }
            self.y -= height;
        }
    }
}

/// The bytes of the file.
pub fn write(commands: &[Command], regular: &[u8], bold: &[u8]) -> Vec<u8> {
    let mut texts = [String::from("0123456789 "), String::from(" ")];
    let mut take = |p: &Piece| texts[usize::from(p.bold)].push_str(&p.text);
    for command in commands {
        match command {
            Command::Two(l, r) => [l, r].into_iter().for_each(&mut take),
            Command::Center(p) | Command::Right(p) | Command::Paragraph(p) => take(p),
            Command::Table(_, rows) => rows.iter().flatten().for_each(&mut take),
            Command::Space(_) => {}
        }
    }
    let faces = [Face::new(regular, texts[0].chars()), Face::new(bold, texts[1].chars())];
    let mut writer = Writer { faces: [&faces[0], &faces[1]], pages: vec![Content::new()], y: TOP };
    let middle = LEFT + 0.45 * (RIGHT - LEFT);
    for command in commands {
        match command {
            Command::Two(left, right) => {
                writer.room(LEADING);
                writer.line(left, LEFT - 20.0, middle, 0.5);
                writer.line(right, middle, RIGHT + 20.0, 0.5);
                writer.y -= LEADING;
            }
            Command::Center(piece) | Command::Right(piece) => {
                writer.room(LEADING);
                writer.line(
                    piece,
                    LEFT,
                    RIGHT,
                    if matches!(command, Command::Center(_)) { 0.5 } else { 1.0 },
                );
                writer.y -= LEADING;
            }
            Command::Paragraph(piece) => writer.paragraph(piece),
            Command::Space(points) => writer.y -= points,
            Command::Table(widths, rows) => writer.table(widths, rows),
        }
    }
    let pages = std::mem::take(&mut writer.pages);
    assemble(pages, &faces)
}

fn assemble(pages: Vec<Content>, faces: &[Face; 2]) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let mut next = 1;
    let mut id = || {
        next += 1;
        Ref::new(next - 1)
    };
    let (catalog, tree) = (id(), id());
    let fonts = [id(), id()];
    let kids: Vec<(Ref, Ref)> = pages.iter().map(|_| (id(), id())).collect();
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).kids(kids.iter().map(|k| k.0)).count(i32::try_from(kids.len()).expect("few pages"));
    for ((page_id, content_id), content) in kids.iter().zip(pages) {
        let mut page = pdf.page(*page_id);
        page.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(tree).contents(*content_id);
        let mut resources = page.resources();
        resources.fonts().pair(Name(b"F1"), fonts[0]).pair(Name(b"F2"), fonts[1]);
        resources.finish();
        page.finish();
        pdf.stream(*content_id, &content.finish());
    }
    for ((face, font), name) in
        faces.iter().zip(fonts).zip([&b"BAOCAO+DejaVuSerif"[..], b"BAOCAO+DejaVuSerif-Bold"])
    {
        let [cid, descriptor, map, file] = [id(), id(), id(), id()];
        let info = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
        pdf.type0_font(font)
            .base_font(Name(name))
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(map);
        let mut cid_font = pdf.cid_font(cid);
        cid_font
            .subtype(CidFontType::Type2)
            .base_font(Name(name))
            .system_info(info)
            .font_descriptor(descriptor);
        cid_font.cid_to_gid_map_predefined(Name(b"Identity"));
        let widths: Vec<f32> = face.old.iter().map(|&g| face.advance(g).round()).collect();
        cid_font.widths().consecutive(0, widths);
        cid_font.finish();
        pdf.font_descriptor(descriptor)
            .name(Name(name))
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(-200.0, -300.0, 1200.0, 1000.0))
            .italic_angle(0.0)
            .ascent(939.0)
            .descent(-236.0)
            .cap_height(729.0)
            .stem_v(80.0)
            .font_file2(file);
        let mut cmap = UnicodeCmap::new(Name(b"Baocao-Unicode"), info);
        for (&c, &glyph) in &face.glyphs {
            cmap.pair(glyph, c);
        }
        pdf.stream(map, &cmap.finish());
        let data = subset(face);
        pdf.stream(file, &data).pair(Name(b"Length1"), i32::try_from(data.len()).expect("a small font"));
    }
    let mut document = lopdf::Document::load_mem(&pdf.finish()).expect("our own PDF");
    document.compress();
    let mut out = Vec::new();
    document.save_to(&mut out).expect("memory");
    out
}
