//! The story as it goes wrong: forgers, changes of mind, empty accounts, mistakes, and a network that fails.

use std::io::Read as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};

use izly::{
    CallName, Error, ErrorKind, OperationId, Order, Outcome, PendingPayment, RefundTarget, Retry, Scope, StatePolicy,
    Status,
};
use izly_sandbox::LoginCancel;
use serde_json::json;

use super::happy::paid_in_words;
use super::partner_site::{CALLBACK, Settled};
use super::stage::{Stage, Stopped};
use super::step::{Expected, Step};
use super::student::{Page, Trouble};

/// Plays each part; they need nothing of each other.
pub(super) fn play(stage: &mut Stage) -> Result<(), Stopped> {
    [forgeries(stage), logins(stage), payments(stage), network(stage)].into_iter().collect()
}

const NOT_FINAL: Expected = Expected { kind: ErrorKind::NotFinal, outcome: Outcome::Unknown, retry: Retry::Later };
const MISMATCH: Expected = Expected { kind: ErrorKind::Mismatch, outcome: Outcome::Rejected, retry: Retry::No };
const REFUSED: Expected = Expected { kind: ErrorKind::Api, outcome: Outcome::Rejected, retry: Retry::No };
const LOGIN_REFUSED: Expected = Expected { retry: Retry::RestartLogin, ..REFUSED };

fn forgeries(stage: &mut Stage) -> Result<(), Stopped> {
    stage.part(
        "Forged callbacks",
        "Callbacks are unsigned, so anyone who knows the shop's address can post one. Here a stranger does.",
    );
    let (order, pending) = forged_for_waiting(stage)?;
    let (cheap, paid) = replayed(stage)?;
    stolen_operation(stage, &order, &cheap, paid)?;
    changed_amount(stage, &pending)
}

fn forged_for_waiting(stage: &mut Stage) -> Result<(Order, PendingPayment), Stopped> {
    stage.step(
        "\"It is paid\", says a stranger about a payment that waits",
        "The stranger knows a waiting operation (it is their own order) and posts a perfect success callback for it. \
         A shop that believes it ships for free. Asked, Izly says Waiting: no error, but no payment either.",
        |stage, step| {
            let (order, pending) = stage.create("demo-2", 2500, "25 € sur la carte d'impression")?;
            stage.set_up_is_done(step, waiting(&order, &pending));
            forge(stage, pending.operation_id, &order)?;
            refused_callback(stage, step, NOT_FINAL)?;
            step.expect("nothing credited", stage.site.times_credited(&order) == 0);
            Ok((order, pending))
        },
    )
}

fn replayed(stage: &mut Stage) -> Result<(Order, OperationId), Stopped> {
    stage.step(
        "A genuine callback, posted a second time",
        "Izly, its network or a stranger may repeat a callback, even at the same moment. It is true both times, so \
         confirm says paid both times: crediting once is the shop's own duty.",
        |stage, step| {
            let (order, pending) = stage.create("demo-3", 50, "1 café")?;
            let page = stage.student.open(&pending.authorization_url)?;
            let _ = stage.sign(&page, "paiement", "boursier")?;
            let _ = stage.site.take_settled()?;
            let genuine = stage.sandbox.deliveries().pop().ok_or("Izly sent no callback")?;
            stage.set_up_is_done(step, format!("{} and paid.", waiting(&order, &pending).trim_end_matches('.')));
            stage.student.forge(&genuine.url, &genuine.body)?;
            match stage.site.take_settled()? {
                Settled::AlreadyCredited(paid) => {
                    step.conclude(paid_in_words(&paid));
                    step.conclude("The shop has claimed this operation before: it answers Code 0 and credits nothing.");
                }
                _ => step.surprises.push("expected a payment that was credited before".to_owned()),
            }
            step.expect("one credit", stage.site.times_credited(&order) == 1);
            Ok((order, pending.operation_id))
        },
    )
}

fn stolen_operation(stage: &mut Stage, dear: &Order, cheap: &Order, paid: OperationId) -> Result<(), Stopped> {
    stage.step(
        "A cheap payment, claimed for a dear order",
        "The stranger did pay something: a coffee. Now they post that operation, which really is Completed, with the \
         dear order's id. Looking at the status alone would not save the shop; comparing the order does.",
        |stage, step| {
            forge(stage, paid, dear)?;
            let error = refused_callback(stage, step, MISMATCH)?;
            step.expect("the field order_id", error.is_some_and(|error| error.field() == Some("order_id")));
            let credited = (stage.site.times_credited(dear), stage.site.times_credited(cheap));
            step.expect("nothing more credited", credited == (0, 1));
            Ok(())
        },
    )
}

