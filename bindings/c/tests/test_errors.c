/*
 * Every status that can be reached from outside, with what happened to the request and what may be done next; and the
 * names of all of them. Two cannot be reached: INTERNAL and PANIC would be bugs.
 */

#include "support.h"

/* A way for a server to answer, and what the library makes of it: for a read, and for a refund, which moves money. */
struct scene {
    const char *name;
    enum canned_kind kind;
    int status;
    const char *headers;
    const char *body;
    izly_status wanted;
    izly_outcome outcome;
    izly_retry read_retry;
    izly_retry refund_retry;
    int32_t http_status;
};

#define NOT_SENT IZLY_OUTCOME_NOT_SENT
#define REJECTED IZLY_OUTCOME_REJECTED
#define UNKNOWN IZLY_OUTCOME_UNKNOWN
#define UNKNOWN_OPERATION \
    "{\"Code\":356,\"ErrorMessage\":\"Op\xc3\xa9ration introuvable\",\"Title\":\"Impossible\",\"Priority\":2}"

static const struct scene scenes[] = {
    { "a page", CANNED_HTTP, 200, NULL, "<html>", IZLY_ERR_UNREADABLE, UNKNOWN, IZLY_RETRY_REPORT,
      IZLY_RETRY_LOOK_UP_FIRST, 200 },
    { "a redirect", CANNED_HTTP, 302, "Location: https://evil.example/\r\n", "", IZLY_ERR_REDIRECT, UNKNOWN,
      IZLY_RETRY_REPORT, IZLY_RETRY_LOOK_UP_FIRST, 302 },
    { "no access", CANNED_HTTP, 401, NULL, "", IZLY_ERR_AUTHENTICATION, REJECTED, IZLY_RETRY_FIX, IZLY_RETRY_FIX, 401 },
    { "too often", CANNED_HTTP, 429, "Retry-After: 7\r\n", "", IZLY_ERR_RATE_LIMITED, REJECTED, IZLY_RETRY_LATER,
      IZLY_RETRY_LATER, 429 },
    { "code 356", CANNED_HTTP, 404, NULL, UNKNOWN_OPERATION, IZLY_ERR_API, REJECTED, IZLY_RETRY_NO, IZLY_RETRY_NO,
      404 },
    { "code 356 in a 200", CANNED_HTTP, 200, NULL, UNKNOWN_OPERATION, IZLY_ERR_API, REJECTED, IZLY_RETRY_NO,
      IZLY_RETRY_NO, 200 },
    { "not found, by a page", CANNED_HTTP, 404, NULL, "<html>", IZLY_ERR_API, UNKNOWN, IZLY_RETRY_REPORT,
      IZLY_RETRY_LOOK_UP_FIRST, 404 },
    { "a failure", CANNED_HTTP, 500, NULL, "", IZLY_ERR_SERVER, UNKNOWN, IZLY_RETRY_SAFE, IZLY_RETRY_LOOK_UP_FIRST,
      500 },
    { "half an answer", CANNED_RAW, 0, NULL, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Op",
      IZLY_ERR_DISCONNECTED, UNKNOWN, IZLY_RETRY_SAFE, IZLY_RETRY_LOOK_UP_FIRST, 200 },
    { "the end", CANNED_RAW, 0, NULL, "", IZLY_ERR_DISCONNECTED, UNKNOWN, IZLY_RETRY_SAFE, IZLY_RETRY_LOOK_UP_FIRST,
      0 },
    { "not HTTP", CANNED_RAW, 0, NULL, "SSH-2.0-OpenSSH_9.2\r\n\r\n", IZLY_ERR_PROTOCOL, UNKNOWN, IZLY_RETRY_SAFE,
      IZLY_RETRY_LOOK_UP_FIRST, 0 },
    { "silence", CANNED_SILENT, 0, NULL, "", IZLY_ERR_TIMEOUT, UNKNOWN, IZLY_RETRY_SAFE, IZLY_RETRY_LOOK_UP_FIRST, 0 },
};

static void play(struct canned *server, const struct scene *scene)
{
    if (scene->kind == CANNED_HTTP) {
        canned_answer(server, scene->status, scene->headers, scene->body, strlen(scene->body));
    } else {
        canned_say(server, scene->kind, scene->body, strlen(scene->body));
    }
    canned_forget(server);
}

