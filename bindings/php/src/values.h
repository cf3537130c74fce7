/* Value objects: made of one record of the library, then read-only. */

#ifndef IZLY_VALUES_H
#define IZLY_VALUES_H

#include "php_izly.h"

enum izly_field_kind {
    FIELD_GIVEN,  /* Filled by a constructor, not from a record. */
    FIELD_TEXT,   /* const char *, NULL is null. */
    FIELD_ID,     /* uint64_t, which the library keeps below 2^63. */
    FIELD_NUMBER, /* int64_t; one of its values means null. */
    FIELD_CODE,   /* int64_t, null unless the int32_t before it says so. */
    FIELD_STATUS, /* int32_t. */
    FIELD_DATE,   /* The ISO text of an izly_date. */
};

/* A property: where it comes from, and whether dumps may show it. */
struct izly_field {
    const char *name;
    enum izly_field_kind kind;
    bool is_open; /* Neither secret nor personal. */
    size_t offset;
    int64_t absent;
    uint32_t slot;    /* Found when the class is registered. */
    zend_string *key; /* Likewise: the name, interned. */
};

/* A class of values. */
struct izly_shape {
    zend_class_entry *ce;
    struct izly_field *fields;
    size_t count;
    void (*release)(const void *record);
};

/* Which shape is which. */
enum izly_shape_index {
    SHAPE_ORDER,
    SHAPE_NEW_PAYMENT,
    SHAPE_REFUND_TARGET,
    SHAPE_WIRE,
    SHAPE_LOGIN,
    SHAPE_TOKENS,
    SHAPE_USER_DETAILS,
    SHAPE_PENDING_PAYMENT,
    SHAPE_PAYMENT,
    SHAPE_PAID_PAYMENT,
    SHAPE_REFUND,
    SHAPE_CALLBACK,
    SHAPE_UNTRUSTED,
    SHAPE_REPLY,
    SHAPE_COUNT,
};

extern struct izly_shape izly_shapes[SHAPE_COUNT];

struct izly_value {
    const struct izly_shape *shape;
    const void *record; /* The library's, until it has been copied. */
    void (*release)(const void *record);
    bool is_complete; /* Whether this extension filled it: nothing else can. */
    zend_object std;
};

static inline struct izly_value *izly_value_from(zend_object *object)
{
    return (struct izly_value *)((char *)object - XtOffsetOf(struct izly_value, std));
}

/* How all values behave. Before any class is attached. */
void izly_values_prepare(void);

/* Fills the tables with the classes, after they are registered. */
void izly_shapes_attach(enum izly_shape_index index, zend_class_entry *ce);

/* An empty object, which is made before the call: if memory runs out while a record is copied, the object's end frees it. */
struct izly_value *izly_value_begin(zval *result, enum izly_shape_index index);

/* Copies the record into the properties and frees it; or throws the error. Takes both. */
void izly_value_finish(zval *result, const void *record, const izly_error *err);

/* The same, but keeps the record. */
void izly_value_keep(zval *result, const void *record, const izly_error *err);

/* Fills the properties of a shape from a record that stays whose it is. */
void izly_value_fill(struct izly_value *value, const void *record);

/* Sets one property of a value under construction. Takes the zval. */
void izly_value_set(struct izly_value *value, const char *name, zval *given);

/* The properties that are open; a dump also sees that the others are there. A new table. */
HashTable *izly_value_visible(zend_object *object, bool is_dump);

/* What a loop walks: a copy, which nothing that the loop does can lead back from. Throws where it asks for references. */
zend_object_iterator *izly_value_loop(zend_class_entry *ce, zval *object, int by_reference);

/* A constructor's object, unless it has been constructed before. */
struct izly_value *izly_value_under_construction(zval *object);

/* A property of a complete value; NULL after a throw. */
zval *izly_value_get(zend_object *object, const char *name);

#endif
