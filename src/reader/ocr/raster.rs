//! Scans: the picture of a page as recognition wants it.
//!
//! In: a picture as `pdftoppm` prints it (PPM or PGM). Out: shades of grey as PGM. Of a coloured page the red part is
//! taken, in which red seals and stamps are as light as the paper; black lines down the page, as a dirty scanner draws
//! them, are wiped out, since recognition gives up the text that they cross, and the strokes that cross them stay; so is
//! dust away from all letters, which makes recognition take two lines for one.

/// Darker than this is ink.
const INK: u8 = 140;
/// Of an inch, the widest line that letters may cross is one part of so many.
const WIDEST: usize = 15;
/// Of an inch, a stroke across a line is at most one part of so many thick.
const THICKEST: usize = 25;
/// Dots of ink on both sides of a line that are a stroke across it, and not its own ragged edge.
const BESIDE: usize = 3;

/// Lighter than this is paper: what is in between is ink of dust and of the edges of letters.
const PAPER: u8 = 180;
/// Of an inch, dust is at most one part of so many wide and high, which is less than a full stop of ten points.
const DUST: usize = 62;
/// Of an inch, so far from all ink, at the least, is what is dust: full stops and the dots of letters are nearer.
const APART: usize = 50;

/// Of an inch, so far to the right of a letter and below its top no speck is dust: a full stop stands below the arm of a
/// T.
const BEHIND: usize = 62;
const BELOW: usize = 9;

/// A picture in shades of grey, from the upper left corner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gray {
    pub(super) width: usize,
    pub(super) height: usize,
    pixels: Vec<u8>,
}

impl Gray {
    /// Reads the first picture of a PPM (`P6`) or PGM (`P5`) of 8 bits; `None` where the bytes are neither.
    pub(super) fn from_pnm(bytes: &[u8]) -> Option<Self> {
        let channels = match bytes.get(..2)? {
            b"P6" => 3,
            b"P5" => 1,
            _ => return None,
        };
        let mut at = 2;
        let mut number = || {
            while bytes.get(at)?.is_ascii_whitespace() {
                at += 1;
            }
            let from = at;
            while bytes.get(at)?.is_ascii_digit() {
                at += 1;
            }
            std::str::from_utf8(bytes.get(from..at)?).ok()?.parse::<usize>().ok()
        };
        let (width, height, depth) = (number()?, number()?, number()?);
        let pixels = bytes.get(at + 1..)?.get(..width.checked_mul(height)?.checked_mul(channels)?)?;
        (depth == 255).then(|| Self {
            width,
            height,
            pixels: pixels.iter().step_by(channels).copied().collect(),
        })
    }

    /// As PGM.
    pub(super) fn to_pgm(&self) -> Vec<u8> {
        let mut out = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        out.extend_from_slice(&self.pixels);
        out
    }

    /// The picture after quarter turns clockwise.
    pub(super) fn turned(self, turn: u8) -> Self {
        (0..turn).fold(self, |picture, _| {
            let (width, height) = (picture.height, picture.width);
            let column = |x| picture.pixels.iter().skip(x).step_by(height.max(1)).rev();
            Self { width, height, pixels: (0..height).flat_map(column).copied().collect() }
        })
    }

