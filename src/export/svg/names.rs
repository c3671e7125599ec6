//! What ids are called: each page by letters of its own, each glyph by its number.

use crate::export::fnv::Fnv32;
use crate::scene::{Item, Page, Scene};

/// What ids are made of, letters first.
const DIGITS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// Letters and digits that an id may begin with, a letter first: drawn from what the page says and where.
pub(super) fn own_letters(scene: &Scene, index: usize, page: &Page) -> String {
    let mut hash = Fnv32::default();
    let mut add = |bytes: &[u8]| hash.add(bytes);
    add(scene.meta.title.as_bytes());
    add(&(index as u64).to_be_bytes());
    page.walk(|item, _| {
        if let Item::Text(run) = item {
            add(scene.fonts.face(run.face).postscript_name().as_bytes());
            add(run.text.as_bytes());
            add(&run.origin.x.to_um().to_be_bytes());
            add(&run.origin.y.to_um().to_be_bytes());
        }
    });
    let mut hash = hash.0;
    let mut letters = String::new();
    for base in [26, 36, 36, 36] {
        letters.push(char::from(DIGITS[(hash % base) as usize]));
        hash /= base;
    }
    letters
}

/// A glyph's name: its number among those of the page, in letters and digits.
pub(super) fn push_name(out: &mut String, mut number: usize) {
    let mut letters = Vec::new();
    while letters.is_empty() || number > 0 {
        letters.push(DIGITS[number % DIGITS.len()]);
        number /= DIGITS.len();
    }
    out.extend(letters.into_iter().rev().map(char::from));
}
