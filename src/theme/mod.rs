//! Looks: faces, colours, strokes and the levels' colours and marks. One row of [`THEMES`] a theme.
//!
//! Whatever a theme does with colour, a level is also told apart by its words and its mark, so every theme reads in black
//! and white. Text holds a contrast of 4.5:1 and lines of 3:1 against what they stand on (WCAG 2.2, 1.4.3 and 1.4.11);
//! tests hold the table to that.

mod mark;
mod scale;

pub use mark::Mark;
pub use scale::{LevelLook, level_look};

use crate::color::Rgb;

/// How a chart looks.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// The name in `page.theme` and on the command line.
    pub name: &'static str,
    /// The Chinese name.
    pub chinese: &'static str,
    /// What it is for, in Chinese and English.
    pub purpose: [&'static str; 2],
    /// Family names of the faces.
    pub faces: Faces,
    /// Body text.
    pub ink: Rgb,
    /// Numbers, small text.
    pub muted: Rgb,
    /// Stage names, 责任人.
    pub accent: Rgb,
    /// Rules that divide, on white.
    pub rule: Rgb,
    /// Column heads.
    pub head: Fill,
    /// Boxes of the flow.
    pub stage: Fill,
    /// The flow's first and last box, start and end shapes.
    pub terminal: Fill,
    /// Decisions.
    pub decision: Fill,
    /// Outline of risk and measure boxes.
    pub box_line: Rgb,
    /// Arrows of the flow.
    pub flow_line: Rgb,
    /// Arrows from stage to risk to measure.
    pub link_line: Rgb,
    /// How levels are painted.
    pub levels: LevelStyle,
    /// Corner radius of boxes, in hundredths of the body size.
    pub radius: i64,
}

