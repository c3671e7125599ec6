//! Transcripts of the program: what is typed, what is said, how it ends. Each test has a folder of its own.

#![allow(clippy::disallowed_methods, reason = "tests run the program and look at the files it wrote")]

mod beside;
mod ci;
mod fix;
mod fmt;
mod memory;
mod office;
mod places;
mod press;
mod report;
mod source;
mod watch;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

/// A chart with nothing to complain of.
const GOOD: &str = "\
职权 = \"行政检查\"
[[环节]]
名称 = \"立案\"
[环节.风险]
风险等级 = \"中\"
表现形式 = [\"超时、超权限立案。\", \"无检查方案。\"]
[环节.措施]
防控措施 = [\"实行检查组组长审批制。\"]
责任人 = \"检查组人员\"
";

/// A folder that is the current one of every command, removed afterwards.
struct Folder(PathBuf);

/// What a command said and how it ended.
#[derive(Debug)]
struct Ran {
    out: String,
    err: String,
    status: i32,
}

impl Folder {
    fn new() -> Self {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("riskchart-cli-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    /// A folder with these files.
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::new();
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_riskchart"));
        // Nothing of the machine's settings may matter: no home, no locale, no terminal.
        command.args(arguments).current_dir(&self.0).env_clear();
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        finish(self.command(arguments).stdin(Stdio::null()).output().expect("the program runs"))
    }

    fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        let streams = || Stdio::piped();
        let mut child =
            self.command(arguments).stdin(streams()).stdout(streams()).stderr(streams()).spawn().expect("runs");
        child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("written");
        finish(child.wait_with_output().expect("the program ends"))
    }

    /// The files below a folder, sorted, with slashes.
    fn files(&self, below: &str) -> Vec<String> {
        let mut found = Vec::new();
        collect(&self.0.join(below), &mut found);
        let shown =
            |path: PathBuf| path.strip_prefix(self.0.join(below)).expect("below").to_string_lossy().replace('\\', "/");
        let mut names: Vec<String> = found.into_iter().map(shown).collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path() {
            path if path.is_dir() => collect(&path, found),
            path => found.push(path),
        }
    }
}

fn finish(output: std::process::Output) -> Ran {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { out: text(output.stdout), err: text(output.stderr), status: output.status.code().expect("an exit status") }
}

impl Ran {
    /// Compares the whole transcript.
    #[track_caller]
    fn is(&self, status: i32, out: &str, err: &str) {
        assert_eq!((self.out.as_str(), self.err.as_str(), self.status), (out, err, status));
    }
}

#[test]
fn a_folder_without_charts_and_one_that_is_not_there() {
    let folder = Folder::with(&[("图/说明.txt", "")]);
    let empty = "错误：文件夹 图 里没有图（.toml 文件）\n\
                 建议：那里有 说明.txt：请改名为 说明.toml（先让系统显示文件扩展名；记事本另存时，“保存类型”选“所有文件”）\n";
    folder.run(&["build", "图"]).is(2, "", empty);
    folder.run(&["check", "图"]).is(2, "", empty);
    folder.run(&["build", "没有"]).is(2, "", "错误：没有这个文件或文件夹：没有\n");
    folder.run(&["build", "no", "--lang", "en"]).is(2, "", "error: no such file or folder: no\n");
    assert!(folder.files("out").is_empty());
}

#[test]
fn what_is_dropped_and_is_no_chart_is_told() {
    let folder = Folder::with(&[("图/a.toml", GOOD), ("图/b.toml.txt", GOOD)]);
    let hint = "建议：图的文件名以 .toml 结尾；用记事本另存时，“保存类型”选“所有文件”\n";
    let told = format!("错误：图/b.toml.txt 不是图（.toml 文件），也不是文件夹\n{hint}");
    folder.run(&["图/b.toml.txt"]).is(2, "", &told);
    folder.run(&["图", "图/b.toml.txt"]).is(2, "", &told);
    let unknown = "错误：没有“bulid”这个命令\n建议：是否指 build？\n";
    folder.run(&["bulid", "图/b.toml.txt"]).is(2, "", unknown);
    assert!(folder.files("图/out").is_empty());
}

#[test]
fn a_bad_chart_stops_no_other() {
    let bad =
        "职权 = \"行政处罚\"\n[[环节]]\n名称 = \"立案\"\n[环节.风险]\n风险等级 = \"较高\"\n表现形式 = [\"不立案。\"]\n";
    let folder = Folder::with(&[("charts/a.toml", GOOD), ("charts/b.toml", bad), ("charts/子/c.toml", GOOD)]);
    let ran = folder.run(&["build", "-o", "out"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("错误[unknown-level]"), "{ran:?}");
    assert!(ran.err.contains("--> charts/b.toml:5:8"), "{ran:?}");
    assert!(ran.err.contains("是否指“高”"), "{ran:?}");
    let last: Vec<&str> = ran.out.lines().rev().take(2).collect();
    assert!(last[1].starts_with("完成：2 张图，4 个文件 → out/，1 处错误"), "{ran:?}");
    assert_eq!(last[0], "没有生成 1 张：charts/b.toml");
    assert_eq!(folder.files("out"), ["a.pdf", "a.svg", "子/c.pdf", "子/c.svg"]);
}

#[test]
fn the_summary_names_each_poster() {
    let folder = Folder::with(&[("charts/检查.toml", GOOD)]);
    let ran = folder.run(&["build", "--paper", "A4", "--orientation", "横向", "--format", "svg"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[0].starts_with("检查.svg  A4 横向，1 页，正文 ") && lines[0].ends_with(" 米内看得清"), "{ran:?}");
    assert_eq!(lines[1], "完成：1 张图，1 个文件 → out/");
    let again = folder.run(&["build", "--paper", "A4", "--orientation", "横向", "--format", "svg"]);
    assert!(again.out.ends_with("完成：1 张图，1 个文件（1 个没有变化）→ out/\n"), "{again:?}");
    assert_eq!(folder.run(&["build", "-q", "--format", "svg"]).out, "");
    let english = folder.run(&["build", "--lang", "en", "--format", "svg"]);
    assert_eq!(english.out, "done: 1 chart, 1 file (1 unchanged) → out/\n");
    let english = folder.run(&["build", "--lang", "en", "--format", "svg", "-o", "other"]);
    assert!(english.out.starts_with("检查.svg  A3 ") && english.out.contains(" 1 page, body "), "{english:?}");
}

#[test]
fn what_is_typed_wrong_is_told_with_what_was_meant() {
    let folder = Folder::with(&[("a.toml", GOOD)]);
    let cases: &[(&[&str], &str)] = &[
        (&["bild"], "错误：没有“bild”这个命令\n建议：是否指 build？\n"),
        (&["build", "--fromat", "svg"], "错误：没有“--fromat”这个选项\n建议：是否指 --format？\n"),
        (&["build", "--paper"], "错误：选项 --paper <纸张> 后面缺少值\n建议：用 --help 查看这个命令的选项\n"),
        (&["build", "--strict=3"], "错误：选项 --strict 不能带值“3”\n建议：用 --help 查看这个命令的选项\n"),
        (&["build", "--format", "pfd"], "错误：没有“pfd”这种格式\n建议：是否指 pdf？riskchart list formats 列出全部\n"),
        (
            &["build", "--paper", "报纸"],
            "错误：没有“报纸”这种纸张\n建议：可以写 A0 A1 A2 A3 A4 A5 B0 B1 B2 B3 B4 B5 大度全开 大度对开 大度4开 大度8开 大度16开 正度全开 正度对开 正度4开 正度8开 正度16开，或尺寸如 600x900mm（每边 50 到 5000 毫米）\n",
        ),
        (&["build", "--orientation", "斜"], "错误：--orientation 不能是“斜”\n建议：可以是 auto、portrait、landscape\n"),
        (
            &["build", "--theme", "offical"],
            "错误：没有“offical”这种主题\n建议：是否指 official？riskchart list themes 列出全部\n",
        ),
        (&["build", "-j", "0"], "错误：--jobs 要一个 1 到 256 的整数，不能是“0”\n"),
        (&["build", "--dpi", "300", "--width", "900"], "错误：--dpi 和 --width 只能给一个\n"),
        (&["check", "--allow", "unknown-level"], "错误：“unknown-level”是错误，不能放过\n"),
        (&["check", "--lang", "fr"], "错误：--lang 不能是“fr”\n建议：可以是 zh、en\n"),
        (&["check", "--color", "red"], "错误：--color 不能是“red”\n建议：可以是 auto、always、never\n"),
        (&["init"], "错误：缺少 <文件夹>\n建议：例：riskchart init 我的图\n"),
        (&["build", "a"], "错误：没有这个文件或文件夹：a\n建议：是否指 a.toml？\n"),
        (&["b.toml"], "错误：没有这个文件或文件夹：b.toml\n建议：是否指 a.toml？\n"),
        (&["build", "——paper", "A4"], "错误：没有“——paper”这个选项\n建议：选项前面用英文减号，请写 --paper\n"),
        (&["build", "--纸张", "A4"], "错误：没有“--纸张”这个选项\n建议：请写 --paper\n"),
        (
            &["build", "-f", "word"],
            "错误：没有“word”这种格式\n建议：可以改的 Word 表、Excel 一览表用 riskchart export；\
             要插进文档用 -f png 或 -f svg，要打印用 -f pdf\n",
        ),
        (&["list", "paper"], "错误：没有“paper”这种列表\n建议：是否指 papers？\n"),
        (&["build", "-", "a.toml"], "错误：“-”（标准输入）不能和别的路径一起给\n"),
    ];
    for (arguments, err) in cases {
        folder.run(arguments).is(2, "", err);
    }
    let english = folder.command(&["bild"]).env("LANG", "en_US.UTF-8").output().expect("runs");
    finish(english).is(2, "", "error: there is no command `bild`\nhelp: did you mean build?\n");
    assert!(folder.files("out").is_empty());
}

#[test]
fn without_arguments_the_program_shows_its_help_and_fails() {
    let folder = Folder::new();
    let (bare, asked) = (folder.run(&[]), folder.run(&["--help"]));
    bare.is(2, "", &asked.out);
    asked.is(0, &bare.err, "");
    folder.run(&["--version"]).is(0, concat!("riskchart ", env!("CARGO_PKG_VERSION"), "\n"), "");
}

#[test]
fn lists_come_from_the_tables() {
    let folder = Folder::new();
    let list = |what: &str| folder.run(&["list", what]).out;
    folder.run(&["list", "levels"]).is(0, "高\n中\n低\n", "");
    let first = |list: &str| {
        list.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect::<Vec<_>>()
    };
    let formats = list("formats");
    assert_eq!(first(&formats), riskchart::export::FORMATS.iter().map(|row| row.name).collect::<Vec<_>>());
    assert_eq!(first(&list("papers")), riskchart::paper::PAPERS.iter().map(|row| row.name).collect::<Vec<_>>());
    assert_eq!(first(&list("codes")), riskchart::diag::CODES.iter().map(|row| row.slug).collect::<Vec<_>>());
    assert_eq!(first(&list("themes")), riskchart::theme::THEMES.iter().map(|row| row.name).collect::<Vec<_>>());
    let commands = [
        "build",
        "watch",
        "check",
        "diff",
        "fix",
        "fmt",
        "init",
        "new",
        "import",
        "export",
        "extract",
        "which",
        "list",
        "explain",
        "schema",
        "completions",
        "man",
        "licenses",
    ];
    assert_eq!(first(&list("commands")), commands);
    assert!(list("fonts").contains("RCHei-Bold"));
    assert!(list("papers").starts_with("A0"));
    assert!(list("limits").contains("50000"), "what a chart may hold at most is told before anybody writes too much");
    for code in first(&list("codes")) {
        let ran = folder.run(&["explain", &code]);
        assert!(ran.status == 0 && ran.out.contains(&format!("[{code}]")), "{ran:?}");
        let words = ran.out.split("有问题的写法").next().unwrap_or_default();
        assert!(!words.contains('{'), "a blank is shown as it stands in the table: {words}");
    }
}

#[test]
fn a_code_is_explained_and_an_unknown_one_is_not() {
    let folder = Folder::new();
    let ran = folder.run(&["explain", "missing-glyph"]);
    let words =
        "错误[missing-glyph]: 没有字体含有“…”（…）这个字\n\n印出来的每个字都必须在字体里，否则海报上会出现方框。\n";
    assert!(ran.status == 0 && ran.out.starts_with(words), "{ran:?}");
    let unknown = "错误：没有“mising-glyph”这个代号或键\n建议：是否指 missing-glyph？riskchart list codes 列出全部\n";
    folder.run(&["explain", "mising-glyph"]).is(2, "", unknown);
}

#[test]
fn programs_get_documents_with_and_without_problems() {
    let folder = Folder::with(&[("good/a.toml", GOOD), ("bad/图.toml", "职权 = 1\n[[环节]]\n名称 = \"立案\"\n")]);
    let clean = folder.run(&["check", "good", "--message-format", "json"]);
    clean.is(0, "[]\n", "检查了 1 张图，1 张可以生成\n");
    let json = folder.run(&["check", "bad", "--message-format", "json", "-q"]);
    let rows: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!((json.status, json.err.as_str()), (1, ""));
    let row = &rows[0];
    assert_eq!(row["file"], "bad/图.toml");
    assert_eq!((row["line"].as_u64(), row["column"].as_u64()), (Some(1), Some(6)), "{row}");
    for name in ["file", "line", "column", "end_line", "end_column", "severity", "code", "message", "hint"] {
        assert!(row.get(name).is_some(), "{name} {row}");
    }
    for style in ["sarif", "github", "short"] {
        let ran = folder.run(&["check", "bad", "--message-format", style, "-q"]);
        let text = if style == "short" { &ran.err } else { &ran.out };
        assert!(ran.status == 1 && text.contains(row["code"].as_str().expect("a code")), "{ran:?}");
    }
    let sarif = folder.run(&["check", "good", "--message-format", "sarif", "-q"]);
    let log: serde_json::Value = serde_json::from_str(&sarif.out).expect("JSON");
    assert_eq!((log["version"].as_str(), log["runs"][0]["results"].as_array().map(Vec::len)), (Some("2.1.0"), Some(0)));
}

#[test]
fn strict_stops_on_warnings_and_allow_lets_one_kind_pass() {
    let warned = GOOD.replace("实行检查组组长审批制。", "建立案件台帐。");
    let folder = Folder::with(&[("a.toml", &warned)]);
    let build = |more: &[&str]| folder.run(&[&["build", "a.toml", "--format", "svg"], more].concat());
    assert_eq!(build(&[]).status, 0);
    fs::remove_dir_all(folder.0.join("out")).expect("removed");
    let strict = build(&["--strict"]);
    assert!(strict.status == 1 && strict.err.contains("错误[known-slip]"), "{strict:?}");
    assert!(folder.files("out").is_empty(), "a chart with an error is not written");
    build(&["--strict", "--allow", "known-slip", "-q"]).is(0, "", "");
    assert_eq!(folder.files("out"), ["a.svg"]);
}

#[test]
fn charts_of_one_name_are_told_and_not_written() {
    let folder = Folder::with(&[("x/图 .toml", GOOD), ("x/图.toml", GOOD), ("x/别的.toml", GOOD)]);
    let ran = folder.run(&["build", "x", "--format", "svg"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("错误[name-clash]: 两张图的海报会同名：x/图.toml 和 x/图 .toml 都会写成“图”"), "{ran:?}");
    assert!(ran.err.contains("两张图的海报会同名：x/图 .toml 和 x/图.toml 都会写成“图”"), "{ran:?}");
    assert_eq!(folder.files("out"), ["别的.svg"]);
}

#[test]
fn names_that_some_system_refuses_become_others() {
    let folder = Folder::with(&[("charts/CON.toml", GOOD), ("charts/图. .toml", GOOD)]);
    let ran = folder.run(&["build", "--format", "svg"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(folder.files("out"), ["_CON.svg", "图.svg"]);
}

#[test]
fn an_output_folder_that_can_not_be_is_a_fault_told_once() {
    let other = GOOD.replace("立案", "结案");
    let folder = Folder::with(&[("charts/a.toml", GOOD), ("charts/b.toml", &other), ("out", "a file")]);
    let ran = folder.run(&["build"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "错误：不能建立文件夹 out：已有同名的文件\n"), "{ran:?}");
    assert_eq!(ran.out, "没有生成 2 张：charts/a.toml、charts/b.toml\n");
    assert_eq!(fs::read_to_string(folder.0.join("out")).expect("readable"), "a file");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_refuses_files_leaves_the_old_poster() {
    // Everybody, root too, is refused new files in /proc.
    let folder = Folder::with(&[("a.toml", GOOD)]);
    let ran = folder.run(&["build", "a.toml", "-o", "/proc/self", "--format", "svg"]);
    assert!(ran.status == 2 && ran.err.starts_with("错误：不能写入 /proc/self/a.svg："), "{ran:?}");
    // A folder in the way of one poster: the other is written, the folder stays.
    fs::create_dir_all(folder.0.join("out/a.svg/inside")).expect("made");
    let ran = folder.run(&["build", "a.toml", "-o", "out", "--format", "pdf,svg"]);
    assert!(ran.status == 2 && ran.err.starts_with("错误：不能写入 out/a.svg："), "{ran:?}");
    assert!(folder.0.join("out/a.svg/inside").is_dir());
    assert_eq!(folder.files("out"), ["a.pdf"], "no temporary file is left");
}

#[test]
fn a_new_folder_builds_and_is_never_overwritten() {
    let folder = Folder::new();
    let said = "写好了 新图/riskchart.toml\n写好了 新图/01-行政许可（示例）.toml\n\
                用记事本改好示例，再运行：riskchart build 新图 -o 新图/out\n\
                编辑器里要提示键名：riskchart schema -o 新图/riskchart.schema.json\n";
    folder.run(&["init", "新图"]).is(0, said, "");
    let strict = folder.run(&["check", "新图", "--strict"]);
    assert!(strict.status == 0 && strict.out.ends_with("检查了 1 张图，1 张可以生成\n"), "{strict:?}");
    let built = folder.run(&["build", "新图", "-o", "新图/out"]);
    assert!(built.status == 0 && !built.err.contains("警告"), "only numbers to fill in: {built:?}");
    assert_eq!(folder.files("新图/out"), ["01-行政许可（示例）.pdf", "01-行政许可（示例）.svg"]);
    let read = |name: &str| fs::read_to_string(folder.0.join("新图").join(name)).expect("readable");
    assert!(!read("01-行政许可（示例）.toml").contains("#:schema"), "the schema is offered, not dropped");
    folder.write("新图/riskchart.toml", "# 改过\n");
    let refused = "错误：新图/riskchart.toml 已经存在，什么都没有写\n建议：请另选一个文件夹\n";
    folder.run(&["init", "新图"]).is(2, "", refused);
    assert_eq!(fs::read_to_string(folder.0.join("新图/riskchart.toml")).expect("readable"), "# 改过\n");
}

/// The ten kinds of the lists of powers (权力清单).
const KINDS: [&str; 10] = [
    "行政许可",
    "行政处罚",
    "行政强制",
    "行政征收",
    "行政给付",
    "行政检查",
    "行政确认",
    "行政奖励",
    "行政裁决",
    "其他权力",
];

#[test]
fn every_kind_of_power_has_a_chart_that_builds_as_it_is_and_filled_in() {
    let folder = Folder::with(&[("charts/说明.txt", "")]);
    let listed = folder.run(&["list", "kinds"]).out;
    assert_eq!(listed.lines().filter_map(|line| line.split_whitespace().next()).collect::<Vec<_>>(), KINDS);
    for kind in KINDS {
        let said = format!("写好了 charts/{kind}.toml（{kind}的环节）\n");
        folder.run(&["new", kind]).is(0, &said, "");
        let path = format!("charts/{kind}.toml");
        let text = fs::read_to_string(folder.0.join(&path)).expect("readable");
        assert!(text.contains(&format!("\"职权\" = \"{kind}\"\n")), "{text}");
        // A clerk fills in each text: nothing has to be uncovered or deleted.
        let fill =
            |row: &str| row.replacen("\"\"", if row.contains("风险等级") { "\"高\"" } else { "\"审查不严。\"" }, 1);
        let filled = text.lines().map(fill).collect::<Vec<_>>().join("\n");
        assert!(!filled.contains("\"\"") && filled.contains("\n[[\"环节\".\"措施\"]]\n\"防控措施\" = [\n"), "{filled}");
        folder.write(&format!("filled/{kind}.toml"), &filled);
    }
    let empty = folder.run(&["check", "charts", "--strict"]);
    assert!(empty.status == 0 && empty.out.ends_with("检查了 10 张图，10 张可以生成\n"), "{empty:?}");
    assert_eq!(empty.err.matches("提示[unfilled]").count(), 10, "one note a chart: {empty:?}");
    let filled = folder.run(&["check", "filled", "--message-format", "short"]);
    assert!(filled.status == 0 && filled.out.starts_with("检查了 10 张图，10 张可以生成"), "{filled:?}");
    assert_eq!(folder.run(&["build", "charts/行政许可.toml", "--format", "svg", "-q"]).status, 0);
}

#[test]
fn a_new_chart_is_named_after_its_power_and_overwrites_nothing() {
    let folder = Folder::new();
    folder.run(&["new", "食品经营许可"]).is(0, "写好了 食品经营许可.toml（行政许可的环节）\n", "");
    let read = |name: &str| fs::read_to_string(folder.0.join(name)).expect("readable");
    let text = read("食品经营许可.toml");
    assert!(text.contains("\"职权\" = \"食品经营许可\"\n\"职权类别\" = \"行政许可\"\n"), "{text}");
    assert!(!text.contains("#:schema"), "there is no schema beside it");
    folder.write("食品经营许可.toml", "改过");
    let refused = "错误：食品经营许可.toml 已经存在，什么都没有写\n建议：用 -o 另给一个文件名\n";
    folder.run(&["new", "食品经营许可"]).is(2, "", refused);
    assert_eq!(read("食品经营许可.toml"), "改过");
    let near = "没有“行政处罗”这一类，按“行政处罚”写好了 图/a.toml\n";
    folder.run(&["new", "行政处罗", "-o", "图/a.toml"]).is(0, near, "");
    let general = "看不出“信访答复”属于哪一类，按一般的环节写好了 信访答复.toml；类别见 riskchart list kinds\n";
    folder.run(&["new", "信访答复"]).is(0, general, "");
    assert_eq!(folder.run(&["new", "a\"b\\/../c 许可"]).status, 0);
    let checked = folder.run(&["check", "a_b__.._c 许可.toml"]);
    assert_eq!(checked.status, 0, "{checked:?}");
    assert_eq!(folder.run(&["schema", "-o", "新图/riskchart.schema.json"]).status, 0);
    assert_eq!(folder.run(&["new", "行政检查", "-o", "新图/02-行政检查.toml"]).status, 0);
    assert_eq!(read("新图/02-行政检查.toml").lines().next(), Some("#:schema ./riskchart.schema.json"));
}

/// Runs a program that may not be installed on a text; what it says of it.
#[cfg(unix)]
fn judged(program: &str, arguments: &[&str], text: &str) -> Option<Ran> {
    let streams = || Stdio::piped();
    let child = Command::new(program).args(arguments).stdin(streams()).stdout(streams()).stderr(streams()).spawn();
    let mut child = child.ok()?;
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("written");
    Some(finish(child.wait_with_output().expect("it ends")))
}

#[test]
fn shells_get_scripts() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let ran = folder.run(&["completions", shell]);
        assert!(ran.status == 0 && ran.err.is_empty() && ran.out.contains("font-dir"), "{shell} {ran:?}");
        #[cfg(unix)]
        if let Some(judged) = judged(shell, &["-n"], &ran.out).filter(|_| shell != "powershell") {
            judged.is(0, "", "");
        }
    }
    let unknown = "错误：没有 bsh 的补全脚本\n建议：是否指 bash？\n";
    folder.run(&["completions", "bsh"]).is(2, "", unknown);
}

#[cfg(unix)]
#[test]
fn bash_completes() {
    let script = Folder::new().run(&["completions", "bash"]).out;
    let ask = |words: &str| {
        let all: Vec<&str> = words.split(' ').collect();
        let (at, cur, prev) = (all.len() - 1, all[all.len() - 1], all[all.len() - 2]);
        let line = format!(
            "{script}\nCOMP_WORDS=({words}); COMP_CWORD={at}; _riskchart riskchart {cur} {prev}\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        judged("bash", &["--norc", "--noprofile"], &line).map(|ran| ran.out)
    };
    if let Some(found) = ask("riskchart bu") {
        assert_eq!(found, "build\n");
        assert_eq!(ask("riskchart build --message-format s").as_deref(), Some("short\nsarif\n"));
    }
}

#[test]
fn the_manual_is_one_page() {
    let folder = Folder::new();
    for lang in ["zh", "en"] {
        let ran = folder.run(&["man", "--lang", lang]);
        assert!(ran.status == 0 && ran.out.starts_with(".TH RISKCHART 1 "), "{ran:?}");
        #[cfg(unix)]
        if let Some(judged) = judged("groff", &["-man", "-Kutf8", "-Tutf8", "-ww", "-P-cbou"], &ran.out) {
            assert!(judged.status == 0 && judged.err.is_empty(), "{judged:?}");
            assert!(
                judged.out.contains("message-format") && judged.out.contains("riskchart build charts/"),
                "{judged:?}"
            );
        }
    }
}

#[test]
fn folders_and_charts_alone_are_built_into_themselves() {
    let folder = Folder::with(&[("图/a.toml", GOOD), ("图/riskchart.toml", "[output]\nformats = [\"svg\"]\n")]);
    let ran = folder.run(&["图"]);
    assert!(ran.status == 0 && ran.out.ends_with("完成：1 张图，1 个文件 → 图/out/\n"), "{ran:?}");
    assert_eq!(folder.files("图/out"), ["a.svg"]);
    let ran = folder.run(&["图/a.toml"]);
    assert!(ran.out.ends_with("完成：1 张图，1 个文件（1 个没有变化）→ 图/out/\n"), "{ran:?}");
    folder.write("图/b.toml", &GOOD.replace("立案", "受理"));
    let ran = folder.run(&["图/a.toml", "图/b.toml"]);
    assert!(ran.out.ends_with("完成：2 张图，2 个文件（1 个没有变化）→ 图/out/\n"), "{ran:?}");
    // A command is a command, whatever folders there are; other files are none.
    fs::create_dir_all(folder.0.join("man")).expect("made");
    assert!(folder.run(&["man"]).out.starts_with(".TH"));
    folder.write("说明.txt", "");
    assert!(folder.run(&["图/a.toml", "说明.txt"]).err.starts_with("错误：说明.txt 不是图"));
    assert!(folder.run(&["说明.txt"]).err.starts_with("错误：说明.txt 不是图"));
}

#[test]
fn a_schema_is_written_where_it_is_wanted() {
    let folder = Folder::with(&[("图/riskchart.schema.json", "old")]);
    let path = "图/riskchart.schema.json";
    folder.run(&["schema", "-o", path]).is(0, "写好了 图/riskchart.schema.json\n", "");
    assert_eq!(fs::read_to_string(folder.0.join(path)).expect("readable"), folder.run(&["schema"]).out);
    assert_ne!(folder.run(&["schema", "--project"]).out, folder.run(&["schema"]).out);
    folder.run(&["schema", "-o", ".."]).is(2, "", "错误：--out 要一个文件名\n");
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::with(&[("a.toml", GOOD)]);
    let ran = folder.run_with_input(&["build", "-"], GOOD);
    assert!(ran.status == 0 && ran.out.contains("<svg") && ran.err.is_empty(), "{} {}", ran.status, ran.err);
    folder.run(&["build", "a.toml", "--format", "svg", "-q"]).is(0, "", "");
    assert_eq!(fs::read_to_string(folder.0.join("out/a.svg")).expect("readable"), ran.out);
    let bad = folder.run_with_input(&["build", "-"], "职权 = 1\n");
    assert!(bad.status == 1 && bad.out.is_empty() && bad.err.contains("<stdin>:1:6"), "{bad:?}");
    let two = folder.run_with_input(&["build", "-", "--format", "svg,pdf"], GOOD);
    two.is(2, "", "错误：标准输出只能写一种格式\n");
}

#[test]
fn the_project_file_names_the_formats() {
    let project = "[output]\nformats = [\"png\"]\n";
    let folder = Folder::with(&[("charts/a.toml", GOOD), ("charts/riskchart.toml", project)]);
    assert_eq!(folder.run(&["build", "--width", "200", "-o", "1"]).status, 0);
    assert_eq!(folder.files("1"), ["a.png"]);
    assert_eq!(folder.run(&["build", "--format", "svg，pdf", "-o", "2"]).status, 0);
    assert_eq!(folder.files("2"), ["a.pdf", "a.svg"]);
}

#[test]
fn the_number_of_threads_changes_no_byte_and_no_word() {
    let files: Vec<(String, String)> =
        (0..6).map(|at| (format!("charts/{at}.toml"), GOOD.replace("立案", &"立案".repeat(at + 1)))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = Folder::with(&files);
    let one = folder.run(&["build", "-j1", "-o", "one"]);
    let many = folder.run(&["build", "-j4", "-o", "many"]);
    assert_eq!((one.status, one.err.as_str()), (0, many.err.as_str()));
    assert_eq!(one.out.replace("one/", "many/"), many.out);
    let names = folder.files("one");
    assert_eq!(names.len(), 12);
    for name in names {
        let read = |out: &str| fs::read(folder.0.join(out).join(&name)).expect("readable");
        assert_eq!(read("one"), read("many"), "{name}");
    }
}

#[test]
fn no_escape_of_a_file_or_its_name_reaches_the_terminal() {
    let folder = Folder::new();
    let name = if cfg!(unix) { "\u{1b}[31m.toml" } else { "x.toml" };
    folder.write(name, "职权 = \"\u{1b}]0;owned\u{7}\"\n\u{1b}[2J = 1\n\u{9b}31m = 2\n");
    for style in ["human", "short", "json", "github", "sarif"] {
        let ran = folder.run(&["check", ".", "--message-format", style]);
        let text = format!("{}{}", ran.out, ran.err);
        assert!(ran.status == 1 && !text.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{style} {text:?}");
    }
}

#[cfg(unix)]
#[test]
fn closed_and_full_outputs() {
    let folder = Folder::with(&[("a.toml", GOOD)]);
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let closed = folder.command(&["list", "codes"]).stdout(writer).output().expect("runs");
    assert_eq!((closed.status.code(), closed.stderr.as_slice()), (Some(0), &b""[..]), "a closed pipe is quiet");
    if let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") {
        let ran = finish(folder.command(&["list", "codes"]).stdout(full).output().expect("runs"));
        assert_eq!((ran.status, ran.err.as_str()), (2, "错误：不能写入标准输出：磁盘已满\n"));
    }
}

#[test]
fn the_readme_shows_what_the_program_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("README.md");
    let folder = Folder::new();
    let mut shown = Vec::new();
    for block in readme.split("```text\n$ riskchart ").skip(1) {
        let (arguments, rest) = block.split_once('\n').expect("a line");
        let text = rest.split("```").next().unwrap_or_default();
        let ran = folder.run(&arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(text, ran.out, "README.md is behind: riskchart {arguments}");
        shown.push(arguments);
    }
    assert_eq!(shown, ["--help", "build --help"], "README.md shows the help of the program and of build");
}

#[test]
fn the_readme_s_chart_builds() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md");
    let charts: Vec<&str> = readme.split("```toml\n").skip(1).filter_map(|block| block.split("```").next()).collect();
    assert_eq!(charts.len(), 1);
    let folder = Folder::with(&[("图.toml", charts[0])]);
    folder.run(&["check", "图.toml", "--strict"]).is(0, "检查了 1 张图，1 张可以生成\n", "");
}
