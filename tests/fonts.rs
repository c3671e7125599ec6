//! The vendored faces are the ones the table of checksums names, and hold the characters promised.

#![allow(clippy::disallowed_methods, reason = "tests read files of the project")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use riskchart::font::{Face, FontBook};
use sha2::{Digest, Sha256};

const CHINESE: [(&str, &str, bool); 5] = [
    ("hei-regular.ttf", "hei", false),
    ("hei-bold.ttf", "hei", true),
    ("song-regular.ttf", "song", false),
    ("song-bold.ttf", "song", true),
    ("kai-regular.ttf", "kai", false),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")
}

fn text(file: &str) -> String {
    fs::read_to_string(folder().join(file)).expect(file)
}

/// Characters written as `U+4E00` and `U+4E00-9FFF`.
fn characters<'a>(words: impl Iterator<Item = &'a str>) -> BTreeSet<char> {
    let code = |hex: &str| u32::from_str_radix(hex, 16).expect("hexadecimal");
    let ranges = words.map(|word| {
        let word = word.strip_prefix("U+").expect("U+");
        let (first, last) = word.split_once('-').unwrap_or((word, word));
        code(first)..=code(last)
    });
    ranges.flatten().filter_map(char::from_u32).collect()
}

fn with_face(short: &str, bold: bool, check: impl FnOnce(&Face)) {
    let book = FontBook::embedded();
    let id = book.find(short, bold).expect("embedded");
    assert_eq!(book.face(id).is_bold(), bold);
    check(book.face(id));
}

#[test]
fn files_have_their_checksums() {
    let sums = text("SHA256SUMS");
    let mut named = BTreeSet::new();
    for line in sums.lines() {
        let (sum, file) = line.split_once("  ").expect("sum and name");
        let bytes = fs::read(folder().join(file)).expect(file);
        let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(found, sum, "{file}");
        named.insert(file.to_owned());
    }
    for entry in fs::read_dir(folder()).expect("fonts") {
        let name = entry.expect("entry").file_name().to_string_lossy().into_owned();
        assert!(!name.ends_with(".ttf") || named.contains(&name), "{name} has no checksum");
    }
}

#[test]
fn chinese_faces_hold_the_core_set_but_for_the_listed_gaps() {
    let core_text = text("set-core.txt");
    let core = characters(core_text.split_whitespace());
    let gaps_text = text("gaps.txt");
    assert!(core.len() > 11_000);
    for (file, short, bold) in CHINESE {
        let line = gaps_text.lines().find(|line| line.starts_with(file)).expect(file);
        let gaps = characters(line.split_whitespace().skip(1));
        with_face(short, bold, |face| {
            let lacking: BTreeSet<char> = core.iter().copied().filter(|&c| face.glyph(c).is_none()).collect();
            assert_eq!(lacking, gaps, "{file}");
        });
    }
}

#[test]
fn chinese_faces_hold_gb2312_and_the_marks_of_gb15834() {
    let pairs = (0xA1..=0xF7u8).flat_map(|lead| (0xA1..=0xFEu8).map(move |trail| [lead, trail]));
    let decoded = pairs.filter_map(|pair| {
        let (text, _, bad) = encoding_rs::GBK.decode(&pair);
        let c = text.chars().next()?;
        let in_gb2312 = !bad && !('\u{E000}'..='\u{F8FF}').contains(&c);
        in_gb2312.then_some((pair, c))
    });
    // GBK fills rows that GB/T 2312 leaves empty: rows 2 and 6 beyond their ends, and rows 8 to 15.
    let empty = |[lead, trail]: [u8; 2]| {
        matches!(lead, 0xA8..=0xAF)
            || (lead == 0xA2 && trail < 0xB1)
            || (lead == 0xA6 && trail > 0xD8)
            || (lead == 0xD7 && trail > 0xF9)
    };
    let gb2312: BTreeSet<char> = decoded.filter(|&(pair, _)| !empty(pair)).map(|(_, c)| c).collect();
    assert!(gb2312.len() > 7300, "{}", gb2312.len());
    let marks = "。？！，、；：“”‘’（）〔〕【】［］——……—-～·《》〈〉＿/";
    for (file, short, bold) in CHINESE {
        with_face(short, bold, |face| {
            let lacking: Vec<char> =
                gb2312.iter().copied().chain(marks.chars()).filter(|&c| face.glyph(c).is_none()).collect();
            assert!(lacking.is_empty(), "{file}: {lacking:?}");
        });
    }
}

#[test]
fn no_han_character_of_the_core_set_is_left_without_a_face() {
    let book = FontBook::embedded();
    let hei = book.find("hei", false).expect("embedded");
    let core_text = text("set-core.txt");
    let han = |c: &char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}');
    let none: Vec<char> = characters(core_text.split_whitespace())
        .into_iter()
        .filter(han)
        .filter(|&c| book.face_for(hei, c).is_none())
        .collect();
    assert_eq!(none, ["\u{2123C}".chars().next().expect("one")], "𡈼 is in none of the sources");
}
