//! Text of paragraphs as it is printed: revisions accepted, fields by their results, hidden text left out.

use roxmltree::Node;

use super::styles::Styles;
use super::table;
use crate::office::read::heads::role;
use crate::office::read::{Para, squeezed};
use crate::office::xml::{Ns, attr, child, children, is, on, val};

/// What was found in a paragraph, in order.
#[derive(Debug)]
pub(super) enum Piece<'a, 'i> {
    /// Text.
    Text(String),
    /// A drawing or a picture of VML.
    Drawing(Node<'a, 'i>),
    /// The next page begins.
    PageBreak,
}

/// Whether instructions of fields are being read; fields go over paragraphs.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    /// Of each open field, whether its result has begun, and its instruction.
    open: Vec<(bool, String)>,
}

impl Fields {
    fn hides(&self) -> bool {
        self.open.iter().any(|(result, _)| !result)
    }
}

/// The pieces of a paragraph.
pub(super) fn pieces<'a, 'i>(paragraph: Node<'a, 'i>, styles: &Styles, fields: &mut Fields) -> Vec<Piece<'a, 'i>> {
    let mut pieces = Vec::new();
    let style = child(paragraph, Ns::W, "pPr").and_then(|props| val(props, "pStyle"));
    let hidden = style.is_some_and(|style| styles.is_hidden(style));
    walk(paragraph, styles, hidden, fields, &mut pieces);
    pieces
}

/// The depth of parts is limited where they are parsed, and so is this recursion.
fn walk<'a, 'i>(
    node: Node<'a, 'i>,
    styles: &Styles,
    hidden: bool,
    fields: &mut Fields,
    pieces: &mut Vec<Piece<'a, 'i>>,
) {
    for node in children(node) {
        let name = node.tag_name().name();
        if crate::office::xml::family(node.tag_name().namespace()) != Ns::W {
            continue;
        }
        match name {
            "r" => run(node, styles, hidden, fields, pieces),
            "ins" | "moveTo" | "hyperlink" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml" | "bdo"
            | "dir" | "ruby" | "rubyBase" => {
                walk(node, styles, hidden, fields, pieces);
            }
            _ => {}
        }
    }
}

fn run<'a, 'i>(run: Node<'a, 'i>, styles: &Styles, hidden: bool, fields: &mut Fields, pieces: &mut Vec<Piece<'a, 'i>>) {
    let props = child(run, Ns::W, "rPr");
    let by_style = props.and_then(|props| val(props, "rStyle")).is_some_and(|style| styles.is_hidden(style));
    let hidden = match props.and_then(|props| child(props, Ns::W, "vanish").map(|_| on(props, "vanish"))) {
        Some(own) => own,
        None => hidden || by_style,
    };
    let mut text = String::new();
    for node in children(run) {
        let shown = !hidden && !fields.hides();
        match node.tag_name().name() {
            "t" if shown => text.push_str(node.text().unwrap_or_default()),
            "tab" | "ptab" if shown => text.push('\t'),
            "br" if attr(node, "type") == Some("page") => {
                flush(&mut text, pieces);
                pieces.push(Piece::PageBreak);
            }
            "br" | "cr" if shown && attr(node, "type") != Some("column") => text.push('\n'),
            "noBreakHyphen" if shown => text.push('-'),
            "sym" if shown => text.extend(symbol(node)),
            "instrText" => {
                if let Some((_, instruction)) = fields.open.last_mut() {
                    instruction.push_str(node.text().unwrap_or_default());
                }
            }
            "fldChar" => field(node, hidden, fields, &mut text),
            "ruby" => walk(node, styles, hidden, fields, pieces),
            "drawing" | "pict" | "object" => {
                flush(&mut text, pieces);
                pieces.push(Piece::Drawing(node));
            }
            _ => {}
        }
    }
    flush(&mut text, pieces);
}

fn flush(text: &mut String, pieces: &mut Vec<Piece<'_, '_>>) {
    if !text.is_empty() {
        pieces.push(Piece::Text(std::mem::take(text)));
    }
}

fn field(node: Node<'_, '_>, hidden: bool, fields: &mut Fields, text: &mut String) {
    match attr(node, "fldCharType") {
        Some("begin") => fields.open.push((false, String::new())),
        Some("separate") => {
            if let Some((result, _)) = fields.open.last_mut() {
                *result = true;
            }
        }
        Some("end") => {
            let Some((_, instruction)) = fields.open.pop() else { return };
            if !hidden && !fields.hides() {
                text.extend(encircled(&instruction));
            }
        }
        _ => {}
    }
}

