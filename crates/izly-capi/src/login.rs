//! Login: the page, the return, the tokens, the student.

use std::ffi::c_char;

use sdk::{AccessToken, Personal, RefreshToken, Scope, State, Tokens, UserDetails};

use crate::client::{borrowed, izly_client};
use crate::convert::extra_json;
use crate::error::izly_error;
use crate::guard;
use crate::ptr::{In, Out, Text};
use crate::record::Owned;
use crate::status::izly_status;

/// The right to read the student's details, for `izly_client_start_login`.
pub const IZLY_SCOPE_USER_DETAILS: u32 = 1;
/// Payments by the student, a guess from the guide's example; payments themselves need no login.
pub const IZLY_SCOPE_IZLY_PAY: u32 = 16384;

/// A login that has begun.
#[repr(C)]
pub struct izly_login {
    /// The size of this struct in the library that is running.
    pub struct_size: usize,
    /// Izly's login page: redirect the browser to it.
    pub url: *const c_char,
    /// Keep it in the browser's session: `izly_client_finish_login` wants it back.
    pub state: *const c_char,
}

/// What a login gives. Its texts are wiped when it is freed: store what you keep encrypted.
#[repr(C)]
pub struct izly_tokens {
    /// The size of this struct in the library that is running.
    pub struct_size: usize,
    /// Opens the student's details.
    pub access_token: *const c_char,
    /// Gets new tokens; NULL if Izly never gave one.
    pub refresh_token: *const c_char,
    /// `Bearer`, or NULL.
    pub token_type: *const c_char,
    /// How long the access token lives, in seconds; -1 if Izly did not say.
    pub expires_in: i64,
    /// What was granted, as words, or NULL.
    pub scope: *const c_char,
    /// Fields of the reply that have no member here, as a JSON object; NULL if there are none.
    pub extra_json: *const c_char,
}

/// A student's details. Each is a text, or NULL if Izly did not give it. Wiped when freed.
#[repr(C)]
pub struct izly_user_details {
    /// The size of this struct in the library that is running.
    pub struct_size: usize,
    /// `RightHolderId`.
    pub right_holder_id: *const c_char,
    /// `IdIzly`: the Izly account.
    pub izly_id: *const c_char,
    /// `Societe`: the rate company.
    pub company: *const c_char,
    /// `Tarif`: the rate, what a meal costs this person.
    pub rate: *const c_char,
    /// `AnneeUniv`.
    pub academic_year: *const c_char,
    /// `Employeur`.
    pub employer: *const c_char,
    /// `RneEtablissement`: the institution's UAI code.
    pub institution_code: *const c_char,
    /// `RneComposante`.
    pub component_code: *const c_char,
    /// `CodeEtu`: the institution's number for the student. Personal.
    pub student_code: *const c_char,
    /// `Ine`: the national student number. Personal.
    pub ine: *const c_char,
    /// `CodeClient`: CROUS's code for the client. Personal.
    pub client_code: *const c_char,
    /// `TypeClient`.
    pub client_type: *const c_char,
    /// `NumeroAffectation`.
    pub affectation_number: *const c_char,
    /// `Id`.
    pub id: *const c_char,
    /// Fields of the reply that have no member here, as a JSON object; NULL if there are none. May be personal.
    pub extra_json: *const c_char,
}

/// Begins a login: the page to send the browser to, and a state to keep in its session. Nothing is sent.
///
/// `scope` is `IZLY_SCOPE_USER_DETAILS`, or a sum of scopes.
///
/// Errors: `IZLY_ERR_INTERNAL` if the system gives no random numbers.
///
/// Ownership: `client` is borrowed. `*out` is freed by `izly_login_free`. Any thread.
///
/// Example: `izly_client_start_login(client, IZLY_SCOPE_USER_DETAILS, &login, &err);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_client_start_login(
    client: *const izly_client,
    scope: u32,
    out: *mut *const izly_login,
    err: *mut *const izly_error,
) -> izly_status {
    // SAFETY: the header's rules for inputs and outputs.
    let (client, out, err) = unsafe { (In::new(client), Out::new(out), Out::new(err)) };
    guard::call(&out, &err, || {
        let login = borrowed(client)?.start_login(Scope::from_bits(scope))?;
        Ok(Owned::build(|texts| izly_login {
            struct_size: size_of::<izly_login>(),
            url: texts.add(&login.url),
            state: texts.add(login.state.reveal()),
        }))
    })
}

/// Finishes a login: checks the state, reads the code, trades it for tokens.
///
/// `raw_query` is what stands after the `?` of the address the browser came back to, not decoded. `state` is the one from
/// this browser's session.
///
/// Errors: `IZLY_ERR_MISMATCH` with field `state`, if it is not this browser's login; `IZLY_ERR_API` with an
/// `oauth_error`, such as `access_denied` if the student cancelled; then those of any call. A code works once: after an
/// unknown outcome the student logs in again.
///
/// Ownership: inputs are borrowed. `*out` is freed, and wiped, by `izly_tokens_free`. Any thread.
///
/// Example: `izly_client_finish_login(client, getenv("QUERY_STRING"), state, &tokens, &err);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_client_finish_login(
    client: *const izly_client,
    raw_query: *const c_char,
    state: *const c_char,
    out: *mut *const izly_tokens,
    err: *mut *const izly_error,
) -> izly_status {
    // SAFETY: the header's rules for inputs and outputs.
    let (client, out, err) = unsafe { (In::new(client), Out::new(out), Out::new(err)) };
    // SAFETY: the same.
    let (raw_query, state) = unsafe { (Text::new(raw_query), Text::new(state)) };
    guard::call(&out, &err, || {
        let state = State::new(state.required("state")?);
        Ok(tokens(&borrowed(client)?.finish_login(raw_query.required("raw_query")?, &state)?))
    })
}

