/* The server that says what it is told to: a thread for each connection. A part of support.c. */

#ifndef CANNED_H
#define CANNED_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <strings.h>
#include <sys/socket.h>

#define MAX_CONNECTIONS 256
#define MAX_REQUEST 65536

struct canned {
    int listener;
    char url[64];
    pthread_t acceptor;
    pthread_mutex_t lock; /* Of all that follows. */
    pthread_cond_t idle;
    int is_stopping;
    int connections[MAX_CONNECTIONS];
    size_t connection_count;
    size_t accepted;
    struct canned_request *requests;
    size_t request_count;
    enum canned_kind kind;
    int status;
    char *headers;
    char *bytes;
    size_t length;
};

struct connection {
    struct canned *server;
    int socket_fd;
    char buffer[MAX_REQUEST];
    size_t filled;
};

static struct sockaddr_in loopback(uint16_t port)
{
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static void send_all(int socket_fd, const void *bytes, size_t length)
{
    size_t sent = 0;
    while (sent < length) {
        ssize_t step = send(socket_fd, (const char *)bytes + sent, length - sent, MSG_NOSIGNAL);
        if (step <= 0) {
            return;
        }
        sent += (size_t)step;
    }
}

/* A copy that can be printed: a NUL follows it. */
static char *copy_of(const void *bytes, size_t length)
{
    char *copy = allocate(length + 1);
    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    copy[length] = '\0';
    return copy;
}

static int listen_on(uint16_t *port)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = loopback(*port);
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 64) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        give_up("listen", "the port is taken");
    }
    *port = ntohs(address.sin_port);
    return listener;
}

/* ---- One connection ---- */

/* Reads more; 0 at the end of the connection. */
static int fill(struct connection *connection)
{
    size_t room = sizeof connection->buffer - 1 - connection->filled;
    ssize_t got = recv(connection->socket_fd, connection->buffer + connection->filled, room, 0);
    if (got <= 0) {
        return 0;
    }
    connection->filled += (size_t)got;
    connection->buffer[connection->filled] = '\0';
    return 1;
}

static size_t content_length(const char *head)
{
    for (const char *line = strstr(head, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, "content-length:", 15) == 0) {
            return strtoul(line + 17, NULL, 10);
        }
    }
    return 0;
}

/* Takes one whole request off the connection; 0 if it ends before. */
static int next_request(struct connection *connection, struct canned_request *request)
{
    char *end;
    connection->buffer[connection->filled] = '\0';
    while ((end = strstr(connection->buffer, "\r\n\r\n")) == NULL) {
        if (!fill(connection)) {
            return 0;
        }
    }
    size_t head = (size_t)(end - connection->buffer) + 4;
    request->head = copy_of(connection->buffer, head);
    request->length = content_length(request->head);
    while (connection->filled < head + request->length) {
        if (!fill(connection)) {
            free(request->head);
            return 0;
        }
    }
    request->body = copy_of(connection->buffer + head, request->length);
    connection->filled -= head + request->length;
    memmove(connection->buffer, connection->buffer + head + request->length, connection->filled);
    return 1;
}

static void send_http(int socket_fd, int status, const char *headers, const char *body, size_t length)
{
    char head[2048];
    int has_body = status != 204 && status != 304;
    int size = snprintf(head, sizeof head, "HTTP/1.1 %d Canned\r\nContent-Type: application/json\r\n%s", status,
                        headers == NULL ? "" : headers);
    if (has_body) {
        size += snprintf(head + size, sizeof head - (size_t)size, "Content-Length: %zu\r\n", length);
    }
    size += snprintf(head + size, sizeof head - (size_t)size, "\r\n");
    /* In one piece: two would wait for each other (Nagle, and delayed acknowledgements). */
    char *all = allocate((size_t)size + length + 1);
    memcpy(all, head, (size_t)size);
    if (has_body && length > 0) {
        memcpy(all + size, body, length);
    }
    send_all(socket_fd, all, (size_t)size + (has_body ? length : 0));
    free(all);
}

static void send_echo(int socket_fd, const char *head)
{
    const char *found = strstr(head, "/WebPayments/");
    unsigned long long id = found == NULL ? 0 : strtoull(found + 13, NULL, 10);
    char body[256];
    int length = snprintf(body, sizeof body,
                          "{\"OperationId\":%llu,\"OrderId\":\"order-%llu\",\"Amount\":%llu.%02llu,"
                          "\"OperationStatus\":\"Completed\"}",
                          id, id, id / 100, id % 100);
    send_http(socket_fd, 200, NULL, body, (size_t)length);
}

/* Answers as the server was last told; 0 if the connection ends with that. Takes the request. */
static int answer_request(struct connection *connection, struct canned_request request)
{
    struct canned *server = connection->server;
    pthread_mutex_lock(&server->lock);
    enum canned_kind kind = server->kind;
    int status = server->status;
    char *headers = server->headers == NULL ? NULL : copy_of(server->headers, strlen(server->headers));
    size_t length = server->length;
    char *bytes = copy_of(server->bytes, length);
    if (kind == CANNED_ECHO) {
        send_echo(connection->socket_fd, request.head);
        free(request.head);
        free(request.body);
    } else {
        size_t size = (server->request_count + 1) * sizeof request;
        struct canned_request *requests = allocate(size);
        if (server->request_count > 0) {
            memcpy(requests, server->requests, size - sizeof request);
        }
        free(server->requests);
        server->requests = requests;
        server->requests[server->request_count++] = request;
    }
    pthread_mutex_unlock(&server->lock);

    if (kind == CANNED_HTTP) {
        send_http(connection->socket_fd, status, headers, bytes, length);
    } else if (kind == CANNED_RAW) {
        send_all(connection->socket_fd, bytes, length);
    }
    free(headers);
    free(bytes);
    return kind != CANNED_RAW;
}

