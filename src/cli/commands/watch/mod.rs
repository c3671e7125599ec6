//! `riskchart watch`: charts built anew whenever they are saved, and a page of all of them.
//!
//! | file | holds |
//! |---|---|
//! | [`changes`], [`mounts`] | when to look: events, the clock, Ctrl-C; where events are not to be had |
//! | [`session`] | the charts, what each was made of, which are due |
//! | [`board`] | what the page shows |
//! | [`server`], [`page`] | HTTP on this machine alone; the page's files and words |
//!
//! Charts are compiled and written by what `build` uses (`inputs`, `work`, `posters`, `write`), so both write the
//! same bytes.

mod board;
mod changes;
mod mounts;
mod page;
mod server;
mod session;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use riskchart::diag::{Lang, Words};

use self::board::Board;
use self::changes::{Changes, Woken};
use self::server::Server;
use self::session::{Look, Session};
use crate::cli::arguments::options::{Command, FILES, Invocation, LOOKS, OPEN, OUT, PATHS, POLL, PORT, TELLING};
use crate::cli::arguments::settings::{self, Settings};
use crate::cli::commands::build::told_of;
use crate::cli::disk::walk::{self, STDIN};
use crate::cli::report;
use crate::cli::terminal::console::{Console, Stream};
use crate::cli::terminal::message::message;
use crate::cli::terminal::status::Status;
use crate::cli::terminal::visible::visible_folder;
use crate::cli::work::posters::Poster;
use crate::cli::work::summary;
use crate::cli::work::wanted::Wanted;

pub(crate) const COMMAND: Command = Command {
    name: "watch",
    about: Words {
        zh: "边改边看：存盘就重新生成，网页上看",
        en: "rebuild on every save and show the charts on a page",
    },
    more: Words {
        zh: "例：riskchart watch charts/ -o out/\n\
             网页只有本机看得到。按 Ctrl-C 结束；删掉的图，海报文件还在。\n\
             --message-format json、sarif：每次生成都写一份完整的文档，一份接一份。",
        en: "Example: riskchart watch charts/ -o out/\n\
             The page can be seen on this machine alone. Ctrl-C ends it; posters of deleted charts stay.\n\
             --message-format json and sarif write a whole document for every round, one after the other.",
    },
    options: &[&[&PATHS, &OUT, &PORT, &OPEN, &POLL], FILES, LOOKS, TELLING],
    run,
};

/// How long a file that is missing may stay away before its chart is gone.
const GRACE: Duration = Duration::from_millis(250);

fn run(invocation: &Invocation<'_>) -> anyhow::Result<Status> {
    let console = invocation.console;
    let settings = settings::read(invocation)?;
    let wanted = Wanted::read(invocation)?;
    let port = settings::port(invocation)?;
    let paths = invocation.paths(&PATHS);
    if paths.iter().any(|path| path == Path::new(STDIN)) {
        return Err(message!("标准输入不能边改边看" | "standard input can't be watched").fault());
    }
    let asked = invocation.path(&OUT);
    let found = walk::find(&paths)?;
    if found.listed.is_empty() {
        console.faults(&found.faults);
        return Ok(Status::Fault);
    }
    let mut changes =
        Changes::new(invocation.flag(&POLL) || found.listed.iter().any(|folder| mounts::is_remote(folder)))?;
    let board = Arc::new(Board::new());
    let server = Server::start(port, Arc::clone(&board), console.lang)?;
    let session = Session::new(paths, console.lang, &settings, &wanted, asked, changes.stop())?;
    let mut watch = Watch { console, settings: &settings, board, session };
    if !watch.look(&mut changes)? {
        watch.greet(&server, &changes)?;
        if invocation.flag(&OPEN) {
            open(console, &server.address());
        }
        let ended = watch.until_stopped(&mut changes);
        server.stop();
        ended?;
    }
    watch.take_leave()?;
    Ok(Status::Done)
}

/// Opens the page in the browser.
fn open(console: &Console, address: &str) {
    if open::that_detached(address).is_err() {
        // What the system's launcher says of it helps nobody.
        let hint = message!("请自己在浏览器里打开上面的网址" | "open the address above in a browser yourself");
        console.faults(&[message!("不能打开浏览器" | "can't open the browser").hint(hint).fault()]);
    }
}

