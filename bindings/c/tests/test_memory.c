/* Thousands of calls leave the process as it was: its memory, its descriptors, its threads. */

#include "support.h"

/* Room for what an allocator does by itself. A leak of 100 bytes a call would be more. */
#define SLACK_PAGES 64

static void check_flat(const char *what, struct footprint before)
{
    struct footprint now = footprint();
    printf("%s: %+ld pages, %+d descriptors, %+d threads\n", what, now.pages - before.pages,
           now.descriptors - before.descriptors, now.threads - before.threads);
    CHECK_INT(now.descriptors, before.descriptors);
    CHECK_INT(now.threads, before.threads);
    if (memory_tells()) {
        CHECK(now.pages - before.pages <= SLACK_PAGES);
    }
}

static void parse(void)
{
    static const char good[] = "{\"OperationSMoney\":{\"Id\":586589,\"Fee\":0.10},"
                               "\"User\":{\"Email\":\"jdoe@univ.example\"}}";
    static const char bad[] = "{\"OperationSMoney\":{\"Id\":\"none\"}}";
    const izly_callback *callback;
    const izly_error *err;
    CHECK_OK(izly_callback_parse(good, strlen(good), &callback, &err), err);
    izly_callback_free(callback);
    CHECK_FAILS(izly_callback_parse(bad, strlen(bad), &callback, &err), IZLY_ERR_UNREADABLE, callback, err);
    izly_error_free(err);
}

/* A read, which shares its connection; a refusal; and a refund, which has a connection of its own. */
static void call(const izly_client *client, uint64_t id)
{
    const izly_paid_payment *paid;
    const izly_refund *refund;
    const izly_error *err;
    char order_id[64];
    snprintf(order_id, sizeof order_id, "order-%llu", (unsigned long long)id);
    CHECK_OK(izly_client_confirm(client, id, order_id, (int64_t)id, 0, &paid, &err), err);
    izly_paid_payment_free(paid);
    CHECK_FAILS(izly_client_confirm(client, id, "another", (int64_t)id, 0, &paid, &err), IZLY_ERR_MISMATCH, paid, err);
    izly_error_free(err);
    if (id % 10 == 0) {
        /* The server answers `Completed`: not a refund. */
        CHECK_FAILS(izly_client_refund(client, id, order_id, &refund, &err), IZLY_ERR_NOT_FINAL, refund, err);
        izly_error_free(err);
    }
}

static void make_clients(const char *url, int count)
{
    for (int i = 0; i < count; i++) {
        const izly_client *client = new_client(url, PARIS_KEY);
        call(client, 1);
        izly_client_free(client);
    }
}

int main(void)
{
    char url[64];
    int few = is_slow() ? 10 : 1;
    pid_t server = canned_process(url);
    const izly_client *client = new_client(url, PARIS_KEY);

    /* First of all once each, so that what is loaded on first use is there. */
    struct footprint before = footprint();
    check_flat("nothing", before);
    for (int i = 0; i < 1000 / few; i++) {
        parse();
    }
    before = footprint();
    for (int i = 0; i < 10000 / few; i++) {
        parse();
    }
    check_flat("callbacks", before);

    for (uint64_t id = 1; id <= 200; id++) {
        call(client, id);
    }
    before = footprint();
    for (uint64_t id = 1; id <= 1000 / (uint64_t)few; id++) {
        call(client, id);
    }
    check_flat("calls", before);

    make_clients(url, 20);
    before = footprint();
    make_clients(url, 200 / few);
    check_flat("clients", before);

    izly_client_free(client);
    end_process(server);
    return report("test_memory");
}
