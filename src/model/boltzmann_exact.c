#include "boltzmann_exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "softmax.h"

/* Units whose states have a table, 32 KiB of it, and steps of the others between two sums from the beginning. */
enum { MAX_LOW = 12, ANEW = 64 };

hebb_status hebb_moments_init(hebb_moments *moments, size_t n_units)
{
    *moments =
        (hebb_moments){.means = calloc(n_units, sizeof(double)), .products = calloc(n_units * n_units, sizeof(double))};
    if (moments->means != NULL && moments->products != NULL) return HEBB_OK;
    hebb_moments_free(moments);
    return hebb_fail(HEBB_ENOMEM, "no memory for the correlations of %zu units", n_units);
}

void hebb_moments_free(hebb_moments *moments)
{
    free(moments->means);
    free(moments->products);
    *moments = (hebb_moments){0};
}

/* ---- room ---- */

hebb_status hebb_boltzmann_exact_init(hebb_boltzmann_exact *exact, size_t n_units)
{
    const size_t n = n_units < HEBB_EXACT_MAX_UNITS ? n_units : HEBB_EXACT_MAX_UNITS;
    const size_t n_low = n < MAX_LOW ? n : MAX_LOW;
    const size_t n_low_states = (size_t)1 << n_low, n_high_states = (size_t)1 << (n - n_low);
    const size_t n_fold = n_low_states > n_high_states ? n_low_states : n_high_states;
    const size_t numbers = 2 * n * n + n + 3 * n_low_states + n_low + n_high_states * (2 + n_low) + n_fold;
    *exact = (hebb_boltzmann_exact){
        .n_units = n_units, .units = calloc(n + 1, sizeof *exact->units), .room = calloc(numbers, sizeof(double))};
    if (exact->units == NULL || exact->room == NULL) {
        hebb_boltzmann_exact_free(exact);
        return hebb_fail(HEBB_ENOMEM, "no memory to enumerate the states of %zu units", n);
    }
    double *next = exact->room;
    exact->low = next;
    exact->block = next += n_low_states;
    exact->law = next += n_low_states;
    exact->fold = next += n_low_states;
    exact->sums = next += n_fold;
    exact->largest = next += n_high_states * (1 + n_low);
    exact->links = next += n_high_states;
    exact->pairs = next += n * n;
    exact->biases = next += n * n;
    exact->fields = next + n;
    return HEBB_OK;
}

void hebb_boltzmann_exact_free(hebb_boltzmann_exact *exact)
{
    free(exact->units);
    free(exact->room);
    *exact = (hebb_boltzmann_exact){0};
}

/* ---- the machine at hand ---- */

static bool is_free(const uint8_t *is_clamped, size_t unit)
{
    return is_clamped == NULL || !is_clamped[unit];
}

/* The free units from `first` to `last` - 1 get the next bits. */
static void take_units(hebb_boltzmann_exact *exact, const uint8_t *is_clamped, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++)
        if (is_free(is_clamped, i)) exact->units[exact->n_free++] = i;
}

/*
 * -E/T of a state of the free units as ln0 + sum biases x + sum links x x, x = 0 or 1.  Returns a bound of its size:
 * not a finite number where one of the machine's is none.
 */
static double reduce(hebb_boltzmann_exact *exact, const hebb_boltzmann *machine, double temperature,
                     const uint8_t *is_clamped, const int8_t *state)
{
    const size_t n = machine->n_units, n_free = exact->n_free;
    const double step = exact->step, off = exact->off;
    double ln0 = 0.0, bound = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double *row = machine->weights + i * n, s = is_free(is_clamped, i) ? off : state[i];
        double field = machine->biases[i];
        for (size_t j = 0; j < i; j++) field += row[j] * (is_free(is_clamped, j) ? off : state[j]);
        ln0 += field * s / temperature;
        bound += fabs(field / temperature);
    }
    for (size_t a = 0; a < n_free; a++) {
        const double *row = machine->weights + exact->units[a] * n;
        double field = machine->biases[exact->units[a]];
        for (size_t j = 0; j < n; j++) field += row[j] * (is_free(is_clamped, j) ? off : state[j]);
        exact->biases[a] = step * field / temperature;
        bound += fabs(exact->biases[a]);
        for (size_t b = 0; b < n_free; b++) {
            exact->links[a * n_free + b] = step * step * row[exact->units[b]] / temperature;
            bound += fabs(exact->links[a * n_free + b]);
        }
    }
    exact->ln0 = ln0;
    return bound;
}

