//! A page's items as objects of one layer, flat and in reading order.
//!
//! Every object has a boundary that readers cut it to, and coordinates from that boundary's corner. Where the scene clips,
//! the boundary is what is left of it, so no other clip is needed.

use super::Document;
use super::part::{Part, bounds, mm, numbers, push_mm, steps};
use crate::color::Rgb;
use crate::export::ExportFault;
use crate::export::cut::{Used, clusters};
use crate::export::uri;
use crate::geom::{Path, Point, Rect, Segment};
use crate::scene::{FillRule, GlyphRun, Image, Item, Link, Page, Shape, Target};
use crate::unit::Length;

/// Readers smooth edges over a pixel beyond a boundary, and cut it off where there is no room.
const ROOM: Length = Length::um(100);

/// Paints one page.
///
/// # Errors
/// A face or bitmap that was not gathered.
pub(super) fn paint(document: &mut Document<'_>, page: &Page, id: u32) -> Result<Vec<u8>, ExportFault> {
    let mut part = Part::new("Page", &[]);
    area(&mut part, "ofd:Area", page);
    part.open("ofd:Content", &[]);
    part.open("ofd:Layer", &[("ID", &document.ids.next().to_string()), ("Type", "Body")]);
    part.line();
    let mut painter = Painter { document, part, page: id, clip: None };
    painter.items(&page.items)?;
    Ok(painter.part.finish())
}

/// The boxes of a page. Every page states its own: a book's differ.
pub(super) fn area(part: &mut Part, name: &str, page: &Page) {
    part.open(name, &[]);
    let whole = Rect::at(Length::ZERO, Length::ZERO, page.media);
    part.text("ofd:PhysicalBox", &[], &bounds(&whole));
    if page.trim != whole {
        part.text("ofd:ApplicationBox", &[], &bounds(&page.trim));
        part.text("ofd:BleedBox", &[], &bounds(&page.bleed));
    }
    part.close();
}

struct Painter<'a, 'b> {
    document: &'a mut Document<'b>,
    part: Part,
    /// The page's id.
    page: u32,
    /// What is seen.
    clip: Option<Rect>,
}

impl Painter<'_, '_> {
    fn items(&mut self, items: &[Item]) -> Result<(), ExportFault> {
        items.iter().try_for_each(|item| self.item(item))
    }

    fn item(&mut self, item: &Item) -> Result<(), ExportFault> {
        match item {
            Item::Group(group) => {
                self.document.tags.open(group.role);
                self.items(&group.items)?;
                self.document.tags.close();
            }
            Item::Text(run) => self.run(run)?,
            Item::Path(shape) => self.shape(shape),
            Item::Image(image) => self.image(image)?,
            Item::Link(link) => {
                self.items(&link.items)?;
                self.link(link);
            }
            Item::Arrow(arrow) => arrow.shapes.iter().for_each(|shape| self.shape(shape)),
            Item::Clip(clip) => {
                let outer = self.clip;
                self.clip = Some(outer.map_or(clip.rect, |outer| outer.intersection(&clip.rect).unwrap_or_default()));
                self.items(&clip.items)?;
                self.clip = outer;
            }
        }
        Ok(())
    }

    /// What of an object is seen; `None` where nothing is.
    fn seen(&self, rect: Rect) -> Option<Rect> {
        self.clip.map_or(Some(rect), |clip| clip.intersection(&rect))
    }

