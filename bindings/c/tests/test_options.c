/* Each setting of a client changes what it should, and nothing is taken from the environment. */

#include "support.h"

#define PAID "{\"OperationId\":1,\"Amount\":1.50,\"OrderId\":\"o\",\"OperationStatus\":\"Completed\"}"

static const izly_client *configured(const izly_config *config)
{
    const izly_client *client;
    const izly_error *err;
    CHECK_OK(izly_client_new(config, &client, &err), err);
    return client;
}

static void read_once(const izly_client *client, int64_t cents)
{
    const izly_payment *payment;
    const izly_error *err;
    CHECK_OK(izly_client_payment(client, 1, &payment, &err), err);
    CHECK_INT(payment->amount_cents, cents);
    izly_payment_free(payment);
}

static void check_user_agent(struct canned *server, izly_config config, const char *wanted)
{
    const izly_client *client = configured(&config);
    canned_forget(server);
    read_once(client, 150);
    char *sent = canned_header(canned_request(server, 0), "User-Agent");
    CHECK_TEXT(sent, wanted);
    free(sent);
    izly_client_free(client);
}

static void check_user_agents(struct canned *server, izly_config config)
{
    check_user_agent(server, config, "izly/0.1.0 (C)");
    config.application = "boutique/1.4";
    check_user_agent(server, config, "izly/0.1.0 (C) boutique/1.4");
    config.language = "PHP 8.2";
    check_user_agent(server, config, "izly/0.1.0 (PHP 8.2) boutique/1.4");
}

/* Three reads share a connection, unless told not to. */
static void check_reuse(struct canned *server, izly_config config)
{
    for (int no_reuse = 0; no_reuse <= 1; no_reuse++) {
        config.no_reuse = no_reuse;
        const izly_client *client = configured(&config);
        size_t before = canned_connections(server);
        for (int i = 0; i < 3; i++) {
            read_once(client, 150);
        }
        CHECK_INT(canned_connections(server) - before, no_reuse ? 3 : 1);
        izly_client_free(client);
    }
}

static void check_switches(struct canned *server, izly_config config)
{
    const izly_client *client;
    const izly_refund *refund;
    const izly_error *err;
    const char refunded[] = "{\"OperationId\":1,\"OperationStatus\":\"Refund\"}";
    config.content_type = IZLY_CONTENT_TYPE_SMONEY;
    config.refund_slash = 1;
    client = configured(&config);
    canned_forget(server);
    canned_answer(server, 200, NULL, refunded, strlen(refunded));
    CHECK_OK(izly_client_refund(client, 1, "o", &refund, &err), err);
    CHECK_INT(refund->amount_cents, -1);
    CHECK_TEXT(refund->order_id, NULL);
    izly_refund_free(refund);
    CHECK_HOLDS(canned_request(server, 0)->head, "/Refund?clientOrderId=/o HTTP/1.1");
    CHECK_HOLDS(canned_request(server, 0)->head, "application/vnd.s-money.v1+json");
    izly_client_free(client);

    const char cents[] = "{\"OperationId\":1,\"Amount\":150,\"OrderId\":\"o\",\"OperationStatus\":\"Completed\"}";
    canned_answer(server, 200, NULL, cents, strlen(cents));
    client = configured(&config);
    read_once(client, 15000);
    izly_client_free(client);
    config.reply_amounts = IZLY_AMOUNTS_CENTIMES;
    client = configured(&config);
    read_once(client, 150);
    izly_client_free(client);
}

/* A server that does not echo the state. */
static void check_state_policy(struct canned *server, izly_config config)
{
    const izly_client *client;
    const izly_tokens *tokens;
    const izly_error *err;
    const char reply[] = "{\"access_token\":\"a\"}";
    canned_answer(server, 200, NULL, reply, strlen(reply));
    client = configured(&config);
    CHECK_FAILS(izly_client_finish_login(client, "code=c", "s", &tokens, &err), IZLY_ERR_MISMATCH, tokens, err);
    izly_error_free(err);
    izly_client_free(client);
    config.state_policy = IZLY_STATE_ALLOW_MISSING;
    client = configured(&config);
    CHECK_OK(izly_client_finish_login(client, "code=c", "s", &tokens, &err), err);
    CHECK_TEXT(tokens->refresh_token, NULL);
    CHECK_TEXT(tokens->token_type, NULL);
    CHECK_INT(tokens->expires_in, -1);
    CHECK_TEXT(tokens->scope, NULL);
    izly_tokens_free(tokens);
    izly_client_free(client);
}

/* The server plays a proxy that does not let the client through; it must have been asked. */
static void check_proxy(struct canned *server, izly_config config)
{
    const izly_client *client;
    const izly_payment *payment;
    const izly_error *err;
    setenv("HTTPS_PROXY", canned_url(server), 1);
    config.environment = "https://izly.invalid";
    canned_forget(server);
    canned_answer(server, 403, NULL, "", 0);
    client = configured(&config);
    CHECK_FAILS(izly_client_payment(client, 1, &payment, &err), IZLY_ERR_RESOLVE, payment, err);
    izly_error_free(err);
    izly_client_free(client);
    CHECK_INT(canned_count(server), 0);
    unsetenv("HTTPS_PROXY");

    config.proxy = canned_url(server);
    client = configured(&config);
    CHECK_FAILS(izly_client_payment(client, 1, &payment, &err), IZLY_ERR_CONNECT, payment, err);
    CHECK_INT(err->outcome, IZLY_OUTCOME_NOT_SENT);
    izly_error_free(err);
    izly_client_free(client);
    CHECK(canned_count(server) >= 1);
    CHECK_HOLDS(canned_request(server, 0)->head, "CONNECT izly.invalid:443 HTTP/1.1\r\n");
    CHECK(strstr(canned_request(server, 0)->head, PARIS_KEY) == NULL);
}

int main(void)
{
    struct canned *server = canned_start(0);
    izly_config config = IZLY_CONFIG_INIT;
    config.environment = canned_url(server);
    config.api_key = PARIS_KEY;
    canned_answer(server, 200, NULL, PAID, strlen(PAID));
    check_user_agents(server, config);
    check_reuse(server, config);
    check_switches(server, config);
    check_state_policy(server, config);
    check_proxy(server, config);
    canned_stop(server);
    return report("test_options");
}
