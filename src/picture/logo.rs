//! Logos: an SVG or PNG file to items of a scene.
//!
//! Paths of an SVG with plain colours stay vector: fills keep their rule, lines are turned into the outlines of what they
//! cover, so that caps, joins, dashes and slanting come out alike in every format and no line is thinner than drawn. What
//! a scene can't hold (gradients, patterns, filters, masks, clips, opacity, blending, PNGs within) makes the whole logo a
//! bitmap of [`RASTER_SIDE`] pixels along its longer side, drawn by resvg: 300 dpi at 10 cm. A PNG stays the bitmap it is.
//!
//! Files come from strangers, so nothing outside the file is ever opened (usvg gets no resolver and no fonts), and what
//! a logo has no need of is refused: scripts, references out, entities, bitmaps within SVG other than PNG, text (a drawing
//! program turns it into curves; with fonts of this machine it would look different on every other one), and files over the
//! limits. What would take more time or memory than a logo is worth is refused before it is drawn, whatever asks for it.

mod budget;
mod guard;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use usvg::tiny_skia_path::{self, PathSegment};
use usvg::{Group, Node, Paint, PaintOrder, Tree};

use crate::color::Rgb;
use crate::geom::{Path, Point, Rect, Segment};
use crate::scene::{Clip, FillRule, Image, Item, Shape};
use crate::unit::Length;

/// Bytes of a file.
pub const MOST_BYTES: usize = 1 << 20;
/// Pixels of a bitmap: 2000 × 2000.
pub const MOST_PIXELS: u64 = 4_000_000;
/// The longer side of what is drawn as a bitmap, in pixels.
pub const RASTER_SIDE: u32 = 1200;
/// A logo is at most so many times as wide as high, or as high as wide.
const LONGEST: f64 = 20.0;
/// The most segments of all paths together; a detailed emblem has some thousands.
const MOST_SEGMENTS: usize = 100_000;
/// The height that shapes are kept at, to be scaled down from without loss.
const KEPT: Length = Length::mm(1000);

/// Why a file is no logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// More bytes than [`MOST_BYTES`].
    TooLarge,
    /// More pixels than [`MOST_PIXELS`].
    TooManyPixels,
    /// Neither SVG nor PNG.
    Unknown,
    /// The file breaks the rules of its format: in words of the reader, English.
    Damaged(String),
    /// So many elements, curves or references that drawing it would take too long.
    TooComplex,
    /// Scripts, event attributes or foreign elements.
    Script,
    /// Entities of its own.
    Entities,
    /// References to other files or addresses.
    Outer,
    /// Text that is not turned into curves.
    Text,
    /// A bitmap within the SVG that is no PNG, or within a filter.
    Bitmap,
    /// Nothing to be seen, or a strip.
    Shapeless,
}

/// A logo of no size yet.
#[derive(Clone, Debug)]
pub struct Logo {
    /// Its width where it is [`KEPT`] high.
    width: Length,
    drawn: Drawn,
}

#[derive(Clone, Debug)]
enum Drawn {
    /// Shapes of a picture [`KEPT`] high.
    Shapes(Vec<Shape>),
    Bitmap {
        width: u32,
        height: u32,
        rgba: Arc<[u8]>,
    },
}

/// Reads a logo from a file's bytes.
///
/// # Errors
/// Why it can't be one.
pub fn read(bytes: &[u8]) -> Result<Logo, Fault> {
    if bytes.len() > MOST_BYTES {
        return Err(Fault::TooLarge);
    }
    // Readers of foreign files are held to panic on none; one that does must not take other charts with it.
    let read = catch_unwind(AssertUnwindSafe(|| match bytes {
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        _ => svg(bytes),
    }));
    read.unwrap_or_else(|_| Err(Fault::Damaged("the reader failed".to_owned())))
}

impl Logo {
    /// The width at a height.
    pub fn width_at(&self, height: Length) -> Length {
        self.width.scale(height.to_um(), KEPT.to_um())
    }

    /// The largest place of the logo's shape in the middle of a room.
    pub fn fit(&self, room: Rect) -> Rect {
        let height = room.height().min(KEPT.scale(room.width().to_um(), self.width.to_um().max(1)));
        let width = self.width_at(height);
        let (left, top) = (room.mid_x() - width / 2, room.mid_y() - height / 2);
        Rect::new(left, top, left + width, top + height)
    }

    /// Whether it is shapes rather than a bitmap.
    pub fn is_vector(&self) -> bool {
        matches!(self.drawn, Drawn::Shapes(_))
    }

