//! What a server may do with a call, drawn at random.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The figures that an honest answer holds.
#[derive(Debug, Clone)]
pub(crate) struct Figures {
    pub(crate) operation_id: u64,
    pub(crate) cents: i64,
    /// Makes the order's id, the tokens and the student's id.
    pub(crate) serial: u32,
}

/// What a server does over a whole call.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) place: Place,
    pub(crate) deadline_ms: u64,
    pub(crate) figures: Figures,
    /// A connection each; the last is for all that follow too.
    pub(crate) connections: Vec<Connection>,
}

/// The address that the client is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The server's own.
    Here,
    /// The server's own, as if it spoke TLS.
    Private,
    /// One where nobody listens.
    Closed,
}

/// What it does with one connection.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub(crate) reading: Reading,
    /// Whether it does what it is asked for, where its answer leaves that open.
    pub(crate) may_carry_out: bool,
    pub(crate) answer: Answer,
    pub(crate) damage: Damage,
    pub(crate) framing: Framing,
    /// Says only this much of it.
    pub(crate) cut: Option<Index>,
    /// Stops in these places, for so many milliseconds.
    pub(crate) pauses: Vec<(Index, u64)>,
    pub(crate) end: End,
}

/// When it reads the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Never,
    /// Waits for its first bytes, and leaves them.
    Peek,
    First,
    /// After it has answered.
    Last,
}

/// What it says, before any damage.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// What the call is for, with this status.
    Result(u16),
    /// An error object of Izly's, or of OAuth's.
    Fault { status: u16, is_oauth: bool },
    /// A page.
    Page(u16),
    /// A status and nothing else.
    Empty(u16),
    /// Somewhere else.
    Redirect(u16),
    /// No HTTP at all.
    Bytes(Vec<u8>),
}

/// How the end of the body is told.
#[derive(Debug, Clone)]
pub(crate) enum Framing {
    Length,
    /// So many bytes too many, or missing.
    WrongLength(i64),
    Close,
    /// In chunks of this size; with a last one or without.
    Chunks {
        size: usize,
        is_ended: bool,
    },
}

/// What becomes of the answer on its way.
#[derive(Debug, Clone)]
pub(crate) enum Damage {
    None,
    /// In the headers. The status is left alone: another status is another answer, which would have to be honest too.
    Head(Vec<Mutation>),
    /// In the body, before it is framed.
    Body(Vec<Mutation>),
}

/// One change.
#[derive(Debug, Clone)]
pub(crate) enum Mutation {
    Replace(Index, u8),
    Insert(Index, u8),
    Remove(Index),
}

/// What becomes of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Close,
    Reset,
    /// Says nothing more.
    Hold,
    /// Says spaces without end.
    Drip,
}

impl Plan {
    /// Whether time alone may end the call.
    pub(crate) fn is_slow(&self) -> bool {
        let lasts = |connection: &Connection| matches!(connection.end, End::Hold | End::Drip);
        self.place == Place::Private || self.connections.iter().any(lasts)
    }

    /// Whether a call that has time must succeed: the first connection is as good as any.
    pub(crate) fn is_fair(&self) -> bool {
        self.place == Place::Here && self.connections.first().is_some_and(Connection::is_fair)
    }
}

impl Connection {
    fn is_fair(&self) -> bool {
        matches!(self.answer, Answer::Result(200))
            && matches!(self.damage, Damage::None)
            && matches!(self.framing, Framing::Length | Framing::Chunks { is_ended: true, .. })
            && self.cut.is_none()
            && self.end != End::Reset
    }
}

/// Plans for a call that is made with one of these deadlines.
pub(crate) fn plan(deadline_ms: impl Strategy<Value = u64>) -> impl Strategy<Value = Plan> {
    let place = prop_oneof![20 => Just(Place::Here), 1 => Just(Place::Private), 1 => Just(Place::Closed)];
    let figures = (1..i64::MAX.unsigned_abs(), 1..10_000_000_i64, any::<u32>());
    let figures = figures.prop_map(|(operation_id, cents, serial)| Figures { operation_id, cents, serial });
    (place, deadline_ms, 60..120_u64, figures, proptest::collection::vec(connection(), 1..4)).prop_map(
        |(place, deadline_ms, short_ms, figures, connections)| {
            let mut plan = Plan { place, deadline_ms, figures, connections };
            if plan.is_slow() {
                plan.deadline_ms = short_ms;
            }
            plan
        },
    )
}

fn connection() -> impl Strategy<Value = Connection> {
    let reading = prop_oneof![
        12 => Just(Reading::First),
        1 => Just(Reading::Last),
        1 => Just(Reading::Peek),
        1 => Just(Reading::Never),
    ];
    let cut = prop_oneof![3 => Just(None), 1 => any::<Index>().prop_map(Some)];
    let pauses = proptest::collection::vec((any::<Index>(), 0..4_u64), 0..4);
    let end = prop_oneof![10 => Just(End::Close), 3 => Just(End::Reset), 1 => Just(End::Hold), 1 => Just(End::Drip)];
    (reading, any::<bool>(), answer(), damage(), framing(), cut, pauses, end).prop_map(
        |(reading, may_carry_out, answer, damage, framing, cut, pauses, end)| Connection {
            reading,
            may_carry_out,
            answer,
            damage,
            framing,
            cut,
            pauses,
            end,
        },
    )
}

fn answer() -> impl Strategy<Value = Answer> {
    let any_status = || prop_oneof![select(&[200_u16, 401, 403, 404, 429, 500, 503][..]), 100..600_u16];
    let fault = (prop_oneof![select(&[200_u16, 400, 404, 409][..]), any_status()], any::<bool>());
    prop_oneof![
        8 => prop_oneof![4 => Just(200_u16), 1 => 200..300_u16, 1 => any_status()].prop_map(Answer::Result),
        4 => fault.prop_map(|(status, is_oauth)| Answer::Fault { status, is_oauth }),
        1 => any_status().prop_map(Answer::Page),
        1 => any_status().prop_map(Answer::Empty),
        1 => (300..309_u16).prop_map(Answer::Redirect),
        1 => proptest::collection::vec(byte(), 0..200).prop_map(Answer::Bytes),
    ]
}

fn framing() -> impl Strategy<Value = Framing> {
    prop_oneof![
        6 => Just(Framing::Length),
        1 => (-20..20_i64).prop_map(Framing::WrongLength),
        1 => Just(Framing::Close),
        2 => (1..200_usize, any::<bool>()).prop_map(|(size, is_ended)| Framing::Chunks { size, is_ended }),
    ]
}

fn damage() -> impl Strategy<Value = Damage> {
    let mutations = || proptest::collection::vec(mutation(), 1..5);
    prop_oneof![
        3 => Just(Damage::None),
        1 => mutations().prop_map(Damage::Head),
        1 => mutations().prop_map(Damage::Body),
    ]
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        (any::<Index>(), byte()).prop_map(|(at, byte)| Mutation::Replace(at, byte)),
        (any::<Index>(), byte()).prop_map(|(at, byte)| Mutation::Insert(at, byte)),
        any::<Index>().prop_map(Mutation::Remove),
    ]
}

/// Any byte, and more often one that means something to HTTP or JSON.
fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![any::<u8>(), select(&b"{}[]\":,.-0123456789eE\\ \r\n\t"[..])]
}