/* The first n_kept units keep their order, after the others, which are summed over. */
static hebb_status prepare(hebb_boltzmann_exact *exact, const hebb_boltzmann *machine, double temperature,
                           const uint8_t *is_clamped, const int8_t *state, size_t n_kept)
{
    const size_t n = machine->n_units;
    size_t n_free = 0;
    for (size_t i = 0; i < n; i++) n_free += is_free(is_clamped, i);
    if (!(temperature > 0.0) || !isfinite(temperature))
        return hebb_fail(HEBB_EDOM, "a temperature of %g: it must be above 0 and finite", temperature);
    if (n_free > HEBB_EXACT_MAX_UNITS)
        return hebb_fail(HEBB_EDOM, "%zu free units: enumeration takes %d at most", n_free, HEBB_EXACT_MAX_UNITS);
    if (n_free > exact->n_units)
        return hebb_fail(HEBB_EDOM, "%zu free units: there is room for %zu", n_free, exact->n_units);
    exact->n_free = 0;
    exact->off = hebb_unit_off(machine->kind);
    exact->step = 1.0 - exact->off;
    take_units(exact, is_clamped, n_kept, n);
    take_units(exact, is_clamped, 0, n_kept);
    exact->n_low = n_free < MAX_LOW ? n_free : MAX_LOW;
    if (!isfinite(reduce(exact, machine, temperature, is_clamped, state)))
        return hebb_fail(HEBB_EDOM, "energies over a temperature of %g are not finite numbers", temperature);
    return HEBB_OK;
}

/* sums[x] <- first + sum of fields[k] over the bits of x */
static void sum_subsets(size_t n_bits, double first, const double *fields, double *sums)
{
    sums[0] = first;
    for (size_t k = 0; k < n_bits; k++) {
        const size_t half = (size_t)1 << k;
        for (size_t x = 0; x < half; x++) sums[half + x] = sums[x] + fields[k];
    }
}

/* The low units' table: unit k's field from those below it is a sum over subsets too. */
static void fill_low(hebb_boltzmann_exact *exact)
{
    exact->low[0] = 0.0;
    for (size_t k = 0; k < exact->n_low; k++) {
        const size_t half = (size_t)1 << k;
        sum_subsets(k, exact->biases[k], exact->links + k * exact->n_free, exact->block);
        for (size_t x = 0; x < half; x++) exact->low[half + x] = exact->low[x] + exact->block[x];
    }
}

/* ---- blocks: a setting of the high units with all states of the low ones ---- */

typedef struct {
    size_t step, gray; /* of 2^n_high steps; bit k of gray: high unit k is on */
    double ln;         /* ln weight with all low units off */
} block_walk;

/* Field of the high units at bit `unit`, with its bias where it is one of them. */
static double field_of_high(const hebb_boltzmann_exact *exact, size_t gray, size_t unit)
{
    double field = unit < exact->n_low ? 0.0 : exact->biases[unit];
    const double *row = exact->links + unit * exact->n_free + exact->n_low;
    for (size_t k = 0; gray >> k != 0; k++)
        if (gray >> k & 1) field += row[k];
    return field;
}

static void sum_anew(hebb_boltzmann_exact *exact, block_walk *walk)
{
    for (size_t k = 0; k < exact->n_low; k++) exact->fields[k] = field_of_high(exact, walk->gray, k);
    walk->ln = exact->ln0;
    for (size_t k = 0; walk->gray >> k != 0; k++)
        if (walk->gray >> k & 1)
            walk->ln += field_of_high(exact, walk->gray & (((size_t)1 << k) - 1), exact->n_low + k);
}

