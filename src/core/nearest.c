#include "nearest.h"

#include <stdbool.h>
#include <string.h>

enum { LONGEST = 63 }; /* names are compared up to here */

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(const char *a, const char *b)
{
    const size_t n_a = smaller(strlen(a), LONGEST);
    const size_t n_b = smaller(strlen(b), LONGEST);
    size_t rows[3][LONGEST + 1];
    for (size_t j = 0; j <= n_b; j++) rows[0][j] = j;
    for (size_t i = 1; i <= n_a; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            row[j] = smaller(smaller(row[j - 1], above[j]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smaller(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[n_a % 3][n_b];
}

const char *hebb_nearest(const char *name, size_t n_candidates, const char *const *candidates)
{
    const char *best = NULL;
    size_t best_distance = 0;
    for (size_t k = 0; k < n_candidates; k++) {
        const bool begins_so = strncmp(name, candidates[k], strlen(name)) == 0;
        const size_t d = distance(name, candidates[k]) + (begins_so ? 0 : LONGEST);
        if (best == NULL || d < best_distance) {
            best = candidates[k];
            best_distance = d;
        }
    }
    return best;
}
