//! A small PDF reader of our own: what a page shows, decoded from its operators.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

/// A glyph as a reader draws it.
#[derive(Debug)]
pub(crate) struct Seen {
    /// Its text by the font's ToUnicode.
    pub(crate) text: String,
    /// Its origin in µm from the page's top left.
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// The font's resource name.
    pub(crate) font: String,
}

/// A page as a reader sees it.
pub(crate) struct Sheet {
    /// The glyphs of each marked content, in order, with its tag and its properties.
    pub(crate) marked: Vec<(String, Option<i64>, Vec<Seen>)>,
    /// The ActualText of each span.
    pub(crate) actual: Vec<String>,
    /// Every operator used.
    pub(crate) operators: Vec<(String, Vec<f64>)>,
}

/// Follows references.
pub(crate) fn resolve<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    match object {
        Object::Reference(id) => document.get_object(*id).expect("object"),
        other => other,
    }
}

/// An entry of a dictionary, references followed.
pub(crate) fn entry<'a>(document: &'a Document, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
    dict.get(key.as_bytes()).ok().map(|object| resolve(document, object))
}

struct Font {
    texts: BTreeMap<u16, String>,
    widths: BTreeMap<u16, f64>,
}

impl Font {
    fn read(document: &Document, font: &Dictionary) -> Self {
        let map = entry(document, font, "ToUnicode").expect("ToUnicode").as_stream().expect("stream");
        let map = map.decompressed_content().unwrap_or_else(|_| map.content.clone());
        let descendants = entry(document, font, "DescendantFonts").and_then(|fonts| fonts.as_array().ok());
        let descendant = resolve(document, &descendants.expect("descendants")[0]).as_dict().expect("font");
        Self { texts: read_map(&String::from_utf8(map).expect("ASCII")), widths: read_widths(document, descendant) }
    }
}

fn utf16(hex: &str) -> String {
    let units: Vec<u16> =
        (0..hex.len() / 4).filter_map(|at| u16::from_str_radix(&hex[at * 4..at * 4 + 4], 16).ok()).collect();
    String::from_utf16(&units).expect("UTF-16")
}

fn read_map(map: &str) -> BTreeMap<u16, String> {
    let mut texts = BTreeMap::new();
    for line in map.lines().filter(|line| line.contains('[')) {
        let (codes, row) = line.split_once('[').expect("row");
        let first = u16::from_str_radix(codes.get(1..5).expect("code"), 16).expect("hex");
        for (code, text) in (first..).zip(row.trim_end_matches(']').split('>').filter(|text| !text.is_empty())) {
            assert!(texts.insert(code, utf16(text.trim_start_matches('<'))).is_none());
        }
    }
    texts
}

fn read_widths(document: &Document, font: &Dictionary) -> BTreeMap<u16, f64> {
    let rows = entry(document, font, "W").and_then(|rows| rows.as_array().ok()).expect("W");
    let mut widths = BTreeMap::new();
    for row in rows.chunks_exact(2) {
        let first = row[0].as_i64().expect("code") as u16;
        for (code, width) in (first..).zip(row[1].as_array().expect("array")) {
            widths.insert(code, number(width));
        }
    }
    widths
}

pub(crate) fn number(object: &Object) -> f64 {
    match object {
        Object::Integer(value) => *value as f64,
        Object::Real(value) => f64::from(*value),
        other => panic!("no number: {other:?}"),
    }
}

/// Reads page `index`, from 0.
pub(crate) fn read(document: &Document, index: usize) -> Sheet {
    let id = document.page_iter().nth(index).expect("page");
    let fonts = document.get_page_fonts(id).expect("fonts");
    let fonts: BTreeMap<String, Font> = fonts
        .into_iter()
        .map(|(name, font)| (String::from_utf8(name).expect("name"), Font::read(document, font)))
        .collect();
    let content = Content::decode(&document.get_page_content(id)).expect("content");
    let mut sheet = Sheet { marked: Vec::new(), actual: Vec::new(), operators: Vec::new() };
    let (mut font, mut size, mut at) = (String::new(), 0.0, (0.0, 0.0));
    let mut depth = 0;
    for operation in &content.operations {
        let operands = &operation.operands;
        let numbers = operands.iter().filter(|part| matches!(part, Object::Integer(_) | Object::Real(_))).map(number);
        sheet.operators.push((operation.operator.clone(), numbers.collect()));
        match operation.operator.as_str() {
            "BMC" | "BDC" => {
                let tag = String::from_utf8(operands[0].as_name().expect("tag").to_vec()).expect("name");
                let properties = operands.get(1).and_then(|dict| dict.as_dict().ok());
                let mcid = properties.and_then(|dict| dict.get(b"MCID").and_then(Object::as_i64).ok());
                if let Some(actual) = properties.and_then(|dict| dict.get(b"ActualText").and_then(Object::as_str).ok())
                {
                    sheet.actual.push(lopdf::decode_text_string(&Object::string_literal(actual)).expect("text"));
                }
                depth += 1;
                if depth == 1 {
                    sheet.marked.push((tag, mcid, Vec::new()));
                }
            }
            "EMC" => depth -= 1,
            "Tf" => {
                font = String::from_utf8(operands[0].as_name().expect("font").to_vec()).expect("name");
                size = number(&operands[1]);
            }
            "Tm" => at = (number(&operands[4]), number(&operands[5])),
            "TJ" => {
                assert!(depth > 0, "text outside marked content");
                let used = &fonts[&font];
                for part in operands[0].as_array().expect("array") {
                    let Object::String(codes, _) = part else {
                        at.0 -= number(part) * size / 1000.0;
                        continue;
                    };
                    for code in codes.chunks_exact(2).map(|code| u16::from_be_bytes([code[0], code[1]])) {
                        let text = used.texts.get(&code).expect("a text for every glyph").clone();
                        let seen = Seen { text, x: at.0, y: at.1, font: font.clone() };
                        sheet.marked.last_mut().expect("marked").2.push(seen);
                        at.0 += used.widths[&code] * size / 1000.0;
                    }
                }
            }
            _ => {}
        }
    }
    assert_eq!(depth, 0, "marked content is closed");
    sheet
}
