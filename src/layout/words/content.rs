//! From a chart's words to blocks: what stands in each box, in which order, face, size and colour.

use super::air::Air;
use super::block::{Block, Hanging, Missing, Ornament, Para, Part, Piece};
use super::diamond::Diamonds;
use super::numbering;
use super::style::Styles;
use crate::color::Rgb;
use crate::font::FaceId;
use crate::model::{BLANK, Chart, Column, Measure, Risk, STANDARD_HEADS, Shape, Stage, StageIx};
use crate::scene::Role;
use crate::source::{Span, Text};
use crate::text::{Matter, Setting};
use crate::theme::{LevelLook, WATERMARK, level_look};
use crate::unit::Em;

/// A box of the risk or measure column.
#[derive(Clone, Debug)]
pub(crate) struct CellBox {
    /// Its column.
    pub(crate) column: Column,
    /// The stage it belongs to.
    pub(crate) stage: StageIx,
    /// The last stage whose row it spans.
    pub(crate) through: StageIx,
    /// Its words.
    pub(crate) block: Block,
    /// Its level's rank, 0 the worst; `None` where it has none.
    pub(crate) level: Option<usize>,
    /// How its level is painted.
    pub(crate) look: Option<LevelLook>,
    /// Whether it has an id of its own.
    pub(crate) numbered: bool,
    /// Whether its first words are the name of the stage that it belongs to.
    pub(crate) names_owner: bool,
    /// Where it was written.
    pub(crate) span: Span,
}

/// A box of the flow column.
#[derive(Clone, Debug)]
pub(crate) struct StageBox {
    /// What it looks like.
    pub(crate) shape: Shape,
    /// Its words: the name, then details.
    pub(crate) block: Block,
    /// What its words stand in, of a decision.
    pub(crate) diamonds: Diamonds,
    /// Documents needed, in a compartment below; empty where there are none.
    pub(crate) materials: Block,
    /// Whether the name is spread over the column's common width (均排).
    pub(crate) spread: bool,
    /// Where it was written.
    pub(crate) span: Span,
}

impl StageBox {
    /// The least width of its text: no word is broken, nor a name that may be spread.
    pub(crate) fn least_width(&self) -> Em {
        let name = self.block.parts.first().filter(|_| self.spread).map(|part| part.para.natural_width());
        self.block.least_width().max(self.materials.least_width()).max(name.unwrap_or_default())
    }
}

/// What stands above the rest of a box on the pages it goes on to.
#[derive(Clone, Debug)]
pub(crate) struct Continued {
    /// The name of each stage.
    pub(crate) stages: Vec<Part>,
    /// The heading of each risk or measure box, or the word alone.
    pub(crate) cells: Vec<Part>,
}

/// Rows of the flow that one phase holds together.
#[derive(Clone, Debug)]
pub(crate) struct Phase {
    /// The rows, counted along the main line.
    pub(crate) rows: std::ops::Range<usize>,
    /// Its name, a paragraph a character: it is set from top to bottom.
    pub(crate) letters: Vec<Para>,
    /// The same on lines, where from top to bottom it would be longer than its rows.
    pub(crate) name: Para,
    /// Where it was written.
    pub(crate) span: Span,
}

/// How the names of phases are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhaseNames {
    /// From top to bottom.
    Down,
    /// On lines of this width.
    OnLines(Em),
}

/// From one character of a phase's name to the next where they stand from top to bottom.
pub(crate) const PHASE_LETTER: Em = Em::milli(1120);
/// A name from top to bottom has so many characters for each row of its phase at most: where one has more, all stand on
/// lines.
const DOWN_A_ROW: usize = 5;
/// The widths of these lines that are tried where no word is wider; the last is taken where no name is short enough on any.
const PHASE_LINES: [Em; 5] = [Em::milli(3000), Em::milli(4000), Em::milli(5000), Em::milli(6000), Em::milli(8000)];

