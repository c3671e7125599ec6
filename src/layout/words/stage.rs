//! The words of a flow box: the name, its steps and details, the documents needed.

use super::block::{Block, Part, Piece};
use super::content::{StageBox, Writer, lead, percent};
use super::diamond::Diamonds;
use crate::color::Rgb;
use crate::model::{Shape, Stage};
use crate::scene::Role;
use crate::source::{Text, is_han};
use crate::text::Setting;
use crate::unit::Em;

/// Names of up to so many characters are set larger than the body, longer ones are read as a clause.
const SHORT_NAME: usize = 8;
/// Names of two and three Han characters are spread (rule 27).
const SPREAD_NAME: std::ops::RangeInclusive<usize> = 2..=3;
/// Space above a detail, in ems of the body.
const DETAIL: Em = Em::milli(60);

impl Writer<'_> {
    /// The box of a stage.
    pub(super) fn stage(&mut self, stage: &Stage) -> StageBox {
        let theme = self.styles.theme;
        let fill = match stage.shape {
            Shape::Step => theme.stage,
            Shape::Decision => theme.decision,
            Shape::Start | Shape::End => theme.terminal,
        };
        let small = if fill.ink == Rgb::WHITE { fill.ink } else { theme.ink };
        let length = stage.name.value.chars().count();
        let size = if length <= SHORT_NAME { percent::NAME } else { percent::BODY };
        let name = Piece::of(&stage.name, self.styles.head, fill.ink);
        let para = self.para(vec![name], size, Setting::Balanced);
        let mut block = Block::default();
        block.push(Part::plain(Role::Stage, para));
        let (labels, face) = (&self.chart.labels, self.styles.body);
        let details = [
            (None, &stage.note),
            (Some(lead(&labels.deadline, "时限", face, small)), &stage.deadline),
            (Some(lead(&labels.department, "责任科室", face, small)), &stage.department),
        ];
        self.steps(&mut block, &stage.steps, small);
        for (lead, text) in details {
            if let Some(text) = text {
                let part = self.detail(lead, text, small);
                block.push(part);
            }
        }
        let plain = stage.shape != Shape::Decision && stage.name.value.chars().all(is_han);
        let spread = plain && SPREAD_NAME.contains(&length);
        let diamonds = match stage.shape {
            Shape::Decision => Diamonds::around(&block),
            _ => Diamonds::default(),
        };
        StageBox { shape: stage.shape, block, diamonds, materials: self.materials(stage), spread, span: stage.span }
    }

    /// 步骤: a numbered list below the name.
    fn steps(&mut self, block: &mut Block, steps: &[Text], color: Rgb) {
        let first = block.parts.len();
        self.list(block, steps, percent::SMALL, (color, color));
        if let Some(part) = block.parts.get_mut(first) {
            part.before = DETAIL;
        }
    }

    fn detail(&mut self, lead: Option<Piece>, text: &Text, color: Rgb) -> Part {
        let value = Piece::of(text, self.styles.body, color);
        let pieces = lead.into_iter().chain([value]).collect();
        let para = self.para(pieces, percent::SMALL, Setting::Balanced);
        Part { before: DETAIL, ..Part::plain(Role::StageDetail, para) }
    }

    fn materials(&mut self, stage: &Stage) -> Block {
        let (face, ink) = (self.styles.body, self.styles.theme.ink);
        let mut block = Block::default();
        if stage.materials.is_empty() {
            return block;
        }
        let lead = lead(&self.chart.labels.materials, "材料", face, ink);
        let lead = self.part(Role::StageDetail, vec![lead], percent::SMALL);
        block.push(lead);
        let numbered = stage.materials.len() > 1;
        for (i, text) in stage.materials.iter().enumerate() {
            let mut part = self.part(Role::ListItem, vec![Piece::of(text, face, ink)], percent::SMALL);
            if numbered {
                let number = Piece::words(format!("{}.", i + 1), face, ink);
                part.label = Some(self.para(vec![number], percent::SMALL, Setting::Body));
            }
            block.push(part);
        }
        block
    }
}
