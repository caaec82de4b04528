//! PDF: the affine matrices of the imaging model (ISO 32000-1, 8.3.3).

/// `[a b c d e f]`: x' = a·x + c·y + e, y' = b·x + d·y + f.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix {
    pub(super) a: f32,
    pub(super) b: f32,
    pub(super) c: f32,
    pub(super) d: f32,
    pub(super) e: f32,
    pub(super) f: f32,
}

impl Matrix {
    /// Changes nothing.
    pub(super) const IDENTITY: Self = Self::new(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);

    pub(super) const fn new(a: f32, b: f32, c: f32, d: f32, e: f32, f: f32) -> Self {
        Self { a, b, c, d, e, f }
    }

    pub(super) const fn translate(x: f32, y: f32) -> Self {
        Self::new(1.0, 0.0, 0.0, 1.0, x, y)
    }

    /// From six operands; missing ones leave the identity's value.
    pub(super) fn from_slice(v: &[f32]) -> Self {
        let at = |i: usize, default: f32| v.get(i).copied().unwrap_or(default);
        Self::new(at(0, 1.0), at(1, 0.0), at(2, 0.0), at(3, 1.0), at(4, 0.0), at(5, 0.0))
    }

    /// First `self`, then `next`: the order in which PDF multiplies.
    pub(super) fn then(&self, next: &Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    pub(super) fn apply(&self, x: f32, y: f32) -> (f32, f32) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// The smallest upright box around the image of a box, as (x0, y0, x1, y1).
    pub(super) fn bounds(&self, rect: [f32; 4]) -> [f32; 4] {
        let [x0, y0, x1, y1] = rect;
        let corners = [self.apply(x0, y0), self.apply(x1, y0), self.apply(x0, y1), self.apply(x1, y1)];
        let mut out = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for (x, y) in corners {
            out = [out[0].min(x), out[1].min(y), out[2].max(x), out[3].max(y)];
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaling_then_moving_is_not_moving_then_scaling() {
        let scale = Matrix::new(2.0, 0.0, 0.0, 2.0, 0.0, 0.0);
        let shift = Matrix::translate(3.0, 4.0);
        assert_eq!(scale.then(&shift).apply(1.0, 1.0), (5.0, 6.0));
        assert_eq!(shift.then(&scale).apply(1.0, 1.0), (8.0, 10.0));
    }

    #[test]
    fn a_turned_box_has_upright_bounds() {
        let turn = Matrix::new(0.0, 1.0, -1.0, 0.0, 0.0, 0.0);
        assert_eq!(turn.bounds([0.0, 0.0, 10.0, 2.0]), [-2.0, 0.0, 0.0, 10.0]);
    }
}
