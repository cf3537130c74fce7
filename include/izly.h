/*
 * izly.h: the Izly Partner SDK for C.
 *
 * Izly is the wallet of every student in France (CROUS). A partner site logs a student in, creates a payment, learns for
 * certain whether it was paid, and refunds it. Link with `pkg-config --cflags --libs izly`.
 *
 * Made by `cargo xtask header` from crates/izly-capi. Do not edit.
 *
 * THE RULES
 *
 *  1. Inputs are borrowed for the call and never kept. Texts are NUL-terminated UTF-8 (IZLY_ERR_UTF8 if not); a callback's
 *     body has a length. An input struct begins with its _INIT macro, which tells the library how much of it there is; what
 *     stays 0 or NULL is absent.
 *  2. Every call returns an izly_status and ends in `out` and `err`. Both are NULL from the moment the call begins; after it,
 *     exactly one is not: `out` with IZLY_OK, `err` with anything else. `err` itself may be NULL, if you do not want it.
 *     Nothing is consumed, on any path.
 *  3. Every result is a record of the library's: read it, do not write to it, and free it once, with the function named after
 *     its type. Every free accepts NULL. Texts in a record die with it, and are wiped; NULL means absent, and is never "". The
 *     library wipes its own copies of keys, tokens and personal data too, as far as they are its own.
 *  4. Records only ever grow at their end. `struct_size` says how large they are in the library that is running: IZLY_HAS
 *     tells whether a member is there, for a program that may meet an older library than its header.
 *  5. Any number of threads may use a client at once. Records may be read by any number of threads. There is no global or
 *     thread-local state that a program could notice, no callback into your program, no initialisation. After fork() a client may be used on in both
 *     processes: the child gets connections of its own.
 *  6. Calls block until their answer or their deadline (15 s unless set otherwise). Reads are repeated by themselves, at most
 *     twice, when a passing fault got in the way, and so is a refresh that certainly was not sent; a payment, a refund and a
 *     code never are.
 *  7. Status numbers are never reused: 1 to 19 your call, 20 to 39 the network, 40 to 59 Izly's answer, 60 to 79 the payment,
 *     90 and 99 the library. New ones may appear: keep a `default:`. What matters most is in the error's `outcome`: whether the
 *     request may have been carried out.
 *  8. A callback proves nothing, and only izly_client_confirm makes an izly_paid_payment. Credit on that, once, and on nothing
 *     else.
 *  9. Amounts are integer centimes.
 * 10. A bug in the library becomes IZLY_ERR_PANIC. Out of memory ends the program.
 */


#ifndef IZLY_H
#define IZLY_H

#include <stddef.h>
#include <stdint.h>

/* Whether a record of the library that is running has this member: IZLY_HAS(payment, extra_json). */
#define IZLY_HAS(record, member) \
    ((record)->struct_size >= (size_t)((const char *)&(record)->member - (const char *)(record)) + sizeof (record)->member)


/**
 * The header's major version.
 */
#define IZLY_VERSION_MAJOR 0

/**
 * The header's minor version. Before 1.0 a new one may break the ABI, and has its own SONAME.
 */
#define IZLY_VERSION_MINOR 1

/**
 * The header's patch version.
 */
#define IZLY_VERSION_PATCH 0

/**
 * The header's version as one number: major * 1000000 + minor * 1000 + patch.
 */
#define IZLY_VERSION_NUMBER 1000

/**
 * The content type that clients in production send, in place of the guide's: for `izly_config.content_type`.
 */
#define IZLY_CONTENT_TYPE_SMONEY 1

/**
 * Replies are in centimes, not in euros: for `izly_config.reply_amounts`.
 */
#define IZLY_AMOUNTS_CENTIMES 1

/**
 * Accept a login that returns without its state: for `izly_config.state_policy`. Weaker: see the protocol page, 3.1.
 */
#define IZLY_STATE_ALLOW_MISSING 1

/**
 * Trust what the system trusts, not the bundled list: for `izly_config.roots`.
 */
#define IZLY_ROOTS_SYSTEM 1

/**
 * The right to read the student's details, for `izly_client_start_login`.
 */
#define IZLY_SCOPE_USER_DETAILS 1

/**
 * Payments by the student, a guess from the guide's example; payments themselves need no login.
 */
#define IZLY_SCOPE_IZLY_PAY 16384

/**
 * A client, for one partner. Any number of threads may use it at once; a forked child may use it too, and gets
 * connections of its own.
 */
typedef struct izly_client izly_client;

/**
 * How a call ended: `IZLY_OK`, or an `IZLY_ERR_…`. New ones may appear: keep a `default:`.
 */
typedef int32_t izly_status;

/**
 * What happened to the request behind an error: `IZLY_OUTCOME_…`.
 */
typedef int32_t izly_outcome;

/**
 * What may be done after an error: `IZLY_RETRY_…`. New ones may appear: keep a `default:`.
 */
typedef int32_t izly_retry;

