//! Font files with no more than a PDF reader wants.

/// The tables that draw glyphs (ISO 32000-1 § 9.9, table 126). Names and PostScript data stay out: the file's own
/// dictionaries say all of it.
const WANTED: [&[u8; 4]; 9] = [b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep"];
/// Where `head` holds the sum that makes the whole file's [`WHOLE`] (OpenType, `head`).
const ADJUSTMENT: std::ops::Range<usize> = 8..12;
const WHOLE: u32 = 0xb1b0_afba;
/// How a TrueType file begins.
pub(super) const MAGIC: [u8; 4] = [0, 1, 0, 0];

/// The font file with the tables in [`WANTED`] alone; `None` where it is not a TrueType file.
pub(super) fn strip(file: &[u8]) -> Option<Vec<u8>> {
    let count = u16::from_be_bytes(file.get(4..6)?.try_into().ok()?);
    let mut kept: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    for entry in file.get(12..12 + 16 * usize::from(count))?.chunks_exact(16) {
        let tag: [u8; 4] = entry.get(..4)?.try_into().ok()?;
        if WANTED.contains(&&tag) {
            let number = |at: usize| Some(u32::from_be_bytes(entry.get(at..at + 4)?.try_into().ok()?) as usize);
            let at = number(8)?;
            let mut table = file.get(at..at.checked_add(number(12)?)?)?.to_vec();
            if &tag == b"head" {
                table.get_mut(ADJUSTMENT)?.fill(0);
            }
            kept.push((tag, table));
        }
    }
    Some(build(kept))
}

fn build(mut tables: Vec<([u8; 4], Vec<u8>)>) -> Vec<u8> {
    tables.sort();
    let count = tables.len() as u16;
    let power = count.max(1).ilog2();
    let range = 16_u16 << power;
    let mut out =
        Vec::with_capacity(tables.iter().map(|(_, table)| 16 + table.len().next_multiple_of(4)).sum::<usize>() + 12);
    out.extend(MAGIC);
    for field in [count, range, power as u16, (count * 16).saturating_sub(range)] {
        out.extend(field.to_be_bytes());
    }
    let mut at = 12 + 16 * tables.len();
    let mut head = None;
    let mut whole = 0_u32;
    for (tag, table) in &tables {
        let own = sum(table);
        whole = whole.wrapping_add(own);
        out.extend(tag);
        for field in [own, at as u32, table.len() as u32] {
            out.extend(field.to_be_bytes());
        }
        if tag == b"head" {
            head = Some(at);
        }
        at += table.len().next_multiple_of(4);
    }
    // The tables begin at whole words, so their sums and that of what stands before them are the file's.
    let adjustment = WHOLE.wrapping_sub(whole.wrapping_add(sum(&out))).to_be_bytes();
    for (_, table) in &tables {
        out.extend(table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    if let Some(place) = head.and_then(|at| out.get_mut(at + ADJUSTMENT.start..at + ADJUSTMENT.end)) {
        place.copy_from_slice(&adjustment);
    }
    out
}

/// A table's checksum: its 32-bit words added up, the last filled with zeros.
fn sum(table: &[u8]) -> u32 {
    let (words, rest) = table.as_chunks::<4>();
    let mut last = [0; 4];
    last[..rest.len()].copy_from_slice(rest);
    words.iter().chain([&last]).map(|word| u32::from_be_bytes(*word)).fold(0, u32::wrapping_add)
}

#[cfg(test)]
mod tests {
    use skrifa::raw::TableProvider;

    use super::*;
    use crate::font::FontBook;

    #[test]
    fn glyphs_stay_as_they_were() {
        let book = FontBook::embedded();
        let hei = book.find("hei", false).expect("hei");
        let face = book.face(hei);
        let glyphs: Vec<u16> = "国，A".chars().filter_map(|c| face.glyph(c)).collect();
        let subset = face.subset(&glyphs);
        let file = strip(&subset.bytes).expect("stripped");
        assert!(file.len() < subset.bytes.len());
        assert_eq!(sum(&file), WHOLE);
        let font = skrifa::raw::FontRef::new(&file).expect("font");
        for (tag, of) in
            [(b"glyf", font.glyf().is_ok()), (b"hmtx", font.hmtx().is_ok()), (b"name", font.name().is_err())]
        {
            assert!(of, "{}", String::from_utf8_lossy(tag));
        }
    }

    #[test]
    fn what_is_no_font_is_refused() {
        for bad in [&b""[..], b"OTTO", &[0, 1, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0]] {
            assert_eq!(strip(bad), None);
        }
    }
}
