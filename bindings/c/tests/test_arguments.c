/*
 * What a program may do wrong: NULL in every pointer slot, texts that are not UTF-8, structs of other sizes, inputs
 * that break a rule. Each must be refused with both outputs in order, and without a word to the server.
 */

#include "support.h"

/* Every output begins as garbage: a call must set it before anything else. */
#define GARBAGE ((const void *)(uintptr_t)0xdead)
/* A text that begins well. */
#define BAD_TEXT "caf\xe9"

#define OUTPUTS(type)                \
    const izly_##type *out = GARBAGE; \
    const izly_error *err = GARBAGE

/* A call that is refused, with `err` and without. It must use `out_slot` and `err_slot`. */
#define REFUSED(type, call, wanted, wanted_field)                          \
    do {                                                                   \
        OUTPUTS(type);                                                     \
        const izly_##type **out_slot = &out;                               \
        const izly_error **err_slot = &err;                                \
        if (FAILS((call), (wanted), out, err)) {                           \
            CHECK_ERROR(err, IZLY_OUTCOME_NOT_SENT, IZLY_RETRY_FIX, (wanted_field)); \
        }                                                                  \
        /* One that should not be there. */                                \
        izly_##type##_free(out);                                           \
        out = GARBAGE;                                                     \
        err_slot = NULL;                                                   \
        CHECK_INT((call), (wanted));                                       \
        CHECK(out == NULL);                                                \
        izly_##type##_free(out);                                           \
    } while (0)

/* The same call, which would be right, without a place for its result. */
#define REFUSED_WITHOUT_OUT(type, call)                                    \
    do {                                                                   \
        OUTPUTS(type);                                                     \
        const izly_##type **out_slot = NULL;                               \
        const izly_error **err_slot = &err;                                \
        out = NULL;                                                        \
        CHECK_FAILS((call), IZLY_ERR_NULL, out, err);                      \
        CHECK_ERROR(err, IZLY_OUTCOME_NOT_SENT, IZLY_RETRY_FIX, "out");    \
        err_slot = NULL;                                                   \
        CHECK_INT((call), IZLY_ERR_NULL);                                  \
    } while (0)

/* A call that works even if nobody asks for the error. */
#define ACCEPTED(type, call)                \
    do {                                    \
        OUTPUTS(type);                      \
        const izly_##type **out_slot = &out; \
        const izly_error **err_slot = &err; \
        CHECK_OK((call), err);              \
        CHECK(out != NULL);                 \
        izly_##type##_free(out);            \
        out = GARBAGE;                      \
        err_slot = NULL;                    \
        CHECK_INT((call), IZLY_OK);         \
        CHECK(out != NULL);                 \
        izly_##type##_free(out);            \
    } while (0)

/* ---- Functions without a client ---- */

static void check_frees(void)
{
    izly_callback_free(NULL);
    izly_reply_free(NULL);
    izly_client_free(NULL);
    izly_error_free(NULL);
    izly_login_free(NULL);
    izly_tokens_free(NULL);
    izly_user_details_free(NULL);
    izly_pending_payment_free(NULL);
    izly_payment_free(NULL);
    izly_paid_payment_free(NULL);
    izly_refund_free(NULL);
    CHECK(1);
}

static void check_callback(void)
{
    const char body[] = "{\"OperationSMoney\":{\"Id\":586589}}";
    ACCEPTED(callback, izly_callback_parse(body, strlen(body), out_slot, err_slot));
    REFUSED_WITHOUT_OUT(callback, izly_callback_parse(body, strlen(body), out_slot, err_slot));
    REFUSED(callback, izly_callback_parse(NULL, strlen(body), out_slot, err_slot), IZLY_ERR_NULL, "body");
    /* An empty body is anybody's to send: no mistake of the program's. */
    const izly_callback *nothing;
    const izly_error *why;
    CHECK_FAILS(izly_callback_parse(NULL, 0, &nothing, &why), IZLY_ERR_UNREADABLE, nothing, why);
    izly_error_free(why);
    REFUSED(callback, izly_callback_parse(body, SIZE_MAX, out_slot, err_slot), IZLY_ERR_INVALID_INPUT, "body");
}

