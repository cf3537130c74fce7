//! One request from its arrival to its answer: whose it is, how it misbehaves, what it does, and the timeline.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::callback::{Announcement, announce};
use crate::fault::{self, CallName, Fault};
use crate::guide;
use crate::http::{Incoming, Reply};
use crate::journal::JournalEntry;
use crate::local;
use crate::misbehave;
use crate::remark::Remark;
use crate::routes::{self, Route};
use crate::worlds::WorldId;

/// The header by which a request asks to misbehave itself.
const FAULT_HEADER: &str = "izly-sandbox-fault";

/// Answers a request. `is_whole` is false when its body was too long, or broke off.
pub(crate) async fn answer(app: &Arc<App>, request: Incoming, is_whole: bool) -> Reply {
    if !is_whole && local::is_for(&request) {
        return crate::admin::too_long();
    }
    if !is_whole {
        return routes::problem(
            &request,
            413,
            "Requête trop longue",
            "Le corps de la requête est trop long ou incomplet.",
        );
    }
    if local::is_for(&request) {
        return local::answer(app, &request).await;
    }
    if request.path() == "/favicon.ico" {
        // Browsers ask for it by themselves: it is no step of anybody's.
        return Reply::empty(204);
    }
    play(app, &request).await
}

/// A request that has arrived.
struct Arrived {
    route: Option<Route>,
    world: WorldId,
    sequence: u64,
    fault: Option<Fault>,
    /// What was wrong with the header that asks for a fault.
    confused: Option<String>,
}

async fn play(app: &Arc<App>, request: &Incoming) -> Reply {
    let arrived = arrive(app, request);
    if let Some(delay) = arrived.fault.as_ref().map(|fault| fault.delay_ms).filter(|delay| *delay > 0) {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    // However it ends: a step that never ended would hold up whoever reads the timeline piece by piece.
    let _ended = Ended { app, arrived: &arrived };
    let (reply, announcement) = work(app, &arrived, request);
    let is_kept = announcement.is_some();
    if let Some(announcement) = announcement {
        announce(app, arrived.world, announcement).await;
    }
    depart(app, &arrived, request, &reply);
    if is_kept || (request.method == "GET" && arrived.fault.is_none()) {
        // Nothing that is kept has changed, or it was written down before its callback went: the state file may be long.
        app.told();
    } else {
        app.changed();
    }
    reply
}

/// The same for whoever decides alone when time passes: no delay is waited for, and no callback is sent.
pub(crate) fn at_once(app: &App, request: &Incoming) -> (Reply, Option<Announcement>) {
    let arrived = arrive(app, request);
    let _ended = Ended { app, arrived: &arrived };
    let (reply, announcement) = work(app, &arrived, request);
    depart(app, &arrived, request, &reply);
    (reply, announcement)
}

/// Ends a step on the timeline, even if its work panics.
struct Ended<'a> {
    app: &'a App,
    arrived: &'a Arrived,
}

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        if let Some(world) = self.app.worlds().get_mut(self.arrived.world) {
            world.journal.end(self.arrived.sequence);
        }
    }
}

/// Finds whose request it is, writes it down, and draws its fault.
fn arrive(app: &App, request: &Incoming) -> Arrived {
    let mut worlds = app.worlds();
    let route = Route::of(request.path());
    let owner = route.and_then(|route| route.owner(&worlds, request));
    // What belongs to nobody is on the first partner's timeline, and strikes none of its rules while there are others.
    let is_known = owner.is_some() || worlds.len() == 1;
    let id = owner.unwrap_or_else(|| worlds.first_id());
    let call = route.map(|route| route.call(request));
    let operation_id = route.and_then(Route::operation);
    // Whoever owns it is in there: the lock has been kept since it was found.
    let Some(world) = worlds.get_mut(id) else {
        return Arrived { route, world: id, sequence: 0, fault: None, confused: None };
    };
    let sequence = world.journal.next_sequence();
    let call = call.filter(|_| route.is_some_and(|route| route.takes(&request.method)));
    // A form that is looked at does nothing yet: only sending it can misbehave.
    let struck = call.filter(|call| route.is_some_and(|route| !route.is_page()) || is_sent_form(*call, request));
    let asked = request.header(FAULT_HEADER).map(|text| asked(text, struck));
    let (fault, confused) = match asked {
        Some(Ok(fault)) => (Some(fault), None),
        Some(Err(error)) => (None, Some(error)),
        None if is_known => (struck.and_then(|call| world.faults.pick(call, operation_id)), None),
        None => (None, None),
    };
    let date = world.clock.now();
    world.journal.open(JournalEntry {
        sequence,
        date,
        call,
        operation_id,
        method: request.method.clone(),
        target: request.target.clone(),
        headers: request.headers.clone(),
        body: request.body.clone(),
        status: 0,
        response_headers: Vec::new(),
        response_body: Vec::new(),
        fault: fault.as_ref().map(|fault| fault.fault),
        remarks: Vec::new(),
    });
    Arrived { route, world: id, sequence, fault, confused }
}

/// The fault that a request asks for itself.
fn asked(text: &str, call: Option<CallName>) -> Result<Fault, String> {
    let fault = fault::from_header(text)?;
    match call {
        Some(call) if fault.fault.applies_to(call) => Ok(fault),
        _ => Err("this call cannot misbehave like that".to_owned()),
    }
}

fn is_sent_form(call: CallName, request: &Incoming) -> bool {
    matches!(call, CallName::LoginPage | CallName::PaymentPage) && request.method == "POST"
}

/// Does what is asked, under the lock, as well or as badly as the fault says.
fn work(app: &App, arrived: &Arrived, request: &Incoming) -> (Reply, Option<Announcement>) {
    if let Some(confused) = &arrived.confused {
        return (crate::admin::wrong_header("Izly-Sandbox-Fault", confused), None);
    }
    let mut worlds = app.worlds();
    let Some(world) = worlds.get_mut(arrived.world) else { return (routes::not_found(request), None) };
    let fault = arrived.fault.as_ref();
    if let Some(reply) = fault.and_then(|fault| misbehave::instead(fault, &world.wire)) {
        return (reply, None);
    }
    let kind = fault.map(|fault| fault.fault);
    let (reply, announcement) = world.playing(kind, |world| routes::answer(app, world, arrived.route, request));
    match fault {
        Some(fault) => (misbehave::after(fault, reply), announcement),
        None => (reply, announcement),
    }
}

/// Writes the answer down.
fn depart(app: &App, arrived: &Arrived, request: &Incoming, reply: &Reply) {
    let mut worlds = app.worlds();
    let Some(world) = worlds.get_mut(arrived.world) else { return };
    let call = arrived.route.map(|route| route.call(request));
    let mut remarks = guide::remarks(call, request, reply, &world.wire);
    remarks.extend(reply.remarks.iter().cloned());
    if arrived.fault.is_some() {
        remarks.push(Remark::invented("Panne demandée : cette étape se comporte mal exprès."));
    }
    world.journal.close(arrived.sequence, |entry| {
        entry.status = reply.status;
        entry.response_headers =
            reply.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        entry.response_body.clone_from(&reply.body);
        entry.operation_id = entry.operation_id.or(reply.operation_id);
        entry.remarks = remarks;
    });
}
