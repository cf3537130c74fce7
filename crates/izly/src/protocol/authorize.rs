//! The login page: the way there, and the way back (protocol §3.1).

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;

use crate::blanks::Blanks;
use crate::config::StatePolicy;
use crate::encoding::{decoded, push_encoded};
use crate::error::{ApiFault, Error, ErrorKind, Outcome};
use crate::protocol::{CallName, Partner};
use crate::scope::Scope;
use crate::secret::{AuthorizationCode, REDACTED, State, same_secret};

/// A login that has begun: where to send the browser, and what to remember until it comes back.
#[derive(Clone)]
#[non_exhaustive]
pub struct Login {
    /// Izly's login page. Send the browser there with a redirect.
    pub url: String,
    /// Keep this in the browser's session; [`finish_login`](crate::Client::finish_login) wants it back.
    pub state: State,
}

impl Login {
    /// A login of this partner with a fresh state. Nothing is sent.
    ///
    /// # Errors
    /// [`Internal`](ErrorKind::Internal) if the system gives no random numbers.
    pub fn begin(partner: &Partner, scope: Scope) -> Result<Self, Error> {
        let state = State::random().map_err(|error| {
            let message = "the system gave no random numbers";
            Error::new(ErrorKind::Internal, Outcome::NotSent, "login", message).with_source(error)
        })?;
        Ok(Login { url: authorization_url(partner, scope, &state), state })
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The state is the last parameter of the URL.
        let shown = self.url.split_once("&state=").map_or("", |(before, _)| before);
        f.debug_struct("Login")
            .field("url", &format_args!("\"{shown}&state={REDACTED}\""))
            .field("state", &self.state)
            .finish()
    }
}

/// The address of Izly's login page for this partner, scope and state.
pub fn authorization_url(partner: &Partner, scope: Scope, state: &State) -> String {
    let base = partner.environment().base_url();
    let mut url = format!("{base}/oauth/Home/Authorize?response_type=code&client_id=");
    push_encoded(&mut url, partner.identifier());
    url.push_str("&scope=");
    url.push_str(&scope.to_string());
    url.push_str("&state=");
    push_encoded(&mut url, state.reveal());
    url
}

/// Reads the query a browser came back with: its code, if the state is the one this browser was given.
///
/// The query is the raw text after the `?`, not yet decoded: frameworks that decode it first turn `+` into a space,
/// and codes look like Base64.
///
/// # Errors
/// - [`Mismatch`](ErrorKind::Mismatch), field `state`: someone else's login, a stale one, or a server that does not
///   echo the state (see [`StatePolicy::AllowMissing`]);
/// - [`Api`](ErrorKind::Api) with an [`oauth_error`](Error::oauth_error) such as `access_denied`: the student or Izly
///   said no;
/// - [`InvalidInput`](ErrorKind::InvalidInput), field `code`, `state` or `error`: not the query of a login's return.
pub fn read_return(raw_query: &str, state: &State, policy: StatePolicy) -> Result<AuthorizationCode, Error> {
    let query = raw_query.strip_prefix('?').unwrap_or(raw_query);
    if state.reveal().is_empty() {
        // A browser that began no login: nobody's return is this one's, whatever the policy.
        return Err(Error::invalid("state", "must not be empty: this browser has begun no login"));
    }
    // The state first: nothing else in a return that is not ours is to be believed.
    match parameter(query, "state")? {
        Some(returned) if !returned.is_empty() && same_secret(&returned, state.reveal()) => {}
        None if policy == StatePolicy::AllowMissing => {}
        Some(_) => return Err(wrong_state("is not the one this login began with")),
        None => return Err(wrong_state("did not come back with the login")),
    }
    if let Some(error) = parameter(query, "error")?.filter(|error| !error.is_empty()) {
        let description = raw_parameter(query, "error_description");
        let description =
            description.map(|text| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned());
        let code = parameter(query, "code").ok().flatten();
        let blanks = Blanks::hiding([state.reveal()].into_iter().chain(code.as_deref()));
        return Err(refused(&error, description.as_deref(), &blanks));
    }
    match parameter(query, "code")? {
        Some(code) if !code.is_empty() => Ok(AuthorizationCode::new(code)),
        _ => Err(Error::invalid("code", "is missing from the query")),
    }
}

/// The value of a pair of this name. A name that cannot be decoded is nobody's.
fn value_of<'q>(pair: &'q str, name: &str) -> Option<&'q str> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    (decoded(key).ok()? == name).then_some(value)
}

/// The first value of a parameter, as it stands.
fn raw_parameter<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    query.split('&').find_map(|pair| value_of(pair, name))
}

/// The decoded value of a parameter that stands once, or more than once with one value.
fn parameter<'q>(query: &'q str, name: &'static str) -> Result<Option<Cow<'q, str>>, Error> {
    let mut found: Option<Cow<'q, str>> = None;
    for pair in query.split('&') {
        let Some(value) = value_of(pair, name) else { continue };
        let value = decoded(value).map_err(|rule| Error::invalid(name, rule))?;
        if found.as_ref().is_some_and(|earlier| *earlier != value) {
            return Err(Error::invalid(name, "stands twice in the query, with different values"));
        }
        found = Some(value);
    }
    Ok(found)
}

