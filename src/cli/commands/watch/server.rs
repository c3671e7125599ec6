//! The server of the page: loopback alone, GET and HEAD alone, and nothing but what the program holds in memory.
//!
//! Any page of any site can make a browser send requests to this machine. So a request must name this server in `Host`
//! (a foreign name that was made to lead here, DNS rebinding, does not), pictures may be embedded by this page alone
//! (`Cross-Origin-Resource-Policy`), and no request changes anything. A path is looked up in two tables; none leads to a
//! disk.
//!
//! Requests are read with `httparse` over a plain listener. The small HTTP servers there are bring threads, logs and dates
//! of their own and none speaks server-sent events; what is needed of HTTP here is one request a connection.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use riskchart::diag::Lang;

use super::board::{Board, News};
use super::page;
use crate::cli::terminal::message::{Message, message};

/// The port where none is asked for.
const PORT: u16 = 8866;
/// The longest head of a request, in bytes.
const LONGEST: usize = 16 << 10;
/// How much of a refused request is read to its end, in bytes.
const UNREAD: u64 = 1 << 20;
/// How many fields a head may have.
const FIELDS: usize = 64;
/// How many connections are served at a time.
const CONNECTIONS: usize = 64;
/// How long a reader or writer may keep a connection waiting.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a quiet stream of events gives a sign of life, by which a reader that has left is noticed.
const PULSE: Duration = Duration::from_secs(10);
/// How long the end waits for readers to be told of it.
const FAREWELL: Duration = Duration::from_millis(500);

/// Fields of every answer.
const ALWAYS: &str = "Connection: close\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
    X-Frame-Options: DENY\r\nCross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\n";
/// What the page may load and run: its own files, and nothing that stands in the page itself.
const POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What a picture may, opened by itself: show.
const PICTURE_POLICY: &str =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/// A running server.
pub(super) struct Server {
    port: u16,
    board: Arc<Board>,
    open: Arc<AtomicUsize>,
}

/// What every connection needs.
#[derive(Clone)]
struct Served {
    board: Arc<Board>,
    hosts: Arc<[String]>,
    lang: Lang,
}

impl Server {
    /// Serves a board on the port asked for, or on the usual one, or on a free one where that is taken.
    ///
    /// # Errors
    /// The port asked for is taken, or there is none.
    pub(super) fn start(port: Option<u16>, board: Arc<Board>, lang: Lang) -> anyhow::Result<Self> {
        let listener = match port {
            Some(port) => listen(port).with_context(|| {
                message!("不能使用端口 {port}" | "can't use port {port}")
                    .hint(message!("不给 --port，就用一个空闲的端口" | "leave --port out to use a free one"))
            })?,
            None => listen(PORT)
                .or_else(|_| listen(0))
                .with_context(|| message!("没有空闲的端口" | "there is no free port"))?,
        };
        let port = listener.local_addr().map(|address| address.port()).unwrap_or_default();
        let hosts = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
        let served = Served { board: Arc::clone(&board), hosts: hosts.into(), lang };
        let open = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&open);
        // Ends with the program.
        std::thread::spawn(move || accept(&listener, &served, &counted));
        Ok(Self { port, board, open })
    }

    /// Where the page is.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Tells the pages that the program ends, and gives them a moment to hear it.
    pub(super) fn stop(&self) {
        self.board.close();
        let begun = Instant::now();
        while self.open.load(Ordering::Relaxed) > 0 && begun.elapsed() < FAREWELL {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn listen(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

fn accept(listener: &TcpListener, served: &Served, open: &Arc<AtomicUsize>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // Out of handles, most likely: a moment later some are free again.
            std::thread::sleep(Duration::from_millis(50));
            continue;
        };
        let place = Seat::take(open);
        if place.number > CONNECTIONS {
            continue;
        }
        let served = served.clone();
        std::thread::spawn(move || {
            let _place = place;
            // A reader that has gone away is no fault.
            let _ = serve(stream, &served);
        });
    }
}

/// A place among the connections, given back when it is dropped.
struct Seat {
    open: Arc<AtomicUsize>,
    number: usize,
}

impl Seat {
    fn take(open: &Arc<AtomicUsize>) -> Self {
        Self { open: Arc::clone(open), number: open.fetch_add(1, Ordering::Relaxed) + 1 }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
struct Request {
    path: String,
    /// Whether the answer's head alone is wanted.
    head: bool,
}

/// An answer other than 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    Malformed,
    ForeignHost,
    Unknown,
    Method,
}

impl Refusal {
    fn status(self) -> &'static str {
        match self {
            Self::Malformed => "400 Bad Request",
            Self::ForeignHost => "403 Forbidden",
            Self::Unknown => "404 Not Found",
            Self::Method => "405 Method Not Allowed",
        }
    }

    fn message(self) -> Message {
        match self {
            Self::Malformed => message!("看不懂的请求" | "the request can't be understood"),
            Self::ForeignHost => {
                message!("只回答发给本机的请求" | "only requests to this machine by its own name are answered")
            }
            Self::Unknown => message!("没有这一页" | "there is no such page"),
            Self::Method => message!("只能读取" | "reading is all that is allowed"),
        }
    }
}

fn serve(mut stream: TcpStream, served: &Served) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let request = match read_head(&mut stream)?.and_then(|head| understand(&head, &served.hosts)) {
        Ok(request) => request,
        Err(refusal) => return refuse(&mut stream, refusal, false, served.lang),
    };
    if request.path == page::EVENTS {
        return tell_news(stream, &served.board, request.head);
    }
    if let Some((kind, body)) = page::file(&request.path, served.lang) {
        let fields = format!("Cache-Control: no-cache\r\nContent-Security-Policy: {POLICY}\r\n");
        return answer(&mut stream, "200 OK", kind, &fields, body.as_bytes(), request.head);
    }
    match served.board.picture(&request.path) {
        Some(picture) => {
            let kept = "Cache-Control: private, max-age=86400, immutable";
            let fields = format!("{kept}\r\nContent-Security-Policy: {PICTURE_POLICY}\r\n");
            answer(&mut stream, "200 OK", "image/svg+xml", &fields, &picture, request.head)
        }
        None => refuse(&mut stream, Refusal::Unknown, request.head, served.lang),
    }
}

