// SPDX-License-Identifier: Apache-2.0

// libfaketime 0.9.10 takes the end of every timer of a file descriptor for a time of day, also where the
// timer runs on a clock that only measures: it moves it by years, and whatever sleeps by it sleeps for ever.
// These stand before libfaketime's, and hand such timers to the kernel as they are.

#define _GNU_SOURCE
#include "PretendedTime.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FILES = 1 << 16 };

// By the descriptor: whether its timer runs on a clock that only measures.
static bool only_measures[MOST_FILES];

bool time_is_pretended(void) { return getenv("FAKETIME") != NULL; }

int timerfd_create(clockid_t clock, int flags) {
    int file = (int)syscall(SYS_timerfd_create, clock, flags);
    if (file >= 0 && file < MOST_FILES)
        only_measures[file] = clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_ALARM;
    return file;
}

int timerfd_settime(
    int file, int flags, const struct itimerspec *value, struct itimerspec *earlier
) {
    if (file >= 0 && file < MOST_FILES && only_measures[file])
        return (int)syscall(SYS_timerfd_settime, file, flags, value, earlier);
    int (*next)(int, int, const struct itimerspec *, struct itimerspec *) =
        dlsym(RTLD_NEXT, "timerfd_settime");
    return next(file, flags, value, earlier);
}
