//! The whole protocol (its page, §3 to §5) over sockets, against the sandbox, with a student at its pages.

#![allow(clippy::unwrap_used)]

mod support;

use std::time::Duration;

use izly::{
    AmountUnit, ApiKey, Callback, Cents, Client, ContentType, Environment, ErrorKind, NewPayment, OperationId, Order,
    Outcome, PendingPayment, Retry, Scope, State, StatePolicy, Status, Tokens, Wire,
};
use izly_sandbox::{
    AmountUnit as Unit, BeneficiaryName, FaultStatus, LoginCancel, OauthErrors, PropertyCasing, RefreshReply,
};
use izly_sandbox::{Sandbox, TokenStyle};
use support::student::{Browser, RICH};

struct World {
    sandbox: Sandbox,
    client: Client,
    browser: Browser,
}

impl World {
    fn new() -> Self {
        Self::of(Sandbox::start().unwrap(), Wire::default())
    }

    fn of(sandbox: Sandbox, wire: Wire) -> Self {
        let environment = Environment::url(sandbox.base_url()).unwrap();
        let key = ApiKey::new(sandbox.api_key()).unwrap();
        let client = Client::builder(environment, key).wire(wire).build().unwrap();
        // Nothing listens there: the deliveries of these tests are read from the sandbox.
        sandbox.update_partner(|partner| partner.callback_url = "http://127.0.0.1:9/callback".into());
        World { sandbox, client, browser: Browser::new() }
    }

    fn log_in(&self) -> Tokens {
        let login = self.client.start_login(Scope::USER_DETAILS | Scope::IZLY_PAY).unwrap();
        let back = self.browser.log_in(self.sandbox.base_url(), &login.url, RICH);
        self.client.finish_login(back.return_query(), &login.state).unwrap()
    }

    fn create(&self, order: &Order) -> PendingPayment {
        self.client.create_payment(&NewPayment::new(order.clone()).message("2 cafés")).unwrap()
    }

    fn approve(&self, pending: &PendingPayment, account: &str) -> u16 {
        self.browser.approve(self.sandbox.base_url(), &pending.authorization_url, account).status
    }

    fn last_callback(&self) -> Callback {
        Callback::parse(self.sandbox.deliveries().last().unwrap().body.as_bytes()).unwrap()
    }
}

fn order(id: &str) -> Order {
    Order::new(id, Cents::new(150).unwrap()).unwrap()
}

#[test]
fn a_login_gives_tokens_details_and_new_tokens() {
    for style in [TokenStyle::Plain, TokenStyle::PlusAndSlash] {
        let world = World::of(Sandbox::builder().token_style(style).start().unwrap(), Wire::default());
        let tokens = world.log_in();
        assert_eq!(tokens.expires_in, Some(1797));
        assert_eq!(tokens.token_type.as_deref(), Some("Bearer"));
        assert_eq!(tokens.scope.as_deref(), Some("users_details payments izly_pay"));
        let user = world.client.user(&tokens.access).unwrap();
        assert!(user.ine.is_some() && user.rate.is_some() && user.company.is_some(), "{user:?}");
        let renewed = world.client.refresh(&tokens).unwrap();
        assert_ne!(renewed.access, tokens.access);
        assert!(world.client.user(&renewed.access).is_ok());
    }
}

#[test]
fn a_refresh_keeps_the_old_refresh_token_if_none_comes() {
    let world = World::new();
    world.sandbox.update_wire(|wire| wire.refresh = RefreshReply::Absent);
    let tokens = world.log_in();
    assert_eq!(world.client.refresh(&tokens).unwrap().refresh, tokens.refresh);
}

#[test]
fn an_expired_token_and_a_spent_code_are_told_apart() {
    let world = World::new();
    let login = world.client.start_login(Scope::USER_DETAILS).unwrap();
    let back = world.browser.log_in(world.sandbox.base_url(), &login.url, RICH);
    let tokens = world.client.finish_login(back.return_query(), &login.state).unwrap();
    let error = world.client.finish_login(back.return_query(), &login.state).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Api, Outcome::Rejected));
    assert_eq!((error.oauth_error(), error.retry()), (Some("invalid_grant"), Retry::RestartLogin));

    world.sandbox.advance_clock(Duration::from_mins(31));
    let error = world.client.user(&tokens.access).unwrap_err();
    assert_eq!((error.kind(), error.retry()), (ErrorKind::Authentication, Retry::RefreshToken));
    let renewed = world.client.refresh(&tokens).unwrap();
    assert!(world.client.user(&renewed.access).is_ok());
}

