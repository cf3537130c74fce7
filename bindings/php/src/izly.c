/* The module: its start and end, its settings, its section of phpinfo. */

#include "connections.h"

#include <ext/standard/info.h>
#include <zend_enum.h>

#include "izly_arginfo.h"

ZEND_DECLARE_MODULE_GLOBALS(izly)

bool izly_is_usable;

zend_class_entry *izly_ce_environment, *izly_ce_outcome, *izly_ce_retry, *izly_ce_content_type, *izly_ce_amount_unit,
    *izly_ce_state_policy;

void izly_client_attach(zend_class_entry *ce);

PHP_INI_BEGIN()
    STD_PHP_INI_BOOLEAN("izly.persistent", "1", PHP_INI_SYSTEM, OnUpdateBool, is_persistent, zend_izly_globals,
                        izly_globals)
    STD_PHP_INI_ENTRY("izly.max_clients", "8", PHP_INI_SYSTEM, OnUpdateLongGEZero, max_clients, zend_izly_globals,
                      izly_globals)
PHP_INI_END()

/* ---- Versions ---- */

/* Before 1.0 a minor version may break; an older library has less than its header says. */
static bool is_compatible(int32_t running)
{
    int32_t breaking = IZLY_VERSION_MAJOR == 0 ? 1000 : 1000000;
    return running / breaking == IZLY_VERSION_NUMBER / breaking && running >= IZLY_VERSION_NUMBER;
}

static const char *header_version(void)
{
    static char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", IZLY_VERSION_MAJOR, IZLY_VERSION_MINOR, IZLY_VERSION_PATCH);
    return version;
}

/* A warning and no more: a module that refuses to start stops PHP for every site of the machine. */
static void check_version(void)
{
    izly_is_usable = is_compatible(izly_version_number());
    if (!izly_is_usable) {
        php_error_docref(NULL, E_WARNING, "izly was built for libizly %s and cannot work with %s, which is installed",
                         header_version(), izly_version());
    }
}

bool izly_require_usable(void)
{
    if (!izly_is_usable) {
        char message[160];
        snprintf(message, sizeof message, "%s does not fit this extension, which was built for %s",
                 izly_version(), header_version());
        izly_refuse(IZLY_ERR_CONFIGURATION, "libizly", message);
    }
    return izly_is_usable;
}

HashTable *izly_no_properties(zend_object *object)
{
    return &IZLY_G(nothing);
}

/* ---- Life. No thread, no connection and no client before the first request: FPM and Apache fork after MINIT. ---- */

static PHP_GINIT_FUNCTION(izly)
{
#if defined(ZTS) && defined(COMPILE_DL_IZLY)
    ZEND_TSRMLS_CACHE_UPDATE();
#endif
    memset(izly_globals, 0, sizeof *izly_globals);
    izly_connections_start(&izly_globals->clients);
    zend_hash_init(&izly_globals->nothing, 8, NULL, NULL, 1);
}

static PHP_GSHUTDOWN_FUNCTION(izly)
{
    izly_connections_end(&izly_globals->clients);
    zend_hash_destroy(&izly_globals->nothing);
}

static PHP_MINIT_FUNCTION(izly)
{
    REGISTER_INI_ENTRIES();
    check_version();
    register_izly_symbols(module_number);
    izly_ce_environment = register_class_Izly_Environment();
    izly_ce_outcome = register_class_Izly_Outcome();
    izly_ce_retry = register_class_Izly_Retry();
    izly_ce_content_type = register_class_Izly_ContentType();
    izly_ce_amount_unit = register_class_Izly_AmountUnit();
    izly_ce_state_policy = register_class_Izly_StatePolicy();
    register_class_Izly_Scope();
    register_class_Izly_Status();
    izly_register_exceptions();
    izly_register_values();
    izly_client_attach(register_class_Izly_Client(register_class_Izly_ClientInterface()));
    return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(izly)
{
    UNREGISTER_INI_ENTRIES();
    return SUCCESS;
}

static PHP_RINIT_FUNCTION(izly)
{
#if defined(ZTS) && defined(COMPILE_DL_IZLY)
    ZEND_TSRMLS_CACHE_UPDATE();
#endif
    return SUCCESS;
}

static PHP_MINFO_FUNCTION(izly)
{
    char count[24];
    snprintf(count, sizeof count, "%u", izly_connections_count());
    php_info_print_table_start();
    php_info_print_table_row(2, "Izly support", izly_is_usable ? "enabled" : "the library's version does not fit");
    php_info_print_table_row(2, "Extension version", PHP_IZLY_VERSION);
    php_info_print_table_row(2, "libizly header version", header_version());
    php_info_print_table_row(2, "libizly library version", izly_version());
    php_info_print_table_row(2, "Clients kept by this process", count);
    php_info_print_table_end();
    DISPLAY_INI_ENTRIES();
}

static const zend_module_dep dependencies[] = {
    ZEND_MOD_REQUIRED("spl")
    ZEND_MOD_REQUIRED("hash")
    ZEND_MOD_END
};

zend_module_entry izly_module_entry = {
    STANDARD_MODULE_HEADER_EX,
    NULL,
    dependencies,
    "izly",
    NULL,
    PHP_MINIT(izly),
    PHP_MSHUTDOWN(izly),
    PHP_RINIT(izly),
    NULL,
    PHP_MINFO(izly),
    PHP_IZLY_VERSION,
    PHP_MODULE_GLOBALS(izly),
    PHP_GINIT(izly),
    PHP_GSHUTDOWN(izly),
    NULL,
    STANDARD_MODULE_PROPERTIES_EX,
};

#ifdef COMPILE_DL_IZLY
#ifdef ZTS
ZEND_TSRMLS_CACHE_DEFINE()
#endif
ZEND_GET_MODULE(izly)
#endif