/**
 * What went wrong, and what happened to the request. No text in it holds a secret, but for `excerpt`.
 */
typedef struct izly_error {
    /**
     * The size of this struct in the library that is running.
     */
    size_t struct_size;
    /**
     * The status that the call returned.
     */
    izly_status status;
    /**
     * What happened to the request.
     */
    izly_outcome outcome;
    /**
     * What may be done next.
     */
    izly_retry retry;
    /**
     * The HTTP status of the answer, 0 if none arrived.
     */
    int32_t http_status;
    /**
     * Izly's own error code, 0 if it gave none. Only 356, unknown operation, is documented.
     */
    int64_t api_code;
    /**
     * How long the server asked to wait, in seconds; 0 if it did not.
     */
    int64_t retry_after_seconds;
    /**
     * One line in English for a log, Izly's own French text inside it. Never NULL.
     */
    const char *message;
    /**
     * What it is about, or NULL: an argument or setting by its name, without its unit (`amount`, `deadline`), or a field of
     * a reply as Izly spells it (`OperationSMoney.Id`).
     */
    const char *field;
    /**
     * The call that failed, such as `create_payment`; `login` for a return that was refused; NULL if there is none.
     */
    const char *call;
    /**
     * What was going on when the deadline passed: `resolve`, `connect`, `tls`, `send`, `receive`; or NULL.
     */
    const char *phase;
    /**
     * Izly's message, in French, or NULL.
     */
    const char *api_message;
    /**
     * The title Izly gave it, in French, or NULL.
     */
    const char *title;
    /**
     * The OAuth error of a login or token call, such as `access_denied`, or NULL.
     */
    const char *oauth_error;
    /**
     * The beginning of an answer that could not be used, or NULL. May hold personal data: not for a log that others read.
     */
    const char *excerpt;
} izly_error;

/**
 * The settings of a client. Begin with `IZLY_CONFIG_INIT`; whatever stays 0 or NULL has its default.
 */
typedef struct izly_config {
    /**
     * Set by `IZLY_CONFIG_INIT`.
     */
    size_t struct_size;
    /**
     * The API key as the back office shows it. Required.
     */
    const char *api_key;
    /**
     * `production`, `preproduction`, or the URL of another Izly, such as the sandbox. Required.
     */
    const char *environment;
    /**
     * The partner's identifier; if given, it must be the one in the key.
     */
    const char *app_identifier;
    /**
     * A PEM file: trust its certificates, and no others.
     */
    const char *ca_file;
    /**
     * An HTTP proxy, such as `http://proxy.univ.example:3128`. The environment's is never used.
     */
    const char *proxy;
    /**
     * The application's own name for the user agent: `boutique/1.4`.
     */
    const char *application;
    /**
     * For a whole call, in milliseconds: 15000 if 0, at most 600000.
     */
    uint32_t deadline_ms;
    /**
     * For opening a connection, in milliseconds: 5000 if 0.
     */
    uint32_t connect_timeout_ms;
    /**
     * The largest answer accepted, in bytes: 1 MiB if 0, at least 1024.
     */
    size_t max_body_bytes;
    /**
     * Not 0: reads do not share connections. Payments, refunds and token calls never do.
     */
    int32_t no_reuse;
    /**
     * 0, or `IZLY_ROOTS_SYSTEM`. Must be 0 if `ca_file` is given.
     */
    int32_t roots;
    /**
     * 0, or `IZLY_CONTENT_TYPE_SMONEY`.
     */
    int32_t content_type;
    /**
     * 0, or `IZLY_AMOUNTS_CENTIMES`.
     */
    int32_t reply_amounts;
    /**
     * Not 0: a refund is asked for with a slash before the order id, as the guide prints it.
     */
    int32_t refund_slash;
    /**
     * 0, or `IZLY_STATE_ALLOW_MISSING`.
     */
    int32_t state_policy;
    /**
     * For bindings: the language in the user agent, such as `PHP 8.2`; `C` if NULL.
     */
    const char *language;
} izly_config;

/**
 * A login that has begun.
 */
typedef struct izly_login {
    /**
     * The size of this struct in the library that is running.
     */
    size_t struct_size;
    /**
     * Izly's login page: redirect the browser to it.
     */
    const char *url;
    /**
     * Keep it in the browser's session: `izly_client_finish_login` wants it back.
     */
    const char *state;
} izly_login;

/**
 * What a login gives. Its texts are wiped when it is freed: store what you keep encrypted.
 */
typedef struct izly_tokens {
    /**
     * The size of this struct in the library that is running.
     */
    size_t struct_size;
    /**
     * Opens the student's details.
     */
    const char *access_token;
    /**
     * Gets new tokens; NULL if Izly never gave one.
     */
    const char *refresh_token;
    /**
     * `Bearer`, or NULL.
     */
    const char *token_type;
    /**
     * How long the access token lives, in seconds; -1 if Izly did not say.
     */
    int64_t expires_in;
    /**
     * What was granted, as words, or NULL.
     */
    const char *scope;
    /**
     * Fields of the reply that have no member here, as a JSON object; NULL if there are none.
     */
    const char *extra_json;
} izly_tokens;

