//! The shared table of faults, played to every call.

use std::path::PathBuf;

use izly::{AccessToken, Client, Error, NewPayment, RefreshToken, RefundTarget, State, Tokens};
use izly_fault_server::{FaultServer, Table};
use tempfile::TempDir;

use super::{operation, order};

/// The table that all languages run.
pub(crate) fn table() -> Table {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/scenarios/faults.json");
    Table::parse(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A server for all of it, with the file for `ca_file` and the folder that holds it.
pub(crate) fn serve() -> (FaultServer, PathBuf, TempDir) {
    let server = FaultServer::start(table()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, server.ca_pem()).unwrap();
    (server, ca_file, folder)
}

/// Makes a call, by its name in the table.
pub(crate) fn make(client: &Client, call: &str) -> Result<(), Error> {
    match call {
        "payment" => client.payment(operation()).map(drop),
        "user" => client.user(&AccessToken::new("access")).map(drop),
        "create_payment" => client.create_payment(&NewPayment::new(order())).map(drop),
        "refund" => client.refund(RefundTarget::new(operation(), "order-42").unwrap()).map(drop),
        "exchange_code" => client.finish_login("code=abc%3d&state=s", &State::new("s")).map(drop),
        "refresh" => {
            client.refresh(&Tokens::new(AccessToken::new("access"), Some(RefreshToken::new("refresh")))).map(drop)
        }
        _ => panic!("no such call: {call}"),
    }
}
