//! Scene to SVG, one file a page.
//!
//! The picture is outlines alone: each glyph is a `<path>` in `<defs>`, drawn by `<use>`, so it looks the same wherever
//! it is opened, with no font installed. After the runs of a paragraph stands a `<text>` of no opacity with a `<tspan>` for
//! each where there are several, stretched by `textLength` to the run's width: it is what search, selection, screen readers
//! and translation see, and what is read back from the file. A browser's search ends where a `<text>` does, so what is read
//! in one breath is in one: a sentence of several lines, 风险等级：高 of two faces. It is `fill-opacity="0"` rather than
//! `fill="none"`, because text without fill can't be selected (SVG 2 § 15.6), and an attribute rather than a style, because
//! pages with a strict content policy drop styles.
//!
//! On request ([`SvgText::Font`]) the words themselves are seen, in faces that the file brings along as WOFF: half the size,
//! for browsers, which alone open such faces. What a face's `cmap` can't say is an outline still.
//!
//! One user unit is a micrometre; within a run's outlines half the font's unit, so that they are whole numbers. Ids begin
//! with letters drawn from the page's words and their places, so that charts put into one web page don't take each other's
//! outlines. There is no script, event attribute, `foreignObject` or reference to anything outside: of the links,
//! those that call or write a mail are kept, those to pages are left to the PDF.

use std::collections::BTreeMap;

use base64::Engine;

use super::cut::{Faces, clusters};
use super::woff::woff;
use super::xml::{attribute, element, escape};
use super::{Artifact, ExportOptions, SvgText, page_suffix, pixels, uri};
use crate::font::FaceId;
use crate::geom::{Path, Rect, push_hundredths, push_int, push_path};
use crate::scene::{
    Arrow, ArrowKind, Clip, FillRule, GlyphRun, Group, Image, Item, Link, Page, Role, Scene, Shape, Target,
};
use crate::unit::Length;

/// Writes every page.
pub(super) fn write(scene: &Scene, options: &ExportOptions) -> Result<Vec<Artifact>, String> {
    (0..scene.pages.len())
        .map(|index| {
            let bytes = page(scene, index, options.svg_text)?.into_bytes();
            Ok(Artifact { suffix: page_suffix(scene, index), extension: "svg", bytes })
        })
        .collect()
}

/// Page `index` (from 0) as a document.
pub(super) fn page(scene: &Scene, index: usize, text: SvgText) -> Result<String, String> {
    let page = scene.pages.get(index).ok_or("no such page")?;
    let (out, own) = (String::with_capacity(64 * 1024), own_letters(scene, index, page));
    let faces = match text {
        SvgText::Outlines => None,
        // Nothing counts what it takes for a resource.
        SvgText::Font => Some(Faces::gather(scene, std::slice::from_ref(page), || 0)?),
    };
    let mut body = Body { scene, own, faces, out, glyphs: BTreeMap::new(), unread: Vec::new() };
    for item in &page.items {
        body.item(item)?;
    }
    body.words();
    let Body { out: body, glyphs, own, faces, .. } = body;
    let mut out = head(scene, page);
    let data = |&(face, glyph): &(FaceId, u16)| scene.fonts.face(face).path_data(glyph);
    out.reserve(body.len() + glyphs.keys().map(|glyph| data(glyph).len() + 32).sum::<usize>() + 256);
    out.push_str("<defs>\n");
    for (glyph, number) in &glyphs {
        out.push_str("<path id=\"");
        out.push_str(&own);
        push_name(&mut out, *number);
        out.push_str("\" d=\"");
        out.push_str(data(glyph));
        out.push_str("\"/>\n");
    }
    if let Some(faces) = &faces {
        fonts(&mut out, faces, &own)?;
    }
    out.push_str("</defs>\n");
    // Paper: without it, dark pages and editors show through.
    if !has_ground(page) {
        shape(&mut out, &sheet(page));
    }
    out.push_str(&body);
    out.push_str("</svg>\n");
    Ok(out)
}

