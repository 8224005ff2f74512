#include "asymmetric_mixture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ground_mixture.h"
#include "mixture.h"
#include "pattern_blocks.h"

/* Two values closer than this, relative to the largest, are one. */
#define SAME 1e-7

/* Below 1/20 of the smallest field the spins that feel one are saturated: exp(-2 * 20) is below rounding. */
#define COLD (1.0 / 20.0)

/* Steps in T on the way up, where branches are looked for. */
#define GRID_RATIO 1.2

typedef struct {
    unsigned steps; /* names the blocks */
    double a[HEBB_MAX_PATTERNS];
    hebb_blocks_spectrum spectrum;
} solution;

typedef struct {
    hebb_blocks *blocks; /* by their steps */
    solution *list;
    size_t n, room;
} search;

static hebb_status search_init(search *s, int n_patterns)
{
    *s = (search){0};
    s->blocks = malloc(sizeof *s->blocks << n_patterns);
    if (s->blocks == NULL) return HEBB_ENOMEM;
    for (unsigned steps = 0; steps < 1U << n_patterns; steps++)
        hebb_blocks_init(&s->blocks[steps], n_patterns, steps);
    return HEBB_OK;
}

static void search_free(search *s)
{
    free(s->blocks);
    free(s->list);
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

static bool is_known(const search *s, unsigned steps, const double *a)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->list[i].steps != steps) continue;
        double difference = 0.0;
        for (int j = 0; j < s->blocks[steps].n_blocks; j++)
            difference = fmax(difference, fabs(s->list[i].a[j] - a[j]));
        if (difference <= SAME * fabs(a[0])) return true;
    }
    return false;
}

/* Adds a solution at T unless it is known. */
static hebb_status add(search *s, double T, unsigned steps, const double *a)
{
    if (is_known(s, steps, a)) return HEBB_OK;
    if (s->n == s->room) {
        const size_t room = s->room == 0 ? 64 : 2 * s->room;
        solution *list = realloc(s->list, room * sizeof *list);
        if (list == NULL) return HEBB_ENOMEM;
        s->list = list;
        s->room = room;
    }
    solution *new = &s->list[s->n];
    *new = (solution){.steps = steps};
    for (int j = 0; j < s->blocks[steps].n_blocks; j++) new->a[j] = a[j];
    const hebb_status status = hebb_blocks_hessian(&s->blocks[steps], T, a, NULL, &new->spectrum);
    if (status == HEBB_OK) s->n++;
    return status;
}

/* Newton's iteration from a trial; what it leads to is added. */
static hebb_status try_start(search *s, double T, unsigned steps, const double *start)
{
    double a[HEBB_MAX_PATTERNS];
    const hebb_blocks *blocks = &s->blocks[steps];
    for (int j = 0; j < blocks->n_blocks; j++) a[j] = start[j];
    if (hebb_blocks_newton(blocks, T, a, 0.1) != HEBB_OK || !is_ordered(blocks, a)) return HEBB_OK;
    return add(s, T, steps, a);
}

/* Tries the neighbours of a solution in which block j, or the zeros for j = n_blocks, is split in two. */
static hebb_status try_split(search *s, double T, const solution *from, int j)
{
    static const double distance[] = {0.003, 0.02, 0.1};
    const hebb_blocks *blocks = &s->blocks[from->steps];
    const bool zeros = j == blocks->n_blocks;
    const int size = zeros ? blocks->n_zero : blocks->size[j];
    int at = -1;
    for (int i = 0; i < j; i++) at += blocks->size[i];
    hebb_status status = HEBB_OK;
    for (int first = 1; first <= (zeros ? size : size - 1); first++)
        for (size_t d = 0; d < sizeof distance / sizeof *distance && status == HEBB_OK; d++) {
            double a[HEBB_MAX_PATTERNS] = {0};
            const int second = size - first;
            const double shift = distance[d] / sqrt(zeros ? first : (double)first * second * size);
            for (int i = 0; i < blocks->n_blocks; i++) a[i < j ? i : i + 1] = from->a[i];
            a[j] = zeros ? shift : from->a[j] + shift * second;
            if (!zeros) a[j + 1] = from->a[j] - shift * first;
            status = try_start(s, T, from->steps | 1U << (at + first), a);
        }
    return status;
}

