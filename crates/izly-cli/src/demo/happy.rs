//! The story as it should go: a login, a payment, its confirmation, its refund.

use izly::{Order, PaidPayment, PendingPayment, Scope, Status, Tokens};

use super::partner_site::Settled;
use super::stage::{Stage, Stopped};
use super::student::Page;

/// Plays both parts; each stands on its own.
pub(super) fn play(stage: &mut Stage) -> Result<(), Stopped> {
    let login = log_in(stage);
    pay(stage).and(login)
}

fn log_in(stage: &mut Stage) -> Result<(), Stopped> {
    stage.part(
        "Login (IzlyConnect)",
        "The student proves to Izly who they are, on Izly's page. The shop gets tokens, never the password.",
    );
    let (page, kept) = open_login(stage)?;
    let query = come_back(stage, &page)?;
    let tokens = trade_code(stage, &query, &kept)?;
    read_user(stage, &tokens)?;
    refresh(stage, &tokens)
}

fn open_login(stage: &mut Stage) -> Result<(Page, izly::State), Stopped> {
    stage.step(
        "Send the student to Izly's login page",
        "The address names the shop (client_id) and what it asks for (scope, a bit mask). The random state goes with \
         the browser and must come back with it, so that nobody can slip another person's login in.",
        |stage, step| {
            let login = stage.client.start_login(Scope::USER_DETAILS | Scope::IZLY_PAY)?;
            let page = stage.student.open(&login.url)?;
            step.conclude("Login { url, state }: redirect to the url, keep the state in this browser's session.");
            step.expect("Izly's login page", page.status == 200 && page.title().is_some());
            Ok((page, login.state))
        },
    )
}

fn come_back(stage: &mut Stage, page: &Page) -> Result<String, Stopped> {
    stage.step(
        "The student logs in, and comes back with a code",
        "The password goes to Izly only. Izly sends the browser to the login address registered for the shop, with a \
         code that works once and for a short time. It ends in =, which travels as %3d: decode it once, not twice.",
        |stage, step| {
            let sent_back = stage.sign(page, "connexion", "riche")?;
            let landed = stage.student.follow(&sent_back)?;
            step.expect("a redirect to the shop", sent_back.status == 302 && landed.status == 200);
            let query = stage.site.take_login_return()?;
            step.conclude("Nothing yet: the shop keeps the raw query for the next step. The code alone opens nothing.");
            step.expect("a code and a state", query.contains("code=") && query.contains("&state="));
            Ok(query)
        },
    )
}

fn trade_code(stage: &mut Stage, query: &str, kept: &izly::State) -> Result<Tokens, Stopped> {
    stage.step(
        "Trade the code for tokens",
        "First the state is compared. Then server to server, with the API key: a code seen in a browser's history is \
         worthless without it. Parameters go in the query; the body is empty and must say so: some servers refuse a \
         POST without a length (411).",
        |stage, step| {
            let tokens = stage.client.finish_login(query, kept)?;
            step.conclude(told(&tokens));
            step.expect("a token to refresh with", tokens.refresh.is_some());
            step.expect(
                "the scope users_details",
                tokens.scope.as_deref().is_some_and(|scope| scope.contains("users_details")),
            );
            Ok(tokens)
        },
    )
}

fn read_user(stage: &mut Stage, tokens: &Tokens) -> Result<(), Stopped> {
    stage.step(
        "Read who logged in",
        "The access token stands for the student, so this call carries it in place of the API key. The answer is what \
         CROUS knows: rate, institution, student numbers. Every field may be missing, be a number or a text.",
        |stage, step| {
            let user = stage.client.user(&tokens.access)?;
            step.conclude(format!("{user:?}"));
            step.conclude("Student number, client code and account numbers are there too; Debug never shows them.");
            step.expect("a client code and a rate", user.client_code.is_some() && user.rate.is_some());
            Ok(())
        },
    )
}

fn refresh(stage: &mut Stage, tokens: &Tokens) -> Result<(), Stopped> {
    stage.step(
        "Renew the access token",
        "It lives for half an hour. The refresh token gets a new one without the student. Izly may send a new refresh \
         token as well: store what comes back; the SDK keeps the old one if none does.",
        |stage, step| {
            let renewed = stage.client.refresh(tokens)?;
            step.conclude(told(&renewed));
            step.expect("another access token", renewed.access != tokens.access);
            step.expect("the new token to work", stage.client.user(&renewed.access).is_ok());
            Ok(())
        },
    )
}

/// What there is to say about tokens without saying them.
fn told(tokens: &Tokens) -> String {
    let life = tokens.expires_in.map_or_else(|| "an unknown time".to_owned(), |seconds| format!("{seconds} s"));
    let refresh = if tokens.refresh.is_some() { "***" } else { "none" };
    let scope = tokens.scope.as_deref().unwrap_or("unknown");
    format!("Tokens: access *** for {life}, refresh {refresh}, scope \"{scope}\".")
}

fn pay(stage: &mut Stage) -> Result<(), Stopped> {
    stage.part(
        "Payment (IzlyPay)",
        "No login is needed for it: the student approves each payment on Izly's own page, with their password.",
    );
    let (order, pending) = create(stage)?;
    let page = open_payment(stage, &pending)?;
    let done = approve(stage, &page, &order)?;
    return_to_shop(stage, &done, &order)?;
    let paid = confirm(stage, &pending, &order)?;
    look_up(stage, &paid)?;
    refund(stage, &paid)
}