/**
 * A student's details. Each is a text, or NULL if Izly did not give it. Wiped when freed.
 */
typedef struct izly_user_details {
    /**
     * The size of this struct in the library that is running.
     */
    size_t struct_size;
    /**
     * `RightHolderId`.
     */
    const char *right_holder_id;
    /**
     * `IdIzly`: the Izly account.
     */
    const char *izly_id;
    /**
     * `Societe`: the rate company.
     */
    const char *company;
    /**
     * `Tarif`: the rate, what a meal costs this person.
     */
    const char *rate;
    /**
     * `AnneeUniv`.
     */
    const char *academic_year;
    /**
     * `Employeur`.
     */
    const char *employer;
    /**
     * `RneEtablissement`: the institution's UAI code.
     */
    const char *institution_code;
    /**
     * `RneComposante`.
     */
    const char *component_code;
    /**
     * `CodeEtu`: the institution's number for the student. Personal.
     */
    const char *student_code;
    /**
     * `Ine`: the national student number. Personal.
     */
    const char *ine;
    /**
     * `CodeClient`: CROUS's code for the client. Personal.
     */
    const char *client_code;
    /**
     * `TypeClient`.
     */
    const char *client_type;
    /**
     * `NumeroAffectation`.
     */
    const char *affectation_number;
    /**
     * `Id`.
     */
    const char *id;
    /**
     * Fields of the reply that have no member here, as a JSON object; NULL if there are none. May be personal.
     */
    const char *extra_json;
} izly_user_details;

/**
 * A name and a value for the callback parameters, not yet encoded. This struct never changes.
 */
typedef struct izly_pair {
    /**
     * The name.
     */
    const char *name;
    /**
     * The value.
     */
    const char *value;
} izly_pair;

/**
 * What a payment is created with. Begin with `IZLY_NEW_PAYMENT_INIT`; whatever stays 0 or NULL is left out.
 */
typedef struct izly_new_payment {
    /**
     * Set by `IZLY_NEW_PAYMENT_INIT`.
     */
    size_t struct_size;
    /**
     * Your own reference, 1 to 100 characters. Store the order before you create its payment. Required.
     */
    const char *order_id;
    /**
     * The amount in centimes, 1 to 2147483647. Required.
     */
    int64_t amount_cents;
    /**
     * A comment that the operation keeps, at most 255 characters.
     */
    const char *message;
    /**
     * What Izly appends to the callback URL, already percent-encoded: `a=1&b=2`. It comes back in a request that
     * anyone can make: put nothing secret in it and believe nothing in it.
     */
    const char *callback_parameters;
    /**
     * More callback parameters, to be encoded and added.
     */
    const struct izly_pair *callback_pairs;
    /**
     * How many.
     */
    size_t callback_pair_count;
    /**
     * Where the link on the success page leads, in place of the registered URL.
     */
    const char *redirect_url;
    /**
     * Not 0: `software` is given.
     */
    int32_t has_software;
    /**
     * The number of your software, if Izly gave it one, 0 to 2147483647.
     */
    int32_t software;
} izly_new_payment;

/**
 * A date and time as Izly wrote it: local civil time, no zone is documented. This struct never changes.
 */
typedef struct izly_date {
    /**
     * The date as it was written, or NULL if there is none.
     */
    const char *text;
    /**
     * The year; 0 if the date is absent or could not be read, and then the other numbers are 0 too.
     */
    int32_t year;
    /**
     * The month, 1 to 12.
     */
    int32_t month;
    /**
     * The day of the month, 1 to 31.
     */
    int32_t day;
    /**
     * The hour, 0 to 23.
     */
    int32_t hour;
    /**
     * The minute, 0 to 59.
     */
    int32_t minute;
    /**
     * The second, 0 to 59.
     */
    int32_t second;
    /**
     * The fraction of the second, in nanoseconds.
     */
    int32_t nanosecond;
} izly_date;

/**
 * The state of a payment: `IZLY_PAYMENT_…`, 0 for one without a number here; its text is always beside it.
 */
typedef int32_t izly_payment_status;

/**
 * A payment that waits for the student. Store `operation_id` beside the order before you send the browser on.
 */
typedef struct izly_pending_payment {
    /**
     * The size of this struct in the library that is running.
     */
    size_t struct_size;
    /**
     * Izly's number for the payment.
     */
    uint64_t operation_id;
    /**
     * Your reference.
     */
    const char *order_id;
    /**
     * The amount, in centimes.
     */
    int64_t amount_cents;
    /**
     * Izly's page where the student approves: redirect the browser to it. It holds a token: for this student only.
     */
    const char *authorization_url;
    /**
     * Izly's number for the debit, 0 if not given.
     */
    int64_t transaction_id;
    /**
     * When Izly created it.
     */
    struct izly_date date;
    /**
     * Its state as a number.
     */
    izly_payment_status status;
    /**
     * Its state as a text, or NULL.
     */
    const char *status_text;
    /**
     * The message, as echoed, or NULL.
     */
    const char *message;
    /**
     * The callback parameters, as echoed, or NULL.
     */
    const char *callback_parameters;
    /**
     * The account it will pay, or NULL.
     */
    const char *beneficiary_account_id;
    /**
     * The identifier of the partner it will pay, or NULL.
     */
    const char *beneficiary_identifier;
    /**
     * Fields of the reply that have no member here, as a JSON object; NULL if there are none.
     */
    const char *extra_json;
} izly_pending_payment;

