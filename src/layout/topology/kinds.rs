//! Rows that hold many boxes, and the others. Each kind has lanes of its own, as wide as its rows need: boxes that stand
//! close in one row don't narrow those of rows with room to spare.

use super::{Course, Topology};

/// How many boxes a row has to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowKind {
    /// A few: a main box, and perhaps one beside it. All rows, where none differ.
    #[default]
    Roomy,
    /// More side by side, or some below its line.
    Crowded,
}

impl RowKind {
    /// The other kind.
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Roomy => Self::Crowded,
            Self::Crowded => Self::Roomy,
        }
    }
}

/// Both kinds.
pub(crate) const KINDS: [RowKind; 2] = [RowKind::Roomy, RowKind::Crowded];

/// So many lanes make a row crowded.
const MANY: usize = 3;

/// The kind of each row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kinds {
    /// By row; empty where all are alike.
    of_row: Vec<RowKind>,
    /// Whether lines run in lanes from rows of one kind to those of the other: then the middles of their lanes stand under
    /// each other.
    pub(crate) aligned: bool,
}

impl Kinds {
    /// The kinds of a topology's rows, whose arrows have their courses.
    pub(super) fn of(topology: &Topology) -> Self {
        let kind = |row: usize| {
            let crowded = topology.lanes(row) >= MANY || !topology.below[row].boxes.is_empty();
            if crowded { RowKind::Crowded } else { RowKind::Roomy }
        };
        let of_row: Vec<RowKind> = (0..topology.rows.len()).map(kind).collect();
        if of_row.windows(2).all(|pair| pair[0] == pair[1]) {
            return Self::default();
        }
        let kinds = Self { of_row, aligned: false };
        Self { aligned: kinds.meet(topology), ..kinds }
    }

    /// Whether lines beside the main one run from rows of one kind into those of the other.
    fn meet(&self, topology: &Topology) -> bool {
        let down = topology.links.iter().filter(|link| link.course == Course::Down);
        let mut straight = down.filter(|link| topology.place(link.from).half_lane() > 0);
        let differ = |a: usize, b: usize| self.of_row[a] != self.of_row[b];
        let mut spaces = 1..topology.rows.len();
        topology.passes_beside()
            || straight.any(|link| differ(topology.place(link.from).row, topology.place(link.to).row))
            || spaces.any(|space| differ(space - 1, space) && topology.channels[space].joins_lanes())
    }

    /// The kind of a row.
    pub(crate) fn of_row(&self, row: usize) -> RowKind {
        self.of_row.get(row).copied().unwrap_or_default()
    }

    /// Whether there are rows of both kinds.
    pub(crate) fn differ(&self) -> bool {
        !self.of_row.is_empty()
    }
}
