//! What build servers ask: whether posters are stale, what a run would do and did, parts of it, and what changed.

use std::fs;
use std::process::Stdio;

use super::{Folder, GOOD, Ran, finish};

/// A chart of this power that is no copy of another.
fn chart(power: &str) -> String {
    GOOD.replace("行政检查", power).replace("无检查方案", &format!("无{power}方案"))
}

impl Folder {
    /// A run that may remember what earlier ones made.
    fn remembering(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        command.env("XDG_CACHE_HOME", self.0.join("caches")).env("LOCALAPPDATA", self.0.join("caches"));
        finish(command.env("HOME", self.0.join("home")).stdin(Stdio::null()).output().expect("the program runs"))
    }
}

#[test]
fn stale_missing_and_orphaned_posters_are_named_and_nothing_is_written() {
    let folder = Folder::with(&[("图/a.toml", &chart("甲")), ("图/b.toml", &chart("乙")), ("图/c.toml", &chart("丙"))]);
    let build = |more: &[&str]| folder.remembering(&[&["build", "图", "-f", "svg"], more].concat());
    build(&["--dry-run"]).is(0, "会写 a.svg\n会写 b.svg\n会写 c.svg\n会写 3 个，会改写 0 个；什么都没有写\n", "");
    assert_eq!(folder.files("out"), [""; 0]);
    assert_eq!(build(&[]).status, 0);
    build(&["--check"]).is(0, "3 张图的海报都是新的 → out/\n", "");
    folder.write("图/a.toml", &chart("丁"));
    fs::remove_file(folder.0.join("图/b.toml")).expect("removed");
    fs::remove_file(folder.0.join("out/c.svg")).expect("removed");
    let before = fs::read(folder.0.join("out/a.svg")).expect("a poster");
    let told = "过期 a.svg\n缺少 c.svg\n多余 b.svg：图不在了\n过期 1 个，缺少 1 个，多余 1 个 → out/\n";
    build(&["--check"]).is(1, told, "");
    assert_eq!(
        (fs::read(folder.0.join("out/a.svg")).expect("there"), folder.files("out")),
        (before, vec!["a.svg".into(), "b.svg".into()])
    );
    assert!(
        !folder.run(&["build", "图", "-f", "svg", "--check", "--lang", "en"]).out.contains("of no chart b"),
        "without memory nothing is claimed"
    );
}

#[test]
fn only_own_posters_are_pruned() {
    let folder = Folder::with(&[("图/a.toml", &chart("甲")), ("图/b.toml", &chart("乙")), ("图/c.toml", &chart("丙"))]);
    assert_eq!(folder.remembering(&["build", "图", "-f", "svg"]).status, 0);
    folder.write("out/b.png", "somebody's own");
    folder.write("out/c.svg", "changed by hand");
    for gone in ["b", "c"] {
        fs::remove_file(folder.0.join(format!("图/{gone}.toml"))).expect("removed");
    }
    let ran = folder.remembering(&["build", "图", "-f", "svg", "--prune"]);
    assert!(ran.status == 0 && ran.out.starts_with("删去了 b.svg\n"), "{ran:?}");
    assert_eq!(folder.files("out"), ["a.svg", "b.png", "c.svg"]);
}

#[test]
fn posters_of_charts_that_were_not_asked_for_are_nobodys_orphans() {
    let folder = Folder::with(&[("图/a.toml", &chart("甲")), ("图/b.toml", &chart("乙"))]);
    assert_eq!(folder.remembering(&["build", "图", "-f", "svg"]).status, 0);
    for arguments in
        [&["build", "图/a.toml", "-f", "svg", "--prune"][..], &["build", "图/a.toml", "-f", "svg", "--check"]]
    {
        let ran = folder.remembering(arguments);
        assert!(ran.status == 0 && !ran.out.contains("b.svg"), "{ran:?}");
        assert_eq!(folder.files("out"), ["a.svg", "b.svg"]);
    }
}

#[test]
fn old_posters_of_a_renamed_chart_are_named_and_left() {
    let folder = Folder::with(&[("图/a.toml", &chart("甲")), ("图/b.toml", &chart("乙"))]);
    assert_eq!(folder.remembering(&["build", "图", "-f", "svg"]).status, 0);
    fs::rename(folder.0.join("图/b.toml"), folder.0.join("图/c.toml")).expect("renamed");
    let ran = folder.remembering(&["build", "图", "-f", "svg"]);
    assert!(ran.out.starts_with("b.svg 的图不在了，用 --prune 可以删去\n"), "{ran:?}");
    assert_eq!(folder.files("out"), ["a.svg", "b.svg", "c.svg"]);
    folder.remembering(&["build", "图", "-f", "svg", "--prune"]);
    assert_eq!(folder.files("out"), ["a.svg", "c.svg"]);
}

