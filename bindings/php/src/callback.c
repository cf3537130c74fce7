/* Callbacks, what they claim, and what they are answered with; and the registration of all values. */

#include "values.h"

#include <SAPI.h>

#include "izly_values_arginfo.h"

ZEND_METHOD(Izly_Callback, parse)
{
    zend_string *body;
    const izly_callback *callback;
    const izly_error *err;
    ZEND_PARSE_PARAMETERS_START(1, 1)
        Z_PARAM_STR(body)
    ZEND_PARSE_PARAMETERS_END();
    if (!izly_require_usable() || izly_value_begin(return_value, SHAPE_CALLBACK) == NULL) {
        RETURN_THROWS();
    }
    izly_callback_parse(ZSTR_VAL(body), ZSTR_LEN(body), &callback, &err);
    /* Kept, so that what is claimed costs nothing unless somebody looks. */
    izly_value_keep(return_value, callback, err);
}

ZEND_METHOD(Izly_Callback, untrusted)
{
    ZEND_PARSE_PARAMETERS_NONE();
    if (izly_value_get(Z_OBJ_P(ZEND_THIS), "operationId") == NULL) {
        RETURN_THROWS();
    }
    const void *record = izly_value_from(Z_OBJ_P(ZEND_THIS))->record;
    struct izly_value *untrusted = izly_value_begin(return_value, SHAPE_UNTRUSTED);
    izly_value_fill(untrusted, record);
}

/* Beyond what a record holds: the headers, as a list for any framework. */
static void finish_reply(zval *result, const izly_reply *reply, const izly_error *err)
{
    zval headers;
    izly_value_keep(result, reply, err);
    if (err == NULL) {
        struct izly_value *value = izly_value_from(Z_OBJ_P(result));
        array_init(&headers);
        add_assoc_string(&headers, "Content-Type", reply->content_type);
        izly_value_set(value, "headers", &headers);
    }
}

ZEND_METHOD(Izly_Reply, accepted)
{
    const izly_reply *reply;
    const izly_error *err;
    ZEND_PARSE_PARAMETERS_NONE();
    if (!izly_require_usable() || izly_value_begin(return_value, SHAPE_REPLY) == NULL) {
        RETURN_THROWS();
    }
    izly_reply_accepted(&reply, &err);
    finish_reply(return_value, reply, err);
}

ZEND_METHOD(Izly_Reply, rejected)
{
    zval *given_code, *given_status = NULL;
    zend_string *message;
    zend_long code, status = 500;
    const izly_reply *reply;
    const izly_error *err;
    ZEND_PARSE_PARAMETERS_START(2, 3)
        Z_PARAM_ZVAL(given_code)
        Z_PARAM_STR(message)
        Z_PARAM_OPTIONAL
        Z_PARAM_ZVAL(given_status)
    ZEND_PARSE_PARAMETERS_END();
    if (!izly_int(given_code, 1, &code) || (given_status != NULL && !izly_int(given_status, 3, &status)) ||
        izly_text(message, "message") == NULL) {
        RETURN_THROWS();
    }
    /* What C's types cannot say is refused here, in the library's words for the rest. */
    if (code < INT32_MIN || code > INT32_MAX || code == 0) {
        izly_refuse(IZLY_ERR_INVALID_INPUT, "code", "must be a 32-bit number, and not 0, which means accepted");
        RETURN_THROWS();
    }
    if (status < 200 || status > 599) {
        izly_refuse(IZLY_ERR_INVALID_INPUT, "status", "must be 200 to 599");
        RETURN_THROWS();
    }
    if (!izly_require_usable() || izly_value_begin(return_value, SHAPE_REPLY) == NULL) {
        RETURN_THROWS();
    }
    izly_reply_rejected((int32_t)code, ZSTR_VAL(message), (uint16_t)status, &reply, &err);
    finish_reply(return_value, reply, err);
}

static void send_header(const char *content_type)
{
    char line[256];
    int length = snprintf(line, sizeof line, "Content-Type: %s", content_type);
    sapi_header_line header = { .line = line, .line_len = (size_t)length };
    sapi_header_op(SAPI_HEADER_REPLACE, &header);
}

ZEND_METHOD(Izly_Reply, send)
{
    ZEND_PARSE_PARAMETERS_NONE();
    zval *body = izly_value_get(Z_OBJ_P(ZEND_THIS), "body");
    if (body == NULL) {
        RETURN_THROWS();
    }
    /* As header() judges it: the command line has no headers, and is never too late. */
    if (SG(headers_sent) && !SG(request_info).no_headers) {
        zend_throw_error(NULL, "Izly\\Reply::send() comes too late: something has been sent already");
        RETURN_THROWS();
    }
    zval *status = izly_value_get(Z_OBJ_P(ZEND_THIS), "status");
    zval *headers = izly_value_get(Z_OBJ_P(ZEND_THIS), "headers");
    sapi_header_op(SAPI_HEADER_SET_STATUS, (void *)(zend_intptr_t)Z_LVAL_P(status));
    send_header(Z_STRVAL_P(zend_hash_str_find(Z_ARRVAL_P(headers), ZEND_STRL("Content-Type"))));
    if (EG(exception) != NULL) {
        RETURN_THROWS();
    }
    PHPWRITE(Z_STRVAL_P(body), Z_STRLEN_P(body));
}

void izly_register_values(void)
{
    izly_values_prepare();
    izly_shapes_attach(SHAPE_ORDER, register_class_Izly_Order());
    izly_shapes_attach(SHAPE_NEW_PAYMENT, register_class_Izly_NewPayment());
    izly_shapes_attach(SHAPE_REFUND_TARGET, register_class_Izly_RefundTarget());
    izly_shapes_attach(SHAPE_WIRE, register_class_Izly_Wire());
    izly_shapes_attach(SHAPE_LOGIN, register_class_Izly_Login());
    izly_shapes_attach(SHAPE_TOKENS, register_class_Izly_Tokens());
    izly_shapes_attach(SHAPE_USER_DETAILS, register_class_Izly_UserDetails());
    izly_shapes_attach(SHAPE_PENDING_PAYMENT, register_class_Izly_PendingPayment());
    izly_shapes_attach(SHAPE_PAYMENT, register_class_Izly_Payment());
    izly_shapes_attach(SHAPE_PAID_PAYMENT, register_class_Izly_PaidPayment());
    izly_shapes_attach(SHAPE_REFUND, register_class_Izly_Refund());
    izly_shapes_attach(SHAPE_CALLBACK, register_class_Izly_Callback());
    izly_shapes_attach(SHAPE_UNTRUSTED, register_class_Izly_Untrusted());
    izly_shapes_attach(SHAPE_REPLY, register_class_Izly_Reply());
}
