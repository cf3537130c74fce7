/* The settings of a client, from PHP's arguments to the library's struct. */

#ifndef IZLY_SETTINGS_H
#define IZLY_SETTINGS_H

#include "connections.h"

/* What Client::__construct was given. */
struct izly_settings {
    zend_string *api_key;
    zend_object *environment_case; /* One of these two. */
    zend_string *environment;
    zend_string *app_identifier;
    zend_string *ca_file;
    zend_string *proxy;
    zend_string *application;
    zval *deadline;
    zval *connect_timeout;
    zval *max_body;
    zend_object *wire;
    bool system_roots;
    bool reuse_connections;
    bool is_persistent;
};

/* Whether they fit the library's types; throws where one does not. The texts are borrowed. */
bool izly_settings_read(const struct izly_settings *settings, izly_config *config);

/* A hash of all that makes a client what it is. Nobody reads the key out of it, and its length hides where texts end. */
void izly_settings_hash(const izly_config *config, unsigned char hash[IZLY_HASH_SIZE]);

#endif