static void check_replies(void)
{
    ACCEPTED(reply, izly_reply_accepted(out_slot, err_slot));
    REFUSED_WITHOUT_OUT(reply, izly_reply_accepted(out_slot, err_slot));
    ACCEPTED(reply, izly_reply_rejected(1, "", 0, out_slot, err_slot));
    ACCEPTED(reply, izly_reply_rejected(-1, "no", 599, out_slot, err_slot));
    REFUSED_WITHOUT_OUT(reply, izly_reply_rejected(1, "no", 0, out_slot, err_slot));
    REFUSED(reply, izly_reply_rejected(1, NULL, 0, out_slot, err_slot), IZLY_ERR_NULL, "message");
    REFUSED(reply, izly_reply_rejected(1, BAD_TEXT, 0, out_slot, err_slot), IZLY_ERR_UTF8, "message");
    REFUSED(reply, izly_reply_rejected(0, "no", 0, out_slot, err_slot), IZLY_ERR_INVALID_INPUT, "code");
    REFUSED(reply, izly_reply_rejected(1, "no", 199, out_slot, err_slot), IZLY_ERR_INVALID_INPUT, "status");
    REFUSED(reply, izly_reply_rejected(1, "no", 600, out_slot, err_slot), IZLY_ERR_INVALID_INPUT, "status");
    REFUSED(reply, izly_reply_rejected(1, "no", UINT16_MAX, out_slot, err_slot), IZLY_ERR_INVALID_INPUT, "status");
}

/* ---- The client's settings ---- */

static izly_config good_config(void)
{
    izly_config config = IZLY_CONFIG_INIT;
    config.api_key = PARIS_KEY;
    config.environment = "preproduction";
    return config;
}

#define CONFIG_REFUSED(member, value, wanted, wanted_field)                                        \
    do {                                                                                           \
        izly_config config = good_config();                                                        \
        config.member = (value);                                                                   \
        REFUSED(client, izly_client_new(&config, out_slot, err_slot), (wanted), (wanted_field));   \
    } while (0)

#define CONFIG_ACCEPTED(member, value)                                      \
    do {                                                                    \
        izly_config config = good_config();                                 \
        config.member = (value);                                            \
        ACCEPTED(client, izly_client_new(&config, out_slot, err_slot));     \
    } while (0)

static void check_config_texts(void)
{
    REFUSED(client, izly_client_new(NULL, out_slot, err_slot), IZLY_ERR_NULL, "config");
    izly_config good = good_config();
    ACCEPTED(client, izly_client_new(&good, out_slot, err_slot));
    REFUSED_WITHOUT_OUT(client, izly_client_new(&good, out_slot, err_slot));
    CONFIG_REFUSED(api_key, NULL, IZLY_ERR_NULL, "api_key");
    CONFIG_REFUSED(environment, NULL, IZLY_ERR_NULL, "environment");
    CONFIG_REFUSED(api_key, BAD_TEXT, IZLY_ERR_UTF8, "api_key");
    CONFIG_REFUSED(environment, BAD_TEXT, IZLY_ERR_UTF8, "environment");
    CONFIG_REFUSED(app_identifier, BAD_TEXT, IZLY_ERR_UTF8, "app_identifier");
    CONFIG_REFUSED(ca_file, BAD_TEXT, IZLY_ERR_UTF8, "ca_file");
    CONFIG_REFUSED(proxy, BAD_TEXT, IZLY_ERR_UTF8, "proxy");
    CONFIG_REFUSED(application, BAD_TEXT, IZLY_ERR_UTF8, "application");
    CONFIG_REFUSED(language, BAD_TEXT, IZLY_ERR_UTF8, "language");

    CONFIG_REFUSED(api_key, "", IZLY_ERR_CONFIGURATION, "api_key");
    CONFIG_REFUSED(environment, "", IZLY_ERR_CONFIGURATION, "environment");
    CONFIG_REFUSED(environment, "http://izly.example", IZLY_ERR_CONFIGURATION, "environment");
    CONFIG_REFUSED(app_identifier, "Site-en-ligne-16-16-16-13", IZLY_ERR_CONFIGURATION, "app_identifier");
    CONFIG_REFUSED(ca_file, "/does/not/exist.pem", IZLY_ERR_CONFIGURATION, "ca_file");
    CONFIG_REFUSED(ca_file, "/dev/null", IZLY_ERR_CONFIGURATION, "ca_file");
    CONFIG_REFUSED(proxy, "not a proxy", IZLY_ERR_CONFIGURATION, "proxy");
    CONFIG_REFUSED(proxy, "socks5://127.0.0.1:1080", IZLY_ERR_CONFIGURATION, "proxy");
    CONFIG_REFUSED(application, " ", IZLY_ERR_CONFIGURATION, "application");
    CONFIG_REFUSED(application, "boutique\r\nX: y", IZLY_ERR_CONFIGURATION, "application");
    CONFIG_REFUSED(application, "caf\xc3\xa9", IZLY_ERR_CONFIGURATION, "application");
    CONFIG_REFUSED(language, "C\r\nX: y", IZLY_ERR_CONFIGURATION, "language");
}

