//! Lengths: paper is measured in whole micrometres, text in fractions of an em.
//!
//! Integers make paper exact, sums independent of their order, and dumps byte-stable. One micrometre is a
//! twentieth of a dot at 1200 dpi, so rounding a glyph's advance to it can't be seen.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length on paper, in whole micrometres (µm).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(i64);

/// Micrometres in one PostScript point, 1/72 inch.
const UM_PER_PT: f64 = 25_400.0 / 72.0;

impl Length {
    /// No length at all.
    pub const ZERO: Self = Self(0);

    /// A length of so many micrometres.
    pub const fn um(um: i64) -> Self {
        Self(um)
    }

    /// A length of so many whole millimetres.
    pub const fn mm(mm: i64) -> Self {
        Self(mm * 1000)
    }

    /// A length given in millimetres with a fraction, rounded to the nearest micrometre.
    pub fn from_mm(mm: f64) -> Self {
        Self((mm * 1000.0).round() as i64)
    }

    /// A length given in PostScript points (1/72 inch), rounded to the nearest micrometre.
    pub fn from_pt(pt: f64) -> Self {
        Self((pt * UM_PER_PT).round() as i64)
    }

    /// The length in micrometres.
    pub const fn to_um(self) -> i64 {
        self.0
    }

    /// The length in millimetres.
    pub fn to_mm(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The length in PostScript points.
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / UM_PER_PT
    }

    /// The length times `num / den`, rounded to the nearest micrometre. `den` is above zero.
    pub const fn scale(self, num: i64, den: i64) -> Self {
        Self((self.0 * num * 2 + den).div_euclid(den * 2))
    }

    /// The length times a percentage, rounded to the nearest micrometre.
    pub const fn percent(self, percent: i64) -> Self {
        self.scale(percent, 100)
    }

    /// The distance from zero.
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }
}

impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<i64> for Length {
    type Output = Self;
    fn mul(self, by: i64) -> Self {
        Self(self.0 * by)
    }
}

impl Div<i64> for Length {
    type Output = Self;
    /// Division rounds down, so that a part never exceeds its share.
    fn div(self, by: i64) -> Self {
        Self(self.0.div_euclid(by))
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::ZERO, Add::add)
    }
}

/// A length relative to the type size, in 1/256000 em.
///
/// 256 000 is the least common multiple of 1000 and 2048, so the advances of fonts with 256, 1000, 1024 or 2048 units
/// per em are exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Em(i32);

impl Em {
    /// No width at all.
    pub const ZERO: Self = Self(0);
    /// One em, the width of a Han character (汉字字身).
    pub const ONE: Self = Self(Self::PER_EM);
    /// Half an em, the ink half of a full-width mark.
    pub const HALF: Self = Self(Self::PER_EM / 2);
    /// A width that every text fits.
    pub const MAX: Self = Self(i32::MAX);
    const PER_EM: i32 = 256_000;

    /// So many thousandths of an em.
    pub const fn milli(thousandths: i32) -> Self {
        Self(thousandths * (Self::PER_EM / 1000))
    }

    /// A value in a font's design units, of which `upem` make one em.
    pub const fn from_units(units: i32, upem: u16) -> Self {
        Self((units as i64 * Self::PER_EM as i64).div_euclid(upem as i64) as i32)
    }

    /// How many ems of the type size `size` the length `length` holds, rounded down. `size` is above zero.
    pub const fn from_length(length: Length, size: Length) -> Self {
        let ems = (length.0 * Self::PER_EM as i64).div_euclid(size.0);
        Self(if ems > i32::MAX as i64 { i32::MAX } else { ems as i32 })
    }

    /// The length on paper at the type size `size`, rounded to the nearest micrometre.
    pub const fn at(self, size: Length) -> Length {
        Length(size.0).scale(self.0 as i64, Self::PER_EM as i64)
    }

    /// The value in 1/256000 em.
    pub const fn raw(self) -> i32 {
        self.0
    }

    /// A value in 1/256000 em, as [`raw`](Self::raw) gives it.
    pub const fn from_raw(raw: i32) -> Self {
        Self(raw)
    }

    /// The value in ems.
    pub fn to_f64(self) -> f64 {
        f64::from(self.0) / f64::from(Self::PER_EM)
    }
}

impl Add for Em {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Em {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Em {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl SubAssign for Em {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Neg for Em {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<i32> for Em {
    type Output = Self;
    fn mul(self, by: i32) -> Self {
        Self(self.0.saturating_mul(by))
    }
}

impl Div<i32> for Em {
    type Output = Self;
    fn div(self, by: i32) -> Self {
        Self(self.0.div_euclid(by))
    }
}

impl Sum for Em {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_is_exact() {
        assert_eq!(Length::mm(297), Length::from_mm(297.0));
        assert_eq!(Length::from_pt(72.0), Length::um(25_400));
        assert_eq!(Length::um(-3).scale(1, 2), Length::um(-1));
        assert_eq!(Length::um(3).scale(1, 2), Length::um(2));
    }

    #[test]
    fn ems_of_common_fonts_are_exact() {
        for upem in [256, 1000, 1024, 2048] {
            let ems: Em = (0..i32::from(upem)).map(|_| Em::from_units(1, upem)).sum();
            assert_eq!(ems, Em::ONE, "{upem}");
        }
        let size = Length::from_pt(10.5);
        assert_eq!(Em::ONE.at(size), size);
        assert_eq!(Em::from_length(size * 7, size), Em::ONE * 7);
    }
}
