/* Checks, the environment, and the student. The server is in canned.h. */

#include "support.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <malloc.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "canned.h"

/* ---- Checks ---- */

static atomic_int passed;
static atomic_int failed;

int check_true(int holds, const char *what, const char *file, int line)
{
    if (holds) {
        atomic_fetch_add(&passed, 1);
    } else {
        atomic_fetch_add(&failed, 1);
        fprintf(stderr, "%s:%d: %s\n", file, line, what);
    }
    return holds;
}

void check_int(long long got, long long wanted, const char *what, const char *file, int line)
{
    if (!check_true(got == wanted, what, file, line)) {
        fprintf(stderr, "    got %lld, wanted %lld\n", got, wanted);
    }
}

static const char *shown(const char *text)
{
    return text == NULL ? "(NULL)" : text;
}

void check_text(const char *got, const char *wanted, const char *what, const char *file, int line)
{
    int same = got == NULL || wanted == NULL ? got == wanted : strcmp(got, wanted) == 0;
    if (!check_true(same, what, file, line)) {
        fprintf(stderr, "    got `%s`, wanted `%s`\n", shown(got), shown(wanted));
    }
}

void check_holds(const char *text, const char *part, const char *what, const char *file, int line)
{
    if (!check_true(text != NULL && strstr(text, part) != NULL, what, file, line)) {
        fprintf(stderr, "    `%s` does not hold `%s`\n", shown(text), part);
    }
}

void check_ok(izly_status status, const izly_error **err, const char *what, const char *file, int line)
{
    if (!check_true(status == IZLY_OK && *err == NULL, what, file, line)) {
        fprintf(stderr, "    %s: %s\n", izly_status_name(status), *err == NULL ? "no error" : (*err)->message);
        exit(EXIT_FAILURE);
    }
}

int check_fails(izly_status status, izly_status wanted, const void *out, const izly_error **err, const char *what,
                const char *file, int line)
{
    const void *record;
    memcpy(&record, out, sizeof record);
    if (!check_true(status == wanted, what, file, line)) {
        fprintf(stderr, "    got %s, wanted %s\n", izly_status_name(status), izly_status_name(wanted));
    }
    check_true(record == NULL, "out is NULL after an error", file, line);
    if (!check_true(*err != NULL, "err is there after an error", file, line)) {
        return 0;
    }
    check_true((*err)->struct_size == sizeof(izly_error), "the error's struct_size", file, line);
    check_true((*err)->status == status, "the error's status is the call's", file, line);
    int is_one_line = (*err)->message != NULL && (*err)->message[0] != '\0' && strchr((*err)->message, '\n') == NULL;
    check_true(is_one_line, "the error's message is one line", file, line);
    return 1;
}

void check_error(const izly_error **err, izly_outcome outcome, izly_retry retry, const char *field, const char *file,
                 int line)
{
    check_int((*err)->outcome, outcome, "err->outcome", file, line);
    check_int((*err)->retry, retry, "err->retry", file, line);
    check_text((*err)->field, field, "err->field", file, line);
    if ((*err)->outcome != outcome || (*err)->retry != retry) {
        fprintf(stderr, "    %s\n", (*err)->message);
    }
    izly_error_free(*err);
    *err = NULL;
}

int failures(void)
{
    return atomic_load(&failed);
}

int report(const char *name)
{
    if (failures() > 0) {
        fprintf(stderr, "%s: %d checks FAILED, %d passed\n", name, failures(), atomic_load(&passed));
        return EXIT_FAILURE;
    }
    printf("%s: %d checks passed\n", name, atomic_load(&passed));
    return EXIT_SUCCESS;
}

_Noreturn void give_up(const char *what, const char *why)
{
    fprintf(stderr, "cannot go on: %s: %s\n", what, why);
    exit(EXIT_FAILURE);
}

void *allocate(size_t size)
{
    void *block = malloc(size);
    if (block == NULL) {
        give_up("memory", "none left");
    }
    return block;
}

