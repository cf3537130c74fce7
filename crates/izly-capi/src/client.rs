//! The client: its settings, its making, its end.

use std::ffi::c_char;
use std::mem::offset_of;
use std::time::Duration;

use sdk::{AmountUnit, ApiKey, Client, ContentType, Roots, StatePolicy, Wire};

use crate::error::{Failure, izly_error};
use crate::guard;
use crate::ptr::{In, InSized, Out, SizedStruct, Text, free_object};
use crate::status::izly_status;

/// The content type that clients in production send, in place of the guide's: for `izly_config.content_type`.
pub const IZLY_CONTENT_TYPE_SMONEY: i32 = 1;
/// Replies are in centimes, not in euros: for `izly_config.reply_amounts`.
pub const IZLY_AMOUNTS_CENTIMES: i32 = 1;
/// Accept a login that returns without its state: for `izly_config.state_policy`. Weaker: see the protocol page, 3.1.
pub const IZLY_STATE_ALLOW_MISSING: i32 = 1;
/// Trust what the system trusts, not the bundled list: for `izly_config.roots`.
pub const IZLY_ROOTS_SYSTEM: i32 = 1;

/// The settings of a client. Begin with `IZLY_CONFIG_INIT`; whatever stays 0 or NULL has its default.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct izly_config {
    /// Set by `IZLY_CONFIG_INIT`.
    pub struct_size: usize,
    /// The API key as the back office shows it. Required.
    pub api_key: *const c_char,
    /// `production`, `preproduction`, or the URL of another Izly, such as the sandbox. Required.
    pub environment: *const c_char,
    /// The partner's identifier; if given, it must be the one in the key.
    pub app_identifier: *const c_char,
    /// A PEM file: trust its certificates, and no others.
    pub ca_file: *const c_char,
    /// An HTTP proxy, such as `http://proxy.univ.example:3128`. The environment's is never used.
    pub proxy: *const c_char,
    /// The application's own name for the user agent: `boutique/1.4`.
    pub application: *const c_char,
    /// For a whole call, in milliseconds: 15000 if 0, at most 600000.
    pub deadline_ms: u32,
    /// For opening a connection, in milliseconds: 5000 if 0.
    pub connect_timeout_ms: u32,
    /// The largest answer accepted, in bytes: 1 MiB if 0, at least 1024.
    pub max_body_bytes: usize,
    /// Not 0: reads do not share connections. Payments, refunds and token calls never do.
    pub no_reuse: i32,
    /// 0, or `IZLY_ROOTS_SYSTEM`. Must be 0 if `ca_file` is given.
    pub roots: i32,
    /// 0, or `IZLY_CONTENT_TYPE_SMONEY`.
    pub content_type: i32,
    /// 0, or `IZLY_AMOUNTS_CENTIMES`.
    pub reply_amounts: i32,
    /// Not 0: a refund is asked for with a slash before the order id, as the guide prints it.
    pub refund_slash: i32,
    /// 0, or `IZLY_STATE_ALLOW_MISSING`.
    pub state_policy: i32,
    /// For bindings: the language in the user agent, such as `PHP 8.2`; `C` if NULL.
    pub language: *const c_char,
}

impl SizedStruct for izly_config {
    const FIRST: usize = offset_of!(izly_config, language) + size_of::<*const c_char>();

    fn zeroed() -> Self {
        izly_config {
            struct_size: size_of::<izly_config>(),
            api_key: std::ptr::null(),
            environment: std::ptr::null(),
            app_identifier: std::ptr::null(),
            ca_file: std::ptr::null(),
            proxy: std::ptr::null(),
            application: std::ptr::null(),
            deadline_ms: 0,
            connect_timeout_ms: 0,
            max_body_bytes: 0,
            no_reuse: 0,
            roots: 0,
            content_type: 0,
            reply_amounts: 0,
            refund_slash: 0,
            state_policy: 0,
            language: std::ptr::null(),
        }
    }
}

/// A client, for one partner. Any number of threads may use it at once; a forked child may use it too, and gets
/// connections of its own.
pub struct izly_client {
    pub(crate) client: Client,
}

