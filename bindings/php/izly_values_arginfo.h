/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 36762bf4e1ecb14990a74c17b6c23ffe7f56f200 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Izly_Order___construct, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, amountCents, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Izly_NewPayment___construct, 0, 0, 1)
	ZEND_ARG_OBJ_INFO(0, order, Izly\\Order, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, message, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_MASK(0, callbackParameters, MAY_BE_STRING|MAY_BE_ARRAY|MAY_BE_NULL, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, redirectUrl, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, software, IS_LONG, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Izly_RefundTarget___construct, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, operationId, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, orderId, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Izly_Wire___construct, 0, 0, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, contentType, Izly\\ContentType, 0, "Izly\\ContentType::Xpollens")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, replyAmounts, Izly\\AmountUnit, 0, "Izly\\AmountUnit::Euros")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, refundSlash, _IS_BOOL, 0, "false")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, state, Izly\\StatePolicy, 0, "Izly\\StatePolicy::Required")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Izly_Login___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Izly_Tokens___construct arginfo_class_Izly_Login___construct

#define arginfo_class_Izly_UserDetails___construct arginfo_class_Izly_Login___construct

#define arginfo_class_Izly_PendingPayment___construct arginfo_class_Izly_Login___construct

#define arginfo_class_Izly_Payment___construct arginfo_class_Izly_Login___construct

#define arginfo_class_Izly_PaidPayment___construct arginfo_class_Izly_Login___construct

#define arginfo_class_Izly_Refund___construct arginfo_class_Izly_Login___construct

#define arginfo_class_Izly_Callback___construct arginfo_class_Izly_Login___construct

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_Callback_parse, 0, 1, Izly\\Callback, 0)
	ZEND_ARG_TYPE_INFO(0, body, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_Callback_untrusted, 0, 0, Izly\\\125ntrusted, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Izly_Untrusted___construct arginfo_class_Izly_Login___construct

#define arginfo_class_Izly_Reply___construct arginfo_class_Izly_Login___construct

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_Reply_accepted, 0, 0, Izly\\Reply, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_Reply_rejected, 0, 2, Izly\\Reply, 0)
	ZEND_ARG_TYPE_INFO(0, code, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, message, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, status, IS_LONG, 0, "500")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Izly_Reply_send, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Izly_Order, __construct);
ZEND_METHOD(Izly_NewPayment, __construct);
ZEND_METHOD(Izly_RefundTarget, __construct);
ZEND_METHOD(Izly_Wire, __construct);
ZEND_METHOD(Izly_Login, __construct);
ZEND_METHOD(Izly_Callback, parse);
ZEND_METHOD(Izly_Callback, untrusted);
ZEND_METHOD(Izly_Reply, accepted);
ZEND_METHOD(Izly_Reply, rejected);
ZEND_METHOD(Izly_Reply, send);