impl Phase {
    /// The height of its name.
    pub(crate) fn name_height(&self, names: PhaseNames) -> Em {
        match names {
            PhaseNames::Down => PHASE_LETTER * self.letters.len() as i32,
            PhaseNames::OnLines(width) => self.name.height(width),
        }
    }

    fn fits(&self, lines: usize) -> bool {
        lines <= DOWN_A_ROW * self.rows.len()
    }
}

impl PhaseNames {
    /// How those of a chart's phases are set.
    fn of(phases: &[Phase]) -> Self {
        if phases.iter().all(|phase| phase.fits(phase.letters.len())) {
            return Self::Down;
        }
        let fits = |width: &Em| phases.iter().all(|phase| phase.fits(phase.name.count_lines(*width)));
        let least = phases.iter().map(|phase| phase.name.least_width()).max().unwrap_or_default();
        let [.., widest] = PHASE_LINES;
        let widths = PHASE_LINES.map(|width| width.max(least.min(widest)));
        Self::OnLines(widths.into_iter().find(fits).unwrap_or(widest))
    }
}

/// Everything that is set in ems of the body size.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// Column heads, in flow, risk, measure order, in each size that they may have, the largest first.
    pub(crate) heads: Vec<[Para; 3]>,
    /// One box a stage, in file order.
    pub(crate) stages: Vec<StageBox>,
    /// Risk and measure boxes, in file order.
    pub(crate) cells: Vec<CellBox>,
    /// Labels of flow arrows, one list a stage, in the order of its `next`.
    pub(crate) branch_labels: Vec<Vec<Option<Para>>>,
    /// Bands of rows with one phase, top to bottom.
    pub(crate) phases: Vec<Phase>,
    /// How their names are set: all in one way.
    pub(crate) phase_names: PhaseNames,
    /// Notes under the grid.
    pub(crate) notes: Block,
    /// What a page with height to spare adds inside boxes.
    pub(crate) air: Air,
    /// What stands above the rest of a box that goes on over a page's end.
    pub(crate) continued: Continued,
}

/// Names of levels that are wider are sentences: no badge holds them.
const LONGEST_LEVEL: Em = Em::milli(10_000);

/// Whether a badge holds a level's name.
pub(super) fn fits_badge(name: &Para) -> bool {
    name.natural_width() <= LONGEST_LEVEL
}

impl Content {
    /// The same with more air in its boxes.
    pub(crate) fn aired(&self, air: Air) -> Self {
        let mut content = self.clone();
        content.air = air;
        let stages = content.stages.iter_mut().flat_map(|stage| [&mut stage.block, &mut stage.materials]);
        let cells = content.cells.iter_mut().map(|cell| &mut cell.block);
        stages.chain(cells).flat_map(paragraphs).for_each(|para| para.extra_leading = air.leading);
        for stage in &mut content.stages {
            stage.diamonds = stage.diamonds.anew(&stage.block);
        }
        content
    }
}

/// All paragraphs of a block.
fn paragraphs(block: &mut Block) -> impl Iterator<Item = &mut Para> {
    block.parts.iter_mut().flat_map(|part| {
        let hanging = part.hanging.iter_mut().flat_map(|hanging| [&mut hanging.lead, &mut hanging.text]);
        std::iter::once(&mut part.para).chain(&mut part.label).chain(hanging)
    })
}

/// Prepares blocks; gathers characters that no face has.
pub(crate) struct Writer<'a> {
    pub(crate) styles: Styles<'a>,
    pub(crate) chart: &'a Chart,
    pub(crate) missing: Vec<Missing>,
}

/// Type sizes in percent of the body size.
pub(crate) mod percent {
    pub(crate) const BODY: i32 = 100;
    pub(crate) const SMALL: i32 = 80;
    pub(crate) const BASIS: i32 = 85;
    pub(crate) const NAME: i32 = 112;
    /// Column heads: smaller ones where they take fewer lines.
    pub(crate) const HEADS: [i32; 4] = [112, 106, 100, 94];
    /// Fields of header and footer.
    pub(crate) const FIELD: i32 = 90;
}