/**
 * A payment as Izly describes it, for support desks and reconciliation. It does not say that your order is paid.
 */
typedef struct izly_payment {
    /**
     * The size of this struct in the library that is running.
     */
    size_t struct_size;
    /**
     * Izly's number for the payment.
     */
    uint64_t operation_id;
    /**
     * Your reference.
     */
    const char *order_id;
    /**
     * The amount, in centimes.
     */
    int64_t amount_cents;
    /**
     * Its state as a number.
     */
    izly_payment_status status;
    /**
     * Its state as a text.
     */
    const char *status_text;
    /**
     * Izly's number for the debit, 0 if not given.
     */
    int64_t transaction_id;
    /**
     * When it was created.
     */
    struct izly_date date;
    /**
     * Your message, or NULL.
     */
    const char *message;
    /**
     * The callback parameters, or NULL.
     */
    const char *callback_parameters;
    /**
     * The account it pays, or NULL.
     */
    const char *beneficiary_account_id;
    /**
     * The identifier of the partner it pays, or NULL.
     */
    const char *beneficiary_identifier;
    /**
     * The student's account, or NULL. Personal.
     */
    const char *customer_account_id;
    /**
     * The student's e-mail address, or NULL. Personal.
     */
    const char *customer_email;
    /**
     * CROUS's code for the student, or NULL. Personal.
     */
    const char *customer_client_code;
    /**
     * What went wrong, in Izly's words; NULL if nothing did.
     */
    const char *error_text;
    /**
     * Fields of the reply that have no member here, as a JSON object; NULL if there are none.
     */
    const char *extra_json;
} izly_payment;

/**
 * A payment that Izly itself says is completed, for the order it was compared with. Only `izly_client_confirm` makes one:
 * credit an order on it, once (claim `operation_id` under a uniqueness rule, in the same transaction), and on nothing else.
 */
typedef struct izly_paid_payment {
    /**
     * The size of this struct in the library that is running.
     */
    size_t struct_size;
    /**
     * Izly's number for the payment.
     */
    uint64_t operation_id;
    /**
     * Your reference, equal to the order's.
     */
    const char *order_id;
    /**
     * The amount in centimes, equal to the order's.
     */
    int64_t amount_cents;
    /**
     * Izly's number for the debit, 0 if not given.
     */
    int64_t transaction_id;
    /**
     * When the operation was created.
     */
    struct izly_date date;
    /**
     * Your message, or NULL.
     */
    const char *message;
    /**
     * The callback parameters, or NULL.
     */
    const char *callback_parameters;
    /**
     * The account it pays, or NULL.
     */
    const char *beneficiary_account_id;
    /**
     * The identifier of the partner it pays, or NULL.
     */
    const char *beneficiary_identifier;
    /**
     * The student's account, or NULL. Personal.
     */
    const char *customer_account_id;
    /**
     * The student's e-mail address, or NULL. Personal.
     */
    const char *customer_email;
    /**
     * CROUS's code for the student, or NULL. Personal.
     */
    const char *customer_client_code;
    /**
     * Fields of the reply that have no member here, as a JSON object; NULL if there are none.
     */
    const char *extra_json;
} izly_paid_payment;

/**
 * A refund that was made. The whole amount went back.
 */
typedef struct izly_refund {
    /**
     * The size of this struct in the library that is running.
     */
    size_t struct_size;
    /**
     * The operation that was refunded.
     */
    uint64_t operation_id;
    /**
     * Your reference, as echoed, or NULL.
     */
    const char *order_id;
    /**
     * The amount that went back, in centimes; -1 if Izly did not say.
     */
    int64_t amount_cents;
    /**
     * When.
     */
    struct izly_date date;
    /**
     * Izly's number for the debit, 0 if not given.
     */
    int64_t transaction_id;
    /**
     * Fields of the reply that have no member here, as a JSON object; NULL if there are none.
     */
    const char *extra_json;
} izly_refund;

/**
 * A claim that something happened to a payment. It proves nothing: callbacks are not signed, and anyone can post one.
 * Give `operation_id` and your own order to `izly_client_confirm` to learn the truth. What is named `untrusted_` is for
 * logs and support, never for crediting.
 */
