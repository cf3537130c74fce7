/*
 * Every function of the header against the sandbox, as a partner's site would use it: each member of each record is
 * compared with what was sent, and each refusal with what the header says of it.
 */

#include "support.h"

#include <pthread.h>

#define ACCOUNT "riche"

/* An order id that nobody has used before in this sandbox. */
static const char *new_order(char *order_id, size_t size)
{
    static int count;
    snprintf(order_id, size, "flow-%ld-%d", (long)getpid(), ++count);
    return order_id;
}

/* A payment of 150 centimes that waits for the student. */
static const izly_pending_payment *new_pending(const izly_client *client)
{
    char order_id[64];
    izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    payment.order_id = new_order(order_id, sizeof order_id);
    payment.amount_cents = 150;
    const izly_pending_payment *pending;
    const izly_error *err;
    CHECK_OK(izly_client_create_payment(client, &payment, &pending, &err), err);
    return pending;
}

static void check_date(const izly_date *date)
{
    CHECK(date->text != NULL);
    CHECK(date->year >= 2020 && date->year < 2200);
    CHECK(date->month >= 1 && date->month <= 12);
    CHECK(date->day >= 1 && date->day <= 31);
    CHECK(date->hour >= 0 && date->hour < 24);
    CHECK(date->minute >= 0 && date->minute < 60);
    CHECK(date->second >= 0 && date->second < 60);
    CHECK_INT(date->nanosecond, 0);
}

/* ---- Versions and replies ---- */

static void check_versions(void)
{
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", IZLY_VERSION_MAJOR, IZLY_VERSION_MINOR, IZLY_VERSION_PATCH);
    CHECK_TEXT(izly_version(), version);
    CHECK_INT(izly_version_number(), IZLY_VERSION_NUMBER);
    CHECK_INT(IZLY_VERSION_NUMBER, IZLY_VERSION_MAJOR * 1000000 + IZLY_VERSION_MINOR * 1000 + IZLY_VERSION_PATCH);
    CHECK_TEXT(izly_status_name(IZLY_ERR_NOT_FINAL), "IZLY_ERR_NOT_FINAL");
    CHECK_TEXT(izly_outcome_name(IZLY_OUTCOME_REJECTED), "rejected");
}

static void check_replies(void)
{
    const izly_reply *reply;
    const izly_error *err;
    CHECK_OK(izly_reply_accepted(&reply, &err), err);
    CHECK_INT(reply->http_status, 200);
    CHECK_TEXT(reply->content_type, "application/json; charset=utf-8");
    CHECK_TEXT(reply->body, "{\"Code\":0,\"ErrorMessage\":\"\"}");
    izly_reply_free(reply);

    CHECK_OK(izly_reply_rejected(12, "pas \"encore\"", 0, &reply, &err), err);
    CHECK_INT(reply->http_status, 500);
    CHECK_TEXT(reply->body, "{\"Code\":12,\"ErrorMessage\":\"pas \\\"encore\\\"\"}");
    izly_reply_free(reply);

    CHECK_OK(izly_reply_rejected(1, "later", 200, &reply, &err), err);
    CHECK_INT(reply->http_status, 200);
    izly_reply_free(reply);
}

/* ---- Login ---- */

static void check_user(const izly_client *client, const char *access_token)
{
    const izly_user_details *user;
    const izly_error *err;
    CHECK_OK(izly_client_user(client, access_token, &user, &err), err);
    CHECK_TEXT(user->right_holder_id, "1255");
    CHECK_TEXT(user->izly_id, "6000050617");
    CHECK_TEXT(user->company, "10");
    CHECK_TEXT(user->rate, "1");
    CHECK_TEXT(user->academic_year, "2025");
    CHECK_TEXT(user->employer, NULL);
    CHECK_TEXT(user->institution_code, "0000001A");
    CHECK_TEXT(user->component_code, "0000002B");
    CHECK_TEXT(user->student_code, "202501255");
    CHECK_TEXT(user->ine, "000001255ZZ");
    CHECK_TEXT(user->client_code, "etu00001");
    CHECK_TEXT(user->client_type, "ETU");
    CHECK_TEXT(user->affectation_number, "1");
    CHECK_TEXT(user->id, "1255");
    CHECK_TEXT(user->extra_json, NULL);
    izly_user_details_free(user);

    CHECK_FAILS(izly_client_user(client, "nobody's", &user, &err), IZLY_ERR_AUTHENTICATION, user, err);
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_REFRESH_TOKEN, NULL);
}

