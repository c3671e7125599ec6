//! Posters that know their source: attached and given back, and told by their stamp from those that are out of date.

use std::fs;

use super::{Folder, GOOD};

const PROJECT: &str = "[默认]\n单位 = \"某局\" # 换行也要留着\r\n";

/// A folder with a project file, a chart that is typed in an old encoding, and its logo.
fn folder() -> Folder {
    let folder = Folder::with(&[("riskchart.toml", PROJECT), ("图/徽标/印.svg", LOGO)]);
    let chart = format!("徽标 = \"徽标/印.svg\"\n{GOOD}# 完\n");
    let gbk = encoding_rs::GBK.encode(&chart).0;
    fs::write(folder.0.join("图/a.toml"), gbk).expect("written");
    folder
}

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";

#[test]
fn what_a_poster_was_made_of_comes_back_byte_for_byte() {
    let folder = folder();
    let run = folder.run(&["build", "图", "-f", "pdf,ofd", "--attach-source", "--tile", "A4", "--book", "全部"]);
    assert_eq!(run.status, 0, "{run:?}");
    for poster in ["a.pdf", "a.ofd", "a-拼接.pdf", "全部.pdf", "全部.ofd"] {
        let to = format!("取出-{poster}");
        folder.run(&["extract", &format!("out/{poster}"), "-o", &to]).is(
            0,
            &format!("{to}/riskchart.toml\n{to}/图/a.toml\n{to}/图/徽标/印.svg\n"),
            "",
        );
        for file in ["riskchart.toml", "图/a.toml", "图/徽标/印.svg"] {
            let read = |path: &str| fs::read(folder.0.join(path)).expect("there");
            assert_eq!(read(&format!("{to}/{file}")), read(file), "{poster} {file}");
        }
    }
    // The poster made of what came back is the poster.
    folder.run(&["build", "取出-a.pdf/图", "-f", "pdf", "--attach-source", "-o", "又"]);
    assert!(
        fs::read(folder.0.join("又/a.pdf")).expect("there") == fs::read(folder.0.join("out/a.pdf")).expect("there")
    );
}

#[test]
fn nothing_is_written_over_and_what_has_no_source_is_told() {
    let folder = Folder::with(&[
        ("图/a.toml", GOOD),
        ("x.txt", "%PD"),
        ("坏.pdf", "%PDF-1.7\nxx"),
        ("坏.ofd", "PK\u{3}\u{4}xx"),
    ]);
    folder.run(&["build", "图", "-f", "pdf", "--attach-source"]);
    folder.run(&["extract", "out/a.pdf", "-o", "图"]).is(
        2,
        "",
        "错误：图/a.toml 已经存在，什么都没有写\n建议：请用 -o 另选一个文件夹\n",
    );
    assert_eq!(fs::read_to_string(folder.0.join("图/a.toml")).expect("there"), GOOD);
    folder.run(&["build", "图", "-f", "pdf,ofd", "-o", "无"]);
    for poster in ["无/a.pdf", "无/a.ofd"] {
        let told = format!("错误：{poster} 里没有带图文件\n建议：生成时要加上 --attach-source\n");
        folder.run(&["extract", poster]).is(2, "", &told);
        let told = format!("error: {poster} carries no chart file\nhelp: it has to be built with --attach-source\n");
        folder.run(&["extract", poster, "--lang", "en"]).is(2, "", &told);
    }
    folder.run(&["extract", "x.txt"]).is(2, "", "错误：x.txt 不是 PDF，也不是 OFD\n");
    for poster in ["坏.pdf", "坏.ofd"] {
        let run = folder.run(&["extract", poster]);
        assert!(run.status == 2 && run.err.starts_with(&format!("错误：{poster} 已损坏：")), "{run:?}");
    }
    folder.run(&["extract", "没有.pdf"]).is(2, "", "错误：不能读取 没有.pdf：没有这个文件或文件夹\n");
}

#[test]
fn an_archive_that_allows_no_files_gets_none() {
    let folder = Folder::with(&[("图/a.toml", GOOD), ("图/riskchart.toml", "[输出]\n附上图文件 = true\n")]);
    let told = "错误：存档标准 a-1b 不许附带文件，不能和 --attach-source 一起\n\
                建议：去掉其中一个；a-2a 附上图文件就是 PDF/A-3a\n";
    folder.run(&["build", "图", "--pdf-standard", "a-1b"]).is(2, "", told);
    assert!(!folder.0.join("out").exists());
    assert_eq!(folder.run(&["build", "图", "-f", "pdf"]).status, 0);
    assert_eq!(folder.run(&["extract", "out/a.pdf", "-o", "取出"]).status, 0, "the project file asks for it");
}

/// The stamp that a picture shows.
fn stamp(folder: &Folder, arguments: &[&str]) -> String {
    let run = folder.run(&[&["build", "图/a.toml", "-f", "svg", "-o", "-"], arguments].concat());
    let after = run.out.split("核对码：").nth(1).unwrap_or_else(|| panic!("{run:?}"));
    after[..9].to_owned()
}

#[test]
fn a_stamp_tells_whether_a_poster_is_todays() {
    let folder = Folder::with(&[("图/a.toml", GOOD), ("图/b.toml", &GOOD.replace("立案", "受理"))]);
    let first = stamp(&folder, &["--stamp"]);
    folder.run(&["which", &first, "图"]).is(0, "海报是最新的：图/a.toml\n", "");
    folder.run(&["which", &first.to_lowercase().replace('-', ""), "图"]).is(0, "海报是最新的：图/a.toml\n", "");
    // What is printed counts, not how it is written or what it is printed on.
    folder.write("图/a.toml", &format!("# 说明\n{}", GOOD.replace("名称 = ", "name   = ").replace("中\"", "中 \"")));
    assert_eq!(stamp(&folder, &["--stamp", "--paper", "A4", "--theme", "mono"]), first);
    folder.write("图/a.toml", &GOOD.replace("超时", "逾期"));
    folder.write("图/riskchart.toml", "[输出]\n核对码 = true\n");
    assert_ne!(stamp(&folder, &[]), first, "the project file asks for it");
    let told = format!("没有哪张图是 {first}：海报已经过时，或者不是这些图的\n");
    folder.run(&["which", &first, "图"]).is(1, &told, "");
    let told = format!("no chart has the stamp {first}: the poster is out of date, or of other charts\n");
    folder.run(&["which", &first, "图", "--lang", "en"]).is(1, &told, "");
    let told = "错误：“K7Q2”不是核对码\n建议：核对码是八个字母和数字，如 K7Q2-M9XD\n";
    folder.run(&["which", "K7Q2", "图"]).is(2, "", told);
}
