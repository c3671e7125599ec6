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

mod names;
mod shapes;
mod words;

use std::collections::BTreeMap;

use super::cut::Faces;
use super::xml::{attribute, element};
use super::{Artifact, ExportFault, ExportOptions, SvgText, page_suffix};
use crate::font::FaceId;
use crate::geom::{Path, Rect, push_int, push_path};
use crate::scene::{Clip, FillRule, GlyphRun, Group, Item, Page, Scene, Shape};
use crate::unit::Length;
use names::{own_letters, push_name};
use shapes::{arrow, class, image, link, shape};
use words::fonts;

/// Writes every page.
pub(super) fn write(scene: &Scene, options: &ExportOptions) -> Result<Vec<Artifact>, ExportFault> {
    (0..scene.pages.len())
        .map(|index| {
            let bytes = page(scene, index, options.svg_text)?.into_bytes();
            Ok(Artifact { suffix: page_suffix(scene, index), extension: "svg", bytes })
        })
        .collect()
}

/// Page `index` (from 0) as a document.
pub(super) fn page(scene: &Scene, index: usize, text: SvgText) -> Result<String, ExportFault> {
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
    fn item(&mut self, item: &'a Item) -> Result<(), ExportFault> {
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
    fn clip(&mut self, clip: &'a Clip) -> Result<(), ExportFault> {
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

    fn group(&mut self, group: &'a Group) -> Result<(), ExportFault> {
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
}