    /// The attributes that every object has, its id first.
    fn unit(&mut self, boundary: &Rect) -> (u32, [(&'static str, String); 2]) {
        let id = self.document.ids.next();
        (id, [("ID", id.to_string()), ("Boundary", bounds(boundary))])
    }

    fn run(&mut self, run: &GlyphRun) -> Result<(), ExportFault> {
        let document = &*self.document;
        let used = document.faces.of(run)?;
        let placed = Placed::of(run, used);
        let around = placed.extent(run, |glyph| document.scene.fonts.face(run.face).ink(glyph));
        let Some(boundary) = self.seen(around).filter(|_| !placed.codes.is_empty()) else { return Ok(()) };
        let (font, size) = (used.id.to_string(), mm(run.size));
        let codes: Vec<Code<'_>> = placed.codes;
        let (id, unit) = self.unit(&boundary);
        let mut attributes: Vec<(&str, &str)> = unit.iter().map(|(name, value)| (*name, value.as_str())).collect();
        attributes.extend([("Font", font.as_str()), ("Size", size.as_str())]);
        self.part.open("ofd:TextObject", &attributes);
        self.color("ofd:FillColor", run.color);
        codes.iter().for_each(|code| code.write(&mut self.part, &boundary));
        self.part.close();
        self.part.line();
        self.document.tags.object(self.page, id);
        for (glyph, at) in placed.further {
            let path = self.document.scene.fonts.face(run.face).outline(glyph, run.size);
            let path = path.map(|p| p.shifted(at.x, at.y));
            self.shape(&Shape { path, fill: Some(run.color), rule: FillRule::NonZero, stroke: None, span: None });
        }
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) {
        // Mitred corners reach two line widths beyond the path at the most, as `Item::reach` has it.
        let around = shape.stroke.map_or(Length::ZERO, |stroke| stroke.width * 2) + ROOM;
        let Some(boundary) = shape.path.bounds().and_then(|rect| self.seen(rect.inset(-around))) else { return };
        let (_, unit) = self.unit(&boundary);
        let mut attributes: Vec<(&str, String)> = unit.into();
        let told = |yes: bool| if yes { "true" } else { "false" }.to_owned();
        attributes.push(("Stroke", told(shape.stroke.is_some())));
        attributes.push(("Fill", told(shape.fill.is_some())));
        if shape.rule == FillRule::EvenOdd {
            attributes.push(("Rule", "Even-Odd".to_owned()));
        }
        if let Some(stroke) = shape.stroke {
            attributes.push(("LineWidth", mm(stroke.width)));
            attributes.extend(stroke.dash.map(|(dash, gap)| ("DashPattern", numbers([dash, gap]))));
        }
        let attributes: Vec<(&str, &str)> = attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.part.open("ofd:PathObject", &attributes);
        if let Some(stroke) = shape.stroke {
            self.color("ofd:StrokeColor", stroke.color);
        }
        if let Some(fill) = shape.fill {
            self.color("ofd:FillColor", fill);
        }
        self.part.text("ofd:AbbreviatedData", &[], &data(&shape.path, &boundary));
        self.part.close();
        self.part.line();
    }

    fn image(&mut self, image: &Image) -> Result<(), ExportFault> {
        let Some(boundary) = self.seen(image.rect) else { return Ok(()) };
        let resource = self.document.images.of(image).ok_or("a bitmap that was not gathered")?.to_string();
        let (id, unit) = self.unit(&boundary);
        let mut matrix = numbers([image.rect.width(), Length::ZERO, Length::ZERO, image.rect.height()]);
        for shift in [image.rect.left - boundary.left, image.rect.top - boundary.top] {
            matrix.push(' ');
            push_mm(&mut matrix, shift);
        }
        let mut attributes: Vec<(&str, &str)> = unit.iter().map(|(name, value)| (*name, value.as_str())).collect();
        attributes.extend([("Name", image.alt.as_str()), ("CTM", &matrix), ("ResourceID", &resource)]);
        self.part.leaf("ofd:ImageObject", &attributes);
        self.part.line();
        self.document.tags.object(self.page, id);
        Ok(())
    }

    /// An object of no paint that leads somewhere.
    fn link(&mut self, link: &Link) {
        let Some(boundary) = self.seen(link.rect) else { return };
        let destination = match &link.target {
            Target::Uri(uri) => uri::safe(uri).filter(|_| !self.document.options.ofd_archive).map(Goto::Uri),
            Target::Page { page, y } => self.document.page_ids.get(*page).map(|&page| Goto::Page(page, *y)),
        };
        let Some(destination) = destination else { return };
        let (_, unit) = self.unit(&boundary);
        let mut attributes: Vec<(&str, &str)> = unit.iter().map(|(name, value)| (*name, value.as_str())).collect();
        attributes.extend([("Stroke", "false"), ("Fill", "false")]);
        self.part.open("ofd:PathObject", &attributes);
        destination.actions(&mut self.part);
        self.part.text("ofd:AbbreviatedData", &[], &data(&Path::rect(link.rect), &boundary));
        self.part.close();
        self.part.line();
    }

    fn color(&mut self, name: &str, color: Rgb) {
        let [red, green, blue] = self.document.color(color);
        self.part.leaf(name, &[("Value", &format!("{red} {green} {blue}"))]);
    }
}

/// Where a click leads.
pub(super) enum Goto {
    /// An address.
    Uri(String),
    /// A page by its id, and the height on it.
    Page(u32, Length),
}

impl Goto {
    /// Writes the action.
    pub(super) fn actions(&self, part: &mut Part) {
        part.open("ofd:Actions", &[]);
        part.open("ofd:Action", &[("Event", "CLICK")]);
        match self {
            Self::Uri(uri) => part.leaf("ofd:URI", &[("URI", uri)]),
            Self::Page(page, y) => {
                part.open("ofd:Goto", &[]);
                let place = [("Type", "XYZ"), ("PageID", &page.to_string()), ("Left", "0"), ("Top", &mm(*y))];
                part.leaf("ofd:Dest", &[&place[..], &[("Zoom", "0")]].concat());
                part.close();
            }
        }
        part.close();
        part.close();
    }
}

/// A run's text, cut where a reader could not follow it from character to glyph.
struct Placed<'a> {
    codes: Vec<Code<'a>>,
    /// Glyphs after the first of their cluster, with their places: drawn as shapes, because no text is theirs.
    further: Vec<(u16, Point)>,
}

/// A stretch of text, and where its characters stand.
struct Code<'a> {
    text: &'a str,
    /// The place of each character.
    places: Vec<Point>,
    /// The glyph that shows the whole text, where `cmap` does not lead to it.
    glyph: Option<u16>,
}