/* To the next setting, which differs in one unit.  Returns false after the last. */
static bool next_block(hebb_boltzmann_exact *exact, block_walk *walk)
{
    walk->step++;
    if (walk->step >> (exact->n_free - exact->n_low) != 0) return false;
    const size_t bit = (size_t)__builtin_ctzll(walk->step), unit = exact->n_low + bit;
    const double sign = walk->gray >> bit & 1 ? -1.0 : 1.0;
    const size_t others = walk->gray & ~((size_t)1 << bit);
    walk->gray ^= (size_t)1 << bit;
    if (walk->step % ANEW == 0) {
        sum_anew(exact, walk);
        return true;
    }
    walk->ln += sign * field_of_high(exact, others, unit);
    for (size_t k = 0; k < exact->n_low; k++) exact->fields[k] += sign * exact->links[unit * exact->n_free + k];
    return true;
}

static block_walk first_block(hebb_boltzmann_exact *exact)
{
    block_walk walk = {0};
    fill_low(exact);
    sum_anew(exact, &walk);
    return walk;
}

/* ln weights of the block's states. */
static void fill_block(hebb_boltzmann_exact *exact, const block_walk *walk)
{
    sum_subsets(exact->n_low, walk->ln, exact->fields, exact->block);
    for (size_t x = 0; x >> exact->n_low == 0; x++) exact->block[x] += exact->low[x];
}

/* ---- sums over the bits of an index ---- */

static double sum_of(size_t n, const double *x)
{
    double sum[8] = {0.0};
    size_t j = 0;
    for (; j + 8 <= n; j += 8)
        for (size_t k = 0; k < 8; k++) sum[k] += x[j + k];
    for (; j < n; j++) sum[j % 8] += x[j];
    return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/* on[k] <- sum of the x whose index has bit k; returns the sum of all.  Folds x up. */
static double fold_bits(size_t n_bits, double *x, double *on)
{
    for (size_t k = n_bits; k-- > 0;) {
        const size_t half = (size_t)1 << k;
        on[k] = sum_of(half, x + half);
        for (size_t j = 0; j < half; j++) x[j] += x[half + j];
    }
    return x[0];
}

/* pairs[(first + i) n + first + j] <- sum of the x whose index has bits i and j, j <= i.  Folds x up. */
static void fold_pairs(size_t n_bits, double *x, double *fold, size_t first, size_t n, double *pairs)
{
    for (size_t k = n_bits; k-- > 0;) {
        const size_t half = (size_t)1 << k;
        double *row = pairs + (first + k) * n + first;
        memcpy(fold, x + half, half * sizeof *fold);
        row[k] = fold_bits(k, fold, row);
        for (size_t j = 0; j < half; j++) x[j] += x[half + j];
    }
}

/* ---- moments ---- */

/* Adds a block's weights to the low units' law, which is in units of e^*scale, and keeps its sums. */
static void add_block(hebb_boltzmann_exact *exact, size_t gray, double *scale)
{
    const size_t n = (size_t)1 << exact->n_low;
    double largest, *sums = exact->sums + gray * (1 + exact->n_low);
    (void)hebb_softmax(n, exact->block, &largest);
    exact->largest[gray] = largest;
    if (largest > *scale) {
        hebb_softmax_scale(n, exp(*scale - largest), exact->law);
        *scale = largest;
    }
    const double factor = exp(largest - *scale);
    for (size_t x = 0; x < n; x++) exact->law[x] += factor * exact->block[x];
    sums[0] = fold_bits(exact->n_low, exact->block, sums + 1);
}

/* Pairs of a high unit with itself, with other high units and with low ones. */
static void fold_high(hebb_boltzmann_exact *exact)
{
    const size_t n_low = exact->n_low, n_high = exact->n_free - n_low, width = 1 + n_low, n = exact->n_free;
    for (size_t g = 0; g >> n_high == 0; g++) exact->largest[g] = exact->sums[g * width];
    fold_pairs(n_high, exact->largest, exact->fold, n_low, n, exact->pairs);
    for (size_t i = 0; i < n_low; i++) {
        double on[HEBB_EXACT_MAX_UNITS];
        for (size_t g = 0; g >> n_high == 0; g++) exact->fold[g] = exact->sums[g * width + 1 + i];
        (void)fold_bits(n_high, exact->fold, on);
        for (size_t k = 0; k < n_high; k++) exact->pairs[(n_low + k) * n + i] = on[k];
    }
}

/* Fills in the probabilities of pairs; returns ln Z. */
static double find_pairs(hebb_boltzmann_exact *exact)
{
    const size_t n_low = exact->n_low, n_high = exact->n_free - n_low, n = exact->n_free;
    double scale = -INFINITY;
    memset(exact->law, 0, sizeof(double) << n_low);
    block_walk walk = first_block(exact);
    do {
        fill_block(exact, &walk);
        add_block(exact, walk.gray, &scale);
    } while (next_block(exact, &walk));
    const double z = sum_of((size_t)1 << n_low, exact->law);
    for (size_t g = 0; g >> n_high == 0; g++) {
        const double factor = exp(exact->largest[g] - scale);
        for (size_t k = 0; k <= n_low; k++) exact->sums[g * (1 + n_low) + k] *= factor;
    }
    fold_pairs(n_low, exact->law, exact->fold, 0, n, exact->pairs);
    if (n_high > 0) fold_high(exact);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b <= a; b++) exact->pairs[a * n + b] /= z;
    return scale + log(z);
}

