/*
 * A purchase on the command line: `checkout ORDER`, with IZLY_ENVIRONMENT and IZLY_API_KEY set. Open the page that it
 * prints, approve, and give it the body of the callback on standard input, as a web server would (callback_server.c).
 */

#include <izly.h>
#include <stdio.h>
#include <stdlib.h>

/* Money may have moved: an error always says what became of the request. */
static void need(izly_status status, const izly_error **err)
{
    if (status == IZLY_OK) return;
    fprintf(stderr, "%s (%s, %s)\n", (*err)->message, izly_status_name(status), izly_outcome_name((*err)->outcome));
    izly_error_free(*err);
    exit(EXIT_FAILURE);
}

int main(int argc, char **argv)
{
    const izly_client *client;
    const izly_login *login;
    const izly_pending_payment *pending;
    const izly_callback *callback;
    const izly_paid_payment *paid;
    const izly_refund *refund;
    const izly_error *err;

    izly_config config = IZLY_CONFIG_INIT;
    config.api_key = getenv("IZLY_API_KEY");
    config.environment = getenv("IZLY_ENVIRONMENT");
    need(izly_client_new(&config, &client, &err), &err);

    need(izly_client_start_login(client, IZLY_SCOPE_USER_DETAILS, &login, &err), &err);
    printf("log in at %s\n", login->url);

    izly_new_payment order = IZLY_NEW_PAYMENT_INIT;
    order.order_id = argc > 1 ? argv[1] : "order-42";
    order.amount_cents = 150;
    need(izly_client_create_payment(client, &order, &pending, &err), &err);
    printf("approve at %s\n", pending->authorization_url);
    fflush(stdout);

    /* Anyone can post a callback: it says which payment to look at, and nothing else of it is believed. */
    char body[65536];
    size_t length = fread(body, 1, sizeof body, stdin);
    need(izly_callback_parse(body, length, &callback, &err), &err);
    uint64_t id = callback->operation_id;
    need(izly_client_confirm(client, id, order.order_id, order.amount_cents, 2000, &paid, &err), &err);
    printf("paid: operation %llu, %lld centimes\n", (unsigned long long)id, (long long)paid->amount_cents);

    need(izly_client_refund(client, paid->operation_id, paid->order_id, &refund, &err), &err);
    printf("refunded: operation %llu\n", (unsigned long long)refund->operation_id);

    izly_refund_free(refund);
    izly_paid_payment_free(paid);
    izly_callback_free(callback);
    izly_pending_payment_free(pending);
    izly_login_free(login);
    izly_client_free(client);
    return EXIT_SUCCESS;
}
