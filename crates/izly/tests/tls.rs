//! Private connections: whom the client trusts, and that nothing leaves before it does.

#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use izly::{Client, ClientBuilder, Environment, Error, ErrorKind, Outcome, Phase, RefundTarget, Retry, Roots};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use support::{RawServer, answer, key, operation, read_request};

struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        // OpenSSL takes a certificate whose issuer has its own name for a self-signed one.
        params.distinguished_name.push(DnType::CommonName, "the tests' authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Authority(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// Writes this authority's certificate where `ca_file` can find it.
    fn file(&self, folder: &tempfile::TempDir) -> PathBuf {
        let path = folder.path().join("ca.pem");
        std::fs::write(&path, self.0.pem()).unwrap();
        path
    }

    fn server(&self, params: &CertificateParams) -> TlsServer {
        let server_key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&server_key, &self.0).unwrap();
        let private = PrivatePkcs8KeyDer::from(server_key.serialize_der()).into();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], private)
            .unwrap();
        TlsServer::start(config)
    }
}

fn params(name: &str) -> CertificateParams {
    CertificateParams::new(vec![name.to_owned()]).unwrap()
}

struct TlsServer {
    port: u16,
    requests: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
}

impl TlsServer {
    fn start(config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (requests, connections) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (asked, opened, config) = (requests.clone(), connections.clone(), Arc::new(config));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (asked, config) = (asked.clone(), config.clone());
                opened.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || {
                    let mut stream = StreamOwned::new(ServerConnection::new(config).unwrap(), stream.unwrap());
                    while read_request(&mut stream).is_some() {
                        asked.fetch_add(1, Ordering::SeqCst);
                        stream.write_all(answer(200, support::PAID).as_bytes()).unwrap();
                    }
                });
            }
        });
        TlsServer { port, requests, connections }
    }

    fn builder(&self) -> ClientBuilder {
        at(&format!("https://localhost:{}", self.port))
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn at(url: &str) -> ClientBuilder {
    support::with_tls(Client::builder(Environment::url(url).unwrap(), key()).deadline(Duration::from_secs(3)))
}

fn refund(client: &Client) -> Error {
    client.refund(RefundTarget::new(operation(), "order-42").unwrap()).unwrap_err()
}

fn assert_never_left(error: &Error) {
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Tls, Outcome::NotSent), "{error}");
    assert_eq!(error.retry(), Retry::Fix);
}

#[test]
fn a_ca_file_is_trusted_and_connections_are_shared() {
    let (authority, folder) = (Authority::new(), tempfile::tempdir().unwrap());
    let server = authority.server(&params("localhost"));
    let client = server.builder().ca_file(authority.file(&folder)).build().unwrap();
    for _ in 0..5 {
        client.payment(operation()).unwrap();
    }
    assert_eq!((server.requests(), server.connections.load(Ordering::SeqCst)), (5, 1));
}

#[test]
fn a_ca_file_is_trusted_instead_of_the_bundled_roots() {
    let (ours, theirs, folder) = (Authority::new(), Authority::new(), tempfile::tempdir().unwrap());
    let server = theirs.server(&params("localhost"));
    let path = ours.file(&folder);
    for builder in [server.builder(), server.builder().ca_file(path), server.builder().roots(Roots::System)] {
        assert_never_left(&refund(&builder.build().unwrap()));
    }
    assert_eq!(server.requests(), 0);
}

#[test]
fn a_certificate_of_another_name_or_another_time_is_refused() {
    let (authority, folder) = (Authority::new(), tempfile::tempdir().unwrap());
    let mut expired = params("localhost");
    (expired.not_before, expired.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    let mut early = params("localhost");
    (early.not_before, early.not_after) = (date_time_ymd(2199, 1, 1), date_time_ymd(2200, 1, 1));
    for params in [params("other.example"), expired, early] {
        let server = authority.server(&params);
        let client = server.builder().ca_file(authority.file(&folder)).build().unwrap();
        assert_never_left(&refund(&client));
        assert_never_left(&client.payment(operation()).unwrap_err());
        assert_eq!(server.requests(), 0);
    }
}

#[test]
fn a_server_that_does_not_speak_tls_gets_nothing() {
    // One answers in clear, one hangs up.
    let clear = RawServer::start(|mut stream, _, requests| {
        let mut bytes = [0; 4096];
        let read = stream.read(&mut bytes).unwrap();
        requests.lock().unwrap().push(String::from_utf8_lossy(&bytes[..read]).into_owned());
        let _ = stream.write_all(answer(200, support::PAID).as_bytes());
    });
    let closed = RawServer::start(|_, _, _| {});
    for server in [clear, closed] {
        let error = refund(&at(&server.url().replace("http:", "https:")).build().unwrap());
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Tls, Outcome::NotSent), "{error}");
        assert!(!server.requests().join("").contains("Refund"), "the request was sent in clear");
    }
}

