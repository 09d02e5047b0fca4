// SPDX-License-Identifier: Apache-2.0

// Ends a program as `kill -9` does, before the step that is asked for: each file that it makes, removes, renames,
// cuts off or syncs in one folder is a step. Or has each sync in that folder fail as a device that reports an error
// would, or take a third of a second, as long as a file is there. To be loaded before the program.

#define _GNU_SOURCE
#include "SuddenEnd.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int steps;

static bool is_counted(const char *path) {
    const char *folder = getenv(SUDDEN_END_FOLDER);
    return folder != NULL && strncmp(path, folder, strlen(folder)) == 0;
}

static void step(const char *path) {
    const char *last = getenv(SUDDEN_END_STEP);
    if (last == NULL || !is_counted(path)) return;
    if (atomic_fetch_add(&steps, 1) + 1 == atoi(last)) kill(getpid(), SIGKILL);
}

static bool has_path(int file, char path[PATH_MAX]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length <= 0) return false;
    path[length] = 0;
    return true;
}

static void step_of(int file) {
    char path[PATH_MAX];
    if (has_path(file, path)) step(path);
}

static bool is_signed(const char *variable, int file) {
    const char *sign = getenv(variable);
    char path[PATH_MAX];
    return sign != NULL && access(sign, F_OK) == 0 && has_path(file, path) && is_counted(path);
}

static bool sync_fails(int file) {
    if (is_signed(SUDDEN_END_SLOW, file)) usleep(333333);
    if (!is_signed(SUDDEN_END_FAILING, file)) return false;
    errno = EIO;
    return true;
}

static bool is_made(const char *path, int flags) {
    return (flags & O_CREAT) != 0 && access(path, F_OK) != 0;
}

#define NEXT(result, name, ...) \
    static result (*next)(__VA_ARGS__); \
    if (next == NULL) next = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        NEXT(int, #name, const char *, int, ...); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0; \
        va_end(rest); \
        if (is_made(path, flags)) step(path); \
        return next(path, flags, mode); \
    }

OPEN(open)
OPEN(open64)

int unlink(const char *path) {
    NEXT(int, "unlink", const char *);
    step(path);
    return next(path);
}

int rename(const char *from, const char *to) {
    NEXT(int, "rename", const char *, const char *);
    step(to);
    return next(from, to);
}

int fsync(int file) {
    NEXT(int, "fsync", int);
    step_of(file);
    return sync_fails(file) ? -1 : next(file);
}

int fdatasync(int file) {
    NEXT(int, "fdatasync", int);
    step_of(file);
    return sync_fails(file) ? -1 : next(file);
}

int ftruncate(int file, off_t size) {
    NEXT(int, "ftruncate", int, off_t);
    step_of(file);
    return next(file, size);
}

int ftruncate64(int file, off64_t size) {
    NEXT(int, "ftruncate64", int, off64_t);
    step_of(file);
    return next(file, size);
}
