#include "rbm_exact.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"
#include "parallel.h"
#include "rbm_exact_real.h"

/*
 * The states of the enumerated layer, as bits t = 0 or 1, are cut into parts: 4 bits that make a sixteen, 2 that make a four,
 * then "near", "far" and "unit" bits.  The odds e^{x_i} of the other layer's units are products, one factor a part, of
 * which each has a table; a unit's state costs a multiplication, an addition and a multiplication a unit of the other
 * layer.  Products are kept as mantissa and exponent, so nothing overflows and no logarithm is taken before the end.
 */
enum {
    SIXTEEN_BITS = 4,
    FOUR_BITS = 2,
    TABLE_BITS = 7,    /* of a near and a far part */
    MAX_UNIT_BITS = 5, /* units of work, which are summed in their order whatever the threads */
    FEW_BITS = 4,      /* near and far bits that a unit has at least, where there are as many */
    MOST_BETWEEN = 16, /* factors between two looks at the exponent */
};
#define MOST_ODDS 600.0 /* of |x|: all products of odds are normal numbers */

/* mantissa 2^exponent */
typedef struct {
    double mantissa;
    int64_t exponent;
} scaled;

/* ln weight = constant + sum_a linear_a t_a + sum_i ln(1 + e^{x_i}),   x_i = base_i + sum_a links[a n_other + i] t_a */
typedef struct {
    const hebb_rbm *rbm;
    bool hidden; /* is enumerated */
    size_t n_one, n_other, n_between;
    hebb_layer_kind one, other;
    double constant;
    double *linear, *base, *links;
    size_t near_bits, far_bits, unit_bits;
    double *sixteen, *far; /* 16 n_other: [16 i + l]; 2^far_bits x n_other */
    scaled linear_sixteen[16];
    scaled *units; /* 2^unit_bits: their sums */
    scaled total;
    double *shares; /* moments: for each unit of work (n_one + 1) rows of n_other, and n_one; NULL: not wanted */
    double *room;
} enumeration;

/* Whether the hidden layer is the one to enumerate. */
static bool enumerates_hidden(const hebb_rbm *rbm)
{
    if (rbm->hidden_kind == HEBB_LAYER_GAUSSIAN) return false;
    return rbm->visible_kind == HEBB_LAYER_GAUSSIAN || rbm->n_hidden <= rbm->n_visible;
}

static bool both_are_real(const hebb_rbm *rbm)
{
    return rbm->visible_kind == HEBB_LAYER_GAUSSIAN && rbm->hidden_kind == HEBB_LAYER_GAUSSIAN;
}

bool hebb_rbm_is_enumerable(const hebb_rbm *rbm)
{
    if (both_are_real(rbm)) return true;
    return (enumerates_hidden(rbm) ? rbm->n_hidden : rbm->n_visible) <= HEBB_RBM_EXACT_MAX_UNITS;
}

hebb_status hebb_rbm_moments_init(hebb_rbm_moments *moments, const hebb_rbm *rbm)
{
    *moments = (hebb_rbm_moments){.visible = calloc(rbm->n_visible, sizeof(double)),
                                  .hidden = calloc(rbm->n_hidden, sizeof(double)),
                                  .products = calloc(rbm->n_visible * rbm->n_hidden, sizeof(double))};
    if (moments->visible != NULL && moments->hidden != NULL && moments->products != NULL) return HEBB_OK;
    hebb_rbm_moments_free(moments);
    return hebb_fail(HEBB_ENOMEM, "no memory for averages of %zu x %zu units", rbm->n_visible, rbm->n_hidden);
}

void hebb_rbm_moments_free(hebb_rbm_moments *moments)
{
    free(moments->visible);
    free(moments->hidden);
    free(moments->products);
    *moments = (hebb_rbm_moments){0};
}

/* ---- the sum in bits ---- */

static scaled scaled_of(double ln)
{
    const double k = floor(ln / M_LN2);
    return (scaled){exp(ln - k * M_LN2), (int64_t)k};
}