/// The largest type size, in user units, that browsers set text in: what is larger is set in this.
const LARGEST_TYPE: i64 = 10_000;

/// A length in units so many times as large as the page's.
fn written(length: Length, scale: i64) -> String {
    let mut out = String::new();
    push_hundredths(&mut out, length.to_um() * 100 / scale);
    out
}

/// What makes words be read and not seen.
const HIDDEN: &str = " fill-opacity=\"0\"";

/// The faces that words are set in.
fn fonts(out: &mut String, faces: &Faces, own: &str) -> Result<(), String> {
    out.push_str("<style>");
    for (id, used) in faces.iter() {
        let font = woff(&used.file).ok_or("a face that is no font file")?;
        out.push_str("@font-face{font-family:");
        out.push_str(&family(own, id));
        out.push_str(";src:url(data:font/woff;base64,");
        base64::engine::general_purpose::STANDARD.encode_string(font, out);
        out.push_str(")}");
    }
    out.push_str("</style>\n");
    Ok(())
}

/// What a face is called in the file.
fn family(own: &str, face: FaceId) -> String {
    format!("{own}{}", face.0)
}

/// What ids are made of, letters first.
const DIGITS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// Letters and digits that an id may begin with, a letter first: drawn from what the page says and where.
fn own_letters(scene: &Scene, index: usize, page: &Page) -> String {
    // FNV-1a, 32 bits: short, the same everywhere and in every version.
    let mut hash = 0x811c_9dc5_u32;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    };
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
    let mut letters = String::new();
    for base in [26, 36, 36, 36] {
        letters.push(char::from(DIGITS[(hash % base) as usize]));
        hash /= base;
    }
    letters
}

fn head(scene: &Scene, page: &Page) -> String {
    let mut out = String::from(concat!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink""#,
        // Not `img`, whose words no screen reader tells.
        r#" role="graphics-document document" xml:lang="zh-CN" font-family="sans-serif""#,
    ));
    let (width, height) = (page.media.width, page.media.height);
    for (name, length) in [("width", width), ("height", height)] {
        attribute(&mut out, name, &format!("{}mm", length.to_mm()));
    }
    attribute(&mut out, "viewBox", &format!("0 0 {} {}", width.to_um(), height.to_um()));
    out.push_str(">\n");
    element(&mut out, "title", &scene.meta.title);
    out.push('\n');
    element(&mut out, "desc", &scene.meta.description);
    out.push('\n');
    out
}

/// Whether the page begins with a ground of its own, over all that is seen.
fn has_ground(page: &Page) -> bool {
    let whole = Rect::at(Length::ZERO, Length::ZERO, page.media);
    let Some(Item::Path(first)) = page.items.first() else { return false };
    first.fill.is_some() && first.path == Path::rect(whole)
}

fn sheet(page: &Page) -> Shape {
    let path = Path::rect(Rect::at(Length::ZERO, Length::ZERO, page.media));
    Shape { path, fill: Some(crate::color::Rgb::WHITE), rule: FillRule::NonZero, stroke: None, span: None }
}

/// The page's drawing under way.
struct Body<'a> {
    scene: &'a Scene,
    /// What ids begin with.
    own: String,
    /// The faces that words are set in; `None` where they are outlines.
    faces: Option<Faces>,
    out: String,
    /// The glyphs drawn so far, each with its number.
    glyphs: BTreeMap<(FaceId, u16), usize>,
    /// Runs of the paragraph under way, whose words are still to be written.
    unread: Vec<&'a GlyphRun>,
}

