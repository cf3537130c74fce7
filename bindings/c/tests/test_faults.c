/*
 * Every fault of the shared table against every call: the kind, the outcome, the HTTP status, the phase, the time, and
 * what the server saw of it. Under valgrind deadlines are three times as long, the time alone is not asserted, and TLS
 * is left out (faults.h says why).
 */

#include "faults.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

/* Most of the time is spent waiting for deadlines. */
#define WORKERS 8
/* What a call may take beyond its deadline. */
#define GRACE_MS 100
/* How often a call that took longer is looked at again, and after which pause: a machine that was busy elsewhere is no
 * finding, and a call that really waits too long does so each time. */
#define LOOKS 12
#define REST_US 200000
/* A table that says less than this has not been read whole. */
#define LEAST 750

struct work {
    const json_t *faults;
    atomic_size_t next;
    atomic_size_t met;
};

/* One call that met a fault. */
struct meeting {
    struct ending ending;
    long long took_ms;
    struct counts before;
    struct counts after;
};

static long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static struct meeting meet(const json_t *fault, const izly_client *client, const char *call)
{
    struct meeting meeting = { .before = fault_counts(fault) };
    long long begins = now_ms();
    meeting.ending = fault_call(client, call);
    meeting.took_ms = now_ms() - begins;
    meeting.after = fault_counts(fault);
    return meeting;
}

static int is_late(const json_t *fault, const struct meeting *meeting)
{
    return !is_slow() && meeting->took_ms > (long long)fault_deadline(fault) + GRACE_MS;
}

/* What the server's record says against the call. */
static void add_what_was_seen(const struct meeting *meeting, const json_t *expected, char *found, size_t size)
{
    long long requests = meeting->after.requests - meeting->before.requests;
    if (requests != json_integer_value(json_object_get(expected, "requests"))) {
        add_text(found, size, "; %lld requests", requests);
    }
    const struct ending *ending = &meeting->ending;
    int is_certain = ending->status != IZLY_OK && ending->outcome != IZLY_OUTCOME_UNKNOWN;
    if (is_certain && meeting->after.commits > meeting->before.commits) {
        add_text(found, size, "; `%s` of what was carried out", izly_outcome_name(ending->outcome));
    }
}

static void check_call(const json_t *fault, const izly_client *client, const char *call, const json_t *expected)
{
    struct meeting meeting = meet(fault, client, call);
    for (int look = 1; look < LOOKS && is_late(fault, &meeting); look++) {
        usleep(REST_US);
        meeting = meet(fault, client, call);
    }
    char found[512];
    fault_differences(call, &meeting.ending, expected, found, sizeof found);
    add_what_was_seen(&meeting, expected, found, sizeof found);
    if (is_late(fault, &meeting)) {
        add_text(found, sizeof found, "; took %lld ms, %d times", meeting.took_ms, LOOKS);
    }
    if (!CHECK(found[0] == '\0')) {
        char *wanted = json_dumps(expected, JSON_COMPACT);
        fprintf(stderr, "    %s, %s%s\n        wanted %s (%s)\n", fault_text(fault, "name"), call, found, wanted,
                meeting.ending.message);
        free(wanted);
    }
}

static void *meet_faults(void *argument)
{
    struct work *work = argument;
    const json_t *fault;
    while ((fault = json_array_get(work->faults, atomic_fetch_add(&work->next, 1))) != NULL) {
        const izly_client *client = fault_client(fault);
        const char *call;
        json_t *expected;
        json_object_foreach(json_object_get(fault, "calls"), call, expected)
        {
            check_call(fault, client, call, expected);
            atomic_fetch_add(&work->met, 1);
        }
        izly_client_free(client);
    }
    return NULL;
}

int main(void)
{
    json_t *faults = faults_table();
    struct work work = { .faults = faults };
    pthread_t workers[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        CHECK_INT(pthread_create(&workers[i], NULL, meet_faults, &work), 0);
    }
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(workers[i], NULL);
    }
    printf("%zu faults, %zu calls%s\n", json_array_size(faults), atomic_load(&work.met),
           is_slow() ? ", without TLS, their time not asserted" : "");
    CHECK(atomic_load(&work.met) >= LEAST);
    json_decref(faults);
    return report("test_faults");
}