static void set_pair(size_t n, size_t i, size_t j, double value, double *products)
{
    products[i * n + j] = products[j * n + i] = value;
}

hebb_status hebb_boltzmann_exact_find_moments(hebb_boltzmann_exact *exact, const hebb_boltzmann *machine,
                                              double temperature, const uint8_t *is_clamped, const int8_t *state,
                                              hebb_moments *moments)
{
    const size_t n = machine->n_units;
    const hebb_status status = prepare(exact, machine, temperature, is_clamped, state, n);
    if (status != HEBB_OK) return status;
    moments->ln_z = find_pairs(exact);
    const size_t n_free = exact->n_free;
    const double off = exact->off, step = exact->step, *pairs = exact->pairs;
    for (size_t i = 0; i < n; i++)
        if (!is_free(is_clamped, i)) moments->means[i] = state[i];
    for (size_t a = 0; a < n_free; a++) moments->means[exact->units[a]] = off + step * pairs[a * n_free + a];
    if (n_free < n)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j <= i; j++) set_pair(n, i, j, moments->means[i] * moments->means[j], moments->products);
    for (size_t a = 0; a < n_free; a++)
        for (size_t b = 0; b <= a; b++) {
            const double on = pairs[a * n_free + a] + pairs[b * n_free + b], both = pairs[a * n_free + b];
            const double product =
                a == b ? off * off + (1.0 - off * off) * both : off * off + off * step * on + step * step * both;
            set_pair(n, exact->units[a], exact->units[b], product, moments->products);
        }
    return HEBB_OK;
}

hebb_status hebb_boltzmann_exact_moments(const hebb_boltzmann *machine, double temperature, const uint8_t *is_clamped,
                                         const int8_t *state, hebb_moments *moments)
{
    hebb_boltzmann_exact exact;
    hebb_status status = hebb_boltzmann_exact_init(&exact, machine->n_units);
    if (status == HEBB_OK)
        status = hebb_boltzmann_exact_find_moments(&exact, machine, temperature, is_clamped, state, moments);
    hebb_boltzmann_exact_free(&exact);
    return status;
}

/* ---- laws ---- */

/* ln(e^a + e^b) */
static double add_logarithms(double a, double b)
{
    const double larger = a > b ? a : b, smaller = a > b ? b : a;
    return isinf(smaller) ? larger : larger + log1p(exp(smaller - larger));
}

/* ln of the sum of e^x, summed in pieces, so that rounding does not grow with n. */
static double log_sum(size_t n, const double *x)
{
    enum { PIECE = 4096 };
    double largest = -INFINITY, sum = 0.0;
    for (size_t k = 0; k < n; k++) largest = x[k] > largest ? x[k] : largest;
    if (isinf(largest)) return largest;
    for (size_t first = 0; first < n; first += PIECE) {
        double piece = 0.0;
        for (size_t k = first; k < n && k < first + PIECE; k++) piece += exp(x[k] - largest);
        sum += piece;
    }
    return largest + log(sum);
}

