/* What a caller gives: numbers and texts, orders, new payments, refund targets, switches. */

#include "values.h"

#include <zend_enum.h>
#include <zend_exceptions.h>

bool izly_int(zval *value, uint32_t argument, zend_long *number)
{
    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) != IS_LONG) {
        zend_argument_type_error(argument, "must be of type int, %s given", zend_zval_type_name(value));
        return false;
    }
    *number = Z_LVAL_P(value);
    return true;
}

zend_string *izly_string(zval *value, uint32_t argument)
{
    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) != IS_STRING) {
        zend_argument_type_error(argument, "must be of type string, %s given", zend_zval_type_name(value));
        return NULL;
    }
    return Z_STR_P(value);
}

const char *izly_text(const zend_string *text, const char *field)
{
    if (strlen(ZSTR_VAL(text)) != ZSTR_LEN(text)) {
        izly_refuse(IZLY_ERR_INVALID_INPUT, field, "must not hold a NUL byte");
        return NULL;
    }
    return ZSTR_VAL(text);
}

/* Only the library makes these, and never through here: PDO's FETCH_CLASS calls what is private as well. */
ZEND_METHOD(Izly_Login, __construct)
{
    zend_throw_error(NULL, "%s is made by Izly alone", ZSTR_VAL(Z_OBJCE_P(ZEND_THIS)->name));
}

ZEND_METHOD(Izly_Order, __construct)
{
    zend_string *id;
    zval *given_id, *amount, property;
    zend_long cents;
    ZEND_PARSE_PARAMETERS_START(2, 2)
        Z_PARAM_ZVAL(given_id)
        Z_PARAM_ZVAL(amount)
    ZEND_PARSE_PARAMETERS_END();
    if ((id = izly_string(given_id, 1)) == NULL || !izly_int(amount, 2, &cents) || izly_text(id, "order_id") == NULL) {
        RETURN_THROWS();
    }
    struct izly_value *value = izly_value_under_construction(ZEND_THIS);
    if (value == NULL) {
        RETURN_THROWS();
    }
    ZVAL_STR_COPY(&property, id);
    izly_value_set(value, "id", &property);
    ZVAL_LONG(&property, cents);
    izly_value_set(value, "amountCents", &property);
    value->is_complete = true;
}

ZEND_METHOD(Izly_RefundTarget, __construct)
{
    zend_string *order_id;
    zval *operation, *given_order_id, property;
    zend_long operation_id;
    ZEND_PARSE_PARAMETERS_START(2, 2)
        Z_PARAM_ZVAL(operation)
        Z_PARAM_ZVAL(given_order_id)
    ZEND_PARSE_PARAMETERS_END();
    if (!izly_int(operation, 1, &operation_id) || (order_id = izly_string(given_order_id, 2)) == NULL ||
        izly_text(order_id, "order_id") == NULL) {
        RETURN_THROWS();
    }
    struct izly_value *value = izly_value_under_construction(ZEND_THIS);
    if (value == NULL) {
        RETURN_THROWS();
    }
    ZVAL_LONG(&property, operation_id);
    izly_value_set(value, "operationId", &property);
    ZVAL_STR_COPY(&property, order_id);
    izly_value_set(value, "orderId", &property);
    value->is_complete = true;
}

/* ---- A new payment ---- */

static void set_text(struct izly_value *value, const char *name, zend_string *text)
{
    zval property;
    if (text == NULL) {
        ZVAL_NULL(&property);
    } else {
        ZVAL_STR_COPY(&property, text);
    }
    izly_value_set(value, name, &property);
}

/* A copy in which every value is a text of its own: a reference inside an array could be written to later. */
static HashTable *copy_of_pairs(HashTable *given, uint32_t argument)
{
    HashTable *copy = zend_new_array(zend_hash_num_elements(given));
    zend_ulong index;
    zend_string *name;
    zval *pair;
    ZEND_HASH_FOREACH_KEY_VAL(given, index, name, pair) {
        ZVAL_DEREF(pair);
        if (Z_TYPE_P(pair) != IS_STRING) {
            zend_argument_type_error(argument, "must hold texts only, %s given", zend_zval_type_name(pair));
            zend_array_destroy(copy);
            return NULL;
        }
        if (izly_text(Z_STR_P(pair), "callback_parameters") == NULL ||
            (name != NULL && izly_text(name, "callback_parameters") == NULL)) {
            zend_array_destroy(copy);
            return NULL;
        }
        zval text;
        ZVAL_STR_COPY(&text, Z_STR_P(pair));
        if (name != NULL) {
            zend_hash_update(copy, name, &text);
        } else {
            zend_hash_index_update(copy, index, &text);
        }
    } ZEND_HASH_FOREACH_END();
    return copy;
}

