/* What all vectors share: reading them, comparing, counting. A part of test_vectors.c. */

#ifndef VECTORS_H
#define VECTORS_H

#include <jansson.h>
#include <stdarg.h>
#include <strings.h>

/* The host of the vectors' environment; over here it is the canned server. */
#define VECTOR_HOST "rest-pp.izly.fr"

struct client_slot {
    char *key; /* The API key and the switches it was made for. */
    const izly_client *client;
};

/* Why a vector was left out; NULL if it ran. */
typedef const char *left_out;

struct run {
    struct canned *server;
    struct client_slot clients[64];
    size_t client_count;
    const char *name;   /* Of the vector. */
    json_t *members;    /* What came, flat; NULL if an error did. */
    const izly_error *err;
    int differences;    /* In all vectors so far. */
};

/* ---- Texts ---- */

static const json_t *input_of(const json_t *vector, const char *name)
{
    return json_object_get(json_object_get(vector, "input"), name);
}

/* A text of the input; NULL if there is none. */
static const char *input_text(const json_t *vector, const char *name)
{
    return json_string_value(input_of(vector, name));
}

static uint64_t input_number(const json_t *vector, const char *name)
{
    return (uint64_t)json_integer_value(input_of(vector, name));
}

static int holds_nul(const json_t *value)
{
    return json_is_string(value) && strlen(json_string_value(value)) < json_string_length(value);
}

static char *encoded(const char *text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    static const char digits[] = "0123456789ABCDEF";
    char *result = allocate(3 * strlen(text) + 1), *end = result;
    for (; *text != '\0'; text++) {
        if (strchr(plain, *text) != NULL) {
            *end++ = *text;
        } else {
            *end++ = '%';
            *end++ = digits[(unsigned char)*text >> 4];
            *end++ = digits[(unsigned char)*text & 15];
        }
    }
    *end = '\0';
    return result;
}

static char *decoded(const char *text, size_t length)
{
    char *result = allocate(length + 1), *end = result;
    unsigned byte;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '%' && sscanf(text + i + 1, "%2x", &byte) == 1) {
            *end++ = (char)byte;
            i += 2;
        } else {
            *end++ = text[i];
        }
    }
    *end = '\0';
    return result;
}

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static char *base64_of(const char *text)
{
    size_t length = strlen(text);
    char *result = allocate(4 * (length / 3 + 1) + 1), *end = result;
    for (size_t i = 0; i < length; i += 3) {
        unsigned bits = 0;
        for (size_t j = 0; j < 3; j++) {
            bits = bits << 8 | (i + j < length ? (unsigned char)text[i + j] : 0);
        }
        for (int j = 3; j >= 0; j--, end++) {
            *end = i + 3 - (size_t)j > length ? '=' : base64_digits[bits >> (6 * j) & 63];
        }
    }
    *end = '\0';
    return result;
}

static char *from_base64(const char *text, size_t *length)
{
    char *result = allocate(strlen(text) + 1);
    unsigned bits = 0;
    int count = 0;
    *length = 0;
    for (const char *digit; *text != '\0' && (digit = strchr(base64_digits, *text)) != NULL; text++) {
        bits = bits << 6 | (unsigned)(digit - base64_digits);
        count += 6;
        if (count >= 8) {
            count -= 8;
            result[(*length)++] = (char)(bits >> count & 255);
        }
    }
    return result;
}

/* The body of a vector. Free it. */
static char *body_of(const json_t *vector, size_t *length)
{
    const json_t *body = json_object_get(vector, "body");
    const char *base64 = json_string_value(json_object_get(vector, "body_base64"));
    if (base64 != NULL) {
        return from_base64(base64, length);
    }
    *length = json_string_length(body);
    char *copy = allocate(*length + 1);
    memcpy(copy, json_string_value(body), *length + 1);
    return copy;
}

/* ---- Clients: one for each key and set of switches ---- */

