/* Clients of the library, which outlive requests. Nothing here holds a token, a student or a payment. */

#include "connections.h"

#include <unistd.h>

static void end(struct izly_handle *handle)
{
    izly_client_free(handle->client);
    pefree(handle, 1);
}

static void end_entry(zval *entry)
{
    end(Z_PTR_P(entry));
}

/* Out of the table. What objects still hold, they end. */
static void forget(const char *key, struct izly_handle *handle)
{
    HashTable *clients = &IZLY_G(clients);
    if (handle->users > 0) {
        handle->is_persistent = false;
        clients->pDestructor = NULL;
    }
    zend_hash_str_del(clients, key, IZLY_HASH_SIZE);
    clients->pDestructor = end_entry;
}

static struct izly_handle *hold(struct izly_handle *handle)
{
    handle->users++;
    handle->used_at = ++IZLY_G(clock);
    return handle;
}

struct izly_handle *izly_connections_find(const unsigned char hash[IZLY_HASH_SIZE])
{
    struct izly_handle *handle = zend_hash_str_find_ptr(&IZLY_G(clients), (const char *)hash, IZLY_HASH_SIZE);
    if (handle == NULL) {
        return NULL;
    }
    /* A forked child would get by with its parent's, but what it makes itself it can end like any other. */
    if (handle->process != getpid()) {
        forget((const char *)hash, handle);
        return NULL;
    }
    return hold(handle);
}

/* Makes room for one more: ends the client that nobody holds and that was used longest ago. */
static bool make_room(void)
{
    HashTable *clients = &IZLY_G(clients);
    zend_string *key, *oldest_key = NULL;
    struct izly_handle *handle, *oldest = NULL;
    if (zend_hash_num_elements(clients) < IZLY_G(max_clients)) {
        return true;
    }
    ZEND_HASH_FOREACH_STR_KEY_PTR(clients, key, handle) {
        if (handle->users == 0 && (oldest == NULL || handle->used_at < oldest->used_at)) {
            oldest = handle;
            oldest_key = key;
        }
    } ZEND_HASH_FOREACH_END();
    if (oldest == NULL || zend_hash_num_elements(clients) > IZLY_G(max_clients)) {
        return false;
    }
    zend_hash_del(clients, oldest_key);
    return zend_hash_num_elements(clients) < IZLY_G(max_clients);
}

struct izly_handle *izly_connections_add(const unsigned char *hash, const izly_client *client)
{
    struct izly_handle *handle = pemalloc(sizeof *handle, 1);
    *handle = (struct izly_handle){ .client = client, .process = getpid() };
    if (hash != NULL && IZLY_G(max_clients) > 0 && make_room()) {
        handle->is_persistent = true;
        zend_hash_str_update_ptr(&IZLY_G(clients), (const char *)hash, IZLY_HASH_SIZE, handle);
    }
    return hold(handle);
}

void izly_connections_release(struct izly_handle *handle)
{
    handle->users--;
    if (!handle->is_persistent && handle->users == 0) {
        end(handle);
    }
}

uint32_t izly_connections_count(void)
{
    return zend_hash_num_elements(&IZLY_G(clients));
}

void izly_connections_start(HashTable *clients)
{
    zend_hash_init(clients, 8, NULL, end_entry, 1);
}

void izly_connections_end(HashTable *clients)
{
    zend_hash_destroy(clients);
}
