/*
 * The layout of every struct on machines of 64 bits, in numbers written down once: a member that moves breaks programs
 * that were compiled before. A new member may be added at the end of a record, and here.
 */

#include "support.h"

/* The lists below were written when 0.1 was made. A list's lines: the struct, the member, where it is. */

#define DATE(M) \
    M(date, text, 0) M(date, year, 8) M(date, month, 12) M(date, day, 16) M(date, hour, 20) M(date, minute, 24) \
    M(date, second, 28) M(date, nanosecond, 32)

#define CALLBACK(M) \
    M(callback, struct_size, 0) M(callback, operation_id, 8) M(callback, order_id, 16) \
    M(callback, untrusted_transaction_id, 24) M(callback, untrusted_amount_text, 32) M(callback, untrusted_date, 40) \
    M(callback, untrusted_status, 80) M(callback, untrusted_status_text, 88) M(callback, untrusted_message, 96) \
    M(callback, untrusted_callback_parameters, 104) M(callback, untrusted_beneficiary_account_id, 112) \
    M(callback, untrusted_beneficiary_identifier, 120) M(callback, untrusted_user_account_id, 128) \
    M(callback, untrusted_user_email, 136) M(callback, untrusted_user_client_code, 144) \
    M(callback, untrusted_user_affectation_number, 152) M(callback, untrusted_has_error_code, 160) \
    M(callback, untrusted_error_code, 168) M(callback, untrusted_error_message, 176) M(callback, extra_json, 184)

#define ERROR(M) \
    M(error, struct_size, 0) M(error, status, 8) M(error, outcome, 12) M(error, retry, 16) M(error, http_status, 20) \
    M(error, api_code, 24) M(error, retry_after_seconds, 32) M(error, message, 40) M(error, field, 48) \
    M(error, call, 56) M(error, phase, 64) M(error, api_message, 72) M(error, title, 80) M(error, oauth_error, 88) \
    M(error, excerpt, 96)

#define REPLY(M) \
    M(reply, struct_size, 0) M(reply, http_status, 8) M(reply, content_type, 16) M(reply, body, 24)

#define CONFIG(M) \
    M(config, struct_size, 0) M(config, api_key, 8) M(config, environment, 16) M(config, app_identifier, 24) \
    M(config, ca_file, 32) M(config, proxy, 40) M(config, application, 48) M(config, deadline_ms, 56) \
    M(config, connect_timeout_ms, 60) M(config, max_body_bytes, 64) M(config, no_reuse, 72) M(config, roots, 76) \
    M(config, content_type, 80) M(config, reply_amounts, 84) M(config, refund_slash, 88) M(config, state_policy, 92) \
    M(config, language, 96)

#define LOGIN(M) \
    M(login, struct_size, 0) M(login, url, 8) M(login, state, 16)

#define TOKENS(M) \
    M(tokens, struct_size, 0) M(tokens, access_token, 8) M(tokens, refresh_token, 16) M(tokens, token_type, 24) \
    M(tokens, expires_in, 32) M(tokens, scope, 40) M(tokens, extra_json, 48)

#define USER_DETAILS(M) \
    M(user_details, struct_size, 0) M(user_details, right_holder_id, 8) M(user_details, izly_id, 16) \
    M(user_details, company, 24) M(user_details, rate, 32) M(user_details, academic_year, 40) \
    M(user_details, employer, 48) M(user_details, institution_code, 56) M(user_details, component_code, 64) \
    M(user_details, student_code, 72) M(user_details, ine, 80) M(user_details, client_code, 88) \
    M(user_details, client_type, 96) M(user_details, affectation_number, 104) M(user_details, id, 112) \
    M(user_details, extra_json, 120)

#define PAIR(M) \
    M(pair, name, 0) M(pair, value, 8)

#define NEW_PAYMENT(M) \
    M(new_payment, struct_size, 0) M(new_payment, order_id, 8) M(new_payment, amount_cents, 16) \
    M(new_payment, message, 24) M(new_payment, callback_parameters, 32) M(new_payment, callback_pairs, 40) \
    M(new_payment, callback_pair_count, 48) M(new_payment, redirect_url, 56) M(new_payment, has_software, 64) \
    M(new_payment, software, 68)

#define PENDING_PAYMENT(M) \
    M(pending_payment, struct_size, 0) M(pending_payment, operation_id, 8) M(pending_payment, order_id, 16) \
    M(pending_payment, amount_cents, 24) M(pending_payment, authorization_url, 32) \
    M(pending_payment, transaction_id, 40) M(pending_payment, date, 48) M(pending_payment, status, 88) \
    M(pending_payment, status_text, 96) M(pending_payment, message, 104) M(pending_payment, callback_parameters, 112) \
    M(pending_payment, beneficiary_account_id, 120) M(pending_payment, beneficiary_identifier, 128) \
    M(pending_payment, extra_json, 136)

#define PAYMENT(M) \
    M(payment, struct_size, 0) M(payment, operation_id, 8) M(payment, order_id, 16) M(payment, amount_cents, 24) \
    M(payment, status, 32) M(payment, status_text, 40) M(payment, transaction_id, 48) M(payment, date, 56) \
    M(payment, message, 96) M(payment, callback_parameters, 104) M(payment, beneficiary_account_id, 112) \
    M(payment, beneficiary_identifier, 120) M(payment, customer_account_id, 128) M(payment, customer_email, 136) \
    M(payment, customer_client_code, 144) M(payment, error_text, 152) M(payment, extra_json, 160)

