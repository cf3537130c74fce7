//! What programs in other languages ask: the table, and what was seen.

use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use serde_json::{Map, Value, json};

use crate::server::FaultServer;
use crate::table::Fault;

/// The address where a running server tells of itself, over plain HTTP with JSON:
///
/// - `GET /table`: `faults`, each with its `name`, `url`, `deadline_ms` and `calls`: for each call what to expect, and whether it
///   `ends_at_once`;
/// - `GET /seen/<fault>`: `connections`, `requests` and `commits` so far.
#[derive(Debug)]
pub struct Control {
    url: String,
}

impl Control {
    /// Listens.
    ///
    /// # Errors
    /// When no port can be opened.
    pub fn start(server: Arc<FaultServer>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let url = format!("http://{}", listener.local_addr()?);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let server = Arc::clone(&server);
                thread::spawn(move || answer(stream, &server));
            }
        });
        Ok(Control { url })
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }
}

fn answer(mut stream: TcpStream, server: &FaultServer) -> io::Result<()> {
    let Some(path) = path(&mut stream)? else { return Ok(()) };
    let (status, body) = match (path.as_str(), path.strip_prefix("/seen/")) {
        ("/table", _) => (200, table(server)),
        (_, Some(name)) => match server.counts(name) {
            Some(counts) => (200, json!(counts)),
            None => (404, json!({ "error": "there is no such fault" })),
        },
        _ => (404, json!({ "error": "there are /table and /seen/<fault>" })),
    };
    let body = body.to_string();
    let head = format!("HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", body.len());
    stream.write_all(format!("{head}Connection: close\r\n\r\n{body}").as_bytes())
}

/// The path that is asked for.
fn path(stream: &mut TcpStream) -> io::Result<Option<String>> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        if io::Read::read(stream, &mut byte)? == 0 {
            return Ok(None);
        }
        head.push(byte[0]);
    }
    Ok(String::from_utf8_lossy(&head).split(' ').nth(1).map(str::to_owned))
}

fn table(server: &FaultServer) -> Value {
    let faults: Vec<Value> = server.faults().map(|(fault, port)| entry(fault, &port.url())).collect();
    json!({ "faults": faults })
}

fn entry(fault: &Fault, url: &str) -> Value {
    let told = |call: &String| {
        let mut told = json!(fault.expected(call));
        told["ends_at_once"] = json!(fault.ends_at_once(call));
        (call.clone(), told)
    };
    let calls: Map<String, Value> = fault.calls.iter().map(told).collect();
    json!({ "name": fault.name, "url": url, "deadline_ms": fault.deadline_ms(), "calls": calls })
}
