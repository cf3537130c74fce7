/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: e38ee6fc364671ced60621d8f3418c6d387c1f18 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Izly_Scope___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Izly_Status___construct arginfo_class_Izly_Scope___construct

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_ClientInterface_startLogin, 0, 0, Izly\\Login, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, scope, IS_LONG, 0, "Izly\\Scope::USER_DETAILS")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_ClientInterface_finishLogin, 0, 2, Izly\\Tokens, 0)
	ZEND_ARG_TYPE_INFO(0, rawQuery, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, state, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_ClientInterface_refresh, 0, 1, Izly\\Tokens, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, refreshToken, Izly\\Tokens, MAY_BE_STRING, NULL)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_ClientInterface_user, 0, 1, Izly\\\125serDetails, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, accessToken, Izly\\Tokens, MAY_BE_STRING, NULL)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_ClientInterface_createPayment, 0, 1, Izly\\PendingPayment, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, payment, Izly\\\116ewPayment|Izly\\Order, 0, NULL)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_ClientInterface_payment, 0, 1, Izly\\Payment, 0)
	ZEND_ARG_TYPE_INFO(0, operationId, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_ClientInterface_confirm, 0, 2, Izly\\PaidPayment, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, operation, Izly\\Callback|Izly\\PendingPayment, MAY_BE_LONG, NULL)
	ZEND_ARG_OBJ_INFO(0, order, Izly\\Order, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, waitMs, IS_LONG, 0, "0")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_ClientInterface_refund, 0, 1, Izly\\Refund, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, payment, Izly\\PaidPayment|Izly\\Payment|Izly\\RefundTarget, 0, NULL)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Izly_Client___construct, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, apiKey, IS_STRING, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, environment, Izly\\Environment, MAY_BE_STRING, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, appIdentifier, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, caFile, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, systemRoots, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, proxy, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, application, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, deadlineMs, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, connectTimeoutMs, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maxBodyBytes, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, reuseConnections, _IS_BOOL, 0, "true")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, wire, Izly\\Wire, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, persistent, _IS_BOOL, 0, "true")
ZEND_END_ARG_INFO()

#define arginfo_class_Izly_Client_startLogin arginfo_class_Izly_ClientInterface_startLogin

#define arginfo_class_Izly_Client_finishLogin arginfo_class_Izly_ClientInterface_finishLogin

#define arginfo_class_Izly_Client_refresh arginfo_class_Izly_ClientInterface_refresh

#define arginfo_class_Izly_Client_user arginfo_class_Izly_ClientInterface_user

#define arginfo_class_Izly_Client_createPayment arginfo_class_Izly_ClientInterface_createPayment

#define arginfo_class_Izly_Client_payment arginfo_class_Izly_ClientInterface_payment

#define arginfo_class_Izly_Client_confirm arginfo_class_Izly_ClientInterface_confirm

#define arginfo_class_Izly_Client_refund arginfo_class_Izly_ClientInterface_refund


ZEND_METHOD(Izly_Login, __construct);
ZEND_METHOD(Izly_Client, __construct);
ZEND_METHOD(Izly_Client, startLogin);
ZEND_METHOD(Izly_Client, finishLogin);
ZEND_METHOD(Izly_Client, refresh);
ZEND_METHOD(Izly_Client, user);
ZEND_METHOD(Izly_Client, createPayment);
ZEND_METHOD(Izly_Client, payment);
ZEND_METHOD(Izly_Client, confirm);
ZEND_METHOD(Izly_Client, refund);


