/*
 * Stands before the system's wall clock in one process (LD_PRELOAD) and adds the milliseconds that the first eight bytes
 * of the file MILLRACE_CLOCK say at that moment.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t *ahead_ms;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("MILLRACE_CLOCK");
    int file = path == NULL ? -1 : open(path, O_RDONLY);
    if (file >= 0) {
        void *mapped = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
        if (mapped != MAP_FAILED) {
            ahead_ms = mapped;
        }
        close(file);
    }
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*system_clock)(clockid_t, struct timespec *);
    if (system_clock == NULL) {
        system_clock = dlsym(RTLD_NEXT, "clock_gettime");
    }
    int result = system_clock(clock, time);
    int64_t ms = ahead_ms == NULL ? 0 : *ahead_ms;
    if (result == 0 && ms != 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        int64_t ns = time->tv_nsec + (ms % 1000) * 1000000;
        time->tv_sec += ms / 1000;
        if (ns < 0) {
            ns += 1000000000;
            time->tv_sec--;
        } else if (ns >= 1000000000) {
            ns -= 1000000000;
            time->tv_sec++;
        }
        time->tv_nsec = ns;
    }
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void)zone;
    struct timespec now;
    int result = clock_gettime(CLOCK_REALTIME, &now);
    if (result == 0 && time != NULL) {
        time->tv_sec = now.tv_sec;
        time->tv_usec = now.tv_nsec / 1000;
    }
    return result;
}

time_t time(time_t *where) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (where != NULL) {
        *where = now.tv_sec;
    }
    return now.tv_sec;
}