static void check_scene(struct canned *server, const izly_client *client, const struct scene *scene)
{
    const izly_payment *payment;
    const izly_refund *refund;
    const izly_error *err;
    int before = failures();

    play(server, scene);
    CHECK_FAILS(izly_client_payment(client, 586589, &payment, &err), scene->wanted, payment, err);
    CHECK_INT(err->http_status, scene->http_status);
    CHECK_TEXT(err->call, "payment");
    CHECK_TEXT(err->phase, scene->wanted == IZLY_ERR_TIMEOUT ? "receive" : NULL);
    CHECK_INT(err->retry_after_seconds, scene->status == 429 ? 7 : 0);
    CHECK_INT(err->api_code, strcmp(scene->body, UNKNOWN_OPERATION) == 0 ? 356 : 0);
    CHECK_ERROR(err, scene->outcome, scene->read_retry, NULL);

    play(server, scene);
    CHECK_FAILS(izly_client_refund(client, 586589, "order-42", &refund, &err), scene->wanted, refund, err);
    CHECK_TEXT(err->call, "refund");
    CHECK_ERROR(err, scene->outcome, scene->refund_retry, NULL);
    /* Money is never asked for twice. */
    CHECK_INT(canned_count(server), 1);
    if (failures() > before) {
        fprintf(stderr, "    in the scene: %s\n", scene->name);
    }
}

static void check_scenes(struct canned *server)
{
    const izly_client *patient = new_client(canned_url(server), PARIS_KEY);
    /* Long enough to connect in, even under valgrind. */
    const izly_client *hasty = new_hasty_client(canned_url(server), PARIS_KEY, is_slow() ? 3000 : 400);
    for (size_t i = 0; i < sizeof scenes / sizeof scenes[0]; i++) {
        check_scene(server, scenes[i].kind == CANNED_SILENT ? hasty : patient, &scenes[i]);
    }
    izly_client_free(patient);
    izly_client_free(hasty);
}

/* Everything an error can hold. */
static void check_details(struct canned *server)
{
    const izly_client *client = new_client(canned_url(server), PARIS_KEY);
    const izly_payment *payment;
    const izly_tokens *tokens;
    const izly_user_details *user;
    const izly_error *err;

    canned_answer(server, 400, NULL, UNKNOWN_OPERATION, strlen(UNKNOWN_OPERATION));
    CHECK_FAILS(izly_client_payment(client, 1, &payment, &err), IZLY_ERR_API, payment, err);
    CHECK_TEXT(err->api_message, "Op\xc3\xa9ration introuvable");
    CHECK_TEXT(err->title, "Impossible");
    CHECK_TEXT(err->oauth_error, NULL);
    CHECK_TEXT(err->excerpt, UNKNOWN_OPERATION);
    CHECK_HOLDS(err->message, "Op\xc3\xa9ration introuvable");
    izly_error_free(err);

    const char spent[] = "{\"error\":\"invalid_grant\",\"error_description\":\"expired\"}";
    canned_answer(server, 400, NULL, spent, strlen(spent));
    CHECK_FAILS(izly_client_refresh(client, "s3cret-token", &tokens, &err), IZLY_ERR_API, tokens, err);
    CHECK_TEXT(err->oauth_error, "invalid_grant");
    CHECK_TEXT(err->call, "refresh");
    CHECK_ERROR(err, REJECTED, IZLY_RETRY_RESTART_LOGIN, NULL);

    canned_answer(server, 401, NULL, "s3cret-token", 12);
    CHECK_FAILS(izly_client_user(client, "s3cret-token", &user, &err), IZLY_ERR_AUTHENTICATION, user, err);
    CHECK(strstr(err->message, "s3cret-token") == NULL);
    CHECK(err->excerpt == NULL || strstr(err->excerpt, "s3cret-token") == NULL);
    CHECK_ERROR(err, REJECTED, IZLY_RETRY_REFRESH_TOKEN, NULL);

    canned_answer(server, 503, NULL, "", 0);
    CHECK_FAILS(izly_client_refresh(client, "t", &tokens, &err), IZLY_ERR_SERVER, tokens, err);
    CHECK_ERROR(err, UNKNOWN, IZLY_RETRY_ONCE, NULL);
    CHECK_FAILS(izly_client_finish_login(client, "code=c&state=s", "s", &tokens, &err), IZLY_ERR_SERVER, tokens, err);
    CHECK_ERROR(err, UNKNOWN, IZLY_RETRY_RESTART_LOGIN, NULL);
    izly_client_free(client);
}

/* No connection, or none that is private. */
static void check_unreachable(const char *environment, izly_status wanted, izly_retry retry)
{
    const izly_client *client = new_client(environment, PARIS_KEY);
    const izly_payment *payment;
    const izly_refund *refund;
    const izly_error *err;
    CHECK_FAILS(izly_client_payment(client, 1, &payment, &err), wanted, payment, err);
    CHECK_INT(err->http_status, 0);
    CHECK_ERROR(err, NOT_SENT, retry, NULL);
    CHECK_FAILS(izly_client_refund(client, 1, "o", &refund, &err), wanted, refund, err);
    CHECK_ERROR(err, NOT_SENT, retry, NULL);
    izly_client_free(client);
}

