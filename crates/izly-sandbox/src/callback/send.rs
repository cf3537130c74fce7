//! The delivery of callbacks, over real connections.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use ureq::{Agent, Error};

use crate::app::App;
use crate::callback::outgoing::{Announcement, obstacle_in};
use crate::callback::{CallbackMode, Delivery, Due, Waiting};
use crate::world::World;
use crate::worlds::WorldId;

/// How long an answer to the student gets to leave before a callback that comes after it.
const A_MOMENT: Duration = Duration::from_millis(50);

/// The most callbacks that wait; the oldest go first.
const MOST_WAITING: usize = 10_000;

/// The bytes kept of a partner's answer.
const REPLY_LIMIT: u64 = 64 * 1024;

/// Sends what a decision causes, as the settings say: now, later, or when somebody asks for it. Returns the numbers of
/// the callbacks.
pub(crate) async fn announce(app: &Arc<App>, world: WorldId, announcement: Announcement) -> Vec<u64> {
    let settings = announcement.settings.clone();
    let due = if settings.mode == CallbackMode::Manual { Due::Manual } else { Due::Soon };
    let ids = queue(app, world, &announcement, due);
    // Written down, with the decision that caused it, before anybody outside hears of it.
    app.changed();
    match settings.mode {
        CallbackMode::Manual => {}
        CallbackMode::AfterReply => {
            let (app, ids) = (Arc::clone(app), ids.clone());
            let wait = A_MOMENT.max(Duration::from_millis(settings.delay_ms));
            tokio::spawn(async move {
                tokio::time::sleep(wait).await;
                deliver_all(&app, world, &ids, settings.concurrent).await;
            });
        }
        CallbackMode::DuringValidation | CallbackMode::Never | CallbackMode::BeforeCreationReply => {
            tokio::time::sleep(Duration::from_millis(settings.delay_ms)).await;
            deliver_all(app, world, &ids, settings.concurrent).await;
        }
    }
    ids
}

/// The same for a decision that may cause none, which is written down all the same.
pub(crate) async fn announce_any(app: &Arc<App>, world: WorldId, announcement: Option<Announcement>) -> Vec<u64> {
    if let Some(announcement) = announcement {
        return announce(app, world, announcement).await;
    }
    app.changed();
    Vec::new()
}

/// Lets each copy wait. Returns their numbers.
fn queue(app: &App, world: WorldId, announcement: &Announcement, due: Due) -> Vec<u64> {
    let mut worlds = app.worlds();
    let Some(world) = worlds.get_mut(world) else { return Vec::new() };
    let first = world.last_delivery + 1;
    world.last_delivery += u64::from(announcement.settings.copies);
    let ids: Vec<u64> = (first..=world.last_delivery).collect();
    world.waiting.extend(ids.iter().map(|id| announcement.waiting(*id, due)));
    // A sandbox that is left running must not grow for ever.
    let surplus = world.waiting.len().saturating_sub(MOST_WAITING);
    world.waiting.drain(..surplus);
    ids
}

async fn deliver_all(app: &Arc<App>, world: WorldId, ids: &[u64], concurrent: bool) {
    if !concurrent {
        for id in ids {
            deliver(app, world, *id).await;
        }
        return;
    }
    let tasks: Vec<_> = ids
        .iter()
        .map(|id| {
            let (app, id) = (Arc::clone(app), *id);
            tokio::spawn(async move { deliver(&app, world, id).await.is_some() })
        })
        .collect();
    for task in tasks {
        // It only fails if the task panicked, and the others have to end all the same.
        let _ = task.await;
    }
}

/// Delivers a callback that waits, or writes down why not. `None`: it does not wait, or is on its way. The lock is not
/// held meanwhile: the partner may well read the operation from within its callback.
pub(crate) async fn deliver(app: &Arc<App>, world: WorldId, id: u64) -> Option<Delivery> {
    let (waiting, delivery) = begin(app, world, id)?;
    let delivery = post(app, &waiting, delivery).await;
    end(app, world, &waiting, &delivery);
    tell(app, delivery.clone()).await;
    Some(delivery)
}

