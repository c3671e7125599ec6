//! The vendored faces are the ones the table of checksums names, and hold the characters promised; fonts that users give
//! are found by name and set, whatever their outlines and containers, and damaged ones are refused in words.

#![allow(clippy::disallowed_methods, reason = "tests read files of the project, a count and the clock")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use riskchart::diag::Lang;
use riskchart::export::{ExportFault, ExportOptions, Resolution, export, format};
use riskchart::font::{Face, FontBook};
use riskchart::paper::Paper;
use riskchart::scene::{Item, Scene};
use riskchart::{Entry, Host, Options, ReadFault, compile};
use sha2::{Digest, Sha256};

const TRUETYPE: &[u8] = include_bytes!("data/truetype.ttf");
const CFF: &[u8] = include_bytes!("data/cff.otf");

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
    for part in ["sans", "serif"] {
        for entry in fs::read_dir(folder().join(part)).expect("fonts") {
            let name = format!("{part}/{}", entry.expect("entry").file_name().to_string_lossy());
            assert!(!name.ends_with(".ttf") || named.contains(&name), "{name} has no checksum");
        }
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

/// One chart in memory.
struct Memory(String);

impl Host for Memory {
    fn read(&self, _: &str) -> Result<Vec<u8>, ReadFault> {
        Ok(self.0.clone().into_bytes())
    }
}

/// A chart set in a font that the user names; what is told instead, where it can't be made.
fn set_in(fonts: &Arc<FontBook>, name: &str) -> Result<Scene, String> {
    let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
    let chart = format!(
        "职权 = \"中国A1\"\n[[环节]]\n名称 = \"风险\"\n[环节.风险]\n表现形式 = [\"中国风险，A1·é。“风险”\"]\n\
         [版面]\n纸张 = \"A5\"\n字体 = \"{quoted}\"\n"
    );
    let options =
        Options { fonts: Arc::clone(fonts), paper: Paper::parse("A5"), orientation: None, theme: None, stamp: false };
    let entry = Entry { chart: "a.toml".to_owned(), project: None };
    match compile(&Memory(chart), &entry, &options) {
        Ok((scene, _)) => Ok(scene),
        Err(report) => Err(report.diagnostics.iter().map(|problem| problem.message(Lang::Zh)).collect()),
    }
}

/// The characters that a scene sets in faces of the user.
fn in_added_faces(scene: &Scene) -> BTreeSet<char> {
    let mut set = BTreeSet::new();
    for page in &scene.pages {
        page.walk(|item, _| {
            if let Item::Text(run) = item
                && !scene.fonts.face(run.face).is_embedded()
            {
                set.extend(run.text.chars());
            }
        });
    }
    set
}

/// Writes the scene in every format; the PDF's bytes.
fn written(scene: &Scene) -> Result<Vec<u8>, ExportFault> {
    let options = ExportOptions { resolution: Resolution::Dpi(20.0), ..ExportOptions::default() };
    let write = |name: &str| export(scene, format(name).expect(name), &options).map(|files| files[0].bytes.clone());
    write("svg")?;
    write("png")?;
    write("pdf")
}

/// A collection of font files (OpenType, `ttcf`), each with tables of its own.
fn collection(files: &[&[u8]]) -> Vec<u8> {
    let begin = 12 + 4 * files.len();
    let mut out = b"ttcf\0\x01\0\0".to_vec();
    out.extend((files.len() as u32).to_be_bytes());
    let mut body: Vec<u8> = Vec::new();
    for file in files {
        let at = (begin + body.len()) as u32;
        out.extend(at.to_be_bytes());
        let mut file = file.to_vec();
        let tables = usize::from(u16::from_be_bytes([file[4], file[5]]));
        for table in 0..tables {
            // Places of tables count from the collection's beginning.
            let field = 12 + 16 * table + 8..12 + 16 * table + 12;
            let own = u32::from_be_bytes(file[field.clone()].try_into().expect("four"));
            file[field].copy_from_slice(&(own + at).to_be_bytes());
        }
        file.resize(file.len().next_multiple_of(4), 0);
        body.extend(file);
    }
    out.extend(body);
    out
}

#[test]
fn a_font_is_set_by_its_english_and_its_chinese_name() {
    let own: BTreeSet<char> = "中国风险，A1·é。“”".chars().collect();
    for (file, names) in [(TRUETYPE, &["RC Hei Test", "测试黑体", "rcheitest-regular"][..]), (CFF, &["RC Kai Test"])]
    {
        let mut book = FontBook::embedded();
        let id = book.add(file.to_vec()).expect("a font");
        let fonts = Arc::new(book);
        for name in names {
            let scene = set_in(&fonts, name).unwrap_or_else(|told| panic!("{name}: {told}"));
            let set = in_added_faces(&scene);
            let has = own.iter().filter(|&&c| fonts.face(id).glyph(c).is_some());
            assert!(has.clone().count() > 6 && has.clone().all(|c| set.contains(c)), "{name}: {set:?}");
            let pdf = String::from_utf8_lossy(&written(&scene).expect("written")).into_owned();
            assert!(pdf.starts_with("%PDF-1.7"), "{name}");
        }
        assert!(set_in(&fonts, "没有的字体").is_err());
    }
}

#[test]
fn every_font_of_a_collection_is_found_and_cut() {
    let mut book = FontBook::embedded();
    book.add(collection(&[CFF, TRUETYPE])).expect("a collection");
    let fonts = Arc::new(book);
    for name in ["RC Kai Test", "测试黑体"] {
        let id = fonts.find(name, false).expect(name);
        let face = fonts.face(id);
        let subset = face.subset(&[face.glyph('中').expect("Han")]);
        assert_eq!(subset.glyphs.len(), 2, "{name}: .notdef and 中");
        let set = in_added_faces(&set_in(&fonts, name).expect(name));
        assert!("中国".chars().all(|c| set.contains(&c)), "{name}: {set:?}");
    }
}

/// A composite glyph is drawn from others, which the cut font keeps.
#[test]
fn composite_glyphs_are_cut_with_their_parts() {
    let mut book = FontBook::embedded();
    let id = book.add(TRUETYPE.to_vec()).expect("a font");
    let face = book.face(id);
    let subset = face.subset(&[face.glyph('é').expect("é")]);
    assert_eq!(subset.glyphs.len(), 4, ".notdef, A, ·, é");
}

/// A small generator (xorshift64*): the same mutants on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16) as usize % n
    }

    /// A font file with one to four faults of the kinds that disks, mail and attackers make.
    fn mutant(&mut self, font: &[u8]) -> Vec<u8> {
        let mut bytes = font.to_vec();
        let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
        for _ in 0..=self.below(4) {
            let extreme = [0, 1, 0x7f, 0x80, 0xfe, 0xff][self.below(6)];
            // Somewhere in a table, so that small tables are hit as often as large ones.
            let entry = 12 + 16 * self.below(tables);
            let field = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().expect("four")) as usize;
            let (start, size) = (field(entry + 8), field(entry + 12));
            let place = (start + self.below(size.max(1))).min(bytes.len().saturating_sub(2));
            match self.below(8) {
                0 => bytes.truncate(self.below(bytes.len()).max(1)),
                // A table's length, place or checksum.
                1 => {
                    bytes.iter_mut().skip(entry + 4 + self.below(12)).take(1 + self.below(4)).for_each(|b| *b = extreme)
                }
                2 => bytes.iter_mut().skip(place).take(1 + self.below(16)).for_each(|b| *b = extreme),
                3 => bytes.iter_mut().skip(place).take(2).for_each(|b| *b = extreme),
                4 => bytes.iter_mut().skip(place).take(1).for_each(|b| *b ^= 1 << self.below(8)),
                5 => bytes.iter_mut().skip(start).take(size).for_each(|b| *b = extreme),
                _ => bytes.iter_mut().skip(place).take(1).for_each(|b| *b = self.below(256) as u8),
            }
            if bytes.len() < 64 {
                break;
            }
        }
        bytes
    }
}