static void check_config_numbers(void)
{
    CONFIG_ACCEPTED(environment, "production");
    CONFIG_ACCEPTED(app_identifier, "Paris-78-78-78-78");
    CONFIG_ACCEPTED(proxy, "http://proxy.univ.example:3128");
    CONFIG_ACCEPTED(application, "boutique/1.4");
    CONFIG_ACCEPTED(language, "PHP 8.2");
    CONFIG_ACCEPTED(deadline_ms, 600000);
    CONFIG_ACCEPTED(connect_timeout_ms, UINT32_MAX);
    CONFIG_ACCEPTED(max_body_bytes, 1024);
    CONFIG_ACCEPTED(no_reuse, -1);
    CONFIG_ACCEPTED(content_type, IZLY_CONTENT_TYPE_SMONEY);
    CONFIG_ACCEPTED(reply_amounts, IZLY_AMOUNTS_CENTIMES);
    CONFIG_ACCEPTED(refund_slash, 1);
    CONFIG_ACCEPTED(state_policy, IZLY_STATE_ALLOW_MISSING);

    CONFIG_REFUSED(deadline_ms, 600001, IZLY_ERR_CONFIGURATION, "deadline");
    CONFIG_REFUSED(max_body_bytes, 1023, IZLY_ERR_CONFIGURATION, "max_body_bytes");
    CONFIG_REFUSED(roots, 2, IZLY_ERR_CONFIGURATION, "roots");
    CONFIG_REFUSED(content_type, 2, IZLY_ERR_CONFIGURATION, "content_type");
    CONFIG_REFUSED(reply_amounts, -1, IZLY_ERR_CONFIGURATION, "reply_amounts");
    CONFIG_REFUSED(state_policy, 2, IZLY_ERR_CONFIGURATION, "state_policy");

    izly_config both = good_config();
    both.roots = IZLY_ROOTS_SYSTEM;
    both.ca_file = "/dev/null";
    REFUSED(client, izly_client_new(&both, out_slot, err_slot), IZLY_ERR_CONFIGURATION, "roots");
    izly_config in_clear = good_config();
    in_clear.environment = "http://127.0.0.1:8080";
    in_clear.proxy = "http://proxy.univ.example:3128";
    REFUSED(client, izly_client_new(&in_clear, out_slot, err_slot), IZLY_ERR_CONFIGURATION, "proxy");
}

/* An input made by a newer header: longer, with members that this library cannot know. */
static void check_config_sizes(void)
{
    struct {
        izly_config known;
        unsigned char unknown[64];
    } newer = { .known = IZLY_CONFIG_INIT };
    newer.known = good_config();
    newer.known.struct_size = sizeof newer;
    memset(newer.unknown, 0xa5, sizeof newer.unknown);
    ACCEPTED(client, izly_client_new(&newer.known, out_slot, err_slot));

    CONFIG_REFUSED(struct_size, 0, IZLY_ERR_STRUCT_SIZE, "config");
    CONFIG_REFUSED(struct_size, sizeof(size_t), IZLY_ERR_STRUCT_SIZE, "config");
    CONFIG_REFUSED(struct_size, sizeof(izly_config) - 1, IZLY_ERR_STRUCT_SIZE, "config");
}

/* ---- Calls of a client; it is never reached ---- */