fn create(stage: &mut Stage) -> Result<(Order, PendingPayment), Stopped> {
    stage.step(
        "Create a payment",
        "The shop stores its order first, then asks Izly for an operation: the amount in centimes, as a JSON integer, \
         and its own order id. It stores the operation id before sending the student on. No money moves yet. Amounts \
         come back in euros; but production callbacks have been seen with centimes in that field, which is why nothing \
         is decided on it.",
        |stage, step| {
            let (order, pending) = stage.create("demo-1", 350, "2 cafés et un croissant")?;
            let status = pending.status.as_ref().map_or("", Status::as_str);
            step.conclude(format!(
                "PendingPayment: operation {}, order {}, {} euros, {status}.",
                pending.operation_id,
                order.id(),
                order.amount()
            ));
            step.conclude("The page's address is on Izly's own host, or the SDK would have refused it.");
            step.expect("a waiting payment", pending.status == Some(Status::Waiting));
            Ok((order, pending))
        },
    )
}

fn open_payment(stage: &mut Stage, pending: &PendingPayment) -> Result<Page, Stopped> {
    stage.step(
        "The student opens the payment page",
        "It shows the shop's name and the amount, so that the student knows what they approve. Its token makes the \
         address unguessable: show it to this student only.",
        |stage, step| {
            let page = stage.student.open(&pending.authorization_url)?;
            step.conclude("Nothing to conclude: this is between the student and Izly.");
            step.expect("Izly's payment page", page.status == 200 && page.title().is_some());
            Ok(page)
        },
    )
}

fn approve(stage: &mut Stage, page: &Page, order: &Order) -> Result<Page, Stopped> {
    stage.step(
        "The student approves, Izly calls the shop, the shop asks back",
        "Izly checks the password, the account and the balance, debits, and posts a callback before its own page \
         answers. The callback carries no signature: the shop reads the operation back with its own key and compares \
         it with its own order. Only that says who paid.",
        |stage, step| {
            let done = stage.sign(page, "paiement", "riche")?;
            match stage.site.take_settled()? {
                Settled::Credited(paid) => {
                    step.conclude("Callback::parse: a claim that names an operation; its figures are untrusted().");
                    step.conclude(paid_in_words(&paid));
                    step.conclude("The shop credits the order and answers Code 0.");
                }
                _ => step.surprises.push("expected the shop to credit the order".to_owned()),
            }
            step.expect("the order to be credited once", stage.site.times_credited(order) == 1);
            step.expect("an e-mail to the student", stage.sandbox.emails().len() == 1);
            step.expect("a page that says it is paid", done.error().is_none() && done.status == 200);
            Ok(done)
        },
    )
}

fn return_to_shop(stage: &mut Stage, done: &Page, order: &Order) -> Result<(), Stopped> {
    stage.step(
        "The student comes back to the shop",
        "A browser on the \"paid\" page is news, not proof: anyone can type its address. So this page asks Izly too, \
         which also settles the order when the callback got lost. It was credited already, so nothing happens twice.",
        |stage, step| {
            let link = done.link("Revenir").ok_or("the page has no way back to the shop")?;
            let landed = stage.student.open(&link)?;
            let is_known = matches!(stage.site.take_settled()?, Settled::AlreadyCredited(_));
            step.conclude(
                "PaidPayment once more. Store its operation id in a UNIQUE column in your database, then credit.",
            );
            step.expect("the shop's own page", landed.status == 200);
            step.expect("no second credit", is_known && stage.site.times_credited(order) == 1);
            Ok(())
        },
    )
}

fn confirm(stage: &mut Stage, pending: &PendingPayment, order: &Order) -> Result<PaidPayment, Stopped> {
    stage.step(
        "Confirm, by hand",
        "The same call as in the two steps before, for jobs that look after orders left open: operation, order, amount, \
         payee and status must all fit. A PaidPayment has no other constructor.",
        |stage, step| {
            let paid = stage.client.confirm(pending, order)?;
            step.conclude(paid_in_words(&paid));
            step.expect("the order's own amount", paid.amount() == order.amount());
            Ok(paid)
        },
    )
}

fn look_up(stage: &mut Stage, paid: &PaidPayment) -> Result<(), Stopped> {
    stage.step(
        "Read the payment, as a support desk would",
        "Reading compares with nothing, so it gives a Payment, which proves no order paid. It says who paid, which is \
         personal, and how the operation stands.",
        |stage, step| {
            let payment = stage.client.payment(paid.operation_id())?;
            step.conclude(format!("{payment:?}"));
            step.expect("the status Completed", payment.status == Status::Completed);
            Ok(())
        },
    )
}

fn refund(stage: &mut Stage, paid: &PaidPayment) -> Result<(), Stopped> {
    stage.step(
        "Refund it",
        "The whole amount goes back; the protocol knows no part of it. The SDK sends a refund once, whatever happens: \
         money must not move twice because a network hiccuped.",
        |stage, step| {
            let refund = stage.client.refund(paid)?;
            let amount = refund.amount.map_or_else(String::new, |amount| format!(", {amount} euros"));
            step.conclude(format!("Refund: operation {}{amount}, status {}.", refund.operation_id, refund.status));
            step.expect("the status Refund", refund.status == Status::Refund);
            let balance = stage.account("riche")?.balance_cents;
            step.expect("the student's money back", balance == 10_000);
            Ok(())
        },
    )
}

pub(super) fn paid_in_words(paid: &PaidPayment) -> String {
    format!(
        "confirm: PaidPayment, operation {}, order {}, {} euros.",
        paid.operation_id(),
        paid.order_id(),
        paid.amount()
    )
}