fn wrong_state(rule: &str) -> Error {
    Error::new(ErrorKind::Mismatch, Outcome::NotSent, "login", format!("the state {rule}"))
        .with_field("state")
        .with_call(CallName::Login)
}

fn refused(error: &str, description: Option<&str>, blanks: &Blanks) -> Error {
    // The text came through the browser: shown, but bounded, without control characters, and without what this login is
    // secret by. That is cut out before the bound can cut it in two.
    let tame = |text: &str| {
        let line: String = text.chars().filter(|c| !c.is_control()).collect();
        blanks.clean(&line).chars().take(200).collect::<String>()
    };
    let error = tame(error);
    let description = description.map(tame);
    let message = match &description {
        Some(text) => format!("refused ({error}): {text}"),
        None => format!("refused ({error})"),
    };
    let fault = ApiFault { oauth: Some(error), message: description, ..ApiFault::default() };
    Error::new(ErrorKind::Api, Outcome::Rejected, "login", message).with_call(CallName::Login).with_fault(fault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Environment;
    use crate::error::Retry;
    use crate::key::ApiKey;

    fn state() -> State {
        State::new("the+state")
    }

    #[test]
    fn the_url_is_the_guides_plus_a_state() {
        let key = ApiKey::from_parts("Aix Marseille-777-777-777-777", "s3cret").unwrap();
        let partner = Partner::new(Environment::Preproduction, key).unwrap();
        let url = authorization_url(&partner, Scope::from_bits(16385), &state());
        assert_eq!(
            url,
            "https://rest-pp.izly.fr/oauth/Home/Authorize?response_type=code\
             &client_id=Aix%20Marseille-777-777-777-777&scope=16385&state=the%2Bstate"
        );
        let login = Login::begin(&partner, Scope::USER_DETAILS).unwrap();
        assert!(login.url.ends_with(login.state.reveal()));
        assert!(!format!("{login:?}").contains(login.state.reveal()));
    }

    #[test]
    fn codes_are_decoded_once() {
        for (query, code) in [
            ("?code=MTs1NjtleQ%3d%3d&state=the%2bstate", "MTs1NjtleQ=="),
            ("state=the+state&code=a+b%2Fc%253D", "a+b/c%3D"),
            ("code=x&code=x&state=the%2Bstate&other=%20", "x"),
        ] {
            assert_eq!(read_return(query, &state(), StatePolicy::Require).unwrap().reveal(), code);
        }
    }

    #[test]
    fn a_return_without_its_state_is_refused() {
        for query in ["code=x", "code=x&state=", "code=x&state=other", "error=access_denied&state=other"] {
            let error = read_return(query, &state(), StatePolicy::Require).unwrap_err();
            assert_eq!((error.kind(), error.field()), (ErrorKind::Mismatch, Some("state")), "{query}");
        }
        assert!(read_return("code=x", &state(), StatePolicy::AllowMissing).is_ok());
        assert!(read_return("code=x&state=other", &state(), StatePolicy::AllowMissing).is_err());
        assert!(read_return("code=x&state=", &State::new(""), StatePolicy::Require).is_err());
    }

    #[test]
    fn a_malformed_detail_does_not_hide_a_cancelled_login() {
        for query in [
            "error=access_denied&error_description=annul%E9&state=the%2Bstate",
            "caf%E9=1&error=access_denied&error_description=%zz&state=the%2Bstate",
        ] {
            assert!(read_return(query, &state(), StatePolicy::Require).unwrap_err().is_access_denied(), "{query}");
        }
        let error =
            read_return("error=x&error_description=1%2B1+is+2&state=the%2Bstate", &state(), StatePolicy::Require);
        assert_eq!(error.unwrap_err().api_message(), Some("1+1 is 2"));
    }

    #[test]
    fn a_refusal_shows_neither_state_nor_code() {
        for query in [
            "error=the%2Bstate&state=the%2bstate",
            "error=x&error_description=wrong:+the%252bstate&state=the%2Bstate",
            "error=x&error_description=the%00%2Bstate+MTs1Njs%3D&code=MTs1Njs%3D&state=the%2Bstate",
        ] {
            let error = read_return(query, &state(), StatePolicy::Require).unwrap_err();
            let shown = format!("{error} {error:?} {:?} {:?}", error.api_message(), error.oauth_error());
            assert!(shown.contains(REDACTED), "{shown}");
            assert!(!shown.contains("state") && !shown.contains("MTs1"), "{shown}");
        }
    }

    #[test]
    fn a_cancelled_login_says_so() {
        let query = "error=access_denied&error_description=Connexion+annul%C3%A9e&state=the%2Bstate";
        let error = read_return(query, &state(), StatePolicy::Require).unwrap_err();
        assert!(error.is_access_denied());
        assert_eq!(error.retry(), Retry::RestartLogin);
        assert_eq!(error.to_string(), "login: refused (access_denied): Connexion annulée [rejected]");
    }
}
