//! 版面: paper, margins, look.

use super::fields::Fields;
use super::{FontNames, PageSettings};
use crate::diag::{Code, Diagnostic, Report};
use crate::input::fold;
use crate::input::keys::TableId;
use crate::input::{Value, as_number, nearest, number_in};
use crate::paper::{Orientation, PAPERS, Paper};
use crate::source::{Spanned, Text};
use crate::unit::Length;

/// What has to remain between the margins each way, in mm.
const LEAST_ROOM: f64 = 30.0;

pub(super) fn settings(chart: &Fields<'_>, report: &mut Report) -> PageSettings {
    let Some(page) = chart.table("page", TableId::Page) else {
        return PageSettings { number_single: true, ..PageSettings::default() };
    };
    let paper = paper(&page, report);
    let orientation = orientation(&page);
    let margin = margin(&page);
    if let Some(margin) = &margin {
        check_room(paper.as_ref(), orientation.as_ref(), margin, report);
    }
    PageSettings {
        paper,
        orientation,
        margin,
        bleed: page.number("bleed"),
        marks: page.flag("marks"),
        theme: page.choice("theme").map(|theme| Text::new(theme.value.to_owned(), theme.span)),
        fonts: fonts(&page),
        numbering: page.chosen().map(|numbering| numbering.value).unwrap_or_default(),
        number_single: page.flag("number_single").is_none_or(|flag| flag.value),
        min_size: page.number("min_size"),
        distance: page.number("distance"),
        color: page.chosen(),
        profile: page.text("profile"),
    }
}

fn paper(page: &Fields<'_>, report: &mut Report) -> Option<Spanned<Paper>> {
    let written = page.text("paper")?;
    let paper = Paper::parse(&written.value);
    if paper.is_none() {
        let names = || PAPERS.iter().map(|row| row.name);
        let mut problem = Diagnostic::new(Code::UnknownPaper, written.span).with("value", &written.value);
        match Meant::of(&written.value) {
            _ if in_mm(&written.value).is_some() => {
                let size = in_mm(&written.value).unwrap_or_default();
                problem = problem.with("size", &size).edit(written.span, format!("\"{size}\""));
            }
            Some(Meant::Turned { paper, turned }) => problem = problem.with("alone", paper).with("turned", turned),
            Some(Meant::Sized(size)) => problem = problem.with("size", size).edit(written.span, format!("\"{size}\"")),
            Some(Meant::Named(near)) => {
                problem = problem.with("nearest", &near).edit(written.span, format!("\"{near}\""))
            }
            None => {}
        }
        report.push(problem.with("known", names().collect::<Vec<_>>().join(" ")));
    }
    paper.map(|paper| Spanned::new(paper, written.span))
}

/// A size in another unit: 60cm×90cm, 0.6*0.9米.
fn in_mm(written: &str) -> Option<String> {
    let folded = fold(written);
    let sides: Vec<&str> = folded.split(['x', '×', '*', '乘']).map(str::trim).collect();
    let [width, height] = sides.as_slice() else { return None };
    let unit = height.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ' ');
    let with_unit = |side: &str| if side.ends_with(unit) { side.to_owned() } else { format!("{side}{unit}") };
    let side = |side: &str| number_in(&with_unit(side), "mm");
    let size = format!("{}x{}mm", side(width)?, side(height)?);
    Paper::parse(&size).is_some().then_some(size)
}

/// Papers that are not in the table, with their sizes: ISO 216, and 开 sizes as word processors list them.
const BY_SIZE: &[(&str, &str)] = &[
    ("A6", "105x148mm"),
    ("A7", "74x105mm"),
    ("B6", "125x176mm"),
    ("B7", "88x125mm"),
    ("32开", "130x184mm"),
    ("大32开", "140x203mm"),
    ("letter", "216x279mm"),
    ("legal", "216x356mm"),
];

