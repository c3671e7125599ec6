//! Fragments to cells: clusters, faces, shaping, and the shapes of marks.

use std::collections::BTreeMap;

use super::cell::{Cell, CellGlyph, EM};
use super::class::{self, Class};
use super::{Fragment, MissingGlyph};
use crate::font::{Face, FaceId, FontBook, ShapedGlyph, Shaper};
use crate::unit::Em;

/// A character and where it stands.
#[derive(Clone, Copy)]
struct Char {
    c: char,
    fragment: u16,
    offset: u32,
}

/// Cells and their glyphs.
pub(super) struct Prepared {
    pub(super) cells: Vec<Cell>,
    pub(super) glyphs: Vec<CellGlyph>,
}

/// Cuts, assigns faces, shapes.
pub(super) fn prepare(fonts: &FontBook, fragments: &[Fragment<'_>]) -> Result<Prepared, Vec<MissingGlyph>> {
    let mut cells = cut(fragments);
    let faces = faces_of(fonts, fragments, &cells)?;
    let glyphs = Setter { fonts, fragments, shapers: BTreeMap::new(), glyphs: Vec::new() }.set(&mut cells, &faces)?;
    Ok(Prepared { cells, glyphs })
}

fn characters(fragments: &[Fragment<'_>]) -> Vec<Char> {
    let numbered = fragments.iter().zip(0..=u16::MAX);
    let chars = numbered.flat_map(|(fragment, n)| {
        fragment.text.char_indices().map(move |(offset, c)| Char { c, fragment: n, offset: offset as u32 })
    });
    chars.collect()
}

/// Cuts the text into cells, blanks joined or dropped, none at the ends.
fn cut(fragments: &[Fragment<'_>]) -> Vec<Cell> {
    let chars = characters(fragments);
    let mut cells: Vec<Cell> = Vec::with_capacity(chars.len());
    let mut i = 0;
    let mut newline = false;
    while i < chars.len() {
        let blanks = chars[i..].iter().take_while(|at| class::is_blank(at.c)).count();
        if blanks > 0 {
            newline = add_blank(&mut cells, &chars[..i], &chars[i..i + blanks], &chars[i + blanks..]);
            i += blanks;
            continue;
        }
        let length = cluster_length(&chars[i..]);
        cells.push(new_cell(&chars, i, length, newline && !cells.is_empty()));
        newline = false;
        i += length;
    }
    cells
}

/// A run of blanks becomes one, or none at the ends and, where it holds a newline, between characters that are
/// written without blanks (rule 30). Gives whether it holds a newline.
fn add_blank(cells: &mut Vec<Cell>, before: &[Char], blanks: &[Char], after: &[Char]) -> bool {
    let newline = blanks.iter().any(|at| matches!(at.c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'));
    let wide = |at: Option<&Char>| at.is_some_and(|at| Class::of(at.c).is_wide());
    let (Some(last), Some(next)) = (before.last(), after.first()) else { return newline };
    if newline && (wide(Some(last)) || wide(Some(next))) {
        return true;
    }
    let first = blanks[0];
    let bytes: usize = blanks.iter().take_while(|at| at.fragment == first.fragment).map(|at| at.c.len_utf8()).sum();
    cells.push(Cell {
        class: Class::Space,
        c: if first.c == '\u{3000}' { first.c } else { ' ' },
        fragment: first.fragment,
        source: first.offset..first.offset + bytes as u32,
        glyphs: 0..0,
        advance: 0,
        left: 0,
        right: 0,
        newline: false,
    });
    newline
}

/// How many characters the cell that begins with `chars` takes: a dash or an ellipsis of two, or a character with
/// what extends it. Characters without a picture join what comes after where nothing comes before.
fn cluster_length(chars: &[Char]) -> usize {
    let fragment = chars[0].fragment;
    let get = |i: usize| chars.get(i).filter(|at| at.fragment == fragment).map(|at| at.c);
    let mut n = 0;
    while get(n).is_some_and(class::is_invisible) {
        n += 1;
    }
    let Some(first) = get(n).filter(|&c| !class::is_blank(c)) else { return n.max(1) };
    n += 1;
    if matches!(first, '—' | '…') && get(n) == Some(first) {
        n += 1;
    }
    while let Some(c) = get(n).filter(|&c| class::extends(c)) {
        n += 1;
        // U+200D joins the next character too, as in emoji of several.
        n += usize::from(c == '\u{200D}' && get(n).is_some_and(|c| !class::is_blank(c)));
    }
    n
}

fn new_cell(chars: &[Char], from: usize, length: usize, newline: bool) -> Cell {
    let cluster = &chars[from..from + length];
    let shown = cluster.iter().position(|at| !class::is_invisible(at.c)).unwrap_or(0);
    let c = cluster[shown].c;
    let neighbour = |at: Option<&Char>| at.map(|at| at.c);
    let before = chars[..from].iter().rev().find(|at| !class::is_invisible(at.c));
    let doubled = cluster.get(shown + 1).is_some_and(|next| next.c == c);
    let class = match c {
        '—' if doubled => Class::Dash,
        _ => Class::in_context(neighbour(before), c, neighbour(chars.get(from + length))),
    };
    let last = cluster[length - 1];
    Cell {
        class,
        c,
        fragment: cluster[0].fragment,
        source: cluster[0].offset..last.offset + last.c.len_utf8() as u32,
        glyphs: 0..0,
        advance: 0,
        left: 0,
        right: 0,
        newline,
    }
}

/// The characters of a cell that must have a glyph.
fn shown<'a>(fragments: &[Fragment<'a>], cell: &Cell) -> impl Iterator<Item = (u32, char)> + use<'a> {
    let from = cell.source.start;
    let text = fragments[usize::from(cell.fragment)].text;
    let part = text.get(from as usize..cell.source.end as usize).unwrap_or("");
    part.char_indices().map(move |(i, c)| (from + i as u32, c)).filter(|&(_, c)| !class::is_invisible(c))
}

/// The face of each cell: that of its fragment, or the first that has all its characters (rule 31).
fn faces_of(fonts: &FontBook, fragments: &[Fragment<'_>], cells: &[Cell]) -> Result<Vec<FaceId>, Vec<MissingGlyph>> {
    let mut missing = Vec::new();
    let mut faces = Vec::with_capacity(cells.len());
    for cell in cells {
        let wanted = fragments[usize::from(cell.fragment)].face;
        if cell.class == Class::Space {
            faces.push(wanted);
            continue;
        }
        // Marks on a character come from its face, where the shaper may find the two drawn as one.
        let Some((offset, c)) = shown(fragments, cell).next() else {
            faces.push(wanted);
            continue;
        };
        match fonts.face_for(wanted, c) {
            Some(face) => faces.push(face),
            None => missing.push(MissingGlyph {
                character: c,
                fragment: usize::from(cell.fragment),
                offset: offset as usize,
            }),
        }
    }
    if missing.is_empty() { Ok(faces) } else { Err(missing) }
}

/// Gives cells their glyphs.
struct Setter<'a> {
    fonts: &'a FontBook,
    fragments: &'a [Fragment<'a>],
    shapers: BTreeMap<FaceId, Shaper<'a>>,
    glyphs: Vec<CellGlyph>,
}

impl Setter<'_> {
    fn set(mut self, cells: &mut Vec<Cell>, faces: &[FaceId]) -> Result<Vec<CellGlyph>, Vec<MissingGlyph>> {
        let mut missing = Vec::new();
        let mut i = 0;
        while i < cells.len() {
            let length = run_length(&cells[i..], &faces[i..]);
            let run = &mut cells[i..i + length];
            match run[0].class {
                Class::Space => self.set_blank(&mut run[0], faces[i]),
                Class::Dash => self.set_dash(&mut run[0], faces[i]),
                _ => self.shape(run, faces[i], &mut missing),
            }
            i += length;
        }
        if !missing.is_empty() {
            return Err(missing);
        }
        join_ligatures(cells);
        self.fit_marks(cells);
        Ok(self.glyphs)
    }

    fn set_blank(&mut self, cell: &mut Cell, face: FaceId) {
        let of = self.fonts.face(face);
        let glyph = of.glyph(cell.c).or_else(|| of.glyph(' ')).unwrap_or(0);
        cell.advance = if cell.c == '\u{3000}' { EM } else { i64::from(of.advance(glyph).raw()) };
        let x = Em::ZERO;
        self.add(cell, CellGlyph { face, id: glyph, x, y: x, advance: of.advance(glyph) });
    }

    fn add(&mut self, cell: &mut Cell, glyph: CellGlyph) {
        let at = self.glyphs.len() as u32;
        let first = if cell.glyphs.is_empty() { at } else { cell.glyphs.start };
        cell.glyphs = first..at + 1;
        self.glyphs.push(glyph);
    }

    /// Rule 4: —— is one stroke of two ems. Faces draw it as ⸺ (U+2E3A); where one lacks that, two — whose ink meets.
    fn set_dash(&mut self, cell: &mut Cell, face: FaceId) {
        let of = self.fonts.face(face);
        cell.advance = 2 * EM;
        let y = |glyph| raised_to_middle(of, glyph);
        let whole = of.glyph('⸺').and_then(|glyph| Some((glyph, of.ink(glyph)?)));
        if let Some((id, ink)) = whole {
            let x = Em::ONE - (ink.left + ink.right) / 2;
            self.add(cell, CellGlyph { face, id, x, y: y(id), advance: of.advance(id) });
            return;
        }
        let id = of.glyph('—').unwrap_or(0);
        let Some(ink) = of.ink(id) else { return };
        let half = ink.right - ink.left - Em::milli(5);
        for middle in [Em::ONE - half / 2, Em::ONE + half / 2] {
            let x = middle - (ink.left + ink.right) / 2;
            self.add(cell, CellGlyph { face, id, x, y: y(id), advance: of.advance(id) });
        }
    }

    fn shape(&mut self, run: &mut [Cell], face: FaceId, missing: &mut Vec<MissingGlyph>) {
        let fonts = self.fonts;
        let shaper = self.shapers.entry(face).or_insert_with(|| Shaper::new(fonts.face(face)));
        let mut shaped: Vec<ShapedGlyph> = Vec::with_capacity(run.len());
        let text = fragment_text(self.fragments, run);
        shaper.shape(text, &mut shaped);
        let mut cell = 0;
        for glyph in &shaped {
            while cell + 1 < run.len() && run[cell + 1].source.start <= glyph.cluster {
                cell += 1;
            }
            if glyph.id == 0 {
                let c = shown(self.fragments, &run[cell]).last().map_or('\u{FFFD}', |(_, c)| c);
                let (fragment, offset) = (usize::from(run[cell].fragment), glyph.cluster as usize);
                missing.push(MissingGlyph { character: c, fragment, offset });
            }
            let of = &mut run[cell];
            let x = Em::from_raw(of.advance as i32) + glyph.dx;
            of.advance += i64::from(glyph.advance.raw());
            let at = self.glyphs.len() as u32;
            of.glyphs = if of.glyphs.is_empty() { at..at + 1 } else { of.glyphs.start..at + 1 };
            self.glyphs.push(CellGlyph { face, id: glyph.id, x, y: glyph.dy, advance: glyph.advance });
        }
    }

    /// Puts marks into their squares and finds their blanks, from the ink that the face draws.
    fn fit_marks(&mut self, cells: &mut [Cell]) {
        for i in 0..cells.len() {
            let western = |i: Option<usize>| i.and_then(|i| cells.get(i)).is_some_and(|cell| cell.class.is_western());
            let between_words = western(i.checked_sub(1)) && western(Some(i + 1));
            let cell = &mut cells[i];
            let Some(glyph) = self.glyphs.get_mut(cell.glyphs.start as usize) else { continue };
            match cell.class {
                _ if cell.glyphs.len() != 1 => {}
                Class::Connector if cell.c == '—' && !between_words => fit_single_dash(self.fonts, cell, glyph),
                Class::Dot => fit_dot(self.fonts, cell, glyph),
                class if class.is_full_mark() => fit_mark(self.fonts, cell, glyph),
                _ => {}
            }
        }
    }
}