static void set_switches(izly_config *config, const json_t *wire)
{
    const char *name;
    const json_t *value;
    json_object_foreach((json_t *)wire, name, value)
    {
        if (strcmp(name, "reply_amounts") == 0) {
            config->reply_amounts = IZLY_AMOUNTS_CENTIMES;
        } else if (strcmp(name, "refund_slash") == 0) {
            config->refund_slash = json_is_true(value);
        } else if (strcmp(name, "content_type") == 0) {
            config->content_type = IZLY_CONTENT_TYPE_SMONEY;
        } else if (strcmp(name, "state") == 0) {
            config->state_policy = IZLY_STATE_ALLOW_MISSING;
        } else {
            give_up(name, "no such switch");
        }
    }
}

static const izly_client *client_with_key(struct run *run, const json_t *vector, const char *api_key)
{
    const json_t *wire = json_object_get(vector, "wire");
    char *switches = wire == NULL ? strdup("{}") : json_dumps(wire, JSON_SORT_KEYS);
    char key[512];
    snprintf(key, sizeof key, "%s %s", api_key, switches);
    free(switches);
    for (size_t i = 0; i < run->client_count; i++) {
        if (strcmp(run->clients[i].key, key) == 0) {
            return run->clients[i].client;
        }
    }
    izly_config config = IZLY_CONFIG_INIT;
    config.environment = canned_url(run->server);
    config.api_key = api_key;
    set_switches(&config, wire);
    struct client_slot *slot = &run->clients[run->client_count++];
    if (run->client_count > sizeof run->clients / sizeof run->clients[0]) {
        give_up("clients", "too many");
    }
    const izly_error *err;
    CHECK_OK(izly_client_new(&config, &slot->client, &err), err);
    slot->key = strdup(key);
    return slot->client;
}

/* The partner of a vector, with its switches. */
static const izly_client *partner(struct run *run, const json_t *vector)
{
    const char *identifier = input_text(vector, "identifier");
    if (identifier == NULL) {
        return client_with_key(run, vector, PARIS_KEY);
    }
    char text[256];
    snprintf(text, sizeof text, "%s:s3cret", identifier);
    char *key = base64_of(text);
    const izly_client *client = client_with_key(run, vector, key);
    free(key);
    return client;
}

static void free_clients(struct run *run)
{
    for (size_t i = 0; i < run->client_count; i++) {
        free(run->clients[i].key);
        izly_client_free(run->clients[i].client);
    }
}

/* ---- Comparing ---- */

static void differs(struct run *run, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "vector %s: ", run->name);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    run->differences++;
}

static void compare_value(struct run *run, const char *name, const json_t *got, const json_t *wanted)
{
    if (json_equal((json_t *)got, (json_t *)wanted)) {
        return;
    }
    char *left = json_dumps(got, JSON_ENCODE_ANY), *right = json_dumps(wanted, JSON_ENCODE_ANY);
    differs(run, "%s: wanted %s, got %s", name, right, left == NULL ? "nothing" : left);
    free(left);
    free(right);
}

/* A text as C reads it: a NUL inside has become U+FFFD. */
static json_t *as_c_reads(const json_t *value)
{
    if (!holds_nul(value)) {
        return json_deep_copy(value);
    }
    const char *text = json_string_value(value);
    size_t length = json_string_length(value), filled = 0;
    char *copy = allocate(3 * length + 1);
    for (size_t i = 0; i < length; i++) {
        size_t size = text[i] == '\0' ? 3 : 1;
        memcpy(copy + filled, text[i] == '\0' ? "\xef\xbf\xbd" : &text[i], size);
        filled += size;
    }
    json_t *result = json_stringn(copy, filled);
    free(copy);
    return result;
}

/* Unknown fields are compared as they are written: parsed, 1.10 and 1.1 would be the same. */
static void compare_extra(struct run *run, const char *got, const json_t *wanted)
{
    if (json_object_size(wanted) == 0) {
        if (got != NULL) {
            differs(run, "extra: wanted none, got %s", got);
        }
        return;
    }
    size_t length = 2 + json_object_size(wanted) - 1;
    const char *path;
    const json_t *raw;
    json_object_foreach((json_t *)wanted, path, raw)
    {
        json_t *name = json_string(path);
        char *quoted = json_dumps(name, JSON_ENCODE_ANY);
        json_t *member = json_sprintf("%s:%s", quoted, json_string_value(raw));
        if (got == NULL || strstr(got, json_string_value(member)) == NULL) {
            differs(run, "extra: wanted %s, got %s", json_string_value(member), got == NULL ? "none" : got);
        }
        length += json_string_length(member);
        json_decref(member);
        free(quoted);
        json_decref(name);
    }
    if (got != NULL && strlen(got) != length) {
        differs(run, "extra: more than was wanted: %s", got);
    }
}

