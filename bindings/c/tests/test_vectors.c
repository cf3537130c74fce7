/*
 * Runs the shared vectors through the C library: each wire text must read as it says, each input must be sent, or
 * refused, as it says. What C cannot say is left out, with its reason.
 */

#include "support.h"

#include <dirent.h>

#include "vectors.h"
#include "vectors_records.h"
#include "vectors_replies.h"
#include "vectors_inputs.h"

#define LEAST 550
#define MAX_CALLS 32

struct count {
    char call[32];
    int ran;
    int left_out;
};

struct counts {
    struct count calls[MAX_CALLS];
    size_t call_count;
    int ran;
    int left_out;
};

static struct count *count_of(struct counts *counts, const char *call)
{
    for (size_t i = 0; i < counts->call_count; i++) {
        if (strcmp(counts->calls[i].call, call) == 0) {
            return &counts->calls[i];
        }
    }
    if (counts->call_count == MAX_CALLS) {
        give_up(call, "more kinds of calls than were thought of");
    }
    struct count *count = &counts->calls[counts->call_count++];
    snprintf(count->call, sizeof count->call, "%s", call);
    return count;
}

/* An input that a NUL-terminated text cannot carry. */
static int needs_nul(const json_t *vector)
{
    const char *name;
    const json_t *value;
    json_object_foreach(json_object_get(vector, "input"), name, value)
    {
        if (holds_nul(value)) {
            return 1;
        }
    }
    return 0;
}

static left_out run_vector(struct run *run, const json_t *vector, const char *call)
{
    left_out why = NULL;
    if (needs_nul(vector)) {
        return "a text of C ends at its NUL";
    }
    if (!run_replies(run, vector, call, &why) && !run_inputs(run, vector, call, &why)) {
        give_up(call, "no such call");
    }
    return why;
}

static void count_vector(struct run *run, struct counts *counts, const json_t *vector)
{
    const char *call = json_string_value(json_object_get(vector, "call"));
    struct count *count = count_of(counts, call);
    int differences = run->differences;
    run->name = json_string_value(json_object_get(vector, "name"));
    run->members = NULL;
    run->err = NULL;
    canned_forget(run->server);

    left_out why = run_vector(run, vector, call);
    if (why != NULL) {
        printf("left out: %s: %s\n", run->name, why);
        count->left_out++;
        counts->left_out++;
        return;
    }
    compare(run, vector);
    CHECK(run->differences == differences);
    count->ran++;
    counts->ran++;
    json_decref(run->members);
    izly_error_free(run->err);
}

static void run_file(struct run *run, struct counts *counts, const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    json_error_t error;
    json_t *file = json_load_file(path, JSON_ALLOW_NUL, &error);
    if (file == NULL) {
        give_up(path, error.text);
    }
    size_t i;
    const json_t *vector;
    json_array_foreach(json_object_get(file, "vectors"), i, vector)
    {
        count_vector(run, counts, vector);
    }
    json_decref(file);
}

static void run_folder(struct run *run, struct counts *counts, const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    if (count < 0) {
        give_up(folder, "cannot be read");
    }
    for (int i = 0; i < count; i++) {
        const char *ending = strrchr(entries[i]->d_name, '.');
        if (ending != NULL && strcmp(ending, ".json") == 0) {
            run_file(run, counts, folder, entries[i]->d_name);
        }
        free(entries[i]);
    }
    free(entries);
}

int main(void)
{
    static struct run run;
    static struct counts counts;
    run.server = canned_start(0);
    run_folder(&run, &counts, setting("IZLY_VECTORS"));
    free_clients(&run);
    canned_stop(run.server);

    for (size_t i = 0; i < counts.call_count; i++) {
        const struct count *count = &counts.calls[i];
        printf("%s: %d ran, %d left out\n", count->call, count->ran, count->left_out);
    }
    printf("vectors: %d ran, %d left out\n", counts.ran, counts.left_out);
    CHECK(counts.ran >= LEAST);
    return report("test_vectors");
}
