#include "mixture_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Two values closer than this, relative to the largest, are one. */
#define SAME 1e-7

/* The shortest step in T, relative: a solution this close to its end is given up. */
#define SHORTEST 1e-9

/* Branches are looked for this close, relative in T, to where they part, while they are still near. */
#define NEAR 0.005

hebb_status hebb_search_init(hebb_search *search, int n_patterns, double care)
{
    *search = (hebb_search){.n_patterns = n_patterns, .care = care};
    search->blocks = malloc(sizeof *search->blocks << n_patterns);
    if (search->blocks == NULL) return HEBB_ENOMEM;
    for (unsigned steps = 0; steps < 1U << n_patterns; steps++)
        hebb_blocks_init(&search->blocks[steps], n_patterns, steps);
    return HEBB_OK;
}

void hebb_search_free(hebb_search *search)
{
    free(search->blocks);
    free(search->list);
    *search = (hebb_search){0};
}

/* Blocks must differ in their overlaps, in falling order, and from zero: else this is a solution of fewer blocks. */
static bool is_ordered(const hebb_blocks *blocks, const double *a)
{
    for (int j = 0; j < blocks->n_blocks; j++) {
        const double next = j + 1 < blocks->n_blocks ? a[j + 1] : 0.0;
        if (!(a[j] - next > SAME * fabs(a[0]))) return false;
    }
    return true;
}

static bool is_known(const hebb_search *search, unsigned steps, const double *a)
{
    for (size_t i = 0; i < search->n; i++) {
        if (search->list[i].steps != steps) continue;
        double difference = 0.0;
        for (int j = 0; j < search->blocks[steps].n_blocks; j++)
            difference = fmax(difference, fabs(search->list[i].a[j] - a[j]));
        if (difference <= SAME * fabs(a[0])) return true;
    }
    return false;
}

hebb_status hebb_search_add(hebb_search *search, double T, unsigned steps, const double *a)
{
    if (is_known(search, steps, a)) return HEBB_OK;
    if (search->n == search->room) {
        const size_t room = search->room == 0 ? 64 : 2 * search->room;
        hebb_search_solution *list = realloc(search->list, room * sizeof *list);
        if (list == NULL) return HEBB_ENOMEM;
        search->list = list;
        search->room = room;
    }
    hebb_search_solution *new = &search->list[search->n++];
    *new = (hebb_search_solution){.steps = steps};
    for (int j = 0; j < search->blocks[steps].n_blocks; j++) new->a[j] = a[j];
    return hebb_blocks_hessian(&search->blocks[steps], T, a, NULL, &new->spectrum);
}

/* Newton's iteration from a trial; what it leads to is added. */
static hebb_status try_start(hebb_search *search, double T, unsigned steps, double *a)
{
    const hebb_blocks *blocks = &search->blocks[steps];
    if (hebb_blocks_newton(blocks, T, a, 0.1, 40) != HEBB_OK || !is_ordered(blocks, a)) return HEBB_OK;
    return hebb_search_add(search, T, steps, a);
}

/*
 * Tries the neighbours of a solution in which block j, or the zeros for j = n_blocks, is split in two: from some
 * distances along the direction, which symmetry fixes.
 */
static hebb_status try_split(hebb_search *search, double T, const hebb_search_solution *from, int j)
{
    static const double distance[] = {1e-4, 3e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2};
    const hebb_blocks *blocks = &search->blocks[from->steps];
    const bool zeros = j == blocks->n_blocks;
    const int size = zeros ? blocks->n_zero : blocks->size[j];
    int at = -1;
    for (int i = 0; i < j; i++) at += blocks->size[i];
    hebb_status status = HEBB_OK;
    for (int first = 1; first <= (zeros ? size : size - 1); first++)
        for (size_t d = 0; d < sizeof distance / sizeof *distance && status == HEBB_OK; d++) {
            double a[HEBB_MAX_MIXED] = {0};
            const int second = size - first;
            const double shift = distance[d] / sqrt(zeros ? first : (double)first * second * size);
            for (int i = 0; i < blocks->n_blocks; i++) a[i < j ? i : i + 1] = from->a[i];
            a[j] = zeros ? shift : from->a[j] + shift * second;
            if (!zeros) a[j + 1] = from->a[j] - shift * first;
            status = try_start(search, T, from->steps | 1U << (at + first), a);
        }
    return status;
}

hebb_status hebb_search_neighbours(hebb_search *search, double T)
{
    hebb_status status = HEBB_OK;
    for (size_t i = 0; i < search->n && status == HEBB_OK; i++) {
        const hebb_search_solution from = search->list[i]; /* the list may move */
        const hebb_blocks *blocks = &search->blocks[from.steps];
        for (int j = 0; j <= blocks->n_blocks && status == HEBB_OK; j++)
            if (j == blocks->n_blocks ? blocks->n_zero > 0 : blocks->size[j] > 1)
                status = try_split(search, T, &from, j);
    }
    return status;
}

/* Tries starts along the eigenvectors within the subspace, both ways. */
static hebb_status try_along(hebb_search *search, double T, const hebb_search_solution *from)
{
    static const double distance[] = {3e-4, 0.001, 0.003, 0.01, 0.03};
    const hebb_blocks *blocks = &search->blocks[from->steps];
    hebb_status status = HEBB_OK;
    for (int i = 0; i < blocks->n_blocks; i++)
        for (size_t d = 0; d < 2 * (sizeof distance / sizeof *distance) && status == HEBB_OK; d++) {
            double a[HEBB_MAX_MIXED] = {0};
            const double shift = d % 2 ? -distance[d / 2] : distance[d / 2];
            for (int j = 0; j < blocks->n_blocks; j++) a[j] = from->a[j] + shift * from->spectrum.vectors[i][j];
            status = try_start(search, T, from->steps, a);
        }
    return status;
}