fn changed_amount(stage: &mut Stage, pending: &PendingPayment) -> Result<(), Stopped> {
    stage.step(
        "An order that changed after its payment was created",
        "The basket grew while the payment page was open. The operation is still for the old amount, and confirm \
         compares centimes with centimes: create a new payment when an order changes.",
        |stage, step| {
            let grown = Order::new(pending.order.id(), izly::Cents::new(4000)?)?;
            let error = step.expect_error(stage.client.confirm(pending, &grown), MISMATCH);
            step.expect("the field amount", error.is_some_and(|error| error.field() == Some("amount")));
            Ok(())
        },
    )
}

/// Posts a callback as Izly would, saying that this operation paid this order.
fn forge(stage: &Stage, operation: OperationId, order: &Order) -> Result<u16, Trouble> {
    let claim = json!({
        "OperationSMoney": {
            "Id": operation.get(), "Amount": order.amount().to_string(), "Status": "Completed", "ClientOrderId": order.id()
        },
        "Error": { "Code": 0, "Message": "" }
    });
    stage.student.forge(&stage.site.address(CALLBACK), &claim.to_string())
}

/// What the site's callback address made of the last callback: the error that was to come.
fn refused_callback(stage: &Stage, step: &mut Step, expected: Expected) -> Result<Option<Error>, Trouble> {
    let result = match stage.site.take_settled()? {
        Settled::Refused(error) => Err(error),
        Settled::Credited(_) | Settled::AlreadyCredited(_) | Settled::UnknownOrder => Ok(()),
    };
    Ok(step.expect_error(result, expected))
}

fn waiting(order: &Order, pending: &PendingPayment) -> String {
    format!("order {} ({} euros) was created as operation {}.", order.id(), order.amount(), pending.operation_id)
}

fn logins(stage: &mut Stage) -> Result<(), Stopped> {
    stage.part("Logins that fail", "None of them needs the shop to do more than to offer the login again.");
    let home = cancelled_login(stage);
    let denied = denied_login(stage);
    let swapped = wrong_state(stage);
    let spent = code_used_twice(stage);
    home.and(denied).and(swapped).and(spent)
}

fn cancelled_login(stage: &mut Stage) -> Result<(), Stopped> {
    stage.step(
        "The student cancels the login",
        "The guide says that Annuler leads to the shop's home page. No code, no error, no call: a login that never \
         comes back is a normal thing, so let its state expire with the session.",
        |stage, step| {
            let sent_back = cancel_login(stage)?.1;
            let landed = stage.student.follow(&sent_back)?;
            step.conclude("Nothing: the SDK is not involved.");
            step.expect("the shop's home page", landed.status == 200 && stage.site.take_login_return().is_err());
            Ok(())
        },
    )
}

fn denied_login(stage: &mut Stage) -> Result<(), Stopped> {
    stage.step(
        "The same, if Izly does it the OAuth way",
        "Where the guide is silent or may be wrong, the sandbox plays both readings. Here the browser comes back to \
         the login address with error=access_denied; the SDK understands that too.",
        |stage, step| {
            stage.sandbox.update_wire(|wire| wire.login_cancel = LoginCancel::AccessDenied);
            let (kept, sent_back) = cancel_login(stage)?;
            stage.sandbox.update_wire(|wire| wire.login_cancel = LoginCancel::HomePage);
            let _ = stage.student.follow(&sent_back)?;
            let query = stage.site.take_login_return()?;
            let error = step.expect_error(stage.client.finish_login(&query, &kept), LOGIN_REFUSED);
            step.expect("is_access_denied()", error.is_some_and(|error| error.is_access_denied()));
            Ok(())
        },
    )
}

fn cancel_login(stage: &Stage) -> Result<(izly::State, Page), Trouble> {
    let login = stage.client.start_login(Scope::USER_DETAILS)?;
    let page = stage.student.open(&login.url)?;
    Ok((login.state, stage.student.submit(&page, "annulation", &[])?))
}

