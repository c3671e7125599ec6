//! Scene to SVG, one file a page.
//!
//! The picture is outlines alone: each glyph is a `<path>` in `<defs>`, drawn by `<use>`, so it looks the same wherever
//! it is opened, with no font installed. Over every run stands a `<text>` of no opacity, stretched by `textLength` to
//! the run's width: it is what search, selection, screen readers and translation see, and what is read back from the
//! file. It is `fill-opacity="0"` rather than `fill="none"`, because text without fill can't be selected (SVG 2
//! § 15.6), and an attribute rather than a style, because pages with a strict content policy drop styles.
//!
//! One user unit is a micrometre; within a run it is half the font's unit, so that outlines are whole numbers. Names of
//! glyphs are face and glyph id: two charts put into one page share outlines where their names meet. There is no
//! script, style, event attribute, `foreignObject` or reference to anything outside: of the links, those that call or
//! write a mail are kept, those to pages are left to the PDF.

use std::collections::BTreeSet;

use base64::Engine;

use super::xml::{attribute, element, escape};
use super::{Artifact, ExportOptions, page_suffix, pixels, uri};
use crate::font::FaceId;
use crate::geom::{Path, Rect, push_hundredths, push_int, push_path};
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
    let mut body = Body { scene, out: String::with_capacity(64 * 1024), glyphs: BTreeSet::new() };
    for item in &page.items {
        body.item(item)?;
    }
    let Body { out: body, glyphs, .. } = body;
    let mut out = head(scene, page);
    let data = |&(face, glyph): &(FaceId, u16)| scene.fonts.face(face).path_data(glyph);
    out.reserve(body.len() + glyphs.iter().map(|glyph| data(glyph).len() + 32).sum::<usize>() + 256);
    out.push_str("<defs>\n");
    for glyph in &glyphs {
        out.push_str("<path id=\"");
        push_name(&mut out, *glyph);
        out.push_str("\" d=\"");
        out.push_str(data(glyph));
        out.push_str("\"/>\n");
    }
    out.push_str("</defs>\n");
    // Paper: without it, dark pages and editors show through.
    shape(&mut out, &sheet(page));
    out.push_str(&body);
    out.push_str("</svg>\n");
    Ok(out)
}

/// The units of [`Face::path_data`](crate::font::Face) that make an em of the embedded faces.
const STANDARD_EM: i64 = 2000;

fn head(scene: &Scene, page: &Page) -> String {
    let mut out = String::from(concat!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink""#,
        r#" role="img" xml:lang="zh-CN" font-family="sans-serif""#,
    ));
    attribute(&mut out, "font-size", &STANDARD_EM.to_string());
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

fn sheet(page: &Page) -> Shape {
    let path = Path::rect(Rect::at(Length::ZERO, Length::ZERO, page.media));
    Shape { path, fill: Some(crate::color::Rgb::WHITE), rule: FillRule::NonZero, stroke: None, span: None }
}

/// The page's drawing under way.
struct Body<'a> {
    scene: &'a Scene,
    out: String,
    /// The glyphs drawn so far.
    glyphs: BTreeSet<(FaceId, u16)>,
}

impl Body<'_> {
    fn item(&mut self, item: &Item) -> Result<(), String> {
        match item {
            Item::Group(inner) => self.group(inner)?,
            Item::Text(run) => self.run(run),
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

    /// The clip's name tells its place: two of one name in one web page clip alike.
    fn clip(&mut self, clip: &Clip) -> Result<(), String> {
        let Rect { left, top, right, bottom } = clip.rect;
        let name = [left, top, right, bottom].map(|side| side.to_um().to_string()).join("_");
        self.out.push_str("<clipPath");
        attribute(&mut self.out, "id", &format!("clip{name}"));
        self.out.push_str("><path d=\"");
        push_path(&mut self.out, &Path::rect(clip.rect));
        self.out.push_str("\"/></clipPath>\n<g");
        attribute(&mut self.out, "clip-path", &format!("url(#clip{name})"));
        self.out.push_str(">\n");
        for item in &clip.items {
            self.item(item)?;
        }
        self.out.push_str("</g>\n");
        Ok(())
    }

    fn group(&mut self, group: &Group) -> Result<(), String> {
        let class = class(group.role);
        if let Some(class) = class {
            self.out.push_str("<g");
            attribute(&mut self.out, "class", class);
            self.out.push_str(">\n");
        }
        for item in &group.items {
            self.item(item)?;
        }
        if class.is_some() {
            self.out.push_str("</g>\n");
        }
        Ok(())
    }

    fn run(&mut self, run: &GlyphRun) {
        let face = self.scene.fonts.face(run.face);
        let em = face.data_units_per_em();
        // Hundredths of a unit are under 0.1 µm at any size that fits a wall.
        let units = |length: Length| length.scale(em * 100, run.size.to_um().max(1)).to_um();
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
        self.words(run, em, units(pen));
        self.out.push_str("</g>\n");
    }

    fn glyph(&mut self, glyph: (FaceId, u16), x: i64, y: i64) {
        self.glyphs.insert(glyph);
        self.out.push_str("<use xlink:href=\"#");
        push_name(&mut self.out, glyph);
        for (name, value) in [("\" x=\"", x), ("\" y=\"", y)] {
            if value != 0 {
                self.out.push_str(name);
                push_hundredths(&mut self.out, value);
            }
        }
        self.out.push_str("\"/>");
    }

    /// The run's text, to be read and not seen.
    fn words(&mut self, run: &GlyphRun, em: i64, width: i64) {
        if run.text.is_empty() {
            return;
        }
        self.out.push_str("<text fill-opacity=\"0\"");
        if em != STANDARD_EM {
            attribute(&mut self.out, "font-size", &em.to_string());
        }
        if width > 0 {
            self.out.push_str(" textLength=\"");
            push_hundredths(&mut self.out, width);
            self.out.push('"');
        }
        if run.text.starts_with(' ') || run.text.ends_with(' ') || run.text.contains("  ") {
            attribute(&mut self.out, "xml:space", "preserve");
        }
        self.out.push('>');
        escape(&mut self.out, &run.text);
        self.out.push_str("</text>");
    }
}

/// A glyph's name: a letter or two for the face, then the glyph's number.
fn push_name(out: &mut String, (face, glyph): (FaceId, u16)) {
    if face.0 >= 26 {
        out.push(char::from(b'a' + face.0 / 26 - 1));
    }
    out.push(char::from(b'a' + face.0 % 26));
    push_int(out, i64::from(glyph));
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