/// The head of a request, up to its empty line.
fn read_head(stream: &mut TcpStream) -> io::Result<Result<Vec<u8>, Refusal>> {
    let begun = Instant::now();
    let mut head = Vec::new();
    let mut part = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if head.len() > LONGEST || begun.elapsed() > PATIENCE {
            return Ok(Err(Refusal::Malformed));
        }
        match stream.read(&mut part)? {
            0 => return Ok(Err(Refusal::Malformed)),
            read => head.extend_from_slice(&part[..read]),
        }
    }
    Ok(Ok(head))
}

/// Reads a request that is for one of these hosts.
fn understand(head: &[u8], hosts: &[String]) -> Result<Request, Refusal> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(head) {
        Ok(status) if status.is_complete() => {}
        _ => return Err(Refusal::Malformed),
    }
    let (Some(method), Some(target)) = (request.method, request.path) else { return Err(Refusal::Malformed) };
    let mut named = request.headers.iter().filter(|field| field.name.eq_ignore_ascii_case("host"));
    let known = |host: &[u8]| hosts.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(host));
    match (named.next(), named.next()) {
        (Some(host), None) if known(host.value) => {}
        (Some(_), None) => return Err(Refusal::ForeignHost),
        _ => return Err(Refusal::Malformed),
    }
    if !matches!(method, "GET" | "HEAD") {
        return Err(Refusal::Method);
    }
    let path = target.split(['?', '#']).next().unwrap_or_default().to_owned();
    Ok(Request { path, head: method == "HEAD" })
}

fn answer(
    stream: &mut TcpStream,
    status: &str,
    kind: &str,
    fields: &str,
    body: &[u8],
    head_alone: bool,
) -> io::Result<()> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{ALWAYS}{fields}\r\n");
    stream.write_all(head.as_bytes())?;
    if !head_alone {
        stream.write_all(body)?;
    }
    stream.flush()
}

fn refuse(stream: &mut TcpStream, refusal: Refusal, head_alone: bool, lang: Lang) -> io::Result<()> {
    let allowed = if refusal == Refusal::Method { "Allow: GET, HEAD\r\n" } else { "" };
    let fields = format!("Cache-Control: no-store\r\nContent-Security-Policy: default-src 'none'\r\n{allowed}");
    let body = format!("{}\n", refusal.message().get(lang));
    answer(stream, refusal.status(), "text/plain; charset=utf-8", &fields, body.as_bytes(), head_alone)?;
    // Closing on a sender that still sends would take the answer away from it.
    stream.shutdown(Shutdown::Write)?;
    io::copy(&mut stream.take(UNREAD), &mut io::sink()).map(|_| ())
}

/// Server-sent events: the description of all charts whenever it changes, `over` when the program ends.
fn tell_news(mut stream: TcpStream, board: &Board, head_alone: bool) -> io::Result<()> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n{ALWAYS}\r\n");
    stream.write_all(head.as_bytes())?;
    if head_alone {
        return Ok(());
    }
    let mut known = 0;
    loop {
        match board.wait(known, PULSE) {
            News::Text(revision, text) => {
                known = revision;
                stream.write_all(format!("data: {text}\n\n").as_bytes())?;
            }
            News::Nothing => stream.write_all(b":\n\n")?,
            News::Over => return stream.write_all(b"event: over\ndata: -\n\n"),
        }
        stream.flush()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> Result<Request, Refusal> {
        understand(head.as_bytes(), &["127.0.0.1:80".to_owned(), "localhost:80".to_owned(), "[::1]:80".to_owned()])
    }

    #[test]
    fn requests_to_this_server_alone_are_understood() {
        let get = |path: &str| Ok(Request { path: path.to_owned(), head: false });
        assert_eq!(read("GET /a?b HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n"), get("/a"));
        assert_eq!(read("GET / HTTP/1.1\r\nhost: LOCALHOST:80\r\n\r\n"), get("/"));
        assert_eq!(read("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"), get("/"));
        for host in ["example.com", "example.com:80", "127.0.0.1", "127.0.0.1:81", "localhost.example.com:80", ""] {
            let told = read(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
            assert_eq!(told, Err(Refusal::ForeignHost), "{host}");
        }
        assert_eq!(read("POST / HTTP/1.1\r\nHost: localhost:80\r\n\r\n"), Err(Refusal::Method));
        let twice = "GET / HTTP/1.1\r\nHost: localhost:80\r\nHost: example.com\r\n\r\n";
        for head in [twice, "GET / HTTP/1.1\r\n\r\n", "GET /\r\n\r\n", "\0\r\n\r\n"] {
            assert_eq!(read(head), Err(Refusal::Malformed), "{head:?}");
        }
    }
}
