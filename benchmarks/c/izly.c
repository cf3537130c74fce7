/* izly: a client that is kept, with results that are checked and typed. */

#include <izly.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "worker.h"

/* By its address: arguments have no order, and the call among them is what sets the error. */
static void need(izly_status status, const izly_error **err)
{
    if (status != IZLY_OK) fail("izly: %s", (*err)->message);
}

/* ---- Calls ---- */

static void *open_client(const struct settings *settings)
{
    const izly_client *client;
    const izly_error *err;
    izly_config config = IZLY_CONFIG_INIT;
    config.api_key = required(settings->api_key, "IZLY_API_KEY");
    config.environment = required(settings->url, "IZLY_BENCH_URL");
    /* Over plain HTTP nothing is to be trusted, and no file to be read. */
    config.ca_file = strncmp(settings->url, "https:", 6) == 0 ? settings->ca_file : NULL;
    need(izly_client_new(&config, &client, &err), &err);
    return (void *)client;
}

static void close_client(void *client)
{
    izly_client_free(client);
}

static long long read_once(void *client)
{
    const izly_payment *payment;
    const izly_error *err;
    need(izly_client_payment(client, OPERATION_ID, &payment, &err), &err);
    long long amount = payment->amount_cents;
    izly_payment_free(payment);
    return amount;
}

static long long create_once(void *client)
{
    const izly_pending_payment *pending;
    const izly_error *err;
    izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    payment.order_id = "order-42";
    payment.amount_cents = 150;
    payment.message = "2 cafes";
    need(izly_client_create_payment(client, &payment, &pending, &err), &err);
    long long operation_id = (long long)pending->operation_id;
    izly_pending_payment_free(pending);
    return operation_id;
}

/* ---- Decoding ---- */

struct body {
    char *bytes;
    size_t length;
};

static void *open_callback(const struct settings *settings)
{
    char path[4096];
    const char *folder = required(settings->samples, "IZLY_BENCH_SAMPLES");
    if (snprintf(path, sizeof path, "%s/callback.json", folder) >= (int)sizeof path) fail("%s: too long", folder);
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail("%s cannot be read", path);
    struct body *body = allocate(sizeof *body);
    body->bytes = allocate(65536);
    body->length = fread(body->bytes, 1, 65536, file);
    fclose(file);
    return body;
}

static void close_callback(void *state)
{
    struct body *body = state;
    free(body->bytes);
    free(body);
}

/* The amount stays a text (nobody knows its unit before it is confirmed), so its length is what counts. */
static long long proof(const izly_callback *callback)
{
    return (long long)(strlen(callback->untrusted_amount_text) + strlen(callback->order_id) +
                       callback->operation_id % 10) +
           callback->untrusted_date.minute;
}

static long long decode_once(void *state)
{
    const struct body *body = state;
    const izly_callback *callback;
    const izly_error *err;
    need(izly_callback_parse(body->bytes, body->length, &callback, &err), &err);
    long long sum = proof(callback);
    izly_callback_free(callback);
    return sum;
}

const struct contender contenders[] = {
    { "read", "izly", open_client, read_once, close_client },
    { "create_payment", "izly", open_client, create_once, close_client },
    { "first", "izly", open_client, read_once, close_client },
    { "decode_callback", "izly", open_callback, decode_once, close_callback },
    { 0 },
};