/// Makes a client. Nothing is sent, and no connection is opened.
///
/// Errors: `IZLY_ERR_CONFIGURATION` with the setting as the error's `field`; `IZLY_ERR_NULL` if `api_key` or
/// `environment` is missing; `IZLY_ERR_UTF8`; `IZLY_ERR_STRUCT_SIZE`.
///
/// Ownership: `config` is borrowed for the call; the key is copied, and wiped when the client is freed. `*out` is freed by
/// `izly_client_free`. Any thread.
///
/// Example:
/// ```c
/// izly_config config = IZLY_CONFIG_INIT;
/// config.api_key = getenv("IZLY_API_KEY");
/// config.environment = "preproduction";
/// const izly_client *client;
/// const izly_error *err;
/// if (izly_client_new(&config, &client, &err) != IZLY_OK) fprintf(stderr, "%s\n", err->message);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_client_new(
    config: *const izly_config,
    out: *mut *const izly_client,
    err: *mut *const izly_error,
) -> izly_status {
    // SAFETY: the header's rules for inputs and outputs.
    let (config, out, err) = unsafe { (InSized::new(config), Out::new(out), Out::new(err)) };
    guard::create(&out, &err, || {
        let config = config.copy("config")?;
        Ok(izly_client { client: build(&config)? })
    })
}

/// Frees a client. NULL is accepted. No other thread may be using it.
///
/// Ownership: takes the client; what calls gave lives on.
///
/// Example: `izly_client_free(client);`
#[unsafe(no_mangle)]
pub unsafe extern "C" fn izly_client_free(client: *const izly_client) {
    // SAFETY: the header's rule for frees.
    unsafe { free_object(client) };
}

/// The settings' texts, as far as they are there.
struct Settings<'a> {
    api_key: &'a str,
    environment: &'a str,
    app_identifier: Option<&'a str>,
    ca_file: Option<&'a str>,
    proxy: Option<&'a str>,
    application: Option<&'a str>,
    language: Option<&'a str>,
}

impl<'a> Settings<'a> {
    fn read(config: &'a izly_config) -> Result<Self, Failure> {
        // SAFETY: each is NULL or a NUL-terminated text that lives as long as the call.
        let text = |pointer: *const c_char| unsafe { Text::<'a>::new(pointer) };
        Ok(Settings {
            api_key: text(config.api_key).required("api_key")?,
            environment: text(config.environment).required("environment")?,
            app_identifier: text(config.app_identifier).optional("app_identifier")?,
            ca_file: text(config.ca_file).optional("ca_file")?,
            proxy: text(config.proxy).optional("proxy")?,
            application: text(config.application).optional("application")?,
            language: text(config.language).optional("language")?,
        })
    }
}

fn build(config: &izly_config) -> Result<Client, Failure> {
    let texts = Settings::read(config)?;
    let mut builder = Client::builder(texts.environment.parse()?, ApiKey::new(texts.api_key)?)
        .wire(wire(config)?)
        .reuse_connections(config.no_reuse == 0)
        .language(texts.language.unwrap_or("C"));
    match (choice("roots", config.roots, IZLY_ROOTS_SYSTEM)?, texts.ca_file) {
        (true, Some(_)) => return Err(Failure::configuration("roots", "must be 0 if ca_file is given")),
        (true, None) => builder = builder.roots(Roots::System),
        (false, Some(path)) => builder = builder.ca_file(path),
        (false, None) => {}
    }
    if let Some(identifier) = texts.app_identifier {
        builder = builder.app_identifier(identifier);
    }
    if let Some(proxy) = texts.proxy {
        builder = builder.proxy(proxy);
    }
    if let Some(name) = texts.application {
        builder = builder.application(name);
    }
    if config.deadline_ms > 0 {
        builder = builder.deadline(Duration::from_millis(config.deadline_ms.into()));
    }
    if config.connect_timeout_ms > 0 {
        builder = builder.connect_timeout(Duration::from_millis(config.connect_timeout_ms.into()));
    }
    if config.max_body_bytes > 0 {
        builder = builder.max_body_bytes(config.max_body_bytes);
    }
    Ok(builder.build()?)
}

fn wire(config: &izly_config) -> Result<Wire, Failure> {
    let mut wire = Wire::default();
    wire.refund_slash = config.refund_slash != 0;
    if choice("content_type", config.content_type, IZLY_CONTENT_TYPE_SMONEY)? {
        wire.content_type = ContentType::SMoney;
    }
    if choice("reply_amounts", config.reply_amounts, IZLY_AMOUNTS_CENTIMES)? {
        wire.reply_amounts = AmountUnit::Centimes;
    }
    if choice("state_policy", config.state_policy, IZLY_STATE_ALLOW_MISSING)? {
        wire.state = StatePolicy::AllowMissing;
    }
    Ok(wire)
}

/// Whether a setting is the other one than its default; what is neither is refused, not taken for the nearest.
fn choice(field: &'static str, value: i32, other: i32) -> Result<bool, Failure> {
    match value {
        0 => Ok(false),
        value if value == other => Ok(true),
        _ => Err(Failure::configuration(field, "is none of its values")),
    }
}

/// The core's client behind a handle.
pub(crate) fn borrowed(client: In<'_, izly_client>) -> Result<&Client, Failure> {
    Ok(&client.get("client")?.client)
}
