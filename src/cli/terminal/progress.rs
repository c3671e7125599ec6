//! How far a long run is: a bar on a terminal, from half a second on, gone when the run ends.

use std::ffi::OsStr;
use std::io::{self, IsTerminal as _, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long a run takes before anything is shown.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the bar is drawn.
const PACE: Duration = Duration::from_millis(100);
/// How many columns the bar has.
const WIDTH: usize = 30;

/// A bar that is drawn while it lives.
pub(crate) struct Progress {
    state: Arc<State>,
    drawing: Option<JoinHandle<()>>,
}

struct State {
    done: AtomicUsize,
    total: usize,
    ended: Mutex<bool>,
    end: Condvar,
}

/// Whether anybody is there to see a bar: a person at a terminal, not a script and not a build server.
pub(crate) fn is_wanted(quiet: bool) -> bool {
    let set = |name: &str| std::env::var_os(name);
    !quiet && io::stderr().is_terminal() && suits(set("CI").as_deref(), set("TERM").as_deref())
}

fn suits(ci: Option<&OsStr>, term: Option<&OsStr>) -> bool {
    ci.is_none_or(OsStr::is_empty) && term.is_none_or(|term| term != "dumb")
}

impl Progress {
    /// A bar on standard error, where it is wanted, of a run with so many steps.
    pub(crate) fn start(total: usize, wanted: bool) -> Self {
        Self::drawn(total, PATIENCE, wanted.then(io::stderr))
    }

    fn drawn(total: usize, patience: Duration, out: Option<impl Write + Send + 'static>) -> Self {
        let state = State { done: AtomicUsize::new(0), total, ended: Mutex::new(false), end: Condvar::new() };
        let state = Arc::new(state);
        let drawing = out.map(|out| {
            let state = Arc::clone(&state);
            std::thread::spawn(move || draw(&state, patience, out))
        });
        Self { state, drawing }
    }

    /// One more step is done.
    pub(crate) fn step(&self) {
        self.state.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        *self.state.ended.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.state.end.notify_all();
        if let Some(drawing) = self.drawing.take() {
            // A bar that failed is no fault of the run.
            let _ = drawing.join();
        }
    }
}

impl State {
    /// Waits so long; whether the run has ended by then.
    fn ended_within(&self, time: Duration) -> bool {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.end.wait_timeout_while(ended, time, |ended| !*ended);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

fn draw(state: &State, patience: Duration, mut out: impl Write) {
    if state.ended_within(patience) {
        return;
    }
    let mut columns = 0;
    loop {
        let bar = bar(state.done.load(Ordering::Relaxed), state.total);
        columns = columns.max(bar.len());
        // Where the stream fails, the run goes on without a bar.
        if write!(out, "\r{bar}").and_then(|()| out.flush()).is_err() {
            return;
        }
        if state.ended_within(PACE) {
            let _ = write!(out, "\r{:columns$}\r", "").and_then(|()| out.flush());
            return;
        }
    }
}

/// `[#########---------------------] 3/10`, in characters that every console has.
fn bar(done: usize, total: usize) -> String {
    let filled = (done * WIDTH).checked_div(total).unwrap_or(WIDTH).min(WIDTH);
    format!("[{}{}] {done}/{total}", "#".repeat(filled), "-".repeat(WIDTH - filled))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream that others can look into.
    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Paper {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().expect("whole").clone()).expect("UTF-8")
        }
    }

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("whole").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_long_run_has_a_bar_and_leaves_no_trace() {
        let paper = Paper::default();
        let progress = Progress::drawn(2, Duration::ZERO, Some(paper.clone()));
        progress.step();
        while !paper.text().contains("] 1/2") {
            std::thread::sleep(Duration::from_millis(5));
        }
        drop(progress);
        let text = paper.text();
        let last: Vec<&str> = text.rsplit('\r').take(3).collect();
        assert!(last[0].is_empty() && last[1].trim().is_empty() && last[1].len() == last[2].len(), "{text:?}");
    }

    #[test]
    fn a_short_run_has_none() {
        let paper = Paper::default();
        let progress = Progress::drawn(1, Duration::from_secs(60), Some(paper.clone()));
        progress.step();
        drop(progress);
        assert_eq!(paper.text(), "");
    }

    #[test]
    fn build_servers_and_dumb_terminals_have_none() {
        let os = OsStr::new;
        assert!(suits(None, None) && suits(Some(os("")), Some(os("xterm"))));
        assert!(!suits(Some(os("true")), Some(os("xterm"))) && !suits(None, Some(os("dumb"))));
    }

    #[test]
    fn the_bar_fills() {
        assert_eq!(bar(0, 3), format!("[{}] 0/3", "-".repeat(30)));
        assert_eq!(bar(1, 3), format!("[{}{}] 1/3", "#".repeat(10), "-".repeat(20)));
        assert_eq!(bar(3, 3), format!("[{}] 3/3", "#".repeat(30)));
    }
}
