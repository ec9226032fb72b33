/* The figures that every program prints: time, processor time and memory of its own process. */
#ifndef FIGURES_H
#define FIGURES_H

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static inline double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct figures {
    double started;
    double processor;
};

static inline struct figures begin_figures(void)
{
    return (struct figures){seconds_of(CLOCK_MONOTONIC), seconds_of(CLOCK_PROCESS_CPUTIME_ID)};
}

/* The most memory that the process had at once. Unlike getrusage, this leaves out the process that started it. */
static inline long peak_kib(void)
{
    char line[256];
    long peak = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        sscanf(line, "VmHWM: %ld", &peak);
    if (status)
        fclose(status);
    return peak;
}

static inline void print_figures(struct figures begun, long rows, double first_row)
{
    double elapsed = seconds_of(CLOCK_MONOTONIC) - begun.started;
    double processor = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - begun.processor;
    printf("\"rows\": %ld, \"seconds\": %.6f, \"processor\": %.6f, \"first_row\": %.6f, \"peak_kib\": %ld", rows, elapsed,
           processor, first_row, peak_kib());
}

#endif