/* Whether the texts have no NUL inside; throws where one has. */
static bool are_texts(zend_string *message, zend_string *parameters, zend_string *redirect_url)
{
    return (message == NULL || izly_text(message, "message") != NULL) &&
           (parameters == NULL || izly_text(parameters, "callback_parameters") != NULL) &&
           (redirect_url == NULL || izly_text(redirect_url, "redirect_url") != NULL);
}

static bool read_software(zval *given, uint32_t argument, zval *software)
{
    zend_long number;
    ZVAL_NULL(software);
    if (given == NULL || Z_TYPE_P(given) == IS_NULL) {
        return true;
    }
    if (!izly_int(given, argument, &number)) {
        return false;
    }
    if (number < 0 || number > INT32_MAX) {
        izly_refuse(IZLY_ERR_INVALID_INPUT, "software", "must be 0 to 2147483647");
        return false;
    }
    ZVAL_LONG(software, number);
    return true;
}

ZEND_METHOD(Izly_NewPayment, __construct)
{
    zend_object *order;
    zend_string *message = NULL, *text = NULL, *redirect_url = NULL;
    HashTable *pairs = NULL;
    zval *given_software = NULL, software, property;
    ZEND_PARSE_PARAMETERS_START(1, 5)
        Z_PARAM_OBJ_OF_CLASS(order, izly_shapes[SHAPE_ORDER].ce)
        Z_PARAM_OPTIONAL
        Z_PARAM_STR_OR_NULL(message)
        Z_PARAM_ARRAY_HT_OR_STR_OR_NULL(pairs, text)
        Z_PARAM_STR_OR_NULL(redirect_url)
        Z_PARAM_ZVAL(given_software)
    ZEND_PARSE_PARAMETERS_END();
    struct izly_value *value = izly_value_under_construction(ZEND_THIS);
    if (value == NULL || izly_value_get(order, "id") == NULL || !are_texts(message, text, redirect_url) ||
        !read_software(given_software, 5, &software)) {
        RETURN_THROWS();
    }
    if (pairs != NULL) {
        HashTable *copy = copy_of_pairs(pairs, 3);
        if (copy == NULL) {
            RETURN_THROWS();
        }
        ZVAL_ARR(&property, copy);
        izly_value_set(value, "callbackParameters", &property);
    } else {
        set_text(value, "callbackParameters", text);
    }
    ZVAL_OBJ_COPY(&property, order);
    izly_value_set(value, "order", &property);
    set_text(value, "message", message);
    set_text(value, "redirectUrl", redirect_url);
    izly_value_set(value, "software", &software);
    value->is_complete = true;
}

/* ---- Switches ---- */

static void set_choice(struct izly_value *value, const char *name, zend_object *given, zend_class_entry *ce,
                       const char *usual)
{
    zval property;
    ZVAL_OBJ_COPY(&property, given == NULL ? zend_enum_get_case_cstr(ce, usual) : given);
    izly_value_set(value, name, &property);
}

ZEND_METHOD(Izly_Wire, __construct)
{
    zend_object *content_type = NULL, *amounts = NULL, *state = NULL;
    bool refund_slash = false;
    zval property;
    ZEND_PARSE_PARAMETERS_START(0, 4)
        Z_PARAM_OPTIONAL
        Z_PARAM_OBJ_OF_CLASS(content_type, izly_ce_content_type)
        Z_PARAM_OBJ_OF_CLASS(amounts, izly_ce_amount_unit)
        Z_PARAM_BOOL(refund_slash)
        Z_PARAM_OBJ_OF_CLASS(state, izly_ce_state_policy)
    ZEND_PARSE_PARAMETERS_END();
    struct izly_value *value = izly_value_under_construction(ZEND_THIS);
    if (value == NULL) {
        RETURN_THROWS();
    }
    set_choice(value, "contentType", content_type, izly_ce_content_type, "Xpollens");
    set_choice(value, "replyAmounts", amounts, izly_ce_amount_unit, "Euros");
    ZVAL_BOOL(&property, refund_slash);
    izly_value_set(value, "refundSlash", &property);
    set_choice(value, "state", state, izly_ce_state_policy, "Required");
    value->is_complete = true;
}