    /// The logo in a place of its shape, cut where its paths reach beyond it; `alt` is said of a bitmap.
    pub fn place(&self, rect: Rect, alt: &str) -> Item {
        match &self.drawn {
            Drawn::Bitmap { width, height, rgba } => {
                let (rgba, alt) = (Arc::clone(rgba), alt.to_owned());
                Item::Image(Image { rect, width: *width, height: *height, rgba, alt, span: None })
            }
            Drawn::Shapes(shapes) => {
                let scaled = |v: Length| v.scale(rect.height().to_um(), KEPT.to_um());
                let place = |p: Point| Point::new(rect.left + scaled(p.x), rect.top + scaled(p.y));
                let items = shapes.iter().map(|shape| Shape { path: shape.path.map(place), ..shape.clone() });
                Item::Clip(Clip { rect, items: items.map(Item::Path).collect() })
            }
        }
    }
}

fn width_of(width: f64, height: f64) -> Result<Length, Fault> {
    let aspect = width / height;
    if !(1.0 / LONGEST..=LONGEST).contains(&aspect) {
        return Err(Fault::Shapeless);
    }
    Ok(Length::from_mm(KEPT.to_mm() * aspect))
}

fn png(bytes: &[u8]) -> Result<Logo, Fault> {
    let (width, height, rgba) = decode(bytes)?;
    let drawn = Drawn::Bitmap { width, height, rgba: rgba.into() };
    Ok(Logo { width: width_of(f64::from(width), f64::from(height))?, drawn })
}

/// A PNG of any kind: its size, and the red, green, blue and opacity of each pixel.
fn decode(bytes: &[u8]) -> Result<(u32, u32, Vec<u8>), Fault> {
    let damaged = |error: ::png::DecodingError| Fault::Damaged(error.to_string());
    let limits = ::png::Limits { bytes: MOST_PIXELS as usize * 8 };
    let mut decoder = ::png::Decoder::new_with_limits(std::io::Cursor::new(bytes), limits);
    decoder.set_transformations(::png::Transformations::normalize_to_color8() | ::png::Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(damaged)?;
    let (width, height) = reader.info().size();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Fault::TooManyPixels);
    }
    let size = reader.output_buffer_size().ok_or(Fault::TooManyPixels)?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(damaged)?;
    pixels.truncate(frame.buffer_size());
    match frame.color_type {
        ::png::ColorType::Rgba => Ok((width, height, pixels)),
        ::png::ColorType::GrayscaleAlpha => {
            Ok((width, height, pixels.chunks_exact(2).flat_map(|p| [p[0], p[0], p[0], p[1]]).collect()))
        }
        other => Err(Fault::Damaged(format!("{other:?}"))),
    }
}

fn svg(bytes: &[u8]) -> Result<Logo, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::Unknown)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('<') {
        return Err(Fault::Unknown);
    }
    let document = guard::read(text)?;
    // The guard has seen every bitmap; nothing is opened by name.
    let bitmaps = usvg::ImageHrefResolver {
        resolve_data: Box::new(|kind, data, _| (kind == "image/png").then_some(usvg::ImageKind::PNG(data))),
        resolve_string: Box::new(|_, _| None),
    };
    let options = usvg::Options { image_href_resolver: bitmaps, ..usvg::Options::default() };
    let tree = Tree::from_xmltree(&document, &options).map_err(|error| Fault::Damaged(error.to_string()))?;
    if !tree.root().has_children() {
        return Err(Fault::Shapeless);
    }
    budget::check(&tree)?;
    let size = tree.size();
    let width = width_of(f64::from(size.width()), f64::from(size.height()))?;
    let mut outlines = Outlines { scale: KEPT.to_um() as f64 / f64::from(size.height()), ..Outlines::default() };
    let drawn = match outlines.group(tree.root())? {
        true => Drawn::Shapes(outlines.shapes),
        false => bitmap(&tree)?,
    };
    Ok(Logo { width, drawn })
}

/// The shapes of a tree, while it is one of plain paths.
#[derive(Default)]
struct Outlines {
    /// Micrometres a unit.
    scale: f64,
    shapes: Vec<Shape>,
    segments: usize,
}