fn begin(app: &App, world: WorldId, id: u64) -> Option<(Waiting, Delivery)> {
    let mut worlds = app.worlds();
    let world = worlds.get_mut(world)?;
    let waiting = world.waiting.iter_mut().find(|waiting| waiting.id == id && !waiting.in_flight)?;
    waiting.in_flight = true;
    // Asked again: it may come from a file that was written under other rules.
    let obstacle = waiting.obstacle.take().or_else(|| obstacle_in(&waiting.url, app.settings.allow_remote));
    waiting.obstacle = obstacle;
    let waiting = waiting.clone();
    let delivery = started(world, &waiting);
    Some((waiting, delivery))
}

fn started(world: &mut World, waiting: &Waiting) -> Delivery {
    Delivery {
        id: waiting.id,
        sequence: world.journal.begin_delivery(),
        date: world.clock.now(),
        operation_id: waiting.operation_id,
        attempt: waiting.attempt,
        url: waiting.url.clone(),
        body: waiting.body.clone(),
        sent: waiting.obstacle.is_none(),
        status: None,
        reply_body: String::new(),
        error: waiting.obstacle.clone(),
    }
}

async fn post(app: &App, waiting: &Waiting, mut delivery: Delivery) -> Delivery {
    if !delivery.sent {
        return delivery;
    }
    let (agent, url, body) = (app.agent.clone(), delivery.url.clone(), delivery.body.clone());
    let timeout = Duration::from_millis(waiting.timeout_ms);
    match tokio::task::spawn_blocking(move || exchange(&agent, &url, &body, timeout)).await {
        Ok(Ok((status, reply))) => (delivery.status, delivery.reply_body) = (Some(status), reply),
        Ok(Err(error)) => delivery.error = Some(in_words(&error)),
        Err(_) => delivery.error = Some("the delivery was interrupted".into()),
    }
    delivery
}

/// Writes down how it went, and lets the next attempt wait if one is due.
fn end(app: &Arc<App>, id: WorldId, waiting: &Waiting, delivery: &Delivery) {
    let retry = {
        let mut worlds = app.worlds();
        let Some(world) = worlds.get_mut(id) else { return };
        // A world that was put back meanwhile has another life: then this callback never was.
        let known = world.waiting.iter().position(|known| known.id == waiting.id);
        // One that had to make room for others has no place on the timeline, and must not hold its readers up.
        world.journal.end(delivery.sequence);
        let Some(place) = known else { return };
        world.waiting.remove(place);
        world.journal.delivered(delivery.clone());
        if let Some(payment) = world.payments.get_mut(&waiting.operation_id) {
            payment.settling = false;
        }
        retry_of(world, waiting, delivery).map(|retry| {
            let next = (retry.id, retry.due);
            world.waiting.push(retry);
            next
        })
    };
    app.changed();
    if let Some((retry, due)) = retry {
        wait(app, id, retry, due);
    }
}

fn retry_of(world: &mut World, waiting: &Waiting, delivery: &Delivery) -> Option<Waiting> {
    let (seconds, later) = waiting.retries.split_first()?;
    // What the sandbox itself keeps back would be kept back again.
    if delivery.accepted() || !delivery.sent {
        return None;
    }
    world.last_delivery += 1;
    // From where the attempt before was due, where the clock was advanced beyond it: a long step may hold several.
    let now = world.clock.advanced_seconds();
    let from = match waiting.due {
        Due::After { advanced, .. } => advanced.min(now),
        Due::Manual | Due::Soon => now,
    };
    let due = Due::After { seconds: *seconds, advanced: from.saturating_add(*seconds) };
    Some(Waiting {
        id: world.last_delivery,
        attempt: waiting.attempt + 1,
        retries: later.to_vec(),
        due,
        in_flight: false,
        ..waiting.clone()
    })
}

/// Delivers a callback when its time has come.
fn wait(app: &Arc<App>, world: WorldId, id: u64, due: Due) {
    let Due::After { seconds, .. } = due else { return };
    let app = Arc::clone(app);
    tokio::spawn(async move {
        tokio::time::sleep_until(Instant::now() + Duration::from_secs(seconds)).await;
        deliver(&app, world, id).await;
    });
}

