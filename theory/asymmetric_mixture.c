#include "asymmetric_mixture.h"

#include <math.h>
#include <stdlib.h>

#include "ground_mixture.h"
#include "mixture.h"
#include "mixture_search.h"
#include "pattern_blocks.h"

/* Below 1/20 of the smallest field the spins that feel one are saturated: exp(-2 * 20) is below rounding. */
#define COLD (1.0 / 20.0)

/* Below, eigenvalues of order 1 and of order 1/T would not fit into one matrix. */
#define COLDEST 1e-9

/* Steps in T on the way, after each of which solutions that have met are taken for one. */
#define GRID_RATIO 1.2

/* Where the way down starts: close enough to T = 1 that nothing but symmetric mixtures is there. */
#define WARM 0.99

/* M = 0 and the symmetric mixtures. */
static hebb_status add_symmetric(hebb_search *search, double T)
{
    hebb_status status = hebb_search_add(search, T, 0, (double[]){0.0});
    for (int order = 1; order <= search->n_patterns && status == HEBB_OK; order++) {
        hebb_mixture mixture;
        status = hebb_mixture_solve(order, T, &mixture);
        if (status == HEBB_OK) status = hebb_search_add(search, T, 1U << (order - 1), &mixture.m);
    }
    return status;
}

static hebb_status follow(hebb_search *search, double from, double T)
{
    hebb_status status = HEBB_OK;
    while (from != T && status == HEBB_OK) {
        const double next = from < T ? fmin(T, from * GRID_RATIO) : fmax(T, from / GRID_RATIO);
        status = hebb_search_follow(search, from, next);
        from = next;
    }
    return status;
}

/* From the cold up to T. */
static hebb_status climb(hebb_search *search, const hebb_ground_mixture *ground, size_t n, double cold, double T)
{
    hebb_status status = HEBB_OK;
    for (size_t i = 0; i < n && status == HEBB_OK; i++) {
        double a[HEBB_MAX_MIXED];
        double v[HEBB_MAX_MIXED] = {0};
        status = hebb_ground_mixture_slope(search->n_patterns, &ground[i], cold, v);
        for (int j = 0; j < HEBB_MAX_MIXED; j++) a[j] = ground[i].a[j] + cold * v[j];
        if (status == HEBB_OK) status = hebb_search_add(search, cold, ground[i].steps, a);
    }
    return status == HEBB_OK ? follow(search, cold, T) : status;
}

/* From T close to 1 down to T. */
static hebb_status descend(hebb_search *search, double T)
{
    const double start = fmax(T, WARM);
    const hebb_status status = add_symmetric(search, start);
    return status == HEBB_OK ? follow(search, start, T) : status;
}

/* The solutions at T, 0 < T < 1, above the cold, from below, from above and in each other's neighbourhood. */
static hebb_status gather(hebb_search *search, const hebb_ground_mixture *ground, size_t n, double cold, double T)
{
    hebb_search above;
    hebb_status status = hebb_search_init(&above, search->n_patterns, search->care);
    if (status == HEBB_OK) status = descend(&above, T);
    if (status == HEBB_OK) status = climb(search, ground, n, cold, T);
    if (status == HEBB_OK) status = add_symmetric(search, T);
    for (size_t i = 0; i < above.n && status == HEBB_OK; i++)
        status = hebb_search_add(search, T, above.list[i].steps, above.list[i].a);
    hebb_search_free(&above);
    if (status == HEBB_OK) status = hebb_search_neighbours(search, T);
    return status == HEBB_OK ? hebb_search_along(search, T) : status;
}

/* Two solutions may have the same f at T = 0. */
static int by_free_energy(const void *x, const void *y)
{
    const hebb_asymmetric_mixture *a = x;
    const hebb_asymmetric_mixture *b = y;
    if (a->f != b->f) return a->f < b->f ? -1 : 1;
    for (int i = 0; i < HEBB_MAX_MIXED; i++)
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
                                     .stable = spectrum->min > 0.0};
    int at = 0;
    for (int j = 0; j < blocks->n_blocks; j++)
        for (int i = 0; i < blocks->size[j]; i++) row->m[at++] = a[j] + (v != NULL ? T * v[j] : 0.0);
}

