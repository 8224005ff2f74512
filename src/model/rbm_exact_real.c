#include "rbm_exact_real.h"

#include <math.h>
#include <stdlib.h>

#include "boltzmann_exact.h"

/* The layers by their part, not by their names: "real" is integrated out. */
typedef struct {
    const hebb_rbm *rbm;
    bool hidden; /* is the real one */
    size_t n_real, n_other;
    double variance, other_variance;
    const double *real_bias, *other_bias;
} pair;

static pair pair_of(const hebb_rbm *rbm, bool hidden)
{
    return (pair){.rbm = rbm,
                  .hidden = hidden,
                  .n_real = hidden ? rbm->n_hidden : rbm->n_visible,
                  .n_other = hidden ? rbm->n_visible : rbm->n_hidden,
                  .variance = hidden ? rbm->sigma_h * rbm->sigma_h : rbm->sigma_v * rbm->sigma_v,
                  .other_variance = hidden ? rbm->sigma_v * rbm->sigma_v : rbm->sigma_h * rbm->sigma_h,
                  .real_bias = hidden ? rbm->hidden_bias : rbm->visible_bias,
                  .other_bias = hidden ? rbm->visible_bias : rbm->hidden_bias};
}

/* M_ka: real unit k, other unit a */
static double weight(const pair *p, size_t k, size_t a)
{
    return p->rbm->weights[p->hidden ? a * p->rbm->n_hidden + k : k * p->rbm->n_hidden + a];
}

/* variance M^T M -> couplings, n_other x n_other; other_bias + variance M^T real_bias -> biases */
static void integrate(const pair *p, double *couplings, double *biases)
{
    const size_t n = p->n_other;
    for (size_t a = 0; a < n; a++) biases[a] = p->other_bias[a];
    for (size_t ab = 0; ab < n * n; ab++) couplings[ab] = 0.0;
    for (size_t k = 0; k < p->n_real; k++)
        for (size_t a = 0; a < n; a++) {
            const double m = weight(p, k, a);
            biases[a] += p->variance * m * p->real_bias[k];
            for (size_t b = 0; b < n; b++) couplings[a * n + b] += m * weight(p, k, b);
        }
    for (size_t ab = 0; ab < n * n; ab++) couplings[ab] *= p->variance;
}

/* ln of the integral over the real units where the others are 0 */
static double log_alone(const pair *p)
{
    double sum = (double)p->n_real * (0.5 * log(p->variance) + 0.5 * log(2.0 * M_PI));
    for (size_t k = 0; k < p->n_real; k++) sum += 0.5 * p->variance * p->real_bias[k] * p->real_bias[k];
    return sum;
}

/* The real layer's averages, and the products, from those of the other layer: x = beta + M s, <s_a s_b> as products. */
static void spread(const pair *p, const double *means, const double *products, hebb_rbm_moments *moments)
{
    const size_t n = p->n_other;
    double *other = p->hidden ? moments->visible : moments->hidden,
           *real = p->hidden ? moments->hidden : moments->visible;
    for (size_t a = 0; a < n; a++) other[a] = means[a];
    for (size_t k = 0; k < p->n_real; k++) {
        double mean = p->real_bias[k];
        for (size_t a = 0; a < n; a++) mean += weight(p, k, a) * means[a];
        real[k] = p->variance * mean;
        for (size_t a = 0; a < n; a++) {
            double product = p->real_bias[k] * means[a];
            for (size_t b = 0; b < n; b++) product += weight(p, k, b) * products[b * n + a];
            moments->products[p->hidden ? a * p->rbm->n_hidden + k : k * p->rbm->n_hidden + a] = p->variance * product;
        }
    }
}

/* ---- one real layer ---- */

/* Averages of two parts of the states, of which the second has the share `share`, into the first. */
static void mix(size_t n, double share, double *first, const double *second)
{
    for (size_t k = 0; k < n; k++) first[k] += share * (second[k] - first[k]);
}

/* The last unit off, then on, if there is one too many to be free. */
static hebb_status enumerate(const hebb_boltzmann *machine, hebb_moments *found)
{
    const size_t n = machine->n_units;
    uint8_t clamped[HEBB_RBM_EXACT_MAX_UNITS] = {0};
    int8_t state[HEBB_RBM_EXACT_MAX_UNITS] = {0};
    if (n <= HEBB_EXACT_MAX_UNITS) return hebb_boltzmann_exact_moments(machine, 1.0, NULL, NULL, found);
    hebb_moments on = {0};
    clamped[n - 1] = 1;
    state[n - 1] = (int8_t)(machine->kind == HEBB_UNITS_SIGN ? -1 : 0);
    hebb_status status = hebb_moments_init(&on, n);
    if (status == HEBB_OK) status = hebb_boltzmann_exact_moments(machine, 1.0, clamped, state, found);
    state[n - 1] = 1;
    if (status == HEBB_OK) status = hebb_boltzmann_exact_moments(machine, 1.0, clamped, state, &on);
    if (status == HEBB_OK) {
        const double share = hebb_layer_mean(HEBB_LAYER_BINARY, 1.0, on.ln_z - found->ln_z);
        mix(n, share, found->means, on.means);
        mix(n * n, share, found->products, on.products);
        found->ln_z += hebb_layer_log_sum(HEBB_LAYER_BINARY, 1.0, on.ln_z - found->ln_z);
    }
    hebb_moments_free(&on);
    return status;
}

