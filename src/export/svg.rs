//! Scene to SVG, one file a page.
//!
//! The picture is outlines alone: each glyph is a `<path>` in `<defs>`, drawn by `<use>`, so it looks the same wherever
//! it is opened, with no font installed. After the runs of a paragraph stands a `<text>` of no opacity with a `<tspan>` for
//! each where there are several, stretched by `textLength` to the run's width: it is what search, selection, screen readers and translation see,
//! and what is read back from the file. A browser's search ends where a `<text>` does, so what is read in one breath is in
//! one: a sentence of several lines, 风险等级：高 of two faces. It is `fill-opacity="0"` rather than `fill="none"`, because
//! text without fill can't be selected (SVG 2 § 15.6), and an attribute rather than a style, because pages with a strict
//! content policy drop styles.
//!
//! One user unit is a micrometre; within a run's outlines half the font's unit, so that they are whole numbers. Ids begin
//! with letters drawn from the page's words and their places, so that charts put into one web page don't take each other's
//! outlines. There is no script, style, event attribute, `foreignObject` or reference to anything outside: of the links,
//! those that call or write a mail are kept, those to pages are left to the PDF.

use std::collections::BTreeMap;

use base64::Engine;

use super::xml::{attribute, element, escape};
use super::{Artifact, ExportOptions, page_suffix, pixels, uri};
use crate::font::FaceId;
use crate::geom::{Path, Rect, push_int, push_path};
use crate::scene::{
    Arrow, ArrowKind, Clip, FillRule, GlyphRun, Group, Image, Item, Link, Page, Role, Scene, Shape, Target,
};
use crate::unit::Length;

/// Writes every page.
pub(super) fn write(scene: &Scene, _options: &ExportOptions) -> Result<Vec<Artifact>, String> {
    (0..scene.pages.len())
        .map(|index| {
            let bytes = page(scene, index)?.into_bytes();
            Ok(Artifact { suffix: page_suffix(scene, index), extension: "svg", bytes })
        })
        .collect()
}

/// Page `index` (from 0) as a document.
pub(super) fn page(scene: &Scene, index: usize) -> Result<String, String> {
    let page = scene.pages.get(index).ok_or("no such page")?;
    let (out, own) = (String::with_capacity(64 * 1024), own_letters(scene, index, page));
    let mut body = Body { scene, own, out, glyphs: BTreeMap::new(), unread: Vec::new() };
    for item in &page.items {
        body.item(item)?;
    }
    body.words();
    let Body { out: body, glyphs, own, .. } = body;
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
    out.push_str("</defs>\n");
    // Paper: without it, dark pages and editors show through.
    if !has_ground(page) {
        shape(&mut out, &sheet(page));
    }
    out.push_str(&body);
    out.push_str("</svg>\n");
    Ok(out)
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
    add(&index.to_be_bytes());
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
                self.run(run);
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
        self.out.push_str("<text fill-opacity=\"0\"");
        attribute(&mut self.out, "font-size", &first.size.to_um().to_string());
        let is_bare = |text: &str| text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
        if runs.iter().any(|run| is_bare(&run.text) || run.text.contains("  ")) {
            attribute(&mut self.out, "xml:space", "preserve");
        }
        if let [run] = runs[..] {
            self.place_words(run);
            self.out.push('>');
            escape(&mut self.out, &run.text);
        } else {
            self.out.push('>');
            for run in &runs {
                self.out.push_str("<tspan");
                self.place_words(run);
                if run.size != first.size {
                    attribute(&mut self.out, "font-size", &run.size.to_um().to_string());
                }
                self.out.push('>');
                escape(&mut self.out, &run.text);
                self.out.push_str("</tspan>");
            }
        }
        self.out.push_str("</text>\n");
    }

    /// Where a run's words begin, and how wide they are.
    fn place_words(&mut self, run: &GlyphRun) {
        let width: Length = run.glyphs.iter().map(|glyph| glyph.advance).sum();
        for (name, length) in [("x", run.origin.x), ("y", run.origin.y)] {
            attribute(&mut self.out, name, &length.to_um().to_string());
        }
        if width > Length::ZERO {
            attribute(&mut self.out, "textLength", &width.to_um().to_string());
        }
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
