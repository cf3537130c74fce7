/* Value objects: how they are made, and what may be seen of them. */

#include "values.h"

#include <zend_exceptions.h>

static zend_object_handlers handlers;

static const struct izly_shape *shape_of(const zend_class_entry *ce)
{
    for (size_t i = 0; i < SHAPE_COUNT; i++) {
        if (izly_shapes[i].ce == ce) {
            return &izly_shapes[i];
        }
    }
    return NULL;
}

static zend_object *create(zend_class_entry *ce)
{
    struct izly_value *value = zend_object_alloc(sizeof *value, ce);
    memset(value, 0, XtOffsetOf(struct izly_value, std));
    zend_object_std_init(&value->std, ce);
    object_properties_init(&value->std, ce);
    value->shape = shape_of(ce);
    value->std.handlers = &handlers;
    return &value->std;
}

static void drop_record(struct izly_value *value)
{
    if (value->record != NULL && value->release != NULL) {
        value->release(value->record);
    }
    value->record = NULL;
}

/* What nobody else holds is wiped: a freed string stays in the memory of the worker for the next request to find. */
static void wipe(struct izly_value *value)
{
    for (size_t i = 0; value->shape != NULL && i < value->shape->count; i++) {
        const struct izly_field *field = &value->shape->fields[i];
        zval *property = OBJ_PROP(&value->std, field->slot);
        if (!field->is_open && Z_TYPE_P(property) == IS_STRING && Z_REFCOUNTED_P(property) && Z_REFCOUNT_P(property) == 1) {
            ZEND_SECURE_ZERO(Z_STRVAL_P(property), Z_STRLEN_P(property));
        }
    }
}

static void free_object(zend_object *object)
{
    struct izly_value *value = izly_value_from(object);
    drop_record(value);
    wipe(value);
    zend_object_std_dtor(object);
}

/* ---- What may be seen ---- */

HashTable *izly_value_visible(zend_object *object, bool is_dump)
{
    struct izly_value *value = izly_value_from(object);
    HashTable *table = zend_new_array(8);
    for (size_t i = 0; value->shape != NULL && i < value->shape->count; i++) {
        const struct izly_field *field = &value->shape->fields[i];
        zval *property = OBJ_PROP(object, field->slot), shown;
        if (Z_TYPE_P(property) == IS_UNDEF || (!field->is_open && !is_dump)) {
            continue;
        }
        if (field->is_open || Z_TYPE_P(property) == IS_NULL) {
            ZVAL_COPY(&shown, property);
        } else {
            ZVAL_STRING(&shown, "(covered)");
        }
        zend_hash_update(table, field->key, &shown);
    }
    return table;
}

static HashTable *get_properties_for(zend_object *object, zend_prop_purpose purpose)
{
    return izly_value_visible(object, purpose == ZEND_PROP_PURPOSE_DEBUG);
}

static HashTable *get_debug_info(zend_object *object, int *is_temporary)
{
    *is_temporary = 1;
    return izly_value_visible(object, true);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    *table = object->properties_table;
    *count = object->ce->default_properties_count;
    return NULL;
}

/* ---- What may be done: nothing. What is readonly may be written once, from inside the class, and PDO's FETCH_CLASS writes
 * as if it stood there. ---- */

static zval *write_property(zend_object *object, zend_string *name, zval *given, void **cache_slot)
{
    zend_throw_error(NULL, "Cannot modify readonly property %s::$%s", ZSTR_VAL(object->ce->name), ZSTR_VAL(name));
    return &EG(error_zval);
}

/* ---- Making ---- */

struct izly_value *izly_value_begin(zval *result, enum izly_shape_index index)
{
    if (object_init_ex(result, izly_shapes[index].ce) != SUCCESS) {
        return NULL;
    }
    return izly_value_from(Z_OBJ_P(result));
}

static void release_error(const void *err)
{
    izly_error_free(err);
}

/* Whether there is a record. An error is thrown, and freed with the object that was meant for the record. */
static bool take(zval *result, const void *record, const izly_error *err)
{
    struct izly_value *value = izly_value_from(Z_OBJ_P(result));
    value->record = err == NULL ? record : (const void *)err;
    value->release = err == NULL ? value->shape->release : release_error;
    if (err == NULL) {
        return true;
    }
    izly_throw(err);
    zval_ptr_dtor(result);
    ZVAL_NULL(result);
    return false;
}

void izly_value_keep(zval *result, const void *record, const izly_error *err)
{
    if (take(result, record, err)) {
        izly_value_fill(izly_value_from(Z_OBJ_P(result)), record);
    }
}

