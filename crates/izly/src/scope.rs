//! What a login asks the student for.

use std::fmt;
use std::ops::BitOr;

/// The rights a login asks for: a bit mask (protocol §3.1).
///
/// The guide shows `1` in its syntax and `16385`, that is 1 + 16384, in its example; what each bit grants is not
/// written anywhere. The names here are read off the token of that example, `users_details payments izly_pay`.
///
/// ```
/// use izly::Scope;
///
/// assert_eq!((Scope::USER_DETAILS | Scope::IZLY_PAY).bits(), 16385);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scope(u32);

impl Scope {
    /// The student's details, bit 1: enough for [`Client::user`](crate::Client::user).
    pub const USER_DETAILS: Scope = Scope(1);
    /// Payments by the student, bit 16384. A guess from the guide's example; payments themselves need no login.
    pub const IZLY_PAY: Scope = Scope(1 << 14);

    /// A scope Izly told you about that has no name here.
    pub const fn from_bits(bits: u32) -> Self {
        Scope(bits)
    }

    /// The mask as it is sent.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether every right of `other` is asked for.
    pub const fn contains(self, other: Scope) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Scope {
    type Output = Scope;

    fn bitor(self, other: Scope) -> Scope {
        Scope(self.0 | other.0)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
