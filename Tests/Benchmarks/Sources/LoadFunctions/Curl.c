#include "Curl.h"

#include <dlfcn.h>
#include <stdbool.h>

enum {
    OPTION_WRITEDATA = 10001,
    OPTION_WRITEFUNCTION = 20011,
    INFO_RESPONSE_CODE = 0x200002,
    INFO_PRIVATE = 0x100015,
    MESSAGE_DONE = 1,
};

// libcurl's CURLMsg.
struct message {
    int kind;
    void *easy;
    union {
        void *any;
        int result;
    } data;
};

static void *(*easy_init)(void);
static void (*easy_cleanup)(void *);
static int (*easy_setopt)(void *, int, ...);
static int (*easy_getinfo)(void *, int, ...);
static const char *(*easy_strerror)(int);
static void *(*list_append)(void *, const char *);
static void (*list_free_all)(void *);
static void *(*multi_init)(void);
static int (*multi_cleanup)(void *);
static int (*multi_setopt)(void *, int, ...);
static int (*multi_add_handle)(void *, void *);
static int (*multi_remove_handle)(void *, void *);
static int (*multi_perform)(void *, int *);
static int (*multi_poll)(void *, void *, unsigned int, int, int *);
static struct message *(*multi_info_read)(void *, int *);
static int (*global_init)(long);

static bool find(void *library, void **function, const char *name) {
    *function = dlsym(library, name);
    return *function != NULL;
}

#define FIND(function) find(library, (void **)&function, "curl_" #function)

const char *load_curl(void) {
    const char *names[] = {"libcurl.so.4", "libcurl.4.dylib", "libcurl-gnutls.so.4", "libcurl-nss.so.4"};
    void *library = NULL;
    for (size_t index = 0; index < sizeof names / sizeof *names && library == NULL; index++) {
        library = dlopen(names[index], RTLD_NOW | RTLD_LOCAL);
    }
    if (library == NULL) return "libcurl isn't installed";
    bool is_complete = FIND(easy_init) && FIND(easy_cleanup) && FIND(easy_setopt) && FIND(easy_getinfo)
        && FIND(easy_strerror) && FIND(multi_init) && FIND(multi_cleanup) && FIND(multi_setopt) && FIND(multi_add_handle)
        && FIND(multi_remove_handle) && FIND(multi_perform) && FIND(multi_poll) && FIND(multi_info_read)
        && FIND(global_init) && find(library, (void **)&list_append, "curl_slist_append")
        && find(library, (void **)&list_free_all, "curl_slist_free_all");
    if (!is_complete) return "libcurl is older than 7.66";
    // CURL_GLOBAL_ALL
    return global_init(3) == 0 ? NULL : "libcurl can't be initialised";
}

void *load_curl_easy_init(void) { return easy_init(); }
void load_curl_easy_cleanup(void *easy) { easy_cleanup(easy); }

int32_t load_curl_easy_set_string(void *easy, long option, const char *value) {
    return easy_setopt(easy, (int)option, value);
}

int32_t load_curl_easy_set_integer(void *easy, long option, long value) { return easy_setopt(easy, (int)option, value); }

int32_t load_curl_easy_set_pointer(void *easy, long option, void *value) { return easy_setopt(easy, (int)option, value); }

int32_t load_curl_easy_set_receive(void *easy, load_curl_receive function, void *context) {
    int result = easy_setopt(easy, OPTION_WRITEFUNCTION, function);
    return result == 0 ? easy_setopt(easy, OPTION_WRITEDATA, context) : result;
}

int32_t load_curl_easy_status(void *easy) {
    long status = 0;
    return easy_getinfo(easy, INFO_RESPONSE_CODE, &status) == 0 ? (int32_t)status : 0;
}

void *load_curl_easy_private(void *easy) {
    void *value = NULL;
    easy_getinfo(easy, INFO_PRIVATE, &value);
    return value;
}

const char *load_curl_error(int32_t result) { return easy_strerror(result); }
void *load_curl_list_append(void *list, const char *value) { return list_append(list, value); }
void load_curl_list_free(void *list) { list_free_all(list); }

void *load_curl_multi_init(void) { return multi_init(); }
void load_curl_multi_cleanup(void *multi) { multi_cleanup(multi); }

int32_t load_curl_multi_set_integer(void *multi, long option, long value) {
    return multi_setopt(multi, (int)option, value);
}

int32_t load_curl_multi_add(void *multi, void *easy) { return multi_add_handle(multi, easy); }
int32_t load_curl_multi_remove(void *multi, void *easy) { return multi_remove_handle(multi, easy); }

int32_t load_curl_multi_perform(void *multi) {
    int running = 0;
    return multi_perform(multi, &running);
}

int32_t load_curl_multi_poll(void *multi, int32_t milliseconds) { return multi_poll(multi, NULL, 0, milliseconds, NULL); }

struct load_curl_completion load_curl_multi_next(void *multi) {
    int left = 0;
    struct message *message = multi_info_read(multi, &left);
    while (message != NULL && message->kind != MESSAGE_DONE) message = multi_info_read(multi, &left);
    struct load_curl_completion completion = {NULL, 0};
    if (message != NULL) {
        completion.easy = message->easy;
        completion.result = message->data.result;
    }
    return completion;
}
