//! Starting, stopping, and what the builder refuses.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use izly_sandbox::{Error, Fault, FaultKind, FaultTarget, Partner, Sandbox, Wire};

use crate::client::{Server, get, login_url};

/// Generous: a slow machine must not fail the test, a hang must.
const SOON: Duration = Duration::from_secs(5);

/// Whether the other end has gone. Not asked by connecting anew: another test may have got the port.
fn is_closed(mut stream: TcpStream) -> bool {
    stream.set_read_timeout(Some(SOON)).unwrap();
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => true,
        Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
    }
}

fn address(sandbox: &Sandbox) -> String {
    sandbox.base_url().trim_start_matches("http://").to_owned()
}

#[test]
fn dropping_stops_quickly_even_with_open_connections() {
    let sandbox = Sandbox::start().unwrap();
    let address = address(&sandbox);
    let idle = TcpStream::connect(&address).unwrap();
    let mut kept = TcpStream::connect(&address).unwrap();
    kept.write_all(b"GET /_sandbox/ready HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = [0; 12];
    kept.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");

    let start = Instant::now();
    drop(sandbox);
    assert!(start.elapsed() < SOON);
    assert!(is_closed(kept) && is_closed(idle));
}

#[test]
fn dropping_does_not_wait_for_a_partner_that_hangs() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let sandbox = Sandbox::builder().callback_timeout(Duration::from_mins(1)).start().unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    sandbox.update_partner(|partner| partner.callback_url = url);
    let created = Server::of(&sandbox).created(r#"{"Amount":100,"ClientOrderId":"a"}"#);
    let (_, target) = created.url.split_once("/api").unwrap();
    let form = "action=valider&identifiant=riche%40example.fr&mot_de_passe=izly-sandbox";
    let length = form.len();
    let mut browser = TcpStream::connect(address(&sandbox)).unwrap();
    write!(browser, "POST /api{target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{form}").unwrap();
    // The callback has arrived, so its delivery is under way.
    let _callback = silent.accept().unwrap();
    let start = Instant::now();
    drop(sandbox);
    assert!(start.elapsed() < SOON);
}

#[test]
fn stop_ends_a_wait_from_another_thread() {
    let sandbox = Sandbox::start().unwrap();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| sandbox.wait());
        assert_eq!(get(&format!("{}/_sandbox/ready", sandbox.base_url()), &[]).status, 200);
        sandbox.stop();
        waiting.join().unwrap();
    });
    sandbox.wait();
}

#[test]
fn many_sandboxes_live_side_by_side() {
    let sandboxes: Vec<Sandbox> = (0..8).map(|seed| Sandbox::builder().seed(seed).start().unwrap()).collect();
    for sandbox in &sandboxes {
        assert_eq!(get(&format!("{}/_sandbox/ready", sandbox.base_url()), &[]).status, 200);
    }
}

#[test]
fn a_taken_port_is_an_error_that_names_it() {
    let sandbox = Sandbox::start().unwrap();
    let port: u16 = address(&sandbox).rsplit(':').next().unwrap().parse().unwrap();
    let error = Sandbox::builder().port(port).start().unwrap_err();
    assert!(matches!(error, Error::Bind { .. }));
    assert_eq!(error.to_string(), format!("cannot listen on 127.0.0.1:{port}"));
}

#[test]
fn a_partner_from_a_file() {
    let path = std::env::temp_dir().join(format!("izly-sandbox-partner-{}.json", std::process::id()));
    let write = |text: &str| std::fs::write(&path, text).unwrap();
    write(r#"{"site_name":"Laverie","identifier":"Aix Marseille-777-777-777-777","izly_pay":false}"#);
    let sandbox = Sandbox::builder().partner_from_file(&path).unwrap().start().unwrap();
    assert_eq!(sandbox.identifier(), "Aix Marseille-777-777-777-777");
    assert!(get(&login_url(&sandbox, "&scope=1"), &[]).page().contains("Laverie"));
    assert_eq!(Server::of(&sandbox).create("{}").status, 403);

    write(r#"{"site":"Laverie"}"#);
    assert!(matches!(Sandbox::builder().partner_from_file(&path), Err(Error::PartnerJson { .. })));
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(Sandbox::builder().partner_from_file(&path), Err(Error::PartnerFile { .. })));
}

#[test]
fn an_unusable_partner_is_refused_before_anything_starts() {
    let real = Partner { secret: "live".into(), ..Partner::default() };
    assert!(matches!(Sandbox::builder().partner(real).start(), Err(Error::Partner(_))));
    let twin = Sandbox::builder().another_partner(Partner::default()).start();
    assert!(matches!(twin, Err(Error::Partner(_))));
}

#[test]
fn what_no_start_could_read_back_is_refused_from_the_start() {
    let fault = || Fault::new(FaultTarget::Any, FaultKind::ServerError);
    let full = (0..100).fold(Sandbox::builder(), |builder, _| builder.fault(fault()));
    assert!(matches!(full.clone().fault(fault()).start(), Err(Error::Setting { field: "faults", .. })));
    assert!(matches!(full.start().unwrap().add_fault(fault()), Err(Error::Setting { field: "faults", .. })));
    let none = Wire { order_id_max_length: Some(0), ..Wire::default() };
    assert!(matches!(Sandbox::builder().wire(none).start(), Err(Error::Setting { field: "order_id_max_length", .. })));
    let partner = |number: u32| Partner { identifier: format!("site-{number}"), ..Partner::default() };
    let many = (0..1_000).fold(Sandbox::builder(), |builder, number| builder.another_partner(partner(number)));
    assert!(matches!(many.start(), Err(Error::Partner(_))));
}