static void check_network(struct canned *server)
{
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u", (unsigned)closed_port());
    check_unreachable(url, IZLY_ERR_CONNECT, IZLY_RETRY_SAFE);
    check_unreachable("https://izly.invalid", IZLY_ERR_RESOLVE, IZLY_RETRY_SAFE);

    const char plain[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
    canned_say(server, CANNED_BLURT, plain, strlen(plain));
    snprintf(url, sizeof url, "https%s", canned_url(server) + strlen("http"));
    check_unreachable(url, IZLY_ERR_TLS, IZLY_RETRY_FIX);
}

static void check_too_large(struct canned *server)
{
    static char large[2 << 20];
    const izly_callback *callback;
    const izly_payment *payment;
    const izly_client *client;
    const izly_error *err;
    memset(large, ' ', sizeof large);
    CHECK_FAILS(izly_callback_parse(large, sizeof large, &callback, &err), IZLY_ERR_TOO_LARGE, callback, err);
    CHECK_INT(err->outcome, NOT_SENT);
    izly_error_free(err);

    izly_config config = IZLY_CONFIG_INIT;
    config.environment = canned_url(server);
    config.api_key = PARIS_KEY;
    config.max_body_bytes = 1024;
    CHECK_OK(izly_client_new(&config, &client, &err), err);
    canned_answer(server, 200, NULL, large, 1025);
    CHECK_FAILS(izly_client_payment(client, 1, &payment, &err), IZLY_ERR_TOO_LARGE, payment, err);
    CHECK_ERROR(err, UNKNOWN, IZLY_RETRY_SAFE, NULL);
    canned_answer(server, 200, NULL, large, 1024);
    CHECK_FAILS(izly_client_payment(client, 1, &payment, &err), IZLY_ERR_UNREADABLE, payment, err);
    izly_error_free(err);
    izly_client_free(client);
}

static void serve_payment(struct canned *server, const char *order_id, const char *amount, const char *status)
{
    char body[256];
    int length = snprintf(body, sizeof body,
                          "{\"OperationId\":1,\"OrderId\":\"%s\",\"Amount\":%s,\"OperationStatus\":\"%s\"}", order_id,
                          amount, status);
    canned_answer(server, 200, NULL, body, (size_t)length);
}

static void check_confirmation(struct canned *server, izly_status wanted, izly_outcome outcome, izly_retry retry,
                               const char *field)
{
    const izly_client *client = new_client(canned_url(server), PARIS_KEY);
    const izly_paid_payment *paid;
    const izly_error *err;
    CHECK_FAILS(izly_client_confirm(client, 1, "order-42", 150, 0, &paid, &err), wanted, paid, err);
    CHECK_TEXT(err->call, "confirm");
    CHECK_ERROR(err, outcome, retry, field);
    izly_client_free(client);
}

static void check_payments(struct canned *server)
{
    serve_payment(server, "order-42", "1.50", "Waiting");
    check_confirmation(server, IZLY_ERR_NOT_FINAL, UNKNOWN, IZLY_RETRY_LATER, NULL);
    serve_payment(server, "order-42", "1.50", "Refused");
    check_confirmation(server, IZLY_ERR_NOT_PAID, REJECTED, IZLY_RETRY_NO, NULL);
    serve_payment(server, "order-43", "1.50", "Completed");
    check_confirmation(server, IZLY_ERR_MISMATCH, REJECTED, IZLY_RETRY_NO, "order_id");
    serve_payment(server, "order-42", "1.51", "Completed");
    check_confirmation(server, IZLY_ERR_MISMATCH, REJECTED, IZLY_RETRY_NO, "amount");
    /* Off by 100: the switch `reply_amounts` is wrong. */
    serve_payment(server, "order-42", "150", "Completed");
    check_confirmation(server, IZLY_ERR_MISMATCH, REJECTED, IZLY_RETRY_FIX, "amount");
}

/* The five that say that a call is wrong; test_arguments.c makes each of them in every way there is. */
static void check_wrong_calls(void)
{
    const izly_client *client;
    const izly_login *login;
    const izly_reply *reply;
    const izly_error *err;
    izly_config config = IZLY_CONFIG_INIT;
    CHECK_FAILS(izly_client_start_login(NULL, 1, &login, &err), IZLY_ERR_NULL, login, err);
    CHECK_ERROR(err, NOT_SENT, IZLY_RETRY_FIX, "client");
    CHECK_FAILS(izly_reply_rejected(1, "\xff", 0, &reply, &err), IZLY_ERR_UTF8, reply, err);
    CHECK_ERROR(err, NOT_SENT, IZLY_RETRY_FIX, "message");
    CHECK_FAILS(izly_reply_rejected(0, "", 0, &reply, &err), IZLY_ERR_INVALID_INPUT, reply, err);
    CHECK_ERROR(err, NOT_SENT, IZLY_RETRY_FIX, "code");
    config.api_key = "";
    config.environment = "preproduction";
    CHECK_FAILS(izly_client_new(&config, &client, &err), IZLY_ERR_CONFIGURATION, client, err);
    CHECK_ERROR(err, NOT_SENT, IZLY_RETRY_FIX, "api_key");
    config.struct_size = 1;
    CHECK_FAILS(izly_client_new(&config, &client, &err), IZLY_ERR_STRUCT_SIZE, client, err);
    CHECK_ERROR(err, NOT_SENT, IZLY_RETRY_FIX, "config");
}

/* ---- Names ---- */

#define NAMED(status) { status, #status }

static const struct {
    izly_status status;
    const char *name;
} names[] = {
    NAMED(IZLY_OK), NAMED(IZLY_ERR_NULL), NAMED(IZLY_ERR_UTF8), NAMED(IZLY_ERR_STRUCT_SIZE),
    NAMED(IZLY_ERR_INVALID_INPUT), NAMED(IZLY_ERR_CONFIGURATION), NAMED(IZLY_ERR_RESOLVE), NAMED(IZLY_ERR_CONNECT),
    NAMED(IZLY_ERR_TLS), NAMED(IZLY_ERR_TIMEOUT), NAMED(IZLY_ERR_DISCONNECTED), NAMED(IZLY_ERR_PROTOCOL),
    NAMED(IZLY_ERR_TOO_LARGE), NAMED(IZLY_ERR_UNREADABLE), NAMED(IZLY_ERR_REDIRECT), NAMED(IZLY_ERR_AUTHENTICATION),
    NAMED(IZLY_ERR_RATE_LIMITED), NAMED(IZLY_ERR_API), NAMED(IZLY_ERR_SERVER), NAMED(IZLY_ERR_NOT_FINAL),
    NAMED(IZLY_ERR_MISMATCH), NAMED(IZLY_ERR_NOT_PAID), NAMED(IZLY_ERR_INTERNAL), NAMED(IZLY_ERR_PANIC),
};

#define NAME_COUNT (sizeof names / sizeof names[0])

static void check_names(void)
{
    for (size_t i = 0; i < NAME_COUNT; i++) {
        CHECK_TEXT(izly_status_name(names[i].status), names[i].name);
    }
    CHECK_TEXT(izly_status_name(-1), "IZLY_ERR_UNKNOWN");
    CHECK_TEXT(izly_status_name(INT32_MAX), "IZLY_ERR_UNKNOWN");
    CHECK_TEXT(izly_outcome_name(NOT_SENT), "not_sent");
    CHECK_TEXT(izly_outcome_name(REJECTED), "rejected");
    CHECK_TEXT(izly_outcome_name(UNKNOWN), "unknown");
    CHECK_TEXT(izly_outcome_name(0), "unknown");
}

/* The header has no status that the table above has not, and none twice. */
static void check_header(const char *path)
{
    FILE *header = fopen(path, "r");
    if (header == NULL) {
        give_up(path, "cannot be read");
    }
    char line[512], name[64];
    int status;
    size_t found = 0;
    while (fgets(line, sizeof line, header) != NULL) {
        if (sscanf(line, "#define %63s %d", name, &status) == 2 &&
            (strncmp(name, "IZLY_ERR_", 9) == 0 || strcmp(name, "IZLY_OK") == 0)) {
            CHECK_TEXT(izly_status_name(status), name);
            found++;
        }
    }
    fclose(header);
    CHECK_INT(found, NAME_COUNT);
}

int main(void)
{
    struct canned *server = canned_start(0);
    check_wrong_calls();
    check_scenes(server);
    check_details(server);
    check_too_large(server);
    check_payments(server);
    check_network(server);
    canned_stop(server);
    check_names();
    if (getenv("IZLY_HEADER") != NULL) {
        check_header(getenv("IZLY_HEADER"));
    } else {
        printf("IZLY_HEADER is not set: whether the header has statuses without a name was not looked at\n");
    }
    return report("test_errors");
}
