/* Vectors about what Izly sends: callbacks, and replies that the canned server gives. A part of test_vectors.c. */

#ifndef VECTORS_REPLIES_H
#define VECTORS_REPLIES_H

/* Makes a call, keeps its members or its error, and frees its record. */
#define KEEP(run, type, call, members_of)                                                                              \
    do {                                                                                                               \
        const izly_##type *out;                                                                                        \
        izly_status status = (call);                                                                                   \
        CHECK((status == IZLY_OK) == (out != NULL));                                                                   \
        (run)->members = out == NULL ? NULL : members_of(out);                                                         \
        izly_##type##_free(out);                                                                                       \
    } while (0)

static char *append(char *end, const char *text)
{
    size_t length = strlen(text);
    memcpy(end, text, length);
    return end + length;
}

/* A text with the canned server in place of the vectors' environment: http and https change places, so that what was
 * another scheme still is, and a port that the text gives stays. Free it. */
static char *moved(const struct run *run, const char *text, size_t *length)
{
    const char *here = canned_url(run->server) + strlen("http://");
    char *result = allocate(*length * 4 + 64), *end = result;
    for (size_t i = 0; i < *length;) {
        if (strncmp(text + i, "https:", 6) == 0) {
            end = append(end, "http:");
            i += 6;
        } else if (strncmp(text + i, "http:", 5) == 0) {
            end = append(end, "https:");
            i += 5;
        } else if (strncmp(text + i, VECTOR_HOST, strlen(VECTOR_HOST)) == 0) {
            i += strlen(VECTOR_HOST);
            end = append(end, text[i] == ':' ? "127.0.0.1" : here);
        } else {
            *end++ = text[i++];
        }
    }
    *end = '\0';
    *length = (size_t)(end - result);
    return result;
}

/* The vectors about addresses that would say something else about the canned server's. */
static left_out lost_by_moving(const char *name)
{
    static const char *const lost[] = { "create-url-host-case", "create-url-default-port", "create-url-homoglyph",
                                        "create-url-port-overflow" };
    for (size_t i = 0; i < sizeof lost / sizeof lost[0]; i++) {
        if (strcmp(name, lost[i]) == 0) {
            return "is about a host name or a default port, and the canned server has neither";
        }
    }
    return NULL;
}

static void serve_reply(struct run *run, const json_t *vector)
{
    const json_t *status = json_object_get(vector, "status");
    size_t length;
    char *body = body_of(vector, &length);
    if (strcmp(json_string_value(json_object_get(vector, "call")), "create_payment") == 0) {
        char *here = moved(run, body, &length);
        free(body);
        body = here;
    }
    canned_answer(run->server, status == NULL ? 200 : (int)json_integer_value(status), NULL, body, length);
    free(body);
}

static void run_callback(struct run *run, const json_t *vector)
{
    size_t length;
    char *body = body_of(vector, &length);
    KEEP(run, callback, izly_callback_parse(body, length, &out, &run->err), callback_members);
    free(body);
}

static void run_create_payment(struct run *run, const json_t *vector)
{
    izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    payment.order_id = input_text(vector, "order_id");
    payment.amount_cents = json_integer_value(input_of(vector, "amount_cents"));
    KEEP(run, pending_payment, izly_client_create_payment(partner(run, vector), &payment, &out, &run->err),
         pending_members);
}

/* The address that is wanted back moves with the body. */
static void move_expectation(const struct run *run, const json_t *vector)
{
    json_t *expected = json_object_get(vector, "expect");
    const json_t *url = json_object_get(expected, "authorization_url");
    if (url != NULL) {
        size_t length = json_string_length(url);
        char *here = moved(run, json_string_value(url), &length);
        json_object_set_new(expected, "authorization_url", json_string(here));
        free(here);
    }
}

static left_out run_created(struct run *run, const json_t *vector)
{
    left_out why = lost_by_moving(run->name);
    if (why == NULL) {
        move_expectation(run, vector);
        serve_reply(run, vector);
        run_create_payment(run, vector);
    }
    return why;
}

static void run_confirm(struct run *run, const json_t *vector)
{
    KEEP(run, paid_payment,
         izly_client_confirm(partner(run, vector), input_number(vector, "operation_id"), input_text(vector, "order_id"),
                             json_integer_value(input_of(vector, "amount_cents")), 0, &out, &run->err),
         paid_members);
}

static void run_reply(struct run *run, const json_t *vector, const char *call)
{
    const izly_client *client = partner(run, vector);
    uint64_t id = input_number(vector, "operation_id");
    if (strcmp(call, "payment") == 0) {
        KEEP(run, payment, izly_client_payment(client, id, &out, &run->err), payment_members);
    } else if (strcmp(call, "confirm") == 0) {
        run_confirm(run, vector);
    } else if (strcmp(call, "refund") == 0) {
        KEEP(run, refund, izly_client_refund(client, id, input_text(vector, "order_id"), &out, &run->err),
             refund_members);
    } else if (strcmp(call, "token") == 0) {
        KEEP(run, tokens, izly_client_finish_login(client, "code=the-code&state=s", "s", &out, &run->err),
             token_members);
    } else if (strcmp(call, "refresh") == 0) {
        const char *refresh_token = input_text(vector, "refresh_token");
        KEEP(run, tokens, izly_client_refresh(client, refresh_token, &out, &run->err), token_members);
    } else {
        KEEP(run, user_details, izly_client_user(client, "the-token", &out, &run->err), user_members);
    }
}

/* Runs a vector of this half; 0 if its call is of the other. */
static int run_replies(struct run *run, const json_t *vector, const char *call, left_out *why)
{
    static const char *const calls[] = { "payment", "confirm", "refund", "token", "refresh", "user" };
    if (strcmp(call, "callback") == 0) {
        run_callback(run, vector);
        return 1;
    }
    if (strcmp(call, "create_payment") == 0) {
        *why = run_created(run, vector);
        return 1;
    }
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if (strcmp(call, calls[i]) == 0) {
            serve_reply(run, vector);
            run_reply(run, vector, call);
            return 1;
        }
    }
    return 0;
}

#endif
