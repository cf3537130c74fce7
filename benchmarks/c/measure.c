/* What a stretch of work costs this process. */

#define _DEFAULT_SOURCE 1

#include "measure.h"

#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

static int64_t nanoseconds(struct timeval time)
{
    return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_usec * 1000;
}

struct measure measure_now(void)
{
    struct rusage usage;
    struct timespec clock;
    getrusage(RUSAGE_SELF, &usage);
    clock_gettime(CLOCK_MONOTONIC, &clock);
    return (struct measure){
        .cpu_ns = nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime),
        .wall_ns = (int64_t)clock.tv_sec * 1000000000 + clock.tv_nsec,
    };
}

struct measure measure_between(struct measure begin, struct measure end)
{
    return (struct measure){ .cpu_ns = end.cpu_ns - begin.cpu_ns, .wall_ns = end.wall_ns - begin.wall_ns };
}
