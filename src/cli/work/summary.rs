//! What a run says at its end: problems, faults, and what was made.

use riskchart::diag::Lang;
use riskchart::scene::Scene;
use riskchart::unit::Length;
use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::cli::arguments::settings::Settings;
use crate::cli::disk::walk::Chart;
use crate::cli::report::{self, Counts};
use crate::cli::terminal::console::{Console, Stream};
use crate::cli::terminal::message::{Message, message};
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::{columns, pad};

/// What a poster is, for the line that names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Facts {
    paper: String,
    landscape: bool,
    pages: usize,
    /// The size of the body, in µm.
    body: i64,
}

impl Facts {
    /// The facts of a picture.
    pub(crate) fn of(scene: &Scene) -> Self {
        let landscape = scene.pages.first().is_some_and(|page| page.trim.width() > page.trim.height());
        Self {
            paper: scene.meta.paper.clone(),
            landscape,
            pages: scene.pages.len(),
            body: scene.meta.body_size.to_um(),
        }
    }

    /// How many pages it has.
    pub(crate) fn pages(&self) -> usize {
        self.pages
    }

    /// The size of its body text in points, to a hundredth.
    pub(crate) fn body_pt(&self) -> f64 {
        (Length::um(self.body).to_pt() * 100.0).round() / 100.0
    }

    /// The facts in words.
    pub(crate) fn message(&self) -> Message {
        let Self { paper, pages, .. } = self;
        let (zh, en) = if self.landscape { ("横向", "landscape") } else { ("纵向", "portrait") };
        let body = Length::um(self.body);
        let points = format!("{:.1}", body.to_pt());
        let metres = decimetres(body);
        let metres = format!("{}.{}", metres / 10, metres % 10);
        let plural = if *pages == 1 { "page" } else { "pages" };
        message!(
            "{paper} {zh}，{pages} 页，正文 {points} 磅，{metres} 米内看得清"
                | "{paper} {en}, {pages} {plural}, body {points} pt, readable from {metres} m"
        )
    }
}

/// The distance from which type of this size is read, rounded down to a tenth of a metre: type is to be at least as high
/// as the 250th part of the distance, 11.3 pt for a metre.
fn decimetres(body: Length) -> i64 {
    body.to_um() * 250 / 100_000
}

/// The lines that name posters: what they are called, and what they are.
pub(crate) fn posters<'a>(posters: impl Iterator<Item = (String, &'a Facts)>, lang: Lang) -> String {
    let rows: Vec<_> = posters.collect();
    let width = rows.iter().map(|(name, _)| columns(name)).max().unwrap_or_default();
    rows.iter().map(|(name, facts)| format!("{}  {}\n", pad(name, width), facts.message().get(lang))).collect()
}

/// Tells the problems of all charts and the faults, and finds how the run ends.
///
/// # Errors
/// The stream can't be written.
pub(crate) fn conclude<T>(
    console: &Console,
    settings: &Settings,
    stream: Stream,
    (charts, faults): (&[&Chart], Vec<anyhow::Error>),
    outcomes: &mut [Outcome<T>],
) -> anyhow::Result<(Status, Counts)> {
    let status = outcomes.iter().map(Outcome::status).max().unwrap_or_default();
    let reports: Vec<_> =
        charts.iter().zip(&*outcomes).map(|(chart, outcome)| (chart.entry.chart.as_str(), &outcome.report)).collect();
    let counts = report::tell(console, settings.style, stream, &reports)?;
    let mut faults = faults;
    faults.extend(outcomes.iter_mut().filter_map(|outcome| outcome.fault.take()));
    console.faults(&faults);
    Ok((if faults.is_empty() { status } else { Status::Fault }, counts))
}

/// Says the last line of a run, unless the user wants quiet: beside the problems where they are a document.
///
/// # Errors
/// The stream can't be written.
pub(crate) fn say(console: &Console, settings: &Settings, text: &str) -> anyhow::Result<()> {
    if console.quiet {
        return Ok(());
    }
    console.page(if settings.style.is_document() { Stream::Err } else { Stream::Out }, text)
}

/// `，3 处错误，2 处警告（1 处可用 riskchart fix 改好）`; empty where there are none.
pub(crate) fn counted(counts: Counts) -> Message {
    let Counts { errors, warnings, curable, judged } = counts;
    let part = |number: usize, message: Message| if number == 0 { Message::new("", "") } else { message };
    let plural = |number: usize| if number == 1 { "" } else { "s" };
    let (e, w) = (plural(errors), plural(warnings));
    let errors = part(errors, message!("，{errors} 处错误" | ", {errors} error{e}"));
    let warnings = part(warnings, message!("，{warnings} 处警告" | ", {warnings} warning{w}"));
    let curable = match (curable, judged) {
        (0, 0) => Message::new("", ""),
        (_, 0) => message!("（{curable} 处可用 riskchart fix 改好）" | " ({curable} for riskchart fix to mend)"),
        (0, _) => message!(
            "（{judged} 处看过以后可用 riskchart fix --unsafe 改）"
                | " ({judged} for riskchart fix --unsafe, where they are right)"
        ),
        _ => message!(
            "（{curable} 处可用 riskchart fix 改好，{judged} 处看过以后用 fix --unsafe）"
                | " ({curable} for riskchart fix to mend, {judged} for fix --unsafe where they are right)"
        ),
    };
    let joined = |lang| format!("{}{}{}", errors.get(lang), warnings.get(lang), curable.get(lang));
    Message::new(joined(Lang::Zh), joined(Lang::En))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_distance_is_250_times_the_type() {
        assert_eq!(decimetres(Length::from_pt(11.34)), 10);
        assert_eq!(decimetres(Length::from_pt(11.3)), 9, "rounded down, never up");
        assert_eq!(decimetres(Length::from_pt(18.2)), 16);
        let facts = Facts { paper: "A3".to_owned(), landscape: false, pages: 1, body: Length::from_pt(18.2).to_um() };
        assert_eq!(facts.message().get(Lang::Zh), "A3 纵向，1 页，正文 18.2 磅，1.6 米内看得清");
        assert_eq!(facts.message().get(Lang::En), "A3 portrait, 1 page, body 18.2 pt, readable from 1.6 m");
    }

    #[test]
    fn what_there_is_none_of_is_not_counted() {
        assert_eq!(counted(Counts::default()).get(Lang::Zh), "");
        assert_eq!(
            counted(Counts { errors: 1, warnings: 2, ..Counts::default() }).get(Lang::En),
            ", 1 error, 2 warnings"
        );
        let counts = Counts { warnings: 2, curable: 1, ..Counts::default() };
        assert_eq!(counted(counts).get(Lang::Zh), "，2 处警告（1 处可用 riskchart fix 改好）");
        assert_eq!(counted(counts).get(Lang::En), ", 2 warnings (1 for riskchart fix to mend)");
        let counts = Counts { warnings: 2, judged: 2, ..Counts::default() };
        assert_eq!(counted(counts).get(Lang::Zh), "，2 处警告（2 处看过以后可用 riskchart fix --unsafe 改）");
    }
}
