//! Colours of the levels of a scale, by rank: no level's name is known here.

use super::{LevelStyle, Mark, Theme};
use crate::color::Rgb;

/// How one level is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelLook {
    /// The badge's area.
    pub badge: Rgb,
    /// The name and mark on the badge.
    pub badge_ink: Rgb,
    /// The badge's outline.
    pub badge_line: Rgb,
    /// The risk box's edge.
    pub edge: Rgb,
    /// The words 风险等级： on white.
    pub words: Rgb,
    /// The shape that stands for the level.
    pub mark: Mark,
    /// Whether there is a badge and an edge, or words alone.
    pub plain: bool,
}

const RED: Rgb = Rgb::hex(0xb3_24_1c);
const AMBER: Rgb = Rgb::hex(0xa3_5c_00);
const GREEN: Rgb = Rgb::hex(0x1b_6e_3c);
const BLUE: Rgb = Rgb::hex(0x1d_5f_a8);
const RUST: Rgb = Rgb::hex(0xa3_41_00);
const TEAL: Rgb = Rgb::hex(0x0c_6b_74);
const PURPLE: Rgb = Rgb::hex(0x6a_3d_8f);
const SLATE: Rgb = Rgb::hex(0x52_5c_66);

/// Colours from worst to mildest, by the number of levels. Longer scales use the last row in turn.
const PALETTES: [&[Rgb]; 5] = [
    &[RED],
    &[RED, AMBER],
    &[RED, AMBER, GREEN],
    &[RED, AMBER, BLUE, GREEN],
    &[RED, RUST, AMBER, BLUE, GREEN, TEAL, PURPLE, SLATE],
];

/// Least contrast of text on its ground (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;
/// Least contrast of a line that carries meaning (WCAG 2.2, 1.4.11).
const VISIBLE: f64 = 3.0;

/// How the level of a rank (0 the worst) in a scale of `count` levels is painted, in the user's colour where one is given.
pub fn level_look(theme: &Theme, rank: usize, count: usize, chosen: Option<Rgb>) -> LevelLook {
    let mark = Mark::dealt(rank, count);
    match theme.levels {
        LevelStyle::Color => {
            let palette = PALETTES[count.clamp(1, PALETTES.len()) - 1];
            colored(theme, chosen.unwrap_or(palette[rank % palette.len()]), mark)
        }
        LevelStyle::Shade => shaded(rank, count, mark),
        LevelStyle::Plain => LevelLook {
            badge: Rgb::WHITE,
            badge_ink: theme.ink,
            badge_line: theme.ink,
            edge: theme.box_line,
            words: theme.ink,
            mark,
            plain: true,
        },
    }
}

fn colored(theme: &Theme, color: Rgb, mark: Mark) -> LevelLook {
    let badge_ink = if color.contrast(Rgb::WHITE) >= READABLE { Rgb::WHITE } else { Rgb::BLACK };
    let words = if color.contrast(Rgb::WHITE) >= READABLE { color } else { theme.ink };
    let visible = color.contrast(Rgb::WHITE) >= VISIBLE;
    let edge = if visible { color } else { theme.ink };
    LevelLook { badge: color, badge_ink, badge_line: edge, edge, words, mark, plain: false }
}

/// The worst is white on black, the mildest black on white, those between on greys that text still reads on.
fn shaded(rank: usize, count: usize, mark: Mark) -> LevelLook {
    let (badge, badge_ink) = match (rank, count) {
        (0, _) => (Rgb::hex(0x00_00_00), Rgb::WHITE),
        (rank, count) if rank + 1 == count => (Rgb::WHITE, Rgb::BLACK),
        (rank, count) if rank * 2 < count => (Rgb::hex(0x59_59_59), Rgb::WHITE),
        _ => (Rgb::hex(0xd0_d0_d0), Rgb::BLACK),
    };
    let edge = if badge.contrast(Rgb::WHITE) >= VISIBLE { badge } else { Rgb::hex(0x80_80_80) };
    LevelLook { badge, badge_ink, badge_line: Rgb::BLACK, edge, words: Rgb::BLACK, mark, plain: false }
}