/* ---- The environment ---- */

const char *setting(const char *name)
{
    const char *value = getenv(name);
    if (value == NULL || value[0] == '\0') {
        give_up(name, "is not set");
    }
    return value;
}

int is_slow(void)
{
    const char *value = getenv("IZLY_TEST_SLOW");
    return value != NULL && strcmp(value, "1") == 0;
}

const izly_client *new_hasty_client(const char *environment, const char *api_key, uint32_t deadline_ms)
{
    izly_config config = IZLY_CONFIG_INIT;
    config.environment = environment;
    config.api_key = api_key;
    config.deadline_ms = deadline_ms;
    const izly_client *client;
    const izly_error *err;
    CHECK_OK(izly_client_new(&config, &client, &err), err);
    return client;
}

const izly_client *new_client(const char *environment, const char *api_key)
{
    return new_hasty_client(environment, api_key, 0);
}

const izly_client *sandbox_client(void)
{
    return new_client(setting("IZLY_BASE_URL"), setting("IZLY_API_KEY"));
}

/* ---- Raw HTTP ---- */

static int dial(const char *url, const char **path)
{
    unsigned port = 0;
    int length = 0;
    if (sscanf(url, "http://127.0.0.1:%u%n", &port, &length) != 1) {
        give_up(url, "is not an address on 127.0.0.1");
    }
    *path = url[length] == '\0' ? "/" : url + length;
    struct sockaddr_in address = loopback((uint16_t)port);
    int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval patience = { .tv_sec = 30 };
    setsockopt(socket_fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (socket_fd < 0 || connect(socket_fd, (struct sockaddr *)&address, sizeof address) != 0) {
        give_up(url, "nobody answers");
    }
    return socket_fd;
}

static void read_location(struct answer *answer, const char *text)
{
    for (const char *line = strstr(text, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, "location: ", 10) == 0) {
            size_t length = strcspn(line + 12, "\r\n");
            snprintf(answer->location, sizeof answer->location, "%.*s", (int)length, line + 12);
            return;
        }
    }
}

struct answer http(const char *method, const char *url, const char *content_type, const char *body)
{
    const char *path;
    int socket_fd = dial(url, &path);
    size_t length = body == NULL ? 0 : strlen(body);
    char head[4096];
    snprintf(head, sizeof head,
             "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: %s\r\n"
             "Content-Length: %zu\r\n\r\n",
             method, path, content_type == NULL ? "text/plain" : content_type, length);
    send_all(socket_fd, head, strlen(head));
    send_all(socket_fd, body, length);

    static const struct answer nothing;
    struct answer answer = nothing;
    char text[sizeof answer.body + 4096];
    size_t filled = 0;
    ssize_t got;
    while (filled < sizeof text - 1 && (got = recv(socket_fd, text + filled, sizeof text - 1 - filled, 0)) > 0) {
        filled += (size_t)got;
    }
    text[filled] = '\0';
    close(socket_fd);
    char *end = strstr(text, "\r\n\r\n");
    if (end == NULL || sscanf(text, "HTTP/1.1 %d", &answer.status) != 1) {
        give_up(url, "the answer is not HTTP");
    }
    snprintf(answer.body, sizeof answer.body, "%s", end + 4);
    *end = '\0';
    read_location(&answer, text);
    return answer;
}