/// Trades a refresh token for new tokens. If Izly gives no new refresh token, the old one is in the result.
///
/// Errors: `IZLY_ERR_API` with `oauth_error` `invalid_grant` if it is spent: the student logs in again.
///
/// Ownership: inputs are borrowed. `*out` is freed, and wiped, by `izly_tokens_free`. Any thread.
///
/// Example: `izly_client_refresh(client, stored_refresh_token, &tokens, &err);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_client_refresh(
    client: *const izly_client,
    refresh_token: *const c_char,
    out: *mut *const izly_tokens,
    err: *mut *const izly_error,
) -> izly_status {
    // SAFETY: the header's rules for inputs and outputs.
    let (client, out, err) = unsafe { (In::new(client), Out::new(out), Out::new(err)) };
    // SAFETY: the same.
    let refresh_token = unsafe { Text::new(refresh_token) };
    guard::call(&out, &err, || {
        let refresh = RefreshToken::new(refresh_token.required("refresh_token")?);
        let old = Tokens::new(AccessToken::new(""), Some(refresh));
        Ok(tokens(&borrowed(client)?.refresh(&old)?))
    })
}

/// Reads the details of the student who gave this access token.
///
/// Errors: `IZLY_ERR_AUTHENTICATION` if the token has expired: refresh, then ask again.
///
/// Ownership: inputs are borrowed. `*out` is freed, and wiped, by `izly_user_details_free`. Any thread.
///
/// Example: `izly_client_user(client, tokens->access_token, &user, &err);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_client_user(
    client: *const izly_client,
    access_token: *const c_char,
    out: *mut *const izly_user_details,
    err: *mut *const izly_error,
) -> izly_status {
    // SAFETY: the header's rules for inputs and outputs.
    let (client, out, err) = unsafe { (In::new(client), Out::new(out), Out::new(err)) };
    // SAFETY: the same.
    let access_token = unsafe { Text::new(access_token) };
    guard::call(&out, &err, || {
        let access = AccessToken::new(access_token.required("access_token")?);
        Ok(user_details(&borrowed(client)?.user(&access)?))
    })
}

fn tokens(tokens: &Tokens) -> Owned<izly_tokens> {
    Owned::build(|texts| izly_tokens {
        struct_size: size_of::<izly_tokens>(),
        access_token: texts.add(tokens.access.reveal()),
        refresh_token: texts.optional(tokens.refresh.as_ref().map(RefreshToken::reveal)),
        token_type: texts.optional(tokens.token_type.as_deref()),
        expires_in: tokens.expires_in.map_or(-1, |seconds| i64::try_from(seconds).unwrap_or(i64::MAX)),
        scope: texts.optional(tokens.scope.as_deref()),
        extra_json: extra_json(texts, &tokens.extra),
    })
}

fn user_details(user: &UserDetails) -> Owned<izly_user_details> {
    Owned::build(|texts| izly_user_details {
        struct_size: size_of::<izly_user_details>(),
        right_holder_id: texts.optional(user.right_holder_id.as_ref().map(Personal::reveal)),
        izly_id: texts.optional(user.izly_id.as_ref().map(Personal::reveal)),
        company: texts.optional(user.company.as_deref()),
        rate: texts.optional(user.rate.as_deref()),
        academic_year: texts.optional(user.academic_year.as_deref()),
        employer: texts.optional(user.employer.as_deref()),
        institution_code: texts.optional(user.institution_code.as_deref()),
        component_code: texts.optional(user.component_code.as_deref()),
        student_code: texts.optional(user.student_code.as_ref().map(Personal::reveal)),
        ine: texts.optional(user.ine.as_ref().map(Personal::reveal)),
        client_code: texts.optional(user.client_code.as_ref().map(Personal::reveal)),
        client_type: texts.optional(user.client_type.as_deref()),
        affectation_number: texts.optional(user.affectation_number.as_ref().map(Personal::reveal)),
        id: texts.optional(user.id.as_ref().map(Personal::reveal)),
        extra_json: extra_json(texts, &user.extra),
    })
}

/// Frees a login. NULL is accepted.
///
/// Ownership: takes the login. Any thread.
///
/// Example: `izly_login_free(login);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_login_free(login: *const izly_login) {
    // SAFETY: the header's rule for frees.
    unsafe { Owned::free(login) };
}

/// Frees tokens and wipes them from memory. NULL is accepted.
///
/// Ownership: takes the tokens. Any thread.
///
/// Example: `izly_tokens_free(tokens);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_tokens_free(tokens: *const izly_tokens) {
    // SAFETY: the header's rule for frees.
    unsafe { Owned::free(tokens) };
}

/// Frees a student's details and wipes them from memory. NULL is accepted.
///
/// Ownership: takes the details. Any thread.
///
/// Example: `izly_user_details_free(user);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_user_details_free(user: *const izly_user_details) {
    // SAFETY: the header's rule for frees.
    unsafe { Owned::free(user) };
}
