/* `worker OPERATION CONTENDER`: does one thing many times, and says what it cost as one line of JSON. */

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"
#include "worker.h"

static const struct contender *const families[] = { izly_contenders, curl_contenders, socket_contenders };
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

static const struct contender *find(const char *operation, const char *name)
{
    for (size_t family = 0; family < FAMILY_COUNT; family++) {
        for (const struct contender *one = families[family]; one->operation != NULL; one++) {
            if (strcmp(one->operation, operation) == 0 && strcmp(one->name, name) == 0) return one;
        }
    }
    fail("there is no %s %s: `worker list` says what there is", operation, name);
}

static void list(void)
{
    for (size_t family = 0; family < FAMILY_COUNT; family++) {
        for (const struct contender *one = families[family]; one->operation != NULL; one++) {
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