static void check_login(const izly_client *client)
{
    ACCEPTED(login, izly_client_start_login(client, 0, out_slot, err_slot));
    ACCEPTED(login, izly_client_start_login(client, UINT32_MAX, out_slot, err_slot));
    REFUSED(login, izly_client_start_login(NULL, 1, out_slot, err_slot), IZLY_ERR_NULL, "client");
    REFUSED_WITHOUT_OUT(login, izly_client_start_login(client, 1, out_slot, err_slot));

    const char *query = "code=x&state=s";
    REFUSED(tokens, izly_client_finish_login(NULL, query, "s", out_slot, err_slot), IZLY_ERR_NULL, "client");
    REFUSED(tokens, izly_client_finish_login(client, NULL, "s", out_slot, err_slot), IZLY_ERR_NULL, "raw_query");
    REFUSED(tokens, izly_client_finish_login(client, query, NULL, out_slot, err_slot), IZLY_ERR_NULL, "state");
    REFUSED_WITHOUT_OUT(tokens, izly_client_finish_login(client, query, "s", out_slot, err_slot));
    REFUSED(tokens, izly_client_finish_login(client, BAD_TEXT, "s", out_slot, err_slot), IZLY_ERR_UTF8, "raw_query");
    REFUSED(tokens, izly_client_finish_login(client, query, BAD_TEXT, out_slot, err_slot), IZLY_ERR_UTF8, "state");
    REFUSED(tokens, izly_client_finish_login(client, "state=s", "s", out_slot, err_slot), IZLY_ERR_INVALID_INPUT,
            "code");
    REFUSED(tokens, izly_client_finish_login(client, "code=%zz&state=s", "s", out_slot, err_slot),
            IZLY_ERR_INVALID_INPUT, "code");
}

static void check_tokens(const izly_client *client)
{
    REFUSED(tokens, izly_client_refresh(NULL, "t", out_slot, err_slot), IZLY_ERR_NULL, "client");
    REFUSED(tokens, izly_client_refresh(client, NULL, out_slot, err_slot), IZLY_ERR_NULL, "refresh_token");
    REFUSED_WITHOUT_OUT(tokens, izly_client_refresh(client, "t", out_slot, err_slot));
    REFUSED(tokens, izly_client_refresh(client, BAD_TEXT, out_slot, err_slot), IZLY_ERR_UTF8, "refresh_token");
    REFUSED(tokens, izly_client_refresh(client, "", out_slot, err_slot), IZLY_ERR_INVALID_INPUT, "refresh_token");

    REFUSED(user_details, izly_client_user(NULL, "t", out_slot, err_slot), IZLY_ERR_NULL, "client");
    REFUSED(user_details, izly_client_user(client, NULL, out_slot, err_slot), IZLY_ERR_NULL, "access_token");
    REFUSED_WITHOUT_OUT(user_details, izly_client_user(client, "t", out_slot, err_slot));
    REFUSED(user_details, izly_client_user(client, BAD_TEXT, out_slot, err_slot), IZLY_ERR_UTF8, "access_token");
    REFUSED(user_details, izly_client_user(client, "", out_slot, err_slot), IZLY_ERR_INVALID_INPUT, "access_token");
    REFUSED(user_details, izly_client_user(client, "a\r\nX: y", out_slot, err_slot), IZLY_ERR_INVALID_INPUT,
            "access_token");
}

static izly_new_payment good_payment(void)
{
    izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    payment.order_id = "order-42";
    payment.amount_cents = 150;
    return payment;
}

#define PAYMENT_REFUSED(member, value, wanted, wanted_field)                                                 \
    do {                                                                                                     \
        izly_new_payment payment = good_payment();                                                           \
        payment.member = (value);                                                                            \
        REFUSED(pending_payment, izly_client_create_payment(client, &payment, out_slot, err_slot), (wanted), \
                (wanted_field));                                                                             \
    } while (0)