impl<'a> Body<'a> {
    fn item(&mut self, item: &'a Item) -> Result<(), String> {
        match item {
            Item::Group(inner) => self.group(inner)?,
            Item::Text(run) => {
                if !self.is_set(run) {
                    self.run(run);
                }
                self.unread.push(run);
            }
            Item::Path(drawn) => shape(&mut self.out, drawn),
            Item::Arrow(drawn) => arrow(&mut self.out, drawn),
            Item::Image(bitmap) => image(&mut self.out, bitmap)?,
            Item::Link(area) => {
                for item in &area.items {
                    self.item(item)?;
                }
                link(&mut self.out, area);
            }
            Item::Clip(clip) => self.clip(clip)?,
        }
        Ok(())
    }

    /// The clip's name tells its place: two of one name clip alike.
    fn clip(&mut self, clip: &'a Clip) -> Result<(), String> {
        let Rect { left, top, right, bottom } = clip.rect;
        let name = [left, top, right, bottom].map(|side| side.to_um().to_string()).join("_");
        let name = format!("{}clip{name}", self.own);
        self.out.push_str("<clipPath");
        attribute(&mut self.out, "id", &name);
        self.out.push_str("><path d=\"");
        push_path(&mut self.out, &Path::rect(clip.rect));
        self.out.push_str("\"/></clipPath>\n<g");
        attribute(&mut self.out, "clip-path", &format!("url(#{name})"));
        self.out.push_str(">\n");
        for item in &clip.items {
            self.item(item)?;
        }
        self.out.push_str("</g>\n");
        Ok(())
    }

    fn group(&mut self, group: &'a Group) -> Result<(), String> {
        // A group is a paragraph, or holds some.
        self.words();
        let class = class(group.role);
        if let Some(class) = class {
            self.out.push_str("<g");
            attribute(&mut self.out, "class", class);
            self.out.push_str(">\n");
        }
        for item in &group.items {
            self.item(item)?;
        }
        self.words();
        if class.is_some() {
            self.out.push_str("</g>\n");
        }
        Ok(())
    }

    /// Whether a run's words are text in one of the file's faces: where each character is one glyph on the baseline, and the
    /// face's own for it.
    fn is_set(&self, run: &GlyphRun) -> bool {
        let Some(used) = self.faces.as_ref().and_then(|faces| faces.of(run).ok()) else { return false };
        let is_own = |(text, glyphs): (&str, std::ops::Range<usize>)| {
            let glyph = &run.glyphs[glyphs.start];
            let is_plain = text.chars().all(|c| c <= '\u{ffff}');
            glyphs.len() == 1 && glyph.dy == Length::ZERO && is_plain && used.maps(text, glyph.id)
        };
        !run.text.is_empty() && clusters(run).all(is_own)
    }

    fn run(&mut self, run: &GlyphRun) {
        let face = self.scene.fonts.face(run.face);
        let em = face.data_units_per_em();
        // A unit is 2 µm in body type and 20 µm in a poster's title.
        let units = |length: Length| length.scale(em, run.size.to_um().max(1)).to_um();
        self.out.push_str("<g");
        attribute(&mut self.out, "fill", &run.color.to_hex());
        self.out.push_str(" transform=\"translate(");
        push_int(&mut self.out, run.origin.x.to_um());
        self.out.push(' ');
        push_int(&mut self.out, run.origin.y.to_um());
        self.out.push_str(&format!(")scale({})\">", run.size.to_um() as f64 / em as f64));
        let mut pen = Length::ZERO;
        for glyph in &run.glyphs {
            if !face.path_data(glyph.id).is_empty() {
                self.glyph((run.face, glyph.id), units(pen + glyph.dx), units(glyph.dy));
            }
            pen += glyph.advance;
        }
        self.out.push_str("</g>\n");
    }

    fn glyph(&mut self, glyph: (FaceId, u16), x: i64, y: i64) {
        let next = self.glyphs.len();
        let number = *self.glyphs.entry(glyph).or_insert(next);
        self.out.push_str("<use xlink:href=\"#");
        self.out.push_str(&self.own);
        push_name(&mut self.out, number);
        for (name, value) in [("\" x=\"", x), ("\" y=\"", y)] {
            if value != 0 {
                self.out.push_str(name);
                push_int(&mut self.out, value);
            }
        }
        self.out.push_str("\"/>");
    }

