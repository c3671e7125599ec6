//! QR codes (ISO/IEC 18004) as one vector shape.
//!
//! Dark modules on a light ground with the quiet zone of four modules that the standard asks for (§ 6.3.8). Error
//! correction is M, and Q or H where that takes no larger symbol: a poster is seen at an angle, in bad light and dirty.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use crate::color::Rgb;
use crate::geom::{Path, Point, Rect, Size};
use crate::scene::{FillRule, Item, Shape};
use crate::unit::Length;

/// Light modules around the symbol.
pub const QUIET_ZONE: i64 = 4;

/// The largest symbol: version 20, 97 modules a side. At half a millimetre a module it is 52 mm wide; phones begin to
/// fail beyond it.
const LARGEST: u8 = 20;

/// The most bytes that a code of the largest version holds at error correction M (ISO/IEC 18004 table 7).
pub const MOST_BYTES: usize = 666;

/// A text as a QR code, of no size yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Modules a side, the quiet zone not counted.
    side: i64,
    /// Rectangles of dark modules: left, top, right, bottom, from the symbol's corner.
    dark: Vec<[i64; 4]>,
}

/// A text longer than a code holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl Qr {
    /// The code of a text: digits, capitals or UTF-8, whichever is shorter.
    ///
    /// # Errors
    /// The text takes a symbol larger than version 20; [`MOST_BYTES`] bytes always fit.
    pub fn encode(text: &str) -> Result<Self, TooLong> {
        let segments = QrSegment::make_segments(text);
        let code = QrCode::encode_segments_advanced(
            &segments,
            QrCodeEcc::Medium,
            Version::MIN,
            Version::new(LARGEST),
            None,
            true,
        )
        .map_err(|_| TooLong)?;
        Ok(Self { side: i64::from(code.size()), dark: rectangles(&code) })
    }

    /// Modules a side with the quiet zone.
    pub fn modules(&self) -> i64 {
        self.side + 2 * QUIET_ZONE
    }

    /// The side of the code with its quiet zone where the symbol itself is at least `least` wide and each module
    /// `module`; so many whole micrometres a module.
    pub fn side(&self, least: Length, module: Length) -> Length {
        let needed = (least + Length::um(self.side - 1)) / self.side;
        needed.max(module) * self.modules()
    }

    /// The light ground and the dark modules, `side` wide and high with the quiet zone, from `corner` right and down. A
    /// side that [`side`](Self::side) gave makes modules of one size.
    pub fn place(&self, corner: Point, side: Length) -> Vec<Item> {
        let count = self.modules();
        let at = |modules: i64| side.scale(modules + QUIET_ZONE, count);
        let mut path = Path::default();
        for [left, top, right, bottom] in &self.dark {
            let rect = Rect::new(at(*left), at(*top), at(*right), at(*bottom)).shifted(corner.x, corner.y);
            path.segments.extend(Path::rect(rect).segments);
        }
        let ground = Path::rect(Rect::at(corner.x, corner.y, Size::new(side, side)));
        [(ground, Rgb::WHITE), (path, Rgb::BLACK)]
            .map(|(path, fill)| Shape { path, fill: Some(fill), rule: FillRule::NonZero, stroke: None, span: None })
            .map(Item::Path)
            .into()
    }
}

/// The dark modules as rectangles: rows' runs, each as deep as the rows below repeat it. Modules that touch are one
/// shape then, and no seam shows between them.
fn rectangles(code: &QrCode) -> Vec<[i64; 4]> {
    let side = code.size();
    let runs = |y: i32| {
        let mut runs: Vec<[i64; 2]> = Vec::new();
        for x in (0..side).filter(|&x| code.get_module(x, y)) {
            let x = i64::from(x);
            match runs.last_mut() {
                Some(run) if run[1] == x => run[1] = x + 1,
                _ => runs.push([x, x + 1]),
            }
        }
        runs
    };
    let mut done: Vec<[i64; 4]> = Vec::new();
    for y in 0..side {
        let top = i64::from(y);
        for [left, right] in runs(y) {
            let above = done.iter_mut().rev().find(|r| r[0] == left && r[2] == right && r[3] == top);
            match above {
                Some(above) => above[3] = top + 1,
                None => done.push([left, top, right, top + 1]),
            }
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader makes of the items, looked at in whole modules.
    fn read(qr: &Qr) -> String {
        let side = qr.side(Length::mm(18), Length::um(500));
        let items = qr.place(Point::new(Length::mm(3), Length::mm(5)), side);
        let [Item::Path(ground), Item::Path(dark)] = items.as_slice() else { panic!("two shapes") };
        let corner = ground.path.bounds().expect("a ground");
        let module = side / qr.modules();
        let boxes: Vec<Rect> = dark
            .path
            .segments
            .chunks(5)
            .map(|rect| Path { segments: rect.to_vec() }.bounds().expect("a rectangle"))
            .collect();
        let quiet = corner.inset(module * QUIET_ZONE);
        assert!(boxes.iter().all(|dark| quiet.contains(dark)), "the quiet zone is kept");
        let grid = rqrr::SimpleGrid::from_func(qr.side as usize, |x, y| {
            let at = |modules: usize| module * modules as i64 + module / 2;
            let (x, y) = (quiet.left + at(x), quiet.top + at(y));
            boxes.iter().any(|dark| dark.left < x && x < dark.right && dark.top < y && y < dark.bottom)
        });
        rqrr::Grid::new(grid).decode().expect("readable").1
    }

    #[test]
    fn readers_find_the_text() {
        for text in ["https://www.example.gov.cn/jubao?id=12388", "扫码举报：12388", "0123456789", "A", ""] {
            assert_eq!(read(&Qr::encode(text).expect("short")), text);
        }
    }

    #[test]
    fn modules_are_never_smaller_than_asked_for() {
        let short = Qr::encode("12388").expect("short");
        assert_eq!(short.modules(), 29);
        let symbol = short.side(Length::mm(18), Length::um(500)) / 29 * 21;
        assert!(symbol >= Length::mm(18) && symbol < Length::mm(18) + Length::um(21));
        let long = Qr::encode(&"长".repeat(MOST_BYTES / 3)).expect("fits");
        assert_eq!(long.side(Length::mm(18), Length::um(500)), Length::um(500) * long.modules());
        assert_eq!(Qr::encode(&"长".repeat(MOST_BYTES / 3 + 1)), Err(TooLong));
    }

    #[test]
    fn equal_rows_are_one_rectangle() {
        let qr = Qr::encode("12388").expect("short");
        assert!(qr.dark.contains(&[0, 0, 7, 1]) && qr.dark.contains(&[0, 1, 1, 6]), "a finder pattern's sides");
        assert!(qr.dark.contains(&[2, 2, 5, 5]), "its middle");
    }
}