fn wrong_state(stage: &mut Stage) -> Result<(), Stopped> {
    stage.step(
        "A login that another browser began",
        "A stranger logs in as themselves and makes the student open the last address, code and all: whatever the \
         student then buys or types lands in the stranger's account. The state is not this browser's, so the SDK \
         refuses before it sends anything.",
        |stage, step| {
            let strangers = log_in_again(stage)?.1;
            let students = stage.client.start_login(Scope::USER_DETAILS)?;
            let what = "a stranger logged in and kept the address their browser was sent back to.";
            stage.set_up_is_done(step, what.to_owned());
            let expected =
                Expected { kind: ErrorKind::Mismatch, outcome: Outcome::NotSent, retry: Retry::RestartLogin };
            let error = step.expect_error(stage.client.finish_login(&strangers, &students.state), expected);
            step.expect("the field state", error.is_some_and(|error| error.field() == Some("state")));
            Ok(())
        },
    )
}

fn code_used_twice(stage: &mut Stage) -> Result<(), Stopped> {
    stage.step(
        "A code used twice",
        "The student reloads the page they came back to. A code works once: the second trade is refused for good, and \
         the way out is a new login.",
        |stage, step| {
            let (kept, query) = log_in_again(stage)?;
            let _ = stage.client.finish_login(&query, &kept)?;
            stage.set_up_is_done(step, "the student logged in again, and the code was traded for tokens.".to_owned());
            let error = step.expect_error(stage.client.finish_login(&query, &kept), LOGIN_REFUSED);
            step.expect("invalid_grant", error.is_some_and(|error| error.oauth_error() == Some("invalid_grant")));
            Ok(())
        },
    )
}

/// A whole login, up to the query of the browser that comes back.
fn log_in_again(stage: &Stage) -> Result<(izly::State, String), Trouble> {
    let login = stage.client.start_login(Scope::USER_DETAILS)?;
    let page = stage.student.open(&login.url)?;
    let sent_back = stage.sign(&page, "connexion", "boursier")?;
    let _ = stage.student.follow(&sent_back)?;
    let query = stage.site.take_login_return()?;
    // The pure half of the SDK, to be sure that it is a return at all.
    izly::protocol::read_return(&query, &login.state, StatePolicy::Require)?;
    Ok((login.state, query))
}

fn payments(stage: &mut Stage) -> Result<(), Stopped> {
    stage.part("Payments that fail", "Each has an answer of its own, and says whether asking again can change it.");
    let cancelled = cancelled_payment(stage);
    let poor = insufficient_balance(stage);
    let unknown = unknown_operation(stage);
    let twice = refunded_twice(stage);
    cancelled.and(poor).and(unknown).and(twice)
}

fn cancelled_payment(stage: &mut Stage) -> Result<(), Stopped> {
    stage.step(
        "The student cancels the payment",
        "Izly shows that it is cancelled, with a link to the shop's home page. Whether it also posts a callback is not \
         documented (the sandbox sends none by default): a shop asks about orders that stay open.",
        |stage, step| {
            let (order, pending) = stage.create("demo-4", 720, "Laverie")?;
            stage.set_up_is_done(step, waiting(&order, &pending));
            let page = stage.student.open(&pending.authorization_url)?;
            let cancelled = stage.student.submit(&page, "annulation", &[])?;
            let expected = Expected { kind: ErrorKind::NotPaid, outcome: Outcome::Rejected, retry: Retry::No };
            step.expect_error(stage.client.confirm(&pending, &order), expected);
            let home = stage.site.address(super::partner_site::HOME);
            step.expect("a link to the home page", cancelled.link("Revenir") == Some(home));
            Ok(())
        },
    )
}

fn insufficient_balance(stage: &mut Stage) -> Result<(), Stopped> {
    stage.step(
        "Not enough money on the account",
        "Izly refuses on its page and posts a callback that says so. That callback proves as little as the others: the \
         shop asks, hears Waiting (the student may top up and try again), and answers with a code of its own. \
         The outcome is unknown: for confirm it speaks of the order, which is not decided yet.",
        |stage, step| {
            let (order, pending) = stage.create("demo-5", 1200, "Place de concert")?;
            stage.set_up_is_done(step, waiting(&order, &pending));
            let page = stage.student.open(&pending.authorization_url)?;
            let refused = stage.sign(&page, "paiement", "solde-insuffisant")?;
            refused_callback(stage, step, NOT_FINAL)?;
            step.expect("a page that says why", refused.error().is_some());
            step.expect("nothing credited", stage.site.times_credited(&order) == 0);
            Ok(())
        },
    )
}

fn unknown_operation(stage: &mut Stage) -> Result<(), Stopped> {
    stage.step(
        "An operation Izly does not know",
        "A number mistyped at the support desk, or another shop's payment. Code 356 is the only error code the guide \
         documents; it comes in Izly's error object, whose HTTP status is not stated.",
        |stage, step| {
            let error = step.expect_error(stage.client.payment(OperationId::new(1)?), REFUSED);
            step.expect("code 356", error.is_some_and(|error| error.api_code() == Some(356)));
            Ok(())
        },
    )
}

