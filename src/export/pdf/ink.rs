//! Colours as one of PDF's device spaces: a file uses one space alone, so a press never meets stray RGB.

use super::content::Content;
use crate::color::Rgb;
use crate::scene::ColorMode;

/// The colour's components in the mode's space, 0 to 255: red, green, blue; cyan, magenta, yellow, black; or grey.
///
/// For [`ColorMode::Cmyk`] black takes over all that the three inks have in common (full grey component replacement),
/// so neutral greys are black alone, black text is `0 0 0 1`, and no paper is soaked.
pub(in crate::export) fn components(mode: ColorMode, color: Rgb) -> Vec<u8> {
    let Rgb(r, g, b) = color;
    match mode {
        ColorMode::Rgb => vec![r, g, b],
        ColorMode::Gray => vec![gray(color)],
        ColorMode::Cmyk => {
            let light = r.max(g).max(b);
            let ink = |c: u8| {
                let (missing, light) = (u32::from(light - c), u32::from(light));
                (missing * 255 + light / 2).checked_div(light).unwrap_or(0) as u8
            };
            vec![ink(r), ink(g), ink(b), 255 - light]
        }
    }
}

/// How far the channels of a colour lie apart that the eye takes for grey.
const NEUTRAL: u8 = 24;
/// Greys darker than this are meant as black.
const DARK: u8 = 32;

/// A colour's components in thousandths, which tell all 256 values apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ink(Vec<u16>);

impl Ink {
    /// Makes it the current colour by the operator of its space: that for grey, RGB, or CMYK.
    pub(super) fn set(&self, content: &mut Content, [gray, rgb, cmyk]: [&str; 3]) {
        self.0.iter().for_each(|&part| content.thousandths(part));
        content.operator(
            &[],
            match self.0.len() {
                1 => gray,
                3 => rgb,
                _ => cmyk,
            },
        );
    }
}

/// The colour as a page's operators have it. In CMYK, what looks grey is black ink alone, and what looks black is all of
/// it: small type in several inks, or screened, blurs where plates don't meet exactly.
pub(super) fn ink(mode: ColorMode, color: Rgb) -> Ink {
    let Rgb(r, g, b) = color;
    let looks_grey = r.max(g).max(b) - r.min(g).min(b) <= NEUTRAL;
    let color = if mode != ColorMode::Cmyk || !looks_grey {
        color
    } else {
        match gray(color) {
            dark if dark < DARK => Rgb::BLACK,
            grey => Rgb(grey, grey, grey),
        }
    };
    Ink(components(mode, color).into_iter().map(thousandths).collect())
}

fn thousandths(value: u8) -> u16 {
    ((u32::from(value) * 2000 + 255) / 510) as u16
}

/// The grey of the same luminance, so that contrasts stay what they were.
fn gray(color: Rgb) -> u8 {
    let wanted = color.luminance();
    let lightness = |value: u8| Rgb(value, value, value).luminance();
    // Greys ascend in luminance; the first not below is wanted, or the one before where that is nearer.
    let (mut low, mut high) = (0_u8, 255_u8);
    while low < high {
        let middle = low + (high - low) / 2;
        if lightness(middle) < wanted { low = middle + 1 } else { high = middle }
    }
    if low > 0 && wanted - lightness(low - 1) < lightness(low) - wanted { low - 1 } else { low }
}

/// The name of the mode's space.
pub(super) fn space(mode: ColorMode) -> &'static str {
    match mode {
        ColorMode::Rgb => "DeviceRGB",
        ColorMode::Cmyk => "DeviceCMYK",
        ColorMode::Gray => "DeviceGray",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neutrals_are_black_ink_alone() {
        for value in 0..=255 {
            assert_eq!(components(ColorMode::Cmyk, Rgb(value, value, value)), [0, 0, 0, 255 - value]);
            assert_eq!(components(ColorMode::Gray, Rgb(value, value, value)), [value]);
        }
        assert_eq!(components(ColorMode::Cmyk, Rgb(255, 0, 0)), [0, 255, 255, 0]);
        assert_eq!(components(ColorMode::Cmyk, Rgb(0, 0, 128)), [255, 255, 0, 127]);
    }

    #[test]
    fn what_looks_grey_is_black_ink_alone() {
        let parts = |hex| ink(ColorMode::Cmyk, Rgb::hex(hex)).0;
        assert_eq!(parts(0x1a1d21), [0, 0, 0, 1000], "the ink of the standard theme");
        assert!(matches!(parts(0x5a6470)[..], [0, 0, 0, k] if (580..640).contains(&k)));
        assert!(parts(0x12355b)[0] > 700, "navy stays blue");
        assert_eq!(parts(0xffffff), [0; 4]);
    }

    #[test]
    fn greys_keep_luminance() {
        for color in [Rgb::hex(0xb3261e), Rgb::hex(0x12355b), Rgb::hex(0x00ff00)] {
            let grey = components(ColorMode::Gray, color)[0];
            let off = (Rgb(grey, grey, grey).luminance() - color.luminance()).abs();
            assert!(off < 0.005, "{color:?} → {grey}");
        }
    }

    #[test]
    fn thousandths_are_enough() {
        for value in 0..=255_u8 {
            assert_eq!((f64::from(thousandths(value)) * 0.255).round(), f64::from(value));
        }
    }
}