/// Family names by use, and whether they are bold.
#[derive(Clone, Copy, Debug)]
pub struct Faces {
    /// The chart's title.
    pub title: (&'static str, bool),
    /// The agency above it.
    pub unit: (&'static str, bool),
    /// Column heads and stage names.
    pub head: (&'static str, bool),
    /// Everything else; its bold face sets names of people and levels.
    pub body: &'static str,
}

/// A filled shape with text on it.
#[derive(Clone, Copy, Debug)]
pub struct Fill {
    /// The area.
    pub area: Rgb,
    /// The text.
    pub ink: Rgb,
    /// The outline.
    pub line: Rgb,
}

/// How levels are painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelStyle {
    /// Coloured badge and edge.
    Color,
    /// From black to white: the worse, the darker.
    Shade,
    /// Words in the body's colour with the mark before them, no badge, no edge.
    Plain,
}

const NAVY: Rgb = Rgb::hex(0x12_35_5b);
const PALE: Rgb = Rgb::hex(0xea_f1_f9);
const INK: Rgb = Rgb::hex(0x1a_1d_21);
const GREY: Rgb = Rgb::hex(0x5a_64_70);

const fn fill(area: Rgb, ink: Rgb, line: Rgb) -> Fill {
    Fill { area, ink, line }
}

/// The words behind the grid (水印): so light that muted type on it keeps the contrast that it has on white but for a tenth.
pub const WATERMARK: Rgb = Rgb::hex(0xee_ee_ee);

/// Every theme. The first is the default.
pub const THEMES: &[Theme] = &[
    Theme {
        name: "official",
        chinese: "公文",
        purpose: ["彩色，默认", "colour, the default"],
        faces: Faces { title: ("song", true), unit: ("hei", false), head: ("hei", true), body: "hei" },
        ink: INK,
        muted: GREY,
        accent: NAVY,
        rule: Rgb::hex(0x8a_97_a6),
        head: fill(NAVY, Rgb::WHITE, NAVY),
        stage: fill(PALE, NAVY, NAVY),
        terminal: fill(NAVY, Rgb::WHITE, NAVY),
        decision: fill(Rgb::hex(0xfd_f6_e3), INK, NAVY),
        box_line: Rgb::hex(0x7f_8b_99),
        flow_line: NAVY,
        link_line: GREY,
        levels: LevelStyle::Color,
        radius: 22,
    },
    Theme {
        name: "mono",
        chinese: "黑白",
        purpose: ["黑白打印机", "black printers"],
        faces: Faces { title: ("song", true), unit: ("hei", false), head: ("hei", true), body: "hei" },
        ink: Rgb::BLACK,
        muted: Rgb::hex(0x40_40_40),
        accent: Rgb::BLACK,
        rule: Rgb::hex(0x60_60_60),
        head: fill(Rgb::BLACK, Rgb::WHITE, Rgb::BLACK),
        stage: fill(Rgb::hex(0xf2_f2_f2), Rgb::BLACK, Rgb::BLACK),
        terminal: fill(Rgb::hex(0x26_26_26), Rgb::WHITE, Rgb::BLACK),
        decision: fill(Rgb::WHITE, Rgb::BLACK, Rgb::BLACK),
        box_line: Rgb::hex(0x40_40_40),
        flow_line: Rgb::BLACK,
        link_line: Rgb::hex(0x40_40_40),
        levels: LevelStyle::Shade,
        radius: 22,
    },
    Theme {
        name: "classic",
        chinese: "经典",
        purpose: ["白框细线，像 Word 原稿", "white boxes and thin lines, like the Word original"],
        faces: Faces { title: ("song", true), unit: ("song", false), head: ("song", true), body: "song" },
        ink: Rgb::BLACK,
        muted: Rgb::BLACK,
        accent: Rgb::BLACK,
        rule: Rgb::hex(0x60_60_60),
        head: fill(Rgb::WHITE, Rgb::BLACK, Rgb::BLACK),
        stage: fill(Rgb::WHITE, Rgb::BLACK, Rgb::BLACK),
        terminal: fill(Rgb::WHITE, Rgb::BLACK, Rgb::BLACK),
        decision: fill(Rgb::WHITE, Rgb::BLACK, Rgb::BLACK),
        box_line: Rgb::BLACK,
        flow_line: Rgb::BLACK,
        link_line: Rgb::BLACK,
        levels: LevelStyle::Plain,
        radius: 0,
    },
];

impl Theme {
    /// The theme of an English or Chinese name.
    pub fn find(name: &str) -> Option<&'static Self> {
        THEMES.iter().find(|theme| theme.name == name || theme.chinese == name)
    }

    /// The theme used where none is named.
    pub fn standard() -> &'static Self {
        &THEMES[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2, 1.4.3: text on its ground.
    const TEXT: f64 = 4.5;
    /// WCAG 2.2, 1.4.11: lines that carry meaning.
    const GRAPHICS: f64 = 3.0;

    #[test]
    fn text_reads_on_its_ground() {
        for theme in THEMES {
            for fill in [theme.head, theme.stage, theme.terminal, theme.decision] {
                assert!(fill.ink.contrast(fill.area) >= TEXT, "{} {fill:?}", theme.name);
                assert!(fill.line.contrast(Rgb::WHITE) >= GRAPHICS, "{} {fill:?}", theme.name);
            }
            for ink in [theme.ink, theme.muted, theme.accent] {
                assert!(ink.contrast(Rgb::WHITE) >= TEXT, "{} {ink:?}", theme.name);
                assert!(ink.contrast(theme.stage.area) >= TEXT || theme.stage.area == ink, "{} {ink:?}", theme.name);
            }
            for line in [theme.box_line, theme.flow_line, theme.link_line] {
                assert!(line.contrast(Rgb::WHITE) >= GRAPHICS, "{} {line:?}", theme.name);
            }
        }
    }

    #[test]
    fn levels_differ_in_mark_and_read_in_every_theme() {
        for theme in THEMES {
            for count in 1..=8 {
                let looks: Vec<_> = (0..count).map(|rank| level_look(theme, rank, count, None)).collect();
                for look in &looks {
                    assert!(look.badge_ink.contrast(look.badge) >= TEXT, "{} {count} {look:?}", theme.name);
                    assert!(look.words.contrast(Rgb::WHITE) >= TEXT, "{} {count} {look:?}", theme.name);
                    assert!(look.edge.contrast(Rgb::WHITE) >= GRAPHICS, "{} {count} {look:?}", theme.name);
                }
                let mut marks: Vec<_> = looks.iter().map(|look| look.mark).collect();
                marks.dedup();
                assert_eq!(marks.len(), count, "{} {count}", theme.name);
            }
        }
    }

    #[test]
    fn the_worse_a_level_the_darker_its_ground() {
        for theme in THEMES.iter().filter(|theme| theme.levels != LevelStyle::Plain) {
            for count in 2..=8 {
                let contrast = |rank| level_look(theme, rank, count, None).badge.contrast(Rgb::WHITE);
                let order: Vec<f64> = (0..count).map(contrast).collect();
                let darker = |pair: &[f64]| if count <= 4 { pair[0] > pair[1] * 1.15 } else { pair[0] >= pair[1] };
                assert!(order.windows(2).all(darker), "{} {count} {order:?}", theme.name);
            }
        }
    }

    #[test]
    fn a_user_colour_keeps_its_words_readable() {
        let yellow = level_look(&THEMES[0], 0, 3, Some(Rgb::hex(0xff_ff_00)));
        assert_eq!(yellow.badge, Rgb::hex(0xff_ff_00));
        assert!(yellow.badge_ink.contrast(yellow.badge) >= TEXT);
        assert!(yellow.words.contrast(Rgb::WHITE) >= TEXT);
    }
}