void izly_value_finish(zval *result, const void *record, const izly_error *err)
{
    if (take(result, record, err)) {
        izly_value_fill(izly_value_from(Z_OBJ_P(result)), record);
        drop_record(izly_value_from(Z_OBJ_P(result)));
    }
}

/* ---- Properties ---- */

static void read_date(const izly_date *date, zval *result)
{
    char text[48];
    int length = snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", date->year, date->month, date->day,
                          date->hour, date->minute, date->second);
    if (date->year == 0) {
        ZVAL_NULL(result);
        return;
    }
    if (date->nanosecond != 0) {
        length += snprintf(text + length, sizeof text - (size_t)length, ".%09d", date->nanosecond);
        while (text[length - 1] == '0') {
            length--;
        }
    }
    ZVAL_STRINGL(result, text, (size_t)length);
}

static void read_text(const char *text, zval *result)
{
    if (text == NULL) {
        ZVAL_NULL(result);
    } else {
        ZVAL_STRING(result, text);
    }
}

static void read_number(int64_t number, bool is_there, zval *result)
{
    if (is_there) {
        ZVAL_LONG(result, number);
    } else {
        ZVAL_NULL(result);
    }
}

static void read_field(const struct izly_field *field, const char *record, zval *result)
{
    const void *place = record + field->offset;
    ZVAL_NULL(result);
    switch (field->kind) {
    case FIELD_TEXT:
        read_text(*(const char *const *)place, result);
        break;
    case FIELD_ID:
        ZVAL_LONG(result, (zend_long)*(const uint64_t *)place);
        break;
    case FIELD_NUMBER:
        read_number(*(const int64_t *)place, *(const int64_t *)place != field->absent, result);
        break;
    case FIELD_CODE:
        read_number(*(const int64_t *)place, *(const int32_t *)(record + field->absent) != 0, result);
        break;
    case FIELD_STATUS:
        ZVAL_LONG(result, *(const int32_t *)place);
        break;
    case FIELD_DATE:
        read_date(place, result);
        break;
    case FIELD_GIVEN:
        break;
    }
}

void izly_value_fill(struct izly_value *value, const void *record)
{
    for (size_t i = 0; i < value->shape->count; i++) {
        const struct izly_field *field = &value->shape->fields[i];
        read_field(field, record, OBJ_PROP(&value->std, field->slot));
    }
    value->is_complete = true;
}

static const struct izly_field *field_named(const struct izly_shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->count; i++) {
        if (strcmp(shape->fields[i].name, name) == 0) {
            return &shape->fields[i];
        }
    }
    return NULL;
}

void izly_value_set(struct izly_value *value, const char *name, zval *given)
{
    const struct izly_field *field = field_named(value->shape, name);
    ZEND_ASSERT(field != NULL);
    ZVAL_COPY_VALUE(OBJ_PROP(&value->std, field->slot), given);
}

struct izly_value *izly_value_under_construction(zval *object)
{
    struct izly_value *value = izly_value_from(Z_OBJ_P(object));
    if (value->is_complete) {
        zend_throw_error(NULL, "%s has been constructed already", ZSTR_VAL(Z_OBJCE_P(object)->name));
        return NULL;
    }
    return value;
}

zval *izly_value_get(zend_object *object, const char *name)
{
    struct izly_value *value = izly_value_from(object);
    const struct izly_field *field = field_named(value->shape, name);
    if (!value->is_complete || field == NULL) {
        zend_throw_error(NULL, "This %s was not made by Izly", ZSTR_VAL(object->ce->name));
        return NULL;
    }
    return OBJ_PROP(object, field->slot);
}

/* ---- Classes ---- */

void izly_values_prepare(void)
{
    handlers = *zend_get_std_object_handlers();
    handlers.offset = XtOffsetOf(struct izly_value, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
    handlers.get_properties_for = get_properties_for;
    handlers.get_debug_info = get_debug_info;
    handlers.get_properties = izly_no_properties;
    handlers.get_gc = get_gc;
    handlers.write_property = write_property;
}

void izly_shapes_attach(enum izly_shape_index index, zend_class_entry *ce)
{
    struct izly_shape *shape = &izly_shapes[index];
    shape->ce = ce;
    ce->create_object = create;
    ce->get_iterator = izly_value_loop;
    for (size_t i = 0; i < shape->count; i++) {
        struct izly_field *field = &shape->fields[i];
        zend_property_info *info = zend_hash_str_find_ptr(&ce->properties_info, field->name, strlen(field->name));
        if (info == NULL) {
            zend_error_noreturn(E_CORE_ERROR, "izly: %s has no property %s", ZSTR_VAL(ce->name), field->name);
        }
        field->slot = info->offset;
        field->key = info->name;
    }
}