static void check_refresh(const izly_client *client, const izly_tokens *old)
{
    const izly_tokens *tokens, *none;
    const izly_error *err;
    CHECK_OK(izly_client_refresh(client, old->refresh_token, &tokens, &err), err);
    CHECK(tokens->access_token != NULL && strcmp(tokens->access_token, old->access_token) != 0);
    CHECK(tokens->refresh_token != NULL && strcmp(tokens->refresh_token, old->refresh_token) != 0);
    check_user(client, tokens->access_token);
    izly_tokens_free(tokens);

    CHECK_FAILS(izly_client_refresh(client, old->refresh_token, &none, &err), IZLY_ERR_API, none, err);
    CHECK_TEXT(err->oauth_error, "invalid_grant");
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_RESTART_LOGIN, NULL);
}

static void check_login(const izly_client *client)
{
    const izly_login *login;
    const izly_tokens *tokens, *none;
    const izly_error *err;
    CHECK_OK(izly_client_start_login(client, IZLY_SCOPE_USER_DETAILS | IZLY_SCOPE_IZLY_PAY, &login, &err), err);
    CHECK_HOLDS(login->url, setting("IZLY_BASE_URL"));
    CHECK_HOLDS(login->url, "/oauth/Home/Authorize?response_type=code&client_id=");
    CHECK_HOLDS(login->url, "&scope=16385&state=");
    CHECK_HOLDS(login->url, login->state);
    CHECK(strlen(login->state) >= 32);

    char *query = student_logs_in(login->url, ACCOUNT);
    CHECK_FAILS(izly_client_finish_login(client, query, "another", &none, &err), IZLY_ERR_MISMATCH, none, err);
    CHECK_ERROR(err, IZLY_OUTCOME_NOT_SENT, IZLY_RETRY_RESTART_LOGIN, "state");
    CHECK_OK(izly_client_finish_login(client, query, login->state, &tokens, &err), err);
    CHECK_TEXT(tokens->token_type, "Bearer");
    CHECK_INT(tokens->expires_in, 1797);
    CHECK_TEXT(tokens->scope, "users_details payments izly_pay");
    CHECK_TEXT(tokens->extra_json, NULL);
    check_user(client, tokens->access_token);
    check_refresh(client, tokens);

    /* A code works once. */
    CHECK_FAILS(izly_client_finish_login(client, query, login->state, &none, &err), IZLY_ERR_API, none, err);
    CHECK_TEXT(err->oauth_error, "invalid_grant");
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_RESTART_LOGIN, NULL);
    izly_tokens_free(tokens);
    izly_login_free(login);
    free(query);
}

/* The student presses cancel. */
static void check_denied_login(const izly_client *client)
{
    const izly_login *login, *other;
    const izly_tokens *tokens;
    const izly_error *err;
    char query[256];
    CHECK_OK(izly_client_start_login(client, IZLY_SCOPE_USER_DETAILS, &login, &err), err);
    CHECK_OK(izly_client_start_login(client, IZLY_SCOPE_USER_DETAILS, &other, &err), err);
    CHECK(strcmp(login->state, other->state) != 0);
    snprintf(query, sizeof query, "error=access_denied&error_description=Annul%%C3%%A9&state=%s", login->state);
    CHECK_FAILS(izly_client_finish_login(client, query, login->state, &tokens, &err), IZLY_ERR_API, tokens, err);
    CHECK_TEXT(err->oauth_error, "access_denied");
    CHECK_TEXT(err->api_message, "Annul\xc3\xa9");
    CHECK_TEXT(err->call, "login");
    CHECK_HOLDS(err->message, "access_denied");
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_RESTART_LOGIN, NULL);
    izly_login_free(login);
    izly_login_free(other);
}

/* ---- A purchase, with everything that a payment can hold ---- */

#define MESSAGE "2 caf\xc3\xa9s"
#define PARAMETERS "panier=12&ville=%C3%89vry%20%26%20co&vide="