#[test]
fn oauth_errors_in_izlys_own_shape_are_read_too() {
    let world = World::new();
    world.sandbox.update_wire(|wire| wire.oauth_errors = OauthErrors::IzlyObject);
    let error = world.client.finish_login("code=nonsense&state=s", &State::new("s")).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Api, Outcome::Rejected));
    assert!(error.api_code().is_some() && error.api_message().is_some());
}

#[test]
fn a_login_that_the_student_cancels_says_so() {
    let world = World::new();
    world.sandbox.update_wire(|wire| wire.login_cancel = LoginCancel::AccessDenied);
    let login = world.client.start_login(Scope::USER_DETAILS).unwrap();
    let back = world.browser.cancel(world.sandbox.base_url(), &login.url);
    let error = world.client.finish_login(back.return_query(), &login.state).unwrap_err();
    assert!(error.is_access_denied(), "{error}");
}

#[test]
fn a_server_that_does_not_echo_the_state_needs_the_named_policy() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.update_wire(|wire| wire.echo_state = false);
    let mut wire = Wire::default();
    wire.state = StatePolicy::AllowMissing;
    let world = World::of(sandbox, wire);
    assert!(world.client.user(&world.log_in().access).is_ok());

    let strict = Client::builder(
        Environment::url(world.sandbox.base_url()).unwrap(),
        ApiKey::new(world.sandbox.api_key()).unwrap(),
    );
    let login = world.client.start_login(Scope::USER_DETAILS).unwrap();
    let back = world.browser.log_in(world.sandbox.base_url(), &login.url, RICH);
    let error = strict.build().unwrap().finish_login(back.return_query(), &login.state).unwrap_err();
    assert_eq!((error.kind(), error.field(), error.outcome()), (ErrorKind::Mismatch, Some("state"), Outcome::NotSent));
}

#[test]
fn a_payment_is_created_approved_called_back_confirmed_read_and_refunded() {
    let world = World::new();
    let order = order("étudiant@univ/2 & co");
    let pending = world.create(&order);
    assert_eq!(pending.status, Some(Status::Waiting));
    assert_eq!(pending.beneficiary.identifier.as_deref(), Some(world.sandbox.identifier()));
    let error = world.client.confirm(&pending, &order).unwrap_err();
    assert_eq!((error.kind(), error.retry()), (ErrorKind::NotFinal, Retry::Later));

    assert_eq!(world.approve(&pending, RICH), 200);
    let callback = world.last_callback();
    assert_eq!(callback.operation_id(), pending.operation_id);
    assert_eq!(callback.order_id(), Some(order.id()));
    assert_eq!(callback.untrusted().error.code, Some(0));

    for paid in [
        world.client.confirm(&callback, &order).unwrap(),
        world.client.confirm(&pending, &order).unwrap(),
        world.client.confirm(pending.operation_id, &order).unwrap(),
    ] {
        assert_eq!((paid.amount(), paid.order_id()), (order.amount(), order.id()));
        assert!(paid.date().unwrap().civil().is_some());
    }
    let payment = world.client.payment(pending.operation_id).unwrap();
    assert_eq!((payment.message.as_deref(), payment.status.clone()), (Some("2 cafés"), Status::Completed));
    assert_eq!(payment.customer.email.as_ref().unwrap().reveal(), RICH);

    let refund = world.client.refund(&payment).unwrap();
    assert_eq!((refund.status, refund.amount), (Status::Refund, Some(order.amount())));
    let error = world.client.confirm(&callback, &order).unwrap_err();
    assert_eq!((error.kind(), error.outcome(), error.retry()), (ErrorKind::NotPaid, Outcome::Rejected, Retry::No));
    let error = world.client.refund(&payment).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Api, Outcome::Rejected));
}

#[test]
fn a_payment_that_fails_or_is_cancelled_is_never_confirmed() {
    let world = World::new();
    let order = order("order-1");
    let pending = world.create(&order);
    let wrong = [("identifiant", RICH), ("mot_de_passe", "not the password")];
    let page = world.browser.get(&pending.authorization_url);
    world.browser.submit(world.sandbox.base_url(), &page, "#paiement", &wrong);
    for account in ["solde-insuffisant@example.fr", "impayes@example.fr", "bloque@example.fr"] {
        world.approve(&pending, account);
        let error = world.client.confirm(&pending, &order).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFinal, "{account}: {error}");
    }
    assert!(world.last_callback().untrusted().error.code.is_some_and(|code| code != 0));
    let page = world.browser.cancel(world.sandbox.base_url(), &pending.authorization_url);
    assert!(page.html.contains("annulé"), "{}", page.html);
    let error = world.client.confirm(&pending, &order).unwrap_err();
    assert_eq!((error.kind(), error.retry()), (ErrorKind::NotPaid, Retry::No));
}

