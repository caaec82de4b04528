//! PDF, step 3: paths, as far as they draw ruling lines.
//!
//! In: path operators. Out: horizontal and vertical [`Rule`]s. Thin filled rectangles and stroked straight edges are
//! rules; large fills are shading, clip paths are nothing.

use super::matrix::Matrix;
use super::scene::{Rule, Scene};

/// Thickest filled rectangle that counts as a line, in points.
const MAX_THICKNESS: f32 = 3.0;
/// Most ruling lines of a page; maps and drawings have more, tables do not.
pub(super) const MAX_RULES: usize = 30_000;
/// Most pieces of one path that are kept.
const MAX_PIECES: usize = 60_000;

/// The path under construction, in page coordinates.
#[derive(Debug, Default)]
pub(super) struct Path {
    edges: Vec<[f32; 4]>,
    boxes: Vec<[f32; 4]>,
    start: (f32, f32),
    current: (f32, f32),
    /// Bounds of the open subpath, and whether it has only straight edges.
    bounds: Option<[f32; 4]>,
    curved: bool,
}

impl Path {
    pub(super) fn move_to(&mut self, ctm: &Matrix, x: f32, y: f32) {
        self.end_subpath();
        let point = ctm.apply(x, y);
        self.start = point;
        self.current = point;
        self.bounds = Some([point.0, point.1, point.0, point.1]);
    }

    pub(super) fn line_to(&mut self, ctm: &Matrix, x: f32, y: f32) {
        let point = ctm.apply(x, y);
        self.edge_to(point);
    }

    fn edge_to(&mut self, point: (f32, f32)) {
        if self.edges.len() < MAX_PIECES {
            self.edges.push([self.current.0, self.current.1, point.0, point.1]);
        }
        self.current = point;
        if let Some(b) = &mut self.bounds {
            *b = [b[0].min(point.0), b[1].min(point.1), b[2].max(point.0), b[3].max(point.1)];
        }
    }

    pub(super) fn curve_to(&mut self, ctm: &Matrix, x: f32, y: f32) {
        self.current = ctm.apply(x, y);
        self.curved = true;
    }

    pub(super) fn close(&mut self) {
        let start = self.start;
        if self.current != start {
            self.edge_to(start);
        }
        self.end_subpath();
    }

    fn end_subpath(&mut self) {
        if let Some(bounds) = self.bounds.take()
            && !self.curved
            && self.boxes.len() < MAX_PIECES
        {
            self.boxes.push(bounds);
        }
        self.curved = false;
    }

    pub(super) fn rectangle(&mut self, ctm: &Matrix, x: f32, y: f32, w: f32, h: f32) {
        self.end_subpath();
        if self.boxes.len() >= MAX_PIECES || ctm.a * ctm.b != 0.0 {
            return;
        }
        let [x0, y0, x1, y1] = ctm.bounds([x, y, x + w, y + h]);
        self.boxes.push([x0, y0, x1, y1]);
        self.edges.extend([[x0, y0, x1, y0], [x0, y1, x1, y1], [x0, y0, x0, y1], [x1, y0, x1, y1]]);
        self.current = (x0, y0);
        self.start = self.current;
    }

    /// Forgets the path (`n`, or after painting).
    pub(super) fn clear(&mut self) {
        self.edges.clear();
        self.boxes.clear();
        self.bounds = None;
        self.curved = false;
    }

    /// Paints the path: what of it is a ruling line goes to the scene.
    pub(super) fn paint(&mut self, fill: bool, stroke: bool, scene: &mut Scene) {
        self.end_subpath();
        if stroke {
            for &[x0, y0, x1, y1] in &self.edges {
                add_line([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)], 0.5, scene);
            }
        }
        if fill {
            for bounds in &self.boxes {
                add_line(*bounds, MAX_THICKNESS, scene);
            }
        }
        self.clear();
    }
}

/// Adds a box as a line if it is thin enough.
fn add_line([x0, y0, x1, y1]: [f32; 4], thickness: f32, scene: &mut Scene) {
    let (width, height) = (x1 - x0, y1 - y0);
    if scene.rules.len() >= MAX_RULES || width.max(height) < 2.0 {
        return;
    }
    if height <= thickness && width >= 3.0 * height {
        scene.rules.push(Rule { horizontal: true, at: (y0 + y1) / 2.0, from: x0, to: x1 });
    } else if width <= thickness && height >= 3.0 * width {
        scene.rules.push(Rule { horizontal: false, at: (x0 + x1) / 2.0, from: y0, to: y1 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(draw: impl FnOnce(&mut Path, &mut Scene)) -> Vec<Rule> {
        let (mut path, mut scene) = (Path::default(), Scene::default());
        draw(&mut path, &mut scene);
        scene.rules
    }

    #[test]
    fn a_thin_filled_rectangle_is_a_rule_and_a_large_one_is_shading() {
        let drawn = rules(|path, scene| {
            path.rectangle(&Matrix::IDENTITY, 10.0, 20.0, 100.0, 0.5);
            path.rectangle(&Matrix::IDENTITY, 10.0, 20.0, 100.0, 50.0);
            path.paint(true, false, scene);
        });
        assert_eq!(drawn, [Rule { horizontal: true, at: 20.25, from: 10.0, to: 110.0 }]);
    }

    #[test]
    fn a_stroked_box_gives_its_four_edges() {
        let drawn = rules(|path, scene| {
            path.rectangle(&Matrix::IDENTITY, 0.0, 0.0, 100.0, 50.0);
            path.paint(false, true, scene);
        });
        assert_eq!(drawn.iter().filter(|r| r.horizontal).count(), 2);
        assert_eq!(drawn.iter().filter(|r| !r.horizontal).count(), 2);
    }

    #[test]
    fn a_thin_filled_polygon_is_a_rule() {
        let drawn = rules(|path, scene| {
            let m = Matrix::IDENTITY;
            path.move_to(&m, 5.0, 0.0);
            path.line_to(&m, 5.5, 0.0);
            path.line_to(&m, 5.5, 40.0);
            path.line_to(&m, 5.0, 40.0);
            path.close();
            path.paint(true, false, scene);
        });
        assert_eq!(drawn, [Rule { horizontal: false, at: 5.25, from: 0.0, to: 40.0 }]);
    }

    #[test]
    fn a_clip_path_draws_nothing() {
        let drawn = rules(|path, scene| {
            path.rectangle(&Matrix::IDENTITY, 0.0, 0.0, 100.0, 50.0);
            path.clear();
            path.paint(true, true, scene);
        });
        assert!(drawn.is_empty());
    }
}
