//! What drawing an SVG as a bitmap would cost, reckoned before it is done: time and memory have a limit whatever asks for
//! them, be it filters, masks, groups or dashes.
//!
//! The unit of time is a pass over the whole bitmap, some three milliseconds of one core; that of memory is a layer of its
//! size, 5.5 MiB.

use usvg::filter::{Filter, Kind};
use usvg::{ClipPath, Group, Mask, Node, Paint, Path, Tree};

use super::{Fault, MOST_SEGMENTS, RASTER_SIDE};

/// The most passes: half a second.
const MOST_PASSES: f64 = 160.0;
/// The most layers at one time: 64 MiB with the bitmap itself.
const MOST_LAYERS: usize = 10;
/// What a path costs apart from its area: its outline is followed and sorted.
const OUTLINE: f64 = 0.01;
/// What a segment of a path costs.
const SEGMENT: f64 = 0.0002;
/// The most dashes of all lines together.
const MOST_DASHES: f64 = 20_000.0;

/// Refuses a picture that would take too long or too much to draw.
pub(super) fn check(tree: &Tree) -> Result<(), Fault> {
    let side = f64::from(tree.size().width().max(tree.size().height()));
    let scale = f64::from(RASTER_SIDE) / side;
    let mut budget = Budget { scale, area: canvas(tree, scale), passes: 0.0, dashes: 0.0, segments: 0 };
    budget.group(tree.root(), 1)
}

/// The pixels of the bitmap.
fn canvas(tree: &Tree, scale: f64) -> f64 {
    (f64::from(tree.size().width()) * scale * f64::from(tree.size().height()) * scale).max(1.0)
}

struct Budget {
    /// Pixels a unit.
    scale: f64,
    /// Pixels of the bitmap.
    area: f64,
    passes: f64,
    dashes: f64,
    segments: usize,
}

impl Budget {
    fn spend(&mut self, passes: f64) -> Result<(), Fault> {
        self.passes += passes;
        // What is not a number is no price.
        if self.passes <= MOST_PASSES { Ok(()) } else { Err(Fault::TooComplex) }
    }

    fn group(&mut self, group: &Group, layers: usize) -> Result<(), Fault> {
        let mut layers = layers;
        if group.should_isolate() {
            // Made, drawn into and laid over what is below it.
            layers += 1;
            let bounds = group.abs_layer_bounding_box();
            let part = self.part(bounds.width(), bounds.height());
            self.spend(2.0 * part + OUTLINE)?;
            for filter in group.filters() {
                layers = layers.max(self.filter(filter, part, layers)?);
            }
            if let Some(clip) = group.clip_path() {
                self.clip(clip, layers + 1)?;
            }
            if let Some(mask) = group.mask() {
                self.mask(mask, layers + 1)?;
            }
        }
        if layers > MOST_LAYERS {
            return Err(Fault::TooComplex);
        }
        for node in group.children() {
            match node {
                Node::Group(inner) => self.group(inner, layers)?,
                Node::Path(path) => self.path(path, layers)?,
                Node::Image(_) => self.spend(1.0)?,
                Node::Text(_) => {}
            }
        }
        Ok(())
    }

    /// Of how many bitmaps the area of so many units is; no more than one is drawn.
    fn part(&self, width: f32, height: f32) -> f64 {
        let pixels = |side: f32| (f64::from(side) * self.scale).abs();
        (pixels(width) * pixels(height) / self.area).clamp(0.0, 1.0)
    }

    fn path(&mut self, path: &Path, layers: usize) -> Result<(), Fault> {
        self.segments += path.data().len();
        if self.segments > MOST_SEGMENTS {
            return Err(Fault::TooComplex);
        }
        let bounds = path.abs_stroke_bounding_box();
        let part = self.part(bounds.width(), bounds.height());
        let outline = OUTLINE + SEGMENT * path.data().len() as f64;
        let paints = [path.fill().map(usvg::Fill::paint), path.stroke().map(usvg::Stroke::paint)];
        for paint in paints.into_iter().flatten() {
            match paint {
                Paint::Pattern(pattern) => {
                    self.spend(2.0 * part + outline)?;
                    self.group(pattern.root(), layers + 1)?;
                }
                Paint::Color(_) => self.spend(part + outline)?,
                Paint::LinearGradient(_) | Paint::RadialGradient(_) => self.spend(4.0 * part + outline)?,
            }
        }
        self.dashes(path)
    }

    fn dashes(&mut self, path: &Path) -> Result<(), Fault> {
        let Some(dashes) = path.stroke().and_then(usvg::Stroke::dasharray) else { return Ok(()) };
        let period: f64 = dashes.iter().map(|dash| f64::from(*dash)).sum();
        let bounds = path.data().bounds();
        // No segment is longer than its path is wide and high by more than its curve's handles are: twice does.
        let longest = 2.0 * (f64::from(bounds.width()) + f64::from(bounds.height()));
        self.dashes += longest * path.data().len() as f64 / period * dashes.len() as f64;
        if self.dashes <= MOST_DASHES { Ok(()) } else { Err(Fault::TooComplex) }
    }

    fn clip(&mut self, clip: &ClipPath, layers: usize) -> Result<(), Fault> {
        self.spend(2.0)?;
        if let Some(further) = clip.clip_path() {
            self.clip(further, layers + 1)?;
        }
        self.group(clip.root(), layers)
    }

    fn mask(&mut self, mask: &Mask, layers: usize) -> Result<(), Fault> {
        self.spend(4.0)?;
        if let Some(further) = mask.mask() {
            self.mask(further, layers + 1)?;
        }
        self.group(mask.root(), layers)
    }

    /// Spends what a filter takes; gives how many layers there are with those of its steps, which all stay to its end.
    fn filter(&mut self, filter: &Filter, part: f64, layers: usize) -> Result<usize, Fault> {
        for primitive in filter.primitives() {
            self.spend(part.max(0.05) * self.passes_of(primitive.kind()))?;
        }
        let layers = layers + 1 + filter.primitives().len();
        if layers <= MOST_LAYERS { Ok(layers) } else { Err(Fault::TooComplex) }
    }

    /// How many passes a step of a filter takes over what it is applied to.
    fn passes_of(&self, kind: &Kind) -> f64 {
        let pixels = |length: f32| (f64::from(length) * self.scale).max(1.0);
        match kind {
            Kind::Turbulence(noise) => 40.0 * f64::from(noise.num_octaves()).max(1.0),
            Kind::Morphology(shape) => {
                2.0 * pixels(2.0 * shape.radius_x().get()) * pixels(2.0 * shape.radius_y().get())
            }
            Kind::ConvolveMatrix(matrix) => {
                4.0 * f64::from(matrix.matrix().columns()) * f64::from(matrix.matrix().rows())
            }
            Kind::DiffuseLighting(_) | Kind::SpecularLighting(_) => 20.0,
            Kind::GaussianBlur(_) | Kind::DropShadow(_) => 16.0,
            Kind::Merge(merge) => 2.0 * merge.inputs().len() as f64,
            _ => 4.0,
        }
    }
}
