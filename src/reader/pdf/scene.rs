//! PDF, step 3: what a page shows, as plain geometry.
//!
//! The interpreter writes a [`Scene`], the layout reads it: glyphs gathered into runs, ruling lines, and how much of the
//! page images cover. Coordinates are points, origin at the lower left corner of the upright page.

/// One shown character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// A character, an index of the font's strings or a raw code; see `font`.
    pub(super) value: u32,
    pub(super) font: u16,
    /// Left edge and right edge along the direction of writing.
    pub(super) x0: f32,
    pub(super) x1: f32,
}

/// Direction of writing on the upright page, in quarter turns counterclockwise.
pub(super) type Turn = u8;

/// Glyphs that were shown one after the other on one baseline in one size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Range of the scene's glyphs.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Baseline, in the coordinates of the turn.
    pub(super) y: f32,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// Size in points.
    pub(super) size: f32,
    pub(super) turn: Turn,
    /// 0 for page content, else 1 + the number of the annotation it comes from.
    pub(super) stamp: u16,
}

/// A ruling line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) horizontal: bool,
    /// The coordinate that all its points share.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
}

impl Rule {
    /// The line after a quarter turn clockwise of a page of a width.
    fn turned(self, width: f32) -> Self {
        if self.horizontal {
            Self { horizontal: false, at: self.at, from: width - self.to, to: width - self.from }
        } else {
            Self { horizontal: true, at: width - self.at, ..self }
        }
    }
}

/// Everything on one page.
#[derive(Debug, Default)]
pub(super) struct Scene {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) runs: Vec<Run>,
    pub(super) rules: Vec<Rule>,
    /// Width and height in points.
    pub(super) size: (f32, f32),
    /// The sheet, as (x0, y0, x1, y1): it may be larger than what the page shows of it.
    pub(super) sheet: [f32; 4],
    /// Sum of the areas of images, in square points.
    pub(super) image_area: f32,
    /// Glyphs shown in an invisible mode, as hidden layers of recognised text are.
    pub(super) invisible: usize,
    /// Glyphs that an image of nearly the whole page was painted over later, as other hidden layers are.
    pub(super) covered: usize,
    /// The limit that cut this page short, if any.
    pub(super) limit_reached: Option<&'static str>,
}

impl Scene {
    /// Empties the scene for the next page and keeps its memory.
    pub(super) fn clear(&mut self, size: (f32, f32), sheet: [f32; 4]) {
        self.glyphs.clear();
        self.runs.clear();
        self.rules.clear();
        self.size = size;
        self.sheet = sheet;
        self.image_area = 0.0;
        self.invisible = 0;
        self.covered = 0;
        self.limit_reached = None;
    }

    /// Turns the page by quarters clockwise.
    pub(super) fn turn(&mut self, quarters: u8) {
        for _ in 0..quarters {
            let width = self.size.0;
            for run in &mut self.runs {
                run.turn = (run.turn + 3) % 4;
                // Where the old origin lies on the turned page, as the run sees it.
                let (along, off) = turned(run.turn, 0.0, width);
                run.x0 += along;
                run.x1 += along;
                run.y += off;
                for glyph in self.glyphs.get_mut(run.start as usize..run.end as usize).unwrap_or_default() {
                    glyph.x0 += along;
                    glyph.x1 += along;
                }
            }
            self.rules.iter_mut().for_each(|rule| *rule = rule.turned(width));
            let [x0, y0, x1, y1] = self.sheet;
            self.sheet = [y0, width - x1, y1, width - x0];
            self.size = (self.size.1, width);
        }
    }

    /// Whether most of the text is not seen: a layer left by optical character recognition.
    pub(super) fn is_hidden_layer(&self) -> bool {
        self.invisible.max(self.covered) * 2 > self.glyphs.len()
    }

    /// The glyphs of a run.
    pub(super) fn glyphs_of(&self, run: &Run) -> &[Glyph] {
        self.glyphs.get(run.start as usize..run.end as usize).unwrap_or_default()
    }
}

/// A point of the upright page in the coordinates of a turn, in which writing goes to the right.
pub(super) fn turned(turn: Turn, x: f32, y: f32) -> (f32, f32) {
    match turn {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_turned_four_times_is_as_it_was_and_once_has_its_left_edge_on_top() {
        let mut scene = Scene::default();
        scene.clear((600.0, 800.0), [0.0, 0.0, 600.0, 800.0]);
        // Written upwards from (100, 50), and a line below it.
        let glyph = Glyph { value: 97, font: 0, x0: 50.0, x1: 56.0 };
        scene.glyphs.push(glyph);
        scene.runs.push(Run {
            start: 0,
            end: 1,
            y: -100.0,
            x0: 50.0,
            x1: 56.0,
            size: 12.0,
            turn: 1,
            stamp: 1,
        });
        scene.rules.push(Rule { horizontal: true, at: 40.0, from: 100.0, to: 300.0 });
        scene.turn(1);
        assert_eq!(scene.size, (800.0, 600.0));
        let run = scene.runs[0];
        assert_eq!((run.turn, run.x0, run.x1, run.y), (0, 50.0, 56.0, 500.0));
        assert_eq!((scene.glyphs[0].x0, scene.glyphs[0].x1), (50.0, 56.0));
        assert_eq!(scene.rules[0], Rule { horizontal: false, at: 40.0, from: 300.0, to: 500.0 });
        scene.turn(3);
        assert_eq!((scene.size, scene.sheet), ((600.0, 800.0), [0.0, 0.0, 600.0, 800.0]));
        let run = scene.runs[0];
        assert_eq!((run.turn, run.x0, run.y), (1, 50.0, -100.0));
        assert_eq!((scene.glyphs[0].x0, scene.glyphs[0].x1), (50.0, 56.0));
        assert_eq!(scene.rules[0], Rule { horizontal: true, at: 40.0, from: 100.0, to: 300.0 });
    }
}
