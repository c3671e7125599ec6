//! `fix`: what is written, what is kept, what is left alone.

use std::fs;

use super::{Folder, GOOD, finish};

/// As a clerk types it with the input method on.
const TYPED: &str = "\
# 行政检查 ＝ 说明
职    权 ＝ “行政检查”
［［环节］］
名称：\"立案”　# 注
【环节。风险】
风险等级 = 中，
表现形式 = [“超时、超权限立案。”，
  \"无检查方案。\"、
]
[环节.措施]
防控措施 = [\"实行检查组组长审批制。\"]
责任人 = \"检查组人员\"
";

const CLEAN: &str = "\
# 行政检查 ＝ 说明
\"职权\" = \"行政检查\"
[[\"环节\"]]
\"名称\"=\"立案\" # 注
[\"环节\".\"风险\"]
\"风险等级\" = \"中\"
\"表现形式\" = [\"超时、超权限立案。\",
  \"无检查方案。\",
]
[\"环节\".\"措施\"]
\"防控措施\" = [\"实行检查组组长审批制。\"]
\"责任人\" = \"检查组人员\"
";

impl Folder {
    pub(super) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).expect("UTF-8")
    }

    pub(super) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).expect("readable")
    }
}

fn gbk(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

#[test]
fn a_gbk_file_typed_in_full_width_becomes_clean_utf8_and_gives_the_same_poster() {
    let folder = Folder::new();
    let typed = gbk(&TYPED.replace('\n', "\r\n"));
    fs::write(folder.0.join("a.toml"), &typed).expect("written");
    assert_eq!(folder.run(&["build", "a.toml", "-o", "before"]).status, 0);
    let fixed = folder.run(&["fix", "a.toml"]);
    let said = "改好了 a.toml：10 行，GB18030 (GBK) 改存为 UTF-8；原文件存为 a.toml.bak\n  第 2 行：职    权 ＝ “行政检查” → \"职权\" = \"行政检查\"\n";
    assert!(fixed.out.starts_with(said) && fixed.out.ends_with("完成：改了 1 个文件\n"), "{fixed:?}");
    assert_eq!(folder.text("a.toml"), CLEAN.replace('\n', "\r\n"), "its line ends are kept");
    assert_eq!(folder.bytes("a.toml.bak"), typed);
    folder.run(&["check", "a.toml", "--strict"]).is(0, "检查了 1 张图，1 张可以生成\n", "");
    assert_eq!(folder.run(&["build", "a.toml", "-o", "after"]).status, 0);
    for poster in ["a.svg", "a.pdf"] {
        assert_eq!(folder.bytes(&format!("before/{poster}")), folder.bytes(&format!("after/{poster}")), "{poster}");
    }
    folder.run(&["fix", "a.toml"]).is(0, "没有可以自动改的\n", "");
    assert_eq!(folder.files("").iter().filter(|name| name.ends_with(".bak")).count(), 1);
}

#[test]
fn how_a_file_is_saved_is_put_right_alone() {
    let folder = Folder::new();
    let plain = GOOD.replace("职权", "power").replace("[[环节]]", "[[stage]]").replace("[环节.风险]", "[stage.risk]");
    let plain = plain.replace("[环节.措施]", "[stage.measure]").replace("名称", "name").replace("风险等级", "level");
    let plain = plain.replace("表现形式", "items").replace("防控措施", "items").replace("责任人", "responsible");
    fs::write(folder.0.join("a.toml"), format!("\u{feff}{plain}")).expect("written");
    folder.write("b.toml", &plain.replacen('\n', "\r\n", 2));
    let diff = folder.run(&["fix", ".", "--diff"]);
    diff.is(1, "# a.toml: 改存为通用的 UTF-8\n", "");
    let said = "改好了 a.toml：改存为通用的 UTF-8；原文件存为 a.toml.bak\n完成：改了 1 个文件\n";
    folder.run(&["fix", "."]).is(0, said, "");
    assert_eq!(folder.text("a.toml"), plain);
    assert_eq!(folder.text("b.toml"), plain.replacen('\n', "\r\n", 2), "mixed line ends alone are no reason");
}

#[test]
fn a_diff_shows_everything_and_writes_nothing() {
    let folder = Folder::with(&[("a.toml", &GOOD.replace("检查组组长审批制。", "台帐制。。"))]);
    let ran = folder.run(&["fix", "--diff", "--allow", "known-slip"]);
    let expected = "\
--- a.toml\n+++ a.toml\n@@ -1,9 +1,9 @@
-职权 = \"行政检查\"
-[[环节]]
-名称 = \"立案\"
-[环节.风险]
-风险等级 = \"中\"
-表现形式 = [\"超时、超权限立案。\", \"无检查方案。\"]
-[环节.措施]
-防控措施 = [\"实行台帐制。。\"]
-责任人 = \"检查组人员\"
+\"职权\" = \"行政检查\"
+[[\"环节\"]]
+\"名称\" = \"立案\"
+[\"环节\".\"风险\"]
+\"风险等级\" = \"中\"
+\"表现形式\" = [\"超时、超权限立案。\", \"无检查方案。\"]
+[\"环节\".\"措施\"]
+\"防控措施\" = [\"实行台帐制。\"]
+\"责任人\" = \"检查组人员\"\n";
    ran.is(1, expected, "");
    assert_eq!(folder.files(""), ["a.toml"]);
    assert!(
        folder.run(&["fix", "--diff"]).out.contains("+\"防控措施\" = [\"实行台帐制。\"]"),
        "words are for judgement"
    );
    assert!(folder.run(&["fix", "--diff", "--unsafe"]).out.contains("+\"防控措施\" = [\"实行台账制。\"]"));
    folder.run(&["fix", "-q"]).is(0, "", "");
    folder.run(&["fix", "--diff"]).is(0, "", "");
}

#[test]
fn copies_are_numbered_and_never_written_over() {
    let folder = Folder::with(&[("a.toml", GOOD), ("a.toml.bak", "older")]);
    assert!(folder.run(&["fix"]).out.contains("原文件存为 a.toml.2.bak"));
    assert_eq!((folder.text("a.toml.bak").as_str(), folder.text("a.toml.2.bak").as_str()), ("older", GOOD));
    folder.write("a.toml", GOOD);
    assert!(folder.run(&["fix"]).out.contains("原文件存为 a.toml.3.bak"));
    assert!(folder.run(&["check"]).out.starts_with("检查了 1 张图"), "copies are no charts");
}

#[test]
fn what_can_not_be_read_is_told_and_left() {
    let broken = GOOD.replace("名称 = \"立案\"", "名称 = “立\n案");
    let wrong = GOOD.replace("\"中\"", "“较高”").replace("行政检查", "检查");
    let folder = Folder::with(&[("broken.toml", &broken), ("wrong.toml", &wrong)]);
    let ran = folder.run(&["fix"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("--> broken.toml:3:") && ran.err.contains("错误[unknown-level]"), "{ran:?}");
    assert!(ran.out.contains("改好了 wrong.toml：") && !ran.out.contains("broken.toml"), "{ran:?}");
    assert!(ran.out.contains("完成：改了 1 个文件；还有 3 处要自己改，用 riskchart check 查看\n"), "{ran:?}");
    assert_eq!(folder.text("broken.toml"), broken);
    assert!(folder.text("wrong.toml").contains("\"风险等级\" = \"较高\"\n"));
}

#[test]
fn the_project_file_is_fixed_with_its_folder_alone() {
    let project = "［默认］\n单位 = \"财政财政局\"\n";
    let folder = Folder::with(&[("riskchart.toml", project), ("图/a.toml", GOOD)]);
    let ran = folder.run(&["fix", "图"]);
    assert_eq!(folder.text("riskchart.toml"), project);
    assert!(ran.out.ends_with("完成：改了 1 个文件；还有 1 处要自己改，用 riskchart check 查看\n"), "{ran:?}");
    let again = folder.run(&["fix", "图/a.toml"]);
    assert!(
        again.out.contains("  riskchart.toml:2：")
            && again.out.ends_with("没有可以自动改的；还有 1 处要自己改，用 riskchart check 查看\n"),
        "{again:?}"
    );
    folder.run(&["fix", ".", "-q", "--unsafe"]).is(0, "", "");
    assert_eq!(folder.text("riskchart.toml"), "[\"默认\"]\n\"单位\" = \"财政局\"\n");
    assert_eq!(folder.text("riskchart.toml.bak"), project);
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let folder = Folder::new();
    folder.run_with_input(&["fix", "-"], TYPED).is(0, CLEAN, "");
    folder.run_with_input(&["fix", "-"], CLEAN).is(0, CLEAN, "");
    let broken = folder.run_with_input(&["fix", "-"], "职权 = “检查”\nx\n");
    assert!(broken.status == 1 && broken.out.is_empty() && broken.err.contains("<stdin>:2:1"), "{broken:?}");
    assert!(folder.files("").is_empty());
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::with(&[("real/a.toml", GOOD), ("b.toml", GOOD)]);
    let mode = |name: &str| fs::metadata(folder.0.join(name)).expect("there").permissions().mode() & 0o777;
    let set = |name: &str, mode| fs::set_permissions(folder.0.join(name), fs::Permissions::from_mode(mode));
    set("real/a.toml", 0o600).and_then(|()| set("b.toml", 0o444)).expect("set");
    symlink("real/a.toml", folder.0.join("link.toml")).expect("linked");
    assert!(folder.run(&["fix", "link.toml"]).out.starts_with("改好了 link.toml："));
    assert!(folder.text("real/a.toml").starts_with("\"职权\""));
    assert!(fs::symlink_metadata(folder.0.join("link.toml")).expect("there").is_symlink());
    assert_eq!((mode("real/a.toml"), mode("real/a.toml.bak")), (0o600, 0o600));
    let refused = "错误：不能写入 b.toml，文件没有动：没有权限\n建议：b.toml 是只读的；要换新的，请先去掉它的只读\n";
    folder.run(&["fix", "b.toml"]).is(2, "", refused);
    assert_eq!((folder.text("b.toml").as_str(), folder.files("").len()), (GOOD, 4), "no copy is left behind");
}

#[test]
fn no_escape_of_a_file_reaches_the_terminal_in_a_diff() {
    let folder =
        Folder::with(&[("a.toml", &format!("# \u{9b}31m\u{1b}]0;x\u{7}\n{GOOD}").replace("# ", "备注 = []\n# "))]);
    let ran = finish(folder.command(&["fix", "--diff"]).output().expect("runs"));
    let text = format!("{}{}", ran.out, ran.err);
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{text:?}");
}
