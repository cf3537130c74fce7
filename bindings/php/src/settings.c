/* The settings of a client. What they may be is the library's to say; what fits its types is said here. */

#include "settings.h"

#include <ext/hash/php_hash.h>
#include <ext/hash/php_hash_sha.h>
#include <fopen_wrappers.h>
#include <sys/stat.h>
#include <zend_enum.h>

#include "values.h"

#define STRINGIZE(text) #text
#define LANGUAGE(major, minor) "PHP " STRINGIZE(major) "." STRINGIZE(minor)

/* The places of these settings among the arguments, for TypeErrors. */
enum { ARGUMENT_DEADLINE = 8, ARGUMENT_CONNECT_TIMEOUT = 9, ARGUMENT_MAX_BODY = 10 };

static bool read_text(const zend_string *given, const char *field, const char **text)
{
    *text = NULL;
    if (given == NULL) {
        return true;
    }
    if (strlen(ZSTR_VAL(given)) != ZSTR_LEN(given)) {
        izly_refuse(IZLY_ERR_CONFIGURATION, field, "must not hold a NUL byte");
        return false;
    }
    *text = ZSTR_VAL(given);
    return true;
}

/* 0 means the default over there, so here it is refused; null means the default here. */
static bool read_number(zval *given, uint32_t argument, const char *field, uint32_t *number)
{
    zend_long value;
    *number = 0;
    if (given == NULL || Z_TYPE_P(given) == IS_NULL) {
        return true;
    }
    if (!izly_int(given, argument, &value)) {
        return false;
    }
    if (value < 1 || value > UINT32_MAX) {
        izly_refuse(IZLY_ERR_CONFIGURATION, field, "must be 1 to 4294967295");
        return false;
    }
    *number = (uint32_t)value;
    return true;
}

static bool is_case(zval *choice, const char *value)
{
    return choice != NULL && zend_string_equals_cstr(Z_STR_P(zend_enum_fetch_case_value(Z_OBJ_P(choice))), value,
                                                    strlen(value));
}

static bool read_wire(zend_object *wire, izly_config *config)
{
    if (wire == NULL) {
        return true;
    }
    if (izly_value_get(wire, "state") == NULL) {
        return false;
    }
    config->content_type = is_case(izly_value_get(wire, "contentType"), "s-money") ? IZLY_CONTENT_TYPE_SMONEY : 0;
    config->reply_amounts = is_case(izly_value_get(wire, "replyAmounts"), "centimes") ? IZLY_AMOUNTS_CENTIMES : 0;
    config->state_policy = is_case(izly_value_get(wire, "state"), "allow_missing") ? IZLY_STATE_ALLOW_MISSING : 0;
    config->refund_slash = Z_TYPE_P(izly_value_get(wire, "refundSlash")) == IS_TRUE;
    return true;
}

/* The library opens the file, past PHP, so the limits that PHP has are looked at here. */
static bool read_file(const zend_string *given, const char *field, const char **path)
{
    if (!read_text(given, field, path)) {
        return false;
    }
    if (*path != NULL && php_check_open_basedir_ex(*path, 0) != 0) {
        izly_refuse(IZLY_ERR_CONFIGURATION, field, "must lie within open_basedir");
        return false;
    }
    return true;
}

static bool read_numbers(const struct izly_settings *settings, izly_config *config)
{
    uint32_t max_body;
    if (!read_number(settings->deadline, ARGUMENT_DEADLINE, "deadline", &config->deadline_ms) ||
        !read_number(settings->connect_timeout, ARGUMENT_CONNECT_TIMEOUT, "connect_timeout",
                     &config->connect_timeout_ms) ||
        !read_number(settings->max_body, ARGUMENT_MAX_BODY, "max_body_bytes", &max_body)) {
        return false;
    }
    config->max_body_bytes = max_body;
    return true;
}

bool izly_settings_read(const struct izly_settings *settings, izly_config *config)
{
    const zend_string *environment = settings->environment;
    if (settings->environment_case != NULL) {
        environment = Z_STR_P(zend_enum_fetch_case_value(settings->environment_case));
    }
    config->no_reuse = !settings->reuse_connections;
    config->roots = settings->system_roots ? IZLY_ROOTS_SYSTEM : 0;
    config->language = LANGUAGE(PHP_MAJOR_VERSION, PHP_MINOR_VERSION);
    return read_text(settings->api_key, "api_key", &config->api_key) &&
           read_text(environment, "environment", &config->environment) &&
           read_text(settings->app_identifier, "app_identifier", &config->app_identifier) &&
           read_file(settings->ca_file, "ca_file", &config->ca_file) &&
           read_text(settings->proxy, "proxy", &config->proxy) &&
           read_text(settings->application, "application", &config->application) &&
           read_numbers(settings, config) && read_wire(settings->wire, config);
}

/* ---- The hash ---- */

static void add_bytes(PHP_SHA256_CTX *context, const void *bytes, size_t length)
{
    PHP_SHA256Update(context, bytes, length);
}

static void add_number(PHP_SHA256_CTX *context, uint64_t number)
{
    add_bytes(context, &number, sizeof number);
}

/* With its length before it, so that two texts cannot read as one. */
static void add_text(PHP_SHA256_CTX *context, const char *text)
{
    add_number(context, text == NULL ? UINT64_MAX : strlen(text));
    if (text != NULL) {
        add_bytes(context, text, strlen(text));
    }
}

/* A file that has been replaced holds other certificates. */
static void add_file(PHP_SHA256_CTX *context, const char *path)
{
    struct stat file;
    add_text(context, path);
    if (path != NULL && stat(path, &file) == 0) {
        add_number(context, (uint64_t)file.st_ino);
        add_number(context, (uint64_t)file.st_size);
        add_number(context, (uint64_t)file.st_mtim.tv_sec);
        add_number(context, (uint64_t)file.st_mtim.tv_nsec);
    }
}

void izly_settings_hash(const izly_config *config, unsigned char hash[IZLY_HASH_SIZE])
{
    PHP_SHA256_CTX context;
    PHP_SHA256InitArgs(&context, NULL);
    add_text(&context, config->api_key);
    add_text(&context, config->environment);
    add_text(&context, config->app_identifier);
    add_file(&context, config->ca_file);
    add_text(&context, config->proxy);
    add_text(&context, config->application);
    add_number(&context, config->deadline_ms);
    add_number(&context, config->connect_timeout_ms);
    add_number(&context, config->max_body_bytes);
    add_number(&context, (uint64_t)config->no_reuse);
    add_number(&context, (uint64_t)config->roots);
    add_number(&context, (uint64_t)config->content_type);
    add_number(&context, (uint64_t)config->reply_amounts);
    add_number(&context, (uint64_t)config->refund_slash);
    add_number(&context, (uint64_t)config->state_policy);
    PHP_SHA256Final(hash, &context);
    ZEND_SECURE_ZERO(&context, sizeof context);
}
