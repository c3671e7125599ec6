//! The finished picture: pages of placed items, nothing left to decide.
//!
//! Exporters walk the items in order and paint them; they measure no text and move no point. What a scene promises, so
//! that tagged PDF, OFD's custom tags, HTML and SVG read the same meaning and none has to guess:
//!
//! - The order of the items is the reading order; what is painted over something comes after it.
//! - Every text run is in a [`Group`], and the innermost group's [`Role`] says what the words are.
//! - A grid is one [`Role::Table`] a page. It holds one [`Role::HeadRow`] of [`Role::ColumnHead`]s, which are its columns,
//!   then [`Role::Row`]s, and between these what has no words of its own: arrows and decoration.
//! - A row holds [`Role::Cell`]s alone, one for each column in the order of the heads, empty ones too; a column that a
//!   cell of a row above goes through has none, as in HTML. The first cell of a row heads it.
//! - What goes on over pages has one number on each: see [`Part`]. A page that goes on with the chart of the page before
//!   says so ([`Page::continued`]).
//! - What stands on a page a second time, for whoever holds that sheet alone, is in a [`Role::Repeated`]: read aloud, it
//!   is left out.
//! - [`Role::Notes`] hold [`Role::Note`]s, [`Role::List`]s hold [`Role::ListItem`]s, [`Role::Contents`] hold
//!   [`Role::ContentsEntry`]s. An item's number is a [`Role::Label`], the rest a [`Role::ListBody`].
//! - A [`Link`] holds what is seen of it, so that its words are inside it.
//! - Shapes and images have the [`Span`] of what was written for them, `None` for what the program adds.

mod arrow;
mod dump;
mod lines;
mod place;
mod verify;

pub use arrow::{Arrow, ArrowKind, End};
pub use dump::dump;
pub use verify::{Fault, FaultKind, verify};

use std::ops::Range;
use std::sync::Arc;

use crate::color::Rgb;
use crate::color::press::PressProfile;
use crate::font::{FaceId, FontBook};
use crate::geom::{Path, Point, Rect, Size};
use crate::source::Span;
use crate::unit::Length;

/// A chart, ready to be written in any format.
#[derive(Clone, Debug)]
pub struct Scene {
    /// What is said about the document rather than drawn.
    pub meta: Meta,
    /// The pages, at least one. Those of one chart are of one size; a book keeps each chart's own.
    pub pages: Vec<Page>,
    /// Bookmarks, nested.
    pub outline: Vec<Bookmark>,
    /// The faces that the glyph runs' ids refer to.
    pub fonts: Arc<FontBook>,
}

/// What is said about a document.
#[derive(Clone, Debug, Default)]
pub struct Meta {
    /// The full title: agency, title, power.
    pub title: String,
    /// The agency, empty where none is named.
    pub author: String,
    /// One sentence for people who can't see the picture.
    pub description: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The power's code, version and date, as written, for readers of metadata; empty where none is given.
    pub identifier: String,
    /// What lists of charts are made from; empty for documents of several charts.
    pub summary: Summary,
    /// The chart's date, as written; empty where none is given.
    pub date: String,
    /// Which colour operators a press file has.
    pub color: ColorMode,
    /// What a press file in CMYK tells of its inks, where the chart names the shop's profile.
    pub press: Option<PressProfile>,
    /// The body type size that was found, for the build's summary.
    pub body_size: Length,
    /// The paper's name, for the build's summary.
    pub paper: String,
}

/// What lists of charts are made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The power.
    pub power: String,
    /// Whose it is; empty where the chart does not say.
    pub department: String,
    /// How many stages there are.
    pub stages: usize,
    /// The levels, worst first, and how many risks are of each.
    pub levels: Vec<(String, usize)>,
    /// Everyone who is responsible for a measure, in the order met.
    pub people: Vec<String>,
}

/// Colour operators of formats that know several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ColorMode {
    /// sRGB.
    #[default]
    Rgb,
    /// Process colours; neutral greys as black alone.
    Cmyk,
    /// Grey alone.
    Gray,
}