#[test]
fn shards_make_the_whole_and_wrong_ones_are_told() {
    let folder = Folder::with(&[("图/a.toml", &chart("甲")), ("图/b.toml", &chart("乙")), ("图/c.toml", &chart("丙"))]);
    let shard = |part: &str| folder.run(&["build", "图", "-f", "svg", "-q", "--shard", part]);
    shard("1/2").is(0, "", "");
    assert_eq!(folder.files("out"), ["a.svg", "c.svg"]);
    shard("2/2").is(0, "", "");
    assert_eq!(folder.files("out"), ["a.svg", "b.svg", "c.svg"]);
    for wrong in ["9/8", "0/8", "1", "a/b", "1/0"] {
        let told = format!("错误：--shard 要写作 2/8（八份里的第二份），不能是“{wrong}”\n");
        shard(wrong).is(2, "", &told);
    }
    let book = folder.run(&["build", "图", "--shard", "1/2", "--book", "全部"]);
    assert!(book.status == 2 && book.err.contains("不能和 --shard 一起"), "{book:?}");
}

#[test]
fn a_manifest_tells_what_was_made() {
    let folder = Folder::with(&[("图/a.toml", &chart("甲")), ("图/b.toml", "职权 = 1"), ("图/riskchart.toml", "")]);
    let build = || folder.run(&["build", "图", "-f", "svg", "-q", "--manifest", "清单.json"]);
    let read = || -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(folder.0.join("清单.json")).expect("a list")).expect("JSON")
    };
    assert_eq!(build().status, 1);
    let list = read();
    let (a, b) = (&list["charts"][0], &list["charts"][1]);
    assert_eq!(
        (a["chart"].as_str(), a["pages"].as_u64(), a["changed"].as_bool()),
        (Some("图/a.toml"), Some(1), Some(true))
    );
    let poster = fs::read(folder.0.join("out/a.svg")).expect("a poster");
    assert_eq!(a["outputs"][0]["path"], "a.svg");
    assert_eq!(a["outputs"][0]["bytes"].as_u64(), Some(poster.len() as u64));
    assert_eq!(a["outputs"][0]["sha256"].as_str().map(str::len), Some(64));
    let sources: Vec<_> = a["sources"].as_array().expect("a list").iter().map(|file| file["path"].as_str()).collect();
    assert_eq!(sources, [Some("图/a.toml"), Some("图/riskchart.toml")]);
    assert_eq!(b["outputs"].as_array().map(Vec::len), Some(0));
    assert!(b["errors"].as_u64().is_some_and(|errors| errors > 0));
    build();
    assert_eq!(read()["charts"][0]["changed"].as_bool(), Some(false));
    let refused = folder.run(&["build", "图", "--manifest", "out/a.svg"]);
    assert!(refused.status == 2 && refused.err.contains("清单是 JSON"), "{refused:?}");
    folder.write("坏.json", "{}");
    let damaged = folder.run(&["diff", "坏.json", "清单.json"]);
    damaged.is(2, "", "错误：坏.json 不是 build --manifest 写的清单\n");
    folder.run(&["diff", "清单.json", "清单.json"]).is(0, "没有要重印的海报。\n", "");
}

