/* Clients of the library, which outlive requests: one for each configuration, in each worker process. */

#ifndef IZLY_CONNECTIONS_H
#define IZLY_CONNECTIONS_H

#include "php_izly.h"

#define IZLY_HASH_SIZE 32

struct izly_handle {
    const izly_client *client;
    pid_t process;     /* That made it. */
    uint32_t users;    /* Client objects that hold it. */
    uint64_t used_at;  /* On the clock of the module. */
    bool is_persistent;
};

/* The handle kept for this configuration by this process, held for the caller; or NULL. */
struct izly_handle *izly_connections_find(const unsigned char hash[IZLY_HASH_SIZE]);

/* A handle for a new client, held for the caller, and kept for others if there is room. Takes the client. */
struct izly_handle *izly_connections_add(const unsigned char *hash, const izly_client *client);

/* Gives a handle back. */
void izly_connections_release(struct izly_handle *handle);

/* How many this process keeps. */
uint32_t izly_connections_count(void);

void izly_connections_start(HashTable *clients);
void izly_connections_end(HashTable *clients);

#endif
