/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: fae7318cd4d1aead1afb36a0974ea027ee321967 */

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_Exception_IzlyException_getOutcome, 0, 0, Izly\\Outcome, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Izly_Exception_IzlyException_getRetry, 0, 0, Izly\\Retry, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Izly_Exception_IzlyException_getHttpStatus, 0, 0, IS_LONG, 1)
ZEND_END_ARG_INFO()

#define arginfo_class_Izly_Exception_IzlyException_getApiCode arginfo_class_Izly_Exception_IzlyException_getHttpStatus

#define arginfo_class_Izly_Exception_IzlyException_getRetryAfterSeconds arginfo_class_Izly_Exception_IzlyException_getHttpStatus

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Izly_Exception_IzlyException_getField, 0, 0, IS_STRING, 1)
ZEND_END_ARG_INFO()

#define arginfo_class_Izly_Exception_IzlyException_getCall arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_IzlyException_getPhase arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_IzlyException_getApiMessage arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_IzlyException_getTitle arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_IzlyException_getOauthError arginfo_class_Izly_Exception_IzlyException_getField

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Izly_Exception_IzlyException_isAccessDenied, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Izly_Exception_IzlyException_revealExcerpt arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_UsageException_getOutcome arginfo_class_Izly_Exception_IzlyException_getOutcome

#define arginfo_class_Izly_Exception_UsageException_getRetry arginfo_class_Izly_Exception_IzlyException_getRetry

#define arginfo_class_Izly_Exception_UsageException_getHttpStatus arginfo_class_Izly_Exception_IzlyException_getHttpStatus

#define arginfo_class_Izly_Exception_UsageException_getApiCode arginfo_class_Izly_Exception_IzlyException_getHttpStatus

#define arginfo_class_Izly_Exception_UsageException_getRetryAfterSeconds arginfo_class_Izly_Exception_IzlyException_getHttpStatus

#define arginfo_class_Izly_Exception_UsageException_getField arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_UsageException_getCall arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_UsageException_getPhase arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_UsageException_getApiMessage arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_UsageException_getTitle arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_UsageException_getOauthError arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_UsageException_isAccessDenied arginfo_class_Izly_Exception_IzlyException_isAccessDenied

#define arginfo_class_Izly_Exception_UsageException_revealExcerpt arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_CallException_getOutcome arginfo_class_Izly_Exception_IzlyException_getOutcome

#define arginfo_class_Izly_Exception_CallException_getRetry arginfo_class_Izly_Exception_IzlyException_getRetry

#define arginfo_class_Izly_Exception_CallException_getHttpStatus arginfo_class_Izly_Exception_IzlyException_getHttpStatus

#define arginfo_class_Izly_Exception_CallException_getApiCode arginfo_class_Izly_Exception_IzlyException_getHttpStatus

#define arginfo_class_Izly_Exception_CallException_getRetryAfterSeconds arginfo_class_Izly_Exception_IzlyException_getHttpStatus

#define arginfo_class_Izly_Exception_CallException_getField arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_CallException_getCall arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_CallException_getPhase arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_CallException_getApiMessage arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_CallException_getTitle arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_CallException_getOauthError arginfo_class_Izly_Exception_IzlyException_getField

#define arginfo_class_Izly_Exception_CallException_isAccessDenied arginfo_class_Izly_Exception_IzlyException_isAccessDenied

#define arginfo_class_Izly_Exception_CallException_revealExcerpt arginfo_class_Izly_Exception_IzlyException_getField


ZEND_METHOD(Izly_Exception_UsageException, getOutcome);
ZEND_METHOD(Izly_Exception_UsageException, getRetry);
ZEND_METHOD(Izly_Exception_UsageException, getHttpStatus);
ZEND_METHOD(Izly_Exception_UsageException, getApiCode);
ZEND_METHOD(Izly_Exception_UsageException, getRetryAfterSeconds);
ZEND_METHOD(Izly_Exception_UsageException, getField);
ZEND_METHOD(Izly_Exception_UsageException, getCall);
ZEND_METHOD(Izly_Exception_UsageException, getPhase);
ZEND_METHOD(Izly_Exception_UsageException, getApiMessage);
ZEND_METHOD(Izly_Exception_UsageException, getTitle);
ZEND_METHOD(Izly_Exception_UsageException, getOauthError);
ZEND_METHOD(Izly_Exception_UsageException, isAccessDenied);
ZEND_METHOD(Izly_Exception_UsageException, revealExcerpt);


