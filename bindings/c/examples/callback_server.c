/*
 * A shop under libmicrohttpd: `callback_server PORT`, with IZLY_ENVIRONMENT and IZLY_API_KEY set. It creates a payment
 * for each of its orders, prints where to approve them, and takes Izly's callbacks until its standard input ends.
 */

#include <izly.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ORDERS 3
#define LONGEST_BODY 65536

/* In a real shop this is a table, `settled_by` has a UNIQUE rule, and settling is one transaction. */
struct order {
    char id[64];
    int64_t amount_cents;
    uint64_t settled_by; /* The operation that paid it; 0 while it is open. */
};

struct shop {
    const izly_client *client;
    pthread_mutex_t lock; /* Of the orders. */
    struct order orders[ORDERS];
};

/* A request while its body arrives. */
struct upload {
    size_t length;
    char body[LONGEST_BODY];
};

/* Says what went wrong, and what became of the request; gives the status back. */
static izly_status told(izly_status status, const izly_error *err)
{
    if (err != NULL) {
        fprintf(stderr, "%s (%s, %s)\n", err->message, izly_status_name(status), izly_outcome_name(err->outcome));
        izly_error_free(err);
    }
    return status;
}

/* The order's own amount: never the callback's. 0 if there is no such order. */
static int64_t amount_due(struct shop *shop, const char *order_id)
{
    int64_t amount = 0;
    pthread_mutex_lock(&shop->lock);
    for (size_t i = 0; order_id != NULL && i < ORDERS; i++) {
        if (strcmp(shop->orders[i].id, order_id) == 0) amount = shop->orders[i].amount_cents;
    }
    pthread_mutex_unlock(&shop->lock);
    return amount;
}

/* Callbacks may come twice, and at once: the first settles, and the others find it done. */
static void settle(struct shop *shop, const izly_paid_payment *paid)
{
    pthread_mutex_lock(&shop->lock);
    for (size_t i = 0; i < ORDERS; i++) {
        struct order *order = &shop->orders[i];
        if (strcmp(order->id, paid->order_id) == 0 && order->settled_by == 0) {
            order->settled_by = paid->operation_id;
            printf("settled %s by operation %llu\n", order->id, (unsigned long long)paid->operation_id);
            fflush(stdout);
        }
    }
    pthread_mutex_unlock(&shop->lock);
}

/* Whether the payment behind a callback is settled. */
static int handle(struct shop *shop, const struct upload *upload)
{
    const izly_callback *callback;
    const izly_paid_payment *paid;
    const izly_error *err;
    izly_status status = izly_callback_parse(upload->body, upload->length, &callback, &err);
    if (told(status, err) != IZLY_OK) return 0;

    /* Izly calls while it validates: the payment may take a moment to be final. */
    int64_t due = amount_due(shop, callback->order_id);
    if (due > 0) {
        status = izly_client_confirm(shop->client, callback->operation_id, callback->order_id, due, 2000, &paid, &err);
        if (told(status, err) == IZLY_OK) {
            settle(shop, paid);
            izly_paid_payment_free(paid);
        }
    }
    izly_callback_free(callback);
    return due > 0 && status == IZLY_OK;
}

static enum MHD_Result answer(struct MHD_Connection *connection, int is_settled)
{
    const izly_reply *reply;
    const izly_error *err;
    izly_status status = is_settled ? izly_reply_accepted(&reply, &err)
                                    : izly_reply_rejected(1, "not settled", 0, &reply, &err);
    if (told(status, err) != IZLY_OK) return MHD_NO;

    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(reply->body), (void *)(uintptr_t)reply->body, MHD_RESPMEM_MUST_COPY);
    enum MHD_Result result = MHD_NO;
    if (response != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
        result = MHD_queue_response(connection, (unsigned)reply->http_status, response);
        MHD_destroy_response(response);
    }
    izly_reply_free(reply);
    return result;
}

/* Called for a request's head, then for each piece of its body, then for its end. */
static enum MHD_Result on_request(void *argument, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *piece, size_t *piece_length,
                                  void **state)
{
    struct shop *shop = argument;
    struct upload *upload = *state;
    (void)url;
    (void)version;
    if (upload == NULL) {
        if (strcmp(method, MHD_HTTP_METHOD_POST) != 0) return MHD_NO;
        *state = calloc(1, sizeof *upload);
        return *state == NULL ? MHD_NO : MHD_YES;
    }
    if (*piece_length > 0) {
        if (*piece_length > sizeof upload->body - upload->length) return MHD_NO;
        memcpy(upload->body + upload->length, piece, *piece_length);
        upload->length += *piece_length;
        *piece_length = 0;
        return MHD_YES;
    }
    return answer(connection, handle(shop, upload));
}

static void on_end(void *argument, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode reason)
{
    (void)argument;
    (void)connection;
    (void)reason;
    free(*state);
}

static int open_order(struct shop *shop, size_t number)
{
    struct order *order = &shop->orders[number];
    const izly_pending_payment *pending;
    const izly_error *err;
    izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    snprintf(order->id, sizeof order->id, "shop-order-%zu", number + 1);
    order->amount_cents = 100 + (int64_t)number;
    payment.order_id = order->id;
    payment.amount_cents = order->amount_cents;
    izly_status status = izly_client_create_payment(shop->client, &payment, &pending, &err);
    if (told(status, err) != IZLY_OK) return 0;
    printf("approve %s at %s\n", order->id, pending->authorization_url);
    izly_pending_payment_free(pending);
    return 1;
}

static int run(struct shop *shop, uint16_t port)
{
    /* A thread for each connection: one that waits for Izly holds up no other. */
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION, port, NULL, NULL, on_request,
                         shop, MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
    if (daemon == NULL) {
        fprintf(stderr, "cannot listen on port %u\n", (unsigned)port);
        return EXIT_FAILURE;
    }
    int is_open = 1;
    for (size_t i = 0; i < ORDERS && is_open; i++) is_open = open_order(shop, i);
    fflush(stdout);
    while (is_open && getchar() != EOF) continue;
    MHD_stop_daemon(daemon);
    return is_open ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    struct shop shop = { .lock = PTHREAD_MUTEX_INITIALIZER };
    const izly_error *err;
    izly_config config = IZLY_CONFIG_INIT;
    config.api_key = getenv("IZLY_API_KEY");
    config.environment = getenv("IZLY_ENVIRONMENT");
    izly_status status = izly_client_new(&config, &shop.client, &err);
    if (told(status, err) != IZLY_OK) return EXIT_FAILURE;
    int result = run(&shop, (uint16_t)(argc > 1 ? atoi(argv[1]) : 8080));
    izly_client_free(shop.client);
    return result;
}
