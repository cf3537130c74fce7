//! The partner's answer to a callback.

use serde::Serialize;

use crate::error::Error;

/// What to answer a callback with (protocol §4.3): a status, a content type and a body, for any web framework.
///
/// Answer [`accepted`](Reply::accepted) once the payment is settled in your own database, or was before. Answer
/// [`rejected`](Reply::rejected) when you could not settle it *yet* (Izly says it is not final, your record is not
/// there yet, your database is down), so that a server which retries has a reason to. A callback about a payment that
/// turns out not to be paid, or not to be your order's, is dealt with: accept it, there is nothing to retry. What Izly
/// does after a rejection is not documented: reconcile unpaid orders with [`Client::confirm`](crate::Client::confirm) all
/// the same.
///
/// ```
/// use izly::Reply;
///
/// let reply = Reply::accepted();
/// assert_eq!((reply.status(), reply.body()), (200, r#"{"Code":0,"ErrorMessage":""}"#));
/// assert_eq!(reply.headers(), [("Content-Type", "application/json; charset=utf-8")]);
///
/// let reply = Reply::rejected(1, "commande inconnue")?;
/// assert_eq!((reply.status(), reply.body()), (500, r#"{"Code":1,"ErrorMessage":"commande inconnue"}"#));
/// # Ok::<(), izly::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    status: u16,
    body: String,
}

impl Reply {
    /// Settled: HTTP 200, code 0.
    pub fn accepted() -> Self {
        Reply::with(200, 0, "")
    }

    /// Not settled: HTTP 500, with a code of your own and a message for Izly's logs. Put no secret in it.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), field `code`, when the code is 0, which means success.
    pub fn rejected(code: i32, message: &str) -> Result<Self, Error> {
        if code == 0 {
            return Err(Error::invalid("code", "must not be 0, which means success"));
        }
        Ok(Reply::with(500, code, message))
    }

    /// The same under another HTTP status, for an Izly that wants 200 even for a rejection.
    ///
    /// # Errors
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), field `status`, outside 200 to 599.
    pub fn with_status(mut self, status: u16) -> Result<Self, Error> {
        if !(200..=599).contains(&status) {
            return Err(Error::invalid("status", "must be 200 to 599"));
        }
        self.status = status;
        Ok(self)
    }

    fn with(status: u16, code: i32, message: &str) -> Self {
        #[derive(Serialize)]
        #[serde(rename_all = "PascalCase")]
        struct Body<'a> {
            code: i32,
            error_message: &'a str,
        }
        // A number and a text: there is nothing in it that JSON could not hold.
        let body = serde_json::to_string(&Body { code, error_message: message }).unwrap_or_default();
        Reply { status, body }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers to send.
    pub fn headers(&self) -> [(&'static str, &'static str); 1] {
        [("Content-Type", "application/json; charset=utf-8")]
    }

    /// The body to send.
    pub fn body(&self) -> &str {
        &self.body
    }
}
