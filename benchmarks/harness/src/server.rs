//! The Izly that benchmarks call: the same answer to every read and every payment, at once or after a while.
//!
//! It does as little as a server can, so that the clients are what differs. It runs in a process of its own: what it costs
//! is nobody's.

use std::io::{self, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use std::{fs, thread};

use izly_fault_server::{Authority, Certificate};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What it answers with.
#[derive(Debug, Clone)]
pub struct Answers {
    /// To a read (GET): the operation.
    pub payment: String,
    /// To a payment (POST); `{base}` stands for the server's own address.
    pub pending: String,
    /// How long it takes over each.
    pub delay: Duration,
}

impl Answers {
    /// The samples that every language decodes too, without delay.
    ///
    /// # Errors
    /// When the folder does not hold them.
    pub fn from_samples(folder: &Path) -> Result<Self, String> {
        let read = |name: &str| {
            let path = folder.join(name);
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        Ok(Answers { payment: read("payment.json")?, pending: read("pending.json")?, delay: Duration::ZERO })
    }
}

/// Where it listens.
#[derive(Debug)]
pub struct Server {
    /// Over plain HTTP.
    pub url: String,
    /// Over TLS.
    pub tls_url: String,
    /// What a client must trust for that, as PEM.
    pub ca_pem: String,
}

impl Server {
    /// Serves until the process ends: a thread for each connection.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(answers: &Answers) -> Result<Self, String> {
        let authority = Authority::new("izly benchmarks")?;
        let tls = authority.server(Certificate::Good)?;
        let url = listen("http://127.0.0.1", answers, None).map_err(|error| error.to_string())?;
        let tls_url = listen("https://localhost", answers, Some(tls)).map_err(|error| error.to_string())?;
        Ok(Server { url, tls_url, ca_pem: authority.pem() })
    }
}

/// The answers as they go over the wire.
#[derive(Debug)]
struct Replies {
    payment: Vec<u8>,
    pending: Vec<u8>,
    delay: Duration,
}

fn listen(origin: &str, answers: &Answers, tls: Option<Arc<ServerConfig>>) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base = format!("{origin}:{}", listener.local_addr()?.port());
    let replies = Arc::new(Replies {
        payment: http("200 OK", &answers.payment),
        pending: http("200 OK", &answers.pending.replace("{base}", &base)),
        delay: answers.delay,
    });
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (replies, tls) = (Arc::clone(&replies), tls.clone());
            // A client that hangs up ends its connection, and nothing else.
            thread::spawn(move || drop(serve(stream, &replies, tls)));
        }
    });
    Ok(base)
}

fn http(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

fn serve(stream: TcpStream, replies: &Replies, tls: Option<Arc<ServerConfig>>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    match tls {
        None => converse(BufReader::new(stream), replies),
        Some(config) => {
            let connection = ServerConnection::new(config).map_err(io::Error::other)?;
            converse(BufReader::new(StreamOwned::new(connection, stream)), replies)
        }
    }
}

/// Answers request after request, until the client has no more of them.
fn converse<S: Read + Write>(mut stream: BufReader<S>, replies: &Replies) -> io::Result<()> {
    while let Some(head) = Head::read(&mut stream)? {
        io::copy(&mut stream.by_ref().take(head.length), &mut io::sink())?;
        thread::sleep(replies.delay);
        let reply = if head.is_read { &replies.payment } else { &replies.pending };
        stream.get_mut().write_all(reply)?;
        stream.get_mut().flush()?;
        if head.is_last {
            return Ok(());
        }
    }
    Ok(())
}

/// What must be known of a request to answer it.
struct Head {
    is_read: bool,
    length: u64,
    is_last: bool,
}

impl Head {
    /// Nothing when the client has hung up.
    fn read(stream: &mut impl io::BufRead) -> io::Result<Option<Self>> {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut head = Head { is_read: line.starts_with("GET "), length: 0, is_last: false };
        loop {
            line.clear();
            if stream.read_line(&mut line)? == 0 || line == "\r\n" {
                return Ok(Some(head));
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            if name.eq_ignore_ascii_case("content-length") {
                head.length = value.trim().parse().map_err(io::Error::other)?;
            } else if name.eq_ignore_ascii_case("connection") {
                head.is_last = value.trim().eq_ignore_ascii_case("close");
            }
        }
    }
}
