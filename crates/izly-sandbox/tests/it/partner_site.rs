//! A partner site's callback endpoint, on a thread of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A callback as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) request_line: String,
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

/// A partner site that records callbacks. Its thread ends with the test process.
pub(crate) struct PartnerSite {
    pub(crate) base_url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl PartnerSite {
    /// Answers each callback with what `reply` makes of it: a status line and a body.
    pub(crate) fn start(reply: impl Fn(&Received) -> (&'static str, String) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&received);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = read(&stream);
                record.lock().unwrap().push(request.clone());
                let (status, body) = reply(&request);
                let length = body.len();
                let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
                let _ = stream.write_all(format!("{head}{body}").as_bytes());
            }
        });
        Self { base_url, received }
    }

    /// Answers as the guide asks.
    pub(crate) fn agreeing() -> Self {
        Self::start(|_| ("200 OK", r#"{"Code": 0, "ErrorMessage": ""}"#.into()))
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

fn read(stream: &TcpStream) -> Received {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let request_line = line();
    let headers: Vec<String> = std::iter::from_fn(|| Some(line()).filter(|line| !line.is_empty())).collect();
    let length = headers
        .iter()
        .find_map(|header| header.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Received { request_line, headers, body: String::from_utf8(body).unwrap() }
}
