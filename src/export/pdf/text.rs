//! Glyph runs to text operators.

use printpdf::{Codepoint, DictItem, Op, PdfFontHandle, Pt, TextItem, TextMatrix};

use super::faces::{Drawn, resource};
use super::paint::Painter;
use crate::scene::{Glyph, GlyphRun};
use crate::unit::Length;

impl Painter<'_> {
    /// Shows a run's glyphs, each where the scene has it.
    ///
    /// # Errors
    /// A glyph that the cut face lacks.
    pub(super) fn run(&mut self, run: &GlyphRun) -> Result<(), String> {
        self.begin_text();
        self.fill(run.color);
        let apart = stands_apart(run);
        if apart {
            self.mark("Span", "ActualText", text_string(&run.text));
        }
        let face = self.faces.of(run)?;
        let mut pen = Length::ZERO;
        let mut stretch: Option<Stretch> = None;
        for (index, glyph) in run.glyphs.iter().enumerate() {
            let drawn = face.drawn(run, index)?;
            let x = pen + glyph.dx;
            pen += glyph.advance;
            let shared = if apart { Cluster::Alone } else { Cluster::of(run, index) };
            let goes_on = |stretch: &Stretch| {
                stretch.registration == drawn.registration && stretch.dy == glyph.dy && shared == Cluster::Alone
            };
            if let Some(ended) = stretch.take_if(|stretch| !goes_on(stretch)) {
                self.show(run, ended);
            }
            if shared == Cluster::First {
                self.mark("Span", "ActualText", text_string(&run.text[cluster_bytes(glyph)]));
            }
            stretch.get_or_insert_with(|| Stretch::new(&drawn, x, glyph.dy)).push(&drawn, x, run.size);
            if shared != Cluster::Alone {
                if let Some(ended) = stretch.take() {
                    self.show(run, ended);
                }
                if shared == Cluster::Last {
                    self.ops.push(Op::EndMarkedContent);
                }
            }
        }
        if let Some(ended) = stretch {
            self.show(run, ended);
        }
        if apart {
            self.ops.push(Op::EndMarkedContent);
        }
        Ok(())
    }

    fn show(&mut self, run: &GlyphRun, stretch: Stretch) {
        let font = (stretch.registration, run.size);
        if self.state.font != Some(font) {
            let handle = PdfFontHandle::External(resource(stretch.registration));
            self.ops.push(Op::SetFont { font: handle, size: Pt(run.size.to_um() as f32) });
            self.state.font = Some(font);
        }
        let origin = run.origin.shifted(stretch.start, stretch.dy);
        let (x, y) = (origin.x.to_um() as f32, origin.y.to_um() as f32);
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([1.0, 0.0, 0.0, -1.0, x, y]) });
        self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(stretch.glyphs)] });
    }
}

/// Whether characters stand so far from each other that readers take the blank for a space or a new column: a name
/// spread over its box (均排). The text that is given for it has it found and copied as one word.
fn stands_apart(run: &GlyphRun) -> bool {
    let mut pen = Length::ZERO;
    let starts = run.glyphs.iter().map(|glyph| {
        let start = pen + glyph.dx;
        pen += glyph.advance;
        start
    });
    let starts: Vec<Length> = starts.collect();
    starts.windows(2).any(|pair| pair[1] - pair[0] > run.size.percent(APART))
}

/// From one character to the next, in hundredths of an em: more than the widest one and what justification adds.
const APART: i64 = 150;

/// Where a glyph stands among those of its cluster.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cluster {
    Alone,
    First,
    Within,
    Last,
}

impl Cluster {
    fn of(run: &GlyphRun, index: usize) -> Self {
        let cluster = &run.glyphs[index].cluster;
        let same = |other: Option<usize>| {
            other.and_then(|other| run.glyphs.get(other)).is_some_and(|other| other.cluster == *cluster)
        };
        match (same(index.checked_sub(1)), same(index.checked_add(1))) {
            (false, false) => Self::Alone,
            (false, true) => Self::First,
            (true, true) => Self::Within,
            (true, false) => Self::Last,
        }
    }
}

fn cluster_bytes(glyph: &Glyph) -> std::ops::Range<usize> {
    glyph.cluster.start as usize..glyph.cluster.end as usize
}

/// Glyphs shown by one operator: one font, one height.
struct Stretch {
    registration: usize,
    dy: Length,
    /// Where the first glyph is drawn, from the run's origin.
    start: Length,
    /// Where readers draw the next glyph, in µm from the start.
    reader: f64,
    glyphs: Vec<Codepoint>,
}

impl Stretch {
    fn new(drawn: &Drawn, start: Length, dy: Length) -> Self {
        Self { registration: drawn.registration, dy, start, reader: 0.0, glyphs: Vec::new() }
    }

    fn push(&mut self, drawn: &Drawn, x: Length, size: Length) {
        let size = size.to_um().max(1) as f64;
        let off = (x - self.start).to_um() as f64 - self.reader;
        if let Some(last) = self.glyphs.last_mut().filter(|_| off.abs() >= 0.5) {
            // Hundredths of a thousandth of an em: 0.1 µm at the size of a headline.
            let offset = (-off * 100_000.0 / size).round() / 100.0;
            last.offset = offset as f32;
            self.reader -= offset * size / 1000.0;
        }
        // The text is written when finishing, with the font's others.
        self.glyphs.push(Codepoint::with_cid(drawn.id, 0.0, String::new()));
        self.reader += f64::from(drawn.width) * size / 1000.0;
    }
}

/// A text string as UTF-16 (ISO 32000-1 § 7.9.2.2).
fn text_string(text: &str) -> DictItem {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    DictItem::Bytes(units.flat_map(u16::to_be_bytes).collect())
}
