/* `worker OPERATION CONTENDER`: does one thing many times, and says what it cost as one line of JSON. */

#include <dlfcn.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"
#include "worker.h"

/* Each in a module of its own, so that a process loads what it measures and nothing else: libcurl brings many libraries. */
static const char *const families[] = { "izly", "curl", "socket" };
enum { FAMILY_COUNT = sizeof families / sizeof *families };

void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}

const char *required(const char *value, const char *name)
{
    if (value == NULL) fail("%s is not set", name);
    return value;
}

void *allocate(size_t size)
{
    void *memory = calloc(1, size);
    if (memory == NULL) fail("no memory");
    return memory;
}

/* The module lies beside the program. */
static const struct contender *load(const char *family)
{
    char name[32];
    snprintf(name, sizeof name, "worker-%s.so", family);
    void *module = dlopen(name, RTLD_LAZY);
    const struct contender *offered = module == NULL ? NULL : dlsym(module, "contenders");
    if (offered == NULL) fail("%s", dlerror());
    return offered;
}

/* `curl_fresh` is of the family `curl`. */
static int is_of(const char *name, const char *family)
{
    size_t length = strlen(family);
    return strncmp(name, family, length) == 0 && (name[length] == '\0' || name[length] == '_');
}

static const struct contender *find(const char *operation, const char *name)
{
    for (size_t family = 0; family < FAMILY_COUNT; family++) {
        if (!is_of(name, families[family])) continue;
        for (const struct contender *one = load(families[family]); one->operation != NULL; one++) {
            if (strcmp(one->operation, operation) == 0 && strcmp(one->name, name) == 0) return one;
        }
    }
    fail("there is no %s %s: `worker list` says what there is", operation, name);
}

static void list(void)
{
    for (size_t family = 0; family < FAMILY_COUNT; family++) {
        for (const struct contender *one = load(families[family]); one->operation != NULL; one++) {
            printf("%s %s\n", one->operation, one->name);
        }
    }
}

/* How many times, from the environment. */
static long times(const char *name)
{
    const char *text = required(getenv(name), name);
    char *end;
    long number = strtol(text, &end, 10);
    if (end == text || *end != '\0' || number < 0) fail("%s must be a number", name);
    return number;
}

static void run(const struct contender *contender, const struct settings *settings)
{
    long count = times("IZLY_BENCH_COUNT"), warmup = times("IZLY_BENCH_WARMUP");
    long long sum = 0;
    void *state = contender->open(settings);
    for (long i = 0; i < warmup; i++) contender->once(state);
    struct measure begin = measure_now();
    for (long i = 0; i < count; i++) sum += contender->once(state);
    struct measure spent = measure_between(begin, measure_now());
    contender->close(state);
    printf("{\"count\": %ld, \"cpu_ns\": %" PRId64 ", \"wall_ns\": %" PRId64 ", \"sum\": %lld}\n", count, spent.cpu_ns,
           spent.wall_ns, sum);
}

int main(int argc, char **argv)
{
    struct settings settings = {
        .url = getenv("IZLY_BENCH_URL"),
        .ca_file = getenv("IZLY_BENCH_CA"),
        .api_key = getenv("IZLY_API_KEY"),
        .samples = getenv("IZLY_BENCH_SAMPLES"),
    };
    if (argc == 2 && strcmp(argv[1], "list") == 0) {
        list();
    } else if (argc == 3) {
        run(find(argv[1], argv[2]), &settings);
    } else {
        fail("worker OPERATION CONTENDER, or worker list");
    }
    return EXIT_SUCCESS;
}
