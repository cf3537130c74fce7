/* Loops over a value: they walk a copy of what is open. */

#include "values.h"

#include <zend_exceptions.h>
#include <zend_interfaces.h>

struct loop {
    zend_object_iterator iterator;
    HashTable *copy;
    HashPosition place;
};

static struct loop *loop_of(zend_object_iterator *iterator)
{
    return (struct loop *)iterator;
}

static void end(zend_object_iterator *iterator)
{
    zend_array_release(loop_of(iterator)->copy);
    zval_ptr_dtor(&iterator->data);
}

static int is_there(zend_object_iterator *iterator)
{
    return zend_hash_get_current_key_type_ex(loop_of(iterator)->copy, &loop_of(iterator)->place) == HASH_KEY_NON_EXISTENT
               ? FAILURE
               : SUCCESS;
}

static zval *current(zend_object_iterator *iterator)
{
    return zend_hash_get_current_data_ex(loop_of(iterator)->copy, &loop_of(iterator)->place);
}

static void current_key(zend_object_iterator *iterator, zval *key)
{
    zend_hash_get_current_key_zval_ex(loop_of(iterator)->copy, key, &loop_of(iterator)->place);
}

static void next(zend_object_iterator *iterator)
{
    zend_hash_move_forward_ex(loop_of(iterator)->copy, &loop_of(iterator)->place);
}

static void rewind_loop(zend_object_iterator *iterator)
{
    zend_hash_internal_pointer_reset_ex(loop_of(iterator)->copy, &loop_of(iterator)->place);
}

static HashTable *get_gc(zend_object_iterator *iterator, zval **table, int *count)
{
    *table = &iterator->data;
    *count = 1;
    return loop_of(iterator)->copy;
}

static const zend_object_iterator_funcs functions = {
    .dtor = end,
    .valid = is_there,
    .get_current_data = current,
    .get_current_key = current_key,
    .move_forward = next,
    .rewind = rewind_loop,
    .get_gc = get_gc,
};

zend_object_iterator *izly_value_loop(zend_class_entry *ce, zval *object, int by_reference)
{
    if (by_reference) {
        zend_throw_error(NULL, "%s is read-only: a loop over it cannot be by reference", ZSTR_VAL(ce->name));
        return NULL;
    }
    struct loop *loop = emalloc(sizeof *loop);
    zend_iterator_init(&loop->iterator);
    ZVAL_COPY(&loop->iterator.data, object);
    loop->iterator.funcs = &functions;
    loop->copy = izly_value_visible(Z_OBJ_P(object), false);
    loop->place = 0;
    return &loop->iterator;
}
