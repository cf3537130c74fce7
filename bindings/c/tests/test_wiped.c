/*
 * Whatever held a token, a key or personal data is wiped when it is freed. The program brings its own free(), which the
 * library finds in place of the C library's and which looks at every block before it lets it go. Only glibc lends its
 * own under another name; sanitizers and valgrind bring theirs: elsewhere, and under them, there is nothing to see.
 */

#include "support.h"

#include <malloc.h>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define CAN_WATCH 1
#else
#define CAN_WATCH 0
#endif

/* Of this thread: the canned server's frees what it was sent, and may. */
static _Thread_local const char *volatile watched; /* What must not be in a block; NULL while nobody looks. */
static _Thread_local volatile int blocks;          /* Looked at. */
static _Thread_local volatile int found;           /* With the text still in them. */

#if CAN_WATCH

void __libc_free(void *block);

static int holds(const char *block, size_t size, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i + length <= size; i++) {
        if (block[i] == text[0] && memcmp(block + i, text, length) == 0) {
            return 1;
        }
    }
    return 0;
}

void free(void *block)
{
    if (watched != NULL && block != NULL) {
        blocks++;
        found += holds(block, malloc_usable_size(block), watched);
    }
    __libc_free(block);
}

#endif

static void watch(const char *text)
{
    blocks = 0;
    found = 0;
    watched = text;
}

/* The record was freed while `text` was watched for: in several blocks, none of which held it any more. */
#define CHECK_WIPED(text, free_record)                                  \
    do {                                                                \
        watch(text);                                                    \
        free_record;                                                    \
        watched = NULL;                                                 \
        CHECK(blocks >= 2);                                             \
        if (!check_true(found == 0, #free_record " wipes", __FILE__, __LINE__)) { \
            fprintf(stderr, "    `%s` is in %d of %d blocks\n", text, found, blocks); \
        }                                                               \
    } while (0)

/* That a block which is not wiped would be seen. */
static void check_the_watch(void)
{
    char *volatile block = strdup("a secret of this test");
    watch("a secret of this test");
    free(block);
    watched = NULL;
    CHECK_INT(blocks, 1);
    CHECK_INT(found, 1);
}

static void check_callback(void)
{
    static const char body[] = "{\"OperationSMoney\":{\"Id\":1},\"User\":{\"Email\":\"jdoe@univ.example\"},"
                               "\"Hidden\":\"0123456789ZZ\"}";
    const char *const secrets[] = { "jdoe@univ.example", "0123456789ZZ" };
    const izly_callback *callback;
    const izly_error *err;
    for (size_t i = 0; i < 2; i++) {
        CHECK_OK(izly_callback_parse(body, strlen(body), &callback, &err), err);
        CHECK_WIPED(secrets[i], izly_callback_free(callback));
    }
}

static void check_tokens(struct canned *server, const izly_client *client)
{
    static const char body[] = "{\"access_token\":\"an-access-token\",\"refresh_token\":\"a-refresh-token\"}";
    const char *const secrets[] = { "an-access-token", "a-refresh-token" };
    const izly_tokens *tokens;
    const izly_error *err;
    canned_answer(server, 200, NULL, body, strlen(body));
    for (size_t i = 0; i < 2; i++) {
        CHECK_OK(izly_client_refresh(client, "an-old-token", &tokens, &err), err);
        CHECK_WIPED(secrets[i], izly_tokens_free(tokens));
    }
}

static void check_user(struct canned *server, const izly_client *client)
{
    static const char body[] = "{\"Ine\":\"0123456789ZZ\",\"Other\":\"9876543210YY\"}";
    const char *const secrets[] = { "0123456789ZZ", "9876543210YY" };
    const izly_user_details *user;
    const izly_error *err;
    canned_answer(server, 200, NULL, body, strlen(body));
    for (size_t i = 0; i < 2; i++) {
        CHECK_OK(izly_client_user(client, "an-access-token", &user, &err), err);
        CHECK_WIPED(secrets[i], izly_user_details_free(user));
    }
}

static void check_payments(struct canned *server, const izly_client *client)
{
    static const char body[] = "{\"OperationId\":1,\"OrderId\":\"o\",\"Amount\":1.50,\"OperationStatus\":\"Completed\","
                               "\"CustomerEmail\":\"jdoe@univ.example\"}";
    const izly_payment *payment;
    const izly_paid_payment *paid;
    const izly_error *err;
    canned_answer(server, 200, NULL, body, strlen(body));
    CHECK_OK(izly_client_payment(client, 1, &payment, &err), err);
    CHECK_WIPED("jdoe@univ.example", izly_payment_free(payment));
    CHECK_OK(izly_client_confirm(client, 1, "o", 150, 0, &paid, &err), err);
    CHECK_WIPED("jdoe@univ.example", izly_paid_payment_free(paid));
}

/* The beginning of an answer may hold anything. */
static void check_excerpt(struct canned *server, const izly_client *client)
{
    const izly_payment *payment;
    const izly_error *err;
    canned_answer(server, 200, NULL, "jdoe@univ.example", 17);
    CHECK_FAILS(izly_client_payment(client, 1, &payment, &err), IZLY_ERR_UNREADABLE, payment, err);
    CHECK_TEXT(err->excerpt, "jdoe@univ.example");
    CHECK_WIPED("jdoe@univ.example", izly_error_free(err));
}

static void check_login(const izly_client *client)
{
    const izly_login *login;
    const izly_error *err;
    CHECK_OK(izly_client_start_login(client, 1, &login, &err), err);
    char *state = strdup(login->state);
    CHECK_WIPED(state, izly_login_free(login));
    free(state);
}

static void check_client(void)
{
    const char *const secrets[] = { PARIS_KEY, "s3cret" };
    for (size_t i = 0; i < 2; i++) {
        const izly_client *client = new_client("preproduction", PARIS_KEY);
        CHECK_WIPED(secrets[i], izly_client_free(client));
    }
}

/* A client that keeps a connection, over which its key went. */
static void check_used_client(struct canned *server)
{
    const izly_client *client = new_client(canned_url(server), PARIS_KEY);
    const izly_payment *payment;
    const izly_error *err;
    canned_answer(server, 200, NULL, "{}", 2);
    CHECK_FAILS(izly_client_payment(client, 1, &payment, &err), IZLY_ERR_UNREADABLE, payment, err);
    izly_error_free(err);
    CHECK_WIPED(PARIS_KEY, izly_client_free(client));
}

int main(void)
{
    if (!CAN_WATCH || is_slow()) {
        printf("test_wiped: nothing to see under a sanitizer, valgrind, or another C library than glibc\n");
        return report("test_wiped");
    }
    struct canned *server = canned_start(0);
    const izly_client *client = new_client(canned_url(server), PARIS_KEY);
    check_the_watch();
    check_callback();
    check_tokens(server, client);
    check_user(server, client);
    check_payments(server, client);
    check_excerpt(server, client);
    check_login(client);
    check_client();
    check_used_client(server);
    izly_client_free(client);
    canned_stop(server);
    return report("test_wiped");
}
