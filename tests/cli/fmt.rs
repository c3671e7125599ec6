//! `fmt`: layout alone.

use std::fs;
use std::path::Path;

use super::{Folder, GOOD};

const LOOSE: &str = "\u{feff}职权=\"行政检查\"  \r\n[[环节]]\r\n名称   =\"立案\" # 注\r\n备注x=1";

#[test]
fn layout_changes_and_nothing_else() {
    let typed = GOOD.replace(" = ", "=").replace("[[环节]]", "[[环节]]  # 环节一").replace('\n', "\r\n");
    let folder = Folder::with(&[("a.toml", &typed), ("riskchart.toml", "[默认]\n单位='局'\n\n\n")]);
    let posters = |out: &str| {
        assert_eq!(folder.run(&["build", ".", "-o", out, "-q"]).status, 0);
        ["a.svg", "a.pdf"].map(|name| fs::read(folder.0.join(out).join(name)).expect("readable"))
    };
    let before = posters("before");
    folder.run(&["fmt", "--check"]).is(1, "没有排好：a.toml\n没有排好：riskchart.toml\n2 个文件没有排好\n", "");
    assert_eq!(folder.text("a.toml"), typed);
    folder.run(&["fmt"]).is(0, "排好了 a.toml\n排好了 riskchart.toml\n完成：排好了 2 个文件\n", "");
    let expected = GOOD.replace("[[环节]]", "\n[[环节]]  # 环节一");
    let expected = expected.replace(
        "[\"超时、超权限立案。\", \"无检查方案。\"]",
        "[\n    \"超时、超权限立案。\",\n    \"无检查方案。\",\n]",
    );
    assert_eq!(folder.text("a.toml"), expected.replace('\n', "\r\n"));
    assert_eq!(folder.text("riskchart.toml"), "[默认]\n单位 = '局'\n");
    assert_eq!(posters("after"), before);
    folder.run(&["fmt"]).is(0, "都已经排好\n", "");
    folder.run(&["fmt", "--check"]).is(0, "都已经排好\n", "");
}

#[test]
fn what_needs_mending_is_left_alone() {
    let typed = GOOD.replace("\"行政检查\"", "“行政检查”  ");
    let folder = Folder::with(&[("a.toml", &typed), ("b.toml", "职权=\"a\nb\"\n")]);
    let ran = folder.run(&["fmt"]);
    let hint = "建议：先运行 riskchart fix，还不行就用 riskchart check 查看\n";
    let refused = |name: &str| format!("错误：{name} 有要先改的地方，没有动\n{hint}");
    ran.is(1, "", &(refused("a.toml") + &refused("b.toml")));
    assert_eq!(folder.text("a.toml"), typed);
    folder.run(&["fix", "a.toml", "-q"]).is(0, "", "");
    assert_eq!(folder.run(&["fmt", "a.toml"]).status, 0);
    assert_eq!(folder.run(&["fix", "a.toml", "--diff"]).status, 0, "what is laid out needs no fix");
}

/// What is past the limit is not read, so it would be lost.
#[test]
fn a_file_over_the_limit_is_left_alone() {
    let typed = format!("{GOOD}# {}\n", "x".repeat(5 << 20));
    let folder = Folder::with(&[("a.toml", &typed)]);
    folder.run(&["fmt"]).is(1, "", "错误：a.toml 超过 4 MiB，没有动\n");
    assert_eq!(folder.text("a.toml"), typed);
}

#[test]
fn standard_input_is_laid_out_to_standard_output() {
    let folder = Folder::new();
    let expected = "职权 = \"行政检查\"\r\n\r\n[[环节]]\r\n名称 = \"立案\" # 注\r\n备注x = 1\r\n";
    folder.run_with_input(&["fmt", "-"], LOOSE).is(0, expected, "");
    folder.run_with_input(&["fmt", "-", "--check"], LOOSE).is(1, "没有排好：<stdin>\n1 个文件没有排好\n", "");
    folder.run_with_input(&["fmt", "-"], expected).is(0, expected, "");
}

#[test]
fn the_charts_and_templates_are_laid_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Folder::new();
    for charts in ["charts", "examples", "src/cli/commands/templates"] {
        let ran = folder.run(&["fmt", "--check", &root.join(charts).to_string_lossy()]);
        assert_eq!((ran.status, ran.out.as_str()), (0, "都已经排好\n"), "{charts}: {ran:?}");
    }
}
