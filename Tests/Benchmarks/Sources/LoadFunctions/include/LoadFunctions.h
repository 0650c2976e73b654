#ifndef LOAD_FUNCTIONS_H
#define LOAD_FUNCTIONS_H

// System functions of the benchmark server-load that Swift's platform modules don't have.

#include "Curl.h"

#if defined(__linux__)
#include <sys/epoll.h>
#endif

#endif
