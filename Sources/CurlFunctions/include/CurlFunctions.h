#ifndef CURL_FUNCTIONS_H
#define CURL_FUNCTIONS_H

#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

// The part of libcurl's interface that FetchCurl calls. Swift can't call variadic C functions, whose calling convention
// differs from that of other functions on some processors. Each combination of argument types therefore has a wrapper
// function here. Swift looks up and calls all other functions itself.

typedef size_t (*CurlDataCallback)(char *bytes, size_t size, size_t count, void *context);
typedef int (*CurlSocketCallback)(void *easy, int descriptor, int action, void *context, void *socketContext);
typedef int (*CurlTimerCallback)(void *multi, long milliseconds, void *context);
typedef int (*CurlOpenSocketCallback)(void *context, int purpose, void *address);
typedef int (*CurlCloseSocketCallback)(void *context, int descriptor);

// libcurl's functions. The `void *` members are the variadic ones.
struct CurlFunctions {
    void *easySetOption;
    void *easyGetInfo;
    void *multiSetOption;
    void *(*easyInit)(void);
    void (*easyCleanup)(void *easy);
    int (*easyPause)(void *easy, int directions);
    void *(*multiInit)(void);
    int (*multiCleanup)(void *multi);
    int (*multiAddHandle)(void *multi, void *easy);
    int (*multiRemoveHandle)(void *multi, void *easy);
    int (*multiSocketAction)(void *multi, int descriptor, int events, int *running);
    void *(*multiInfoRead)(void *multi, int *remaining);
    void *(*listAppend)(void *list, const char *string);
    void (*listFreeAll)(void *list);
} __attribute__((swift_attr("@Sendable")));

// `CURLMsg`, which `curl_multi_info_read` returns. Its only kind is 1, CURLMSG_DONE.
struct CurlMessage {
    int kind;
    void *easy;
    union {
        void *pointer;
        int result;
    } data;
};

// The first members of `curl_version_info_data`, which `curl_version_info` returns.
struct CurlVersion {
    int age;
    const char *version;
    unsigned int versionNumber;
    const char *host;
    int features;
    const char *tlsVersion;
};

// `struct curl_sockaddr`.
struct CurlSocketAddress {
    int family;
    int type;
    int protocol;
    unsigned int length;
    unsigned char bytes[16];
};

int curlEasySetLong(const struct CurlFunctions *functions, void *easy, int option, long value);
int curlEasySetOffset(const struct CurlFunctions *functions, void *easy, int option, int64_t value);
int curlEasySetPointer(const struct CurlFunctions *functions, void *easy, int option, const void *value);
int curlEasySetDataCallback(const struct CurlFunctions *functions, void *easy, int option, CurlDataCallback value);
int curlEasySetOpenSocketCallback(const struct CurlFunctions *functions, void *easy, int option, CurlOpenSocketCallback value);
int curlEasySetCloseSocketCallback(const struct CurlFunctions *functions, void *easy, int option, CurlCloseSocketCallback value);
int curlEasyGetLong(const struct CurlFunctions *functions, void *easy, int info, long *value);
int curlEasyGetPointer(const struct CurlFunctions *functions, void *easy, int info, void **value);
int curlMultiSetLong(const struct CurlFunctions *functions, void *multi, int option, long value);
int curlMultiSetPointer(const struct CurlFunctions *functions, void *multi, int option, void *value);
int curlMultiSetSocketCallback(const struct CurlFunctions *functions, void *multi, int option, CurlSocketCallback value);
int curlMultiSetTimerCallback(const struct CurlFunctions *functions, void *multi, int option, CurlTimerCallback value);

#endif