typedef struct izly_callback {
    /**
     * The size of this struct in the library that is running.
     */
    size_t struct_size;
    /**
     * The operation it claims something about.
     */
    uint64_t operation_id;
    /**
     * The order it claims to be about, or NULL: good for finding your own record, and for nothing else.
     */
    const char *order_id;
    /**
     * Izly's number for the debit, 0 if not given.
     */
    int64_t untrusted_transaction_id;
    /**
     * The amount as it is written, or NULL. Production has sent `200.00` for 200 centimes.
     */
    const char *untrusted_amount_text;
    /**
     * When.
     */
    struct izly_date untrusted_date;
    /**
     * The state claimed, as a number.
     */
    izly_payment_status untrusted_status;
    /**
     * The state claimed, as a text, or NULL.
     */
    const char *untrusted_status_text;
    /**
     * Your message, or NULL.
     */
    const char *untrusted_message;
    /**
     * The callback parameters, as echoed, or NULL.
     */
    const char *untrusted_callback_parameters;
    /**
     * The account it claims to pay, or NULL.
     */
    const char *untrusted_beneficiary_account_id;
    /**
     * The identifier of the partner it claims to pay, or NULL.
     */
    const char *untrusted_beneficiary_identifier;
    /**
     * The student's account, or NULL. Personal.
     */
    const char *untrusted_user_account_id;
    /**
     * The student's e-mail address, or NULL. Personal.
     */
    const char *untrusted_user_email;
    /**
     * CROUS's code for the student, or NULL. Personal.
     */
    const char *untrusted_user_client_code;
    /**
     * The number of the student's assignment, or NULL.
     */
    const char *untrusted_user_affectation_number;
    /**
     * Whether an error code was given.
     */
    int32_t untrusted_has_error_code;
    /**
     * The error code; 0 is said to be success.
     */
    int64_t untrusted_error_code;
    /**
     * The error message, in French, or NULL.
     */
    const char *untrusted_error_message;
    /**
     * Fields that have no member here, as a JSON object; NULL if there are none.
     */
    const char *extra_json;
} izly_callback;

/**
 * What to answer a callback with, for any web server.
 */
typedef struct izly_reply {
    /**
     * The size of this struct in the library that is running.
     */
    size_t struct_size;
    /**
     * The HTTP status.
     */
    int32_t http_status;
    /**
     * The value of the header `Content-Type`.
     */
    const char *content_type;
    /**
     * The body.
     */
    const char *body;
} izly_reply;

/**
 * It worked.
 */
#define IZLY_OK 0

/**
 * A required pointer is NULL.
 */
#define IZLY_ERR_NULL 1

/**
 * A text is not UTF-8.
 */
#define IZLY_ERR_UTF8 2

/**
 * A struct's `struct_size` is smaller than any header's: it was not made with its `_INIT`.
 */
#define IZLY_ERR_STRUCT_SIZE 3

/**
 * An argument breaks a rule. Nothing was sent.
 */
#define IZLY_ERR_INVALID_INPUT 4

/**
 * A setting breaks a rule. Nothing was sent.
 */
#define IZLY_ERR_CONFIGURATION 5

/**
 * The host name could not be resolved.
 */
#define IZLY_ERR_RESOLVE 20

/**
 * No connection could be made.
 */
#define IZLY_ERR_CONNECT 21

/**
 * The connection could not be made private.
 */
#define IZLY_ERR_TLS 22

/**
 * The deadline passed.
 */
#define IZLY_ERR_TIMEOUT 23

/**
 * The connection ended before the whole answer had arrived.
 */
#define IZLY_ERR_DISCONNECTED 24

/**
 * What came back is not HTTP as promised.
 */
#define IZLY_ERR_PROTOCOL 25

/**
 * The answer, or a callback, is larger than accepted.
 */
#define IZLY_ERR_TOO_LARGE 26

/**
 * The answer, or a callback, cannot be read.
 */
#define IZLY_ERR_UNREADABLE 40

/**
 * The server redirects; redirects are never followed.
 */
#define IZLY_ERR_REDIRECT 41

/**
 * The API key or the access token was not accepted.
 */
#define IZLY_ERR_AUTHENTICATION 42

/**
 * Too many requests.
 */
#define IZLY_ERR_RATE_LIMITED 43

/**
 * Izly refused; its reason is in the error.
 */
#define IZLY_ERR_API 44

/**
 * The server failed.
 */
#define IZLY_ERR_SERVER 45

/**
 * The payment is not decided yet: ask again later.
 */
#define IZLY_ERR_NOT_FINAL 60

/**
 * What Izly says differs from what was expected; the error's `field` names the difference.
 */
#define IZLY_ERR_MISMATCH 61

/**
 * The payment was refused, cancelled or refunded.
 */
#define IZLY_ERR_NOT_PAID 62

/**
 * A fault of the library or of the system it runs on.
 */
#define IZLY_ERR_INTERNAL 90

/**
 * A bug in the library was caught before it could end the program.
 */
#define IZLY_ERR_PANIC 99

/**
 * Izly never saw it.
 */
#define IZLY_OUTCOME_NOT_SENT 1

