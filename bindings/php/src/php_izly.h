/* What the files of the extension share. */

#ifndef PHP_IZLY_H
#define PHP_IZLY_H

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <izly.h>
#include <php.h>
#include <zend_attributes.h>

#define PHP_IZLY_VERSION "0.1.0"

extern zend_module_entry izly_module_entry;
#define phpext_izly_ptr &izly_module_entry

ZEND_BEGIN_MODULE_GLOBALS(izly)
    bool is_persistent;
    zend_long max_clients;
    HashTable clients; /* Hash of a configuration -> struct izly_handle. Lives as long as the worker. */
    uint64_t clock;    /* Counts uses, so that the one idle longest is known. */
    HashTable nothing; /* What izly_no_properties gives. */
ZEND_END_MODULE_GLOBALS(izly)

ZEND_EXTERN_MODULE_GLOBALS(izly)
#define IZLY_G(name) ZEND_MODULE_GLOBALS_ACCESSOR(izly, name)

#if defined(ZTS) && defined(COMPILE_DL_IZLY)
ZEND_TSRMLS_CACHE_EXTERN()
#endif

/* Whether the library that is running is the one that this was built for. Set once, when the module starts. */
extern bool izly_is_usable;

/* Throws where it is not. */
bool izly_require_usable(void);

/* The table of properties of our objects, for whatever asks without saying what for: always the same, always empty.
 * array_walk and loops by reference would write through a real one, past all that is readonly; one that is not the same
 * each time, a loop never reaches the end of. */
HashTable *izly_no_properties(zend_object *object);

void izly_register_client(void);
void izly_register_values(void);
void izly_register_exceptions(void);

extern zend_class_entry *izly_ce_environment, *izly_ce_outcome, *izly_ce_retry, *izly_ce_content_type,
    *izly_ce_amount_unit, *izly_ce_state_policy;

/* ---- exceptions.c ---- */

/* Throws what an error of the library says. The error is borrowed. */
void izly_throw(const izly_error *err);

/* Throws the exception of a status, about an argument or setting. Nothing was sent. */
void izly_refuse(izly_status status, const char *field, const char *message);

/* ---- given.c: what a caller gives ---- */

/* An int and nothing else, whatever strict_types says: coercion makes 1998 of 19.99 * 100, and 1 of true. */
bool izly_int(zval *value, uint32_t argument, zend_long *number);

/* A string and nothing else, likewise: coercion makes "" of null, and what is empty may compare equal to what is missing.
 * Borrowed; NULL after a throw. */
zend_string *izly_string(zval *value, uint32_t argument);

/* A text of C, or NULL after a throw: one with a NUL inside would be cut short there. */
const char *izly_text(const zend_string *text, const char *field);

/* ---- client.c ---- */

extern zend_class_entry *izly_ce_client;

#endif
