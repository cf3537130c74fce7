//! A server on a real socket that says exactly what a test tells it to, byte for byte, and keeps what it was sent.

// Each test file uses its own part of this.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

pub(crate) mod faults;
pub(crate) mod student;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use izly::{ApiKey, Client, ClientBuilder, Environment, OperationId, Order};

/// The identifier of every test's partner; it holds a space, as the guide's own do.
pub(crate) const IDENTIFIER: &str = "Aix Marseille-777-777-777-777";

pub(crate) fn key() -> ApiKey {
    ApiKey::from_parts(IDENTIFIER, "s3cret-of-the-key").unwrap()
}

pub(crate) fn order() -> Order {
    Order::new("order-42", izly::Cents::new(150).unwrap()).unwrap()
}

pub(crate) fn operation() -> OperationId {
    OperationId::new(52795).unwrap()
}

/// The reply to a read of [`operation`], paid for [`order`].
pub(crate) const PAID: &str =
    r#"{"OperationId":52795,"Amount":1.50,"OperationStatus":"Completed","OrderId":"order-42","Error":""}"#;

/// What the server does with one connection, given its number from 0 and the request read from it.
type Script = dyn Fn(&mut TcpStream, usize, &str) + Send + Sync;

pub(crate) struct RawServer {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
    connections: Arc<Mutex<usize>>,
}

impl RawServer {
    /// Reads one request from each connection, then runs the script on it and closes it.
    pub(crate) fn scripted(script: impl Fn(&mut TcpStream, usize, &str) + Send + Sync + 'static) -> Self {
        let script: Arc<Script> = Arc::new(script);
        Self::start(move |mut stream, number, requests| {
            let Some(request) = read_request(&mut stream) else { return };
            requests.lock().unwrap().push(request.clone());
            script(&mut stream, number, &request);
        })
    }

    /// Answers every request with the same bytes.
    pub(crate) fn always(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::scripted(move |stream, _, _| {
            let _ = stream.write_all(&answer);
        })
    }

    /// Keeps connections open and answers each request on them with this JSON.
    pub(crate) fn keep_alive(body: &'static str) -> Self {
        Self::start(move |mut stream, _, requests| {
            while let Some(request) = read_request(&mut stream) {
                requests.lock().unwrap().push(request);
                let _ = stream.write_all(answer(200, body).as_bytes());
            }
        })
    }

    /// Runs this on each connection in a thread of its own, then closes the connection. A connection closed with
    /// unread bytes is reset.
    pub(crate) fn start(serve: impl Fn(TcpStream, usize, &Mutex<Vec<String>>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(Mutex::new(0));
        let serve = Arc::new(serve);
        let (kept, opened) = (requests.clone(), connections.clone());
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let Ok(stream) = stream else { return };
                *opened.lock().unwrap() += 1;
                let (serve, kept) = (serve.clone(), kept.clone());
                thread::spawn(move || serve(stream, number, &kept));
            }
        });
        RawServer { address, requests, connections }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A client of this server, with deadlines short enough for a test.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder(Environment::url(&self.url()).unwrap(), key()).deadline(Duration::from_secs(5))
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// Every request so far, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub(crate) fn connection_count(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

/// The same client over the TLS library that `IZLY_TEST_TLS` names.
pub(crate) fn with_tls(builder: ClientBuilder) -> ClientBuilder {
    match std::env::var("IZLY_TEST_TLS").as_deref() {
        #[cfg(feature = "native-tls")]
        Ok("native") => builder.tls(izly::Tls::Native),
        Ok(other) => panic!("these tests are built without {other}"),
        Err(_) => builder,
    }
}

/// An ordinary answer.
pub(crate) fn answer(status: u16, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Whatever\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// One request: the head, then as much body as it announces.
pub(crate) fn read_request(stream: &mut impl Read) -> Option<String> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => bytes.push(byte[0]),
            _ => return None,
        }
    }
    let head = String::from_utf8(bytes.clone()).unwrap();
    let length =
        head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |text| text.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    bytes.extend(body);
    Some(String::from_utf8(bytes).unwrap())
}
