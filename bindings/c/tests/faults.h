/*
 * The server that misbehaves on order: its table, what it saw, and the calls that meet it. `cargo xtask` starts it, and
 * says where it is.
 */

#ifndef FAULTS_H
#define FAULTS_H

#include <jansson.h>

#include "support.h"

/* How a call ended. Nothing in it has to be freed. */
struct ending {
    izly_status status;
    izly_outcome outcome; /* This, and all that follows, of the error; 0 or empty if there is none. */
    izly_retry retry;
    int32_t http_status;
    char phase[16];
    char message[256];
};

/* What the server saw at a fault's address so far. */
struct counts {
    long long requests;
    long long commits;
};

/*
 * The array of all faults, each with `name`, `url`, `deadline_ms` and `calls`: what to expect of each call, and whether it
 * `ends_at_once`. Free it with json_decref. Under valgrind without those over TLS: it takes what the ciphers' assembler code
 * makes of its tables for uninitialised memory.
 */
json_t *faults_table(void);

/* A text of a fault. */
const char *fault_text(const json_t *fault, const char *name);

/* How many milliseconds a call that meets this fault may take. Under valgrind everything takes longer. */
uint32_t fault_deadline(const json_t *fault);

/* A client that meets this fault with every call, and trusts the certificates of the server. */
const izly_client *fault_client(const json_t *fault);
/* The same; its reads do not share connections. */
const izly_client *fault_client_alone(const json_t *fault);

/* What the server saw, once it stands still: a call may end before the server has noted the last of it. */
struct counts fault_counts(const json_t *fault);

/* Makes a call by its name in the table. */
struct ending fault_call(const izly_client *client, const char *call);

/* Writes down what is not as the table wants it; gives "" if all is. The text is `found`. */
const char *fault_differences(const char *call, const struct ending *ending, const json_t *expected, char *found,
                              size_t size);

/* Adds to a text as printf does; what finds no room is cut off. */
void add_text(char *text, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
