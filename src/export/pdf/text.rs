//! Glyph runs to text operators.

use std::ops::Range;

use super::content::Content;
use super::faces::{Drawn, has_characters_of_its_own, resource};
use super::paint::Painter;
use crate::export::ExportFault;
use crate::scene::{Glyph, GlyphRun};
use crate::unit::Length;

impl Painter<'_> {
    /// Shows a run's glyphs, each where the scene has it.
    ///
    /// # Errors
    /// A glyph that the cut face lacks.
    pub(super) fn run(&mut self, run: &GlyphRun) -> Result<(), ExportFault> {
        self.begin_text();
        self.fill(run.color);
        let apart = stands_apart(run);
        if apart {
            self.actual_text(&run.text);
        }
        let face = self.faces.of(run)?;
        let mut pen = Length::ZERO;
        let mut stretch: Option<Stretch> = None;
        let foreign = if apart { Vec::new() } else { foreign_words(&run.text) };
        let mut within: Option<&Range<usize>> = None;
        for (index, glyph) in run.glyphs.iter().enumerate() {
            let drawn = face.drawn(run, index)?;
            let x = pen + glyph.dx;
            pen += glyph.advance;
            let shared =
                if apart || has_characters_of_its_own(run, index) { Cluster::Alone } else { Cluster::of(run, index) };
            let word = foreign.iter().find(|word| word.contains(&(glyph.cluster.start as usize)));
            if word != within {
                self.end_stretch(&mut stretch);
                self.change_language(within.is_some(), word.is_some());
                within = word;
            }
            let goes_on = |stretch: &Stretch| {
                stretch.registration == drawn.registration && stretch.dy == glyph.dy && shared == Cluster::Alone
            };
            if stretch.as_ref().is_some_and(|stretch| !goes_on(stretch)) {
                self.end_stretch(&mut stretch);
            }
            if shared == Cluster::First {
                self.actual_text(&run.text[cluster_bytes(glyph)]);
            }
            let stretch_now = stretch.get_or_insert_with(|| self.begin_stretch(run, &drawn, x, glyph.dy));
            stretch_now.show(&mut self.content, &drawn, x, run.size);
            if shared != Cluster::Alone {
                self.end_stretch(&mut stretch);
                if shared == Cluster::Last {
                    self.content.operator(&[], "EMC");
                }
            }
        }
        self.end_stretch(&mut stretch);
        self.change_language(within.is_some(), false);
        if apart {
            self.content.operator(&[], "EMC");
        }
        Ok(())
    }

    /// Ends words of another language, begins such.
    fn change_language(&mut self, ends: bool, begins: bool) {
        if ends {
            self.content.operator(&[], "EMC");
        }
        if begins {
            self.content.word("/Span<</Lang(en)>>");
            self.content.operator(&[], "BDC");
        }
    }

    fn begin_stretch(&mut self, run: &GlyphRun, drawn: &Drawn, start: Length, dy: Length) -> Stretch {
        let font = (drawn.registration, run.size);
        if self.state.font != Some(font) {
            self.content.word(&format!("/{}", resource(drawn.registration)));
            self.content.operator(&[run.size.to_um()], "Tf");
            self.state.font = Some(font);
        }
        let origin = run.origin.shifted(start, dy);
        self.content.operator(&[1, 0, 0, -1, origin.x.to_um(), origin.y.to_um()], "Tm");
        self.content.word("[");
        Stretch { registration: drawn.registration, dy, start, reader: 0.0 }
    }

    fn end_stretch(&mut self, stretch: &mut Option<Stretch>) {
        if stretch.take().is_some() {
            self.content.word("]");
            self.content.operator(&[], "TJ");
        }
    }

    /// Begins content that readers take for this text, whatever its glyphs stand for.
    fn actual_text(&mut self, text: &str) {
        self.content.word("/Span<</ActualText");
        self.content.text(text);
        self.content.word(">>");
        self.content.operator(&[], "BDC");
    }
}

/// The words of a text that a Chinese voice can't read: Latin words of small letters, with the spaces between them. What
/// stands in capitals alone, such as OA, is spelt in any language; addresses are no words.
fn foreign_words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_alphabetic()).map(|found| at + found) {
        let inside = |c: char| c.is_ascii_alphanumeric() || "'-:/.@_?=&%#".contains(c);
        let end = text[start..].find(|c: char| !inside(c)).map_or(text.len(), |found| start + found);
        let word = text[start..end].trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let letters = word.bytes().all(|byte| byte.is_ascii_alphabetic() || b"'-".contains(&byte));
        let small = word.bytes().filter(u8::is_ascii_lowercase).count();
        if letters && small >= 2 {
            let word = start..start + word.len();
            match words.last_mut() {
                Some(last) if text[last.end..word.start].bytes().all(|byte| byte == b' ') => last.end = word.end,
                _ => words.push(word),
            }
        }
        at = end;
    }
    words
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
}

impl Stretch {
    fn show(&mut self, content: &mut Content, drawn: &Drawn, x: Length, size: Length) {
        let size = size.to_um().max(1) as f64;
        let off = (x - self.start).to_um() as f64 - self.reader;
        if off.abs() >= 0.5 {
            // Hundredths of a thousandth of an em: 0.1 µm at the size of a headline.
            let offset = (-off * 100_000.0 / size).round();
            content.hundredths(offset as i64);
            self.reader -= offset * size / 100_000.0;
        }
        content.glyph(drawn.id);
        self.reader += f64::from(drawn.width) * size / 1000.0;
    }
}

#[cfg(test)]
mod tests {
    use super::foreign_words;

    #[test]
    fn words_are_told_from_abbreviations_and_addresses() {
        let words = |text: &'static str| foreign_words(text).into_iter().map(|at| &text[at]).collect::<Vec<_>>();
        assert_eq!(words("按 Standard Operating Procedure 办理"), ["Standard Operating Procedure"]);
        assert_eq!(words("OA系统、PPP 项目、A4"), [""; 0]);
        assert_eq!(words("见 https://www.example.gov.cn/a 或 x@y.cn"), [""; 0]);
        assert_eq!(words("it's done。App审核"), ["it's done", "App"]);
    }
}
