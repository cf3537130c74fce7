//! What a server can do with a connection, one thing after another.

use serde::Deserialize;

/// One thing that the server does with a connection.
///
/// In the table a step without a parameter is its name, and one with a parameter an object of one member:
/// `["request", {"send": "HTTP/1.1 2"}, "reset"]`. When no step is left, the connection is closed in order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Reads a whole request and carries it out: from here on, whoever says that it was not is wrong.
    Request,
    /// Reads a whole request, and does nothing of what it asks for.
    Refuse,
    /// Waits for the first bytes, and leaves them unread.
    AwaitBytes,
    /// Reads some bytes, a TLS client's greeting for example.
    ReadSome,
    /// Sends an ordinary answer, with its length.
    Answer(Answer),
    /// Sends this text. `{reply}` and `{length}` stand for what the call should have been answered and its length.
    Send(String),
    /// Sends these bytes, written in Base64.
    SendBase64(String),
    /// Sends this text so many times.
    Repeat {
        /// What to send.
        text: String,
        /// How often.
        times: usize,
    },
    /// Sends a part of what the call should have been answered: so many bytes, from the front.
    SendPart(usize),
    /// Sends this text again and again with pauses, until the other side goes.
    Drip {
        /// What to send each time.
        text: String,
        /// The pause, in milliseconds.
        every_ms: u64,
    },
    /// Waits, in milliseconds.
    WaitMs(u64),
    /// Says nothing more until the other side goes.
    Hold,
    /// Resets the connection.
    Reset,
    /// Ends a TLS connection without the word that says so.
    Vanish,
}

/// An ordinary answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Header lines, each without its end.
    #[serde(default)]
    pub headers: Vec<String>,
    /// The body: `{reply}` stands for what the call should have been answered, `{members}` for the same without its
    /// braces.
    #[serde(default)]
    pub body: String,
    /// What stands in the place of the number that the call's reply holds: the amount, or the seconds that a token
    /// lasts.
    pub number: Option<String>,
    /// The body as bytes in Base64, in place of the text.
    pub body_base64: Option<String>,
    /// What is put before the body, as bytes in Base64.
    pub mark_base64: Option<String>,
    /// The encoding of the body, in place of UTF-8.
    #[serde(default)]
    pub is_utf16: bool,
}