    /// A white picture.
    pub(super) fn blank(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![u8::MAX; width * height] }
    }

    /// Copies a part of another picture, from its corner to beyond its end, to a corner of this one.
    pub(super) fn paste(
        &mut self,
        from: &Self,
        corner: (usize, usize),
        end: (usize, usize),
        to: (usize, usize),
    ) {
        for (y, target) in (corner.1..end.1).zip(to.1..) {
            let source = from.pixels.get(y * from.width + corner.0..y * from.width + end.0.min(from.width));
            let start = target * self.width + to.0;
            if let Some(source) = source
                && let Some(row) = self.pixels.get_mut(start..start + source.len())
            {
                row.copy_from_slice(source);
            }
        }
    }

    /// The picture at a share of its size; each dot is the mean of the area it covers.
    pub(super) fn scaled(&self, share: f32) -> Self {
        let size = |length: usize| ((length as f32 * share) as usize).max(1);
        let (width, height) = (size(self.width), size(self.height));
        let across = weights(self.width, width);
        let down = weights(self.height, height);
        let mut out = Self::blank(width, height);
        let mut sums = vec![0.0_f32; self.width];
        for (row, shares) in out.pixels.chunks_mut(width).zip(&down) {
            sums.fill(0.0);
            for &(y, weight) in shares {
                let from = self.pixels.get(y * self.width..(y + 1) * self.width).unwrap_or_default();
                sums.iter_mut().zip(from).for_each(|(sum, &p)| *sum += weight * f32::from(p));
            }
            for (pixel, shares) in row.iter_mut().zip(&across) {
                let sum: f32 =
                    shares.iter().map(|&(x, weight)| weight * sums.get(x).copied().unwrap_or(255.0)).sum();
                *pixel = sum.round() as u8;
            }
        }
        out
    }

    /// For each square of `cell` dots, row by row, whether it holds as much ink as letters do.
    pub(super) fn cells_like_letters(&self, cell: usize) -> Vec<bool> {
        let columns = self.width.div_ceil(cell);
        let mut ink = vec![0_usize; columns * self.height.div_ceil(cell)];
        for (y, row) in self.pixels.chunks(self.width.max(1)).enumerate() {
            let counts = ink.get_mut(y / cell * columns..).unwrap_or_default();
            for (count, dots) in counts.iter_mut().zip(row.chunks(cell)) {
                *count += dots.iter().filter(|&&p| p < INK).count();
            }
        }
        let all = cell * cell;
        ink.into_iter().map(|n| n * 100 > 4 * all && n * 100 < 90 * all).collect()
    }

    #[cfg(test)]
    pub(super) fn set(&mut self, x: usize, y: usize, value: u8) {
        self.pixels[y * self.width + x] = value;
    }

    /// Whether the picture shows nothing: hardly a dark dot.
    pub(super) fn is_blank(&self) -> bool {
        // Counted in pieces that a byte can count, so that the compiler can use wide registers.
        let dark = |piece: &[u8]| usize::from(piece.iter().map(|&p| u8::from(p < INK)).sum::<u8>());
        let dark: usize = self.pixels.chunks(128).map(dark).sum();
        dark * 100_000 < self.pixels.len()
    }

    /// Wipes out unbroken vertical runs of ink of at least `length` dots: no letter is so tall. Where a letter's stroke
    /// crosses such a line, it stays whole.
    pub(super) fn wipe_lines(&mut self, length: usize) {
        if self.width == 0 || length == 0 {
            return;
        }
        let Some(mut wiped) = self.tall_ink(length) else { return };
        let mut crossed = vec![false; self.width];
        for y in 0..self.height {
            for (from, to) in spans(wiped.get(y * self.width..(y + 1) * self.width).unwrap_or_default()) {
                let before = from.saturating_sub(BESIDE)..from;
                if to - from <= length / WIDEST
                    && from >= BESIDE
                    && before.chain(to..to + BESIDE).all(|x| self.is_stroke(&wiped, x, y))
                {
                    // Kept, and yet no stroke for the rows below.
                    if let Some(kept) = wiped.get_mut(y * self.width + from..y * self.width + to) {
                        kept.fill(Wiped::Crossed);
                    }
                    crossed.get_mut(from..to).unwrap_or_default().fill(true);
                }
            }
        }
        self.drop_tall(&mut wiped, &crossed, length / THICKEST);
        for (pixel, wiped) in self.pixels.iter_mut().zip(wiped) {
            if wiped == Wiped::Line {
                *pixel = u8::MAX;
            }
        }
    }

    /// Wipes out dust: specks of ink away from all other ink.
    pub(super) fn wipe_dust(&mut self, dpi: usize) {
        let size = dpi / DUST;
        let mut dust = Vec::new();
        for (y, row) in self.pixels.chunks(self.width.max(1)).enumerate() {
            let mut x = 0;
            while let Some(next) = row.get(x..).and_then(|rest| rest.iter().position(|&p| p < PAPER)) {
                let from = x + next;
                let length = row.get(from..).unwrap_or_default().iter().take_while(|&&p| p < PAPER).count();
                if length <= size {
                    dust.extend(self.speck(from, y, dpi));
                }
                x = from + length;
            }
        }
        for (x, y) in dust {
            if let Some(dot) = self.pixels.get_mut(y * self.width + x) {
                *dot = u8::MAX;
            }
        }
    }

    /// The dots of the speck whose first row begins at a dot; nothing where it is too large or ink is near.
    fn speck(&self, x: usize, y: usize, dpi: usize) -> Vec<(usize, usize)> {
        let (size, apart) = (dpi / DUST, dpi / APART);
        let rows = y.saturating_sub(apart)..(y + size + apart).min(self.height);
        let columns = x.saturating_sub(size + apart)..(x + size + apart).min(self.width);
        let ink = |x: usize, y: usize| self.pixels.get(y * self.width + x).is_some_and(|&p| p < PAPER);
        let near = rows.flat_map(|y| columns.clone().map(move |x| (x, y))).filter(|(x, y)| ink(*x, *y));
        let mut behind = (y.saturating_sub(dpi / BELOW)..y)
            .flat_map(|y| (x.saturating_sub(dpi / BEHIND)..x).map(move |x| (x, y)));
        if behind.any(|(x, y)| ink(x, y)) {
            return Vec::new();
        }
        // What hangs together is not asked: other specks so near would make it a part of something.
        let dots: Vec<(usize, usize)> = near.take(size * size + 1).collect();
        let edge = |of: fn(&(usize, usize)) -> usize| {
            let (low, high) = (dots.iter().map(of).min(), dots.iter().map(of).max());
            low.zip(high).map_or(0, |(low, high)| high - low + 1)
        };
        let is_first = dots.iter().all(|dot| dot.1 >= y);
        if is_first && dots.len() <= size * size && edge(|d| d.0) <= size && edge(|d| d.1) <= size {
            dots
        } else {
            Vec::new()
        }
    }

    /// Takes back crossings of more than so many rows: ink along both sides of a line is no stroke across it.
    fn drop_tall(&self, wiped: &mut [Wiped], crossed: &[bool], rows: usize) {
        for x in crossed.iter().enumerate().filter(|(_, is)| **is).map(|(x, _)| x) {
            let mut run = 0;
            for y in 0..=self.height {
                let here = (y < self.height).then(|| wiped.get(y * self.width + x)).flatten();
                if here == Some(&Wiped::Crossed) {
                    run += 1;
                    continue;
                }
                for y in y - run..y {
                    if let Some(dot) = wiped.get_mut(y * self.width + x).filter(|_| run > rows) {
                        *dot = Wiped::Line;
                    }
                }
                run = 0;
            }
        }
    }

    /// Whether ink that is no part of a line stands at a place, or right above or below it.
    fn is_stroke(&self, wiped: &[Wiped], x: usize, y: usize) -> bool {
        let rows = y.saturating_sub(1)..(y + 2).min(self.height);
        x < self.width
            && rows
                .map(|row| row * self.width + x)
                .any(|at| self.pixels.get(at).is_some_and(|&p| p < INK) && wiped.get(at) == Some(&Wiped::No))
    }

    /// The dots of vertical runs of ink of at least `length` dots; `None` where there are none, as on most pages.
    fn tall_ink(&self, length: usize) -> Option<Vec<Wiped>> {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        // The length of the run that ends at each dot of a row, and the runs that are tall: column, end and length.
        let mut runs = vec![0_u32; self.width];
        let mut tall: Vec<(usize, usize, u32)> = Vec::new();
        for (y, row) in self.pixels.chunks(self.width).enumerate() {
            // Without branches, so that the compiler can use wide registers; tall runs that end are rare.
            let ends = |(run, pixel): (&u32, &u8)| (*run >= length) & (*pixel >= INK);
            if runs.iter().zip(row).fold(false, |any, dot| any | ends(dot)) {
                let ended = runs.iter().zip(row).enumerate().filter(|(_, dot)| ends(*dot));
                tall.extend(ended.map(|(x, (run, _))| (x, y, *run)));
            }
            for (run, &pixel) in runs.iter_mut().zip(row) {
                *run = (*run + 1) * u32::from(pixel < INK);
            }
        }
        let open = runs.iter().enumerate().filter(|(_, run)| **run >= length);
        tall.extend(open.map(|(x, run)| (x, self.height, *run)));
        if tall.is_empty() {
            return None;
        }
        let mut wiped = vec![Wiped::No; self.pixels.len()];
        for (x, end, run) in tall {
            for y in end.saturating_sub(run as usize)..end {
                if let Some(dot) = wiped.get_mut(y * self.width + x) {
                    *dot = Wiped::Line;
                }
            }
        }
        Some(wiped)
    }
}