/*
 * ln weights of the kept units' states; the first n_summed units are summed over: by groups of a block's states, or by
 * whole blocks where they are more than the low ones.
 */
static void fill_law(hebb_boltzmann_exact *exact, size_t n_summed, double *ln_p)
{
    const size_t n_bits = n_summed < exact->n_low ? n_summed : exact->n_low;
    const size_t n_group = (size_t)1 << n_bits, n_groups = (size_t)1 << (exact->n_low - n_bits);
    for (size_t k = 0; k >> (exact->n_free - n_summed) == 0; k++) ln_p[k] = -INFINITY;
    block_walk walk = first_block(exact);
    do {
        double *kept = ln_p + (walk.gray * n_groups >> (n_summed - n_bits));
        fill_block(exact, &walk);
        if (n_summed == 0) {
            memcpy(kept, exact->block, n_groups * sizeof *kept);
            continue;
        }
        for (size_t k = 0; k < n_groups; k++) {
            double largest;
            const double sum = hebb_softmax(n_group, exact->block + k * n_group, &largest);
            kept[k] = add_logarithms(kept[k], largest + log(sum));
        }
    } while (next_block(exact, &walk));
}

hebb_status hebb_boltzmann_exact_find_law(hebb_boltzmann_exact *exact, const hebb_boltzmann *machine,
                                          double temperature, const uint8_t *is_clamped, const int8_t *state,
                                          size_t n_kept, double *ln_p)
{
    const hebb_status status = prepare(exact, machine, temperature, is_clamped, state, n_kept);
    if (status != HEBB_OK) return status;
    size_t n_summed = 0;
    for (size_t i = n_kept; i < machine->n_units; i++) n_summed += is_free(is_clamped, i);
    const size_t n_states = (size_t)1 << (exact->n_free - n_summed);
    fill_law(exact, n_summed, ln_p);
    const double ln_z = log_sum(n_states, ln_p);
    for (size_t k = 0; k < n_states; k++) ln_p[k] -= ln_z;
    return HEBB_OK;
}

hebb_status hebb_boltzmann_exact_law(const hebb_boltzmann *machine, double temperature, const uint8_t *is_clamped,
                                     const int8_t *state, size_t n_kept, double *ln_p)
{
    hebb_boltzmann_exact exact;
    hebb_status status = hebb_boltzmann_exact_init(&exact, machine->n_units);
    if (status == HEBB_OK)
        status = hebb_boltzmann_exact_find_law(&exact, machine, temperature, is_clamped, state, n_kept, ln_p);
    hebb_boltzmann_exact_free(&exact);
    return status;
}

hebb_status hebb_boltzmann_exact_visible(const hebb_boltzmann *machine, double temperature, double *ln_p)
{
    return hebb_boltzmann_exact_law(machine, temperature, NULL, NULL, machine->n_visible, ln_p);
}

hebb_status hebb_boltzmann_exact_states(const hebb_boltzmann *machine, double temperature, double *ln_p)
{
    return hebb_boltzmann_exact_law(machine, temperature, NULL, NULL, machine->n_units, ln_p);
}

/* ---- divergences ---- */

static bool is_law(size_t n, const double *p)
{
    static const double TOLERANCE = 1e-9;
    double sum = 0.0;
    for (size_t k = 0; k < n; k++) {
        if (!(p[k] >= 0.0)) return false;
        sum += p[k];
    }
    return fabs(sum - 1.0) <= TOLERANCE;
}

double hebb_law_divergence(size_t n, const double *p, const double *ln_q)
{
    if (!is_law(n, p)) return NAN;
    double divergence = 0.0;
    for (size_t k = 0; k < n; k++)
        if (p[k] > 0.0) divergence += p[k] * (log(p[k]) - ln_q[k]);
    return divergence;
}