impl<'a> Writer<'a> {
    /// A writer for a chart.
    pub(crate) fn new(styles: Styles<'a>, chart: &'a Chart) -> Self {
        Self { styles, chart, missing: Vec::new() }
    }

    /// Everything of the chart that is set in ems of the body size.
    pub(crate) fn content(&mut self) -> Content {
        let chart = self.chart;
        let head_ink = self.styles.theme.head.ink;
        let heads = chart.columns.heads.each_ref().map(|head| {
            let mut piece = Piece::of(head, self.styles.head, head_ink);
            if STANDARD_HEADS.contains(&head.value.as_str()) {
                piece.text = head.value.replace('\n', "");
            }
            self.para(vec![piece], percent::HEADS[0], Setting::Balanced)
        });
        let heads = percent::HEADS.map(|percent| heads.clone().map(|head| Para { percent, ..head }));
        let stages: Vec<StageBox> = chart.stages.iter().map(|stage| self.stage(stage)).collect();
        let mut cells = Vec::new();
        for (i, stage) in chart.stages.iter().enumerate() {
            let named = stage.beside.is_some() && chart.columns.order[1] != Column::Flow;
            let owner = named.then_some(&stage.name);
            cells.extend(stage.risks.iter().map(|risk| self.risk(StageIx(i), risk, owner)));
            let owner = owner.filter(|_| stage.risks.is_empty());
            cells.extend(stage.measures.iter().map(|measure| self.measure(StageIx(i), measure, owner)));
        }
        let branch_labels = chart.stages.iter().map(|stage| self.branch_labels(stage)).collect();
        let (phases, notes) = (self.phases(), self.notes());
        let continued = self.continued(&stages, &cells);
        let phase_names = PhaseNames::of(&phases);
        Content {
            heads: heads.into(),
            stages,
            cells,
            branch_labels,
            phases,
            phase_names,
            notes,
            air: Air::default(),
            continued,
        }
    }

    /// A paragraph of pieces.
    pub(crate) fn para(&mut self, pieces: Vec<Piece>, percent: i32, setting: Setting) -> Para {
        Para::new(&self.styles, pieces, percent, setting, &mut self.missing)
    }

    /// A paragraph that lists people, of the body's size.
    pub(super) fn people_para(&mut self, pieces: Vec<Piece>) -> Para {
        Para::of(Matter::People, &self.styles, pieces, (percent::BODY, Setting::Body), &mut self.missing)
    }

    pub(super) fn part(&mut self, role: Role, pieces: Vec<Piece>, percent: i32) -> Part {
        let para = self.para(pieces, percent, Setting::Body);
        Part::plain(role, para)
    }

    fn phases(&mut self) -> Vec<Phase> {
        let chart = self.chart;
        let main = (0..chart.stages.len()).filter(|&at| chart.stages[at].beside.is_none());
        let mut phases: Vec<(std::ops::Range<usize>, &Text)> = Vec::new();
        for (row, at) in main.enumerate() {
            let Some(own) = chart.phase(StageIx(at)) else { continue };
            match phases.last_mut() {
                Some((rows, text)) if rows.end == row && text.value == own.value => rows.end = row + 1,
                _ => phases.push((row..row + 1, own)),
            }
        }
        let phase = |(rows, text): (std::ops::Range<usize>, &Text)| {
            let (face, ink) = (self.styles.head, self.styles.theme.accent);
            let characters = text.value.chars().filter(|c| !c.is_whitespace());
            let letters = characters.map(|c| Piece::of(&Text::new(c.to_string(), text.span), face, ink));
            let letters = letters.map(|piece| self.para(vec![piece], percent::BODY, Setting::Body)).collect();
            let name = self.para(vec![Piece::of(text, face, ink)], percent::BODY, Setting::Balanced);
            Phase { rows, letters, name, span: text.span }
        };
        phases.into_iter().map(phase).collect()
    }