static const zend_function_entry class_Izly_Exception_IzlyException_methods[] = {
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, getOutcome, arginfo_class_Izly_Exception_IzlyException_getOutcome, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, getRetry, arginfo_class_Izly_Exception_IzlyException_getRetry, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, getHttpStatus, arginfo_class_Izly_Exception_IzlyException_getHttpStatus, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, getApiCode, arginfo_class_Izly_Exception_IzlyException_getApiCode, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, getRetryAfterSeconds, arginfo_class_Izly_Exception_IzlyException_getRetryAfterSeconds, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, getField, arginfo_class_Izly_Exception_IzlyException_getField, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, getCall, arginfo_class_Izly_Exception_IzlyException_getCall, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, getPhase, arginfo_class_Izly_Exception_IzlyException_getPhase, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, getApiMessage, arginfo_class_Izly_Exception_IzlyException_getApiMessage, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, getTitle, arginfo_class_Izly_Exception_IzlyException_getTitle, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, getOauthError, arginfo_class_Izly_Exception_IzlyException_getOauthError, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, isAccessDenied, arginfo_class_Izly_Exception_IzlyException_isAccessDenied, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Izly_Exception_IzlyException, revealExcerpt, arginfo_class_Izly_Exception_IzlyException_revealExcerpt, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_UsageException_methods[] = {
	ZEND_ME(Izly_Exception_UsageException, getOutcome, arginfo_class_Izly_Exception_UsageException_getOutcome, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, getRetry, arginfo_class_Izly_Exception_UsageException_getRetry, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, getHttpStatus, arginfo_class_Izly_Exception_UsageException_getHttpStatus, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, getApiCode, arginfo_class_Izly_Exception_UsageException_getApiCode, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, getRetryAfterSeconds, arginfo_class_Izly_Exception_UsageException_getRetryAfterSeconds, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, getField, arginfo_class_Izly_Exception_UsageException_getField, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, getCall, arginfo_class_Izly_Exception_UsageException_getCall, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, getPhase, arginfo_class_Izly_Exception_UsageException_getPhase, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, getApiMessage, arginfo_class_Izly_Exception_UsageException_getApiMessage, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, getTitle, arginfo_class_Izly_Exception_UsageException_getTitle, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, getOauthError, arginfo_class_Izly_Exception_UsageException_getOauthError, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, isAccessDenied, arginfo_class_Izly_Exception_UsageException_isAccessDenied, ZEND_ACC_PUBLIC)
	ZEND_ME(Izly_Exception_UsageException, revealExcerpt, arginfo_class_Izly_Exception_UsageException_revealExcerpt, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_CallException_methods[] = {
	ZEND_MALIAS(Izly_Exception_UsageException, getOutcome, getOutcome, arginfo_class_Izly_Exception_CallException_getOutcome, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, getRetry, getRetry, arginfo_class_Izly_Exception_CallException_getRetry, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, getHttpStatus, getHttpStatus, arginfo_class_Izly_Exception_CallException_getHttpStatus, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, getApiCode, getApiCode, arginfo_class_Izly_Exception_CallException_getApiCode, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, getRetryAfterSeconds, getRetryAfterSeconds, arginfo_class_Izly_Exception_CallException_getRetryAfterSeconds, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, getField, getField, arginfo_class_Izly_Exception_CallException_getField, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, getCall, getCall, arginfo_class_Izly_Exception_CallException_getCall, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, getPhase, getPhase, arginfo_class_Izly_Exception_CallException_getPhase, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, getApiMessage, getApiMessage, arginfo_class_Izly_Exception_CallException_getApiMessage, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, getTitle, getTitle, arginfo_class_Izly_Exception_CallException_getTitle, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, getOauthError, getOauthError, arginfo_class_Izly_Exception_CallException_getOauthError, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, isAccessDenied, isAccessDenied, arginfo_class_Izly_Exception_CallException_isAccessDenied, ZEND_ACC_PUBLIC)
	ZEND_MALIAS(Izly_Exception_UsageException, revealExcerpt, revealExcerpt, arginfo_class_Izly_Exception_CallException_revealExcerpt, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_InvalidInputException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_ConfigurationException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_TransportException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_ResolveException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_ConnectException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_TlsException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_TimeoutException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_DisconnectedException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_ProtocolException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_TooLargeException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_UnreadableException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_RedirectException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_AuthenticationException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_RateLimitedException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_ApiException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_ServerException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_NotConfirmedException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_NotFinalException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_MismatchException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_NotPaidException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Izly_Exception_InternalException_methods[] = {
	ZEND_FE_END
};

static zend_class_entry *register_class_Izly_Exception_IzlyException(zend_class_entry *class_entry_Throwable)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "IzlyException", class_Izly_Exception_IzlyException_methods);
	class_entry = zend_register_internal_interface(&ce);
	zend_class_implements(class_entry, 1, class_entry_Throwable);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_UsageException(zend_class_entry *class_entry_InvalidArgumentException, zend_class_entry *class_entry_Izly_Exception_IzlyException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "UsageException", class_Izly_Exception_UsageException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_InvalidArgumentException);
	class_entry->ce_flags |= ZEND_ACC_ABSTRACT|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Izly_Exception_IzlyException);

	zval property_outcome_default_value;
	ZVAL_UNDEF(&property_outcome_default_value);
	zend_string *property_outcome_name = zend_string_init("outcome", sizeof("outcome") - 1, 1);
	zend_declare_typed_property(class_entry, property_outcome_name, &property_outcome_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_outcome_name);

	zval property_retry_default_value;
	ZVAL_UNDEF(&property_retry_default_value);
	zend_string *property_retry_name = zend_string_init("retry", sizeof("retry") - 1, 1);
	zend_declare_typed_property(class_entry, property_retry_name, &property_retry_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_retry_name);

	zval property_httpStatus_default_value;
	ZVAL_UNDEF(&property_httpStatus_default_value);
	zend_string *property_httpStatus_name = zend_string_init("httpStatus", sizeof("httpStatus") - 1, 1);
	zend_declare_typed_property(class_entry, property_httpStatus_name, &property_httpStatus_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_httpStatus_name);

	zval property_apiCode_default_value;
	ZVAL_UNDEF(&property_apiCode_default_value);
	zend_string *property_apiCode_name = zend_string_init("apiCode", sizeof("apiCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_apiCode_name, &property_apiCode_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_apiCode_name);

	zval property_retryAfterSeconds_default_value;
	ZVAL_UNDEF(&property_retryAfterSeconds_default_value);
	zend_string *property_retryAfterSeconds_name = zend_string_init("retryAfterSeconds", sizeof("retryAfterSeconds") - 1, 1);
	zend_declare_typed_property(class_entry, property_retryAfterSeconds_name, &property_retryAfterSeconds_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_retryAfterSeconds_name);

	zval property_field_default_value;
	ZVAL_UNDEF(&property_field_default_value);
	zend_string *property_field_name = zend_string_init("field", sizeof("field") - 1, 1);
	zend_declare_typed_property(class_entry, property_field_name, &property_field_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_field_name);

	zval property_call_default_value;
	ZVAL_UNDEF(&property_call_default_value);
	zend_string *property_call_name = zend_string_init("call", sizeof("call") - 1, 1);
	zend_declare_typed_property(class_entry, property_call_name, &property_call_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_call_name);

	zval property_phase_default_value;
	ZVAL_UNDEF(&property_phase_default_value);
	zend_string *property_phase_name = zend_string_init("phase", sizeof("phase") - 1, 1);
	zend_declare_typed_property(class_entry, property_phase_name, &property_phase_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_phase_name);

	zval property_apiMessage_default_value;
	ZVAL_UNDEF(&property_apiMessage_default_value);
	zend_string *property_apiMessage_name = zend_string_init("apiMessage", sizeof("apiMessage") - 1, 1);
	zend_declare_typed_property(class_entry, property_apiMessage_name, &property_apiMessage_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_apiMessage_name);

	zval property_title_default_value;
	ZVAL_UNDEF(&property_title_default_value);
	zend_string *property_title_name = zend_string_init("title", sizeof("title") - 1, 1);
	zend_declare_typed_property(class_entry, property_title_name, &property_title_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_title_name);

	zval property_oauthError_default_value;
	ZVAL_UNDEF(&property_oauthError_default_value);
	zend_string *property_oauthError_name = zend_string_init("oauthError", sizeof("oauthError") - 1, 1);
	zend_declare_typed_property(class_entry, property_oauthError_name, &property_oauthError_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_oauthError_name);

	zval property_excerpt_default_value;
	ZVAL_UNDEF(&property_excerpt_default_value);
	zend_string *property_excerpt_name = zend_string_init("excerpt", sizeof("excerpt") - 1, 1);
	zend_declare_typed_property(class_entry, property_excerpt_name, &property_excerpt_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_excerpt_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_CallException(zend_class_entry *class_entry_RuntimeException, zend_class_entry *class_entry_Izly_Exception_IzlyException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "CallException", class_Izly_Exception_CallException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_RuntimeException);
	class_entry->ce_flags |= ZEND_ACC_ABSTRACT|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Izly_Exception_IzlyException);

	zval property_outcome_default_value;
	ZVAL_UNDEF(&property_outcome_default_value);
	zend_string *property_outcome_name = zend_string_init("outcome", sizeof("outcome") - 1, 1);
	zend_declare_typed_property(class_entry, property_outcome_name, &property_outcome_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_outcome_name);

	zval property_retry_default_value;
	ZVAL_UNDEF(&property_retry_default_value);
	zend_string *property_retry_name = zend_string_init("retry", sizeof("retry") - 1, 1);
	zend_declare_typed_property(class_entry, property_retry_name, &property_retry_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_retry_name);

	zval property_httpStatus_default_value;
	ZVAL_UNDEF(&property_httpStatus_default_value);
	zend_string *property_httpStatus_name = zend_string_init("httpStatus", sizeof("httpStatus") - 1, 1);
	zend_declare_typed_property(class_entry, property_httpStatus_name, &property_httpStatus_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_httpStatus_name);

	zval property_apiCode_default_value;
	ZVAL_UNDEF(&property_apiCode_default_value);
	zend_string *property_apiCode_name = zend_string_init("apiCode", sizeof("apiCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_apiCode_name, &property_apiCode_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_apiCode_name);

	zval property_retryAfterSeconds_default_value;
	ZVAL_UNDEF(&property_retryAfterSeconds_default_value);
	zend_string *property_retryAfterSeconds_name = zend_string_init("retryAfterSeconds", sizeof("retryAfterSeconds") - 1, 1);
	zend_declare_typed_property(class_entry, property_retryAfterSeconds_name, &property_retryAfterSeconds_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_retryAfterSeconds_name);

	zval property_field_default_value;
	ZVAL_UNDEF(&property_field_default_value);
	zend_string *property_field_name = zend_string_init("field", sizeof("field") - 1, 1);
	zend_declare_typed_property(class_entry, property_field_name, &property_field_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_field_name);

	zval property_call_default_value;
	ZVAL_UNDEF(&property_call_default_value);
	zend_string *property_call_name = zend_string_init("call", sizeof("call") - 1, 1);
	zend_declare_typed_property(class_entry, property_call_name, &property_call_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_call_name);

	zval property_phase_default_value;
	ZVAL_UNDEF(&property_phase_default_value);
	zend_string *property_phase_name = zend_string_init("phase", sizeof("phase") - 1, 1);
	zend_declare_typed_property(class_entry, property_phase_name, &property_phase_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_phase_name);

	zval property_apiMessage_default_value;
	ZVAL_UNDEF(&property_apiMessage_default_value);
	zend_string *property_apiMessage_name = zend_string_init("apiMessage", sizeof("apiMessage") - 1, 1);
	zend_declare_typed_property(class_entry, property_apiMessage_name, &property_apiMessage_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_apiMessage_name);

	zval property_title_default_value;
	ZVAL_UNDEF(&property_title_default_value);
	zend_string *property_title_name = zend_string_init("title", sizeof("title") - 1, 1);
	zend_declare_typed_property(class_entry, property_title_name, &property_title_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_title_name);

	zval property_oauthError_default_value;
	ZVAL_UNDEF(&property_oauthError_default_value);
	zend_string *property_oauthError_name = zend_string_init("oauthError", sizeof("oauthError") - 1, 1);
	zend_declare_typed_property(class_entry, property_oauthError_name, &property_oauthError_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_oauthError_name);

	zval property_excerpt_default_value;
	ZVAL_UNDEF(&property_excerpt_default_value);
	zend_string *property_excerpt_name = zend_string_init("excerpt", sizeof("excerpt") - 1, 1);
	zend_declare_typed_property(class_entry, property_excerpt_name, &property_excerpt_default_value, ZEND_ACC_PRIVATE|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_excerpt_name);

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_InvalidInputException(zend_class_entry *class_entry_Izly_Exception_UsageException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "InvalidInputException", class_Izly_Exception_InvalidInputException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_UsageException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_ConfigurationException(zend_class_entry *class_entry_Izly_Exception_UsageException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "ConfigurationException", class_Izly_Exception_ConfigurationException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_UsageException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_TransportException(zend_class_entry *class_entry_Izly_Exception_CallException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "TransportException", class_Izly_Exception_TransportException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_CallException);
	class_entry->ce_flags |= ZEND_ACC_ABSTRACT|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_ResolveException(zend_class_entry *class_entry_Izly_Exception_TransportException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "ResolveException", class_Izly_Exception_ResolveException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_TransportException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_ConnectException(zend_class_entry *class_entry_Izly_Exception_TransportException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "ConnectException", class_Izly_Exception_ConnectException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_TransportException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_TlsException(zend_class_entry *class_entry_Izly_Exception_TransportException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "TlsException", class_Izly_Exception_TlsException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_TransportException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_TimeoutException(zend_class_entry *class_entry_Izly_Exception_TransportException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "TimeoutException", class_Izly_Exception_TimeoutException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_TransportException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_DisconnectedException(zend_class_entry *class_entry_Izly_Exception_TransportException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "DisconnectedException", class_Izly_Exception_DisconnectedException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_TransportException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_ProtocolException(zend_class_entry *class_entry_Izly_Exception_TransportException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "ProtocolException", class_Izly_Exception_ProtocolException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_TransportException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_TooLargeException(zend_class_entry *class_entry_Izly_Exception_CallException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "TooLargeException", class_Izly_Exception_TooLargeException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_CallException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_UnreadableException(zend_class_entry *class_entry_Izly_Exception_CallException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "UnreadableException", class_Izly_Exception_UnreadableException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_CallException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_RedirectException(zend_class_entry *class_entry_Izly_Exception_CallException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "RedirectException", class_Izly_Exception_RedirectException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_CallException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_AuthenticationException(zend_class_entry *class_entry_Izly_Exception_CallException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "AuthenticationException", class_Izly_Exception_AuthenticationException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_CallException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_RateLimitedException(zend_class_entry *class_entry_Izly_Exception_CallException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "RateLimitedException", class_Izly_Exception_RateLimitedException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_CallException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_ApiException(zend_class_entry *class_entry_Izly_Exception_CallException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "ApiException", class_Izly_Exception_ApiException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_CallException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_ServerException(zend_class_entry *class_entry_Izly_Exception_CallException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "ServerException", class_Izly_Exception_ServerException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_CallException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_NotConfirmedException(zend_class_entry *class_entry_Izly_Exception_CallException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "NotConfirmedException", class_Izly_Exception_NotConfirmedException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_CallException);
	class_entry->ce_flags |= ZEND_ACC_ABSTRACT|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_NotFinalException(zend_class_entry *class_entry_Izly_Exception_NotConfirmedException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "NotFinalException", class_Izly_Exception_NotFinalException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_NotConfirmedException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_MismatchException(zend_class_entry *class_entry_Izly_Exception_NotConfirmedException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "MismatchException", class_Izly_Exception_MismatchException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_NotConfirmedException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_NotPaidException(zend_class_entry *class_entry_Izly_Exception_NotConfirmedException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "NotPaidException", class_Izly_Exception_NotPaidException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_NotConfirmedException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Izly_Exception_InternalException(zend_class_entry *class_entry_Izly_Exception_CallException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Izly\\Exception", "InternalException", class_Izly_Exception_InternalException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Izly_Exception_CallException);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
