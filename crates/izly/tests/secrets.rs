//! Drives every failure with a server that throws every secret back, then searches all that was printed for them.

#![allow(clippy::unwrap_used)]

mod support;

use std::error::Error as _;
use std::fmt::Debug;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};

use izly::protocol::{Call, CreatePayment, ExchangeCode, RefreshTokens, Response};
use izly::{
    AccessToken, ApiKey, AuthorizationCode, Callback, CallbackUser, Client, Environment, Error, NewPayment,
    RefreshToken, RefundTarget, Scope, State, Tokens,
};
use support::{RawServer, answer, key, operation, order};

const CODE: &str = "MTs1NjtDT0RFK1NFQ1JFVC9DT0RF=";
const CODE_IN_QUERY: &str = "MTs1NjtDT0RFK1NFQ1JFVC9DT0RF%3d";
const ACCESS: &str = "MTs1NjtBQ0NFU1NTRUNSRVQ=";
const REFRESH: &str = "MTs1Njt+UkVGUkVTSCtTRUNSRVQ=";
const STATE: &str = "the-state-of-this-login";
const EMAIL: &str = "camille.dupont@univ.example";
const INE: &str = "1234567890X";
const CLIENT_CODE: &str = "camilled23";

/// Every text that must be found nowhere.
fn secrets() -> Vec<String> {
    let key = key().reveal().to_owned();
    let mut all: Vec<String> = vec![key, "s3cret-of-the-key".to_owned(), CODE_IN_QUERY.to_owned()];
    all.extend([CODE, ACCESS, REFRESH, STATE, EMAIL, INE, CLIENT_CODE].map(str::to_owned));
    // As they are in a URL.
    all.extend([CODE, REFRESH].map(|secret| secret.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")));
    all
}

/// What a program, its logs and its users may see.
#[derive(Clone, Default)]
struct Printed(Arc<Mutex<String>>);

impl Printed {
    fn add(&self, text: &str) {
        let mut all = self.0.lock().unwrap();
        all.push_str(text);
        all.push('\n');
    }

    fn debug(&self, value: &impl Debug) {
        self.add(&format!("{value:?}\n{value:#?}"));
    }

    fn error(&self, error: &Error) {
        self.debug(error);
        self.add(&error.to_string());
        for text in [error.api_message(), error.title(), error.oauth_error(), error.field(), error.raw_excerpt()] {
            self.add(text.unwrap_or_default());
        }
        let mut source = error.source();
        while let Some(error) = source {
            self.debug(&error);
            self.add(&error.to_string());
            source = error.source();
        }
    }

    fn assert_clean(&self) {
        let all = self.0.lock().unwrap();
        assert!(all.len() > 10_000, "little was printed: {} bytes", all.len());
        for secret in secrets() {
            let found = all.find(&secret).map(|at| all[at.saturating_sub(120)..].chars().take(300).collect::<String>());
            assert_eq!(found, None, "a secret was printed");
        }
    }
}

/// Collects what the libraries below log, down to DEBUG. (At TRACE the HTTP library prints bytes; the crate's
/// documentation says so.)
struct Collector;

static LOGGED: OnceLock<Printed> = OnceLock::new();

impl log::Log for Collector {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        LOGGED.get_or_init(Printed::default).add(&format!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

/// Every way to fail at the other end: each throws the whole request back at the client, in one wrapping or another.
fn echoing_servers() -> Vec<RawServer> {
    type Wrap = fn(&str) -> String;
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace("\r\n", " ");
    let wraps: [Wrap; 12] = [
        // A key that the server has decoded, as it must to check it.
        |echo| {
            let decoded = echo.replace(key().reveal(), "Aix Marseille-777-777-777-777:s3cret-of-the-key");
            answer(403, &format!(r#"{{"Code":12,"ErrorMessage":"{decoded}"}}"#))
        },
        // Escapes as Izly writes them, and as .NET does.
        |echo| {
            let lower = echo.replace("%2B", "%2b").replace("%2F", "%2f").replace("%3D", "%3d");
            answer(
                400,
                &format!(r#"{{"Code":12,"ErrorMessage":"{}","Title":"{lower}"}}"#, lower.replace('=', "\\u003D")),
            )
        },
        // Secrets on both sides of the place where an excerpt is cut.
        |echo| {
            let pieces: Vec<String> = (0..40).map(|at| format!("<i>{}</i>{echo}", "x".repeat(at * 7))).collect();
            answer(500, &pieces.concat())
        },
        |echo| answer(400, &format!(r#"{{"Code":12,"ErrorMessage":"{echo}","Title":"{echo}"}}"#)),
        |echo| answer(200, &format!(r#"{{"Code":12,"ErrorMessage":"{echo}"}}"#)),
        |echo| answer(400, &format!(r#"{{"error":"invalid_grant","error_description":"{echo}"}}"#)),
        |echo| answer(401, &format!(r#"{{"error":"{echo}"}}"#)),
        |echo| answer(500, &format!("<html>{echo}</html>")),
        |echo| answer(200, &format!("<html>{echo}</html>")),
        |echo| {
            answer(
                200,
                &format!(r#"{{"OperationId":"{echo}","access_token":{{"{echo}":1}},"RightHolderId":["{echo}"]}}"#),
            )
        },
        |echo| format!("HTTP/1.1 302 Found\r\nLocation: http://evil.example/?{echo}\r\nContent-Length: 0\r\n\r\n"),
        |echo| format!("HTTP/1.1 200 OK\r\nX-Echo: {echo}\r\nContent-Length: 999\r\n\r\n{echo}"),
    ];
    let serve = |wrap: Wrap| {
        RawServer::scripted(move |stream, _, request| {
            let _ = stream.write_all(wrap(&quoted(request)).as_bytes());
        })
    };
    wraps.into_iter().map(serve).collect()
}

fn call_everything(client: &Client, printed: &Printed) {
    let query = format!("code={CODE_IN_QUERY}&state={STATE}");
    let tokens = Tokens::new(AccessToken::new(ACCESS), Some(RefreshToken::new(REFRESH)));
    let errors = [
        client.finish_login(&query, &State::new(STATE)).err(),
        client.finish_login(&query, &State::new("another")).err(),
        client.finish_login(&format!("{query}%zz"), &State::new(STATE)).err(),
        client.refresh(&tokens).err(),
        client.user(&tokens.access).err(),
        client.user(&AccessToken::new(format!("{ACCESS}\n"))).err(),
        client.create_payment(&NewPayment::new(order())).err(),
        client.payment(operation()).err(),
        client.confirm(operation(), &order()).err(),
        client.refund(RefundTarget::new(operation(), "order-42").unwrap()).err(),
    ];
    // Some wrappings are a readable reply to some calls; most are not.
    assert!(errors.iter().flatten().count() >= 8, "{errors:?}");
    errors.iter().flatten().for_each(|error| printed.error(error));
    printed.debug(&tokens);
    printed.debug(client);
    let code = AuthorizationCode::new(CODE);
    printed.debug(&ExchangeCode::new(&code).request(client.partner()).unwrap());
    printed.debug(&RefreshTokens::new(tokens.refresh.as_ref().unwrap()).request(client.partner()).unwrap());
}

#[test]
fn no_secret_comes_back_out_of_any_failure() {
    log::set_logger(&Collector).unwrap();
    log::set_max_level(log::LevelFilter::Debug);
    let printed = Printed::default();
    for server in echoing_servers() {
        let records = printed.clone();
        let client = server.builder().observer(move |record| records.debug(record)).build().unwrap();
        call_everything(&client, &printed);
    }
    let nobody = Environment::url("http://127.0.0.1:9").unwrap();
    call_everything(&Client::builder(nobody, key()).build().unwrap(), &printed);
    printed.assert_clean();
    LOGGED.get().unwrap().assert_clean();
}

#[test]
fn no_secret_shows_in_any_value() {
    let printed = Printed::default();
    let personal = format!(
        r#"{{"OperationId":52795,"Amount":1.50,"OperationStatus":"Completed","OrderId":"order-42","CustomerEmail":"{EMAIL}",
            "CustomerSmoneyId":"{CLIENT_CODE}","CustomerClientCode":"{CLIENT_CODE}","Other":"{EMAIL}",
            "access_token":"{ACCESS}","refresh_token":"{REFRESH}","token_type":"Bearer","id_token":"{ACCESS}",
            "Ine":"{INE}","CodeClient":"{CLIENT_CODE}","CodeEtu":"{INE}","Id":"{INE}","RightHolderId":"{INE}","IdIzly":"{INE}",
            "NumeroAffectation":"{INE}"}}"#
    );
    let server = RawServer::always(answer(200, &personal));
    let client = server.client();
    let login = client.start_login(Scope::USER_DETAILS).unwrap();
    assert!(!format!("{login:?}{login:#?}").contains(login.state.reveal()));
    let tokens = client.finish_login(&format!("code={CODE_IN_QUERY}&state={STATE}"), &State::new(STATE)).unwrap();
    assert_eq!(tokens.access.reveal(), ACCESS);
    let user = client.user(&tokens.access).unwrap();
    assert_eq!(user.ine.as_ref().unwrap().reveal(), INE);
    let paid = client.confirm(operation(), &order()).unwrap();
    let body = format!(
        r#"{{"OperationSMoney":{{"Id":1,"Secret":"{EMAIL}"}},"User":{{"Email":"{EMAIL}","ClientCode":"{CLIENT_CODE}","Id":"{INE}"}}}}"#
    );
    let callback = Callback::parse(body.as_bytes()).unwrap();
    let page = format!("{}/api/Izly/WebPayments/1/Authorize?token={ACCESS}", server.url());
    let reply = Response::new(200, format!(r#"{{"PaymentAuthorizationUrl":"{page}","OperationSMoney":{{"Id":1}}}}"#));
    let payment = NewPayment::new(order());
    let pending = CreatePayment::new(&payment).reply(client.partner(), &reply).unwrap();
    assert_eq!(pending.authorization_url, page);
    printed.debug(&pending);
    for _ in 0..20 {
        printed.debug(&(
            &tokens,
            &user,
            &paid,
            paid.payment(),
            &paid.payment().customer,
            &callback,
            &callback.untrusted(),
        ));
        let CallbackUser { account_id, email, client_code, .. } = callback.untrusted().user;
        printed.debug(&(callback.untrusted().user, account_id, email, client_code));
        printed.debug(&(key(), State::new(STATE)));
        printed.debug(
            &Client::builder(Environment::Production, key()).proxy("http://user:s3cret-of-the-key@proxy.example"),
        );
    }
    for slip in [format!("{} ", key().reveal()), format!("Basic {}", key().reveal()), "s3cret-of-the-key".to_owned()] {
        printed.error(&ApiKey::new(slip).unwrap_err());
    }
    printed.assert_clean();
}
