/*
 * A server with four processes: `prefork OPERATION`, with IZLY_ENVIRONMENT and IZLY_API_KEY set. The parent makes the
 * client, and uses it once; then it forks. Each child answers `GET /OPERATION` with what Izly says of that payment, and
 * the parent goes on asking too: after fork() each process has connections of its own. Ends with its standard input.
 */

#define _POSIX_C_SOURCE 200809L

#include <izly.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS 4

/* What Izly says of a payment, in a line; gives the call's status. */
static izly_status describe(const izly_client *client, uint64_t operation_id, char *line, size_t size)
{
    const izly_payment *payment;
    const izly_error *err;
    izly_status status = izly_client_payment(client, operation_id, &payment, &err);
    if (status == IZLY_OK) {
        snprintf(line, size, "%llu %s %lld %s\n", (unsigned long long)payment->operation_id, payment->order_id,
                 (long long)payment->amount_cents, payment->status_text);
    } else {
        snprintf(line, size, "%s (%s, %s)\n", err->message, izly_status_name(status), izly_outcome_name(err->outcome));
    }
    izly_payment_free(payment);
    izly_error_free(err);
    return status;
}

/* Any free port of the loopback address. */
static int listen_somewhere(uint16_t *port)
{
    struct sockaddr_in address = { .sin_family = AF_INET };
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 16) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        perror("listen");
        exit(EXIT_FAILURE);
    }
    *port = ntohs(address.sin_port);
    return listener;
}

static void answer(const izly_client *client, int connection)
{
    char request[2048], line[512], reply[1024];
    unsigned long long operation_id;
    /* Enough for an example: a request this short arrives in one piece. */
    ssize_t length = recv(connection, request, sizeof request - 1, 0);
    request[length > 0 ? length : 0] = '\0';
    if (sscanf(request, "GET /%llu ", &operation_id) != 1) return;
    int is_found = describe(client, operation_id, line, sizeof line) == IZLY_OK;
    int size = snprintf(reply, sizeof reply, "HTTP/1.1 %s\r\nConnection: close\r\nX-Worker: %ld\r\n\r\n%s",
                        is_found ? "200 OK" : "502 Bad Gateway", (long)getpid(), line);
    send(connection, reply, (size_t)size, MSG_NOSIGNAL);
}

/* Until the parent ends it. */
static void work(const izly_client *client, int listener)
{
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (connection < 0) continue;
        answer(client, connection);
        close(connection);
    }
}

/* What the parent does meanwhile. */
static int watch(const izly_client *client, uint64_t operation_id)
{
    char line[512], input[64];
    while (fgets(input, sizeof input, stdin) != NULL) {
        if (describe(client, operation_id, line, sizeof line) != IZLY_OK) {
            fputs(line, stderr);
            return EXIT_FAILURE;
        }
        printf("parent: %s", line);
        fflush(stdout);
    }
    return EXIT_SUCCESS;
}

static int serve(const izly_client *client, uint64_t operation_id)
{
    uint16_t port;
    int listener = listen_somewhere(&port);
    pid_t workers[WORKERS];
    printf("http://127.0.0.1:%u\n", (unsigned)port);
    fflush(NULL);
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = fork();
        if (workers[i] == 0) work(client, listener);
    }
    int result = watch(client, operation_id);
    for (int i = 0; i < WORKERS; i++) {
        if (workers[i] < 0) continue;
        kill(workers[i], SIGTERM);
        waitpid(workers[i], NULL, 0);
    }
    close(listener);
    return result;
}

int main(int argc, char **argv)
{
    const izly_client *client;
    const izly_error *err;
    uint64_t operation_id = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    izly_config config = IZLY_CONFIG_INIT;
    config.api_key = getenv("IZLY_API_KEY");
    config.environment = getenv("IZLY_ENVIRONMENT");
    if (izly_client_new(&config, &client, &err) != IZLY_OK) {
        fprintf(stderr, "%s\n", err->message);
        izly_error_free(err);
        return EXIT_FAILURE;
    }
    char line[512];
    int result = EXIT_FAILURE;
    if (describe(client, operation_id, line, sizeof line) == IZLY_OK) {
        printf("parent: %s", line);
        result = serve(client, operation_id);
    } else {
        fputs(line, stderr);
    }
    izly_client_free(client);
    return result;
}
