#include "CurlFunctions.h"

typedef int (*SetOption)(void *handle, int option, ...);
typedef int (*GetInfo)(void *handle, int info, ...);

#define EASY_SETTER(name, type) \
    int name(const struct CurlFunctions *functions, void *easy, int option, type value) { \
        return ((SetOption)functions->easySetOption)(easy, option, value); \
    }

#define MULTI_SETTER(name, type) \
    int name(const struct CurlFunctions *functions, void *multi, int option, type value) { \
        return ((SetOption)functions->multiSetOption)(multi, option, value); \
    }

EASY_SETTER(curlEasySetLong, long)
EASY_SETTER(curlEasySetOffset, int64_t)
EASY_SETTER(curlEasySetPointer, const void *)
EASY_SETTER(curlEasySetDataCallback, CurlDataCallback)
EASY_SETTER(curlEasySetOpenSocketCallback, CurlOpenSocketCallback)
EASY_SETTER(curlEasySetCloseSocketCallback, CurlCloseSocketCallback)
MULTI_SETTER(curlMultiSetLong, long)
MULTI_SETTER(curlMultiSetPointer, void *)
MULTI_SETTER(curlMultiSetSocketCallback, CurlSocketCallback)
MULTI_SETTER(curlMultiSetTimerCallback, CurlTimerCallback)

int curlEasyGetLong(const struct CurlFunctions *functions, void *easy, int info, long *value) {
    return ((GetInfo)functions->easyGetInfo)(easy, info, value);
}

int curlEasyGetPointer(const struct CurlFunctions *functions, void *easy, int info, void **value) {
    return ((GetInfo)functions->easyGetInfo)(easy, info, value);
}
