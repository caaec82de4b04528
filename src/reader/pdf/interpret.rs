//! PDF, step 3: a page's content stream to its [`Scene`].
//!
//! In: tokens. Out: positioned glyphs, ruling lines, image areas. Follows the text and graphics state, form XObjects
//! (bounded in depth, cycles cut) and nothing else: colours, shadings and clipping do not matter to reading.

use lopdf::{Dictionary, Document, Object, Stream};

use super::cmap::STRING;
use super::font::Fonts;
use super::load::{as_dict, deref, get, get_dict, numbers};
use super::matrix::Matrix;
use super::path::Path;
use super::scene::{Glyph, Run, Scene, Turn, turned};
use super::stream::{self, Budget};
use super::tokenizer::{Token, Tokenizer, decode_hex, unescape_literal};
use crate::error::Error;

/// Most operators of one page, forms included.
const MAX_OPERATORS: usize = 10_000_000;
/// Most glyphs of one page.
const MAX_GLYPHS: usize = 500_000;
/// Text that begins further off the sheet than this, in points, is not there for a reader.
const OFF_SHEET: f32 = 20.0;
/// Deepest nesting of forms.
const MAX_FORM_DEPTH: usize = 16;
/// Most saved graphics states.
const MAX_SAVED: usize = 512;
/// Most operands of one operator; longer arrays are cut.
const MAX_OPERANDS: usize = 100_000;

/// Graphics and text state, as far as they concern reading.
#[derive(Debug, Clone, Copy)]
struct State {
    ctm: Matrix,
    font: Option<u16>,
    size: f32,
    char_space: f32,
    word_space: f32,
    /// Horizontal scaling, 1 is normal.
    scale: f32,
    leading: f32,
    rise: f32,
    invisible: bool,
}

/// Reads content streams into a scene.
pub(super) struct Interpreter<'a, 'p> {
    pub(super) doc: &'a Document,
    pub(super) fonts: &'p mut Fonts,
    pub(super) scene: &'p mut Scene,
    /// How much may be decoded.
    pub(super) budget: &'p Budget,
    operators: usize,
    /// Addresses of the forms being read, outermost first.
    open_forms: Vec<usize>,
    /// See [`Run::stamp`].
    pub(super) stamp: u16,
    scratch: Vec<u8>,
}

impl<'a, 'p> Interpreter<'a, 'p> {
    pub(super) fn new(
        doc: &'a Document,
        fonts: &'p mut Fonts,
        scene: &'p mut Scene,
        budget: &'p Budget,
    ) -> Self {
        Self {
            doc,
            fonts,
            scene,
            budget,
            operators: 0,
            open_forms: Vec::new(),
            stamp: 0,
            scratch: Vec::new(),
        }
    }

    /// Reads the `/Contents` of a page.
    ///
    /// # Errors
    /// `too_large` where a stream expands beyond its limit.
    pub(super) fn page(&mut self, page: &super::load::Page<'a>) -> Result<(), Error> {
        let mut content = Vec::new();
        let parts: Vec<&Object> = match get(self.doc, page.dict, b"Contents") {
            Some(Object::Array(items)) => items.iter().collect(),
            Some(single) => vec![single],
            None => Vec::new(),
        };
        for part in parts {
            if let Ok((_, Object::Stream(stream))) = self.doc.dereference(part) {
                let bytes = stream::decode(self.doc, stream, self.budget)?;
                if content.is_empty() {
                    content = bytes;
                } else {
                    content.push(b'\n');
                    content.extend_from_slice(&bytes);
                }
                if content.len() > self.budget.stream {
                    return Err(Error::TooLarge(format!(
                        "the content of a page exceeds the limit stream_bytes of {} bytes",
                        self.budget.stream
                    )));
                }
            }
        }
        self.content(&content, page.resources, page.base)
    }

    /// Reads a form XObject with `ctm` in force, its own matrix applied here.
    ///
    /// # Errors
    /// `too_large` where a stream expands beyond its limit.
    pub(super) fn form(
        &mut self,
        form: &'a Stream,
        ctm: Matrix,
        outer: Option<&'a Dictionary>,
    ) -> Result<(), Error> {
        let address = std::ptr::from_ref(form) as usize;
        if self.open_forms.len() >= MAX_FORM_DEPTH || self.open_forms.contains(&address) {
            return Ok(());
        }
        let matrix =
            numbers(self.doc, &form.dict, b"Matrix").map_or(Matrix::IDENTITY, |m| Matrix::from_slice(&m));
        let resources = get_dict(self.doc, &form.dict, b"Resources").or(outer);
        let bytes = stream::decode(self.doc, form, self.budget)?;
        self.open_forms.push(address);
        let result = self.content(&bytes, resources, matrix.then(&ctm));
        self.open_forms.pop();
        result
    }