static void check_new_payment(const izly_client *client)
{
    izly_new_payment good = good_payment();
    REFUSED(pending_payment, izly_client_create_payment(NULL, &good, out_slot, err_slot), IZLY_ERR_NULL, "client");
    REFUSED(pending_payment, izly_client_create_payment(client, NULL, out_slot, err_slot), IZLY_ERR_NULL, "payment");
    REFUSED_WITHOUT_OUT(pending_payment, izly_client_create_payment(client, &good, out_slot, err_slot));

    PAYMENT_REFUSED(struct_size, 0, IZLY_ERR_STRUCT_SIZE, "payment");
    PAYMENT_REFUSED(struct_size, sizeof(izly_new_payment) - 1, IZLY_ERR_STRUCT_SIZE, "payment");
    PAYMENT_REFUSED(order_id, NULL, IZLY_ERR_NULL, "order_id");
    PAYMENT_REFUSED(order_id, BAD_TEXT, IZLY_ERR_UTF8, "order_id");
    PAYMENT_REFUSED(message, BAD_TEXT, IZLY_ERR_UTF8, "message");
    PAYMENT_REFUSED(callback_parameters, BAD_TEXT, IZLY_ERR_UTF8, "callback_parameters");
    PAYMENT_REFUSED(redirect_url, BAD_TEXT, IZLY_ERR_UTF8, "redirect_url");
    PAYMENT_REFUSED(order_id, "", IZLY_ERR_INVALID_INPUT, "order_id");
    PAYMENT_REFUSED(order_id, "order\n42", IZLY_ERR_INVALID_INPUT, "order_id");
    /* `amount` is the name in all languages: the vectors say so. */
    PAYMENT_REFUSED(amount_cents, 0, IZLY_ERR_INVALID_INPUT, "amount");
    PAYMENT_REFUSED(amount_cents, -150, IZLY_ERR_INVALID_INPUT, "amount");
    PAYMENT_REFUSED(amount_cents, INT64_MIN, IZLY_ERR_INVALID_INPUT, "amount");
    PAYMENT_REFUSED(amount_cents, (int64_t)INT32_MAX + 1, IZLY_ERR_INVALID_INPUT, "amount");
    PAYMENT_REFUSED(amount_cents, INT64_MAX, IZLY_ERR_INVALID_INPUT, "amount");
    PAYMENT_REFUSED(message, "a\tb", IZLY_ERR_INVALID_INPUT, "message");
    PAYMENT_REFUSED(callback_parameters, "?a=1", IZLY_ERR_INVALID_INPUT, "callback_parameters");
    PAYMENT_REFUSED(redirect_url, "/back", IZLY_ERR_INVALID_INPUT, "redirect_url");
}

static void check_pairs(const izly_client *client)
{
    izly_pair pair = { "a", "b" };
    izly_new_payment payment = good_payment();
    payment.callback_pair_count = 1;
    REFUSED(pending_payment, izly_client_create_payment(client, &payment, out_slot, err_slot), IZLY_ERR_NULL,
            "callback_pairs");
    payment.callback_pairs = &pair;
    pair.name = NULL;
    REFUSED(pending_payment, izly_client_create_payment(client, &payment, out_slot, err_slot), IZLY_ERR_NULL,
            "callback_pairs.name");
    pair.name = BAD_TEXT;
    REFUSED(pending_payment, izly_client_create_payment(client, &payment, out_slot, err_slot), IZLY_ERR_UTF8,
            "callback_pairs.name");
    pair.name = "a";
    pair.value = NULL;
    REFUSED(pending_payment, izly_client_create_payment(client, &payment, out_slot, err_slot), IZLY_ERR_NULL,
            "callback_pairs.value");
    pair.value = BAD_TEXT;
    REFUSED(pending_payment, izly_client_create_payment(client, &payment, out_slot, err_slot), IZLY_ERR_UTF8,
            "callback_pairs.value");
    payment.callback_pair_count = SIZE_MAX;
    REFUSED(pending_payment, izly_client_create_payment(client, &payment, out_slot, err_slot), IZLY_ERR_INVALID_INPUT,
            "callback_pair_count");

    payment = good_payment();
    payment.has_software = 1;
    payment.software = -1;
    REFUSED(pending_payment, izly_client_create_payment(client, &payment, out_slot, err_slot), IZLY_ERR_INVALID_INPUT,
            "software");
}

