//! Runs after the first: what has not changed is left as it lies, whatever has is made anew.

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;

use super::{Folder, GOOD, Ran, finish};

const LOGO: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>";

impl Folder {
    /// A build that may remember, as it may where the user has a home.
    fn build(&self, more: &[&str]) -> Ran {
        let arguments = [&["build", "charts", "-o", "out"], more].concat();
        let mut command = self.command(&arguments);
        command.env("XDG_CACHE_HOME", self.0.join("caches")).env("LOCALAPPDATA", self.0.join("caches"));
        finish(command.env("HOME", self.0.join("home")).stdin(Stdio::null()).output().expect("the program runs"))
    }

    /// A folder with one chart that was built, and whose poster holds other bytes since, of the same size and time: what
    /// a run draws again it puts right, and what it leaves alone stays marked.
    fn marked() -> Self {
        let chart = format!("徽标 = \"logo.svg\"\n{GOOD}");
        let folder = Self::with(&[("charts/a.toml", &chart), ("charts/logo.svg", LOGO)]);
        assert_eq!(folder.build(&[]).status, 0);
        let poster = folder.0.join("out/a.svg");
        let time = modified(&poster);
        let text = fs::read_to_string(&poster).expect("a poster").replacen("<svg", "<!g>", 1);
        fs::write(&poster, text).expect("marked");
        File::options().write(true).open(&poster).and_then(|file| file.set_modified(time)).expect("its old time");
        folder
    }

    fn is_marked(&self) -> bool {
        self.text("out/a.svg").contains("<!g>")
    }
}

fn modified(path: &Path) -> std::time::SystemTime {
    fs::metadata(path).and_then(|file| file.modified()).expect("there")
}

#[test]
fn what_has_not_changed_is_not_drawn_again() {
    let folder = Folder::marked();
    let said = folder.build(&[]);
    assert!(folder.is_marked(), "it was left alone");
    assert!(!said.out.contains("a.svg") && said.out.contains("2 个没有变化"), "{said:?}");

    let chart = folder.0.join("charts/a.toml");
    let text = fs::read(&chart).expect("a chart");
    fs::write(&chart, text).expect("saved again as it was");
    folder.build(&["-j1", "--lang", "en", "--message-format", "json"]);
    assert!(folder.is_marked(), "neither time nor the way of telling counts");
    assert_eq!(folder.files("out"), ["a.pdf", "a.svg"], "posters alone");
}

/// What is changed, and how, and the run after it.
type Change = (&'static str, fn(&Folder) -> Ran);

#[test]
fn whatever_a_poster_is_made_of_counts() {
    let changes: [Change; 7] = [
        ("the chart", |folder| {
            folder.write("charts/a.toml", &folder.text("charts/a.toml").replace("立案", "审批"));
            folder.build(&[])
        }),
        ("its logo", |folder| {
            folder.write("charts/logo.svg", &LOGO.replace("9v9", "9v8"));
            folder.build(&[])
        }),
        ("a project file", |folder| {
            folder.write("riskchart.toml", "[版面]\n主题 = \"mono\"\n");
            folder.build(&[])
        }),
        ("an option", |folder| folder.build(&["--paper", "A4"])),
        ("the wish for it", |folder| folder.build(&["--fresh"])),
        ("another hand", |folder| {
            fs::write(folder.0.join("out/a.svg"), "<!g>").expect("written");
            folder.build(&[])
        }),
        ("a lost poster", |folder| {
            fs::remove_file(folder.0.join("out/a.pdf")).expect("removed");
            folder.build(&[])
        }),
    ];
    for (what, change) in changes {
        let folder = Folder::marked();
        let said = change(&folder);
        assert_eq!(said.status, 0, "{what}: {said:?}");
        assert!(!folder.is_marked(), "{what} counts");
        assert_eq!(folder.files("out"), ["a.pdf", "a.svg"], "{what}");
    }
}

#[test]
fn problems_are_told_in_every_run() {
    let folder =
        Folder::with(&[("charts/a.toml", &GOOD.replace("无检查方案。", "无检查方案。。")), ("charts/b.toml", "")]);
    let (first, second) = (folder.build(&[]), folder.build(&[]));
    assert!(first.err.contains("。。"), "{first:?}");
    assert_eq!(first.err, second.err);
    assert_eq!((first.status, second.status), (1, 1), "the empty one");
    let strict = folder.build(&["--strict"]);
    assert!(strict.out.contains("没有生成 2 张"), "{strict:?}");
}

#[test]
fn the_second_page_of_a_poster_may_not_become_another_chart() {
    let long: String = (0..120).map(|at| format!("[[环节]]\n名称 = \"环节{at}\"\n")).collect();
    let chart = format!("职权 = \"检查\"\n[版面]\n纸张 = \"A5\"\n{long}");
    let folder = Folder::with(&[("charts/a.toml", &chart)]);
    folder.build(&[]);
    assert!(folder.files("out").contains(&"a-2.svg".to_owned()), "{:?}", folder.files("out"));
    folder.write("charts/a-2.toml", GOOD);
    let said = folder.build(&[]);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("a-2"), "{said:?}");
}

#[test]
fn a_run_that_had_nothing_to_tell_silences_no_other() {
    let slip = format!("单位 = \"市财政局\"\n{}", GOOD.replace("无检查方案。", "巡视舞弊。"));
    let folder = Folder::with(&[("charts/a.toml", &slip)]);
    let quiet = ["--allow", "known-slip"];
    for _ in 0..2 {
        assert_eq!(folder.build(&quiet).err, "");
        let told = folder.build(&[]);
        assert!(told.err.contains("known-slip") && told.out.contains("2 个没有变化"), "{told:?}");
    }
    assert_eq!(folder.build(&quiet).err, "");
    // What is odd about a chart beside another is told of the one that was there before.
    folder.write("charts/0.toml", &slip.replace("市财政局", "市财政财务局").replace("巡视舞弊", "无方案"));
    let beside = folder.build(&quiet);
    assert!(beside.err.contains("unit-differs"), "{beside:?}");
    let again = folder.build(&quiet);
    assert_eq!(again.err, beside.err);
    assert_eq!(folder.build(&["--allow", "known-slip", "--strict"]).status, 1);
    folder.write("charts/riskchart.toml", "[检查]\n不报 = [\"known-slip\", \"unit-differs\"]\n");
    for _ in 0..2 {
        let said = folder.build(&[]);
        assert!(said.err.is_empty() && said.out.ends_with("2 张图，4 个文件（4 个没有变化）→ out/\n"), "{said:?}");
        assert!(folder.build(&["--check"]).out.contains("都是新的"));
    }
    folder.write("charts/riskchart.toml", "[检查]\n不报 = [\"known-slip\"]\n");
    assert_eq!(folder.build(&["--shard", "1/1"]).err, beside.err);
    assert_eq!(folder.build(&[]).err, beside.err);
}
