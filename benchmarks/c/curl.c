/* libcurl: an easy handle that is kept, as its documentation advises, with its connection or with a new one each time. */

#include <curl/curl.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "request.h"
#include "worker.h"

enum { CAPACITY = 1 << 20 };

struct exchange {
    CURL *handle;
    struct curl_slist *headers;
    char *body;
    size_t length;
};

static void need(CURLcode code)
{
    if (code != CURLE_OK) fail("curl: %s", curl_easy_strerror(code));
}

/* Into memory that is there already: growing it is no part of what is compared. */
static size_t receive(char *bytes, size_t size, size_t count, void *data)
{
    struct exchange *exchange = data;
    size_t length = size * count;
    if (length > CAPACITY - exchange->length) return 0;
    memcpy(exchange->body + exchange->length, bytes, length);
    exchange->length += length;
    return length;
}

static struct curl_slist *headers(const struct settings *settings)
{
    char *key = authorization(settings);
    struct curl_slist *list = curl_slist_append(NULL, key);
    free(key);
    for (size_t i = 0; i < HEADER_COUNT && list != NULL; i++) list = curl_slist_append(list, request_headers[i]);
    if (list == NULL) fail("no memory");
    return list;
}

/* This file alone, as izly does. With a folder beside it, which some builds have, libcurl would read both for each new
 * connection; without one it keeps what it has read. */
static void trust(CURL *handle, const struct settings *settings)
{
    if (settings->ca_file == NULL) return;
    need(curl_easy_setopt(handle, CURLOPT_CAINFO, settings->ca_file));
    need(curl_easy_setopt(handle, CURLOPT_CAPATH, NULL));
}

/* The same limits as izly's, and nothing that the request does not need. */
static void configure(struct exchange *exchange, const struct settings *settings, const char *path)
{
    char url[1024];
    const char *base = required(settings->url, "IZLY_BENCH_URL");
    if (snprintf(url, sizeof url, "%s%s", base, path) >= (int)sizeof url) fail("%s: too long", base);
    CURL *handle = exchange->handle;
    need(curl_easy_setopt(handle, CURLOPT_URL, url));
    need(curl_easy_setopt(handle, CURLOPT_HTTPHEADER, exchange->headers));
    need(curl_easy_setopt(handle, CURLOPT_USERAGENT, USER_AGENT));
    need(curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, receive));
    need(curl_easy_setopt(handle, CURLOPT_WRITEDATA, exchange));
    need(curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, 15000L));
    need(curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, 5000L));
    need(curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L));
    /* No redirects are followed unless asked for. izly speaks HTTP/1.1, and has no use for signals or proxies. */
    need(curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1));
    need(curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L));
    need(curl_easy_setopt(handle, CURLOPT_PROXY, ""));
    trust(handle, settings);
}

static struct exchange *begin(const struct settings *settings, const char *path, bool is_fresh)
{
    need(curl_global_init(CURL_GLOBAL_DEFAULT));
    struct exchange *exchange = allocate(sizeof *exchange);
    exchange->body = allocate(CAPACITY);
    exchange->headers = headers(settings);
    exchange->handle = curl_easy_init();
    if (exchange->handle == NULL) fail("curl: no handle");
    configure(exchange, settings, path);
    need(curl_easy_setopt(exchange->handle, CURLOPT_FRESH_CONNECT, (long)is_fresh));
    need(curl_easy_setopt(exchange->handle, CURLOPT_FORBID_REUSE, (long)is_fresh));
    return exchange;
}

static void *open_read(const struct settings *settings)
{
    return begin(settings, READ_PATH, false);
}

static void *open_read_fresh(const struct settings *settings)
{
    return begin(settings, READ_PATH, true);
}

static void *posting(struct exchange *exchange)
{
    need(curl_easy_setopt(exchange->handle, CURLOPT_POSTFIELDSIZE, (long)strlen(CREATE_BODY)));
    need(curl_easy_setopt(exchange->handle, CURLOPT_POSTFIELDS, CREATE_BODY));
    return exchange;
}

static void *open_create(const struct settings *settings)
{
    return posting(begin(settings, CREATE_PATH, false));
}

static void *open_create_fresh(const struct settings *settings)
{
    return posting(begin(settings, CREATE_PATH, true));
}

static long long once(void *state)
{
    struct exchange *exchange = state;
    exchange->length = 0;
    need(curl_easy_perform(exchange->handle));
    return (long long)exchange->length;
}

static void end(void *state)
{
    struct exchange *exchange = state;
    curl_easy_cleanup(exchange->handle);
    curl_slist_free_all(exchange->headers);
    free(exchange->body);
    free(exchange);
    curl_global_cleanup();
}

const struct contender contenders[] = {
    { "read", "curl", open_read, once, end },
    { "read", "curl_fresh", open_read_fresh, once, end },
    { "create_payment", "curl", open_create, once, end },
    { "create_payment", "curl_fresh", open_create_fresh, once, end },
    { "first", "curl", open_read, once, end },
    { "first", "curl_fresh", open_read_fresh, once, end },
    { 0 },
};