/// 带圈字符: the field `EQ \o\ac(○,1)` prints a number in a circle and stores no result.
fn encircled(instruction: &str) -> Option<char> {
    let instruction = instruction.trim_start();
    if !instruction.get(..2)?.eq_ignore_ascii_case("eq") {
        return None;
    }
    let inner = instruction.rsplit_once([',', '，'])?.1;
    let number: u32 = inner.trim_end_matches([')', ' ']).trim().parse().ok()?;
    (1..=20).contains(&number).then(|| char::from_u32(0x245f + number)).flatten()
}

/// Glyphs of symbol fonts: ticks stay, all others are bullets.
fn symbol(node: Node<'_, '_>) -> Option<char> {
    let code = u32::from_str_radix(attr(node, "char")?, 16).ok()?;
    Some(match code & 0xff {
        0xfc | 0x50 => '√',
        0xfe | 0x52 => '☑',
        0xa8 | 0xa3 | 0x6f => '□',
        code @ 0x81..=0x8a => char::from_u32(0x2460 + code - 0x81)?,
        _ => '•',
    })
}

/// A story: the paragraphs of a box, a cell, a header. Tables in it are read cell by cell; what is drawn in it is given
/// back.
pub(super) fn story<'a, 'i>(parent: Node<'a, 'i>, styles: &Styles) -> (Vec<Para>, Vec<Node<'a, 'i>>) {
    let mut story = Story { styles, paras: Vec::new(), drawings: Vec::new(), fields: Fields::default(), joins: false };
    story.blocks(parent);
    (story.paras, story.drawings)
}

struct Story<'s, 'a, 'i> {
    styles: &'s Styles,
    paras: Vec<Para>,
    drawings: Vec<Node<'a, 'i>>,
    fields: Fields,
    /// Whether the mark that ended the last paragraph was deleted.
    joins: bool,
}

impl<'a, 'i> Story<'_, 'a, 'i> {
    fn blocks(&mut self, parent: Node<'a, 'i>) {
        for node in children(parent) {
            match node.tag_name().name() {
                "p" if is(node, Ns::W, "p") => self.paragraph(node),
                "del" | "moveFrom" | "pPr" | "tblPr" | "trPr" | "tcPr" => {}
                "tr" if is_deleted_row(node) => {}
                "tbl" if is(node, Ns::W, "tbl") => self.table(node),
                _ if is(node, Ns::W, node.tag_name().name()) => self.blocks(node),
                _ => {}
            }
        }
    }

    /// A table within a cell: what stands below a head that a label may be bears it as its label.
    fn table(&mut self, node: Node<'a, 'i>) {
        let grid = table::grid(node, self.styles, 0);
        let heads: Vec<String> = (0..grid.width).map(|column| squeezed(&grid.text(0, column))).collect();
        if grid.height < 2 || !heads.iter().all(|head| role(head).is_some()) {
            self.blocks(node);
            return;
        }
        for row in 1..grid.height {
            let texts = grid.row(row).into_iter();
            self.paras.extend(texts.map(|(column, text)| Para::plain(format!("{}：{text}", heads[column]))));
        }
    }

    fn paragraph(&mut self, node: Node<'a, 'i>) {
        let mut text = String::new();
        for piece in pieces(node, self.styles, &mut self.fields) {
            match piece {
                Piece::Text(piece) => text.push_str(&piece),
                Piece::Drawing(drawing) => self.drawings.push(drawing),
                Piece::PageBreak => text.push('\n'),
            }
        }
        let para = Para { text, numbered: self.styles.numbers(node) };
        add(&mut self.paras, para, self.joins);
        self.joins = mark_deleted(node);
    }
}

/// Adds a paragraph, or joins it to the one before, whose mark was deleted.
pub(super) fn add(paras: &mut Vec<Para>, para: Para, joins: bool) {
    match paras.last_mut().filter(|_| joins) {
        Some(last) => {
            last.numbered |= last.text.is_empty() && para.numbered;
            last.text.push_str(&para.text);
        }
        None => paras.push(para),
    }
}

/// Whether the mark that ends a paragraph was deleted or moved away.
pub(super) fn mark_deleted(paragraph: Node<'_, '_>) -> bool {
    let mark = child(paragraph, Ns::W, "pPr").and_then(|props| child(props, Ns::W, "rPr"));
    mark.is_some_and(|mark| child(mark, Ns::W, "del").or_else(|| child(mark, Ns::W, "moveFrom")).is_some())
}

/// Whether a row of a table was deleted.
pub(super) fn is_deleted_row(row: Node<'_, '_>) -> bool {
    child(row, Ns::W, "trPr").is_some_and(|props| child(props, Ns::W, "del").is_some())
}
