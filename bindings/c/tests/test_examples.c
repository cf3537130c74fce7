/*
 * Runs the examples against the sandbox, as their comments say. IZLY_EXAMPLES is the folder of the compiled programs.
 */

#include "support.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

struct program {
    pid_t process;
    int input;
    FILE *output; /* Both of its outputs. */
};

static struct program start(const char *name, const char *argument)
{
    char path[1024];
    int input[2], output[2];
    snprintf(path, sizeof path, "%s/%s", setting("IZLY_EXAMPLES"), name);
    if (access(path, X_OK) != 0 || pipe(input) != 0 || pipe(output) != 0) {
        give_up(path, "cannot be started");
    }
    fcntl(input[1], F_SETFD, FD_CLOEXEC);
    fcntl(output[0], F_SETFD, FD_CLOEXEC);
    struct program program = { fork(), input[1], fdopen(output[0], "r") };
    if (program.process == 0) {
        dup2(input[0], 0);
        dup2(output[1], 1);
        dup2(output[1], 2);
        close(input[0]);
        close(output[1]);
        setenv("IZLY_ENVIRONMENT", setting("IZLY_BASE_URL"), 1);
        execl(path, path, argument, (char *)NULL);
        _exit(127);
    }
    close(input[0]);
    close(output[1]);
    return program;
}

/* The next line that begins so, without its end; the program must print one. */
static const char *line_of(struct program *program, const char *beginning)
{
    static char line[2048];
    char skipped[4096] = "";
    while (fgets(line, sizeof line, program->output) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, beginning, strlen(beginning)) == 0) {
            return line;
        }
        snprintf(skipped + strlen(skipped), sizeof skipped - strlen(skipped), "    it said: %s\n", line);
    }
    fputs(skipped, stderr);
    give_up(beginning, "the example does not say so");
}

