/*
 * A client that was used before fork() is used on in the parent, four children and four grandchildren, all at once.
 * Each asks for operations of its own, on a server that keeps its connections: if two processes shared one, they would
 * read each other's answers.
 */

#include "support.h"

#define CHILDREN 4
/* Far apart, so that no two processes ask for the same operation. */
#define OWN_IDS(process) ((uint64_t)(process) * 100000 + 1)

static void ask(const izly_client *client, uint64_t id)
{
    const izly_payment *payment;
    const izly_error *err;
    char order_id[64];
    snprintf(order_id, sizeof order_id, "order-%llu", (unsigned long long)id);
    CHECK_OK(izly_client_payment(client, id, &payment, &err), err);
    CHECK_INT(payment->operation_id, id);
    CHECK_TEXT(payment->order_id, order_id);
    CHECK_INT(payment->amount_cents, id);
    izly_payment_free(payment);
}

static void ask_often(const izly_client *client, int process)
{
    int count = is_slow() ? 10 : 200;
    for (int i = 0; i < count; i++) {
        ask(client, OWN_IDS(process) + (uint64_t)i);
    }
}

_Noreturn static void be_grandchild(const izly_client *client, int process)
{
    ask_often(client, process);
    izly_client_free(client);
    leave_process();
}

/* Has a child of its own, whose client has been forked twice. */
_Noreturn static void be_child(const izly_client *client, int process)
{
    ask(client, OWN_IDS(process));
    pid_t grandchild = fork();
    if (grandchild == 0) {
        be_grandchild(client, process + CHILDREN);
    }
    ask_often(client, process);
    join_process(grandchild);
    izly_client_free(client);
    leave_process();
}

/* A client that was made before the fork and never used. */
static void check_unused(const char *url)
{
    const izly_client *client = new_client(url, PARIS_KEY);
    pid_t child = fork();
    if (child == 0) {
        be_grandchild(client, 2 * CHILDREN + 1);
    }
    ask_often(client, 2 * CHILDREN + 2);
    join_process(child);
    izly_client_free(client);
}

/* A child that frees its copy takes nothing from the parent. */
static void check_freed_in_child(const char *url)
{
    const izly_client *client = new_client(url, PARIS_KEY);
    ask(client, 1);
    pid_t child = fork();
    if (child == 0) {
        izly_client_free(client);
        leave_process();
    }
    join_process(child);
    ask(client, 2);
    izly_client_free(client);
}

int main(void)
{
    char url[64];
    pid_t server = canned_process(url);
    const izly_client *client = new_client(url, PARIS_KEY);
    pid_t children[CHILDREN];
    ask_often(client, 0);
    for (int i = 0; i < CHILDREN; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            be_child(client, i + 1);
        }
    }
    ask_often(client, 0);
    for (int i = 0; i < CHILDREN; i++) {
        join_process(children[i]);
    }
    ask_often(client, 0);
    izly_client_free(client);
    check_unused(url);
    check_freed_in_child(url);
    end_process(server);
    return report("test_fork");
}