/// What became of a font, by the words told.
fn fate(font: &[u8]) -> String {
    let mut book = FontBook::embedded();
    let id = match book.add(font.to_vec()) {
        Ok(id) => id,
        Err(why) => return format!("refused: {}", why.in_words().zh),
    };
    let name = book.face(id).family().to_owned();
    match set_in(&Arc::new(book), &name) {
        Ok(scene) => match written(&scene) {
            Ok(_) => "set".to_owned(),
            Err(why) => {
                format!(
                    "not written: {}",
                    why.in_words().get(Lang::En).split(|c: char| c == ':' || c.is_ascii_digit()).next().unwrap_or("")
                )
            }
        },
        Err(told) => format!("not set: {}", told.chars().take(12).collect::<String>()),
    }
}

/// No damage to a font makes the program panic or hang; each font is used or refused in words. `RISKCHART_MUTANTS=100000`
/// tries so many of each kind.
#[test]
fn damaged_fonts_are_set_or_refused() {
    let count = std::env::var("RISKCHART_MUTANTS").ok().and_then(|count| count.parse().ok()).unwrap_or(300);
    for (kind, font) in [("truetype", TRUETYPE), ("cff", CFF)] {
        let mut dice = Dice(7);
        let mut fates: BTreeMap<String, usize> = BTreeMap::new();
        for number in 0..count {
            let mutant = dice.mutant(font);
            let started = Instant::now();
            let fate = catch_unwind(|| fate(&mutant)).unwrap_or_else(|_| panic!("{kind} mutant {number} panics"));
            assert!(
                started.elapsed() < Duration::from_secs(20),
                "{kind} mutant {number} takes {:?}",
                started.elapsed()
            );
            *fates.entry(fate).or_default() += 1;
        }
        assert!(fates.contains_key("set") && fates.len() > 2, "{kind}: {fates:?}");
        assert!(!fates.keys().any(|fate| fate.starts_with("not written")), "{kind}: {fates:?}");
    }
}
