//! The papers a chart can be printed on: one row each.

use crate::geom::Size;
use crate::unit::Length;

/// A sheet: its name and trimmed size, short side first unless given as `WxHmm`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The name as the user writes it.
    pub name: String,
    /// The trimmed size as listed.
    pub size: Size,
}

/// 方向.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// 纵向: taller than wide.
    Portrait,
    /// 横向: wider than tall.
    Landscape,
}

/// One row of [`PAPERS`].
#[derive(Clone, Copy, Debug)]
pub struct PaperRow {
    /// The name users write.
    pub name: &'static str,
    /// The short side in mm.
    pub width_mm: i64,
    /// The long side in mm.
    pub height_mm: i64,
    /// Where the size comes from, or what it is used for.
    pub source: &'static str,
}

const fn row(name: &'static str, width_mm: i64, height_mm: i64, source: &'static str) -> PaperRow {
    PaperRow { name, width_mm, height_mm, source }
}

const ISO_A: &str = "ISO 216, GB/T 148";
const ISO_B: &str = "ISO 216, GB/T 148";
const DADU: &str = "大度纸 889×1194";
const ZHENGDU: &str = "正度纸 787×1092";

/// Every paper known by name.
pub const PAPERS: &[PaperRow] = &[
    row("A0", 841, 1189, ISO_A),
    row("A1", 594, 841, ISO_A),
    row("A2", 420, 594, ISO_A),
    row("A3", 297, 420, ISO_A),
    row("A4", 210, 297, ISO_A),
    row("A5", 148, 210, ISO_A),
    row("B0", 1000, 1414, ISO_B),
    row("B1", 707, 1000, ISO_B),
    row("B2", 500, 707, ISO_B),
    row("B3", 353, 500, ISO_B),
    row("B4", 250, 353, ISO_B),
    row("B5", 176, 250, ISO_B),
    row("大度全开", 889, 1194, DADU),
    row("大度对开", 570, 840, DADU),
    row("大度4开", 420, 570, DADU),
    row("大度8开", 285, 420, DADU),
    row("大度16开", 210, 285, DADU),
    row("正度全开", 787, 1092, ZHENGDU),
    row("正度对开", 540, 740, ZHENGDU),
    row("正度4开", 370, 540, ZHENGDU),
    row("正度8开", 260, 370, ZHENGDU),
    row("正度16开", 185, 260, ZHENGDU),
];

/// The smallest and largest side of a custom size, in mm.
const CUSTOM_MM: std::ops::RangeInclusive<f64> = 50.0..=5000.0;

impl Paper {
    /// Reads a name of [`PAPERS`] or a size such as `600x900mm` (`×`, `*`, full-width letters and spaces are allowed).
    ///
    /// Returns `None` where it is neither, or a side is not between 50 and 5000 mm.
    pub fn parse(written: &str) -> Option<Self> {
        let key = fold(written);
        if let Some(row) = PAPERS.iter().find(|row| fold(row.name) == key) {
            let size = Size::new(Length::mm(row.width_mm), Length::mm(row.height_mm));
            return Some(Self { name: row.name.to_owned(), size });
        }
        let sides = key.strip_suffix("MM").unwrap_or(&key);
        let (width, height) = sides.split_once('X')?;
        let side = |text: &str| text.parse::<f64>().ok().filter(|mm| CUSTOM_MM.contains(mm));
        let (width, height) = (side(width)?, side(height)?);
        let size = Size::new(Length::from_mm(width), Length::from_mm(height));
        Some(Self { name: format!("{width}x{height}mm"), size })
    }

    /// The paper used where none is named: A3.
    pub fn standard() -> Self {
        Self { name: "A3".to_owned(), size: Size::new(Length::mm(297), Length::mm(420)) }
    }

    /// The trimmed size turned to an orientation.
    pub fn turned(&self, orientation: Orientation) -> Size {
        let (short, long) = (self.size.width.min(self.size.height), self.size.width.max(self.size.height));
        match orientation {
            Orientation::Portrait => Size::new(short, long),
            Orientation::Landscape => Size::new(long, short),
        }
    }
}

/// Upper case, half width, without spaces; `开` and `度` kept, `×` and `*` as X, Han digits of 开 sizes as written.
fn fold(written: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '×' | '*' | '✕' => 'X',
        '四' => '4',
        '八' => '8',
        _ => c,
    };
    let folded: String = written.chars().filter(|c| !c.is_whitespace()).map(half).collect();
    folded.to_uppercase().replace("毫米", "MM").replace("十六开", "16开")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_sizes() {
        for row in PAPERS {
            let paper = Paper::parse(row.name).expect(row.name);
            assert!(paper.size.width <= paper.size.height, "{}", row.name);
        }
        assert_eq!(Paper::parse("a3"), Paper::parse("Ａ３"));
        assert_eq!(Paper::parse("大度 四开"), Paper::parse("大度4开"));
        let board = Paper::parse("600 × 900 mm").expect("custom");
        assert_eq!(board.size, Size::new(Length::mm(600), Length::mm(900)));
        assert_eq!(board.turned(Orientation::Landscape), Size::new(Length::mm(900), Length::mm(600)));
        for bad in ["A9", "600x", "10x900mm", "x", "", "nanxinfmm", "6000x10"] {
            assert_eq!(Paper::parse(bad), None, "{bad}");
        }
    }
}
