//! Words: over outlines, to be read and not seen, or seen in faces that the file brings along.

use base64::Engine;

use super::Body;
use crate::export::ExportFault;
use crate::export::cut::{Faces, clusters};
use crate::export::woff::woff;
use crate::export::xml::{attribute, escape};
use crate::font::FaceId;
use crate::geom::push_hundredths;
use crate::scene::GlyphRun;
use crate::unit::Length;

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
pub(super) fn fonts(out: &mut String, faces: &Faces, own: &str) -> Result<(), ExportFault> {
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

impl Body<'_> {
    /// Whether a run's words are text in one of the file's faces: where each character is one glyph on the baseline, and the
    /// face's own for it.
    pub(super) fn is_set(&self, run: &GlyphRun) -> bool {
        let Some(used) = self.faces.as_ref().and_then(|faces| faces.of(run).ok()) else { return false };
        let is_own = |(text, glyphs): (&str, std::ops::Range<usize>)| {
            let glyph = &run.glyphs[glyphs.start];
            let is_plain = text.chars().all(|c| c <= '\u{ffff}');
            glyphs.len() == 1 && glyph.dy == Length::ZERO && is_plain && used.maps(text, glyph.id)
        };
        !run.text.is_empty() && clusters(run).all(is_own)
    }

    /// The words of the paragraph under way, to be read and not seen.
    pub(super) fn words(&mut self) {
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