/// The command at work.
struct Watch<'a> {
    console: &'a Console,
    settings: &'a Settings,
    board: Arc<Board>,
    session: Session<'a>,
}

impl Watch<'_> {
    fn until_stopped(&mut self, changes: &mut Changes) -> anyhow::Result<()> {
        loop {
            match changes.wait() {
                Woken::Stopped => return Ok(()),
                Woken::Tick if !self.session.is_due()? => continue,
                // Where nothing tells when the writing ends, a moment must do.
                Woken::Tick if changes.pause(Duration::from_millis(50)) => return Ok(()),
                Woken::Tick | Woken::Changed => {}
            }
            if self.look(changes)? {
                return Ok(());
            }
        }
    }

    /// Looks, shows and tells, and again where folders came up in which something may have happened already or a file is
    /// missing; whether the user has ended the program meanwhile.
    fn look(&mut self, changes: &mut Changes) -> anyhow::Result<bool> {
        loop {
            let Some(look) = self.session.look()? else { return Ok(true) };
            self.board.put_up(&self.session)?;
            if !look.is_empty() {
                self.tell(&look)?;
            }
            let is_new = changes.follow(&self.session.trees, &self.session.folders);
            if look.is_unsure && changes.pause(GRACE) {
                return Ok(true);
            }
            if !is_new && !look.is_unsure {
                return Ok(false);
            }
        }
    }

    /// Says what `build` would of the charts that were made, and which are gone.
    fn tell(&self, look: &Look) -> anyhow::Result<()> {
        let (console, style) = (self.console, self.settings.style);
        let made = self.session.of(&look.made);
        let reports: Vec<_> = made.iter().map(|(file, kept)| (*file, &kept.report)).collect();
        let counts = report::tell(console, style, style.stream(), &reports)?;
        console.faults(&look.faults);
        let posters: Vec<&Poster> = made.iter().filter_map(|(_, kept)| kept.poster()).collect();
        let failed: Vec<String> =
            made.iter().filter(|(_, kept)| kept.poster().is_none()).map(|(file, _)| (*file).to_owned()).collect();
        let mut text = told_of(console, &posters, None, &failed, counts, &self.session.out);
        for (file, poster) in &look.gone {
            text += &self.gone(file, poster.as_deref());
        }
        summary::say(console, self.settings, &text)
    }

    /// A chart that is gone: its posters stay, for nobody asked to have them removed.
    fn gone(&self, file: &str, poster: Option<&str>) -> String {
        let out = visible_folder(&self.session.out);
        let message = match poster {
            Some(poster) => message!(
                "{file} 不在了；它的海报还在：{out}/{poster}" | "{file} is gone; its posters stay: {out}/{poster}"
            ),
            None => message!("{file} 不在了" | "{file} is gone"),
        };
        format!("{}\n", message.get(self.console.lang))
    }

    fn greet(&self, server: &Server, changes: &Changes) -> anyhow::Result<()> {
        let address = server.address();
        let how = if changes.is_polling() {
            message!("定时查看改动（网络盘或 --poll）" | "looking for changes by the clock (network drive or --poll)")
        } else {
            message!("正在看着改动" | "watching for changes")
        };
        let (zh, en) = (how.get(Lang::Zh), how.get(Lang::En));
        // Message even where the summary is not: without it nobody would find the page.
        let message = message!("{zh}，按 Ctrl-C 结束\n网页：{address}" | "{en}, Ctrl-C ends\npage: {address}");
        self.console.write(self.beside(), format!("{}\n", message.get(self.console.lang)))
    }

    fn take_leave(&self) -> anyhow::Result<()> {
        let message = message!("已停止" | "stopped");
        // A terminal has shown the keys of Ctrl-C on this line.
        let before = if Console::is_terminal(self.beside()) { "\n" } else { "" };
        self.console.write(self.beside(), format!("{before}{}\n", message.get(self.console.lang)))
    }

    /// The stream of lines that are part of no document.
    fn beside(&self) -> Stream {
        if self.settings.style.is_document() { Stream::Err } else { Stream::Out }
    }
}
