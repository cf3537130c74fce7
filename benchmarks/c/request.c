/* The requests that izly sends, for peers to send the same. */

#include "request.h"

#include <stdio.h>
#include <string.h>

const char *const request_headers[HEADER_COUNT] = {
    "accept: application/json",
    "appidentifier: Paris-78-78-78-78",
    "content-type: application/vnd.Xpollens.v1+json",
};

char *authorization(const struct settings *settings)
{
    static const char beginning[] = "authorization: Basic ";
    const char *key = required(settings->api_key, "IZLY_API_KEY");
    size_t size = sizeof beginning + strlen(key);
    char *header = allocate(size);
    snprintf(header, size, "%s%s", beginning, key);
    return header;
}
