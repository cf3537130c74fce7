/* Vectors about what a caller gives: keys, orders, environments, and the requests made of them. A part of
 * test_vectors.c. */

#ifndef VECTORS_INPUTS_H
#define VECTORS_INPUTS_H

static void serve_text(struct run *run, const char *body)
{
    canned_answer(run->server, 200, NULL, body, strlen(body));
}

/* A reply that any new payment accepts. */
static void serve_created(struct run *run)
{
    char body[256];
    snprintf(body, sizeof body, "{\"PaymentAuthorizationUrl\":\"%s/a\",\"OperationSMoney\":{\"Id\":586589}}",
             canned_url(run->server));
    serve_text(run, body);
}

/* ---- Requests: what the canned server got ---- */

/* The headers that the vector names; a header that was not sent is null. */
static json_t *sent_headers(const struct canned_request *request, const json_t *wanted)
{
    json_t *headers = json_object();
    const char *name;
    const json_t *value;
    json_object_foreach((json_t *)wanted, name, value)
    {
        char *sent = canned_header(request, name);
        json_object_set_new(headers, name, text_or_null(sent));
        free(sent);
    }
    return headers;
}

static json_t *sent_members(struct run *run, const json_t *vector)
{
    const struct canned_request *request = canned_request(run->server, 0);
    if (canned_count(run->server) != 1 || request == NULL) {
        differs(run, "%zu requests were sent", canned_count(run->server));
        return json_object();
    }
    char method[16], target[2048];
    sscanf(request->head, "%15s %2047s", method, target);
    const json_t *headers = json_object_get(json_object_get(vector, "expect"), "headers");
    return json_pack("{ss ss so ss# so*}", "method", method, "target", target, "headers",
                     sent_headers(request, headers), "body", request->body, (int)request->length, "body_json",
                     json_loadb(request->body, request->length, 0, NULL));
}

/* After a call whose record matters less than its request. */
static void keep_sent(struct run *run, const json_t *vector)
{
    json_decref(run->members);
    run->members = run->err == NULL ? sent_members(run, vector) : NULL;
}

static void run_token_request(struct run *run, const json_t *vector)
{
    char *code = encoded(input_text(vector, "code"));
    char query[1024];
    snprintf(query, sizeof query, "code=%s&state=s", code);
    free(code);
    serve_text(run, "{\"access_token\":\"a\"}");
    KEEP(run, tokens, izly_client_finish_login(partner(run, vector), query, "s", &out, &run->err), token_members);
}

static void run_refresh_request(struct run *run, const json_t *vector)
{
    const char *refresh_token = input_text(vector, "refresh_token");
    serve_text(run, "{\"access_token\":\"a\"}");
    KEEP(run, tokens, izly_client_refresh(partner(run, vector), refresh_token, &out, &run->err), token_members);
}

static void run_user_request(struct run *run, const json_t *vector)
{
    const char *access_token = input_text(vector, "access_token");
    serve_text(run, "{\"Id\":\"1\"}");
    KEEP(run, user_details, izly_client_user(partner(run, vector), access_token, &out, &run->err), user_members);
}

static void run_payment_request(struct run *run, const json_t *vector)
{
    uint64_t id = input_number(vector, "operation_id");
    char body[256];
    snprintf(body, sizeof body,
             "{\"OperationId\":%llu,\"Amount\":1.50,\"OrderId\":\"o\",\"OperationStatus\":\"Waiting\"}",
             (unsigned long long)id);
    serve_text(run, body);
    KEEP(run, payment, izly_client_payment(partner(run, vector), id, &out, &run->err), payment_members);
}

static void run_refund_request(struct run *run, const json_t *vector)
{
    uint64_t id = input_number(vector, "operation_id");
    const char *order_id = input_text(vector, "order_id");
    char body[256];
    snprintf(body, sizeof body, "{\"OperationId\":%llu,\"OperationStatus\":\"Refund\"}", (unsigned long long)id);
    serve_text(run, body);
    KEEP(run, refund, izly_client_refund(partner(run, vector), id, order_id, &out, &run->err), refund_members);
}

/* The pairs of a list `[[name, value], ...]`. */
static size_t read_pairs(izly_pair *pairs, size_t room, const json_t *list)
{
    size_t i;
    const json_t *pair;
    json_array_foreach((json_t *)list, i, pair)
    {
        if (i == room) {
            give_up("callback_parameters", "too many pairs");
        }
        pairs[i].name = json_string_value(json_array_get(pair, 0));
        pairs[i].value = json_string_value(json_array_get(pair, 1));
    }
    return json_array_size(list);
}

static left_out run_new_payment(struct run *run, const json_t *vector)
{
    izly_pair pairs[8];
    izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    payment.order_id = input_text(vector, "order_id");
    payment.amount_cents = json_integer_value(input_of(vector, "amount_cents"));
    payment.message = input_text(vector, "message");
    payment.callback_parameters = input_text(vector, "callback_parameters");
    payment.callback_pairs = pairs;
    payment.callback_pair_count = read_pairs(pairs, 8, input_of(vector, "callback_parameters"));
    payment.redirect_url = input_text(vector, "redirect_url");
    payment.has_software = input_of(vector, "software") != NULL;
    if (json_integer_value(input_of(vector, "software")) > INT32_MAX) {
        return "a C program cannot give a number of software that large";
    }
    payment.software = (int32_t)json_integer_value(input_of(vector, "software"));
    serve_created(run);
    KEEP(run, pending_payment, izly_client_create_payment(partner(run, vector), &payment, &out, &run->err),
         pending_members);
    return NULL;
}

/* ---- Login ---- */