fn fragment_text<'a>(fragments: &[Fragment<'a>], run: &[Cell]) -> impl Iterator<Item = (u32, char)> + use<'a> {
    let (from, to) = (run[0].source.start, run[run.len() - 1].source.end);
    let part = fragments[usize::from(run[0].fragment)].text.get(from as usize..to as usize).unwrap_or("");
    part.char_indices().map(move |(i, c)| (from + i as u32, c)).filter(|(_, c)| !c.is_control())
}

/// How many cells from the first are shaped together.
fn run_length(cells: &[Cell], faces: &[FaceId]) -> usize {
    let alone = |cell: &Cell| matches!(cell.class, Class::Space | Class::Dash);
    if alone(&cells[0]) {
        return 1;
    }
    let same = cells.windows(2).zip(faces.windows(2)).take_while(|(pair, faces)| {
        let [l, r] = pair else { return false };
        faces[0] == faces[1] && l.fragment == r.fragment && l.source.end == r.source.start && !alone(r)
    });
    1 + same.count()
}

/// A cell without a glyph was drawn by the one before, as in a ligature.
fn join_ligatures(cells: &mut Vec<Cell>) {
    cells.dedup_by(|cell, before| {
        let joined =
            cell.glyphs.is_empty() && cell.fragment == before.fragment && before.source.end == cell.source.start;
        if joined {
            before.source.end = cell.source.end;
        }
        joined
    });
}