fn refunded_twice(stage: &mut Stage) -> Result<(), Stopped> {
    stage.step(
        "A refund asked for twice",
        "Two clerks press the button. The guide does not say what the second one gets; the sandbox refuses it, with a \
         code of its own. Claim a refund in your own books before you ask for it.",
        |stage, step| {
            let refunded = stage.sandbox.payments().into_iter().find(|payment| payment.order_id == "demo-1");
            let refunded = refunded.ok_or("there is no refunded payment")?;
            let target = RefundTarget::new(OperationId::new(refunded.operation_id)?, refunded.order_id)?;
            step.expect_error(stage.client.refund(&target), REFUSED);
            let balance = stage.account("riche")?.balance_cents;
            step.expect("no money moved twice", balance == 10_000);
            Ok(())
        },
    )
}

fn network(stage: &mut Stage) -> Result<(), Stopped> {
    stage.part(
        "A network that fails",
        "The question is always the same: did Izly see the request? Every error of the SDK answers it.",
    );
    let target = still_paid(stage)?;
    not_sent(stage, &target)?;
    unknown_outcome(stage, &target)?;
    look_first(stage, &target)
}

/// The coffee of the forgeries, which is paid and can be refunded.
fn still_paid(stage: &Stage) -> Result<RefundTarget, Stopped> {
    let payment = stage.sandbox.payments().into_iter().find(|payment| payment.order_id == "demo-3").ok_or(Stopped)?;
    let operation = OperationId::new(payment.operation_id).map_err(|_| Stopped)?;
    RefundTarget::new(operation, payment.order_id).map_err(|_| Stopped)
}

fn not_sent(stage: &mut Stage, target: &RefundTarget) -> Result<(), Stopped> {
    stage.step(
        "A refund that never left",
        "Nobody listens at the other end. No connection was ever ready, so Izly cannot have seen anything: trying \
         again is safe. The SDK leaves that to you, since this call moves money.",
        |stage, step| {
            // The near end of a connection: its port is taken, so no other program gets it, and nobody listens on it.
            let taken = TcpStream::connect(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)?;
            let client = stage.client_at(&format!("http://{}", taken.local_addr()?), target)?;
            let expected = Expected { kind: ErrorKind::Connect, outcome: Outcome::NotSent, retry: Retry::Safe };
            let error = step.expect_error(client.refund(target), expected);
            step.expect("the call's name", error.is_some_and(|error| error.call() == Some(CallName::Refund)));
            Ok(())
        },
    )
}

fn unknown_outcome(stage: &mut Stage, target: &RefundTarget) -> Result<(), Stopped> {
    stage.step(
        "A refund whose answer got lost",
        "The request left, then the line went dead. It may have been carried out or not: the error says unknown, and \
         that one must look before trying again. A library that retried here could pay twice.",
        |stage, step| {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
            let client = stage.client_at(&format!("http://{}", listener.local_addr()?), target)?;
            let hangs_up = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept()?;
                stream.read(&mut [0; 4096])
            });
            let expected =
                Expected { kind: ErrorKind::Disconnected, outcome: Outcome::Unknown, retry: Retry::LookUpFirst };
            step.expect_error(client.refund(target), expected);
            let was_read = hangs_up.join().is_ok_and(|read| read.is_ok_and(|bytes| bytes > 0));
            step.expect("a request that did leave", was_read);
            Ok(())
        },
    )
}

fn look_first(stage: &mut Stage, target: &RefundTarget) -> Result<(), Stopped> {
    stage.step(
        "Look first, then decide",
        "Read the operation: Refund means that it happened, Completed that it did not. Here it did not, so the refund \
         is asked for again, and this time the answer arrives.",
        |stage, step| {
            let operation = stage.sandbox.payments().into_iter().find(|payment| payment.order_id == "demo-3");
            let operation = OperationId::new(operation.ok_or("there is no such payment")?.operation_id)?;
            let before = stage.client.payment(operation)?;
            step.conclude(format!("Payment: status {}: the lost refund did not happen.", before.status));
            let refund = stage.client.refund(target)?;
            step.conclude(format!("Refund: operation {}, status {}.", refund.operation_id, refund.status));
            step.expect(
                "Completed, then Refund",
                (before.status, refund.status) == (Status::Completed, Status::Refund),
            );
            Ok(())
        },
    )
}