#[test]
fn another_order_amount_or_payee_is_a_mismatch_that_is_named() {
    let world = World::new();
    let order_1 = order("order-1");
    let pending = world.create(&order_1);
    world.approve(&pending, RICH);
    let dearer = Order::new("order-1", Cents::new(151).unwrap()).unwrap();
    for (order, field) in [(order("order-2"), "order_id"), (dearer, "amount")] {
        let error = world.client.confirm(&pending, &order).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::Mismatch, Some(field)), "{error}");
        assert_eq!(error.outcome(), Outcome::Rejected);
    }
    assert!(world.client.confirm(&pending, &order_1).is_ok());
}

#[test]
fn an_unknown_operation_is_code_356_under_any_status() {
    let world = World::new();
    for (status, http) in [(FaultStatus::NotFound, 404), (FaultStatus::Ok, 200), (FaultStatus::BadRequest, 400)] {
        world.sandbox.update_wire(|wire| wire.fault_status = status);
        let error = world.client.payment(OperationId::new(999_999_999).unwrap()).unwrap_err();
        assert_eq!((error.api_code(), error.http_status()), (Some(356), Some(http)));
        assert_eq!((error.kind(), error.outcome()), (ErrorKind::Api, Outcome::Rejected));
        assert_eq!(error.api_message(), Some("Opération introuvable"));
        assert_eq!(error.title(), Some("L'opération ne peut pas aboutir"));
        assert_eq!(error.priority(), Some(2));
    }
}

#[test]
fn the_other_readings_of_the_guide_work_with_their_switches() {
    let sandbox = Sandbox::start().unwrap();
    sandbox.update_wire(|wire| {
        (wire.create_amount, wire.callback_amount, wire.read_amount) = (Unit::Centimes, Unit::Centimes, Unit::Centimes);
        wire.beneficiary_name = BeneficiaryName::ClientId;
        wire.casing = PropertyCasing::Camel;
    });
    let mut wire = Wire::default();
    wire.reply_amounts = AmountUnit::Centimes;
    wire.content_type = ContentType::SMoney;
    wire.refund_slash = true;
    let world = World::of(sandbox, wire);
    let order = order("order-1");
    let pending = world.create(&order);
    world.approve(&pending, RICH);
    let paid = world.client.confirm(&world.last_callback(), &order).unwrap();
    assert_eq!(world.client.refund(&paid).unwrap().amount, Some(order.amount()));

    // The wrong unit is caught, and the message says which switch to look at.
    world.sandbox.update_wire(|wire| wire.read_amount = Unit::Euros);
    let pending = world.create(&order);
    world.approve(&pending, RICH);
    let error = world.client.payment(pending.operation_id).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::Unreadable, Some("Amount")), "{error}");
    let two_euros = Order::new("order-2", Cents::new(200).unwrap()).unwrap();
    let pending = world.create(&two_euros);
    world.approve(&pending, RICH);
    let error = world.client.confirm(&pending, &two_euros).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::Mismatch, Some("amount")), "{error}");
    assert!(error.to_string().contains("reply_amounts"), "{error}");
}

#[test]
fn a_wrong_key_is_an_authentication_error() {
    let world = World::new();
    let key = ApiKey::from_parts(world.sandbox.identifier(), "sandbox_wrong").unwrap();
    let client = Client::builder(Environment::url(world.sandbox.base_url()).unwrap(), key).build().unwrap();
    for error in [
        client.create_payment(&NewPayment::new(order("a"))).unwrap_err(),
        client.payment(OperationId::new(1).unwrap()).unwrap_err(),
        client.finish_login("code=x&state=s", &State::new("s")).unwrap_err(),
    ] {
        assert_eq!(
            (error.kind(), error.outcome(), error.retry()),
            (ErrorKind::Authentication, Outcome::Rejected, Retry::Fix)
        );
    }
}

#[test]
fn a_partner_without_izlypay_can_log_in_but_not_take_payments() {
    let world = World::new();
    world.sandbox.update_partner(|partner| partner.izly_pay = false);
    assert!(world.client.user(&world.log_in().access).is_ok());
    let error = world.client.create_payment(&NewPayment::new(order("a"))).unwrap_err();
    assert_eq!((error.kind(), error.outcome()), (ErrorKind::Api, Outcome::Rejected));
}
