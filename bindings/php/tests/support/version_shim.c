/* A libizly of another version, for version.phpt: found before the real one, it answers in its place. */

#include <stdint.h>
#include <stdlib.h>

int32_t izly_version_number(void);
const char *izly_version(void);

int32_t izly_version_number(void)
{
    const char *version = getenv("IZLY_SHIM_VERSION");
    return version == NULL ? 0 : (int32_t)atoi(version);
}

const char *izly_version(void)
{
    return "9.9.9";
}