static const izly_pending_payment *create_everything(const izly_client *client, const char *order_id)
{
    const izly_pair pairs[] = { { "ville", "\xc3\x89vry & co" }, { "vide", "" } };
    izly_new_payment payment = IZLY_NEW_PAYMENT_INIT;
    payment.order_id = order_id;
    payment.amount_cents = 150;
    payment.message = MESSAGE;
    payment.callback_parameters = "panier=12";
    payment.callback_pairs = pairs;
    payment.callback_pair_count = 2;
    payment.redirect_url = "https://boutique.example/merci?commande=42";
    payment.has_software = 1;
    payment.software = 7;
    const izly_pending_payment *pending;
    const izly_error *err;
    CHECK_OK(izly_client_create_payment(client, &payment, &pending, &err), err);
    CHECK(pending->operation_id > 0);
    CHECK_TEXT(pending->order_id, order_id);
    CHECK_INT(pending->amount_cents, 150);
    CHECK_HOLDS(pending->authorization_url, setting("IZLY_BASE_URL"));
    CHECK_HOLDS(pending->authorization_url, "software=7");
    CHECK(pending->transaction_id > 0);
    check_date(&pending->date);
    CHECK_INT(pending->status, IZLY_PAYMENT_WAITING);
    CHECK_TEXT(pending->status_text, "Waiting");
    CHECK_TEXT(pending->message, MESSAGE);
    CHECK_TEXT(pending->callback_parameters, PARAMETERS);
    CHECK(pending->beneficiary_account_id != NULL);
    CHECK(pending->beneficiary_identifier != NULL);
    CHECK_TEXT(pending->extra_json, NULL);
    return pending;
}

static void check_callback(struct canned *listener, const izly_pending_payment *pending)
{
    const izly_callback *callback;
    const izly_error *err;
    CHECK_INT(canned_count(listener), 1);
    const struct canned_request *request = canned_request(listener, 0);
    CHECK_HOLDS(request->head, "POST /callback?" PARAMETERS " HTTP/1.1\r\n");
    CHECK_OK(izly_callback_parse(request->body, request->length, &callback, &err), err);
    CHECK_INT(callback->operation_id, pending->operation_id);
    CHECK_TEXT(callback->order_id, pending->order_id);
    CHECK_INT(callback->untrusted_transaction_id, pending->transaction_id);
    CHECK_TEXT(callback->untrusted_amount_text, "1.50");
    check_date(&callback->untrusted_date);
    CHECK_INT(callback->untrusted_status, IZLY_PAYMENT_COMPLETED);
    CHECK_TEXT(callback->untrusted_status_text, "Completed");
    CHECK_TEXT(callback->untrusted_message, MESSAGE);
    CHECK_TEXT(callback->untrusted_callback_parameters, PARAMETERS);
    CHECK_TEXT(callback->untrusted_beneficiary_account_id, pending->beneficiary_account_id);
    CHECK_TEXT(callback->untrusted_beneficiary_identifier, pending->beneficiary_identifier);
    CHECK_TEXT(callback->untrusted_user_account_id, "6000050617");
    CHECK_TEXT(callback->untrusted_user_email, ACCOUNT "@example.fr");
    CHECK_TEXT(callback->untrusted_user_client_code, "etu00001");
    CHECK_TEXT(callback->untrusted_user_affectation_number, "1");
    CHECK_INT(callback->untrusted_has_error_code, 1);
    CHECK_INT(callback->untrusted_error_code, 0);
    CHECK_TEXT(callback->untrusted_error_message, NULL);
    CHECK_TEXT(callback->extra_json, NULL);
    izly_callback_free(callback);
}

static void check_payment(const izly_client *client, const izly_pending_payment *pending, izly_payment_status status,
                          const char *status_text, const char *email)
{
    const izly_payment *payment;
    const izly_error *err;
    CHECK_OK(izly_client_payment(client, pending->operation_id, &payment, &err), err);
    CHECK_INT(payment->operation_id, pending->operation_id);
    CHECK_TEXT(payment->order_id, pending->order_id);
    CHECK_INT(payment->amount_cents, 150);
    CHECK_INT(payment->status, status);
    CHECK_TEXT(payment->status_text, status_text);
    CHECK_INT(payment->transaction_id, pending->transaction_id);
    check_date(&payment->date);
    CHECK_TEXT(payment->message, MESSAGE);
    CHECK_TEXT(payment->callback_parameters, PARAMETERS);
    CHECK_TEXT(payment->beneficiary_account_id, pending->beneficiary_account_id);
    CHECK_TEXT(payment->beneficiary_identifier, pending->beneficiary_identifier);
    CHECK_TEXT(payment->customer_account_id, email == NULL ? NULL : "6000050617");
    CHECK_TEXT(payment->customer_email, email);
    CHECK_TEXT(payment->customer_client_code, email == NULL ? NULL : "etu00001");
    CHECK_TEXT(payment->error_text, NULL);
    CHECK_TEXT(payment->extra_json, NULL);
    izly_payment_free(payment);
}

