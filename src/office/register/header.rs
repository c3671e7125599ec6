//! The header of a register: where it is, and what each column holds.

use crate::office::grid::Grid;
use crate::office::read::front::is_form;
use crate::office::read::heads::{Column, Role, column, role};
use crate::office::read::{level, squeezed};

/// Rows that are looked through for a header.
const SEARCHED: usize = 40;

/// A header.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    /// Its first and last row.
    pub(super) top: usize,
    pub(super) bottom: usize,
    /// Of each column, what it holds.
    pub(super) roles: Vec<(usize, Role)>,
    /// Columns whose cells hold several things: 风险点等级及表现形式.
    whole: bool,
}

impl Header {
    /// The column of a role.
    pub(super) fn column(&self, wanted: Role) -> Option<usize> {
        self.roles.iter().find(|(_, role)| *role == wanted).map(|(column, _)| *column)
    }

    /// The columns of a role.
    pub(super) fn columns(&self, wanted: Role) -> impl Iterator<Item = usize> {
        self.roles.iter().filter(move |(_, role)| *role == wanted).map(|(column, _)| *column)
    }

    /// Whether it has the three columns of a chart and no other.
    pub(super) fn is_three(&self) -> bool {
        self.roles.len() == 3 && self.order().len() == 3
    }

    /// Whether it is a chart set as a table of three columns.
    pub(super) fn is_chart(&self) -> bool {
        self.whole
    }

    /// Flow, risk and measure in the order of their columns.
    pub(super) fn order(&self) -> Vec<Column> {
        let mut order = Vec::new();
        for (_, role) in &self.roles {
            let column = match role {
                Role::Stage => Column::Flow,
                Role::RiskItems | Role::RiskName | Role::Level => Column::Risk,
                Role::Measures | Role::Responsible => Column::Measure,
                _ => continue,
            };
            if !order.contains(&column) {
                order.push(column);
            }
        }
        order
    }
}

/// Finds the header: the row, or two rows, that name most columns.
pub(super) fn find(grid: &Grid) -> Option<Header> {
    let rows = 0..grid.height.min(SEARCHED);
    let found = rows.flat_map(|row| [read(grid, row, row), read(grid, row, row + 1)]).flatten();
    let sound = found.filter(is_register);
    // Of equal ones the first, and of one row and two the one row.
    sound.reduce(|best, next| if next.roles.len() > best.roles.len() { next } else { best })
}

fn is_register(header: &Header) -> bool {
    let has = |role| header.column(role).is_some();
    let risk = has(Role::RiskName) || has(Role::RiskItems) || has(Role::Level);
    let known = [has(Role::Stage) || has(Role::Power), risk, has(Role::Measures)];
    known.iter().filter(|known| **known).count() == 3
        || (has(Role::Stage) && header.roles.len() >= 3 && (risk || has(Role::Measures)))
}

fn read(grid: &Grid, top: usize, bottom: usize) -> Option<Header> {
    if bottom >= grid.height {
        return None;
    }
    let texts = grid.row(top);
    if is_form(&texts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>()) {
        return None;
    }
    let mut header = Header { top, bottom, ..Header::default() };
    let ranks = has_ranks(grid, bottom);
    let mut wide = 0;
    for at in 0..grid.width {
        let parent = grid.text(top, at);
        let head = grid.text(bottom, at);
        let same = grid.origin(top, at) == grid.origin(bottom, at);
        // A title that goes over the whole table is no head.
        if grid.merge_of(top, at).is_some_and(|merge| merge.right - merge.left + 1 >= grid.width.max(3)) {
            return None;
        }
        if grid.origin(bottom, at).1 != at {
            continue;
        }
        let own = role(&head).or_else(|| chart_role(&head));
        let found = if top == bottom || same { own } else { below(&parent, &head, own) };
        if top == bottom && chart_role(&head).is_some() && is_whole(&head) {
            wide += 1;
        }
        if let Some(found) = found {
            let found = if ranks && is_rank(&head) { Role::Responsible } else { found };
            // Of roles that stand once in a register the first column counts.
            let is_many = matches!(
                found,
                Role::Number
                    | Role::Measures
                    | Role::Responsible
                    | Role::Basis
                    | Role::Ticked
                    | Role::Phone
                    | Role::Other
            );
            let is_second = !is_many && header.column(found).is_some();
            if !is_second {
                header.roles.push((at, found));
            }
        }
    }
    if top != bottom {
        // Two rows make a header only where a head of the first goes over several of the second.
        let spans = (0..grid.width)
            .any(|at| grid.merge_of(top, at).is_some_and(|merge| merge.bottom == top && merge.right > merge.left));
        let filled = (0..grid.width).filter(|at| role(&grid.text(top, *at)).is_some()).count();
        if !spans && grid.knows_merges || filled < 2 {
            return None;
        }
    }
    header.whole = wide >= 1;
    stand_in(grid, &mut header);
    (!header.roles.is_empty()).then_some(header)
}

