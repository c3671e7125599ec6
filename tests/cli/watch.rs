//! `watch`: a real program, real saves, real sockets. Each wait ends with what is waited for; the time limits only keep a
//! broken program from hanging the tests.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Folder, GOOD};

/// More than any machine needs.
const LONG: Duration = Duration::from_secs(60);
/// How long nothing must be said to have said nothing: several times what a build takes after a save.
const SILENCE: Duration = Duration::from_millis(1500);

/// The ways to learn of a save.
const WAYS: [&[&str]; 2] = [&[], &["--poll"]];

/// A running `watch` in a folder.
struct Watch<'a> {
    folder: &'a Folder,
    child: Child,
    /// What it says, line by line.
    out: Receiver<String>,
    err: Receiver<String>,
    /// `127.0.0.1:…`.
    host: String,
}

impl<'a> Watch<'a> {
    /// Starts it on the folder `charts` and waits until it watches.
    fn start(folder: &'a Folder, more: &[&str]) -> Self {
        let arguments = [&["watch", "charts", "--port", "0", "--format", "svg"], more].concat();
        let mut command = folder.command(&arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let (out, err) = (child.stdout.take().expect("a pipe"), child.stderr.take().expect("a pipe"));
        let mut watch = Self { folder, child, out: lines_of(out), err: lines_of(err), host: String::new() };
        let page = watch.until("127.0.0.1:");
        let (_, host) = page.split_once("http://").expect("an address");
        watch.host = host.trim_end_matches('/').to_owned();
        watch
    }

    /// The next line of standard output that holds these words.
    #[track_caller]
    fn until(&self, words: &str) -> String {
        until(&self.out, words)
    }

    /// The next line of standard error that holds these words.
    #[track_caller]
    fn until_problem(&self, words: &str) -> String {
        until(&self.err, words)
    }

    /// That nothing more is said.
    #[track_caller]
    fn is_silent(&self, why: &str) {
        if let Ok(line) = self.out.recv_timeout(SILENCE).or_else(|_| self.err.try_recv()) {
            panic!("{why}: {line}");
        }
    }

    /// The answer to a request: status, head, body.
    fn ask(&self, request: &str, host: &str) -> (u16, String, Vec<u8>) {
        let mut stream = self.connect();
        // A server that has seen enough may close before everything is sent.
        let _ = stream.write_all(format!("{request} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let end = answer.windows(4).position(|end| end == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(answer[..end].to_vec()).expect("UTF-8");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, head, answer[end + 4..].to_vec())
    }

    fn get(&self, path: &str) -> (u16, String, Vec<u8>) {
        self.ask(&format!("GET {path}"), &self.host)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).expect("connected");
        stream.set_read_timeout(Some(LONG)).expect("set");
        stream
    }

    fn events(&self) -> Events {
        let mut stream = self.connect();
        write!(stream, "GET /events HTTP/1.1\r\nHost: {}\r\n\r\n", self.host).expect("sent");
        Events(BufReader::new(stream))
    }

    fn write(&self, name: &str, text: &str) {
        self.folder.write(name, text);
    }

    fn poster(&self, name: &str) -> String {
        fs::read_to_string(self.folder.0.join("out").join(name)).expect("a poster")
    }

    /// Ends it as Ctrl-C does; its exit status.
    #[cfg(unix)]
    fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill runs");
        let begun = Instant::now();
        while begun.elapsed() < LONG {
            if let Some(status) = self.child.try_wait().expect("known") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        None
    }
}

fn lines_of(stream: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (told, lines) = mpsc::channel();
    std::thread::spawn(move || {
        BufReader::new(stream).lines().map_while(Result::ok).all(|line| told.send(line).is_ok())
    });
    lines
}

#[track_caller]
fn until(lines: &Receiver<String>, words: &str) -> String {
    let begun = Instant::now();
    let mut said = Vec::new();
    while let Some(left) = LONG.checked_sub(begun.elapsed()) {
        match lines.recv_timeout(left) {
            Ok(line) if line.contains(words) => return line,
            Ok(line) => said.push(line),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    panic!("“{words}” was not said:\n{}", said.join("\n"));
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the page is told, event by event.
struct Events(BufReader<TcpStream>);

impl Events {
    /// The next data; `None` where the stream ends.
    fn next(&mut self) -> Option<String> {
        let mut line = String::new();
        while self.0.read_line(&mut line).expect("readable") > 0 {
            if let Some(data) = line.strip_prefix("data: ") {
                return Some(data.trim_end().to_owned());
            }
            line.clear();
        }
        None
    }

    /// The next state of the page that is as wanted.
    #[track_caller]
    fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let state: Value = serde_json::from_str(&self.next().expect("the stream goes on")).expect("JSON");
            if wanted(&state) {
                return state;
            }
        }
    }
}

/// A chart of this power and stage.
fn chart(power: &str, stage: &str) -> String {
    GOOD.replace("行政检查", power).replace("立案", stage)
}

fn files(state: &Value) -> Vec<&str> {
    let charts = state["charts"].as_array().into_iter().flatten();
    charts.map(|chart| chart["file"].as_str().expect("a name")).collect()
}

#[test]
fn a_save_builds_its_chart_and_no_other() {
    for way in WAYS {
        let (one, two) = (chart("许可", "受理"), chart("处罚", "立案"));
        let folder = Folder::with(&[("charts/a.toml", &one), ("charts/b.toml", &two)]);
        let watch = Watch::start(&folder, way);
        assert_eq!(folder.files("out"), ["a.svg", "b.svg"]);
        let mut events = watch.events();
        let before = events.until(|state| files(state).len() == 2);
        // In place, as most editors write.
        watch.write("charts/a.toml", &one.replace("受理", "收件"));
        assert!(watch.until("svg").starts_with("a.svg"), "{way:?}");
        watch.until("完成：1 张图，1 个文件 → out/");
        let after = events.until(|state| state["charts"][0]["made"] != before["charts"][0]["made"]);
        assert_eq!(after["charts"][1], before["charts"][1], "the other is as it was");
        let path = after["charts"][0]["pages"][0].as_str().expect("a picture").to_owned();
        let (status, head, picture) = watch.get(&path);
        assert!(status == 200 && head.contains("Content-Type: image/svg+xml"), "{head}");
        assert_eq!(String::from_utf8(picture).expect("UTF-8"), watch.poster("a.svg"), "the page shows the poster");
        // By a new file in the place of the old, as vim, WPS and others write.
        watch.write("charts/a.toml.tmp", &one.replace("受理", "登记"));
        fs::rename(folder.0.join("charts/a.toml.tmp"), folder.0.join("charts/a.toml")).expect("renamed");
        watch.until("完成：1 张图，1 个文件 → out/");
        // With the old one put aside first.
        watch.write("charts/.new", &one);
        fs::rename(folder.0.join("charts/a.toml"), folder.0.join("charts/a.toml~")).expect("renamed");
        fs::rename(folder.0.join("charts/.new"), folder.0.join("charts/a.toml")).expect("renamed");
        assert!(watch.until("").starts_with("a.svg"), "{way:?}: it was never gone");
        watch.until("完成：1 张图，1 个文件 → out/");
        watch.is_silent("one save, one build");
    }
}

#[test]
fn what_changes_nothing_builds_nothing() {
    for way in WAYS {
        let folder = Folder::with(&[("charts/a.toml", GOOD)]);
        let watch = Watch::start(&folder, way);
        let written = |name: &str| fs::metadata(folder.0.join(name)).and_then(|kind| kind.modified()).expect("there");
        let poster = written("out/a.svg");
        watch.write("charts/a.toml", GOOD);
        for name in [".a.toml.swp", "~$a.toml", "a.toml~", "#a.toml#", "a.toml.bak", "说明.txt", ".b.toml"] {
            watch.write(&format!("charts/{name}"), "not a chart");
        }
        watch.is_silent("the same bytes, and files of editors");
        assert_eq!(written("out/a.svg"), poster);
    }
}

#[test]
fn new_renamed_and_deleted_charts_and_folders_are_seen() {
    for way in WAYS {
        let folder = Folder::with(&[("charts/a.toml", GOOD)]);
        let watch = Watch::start(&folder, way);
        let mut events = watch.events();
        // Two folders deep, made at once: nobody has watched them yet.
        watch.write("charts/局/科/b.toml", &chart("许可", "受理"));
        assert!(watch.until("svg").starts_with("局/科/b.svg"));
        events.until(|state| files(state) == ["charts/a.toml", "charts/局/科/b.toml"]);
        watch.write("charts/局/科/b.toml", &chart("许可", "收件"));
        assert!(watch.until("svg").starts_with("局/科/b.svg"));
        fs::rename(folder.0.join("charts/局"), folder.0.join("charts/处")).expect("renamed");
        assert!(watch.until("svg").starts_with("处/科/b.svg"));
        watch.until("charts/局/科/b.toml 不在了；它的海报还在：out/局/科/b.svg");
        events.until(|state| files(state) == ["charts/a.toml", "charts/处/科/b.toml"]);
        fs::remove_file(folder.0.join("charts/a.toml")).expect("removed");
        watch.until("charts/a.toml 不在了；它的海报还在：out/a.svg");
        events.until(|state| files(state) == ["charts/处/科/b.toml"]);
        assert_eq!(folder.files("out"), ["a.svg", "处/科/b.svg", "局/科/b.svg"], "no poster vanishes");
        fs::remove_dir_all(folder.0.join("charts/处")).expect("removed");
        events.until(|state| files(state).is_empty());
        watch.write("charts/c.toml", GOOD);
        events.until(|state| files(state) == ["charts/c.toml"]);
        // The whole folder anew.
        fs::remove_dir_all(folder.0.join("charts")).expect("removed");
        events.until(|state| files(state).is_empty());
        watch.write("charts/d.toml", GOOD);
        events.until(|state| files(state) == ["charts/d.toml"]);
        watch.write("charts/d.toml", &chart("许可", "受理"));
        events.until(|state| state["charts"][0]["problems"].as_array().is_some_and(Vec::is_empty));
    }
}

#[test]
fn a_project_file_concerns_all_its_charts_and_a_logo_those_that_bear_it() {
    const LOGO: &str =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><rect width=\"9\" height=\"9\"/></svg>";
    for way in WAYS {
        let bearer = format!("logo = \"标.svg\"\n{}", chart("许可", "受理"));
        let folder = Folder::with(&[
            ("charts/a.toml", &bearer),
            ("charts/b.toml", &chart("处罚", "立案")),
            ("charts/x/c.toml", &chart("确认", "申请")),
            ("charts/x/riskchart.toml", ""),
            ("charts/标.svg", LOGO),
        ]);
        let watch = Watch::start(&folder, way);
        watch.write("charts/标.svg", &LOGO.replace("<rect", "<rect fill=\"#123456\""));
        assert!(watch.until("svg").starts_with("a.svg"));
        watch.until("完成：1 张图");
        watch.write("charts/riskchart.toml", "[defaults]\nunit = \"市财政局\"\n");
        watch.until("完成：2 张图");
        assert!(watch.poster("b.svg").contains("市财政局") && !watch.poster("x/c.svg").contains("市财政局"));
        watch.write("charts/riskchart.toml", "[defaults]\nunit = \"市审计局\"\n");
        watch.until("完成：2 张图");
        assert!(watch.poster("a.svg").contains("市审计局"));
        fs::remove_file(folder.0.join("charts/x/riskchart.toml")).expect("removed");
        watch.until("完成：1 张图");
        assert!(watch.poster("x/c.svg").contains("市审计局"), "the next one above holds now");
        watch.is_silent("each was built once");
    }
}

#[test]
fn a_broken_chart_keeps_its_picture_and_disturbs_no_other() {
    for way in WAYS {
        let one = chart("许可", "受理");
        let folder = Folder::with(&[("charts/a.toml", &one), ("charts/b.toml", GOOD)]);
        let watch = Watch::start(&folder, way);
        let (mut events, poster) = (watch.events(), watch.poster("a.svg"));
        let before = events.until(|state| files(state).len() == 2);
        watch.write("charts/a.toml", &one.replace("\"中\"", "\"<b>较高</b>\""));
        watch.until_problem("错误[unknown-level]");
        watch.until("没有生成 1 张：charts/a.toml");
        let broken = events.until(|state| state["charts"][0]["current"] == false);
        let (chart, problem) = (&broken["charts"][0], &broken["charts"][0]["problems"][0]);
        assert_eq!(chart["pages"], before["charts"][0]["pages"], "the last good picture");
        assert_eq!(watch.poster("a.svg"), poster);
        assert_eq!((problem["severity"].as_str(), problem["title"].as_str()), (Some("error"), Some("错误")));
        assert_eq!(problem["place"], "第 5 行");
        assert_eq!(problem["line"]["marked"], "\"<b>较高</b>\"", "text, which the page puts in as text");
        assert_eq!(broken["charts"][1], before["charts"][1]);
        watch.write("charts/a.toml", &one.replace("受理", "收件"));
        let mended = events.until(|state| state["charts"][0]["current"] == true);
        assert_eq!(mended["charts"][0]["problems"].as_array().map(Vec::len), Some(0));
        assert_ne!(watch.poster("a.svg"), poster);
    }
}

#[test]
fn a_poster_that_the_disk_refuses_is_written_as_soon_as_it_can_be() {
    let folder =
        Folder::with(&[("charts/a.toml", GOOD), ("charts/b.toml", &chart("许可", "受理")), ("out/a.svg/x", "")]);
    let watch = Watch::start(&folder, &["--poll"]);
    watch.until_problem("错误：不能写入 out/a.svg：");
    let mut events = watch.events();
    let state = events.until(|state| state["charts"][0]["fault"].is_string());
    assert_eq!(state["charts"][0]["current"], true, "the page has the picture all the same");
    watch.is_silent("told once, however often it is tried");
    fs::remove_dir_all(folder.0.join("out/a.svg")).expect("removed");
    assert!(watch.until("svg").starts_with("a.svg"));
    events.until(|state| state["charts"][0]["fault"].is_null());
    assert!(watch.poster("a.svg").starts_with("<svg"));
}

#[test]
fn the_book_follows_the_saves() {
    let folder = Folder::with(&[("charts/a.toml", GOOD), ("charts/b.toml", &chart("许可", "受理"))]);
    let watch = Watch::start(&folder, &["--book", "合订本"]);
    let book = || fs::read(folder.0.join("out/合订本.pdf")).expect("a book");
    let before = book();
    watch.write("charts/b.toml", &chart("处罚", "立案"));
    watch.until("完成：1 张图");
    let after = book();
    assert_ne!(before, after);
    folder.run(&["build", "charts", "-o", "once", "--format", "svg", "--book", "合订本", "-q"]);
    assert!(fs::read(folder.0.join("once/合订本.pdf")).is_ok_and(|once| once == after), "as `build` binds it");
}

#[test]
fn what_charts_say_of_each_other_follows_the_saves() {
    let one = chart("许可", "受理");
    let folder = Folder::with(&[("charts/a.toml", &one), ("charts/b.toml", &chart("处罚", "立案"))]);
    let watch = Watch::start(&folder, &[]);
    watch.write("charts/a.toml", &chart("许可", "立案"));
    // The copy is the second, though the first was saved.
    watch.until_problem("警告[same-content]");
    watch.until_problem("charts/b.toml:1:");
    watch.write("charts/a.toml", &one);
    watch.until("完成：2 张图");
    // As `build` says it: of what all charts leave unused.
    folder.write("charts/厂.icc", "unused");
    watch.write("charts/a.toml", &format!("版面.色彩配置 = \"厂.icc\"\n{one}"));
    watch.until_problem("[profile-unused]");
}

#[test]
fn messages_and_page_are_in_english_where_asked_for() {
    let folder = Folder::with(&[("charts/a.toml", GOOD)]);
    let watch = Watch::start(&folder, &["--lang", "en"]);
    let (status, head, page) = watch.get("/");
    let page = String::from_utf8(page).expect("UTF-8");
    assert!(status == 200 && page.contains("<html lang=\"en\">") && page.contains(">Width<"), "{page}");
    assert!(head.contains("Content-Security-Policy: default-src 'none'"), "{head}");
    assert!(!head.contains("unsafe"), "{head}");
    watch.write("charts/a.toml", "职权 = 1\n");
    let mut events = watch.events();
    let state = events.until(|state| state["charts"][0]["current"] == false);
    assert_eq!(state["charts"][0]["problems"][0]["title"], "error");
    fs::remove_file(folder.0.join("charts/a.toml")).expect("removed");
    watch.until("charts/a.toml is gone; its posters stay: out/a.svg");
}

#[test]
fn only_reading_under_its_own_name_is_answered_and_no_path_leads_to_the_disk() {
    let folder = Folder::with(&[("charts/a.toml", GOOD), ("secret.txt", "secret")]);
    let watch = Watch::start(&folder, &[]);
    let (_, port) = watch.host.split_once(':').expect("a port");
    for host in [format!("localhost:{port}"), format!("[::1]:{port}"), watch.host.clone()] {
        assert_eq!(watch.ask("GET /", &host).0, 200, "{host}");
    }
    for host in ["example.com", "127.0.0.1", "127.0.0.1:1", &format!("example.com:{port}")] {
        let (status, _, body) = watch.ask("GET /", host);
        assert!(status == 403 && !String::from_utf8_lossy(&body).contains("<html"), "{host}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let (status, head, _) = watch.ask(&format!("{method} /"), &watch.host);
        assert!(status == 405 && head.contains("Allow: GET, HEAD"), "{head}");
    }
    let paths =
        ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/../secret.txt", "/charts/a.toml", "/out/a.svg", "//"];
    for path in paths.iter().chain(&["/picture/../page.css", "/picture/0000000000000000.svg", "file:///etc/passwd"]) {
        let (status, _, body) = watch.get(path);
        assert!(status == 404 && String::from_utf8(body).is_ok_and(|body| body == "没有这一页\n"), "{path}");
    }
    for path in ["/", "/page.css", "/page.js", "/icon.svg"] {
        let (status, head, body) = watch.ask(&format!("HEAD {path}"), &watch.host);
        assert!(status == 200 && body.is_empty() && !head.contains("Content-Length: 0"), "{path}: {head}");
    }
    assert_eq!(watch.ask(&format!("GET /{}", "x".repeat(40_000)), &watch.host).0, 400);
}

#[test]
fn a_port_asked_for_and_taken_is_told_and_the_usual_one_is_not_insisted_on() {
    let folder = Folder::with(&[("charts/a.toml", GOOD)]);
    let watch = Watch::start(&folder, &[]);
    let (_, port) = watch.host.split_once(':').expect("a port");
    let ran = folder.run(&["watch", "charts", "--port", port]);
    assert!(ran.status == 2 && ran.err.starts_with(&format!("错误：不能使用端口 {port}：")), "{ran:?}");
    let ran = folder.run(&["watch", "charts", "--port", "70000"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "错误：--port 要一个 0 到 65535 的整数，不能是“70000”\n"));
}

#[test]
fn what_can_not_be_watched_is_told() {
    let folder = Folder::new();
    folder.run(&["watch", "没有"]).is(2, "", "错误：没有这个文件或文件夹：没有\n");
    folder.run(&["watch", "-"]).is(2, "", "错误：标准输入不能边改边看\n");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_with_the_page_told_the_port_free_and_no_half_file() {
    let folder = Folder::with(&[("charts/a.toml", GOOD)]);
    let watch = Watch::start(&folder, &[]);
    let (mut events, host) = (watch.events(), watch.host.clone());
    events.until(|state| files(state).len() == 1);
    watch.write("charts/b.toml", &chart("许可", "受理"));
    assert_eq!(watch.interrupt(), Some(0));
    let mut last = String::new();
    while let Some(data) = events.next() {
        last = data;
    }
    assert_eq!(last, "-", "the page hears of the end");
    std::net::TcpListener::bind(&host).expect("the port is free");
    let left = folder.files("out");
    assert!(left.iter().all(|name| name.ends_with(".svg") && !name.contains(".riskchart-")), "{left:?}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_long_build_between_two_charts() {
    const MANY: usize = 400;
    let folder = Folder::new();
    for number in 0..MANY {
        folder.write(&format!("charts/{number}.toml"), GOOD);
    }
    let mut command = folder.command(&["watch", "charts", "--port", "0", "--format", "svg"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the program runs");
    let posters = || fs::read_dir(folder.0.join("out")).map(Iterator::count).unwrap_or_default();
    while posters() == 0 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(killed.expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stdout).as_ref()), (Some(0), "已停止\n"));
    assert!(posters() < MANY, "it did not wait for all charts");
    let names = fs::read_dir(folder.0.join("out")).expect("readable").flatten().map(|entry| entry.file_name());
    assert!(names.into_iter().all(|name| name.to_string_lossy().ends_with(".svg")), "nothing half is left");
}
