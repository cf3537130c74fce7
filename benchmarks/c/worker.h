/* What the parts of the worker share: a pair of operation and contender, and what it is given. */

#ifndef WORKER_H
#define WORKER_H

#include <stddef.h>

/* The payment that every read asks for. */
#define OPERATION_ID 586589

/* What the harness says, in the environment. */
struct settings {
    const char *url;
    /* A PEM file, or NULL for what the system trusts. */
    const char *ca_file;
    const char *api_key;
    const char *samples;
};

/* One thing that is measured. What `open` makes is used for every round, and is freed by `close`. */
struct contender {
    const char *operation;
    const char *name;
    void *(*open)(const struct settings *settings);
    /* Does it once, and gives the proof of it. A failure ends the program. */
    long long (*once)(void *state);
    void (*close)(void *state);
};

/* What each module offers; it ends with a contender without an operation. */
extern const struct contender contenders[];

/* Writes one line to the error output, and ends the program. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What the harness must have set for this operation. */
const char *required(const char *value, const char *name);

/* As much memory as asked for, or the end of the program. */
void *allocate(size_t size);

#endif