/// After a start or a restore: every callback that waits for its time waits for it again.
pub(crate) fn wait_again(app: &Arc<App>) {
    let waiting: Vec<_> = {
        let worlds = app.worlds();
        let of = |(id, world): (WorldId, &World)| -> Vec<_> {
            world.waiting.iter().map(|waiting| (id, waiting.id, waiting.due)).collect()
        };
        worlds.all().flat_map(of).collect()
    };
    for (world, id, due) in waiting {
        // What was about to go when the state was saved goes now.
        let due = if due == Due::Soon { Due::After { seconds: 0, advanced: 0 } } else { due };
        wait(app, world, id, due);
    }
}

/// Delivers, in order, every callback whose wait the clock has passed.
pub(crate) async fn deliver_due(app: &Arc<App>, world: WorldId) {
    while let Some(id) = next_due(app, world) {
        deliver(app, world, id).await;
    }
}

fn next_due(app: &App, world: WorldId) -> Option<u64> {
    let worlds = app.worlds();
    let world = worlds.get(world)?;
    let now = world.clock.advanced_seconds();
    let due = world.waiting.iter().filter(|waiting| !waiting.in_flight).filter_map(|waiting| match waiting.due {
        Due::After { advanced, .. } if advanced <= now => Some((advanced, waiting.id)),
        _ => None,
    });
    due.min().map(|(_, id)| id)
}

/// Sends the same bytes again, to the same address or another. `None`: there is no such delivery.
pub(crate) async fn replay(app: &Arc<App>, world: WorldId, id: u64, url: Option<&str>) -> Option<Delivery> {
    let again = {
        let mut worlds = app.worlds();
        let world = worlds.get_mut(world)?;
        let mut again = copy_of(world, id)?;
        if let Some(url) = url {
            url.clone_into(&mut again.url);
        }
        // What was kept back for the host's firewall goes now: somebody asks for it by hand.
        again.obstacle = obstacle_in(&again.url, app.settings.allow_remote);
        world.last_delivery += 1;
        again.id = world.last_delivery;
        world.waiting.push(again);
        world.last_delivery
    };
    deliver(app, world, again).await
}

/// What it takes to send a callback once more.
fn copy_of(world: &World, id: u64) -> Option<Waiting> {
    let waiting = world.waiting.iter().find(|waiting| waiting.id == id);
    let ended = world.journal.delivery(id);
    let (operation_id, attempt, url, body) = match (waiting, ended) {
        (Some(one), _) => (one.operation_id, one.attempt, &one.url, &one.body),
        (None, Some(one)) => (one.operation_id, one.attempt, &one.url, &one.body),
        (None, None) => return None,
    };
    Some(Waiting {
        id,
        operation_id,
        attempt: attempt.saturating_add(1),
        url: url.clone(),
        body: body.clone(),
        obstacle: None,
        timeout_ms: world.callbacks.timeout_ms,
        retries: Vec::new(),
        due: Due::Soon,
        in_flight: false,
    })
}

async fn tell(app: &App, delivery: Delivery) {
    if let Some(hook) = app.settings.hook.clone() {
        hook.tell(delivery).await;
    }
}

/// A client that does what Izly would: one plain POST, no redirect, no proxy, no patience.
pub(crate) fn agent() -> Agent {
    Agent::config_builder()
        .max_redirects(0)
        .proxy(None)
        .http_status_as_error(false)
        // A kept connection could be stale, and a callback must not fail for that.
        .max_idle_connections(0)
        .user_agent(concat!("izly-sandbox/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent()
}

fn exchange(agent: &Agent, url: &str, body: &str, timeout: Duration) -> Result<(u16, String), Error> {
    let request = agent.post(url).config().timeout_global(Some(timeout)).build();
    let mut reply = request.header("Content-Type", "application/json").send(body.as_bytes())?;
    let text = reply.body_mut().with_config().limit(REPLY_LIMIT).lossy_utf8(true).read_to_string()?;
    Ok((reply.status().as_u16(), text))
}

/// What went wrong on the way. The two that a developer meets every day get plain words.
fn in_words(error: &Error) -> String {
    match error {
        Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => "connection refused".into(),
        Error::Timeout(_) => "no answer in time".into(),
        _ => error.to_string(),
    }
}