/// A sheet. The origin is the media's top left corner, so the trimmed page begins at [`trim`](Self::trim)'s corner.
#[derive(Clone, Debug)]
pub struct Page {
    /// The whole sheet, bleed and crop marks included.
    pub media: Size,
    /// The page as it is after cutting.
    pub trim: Rect,
    /// The trim and what is printed beyond it.
    pub bleed: Rect,
    /// Whether it goes on with what the page before began: a chart's second page, a poster's next sheet.
    pub continued: bool,
    /// What is drawn, back to front, in reading order.
    pub items: Vec<Item>,
}

/// A bookmark: a place by which readers jump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// What it says.
    pub title: String,
    /// The page, from 0.
    pub page: usize,
    /// The height on the page that it leads to.
    pub y: Length,
    /// Bookmarks below it.
    pub children: Vec<Bookmark>,
}

/// Something drawn, or a group of such things.
#[derive(Clone, Debug)]
pub enum Item {
    /// Items that mean one thing.
    Group(Group),
    /// A line of text, or a part of it, in one face, size and colour.
    Text(GlyphRun),
    /// A shape.
    Path(Shape),
    /// A bitmap.
    Image(Image),
    /// An area that leads somewhere.
    Link(Link),
    /// An arrow from one box to another.
    Arrow(Box<Arrow>),
    /// Items of which only what lies within a rectangle is seen.
    Clip(Clip),
}

/// Items of which only what lies within a rectangle is seen. It means nothing of its own: what is in it belongs to the
/// group around it.
#[derive(Clone, Debug)]
pub struct Clip {
    /// What is seen.
    pub rect: Rect,
    /// The items, in reading order.
    pub items: Vec<Item>,
}

/// Items that mean one thing, e.g. a risk box.
#[derive(Clone, Debug)]
pub struct Group {
    /// What they mean.
    pub role: Role,
    /// Where that was written; `None` for what the program adds.
    pub span: Option<Span>,
    /// What it is a part of, where that goes on in other groups.
    pub part: Option<Part>,
    /// The items, in reading order.
    pub items: Vec<Item>,
}

/// The number that groups share which are parts of one thing: the grid of a chart of several pages, or a cell that boxes
/// of several stages stand in. No other thing of the scene has it, and things stand in the order of their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part(pub u32);

/// What a group means, for structure (tagged PDF, OFD custom tags, SVG classes) and for verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The chart's title line.
    Title,
    /// The agency above the title.
    Unit,
    /// The line under the title.
    Subtitle,
    /// Code, category, department, version, date.
    HeaderField,
    /// The grid.
    Table,
    /// The row of the columns' heads.
    HeadRow,
    /// A column's head.
    ColumnHead,
    /// One stage with its risks and measures.
    Row,
    /// What of a row stands in one column.
    Cell {
        /// How many rows it takes, from its own on.
        rows: usize,
    },
    /// A box of the flow.
    Stage,
    /// Small text in or at a flow box.
    StageDetail,
    /// The name of the phase (阶段) that rows stand in: a character a line, or on lines of words.
    Phase,
    /// A box of the risk column.
    Risk,
    /// A risk box's heading, number or category.
    RiskHeading,
    /// A list of numbered items.
    List,
    /// One numbered item.
    ListItem,
    /// An item's number.
    Label,
    /// An item's text.
    ListBody,
    /// The line that states the level.
    Level,
    /// A box of the measure column.
    Measure,
    /// A measure box's heading.
    MeasureHeading,
    /// A line that names who is responsible or supervises, or tells until when.
    Responsible,
    /// A legal basis.
    Basis,
    /// The words beside a branch.
    BranchLabel,
    /// The legend of the levels.
    Legend,
    /// The notes under the grid.
    Notes,
    /// A note.
    Note,
    /// A table of contents.
    Contents,
    /// An entry of a table of contents.
    ContentsEntry,
    /// The footer.
    Footer,
    /// A telephone line.
    Phone,
    /// A QR code with its label.
    Qr,
    /// The agency's emblem.
    Logo,
    /// Page number and continuation marks.
    Folio,
    /// What a page before has already, and this one again.
    Repeated,
    /// Lines, fills, crop marks: no meaning of their own (PDF artifacts).
    Decoration,
}

/// Glyphs on one baseline in one face, size and colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlyphRun {
    /// The face.
    pub face: FaceId,
    /// The type size.
    pub size: Length,
    /// The first glyph's pen position on the baseline.
    pub origin: Point,
    /// The colour.
    pub color: Rgb,
    /// The glyphs, left to right.
    pub glyphs: Vec<Glyph>,
    /// The source text that the glyphs show, no more and no less.
    pub text: String,
    /// Where it was written; `None` for what the program adds.
    pub span: Option<Span>,
}

