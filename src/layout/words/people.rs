//! The lines below a measure's items: who is responsible, who supervises, until when.

use super::block::{Block, Hanging, Ornament, Part, Piece};
use super::content::{Writer, lead, percent};
use crate::model::{Measure, Person};
use crate::scene::Role;
use crate::source::Text;
use crate::text::Setting;
use crate::unit::Em;

/// Space above the first line, the rule in it, and above the others.
const RULED: Em = Em::milli(200);
const NEXT: Em = Em::milli(60);

impl Writer<'_> {
    /// Adds a line for each rank, one for the names without a rank, and one for the time limit.
    pub(super) fn people(&mut self, block: &mut Block, measure: &Measure) {
        let labels = &self.chart.labels;
        let mut lines = Vec::new();
        for (people, own, standard) in
            [(&measure.responsible, &labels.responsible, "责任人"), (&measure.supervisor, &labels.supervisor, "监督人")]
        {
            lines.extend(by_rank(people).into_iter().map(|(rank, names)| {
                let own = if rank.is_some() { rank } else { own };
                (lead(own, standard, self.styles.body, self.styles.theme.accent), names)
            }));
        }
        if let Some(deadline) = &measure.deadline {
            let lead = lead(&labels.deadline, "时限", self.styles.body, self.styles.theme.accent);
            lines.push((lead, vec![deadline]));
        }
        for (index, (lead, names)) in lines.into_iter().enumerate() {
            let mut part = self.names(lead, &names);
            (part.before, part.ornament) =
                if index == 0 { (RULED, Ornament::RuleAbove) } else { (NEXT, Ornament::None) };
            block.push(part);
        }
    }

    fn names(&mut self, lead: Piece, names: &[&Text]) -> Part {
        let (face, ink) = (self.styles.strong, self.styles.theme.accent);
        let mut pieces = vec![lead];
        for (i, name) in names.iter().enumerate() {
            if i > 0 {
                pieces.push(Piece::words("、", face, ink));
            }
            pieces.push(Piece::of(name, face, ink));
        }
        let hanging = Hanging {
            lead: self.para(vec![pieces[0].clone()], percent::BODY, Setting::Body),
            text: self.people_para(pieces[1..].to_vec()),
        };
        Part { hanging: Some(hanging), ..Part::plain(Role::Responsible, self.people_para(pieces)) }
    }
}

/// People line by line, in the order written: each rank on a line of its own, names without one all on the first of
/// theirs.
fn by_rank(people: &[Person]) -> Vec<(&Option<Text>, Vec<&Text>)> {
    let mut lines: Vec<(&Option<Text>, Vec<&Text>)> = Vec::new();
    for person in people {
        match lines.iter_mut().find(|(rank, _)| rank.is_none() && person.rank.is_none()) {
            Some((_, names)) => names.push(&person.name),
            None => lines.push((&person.rank, vec![&person.name])),
        }
    }
    lines
}