    fn risk(&mut self, stage: StageIx, risk: &Risk, owner: Option<&Text>) -> CellBox {
        let mut block = Block::default();
        self.owner(&mut block, owner);
        let (theme, strong, body) = (self.styles.theme, self.styles.strong, self.styles.body);
        let heading: Vec<_> =
            [&risk.id, &risk.name].into_iter().flatten().map(|t| Piece::of(t, strong, theme.accent)).collect();
        if !heading.is_empty() {
            let part = self.part(Role::RiskHeading, heading, percent::BODY);
            block.push(part);
        }
        if let Some(category) = &risk.category {
            let lead = lead(&self.chart.labels.category, "类别", body, theme.muted);
            let pieces = vec![lead, Piece::of(category, body, theme.muted)];
            let part = self.part(Role::RiskHeading, pieces, percent::BASIS);
            block.push(part);
        }
        self.items(&mut block, &risk.items);
        let level = risk.level.as_ref();
        let look = level.map(|level| self.look(level.value.0));
        if let (Some(level), Some(look)) = (level, look) {
            let part = self.level_line(level.value.0, level.span, look);
            block.push(part);
        } else if risk.level_blank {
            let (strong, ink) = (self.styles.strong, self.styles.theme.ink);
            let pieces =
                vec![lead(&self.chart.labels.level, "风险等级", strong, ink), Piece::words(BLANK, strong, ink)];
            block.push(self.part(Role::Level, pieces, percent::BODY));
        }
        let through = risk.through.as_ref().map_or(stage, |t| t.value);
        let level = level.map(|level| level.value.0);
        CellBox {
            column: Column::Risk,
            stage,
            through,
            block,
            level,
            look,
            numbered: risk.id.is_some(),
            names_owner: owner.is_some(),
            span: risk.span,
        }
    }

    /// The name of the stage that a box belongs to, where no arrow tells it.
    fn owner(&mut self, block: &mut Block, owner: Option<&Text>) {
        if let Some(name) = owner {
            let piece = Piece::of(name, self.styles.strong, self.styles.theme.accent);
            let part = self.part(Role::RiskHeading, vec![piece], percent::BODY);
            block.push(part);
        }
    }

    fn level_line(&mut self, rank: usize, span: Span, look: LevelLook) -> Part {
        let strong = self.styles.strong;
        let name_ink = if look.plain { look.words } else { look.badge_ink };
        let name = Text::new(self.chart.levels[rank].name.value.clone(), span);
        let lead = lead(&self.chart.labels.level, "风险等级", strong, look.words);
        let name = Piece::of(&name, strong, name_ink);
        let mut alone = |piece: &Piece| self.para(vec![piece.clone()], percent::BODY, Setting::Body);
        let hanging = Hanging { lead: alone(&lead), text: alone(&name) };
        let mut part = self.part(Role::Level, vec![lead, name], percent::BODY);
        part.before = Em::milli(60);
        if fits_badge(&hanging.text) {
            (part.ornament, part.hanging) = (Ornament::Badge(rank), Some(hanging));
        } else {
            // A level whose name is a sentence is set as one, in ink that reads on white.
            part.para.pieces[1].color = look.words;
        }
        part
    }

    /// How the level of a rank is painted in this chart.
    pub(crate) fn look(&self, rank: usize) -> LevelLook {
        let level = &self.chart.levels[rank];
        let look = level_look(self.styles.theme, rank, self.chart.levels.len(), level.color.as_ref().map(|c| c.value));
        if self.chart.watermark.is_some() { look.on(WATERMARK) } else { look }
    }

