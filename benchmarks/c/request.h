/* The requests that izly sends, for peers to send the same. */

#ifndef REQUEST_H
#define REQUEST_H

#include "worker.h"

#define READ_PATH "/api/Izly/WebPayments/586589"
#define CREATE_PATH "/api/Izly/WebPayments"

#define USER_AGENT "izly/0.1.0 (C)"

/* Of Order("order-42", 150 centimes) with the message "2 cafes". */
#define CREATE_BODY "{\"Amount\":150,\"ClientOrderId\":\"order-42\",\"Message\":\"2 cafes\"}"

/* Beside `authorization`, which holds the key, and `user-agent`. */
#define HEADER_COUNT 3
extern const char *const request_headers[HEADER_COUNT];

/* `authorization: Basic …`. To be freed. */
char *authorization(const struct settings *settings);

#endif
