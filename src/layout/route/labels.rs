//! Where the labels of the flow's arrows stand.

use super::flow::FlowRouter;
use crate::layout::grid::labels::across_measure;
use crate::layout::metrics::{ABOVE_LABEL, ASIDE, EXIT, LABEL_SPACE, NEAR};
use crate::layout::place::StagePlace;
use crate::layout::topology::channel::{ChannelLink, Net};
use crate::layout::topology::{Course, FlowLink};
use crate::layout::words::block::{Align, Para};
use crate::model::StageIx;
use crate::unit::{Em, Length};

/// An arrow's label in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Label<'a> {
    /// The stage that the arrow leaves.
    pub(crate) from: StageIx,
    pub(crate) words: &'a Para,
    /// Left and right edge.
    pub(crate) edges: (Length, Length),
    pub(crate) top: Length,
    /// The width it is set to.
    pub(crate) measure: Em,
    pub(crate) align: Align,
}

/// Where a label stands: from `x` to the right or to the left, from `y` down or up.
#[derive(Clone, Copy)]
struct LabelPlace {
    x: Length,
    y: Length,
    measure: Em,
    align: Align,
    above: bool,
}

impl<'a> FlowRouter<'a> {
    /// The labels of the arrows that come to this page.
    pub(crate) fn labels(&self) -> Vec<Label<'a>> {
        let links = self.grid.topology.links.iter();
        let label = |link: &FlowLink| {
            let words = self.grid.branch_label(link)?;
            Some(self.label(link.from, words, self.label_place(link, words)?))
        };
        links.filter_map(label).collect()
    }

    /// Where an arrow's label stands on this page, beside the line near to its beginning; at the targets where several fan
    /// out.
    fn label_place(&self, link: &FlowLink, label: &Para) -> Option<LabelPlace> {
        match link.course {
            Course::Hang => return self.hung_label(link, label),
            Course::Follow => return Some(self.follow_label(link, label, self.placed.stage(link.from)?)),
            _ => {}
        }
        let space = self.row(link.from) + 1;
        let on_level = self.grid.topology.channels[space].find(link).filter(|(_, crossing)| crossing.top.is_some());
        if let Some((net, crossing)) = on_level
            && (net.fans_out() || matches!(link.course, Course::Step { .. } | Course::Bypass))
        {
            // Of two pages that the space is on, levels are on the second.
            let here = self.placed.rows.contains(&space);
            return here.then(|| self.net_label(label, space, net, crossing));
        }
        let from = self.placed.stage(link.from)?;
        Some(match (link.course, on_level) {
            (Course::Across, _) => self.across_label(link, label, from),
            (_, Some((net, crossing))) => self.net_label(label, space, net, crossing),
            (Course::Inner, _) if !self.grid.topology.outermost(link.from) => self.rising_label(link, label),
            (Course::Outer | Course::Inner, None) => self.port_label(link, label, from),
            (_, None) => self.spine_label(link, label, from),
        })
    }

    /// Above the arrow to a neighbour, or below it where another comes back above.
    fn across_label(&self, link: &FlowLink, label: &Para, from: &StagePlace) -> LabelPlace {
        let y = self.across_y(link);
        let above = y <= self.placed.line(self.row(link.from));
        let outwards =
            if self.lane(link.to) > self.lane(link.from) { self.placed.outward } else { -self.placed.outward };
        let edge = if outwards > 0 { from.whole.right } else { from.whole.left };
        let inner = self.grid.lane_of(link.from).min(self.grid.lane_of(link.to));
        let measure = across_measure(label, self.text.labels);
        let main = self.grid.topology.rows[self.row(link.from)][0];
        // Beyond an arrow that leaves the main box above this one.
        let beyond = above && inner.1 == 0 && self.grid.topology.leaves_inside(main);
        let middle = edge + self.at(self.grid.gap(inner, self.text)) / 2 * outwards;
        let x = match beyond {
            true => {
                let far = if link.from == main { middle * 2 - edge } else { edge };
                (self.placed.outwards(self.at(self.grid.inner_track(self.text))) + far) / 2
            }
            false => middle,
        };
        let near = if above { -self.at(NEAR) } else { self.at(NEAR) };
        LabelPlace { x, y: y + near, measure, align: Align::Centre, above }
    }

    /// Beside the line that goes up from a main box's side, above the boxes beside that.
    fn rising_label(&self, link: &FlowLink, label: &Para) -> LabelPlace {
        let outward = self.placed.outward;
        LabelPlace {
            x: self.placed.outwards(self.at(self.grid.inner_track(self.text) + LABEL_SPACE)),
            y: self.placed.flow_extent(self.row(link.from)).0 - self.at(NEAR),
            measure: self.grid.rising_measure(label, link.from, self.text),
            align: if outward > 0 { Align::Left } else { Align::Right },
            above: true,
        }
    }

    /// On top of the line to a box that hangs.
    fn hung_label(&self, link: &FlowLink, label: &Para) -> Option<LabelPlace> {
        let outward = self.placed.outward;
        Some(LabelPlace {
            x: self.hung_x(link) + self.at(LABEL_SPACE) * outward,
            y: self.placed.stage(link.to)?.whole.mid_y() - self.at(NEAR),
            measure: self.grid.hung_measure(label, link.to, self.text),
            align: if outward > 0 { Align::Left } else { Align::Right },
            above: true,
        })
    }

    /// Beside the arrow to the box under it, on the outer side.
    fn follow_label(&self, link: &FlowLink, label: &Para, from: &StagePlace) -> LabelPlace {
        let outward = self.placed.outward;
        LabelPlace {
            x: from.shape.mid_x() + self.at(LABEL_SPACE) * outward,
            y: from.whole.bottom + self.at(ABOVE_LABEL),
            measure: self.grid.follow_measure(label, link.to, self.text),
            align: if outward > 0 { Align::Left } else { Align::Right },
            above: false,
        }
    }

    /// On top of a level's line.
    fn net_label(&self, label: &Para, space: usize, net: &Net, crossing: &ChannelLink) -> LabelPlace {
        let (half_lane, side) = net.label_side(crossing);
        // Beyond all lines of that lane.
        let aside = self.grid.topology.channels[space].enters_aside(half_lane, side);
        let off = LABEL_SPACE + if aside { ASIDE } else { Em::ZERO };
        let along = self.placed.outward * i64::from(side);
        let row = if net.fans_out() { space.min(self.grid.topology.rows.len() - 1) } else { space - 1 };
        LabelPlace {
            x: self.placed.middle(row, half_lane)
                + self.at(off) * along
                + if net.fans_out() { Length::ZERO } else { self.exit(crossing) },
            y: self.level_y(space, net.level) - self.at(NEAR),
            measure: self.grid.net_measure(label, (space, (half_lane, side)), crossing.exit, self.text),
            align: if along > 0 { Align::Left } else { Align::Right },
            above: true,
        }
    }

    /// Below the line that leaves a box's outer side.
    fn port_label(&self, link: &FlowLink, label: &Para, from: &StagePlace) -> LabelPlace {
        let outward = self.placed.outward;
        let edge = if outward > 0 { from.whole.right } else { from.whole.left };
        LabelPlace {
            x: edge + self.at(LABEL_SPACE) / 2 * outward,
            y: self.port_y(from, self.grid.topology.out_port(link)) + self.at(NEAR) / 2,
            measure: self.grid.port_measure(label, link.from, self.text),
            align: if outward > 0 { Align::Left } else { Align::Right },
            above: false,
        }
    }

    /// Beside the line that leaves a box below: under arrows that pass there, and under the labels that stand beside the
    /// same line. On the inner side of the main line, where nothing else comes, it begins right under its box, above what
    /// joins the line from a higher one beside that.
    fn spine_label(&self, link: &FlowLink, label: &Para, from: &StagePlace) -> LabelPlace {
        let space = self.row(from.stage) + 1;
        let place = self.grid.beside(label, from.stage, self.text);
        let labels = self.grid.spine_labels(from.stage).take_while(|(other, _)| other != link);
        let labels = labels.map(|(_, label)| (label, self.grid.beside(label, from.stage, self.text)));
        let above: Em = labels
            .filter(|(_, other)| other.outward == place.outward)
            .map(|(label, other)| label.height(other.measure))
            .sum();
        let side = if place.outward { self.placed.outward } else { -self.placed.outward };
        let exits = self.grid.exits(from.stage, if place.outward { 1 } else { -1 });
        let passing = self.grid.room(space, self.text).passing;
        let is_free = !place.outward && passing == Em::ZERO && self.lane(from.stage) == 0;
        let top = if is_free { from.whole.bottom } else { self.space(space).0 + self.at(passing) };
        LabelPlace {
            x: from.shape.mid_x() + self.at(LABEL_SPACE + EXIT * exits) * side,
            y: top + self.at(ABOVE_LABEL + above),
            measure: place.measure,
            align: if side > 0 { Align::Left } else { Align::Right },
            above: false,
        }
    }

    fn label(&self, from: StageIx, words: &'a Para, place: LabelPlace) -> Label<'a> {
        let LabelPlace { measure, align, .. } = place;
        let (width, height) = (self.at(measure), self.at(words.height(measure)));
        let left = match align {
            Align::Left => place.x,
            Align::Centre => place.x - width / 2,
            Align::Right => place.x - width,
        };
        let top = if place.above { place.y - height } else { place.y };
        Label { from, words, edges: (left, left + width), top, measure, align }
    }
}
