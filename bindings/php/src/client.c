/* Client: each method is one call of the library, and one record of it made into an object. */

#include "settings.h"
#include "values.h"

#include <zend_exceptions.h>

zend_class_entry *izly_ce_client;

static zend_object_handlers handlers;

struct client_object {
    struct izly_handle *handle; /* NULL until constructed. */
    const izly_error *error;    /* Of the constructor, while it throws: if memory runs out then, the object's end frees it. */
    zend_object std;
};

static struct client_object *client_from(zend_object *object)
{
    return (struct client_object *)((char *)object - XtOffsetOf(struct client_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    struct client_object *client = zend_object_alloc(sizeof *client, ce);
    client->handle = NULL;
    client->error = NULL;
    zend_object_std_init(&client->std, ce);
    object_properties_init(&client->std, ce);
    client->std.handlers = &handlers;
    return &client->std;
}

static void free_object(zend_object *object)
{
    struct client_object *client = client_from(object);
    if (client->handle != NULL) {
        izly_connections_release(client->handle);
    }
    /* Not called for nothing: a library of another version may not have it. */
    if (client->error != NULL) {
        izly_error_free(client->error);
    }
    zend_object_std_dtor(object);
}

void izly_client_attach(zend_class_entry *ce)
{
    izly_ce_client = ce;
    ce->create_object = create;
    handlers = *zend_get_std_object_handlers();
    handlers.offset = XtOffsetOf(struct client_object, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
    /* They have no properties to tell them apart by: any two would be equal. */
    handlers.compare = zend_objects_not_comparable;
}

/* ---- Construction ---- */

/* A client that was kept, or a new one. NULL after a throw. */
static struct izly_handle *connect_client(struct client_object *object, const izly_config *config, bool is_persistent)
{
    unsigned char hash[IZLY_HASH_SIZE];
    const izly_client *client;
    if (is_persistent) {
        izly_settings_hash(config, hash);
        struct izly_handle *handle = izly_connections_find(hash);
        if (handle != NULL) {
            return handle;
        }
    }
    if (izly_client_new(config, &client, &object->error) != IZLY_OK) {
        izly_throw(object->error);
        izly_error_free(object->error);
        object->error = NULL;
        return NULL;
    }
    return izly_connections_add(is_persistent ? hash : NULL, client);
}

ZEND_METHOD(Izly_Client, __construct)
{
    struct izly_settings settings = { .reuse_connections = true, .is_persistent = true };
    izly_config config = IZLY_CONFIG_INIT;
    ZEND_PARSE_PARAMETERS_START(2, 13)
        Z_PARAM_STR(settings.api_key)
        Z_PARAM_OBJ_OF_CLASS_OR_STR(settings.environment_case, izly_ce_environment, settings.environment)
        Z_PARAM_OPTIONAL
        Z_PARAM_STR_OR_NULL(settings.app_identifier)
        Z_PARAM_STR_OR_NULL(settings.ca_file)
        Z_PARAM_BOOL(settings.system_roots)
        Z_PARAM_STR_OR_NULL(settings.proxy)
        Z_PARAM_STR_OR_NULL(settings.application)
        Z_PARAM_ZVAL(settings.deadline)
        Z_PARAM_ZVAL(settings.connect_timeout)
        Z_PARAM_ZVAL(settings.max_body)
        Z_PARAM_BOOL(settings.reuse_connections)
        Z_PARAM_OBJ_OF_CLASS_OR_NULL(settings.wire, izly_shapes[SHAPE_WIRE].ce)
        Z_PARAM_BOOL(settings.is_persistent)
    ZEND_PARSE_PARAMETERS_END();
    struct client_object *client = client_from(Z_OBJ_P(ZEND_THIS));
    if (client->handle != NULL) {
        zend_throw_error(NULL, "Izly\\Client has been constructed already");
        RETURN_THROWS();
    }
    if (!izly_require_usable() || !izly_settings_read(&settings, &config)) {
        RETURN_THROWS();
    }
    client->handle = connect_client(client, &config, settings.is_persistent && IZLY_G(is_persistent));
}

/* NULL after a throw. */
static const izly_client *this_client(zval *object)
{
    const struct client_object *client = client_from(Z_OBJ_P(object));
    if (client->handle == NULL) {
        zend_throw_error(NULL, "Izly\\Client has not been constructed");
        return NULL;
    }
    return client->handle->client;
}

/* ---- Arguments ---- */

/* A number for a uint32_t. */
static bool small_number(zval *given, uint32_t argument, const char *field, uint32_t *number)
{
    zend_long value = 0;
    if (given != NULL && !izly_int(given, argument, &value)) {
        return false;
    }
    if (value < 0 || value > UINT32_MAX) {
        izly_refuse(IZLY_ERR_INVALID_INPUT, field, "must be 0 to 4294967295");
        return false;
    }
    *number = (uint32_t)value;
    return true;
}

/* A token, from where it stands or as it is. NULL after a throw. */
static const char *token_text(zval *given, const char *property, const char *field)
{
    ZVAL_DEREF(given);
    if (Z_TYPE_P(given) == IS_OBJECT && Z_OBJCE_P(given) == izly_shapes[SHAPE_TOKENS].ce) {
        zval *token = izly_value_get(Z_OBJ_P(given), property);
        if (token != NULL && Z_TYPE_P(token) != IS_STRING) {
            izly_refuse(IZLY_ERR_INVALID_INPUT, field, "is missing: Izly never gave one");
        }
        return token == NULL || Z_TYPE_P(token) != IS_STRING ? NULL : Z_STRVAL_P(token);
    }
    if (Z_TYPE_P(given) != IS_STRING) {
        zend_argument_type_error(1, "must be of type Izly\\Tokens|string, %s given", zend_zval_type_name(given));
        return NULL;
    }
    return izly_text(Z_STR_P(given), field);
}

/* The class of what was given, or NULL. */
static const zend_class_entry *class_of(const zval *given)
{
    return Z_TYPE_P(given) == IS_OBJECT ? Z_OBJCE_P(given) : NULL;
}

/* In the words of PHP, with all that the declaration names: parsing as any object would only say "object". */
static void refuse_type(zval *given, const char *wanted)
{
    const zend_class_entry *ce = class_of(given);
    zend_argument_type_error(1, "must be of type %s, %s given", wanted,
                             ce == NULL ? zend_zval_type_name(given) : ZSTR_VAL(ce->name));
}

/* The operation that an argument names. */
static bool read_operation(zval *given, uint32_t argument, zend_long *operation_id)
{
    ZVAL_DEREF(given);
    if (Z_TYPE_P(given) == IS_OBJECT && (Z_OBJCE_P(given) == izly_shapes[SHAPE_CALLBACK].ce ||
                                         Z_OBJCE_P(given) == izly_shapes[SHAPE_PENDING_PAYMENT].ce)) {
        zval *id = izly_value_get(Z_OBJ_P(given), "operationId");
        *operation_id = id == NULL ? 0 : Z_LVAL_P(id);
        return id != NULL;
    }
    if (Z_TYPE_P(given) != IS_LONG) {
        zend_argument_type_error(argument, "must be of type Izly\\Callback|Izly\\PendingPayment|int, %s given",
                                 zend_zval_type_name(given));
        return false;
    }
    *operation_id = Z_LVAL_P(given);
    return true;
}

/* ---- Login ---- */

ZEND_METHOD(Izly_Client, startLogin)
{
    zval *given = NULL;
    uint32_t scope = IZLY_SCOPE_USER_DETAILS;
    const izly_login *login;
    const izly_error *err;
    ZEND_PARSE_PARAMETERS_START(0, 1)
        Z_PARAM_OPTIONAL
        Z_PARAM_ZVAL(given)
    ZEND_PARSE_PARAMETERS_END();
    const izly_client *client = this_client(ZEND_THIS);
    if (client == NULL || (given != NULL && !small_number(given, 1, "scope", &scope)) ||
        izly_value_begin(return_value, SHAPE_LOGIN) == NULL) {
        RETURN_THROWS();
    }
    izly_client_start_login(client, scope, &login, &err);
    izly_value_finish(return_value, login, err);
}

ZEND_METHOD(Izly_Client, finishLogin)
{
    zval *given_query, *given_state;
    zend_string *raw_query, *state;
    const izly_tokens *tokens;
    const izly_error *err;
    ZEND_PARSE_PARAMETERS_START(2, 2)
        Z_PARAM_ZVAL(given_query)
        Z_PARAM_ZVAL(given_state)
    ZEND_PARSE_PARAMETERS_END();
    const izly_client *client = this_client(ZEND_THIS);
    if (client == NULL || (raw_query = izly_string(given_query, 1)) == NULL ||
        (state = izly_string(given_state, 2)) == NULL || izly_text(raw_query, "query") == NULL ||
        izly_text(state, "state") == NULL || izly_value_begin(return_value, SHAPE_TOKENS) == NULL) {
        RETURN_THROWS();
    }
    izly_client_finish_login(client, ZSTR_VAL(raw_query), ZSTR_VAL(state), &tokens, &err);
    izly_value_finish(return_value, tokens, err);
}

ZEND_METHOD(Izly_Client, refresh)
{
    zval *given;
    const izly_tokens *tokens;
    const izly_error *err;
    ZEND_PARSE_PARAMETERS_START(1, 1)
        Z_PARAM_ZVAL(given)
    ZEND_PARSE_PARAMETERS_END();
    const izly_client *client = this_client(ZEND_THIS);
    const char *token = client == NULL ? NULL : token_text(given, "refreshToken", "refresh_token");
    if (token == NULL || izly_value_begin(return_value, SHAPE_TOKENS) == NULL) {
        RETURN_THROWS();
    }
    izly_client_refresh(client, token, &tokens, &err);
    izly_value_finish(return_value, tokens, err);
}

ZEND_METHOD(Izly_Client, user)
{
    zval *given;
    const izly_user_details *user;
    const izly_error *err;
    ZEND_PARSE_PARAMETERS_START(1, 1)
        Z_PARAM_ZVAL(given)
    ZEND_PARSE_PARAMETERS_END();
    const izly_client *client = this_client(ZEND_THIS);
    const char *token = client == NULL ? NULL : token_text(given, "accessToken", "access_token");
    if (token == NULL || izly_value_begin(return_value, SHAPE_USER_DETAILS) == NULL) {
        RETURN_THROWS();
    }
    izly_client_user(client, token, &user, &err);
    izly_value_finish(return_value, user, err);
}

/* ---- Payment ---- */

static const char *text_or_null(zend_object *object, const char *name)
{
    zval *property = izly_value_get(object, name);
    return property != NULL && Z_TYPE_P(property) == IS_STRING ? Z_STRVAL_P(property) : NULL;
}

static void read_order(zend_object *order, izly_new_payment *payment)
{
    payment->order_id = Z_STRVAL_P(izly_value_get(order, "id"));
    payment->amount_cents = Z_LVAL_P(izly_value_get(order, "amountCents"));
}

/* Names and values as the library takes them; names that look like numbers are numbers in a PHP array. Owned by `names`,
 * which the caller destroys. */
static izly_pair *pairs_of(HashTable *given, HashTable *names)
{
    izly_pair *pairs = safe_emalloc(zend_hash_num_elements(given), sizeof *pairs, 1);
    size_t count = 0;
    zend_ulong index;
    zend_string *name;
    zval *text, holder;
    ZEND_HASH_FOREACH_KEY_VAL(given, index, name, text) {
        ZVAL_STR(&holder, name == NULL ? zend_long_to_str((zend_long)index) : zend_string_copy(name));
        zend_hash_next_index_insert(names, &holder);
        pairs[count].name = Z_STRVAL(holder);
        pairs[count++].value = Z_STRVAL_P(text);
    } ZEND_HASH_FOREACH_END();
    return pairs;
}

/* What the library takes of a NewPayment; the texts are the object's. */
static void read_new_payment(zend_object *given, izly_new_payment *payment)
{
    zval *software = izly_value_get(given, "software");
    read_order(Z_OBJ_P(izly_value_get(given, "order")), payment);
    payment->message = text_or_null(given, "message");
    payment->callback_parameters = text_or_null(given, "callbackParameters");
    payment->redirect_url = text_or_null(given, "redirectUrl");
    payment->has_software = Z_TYPE_P(software) == IS_LONG;
    payment->software = payment->has_software ? (int32_t)Z_LVAL_P(software) : 0;
}

static void create_payment(const izly_client *client, zend_object *given, izly_new_payment *payment, zval *result)
{
    const izly_pending_payment *pending;
    const izly_error *err;
    zval *parameters = given == NULL ? NULL : izly_value_get(given, "callbackParameters");
    HashTable names;
    zend_hash_init(&names, 8, NULL, ZVAL_PTR_DTOR, 0);
    izly_pair *pairs = NULL;
    if (parameters != NULL && Z_TYPE_P(parameters) == IS_ARRAY) {
        pairs = pairs_of(Z_ARRVAL_P(parameters), &names);
        payment->callback_pairs = pairs;
        payment->callback_pair_count = zend_hash_num_elements(&names);
    }
    izly_client_create_payment(client, payment, &pending, &err);
    izly_value_finish(result, pending, err);
    if (pairs != NULL) {
        efree(pairs);
    }
    zend_hash_destroy(&names);
}

ZEND_METHOD(Izly_Client, createPayment)
{
    zend_object *given;
    izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    zval *argument;
    ZEND_PARSE_PARAMETERS_START(1, 1)
        Z_PARAM_ZVAL(argument)
    ZEND_PARSE_PARAMETERS_END();
    const zend_class_entry *ce = class_of(argument);
    bool is_order = ce == izly_shapes[SHAPE_ORDER].ce;
    if (!is_order && ce != izly_shapes[SHAPE_NEW_PAYMENT].ce) {
        refuse_type(argument, "Izly\\NewPayment|Izly\\Order");
        RETURN_THROWS();
    }
    given = Z_OBJ_P(argument);
    const izly_client *client = this_client(ZEND_THIS);
    if (client == NULL || izly_value_get(given, is_order ? "id" : "order") == NULL) {
        RETURN_THROWS();
    }
    if (is_order) {
        read_order(given, &payment);
    } else {
        read_new_payment(given, &payment);
    }
    if (izly_value_begin(return_value, SHAPE_PENDING_PAYMENT) == NULL) {
        RETURN_THROWS();
    }
    create_payment(client, is_order ? NULL : given, &payment, return_value);
}

ZEND_METHOD(Izly_Client, payment)
{
    zval *given;
    zend_long operation_id;
    const izly_payment *payment;
    const izly_error *err;
    ZEND_PARSE_PARAMETERS_START(1, 1)
        Z_PARAM_ZVAL(given)
    ZEND_PARSE_PARAMETERS_END();
    const izly_client *client = this_client(ZEND_THIS);
    if (client == NULL || !izly_int(given, 1, &operation_id) || izly_value_begin(return_value, SHAPE_PAYMENT) == NULL) {
        RETURN_THROWS();
    }
    izly_client_payment(client, (uint64_t)operation_id, &payment, &err);
    izly_value_finish(return_value, payment, err);
}

ZEND_METHOD(Izly_Client, confirm)
{
    zval *operation, *given_wait = NULL;
    zend_object *order;
    zend_long operation_id;
    uint32_t wait_ms;
    izly_new_payment ours = IZLY_NEW_PAYMENT_INIT;
    const izly_paid_payment *paid;
    const izly_error *err;
    ZEND_PARSE_PARAMETERS_START(2, 3)
        Z_PARAM_ZVAL(operation)
        Z_PARAM_OBJ_OF_CLASS(order, izly_shapes[SHAPE_ORDER].ce)
        Z_PARAM_OPTIONAL
        Z_PARAM_ZVAL(given_wait)
    ZEND_PARSE_PARAMETERS_END();
    const izly_client *client = this_client(ZEND_THIS);
    if (client == NULL || !read_operation(operation, 1, &operation_id) || izly_value_get(order, "id") == NULL ||
        !small_number(given_wait, 3, "wait", &wait_ms) || izly_value_begin(return_value, SHAPE_PAID_PAYMENT) == NULL) {
        RETURN_THROWS();
    }
    read_order(order, &ours);
    izly_client_confirm(client, (uint64_t)operation_id, ours.order_id, ours.amount_cents, wait_ms, &paid, &err);
    izly_value_finish(return_value, paid, err);
}

ZEND_METHOD(Izly_Client, refund)
{
    zval *argument;
    const izly_refund *refund;
    const izly_error *err;
    ZEND_PARSE_PARAMETERS_START(1, 1)
        Z_PARAM_ZVAL(argument)
    ZEND_PARSE_PARAMETERS_END();
    const zend_class_entry *ce = class_of(argument);
    if (ce != izly_shapes[SHAPE_PAID_PAYMENT].ce && ce != izly_shapes[SHAPE_PAYMENT].ce &&
        ce != izly_shapes[SHAPE_REFUND_TARGET].ce) {
        refuse_type(argument, "Izly\\PaidPayment|Izly\\Payment|Izly\\RefundTarget");
        RETURN_THROWS();
    }
    const izly_client *client = this_client(ZEND_THIS);
    zval *operation_id = client == NULL ? NULL : izly_value_get(Z_OBJ_P(argument), "operationId");
    if (operation_id == NULL || izly_value_begin(return_value, SHAPE_REFUND) == NULL) {
        RETURN_THROWS();
    }
    const char *order_id = text_or_null(Z_OBJ_P(argument), "orderId");
    izly_client_refund(client, (uint64_t)Z_LVAL_P(operation_id), order_id, &refund, &err);
    izly_value_finish(return_value, refund, err);
}