static void compare_members(struct run *run, const json_t *expected)
{
    const char *name;
    const json_t *value;
    json_object_foreach((json_t *)expected, name, value)
    {
        const json_t *got = json_object_get(run->members, name);
        if (strcmp(name, "extra") == 0) {
            compare_extra(run, json_string_value(got), value);
            continue;
        }
        if (got == NULL) {
            differs(run, "no such member here: %s", name);
            continue;
        }
        json_t *wanted = as_c_reads(value);
        compare_value(run, name, got, wanted);
        json_decref(wanted);
    }
}

static json_t *text_or_null(const char *text)
{
    return text == NULL ? json_null() : json_string(text);
}

/* The name that vectors give a status: `not_final` for IZLY_ERR_NOT_FINAL. */
static json_t *kind_name(izly_status status)
{
    char kind[64];
    snprintf(kind, sizeof kind, "%s", izly_status_name(status) + strlen("IZLY_ERR_"));
    for (char *letter = kind; *letter != '\0'; letter++) {
        *letter = (char)(*letter >= 'A' && *letter <= 'Z' ? *letter + 32 : *letter);
    }
    return json_string(kind);
}

/* The name that vectors give an advice. */
static const char *retry_name(izly_retry retry)
{
    switch (retry) {
    case IZLY_RETRY_SAFE: return "safe";
    case IZLY_RETRY_LATER: return "later";
    case IZLY_RETRY_ONCE: return "once";
    case IZLY_RETRY_LOOK_UP_FIRST: return "look_up_first";
    case IZLY_RETRY_REFRESH_TOKEN: return "refresh_token";
    case IZLY_RETRY_RESTART_LOGIN: return "restart_login";
    case IZLY_RETRY_FIX: return "fix";
    case IZLY_RETRY_NO: return "no";
    case IZLY_RETRY_REPORT: return "report";
    default: return "another";
    }
}

static json_t *error_members(const izly_error *err)
{
    return json_pack("{so so ss so so so so so}", "kind", kind_name(err->status), "outcome",
                     json_string(izly_outcome_name(err->outcome)), "retry", retry_name(err->retry), "api_code",
                     err->api_code == 0 ? json_null() : json_integer(err->api_code), "oauth_error",
                     text_or_null(err->oauth_error), "title", json_string(err->title == NULL ? "" : err->title),
                     "http_status", err->http_status == 0 ? json_null() : json_integer(err->http_status), "field",
                     text_or_null(err->field));
}

static void compare_error(struct run *run, const json_t *expected)
{
    json_t *members = error_members(run->err);
    const char *name;
    const json_t *value;
    json_object_foreach((json_t *)expected, name, value)
    {
        if (strcmp(name, "mentions") != 0) {
            compare_value(run, name, json_object_get(members, name), value);
            continue;
        }
        size_t i;
        const json_t *part;
        json_array_foreach((json_t *)value, i, part)
        {
            if (strstr(run->err->message, json_string_value(part)) == NULL) {
                differs(run, "the message does not mention `%s`: %s", json_string_value(part), run->err->message);
            }
        }
    }
    json_decref(members);
}

/* The differences between what a vector wants and what came. */
static void compare(struct run *run, const json_t *vector)
{
    const json_t *expected = json_object_get(vector, "expect");
    if ((run->members == NULL) == (run->err == NULL)) {
        differs(run, "gave both a record and an error, or neither");
    } else if (expected != NULL && run->err != NULL) {
        differs(run, "an error came: %s", run->err->message);
    } else if (expected == NULL && run->err == NULL) {
        differs(run, "no error came");
    } else if (expected != NULL) {
        compare_members(run, expected);
    } else {
        compare_error(run, json_object_get(vector, "error"));
    }
}

#endif