    fn content(&mut self, bytes: &[u8], resources: Option<&'a Dictionary>, ctm: Matrix) -> Result<(), Error> {
        let mut state = State {
            ctm,
            font: None,
            size: 1.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            invisible: false,
        };
        let mut saved: Vec<State> = Vec::new();
        let mut text = Matrix::IDENTITY;
        let mut line = Matrix::IDENTITY;
        let mut path = Path::default();
        let mut operands: Vec<Token<'_>> = Vec::with_capacity(64);
        let mut tokens = Tokenizer::new(bytes);
        while let Some(token) = tokens.next() {
            let Token::Keyword(operator) = token else {
                if operands.len() < MAX_OPERANDS {
                    operands.push(token);
                }
                continue;
            };
            self.operators += 1;
            if self.operators > MAX_OPERATORS {
                self.scene.limit_reached = Some("page_operators");
                return Ok(());
            }
            if self.scene.glyphs.len() > MAX_GLYPHS {
                self.scene.limit_reached = Some("page_glyphs");
                return Ok(());
            }
            self.budget.check_shown()?;
            let n = |index: usize| match operands.get(index) {
                Some(Token::Number(value)) if value.is_finite() => *value,
                _ => 0.0,
            };
            match operator {
                b"Tj" => {
                    if let Some(token) = operands.last() {
                        self.show(*token, &state, &mut text);
                    }
                }
                b"TJ" => {
                    for token in &operands {
                        match token {
                            Token::Number(offset) => {
                                let shift = -offset / 1000.0 * state.size * state.scale;
                                text = Matrix::translate(shift, 0.0).then(&text);
                            }
                            _ => self.show(*token, &state, &mut text),
                        }
                    }
                }
                b"'" | b"\"" => {
                    if operator == b"\"" {
                        state.word_space = n(0);
                        state.char_space = n(1);
                    }
                    line = Matrix::translate(0.0, -state.leading).then(&line);
                    text = line;
                    if let Some(token) = operands.last() {
                        self.show(*token, &state, &mut text);
                    }
                }
                b"Td" | b"TD" => {
                    if operator == b"TD" {
                        state.leading = -n(1);
                    }
                    line = Matrix::translate(n(0), n(1)).then(&line);
                    text = line;
                }
                b"Tm" => {
                    line = Matrix::new(n(0), n(1), n(2), n(3), n(4), n(5));
                    text = line;
                }
                b"T*" => {
                    line = Matrix::translate(0.0, -state.leading).then(&line);
                    text = line;
                }
                b"BT" => {
                    line = Matrix::IDENTITY;
                    text = line;
                }
                b"Tf" => {
                    if let Some(Token::Name(name)) = operands.first() {
                        let dict = resources
                            .and_then(|r| get_dict(self.doc, r, b"Font"))
                            .and_then(|fonts| get_dict(self.doc, fonts, name));
                        state.font = Some(self.fonts.find(self.doc, dict, self.budget)?);
                    }
                    state.size = n(1);
                }
                b"Tc" => state.char_space = n(0),
                b"Tw" => state.word_space = n(0),
                b"Tz" => state.scale = n(0) / 100.0,
                b"TL" => state.leading = n(0),
                b"Ts" => state.rise = n(0),
                b"Tr" => state.invisible = matches!(n(0) as i32, 3 | 7),
                b"q" if saved.len() < MAX_SAVED => saved.push(state),
                b"Q" => {
                    if let Some(previous) = saved.pop() {
                        state = previous;
                    }
                }
                b"cm" => {
                    state.ctm = Matrix::new(n(0), n(1), n(2), n(3), n(4), n(5)).then(&state.ctm);
                }
                b"Do" => {
                    if let Some(Token::Name(name)) = operands.first() {
                        self.x_object(name, resources, state.ctm)?;
                    }
                }
                b"m" => path.move_to(&state.ctm, n(0), n(1)),
                b"l" => path.line_to(&state.ctm, n(0), n(1)),
                b"c" => path.curve_to(&state.ctm, n(4), n(5)),
                b"v" | b"y" => path.curve_to(&state.ctm, n(2), n(3)),
                b"h" => path.close(),
                b"re" => path.rectangle(&state.ctm, n(0), n(1), n(2), n(3)),
                b"S" => path.paint(false, true, self.scene),
                b"s" => {
                    path.close();
                    path.paint(false, true, self.scene);
                }
                b"f" | b"F" | b"f*" => path.paint(true, false, self.scene),
                b"B" | b"B*" => path.paint(true, true, self.scene),
                b"b" | b"b*" => {
                    path.close();
                    path.paint(true, true, self.scene);
                }
                b"n" => path.clear(),
                b"gs" => {
                    if let Some(Token::Name(name)) = operands.first() {
                        self.graphics_state(name, resources, &mut state)?;
                    }
                }
                b"ID" => {
                    tokens.skip_inline_image();
                    self.image(&state.ctm);
                }
                _ => {}
            }
            operands.clear();
        }
        Ok(())
    }

