//! Colour profiles to embed (ICC.1:2001-12, version 2): sRGB as IEC 61966-2-1 defines it, its greys, and a press.
//!
//! The press is `press/coated.icc`, made by `press/make.py` beside it: offset on coated paper after ISO 12647-2, from
//! Neugebauer's equations and the colours of the solids that the standard gives. It is no measurement of any shop's
//! press, and small; a shop's own profile takes its place where it is given. The page's numbers are the same with
//! either: a profile tells what four inks look like, it changes none.

use std::borrow::Cow;

use crate::color::Rgb;
use crate::color::press::PressProfile;
use crate::scene::ColorMode;

/// A profile to embed.
pub(super) struct Profile<'a> {
    /// What it is called.
    pub(super) name: &'a str,
    /// The file.
    pub(super) bytes: Cow<'a, [u8]>,
    /// How many numbers a colour has.
    pub(super) channels: i64,
}

const SRGB: &str = "sRGB IEC61966-2.1";
const GRAY: &str = "Gray, tone curve of sRGB";
const COATED: &str = "Coated paper, offset, after ISO 12647-2 (riskchart)";

/// What a file's colours mean: in CMYK those of the print shop's press, where its profile is given.
pub(super) fn of(mode: ColorMode, shop: Option<&PressProfile>) -> Profile<'_> {
    match (mode, shop) {
        (ColorMode::Rgb, _) => Profile { name: SRGB, bytes: srgb().into(), channels: 3 },
        (ColorMode::Gray, _) => Profile { name: GRAY, bytes: gray().into(), channels: 1 },
        (ColorMode::Cmyk, Some(shop)) => Profile { name: shop.name(), bytes: shop.bytes().into(), channels: 4 },
        (ColorMode::Cmyk, None) => {
            Profile { name: COATED, bytes: include_bytes!("press/coated.icc").as_slice().into(), channels: 4 }
        }
    }
}

/// The white of the connection space, D50, and the sRGB primaries adapted to it by the Bradford transform: X, Y, Z in
/// 1/65536. Blue takes what rounding leaves, so that the three add up to white and greys are neutral.
const D50: [i32; 3] = [0xf6d6, 0x10000, 0xd32d];
const RED: [i32; 3] = [0x6fa3, 0x38f6, 0x0391];
const GREEN: [i32; 3] = [0x6294, 0xb785, 0x18dc];
const BLUE: [i32; 3] = [0x249f, 0x0f85, 0xb6c0];

/// The sRGB profile.
pub(in crate::export) fn srgb() -> Vec<u8> {
    let curve = curve();
    profile(
        SRGB,
        b"RGB ",
        &[
            (b"rXYZ", xyz(RED)),
            (b"gXYZ", xyz(GREEN)),
            (b"bXYZ", xyz(BLUE)),
            (b"rTRC", curve.clone()),
            (b"gTRC", curve.clone()),
            (b"bTRC", curve),
        ],
    )
}

/// The profile of greys with sRGB's tone curve.
fn gray() -> Vec<u8> {
    profile(GRAY, b"GRAY", &[(b"kTRC", curve())])
}

fn profile(name: &str, space: &[u8; 4], own: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let common = [(b"desc", description(name)), (b"cprt", copyright()), (b"wtpt", xyz(D50))];
    let tags: Vec<_> = common.into_iter().chain(own.iter().map(|(tag, data)| (*tag, data.clone()))).collect();
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let begin = 128 + 4 + 12 * tags.len();
    let mut data: Vec<u8> = Vec::new();
    let mut written: Vec<(Vec<u8>, usize)> = Vec::new();
    for (tag, content) in tags {
        // Equal tags share their data.
        let known = written.iter().find(|(known, _)| *known == content).map(|(_, at)| *at);
        let at = known.unwrap_or(begin + data.len());
        table.extend(tag);
        table.extend((at as u32).to_be_bytes());
        table.extend((content.len() as u32).to_be_bytes());
        if known.is_none() {
            data.extend(&content);
            data.resize(data.len().next_multiple_of(4), 0);
            written.push((content, at));
        }
    }
    let mut out = header(space, begin + data.len());
    out.extend(table);
    out.extend(data);
    out
}

/// The 128 bytes that every profile begins with (clause 6.1). The date is the standard's own.
fn header(space: &[u8; 4], size: usize) -> Vec<u8> {
    let mut out = (size as u32).to_be_bytes().to_vec();
    out.extend([0; 4]);
    out.extend([2, 0x40, 0, 0]);
    out.extend(b"mntr");
    out.extend(space);
    out.extend(b"XYZ ");
    for part in [1999_u16, 10, 18, 0, 0, 0] {
        out.extend(part.to_be_bytes());
    }
    out.extend(b"acsp");
    out.extend([0; 28]);
    for part in D50 {
        out.extend(part.to_be_bytes());
    }
    out.resize(128, 0);
    out
}

/// The tone curve at each eight-bit value (curveType).
fn curve() -> Vec<u8> {
    let mut out = b"curv\0\0\0\0".to_vec();
    out.extend(256_u32.to_be_bytes());
    for value in 0..=255_u8 {
        let light = Rgb(value, value, value).luminance();
        out.extend(((light * 65_535.0).round() as u16).to_be_bytes());
    }
    out
}

fn xyz(value: [i32; 3]) -> Vec<u8> {
    let mut out = b"XYZ \0\0\0\0".to_vec();
    out.extend(value.into_iter().flat_map(i32::to_be_bytes));
    out
}

fn copyright() -> Vec<u8> {
    let mut out = b"text\0\0\0\0".to_vec();
    out.extend(b"CC0\0");
    out
}

/// A textDescriptionType with its ASCII part alone: the other two are counted as empty.
fn description(name: &str) -> Vec<u8> {
    let mut out = b"desc\0\0\0\0".to_vec();
    out.extend((name.len() as u32 + 1).to_be_bytes());
    out.extend(name.as_bytes());
    out.resize(out.len() + 1 + 4 + 4 + 2 + 1 + 67, 0);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_whole() {
        for profile in [srgb(), gray()] {
            let number = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().expect("four")) as usize;
            assert_eq!(number(0), profile.len());
            for tag in 0..number(128) {
                let (at, size) = (number(132 + 12 * tag + 4), number(132 + 12 * tag + 8));
                assert!(at % 4 == 0 && at + size <= profile.len());
            }
        }
    }

    #[test]
    fn the_press_is_an_output_profile() {
        let coated = of(ColorMode::Cmyk, None);
        let read = PressProfile::read(coated.bytes.into_owned()).expect("a profile of a press");
        assert_eq!(read.name(), COATED);
    }

    #[test]
    fn primaries_add_up_to_white() {
        for part in 0..3 {
            assert_eq!(RED[part] + GREEN[part] + BLUE[part], D50[part], "{part}");
        }
    }
}