static const zend_function_entry class_Izly_Environment_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Outcome_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Retry_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_ContentType_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_AmountUnit_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_StatePolicy_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Scope_methods[] = {
	ZEND_MALIAS(Izly_Login, __construct, __construct, arginfo_class_Izly_Scope___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Status_methods[] = {
	ZEND_MALIAS(Izly_Login, __construct, __construct, arginfo_class_Izly_Status___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_ClientInterface_methods[] = {
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_ClientInterface, startLogin, arginfo_class_Izly_ClientInterface_startLogin, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_ClientInterface, finishLogin, arginfo_class_Izly_ClientInterface_finishLogin, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_ClientInterface, refresh, arginfo_class_Izly_ClientInterface_refresh, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_ClientInterface, user, arginfo_class_Izly_ClientInterface_user, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_ClientInterface, createPayment, arginfo_class_Izly_ClientInterface_createPayment, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_ClientInterface, payment, arginfo_class_Izly_ClientInterface_payment, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_ClientInterface, confirm, arginfo_class_Izly_ClientInterface_confirm, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_ClientInterface, refund, arginfo_class_Izly_ClientInterface_refund, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Client_methods[] = {
	ZEND_ME(Izly_Client, __construct, arginfo_class_Izly_Client___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Client, startLogin, arginfo_class_Izly_Client_startLogin, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Client, finishLogin, arginfo_class_Izly_Client_finishLogin, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Client, refresh, arginfo_class_Izly_Client_refresh, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Client, user, arginfo_class_Izly_Client_user, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Client, createPayment, arginfo_class_Izly_Client_createPayment, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Client, payment, arginfo_class_Izly_Client_payment, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Client, confirm, arginfo_class_Izly_Client_confirm, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Client, refund, arginfo_class_Izly_Client_refund, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static void register_izly_symbols(int module_number)
{
	REGISTER_STRING_CONSTANT("Izly\\VERSION", PHP_IZLY_VERSION, CONST_PERSISTENT);
}

static zend_class_entry *register_class_Izly_Environment(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Izly\\Environment", IS_STRING, class_Izly_Environment_methods);

	zval enum_case_Production_value;
	zend_string *enum_case_Production_value_str = zend_string_init("production", strlen("production"), 1);
	ZVAL_STR(&enum_case_Production_value, enum_case_Production_value_str);
	zend_enum_add_case_cstr(class_entry, "Production", &enum_case_Production_value);

	zval enum_case_Preproduction_value;
	zend_string *enum_case_Preproduction_value_str = zend_string_init("preproduction", strlen("preproduction"), 1);
	ZVAL_STR(&enum_case_Preproduction_value, enum_case_Preproduction_value_str);
	zend_enum_add_case_cstr(class_entry, "Preproduction", &enum_case_Preproduction_value);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Outcome(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Izly\\Outcome", IS_STRING, class_Izly_Outcome_methods);

	zval enum_case_NotSent_value;
	zend_string *enum_case_NotSent_value_str = zend_string_init("not_sent", strlen("not_sent"), 1);
	ZVAL_STR(&enum_case_NotSent_value, enum_case_NotSent_value_str);
	zend_enum_add_case_cstr(class_entry, "NotSent", &enum_case_NotSent_value);

	zval enum_case_Rejected_value;
	zend_string *enum_case_Rejected_value_str = zend_string_init("rejected", strlen("rejected"), 1);
	ZVAL_STR(&enum_case_Rejected_value, enum_case_Rejected_value_str);
	zend_enum_add_case_cstr(class_entry, "Rejected", &enum_case_Rejected_value);

	zval enum_case_Unknown_value;
	zend_string *enum_case_Unknown_value_str = zend_string_init("unknown", strlen("unknown"), 1);
	ZVAL_STR(&enum_case_Unknown_value, enum_case_Unknown_value_str);
	zend_enum_add_case_cstr(class_entry, "Unknown", &enum_case_Unknown_value);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Retry(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Izly\\Retry", IS_STRING, class_Izly_Retry_methods);

	zval enum_case_Safe_value;
	zend_string *enum_case_Safe_value_str = zend_string_init("safe", strlen("safe"), 1);
	ZVAL_STR(&enum_case_Safe_value, enum_case_Safe_value_str);
	zend_enum_add_case_cstr(class_entry, "Safe", &enum_case_Safe_value);

	zval enum_case_Later_value;
	zend_string *enum_case_Later_value_str = zend_string_init("later", strlen("later"), 1);
	ZVAL_STR(&enum_case_Later_value, enum_case_Later_value_str);
	zend_enum_add_case_cstr(class_entry, "Later", &enum_case_Later_value);

	zval enum_case_Once_value;
	zend_string *enum_case_Once_value_str = zend_string_init("once", strlen("once"), 1);
	ZVAL_STR(&enum_case_Once_value, enum_case_Once_value_str);
	zend_enum_add_case_cstr(class_entry, "Once", &enum_case_Once_value);

	zval enum_case_LookUpFirst_value;
	zend_string *enum_case_LookUpFirst_value_str = zend_string_init("look_up_first", strlen("look_up_first"), 1);
	ZVAL_STR(&enum_case_LookUpFirst_value, enum_case_LookUpFirst_value_str);
	zend_enum_add_case_cstr(class_entry, "LookUpFirst", &enum_case_LookUpFirst_value);

	zval enum_case_RefreshToken_value;
	zend_string *enum_case_RefreshToken_value_str = zend_string_init("refresh_token", strlen("refresh_token"), 1);
	ZVAL_STR(&enum_case_RefreshToken_value, enum_case_RefreshToken_value_str);
	zend_enum_add_case_cstr(class_entry, "RefreshToken", &enum_case_RefreshToken_value);

	zval enum_case_RestartLogin_value;
	zend_string *enum_case_RestartLogin_value_str = zend_string_init("restart_login", strlen("restart_login"), 1);
	ZVAL_STR(&enum_case_RestartLogin_value, enum_case_RestartLogin_value_str);
	zend_enum_add_case_cstr(class_entry, "RestartLogin", &enum_case_RestartLogin_value);

	zval enum_case_Fix_value;
	zend_string *enum_case_Fix_value_str = zend_string_init("fix", strlen("fix"), 1);
	ZVAL_STR(&enum_case_Fix_value, enum_case_Fix_value_str);
	zend_enum_add_case_cstr(class_entry, "Fix", &enum_case_Fix_value);

	zval enum_case_No_value;
	zend_string *enum_case_No_value_str = zend_string_init("no", strlen("no"), 1);
	ZVAL_STR(&enum_case_No_value, enum_case_No_value_str);
	zend_enum_add_case_cstr(class_entry, "No", &enum_case_No_value);

	zval enum_case_Report_value;
	zend_string *enum_case_Report_value_str = zend_string_init("report", strlen("report"), 1);
	ZVAL_STR(&enum_case_Report_value, enum_case_Report_value_str);
	zend_enum_add_case_cstr(class_entry, "Report", &enum_case_Report_value);

	return class_entry;
}

static zend_class_entry *register_class_Izly_ContentType(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Izly\\ContentType", IS_STRING, class_Izly_ContentType_methods);

	zval enum_case_Xpollens_value;
	zend_string *enum_case_Xpollens_value_str = zend_string_init("xpollens", strlen("xpollens"), 1);
	ZVAL_STR(&enum_case_Xpollens_value, enum_case_Xpollens_value_str);
	zend_enum_add_case_cstr(class_entry, "Xpollens", &enum_case_Xpollens_value);

	zval enum_case_SMoney_value;
	zend_string *enum_case_SMoney_value_str = zend_string_init("s-money", strlen("s-money"), 1);
	ZVAL_STR(&enum_case_SMoney_value, enum_case_SMoney_value_str);
	zend_enum_add_case_cstr(class_entry, "SMoney", &enum_case_SMoney_value);

	return class_entry;
}

static zend_class_entry *register_class_Izly_AmountUnit(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Izly\\AmountUnit", IS_STRING, class_Izly_AmountUnit_methods);

	zval enum_case_Euros_value;
	zend_string *enum_case_Euros_value_str = zend_string_init("euros", strlen("euros"), 1);
	ZVAL_STR(&enum_case_Euros_value, enum_case_Euros_value_str);
	zend_enum_add_case_cstr(class_entry, "Euros", &enum_case_Euros_value);

	zval enum_case_Centimes_value;
	zend_string *enum_case_Centimes_value_str = zend_string_init("centimes", strlen("centimes"), 1);
	ZVAL_STR(&enum_case_Centimes_value, enum_case_Centimes_value_str);
	zend_enum_add_case_cstr(class_entry, "Centimes", &enum_case_Centimes_value);

	return class_entry;
}

static zend_class_entry *register_class_Izly_StatePolicy(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Izly\\StatePolicy", IS_STRING, class_Izly_StatePolicy_methods);

	zval enum_case_Required_value;
	zend_string *enum_case_Required_value_str = zend_string_init("required", strlen("required"), 1);
	ZVAL_STR(&enum_case_Required_value, enum_case_Required_value_str);
	zend_enum_add_case_cstr(class_entry, "Required", &enum_case_Required_value);

	zval enum_case_AllowMissing_value;
	zend_string *enum_case_AllowMissing_value_str = zend_string_init("allow_missing", strlen("allow_missing"), 1);
	ZVAL_STR(&enum_case_AllowMissing_value, enum_case_AllowMissing_value_str);
	zend_enum_add_case_cstr(class_entry, "AllowMissing", &enum_case_AllowMissing_value);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Scope(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Scope", class_Izly_Scope_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zval const_USER_DETAILS_value;
	ZVAL_LONG(&const_USER_DETAILS_value, IZLY_SCOPE_USER_DETAILS);
	zend_string *const_USER_DETAILS_name = zend_string_init_interned("USER_DETAILS", sizeof("USER_DETAILS") - 1, 1);
	zend_declare_class_constant_ex(class_entry, const_USER_DETAILS_name, &const_USER_DETAILS_value, ZEND_ACC_PUBLIC, NULL);
	zend_string_release(const_USER_DETAILS_name);

	zval const_IZLY_PAY_value;
	ZVAL_LONG(&const_IZLY_PAY_value, IZLY_SCOPE_IZLY_PAY);
	zend_string *const_IZLY_PAY_name = zend_string_init_interned("IZLY_PAY", sizeof("IZLY_PAY") - 1, 1);
	zend_declare_class_constant_ex(class_entry, const_IZLY_PAY_name, &const_IZLY_PAY_value, ZEND_ACC_PUBLIC, NULL);
	zend_string_release(const_IZLY_PAY_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Status(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Status", class_Izly_Status_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zval const_WAITING_value;
	zend_string *const_WAITING_value_str = zend_string_init("Waiting", strlen("Waiting"), 1);
	ZVAL_STR(&const_WAITING_value, const_WAITING_value_str);
	zend_string *const_WAITING_name = zend_string_init_interned("WAITING", sizeof("WAITING") - 1, 1);
	zend_declare_class_constant_ex(class_entry, const_WAITING_name, &const_WAITING_value, ZEND_ACC_PUBLIC, NULL);
	zend_string_release(const_WAITING_name);

	zval const_COMPLETED_value;
	zend_string *const_COMPLETED_value_str = zend_string_init("Completed", strlen("Completed"), 1);
	ZVAL_STR(&const_COMPLETED_value, const_COMPLETED_value_str);
	zend_string *const_COMPLETED_name = zend_string_init_interned("COMPLETED", sizeof("COMPLETED") - 1, 1);
	zend_declare_class_constant_ex(class_entry, const_COMPLETED_name, &const_COMPLETED_value, ZEND_ACC_PUBLIC, NULL);
	zend_string_release(const_COMPLETED_name);

	zval const_REFUND_value;
	zend_string *const_REFUND_value_str = zend_string_init("Refund", strlen("Refund"), 1);
	ZVAL_STR(&const_REFUND_value, const_REFUND_value_str);
	zend_string *const_REFUND_name = zend_string_init_interned("REFUND", sizeof("REFUND") - 1, 1);
	zend_declare_class_constant_ex(class_entry, const_REFUND_name, &const_REFUND_value, ZEND_ACC_PUBLIC, NULL);
	zend_string_release(const_REFUND_name);

	zval const_REFUSED_value;
	zend_string *const_REFUSED_value_str = zend_string_init("Refused", strlen("Refused"), 1);
	ZVAL_STR(&const_REFUSED_value, const_REFUSED_value_str);
	zend_string *const_REFUSED_name = zend_string_init_interned("REFUSED", sizeof("REFUSED") - 1, 1);
	zend_declare_class_constant_ex(class_entry, const_REFUSED_name, &const_REFUSED_value, ZEND_ACC_PUBLIC, NULL);
	zend_string_release(const_REFUSED_name);

	zval const_CANCELLED_value;
	zend_string *const_CANCELLED_value_str = zend_string_init("Cancelled", strlen("Cancelled"), 1);
	ZVAL_STR(&const_CANCELLED_value, const_CANCELLED_value_str);
	zend_string *const_CANCELLED_name = zend_string_init_interned("CANCELLED", sizeof("CANCELLED") - 1, 1);
	zend_declare_class_constant_ex(class_entry, const_CANCELLED_name, &const_CANCELLED_value, ZEND_ACC_PUBLIC, NULL);
	zend_string_release(const_CANCELLED_name);

	zval const_WAITING_FOR_VALIDATION_value;
	zend_string *const_WAITING_FOR_VALIDATION_value_str = zend_string_init("WaitingForValidation", strlen("WaitingForValidation"), 1);
	ZVAL_STR(&const_WAITING_FOR_VALIDATION_value, const_WAITING_FOR_VALIDATION_value_str);
	zend_string *const_WAITING_FOR_VALIDATION_name = zend_string_init_interned("WAITING_FOR_VALIDATION", sizeof("WAITING_FOR_VALIDATION") - 1, 1);
	zend_declare_class_constant_ex(class_entry, const_WAITING_FOR_VALIDATION_name, &const_WAITING_FOR_VALIDATION_value, ZEND_ACC_PUBLIC, NULL);
	zend_string_release(const_WAITING_FOR_VALIDATION_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_ClientInterface(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "ClientInterface", class_Izly_ClientInterface_methods);
	class_entry = zend_register_internal_interface(&ce);


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "finishlogin", sizeof("finishlogin") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "finishlogin", sizeof("finishlogin") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "refresh", sizeof("refresh") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "user", sizeof("user") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Client(zend_class_entry *class_entry_Izly_ClientInterface)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Client", class_Izly_Client_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Izly_ClientInterface);


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 5, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "finishlogin", sizeof("finishlogin") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "finishlogin", sizeof("finishlogin") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "refresh", sizeof("refresh") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "user", sizeof("user") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}
