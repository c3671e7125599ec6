//! What the objects of the pages mean, as custom tags (GB/T 33190-2016 § 16): a tree of the chart's parts that refers to
//! the text objects of each, as e-invoices do.

use super::part::Part;
use crate::scene::Role;

/// The namespace of the tags.
pub(super) const NAMESPACE: &str = "urn:riskchart:ofd-tags:1";
/// The root of the tags.
const ROOT: &str = "廉政风险防控图";

/// The tags of a document while its pages are painted.
#[derive(Default)]
pub(super) struct Tags {
    /// What stands in no tag.
    root: Vec<Node>,
    /// The tags that are open, outermost first.
    open: Vec<(&'static str, Vec<Node>)>,
}

/// A part of a tag.
enum Node {
    Tag(&'static str, Vec<Node>),
    /// An object and its page, by their ids.
    Object {
        page: u32,
        id: u32,
    },
}

impl Tags {
    /// Begins the tag of a group.
    pub(super) fn open(&mut self, role: Role) {
        self.open.push((name(role), Vec::new()));
    }

    /// Ends the innermost tag; one that refers to nothing is dropped.
    pub(super) fn close(&mut self) {
        if let Some((name, nodes)) = self.open.pop()
            && !nodes.is_empty()
        {
            self.add(Node::Tag(name, nodes));
        }
    }

    /// Refers to an object.
    pub(super) fn object(&mut self, page: u32, id: u32) {
        self.add(Node::Object { page, id });
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            Some((_, nodes)) => nodes.push(node),
            None => self.root.push(node),
        }
    }

    /// The part that holds them.
    pub(super) fn part(&self) -> Vec<u8> {
        let mut part = Part::bare();
        part.open(&prefixed(ROOT), &[("xmlns:ofd", super::part::NAMESPACE), ("xmlns:rc", NAMESPACE)]);
        part.line();
        write(&mut part, &self.root, 1);
        part.finish()
    }
}

fn prefixed(name: &str) -> String {
    format!("rc:{name}")
}

fn write(part: &mut Part, nodes: &[Node], depth: usize) {
    for node in nodes {
        match node {
            Node::Object { page, id } => {
                part.text("ofd:ObjectRef", &[("PageRef", &page.to_string())], &id.to_string());
            }
            Node::Tag(name, nodes) => {
                part.open(&prefixed(name), &[]);
                write(part, nodes, depth + 1);
                part.close();
            }
        }
        if depth < 3 {
            part.line();
        }
    }
}

/// The tag of a role.
fn name(role: Role) -> &'static str {
    match role {
        Role::Title => "标题",
        Role::Unit => "单位",
        Role::Subtitle => "副标题",
        Role::HeaderField => "表头项",
        Role::Table => "表格",
        Role::HeadRow => "表头",
        Role::ColumnHead => "栏目",
        Role::Row => "环节",
        Role::Cell { .. } => "格",
        Role::Stage => "流程",
        Role::StageDetail => "流程说明",
        Role::Phase => "阶段",
        Role::Risk => "风险",
        Role::RiskHeading => "风险名称",
        Role::List => "列表",
        Role::ListItem => "条目",
        Role::Label => "序号",
        Role::ListBody => "内容",
        Role::Level => "风险等级",
        Role::Measure => "措施",
        Role::MeasureHeading => "措施名称",
        Role::Responsible => "责任人",
        Role::Basis => "依据",
        Role::BranchLabel => "分支",
        Role::Legend => "图例",
        Role::Notes => "说明",
        Role::Note => "备注",
        Role::Contents => "目录",
        Role::ContentsEntry => "目录项",
        Role::Footer => "页脚",
        Role::Phone => "电话",
        Role::Qr => "二维码",
        Role::Logo => "徽标",
        Role::Folio => "页码",
        Role::Repeated => "重复",
        Role::Decoration => "修饰",
    }
}