/// What is to become of a dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wiped {
    /// It is no part of a line.
    No,
    /// It is wiped out.
    Line,
    /// A part of a line where a letter's stroke crosses it.
    Crossed,
}

/// The stretches of a row that are parts of lines, from their first dot to behind their last.
fn spans(row: &[Wiped]) -> Vec<(usize, usize)> {
    let mut ends = Vec::new();
    let mut start = None;
    for (x, wiped) in row.iter().chain([&Wiped::No]).enumerate() {
        match (start, *wiped == Wiped::No) {
            (None, false) => start = Some(x),
            (Some(from), true) => {
                ends.push((from, x));
                start = None;
            }
            _ => {}
        }
    }
    ends
}

/// Which of `from` dots make up each of `to` dots, and how much of it.
fn weights(from: usize, to: usize) -> Vec<Vec<(usize, f32)>> {
    let step = from as f32 / to.max(1) as f32;
    let share = |i: usize| {
        let (start, end) = (i as f32 * step, (i + 1) as f32 * step);
        let dots = start as usize..(end.ceil() as usize).min(from);
        dots.map(|at| (at, (end.min((at + 1) as f32) - start.max(at as f32)).max(0.0) / step)).collect()
    };
    (0..to).map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_red_seal_is_as_light_as_paper() {
        let gray = Gray::from_pnm(b"P6\n3 1\n255\n\xFF\xFF\xFF\xF0\x10\x10\x05\x05\x05").unwrap();
        assert_eq!(gray.to_pgm(), b"P5\n3 1\n255\n\xFF\xF0\x05");
    }

    #[test]
    fn a_turned_picture_has_its_left_edge_on_top() {
        let turned = |turn| Gray { width: 3, height: 2, pixels: (1..=6).collect() }.turned(turn);
        for (turn, size, pixels) in [
            (0, (3, 2), [1, 2, 3, 4, 5, 6]),
            (1, (2, 3), [4, 1, 5, 2, 6, 3]),
            (2, (3, 2), [6, 5, 4, 3, 2, 1]),
            (3, (2, 3), [3, 6, 2, 5, 1, 4]),
        ] {
            let (width, height) = size;
            assert_eq!(turned(turn), Gray { width, height, pixels: pixels.to_vec() });
        }
        assert_eq!(Gray::blank(0, 2).turned(1), Gray::blank(2, 0));
    }

    #[test]
    fn what_is_no_picture_or_cut_short_gives_none() {
        for bytes in
            ["", "P6", "P6 2 2 255 abc", "P5\n99999999999 99999999999 255\n", "P4 1 1 ", "P5 1 1 65535 ab"]
        {
            assert_eq!(Gray::from_pnm(bytes.as_bytes()), None, "{bytes}");
        }
    }

    #[test]
    fn lines_down_the_page_go_and_letters_stay() {
        let (width, height) = (3, 6);
        let mut pixels = vec![255; width * height];
        (0..height).for_each(|y| pixels[y * width] = 0);
        (2..4).for_each(|y| pixels[y * width + 1] = 0);
        (3..6).for_each(|y| pixels[y * width + 2] = 0);
        let mut gray = Gray { width, height, pixels };
        gray.wipe_lines(3);
        let left: Vec<usize> = (0..width * height).filter(|&i| gray.pixels[i] == 0).collect();
        assert_eq!(left, [7, 10]);
    }

    #[test]
    fn dust_goes_and_full_stops_and_dots_of_letters_stay() {
        let mut gray = Gray::blank(200, 200);
        let mut square = |x: usize, y: usize, size: usize| {
            (y..y + size).for_each(|y| (x..x + size).for_each(|x| gray.set(x, y, 90)));
        };
        // A letter with a stop beside it and a dot below it, dust, dust at the corner, and a dot too large for dust.
        square(20, 20, 20);
        square(44, 36, 4);
        square(28, 44, 4);
        square(100, 100, 4);
        square(0, 196, 3);
        square(150, 50, 5);
        // The arm of a T, and the stop behind it.
        square(60, 140, 20);
        square(82, 170, 4);
        let mut clean = gray.clone();
        clean.wipe_dust(250);
        for (x, y, left) in [
            (30, 30, 90),
            (45, 37, 90),
            (29, 45, 90),
            (101, 101, 255),
            (1, 197, 255),
            (152, 52, 90),
            (83, 171, 90),
        ] {
            assert_eq!(clean.pixels[y * 200 + x], left, "{x}, {y}");
        }
    }

    #[test]
    fn a_stroke_that_crosses_a_line_stays_whole() {
        let (width, height) = (9, 150);
        let mut gray = Gray::blank(width, height);
        (0..height).for_each(|y| gray.set(4, y, 0));
        // A stroke across, one that falls by a dot, one that only touches the line, and a ragged edge.
        let mut stroke = |xs: std::ops::Range<usize>, y: usize| xs.for_each(|x| gray.set(x, y, 0));
        for (left, right) in [(4, 4), (10, 11)] {
            stroke(1..4, left);
            stroke(5..8, right);
        }
        stroke(1..4, 20);
        stroke(3..6, 25);
        // Ink along both sides.
        (50..80).for_each(|y| {
            stroke(1..4, y);
            stroke(5..8, y);
        });
        gray.wipe_lines(100);
        let middle: Vec<usize> = (0..height).filter(|&y| gray.pixels[y * width + 4] == 0).collect();
        assert_eq!(middle, [3, 4, 5, 10, 11]);
    }
}
