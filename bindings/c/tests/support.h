/*
 * What the tests share: checks, a student, a server that says what it is told to, and what a process looks like from
 * outside. Include it first: it says which functions of POSIX are wanted.
 */

#ifndef SUPPORT_H
#define SUPPORT_H

#define _DEFAULT_SOURCE 1

#include <izly.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

/* The partner of the shared vectors: Paris-78-78-78-78 and s3cret. */
#define PARIS_KEY "UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0"

/* ---- Checks: each is counted, and one that fails says where. Any thread. ---- */

#define CHECK(condition) check_true((condition) != 0, #condition, __FILE__, __LINE__)
#define CHECK_INT(got, wanted) check_int((long long)(got), (long long)(wanted), #got, __FILE__, __LINE__)
/* NULL equals NULL only. */
#define CHECK_TEXT(got, wanted) check_text((got), (wanted), #got, __FILE__, __LINE__)
#define CHECK_HOLDS(text, part) check_holds((text), (part), #text, __FILE__, __LINE__)
/* A call that the rest of the test builds on: the program ends if it fails. */
#define CHECK_OK(call, err) check_ok((call), &(err), #call, __FILE__, __LINE__)
/* A call that must fail: leaves the error to look at. Gives 0 if there is none. */
#define FAILS(call, wanted, out, err) check_fails((call), (wanted), &(out), &(err), #call, __FILE__, __LINE__)
/* The same; the program ends if there is no error. */
#define CHECK_FAILS(call, wanted, out, err) (FAILS(call, wanted, out, err) ? (void)0 : exit(EXIT_FAILURE))
/* The rest of an error; frees it. */
#define CHECK_ERROR(err, outcome, retry, field) check_error(&(err), (outcome), (retry), (field), __FILE__, __LINE__)

int check_true(int holds, const char *what, const char *file, int line);
void check_int(long long got, long long wanted, const char *what, const char *file, int line);
void check_text(const char *got, const char *wanted, const char *what, const char *file, int line);
void check_holds(const char *text, const char *part, const char *what, const char *file, int line);
void check_ok(izly_status status, const izly_error **err, const char *what, const char *file, int line);
/* `out` is the address of any record's pointer. */
int check_fails(izly_status status, izly_status wanted, const void *out, const izly_error **err, const char *what,
                const char *file, int line);
void check_error(const izly_error **err, izly_outcome outcome, izly_retry retry, const char *field, const char *file,
                 int line);

/* Failed checks so far, in this process. */
int failures(void);
/* Prints the verdict and gives main's result. */
int report(const char *name);
/* Ends the program with a reason: for what is not the library's fault. */
_Noreturn void give_up(const char *what, const char *why);
/* malloc that never gives NULL. */
void *allocate(size_t size);

/* ---- The environment ---- */

/* A variable that must be set. */
const char *setting(const char *name);
/* Whether to do everything fewer times: under valgrind. */
int is_slow(void);

/* A client without any option. */
const izly_client *new_client(const char *environment, const char *api_key);
/* The same with a deadline for its calls. */
const izly_client *new_hasty_client(const char *environment, const char *api_key, uint32_t deadline_ms);
/* A client of the sandbox. */
const izly_client *sandbox_client(void);

/* ---- Raw HTTP ---- */

struct answer {
    int status;
    char location[1024];
    char body[16384];
};

/* Sends one request on a connection of its own; the body is NULL for none. */
struct answer http(const char *method, const char *url, const char *content_type, const char *body);
/* The body of an answer to GET, however long it is. Free it. */
char *http_get(const char *url);

/* The student approves a payment, as this account. */
void student_approves(const char *authorization_url, const char *account);
/* The student presses cancel on a payment's page. */
void student_cancels(const char *authorization_url);
/* The student logs in; gives what stands after the `?` of the address the browser is sent back to. Free it. */
char *student_logs_in(const char *login_url, const char *account);

/* ---- A server that says what it is told to ---- */

enum canned_kind {
    CANNED_HTTP,   /* A well-formed answer, on connections that are kept. */
    CANNED_RAW,    /* These bytes and the end of the connection, once a request has arrived. */
    CANNED_BLURT,  /* The same without waiting for a request. */
    CANNED_SILENT, /* Nothing. */
    CANNED_ECHO    /* The payment that was asked for: order `order-ID`, ID centimes, completed. */
};

struct canned_request {
    char *head;    /* From the method to the empty line. */
    char *body;
    size_t length; /* Of the body. */
};

struct canned;

/* Begins to serve on 127.0.0.1, in threads of this process; port 0 takes any free one. */
struct canned *canned_start(uint16_t port);
void canned_stop(struct canned *server);
const char *canned_url(const struct canned *server);
/* What to answer from now on; `headers` are extra lines that each end in CRLF, or NULL. */
void canned_answer(struct canned *server, int status, const char *headers, const void *body, size_t length);
void canned_say(struct canned *server, enum canned_kind kind, const void *bytes, size_t length);
/* How many requests came since the last `canned_forget`. */
size_t canned_count(struct canned *server);
void canned_forget(struct canned *server);
/* How many connections were ever opened. */
size_t canned_connections(struct canned *server);
/* A request that came; it lives until `canned_forget`. */
const struct canned_request *canned_request(struct canned *server, size_t index);
/* A header of it, named in any casing, or NULL. Free it. */
char *canned_header(const struct canned_request *request, const char *name);

/* ---- Processes ---- */

/* A canned server that echoes, in a process of its own; `url` has room for 64 bytes. */
pid_t canned_process(char *url);
void end_process(pid_t process);
/* Waits for a child that ends by itself; its failed checks are this process's. */
void join_process(pid_t process);
/* Ends a forked child, telling its parent whether a check failed. */
_Noreturn void leave_process(void);
/* A port of 127.0.0.1 on which nobody listens. */
uint16_t closed_port(void);

/* What a process holds. */
struct footprint {
    long pages; /* Resident, without those mapped from files: code is read in when it first runs. */
    int descriptors;
    int threads;
};

/* Memory that is free, but that the allocator keeps for later, is given back first: it is nobody's. */
struct footprint footprint(void);
/* Whether the memory of a process says what is in use: sanitizers and valgrind hold freed memory back, to catch who
 * uses it, and count leaks themselves. */
int memory_tells(void);

#endif
