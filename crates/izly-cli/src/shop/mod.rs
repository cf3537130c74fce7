//! `izly demo --serve`: a small shop with the local Izly behind it, for a person with a browser.
//!
//! What to copy from it is in [`payments`] (the calls of the SDK), [`sale`] (how an order may change) and [`session`]
//! (whose browser it is). [`server`] and [`handlers`] are the web around them, [`pages`] what is shown.

mod books;
mod catalogue;
mod customer;
mod handlers;
mod pages;
mod payments;
mod sale;
mod secret;
mod server;
mod session;
mod timeline;
mod welcome;

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use izly::{ApiKey, Client, Environment};
use izly_sandbox::Sandbox;

use crate::cli::DemoArgs;
use crate::exit::{Exit, Failure};
use crate::output::Output;
use books::Books;
use session::Sessions;

/// Where the shop is found unless something else is there already.
const PORT: u16 = 4242;

const HOME: &str = "/";
const CALLBACK: &str = "/izly/callback";
const LOGIN_RETURN: &str = "/connexion/retour";
const PAYMENT_RETURN: &str = "/paiement/retour";

/// All that requests share.
struct Shop {
    client: Client,
    /// `http://127.0.0.1:PORT` of the shop, and of Izly.
    origin: String,
    izly: String,
    books: Mutex<Books>,
    sessions: Mutex<Sessions>,
    output: Output,
}

/// Opens the shop, until the process is ended.
pub(crate) fn run(arguments: &DemoArgs, output: Output) -> Result<Exit, Failure> {
    let listener = listen(arguments.port, output)?;
    let origin = format!("http://{}", listener.local_addr().map_err(|error| Failure::start("port", &error))?);
    let sandbox = Sandbox::builder().port(arguments.sandbox_port).seed(arguments.seed).start();
    let sandbox = sandbox.map_err(|error| Failure::start("sandbox_port", &error))?;
    register(&sandbox, &origin);
    let shop = Arc::new(Shop::new(&sandbox, origin, output)?);
    welcome::say(&shop, &sandbox);
    // Ctrl-C ends the process: everything is in memory, so there is nothing to put away.
    server::serve(listener, shop).map_err(|error| Failure::start("demo", &error))?;
    Ok(Exit::Ok)
}

/// The port that was asked for, or else the usual one, or else any.
fn listen(port: Option<u16>, output: Output) -> Result<TcpListener, Failure> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    match (port, bind(port.unwrap_or(PORT))) {
        (None, Err(error)) if error.kind() == io::ErrorKind::AddrInUse => {
            output.note(&format!("Port {PORT} is taken, so the shop takes another one; --port chooses."));
            bind(0).map_err(|error| Failure::start("port", &error))
        }
        (_, bound) => {
            let port = port.unwrap_or(PORT);
            bound.map_err(|error| Failure::usage("port", format!("{port} cannot be listened on: {error}")))
        }
    }
}

/// What a partner asks Izly's administrators to type in: the site's name, and its four addresses.
fn register(sandbox: &Sandbox, origin: &str) {
    sandbox.update_partner(|partner| {
        "La Boutique du BDE".clone_into(&mut partner.site_name);
        partner.callback_url = format!("{origin}{CALLBACK}");
        partner.login_redirect_url = format!("{origin}{LOGIN_RETURN}");
        partner.payment_redirect_url = format!("{origin}{PAYMENT_RETURN}");
        partner.home_page_url = format!("{origin}{HOME}");
    });
}

impl Shop {
    fn new(sandbox: &Sandbox, origin: String, output: Output) -> Result<Self, izly::Error> {
        let izly = sandbox.base_url().to_owned();
        let key = ApiKey::new(sandbox.api_key())?;
        let client = Client::builder(Environment::url(&izly)?, key).application("izly-demo-shop").build()?;
        Ok(Shop { client, origin, izly, books: Mutex::default(), sessions: Mutex::default(), output })
    }

    /// The orders, locked. Never while Izly is asked: that takes seconds.
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the local Izly shows what it sees.
    fn back_office(&self) -> String {
        format!("{}/_sandbox", self.izly)
    }

    /// What the SDK ran into, for the person at the terminal. Its texts hold no secret.
    fn report(&self, during: &str, error: &izly::Error) {
        self.output.note(&format!("{during}: {error}"));
    }
}