/**
 * Izly said no: nothing was carried out.
 */
#define IZLY_OUTCOME_REJECTED 2

/**
 * It may have been carried out: look before doing it again.
 */
#define IZLY_OUTCOME_UNKNOWN 3

/**
 * The same call may be made again at once.
 */
#define IZLY_RETRY_SAFE 1

/**
 * The same call may be made again after a while.
 */
#define IZLY_RETRY_LATER 2

/**
 * The call may be repeated once.
 */
#define IZLY_RETRY_ONCE 3

/**
 * Money may have moved: read the operation first.
 */
#define IZLY_RETRY_LOOK_UP_FIRST 4

/**
 * Refresh the tokens, then call again.
 */
#define IZLY_RETRY_REFRESH_TOKEN 5

/**
 * Send the student through the login again.
 */
#define IZLY_RETRY_RESTART_LOGIN 6

/**
 * Correct the argument or the setting.
 */
#define IZLY_RETRY_FIX 7

/**
 * Final: repeating gives the same answer.
 */
#define IZLY_RETRY_NO 8

/**
 * Nobody expects this answer: keep it and report it.
 */
#define IZLY_RETRY_REPORT 9

/**
 * A state this library does not know, or none at all.
 */
#define IZLY_PAYMENT_OTHER 0

/**
 * Created; the student has not approved yet.
 */
#define IZLY_PAYMENT_WAITING 1

/**
 * Paid. The only state that means so.
 */
#define IZLY_PAYMENT_COMPLETED 2

/**
 * Paid, then refunded.
 */
#define IZLY_PAYMENT_REFUND 3

/**
 * Refused.
 */
#define IZLY_PAYMENT_REFUSED 4

/**
 * Cancelled by the student.
 */
#define IZLY_PAYMENT_CANCELLED 5

/**
 * Being decided.
 */
#define IZLY_PAYMENT_WAITING_FOR_VALIDATION 6

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the library that is running, as a text: `0.1.0`.
 *
 * Ownership: the text is the library's, and lives for ever. Any thread. Never NULL.
 *
 * Example: `printf("libizly %s\n", izly_version());`
 */
const char *izly_version(void);

/**
 * The version of the library that is running, as a number to compare with `IZLY_VERSION_NUMBER`.
 *
 * Any thread.
 *
 * Example: `if (izly_version_number() < IZLY_VERSION_NUMBER) { puts("libizly is older than its header"); }`
 */
int32_t izly_version_number(void);

/**
 * The name of a status, such as `IZLY_ERR_NOT_FINAL`, for logs; `IZLY_ERR_UNKNOWN` for a number it does not know.
 *
 * Ownership: the text is the library's, and lives for ever. Any thread. Never NULL.
 *
 * Example: `fprintf(stderr, "%s\n", izly_status_name(status));`
 */
const char *izly_status_name(izly_status status);

/**
 * The name of an outcome for logs: `not_sent`, `rejected`, `unknown`.
 *
 * Ownership: the text is the library's, and lives for ever. Any thread. Never NULL.
 *
 * Example: `printf("outcome: %s\n", izly_outcome_name(err->outcome));`
 */
const char *izly_outcome_name(izly_outcome outcome);

/**
 * Frees an error. NULL is accepted.
 *
 * Ownership: takes the error; nothing may use it afterwards. Any thread.
 *
 * Example: `izly_error_free(err);`
 */
void izly_error_free(const struct izly_error *error);

/**
 * Makes a client. Nothing is sent, and no connection is opened.
 *
 * Errors: `IZLY_ERR_CONFIGURATION` with the setting as the error's `field`; `IZLY_ERR_NULL` if `api_key` or
 * `environment` is missing; `IZLY_ERR_UTF8`; `IZLY_ERR_STRUCT_SIZE`.
 *
 * Ownership: `config` is borrowed for the call; the key is copied, and wiped when the client is freed. `*out` is freed by
 * `izly_client_free`. Any thread.
 *
 * Example:
 * ```c
 * izly_config config = IZLY_CONFIG_INIT;
 * config.api_key = getenv("IZLY_API_KEY");
 * config.environment = "preproduction";
 * const izly_client *client;
 * const izly_error *err;
 * if (izly_client_new(&config, &client, &err) != IZLY_OK) fprintf(stderr, "%s\n", err->message);
 * ```
 */
izly_status izly_client_new(const struct izly_config *config,
                            const struct izly_client **out,
                            const struct izly_error **err);

/**
 * Frees a client. NULL is accepted. No other thread may be using it.
 *
 * Ownership: takes the client; what calls gave lives on.
 *
 * Example: `izly_client_free(client);`
 */
void izly_client_free(const struct izly_client *client);

/**
 * Begins a login: the page to send the browser to, and a state to keep in its session. Nothing is sent.
 *
 * `scope` is `IZLY_SCOPE_USER_DETAILS`, or a sum of scopes.
 *
 * Errors: `IZLY_ERR_INTERNAL` if the system gives no random numbers.
 *
 * Ownership: `client` is borrowed. `*out` is freed by `izly_login_free`. Any thread.
 *
 * Example: `izly_client_start_login(client, IZLY_SCOPE_USER_DETAILS, &login, &err);`
 */