char *http_get(const char *url)
{
    const char *path;
    int socket_fd = dial(url, &path);
    char head[1024];
    int length = snprintf(head, sizeof head, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
    send_all(socket_fd, head, (size_t)length);
    char *text = NULL;
    size_t room = 0, filled = 0;
    ssize_t got;
    do {
        if (room - filled < 2) {
            room = room == 0 ? 4096 : 2 * room;
            text = realloc(text, room);
            if (text == NULL) {
                give_up("memory", "none left");
            }
        }
        got = recv(socket_fd, text + filled, room - filled - 1, 0);
        filled += got > 0 ? (size_t)got : 0;
    } while (got > 0);
    text[filled] = '\0';
    close(socket_fd);
    char *end = strstr(text, "\r\n\r\n");
    if (end == NULL || strncmp(text, "HTTP/1.1 200 ", 13) != 0) {
        give_up(url, "does not answer as it should");
    }
    memmove(text, end + 4, strlen(end + 4) + 1);
    return text;
}

#define FORM "application/x-www-form-urlencoded"

void student_approves(const char *authorization_url, const char *account)
{
    char form[256];
    snprintf(form, sizeof form, "action=valider&identifiant=%s%%40example.fr&mot_de_passe=izly-sandbox", account);
    CHECK_INT(http("POST", authorization_url, FORM, form).status, 200);
}

void student_cancels(const char *authorization_url)
{
    CHECK_INT(http("POST", authorization_url, FORM, "action=annuler").status, 200);
}

char *student_logs_in(const char *login_url, const char *account)
{
    const char *query = strchr(login_url, '?');
    char page[256], form[2048];
    if (query == NULL || (size_t)(query - login_url) >= sizeof page) {
        give_up(login_url, "is not a login's address");
    }
    snprintf(page, sizeof page, "%.*s", (int)(query - login_url), login_url);
    snprintf(form, sizeof form, "%s&action=connecter&identifiant=%s%%40example.fr&mot_de_passe=izly-sandbox", query + 1,
             account);
    struct answer answer = http("POST", page, FORM, form);
    CHECK_INT(answer.status, 302);
    const char *back = strchr(answer.location, '?');
    if (back == NULL) {
        give_up(page, "the login does not lead back");
    }
    return strdup(back + 1);
}

/* ---- Processes ---- */

pid_t canned_process(char *url)
{
    int ends[2];
    if (pipe(ends) != 0) {
        give_up("pipe", "none left");
    }
    pid_t process = fork();
    if (process == 0) {
        /* A parent that crashes must not leave it behind. */
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        struct canned *server = canned_start(0);
        canned_say(server, CANNED_ECHO, NULL, 0);
        if (write(ends[1], canned_url(server), 64) == 64) {
            pause();
        }
        _exit(EXIT_FAILURE);
    }
    close(ends[1]);
    if (process < 0 || read(ends[0], url, 64) != 64) {
        give_up("canned server", "did not start");
    }
    close(ends[0]);
    return process;
}

void end_process(pid_t process)
{
    kill(process, SIGKILL);
    waitpid(process, NULL, 0);
}

void join_process(pid_t process)
{
    int status = 0;
    CHECK(process > 0);
    CHECK_INT(waitpid(process, &status, 0), process);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), EXIT_SUCCESS);
}

_Noreturn void leave_process(void)
{
    fflush(NULL);
    _exit(failures() > 0 ? EXIT_FAILURE : EXIT_SUCCESS);
}

uint16_t closed_port(void)
{
    uint16_t port = 0;
    close(listen_on(&port));
    return port;
}

static int entries(const char *folder)
{
    DIR *directory = opendir(folder);
    const struct dirent *entry;
    int count = 0;
    if (directory == NULL) {
        give_up(folder, "cannot be read");
    }
    while ((entry = readdir(directory)) != NULL) {
        count += entry->d_name[0] != '.';
    }
    closedir(directory);
    return count;
}

struct footprint footprint(void)
{
    malloc_trim(0);
    struct footprint now = { 0, entries("/proc/self/fd"), entries("/proc/self/task") };
    long shared;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%*d %ld %ld", &now.pages, &shared) != 2) {
        give_up("/proc/self/statm", "cannot be read");
    }
    now.pages -= shared;
    fclose(file);
    return now;
}

int memory_tells(void)
{
#ifdef __SANITIZE_ADDRESS__
    return 0;
#else
    return !is_slow();
#endif
}