/// How far a dash is moved so that it stands at the middle of the Han square, 0.38 em above the baseline; Western
/// designs draw it at the middle of small letters.
fn raised_to_middle(face: &Face, glyph: u16) -> Em {
    let middle = face.ink(glyph).map(|ink| (ink.top + ink.bottom) / 2);
    middle.map_or(Em::ZERO, |middle| Em::milli(-380) - middle)
}

fn fit_single_dash(fonts: &FontBook, cell: &mut Cell, glyph: &mut CellGlyph) {
    glyph.y = raised_to_middle(fonts.face(glyph.face), glyph.id);
    if cell.advance < EM {
        glyph.x += Em::from_raw((EM - cell.advance) as i32 / 2);
        cell.advance = EM;
    }
}

/// · fills half an em where it is drawn narrow; a square has a quarter of an em to spare at both sides.
fn fit_dot(fonts: &FontBook, cell: &mut Cell, glyph: &mut CellGlyph) {
    if cell.advance < EM / 2 {
        glyph.x += Em::from_raw((EM / 2 - cell.advance) as i32 / 2);
        cell.advance = EM / 2;
    } else if let Some(ink) = fonts.face(glyph.face).ink(glyph.id) {
        let (left, right) = (i64::from(ink.left.raw()), cell.advance - i64::from(ink.right.raw()));
        let spare = (cell.advance - EM / 2).max(0) / 2;
        (cell.left, cell.right) = (left.clamp(0, spare), right.clamp(0, spare));
    }
}

/// Quotes drawn narrow stand in half an em. Of a mark in a square, up to half an em of blank may go, on the side away
/// from what it encloses, and never any ink (rule 13).
fn fit_mark(fonts: &FontBook, cell: &mut Cell, glyph: &mut CellGlyph) {
    let opening = cell.class == Class::Opening;
    if cell.advance < EM / 2 {
        let blank = EM / 2 - cell.advance;
        if opening {
            glyph.x += Em::from_raw(blank as i32);
            cell.left = blank;
        } else {
            cell.right = blank;
        }
        cell.advance = EM / 2;
        return;
    }
    let Some(ink) = fonts.face(glyph.face).ink(glyph.id) else { return };
    let most = (cell.advance - EM / 2).clamp(0, EM / 2);
    if opening {
        cell.left = i64::from(ink.left.raw()).clamp(0, most);
    } else {
        cell.right = (cell.advance - i64::from(ink.right.raw())).clamp(0, most);
    }
}
