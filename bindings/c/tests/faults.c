#include "faults.h"

#include <stdarg.h>

/* What the server answers when nothing goes wrong: this operation, of 1,50 EUR, for this order. */
#define OPERATION 52795
#define ORDER "order-42"
#define CENTS 150

/* ---- The table ---- */

static json_t *read_json(const char *url)
{
    char *body = http_get(url);
    json_t *value = json_loads(body, 0, NULL);
    free(body);
    if (value == NULL) {
        give_up(url, "does not answer in JSON");
    }
    return value;
}

const char *fault_text(const json_t *fault, const char *name)
{
    const char *text = json_string_value(json_object_get(fault, name));
    if (text == NULL) {
        give_up(name, "is missing in the table of faults");
    }
    return text;
}

static void leave_out_tls(json_t *faults)
{
    for (size_t i = json_array_size(faults); i-- > 0;) {
        if (strncmp(fault_text(json_array_get(faults, i), "url"), "https:", 6) == 0) {
            json_array_remove(faults, i);
        }
    }
}

json_t *faults_table(void)
{
    char url[128];
    snprintf(url, sizeof url, "%s/table", setting("IZLY_FAULTS"));
    json_t *table = read_json(url);
    json_t *faults = json_incref(json_object_get(table, "faults"));
    json_decref(table);
    if (is_slow()) {
        leave_out_tls(faults);
    }
    if (json_array_size(faults) == 0) {
        give_up(url, "lists no faults");
    }
    return faults;
}

uint32_t fault_deadline(const json_t *fault)
{
    uint32_t deadline = (uint32_t)json_integer_value(json_object_get(fault, "deadline_ms"));
    return is_slow() ? 3 * deadline : deadline;
}

static const izly_client *new_fault_client(const json_t *fault, int no_reuse)
{
    izly_config config = IZLY_CONFIG_INIT;
    config.environment = fault_text(fault, "url");
    config.api_key = PARIS_KEY;
    config.ca_file = setting("IZLY_FAULTS_CA");
    config.deadline_ms = fault_deadline(fault);
    config.no_reuse = no_reuse;
    const izly_client *client;
    const izly_error *err;
    CHECK_OK(izly_client_new(&config, &client, &err), err);
    return client;
}

const izly_client *fault_client(const json_t *fault)
{
    return new_fault_client(fault, 0);
}

const izly_client *fault_client_alone(const json_t *fault)
{
    return new_fault_client(fault, 1);
}

static struct counts look(const char *url)
{
    json_t *seen = read_json(url);
    struct counts counts = { json_integer_value(json_object_get(seen, "requests")),
                             json_integer_value(json_object_get(seen, "commits")) };
    json_decref(seen);
    return counts;
}

struct counts fault_counts(const json_t *fault)
{
    char url[256];
    snprintf(url, sizeof url, "%s/seen/%s", setting("IZLY_FAULTS"), fault_text(fault, "name"));
    struct counts before, now = look(url);
    do {
        before = now;
        usleep(10000);
        now = look(url);
    } while (now.requests != before.requests || now.commits != before.commits);
    return now;
}

/* ---- The calls ---- */

static izly_status payment(const izly_client *client, const izly_error **err)
{
    const izly_payment *payment;
    izly_status status = izly_client_payment(client, OPERATION, &payment, err);
    CHECK((payment != NULL) == (status == IZLY_OK));
    if (payment != NULL) {
        CHECK_INT(payment->operation_id, OPERATION);
        CHECK_TEXT(payment->order_id, ORDER);
    }
    izly_payment_free(payment);
    return status;
}

static izly_status user(const izly_client *client, const izly_error **err)
{
    const izly_user_details *user;
    izly_status status = izly_client_user(client, "access", &user, err);
    CHECK((user != NULL) == (status == IZLY_OK));
    if (user != NULL) {
        CHECK_TEXT(user->izly_id, "42");
    }
    izly_user_details_free(user);
    return status;
}

static izly_status create_payment(const izly_client *client, const izly_error **err)
{
    const izly_pending_payment *pending;
    izly_new_payment order = IZLY_NEW_PAYMENT_INIT;
    order.order_id = ORDER;
    order.amount_cents = CENTS;
    izly_status status = izly_client_create_payment(client, &order, &pending, err);
    CHECK((pending != NULL) == (status == IZLY_OK));
    if (pending != NULL) {
        CHECK_INT(pending->operation_id, OPERATION);
        CHECK_HOLDS(pending->authorization_url, "/Authorize?token=t");
    }
    izly_pending_payment_free(pending);
    return status;
}

static izly_status refund(const izly_client *client, const izly_error **err)
{
    const izly_refund *refund;
    izly_status status = izly_client_refund(client, OPERATION, ORDER, &refund, err);
    CHECK((refund != NULL) == (status == IZLY_OK));
    if (refund != NULL) {
        CHECK_INT(refund->operation_id, OPERATION);
    }
    izly_refund_free(refund);
    return status;
}

static izly_status tokens_of(izly_status status, const izly_tokens *tokens)
{
    CHECK((tokens != NULL) == (status == IZLY_OK));
    if (tokens != NULL) {
        CHECK_TEXT(tokens->access_token, "access");
    }
    izly_tokens_free(tokens);
    return status;
}

