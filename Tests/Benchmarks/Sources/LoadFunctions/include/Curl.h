#ifndef LOAD_CURL_H
#define LOAD_CURL_H

#include <stddef.h>
#include <stdint.h>

// The functions of libcurl for a simple polling loop. The library is loaded at run time, so that neither its headers
// nor a -dev package is needed. Variadic functions have one wrapper for each argument type.

// Loads the library. Returns NULL, or a static description of the failure. Call it once, before anything else, from one
// thread.
const char *_Nullable load_curl(void);

typedef size_t (*load_curl_receive)(char *_Nullable bytes, size_t size, size_t count, void *_Nullable context);

// A completed transfer. `easy` is NULL if there is none.
struct load_curl_completion {
    void *_Nullable easy;
    int32_t result;
};

void *_Nullable load_curl_easy_init(void);
void load_curl_easy_cleanup(void *_Nonnull easy);
int32_t load_curl_easy_set_string(void *_Nonnull easy, long option, const char *_Nonnull value);
int32_t load_curl_easy_set_integer(void *_Nonnull easy, long option, long value);
int32_t load_curl_easy_set_pointer(void *_Nonnull easy, long option, void *_Nullable value);
int32_t load_curl_easy_set_receive(void *_Nonnull easy, load_curl_receive _Nonnull function, void *_Nullable context);
// The response status. Zero if there is no response.
int32_t load_curl_easy_status(void *_Nonnull easy);
// The value of CURLOPT_PRIVATE.
void *_Nullable load_curl_easy_private(void *_Nonnull easy);
const char *_Nonnull load_curl_error(int32_t result);
void *_Nullable load_curl_list_append(void *_Nullable list, const char *_Nonnull value);
void load_curl_list_free(void *_Nullable list);

void *_Nullable load_curl_multi_init(void);
void load_curl_multi_cleanup(void *_Nonnull multi);
int32_t load_curl_multi_set_integer(void *_Nonnull multi, long option, long value);
int32_t load_curl_multi_add(void *_Nonnull multi, void *_Nonnull easy);
int32_t load_curl_multi_remove(void *_Nonnull multi, void *_Nonnull easy);
int32_t load_curl_multi_perform(void *_Nonnull multi);
int32_t load_curl_multi_poll(void *_Nonnull multi, int32_t milliseconds);
struct load_curl_completion load_curl_multi_next(void *_Nonnull multi);

// Options, with libcurl's values.
enum {
    LOAD_CURLOPT_NOSIGNAL = 99,
    LOAD_CURLOPT_POSTFIELDSIZE = 60,
    LOAD_CURLOPT_TIMEOUT_MS = 155,
    LOAD_CURLOPT_URL = 10002,
    LOAD_CURLOPT_HTTPHEADER = 10023,
    LOAD_CURLOPT_PRIVATE = 10103,
    LOAD_CURLOPT_COPYPOSTFIELDS = 10165,
    LOAD_CURLMOPT_MAXCONNECTS = 6,
};

#endif
