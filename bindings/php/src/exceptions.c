/* Exceptions: a class for each status of the library, with everything that its error says. */

#include "php_izly.h"

#include <ext/spl/spl_exceptions.h>
#include <zend_enum.h>
#include <zend_exceptions.h>

#include "izly_exceptions_arginfo.h"

/* The two bases: each has the same private properties, at places of its own. */
enum base { BASE_USAGE, BASE_CALL, BASE_COUNT };

enum detail {
    DETAIL_OUTCOME,
    DETAIL_RETRY,
    DETAIL_HTTP_STATUS,
    DETAIL_API_CODE,
    DETAIL_RETRY_AFTER_SECONDS,
    DETAIL_FIELD,
    DETAIL_CALL,
    DETAIL_PHASE,
    DETAIL_API_MESSAGE,
    DETAIL_TITLE,
    DETAIL_OAUTH_ERROR,
    DETAIL_EXCERPT,
    DETAIL_COUNT,
};

static const char *const detail_names[DETAIL_COUNT] = {
    "outcome", "retry", "httpStatus", "apiCode", "retryAfterSeconds", "field",
    "call",    "phase", "apiMessage", "title",   "oauthError",        "excerpt",
};

static zend_class_entry *bases[BASE_COUNT];
static uint32_t slots[BASE_COUNT][DETAIL_COUNT];
static zend_object_handlers handlers;

static zend_class_entry *ce_invalid_input, *ce_configuration, *ce_resolve, *ce_connect, *ce_tls, *ce_timeout,
    *ce_disconnected, *ce_protocol, *ce_too_large, *ce_unreadable, *ce_redirect, *ce_authentication, *ce_rate_limited,
    *ce_api, *ce_server, *ce_not_final, *ce_mismatch, *ce_not_paid, *ce_internal;

/* Each status of izly.h stands here; a test compares. */
static const struct {
    izly_status status;
    zend_class_entry **ce;
} classes[] = {
    { IZLY_ERR_NULL, &ce_internal },
    { IZLY_ERR_UTF8, &ce_invalid_input },
    { IZLY_ERR_STRUCT_SIZE, &ce_internal },
    { IZLY_ERR_INVALID_INPUT, &ce_invalid_input },
    { IZLY_ERR_CONFIGURATION, &ce_configuration },
    { IZLY_ERR_RESOLVE, &ce_resolve },
    { IZLY_ERR_CONNECT, &ce_connect },
    { IZLY_ERR_TLS, &ce_tls },
    { IZLY_ERR_TIMEOUT, &ce_timeout },
    { IZLY_ERR_DISCONNECTED, &ce_disconnected },
    { IZLY_ERR_PROTOCOL, &ce_protocol },
    { IZLY_ERR_TOO_LARGE, &ce_too_large },
    { IZLY_ERR_UNREADABLE, &ce_unreadable },
    { IZLY_ERR_REDIRECT, &ce_redirect },
    { IZLY_ERR_AUTHENTICATION, &ce_authentication },
    { IZLY_ERR_RATE_LIMITED, &ce_rate_limited },
    { IZLY_ERR_API, &ce_api },
    { IZLY_ERR_SERVER, &ce_server },
    { IZLY_ERR_NOT_FINAL, &ce_not_final },
    { IZLY_ERR_MISMATCH, &ce_mismatch },
    { IZLY_ERR_NOT_PAID, &ce_not_paid },
    { IZLY_ERR_INTERNAL, &ce_internal },
    { IZLY_ERR_PANIC, &ce_internal },
};

/* A status that a newer library has and this list has not is a fault between the two. */
static zend_class_entry *class_for(izly_status status)
{
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        if (classes[i].status == status) {
            return *classes[i].ce;
        }
    }
    return ce_internal;
}

/* ---- Details ---- */

static zval *detail_of(zend_object *object, enum detail detail)
{
    enum base base = instanceof_function(object->ce, bases[BASE_USAGE]) ? BASE_USAGE : BASE_CALL;
    return OBJ_PROP(object, slots[base][detail]);
}

/* A new exception's details are all there, and say the least: that nobody knows. */
static void begin_details(zend_object *object)
{
    for (enum detail detail = 0; detail < DETAIL_COUNT; detail++) {
        ZVAL_NULL(detail_of(object, detail));
    }
    ZVAL_LONG(detail_of(object, DETAIL_OUTCOME), IZLY_OUTCOME_UNKNOWN);
    ZVAL_LONG(detail_of(object, DETAIL_RETRY), IZLY_RETRY_REPORT);
}

static void set_text(zend_object *object, enum detail detail, const char *text)
{
    if (text != NULL) {
        ZVAL_STRING(detail_of(object, detail), text);
    }
}

static void set_number(zend_object *object, enum detail detail, int64_t number)
{
    if (number != 0) {
        ZVAL_LONG(detail_of(object, detail), number);
    }
}

