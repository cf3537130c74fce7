/*
 * A hundred thousand calls that go wrong leave the process as it was: its memory, its descriptors, its threads. So many
 * are made by `cargo xtask soak c`, which says so in IZLY_SOAK_CALLS; fewer with the tests.
 *
 * The calls are those that end at once, as the table says. Each is made by two clients: one that is kept to the end, and
 * one that is freed before each look. Only those share connections: which of them are left at any moment, chance decides,
 * since the server closes them all.
 */

#include "faults.h"

#include <time.h>

#define CALLS 5000
#define CALLS_UNDER_VALGRIND 1400
/* What is loaded on first use, and what an allocator takes for itself, comes in the first tenth of the calls. */
#define WARM_UP(calls) ((calls) / 10)
#define LOOKS 20
/* Room for what an allocator does by itself: 512 KiB, so that a leak of 6 bytes a call fails a hundred thousand. */
#define SLACK_PAGES 128
/* A table that gives less than this has not been read whole. */
#define LEAST 400

/* A call that ends at once. */
struct target {
    const json_t *expected;
    const char *call;
};

/* A fault, its calls that end at once, and who makes them. */
struct site {
    const json_t *fault;
    struct target targets[6];
    size_t target_count;
    const izly_client *kept;
    const izly_client *sharing;
    long long seen_before; /* Requests. */
};

struct soak {
    struct site *sites;
    size_t site_count;
    size_t target_count;
    long rounds;
    long made;
};

/* The calls that end at once, and a client if there are any. */
static struct site site_of(const json_t *fault)
{
    struct site site = { .fault = fault };
    const char *call;
    json_t *expected;
    json_object_foreach(json_object_get(fault, "calls"), call, expected)
    {
        if (json_is_true(json_object_get(expected, "ends_at_once"))) {
            site.targets[site.target_count++] = (struct target){ expected, call };
        }
    }
    if (site.target_count > 0) {
        site.kept = fault_client_alone(fault);
        site.seen_before = fault_counts(fault).requests;
    }
    return site;
}

static struct soak soak_of(const json_t *faults)
{
    struct soak soak = { .sites = allocate(json_array_size(faults) * sizeof(struct site)) };
    for (size_t i = 0; i < json_array_size(faults); i++) {
        const struct site site = site_of(json_array_get(faults, i));
        if (site.target_count > 0) {
            soak.sites[soak.site_count++] = site;
            soak.target_count += site.target_count;
        }
    }
    CHECK(soak.target_count >= LEAST);
    return soak;
}

static void make(const struct site *site, const struct target *target, const izly_client *client)
{
    char found[512];
    struct ending ending = fault_call(client, target->call);
    fault_differences(target->call, &ending, target->expected, found, sizeof found);
    if (!CHECK(found[0] == '\0')) {
        fprintf(stderr, "    %s, %s%s (%s)\n", fault_text(site->fault, "name"), target->call, found, ending.message);
    }
}

/* Every call, by the client that is kept and by the one that is not. */
static void make_round(struct soak *soak)
{
    for (struct site *site = soak->sites; site < soak->sites + soak->site_count; site++) {
        if (site->sharing == NULL) {
            site->sharing = fault_client(site->fault);
        }
        for (size_t i = 0; i < site->target_count; i++) {
            make(site, &site->targets[i], site->kept);
            make(site, &site->targets[i], site->sharing);
        }
    }
    soak->rounds++;
    soak->made += 2 * (long)soak->target_count;
}

static struct footprint look(struct soak *soak)
{
    for (size_t i = 0; i < soak->site_count; i++) {
        izly_client_free(soak->sites[i].sharing);
        soak->sites[i].sharing = NULL;
    }
    return footprint();
}

static void check_flat(struct soak *soak, struct footprint first)
{
    struct footprint now = look(soak);
    printf("after %ld calls: %ld KiB (%+ld), %d descriptors, %d threads\n", soak->made, now.pages * 4,
           (now.pages - first.pages) * 4, now.descriptors, now.threads);
    CHECK_INT(now.descriptors, first.descriptors);
    CHECK_INT(now.threads, first.threads);
    if (memory_tells()) {
        CHECK(now.pages - first.pages <= SLACK_PAGES);
    }
}

/* Makes so many calls, and more to end a round. */
static void run(struct soak *soak, long calls)
{
    do {
        make_round(soak);
    } while (soak->made < WARM_UP(calls));
    struct footprint first = look(soak);
    printf("after %ld calls: %ld KiB\n", soak->made, first.pages * 4);
    long looked = soak->made;
    do {
        make_round(soak);
        if (soak->made - looked >= calls / LOOKS || soak->made >= calls) {
            check_flat(soak, first);
            looked = soak->made;
        }
    } while (soak->made < calls);
}

/* What the server saw of a fault is what the table says of each call, so many times. */
static void check_requests(const struct soak *soak)
{
    for (const struct site *site = soak->sites; site < soak->sites + soak->site_count; site++) {
        long long wanted = 0;
        for (size_t i = 0; i < site->target_count; i++) {
            wanted += 2 * soak->rounds * json_integer_value(json_object_get(site->targets[i].expected, "requests"));
        }
        long long seen = fault_counts(site->fault).requests - site->seen_before;
        if (!CHECK(seen == wanted)) {
            fprintf(stderr, "    %s: %lld requests, wanted %lld\n", fault_text(site->fault, "name"), seen, wanted);
        }
    }
}

static long calls_wanted(void)
{
    const char *wanted = getenv("IZLY_SOAK_CALLS");
    return wanted != NULL ? atol(wanted) : is_slow() ? CALLS_UNDER_VALGRIND : CALLS;
}

int main(void)
{
    json_t *faults = faults_table();
    struct soak soak = soak_of(faults);
    time_t begins = time(NULL);
    run(&soak, calls_wanted());
    printf("%ld calls of %zu sorts in %ld s\n", soak.made, soak.target_count, (long)(time(NULL) - begins));
    check_requests(&soak);
    for (size_t i = 0; i < soak.site_count; i++) {
        izly_client_free(soak.sites[i].kept);
    }
    free(soak.sites);
    json_decref(faults);
    return report("test_soak");
}