#[test]
fn differences_are_told_in_words() {
    let old = chart("甲");
    let new = old.replace("\"中\"", "\"高\"").replace("\"检查组人员\"", "[\"组长\"]").replace("超时、", "超期限、");
    let renamed = chart("乙").replace("\"立案\"", "\"登记\"");
    let folder = Folder::with(&[
        ("旧/a.toml", &old),
        ("旧/b.toml", &chart("乙")),
        ("旧/c.toml", &chart("丙")),
        ("旧/e.toml", &chart("戊")),
        ("新/a.toml", &new),
        ("新/b.toml", &renamed),
        ("新/d.toml", &chart("丁")),
        ("新/e.toml", &format!("# 改了写法\n{}", chart("戊"))),
    ]);
    let told = "\
a（甲）
  - 环节“立案”，第 1 个风险：风险等级由“中”改为“高”
  - 环节“立案”，第 1 个风险：表现形式由“超时、超权限立案。”改为“超期限、超权限立案。”
  - 环节“立案”，第 1 个措施：责任人由“检查组人员”改为“组长”

b（乙）
  - 环节“登记”：名称由“立案”改为“登记”

c（丙）
  - 图删去了，海报请撤下

d（丁）
  - 新加的图

e（戊）
  - 内容没有变，只改了写法，不用重印

要重印的海报 3 张：a、b、d
";
    folder.run(&["diff", "旧", "新"]).is(1, told, "");
    folder.run(&["diff", "旧", "旧"]).is(0, "没有要重印的海报。\n", "");
    let alone = folder.run(&["diff", "旧/a.toml", "新/b.toml"]);
    assert!(alone.status == 1 && alone.out.contains("职权由“甲”改为“乙”"), "{alone:?}");
    let json = folder.run(&["diff", "旧", "新", "--format", "json", "--lang", "en"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    let change = &json["charts"][0]["changes"][0];
    assert_eq!(
        (change["what"].as_str(), change["how"].as_str(), change["new"].as_str()),
        (Some("level"), Some("changed"), Some("高"))
    );
    let html = folder.run(&["diff", "旧", "新", "--format", "html"]);
    assert!(html.out.starts_with("<!DOCTYPE html>") && html.out.contains("<h2>a（甲）</h2>"), "{html:?}");
    let nowhere = folder.run(&["diff", "旧", "没有"]);
    nowhere.is(2, "", "错误：没有这个文件或文件夹：没有\n");
    folder.write("新/a.toml", "职权 = 1");
    let broken = folder.run(&["diff", "旧", "新"]);
    assert!(broken.status == 2 && broken.err.contains("新/a.toml 有错，比不了"), "{broken:?}");
}

#[test]
fn differences_are_in_the_reader_s_words_and_marked_for_markdown_there_alone() {
    let old = "职权 = \"甲\"\n[[环节]]\n名称 = \"立案\"\n[[环节]]\n名称 = \"办结\"\n[版面]\n方向 = \"纵向\"\n";
    let new = "职权 = \"甲\"\n[[环节]]\n名称 = \"立案\"\n形状 = \"start\"\n下一步 = [{ 到 = \"办结\", 说明 = \"符合*条件\" }]\n\
               [[环节]]\n名称 = \"办结\"\n形状 = \"end\"\n[版面]\n方向 = \"portrait\"\n裁切标记 = true\n";
    let folder = Folder::with(&[("旧/a_1.toml", old), ("新/a_1.toml", new)]);
    let told = "\
a_1（甲）
  - 版面：裁切标记增加“是”
  - 环节“立案”：形状增加“开始”
  - 环节“立案”：下一步增加“到 = 办结，说明 = 符合*条件”
  - 环节“办结”：形状增加“结束”

要重印的海报 1 张：a_1
";
    folder.run(&["diff", "旧", "新"]).is(1, told, "");
    let english = folder.run(&["diff", "旧", "新", "--lang", "en"]).out;
    assert!(english.contains("next: added “to = 办结, label = 符合*条件”"), "{english}");
    let markdown = folder.run(&["diff", "旧", "新", "--format", "md"]).out;
    assert!(markdown.starts_with("## a\\_1（甲）\n\n- 版面"), "{markdown}");
    assert!(markdown.contains("符合\\*条件") && markdown.ends_with("：a\\_1\n"), "{markdown}");
}

#[test]
fn what_a_project_file_says_of_the_output_holds() {
    let project = "[输出]\n文件夹 = \"../海报\"\n格式 = [\"png\"]\n每英寸点数 = 20\n[检查]\n不报 = [\"known-slip\"]\n从严 = true\n";
    let slip = chart("甲").replace("无甲方案", "巡视舞弊");
    let folder = Folder::with(&[("图/a.toml", &slip), ("图/riskchart.toml", project)]);
    let ran = folder.run(&["build", "图"]);
    assert!(ran.status == 0 && ran.out.ends_with("完成：1 张图，1 个文件 → 海报/\n"), "{ran:?}");
    assert_eq!((folder.files("海报"), ran.err.as_str()), (vec!["a.png".to_owned()], ""));
    folder.write("图/riskchart.toml", "[check]\nstrict = true\n");
    let strict = folder.run(&["build", "图"]);
    assert!(strict.status == 1 && strict.err.contains("错误[known-slip]"), "{strict:?}");
    folder.write("图/riskchart.toml", "[check]\nallow = [\"unknown-key\", \"没有\"]\n");
    let wrong = folder.run(&["check", "图"]);
    assert!(wrong.status == 1 && wrong.err.contains("riskchart.toml:2"), "an error can't be left untold: {wrong:?}");
}

#[test]
fn variables_hold_where_the_command_line_says_nothing() {
    let folder = Folder::with(&[("图/a.toml", GOOD), ("图/riskchart.toml", "[output]\nformats = [\"pdf\"]\n")]);
    let build = |more: &[&str]| {
        let mut command = folder.command(&[&["build", "图", "-q"], more].concat());
        command.envs([
            ("RISKCHART_OUT", "甲"),
            ("RISKCHART_FORMAT", "svg,png"),
            ("RISKCHART_WIDTH", "99"),
            ("RISKCHART_THEME", ""),
        ]);
        finish(command.stdin(Stdio::null()).output().expect("the program runs"))
    };
    build(&[]).is(0, "", "");
    assert_eq!(folder.files("甲"), ["a.png", "a.svg"]);
    build(&["-o", "乙", "-f", "png", "--dpi", "20"]).is(0, "", "");
    assert_eq!(folder.files("乙"), ["a.png"]);
    assert_ne!(
        fs::read(folder.0.join("甲/a.png")).expect("there"),
        fs::read(folder.0.join("乙/a.png")).expect("there")
    );
    let wrong = folder.command(&["check", "图"]).env("RISKCHART_PAPER", "A99").output().expect("runs");
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("没有“A99”这种纸张"));
}

#[test]
fn fonts_beside_a_project_file_are_used_and_damaged_ones_named() {
    let font = include_bytes!("../data/truetype.ttf");
    let folder = Folder::with(&[("charts/a.toml", GOOD), ("charts/riskchart.toml", "")]);
    fs::create_dir_all(folder.0.join("charts/fonts")).expect("made");
    fs::write(folder.0.join("charts/fonts/own.ttf"), font).expect("written");
    let list = folder.run(&["list", "fonts"]);
    assert!(list.status == 0 && list.out.lines().last().is_some_and(|line| line.ends_with("自己的")), "{list:?}");
    folder.write("charts/riskchart.toml", "[fonts]\nfolders = [\"更多\"]\n");
    folder.write("charts/更多/坏.ttf", "no font");
    let ran = folder.run(&["build"]);
    assert!(ran.status == 2 && ran.err.contains("不能用字体 ") && ran.err.contains("坏.ttf"), "{ran:?}");
}

#[test]
fn charts_of_one_name_in_two_folders_given_keep_their_folders() {
    let folder = Folder::with(&[("甲/a.toml", GOOD), ("乙/a.toml", GOOD)]);
    folder.run(&["build", "甲", "乙", "-f", "svg", "-q"]).is(0, "", "");
    assert_eq!(folder.files("out"), ["乙/a.svg", "甲/a.svg"]);
}

#[test]
fn a_book_never_takes_the_name_of_a_poster() {
    let folder = Folder::with(&[("图/a.toml", GOOD), ("图/b.toml", &chart("乙"))]);
    let ran = folder.run(&["build", "图", "--book", "A.pdf"]);
    assert!(ran.status == 2 && ran.err.contains("会盖掉 图/a.toml 的海报"), "{ran:?}");
    assert_eq!(folder.files("out"), [""; 0]);
    let ran = folder.run(&["build", "图", "-f", "svg", "--book", "全部"]);
    assert!(ran.status == 0 && ran.out.contains("全部.pdf  合订本，"), "{ran:?}");
    assert!(ran.out.ends_with("完成：2 张图，3 个文件 → out/\n"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn nothing_is_mended_outside_the_folder_given() {
    let folder = Folder::with(&[("图/a.toml", GOOD), ("别处/b.toml", "职权＝\"甲\"\n")]);
    std::os::unix::fs::symlink("../别处/b.toml", folder.0.join("图/b.toml")).expect("linked");
    for command in ["fix", "fmt"] {
        let ran = folder.run(&[command, "图"]);
        assert!(ran.status == 2 && ran.err.contains("以外的链接"), "{command}: {ran:?}");
        assert_eq!(folder.text("别处/b.toml"), "职权＝\"甲\"\n");
    }
    assert_eq!(folder.files("别处"), ["b.toml"]);
}

#[test]
fn fmt_shows_what_it_would_change() {
    let folder = Folder::with(&[("a.toml", "职权=\"甲\"\n")]);
    let ran = folder.run(&["fmt", "a.toml", "--diff"]);
    assert!(ran.status == 1, "{ran:?}");
    folder.write("b.toml", "\"职权\"=\"甲\"\n");
    folder.run(&["fmt", "b.toml", "--diff"]).is(
        1,
        "--- b.toml\n+++ b.toml\n@@ -1 +1 @@\n-\"职权\"=\"甲\"\n+\"职权\" = \"甲\"\n",
        "",
    );
    assert_eq!(folder.text("b.toml"), "\"职权\"=\"甲\"\n");
}