/* 2^k, 0 for k < -1022; k <= 0 */
static double power_of_2(int64_t k)
{
    const uint64_t bits = k < -1022 ? 0 : (uint64_t)(k + 1023) << 52;
    double power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

static void add_scaled(scaled *sum, double mantissa, int64_t exponent)
{
    if (mantissa == 0.0) return;
    if (sum->mantissa == 0.0) sum->exponent = exponent;
    const int64_t difference = exponent - sum->exponent;
    if (difference > 0) {
        sum->mantissa *= power_of_2(-difference);
        sum->exponent = exponent;
    }
    sum->mantissa += mantissa * power_of_2(difference < 0 ? difference : 0);
}

/* Sign units are s = 2t - 1, and ln 2 cosh x = -x + ln(1 + e^{2x}). */
static void take_bits(enumeration *e)
{
    const hebb_rbm *rbm = e->rbm;
    const double *one_bias = e->hidden ? rbm->hidden_bias : rbm->visible_bias,
                 *other_bias = e->hidden ? rbm->visible_bias : rbm->hidden_bias;
    const double step = e->one == HEBB_LAYER_SIGN ? 2.0 : 1.0, factor = e->other == HEBB_LAYER_SIGN ? 2.0 : 1.0;
    e->constant = 0.0;
    for (size_t i = 0; i < e->n_other; i++) e->base[i] = factor * other_bias[i];
    for (size_t a = 0; a < e->n_one; a++) {
        e->linear[a] = step * one_bias[a];
        if (e->one == HEBB_LAYER_SIGN) e->constant -= one_bias[a];
        for (size_t i = 0; i < e->n_other; i++) {
            const double w = rbm->weights[e->hidden ? i * rbm->n_hidden + a : a * rbm->n_hidden + i];
            e->links[a * e->n_other + i] = factor * step * w;
            if (e->one == HEBB_LAYER_SIGN) e->base[i] -= factor * w;
            if (e->other == HEBB_LAYER_SIGN) e->linear[a] -= step * w;
        }
    }
    for (size_t i = 0; i < e->n_other && e->other == HEBB_LAYER_SIGN; i++) e->constant -= 0.5 * e->base[i];
}

/* The largest |x_i| there is, at most; no number where a weight or a bias is none. */
static double largest_field(const enumeration *e)
{
    double largest = 0.0, all = 0.0;
    for (size_t i = 0; i < e->n_other; i++) {
        double size = fabs(e->base[i]);
        for (size_t a = 0; a < e->n_one; a++) size += fabs(e->links[a * e->n_other + i]);
        all += size;
        if (size > largest) largest = size;
    }
    for (size_t a = 0; a < e->n_one; a++) all += fabs(e->linear[a]);
    return isfinite(all) ? largest : NAN;
}

static void free_enumeration(enumeration *e)
{
    free(e->room);
    free(e->units);
    *e = (enumeration){0};
}

/* Which bits are whose. */
static void divide(enumeration *e)
{
    const size_t n_low = SIXTEEN_BITS + FOUR_BITS, left = e->n_one > n_low ? e->n_one - n_low : 0;
    e->unit_bits = left <= FEW_BITS ? 0 : left - FEW_BITS < MAX_UNIT_BITS ? left - FEW_BITS : MAX_UNIT_BITS;
    e->far_bits = left - e->unit_bits < TABLE_BITS ? left - e->unit_bits : TABLE_BITS;
    e->near_bits = left - e->unit_bits - e->far_bits;
}

static hebb_status begin(const hebb_rbm *rbm, bool with_moments, enumeration *e)
{
    const bool hidden = enumerates_hidden(rbm);
    *e = (enumeration){.rbm = rbm,
                       .hidden = hidden,
                       .n_one = hidden ? rbm->n_hidden : rbm->n_visible,
                       .n_other = hidden ? rbm->n_visible : rbm->n_hidden,
                       .one = hidden ? rbm->hidden_kind : rbm->visible_kind,
                       .other = hidden ? rbm->visible_kind : rbm->hidden_kind};
    divide(e);
    const size_t n = e->n_one, m = e->n_other, n_units = (size_t)1 << e->unit_bits,
                 n_shares = with_moments ? n_units * ((n + 1) * m + n) : 0;
    e->room = calloc(n + m * (1 + n + 16 + ((size_t)1 << e->far_bits)) + n_shares, sizeof(double));
    e->units = calloc(n_units, sizeof *e->units);
    if (e->room == NULL || e->units == NULL) {
        free_enumeration(e);
        return hebb_fail(HEBB_ENOMEM, "no memory to enumerate the states of %zu units", n);
    }
    e->linear = e->room;
    e->base = e->linear + n;
    e->links = e->base + m;
    e->sixteen = e->links + n * m;
    e->far = e->sixteen + 16 * m;
    e->shares = with_moments ? e->far + (m << e->far_bits) : NULL;
    take_bits(e);
    const double largest = largest_field(e);
    if (!isfinite(largest)) return hebb_fail(HEBB_EDOM, "weights or biases that are not finite numbers");
    e->n_between = largest > MOST_ODDS ? 0 : (size_t)(1000.0 / (largest / M_LN2 + 1.0));
    if (e->n_between > MOST_BETWEEN) e->n_between = MOST_BETWEEN;
    return HEBB_OK;
}

/* e^{sum of links of the bits first .. first + n_bits - 1 that `state` has}, times `before` where that is there */
static void find_odds(const enumeration *e, size_t first, size_t n_bits, size_t state, const double *before,
                      double *odds, size_t stride)
{
    for (size_t i = 0; i < e->n_other; i++) {
        double x = before != NULL ? before[i] : 0.0;
        for (size_t k = 0; k < n_bits && first + k < e->n_one; k++)
            if (state >> k & 1) x += e->links[(first + k) * e->n_other + i];
        odds[stride * i] = exp(x);
    }
}

static double find_linear(const enumeration *e, size_t first, size_t n_bits, size_t state)
{
    double sum = 0.0;
    for (size_t k = 0; k < n_bits && first + k < e->n_one; k++)
        if (state >> k & 1) sum += e->linear[first + k];
    return sum;
}

static void fill_tables(enumeration *e)
{
    const size_t first_far = SIXTEEN_BITS + FOUR_BITS + e->near_bits;
    for (size_t l = 0; l < 16; l++) find_odds(e, 0, SIXTEEN_BITS, l, e->base, e->sixteen + l, 16);
    for (size_t f = 0; f >> e->far_bits == 0; f++)
        find_odds(e, first_far, e->far_bits, f, NULL, e->far + f * e->n_other, 1);
    for (size_t l = 0; l < 16; l++)
        e->linear_sixteen[l] =
            l >> e->n_one == 0 ? scaled_of(find_linear(e, 0, SIXTEEN_BITS, l)) : (scaled){.mantissa = 0.0};
}

/* ---- a unit of work: all states but for the unit bits ---- */

typedef struct {
    double *near;                 /* 4 n_other: odds of the four, near and unit bits */
    double *four;                 /* 4 n_other: of the far bits too */
    double *by_four, *by_sixteen; /* moments: 4 n_other, 16 n_other */
    double of_sixteen[16];        /* sums of probabilities */
} workplace;

static hebb_status make_workplace(void *context, void **workspace)
{
    const enumeration *e = context;
    const size_t n = e->n_other;
    workplace *made = calloc(1, sizeof *made);
    double *room = calloc((e->shares != NULL ? 28 : 8) * n, sizeof *room);
    if (room == NULL || made == NULL) {
        free(room);
        free(made);
        return hebb_fail(HEBB_ENOMEM, "no memory to enumerate the states of %zu units", e->n_one);
    }
    made->near = room;
    made->four = room + 4 * n;
    if (e->shares != NULL) made->by_four = room + 8 * n;
    if (e->shares != NULL) made->by_sixteen = room + 12 * n;
    *workspace = made;
    return HEBB_OK;
}

static void free_workplace(void *workspace)
{
    workplace *work = workspace;
    if (work != NULL) free(work->near);
    free(work);
}

/* Bit k of `high` is that of unit SIXTEEN_BITS + FOUR_BITS + k. */
typedef void (*visitor)(enumeration *e, workplace *work, size_t unit, size_t high, const scaled linear[4]);

/* Every four of the unit, with its odds in place. */
static void visit(enumeration *e, workplace *work, size_t unit, visitor look)
{
    const size_t n = e->n_other, n_low = SIXTEEN_BITS + FOUR_BITS;
    for (size_t near = 0; near >> e->near_bits == 0; near++) {
        const size_t without_far = near | unit << (e->near_bits + e->far_bits);
        double ln[4];
        for (size_t a = 0; a < 4; a++) {
            const size_t bits = a | without_far << FOUR_BITS;
            find_odds(e, SIXTEEN_BITS, e->n_one, bits, NULL, work->near + a, 4);
            ln[a] = find_linear(e, SIXTEEN_BITS, e->n_one, bits);
        }
        for (size_t far = 0; far >> e->far_bits == 0; far++) {
            const double *odds = e->far + far * n, more = find_linear(e, n_low + e->near_bits, e->far_bits, far);
            scaled linear[4];
            for (size_t a = 0; a < 4; a++)
                linear[a] = e->n_one >= n_low || (a << SIXTEEN_BITS) >> e->n_one == 0 ? scaled_of(ln[a] + more)
                                                                                      : (scaled){.mantissa = 0.0};
            for (size_t i = 0; i < n; i++)
                for (size_t a = 0; a < 4; a++) work->four[4 * i + a] = work->near[4 * i + a] * odds[i];
            look(e, work, unit, without_far | far << e->near_bits, linear);
        }
    }
}

/* The weights of 64 states. */
static void add_weights(enumeration *e, workplace *work, size_t unit, size_t high, const scaled linear[4])
{
    double mantissas[64];
    uint64_t exponents[64];
    (void)high;
    hebb_kernel_in_use()->multiply_odds(e->n_other, e->n_between, work->four, e->sixteen, mantissas, exponents);
    for (size_t s = 0; s < 64; s++) {
        const scaled *four = linear + s / 16, *sixteen = e->linear_sixteen + s % 16;
        add_scaled(e->units + unit, mantissas[s] * four->mantissa * sixteen->mantissa,
                   (int64_t)exponents[s] + four->exponent + sixteen->exponent);
    }
}

static hebb_status sum_unit(void *context, void *workspace, size_t unit)
{
    enumeration *e = context;
    visit(e, workspace, unit, add_weights);
    return HEBB_OK;
}

/* ---- moments of a unit of work ---- */

/* products: row a; others: row n_one; ones behind them. */
static double *shares_of(const enumeration *e, size_t unit)
{
    return e->shares + unit * ((e->n_one + 1) * e->n_other + e->n_one);
}

static void add_to(size_t n, const double *what, double *sums)
{
    for (size_t i = 0; i < n; i++) sums[i] += what[i];
}

/* The share of the states with unit a on. */
static void add_on(const enumeration *e, size_t unit, size_t a, double p, const double *shares)
{
    if (a >= e->n_one) return;
    shares_of(e, unit)[(e->n_one + 1) * e->n_other + a] += p;
    add_to(e->n_other, shares, shares_of(e, unit) + a * e->n_other);
}

static void add_shares(enumeration *e, workplace *work, size_t unit, size_t high, const scaled linear[4])
{
    const size_t n = e->n_other;
    double p[64], of_four[4] = {0};
    uint64_t exponents[64];
    hebb_kernel_in_use()->multiply_odds(n, e->n_between, work->four, e->sixteen, p, exponents);
    for (size_t s = 0; s < 64; s++) {
        const scaled *four = linear + s / 16, *sixteen = e->linear_sixteen + s % 16;
        const int64_t exponent = (int64_t)exponents[s] + four->exponent + sixteen->exponent - e->total.exponent;
        /* the sum's exponent is that of its largest term */
        p[s] *= four->mantissa * sixteen->mantissa / e->total.mantissa * power_of_2(exponent < 0 ? exponent : 0);
        of_four[s / 16] += p[s];
        work->of_sixteen[s % 16] += p[s];
    }
    hebb_kernel_in_use()->share_odds(n, work->four, e->sixteen, p, work->by_four, work->by_sixteen);
    double *sums = work->four; /* which has been used */
    for (size_t k = 0; k < FOUR_BITS; k++) {
        for (size_t i = 0; i < n; i++) sums[i] = work->by_four[4 * i + ((size_t)1 << k)] + work->by_four[4 * i + 3];
        add_on(e, unit, SIXTEEN_BITS + k, of_four[(size_t)1 << k] + of_four[3], sums);
    }
    for (size_t i = 0; i < n; i++) sums[i] += work->by_four[4 * i] + work->by_four[4 * i + 1];
    add_to(n, sums, shares_of(e, unit) + e->n_one * n);
    for (size_t k = 0; high >> k != 0; k++)
        if (high >> k & 1)
            add_on(e, unit, SIXTEEN_BITS + FOUR_BITS + k, (of_four[0] + of_four[1]) + (of_four[2] + of_four[3]), sums);
}

static hebb_status share_unit(void *context, void *workspace, size_t unit)
{
    enumeration *e = context;
    workplace *work = workspace;
    const size_t n = e->n_other;
    memset(work->by_sixteen, 0, 16 * n * sizeof(double));
    memset(work->of_sixteen, 0, sizeof work->of_sixteen);
    visit(e, work, unit, add_shares);
    for (size_t k = 0; k < SIXTEEN_BITS; k++) {
        double p = 0.0;
        for (size_t i = 0; i < n; i++) work->four[i] = 0.0;
        for (size_t l = 0; l < 16; l++) {
            if (!(l >> k & 1)) continue;
            p += work->of_sixteen[l];
            for (size_t i = 0; i < n; i++) work->four[i] += work->by_sixteen[16 * i + l];
        }
        add_on(e, unit, k, p, work->four);
    }
    return HEBB_OK;
}

/* ---- weights so large that their odds are no numbers: by logarithms, one state after the other ---- */

/* ln of a state's weight; x: n_other, the fields */
static double log_weight(const enumeration *e, size_t state, double *x)
{
    double sum = find_linear(e, 0, e->n_one, state);
    for (size_t i = 0; i < e->n_other; i++) {
        x[i] = e->base[i];
        for (size_t a = 0; a < e->n_one; a++)
            if (state >> a & 1) x[i] += e->links[a * e->n_other + i];
        sum += hebb_layer_log_sum(HEBB_LAYER_BINARY, 1.0, x[i]);
    }
    return sum;
}

static hebb_status sum_logarithms(enumeration *e)
{
    double largest = -INFINITY, sum = 0.0, *x = e->sixteen;
    for (size_t state = 0; state >> e->n_one == 0; state++) {
        const double ln = log_weight(e, state, x);
        if (ln > largest) sum *= exp(largest - ln);
        if (ln > largest) largest = ln;
        sum += exp(ln - largest);
    }
    e->total = (scaled){sum, 0};
    e->constant += largest;
    for (size_t state = 0; state >> e->n_one == 0 && e->shares != NULL; state++) {
        const double p = exp(log_weight(e, state, x) - largest) / sum;
        for (size_t i = 0; i < e->n_other; i++) x[i] = p * hebb_layer_mean(HEBB_LAYER_BINARY, 1.0, x[i]);
        add_to(e->n_other, x, e->shares + e->n_one * e->n_other);
        for (size_t a = 0; a < e->n_one; a++)
            if (state >> a & 1) add_on(e, 0, a, p, x);
    }
    return HEBB_OK;
}

/* ---- all ---- */

static hebb_status sum_odds(enumeration *e, int n_threads)
{
    const size_t n_units = (size_t)1 << e->unit_bits;
    hebb_parallel_work work = {
        .context = e, .workspace_make = make_workplace, .workspace_free = free_workplace, .run = sum_unit};
    fill_tables(e);
    hebb_status status = hebb_parallel_run(&work, n_units, n_threads > 1 ? n_threads : 1);
    e->total = (scaled){0.0, 0};
    for (size_t u = 0; u < n_units; u++) add_scaled(&e->total, e->units[u].mantissa, e->units[u].exponent);
    work.run = share_unit;
    if (status == HEBB_OK && e->shares != NULL)
        status = hebb_parallel_run(&work, n_units, n_threads > 1 ? n_threads : 1);
    return status;
}

/* From bits to units: s = alpha t + beta. */
static void take_moments(const enumeration *e, hebb_rbm_moments *moments)
{
    const size_t n = e->n_one, m = e->n_other, n_units = (size_t)1 << e->unit_bits;
    double *all = e->shares, *one = e->hidden ? moments->hidden : moments->visible,
           *other = e->hidden ? moments->visible : moments->hidden;
    const double alpha = e->one == HEBB_LAYER_SIGN ? 2.0 : 1.0, beta = 1.0 - alpha,
                 gamma = e->other == HEBB_LAYER_SIGN ? 2.0 : 1.0, delta = 1.0 - gamma;
    for (size_t u = 1; u < n_units; u++) add_to((n + 1) * m + n, shares_of(e, u), all);
    const double *others = all + n * m, *ones = others + m;
    for (size_t a = 0; a < n; a++) one[a] = alpha * ones[a] + beta;
    for (size_t i = 0; i < m; i++) other[i] = gamma * others[i] + delta;
    for (size_t a = 0; a < n; a++)
        for (size_t i = 0; i < m; i++)
            moments->products[e->hidden ? i * n + a : a * m + i] =
                alpha * gamma * all[a * m + i] + alpha * delta * ones[a] + beta * gamma * others[i] + beta * delta;
}

static hebb_status enumerate(const hebb_rbm *rbm, int n_threads, double *ln_z, hebb_rbm_moments *moments)
{
    enumeration e;
    hebb_status status = begin(rbm, moments != NULL, &e);
    if (status == HEBB_OK) status = e.n_between == 0 ? sum_logarithms(&e) : sum_odds(&e, n_threads);
    if (status == HEBB_OK) *ln_z = e.constant + (log(e.total.mantissa) + (double)e.total.exponent * M_LN2);
    if (status == HEBB_OK && moments != NULL) take_moments(&e, moments);
    free_enumeration(&e);
    return status;
}

static hebb_status find(const hebb_rbm *rbm, int n_threads, double *ln_z, hebb_rbm_moments *moments)
{
    if (both_are_real(rbm)) return hebb_rbm_exact_both_real(rbm, ln_z, moments);
    if (!hebb_rbm_is_enumerable(rbm))
        return hebb_fail(HEBB_EDOM, "%zu x %zu units: the smaller layer may have at most %d units to be enumerated",
                         rbm->n_visible, rbm->n_hidden, HEBB_RBM_EXACT_MAX_UNITS);
    if (rbm->visible_kind == HEBB_LAYER_GAUSSIAN || rbm->hidden_kind == HEBB_LAYER_GAUSSIAN)
        return hebb_rbm_exact_one_real(rbm, ln_z, moments);
    return enumerate(rbm, n_threads, ln_z, moments);
}

hebb_status hebb_rbm_log_partition(const hebb_rbm *rbm, int n_threads, double *ln_z)
{
    return find(rbm, n_threads, ln_z, NULL);
}

hebb_status hebb_rbm_exact_moments(const hebb_rbm *rbm, int n_threads, hebb_rbm_moments *moments)
{
    return find(rbm, n_threads, &moments->ln_z, moments);
}