    fn measure(&mut self, stage: StageIx, measure: &Measure, owner: Option<&Text>) -> CellBox {
        let mut block = Block::default();
        self.owner(&mut block, owner);
        if let Some(name) = &measure.name {
            let heading = Piece::of(name, self.styles.strong, self.styles.theme.accent);
            let part = self.part(Role::MeasureHeading, vec![heading], percent::BODY);
            block.push(part);
        }
        self.items(&mut block, &measure.items);
        let theme = self.styles.theme;
        self.people(&mut block, measure);
        for basis in &measure.basis {
            let face = self.styles.body;
            let lead = lead(&self.chart.labels.basis, "依据", face, theme.muted);
            let pieces = vec![lead, Piece::of(basis, face, theme.muted)];
            let part = self.part(Role::Basis, pieces, percent::BASIS);
            block.push(part);
        }
        let through = measure.through.as_ref().map_or(stage, |t| t.value);
        CellBox {
            column: Column::Measure,
            stage,
            through,
            block,
            level: None,
            look: None,
            numbered: false,
            names_owner: owner.is_some(),
            span: measure.span,
        }
    }

    fn items(&mut self, block: &mut Block, items: &[Text]) {
        let theme = self.styles.theme;
        self.list(block, items, percent::BODY, (theme.ink, theme.muted));
    }

    /// Items of a list with their numbers, in ink of their own each.
    pub(super) fn list(&mut self, block: &mut Block, items: &[Text], percent: i32, (ink, number_ink): (Rgb, Rgb)) {
        let face = self.styles.body;
        let page = &self.chart.page;
        let numbered = items.len() > 1 || page.number_single;
        for (i, item) in items.iter().enumerate() {
            let mut part = self.part(Role::ListItem, vec![Piece::of(item, face, ink)], percent);
            if let Some(number) = numbering::label(page.numbering, i + 1).filter(|_| numbered) {
                part.label = Some(self.para(vec![Piece::words(number, face, number_ink)], percent, Setting::Body));
            }
            block.push(part);
        }
    }

    fn branch_labels(&mut self, stage: &Stage) -> Vec<Option<Para>> {
        let (face, ink) = (self.styles.body, self.styles.theme.ink);
        let mut labels = Vec::with_capacity(stage.next.len());
        for link in &stage.next {
            let label = link.label.as_ref();
            labels
                .push(label.map(|text| self.para(vec![Piece::of(text, face, ink)], percent::SMALL, Setting::Balanced)));
        }
        labels
    }

    fn notes(&mut self) -> Block {
        let (face, ink) = (self.styles.body, self.styles.theme.ink);
        let mut block = Block::default();
        let numbered = self.chart.notes.len() > 1;
        let lead = lead(&self.chart.labels.notes, "备注", face, ink);
        // Before the first number of several notes; a long one above all of them.
        let mut beside = numbered.then(|| lead.clone());
        if numbered {
            let above = self.part(Role::Note, vec![lead.clone()], percent::BASIS);
            if above.para.natural_width() > NOTES_LEAD {
                block.push(above);
                beside = None;
            }
        }
        for (i, note) in self.chart.notes.iter().enumerate() {
            let mut pieces = vec![Piece::of(note, face, ink)];
            if !numbered {
                pieces.insert(0, lead.clone());
            }
            let mut part = self.part(Role::Note, pieces, percent::BASIS);
            if numbered {
                let number = Piece::words(format!("{}.", i + 1), face, ink);
                let pieces = beside.take().into_iter().chain([number]).collect();
                part.label = Some(self.para(pieces, percent::BASIS, Setting::Body));
            }
            block.push(part);
        }
        block
    }
}

/// Words before the first of several notes are no wider than this.
const NOTES_LEAD: Em = Em::milli(8000);

/// The words before a text with their colon: the chart's own (用语), or else `standard`.
pub(super) fn lead(own: &Option<Text>, standard: &str, face: FaceId, color: Rgb) -> Piece {
    let word = own.as_ref().map_or(standard, |own| own.value.as_str());
    Piece { text: format!("{word}："), face, color, span: own.as_ref().map(|own| own.span) }
}
