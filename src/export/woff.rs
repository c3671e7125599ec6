//! A TrueType file as WOFF 1.0 (W3C Recommendation of December 2012): its tables deflated, in a frame that every browser
//! opens. WOFF 2 packs them by Brotli, for which this program has no library, and saves about a sixth.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// What stands before the directory, and an entry of it (§ 4, § 5).
const HEADER: usize = 44;
const ENTRY: usize = 20;

/// The font as WOFF; `None` where it is no font file.
pub(super) fn woff(font: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u32::from_be_bytes(font.get(at..at + 4)?.try_into().ok()?) as usize);
    let count = number(4)? >> 16;
    let begin = HEADER + ENTRY * count;
    let (mut directory, mut tables, mut whole) = (Vec::new(), Vec::new(), 12 + 16 * count);
    for at in (0..count).map(|index| 12 + 16 * index) {
        let (checksum, from, length) = (number(at + 4)?, number(at + 8)?, number(at + 12)?);
        let table = font.get(from..from.checked_add(length)?)?;
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        packed.write_all(table).ok()?;
        let packed = packed.finish().ok()?;
        let stored = if packed.len() < length { &packed[..] } else { table };
        directory.extend(font.get(at..at + 4)?);
        for value in [begin + tables.len(), stored.len(), length, checksum] {
            directory.extend((value as u32).to_be_bytes());
        }
        tables.extend(stored);
        tables.resize(tables.len().next_multiple_of(4), 0);
        whole += length.next_multiple_of(4);
    }
    let mut out = b"wOFF".to_vec();
    out.extend(font.get(..4)?);
    // Number of tables and two bytes kept free; version 1.0; no further metadata, no private data.
    for value in [begin + tables.len(), count << 16, whole, 1 << 16, 0, 0, 0, 0, 0] {
        out.extend((value as u32).to_be_bytes());
    }
    out.extend(directory);
    out.extend(tables);
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn tables_come_back() {
        let tables: [(&[u8; 4], Vec<u8>); 2] = [(b"aaaa", vec![7; 1001]), (b"bbbb", b"xyz".to_vec())];
        let mut font = vec![0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0];
        let mut at = 12 + 16 * 2;
        for (tag, data) in &tables {
            font.extend(*tag);
            [1, at, data.len()].iter().for_each(|value| font.extend((*value as u32).to_be_bytes()));
            at += data.len().next_multiple_of(4);
        }
        for (_, data) in &tables {
            font.extend(data);
            font.resize(font.len().next_multiple_of(4), 0);
        }
        let file = woff(&font).expect("a font");
        let number = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().expect("four")) as usize;
        assert_eq!((number(8), number(16)), (file.len(), font.len()));
        for (index, (tag, data)) in tables.iter().enumerate() {
            let entry = HEADER + ENTRY * index;
            assert_eq!(&file[entry..entry + 4], *tag);
            let (from, length) = (number(entry + 4), number(entry + 8));
            let stored = &file[from..from + length];
            let mut read = Vec::new();
            if length == number(entry + 12) {
                read = stored.to_vec();
            } else {
                flate2::read::ZlibDecoder::new(stored).read_to_end(&mut read).expect("inflated");
            }
            assert_eq!(&read, data);
        }
        assert_eq!(woff(b"no font"), None);
        assert_eq!(woff(&font[..60]), None);
    }
}