izly_status izly_client_start_login(const struct izly_client *client,
                                    uint32_t scope,
                                    const struct izly_login **out,
                                    const struct izly_error **err);

/**
 * Finishes a login: checks the state, reads the code, trades it for tokens.
 *
 * `raw_query` is what stands after the `?` of the address the browser came back to, not decoded. `state` is the one from
 * this browser's session.
 *
 * Errors: `IZLY_ERR_MISMATCH` with field `state`, if it is not this browser's login; `IZLY_ERR_API` with an
 * `oauth_error`, such as `access_denied` if the student cancelled; then those of any call. A code works once: after an
 * unknown outcome the student logs in again.
 *
 * Ownership: inputs are borrowed. `*out` is freed, and wiped, by `izly_tokens_free`. Any thread.
 *
 * Example: `izly_client_finish_login(client, getenv("QUERY_STRING"), state, &tokens, &err);`
 */
izly_status izly_client_finish_login(const struct izly_client *client,
                                     const char *raw_query,
                                     const char *state,
                                     const struct izly_tokens **out,
                                     const struct izly_error **err);

/**
 * Trades a refresh token for new tokens. If Izly gives no new refresh token, the old one is in the result.
 *
 * Errors: `IZLY_ERR_API` with `oauth_error` `invalid_grant` if it is spent: the student logs in again.
 *
 * Ownership: inputs are borrowed. `*out` is freed, and wiped, by `izly_tokens_free`. Any thread.
 *
 * Example: `izly_client_refresh(client, stored_refresh_token, &tokens, &err);`
 */
izly_status izly_client_refresh(const struct izly_client *client,
                                const char *refresh_token,
                                const struct izly_tokens **out,
                                const struct izly_error **err);

/**
 * Reads the details of the student who gave this access token.
 *
 * Errors: `IZLY_ERR_AUTHENTICATION` if the token has expired: refresh, then ask again.
 *
 * Ownership: inputs are borrowed. `*out` is freed, and wiped, by `izly_user_details_free`. Any thread.
 *
 * Example: `izly_client_user(client, tokens->access_token, &user, &err);`
 */
izly_status izly_client_user(const struct izly_client *client,
                             const char *access_token,
                             const struct izly_user_details **out,
                             const struct izly_error **err);

/**
 * Frees a login. NULL is accepted.
 *
 * Ownership: takes the login. Any thread.
 *
 * Example: `izly_login_free(login);`
 */
void izly_login_free(const struct izly_login *login);

/**
 * Frees tokens and wipes them from memory. NULL is accepted.
 *
 * Ownership: takes the tokens. Any thread.
 *
 * Example: `izly_tokens_free(tokens);`
 */
void izly_tokens_free(const struct izly_tokens *tokens);

/**
 * Frees a student's details and wipes them from memory. NULL is accepted.
 *
 * Ownership: takes the details. Any thread.
 *
 * Example: `izly_user_details_free(user);`
 */
void izly_user_details_free(const struct izly_user_details *user);

/**
 * Creates a payment for the student to approve. Sent once, whatever happens.
 *
 * Errors: `IZLY_ERR_INVALID_INPUT` with the member that breaks a rule as `field`, before anything is sent. With
 * `IZLY_OUTCOME_UNKNOWN` the payment may exist, but nobody has its page: another, under a new order id, is safe.
 *
 * Ownership: inputs are borrowed. `*out` is freed by `izly_pending_payment_free`. Any thread.
 *
 * Example:
 * ```c
 * izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
 * payment.order_id = "order-42";
 * payment.amount_cents = 150;
 * izly_client_create_payment(client, &payment, &pending, &err);
 * ```
 */
izly_status izly_client_create_payment(const struct izly_client *client,
                                       const struct izly_new_payment *payment,
                                       const struct izly_pending_payment **out,
                                       const struct izly_error **err);

/**
 * Reads a payment.
 *
 * Errors: `IZLY_ERR_API` with `api_code` 356 if Izly knows no such operation of this partner's.
 *
 * Ownership: `client` is borrowed. `*out` is freed, and wiped, by `izly_payment_free`. Any thread.
 *
 * Example: `izly_client_payment(client, 586589, &payment, &err);`
 */
izly_status izly_client_payment(const struct izly_client *client,
                                uint64_t operation_id,
                                const struct izly_payment **out,
                                const struct izly_error **err);