static zend_object *new_exception(izly_status status, const char *message)
{
    zval exception, property;
    object_init_ex(&exception, class_for(status));
    ZVAL_STRING(&property, message);
    zend_update_property_ex(zend_ce_exception, Z_OBJ(exception), ZSTR_KNOWN(ZEND_STR_MESSAGE), &property);
    zval_ptr_dtor(&property);
    ZVAL_LONG(&property, status);
    zend_update_property_ex(zend_ce_exception, Z_OBJ(exception), ZSTR_KNOWN(ZEND_STR_CODE), &property);
    return Z_OBJ(exception);
}

static void throw_object(zend_object *object)
{
    zval exception;
    ZVAL_OBJ(&exception, object);
    zend_throw_exception_object(&exception);
}

void izly_throw(const izly_error *err)
{
    zend_object *object = new_exception(err->status, err->message);
    ZVAL_LONG(detail_of(object, DETAIL_OUTCOME), err->outcome);
    ZVAL_LONG(detail_of(object, DETAIL_RETRY), err->retry);
    set_number(object, DETAIL_HTTP_STATUS, err->http_status);
    set_number(object, DETAIL_API_CODE, err->api_code);
    set_number(object, DETAIL_RETRY_AFTER_SECONDS, err->retry_after_seconds);
    set_text(object, DETAIL_FIELD, err->field);
    set_text(object, DETAIL_CALL, err->call);
    set_text(object, DETAIL_PHASE, err->phase);
    set_text(object, DETAIL_API_MESSAGE, err->api_message);
    set_text(object, DETAIL_TITLE, err->title);
    set_text(object, DETAIL_OAUTH_ERROR, err->oauth_error);
    set_text(object, DETAIL_EXCERPT, err->excerpt);
    throw_object(object);
}

void izly_refuse(izly_status status, const char *field, const char *message)
{
    char text[256];
    /* As the library words its own. */
    const char *kind = status == IZLY_ERR_CONFIGURATION ? "configuration" : "invalid input";
    snprintf(text, sizeof text, "%s: %s %s", kind, field, message);
    zend_object *object = new_exception(status, text);
    ZVAL_LONG(detail_of(object, DETAIL_OUTCOME), IZLY_OUTCOME_NOT_SENT);
    ZVAL_LONG(detail_of(object, DETAIL_RETRY), IZLY_RETRY_FIX);
    set_text(object, DETAIL_FIELD, field);
    throw_object(object);
}

/* ---- Getters ---- */

/* A detail, if it is of the type that this file gave it. Nothing is known that can change one; should something be found,
 * the getters keep their word on types, and say the least. */
static zval *typed_detail(zval *exception, enum detail detail, zend_uchar type)
{
    zval *found = detail_of(Z_OBJ_P(exception), detail);
    ZVAL_DEREF(found);
    return Z_TYPE_P(found) == type ? found : NULL;
}

static void return_case(zend_class_entry *ce, const char *name, zval *return_value)
{
    ZVAL_OBJ_COPY(return_value, zend_enum_get_case_cstr(ce, name));
}

static const char *outcome_case(zend_long outcome)
{
    switch (outcome) {
    case IZLY_OUTCOME_NOT_SENT: return "NotSent";
    case IZLY_OUTCOME_REJECTED: return "Rejected";
    default: return "Unknown";
    }
}

static const char *retry_case(zend_long retry)
{
    switch (retry) {
    case IZLY_RETRY_SAFE: return "Safe";
    case IZLY_RETRY_LATER: return "Later";
    case IZLY_RETRY_ONCE: return "Once";
    case IZLY_RETRY_LOOK_UP_FIRST: return "LookUpFirst";
    case IZLY_RETRY_REFRESH_TOKEN: return "RefreshToken";
    case IZLY_RETRY_RESTART_LOGIN: return "RestartLogin";
    case IZLY_RETRY_FIX: return "Fix";
    case IZLY_RETRY_NO: return "No";
    default: return "Report";
    }
}

ZEND_METHOD(Izly_Exception_UsageException, getOutcome)
{
    ZEND_PARSE_PARAMETERS_NONE();
    const zval *outcome = typed_detail(ZEND_THIS, DETAIL_OUTCOME, IS_LONG);
    return_case(izly_ce_outcome, outcome_case(outcome == NULL ? IZLY_OUTCOME_UNKNOWN : Z_LVAL_P(outcome)), return_value);
}

ZEND_METHOD(Izly_Exception_UsageException, getRetry)
{
    ZEND_PARSE_PARAMETERS_NONE();
    const zval *retry = typed_detail(ZEND_THIS, DETAIL_RETRY, IS_LONG);
    return_case(izly_ce_retry, retry_case(retry == NULL ? IZLY_RETRY_REPORT : Z_LVAL_P(retry)), return_value);
}

#define GETTER(name, detail, type) \
    ZEND_METHOD(Izly_Exception_UsageException, name) \
    { \
        ZEND_PARSE_PARAMETERS_NONE(); \
        zval *found = typed_detail(ZEND_THIS, detail, type); \
        if (found == NULL) { \
            RETURN_NULL(); \
        } \
        RETURN_COPY_DEREF(found); \
    }