static void blurt(struct connection *connection)
{
    struct canned *server = connection->server;
    send_all(connection->socket_fd, server->bytes, server->length);
    shutdown(connection->socket_fd, SHUT_WR);
    /* What was not read when a socket closes would become a reset, and overtake what was sent. */
    while (fill(connection)) {
        connection->filled = 0;
    }
}

static void *serve(void *argument)
{
    struct connection *connection = argument;
    struct canned *server = connection->server;
    struct canned_request request;
    if (server->kind == CANNED_BLURT) {
        blurt(connection);
    }
    while (next_request(connection, &request) && answer_request(connection, request)) {
    }
    pthread_mutex_lock(&server->lock);
    for (size_t i = 0; i < server->connection_count; i++) {
        if (server->connections[i] == connection->socket_fd) {
            server->connections[i] = server->connections[--server->connection_count];
            break;
        }
    }
    close(connection->socket_fd);
    free(connection);
    pthread_cond_signal(&server->idle);
    pthread_mutex_unlock(&server->lock);
    return NULL;
}

/* ---- The server ---- */

static void admit(struct canned *server, int socket_fd)
{
    int on = 1;
    setsockopt(socket_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct connection *connection = allocate(sizeof *connection);
    connection->filled = 0;
    connection->server = server;
    connection->socket_fd = socket_fd;
    pthread_mutex_lock(&server->lock);
    pthread_t thread;
    int may_serve = !server->is_stopping && server->connection_count < MAX_CONNECTIONS;
    if (may_serve && pthread_create(&thread, NULL, serve, connection) == 0) {
        pthread_detach(thread);
        server->connections[server->connection_count++] = socket_fd;
        server->accepted++;
    } else {
        close(socket_fd);
        free(connection);
    }
    pthread_mutex_unlock(&server->lock);
}

static void *accept_all(void *argument)
{
    struct canned *server = argument;
    int socket_fd;
    while ((socket_fd = accept(server->listener, NULL, NULL)) >= 0) {
        admit(server, socket_fd);
    }
    return NULL;
}

struct canned *canned_start(uint16_t port)
{
    struct canned *server = allocate(sizeof *server);
    memset(server, 0, sizeof *server);
    server->listener = listen_on(&port);
    snprintf(server->url, sizeof server->url, "http://127.0.0.1:%u", (unsigned)port);
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->idle, NULL);
    canned_answer(server, 200, NULL, "{}", 2);
    if (pthread_create(&server->acceptor, NULL, accept_all, server) != 0) {
        give_up("thread", "none left");
    }
    return server;
}

void canned_stop(struct canned *server)
{
    pthread_mutex_lock(&server->lock);
    server->is_stopping = 1;
    for (size_t i = 0; i < server->connection_count; i++) {
        shutdown(server->connections[i], SHUT_RDWR);
    }
    while (server->connection_count > 0) {
        pthread_cond_wait(&server->idle, &server->lock);
    }
    pthread_mutex_unlock(&server->lock);
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->acceptor, NULL);
    close(server->listener);
    canned_forget(server);
    pthread_mutex_destroy(&server->lock);
    pthread_cond_destroy(&server->idle);
    free(server->headers);
    free(server->bytes);
    free(server);
}

const char *canned_url(const struct canned *server)
{
    return server->url;
}

static void set_answer(struct canned *server, enum canned_kind kind, int status, const char *headers, const void *bytes,
                       size_t length)
{
    pthread_mutex_lock(&server->lock);
    free(server->headers);
    free(server->bytes);
    server->kind = kind;
    server->status = status;
    server->headers = headers == NULL ? NULL : copy_of(headers, strlen(headers));
    server->bytes = copy_of(bytes, length);
    server->length = length;
    pthread_mutex_unlock(&server->lock);
}

void canned_answer(struct canned *server, int status, const char *headers, const void *body, size_t length)
{
    set_answer(server, CANNED_HTTP, status, headers, body, length);
}

void canned_say(struct canned *server, enum canned_kind kind, const void *bytes, size_t length)
{
    set_answer(server, kind, 200, NULL, bytes, length);
}

size_t canned_count(struct canned *server)
{
    pthread_mutex_lock(&server->lock);
    size_t count = server->request_count;
    pthread_mutex_unlock(&server->lock);
    return count;
}

size_t canned_connections(struct canned *server)
{
    pthread_mutex_lock(&server->lock);
    size_t count = server->accepted;
    pthread_mutex_unlock(&server->lock);
    return count;
}

void canned_forget(struct canned *server)
{
    pthread_mutex_lock(&server->lock);
    for (size_t i = 0; i < server->request_count; i++) {
        free(server->requests[i].head);
        free(server->requests[i].body);
    }
    free(server->requests);
    server->requests = NULL;
    server->request_count = 0;
    pthread_mutex_unlock(&server->lock);
}

const struct canned_request *canned_request(struct canned *server, size_t index)
{
    pthread_mutex_lock(&server->lock);
    const struct canned_request *request = index < server->request_count ? &server->requests[index] : NULL;
    pthread_mutex_unlock(&server->lock);
    return request;
}

char *canned_header(const struct canned_request *request, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = strstr(request->head, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, name, length) == 0 && line[2 + length] == ':') {
            const char *value = line + 3 + length;
            value += strspn(value, " ");
            return copy_of(value, strcspn(value, "\r\n"));
        }
    }
    return NULL;
}

#endif