/// The paper, as it is to be written, that another way of writing means: 8K is 正度8开.
pub fn paper_meant(written: &str) -> Option<String> {
    match Meant::of(written)? {
        Meant::Turned { paper, .. } => Some(paper),
        Meant::Sized(size) => Some(size.to_owned()),
        Meant::Named(name) => Some(name),
    }
}

/// What a paper was meant to be that the format doesn't know by this name.
enum Meant {
    /// A3横向: a name with an orientation.
    Turned { paper: String, turned: &'static str },
    /// A paper to be given by its size.
    Sized(&'static str),
    /// A name of the table.
    Named(String),
}

impl Meant {
    fn of(written: &str) -> Option<Self> {
        let key = fold(written).replace('k', "开");
        let turns = [("横", "横向"), ("纵", "纵向"), ("竖", "纵向")];
        if let Some((_, turned)) = turns.into_iter().find(|(word, _)| key.contains(word)) {
            let alone = key.replace(['横', '纵', '竖', '向', '版', '（', '）', '(', ')'], "");
            let paper = Paper::parse(&alone)?.name;
            return Some(Self::Turned { paper, turned });
        }
        if let Some((_, size)) = BY_SIZE.iter().find(|(name, _)| fold(name) == key) {
            return Some(Self::Sized(size));
        }
        // 16K, 8开 and 大16开, as printers call them.
        let full = match key.strip_prefix('大').filter(|rest| !rest.starts_with('度')) {
            Some(rest) => format!("大度{rest}"),
            None => format!("正度{}", key.trim_start_matches('正')),
        };
        let named = Paper::parse(&full).map(|paper| paper.name);
        // A9 is a paper, which no poster is printed on: no more like A0 than like A5.
        let of_a_series = |key: &str| matches!(key.as_bytes(), [b'a'..=b'z', b'0'..=b'9']);
        if named.is_none() && of_a_series(&key) {
            return None;
        }
        named.or_else(|| nearest(written, PAPERS.iter().map(|row| row.name)).map(str::to_owned)).map(Self::Named)
    }
}

fn orientation(page: &Fields<'_>) -> Option<Spanned<Orientation>> {
    let written = page.chosen::<Option<Orientation>>()?;
    Some(Spanned::new(written.value?, written.span))
}

fn margin(page: &Fields<'_>) -> Option<Spanned<[f64; 4]>> {
    let written = page.table.get("margin")?;
    let sides = match &written.value {
        Value::Array(items) => {
            let sides: Option<Vec<f64>> = items.iter().map(|item| as_number(&item.value)).collect();
            sides?.try_into().ok()?
        }
        value => [as_number(value)?; 4],
    };
    Some(Spanned::new(sides, written.span))
}

/// Whether the margins leave room on the paper, in the one orientation allowed or either.
fn check_room(
    paper: Option<&Spanned<Paper>>,
    orientation: Option<&Spanned<Orientation>>,
    margin: &Spanned<[f64; 4]>,
    report: &mut Report,
) {
    let standard = Paper::standard();
    let paper = paper.map_or(&standard, |paper| &paper.value);
    let least = Length::from_mm(LEAST_ROOM);
    let [top, right, bottom, left] = margin.value.map(Length::from_mm);
    let fits = |orientation| {
        let size = paper.turned(orientation);
        size.width - left - right >= least && size.height - top - bottom >= least
    };
    let allowed = match orientation {
        Some(one) => vec![one.value],
        None => vec![Orientation::Portrait, Orientation::Landscape],
    };
    if !allowed.into_iter().any(fits) {
        report.push(Diagnostic::new(Code::MarginTooLarge, margin.span).with("paper", &paper.name));
    }
}

fn fonts(page: &Fields<'_>) -> FontNames {
    if let Some(all) = page.text("font") {
        return FontNames { title: Some(all.clone()), head: Some(all.clone()), body: Some(all) };
    }
    match page.table("font", TableId::Font) {
        Some(font) => FontNames { title: font.text("title"), head: font.text("head"), body: font.text("body") },
        None => FontNames::default(),
    }
}