/* Splits of every solution from number `first` on, until no new ones appear. */
static hebb_status try_all_splits(search *s, double T, size_t first)
{
    hebb_status status = HEBB_OK;
    for (size_t i = first; i < s->n && status == HEBB_OK; i++) {
        const solution from = s->list[i]; /* the list may move */
        const hebb_blocks *blocks = &s->blocks[from.steps];
        for (int j = 0; j <= blocks->n_blocks && status == HEBB_OK; j++)
            if (j == blocks->n_blocks ? blocks->n_zero > 0 : blocks->size[j] > 1) status = try_split(s, T, &from, j);
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
 * Follows a solution from T to `target` by tangents and Newton's iteration.  A step is taken back and halved when the
 * solution found is far from the tangent, or has another number of negative eigenvalues within its blocks: that is
 * another solution, as the number changes nowhere but at a fold.  Returns whether the solution is still there.
 */
static bool follow(const hebb_blocks *blocks, double T, double target, solution *at)
{
    const int k = blocks->n_blocks;
    if (k == 0) return true;
    const int negative = n_negative(blocks, &at->spectrum);
    double step = target - T;
    while (T < target) {
        double slope[HEBB_MAX_PATTERNS];
        double a[HEBB_MAX_PATTERNS];
        double moved = 0.0;
        double missed = 0.0;
        hebb_blocks_spectrum spectrum;
        if (step < 1e-10 * T || hebb_blocks_tangent(blocks, T, at->a, slope) != HEBB_OK) return false;
        const double next = step >= target - T ? target : T + step;
        for (int j = 0; j < k; j++) a[j] = at->a[j] + (next - T) * slope[j];
        bool kept = hebb_blocks_newton(blocks, next, a, 0.02) == HEBB_OK && is_ordered(blocks, a);
        for (int j = 0; j < k; j++) {
            moved = fmax(moved, fabs((next - T) * slope[j]));
            missed = fmax(missed, fabs(a[j] - at->a[j] - (next - T) * slope[j]));
        }
        kept = kept && missed <= 0.2 * moved + 1e-4;
        kept = kept && hebb_blocks_hessian(blocks, next, a, NULL, &spectrum) == HEBB_OK;
        if (!kept || n_negative(blocks, &spectrum) != negative) {
            step *= 0.5;
            continue;
        }
        memcpy(at->a, a, sizeof at->a);
        at->spectrum = spectrum;
        T = next;
        step *= 2.0;
    }
    return true;
}

/* Whether an eigenvalue across block j (the zeros: n_blocks) has another sign: something branched off in between. */
static bool has_turned(const hebb_blocks *blocks, const hebb_blocks_spectrum *x, const hebb_blocks_spectrum *y, int j)
{
    return j == blocks->n_blocks ? (x->zero < 0.0) != (y->zero < 0.0) : (x->split[j] < 0.0) != (y->split[j] < 0.0);
}

/* All solutions from T to `target`, with those that branch off on the way. */
static hebb_status advance(search *s, double T, double target)
{
    search next = {.blocks = s->blocks};
    hebb_status status = HEBB_OK;
    for (size_t i = 0; i < s->n && status == HEBB_OK; i++) {
        const hebb_blocks *blocks = &s->blocks[s->list[i].steps];
        solution at = s->list[i];
        if (!follow(blocks, T, target, &at)) continue;
        status = add(&next, target, at.steps, at.a);
        for (int j = 0; j <= blocks->n_blocks && status == HEBB_OK; j++)
            if (has_turned(blocks, &s->list[i].spectrum, &at.spectrum, j)) status = try_split(&next, target, &at, j);
    }
    free(s->list);
    *s = next;
    return status;
}

/* Fills s with the solutions at T, above the cold. */
static hebb_status climb(search *s, const hebb_ground_mixture *ground, size_t n, double cold, double T)
{
    hebb_status status = HEBB_OK;
    for (size_t i = 0; i < n && status == HEBB_OK; i++) {
        double a[HEBB_MAX_PATTERNS];
        for (int j = 0; j < HEBB_MAX_PATTERNS; j++) a[j] = ground[i].a[j] + cold * ground[i].v[j];
        status = add(s, cold, ground[i].steps, a);
    }
    for (double at = cold; at < T && status == HEBB_OK;) {
        const double next = fmin(T, at * GRID_RATIO);
        status = advance(s, at, next);
        at = next;
    }
    const int n_patterns = s->blocks[0].n_patterns;
    for (int order = 1; order <= n_patterns && status == HEBB_OK; order++) {
        hebb_mixture mixture;
        status = hebb_mixture_solve(order, T, &mixture);
        if (status == HEBB_OK) status = add(s, T, 1U << (order - 1), &mixture.m);
    }
    return status == HEBB_OK ? try_all_splits(s, T, 0) : status;
}

/* Two solutions may have the same f at T = 0. */
static int by_free_energy(const void *x, const void *y)
{
    const hebb_asymmetric_mixture *a = x;
    const hebb_asymmetric_mixture *b = y;
    if (a->f != b->f) return a->f < b->f ? -1 : 1;
    for (int i = 0; i < HEBB_MAX_PATTERNS; i++)
        if (a->m[i] != b->m[i]) return a->m[i] > b->m[i] ? -1 : 1;
    return 0;
}

/* v is as in hebb_blocks_hessian. */
static void write_row(const hebb_blocks *blocks, double T, const double *a, const double *v,
                      const hebb_blocks_spectrum *spectrum, hebb_asymmetric_mixture *row)
{
    *row = (hebb_asymmetric_mixture){.multiplicity = hebb_blocks_multiplicity(blocks),
                                     .f = hebb_blocks_free_energy(blocks, T, a, v),
                                     .eig_min = spectrum->min,
                                     .index = spectrum->index,
                                     .stable = spectrum->index == 0};
    int at = 0;
    for (int j = 0; j < blocks->n_blocks; j++)
        for (int i = 0; i < blocks->size[j]; i++) row->m[at++] = a[j] + (v != NULL ? T * v[j] : 0.0);
}

/* At T = 0 the Hessian is that of any very low T, but for its size. */
static hebb_status write_cold(const search *s, const hebb_ground_mixture *ground, double T,
                              hebb_asymmetric_mixture *row)
{
    const hebb_blocks *blocks = &s->blocks[ground->steps];
    hebb_blocks_spectrum spectrum;
    const hebb_status status = hebb_blocks_hessian(blocks, T > 0.0 ? T : 1e-9, ground->a, ground->v, &spectrum);
    if (status != HEBB_OK) return status;
    if (T == 0.0) spectrum.min = ground->has_zero_fields ? -INFINITY : 1.0;
    write_row(blocks, T, ground->a, ground->v, &spectrum, row);
    return HEBB_OK;
}

/* The sums of (-1)^index over the solutions of the first p patterns, each p. */
static hebb_status check_index_sums(const search *s, double T, hebb_asymmetric_set *set)
{
    set->is_complete = true;
    for (int p = 1; p <= set->n_patterns; p++) {
        double sum = 0.0;
        for (size_t i = 0; i < s->n; i++) {
            const unsigned steps = s->list[i].steps;
            if (steps >= 1U << p) continue;
            hebb_blocks blocks;
            hebb_blocks_spectrum spectrum;
            hebb_blocks_init(&blocks, p, steps);
            const hebb_status status = hebb_blocks_hessian(&blocks, T, s->list[i].a, NULL, &spectrum);
            if (status != HEBB_OK) return status;
            sum += (spectrum.index % 2 == 0 ? 1.0 : -1.0) * hebb_blocks_multiplicity(&blocks);
        }
        if (sum != 1.0) set->is_complete = false;
    }
    return HEBB_OK;
}

static hebb_status fill(search *s, hebb_ground_mixture *ground, size_t n, double T, hebb_asymmetric_set *set)
{
    double cold = 1.0;
    for (size_t i = 0; i < n; i++) cold = fmin(cold, COLD * ground[i].smallest_field);
    hebb_status status = HEBB_OK;
    if (T >= 1.0) { /* f is convex */
        status = add(s, T, 0, (double[]){0.0});
    } else if (T > cold)
        status = climb(s, ground, n, cold, T);
    if (status != HEBB_OK) return status;
    set->n = T > cold ? s->n : n;
    set->list = malloc(set->n * sizeof *set->list);
    if (set->list == NULL) return HEBB_ENOMEM;
    for (size_t i = 0; i < set->n && status == HEBB_OK; i++) {
        if (T <= cold)
            status = write_cold(s, &ground[i], T, &set->list[i]);
        else
            write_row(&s->blocks[s->list[i].steps], T, s->list[i].a, NULL, &s->list[i].spectrum, &set->list[i]);
    }
    set->is_complete = T <= cold;
    if (status == HEBB_OK && T > cold) status = check_index_sums(s, T, set);
    if (status == HEBB_OK) qsort(set->list, set->n, sizeof *set->list, by_free_energy);
    return status;
}

hebb_status hebb_asymmetric_mixtures(int n_patterns, double T, hebb_asymmetric_set *set)
{
    *set = (hebb_asymmetric_set){.n_patterns = n_patterns, .temperature = T};
    if (n_patterns < 1 || n_patterns > HEBB_MAX_PATTERNS || !(T >= 0.0) || isinf(T)) return HEBB_EDOM;
    search s;
    hebb_ground_mixture *ground = NULL;
    size_t n = 0;
    hebb_status status = search_init(&s, n_patterns);
    if (status == HEBB_OK) status = hebb_ground_mixtures(n_patterns, &ground, &n);
    if (status == HEBB_OK) status = fill(&s, ground, n, T, set);
    free(ground);
    search_free(&s);
    if (status != HEBB_OK) hebb_asymmetric_set_free(set);
    return status;
}

void hebb_asymmetric_set_free(hebb_asymmetric_set *set)
{
    free(set->list);
    set->list = NULL;
    set->n = 0;
}