/// Heads of people who answer for a measure by their rank.
const RANKS: &[&str] = &["直接责任人", "主要责任人", "分管领导", "主管领导", "主要领导"];

fn is_rank(head: &str) -> bool {
    RANKS.contains(&squeezed(head).as_str())
}

/// Whether people stand by their ranks: 分管领导 beside 直接责任人 or 主要领导 is one of them, and else a supervisor.
fn has_ranks(grid: &Grid, row: usize) -> bool {
    (0..grid.width).filter(|at| grid.origin(row, *at).1 == *at && is_rank(&grid.text(row, *at))).count() > 1
}

/// Where no column is of stages, that of phases is, or that of posts; and of three columns the one that is neither of
/// risks nor of measures.
fn stand_in(grid: &Grid, header: &mut Header) {
    if header.column(Role::Stage).is_some() {
        return;
    }
    if let Some(phase) = header.roles.iter_mut().find(|(_, role)| *role == Role::OfStage("phase")) {
        phase.1 = Role::Stage;
        return;
    }
    if header.column(Role::Power).is_some() || header.column(Role::Measures).is_none() {
        return;
    }
    let filled: Vec<usize> = grid.row(header.bottom).iter().map(|(column, _)| *column).collect();
    let is_post = |column: &usize| squeezed(&grid.text(header.bottom, *column)).starts_with("岗位");
    let is_free = |column: &usize| header.roles.iter().all(|(own, role)| own != column || *role == Role::Other);
    let found = filled.iter().find(|column| is_post(column) && is_free(column));
    let third = filled.iter().find(|column| is_free(column)).filter(|_| filled.len() == 3 && header.roles.len() >= 2);
    if let Some(column) = found.or(third).copied() {
        header.roles.retain(|(own, _)| *own != column);
        header.roles.push((column, Role::Stage));
        header.roles.sort_unstable();
    }
}

/// A head of the second row, read with the one it stands below: 名称 below 风险点.
fn below(parent: &str, head: &str, own: Option<Role>) -> Option<Role> {
    let (parent, head) = (squeezed(parent), squeezed(head));
    if head.is_empty() {
        return role(&parent);
    }
    let of_risk = parent.contains("风险") && !parent.contains("措施");
    let of_measure = parent.contains("措施") || parent.contains("防控");
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    let named = has(&["名称", "风险点", "点位"]);
    match () {
        () if parent.ends_with("级") && level::word(&head).is_some() => Some(Role::Ticked),
        () if of_risk && has(&["等级", "级别"]) => Some(Role::Level),
        () if of_risk && named => Some(Role::RiskName),
        () if of_risk && has(&["类别", "类型"]) => Some(Role::RiskCategory),
        () if of_risk && has(&["编号", "序号"]) => Some(Role::RiskId),
        () if of_risk && has(&["内容", "描述", "表现", "情形"]) => Some(Role::RiskItems),
        () if of_measure && has(&["监督", "监管"]) => Some(Role::Supervisor),
        () if of_measure && has(&["责任", "岗位", "人员", "科室"]) => Some(Role::Responsible),
        () if of_measure && has(&["时限", "期限", "时间"]) => Some(Role::Deadline),
        () if of_measure && has(&["依据"]) => Some(Role::Basis),
        () if of_measure && has(&["内容", "措施", "办法", "手段", "前期", "中期", "后期", "事前", "事中", "事后"]) => {
            Some(Role::Measures)
        }
        () if parent.contains("责任") && own.is_none() => Some(Role::Responsible),
        () if (parent.contains("职权") || parent.contains("权力") || parent.contains("事项"))
            && has(&["名称", "事项"]) =>
        {
            Some(Role::Power)
        }
        () if (parent.contains("职权") || parent.contains("权力") || parent.contains("事项"))
            && has(&["类别", "类型"]) =>
        {
            Some(Role::PowerCategory)
        }
        () if (parent.contains("职权") || parent.contains("权力") || parent.contains("事项"))
            && has(&["编码", "编号"]) =>
        {
            Some(Role::Code)
        }
        () if (parent.contains("流程") || parent.contains("环节")) && has(&["名称", "环节", "步骤"]) => {
            Some(Role::Stage)
        }
        () if (parent.contains("流程") || parent.contains("环节")) && has(&["时限", "期限"]) => {
            Some(Role::OfStage("deadline"))
        }
        () => own,
    }
}

/// The role of a head of a chart of three columns.
fn chart_role(head: &str) -> Option<Role> {
    Some(match column(head)? {
        Column::Flow => Role::Stage,
        Column::Risk => Role::RiskItems,
        Column::Measure => Role::Measures,
    })
}

/// Whether a head says that its cells hold several things.
fn is_whole(head: &str) -> bool {
    let head = squeezed(head);
    head.contains('及') || head.contains('、') || head.contains('和') || head.contains('与')
}
