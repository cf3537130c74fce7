/* What a stretch of work costs this process. */

#ifndef MEASURE_H
#define MEASURE_H

#include <stdint.h>

struct measure {
    /* User and system time, of all threads. */
    int64_t cpu_ns;
    int64_t wall_ns;
};

/* What has been spent up to now, of both. */
struct measure measure_now(void);

/* From the one to the other. */
struct measure measure_between(struct measure begin, struct measure end);

#endif