static void check_payment(const izly_client *client)
{
    REFUSED(payment, izly_client_payment(NULL, 1, out_slot, err_slot), IZLY_ERR_NULL, "client");
    REFUSED_WITHOUT_OUT(payment, izly_client_payment(client, 1, out_slot, err_slot));
    REFUSED(payment, izly_client_payment(client, 0, out_slot, err_slot), IZLY_ERR_INVALID_INPUT, "operation_id");
    REFUSED(payment, izly_client_payment(client, UINT64_MAX, out_slot, err_slot), IZLY_ERR_INVALID_INPUT,
            "operation_id");

    REFUSED(refund, izly_client_refund(NULL, 1, "o", out_slot, err_slot), IZLY_ERR_NULL, "client");
    REFUSED(refund, izly_client_refund(client, 1, NULL, out_slot, err_slot), IZLY_ERR_NULL, "order_id");
    REFUSED_WITHOUT_OUT(refund, izly_client_refund(client, 1, "o", out_slot, err_slot));
    REFUSED(refund, izly_client_refund(client, 1, BAD_TEXT, out_slot, err_slot), IZLY_ERR_UTF8, "order_id");
    REFUSED(refund, izly_client_refund(client, 1, " o", out_slot, err_slot), IZLY_ERR_INVALID_INPUT, "order_id");
    REFUSED(refund, izly_client_refund(client, 0, "o", out_slot, err_slot), IZLY_ERR_INVALID_INPUT, "operation_id");
}

static void check_confirm(const izly_client *client)
{
#define CONFIRM(client, id, order_id, amount) izly_client_confirm(client, id, order_id, amount, 0, out_slot, err_slot)
    REFUSED(paid_payment, CONFIRM(NULL, 1, "o", 150), IZLY_ERR_NULL, "client");
    REFUSED(paid_payment, CONFIRM(client, 1, NULL, 150), IZLY_ERR_NULL, "order_id");
    REFUSED_WITHOUT_OUT(paid_payment, CONFIRM(client, 1, "o", 150));
    REFUSED(paid_payment, CONFIRM(client, 1, BAD_TEXT, 150), IZLY_ERR_UTF8, "order_id");
    REFUSED(paid_payment, CONFIRM(client, 1, "", 150), IZLY_ERR_INVALID_INPUT, "order_id");
    REFUSED(paid_payment, CONFIRM(client, 0, "o", 150), IZLY_ERR_INVALID_INPUT, "operation_id");
    REFUSED(paid_payment, CONFIRM(client, 1, "o", 0), IZLY_ERR_INVALID_INPUT, "amount");
    REFUSED(paid_payment, CONFIRM(client, 1, "o", -1), IZLY_ERR_INVALID_INPUT, "amount");
#undef CONFIRM
}

/* A payment of a newer header is created, with what this library knows of it. */
static void check_newer_payment(struct canned *server, const izly_client *client)
{
    struct {
        izly_new_payment known;
        unsigned char unknown[64];
    } newer = { .known = IZLY_NEW_PAYMENT_INIT };
    newer.known = good_payment();
    newer.known.struct_size = sizeof newer;
    memset(newer.unknown, 0xa5, sizeof newer.unknown);
    char body[256];
    snprintf(body, sizeof body, "{\"PaymentAuthorizationUrl\":\"%s/a\",\"OperationSMoney\":{\"Id\":586589}}",
             canned_url(server));
    canned_answer(server, 200, NULL, body, strlen(body));
    ACCEPTED(pending_payment, izly_client_create_payment(client, &newer.known, out_slot, err_slot));
    CHECK_TEXT(canned_request(server, 0)->body, "{\"Amount\":150,\"ClientOrderId\":\"order-42\"}");
}

int main(void)
{
    struct canned *server = canned_start(0);
    const izly_client *client = new_client(canned_url(server), PARIS_KEY);
    check_frees();
    check_callback();
    check_replies();
    check_config_texts();
    check_config_numbers();
    check_config_sizes();
    check_login(client);
    check_tokens(client);
    check_new_payment(client);
    check_pairs(client);
    check_payment(client);
    check_confirm(client);
    CHECK_INT(canned_count(server), 0);
    check_newer_payment(server, client);
    izly_client_free(client);
    canned_stop(server);
    return report("test_arguments");
}