static void check_confirm(const izly_client *client, const izly_pending_payment *pending)
{
    const izly_paid_payment *paid;
    const izly_error *err;
    uint64_t id = pending->operation_id;
    CHECK_OK(izly_client_confirm(client, id, pending->order_id, 150, 0, &paid, &err), err);
    CHECK_INT(paid->operation_id, id);
    CHECK_TEXT(paid->order_id, pending->order_id);
    CHECK_INT(paid->amount_cents, 150);
    CHECK_INT(paid->transaction_id, pending->transaction_id);
    check_date(&paid->date);
    CHECK_TEXT(paid->message, MESSAGE);
    CHECK_TEXT(paid->callback_parameters, PARAMETERS);
    CHECK_TEXT(paid->beneficiary_account_id, pending->beneficiary_account_id);
    CHECK_TEXT(paid->beneficiary_identifier, pending->beneficiary_identifier);
    CHECK_TEXT(paid->customer_account_id, "6000050617");
    CHECK_TEXT(paid->customer_email, ACCOUNT "@example.fr");
    CHECK_TEXT(paid->customer_client_code, "etu00001");
    CHECK_TEXT(paid->extra_json, NULL);
    izly_paid_payment_free(paid);

    CHECK_FAILS(izly_client_confirm(client, id, "another", 150, 0, &paid, &err), IZLY_ERR_MISMATCH, paid, err);
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_NO, "order_id");
    CHECK_FAILS(izly_client_confirm(client, id, pending->order_id, 151, 0, &paid, &err), IZLY_ERR_MISMATCH, paid, err);
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_NO, "amount");
}

static void check_refund(const izly_client *client, const izly_pending_payment *pending)
{
    const izly_refund *refund;
    const izly_paid_payment *paid;
    const izly_error *err;
    uint64_t id = pending->operation_id;
    CHECK_FAILS(izly_client_refund(client, id, "another", &refund, &err), IZLY_ERR_API, refund, err);
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_NO, NULL);
    CHECK_OK(izly_client_refund(client, id, pending->order_id, &refund, &err), err);
    CHECK_INT(refund->operation_id, id);
    CHECK_TEXT(refund->order_id, pending->order_id);
    CHECK_INT(refund->amount_cents, 150);
    check_date(&refund->date);
    CHECK_INT(refund->transaction_id, pending->transaction_id);
    CHECK_TEXT(refund->extra_json, NULL);
    izly_refund_free(refund);

    CHECK_FAILS(izly_client_refund(client, id, pending->order_id, &refund, &err), IZLY_ERR_API, refund, err);
    CHECK(err->api_code > 0 && err->api_message != NULL);
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_NO, NULL);
    CHECK_FAILS(izly_client_confirm(client, id, pending->order_id, 150, 0, &paid, &err), IZLY_ERR_NOT_PAID, paid, err);
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_NO, NULL);
}

static void check_purchase(const izly_client *client, struct canned *listener)
{
    char order_id[64];
    const izly_pending_payment *pending = create_everything(client, new_order(order_id, sizeof order_id));
    check_payment(client, pending, IZLY_PAYMENT_WAITING, "Waiting", NULL);
    canned_forget(listener);
    student_approves(pending->authorization_url, ACCOUNT);
    check_callback(listener, pending);
    check_payment(client, pending, IZLY_PAYMENT_COMPLETED, "Completed", ACCOUNT "@example.fr");
    check_confirm(client, pending);
    check_refund(client, pending);
    check_payment(client, pending, IZLY_PAYMENT_REFUND, "Refund", ACCOUNT "@example.fr");
    izly_pending_payment_free(pending);
}

/* ---- Purchases that go another way ---- */

static void check_unknown_operation(const izly_client *client)
{
    const izly_payment *payment;
    const izly_refund *refund;
    const izly_error *err;
    CHECK_FAILS(izly_client_payment(client, 9999999999, &payment, &err), IZLY_ERR_API, payment, err);
    CHECK_INT(err->api_code, 356);
    CHECK_TEXT(err->api_message, "Op\xc3\xa9ration introuvable");
    CHECK_TEXT(err->title, "L'op\xc3\xa9ration ne peut pas aboutir");
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_NO, NULL);
    CHECK_FAILS(izly_client_refund(client, 9999999999, "o", &refund, &err), IZLY_ERR_API, refund, err);
    CHECK_INT(err->api_code, 356);
    izly_error_free(err);
}