/// One glyph of a [`GlyphRun`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// The glyph's number in the face.
    pub id: u16,
    /// How far the pen moves on.
    pub advance: Length,
    /// How far right of the pen the glyph is drawn (negative: left), e.g. where a mark loses its blank half.
    pub dx: Length,
    /// How far below the baseline the glyph is drawn.
    pub dy: Length,
    /// The bytes of [`GlyphRun::text`] that it shows; glyphs of one cluster share them.
    pub cluster: Range<u32>,
}

/// A filled or stroked path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The outline.
    pub path: Path,
    /// What fills it.
    pub fill: Option<Rgb>,
    /// Which points count as inside.
    pub rule: FillRule,
    /// What draws its line.
    pub stroke: Option<Stroke>,
    /// Where what it stands for was written; `None` for what the program adds.
    pub span: Option<Span>,
}

/// Which points a fill takes as inside a path that crosses itself or has several rings (ISO 32000-1 § 8.5.3.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FillRule {
    /// Those that the path winds around.
    #[default]
    NonZero,
    /// Those from which a line outwards crosses the path an odd number of times.
    EvenOdd,
}

/// A line's paint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stroke {
    /// The colour.
    pub color: Rgb,
    /// The thickness.
    pub width: Length,
    /// Lengths of dash and gap; `None` for a solid line.
    pub dash: Option<(Length, Length)>,
}

/// A bitmap, drawn to fill a rectangle.
#[derive(Clone, Debug)]
pub struct Image {
    /// Where.
    pub rect: Rect,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Red, green, blue and opacity of each pixel, row by row, not premultiplied.
    pub rgba: Arc<[u8]>,
    /// What it shows, in words.
    pub alt: String,
    /// Where it was asked for.
    pub span: Option<Span>,
}

/// An area that leads somewhere, with what is seen of it.
#[derive(Clone, Debug)]
pub struct Link {
    /// Where.
    pub rect: Rect,
    /// To what.
    pub target: Target,
    /// What is seen of it, in reading order: its words, or its picture.
    pub items: Vec<Item>,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An address, percent-encoded.
    Uri(String),
    /// A place of the same document. Formats of a file a page leave such links out.
    Page {
        /// The page, from 0.
        page: usize,
        /// The height on it.
        y: Length,
    },
}

impl Item {
    /// Calls `visit` for this item and all within it, in order, with the groups around each, outermost first.
    pub fn walk<'a>(&'a self, groups: &mut Vec<&'a Group>, visit: &mut impl FnMut(&'a Item, &[&'a Group])) {
        visit(self, groups);
        match self {
            Item::Group(group) => {
                groups.push(group);
                for item in &group.items {
                    item.walk(groups, visit);
                }
                groups.pop();
            }
            Item::Clip(Clip { items, .. }) | Item::Link(Link { items, .. }) => {
                for item in items {
                    item.walk(groups, visit);
                }
            }
            Item::Text(_) | Item::Path(_) | Item::Arrow(_) | Item::Image(_) => {}
        }
    }
}

impl Role {
    /// Whether groups of the role only gather others and are no thing on the page: nothing is drawn for the group itself,
    /// and what lies in it lies as if on the page.
    pub fn gathers(self) -> bool {
        matches!(self, Self::Table | Self::HeadRow | Self::Cell { .. } | Self::Notes | Self::Contents | Self::Repeated)
    }
}

impl Page {
    /// The page's arrows, in order.
    pub fn arrows(&self) -> Vec<&Arrow> {
        let mut arrows: Vec<&Arrow> = Vec::new();
        self.walk(|item, _| {
            if let Item::Arrow(arrow) = item {
                arrows.push(arrow);
            }
        });
        arrows
    }

    /// Calls `visit` for every item of the page in order, with the groups around each, outermost first.
    pub fn walk<'a>(&'a self, mut visit: impl FnMut(&'a Item, &[&'a Group])) {
        let mut groups = Vec::new();
        for item in &self.items {
            item.walk(&mut groups, &mut visit);
        }
    }
}