/**
 * Reads a payment back and compares it with your own order: the only way an order becomes paid.
 *
 * `operation_id` is a callback's or a pending payment's; `order_id` and `amount_cents` are those of your own record.
 * While the payment is not final, asks again for up to `wait_ms` milliseconds; 0 asks once, and gives that the whole
 * deadline. With a wait, each answer is waited for until the wait ends, and for a second at least.
 *
 * Errors: `IZLY_ERR_NOT_FINAL`: ask again later. `IZLY_ERR_NOT_PAID`: refused, cancelled or refunded.
 * `IZLY_ERR_MISMATCH`: not the payment of this order; the error's `field` is `operation_id`, `order_id`, `amount` or
 * `payee`. Then those of any read.
 *
 * Ownership: inputs are borrowed. `*out` is freed, and wiped, by `izly_paid_payment_free`. Any thread.
 *
 * Example: `izly_client_confirm(client, callback->operation_id, "order-42", 150, 2000, &paid, &err);`
 */
izly_status izly_client_confirm(const struct izly_client *client,
                                uint64_t operation_id,
                                const char *order_id,
                                int64_t amount_cents,
                                uint32_t wait_ms,
                                const struct izly_paid_payment **out,
                                const struct izly_error **err);

/**
 * Gives the whole amount back. Sent once, whatever happens.
 *
 * Errors: with `IZLY_OUTCOME_UNKNOWN` the money may have gone back: read the payment, and look for the state
 * `IZLY_PAYMENT_REFUND` before trying again.
 *
 * Ownership: inputs are borrowed. `*out` is freed by `izly_refund_free`. Any thread.
 *
 * Example: `izly_client_refund(client, paid->operation_id, paid->order_id, &refund, &err);`
 */
izly_status izly_client_refund(const struct izly_client *client,
                               uint64_t operation_id,
                               const char *order_id,
                               const struct izly_refund **out,
                               const struct izly_error **err);

/**
 * Frees a pending payment. NULL is accepted.
 *
 * Ownership: takes the pending payment. Any thread.
 *
 * Example: `izly_pending_payment_free(pending);`
 */
void izly_pending_payment_free(const struct izly_pending_payment *pending);

/**
 * Frees a payment and wipes it from memory. NULL is accepted.
 *
 * Ownership: takes the payment. Any thread.
 *
 * Example: `izly_payment_free(payment);`
 */
void izly_payment_free(const struct izly_payment *payment);

/**
 * Frees a paid payment and wipes it from memory. NULL is accepted.
 *
 * Ownership: takes the paid payment. Any thread.
 *
 * Example: `izly_paid_payment_free(paid);`
 */
void izly_paid_payment_free(const struct izly_paid_payment *paid);

/**
 * Frees a refund. NULL is accepted.
 *
 * Ownership: takes the refund. Any thread.
 *
 * Example: `izly_refund_free(refund);`
 */
void izly_refund_free(const struct izly_refund *refund);

/**
 * Reads the raw body of a callback. No network, no client.
 *
 * Errors: `IZLY_ERR_UNREADABLE` with the field that breaks a rule; `IZLY_ERR_TOO_LARGE` above 1 MiB.
 *
 * Ownership: `body` is borrowed, and need not end in NUL. `*out` is freed, and wiped, by `izly_callback_free`. Any thread.
 *
 * Example: `izly_callback_parse(body, length, &callback, &err);`
 */
izly_status izly_callback_parse(const void *body,
                                size_t length,
                                const struct izly_callback **out,
                                const struct izly_error **err);

/**
 * The answer to a callback whose payment is settled in your own database, or was before: HTTP 200, code 0.
 *
 * Ownership: `*out` is freed by `izly_reply_free`. Any thread.
 *
 * Example: `izly_reply_accepted(&reply, &err);`
 */
izly_status izly_reply_accepted(const struct izly_reply **out,
                                const struct izly_error **err);

/**
 * The answer to a callback that you could not settle yet.
 *
 * `code` is your own, not 0; `message` is for Izly's logs: no secret in it. `http_status` is 200 to 599, or 0 for 500.
 *
 * Errors: `IZLY_ERR_INVALID_INPUT`, field `code` or `status`.
 *
 * Ownership: `message` is borrowed. `*out` is freed by `izly_reply_free`. Any thread.
 *
 * Example: `izly_reply_rejected(1, "not settled", 0, &reply, &err);`
 */
izly_status izly_reply_rejected(int32_t code,
                                const char *message,
                                uint16_t http_status,
                                const struct izly_reply **out,
                                const struct izly_error **err);

/**
 * Frees a callback and wipes it from memory. NULL is accepted.
 *
 * Ownership: takes the callback. Any thread.
 *
 * Example: `izly_callback_free(callback);`
 */
void izly_callback_free(const struct izly_callback *callback);

/**
 * Frees a reply. NULL is accepted.
 *
 * Ownership: takes the reply. Any thread.
 *
 * Example: `izly_reply_free(reply);`
 */
void izly_reply_free(const struct izly_reply *reply);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* IZLY_H */

/* What input structs begin with: `izly_config config = IZLY_CONFIG_INIT;` */
#define IZLY_CONFIG_INIT { sizeof(izly_config), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
#define IZLY_NEW_PAYMENT_INIT { sizeof(izly_new_payment), 0, 0, 0, 0, 0, 0, 0, 0, 0 }