/* The state is the library's own: what stands before it is compared, and what follows is nothing. */
static void run_login_url(struct run *run, const json_t *vector)
{
    izly_config config = IZLY_CONFIG_INIT;
    char identifier[256];
    const char *given = input_text(vector, "identifier");
    snprintf(identifier, sizeof identifier, "%s:s3cret", given == NULL ? "Paris-78-78-78-78" : given);
    char *key = base64_of(identifier);
    config.api_key = key;
    config.environment = "preproduction";
    const izly_client *client;
    CHECK_OK(izly_client_new(&config, &client, &run->err), run->err);
    free(key);

    const izly_login *login;
    CHECK_OK(izly_client_start_login(client, (uint32_t)input_number(vector, "scope"), &login, &run->err), run->err);
    char *state = encoded(login->state);
    size_t before = strlen(login->url) - strlen(state);
    CHECK_TEXT(login->url + before, state);
    char *wanted = encoded(input_text(vector, "state"));
    char url[1024];
    snprintf(url, sizeof url, "%.*s%s", (int)before, login->url, wanted);
    run->members = json_pack("{ss}", "url", url);
    free(wanted);
    free(state);
    izly_login_free(login);
    izly_client_free(client);
}

static void run_login_return(struct run *run, const json_t *vector)
{
    const char *query = input_text(vector, "query"), *state = input_text(vector, "state");
    serve_text(run, "{\"access_token\":\"a\"}");
    KEEP(run, tokens, izly_client_finish_login(partner(run, vector), query, state, &out, &run->err), token_members);
    const struct canned_request *request = canned_request(run->server, 0);
    if (run->err == NULL && request != NULL) {
        const char *code = strstr(request->head, "&code=") + strlen("&code=");
        char *plain = decoded(code, strcspn(code, " &"));
        put_text(run->members, "code", plain);
        free(plain);
    } else {
        /* What is wrong with a return is found before anything is sent. */
        CHECK_INT(canned_count(run->server), 0);
    }
}

/* ---- Settings ---- */

/* What the key became, as the server sees it. */
static void run_key(struct run *run, const izly_client *client)
{
    const izly_payment *payment;
    serve_text(run, "{\"OperationId\":1,\"Amount\":1.50,\"OrderId\":\"o\",\"OperationStatus\":\"Waiting\"}");
    CHECK_OK(izly_client_payment(client, 1, &payment, &run->err), run->err);
    izly_payment_free(payment);
    const struct canned_request *request = canned_request(run->server, 0);
    char *identifier = canned_header(request, "appidentifier"), *key = canned_header(request, "authorization");
    CHECK(key != NULL && strncmp(key, "Basic ", 6) == 0);
    run->members = json_pack("{ss ss}", "identifier", identifier, "api_key", key + 6);
    free(identifier);
    free(key);
}

static left_out run_api_key(struct run *run, const json_t *vector)
{
    if (input_of(vector, "secret") != NULL) {
        return "C has no key in two parts";
    }
    izly_config config = IZLY_CONFIG_INIT;
    config.environment = canned_url(run->server);
    config.api_key = input_text(vector, "api_key");
    config.app_identifier = input_text(vector, "app_identifier");
    const izly_client *client;
    izly_client_new(&config, &client, &run->err);
    if (client != NULL) {
        run_key(run, client);
    }
    izly_client_free(client);
    return NULL;
}

/* An order has no record of its own: a payment is created for it. */
static void run_order(struct run *run, const json_t *vector)
{
    serve_created(run);
    run_create_payment(run, vector);
}

static void run_environment(struct run *run, const json_t *vector)
{
    izly_config config = IZLY_CONFIG_INIT;
    char *key = base64_of(json_is_true(input_of(vector, "sandbox_key")) ? "Paris-78-78-78-78:sandbox_s3cret"
                                                                       : "Paris-78-78-78-78:s3cret");
    config.api_key = key;
    config.environment = input_text(vector, "url");
    const izly_client *client;
    const izly_login *login;
    izly_client_new(&config, &client, &run->err);
    free(key);
    if (client != NULL) {
        CHECK_OK(izly_client_start_login(client, 1, &login, &run->err), run->err);
        char base[256];
        snprintf(base, sizeof base, "%.*s", (int)(strstr(login->url, "/oauth/") - login->url), login->url);
        run->members = json_pack("{ss}", "base_url", base);
        izly_login_free(login);
    }
    izly_client_free(client);
}

/* ---- Which runs which ---- */

struct input_runner {
    const char *call;
    void (*run)(struct run *, const json_t *);
    int is_request;
};

static const struct input_runner input_runners[] = {
    { "login_url", run_login_url, 0 },
    { "login_return", run_login_return, 0 },
    { "order", run_order, 0 },
    { "environment", run_environment, 0 },
    { "token_request", run_token_request, 1 },
    { "refresh_request", run_refresh_request, 1 },
    { "user_request", run_user_request, 1 },
    { "payment_request", run_payment_request, 1 },
    { "refund_request", run_refund_request, 1 },
};

/* Runs a vector of this half; 0 if its call is of the other. */
static int run_inputs(struct run *run, const json_t *vector, const char *call, left_out *why)
{
    if (strcmp(call, "api_key") == 0) {
        *why = run_api_key(run, vector);
        return 1;
    }
    if (strcmp(call, "new_payment") == 0) {
        *why = run_new_payment(run, vector);
        if (*why == NULL) {
            keep_sent(run, vector);
        }
        return 1;
    }
    for (size_t i = 0; i < sizeof input_runners / sizeof input_runners[0]; i++) {
        if (strcmp(call, input_runners[i].call) == 0) {
            input_runners[i].run(run, vector);
            if (input_runners[i].is_request) {
                keep_sent(run, vector);
            }
            return 1;
        }
    }
    return 0;
}

#endif