static izly_status exchange_code(const izly_client *client, const izly_error **err)
{
    const izly_tokens *tokens;
    izly_status status = izly_client_finish_login(client, "code=abc%3d&state=s", "s", &tokens, err);
    return tokens_of(status, tokens);
}

static izly_status refresh(const izly_client *client, const izly_error **err)
{
    const izly_tokens *tokens;
    izly_status status = izly_client_refresh(client, "refresh", &tokens, err);
    return tokens_of(status, tokens);
}

static const struct {
    const char *name;
    izly_status (*make)(const izly_client *client, const izly_error **err);
} calls[] = {
    { "payment", payment },
    { "user", user },
    { "create_payment", create_payment },
    { "refund", refund },
    { "exchange_code", exchange_code },
    { "refresh", refresh },
};

struct ending fault_call(const izly_client *client, const char *call)
{
    size_t i = 0;
    while (strcmp(calls[i].name, call) != 0) {
        if (++i == sizeof calls / sizeof calls[0]) {
            give_up(call, "no such call is known here");
        }
    }
    const izly_error *err;
    struct ending ending = { .status = calls[i].make(client, &err) };
    CHECK((err == NULL) == (ending.status == IZLY_OK));
    if (err != NULL) {
        CHECK_INT(err->status, ending.status);
        ending.outcome = err->outcome;
        ending.retry = err->retry;
        ending.http_status = err->http_status;
        add_text(ending.phase, sizeof ending.phase, "%s", err->phase == NULL ? "" : err->phase);
        add_text(ending.message, sizeof ending.message, "%s", err->message);
        izly_error_free(err);
    }
    return ending;
}

/* ---- What is wanted ---- */

/* The names of the table for what a program switches on. */
static const char *kind_of(izly_status status)
{
    switch (status) {
    case IZLY_OK: return "ok";
    case IZLY_ERR_RESOLVE: return "resolve";
    case IZLY_ERR_CONNECT: return "connect";
    case IZLY_ERR_TLS: return "tls";
    case IZLY_ERR_TIMEOUT: return "timeout";
    case IZLY_ERR_DISCONNECTED: return "disconnected";
    case IZLY_ERR_PROTOCOL: return "protocol";
    case IZLY_ERR_TOO_LARGE: return "too_large";
    case IZLY_ERR_UNREADABLE: return "unreadable";
    case IZLY_ERR_REDIRECT: return "redirect";
    case IZLY_ERR_AUTHENTICATION: return "authentication";
    case IZLY_ERR_RATE_LIMITED: return "rate_limited";
    case IZLY_ERR_API: return "api";
    case IZLY_ERR_SERVER: return "server";
    case IZLY_ERR_NOT_FINAL: return "not_final";
    case IZLY_ERR_MISMATCH: return "mismatch";
    case IZLY_ERR_NOT_PAID: return "not_paid";
    default: return izly_status_name(status);
    }
}

static const char *outcome_of(izly_outcome outcome)
{
    switch (outcome) {
    case IZLY_OUTCOME_NOT_SENT: return "not_sent";
    case IZLY_OUTCOME_REJECTED: return "rejected";
    case IZLY_OUTCOME_UNKNOWN: return "unknown";
    default: return "no outcome";
    }
}

void add_text(char *text, size_t size, const char *format, ...)
{
    size_t length = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, size - length, format, arguments);
    va_end(arguments);
}

/* Whether the array of texts under this name holds this one. */
static int names(const json_t *object, const char *name, const char *text)
{
    const json_t *texts = json_object_get(object, name);
    for (size_t i = 0; i < json_array_size(texts); i++) {
        if (strcmp(json_string_value(json_array_get(texts, i)), text) == 0) {
            return 1;
        }
    }
    return 0;
}

const char *fault_differences(const char *call, const struct ending *ending, const json_t *expected, char *found,
                              size_t size)
{
    found[0] = '\0';
    if (!names(expected, "kind", kind_of(ending->status))) {
        add_text(found, size, "; kind %s", kind_of(ending->status));
    }
    if (ending->status == IZLY_OK) {
        return found;
    }
    if (!names(expected, "outcome", outcome_of(ending->outcome))) {
        add_text(found, size, "; outcome %s", outcome_of(ending->outcome));
    }
    if (ending->http_status != json_integer_value(json_object_get(expected, "http_status"))) {
        add_text(found, size, "; HTTP status %d", (int)ending->http_status);
    }
    const char *phase = json_string_value(json_object_get(expected, "phase"));
    if (strcmp(ending->phase, phase == NULL ? "" : phase) != 0) {
        add_text(found, size, "; phase `%s`", ending->phase);
    }
    int is_write = strcmp(call, "create_payment") == 0 || strcmp(call, "refund") == 0;
    if (is_write && ending->outcome == IZLY_OUTCOME_UNKNOWN && ending->retry != IZLY_RETRY_LOOK_UP_FIRST) {
        add_text(found, size, "; advice %d, with money on the way", (int)ending->retry);
    }
    return found;
}
