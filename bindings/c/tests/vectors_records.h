/* Records as the flat members that vectors name. A part of test_vectors.c. */

#ifndef VECTORS_RECORDS_H
#define VECTORS_RECORDS_H

static void put_text(json_t *members, const char *name, const char *text)
{
    json_object_set_new(members, name, text_or_null(text));
}

/* A number whose absence is another number. */
static void put_number(json_t *members, const char *name, int64_t number, int64_t absent)
{
    json_object_set_new(members, name, number == absent ? json_null() : json_integer(number));
}

static void put_date(json_t *members, const izly_date *date)
{
    char civil[64];
    int length = snprintf(civil, sizeof civil, "%04d-%02d-%02dT%02d:%02d:%02d", date->year, date->month, date->day,
                          date->hour, date->minute, date->second);
    if (date->nanosecond != 0) {
        snprintf(civil + length, sizeof civil - (size_t)length, ".%09d", date->nanosecond);
        for (char *last = civil + strlen(civil) - 1; *last == '0'; last--) {
            *last = '\0';
        }
    }
    put_text(members, "date_text", date->text);
    put_text(members, "date", date->year == 0 ? NULL : civil);
}

/* The text, once the number beside it says the same. */
static void put_status(json_t *members, izly_payment_status number, const char *text)
{
    static const char *const names[] = { NULL, "Waiting", "Completed", "Refund", "Refused", "Cancelled",
                                         "WaitingForValidation" };
    const int count = (int)(sizeof names / sizeof names[0]);
    int said = 0;
    for (int i = 1; i < count && text != NULL; i++) {
        said = strcmp(text, names[i]) == 0 ? i : said;
    }
    CHECK_INT(number, said);
    put_text(members, "status", text);
}

static json_t *callback_members(const izly_callback *callback)
{
    json_t *members = json_object();
    CHECK_INT(callback->struct_size, sizeof *callback);
    json_object_set_new(members, "operation_id", json_integer((json_int_t)callback->operation_id));
    put_text(members, "order_id", callback->order_id);
    put_number(members, "transaction_id", callback->untrusted_transaction_id, 0);
    put_text(members, "amount_text", callback->untrusted_amount_text);
    put_date(members, &callback->untrusted_date);
    put_status(members, callback->untrusted_status, callback->untrusted_status_text);
    put_text(members, "message", callback->untrusted_message);
    put_text(members, "callback_parameters", callback->untrusted_callback_parameters);
    put_text(members, "beneficiary.account_id", callback->untrusted_beneficiary_account_id);
    put_text(members, "beneficiary.identifier", callback->untrusted_beneficiary_identifier);
    put_text(members, "user.account_id", callback->untrusted_user_account_id);
    put_text(members, "user.email", callback->untrusted_user_email);
    put_text(members, "user.client_code", callback->untrusted_user_client_code);
    put_text(members, "user.affectation_number", callback->untrusted_user_affectation_number);
    json_t *code = callback->untrusted_has_error_code ? json_integer(callback->untrusted_error_code) : json_null();
    json_object_set_new(members, "error.code", code);
    put_text(members, "error.message", callback->untrusted_error_message);
    put_text(members, "extra", callback->extra_json);
    return members;
}

/* What these four records have in common, in their own structs. */
#define PUT_COMMON(members, record)                                                                                    \
    do {                                                                                                               \
        CHECK_INT((record)->struct_size, sizeof *(record));                                                            \
        json_object_set_new(members, "operation_id", json_integer((json_int_t)(record)->operation_id));                \
        put_text(members, "order_id", (record)->order_id);                                                             \
        put_number(members, "amount_cents", (record)->amount_cents, -1);                                               \
        put_number(members, "transaction_id", (record)->transaction_id, 0);                                            \
        put_date(members, &(record)->date);                                                                            \
        put_text(members, "extra", (record)->extra_json);                                                              \
    } while (0)

#define PUT_ECHOES(members, record)                                                                                    \
    do {                                                                                                               \
        put_text(members, "message", (record)->message);                                                               \
        put_text(members, "callback_parameters", (record)->callback_parameters);                                       \
        put_text(members, "beneficiary.account_id", (record)->beneficiary_account_id);                                 \
        put_text(members, "beneficiary.identifier", (record)->beneficiary_identifier);                                 \
    } while (0)

#define PUT_CUSTOMER(members, record)                                                                                  \
    do {                                                                                                               \
        put_text(members, "customer.account_id", (record)->customer_account_id);                                       \
        put_text(members, "customer.email", (record)->customer_email);                                                 \
        put_text(members, "customer.client_code", (record)->customer_client_code);                                     \
    } while (0)

static json_t *pending_members(const izly_pending_payment *pending)
{
    json_t *members = json_object();
    PUT_COMMON(members, pending);
    PUT_ECHOES(members, pending);
    put_status(members, pending->status, pending->status_text);
    put_text(members, "authorization_url", pending->authorization_url);
    return members;
}

static json_t *payment_members(const izly_payment *payment)
{
    json_t *members = json_object();
    PUT_COMMON(members, payment);
    PUT_ECHOES(members, payment);
    PUT_CUSTOMER(members, payment);
    put_status(members, payment->status, payment->status_text);
    put_text(members, "error_text", payment->error_text);
    return members;
}

static json_t *paid_members(const izly_paid_payment *paid)
{
    json_t *members = json_object();
    PUT_COMMON(members, paid);
    PUT_ECHOES(members, paid);
    PUT_CUSTOMER(members, paid);
    /* Not in the record, since nothing else can be in one. */
    put_text(members, "status", "Completed");
    put_text(members, "error_text", NULL);
    return members;
}

static json_t *refund_members(const izly_refund *refund)
{
    json_t *members = json_object();
    PUT_COMMON(members, refund);
    /* The same. */
    put_text(members, "status", "Refund");
    return members;
}

static json_t *token_members(const izly_tokens *tokens)
{
    json_t *members = json_object();
    CHECK_INT(tokens->struct_size, sizeof *tokens);
    put_text(members, "access_token", tokens->access_token);
    put_text(members, "refresh_token", tokens->refresh_token);
    put_text(members, "token_type", tokens->token_type);
    put_number(members, "expires_in", tokens->expires_in, -1);
    put_text(members, "scope", tokens->scope);
    put_text(members, "extra", tokens->extra_json);
    return members;
}

static json_t *user_members(const izly_user_details *user)
{
    json_t *members = json_object();
    CHECK_INT(user->struct_size, sizeof *user);
    put_text(members, "right_holder_id", user->right_holder_id);
    put_text(members, "izly_id", user->izly_id);
    put_text(members, "company", user->company);
    put_text(members, "rate", user->rate);
    put_text(members, "academic_year", user->academic_year);
    put_text(members, "employer", user->employer);
    put_text(members, "institution_code", user->institution_code);
    put_text(members, "component_code", user->component_code);
    put_text(members, "student_code", user->student_code);
    put_text(members, "ine", user->ine);
    put_text(members, "client_code", user->client_code);
    put_text(members, "client_type", user->client_type);
    put_text(members, "affectation_number", user->affectation_number);
    put_text(members, "id", user->id);
    put_text(members, "extra", user->extra_json);
    return members;
}

#endif
