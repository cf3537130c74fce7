/* The floor: a connection that is kept, one send, and as many receives as the answer takes. Plain HTTP only. */

#define _GNU_SOURCE 1

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "request.h"
#include "worker.h"

enum { CAPACITY = 65536 };

struct connection {
    int socket;
    char *request;
    size_t request_length;
    char *answer;
};

/* The server's address: it is always the local machine's. */
static struct sockaddr_in address(const char *url)
{
    char host[64];
    unsigned short port;
    struct sockaddr_in address = { .sin_family = AF_INET };
    if (sscanf(url, "http://%63[^:/]:%hu", host, &port) != 2 || inet_pton(AF_INET, host, &address.sin_addr) != 1) {
        fail("socket: %s is no http://ADDRESS:PORT", url);
    }
    address.sin_port = htons(port);
    return address;
}

static int dial(const char *url)
{
    struct sockaddr_in server = address(url);
    struct timeval deadline = { .tv_sec = 15 };
    int on = 1, descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) fail("socket: none to be had");
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline);
    if (connect(descriptor, (struct sockaddr *)&server, sizeof server) != 0) fail("socket: %s: no connection", url);
    return descriptor;
}

static char *request(const struct settings *settings)
{
    char *key = authorization(settings), *text;
    int length = asprintf(&text, "GET %s HTTP/1.1\r\nhost: %s\r\nuser-agent: %s\r\n%s\r\n%s\r\n%s\r\n%s\r\n\r\n", READ_PATH,
                          settings->url + strlen("http://"), USER_AGENT, key, request_headers[0], request_headers[1],
                          request_headers[2]);
    if (length < 0) fail("no memory");
    free(key);
    return text;
}

static void *begin(const struct settings *settings)
{
    struct connection *connection = allocate(sizeof *connection);
    connection->socket = dial(required(settings->url, "IZLY_BENCH_URL"));
    connection->request = request(settings);
    connection->request_length = strlen(connection->request);
    connection->answer = allocate(CAPACITY + 1);
    return connection;
}

/* How long the whole answer is, from a part that holds its head, 0 if it does not yet. */
static size_t whole(const char *answer, size_t *body)
{
    static const char name[] = "\r\nContent-Length: ";
    const char *end = strstr(answer, "\r\n\r\n");
    if (end == NULL) return 0;
    const char *length = strcasestr(answer, name);
    if (length == NULL || length > end) fail("socket: an answer without its length");
    *body = strtoul(length + strlen(name), NULL, 10);
    return (size_t)(end - answer) + 4 + *body;
}

static long long once(void *state)
{
    struct connection *connection = state;
    size_t received = 0, needed = 0, body = 0;
    ssize_t sent = send(connection->socket, connection->request, connection->request_length, MSG_NOSIGNAL);
    if (sent != (ssize_t)connection->request_length) fail("socket: the request was not sent");
    while (needed == 0 || received < needed) {
        ssize_t more = recv(connection->socket, connection->answer + received, CAPACITY - received, 0);
        if (more <= 0) fail("socket: the answer ends early");
        received += (size_t)more;
        connection->answer[received] = '\0';
        if (needed == 0) needed = whole(connection->answer, &body);
    }
    return (long long)body;
}

static void end(void *state)
{
    struct connection *connection = state;
    close(connection->socket);
    free(connection->request);
    free(connection->answer);
    free(connection);
}

const struct contender contenders[] = {
    { "read", "socket", begin, once, end },
    { 0 },
};
