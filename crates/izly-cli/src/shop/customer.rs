//! Who is logged in, as far as the shop needs to know.

use izly::UserDetails;

/// How much of a client code is kept: enough to recognise one's own, too little to use another's.
const KEPT: usize = 4;

/// A student, without what the shop has no use for: it keeps neither the tokens nor the rest of the details.
#[derive(Clone)]
pub(super) struct Customer {
    label: String,
}

impl Customer {
    pub(super) fn new(user: &UserDetails) -> Self {
        let code = user.client_code.as_ref().map(|code| end_of(code.reveal()));
        let rate = user.rate.as_deref().filter(|rate| !rate.is_empty()).map(|rate| rate.chars().take(8).collect());
        let parts = [code.map(|code| format!("client …{code}")), rate.map(|rate: String| format!("tarif {rate}"))];
        let known: Vec<String> = parts.into_iter().flatten().collect();
        Customer { label: if known.is_empty() { "compte Izly".to_owned() } else { known.join(", ") } }
    }

    /// What the header of a page says: `client …0001, tarif 1`.
    pub(super) fn label(&self) -> &str {
        &self.label
    }
}

fn end_of(code: &str) -> String {
    let length = code.chars().count();
    code.chars().skip(length.saturating_sub(KEPT)).collect()
}

#[cfg(test)]
mod tests {
    use izly::Personal;

    use super::*;

    #[test]
    fn only_the_end_of_the_client_code_is_kept() {
        let mut user = UserDetails::default();
        assert_eq!(Customer::new(&user).label(), "compte Izly");
        user.client_code = Some(Personal::new("étu00001"));
        assert_eq!(Customer::new(&user).label(), "client …0001");
        user.rate = Some("98".to_owned());
        assert_eq!(Customer::new(&user).label(), "client …0001, tarif 98");
    }
}