    /// The words of the paragraph under way, to be read and not seen.
    fn words(&mut self) {
        let mut runs = std::mem::take(&mut self.unread);
        runs.retain(|run| !run.text.is_empty());
        let Some(first) = runs.first() else { return };
        let hidden = runs.iter().filter(|run| !self.is_set(run)).count();
        self.out.push_str("<text");
        let scale = if runs.iter().any(|run| run.size.to_um() > LARGEST_TYPE) { 100 } else { 1 };
        if scale > 1 {
            attribute(&mut self.out, "transform", &format!("scale({scale})"));
        }
        attribute(&mut self.out, "font-size", &written(first.size, scale));
        let is_bare = |text: &str| text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        if runs.iter().any(|run| is_bare(&run.text) || run.text.contains("  ")) {
            attribute(&mut self.out, "xml:space", "preserve");
        }
        let all_hidden = hidden == runs.len();
        if all_hidden {
            self.out.push_str(HIDDEN);
        }
        if let [run] = runs[..] {
            self.place_words(run, scale);
            self.out.push('>');
            escape(&mut self.out, &run.text);
        } else {
            self.out.push('>');
            for run in &runs {
                self.out.push_str("<tspan");
                if !all_hidden && !self.is_set(run) {
                    self.out.push_str(HIDDEN);
                }
                self.place_words(run, scale);
                if run.size != first.size {
                    attribute(&mut self.out, "font-size", &written(run.size, scale));
                }
                self.out.push('>');
                escape(&mut self.out, &run.text);
                self.out.push_str("</tspan>");
            }
        }
        self.out.push_str("</text>\n");
    }

    /// Where a run's words stand: those that are seen in their face, each character where the scene has it; those over
    /// outlines as wide as these.
    fn place_words(&mut self, run: &GlyphRun, scale: i64) {
        let is_set = self.is_set(run);
        let mut x = vec![run.origin.x];
        if is_set {
            attribute(&mut self.out, "fill", &run.color.to_hex());
            attribute(&mut self.out, "font-family", &family(&self.own, run.face));
            x = self.places(run);
        }
        let x: Vec<String> = x.into_iter().map(|x| written(x, scale)).collect();
        attribute(&mut self.out, "x", &x.join(" "));
        attribute(&mut self.out, "y", &written(run.origin.y, scale));
        let width: Length = run.glyphs.iter().map(|glyph| glyph.advance).sum();
        if !is_set && width > Length::ZERO {
            attribute(&mut self.out, "textLength", &written(width, scale));
        }
    }

    /// Where each glyph of a run stands; the first alone where the others follow by their own widths.
    fn places(&self, run: &GlyphRun) -> Vec<Length> {
        let face = self.scene.fonts.face(run.face);
        let mut pen = run.origin.x;
        let mut places = Vec::with_capacity(run.glyphs.len());
        for glyph in &run.glyphs {
            places.push(pen + glyph.dx);
            pen += glyph.advance;
        }
        let follows =
            |pair: &[Length], id: u16| (pair[1] - pair[0] - face.advance(id).at(run.size)).abs() <= Length::um(1);
        if places.windows(2).zip(&run.glyphs).all(|(pair, glyph)| follows(pair, glyph.id)) {
            places.truncate(1);
        }
        places
    }
}

/// A glyph's name: its number among those of the page, in letters and digits.
fn push_name(out: &mut String, mut number: usize) {
    let mut letters = Vec::new();
    while letters.is_empty() || number > 0 {
        letters.push(DIGITS[number % DIGITS.len()]);
        number /= DIGITS.len();
    }
    out.extend(letters.into_iter().rev().map(char::from));
}

