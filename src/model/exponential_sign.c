#include "exponential_sign.h"

#include <gmp.h>

_Static_assert(GMP_NUMB_BITS == 64 && sizeof(mp_limb_t) == sizeof(uint64_t), "limbs are 64 bits");

enum { FIRST_LIMBS = 4, UNSURE_BITS = 34 };

/* Numbers of n_limbs + 2 each. */
typedef struct {
    mp_limb_t *z, *up, *down, *rest, *product; /* the product has room for two */
} numbers;

/* z to `n` limbs after the point, as sum 2^j / j! over even j less that over odd j, with one limb more. */
static void find_z(const numbers *x, mp_size_t n)
{
    mp_limb_t *sums[2] = {x->up, x->down}, *term = x->rest;
    mpn_zero(sums[0], n + 2);
    mpn_zero(sums[1], n + 2);
    mpn_zero(term, n + 2);
    term[n + 1] = 1;
    for (mp_limb_t j = 1; !mpn_zero_p(term, n + 2); j++) {
        mpn_add_n(sums[(j - 1) % 2], sums[(j - 1) % 2], term, n + 2);
        mpn_lshift(term, term, n + 2, 1);
        mpn_divrem_1(term, 0, term, n + 2, j);
    }
    mpn_sub_n(sums[0], sums[0], sums[1], n + 2);
    mpn_copyi(x->z, sums[0] + 1, n);
}

/* sum of |c_k| z^(top - k) over the c of that sign, in n limbs after the point and one before it. */
static void add_up(const numbers *x, size_t top, const int32_t *c, int sign, mp_size_t n, mp_limb_t *sum)
{
    const size_t n_terms = (size_t)(0.3466 * (64.0 * (double)n + 33.0)) + 2; /* 2^31 z^n_terms / (1 - z) < 2^-64n */
    mpn_zero(sum, n + 1);
    for (size_t k = top > n_terms ? top - n_terms : 0; k <= top; k++) {
        const int64_t times = sign * (int64_t)c[k];
        mpn_mul(x->product, sum, n + 1, x->z, n);
        mpn_copyi(sum, x->product + n, n + 1);
        if (times > 0) sum[n] += (mp_limb_t)times;
    }
}

bool hebb_exponential_sign(size_t n, const int32_t *c, size_t n_limbs, uint64_t *room, int *sign)
{
    const size_t step = n_limbs + 2;
    mp_limb_t *limbs = (mp_limb_t *)room;
    const numbers x = {limbs, limbs + step, limbs + 2 * step, limbs + 3 * step, limbs + 4 * step};
    size_t top = n - 1;
    *sign = 0;
    while (top > 0 && c[top] == 0) top--;
    if (c[top] == 0) return true;
    for (mp_size_t l = FIRST_LIMBS; l <= (mp_size_t)n_limbs; l *= 4) {
        find_z(&x, l);
        add_up(&x, top, c, 1, l, x.up);
        add_up(&x, top, c, -1, l, x.down);
        const int order = mpn_cmp(x.up, x.down, l + 1);
        if (order > 0)
            mpn_sub_n(x.rest, x.up, x.down, l + 1);
        else
            mpn_sub_n(x.rest, x.down, x.up, l + 1);
        if (x.rest[0] >> UNSURE_BITS == 0 && mpn_zero_p(x.rest + 1, l)) continue;
        *sign = (order > 0) - (order < 0);
        return true;
    }
    return false;
}