/* Ends its input, and waits. Gives its exit status; `last` is room for 1024 bytes of what it still said. */
static int finish(struct program *program, char *last)
{
    int status = 0;
    close(program->input);
    size_t length = fread(last, 1, 1023, program->output);
    last[length] = '\0';
    fclose(program->output);
    waitpid(program->process, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static uint16_t callback_port(void)
{
    return (uint16_t)atoi(setting("IZLY_CALLBACK_PORT"));
}

/* ---- checkout ---- */

static void check_checkout(void)
{
    char last[1024];
    struct canned *listener = canned_start(callback_port());
    struct program program = start("checkout", "example-checkout");
    CHECK_HOLDS(line_of(&program, "log in at "), "/oauth/Home/Authorize?");
    student_approves(line_of(&program, "approve at ") + strlen("approve at "), "riche");
    CHECK_INT(canned_count(listener), 1);
    const struct canned_request *callback = canned_request(listener, 0);
    CHECK_INT(write(program.input, callback->body, callback->length), callback->length);
    CHECK_INT(finish(&program, last), EXIT_SUCCESS);
    CHECK_HOLDS(last, "paid: operation ");
    CHECK_HOLDS(last, ", 150 centimes\n");
    CHECK_HOLDS(last, "refunded: operation ");
    canned_stop(listener);
}

static void check_unpaid_checkout(void)
{
    char last[1024], forged[128];
    struct program program = start("checkout", "example-unpaid");
    unsigned long long id = 0;
    const char *url = line_of(&program, "approve at ");
    sscanf(strstr(url, "/WebPayments/"), "/WebPayments/%llu", &id);
    int length = snprintf(forged, sizeof forged, "{\"OperationSMoney\":{\"Id\":%llu,\"Status\":\"Completed\"}}", id);
    CHECK_INT(write(program.input, forged, (size_t)length), length);
    CHECK_INT(finish(&program, last), EXIT_FAILURE);
    CHECK_HOLDS(last, "(IZLY_ERR_NOT_FINAL, unknown)");
}

/* ---- callback_server ---- */

struct order {
    unsigned long long id;
    char url[1024];
};

static struct order order_of(struct program *shop)
{
    struct order order = { 0, "" };
    const char *line = line_of(shop, "approve shop-order-");
    snprintf(order.url, sizeof order.url, "%s", strstr(line, "http"));
    sscanf(strstr(line, "/WebPayments/"), "/WebPayments/%llu", &order.id);
    return order;
}

static struct answer post_callback(const char *body)
{
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/callback", (unsigned)callback_port());
    return http("POST", url, "application/json", body);
}

/* A callback that nobody but us has sent. */
static struct answer forge(unsigned long long operation, const char *order_id)
{
    char body[256];
    snprintf(body, sizeof body, "{\"OperationSMoney\":{\"Id\":%llu,\"ClientOrderId\":\"%s\",\"Status\":\"Completed\"}}",
             operation, order_id);
    return post_callback(body);
}

static void *repeat(void *order)
{
    CHECK_HOLDS(forge(((const struct order *)order)->id, "shop-order-1").body, "\"Code\":0");
    return NULL;
}

static void check_refusals(const struct order *orders)
{
    const struct answer answers[] = {
        forge(orders[1].id, "shop-order-2"), /* Nobody has approved it. */
        forge(orders[0].id, "shop-order-2"), /* Paid, for another order. */
        forge(orders[0].id, "no-order"),
        post_callback("{}"),
        post_callback(""),
    };
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        CHECK_INT(answers[i].status, 500);
        CHECK_TEXT(answers[i].body, "{\"Code\":1,\"ErrorMessage\":\"not settled\"}");
    }
}

static void check_callback_server(void)
{
    char port[16], last[1024];
    pthread_t threads[4];
    snprintf(port, sizeof port, "%u", (unsigned)callback_port());
    struct program shop = start("callback_server", port);
    struct order orders[3] = { order_of(&shop), order_of(&shop), order_of(&shop) };
    student_approves(orders[0].url, "riche");
    CHECK_HOLDS(line_of(&shop, "settled "), "shop-order-1 by operation");
    for (int i = 0; i < 4; i++) {
        CHECK_INT(pthread_create(&threads[i], NULL, repeat, &orders[0]), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    check_refusals(orders);
    student_approves(orders[2].url, "riche");
    CHECK_HOLDS(line_of(&shop, "settled "), "shop-order-3 by operation");
    CHECK_INT(finish(&shop, last), EXIT_SUCCESS);
    /* Each order once. */
    CHECK_TEXT(last, "");
}

/* ---- prefork ---- */

struct asker {
    pthread_t thread;
    char url[128];
    const char *wanted;
};

static void *ask(void *argument)
{
    struct asker *asker = argument;
    for (int i = 0; i < 5; i++) {
        struct answer answer = http("GET", asker->url, NULL, NULL);
        CHECK_INT(answer.status, 200);
        CHECK_TEXT(answer.body, asker->wanted);
    }
    return NULL;
}

/* A payment of its own for each asker; `line` is what the example says of it. */
static uint64_t new_payment(const izly_client *client, int number, char *line, size_t size)
{
    char order_id[64];
    izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    snprintf(order_id, sizeof order_id, "prefork-%d", number);
    payment.order_id = order_id;
    payment.amount_cents = 100 + number;
    const izly_pending_payment *pending;
    const izly_error *err;
    CHECK_OK(izly_client_create_payment(client, &payment, &pending, &err), err);
    uint64_t id = pending->operation_id;
    snprintf(line, size, "%llu %s %d Waiting\n", (unsigned long long)id, order_id, 100 + number);
    izly_pending_payment_free(pending);
    return id;
}

static void check_prefork(void)
{
    static struct asker askers[8];
    static char lines[8][256];
    char first[32], last[1024], url[64];
    const izly_client *client = sandbox_client();
    uint64_t ids[8];
    for (int i = 0; i < 8; i++) {
        ids[i] = new_payment(client, i, lines[i], sizeof lines[i]);
    }
    izly_client_free(client);
    snprintf(first, sizeof first, "%llu", (unsigned long long)ids[0]);

    struct program server = start("prefork", first);
    CHECK_HOLDS(line_of(&server, "parent: "), " prefork-0 100 Waiting");
    snprintf(url, sizeof url, "%s", line_of(&server, "http://"));
    for (int i = 0; i < 8; i++) {
        snprintf(askers[i].url, sizeof askers[i].url, "%s/%llu", url, (unsigned long long)ids[i]);
        askers[i].wanted = lines[i];
        CHECK_INT(pthread_create(&askers[i].thread, NULL, ask, &askers[i]), 0);
    }
    for (int i = 0; i < 10; i++) {
        CHECK_INT(write(server.input, "\n", 1), 1);
        CHECK_HOLDS(line_of(&server, "parent: "), " prefork-0 100 Waiting");
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(askers[i].thread, NULL);
    }
    CHECK_INT(finish(&server, last), EXIT_SUCCESS);
    CHECK_TEXT(last, "");
}

int main(void)
{
    /* An example that ended must be a failed check, not the end of this program. */
    signal(SIGPIPE, SIG_IGN);
    check_checkout();
    check_unpaid_checkout();
    check_callback_server();
    check_prefork();
    return report("test_examples");
}
