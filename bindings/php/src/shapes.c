/* Which property comes from which member of which record, and which of them a dump may show. */

#include "values.h"

/* What is not OPEN is covered: to open a property is a decision. */
#define OPEN true
#define COVERED false
#define FIELD(name, kind, is_open, record, member, absent) \
    { name, kind, is_open, offsetof(record, member), absent, 0, NULL }
#define GIVEN(name, is_open) { name, FIELD_GIVEN, is_open, 0, 0, 0, NULL }
#define TEXT(name, is_open, record, member) FIELD(name, FIELD_TEXT, is_open, record, member, 0)
#define ID(record) FIELD("operationId", FIELD_ID, OPEN, record, operation_id, 0)
#define CENTS(record) FIELD("amountCents", FIELD_NUMBER, OPEN, record, amount_cents, -1)
#define TRANSACTION(record, member) FIELD("transactionId", FIELD_NUMBER, OPEN, record, member, 0)
#define DATE(record, member) \
    FIELD("date", FIELD_DATE, OPEN, record, member, 0), FIELD("dateText", FIELD_TEXT, OPEN, record, member.text, 0)
#define EXTRA(record) TEXT("extraJson", COVERED, record, extra_json)
/* What a payment and its reflections have in common. */
#define ECHOES(record, prefix) \
    TEXT("message", COVERED, record, prefix##message), \
        TEXT("callbackParameters", COVERED, record, prefix##callback_parameters), \
        TEXT("beneficiaryAccountId", COVERED, record, prefix##beneficiary_account_id), \
        TEXT("beneficiaryIdentifier", COVERED, record, prefix##beneficiary_identifier)
#define CUSTOMER(record) \
    TEXT("customerAccountId", COVERED, record, customer_account_id), \
        TEXT("customerEmail", COVERED, record, customer_email), \
        TEXT("customerClientCode", COVERED, record, customer_client_code)

static struct izly_field order[] = { GIVEN("id", OPEN), GIVEN("amountCents", OPEN) };

static struct izly_field new_payment[] = {
    GIVEN("order", OPEN),          GIVEN("message", COVERED), GIVEN("callbackParameters", COVERED),
    GIVEN("redirectUrl", COVERED), GIVEN("software", OPEN),
};

static struct izly_field refund_target[] = { GIVEN("operationId", OPEN), GIVEN("orderId", OPEN) };

static struct izly_field wire[] = {
    GIVEN("contentType", OPEN),
    GIVEN("replyAmounts", OPEN),
    GIVEN("refundSlash", OPEN),
    GIVEN("state", OPEN),
};

/* The address holds the state. */
static struct izly_field login[] = {
    TEXT("url", COVERED, izly_login, url),
    TEXT("state", COVERED, izly_login, state),
};

static struct izly_field tokens[] = {
    TEXT("accessToken", COVERED, izly_tokens, access_token),
    TEXT("refreshToken", COVERED, izly_tokens, refresh_token),
    TEXT("tokenType", OPEN, izly_tokens, token_type),
    FIELD("expiresIn", FIELD_NUMBER, OPEN, izly_tokens, expires_in, -1),
    TEXT("scope", OPEN, izly_tokens, scope),
    EXTRA(izly_tokens),
};

#define USER(name, is_open, member) TEXT(name, is_open, izly_user_details, member)

/* Open is what identifies nobody by itself. */
static struct izly_field user_details[] = {
    USER("rightHolderId", COVERED, right_holder_id),
    USER("izlyId", COVERED, izly_id),
    USER("company", OPEN, company),
    USER("rate", OPEN, rate),
    USER("academicYear", OPEN, academic_year),
    USER("employer", COVERED, employer),
    USER("institutionCode", OPEN, institution_code),
    USER("componentCode", COVERED, component_code),
    USER("studentCode", COVERED, student_code),
    USER("ine", COVERED, ine),
    USER("clientCode", COVERED, client_code),
    USER("clientType", OPEN, client_type),
    USER("affectationNumber", COVERED, affectation_number),
    USER("id", COVERED, id),
    EXTRA(izly_user_details),
};

/* The authorization URL holds a token. */
static struct izly_field pending_payment[] = {
    ID(izly_pending_payment),
    TEXT("orderId", OPEN, izly_pending_payment, order_id),
    CENTS(izly_pending_payment),
    TEXT("authorizationUrl", COVERED, izly_pending_payment, authorization_url),
    TRANSACTION(izly_pending_payment, transaction_id),
    DATE(izly_pending_payment, date),
    TEXT("status", OPEN, izly_pending_payment, status_text),
    ECHOES(izly_pending_payment, ),
    EXTRA(izly_pending_payment),
};

static struct izly_field payment[] = {
    ID(izly_payment),
    TEXT("orderId", OPEN, izly_payment, order_id),
    CENTS(izly_payment),
    TEXT("status", OPEN, izly_payment, status_text),
    TRANSACTION(izly_payment, transaction_id),
    DATE(izly_payment, date),
    ECHOES(izly_payment, ),
    CUSTOMER(izly_payment),
    TEXT("errorText", COVERED, izly_payment, error_text),
    EXTRA(izly_payment),
};

static struct izly_field paid_payment[] = {
    ID(izly_paid_payment),
    TEXT("orderId", OPEN, izly_paid_payment, order_id),
    CENTS(izly_paid_payment),
    TRANSACTION(izly_paid_payment, transaction_id),
    DATE(izly_paid_payment, date),
    ECHOES(izly_paid_payment, ),
    CUSTOMER(izly_paid_payment),
    EXTRA(izly_paid_payment),
};

static struct izly_field refund[] = {
    ID(izly_refund),
    TEXT("orderId", OPEN, izly_refund, order_id),
    CENTS(izly_refund),
    DATE(izly_refund, date),
    TRANSACTION(izly_refund, transaction_id),
    EXTRA(izly_refund),
};

static struct izly_field callback[] = { ID(izly_callback), TEXT("orderId", OPEN, izly_callback, order_id) };

#define CLAIM(name, is_open, member) TEXT(name, is_open, izly_callback, untrusted_##member)

static struct izly_field untrusted[] = {
    TRANSACTION(izly_callback, untrusted_transaction_id),
    CLAIM("amountText", OPEN, amount_text),
    DATE(izly_callback, untrusted_date),
    CLAIM("status", OPEN, status_text),
    ECHOES(izly_callback, untrusted_),
    CLAIM("userAccountId", COVERED, user_account_id),
    CLAIM("userEmail", COVERED, user_email),
    CLAIM("userClientCode", COVERED, user_client_code),
    CLAIM("userAffectationNumber", COVERED, user_affectation_number),
    FIELD("errorCode", FIELD_CODE, OPEN, izly_callback, untrusted_error_code,
          offsetof(izly_callback, untrusted_has_error_code)),
    CLAIM("errorMessage", OPEN, error_message),
    EXTRA(izly_callback),
};

static struct izly_field reply[] = {
    FIELD("status", FIELD_STATUS, OPEN, izly_reply, http_status, 0),
    GIVEN("headers", OPEN),
    TEXT("body", OPEN, izly_reply, body),
};

/* The library's frees have each their own type. */
#define RELEASE(name) \
    static void release_##name(const void *record) { izly_##name##_free(record); }
RELEASE(login)
RELEASE(tokens)
RELEASE(user_details)
RELEASE(pending_payment)
RELEASE(payment)
RELEASE(paid_payment)
RELEASE(refund)
RELEASE(callback)
RELEASE(reply)

#define SHAPE(fields, release) { NULL, fields, sizeof fields / sizeof fields[0], release }
struct izly_shape izly_shapes[SHAPE_COUNT] = {
    [SHAPE_ORDER] = SHAPE(order, NULL),
    [SHAPE_NEW_PAYMENT] = SHAPE(new_payment, NULL),
    [SHAPE_REFUND_TARGET] = SHAPE(refund_target, NULL),
    [SHAPE_WIRE] = SHAPE(wire, NULL),
    [SHAPE_LOGIN] = SHAPE(login, release_login),
    [SHAPE_TOKENS] = SHAPE(tokens, release_tokens),
    [SHAPE_USER_DETAILS] = SHAPE(user_details, release_user_details),
    [SHAPE_PENDING_PAYMENT] = SHAPE(pending_payment, release_pending_payment),
    [SHAPE_PAYMENT] = SHAPE(payment, release_payment),
    [SHAPE_PAID_PAYMENT] = SHAPE(paid_payment, release_paid_payment),
    [SHAPE_REFUND] = SHAPE(refund, release_refund),
    [SHAPE_CALLBACK] = SHAPE(callback, release_callback),
    [SHAPE_UNTRUSTED] = SHAPE(untrusted, NULL),
    [SHAPE_REPLY] = SHAPE(reply, release_reply),
};
