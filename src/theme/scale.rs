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
    /// The words 风险等级： on white, or on what [`on`](Self::on) tells.
    pub words: Rgb,
    /// The shape that stands for the level.
    pub mark: Mark,
    /// Whether there is a badge and an edge, or words alone.
    pub plain: bool,
}

impl LevelLook {
    /// The same where its words stand on another light ground.
    pub fn on(self, ground: Rgb) -> Self {
        Self { words: self.words.darkened(ground, READABLE), ..self }
    }
}

/// Colours from worst to mildest, by the number of levels, each lighter than the one before: in grey too the worst is the
/// darkest. Scales of five and more take theirs from the last row.
const PALETTES: [&[Rgb]; 5] = [
    &[Rgb::hex(0x99_19_12)],
    &[Rgb::hex(0x99_19_12), Rgb::hex(0xd6_79_00)],
    &[Rgb::hex(0x99_19_12), Rgb::hex(0xab_60_00), Rgb::hex(0x34_9e_5e)],
    &[Rgb::hex(0x99_19_12), Rgb::hex(0x96_55_00), Rgb::hex(0x23_73_cc), Rgb::hex(0x34_9e_5e)],
    &[
        Rgb::hex(0x85_1e_18),
        Rgb::hex(0x8f_3b_03),
        Rgb::hex(0x8a_4f_03),
        Rgb::hex(0x23_66_b0),
        Rgb::hex(0x90_4e_c7),
        Rgb::hex(0x22_7e_87),
        Rgb::hex(0x68_87_a6),
        Rgb::hex(0x16_a6_4f),
    ],
];

/// The colour of a rank in a scale of `count` levels.
fn dealt(rank: usize, count: usize) -> Rgb {
    let palette = PALETTES[count.clamp(1, PALETTES.len()) - 1];
    let at = if (2..palette.len()).contains(&count) { rank * (palette.len() - 1) / (count - 1) } else { rank };
    palette[at % palette.len()]
}

/// Least contrast of text on its ground (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;
/// Least contrast of a line that carries meaning (WCAG 2.2, 1.4.11).
const VISIBLE: f64 = 3.0;

/// How the level of a rank (0 the worst) in a scale of `count` levels is painted, in the user's colour where one is given.
pub fn level_look(theme: &Theme, rank: usize, count: usize, chosen: Option<Rgb>) -> LevelLook {
    let mark = Mark::dealt(rank, count);
    match theme.levels {
        LevelStyle::Color => colored(chosen.unwrap_or(dealt(rank, count)), mark),
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

/// A light colour is darkened where it stands on white, as far as must be: it is still told from the others.
fn colored(color: Rgb, mark: Mark) -> LevelLook {
    let badge_ink = if color.contrast(Rgb::WHITE) >= READABLE { Rgb::WHITE } else { Rgb::BLACK };
    let words = color.darkened(Rgb::WHITE, READABLE);
    let edge = color.darkened(Rgb::WHITE, VISIBLE);
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