impl Outlines {
    /// Adds what a group draws; whether a scene can hold all of it.
    fn group(&mut self, group: &Group) -> Result<bool, Fault> {
        if group.should_isolate() {
            return Ok(false);
        }
        for node in group.children() {
            let plain = match node {
                Node::Group(inner) => self.group(inner)?,
                Node::Path(path) => !path.is_visible() || self.path(path)?,
                Node::Image(_) | Node::Text(_) => false,
            };
            if !plain {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn path(&mut self, path: &usvg::Path) -> Result<bool, Fault> {
        let transform = path.abs_transform();
        let fill = match path.fill() {
            Some(fill) => match plain(fill.paint(), fill.opacity()) {
                Some(color) => Some((path.data().clone().transform(transform), color, rule(fill.rule()))),
                None => return Ok(false),
            },
            None => None,
        };
        let stroke = match path.stroke() {
            Some(stroke) => match plain(stroke.paint(), stroke.opacity()) {
                Some(color) => Some((outline(path.data(), stroke, transform), color, FillRule::NonZero)),
                None => return Ok(false),
            },
            None => None,
        };
        let order = match path.paint_order() {
            PaintOrder::FillAndStroke => [fill, stroke],
            PaintOrder::StrokeAndFill => [stroke, fill],
        };
        for (path, color, rule) in order.into_iter().flatten() {
            let Some(path) = path else { continue };
            self.segments += path.len();
            if self.segments > MOST_SEGMENTS {
                return Err(Fault::TooComplex);
            }
            let path = self.convert(&path);
            // A line has an inside of no size, black unless it says otherwise.
            if path.bounds().is_none_or(|bounds| bounds.width() == Length::ZERO || bounds.height() == Length::ZERO) {
                continue;
            }
            self.shapes.push(Shape { path, fill: Some(color), rule, stroke: None, span: None });
        }
        Ok(true)
    }

    fn convert(&self, path: &tiny_skia_path::Path) -> Path {
        let um = |v: f32| Length::um((f64::from(v) * self.scale).round() as i64);
        let place = |p: tiny_skia_path::Point| Point::new(um(p.x), um(p.y));
        let third = |p: tiny_skia_path::Point, q: tiny_skia_path::Point| {
            let third = |p: f32, q: f32| ((f64::from(p) + 2.0 * f64::from(q)) / 3.0 * self.scale).round() as i64;
            Point::new(Length::um(third(p.x, q.x)), Length::um(third(p.y, q.y)))
        };
        let mut pen = tiny_skia_path::Point::zero();
        let mut start = pen;
        let mut segments = Vec::with_capacity(path.len());
        for segment in path.segments() {
            segments.push(match segment {
                PathSegment::MoveTo(p) => {
                    (pen, start) = (p, p);
                    Segment::Move(place(p))
                }
                PathSegment::LineTo(p) => {
                    pen = p;
                    Segment::Line(place(p))
                }
                PathSegment::QuadTo(q, p) => {
                    let raised = Segment::Cubic(third(pen, q), third(p, q), place(p));
                    pen = p;
                    raised
                }
                PathSegment::CubicTo(a, b, p) => {
                    pen = p;
                    Segment::Cubic(place(a), place(b), place(p))
                }
                PathSegment::Close => {
                    pen = start;
                    Segment::Close
                }
            });
        }
        Path { segments }
    }
}

/// The colour of a paint that is nothing but one.
fn plain(paint: &Paint, opacity: usvg::Opacity) -> Option<Rgb> {
    match paint {
        Paint::Color(color) if opacity == usvg::Opacity::ONE => Some(Rgb(color.red, color.green, color.blue)),
        _ => None,
    }
}

fn rule(rule: usvg::FillRule) -> FillRule {
    match rule {
        usvg::FillRule::NonZero => FillRule::NonZero,
        usvg::FillRule::EvenOdd => FillRule::EvenOdd,
    }
}

/// What a line covers, in the tree's space.
fn outline(
    data: &tiny_skia_path::Path,
    stroke: &usvg::Stroke,
    transform: usvg::Transform,
) -> Option<tiny_skia_path::Path> {
    let stroke = stroke.to_tiny_skia();
    // Curves are followed to a quarter of a thousandth of the picture or so.
    let fine = tiny_skia_path::PathStroker::compute_resolution_scale(&transform) * 16.0;
    let dashed = stroke.dash.as_ref().and_then(|dash| data.dash(dash, fine));
    dashed.as_ref().unwrap_or(data).stroke(&stroke, fine)?.transform(transform)
}

fn bitmap(tree: &Tree) -> Result<Drawn, Fault> {
    let size = tree.size();
    let scale = RASTER_SIDE as f32 / size.width().max(size.height());
    let pixels = |side: f32| ((side * scale).round() as u32).clamp(1, RASTER_SIDE);
    let (width, height) = (pixels(size.width()), pixels(size.height()));
    let mut pixmap = Pixmap::new(width, height).ok_or(Fault::Shapeless)?;
    let fit = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(tree, fit, &mut pixmap.as_mut());
    let straight = pixmap.pixels().iter().map(|pixel| pixel.demultiply());
    let rgba: Vec<u8> = straight.flat_map(|p| [p.red(), p.green(), p.blue(), p.alpha()]).collect();
    Ok(Drawn::Bitmap { width, height, rgba: rgba.into() })
}