/* The Hessian is 1 - A/T, where A does not change any more below the coldest T. */
static hebb_status write_cold(int n_patterns, const hebb_ground_mixture *ground, double T, hebb_asymmetric_mixture *row)
{
    hebb_blocks blocks;
    hebb_blocks_spectrum spectrum;
    double v[HEBB_MAX_MIXED] = {0};
    hebb_blocks_init(&blocks, n_patterns, ground->steps);
    hebb_status status = hebb_ground_mixture_slope(n_patterns, ground, T, v);
    if (status == HEBB_OK) status = hebb_blocks_hessian(&blocks, fmax(T, COLDEST), ground->a, v, &spectrum);
    if (status != HEBB_OK) return status;
    if (T < COLDEST && ground->has_zero_fields) spectrum.min = 1.0 - (1.0 - spectrum.min) * (COLDEST / T);
    write_row(&blocks, T, ground->a, v, &spectrum, row);
    if (T == 0.0) row->f = ground->e;
    return HEBB_OK;
}

static hebb_status fill_cold(const hebb_ground_mixture *ground, size_t n, hebb_asymmetric_set *set)
{
    hebb_status status = HEBB_OK;
    set->list = malloc(n * sizeof *set->list);
    if (set->list == NULL) return HEBB_ENOMEM;
    set->n = n;
    set->is_complete = true;
    for (size_t i = 0; i < n && status == HEBB_OK; i++)
        status = write_cold(set->n_patterns, &ground[i], set->temperature, &set->list[i]);
    return status;
}

static void write_warm(const hebb_search *search, hebb_asymmetric_set *set)
{
    for (size_t i = 0; i < search->n; i++) {
        const hebb_search_solution *at = &search->list[i];
        write_row(&search->blocks[at->steps], set->temperature, at->a, NULL, &at->spectrum, &set->list[i]);
    }
}

/* With more and more care until the index sums are right. */
static hebb_status fill_warm(const hebb_ground_mixture *ground, size_t n, double cold, hebb_asymmetric_set *set)
{
    static const double care[] = {2e-5, 2e-6, 2e-7};
    const double T = set->temperature;
    hebb_status status = HEBB_OK;
    for (size_t trial = 0; trial < sizeof care / sizeof *care && status == HEBB_OK && !set->is_complete; trial++) {
        hebb_search search;
        hebb_asymmetric_set_free(set);
        status = hebb_search_init(&search, set->n_patterns, care[trial]);
        if (status == HEBB_OK) /* f is convex for T >= 1 */
            status = T >= 1.0 ? hebb_search_add(&search, T, 0, (double[]){0.0}) : gather(&search, ground, n, cold, T);
        if (status == HEBB_OK && (set->list = malloc(search.n * sizeof *set->list)) == NULL) status = HEBB_ENOMEM;
        if (status == HEBB_OK) {
            set->n = search.n;
            set->is_complete = hebb_search_is_complete(&search, T);
            write_warm(&search, set);
        }
        hebb_search_free(&search);
    }
    return status;
}

hebb_status hebb_asymmetric_mixtures(int n_patterns, double T, hebb_asymmetric_set *set)
{
    *set = (hebb_asymmetric_set){.n_patterns = n_patterns, .temperature = T};
    if (n_patterns < 1 || n_patterns > HEBB_MAX_MIXED || !(T >= 0.0) || isinf(T)) return HEBB_EDOM;
    hebb_ground_mixture *ground = NULL;
    size_t n = 0;
    hebb_status status = hebb_ground_mixtures(n_patterns, &ground, &n);
    if (status != HEBB_OK) return status;
    double cold = 1.0;
    for (size_t i = 0; i < n; i++) cold = fmin(cold, COLD * ground[i].smallest_field);
    status = T <= cold ? fill_cold(ground, n, set) : fill_warm(ground, n, cold, set);
    free(ground);
    if (status == HEBB_OK)
        qsort(set->list, set->n, sizeof *set->list, by_free_energy);
    else
        hebb_asymmetric_set_free(set);
    return status;
}

void hebb_asymmetric_set_free(hebb_asymmetric_set *set)
{
    free(set->list);
    set->list = NULL;
    set->n = 0;
}