hebb_status hebb_rbm_exact_one_real(const hebb_rbm *rbm, double *ln_z, hebb_rbm_moments *moments)
{
    const pair p = pair_of(rbm, rbm->hidden_kind == HEBB_LAYER_GAUSSIAN);
    const size_t n = p.n_other;
    const bool is_sign = (p.hidden ? rbm->visible_kind : rbm->hidden_kind) == HEBB_LAYER_SIGN;
    hebb_boltzmann machine = {0};
    hebb_moments found = {0};
    hebb_status status =
        hebb_boltzmann_init(&machine, n, 0, 0, is_sign ? HEBB_UNITS_SIGN : HEBB_UNITS_BINARY, HEBB_LINKS_FULL);
    if (status == HEBB_OK) status = hebb_moments_init(&found, n);
    if (status != HEBB_OK) goto out;
    integrate(&p, machine.weights, machine.biases);
    double constant = log_alone(&p);
    for (size_t a = 0; a < n; a++) { /* s_a^2 is 1, or s_a */
        const double half = 0.5 * machine.weights[a * n + a];
        machine.weights[a * n + a] = 0.0;
        *(is_sign ? &constant : machine.biases + a) += half;
    }
    status = enumerate(&machine, &found);
    if (status != HEBB_OK) goto out;
    *ln_z = found.ln_z + constant;
    if (moments != NULL) spread(&p, found.means, found.products, moments);
out:
    hebb_moments_free(&found);
    hebb_boltzmann_free(&machine);
    return status;
}

/* ---- two ---- */

/* a = L L^T in place, its lower triangle.  False where a is not positive definite. */
static bool decompose(size_t n, double *a)
{
    for (size_t j = 0; j < n; j++) {
        for (size_t i = j; i < n; i++) {
            double sum = a[i * n + j];
            for (size_t k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
            if (i == j && !(sum > 0.0)) return false;
            a[i * n + j] = i == j ? sqrt(sum) : sum / a[j * n + j];
        }
    }
    return true;
}

/* x <- (L L^T)^-1 x */
static void solve(size_t n, const double *l, double *x)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) x[i] -= l[i * n + k] * x[k];
        x[i] /= l[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++) x[i] -= l[k * n + i] * x[k];
        x[i] /= l[i * n + i];
    }
}

hebb_status hebb_rbm_exact_both_real(const hebb_rbm *rbm, double *ln_z, hebb_rbm_moments *moments)
{
    const pair p = pair_of(rbm, rbm->n_hidden >= rbm->n_visible);
    const size_t n = p.n_other;
    double *t = malloc(n * n * sizeof *t), *biases = malloc(n * sizeof *biases), *means = malloc(n * sizeof *means),
           *products = malloc(n * n * sizeof *products);
    hebb_status status = HEBB_OK;
    if (t == NULL || biases == NULL || means == NULL || products == NULL) {
        status = hebb_fail(HEBB_ENOMEM, "no memory for the covariances of %zu units", n);
        goto out;
    }
    integrate(&p, t, biases);
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) t[a * n + b] = (a == b ? 1.0 / p.other_variance : 0.0) - t[a * n + b];
    if (!decompose(n, t)) {
        status =
            hebb_fail(HEBB_EDOM, "the weights are too large for Gaussian units: no partition function exists where "
                                 "sigma_v sigma_h times a singular value reaches 1");
        goto out;
    }
    double sum = log_alone(&p) + 0.5 * (double)n * log(2.0 * M_PI);
    for (size_t a = 0; a < n; a++) means[a] = biases[a];
    solve(n, t, means);
    for (size_t a = 0; a < n; a++) sum += 0.5 * means[a] * biases[a] - log(t[a * n + a]);
    *ln_z = sum;
    if (moments == NULL) goto out;
    for (size_t a = 0; a < n; a++) {
        double *row = products + a * n;
        for (size_t b = 0; b < n; b++) row[b] = a == b ? 1.0 : 0.0;
        solve(n, t, row);
        for (size_t b = 0; b < n; b++) row[b] += means[a] * means[b];
    }
    spread(&p, means, products, moments);
out:
    free(t);
    free(biases);
    free(means);
    free(products);
    return status;
}