#[test]
fn a_handshake_that_hangs_was_not_sent() {
    let server = RawServer::start(|stream, _, _| {
        thread::sleep(Duration::from_secs(2));
        drop(stream);
    });
    let client =
        at(&server.url().replace("http:", "https:")).connect_timeout(Duration::from_millis(300)).build().unwrap();
    let error = refund(&client);
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotSent), "{error}");
    assert_eq!(error.phase(), Some(Phase::Tls));
}

#[test]
fn a_ca_file_that_is_none_is_a_configuration_error() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.pem");
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "").unwrap();
    let broken = folder.path().join("broken.pem");
    std::fs::write(&broken, "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n").unwrap();
    let mut messages = Vec::new();
    for path in [missing, empty, broken] {
        let error = at("https://localhost").ca_file(path).build().unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::Configuration, Some("ca_file")));
        messages.push(error.to_string());
    }
    messages.dedup();
    assert_eq!(messages.len(), 3, "{messages:?}");
}

/// A proxy that tunnels to wherever it is asked to, or refuses.
fn proxy(refusal: Option<&'static str>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let tunnels = Arc::new(AtomicUsize::new(0));
    let opened = tunnels.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut browser, opened) = (stream.unwrap(), opened.clone());
            thread::spawn(move || {
                let head = read_request(&mut browser).unwrap();
                let target = head.strip_prefix("CONNECT ").unwrap().split(' ').next().unwrap().to_owned();
                assert!(!head.contains("s3cret") && !head.to_lowercase().contains("\r\nauthorization"), "{head}");
                if let Some(refusal) = refusal {
                    browser.write_all(refusal.as_bytes()).unwrap();
                    return;
                }
                opened.fetch_add(1, Ordering::SeqCst);
                browser.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
                let mut server = TcpStream::connect(target).unwrap();
                let (mut back, mut forth) = (server.try_clone().unwrap(), browser.try_clone().unwrap());
                thread::spawn(move || std::io::copy(&mut back, &mut forth));
                let _ = std::io::copy(&mut browser, &mut server);
            });
        }
    });
    (url, tunnels)
}

#[test]
fn a_proxy_sees_a_tunnel_and_its_refusal_means_not_sent() {
    let (authority, folder) = (Authority::new(), tempfile::tempdir().unwrap());
    let server = authority.server(&params("localhost"));
    let builder = || server.builder().ca_file(authority.file(&folder));
    let (url, tunnels) = proxy(None);
    builder().proxy(url).build().unwrap().payment(operation()).unwrap();
    assert_eq!((tunnels.load(Ordering::SeqCst), server.requests()), (1, 1));

    let (url, _) = proxy(Some("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"));
    let error = refund(&builder().proxy(url).build().unwrap());
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Connect, Outcome::NotSent), "{error}");
    assert_eq!(server.requests(), 1);

    for url in ["socks5://127.0.0.1:1080", "not a proxy", ""] {
        let error = builder().proxy(url).build().unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::Configuration, Some("proxy")), "{url}");
    }
}

#[test]
fn a_proxy_that_answers_in_drops_is_held_to_the_deadline() {
    let proxy = RawServer::scripted(|stream, _, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX-A: ");
        while stream.write_all(b"a").is_ok() {
            thread::sleep(Duration::from_millis(30));
        }
    });
    let builder = at("https://localhost:9").proxy(proxy.url()).deadline(Duration::from_millis(600));
    let begins = Instant::now();
    let error = refund(&builder.build().unwrap());
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Timeout, Outcome::NotSent), "{error}");
    // The drops never end; a busy machine may take its time.
    assert!(begins.elapsed() < Duration::from_secs(10), "{:?}", begins.elapsed());
}

#[test]
fn a_key_does_not_cross_the_network_in_clear_through_a_proxy() {
    let error = at("http://127.0.0.1:8080").proxy("http://proxy.example:3128").build().unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::Configuration, Some("proxy")));
}

#[test]
fn a_proxy_in_the_environment_is_not_used() {
    // A request header can set HTTP_PROXY in a CGI program, so only the option counts. The variables are set for a
    // process of its own: this test again.
    const CHILD: &str = "IZLY_TEST_PROXY_CHILD";
    if std::env::var_os(CHILD).is_some() {
        let server = RawServer::always(answer(200, support::PAID));
        server.client().payment(operation()).unwrap();
        assert_eq!(server.requests().len(), 1);
        return;
    }
    let nobody = "http://127.0.0.1:9";
    let status = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["a_proxy_in_the_environment_is_not_used", "--exact"])
        .envs([
            (CHILD, "1"),
            ("HTTP_PROXY", nobody),
            ("http_proxy", nobody),
            ("ALL_PROXY", nobody),
            ("HTTPS_PROXY", nobody),
        ])
        .status()
        .unwrap();
    assert!(status.success());
}
