#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "c_locale.h"
#include "clock.h"

static const double SECONDS_BETWEEN_DRAWINGS = 0.1;
enum { BAR_WIDTH = 30 };

void hebb_progress_init(hebb_progress *progress, const char *label, size_t n_units, double total_cost, bool quiet)
{
    *progress = (hebb_progress){.active = !quiet && isatty(STDERR_FILENO),
                                .label = label,
                                .n_units = n_units,
                                .total_cost = total_cost,
                                .started = hebb_clock_now()};
}

char *hebb_progress_line(const hebb_progress *progress, double elapsed, size_t size, char *text)
{
    double share = progress->total_cost > 0.0 ? progress->done_cost / progress->total_cost : 0.0;
    if (share > 1.0) share = 1.0; /* the total was an estimate, or its sum is rounded */
    const int filled = (int)(share * BAR_WIDTH);
    char bar[BAR_WIDTH + 1] = "";
    memset(bar, '#', (size_t)filled);
    memset(bar + filled, '.', (size_t)(BAR_WIDTH - filled));
    int length = hebb_c_locale_print(text, size, "%s [%s] %3.0f %%  %zu/%zu", progress->label, bar, 100.0 * share,
                                     progress->n_done, progress->n_units);
    if (share > 0.0 && elapsed > 0.0 && length > 0 && (size_t)length < size) {
        const long left = (long)(elapsed * (1.0 / share - 1.0) + 0.5);
        hebb_c_locale_print(text + length, size - (size_t)length, "  %.3g/s  %ld:%02ld left",
                            (double)progress->n_done / elapsed, left / 60, left % 60);
    }
    return text;
}

void hebb_progress_add(hebb_progress *progress, double cost)
{
    if (progress == NULL || !progress->active) return;
#pragma omp critical(hebb_progress)
    {
        const double t = hebb_clock_now();
        progress->n_done++;
        progress->done_cost += cost;
        if (t - progress->drawn > SECONDS_BETWEEN_DRAWINGS) {
            char line[160];
            progress->drawn = t;
            (void)fprintf(stderr, "\r\033[K%s", hebb_progress_line(progress, t - progress->started, sizeof line, line));
            (void)fflush(stderr);
        }
    }
}

void hebb_progress_end(hebb_progress *progress)
{
    if (!progress->active) return;
    (void)fprintf(stderr, "\r\033[K");
    (void)fflush(stderr);
    progress->active = false;
}