impl<'a> Placed<'a> {
    fn of(run: &'a GlyphRun, used: &Used) -> Self {
        let mut placed = Self { codes: Vec::new(), further: Vec::new() };
        let mut pen = run.origin.x;
        // Where in the text the stretch under way begins, if characters can join it.
        let mut joins: Option<usize> = None;
        for (text, glyphs) in clusters(run) {
            let first = glyphs.start;
            let mut at = Vec::new();
            let start = pen;
            for glyph in &run.glyphs[glyphs] {
                at.push((glyph.id, Point::new(pen + glyph.dx, run.origin.y + glyph.dy)));
                pen += glyph.advance;
            }
            let (glyph, place) = at[0];
            placed.further.extend(at.into_iter().skip(usize::from(!text.is_empty())));
            let from = run.glyphs[first].cluster.start as usize;
            match (placed.codes.last_mut(), joins) {
                _ if text.is_empty() => joins = None,
                (Some(code), Some(start)) if used.maps(text, glyph) => {
                    code.text = &run.text[start..from + text.len()];
                    code.places.push(place);
                }
                _ => {
                    let mapped = used.maps(text, glyph);
                    let places = spread(place, pen - start, text.chars().count());
                    let glyph = (!mapped).then(|| used.glyph(glyph));
                    placed.codes.push(Code { text, places, glyph });
                    joins = mapped.then_some(from);
                }
            }
        }
        placed
    }

    /// The room of the run: its em boxes and all ink of its glyphs.
    fn extent(&self, run: &GlyphRun, ink: impl Fn(u16) -> Option<crate::font::Ink>) -> Rect {
        let mut pen = run.origin;
        let mut around = run.em_box();
        for glyph in &run.glyphs {
            if let Some(ink) = ink(glyph.id) {
                let (x, y) = (pen.x + glyph.dx, pen.y + glyph.dy);
                let [left, top, right, bottom] =
                    [ink.left, ink.top, ink.right, ink.bottom].map(|side| side.at(run.size));
                around = around.union(&Rect::new(x + left, y + top, x + right, y + bottom));
            }
            pen.x += glyph.advance;
        }
        around.inset(-ROOM)
    }
}

/// So many characters over a width.
fn spread(from: Point, width: Length, count: usize) -> Vec<Point> {
    let count = count as i64;
    (0..count).map(|at| from.shifted(width.scale(at, count), Length::ZERO)).collect()
}

impl Code<'_> {
    fn write(&self, part: &mut Part, boundary: &Rect) {
        if let Some(glyph) = self.glyph {
            let count = self.places.len().to_string();
            part.open("ofd:CGTransform", &[("CodePosition", "0"), ("CodeCount", &count), ("GlyphCount", "1")]);
            part.text("ofd:Glyphs", &[], &glyph.to_string());
            part.close();
        }
        let Some(first) = self.places.first() else { return };
        let (x, y) = (mm(first.x - boundary.left), mm(first.y - boundary.top));
        let mut attributes = vec![("X", x.as_str()), ("Y", y.as_str())];
        let between = |of: fn(&Point) -> Length| -> Vec<Length> {
            self.places.windows(2).map(|pair| of(&pair[1]) - of(&pair[0])).collect()
        };
        let (across, down) = (between(|place| place.x), between(|place| place.y));
        let (delta_x, delta_y) = (steps(&across), steps(&down));
        if !across.is_empty() {
            attributes.push(("DeltaX", &delta_x));
        }
        if down.iter().any(|step| *step != Length::ZERO) {
            attributes.push(("DeltaY", &delta_y));
        }
        part.text("ofd:TextCode", &attributes, self.text);
    }
}

/// A path in the words of AbbreviatedData (§ 9.1), from a boundary's corner.
fn data(path: &Path, boundary: &Rect) -> String {
    let mut out = String::new();
    let mut put = |command: char, points: &[Point]| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push(command);
        for point in points {
            for length in [point.x - boundary.left, point.y - boundary.top] {
                out.push(' ');
                push_mm(&mut out, length);
            }
        }
    };
    for segment in &path.segments {
        match *segment {
            Segment::Move(p) => put('M', &[p]),
            Segment::Line(p) => put('L', &[p]),
            Segment::Cubic(a, b, p) => put('B', &[a, b, p]),
            Segment::Close => put('C', &[]),
        }
    }
    out
}