#define PAID_PAYMENT(M) \
    M(paid_payment, struct_size, 0) M(paid_payment, operation_id, 8) M(paid_payment, order_id, 16) \
    M(paid_payment, amount_cents, 24) M(paid_payment, transaction_id, 32) M(paid_payment, date, 40) \
    M(paid_payment, message, 80) M(paid_payment, callback_parameters, 88) M(paid_payment, beneficiary_account_id, 96) \
    M(paid_payment, beneficiary_identifier, 104) M(paid_payment, customer_account_id, 112) \
    M(paid_payment, customer_email, 120) M(paid_payment, customer_client_code, 128) M(paid_payment, extra_json, 136)

#define REFUND(M) \
    M(refund, struct_size, 0) M(refund, operation_id, 8) M(refund, order_id, 16) M(refund, amount_cents, 24) \
    M(refund, date, 32) M(refund, transaction_id, 72) M(refund, extra_json, 80)

#if UINTPTR_MAX == UINT64_MAX

#define PLACE(record, member, where) \
    _Static_assert(offsetof(izly_##record, member) == where, #record "." #member " has moved");
#define SIZE(record, size, members) \
    _Static_assert(sizeof(izly_##record) == size, #record " has another size"); \
    members(PLACE)

SIZE(date, 40, DATE)
SIZE(callback, 192, CALLBACK)
SIZE(error, 104, ERROR)
SIZE(reply, 32, REPLY)
SIZE(config, 104, CONFIG)
SIZE(login, 24, LOGIN)
SIZE(tokens, 56, TOKENS)
SIZE(user_details, 128, USER_DETAILS)
SIZE(pair, 16, PAIR)
SIZE(new_payment, 72, NEW_PAYMENT)
SIZE(pending_payment, 144, PENDING_PAYMENT)
SIZE(payment, 168, PAYMENT)
SIZE(paid_payment, 144, PAID_PAYMENT)
SIZE(refund, 88, REFUND)

#endif

/* The member is there, until the record ends one byte before it does. */
#define HAS(record, member, where) \
    do { \
        izly_##record old; \
        memset(&old, 0, sizeof old); \
        size_t end = offsetof(izly_##record, member) + sizeof old.member; \
        old.struct_size = sizeof old; \
        CHECK(IZLY_HAS(&old, member)); \
        old.struct_size = end; \
        CHECK(IZLY_HAS(&old, member)); \
        old.struct_size = end - 1; \
        CHECK(!IZLY_HAS(&old, member)); \
    } while (0);

static void check_members_can_be_asked_for(void)
{
    CALLBACK(HAS)
    ERROR(HAS)
    REPLY(HAS)
    CONFIG(HAS)
    LOGIN(HAS)
    TOKENS(HAS)
    USER_DETAILS(HAS)
    NEW_PAYMENT(HAS)
    PENDING_PAYMENT(HAS)
    PAYMENT(HAS)
    PAID_PAYMENT(HAS)
    REFUND(HAS)
}

#define BEGINS_WITH_SIZE(record) \
    do { \
        CHECK_INT(offsetof(izly_##record, struct_size), 0); \
        CHECK_INT(sizeof(((izly_##record *)0)->struct_size), sizeof(size_t)); \
    } while (0)

static void check_sizes_come_first(void)
{
    BEGINS_WITH_SIZE(callback);
    BEGINS_WITH_SIZE(error);
    BEGINS_WITH_SIZE(reply);
    BEGINS_WITH_SIZE(config);
    BEGINS_WITH_SIZE(login);
    BEGINS_WITH_SIZE(tokens);
    BEGINS_WITH_SIZE(user_details);
    BEGINS_WITH_SIZE(new_payment);
    BEGINS_WITH_SIZE(pending_payment);
    BEGINS_WITH_SIZE(payment);
    BEGINS_WITH_SIZE(paid_payment);
    BEGINS_WITH_SIZE(refund);
}

/* Structs are also what the running library takes them for: it says how large its own are. */
static void check_the_library_agrees(void)
{
    const izly_reply *reply;
    const izly_callback *callback;
    const izly_error *err;
    CHECK_OK(izly_reply_accepted(&reply, &err), err);
    CHECK_INT(reply->struct_size, sizeof *reply);
    izly_reply_free(reply);

    const char body[] = "{\"OperationSMoney\":{\"Id\":586589},\"Last\":1}";
    CHECK_OK(izly_callback_parse(body, strlen(body), &callback, &err), err);
    CHECK_INT(callback->struct_size, sizeof *callback);
    /* The last member, read from where this header says it is. */
    CHECK(IZLY_HAS(callback, extra_json));
    CHECK_TEXT(callback->extra_json, "{\"Last\":1}");
    izly_callback_free(callback);

    CHECK_FAILS(izly_callback_parse("", 0, &callback, &err), IZLY_ERR_UNREADABLE, callback, err);
    CHECK_INT(err->struct_size, sizeof *err);
    izly_error_free(err);
}

static void check_initial_values(void)
{
    const izly_config config = IZLY_CONFIG_INIT;
    const izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    CHECK_INT(config.struct_size, sizeof config);
    CHECK_INT(payment.struct_size, sizeof payment);
    for (size_t i = sizeof config.struct_size; i < sizeof config; i++) {
        CHECK_INT(((const unsigned char *)&config)[i], 0);
    }
    for (size_t i = sizeof payment.struct_size; i < sizeof payment; i++) {
        CHECK_INT(((const unsigned char *)&payment)[i], 0);
    }
}

int main(void)
{
    check_sizes_come_first();
    check_members_can_be_asked_for();
    check_the_library_agrees();
    check_initial_values();
    return report("test_layout");
}