    /// `gs` may set the font.
    fn graphics_state(
        &mut self,
        name: &[u8],
        resources: Option<&'a Dictionary>,
        state: &mut State,
    ) -> Result<(), Error> {
        let entry = resources
            .and_then(|r| get_dict(self.doc, r, b"ExtGState"))
            .and_then(|states| get_dict(self.doc, states, name))
            .and_then(|dict| get(self.doc, dict, b"Font"));
        if let Some(Object::Array(pair)) = entry
            && let [font, size] = pair.as_slice()
        {
            let dict = deref(self.doc, font).and_then(as_dict);
            state.font = Some(self.fonts.find(self.doc, dict, self.budget)?);
            state.size = super::load::number(self.doc, size).unwrap_or(state.size);
        }
        Ok(())
    }

    fn x_object(&mut self, name: &[u8], resources: Option<&'a Dictionary>, ctm: Matrix) -> Result<(), Error> {
        let object = resources
            .and_then(|r| get(self.doc, r, b"XObject"))
            .and_then(as_dict)
            .and_then(|objects| get(self.doc, objects, name));
        let Some(Object::Stream(stream)) = object else { return Ok(()) };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => self.image(&ctm),
            Ok(b"Form") | Err(_) => self.form(stream, ctm, resources)?,
            _ => {}
        }
        Ok(())
    }

    fn image(&mut self, ctm: &Matrix) {
        let (width, height) = self.scene.size;
        let [x0, y0, x1, y1] = ctm.bounds([0.0, 0.0, 1.0, 1.0]);
        let shown = (x1.min(width) - x0.max(0.0)).max(0.0) * (y1.min(height) - y0.max(0.0)).max(0.0);
        if shown.is_finite() {
            self.scene.image_area += shown;
            if shown >= 0.8 * width * height {
                self.scene.covered = self.scene.glyphs.len();
            }
        }
    }

    /// Shows a string: its glyphs go to the scene, the text matrix moves on.
    fn show(&mut self, token: Token<'_>, state: &State, text: &mut Matrix) {
        let mut scratch = std::mem::take(&mut self.scratch);
        let bytes: &[u8] = match token {
            Token::Literal(raw) if memchr::memchr2(b'\\', b'\r', raw).is_none() => raw,
            Token::Literal(raw) => {
                unescape_literal(raw, &mut scratch);
                &scratch
            }
            Token::Hex(raw) => {
                decode_hex(raw, &mut scratch);
                &scratch
            }
            _ => &[],
        };
        if !bytes.is_empty() {
            self.show_bytes(bytes, state, text);
        }
        self.scratch = scratch;
    }

    /// Shows plain text of a form field in the stand-in font, set so narrow that it keeps within a width.
    ///
    /// # Errors
    /// As for fonts.
    pub(super) fn plain(&mut self, text: &str, size: f32, width: f32, at: &Matrix) -> Result<(), Error> {
        let font = self.fonts.find(self.doc, None, self.budget)?;
        let count = text.chars().count();
        let turn: Turn = match (at.a.abs() >= at.b.abs(), at.a >= 0.0, at.b >= 0.0) {
            (true, true, _) => 0,
            (true, false, _) => 2,
            (false, _, true) => 1,
            (false, _, false) => 3,
        };
        let (x, y) = at.apply(0.0, 0.0);
        let (start, y) = turned(turn, x, y);
        let unit = at.a.hypot(at.b);
        let step = (0.5 * size).min(width / count.max(1) as f32) * unit;
        let first = self.scene.glyphs.len();
        if count == 0 || first + count > MAX_GLYPHS || !(start.is_finite() && y.is_finite()) {
            return Ok(());
        }
        self.budget.shown(text.len());
        for (n, c) in text.chars().enumerate() {
            let x0 = start + n as f32 * step;
            self.scene.glyphs.push(Glyph { value: u32::from(c), font, x0, x1: x0 + step });
        }
        let (first, end) = (first as u32, self.scene.glyphs.len() as u32);
        let x1 = start + count as f32 * step;
        let size = size * unit;
        self.scene.runs.push(Run { start: first, end, y, x0: start, x1, size, turn, stamp: self.stamp });
        Ok(())
    }

    fn show_bytes(&mut self, bytes: &[u8], state: &State, text: &mut Matrix) {
        let font_index = match state.font {
            Some(index) => index,
            None => match self.fonts.find(self.doc, None, self.budget) {
                Ok(index) => index,
                Err(_) => return,
            },
        };
        let Some(font) = self.fonts.list.get(usize::from(font_index)) else { return };
        let space = text.then(&state.ctm);
        let flip = if state.size * state.scale < 0.0 { -1.0 } else { 1.0 };
        let (along, up) = (space.a * flip, space.b * flip);
        let turn: Turn = if along.abs() >= up.abs() {
            if along >= 0.0 { 0 } else { 2 }
        } else if up >= 0.0 {
            1
        } else {
            3
        };
        let size = state.size.abs() * space.c.hypot(space.d);
        let (x, y) = space.apply(0.0, state.rise);
        if !(size.is_finite() && x.is_finite() && y.is_finite()) || size <= 0.0 {
            return;
        }
        let (start, baseline) = turned(turn, x, y);
        // Page units along the direction of writing per unit of text space.
        let per_unit = space.a.hypot(space.b) * flip;
        let letter_gap = (state.char_space * state.scale).clamp(0.0, 0.5 * state.size.abs());
        let scene = &mut *self.scene;
        let first = scene.glyphs.len();
        let mut at = 0.0f32;
        let budget = self.budget;
        font.decode(bytes, |coded| {
            if scene.glyphs.len() > MAX_GLYPHS {
                return;
            }
            if let Some(text) = coded.value.checked_sub(STRING).and_then(|n| font.strings.get(n as usize)) {
                budget.shown(text.len());
            }
            let width = coded.width * state.size * state.scale;
            let x0 = start + at * per_unit;
            let x1 = start + (at + width + letter_gap) * per_unit;
            scene.glyphs.push(Glyph { value: coded.value, font: font_index, x0: x0.min(x1), x1: x1.max(x0) });
            at += width + state.char_space * state.scale;
            if coded.is_word_space {
                at += state.word_space * state.scale;
            }
        });
        if at.is_finite() {
            *text = Matrix::translate(at, 0.0).then(text);
        }
        let [left, bottom, right, top] = scene.sheet;
        if x < left - OFF_SHEET || x > right + OFF_SHEET || y < bottom - OFF_SHEET || y > top + OFF_SHEET {
            scene.glyphs.truncate(first);
            return;
        }
        let (Some(head), Some(tail)) = (scene.glyphs.get(first), scene.glyphs.last()) else { return };
        if state.invisible {
            scene.invisible += scene.glyphs.len() - first;
        }
        let (x0, x1) = (head.x0, tail.x1);
        let end = scene.glyphs.len() as u32;
        if let Some(run) = scene.runs.last_mut()
            && run.end as usize == first
            && run.turn == turn
            && run.stamp == self.stamp
            && (run.y - baseline).abs() < 0.02 * size
            && (run.size - size).abs() < 0.01 * size
            && x0 >= run.x1 - 0.5 * size
        {
            run.end = end;
            run.x1 = run.x1.max(x1);
        } else {
            scene.runs.push(Run {
                start: first as u32,
                end,
                y: baseline,
                x0,
                x1,
                size,
                turn,
                stamp: self.stamp,
            });
        }
    }
}
