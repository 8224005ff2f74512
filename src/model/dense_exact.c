#include "dense_exact.h"

#include <gmp.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(GMP_NUMB_BITS == 64 && sizeof(mp_limb_t) == sizeof(uint64_t), "limbs are 64 bits");

static size_t limbs_of(hebb_interaction interaction, size_t n_neurons)
{
    if (interaction.kind == HEBB_INTERACTION_EXPONENTIAL) return HEBB_EXACT_LIMBS;
    const double bits =
        interaction.degree * log2((double)n_neurons + 2.0) + 28.0; /* sum |c(x - 1) - c(x + 1)| <= 2 K */
    return (size_t)(bits / 64.0) + 1;
}

hebb_status hebb_dense_exact_init(hebb_dense_exact *exact, size_t n_neurons, size_t n_patterns,
                                  hebb_interaction interaction)
{
    const size_t n_limbs = limbs_of(interaction, n_neurons);
    *exact = (hebb_dense_exact){.interaction = interaction,
                                .n_neurons = n_neurons,
                                .n_patterns = n_patterns,
                                .n_limbs = n_limbs,
                                .counts = calloc(n_neurons + 2, sizeof *exact->counts),
                                .limbs = calloc(HEBB_EXACT_ROOM(n_limbs), sizeof *exact->limbs),
                                .n_unsure = calloc(1, sizeof *exact->n_unsure)};
    if (exact->counts != NULL && exact->limbs != NULL && exact->n_unsure != NULL) return HEBB_OK;
    hebb_dense_exact_free(exact);
    return hebb_fail(HEBB_ENOMEM, "no memory for the sums of %zu neurons", n_neurons);
}

void hebb_dense_exact_free(hebb_dense_exact *exact)
{
    free(exact->counts);
    free(exact->limbs);
    free(exact->n_unsure);
    *exact = (hebb_dense_exact){0};
}

double hebb_dense_exact_bytes(size_t n_neurons)
{
    return sizeof(int32_t) * ((double)n_neurons + 2.0) + sizeof(uint64_t) * (double)HEBB_EXACT_ROOM(HEBB_EXACT_LIMBS);
}

static mp_limb_t *room_of(const hebb_dense_exact *exact, size_t k)
{
    return (mp_limb_t *)exact->limbs + k * (exact->n_limbs + 2);
}

/* counts[k] = c(2 k - N - 1) */
static void count(const hebb_dense_exact *exact, const int32_t *overlaps, const uint64_t *row, int spin)
{
    const int32_t n = (int32_t)exact->n_neurons;
    memset(exact->counts, 0, (exact->n_neurons + 2) * sizeof *exact->counts);
    for (size_t mu = 0; mu < exact->n_patterns; mu++) {
        const int xi = row[mu / 64] >> mu % 64 & 1 ? 1 : -1;
        exact->counts[(overlaps[mu] - xi * spin + n + 1) / 2] += xi;
    }
}

/* The factor of F(x), k = (x + N) / 2. */
static int32_t factor(const hebb_dense_exact *exact, size_t k)
{
    return exact->counts[k] - exact->counts[k + 1];
}

/* That of |x|^n; 0 < k is where x = 2 k - N > 0. */
static int32_t joint_factor(const hebb_dense_exact *exact, size_t k)
{
    const int32_t mirrored = factor(exact, exact->n_neurons - k);
    if (exact->interaction.kind == HEBB_INTERACTION_RECTIFIED) return factor(exact, k);
    return exact->interaction.degree % 2 == 0 ? factor(exact, k) + mirrored : factor(exact, k) - mirrored;
}

static int sign_of_powers(const hebb_dense_exact *exact)
{
    const mp_size_t n_limbs = (mp_size_t)exact->n_limbs;
    mp_limb_t *sums[2] = {room_of(exact, 0), room_of(exact, 1)}, *power = room_of(exact, 2);
    mpn_zero(sums[0], n_limbs);
    mpn_zero(sums[1], n_limbs);
    for (size_t k = exact->n_neurons / 2 + 1; k <= exact->n_neurons; k++) {
        const int32_t times = joint_factor(exact, k);
        if (times == 0) continue;
        mpn_zero(power, n_limbs);
        power[0] = 1;
        for (int j = 0; j < exact->interaction.degree; j++) mpn_mul_1(power, power, n_limbs, 2 * k - exact->n_neurons);
        mpn_addmul_1(sums[times > 0], power, n_limbs, (mp_limb_t)labs((long)times));
    }
    const int order = mpn_cmp(sums[1], sums[0], n_limbs);
    return (order > 0) - (order < 0);
}

int hebb_dense_exact_sign(const hebb_dense_exact *exact, const int32_t *overlaps, const uint64_t *row, int spin)
{
    int sign;
    count(exact, overlaps, row, spin);
    if (exact->interaction.kind != HEBB_INTERACTION_EXPONENTIAL) return sign_of_powers(exact);
    if (!hebb_exponential_sign(exact->n_neurons + 2, exact->counts, exact->n_limbs, exact->limbs, &sign))
        ++*exact->n_unsure;
    return sign;
}