fn shape(out: &mut String, shape: &Shape) {
    out.push_str("<path");
    attribute(out, "fill", &shape.fill.map_or_else(|| "none".to_owned(), |color| color.to_hex()));
    if shape.rule == FillRule::EvenOdd {
        attribute(out, "fill-rule", "evenodd");
    }
    if let Some(stroke) = shape.stroke {
        attribute(out, "stroke", &stroke.color.to_hex());
        attribute(out, "stroke-width", &stroke.width.to_um().to_string());
        if let Some((dash, gap)) = stroke.dash {
            attribute(out, "stroke-dasharray", &format!("{} {}", dash.to_um(), gap.to_um()));
        }
    }
    out.push_str(" d=\"");
    push_path(out, &shape.path);
    out.push_str("\"/>\n");
}

/// An arrow: what it leads from and to is read out and shown under the pointer.
fn arrow(out: &mut String, arrow: &Arrow) {
    let class = match (arrow.kind, arrow.returns) {
        (ArrowKind::Flow, false) => "arrow flow",
        (ArrowKind::Flow, true) => "arrow flow return",
        (ArrowKind::Belonging, _) => "arrow",
    };
    out.push_str("<g");
    attribute(out, "class", class);
    out.push('>');
    element(out, "title", &arrow.words());
    out.push('\n');
    arrow.shapes.iter().for_each(|part| shape(out, part));
    out.push_str("</g>\n");
}

fn image(out: &mut String, image: &Image) -> Result<(), String> {
    let bytes = pixels::encode_rgba(image.width, image.height, &image.rgba)?;
    out.push_str("<image preserveAspectRatio=\"none\"");
    place(out, &image.rect);
    out.push_str(" xlink:href=\"data:image/png;base64,");
    base64::engine::general_purpose::STANDARD.encode_string(bytes, out);
    out.push_str("\">");
    element(out, "title", &image.alt);
    out.push_str("</image>\n");
    Ok(())
}

fn link(out: &mut String, link: &Link) {
    // Another page is another file, of a name not known here.
    let Target::Uri(uri) = &link.target else { return };
    let Some(uri) = uri::safe(uri).filter(|uri| !uri::leads_to_page(uri)) else { return };
    out.push_str("<a");
    attribute(out, "href", &uri);
    out.push_str("><rect fill-opacity=\"0\"");
    place(out, &link.rect);
    out.push_str("/></a>\n");
}

fn place(out: &mut String, rect: &Rect) {
    let sides = [("x", rect.left), ("y", rect.top), ("width", rect.width()), ("height", rect.height())];
    for (name, length) in sides {
        attribute(out, name, &length.to_um().to_string());
    }
}

/// The class that groups of a role carry; `None` where they only gather others.
fn class(role: Role) -> Option<&'static str> {
    Some(match role {
        Role::Title => "title",
        Role::Unit => "unit",
        Role::Subtitle => "subtitle",
        Role::HeaderField => "header-field",
        Role::ColumnHead => "column-head",
        Role::Row => "row",
        Role::Stage => "stage",
        Role::StageDetail => "stage-detail",
        Role::Phase => "phase",
        Role::Risk => "risk",
        Role::RiskHeading => "risk-heading",
        Role::List => "list",
        Role::ListItem => "list-item",
        Role::Label => "label",
        Role::ListBody => "list-body",
        Role::Level => "level",
        Role::Measure => "measure",
        Role::MeasureHeading => "measure-heading",
        Role::Responsible => "responsible",
        Role::Basis => "basis",
        Role::BranchLabel => "branch-label",
        Role::Legend => "legend",
        Role::Note => "note",
        Role::Footer => "footer",
        Role::Phone => "phone",
        Role::Qr => "qr",
        Role::Logo => "logo",
        Role::Folio => "folio",
        Role::Decoration => "decoration",
        Role::Table
        | Role::HeadRow
        | Role::Cell { .. }
        | Role::Notes
        | Role::Contents
        | Role::ContentsEntry
        | Role::Repeated => return None,
    })
}