hebb_status hebb_search_along(hebb_search *search, double T)
{
    hebb_status status = HEBB_OK;
    for (size_t i = 0; i < search->n && status == HEBB_OK; i++) {
        const hebb_search_solution from = search->list[i]; /* the list may move */
        status = try_along(search, T, &from);
    }
    return status;
}

static int n_negative(const hebb_blocks *blocks, const hebb_blocks_spectrum *spectrum)
{
    int n = 0;
    while (n < blocks->n_blocks && spectrum->values[n] < 0.0) n++;
    return n;
}

/*
 * One step from T to next by the tangent and Newton's iteration.  Refused when the solution found is far from the
 * tangent, or has another number of negative eigenvalues within its blocks: that is another solution, as the number
 * changes nowhere but at a fold.
 */
static bool step_to(const hebb_blocks *blocks, double care, double T, double next, const hebb_search_solution *at,
                    hebb_search_solution *to)
{
    double slope[HEBB_MAX_MIXED];
    if (hebb_blocks_tangent(blocks, T, at->a, slope) != HEBB_OK) return false;
    *to = *at;
    for (int j = 0; j < blocks->n_blocks; j++) to->a[j] = at->a[j] + (next - T) * slope[j];
    if (hebb_blocks_newton(blocks, next, to->a, 0.02, 10) != HEBB_OK || !is_ordered(blocks, to->a)) return false;
    double moved = 0.0;
    double missed = 0.0;
    for (int j = 0; j < blocks->n_blocks; j++) {
        moved = fmax(moved, fabs((next - T) * slope[j]));
        missed = fmax(missed, fabs(to->a[j] - at->a[j] - (next - T) * slope[j]));
    }
    if (missed > 0.1 * moved + care) return false;
    if (hebb_blocks_hessian(blocks, next, to->a, NULL, &to->spectrum) != HEBB_OK) return false;
    return n_negative(blocks, &to->spectrum) == n_negative(blocks, &at->spectrum);
}

/* Whether an eigenvalue across block j (the zeros: n_blocks) has another sign: something branched off in between. */
static bool has_turned(const hebb_blocks *blocks, const hebb_blocks_spectrum *x, const hebb_blocks_spectrum *y, int j)
{
    return j == blocks->n_blocks ? (x->zero < 0.0) != (y->zero < 0.0) : (x->split[j] < 0.0) != (y->split[j] < 0.0);
}

/* Whether anything may have branched off between x and y. */
static bool has_turned_anywhere(const hebb_blocks *blocks, const hebb_blocks_spectrum *x, const hebb_blocks_spectrum *y)
{
    for (int j = 0; j <= blocks->n_blocks; j++)
        if (has_turned(blocks, x, y, j)) return true;
    return false;
}

/*
 * Follows a solution from T to `target`, with steps that are halved where one is refused, or where one on which
 * something branched off is long; adds it to `end` if it gets there, and the branches, each followed in its turn.
 */
static hebb_status follow(const hebb_search *search, hebb_search *end, double T, double target, hebb_search_solution at)
{
    const hebb_blocks *blocks = &search->blocks[at.steps];
    hebb_status status = HEBB_OK;
    double step = target - T;
    while (T != target && status == HEBB_OK) {
        const double next = fabs(step) >= fabs(target - T) ? target : T + step;
        hebb_search_solution to;
        const bool taken = step_to(blocks, search->care, T, next, &at, &to);
        const bool turned = taken && has_turned_anywhere(blocks, &at.spectrum, &to.spectrum);
        if (!taken || (turned && fabs(next - T) > NEAR * T)) {
            step = 0.5 * (next - T);
            if (fabs(step) < SHORTEST * T) return HEBB_OK; /* it ended */
            continue;
        }
        hebb_search branches = {.n_patterns = search->n_patterns, .care = search->care, .blocks = search->blocks};
        for (int j = 0; turned && j <= blocks->n_blocks && status == HEBB_OK; j++)
            if (has_turned(blocks, &at.spectrum, &to.spectrum, j)) status = try_split(&branches, next, &to, j);
        for (size_t i = 0; i < branches.n && status == HEBB_OK; i++)
            status = follow(search, end, next, target, branches.list[i]);
        free(branches.list);
        at = to;
        T = next;
        step *= 2.0;
    }
    return status == HEBB_OK ? hebb_search_add(end, target, at.steps, at.a) : status;
}

hebb_status hebb_search_follow(hebb_search *search, double T, double target)
{
    hebb_search end = {.n_patterns = search->n_patterns, .care = search->care, .blocks = search->blocks};
    hebb_status status = HEBB_OK;
    for (size_t i = 0; i < search->n && status == HEBB_OK; i++)
        status = follow(search, &end, T, target, search->list[i]);
    free(search->list);
    *search = end;
    return status;
}

bool hebb_search_is_complete(const hebb_search *search, double T)
{
    for (int p = 1; p <= search->n_patterns; p++) {
        double sum = 0.0;
        for (size_t i = 0; i < search->n; i++) {
            const unsigned steps = search->list[i].steps;
            if (steps >= 1U << p) continue; /* more than p patterns take part */
            hebb_blocks blocks;
            hebb_blocks_spectrum spectrum;
            hebb_blocks_init(&blocks, p, steps);
            if (hebb_blocks_hessian(&blocks, T, search->list[i].a, NULL, &spectrum) != HEBB_OK) return false;
            sum += (spectrum.index % 2 == 0 ? 1.0 : -1.0) * hebb_blocks_multiplicity(&blocks);
        }
        if (sum != 1.0) return false;
    }
    return true;
}