static const zend_function_entry class_Izly_Order_methods[] = {
	ZEND_ME(Izly_Order, __construct, arginfo_class_Izly_Order___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_NewPayment_methods[] = {
	ZEND_ME(Izly_NewPayment, __construct, arginfo_class_Izly_NewPayment___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_RefundTarget_methods[] = {
	ZEND_ME(Izly_RefundTarget, __construct, arginfo_class_Izly_RefundTarget___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Wire_methods[] = {
	ZEND_ME(Izly_Wire, __construct, arginfo_class_Izly_Wire___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Login_methods[] = {
	ZEND_ME(Izly_Login, __construct, arginfo_class_Izly_Login___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Tokens_methods[] = {
	ZEND_MALIAS(Izly_Login, __construct, __construct, arginfo_class_Izly_Tokens___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_UserDetails_methods[] = {
	ZEND_MALIAS(Izly_Login, __construct, __construct, arginfo_class_Izly_UserDetails___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_PendingPayment_methods[] = {
	ZEND_MALIAS(Izly_Login, __construct, __construct, arginfo_class_Izly_PendingPayment___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Payment_methods[] = {
	ZEND_MALIAS(Izly_Login, __construct, __construct, arginfo_class_Izly_Payment___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_PaidPayment_methods[] = {
	ZEND_MALIAS(Izly_Login, __construct, __construct, arginfo_class_Izly_PaidPayment___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Refund_methods[] = {
	ZEND_MALIAS(Izly_Login, __construct, __construct, arginfo_class_Izly_Refund___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Callback_methods[] = {
	ZEND_MALIAS(Izly_Login, __construct, __construct, arginfo_class_Izly_Callback___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Izly_Callback, parse, arginfo_class_Izly_Callback_parse, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Izly_Callback, untrusted, arginfo_class_Izly_Callback_untrusted, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Untrusted_methods[] = {
	ZEND_MALIAS(Izly_Login, __construct, __construct, arginfo_class_Izly_Untrusted___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Reply_methods[] = {
	ZEND_MALIAS(Izly_Login, __construct, __construct, arginfo_class_Izly_Reply___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Izly_Reply, accepted, arginfo_class_Izly_Reply_accepted, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Izly_Reply, rejected, arginfo_class_Izly_Reply_rejected, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Izly_Reply, send, arginfo_class_Izly_Reply_send, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Izly_Order(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Order", class_Izly_Order_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_id_default_value;
	ZVAL_UNDEF(&property_id_default_value);
	zend_string *property_id_name = zend_string_init("id", sizeof("id") - 1, 1);
	zend_declare_typed_property(class_entry, property_id_name, &property_id_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_id_name);

	zval property_amountCents_default_value;
	ZVAL_UNDEF(&property_amountCents_default_value);
	zend_string *property_amountCents_name = zend_string_init("amountCents", sizeof("amountCents") - 1, 1);
	zend_declare_typed_property(class_entry, property_amountCents_name, &property_amountCents_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_amountCents_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_NewPayment(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "NewPayment", class_Izly_NewPayment_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zend_string *property_order_class_Izly_Order = zend_string_init("Izly\\Order", sizeof("Izly\\Order")-1, 1);
	zval property_order_default_value;
	ZVAL_UNDEF(&property_order_default_value);
	zend_string *property_order_name = zend_string_init("order", sizeof("order") - 1, 1);
	zend_declare_typed_property(class_entry, property_order_name, &property_order_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_order_class_Izly_Order, 0, 0));
	zend_string_release(property_order_name);

	zval property_message_default_value;
	ZVAL_UNDEF(&property_message_default_value);
	zend_string *property_message_name = zend_string_init("message", sizeof("message") - 1, 1);
	zend_declare_typed_property(class_entry, property_message_name, &property_message_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_message_name);

	zval property_callbackParameters_default_value;
	ZVAL_UNDEF(&property_callbackParameters_default_value);
	zend_string *property_callbackParameters_name = zend_string_init("callbackParameters", sizeof("callbackParameters") - 1, 1);
	zend_declare_typed_property(class_entry, property_callbackParameters_name, &property_callbackParameters_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_ARRAY|MAY_BE_NULL));
	zend_string_release(property_callbackParameters_name);

	zval property_redirectUrl_default_value;
	ZVAL_UNDEF(&property_redirectUrl_default_value);
	zend_string *property_redirectUrl_name = zend_string_init("redirectUrl", sizeof("redirectUrl") - 1, 1);
	zend_declare_typed_property(class_entry, property_redirectUrl_name, &property_redirectUrl_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_redirectUrl_name);

	zval property_software_default_value;
	ZVAL_UNDEF(&property_software_default_value);
	zend_string *property_software_name = zend_string_init("software", sizeof("software") - 1, 1);
	zend_declare_typed_property(class_entry, property_software_name, &property_software_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_software_name);


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 2, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 3, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}

static zend_class_entry *register_class_Izly_RefundTarget(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "RefundTarget", class_Izly_RefundTarget_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_operationId_default_value;
	ZVAL_UNDEF(&property_operationId_default_value);
	zend_string *property_operationId_name = zend_string_init("operationId", sizeof("operationId") - 1, 1);
	zend_declare_typed_property(class_entry, property_operationId_name, &property_operationId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_operationId_name);

	zval property_orderId_default_value;
	ZVAL_UNDEF(&property_orderId_default_value);
	zend_string *property_orderId_name = zend_string_init("orderId", sizeof("orderId") - 1, 1);
	zend_declare_typed_property(class_entry, property_orderId_name, &property_orderId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_orderId_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Wire(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Wire", class_Izly_Wire_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zend_string *property_contentType_class_Izly_ContentType = zend_string_init("Izly\\ContentType", sizeof("Izly\\ContentType")-1, 1);
	zval property_contentType_default_value;
	ZVAL_UNDEF(&property_contentType_default_value);
	zend_string *property_contentType_name = zend_string_init("contentType", sizeof("contentType") - 1, 1);
	zend_declare_typed_property(class_entry, property_contentType_name, &property_contentType_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_contentType_class_Izly_ContentType, 0, 0));
	zend_string_release(property_contentType_name);

	zend_string *property_replyAmounts_class_Izly_AmountUnit = zend_string_init("Izly\\AmountUnit", sizeof("Izly\\AmountUnit")-1, 1);
	zval property_replyAmounts_default_value;
	ZVAL_UNDEF(&property_replyAmounts_default_value);
	zend_string *property_replyAmounts_name = zend_string_init("replyAmounts", sizeof("replyAmounts") - 1, 1);
	zend_declare_typed_property(class_entry, property_replyAmounts_name, &property_replyAmounts_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_replyAmounts_class_Izly_AmountUnit, 0, 0));
	zend_string_release(property_replyAmounts_name);

	zval property_refundSlash_default_value;
	ZVAL_UNDEF(&property_refundSlash_default_value);
	zend_string *property_refundSlash_name = zend_string_init("refundSlash", sizeof("refundSlash") - 1, 1);
	zend_declare_typed_property(class_entry, property_refundSlash_name, &property_refundSlash_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_refundSlash_name);

	zend_string *property_state_class_Izly_StatePolicy = zend_string_init("Izly\\StatePolicy", sizeof("Izly\\StatePolicy")-1, 1);
	zval property_state_default_value;
	ZVAL_UNDEF(&property_state_default_value);
	zend_string *property_state_name = zend_string_init("state", sizeof("state") - 1, 1);
	zend_declare_typed_property(class_entry, property_state_name, &property_state_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_state_class_Izly_StatePolicy, 0, 0));
	zend_string_release(property_state_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Login(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Login", class_Izly_Login_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_url_default_value;
	ZVAL_UNDEF(&property_url_default_value);
	zend_string *property_url_name = zend_string_init("url", sizeof("url") - 1, 1);
	zend_declare_typed_property(class_entry, property_url_name, &property_url_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_url_name);

	zval property_state_default_value;
	ZVAL_UNDEF(&property_state_default_value);
	zend_string *property_state_name = zend_string_init("state", sizeof("state") - 1, 1);
	zend_declare_typed_property(class_entry, property_state_name, &property_state_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_state_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Tokens(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Tokens", class_Izly_Tokens_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_accessToken_default_value;
	ZVAL_UNDEF(&property_accessToken_default_value);
	zend_string *property_accessToken_name = zend_string_init("accessToken", sizeof("accessToken") - 1, 1);
	zend_declare_typed_property(class_entry, property_accessToken_name, &property_accessToken_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_accessToken_name);

	zval property_refreshToken_default_value;
	ZVAL_UNDEF(&property_refreshToken_default_value);
	zend_string *property_refreshToken_name = zend_string_init("refreshToken", sizeof("refreshToken") - 1, 1);
	zend_declare_typed_property(class_entry, property_refreshToken_name, &property_refreshToken_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_refreshToken_name);

	zval property_tokenType_default_value;
	ZVAL_UNDEF(&property_tokenType_default_value);
	zend_string *property_tokenType_name = zend_string_init("tokenType", sizeof("tokenType") - 1, 1);
	zend_declare_typed_property(class_entry, property_tokenType_name, &property_tokenType_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_tokenType_name);

	zval property_expiresIn_default_value;
	ZVAL_UNDEF(&property_expiresIn_default_value);
	zend_string *property_expiresIn_name = zend_string_init("expiresIn", sizeof("expiresIn") - 1, 1);
	zend_declare_typed_property(class_entry, property_expiresIn_name, &property_expiresIn_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_expiresIn_name);

	zval property_scope_default_value;
	ZVAL_UNDEF(&property_scope_default_value);
	zend_string *property_scope_name = zend_string_init("scope", sizeof("scope") - 1, 1);
	zend_declare_typed_property(class_entry, property_scope_name, &property_scope_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_scope_name);

	zval property_extraJson_default_value;
	ZVAL_UNDEF(&property_extraJson_default_value);
	zend_string *property_extraJson_name = zend_string_init("extraJson", sizeof("extraJson") - 1, 1);
	zend_declare_typed_property(class_entry, property_extraJson_name, &property_extraJson_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_extraJson_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_UserDetails(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "UserDetails", class_Izly_UserDetails_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_rightHolderId_default_value;
	ZVAL_UNDEF(&property_rightHolderId_default_value);
	zend_string *property_rightHolderId_name = zend_string_init("rightHolderId", sizeof("rightHolderId") - 1, 1);
	zend_declare_typed_property(class_entry, property_rightHolderId_name, &property_rightHolderId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_rightHolderId_name);

	zval property_izlyId_default_value;
	ZVAL_UNDEF(&property_izlyId_default_value);
	zend_string *property_izlyId_name = zend_string_init("izlyId", sizeof("izlyId") - 1, 1);
	zend_declare_typed_property(class_entry, property_izlyId_name, &property_izlyId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_izlyId_name);

	zval property_company_default_value;
	ZVAL_UNDEF(&property_company_default_value);
	zend_string *property_company_name = zend_string_init("company", sizeof("company") - 1, 1);
	zend_declare_typed_property(class_entry, property_company_name, &property_company_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_company_name);

	zval property_rate_default_value;
	ZVAL_UNDEF(&property_rate_default_value);
	zend_string *property_rate_name = zend_string_init("rate", sizeof("rate") - 1, 1);
	zend_declare_typed_property(class_entry, property_rate_name, &property_rate_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_rate_name);

	zval property_academicYear_default_value;
	ZVAL_UNDEF(&property_academicYear_default_value);
	zend_string *property_academicYear_name = zend_string_init("academicYear", sizeof("academicYear") - 1, 1);
	zend_declare_typed_property(class_entry, property_academicYear_name, &property_academicYear_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_academicYear_name);

	zval property_employer_default_value;
	ZVAL_UNDEF(&property_employer_default_value);
	zend_string *property_employer_name = zend_string_init("employer", sizeof("employer") - 1, 1);
	zend_declare_typed_property(class_entry, property_employer_name, &property_employer_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_employer_name);

	zval property_institutionCode_default_value;
	ZVAL_UNDEF(&property_institutionCode_default_value);
	zend_string *property_institutionCode_name = zend_string_init("institutionCode", sizeof("institutionCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_institutionCode_name, &property_institutionCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_institutionCode_name);

	zval property_componentCode_default_value;
	ZVAL_UNDEF(&property_componentCode_default_value);
	zend_string *property_componentCode_name = zend_string_init("componentCode", sizeof("componentCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_componentCode_name, &property_componentCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_componentCode_name);

	zval property_studentCode_default_value;
	ZVAL_UNDEF(&property_studentCode_default_value);
	zend_string *property_studentCode_name = zend_string_init("studentCode", sizeof("studentCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_studentCode_name, &property_studentCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_studentCode_name);

	zval property_ine_default_value;
	ZVAL_UNDEF(&property_ine_default_value);
	zend_string *property_ine_name = zend_string_init("ine", sizeof("ine") - 1, 1);
	zend_declare_typed_property(class_entry, property_ine_name, &property_ine_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_ine_name);

	zval property_clientCode_default_value;
	ZVAL_UNDEF(&property_clientCode_default_value);
	zend_string *property_clientCode_name = zend_string_init("clientCode", sizeof("clientCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_clientCode_name, &property_clientCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_clientCode_name);

	zval property_clientType_default_value;
	ZVAL_UNDEF(&property_clientType_default_value);
	zend_string *property_clientType_name = zend_string_init("clientType", sizeof("clientType") - 1, 1);
	zend_declare_typed_property(class_entry, property_clientType_name, &property_clientType_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_clientType_name);

	zval property_affectationNumber_default_value;
	ZVAL_UNDEF(&property_affectationNumber_default_value);
	zend_string *property_affectationNumber_name = zend_string_init("affectationNumber", sizeof("affectationNumber") - 1, 1);
	zend_declare_typed_property(class_entry, property_affectationNumber_name, &property_affectationNumber_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_affectationNumber_name);

	zval property_id_default_value;
	ZVAL_UNDEF(&property_id_default_value);
	zend_string *property_id_name = zend_string_init("id", sizeof("id") - 1, 1);
	zend_declare_typed_property(class_entry, property_id_name, &property_id_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_id_name);

	zval property_extraJson_default_value;
	ZVAL_UNDEF(&property_extraJson_default_value);
	zend_string *property_extraJson_name = zend_string_init("extraJson", sizeof("extraJson") - 1, 1);
	zend_declare_typed_property(class_entry, property_extraJson_name, &property_extraJson_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_extraJson_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_PendingPayment(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "PendingPayment", class_Izly_PendingPayment_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_operationId_default_value;
	ZVAL_UNDEF(&property_operationId_default_value);
	zend_string *property_operationId_name = zend_string_init("operationId", sizeof("operationId") - 1, 1);
	zend_declare_typed_property(class_entry, property_operationId_name, &property_operationId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_operationId_name);

	zval property_orderId_default_value;
	ZVAL_UNDEF(&property_orderId_default_value);
	zend_string *property_orderId_name = zend_string_init("orderId", sizeof("orderId") - 1, 1);
	zend_declare_typed_property(class_entry, property_orderId_name, &property_orderId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_orderId_name);

	zval property_amountCents_default_value;
	ZVAL_UNDEF(&property_amountCents_default_value);
	zend_string *property_amountCents_name = zend_string_init("amountCents", sizeof("amountCents") - 1, 1);
	zend_declare_typed_property(class_entry, property_amountCents_name, &property_amountCents_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_amountCents_name);

	zval property_authorizationUrl_default_value;
	ZVAL_UNDEF(&property_authorizationUrl_default_value);
	zend_string *property_authorizationUrl_name = zend_string_init("authorizationUrl", sizeof("authorizationUrl") - 1, 1);
	zend_declare_typed_property(class_entry, property_authorizationUrl_name, &property_authorizationUrl_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_authorizationUrl_name);

	zval property_transactionId_default_value;
	ZVAL_UNDEF(&property_transactionId_default_value);
	zend_string *property_transactionId_name = zend_string_init("transactionId", sizeof("transactionId") - 1, 1);
	zend_declare_typed_property(class_entry, property_transactionId_name, &property_transactionId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_transactionId_name);

	zval property_date_default_value;
	ZVAL_UNDEF(&property_date_default_value);
	zend_string *property_date_name = zend_string_init("date", sizeof("date") - 1, 1);
	zend_declare_typed_property(class_entry, property_date_name, &property_date_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_date_name);

	zval property_dateText_default_value;
	ZVAL_UNDEF(&property_dateText_default_value);
	zend_string *property_dateText_name = zend_string_init("dateText", sizeof("dateText") - 1, 1);
	zend_declare_typed_property(class_entry, property_dateText_name, &property_dateText_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_dateText_name);

	zval property_status_default_value;
	ZVAL_UNDEF(&property_status_default_value);
	zend_string *property_status_name = zend_string_init("status", sizeof("status") - 1, 1);
	zend_declare_typed_property(class_entry, property_status_name, &property_status_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_status_name);

	zval property_message_default_value;
	ZVAL_UNDEF(&property_message_default_value);
	zend_string *property_message_name = zend_string_init("message", sizeof("message") - 1, 1);
	zend_declare_typed_property(class_entry, property_message_name, &property_message_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_message_name);

	zval property_callbackParameters_default_value;
	ZVAL_UNDEF(&property_callbackParameters_default_value);
	zend_string *property_callbackParameters_name = zend_string_init("callbackParameters", sizeof("callbackParameters") - 1, 1);
	zend_declare_typed_property(class_entry, property_callbackParameters_name, &property_callbackParameters_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_callbackParameters_name);

	zval property_beneficiaryAccountId_default_value;
	ZVAL_UNDEF(&property_beneficiaryAccountId_default_value);
	zend_string *property_beneficiaryAccountId_name = zend_string_init("beneficiaryAccountId", sizeof("beneficiaryAccountId") - 1, 1);
	zend_declare_typed_property(class_entry, property_beneficiaryAccountId_name, &property_beneficiaryAccountId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_beneficiaryAccountId_name);

	zval property_beneficiaryIdentifier_default_value;
	ZVAL_UNDEF(&property_beneficiaryIdentifier_default_value);
	zend_string *property_beneficiaryIdentifier_name = zend_string_init("beneficiaryIdentifier", sizeof("beneficiaryIdentifier") - 1, 1);
	zend_declare_typed_property(class_entry, property_beneficiaryIdentifier_name, &property_beneficiaryIdentifier_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_beneficiaryIdentifier_name);

	zval property_extraJson_default_value;
	ZVAL_UNDEF(&property_extraJson_default_value);
	zend_string *property_extraJson_name = zend_string_init("extraJson", sizeof("extraJson") - 1, 1);
	zend_declare_typed_property(class_entry, property_extraJson_name, &property_extraJson_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_extraJson_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Payment(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Payment", class_Izly_Payment_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_operationId_default_value;
	ZVAL_UNDEF(&property_operationId_default_value);
	zend_string *property_operationId_name = zend_string_init("operationId", sizeof("operationId") - 1, 1);
	zend_declare_typed_property(class_entry, property_operationId_name, &property_operationId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_operationId_name);

	zval property_orderId_default_value;
	ZVAL_UNDEF(&property_orderId_default_value);
	zend_string *property_orderId_name = zend_string_init("orderId", sizeof("orderId") - 1, 1);
	zend_declare_typed_property(class_entry, property_orderId_name, &property_orderId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_orderId_name);

	zval property_amountCents_default_value;
	ZVAL_UNDEF(&property_amountCents_default_value);
	zend_string *property_amountCents_name = zend_string_init("amountCents", sizeof("amountCents") - 1, 1);
	zend_declare_typed_property(class_entry, property_amountCents_name, &property_amountCents_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_amountCents_name);

	zval property_status_default_value;
	ZVAL_UNDEF(&property_status_default_value);
	zend_string *property_status_name = zend_string_init("status", sizeof("status") - 1, 1);
	zend_declare_typed_property(class_entry, property_status_name, &property_status_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_status_name);

	zval property_transactionId_default_value;
	ZVAL_UNDEF(&property_transactionId_default_value);
	zend_string *property_transactionId_name = zend_string_init("transactionId", sizeof("transactionId") - 1, 1);
	zend_declare_typed_property(class_entry, property_transactionId_name, &property_transactionId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_transactionId_name);

	zval property_date_default_value;
	ZVAL_UNDEF(&property_date_default_value);
	zend_string *property_date_name = zend_string_init("date", sizeof("date") - 1, 1);
	zend_declare_typed_property(class_entry, property_date_name, &property_date_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_date_name);

	zval property_dateText_default_value;
	ZVAL_UNDEF(&property_dateText_default_value);
	zend_string *property_dateText_name = zend_string_init("dateText", sizeof("dateText") - 1, 1);
	zend_declare_typed_property(class_entry, property_dateText_name, &property_dateText_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_dateText_name);

	zval property_message_default_value;
	ZVAL_UNDEF(&property_message_default_value);
	zend_string *property_message_name = zend_string_init("message", sizeof("message") - 1, 1);
	zend_declare_typed_property(class_entry, property_message_name, &property_message_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_message_name);

	zval property_callbackParameters_default_value;
	ZVAL_UNDEF(&property_callbackParameters_default_value);
	zend_string *property_callbackParameters_name = zend_string_init("callbackParameters", sizeof("callbackParameters") - 1, 1);
	zend_declare_typed_property(class_entry, property_callbackParameters_name, &property_callbackParameters_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_callbackParameters_name);

	zval property_beneficiaryAccountId_default_value;
	ZVAL_UNDEF(&property_beneficiaryAccountId_default_value);
	zend_string *property_beneficiaryAccountId_name = zend_string_init("beneficiaryAccountId", sizeof("beneficiaryAccountId") - 1, 1);
	zend_declare_typed_property(class_entry, property_beneficiaryAccountId_name, &property_beneficiaryAccountId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_beneficiaryAccountId_name);

	zval property_beneficiaryIdentifier_default_value;
	ZVAL_UNDEF(&property_beneficiaryIdentifier_default_value);
	zend_string *property_beneficiaryIdentifier_name = zend_string_init("beneficiaryIdentifier", sizeof("beneficiaryIdentifier") - 1, 1);
	zend_declare_typed_property(class_entry, property_beneficiaryIdentifier_name, &property_beneficiaryIdentifier_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_beneficiaryIdentifier_name);

	zval property_customerAccountId_default_value;
	ZVAL_UNDEF(&property_customerAccountId_default_value);
	zend_string *property_customerAccountId_name = zend_string_init("customerAccountId", sizeof("customerAccountId") - 1, 1);
	zend_declare_typed_property(class_entry, property_customerAccountId_name, &property_customerAccountId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_customerAccountId_name);

	zval property_customerEmail_default_value;
	ZVAL_UNDEF(&property_customerEmail_default_value);
	zend_string *property_customerEmail_name = zend_string_init("customerEmail", sizeof("customerEmail") - 1, 1);
	zend_declare_typed_property(class_entry, property_customerEmail_name, &property_customerEmail_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_customerEmail_name);

	zval property_customerClientCode_default_value;
	ZVAL_UNDEF(&property_customerClientCode_default_value);
	zend_string *property_customerClientCode_name = zend_string_init("customerClientCode", sizeof("customerClientCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_customerClientCode_name, &property_customerClientCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_customerClientCode_name);

	zval property_errorText_default_value;
	ZVAL_UNDEF(&property_errorText_default_value);
	zend_string *property_errorText_name = zend_string_init("errorText", sizeof("errorText") - 1, 1);
	zend_declare_typed_property(class_entry, property_errorText_name, &property_errorText_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_errorText_name);

	zval property_extraJson_default_value;
	ZVAL_UNDEF(&property_extraJson_default_value);
	zend_string *property_extraJson_name = zend_string_init("extraJson", sizeof("extraJson") - 1, 1);
	zend_declare_typed_property(class_entry, property_extraJson_name, &property_extraJson_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_extraJson_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_PaidPayment(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "PaidPayment", class_Izly_PaidPayment_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_operationId_default_value;
	ZVAL_UNDEF(&property_operationId_default_value);
	zend_string *property_operationId_name = zend_string_init("operationId", sizeof("operationId") - 1, 1);
	zend_declare_typed_property(class_entry, property_operationId_name, &property_operationId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_operationId_name);

	zval property_orderId_default_value;
	ZVAL_UNDEF(&property_orderId_default_value);
	zend_string *property_orderId_name = zend_string_init("orderId", sizeof("orderId") - 1, 1);
	zend_declare_typed_property(class_entry, property_orderId_name, &property_orderId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_orderId_name);

	zval property_amountCents_default_value;
	ZVAL_UNDEF(&property_amountCents_default_value);
	zend_string *property_amountCents_name = zend_string_init("amountCents", sizeof("amountCents") - 1, 1);
	zend_declare_typed_property(class_entry, property_amountCents_name, &property_amountCents_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_amountCents_name);

	zval property_transactionId_default_value;
	ZVAL_UNDEF(&property_transactionId_default_value);
	zend_string *property_transactionId_name = zend_string_init("transactionId", sizeof("transactionId") - 1, 1);
	zend_declare_typed_property(class_entry, property_transactionId_name, &property_transactionId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_transactionId_name);

	zval property_date_default_value;
	ZVAL_UNDEF(&property_date_default_value);
	zend_string *property_date_name = zend_string_init("date", sizeof("date") - 1, 1);
	zend_declare_typed_property(class_entry, property_date_name, &property_date_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_date_name);

	zval property_dateText_default_value;
	ZVAL_UNDEF(&property_dateText_default_value);
	zend_string *property_dateText_name = zend_string_init("dateText", sizeof("dateText") - 1, 1);
	zend_declare_typed_property(class_entry, property_dateText_name, &property_dateText_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_dateText_name);

	zval property_message_default_value;
	ZVAL_UNDEF(&property_message_default_value);
	zend_string *property_message_name = zend_string_init("message", sizeof("message") - 1, 1);
	zend_declare_typed_property(class_entry, property_message_name, &property_message_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_message_name);

	zval property_callbackParameters_default_value;
	ZVAL_UNDEF(&property_callbackParameters_default_value);
	zend_string *property_callbackParameters_name = zend_string_init("callbackParameters", sizeof("callbackParameters") - 1, 1);
	zend_declare_typed_property(class_entry, property_callbackParameters_name, &property_callbackParameters_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_callbackParameters_name);

	zval property_beneficiaryAccountId_default_value;
	ZVAL_UNDEF(&property_beneficiaryAccountId_default_value);
	zend_string *property_beneficiaryAccountId_name = zend_string_init("beneficiaryAccountId", sizeof("beneficiaryAccountId") - 1, 1);
	zend_declare_typed_property(class_entry, property_beneficiaryAccountId_name, &property_beneficiaryAccountId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_beneficiaryAccountId_name);

	zval property_beneficiaryIdentifier_default_value;
	ZVAL_UNDEF(&property_beneficiaryIdentifier_default_value);
	zend_string *property_beneficiaryIdentifier_name = zend_string_init("beneficiaryIdentifier", sizeof("beneficiaryIdentifier") - 1, 1);
	zend_declare_typed_property(class_entry, property_beneficiaryIdentifier_name, &property_beneficiaryIdentifier_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_beneficiaryIdentifier_name);

	zval property_customerAccountId_default_value;
	ZVAL_UNDEF(&property_customerAccountId_default_value);
	zend_string *property_customerAccountId_name = zend_string_init("customerAccountId", sizeof("customerAccountId") - 1, 1);
	zend_declare_typed_property(class_entry, property_customerAccountId_name, &property_customerAccountId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_customerAccountId_name);

	zval property_customerEmail_default_value;
	ZVAL_UNDEF(&property_customerEmail_default_value);
	zend_string *property_customerEmail_name = zend_string_init("customerEmail", sizeof("customerEmail") - 1, 1);
	zend_declare_typed_property(class_entry, property_customerEmail_name, &property_customerEmail_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_customerEmail_name);

	zval property_customerClientCode_default_value;
	ZVAL_UNDEF(&property_customerClientCode_default_value);
	zend_string *property_customerClientCode_name = zend_string_init("customerClientCode", sizeof("customerClientCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_customerClientCode_name, &property_customerClientCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_customerClientCode_name);

	zval property_extraJson_default_value;
	ZVAL_UNDEF(&property_extraJson_default_value);
	zend_string *property_extraJson_name = zend_string_init("extraJson", sizeof("extraJson") - 1, 1);
	zend_declare_typed_property(class_entry, property_extraJson_name, &property_extraJson_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_extraJson_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Refund(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Refund", class_Izly_Refund_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_operationId_default_value;
	ZVAL_UNDEF(&property_operationId_default_value);
	zend_string *property_operationId_name = zend_string_init("operationId", sizeof("operationId") - 1, 1);
	zend_declare_typed_property(class_entry, property_operationId_name, &property_operationId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_operationId_name);

	zval property_orderId_default_value;
	ZVAL_UNDEF(&property_orderId_default_value);
	zend_string *property_orderId_name = zend_string_init("orderId", sizeof("orderId") - 1, 1);
	zend_declare_typed_property(class_entry, property_orderId_name, &property_orderId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_orderId_name);

	zval property_amountCents_default_value;
	ZVAL_UNDEF(&property_amountCents_default_value);
	zend_string *property_amountCents_name = zend_string_init("amountCents", sizeof("amountCents") - 1, 1);
	zend_declare_typed_property(class_entry, property_amountCents_name, &property_amountCents_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_amountCents_name);

	zval property_date_default_value;
	ZVAL_UNDEF(&property_date_default_value);
	zend_string *property_date_name = zend_string_init("date", sizeof("date") - 1, 1);
	zend_declare_typed_property(class_entry, property_date_name, &property_date_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_date_name);

	zval property_dateText_default_value;
	ZVAL_UNDEF(&property_dateText_default_value);
	zend_string *property_dateText_name = zend_string_init("dateText", sizeof("dateText") - 1, 1);
	zend_declare_typed_property(class_entry, property_dateText_name, &property_dateText_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_dateText_name);

	zval property_transactionId_default_value;
	ZVAL_UNDEF(&property_transactionId_default_value);
	zend_string *property_transactionId_name = zend_string_init("transactionId", sizeof("transactionId") - 1, 1);
	zend_declare_typed_property(class_entry, property_transactionId_name, &property_transactionId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_transactionId_name);

	zval property_extraJson_default_value;
	ZVAL_UNDEF(&property_extraJson_default_value);
	zend_string *property_extraJson_name = zend_string_init("extraJson", sizeof("extraJson") - 1, 1);
	zend_declare_typed_property(class_entry, property_extraJson_name, &property_extraJson_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_extraJson_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Callback(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Callback", class_Izly_Callback_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_operationId_default_value;
	ZVAL_UNDEF(&property_operationId_default_value);
	zend_string *property_operationId_name = zend_string_init("operationId", sizeof("operationId") - 1, 1);
	zend_declare_typed_property(class_entry, property_operationId_name, &property_operationId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_operationId_name);

	zval property_orderId_default_value;
	ZVAL_UNDEF(&property_orderId_default_value);
	zend_string *property_orderId_name = zend_string_init("orderId", sizeof("orderId") - 1, 1);
	zend_declare_typed_property(class_entry, property_orderId_name, &property_orderId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_orderId_name);


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "parse", sizeof("parse") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Untrusted(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Untrusted", class_Izly_Untrusted_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_transactionId_default_value;
	ZVAL_UNDEF(&property_transactionId_default_value);
	zend_string *property_transactionId_name = zend_string_init("transactionId", sizeof("transactionId") - 1, 1);
	zend_declare_typed_property(class_entry, property_transactionId_name, &property_transactionId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_transactionId_name);

	zval property_amountText_default_value;
	ZVAL_UNDEF(&property_amountText_default_value);
	zend_string *property_amountText_name = zend_string_init("amountText", sizeof("amountText") - 1, 1);
	zend_declare_typed_property(class_entry, property_amountText_name, &property_amountText_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_amountText_name);

	zval property_date_default_value;
	ZVAL_UNDEF(&property_date_default_value);
	zend_string *property_date_name = zend_string_init("date", sizeof("date") - 1, 1);
	zend_declare_typed_property(class_entry, property_date_name, &property_date_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_date_name);

	zval property_dateText_default_value;
	ZVAL_UNDEF(&property_dateText_default_value);
	zend_string *property_dateText_name = zend_string_init("dateText", sizeof("dateText") - 1, 1);
	zend_declare_typed_property(class_entry, property_dateText_name, &property_dateText_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_dateText_name);

	zval property_status_default_value;
	ZVAL_UNDEF(&property_status_default_value);
	zend_string *property_status_name = zend_string_init("status", sizeof("status") - 1, 1);
	zend_declare_typed_property(class_entry, property_status_name, &property_status_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_status_name);

	zval property_message_default_value;
	ZVAL_UNDEF(&property_message_default_value);
	zend_string *property_message_name = zend_string_init("message", sizeof("message") - 1, 1);
	zend_declare_typed_property(class_entry, property_message_name, &property_message_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_message_name);

	zval property_callbackParameters_default_value;
	ZVAL_UNDEF(&property_callbackParameters_default_value);
	zend_string *property_callbackParameters_name = zend_string_init("callbackParameters", sizeof("callbackParameters") - 1, 1);
	zend_declare_typed_property(class_entry, property_callbackParameters_name, &property_callbackParameters_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_callbackParameters_name);

	zval property_beneficiaryAccountId_default_value;
	ZVAL_UNDEF(&property_beneficiaryAccountId_default_value);
	zend_string *property_beneficiaryAccountId_name = zend_string_init("beneficiaryAccountId", sizeof("beneficiaryAccountId") - 1, 1);
	zend_declare_typed_property(class_entry, property_beneficiaryAccountId_name, &property_beneficiaryAccountId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_beneficiaryAccountId_name);

	zval property_beneficiaryIdentifier_default_value;
	ZVAL_UNDEF(&property_beneficiaryIdentifier_default_value);
	zend_string *property_beneficiaryIdentifier_name = zend_string_init("beneficiaryIdentifier", sizeof("beneficiaryIdentifier") - 1, 1);
	zend_declare_typed_property(class_entry, property_beneficiaryIdentifier_name, &property_beneficiaryIdentifier_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_beneficiaryIdentifier_name);

	zval property_userAccountId_default_value;
	ZVAL_UNDEF(&property_userAccountId_default_value);
	zend_string *property_userAccountId_name = zend_string_init("userAccountId", sizeof("userAccountId") - 1, 1);
	zend_declare_typed_property(class_entry, property_userAccountId_name, &property_userAccountId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_userAccountId_name);

	zval property_userEmail_default_value;
	ZVAL_UNDEF(&property_userEmail_default_value);
	zend_string *property_userEmail_name = zend_string_init("userEmail", sizeof("userEmail") - 1, 1);
	zend_declare_typed_property(class_entry, property_userEmail_name, &property_userEmail_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_userEmail_name);

	zval property_userClientCode_default_value;
	ZVAL_UNDEF(&property_userClientCode_default_value);
	zend_string *property_userClientCode_name = zend_string_init("userClientCode", sizeof("userClientCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_userClientCode_name, &property_userClientCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_userClientCode_name);

	zval property_userAffectationNumber_default_value;
	ZVAL_UNDEF(&property_userAffectationNumber_default_value);
	zend_string *property_userAffectationNumber_name = zend_string_init("userAffectationNumber", sizeof("userAffectationNumber") - 1, 1);
	zend_declare_typed_property(class_entry, property_userAffectationNumber_name, &property_userAffectationNumber_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_userAffectationNumber_name);

	zval property_errorCode_default_value;
	ZVAL_UNDEF(&property_errorCode_default_value);
	zend_string *property_errorCode_name = zend_string_init("errorCode", sizeof("errorCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_errorCode_name, &property_errorCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_errorCode_name);

	zval property_errorMessage_default_value;
	ZVAL_UNDEF(&property_errorMessage_default_value);
	zend_string *property_errorMessage_name = zend_string_init("errorMessage", sizeof("errorMessage") - 1, 1);
	zend_declare_typed_property(class_entry, property_errorMessage_name, &property_errorMessage_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_errorMessage_name);

	zval property_extraJson_default_value;
	ZVAL_UNDEF(&property_extraJson_default_value);
	zend_string *property_extraJson_name = zend_string_init("extraJson", sizeof("extraJson") - 1, 1);
	zend_declare_typed_property(class_entry, property_extraJson_name, &property_extraJson_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_extraJson_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Reply(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly", "Reply", class_Izly_Reply_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_status_default_value;
	ZVAL_UNDEF(&property_status_default_value);
	zend_string *property_status_name = zend_string_init("status", sizeof("status") - 1, 1);
	zend_declare_typed_property(class_entry, property_status_name, &property_status_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_status_name);

	zval property_headers_default_value;
	ZVAL_UNDEF(&property_headers_default_value);
	zend_string *property_headers_name = zend_string_init("headers", sizeof("headers") - 1, 1);
	zend_declare_typed_property(class_entry, property_headers_name, &property_headers_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_headers_name);

	zval property_body_default_value;
	ZVAL_UNDEF(&property_body_default_value);
	zend_string *property_body_name = zend_string_init("body", sizeof("body") - 1, 1);
	zend_declare_typed_property(class_entry, property_body_name, &property_body_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_body_name);

	return class_entry;
}
