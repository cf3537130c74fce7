/* Sixteen threads on one client, each with calls of every sort: every answer is the one its thread asked for. */

#include "support.h"

#include <pthread.h>

#define THREADS 16

struct worker {
    pthread_t thread;
    const izly_client *client;
    int number;
    int rounds;
};

static const izly_pending_payment *create(const struct worker *worker, int round)
{
    char order_id[64];
    izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    snprintf(order_id, sizeof order_id, "threads-%ld-%d-%d", (long)getpid(), worker->number, round);
    payment.order_id = order_id;
    payment.amount_cents = 100 + worker->number;
    const izly_pending_payment *pending;
    const izly_error *err;
    CHECK_OK(izly_client_create_payment(worker->client, &payment, &pending, &err), err);
    CHECK_TEXT(pending->order_id, order_id);
    CHECK_INT(pending->amount_cents, payment.amount_cents);
    return pending;
}

static void read_back(const struct worker *worker, const izly_pending_payment *pending)
{
    const izly_payment *payment;
    const izly_error *err;
    CHECK_OK(izly_client_payment(worker->client, pending->operation_id, &payment, &err), err);
    CHECK_INT(payment->operation_id, pending->operation_id);
    CHECK_TEXT(payment->order_id, pending->order_id);
    CHECK_INT(payment->amount_cents, pending->amount_cents);
    CHECK_INT(payment->status, IZLY_PAYMENT_WAITING);
    izly_payment_free(payment);
}

static void be_refused(const struct worker *worker, const izly_pending_payment *pending)
{
    const izly_paid_payment *paid;
    const izly_refund *refund;
    const izly_user_details *user;
    const izly_tokens *tokens;
    const izly_error *err;
    uint64_t id = pending->operation_id;
    CHECK_FAILS(izly_client_confirm(worker->client, id, pending->order_id, pending->amount_cents, 0, &paid, &err),
                IZLY_ERR_NOT_FINAL, paid, err);
    izly_error_free(err);
    CHECK_FAILS(izly_client_confirm(worker->client, id, pending->order_id, 1, 0, &paid, &err), IZLY_ERR_MISMATCH, paid,
                err);
    CHECK_TEXT(err->field, "amount");
    izly_error_free(err);
    CHECK_FAILS(izly_client_refund(worker->client, id, pending->order_id, &refund, &err), IZLY_ERR_API, refund, err);
    izly_error_free(err);
    CHECK_FAILS(izly_client_user(worker->client, "nobody's", &user, &err), IZLY_ERR_AUTHENTICATION, user, err);
    izly_error_free(err);
    CHECK_FAILS(izly_client_refresh(worker->client, "nobody's", &tokens, &err), IZLY_ERR_API, tokens, err);
    CHECK_TEXT(err->oauth_error, "invalid_grant");
    izly_error_free(err);
}

static void stay_at_home(const struct worker *worker)
{
    const izly_login *login;
    const izly_callback *callback;
    const izly_error *err;
    char body[128];
    CHECK_OK(izly_client_start_login(worker->client, (uint32_t)worker->number, &login, &err), err);
    CHECK_HOLDS(login->url, login->state);
    izly_login_free(login);
    int length = snprintf(body, sizeof body, "{\"OperationSMoney\":{\"Id\":%d}}", worker->number + 1);
    CHECK_OK(izly_callback_parse(body, (size_t)length, &callback, &err), err);
    CHECK_INT(callback->operation_id, worker->number + 1);
    izly_callback_free(callback);
}

static void *work(void *argument)
{
    const struct worker *worker = argument;
    for (int round = 0; round < worker->rounds; round++) {
        const izly_pending_payment *pending = create(worker, round);
        for (int i = 0; i < 3; i++) {
            read_back(worker, pending);
        }
        be_refused(worker, pending);
        stay_at_home(worker);
        izly_pending_payment_free(pending);
    }
    return NULL;
}

int main(void)
{
    static struct worker workers[THREADS];
    const izly_client *client = sandbox_client();
    for (int i = 0; i < THREADS; i++) {
        workers[i] = (struct worker){ .client = client, .number = i, .rounds = is_slow() ? 1 : 8 };
        CHECK_INT(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(workers[i].thread, NULL);
    }
    izly_client_free(client);
    return report("test_threads");
}