GETTER(getHttpStatus, DETAIL_HTTP_STATUS, IS_LONG)
GETTER(getApiCode, DETAIL_API_CODE, IS_LONG)
GETTER(getRetryAfterSeconds, DETAIL_RETRY_AFTER_SECONDS, IS_LONG)
GETTER(getField, DETAIL_FIELD, IS_STRING)
GETTER(getCall, DETAIL_CALL, IS_STRING)
GETTER(getPhase, DETAIL_PHASE, IS_STRING)
GETTER(getApiMessage, DETAIL_API_MESSAGE, IS_STRING)
GETTER(getTitle, DETAIL_TITLE, IS_STRING)
GETTER(getOauthError, DETAIL_OAUTH_ERROR, IS_STRING)
GETTER(revealExcerpt, DETAIL_EXCERPT, IS_STRING)

ZEND_METHOD(Izly_Exception_UsageException, isAccessDenied)
{
    ZEND_PARSE_PARAMETERS_NONE();
    const zval *error = typed_detail(ZEND_THIS, DETAIL_OAUTH_ERROR, IS_STRING);
    RETURN_BOOL(error != NULL && zend_string_equals_literal(Z_STR_P(error), "access_denied"));
}

/* ---- Objects ---- */

/* What any exception shows, without the details: an answer's excerpt may hold what the student's browser sent. */
static HashTable *get_properties_for(zend_object *object, zend_prop_purpose purpose)
{
    HashTable *table = zend_array_dup(zend_std_get_properties(object));
    for (enum base base = 0; base < BASE_COUNT; base++) {
        for (enum detail detail = 0; detail < DETAIL_COUNT; detail++) {
            const char *class_name = ZSTR_VAL(bases[base]->name), *name = detail_names[detail];
            zend_string *key =
                zend_mangle_property_name(class_name, strlen(class_name), name, strlen(name), false);
            if (purpose != ZEND_PROP_PURPOSE_DEBUG || detail == DETAIL_EXCERPT) {
                zend_hash_del(table, key);
            }
            zend_string_release(key);
        }
    }
    return table;
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    *table = object->properties_table;
    *count = object->ce->default_properties_count;
    return object->properties;
}

static zend_object *create(zend_class_entry *ce)
{
    zend_object *object = zend_ce_exception->create_object(ce);
    object->handlers = &handlers;
    begin_details(object);
    return object;
}

static zend_class_entry *attach(zend_class_entry *ce)
{
    ce->create_object = create;
    return ce;
}

static void attach_base(enum base base, zend_class_entry *ce)
{
    bases[base] = attach(ce);
    for (enum detail detail = 0; detail < DETAIL_COUNT; detail++) {
        const char *name = detail_names[detail];
        const zend_property_info *info = zend_hash_str_find_ptr(&ce->properties_info, name, strlen(name));
        if (info == NULL) {
            zend_error_noreturn(E_CORE_ERROR, "izly: %s has no property %s", ZSTR_VAL(ce->name), name);
        }
        slots[base][detail] = info->offset;
    }
}

#define REGISTER(name, parent) attach(register_class_Izly_Exception_##name##Exception(parent))

static void register_calls(zend_class_entry *call)
{
    zend_class_entry *transport = REGISTER(Transport, call);
    ce_resolve = REGISTER(Resolve, transport);
    ce_connect = REGISTER(Connect, transport);
    ce_tls = REGISTER(Tls, transport);
    ce_timeout = REGISTER(Timeout, transport);
    ce_disconnected = REGISTER(Disconnected, transport);
    ce_protocol = REGISTER(Protocol, transport);
    ce_too_large = REGISTER(TooLarge, call);
    ce_unreadable = REGISTER(Unreadable, call);
    ce_redirect = REGISTER(Redirect, call);
    ce_authentication = REGISTER(Authentication, call);
    ce_rate_limited = REGISTER(RateLimited, call);
    ce_api = REGISTER(Api, call);
    ce_server = REGISTER(Server, call);
    zend_class_entry *not_confirmed = REGISTER(NotConfirmed, call);
    ce_not_final = REGISTER(NotFinal, not_confirmed);
    ce_mismatch = REGISTER(Mismatch, not_confirmed);
    ce_not_paid = REGISTER(NotPaid, not_confirmed);
    ce_internal = REGISTER(Internal, call);
}

void izly_register_exceptions(void)
{
    handlers = *zend_get_std_object_handlers();
    handlers.clone_obj = NULL;
    handlers.get_properties_for = get_properties_for;
    handlers.get_properties = izly_no_properties;
    handlers.get_gc = get_gc;
    zend_class_entry *face = register_class_Izly_Exception_IzlyException(zend_ce_throwable);
    attach_base(BASE_USAGE, register_class_Izly_Exception_UsageException(spl_ce_InvalidArgumentException, face));
    attach_base(BASE_CALL, register_class_Izly_Exception_CallException(spl_ce_RuntimeException, face));
    ce_invalid_input = REGISTER(InvalidInput, bases[BASE_USAGE]);
    ce_configuration = REGISTER(Configuration, bases[BASE_USAGE]);
    register_calls(bases[BASE_CALL]);
}