static void check_waiting_and_cancelled(const izly_client *client)
{
    const izly_pending_payment *pending = new_pending(client);
    const izly_paid_payment *paid;
    const izly_refund *refund;
    const izly_error *err;
    uint64_t id = pending->operation_id;
    CHECK_FAILS(izly_client_confirm(client, id, pending->order_id, 150, 300, &paid, &err), IZLY_ERR_NOT_FINAL, paid,
                err);
    CHECK_ERROR(err, IZLY_OUTCOME_UNKNOWN, IZLY_RETRY_LATER, NULL);
    CHECK_FAILS(izly_client_refund(client, id, pending->order_id, &refund, &err), IZLY_ERR_API, refund, err);
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_NO, NULL);
    student_cancels(pending->authorization_url);
    CHECK_FAILS(izly_client_confirm(client, id, pending->order_id, 150, 0, &paid, &err), IZLY_ERR_NOT_PAID, paid, err);
    CHECK_HOLDS(err->message, "Cancelled");
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_NO, NULL);
    izly_pending_payment_free(pending);
}

/* The student whose purse is too light: a callback comes, and says so. */
static void check_refused(const izly_client *client, struct canned *listener)
{
    const izly_pending_payment *pending = new_pending(client);
    const izly_callback *callback;
    const izly_paid_payment *paid;
    const izly_error *err;
    canned_forget(listener);
    student_approves(pending->authorization_url, "solde-insuffisant");
    CHECK_INT(canned_count(listener), 1);
    const struct canned_request *request = canned_request(listener, 0);
    CHECK_OK(izly_callback_parse(request->body, request->length, &callback, &err), err);
    CHECK_INT(callback->operation_id, pending->operation_id);
    CHECK_INT(callback->untrusted_has_error_code, 1);
    CHECK(callback->untrusted_error_code != 0 && callback->untrusted_error_message != NULL);
    CHECK_FAILS(izly_client_confirm(client, callback->operation_id, pending->order_id, 150, 0, &paid, &err),
                IZLY_ERR_NOT_FINAL, paid, err);
    izly_error_free(err);
    izly_callback_free(callback);
    izly_pending_payment_free(pending);
}

static void *approve_soon(void *url)
{
    usleep(300 * 1000);
    student_approves(url, ACCOUNT);
    return NULL;
}

/* The student approves while the program waits. */
static void check_waiting_confirm(const izly_client *client)
{
    const izly_pending_payment *pending = new_pending(client);
    const izly_paid_payment *paid;
    const izly_refund *refund;
    const izly_error *err;
    pthread_t student;
    CHECK_INT(pthread_create(&student, NULL, approve_soon, (void *)(uintptr_t)pending->authorization_url), 0);
    CHECK_OK(izly_client_confirm(client, pending->operation_id, pending->order_id, 150, 20000, &paid, &err), err);
    pthread_join(student, NULL);
    CHECK_OK(izly_client_refund(client, paid->operation_id, paid->order_id, &refund, &err), err);
    izly_refund_free(refund);
    izly_paid_payment_free(paid);
    izly_pending_payment_free(pending);
}

static void check_wrong_key(void)
{
    const izly_client *client = new_client(setting("IZLY_BASE_URL"), PARIS_KEY);
    const izly_payment *payment;
    const izly_error *err;
    CHECK_FAILS(izly_client_payment(client, 1, &payment, &err), IZLY_ERR_AUTHENTICATION, payment, err);
    CHECK_INT(err->http_status, 401);
    CHECK_ERROR(err, IZLY_OUTCOME_REJECTED, IZLY_RETRY_FIX, NULL);
    izly_client_free(client);
}

int main(void)
{
    struct canned *listener = canned_start((uint16_t)atoi(setting("IZLY_CALLBACK_PORT")));
    const char accepted[] = "{\"Code\":0,\"ErrorMessage\":\"\"}";
    canned_answer(listener, 200, NULL, accepted, strlen(accepted));
    const izly_client *client = sandbox_client();
    check_versions();
    check_replies();
    check_login(client);
    check_denied_login(client);
    check_purchase(client, listener);
    check_unknown_operation(client);
    check_waiting_and_cancelled(client);
    check_refused(client, listener);
    check_waiting_confirm(client);
    check_wrong_key();
    izly_client_free(client);
    canned_stop(listener);
    return report("test_flow");
}
