/*
 * The loops of restricted Boltzmann machines, part of kernel_body.h: in vectors as long as the
 * processor's registers.  The operations and their order are written down here once, so every kernel gives the same bits.
 */

#ifndef VECTOR_LANES
#define VECTOR_LANES 4 /* the numbers of a register */
#endif
typedef float reals_of __attribute__((vector_size(4 * VECTOR_LANES), aligned(4), may_alias)); /* may lie anywhere */
typedef int32_t wholes_of __attribute__((vector_size(4 * VECTOR_LANES), aligned(4), may_alias));
typedef uint32_t words_of __attribute__((vector_size(4 * VECTOR_LANES), aligned(4), may_alias));

/* Vectors are handed over by address and calls inlined: by value they would need the registers of a processor. */
#define INLINED LOOP inline __attribute__((always_inline))

#ifdef __clang__
#define EACH_VECTOR _Pragma("unroll")
#else
#define EACH_VECTOR _Pragma("GCC unroll 16")
#endif

enum { GATHERED = VECTOR_LANES == 16 ? 4 : 8, SIXTEENTH = 16 / VECTOR_LANES }; /* sums in registers; vectors of 16 */

INLINED const reals_of *reals_at(const float *numbers)
{
    return (const reals_of *)(const void *)numbers;
}

/* ---- sums of listed rows ---- */

INLINED void gather_columns(const int n_vectors, const hebb_gather *tile, size_t column, const bool is_subtracted)
{
    const hebb_gather t = *tile; /* what is stored may lie anywhere, but not here: nothing is read again */
    const float *rows = t.rows + column, *start = t.start != NULL ? t.start + column : NULL;
    for (size_t r = 0; r < t.n_states; r++) {
        reals_of sums[GATHERED] = {{0}};
        float *all = t.sums + r * t.sums_stride + column;
        const float *before = t.is_begun ? all : start;
        const uint32_t *index = t.indices + t.from[r], *end = t.indices + t.to[r];
        if (before != NULL) {
            EACH_VECTOR
            for (int v = 0; v < n_vectors; v++) sums[v] = reals_at(before)[v];
        }
        for (; index < end; index++) {
            const reals_of *row = reals_at(rows + *index * t.stride);
            EACH_VECTOR
            for (int v = 0; v < n_vectors; v++) sums[v] = is_subtracted ? sums[v] - row[v] : sums[v] + row[v];
        }
        EACH_VECTOR
        for (int v = 0; v < n_vectors; v++) ((reals_of *)(void *)all)[v] = sums[v];
    }
}

INLINED void gather_with(const hebb_gather *tile, const bool is_subtracted)
{
    size_t column = 0;
    for (; column + GATHERED * VECTOR_LANES <= tile->n_columns; column += GATHERED * VECTOR_LANES)
        gather_columns(GATHERED, tile, column, is_subtracted);
    for (; column < tile->n_columns; column += 16) gather_columns(SIXTEENTH, tile, column, is_subtracted);
}

LOOP void gather(const hebb_gather *tile)
{
    if (tile->is_subtracted)
        gather_with(tile, true);
    else
        gather_with(tile, false);
}

/* ---- the logistic function ---- */

/* a where the mask is set, else b */
INLINED void choose(const wholes_of *mask, const reals_of *a, const reals_of *b, reals_of *chosen)
{
    *chosen = (reals_of)(((wholes_of)*a & *mask) | ((wholes_of)*b & ~*mask));
}

/*
 * e = exp(-y), likely = 1/(1 + e), for y = |factor x| held to 87, where e is still a normal number; a NaN stays one.
 *
 * exp(-y) = 2^k e^r, k the whole number next to -y/ln 2, |r| < .347, the polynomial right to 3e-9 of e^r; with the
 * roundings of its sums e is right to 2e-7 of itself.
 */
INLINED void logistic_parts(float factor, const reals_of *x, reals_of *e, reals_of *likely)
{
    const reals_of most = (reals_of){0} + 87.0f;
    reals_of y = (reals_of)((wholes_of)(*x * factor) & INT32_MAX);
    const wholes_of too_large = (wholes_of)(y > most);
    choose(&too_large, &most, &y, &y);
    const reals_of to_whole = y * -1.44269504f + 0x1.8p23f; /* adding it rounds to the nearest whole number */
    const reals_of k = to_whole - 0x1.8p23f;
    const reals_of r = (-y - k * 0.693145752f) - k * 1.42860677e-6f; /* ln 2 in two, the first of 16 bits */
    reals_of p = r * 0.0013814842f + 0.008368766f;
    p = p * r + 0.041668393f;
    p = p * r + 0.1666652f;
    p = p * r + 0.49999994f;
    p = (p * (r * r) + r) + 1.0f;
    const wholes_of exponent = ((wholes_of)to_whole - 0x4B400000) << 23;
    *e = (reals_of)((wholes_of)p + exponent);
    *likely = 1.0f / (1.0f + *e);
}

LOOP void logistic_means(bool is_sign, size_t n, const float *fields, float *means)
{
    for (size_t j = 0; j < n; j += VECTOR_LANES) {
        const reals_of x = *reals_at(fields + j);
        reals_of e, likely;
        logistic_parts(is_sign ? 2.0f : 1.0f, &x, &e, &likely);
        const wholes_of negative = (wholes_of)x >> 31;
        reals_of mean;
        if (is_sign) {
            mean = (reals_of)((wholes_of)((1.0f - e) * likely) | ((wholes_of)x & INT32_MIN));
        } else {
            const reals_of unlikely = e * likely;
            choose(&negative, &unlikely, &likely, &mean);
        }
        *(reals_of *)(void *)(means + j) = mean;
    }
}

/* ---- drawing two-valued units ---- */

#ifndef DRAWN_UNITS
#define DRAWN_UNITS draw_units_by_lanes
/* The words of 16 blocks of a site, from `index` on, in their order.                                         [SMDS11] */
LOOP void draw_units_by_lanes(hebb_philox generator, uint32_t sweep, uint32_t site, uint32_t index, uint32_t drawn[64])
{
    uint32_t c0[LANES], c1[LANES], c2[LANES], c3[LANES], key0 = generator.key[0], key1 = generator.key[1];
    for (uint32_t l = 0; l < LANES; l++) {
        c0[l] = index + l;
        c1[l] = 0;
        c2[l] = site;
        c3[l] = sweep;
    }
    for (int round = 0; round < 10; round++) {
        for (int l = 0; l < LANES; l++) {
            const uint64_t product0 = (uint64_t)0xD2511F53 * c0[l], product1 = (uint64_t)0xCD9E8D57 * c2[l];
            c0[l] = (uint32_t)(product1 >> 32) ^ c1[l] ^ key0;
            c1[l] = (uint32_t)product1;
            c2[l] = (uint32_t)(product0 >> 32) ^ c3[l] ^ key1;
            c3[l] = (uint32_t)product0;
        }
        key0 += 0x9E3779B9;
        key1 += 0xBB67AE85;
    }
    for (int l = 0; l < LANES; l++) {
        drawn[4 * l] = c0[l];
        drawn[4 * l + 1] = c1[l];
        drawn[4 * l + 2] = c2[l];
        drawn[4 * l + 3] = c3[l];
    }
}
#endif

#ifndef LISTED_UNITS
#define LISTED_UNITS list_units_by_lanes
/* Units first + l with on[l] = -1 -> indices, where as many as a vector has may be written; how many there are. */
INLINED size_t list_units_by_lanes(const wholes_of *on, uint32_t first, uint32_t *indices)
{
    size_t n = 0;
    for (uint32_t l = 0; l < VECTOR_LANES; l++) {
        indices[n] = first + l;
        n += (size_t)((uint32_t)(*on)[l] & 1);
    }
    return n;
}
#endif

/* on[l] = -1 where the unit in the field x is on with that word */
INLINED void decide(float factor, const reals_of *x, const words_of *words, wholes_of *on)
{
    reals_of e, likely;
    logistic_parts(factor, x, &e, &likely);
    const reals_of unlikely = e * likely * 0x1p31f; /* 2^30 at most */
    const wholes_of is_number = (wholes_of)(unlikely >= 0.0f), is_likely = ~((wholes_of)*x >> 31);
    const wholes_of bound = __builtin_convertvector((reals_of)((wholes_of)unlikely & is_number), wholes_of);
    const wholes_of drawn = (wholes_of)((*words ^ (words_of)is_likely) >> 1);
    *on = (wholes_of)(drawn < bound) ^ is_likely;
}

/* The words of n_units <= 64 units, from `first` on. */
INLINED size_t list_drawn(const float factor, size_t n_units, uint32_t first, const float *fields,
                          const uint32_t drawn[64], uint32_t *indices)
{
    size_t n = 0, j = 0;
    wholes_of on;
    for (; j + VECTOR_LANES <= n_units; j += VECTOR_LANES) {
        decide(factor, reals_at(fields + j), (const words_of *)(const void *)(drawn + j), &on);
        n += LISTED_UNITS(&on, first + (uint32_t)j, indices + n);
    }
    if (j < n_units) {
        decide(factor, reals_at(fields + j), (const words_of *)(const void *)(drawn + j), &on);
        for (size_t l = 0; j + l < n_units; l++)
            if (on[l] != 0) indices[n++] = first + (uint32_t)(j + l);
    }
    return n;
}

LOOP size_t draw_layer(bool is_sign, size_t n_units, const float *fields, hebb_philox noise, uint32_t sweep,
                       uint32_t chain, uint32_t *indices)
{
    size_t n = 0;
    for (size_t first = 0; first < n_units; first += 64) {
        uint32_t drawn[64];
        const size_t left = n_units - first;
        DRAWN_UNITS(noise, sweep, chain, (uint32_t)(first / 4), drawn);
        n += list_drawn(is_sign ? 2.0f : 1.0f, left < 64 ? left : 64, (uint32_t)first, fields + first, drawn,
                        indices + n);
    }
    return n;
}

/* ---- the step of learning ---- */

/* g_ij of a vector of a row, from number j on */
INLINED void find_gradient(const hebb_step_row *s, size_t j, reals_of *g)
{
    *g = *reals_at(s->sums + j) * s->scale;
    if (s->change == NULL) return;
    *g = *g - *reals_at(s->change + j) * s->left;
    *g = *g - *reals_at(s->offset + j) * s->right;
}

/* Sums over a row are kept in 16 lanes, number j in lane j % 16, and the lanes added one after the other. */
LOOP double step_row(const hebb_step_row *row)
{
    const hebb_step_row own = *row, *s = &own; /* not read again after every store */
    reals_of norms[SIXTEENTH] = {{0}}, products[SIXTEENTH] = {{0}};
    for (size_t first = 0; first < s->n_columns; first += 16)
        for (size_t v = 0; v < SIXTEENTH; v++) {
            const size_t j = first + v * VECTOR_LANES;
            reals_of g, *u = (reals_of *)(void *)(s->velocity + j), *w = (reals_of *)(void *)(s->weights + j);
            find_gradient(s, j, &g);
            norms[v] += g * g;
            if (s->row_factors != NULL) products[v] += g * *reals_at(s->row_factors + j);
            if (s->column_products != NULL) *(reals_of *)(void *)(s->column_products + j) += g * s->column_factor;
            *u = *u * s->momentum + (g - *w * s->decay) * s->rate;
            *w += *u;
        }
    double norm = 0.0;
    float product = 0.0f;
    for (size_t l = 0; l < 16; l++) {
        norm += (double)norms[l / VECTOR_LANES][l % VECTOR_LANES];
        product += products[l / VECTOR_LANES][l % VECTOR_LANES];
    }
    if (s->row_factors != NULL) *s->row_product = product;
    return norm;
}

/* Blocks of 16 by 16, and what is left at the edges. */
#ifndef TRANSPOSED_BLOCK
#define TRANSPOSED_BLOCK transpose_block
LOOP void transpose_block(size_t stride, const float *rows, size_t to_stride, float *to)
{
    for (size_t k = 0; k < 16; k++)
        for (size_t l = 0; l < 16; l++) to[k * to_stride + l] = rows[l * stride + k];
}
#endif

LOOP void transpose_rows(size_t n_rows, size_t n_columns, size_t stride, const float *rows, size_t to_stride, float *to)
{
    for (size_t i = 0; i < n_rows; i += 16)
        for (size_t j = 0; j < n_columns; j += 16) {
            if (i + 16 <= n_rows && j + 16 <= n_columns) {
                TRANSPOSED_BLOCK(stride, rows + i * stride + j, to_stride, to + j * to_stride + i);
                continue;
            }
            for (size_t k = j; k < j + 16 && k < n_columns; k++)
                for (size_t l = i; l < i + 16 && l < n_rows; l++) to[k * to_stride + l] = rows[l * stride + k];
        }
}

/* ---- enumeration, in double precision ---- */

enum { DOUBLE_LANES = VECTOR_LANES / 2, OF_SIXTEEN = 16 / DOUBLE_LANES, OF_FOUR = VECTOR_LANES / 4 };
typedef double doubles_of __attribute__((vector_size(4 * VECTOR_LANES), aligned(8), may_alias));
typedef uint64_t bits_of __attribute__((vector_size(4 * VECTOR_LANES), aligned(8), may_alias));

/* x = mantissa 2^k, 1 <= mantissa < 2; adds k */
INLINED void split(doubles_of *x, bits_of *exponent)
{
    const bits_of bits = (bits_of)*x;
    *exponent += (bits >> 52) - 1023;
    *x = (doubles_of)((bits & UINT64_C(0xFFFFFFFFFFFFF)) | UINT64_C(0x3FF0000000000000));
}

/* OF_FOUR of the four, so that their products fit the registers. */
LOOP void multiply_some_odds(size_t n, size_t n_between, const double *four, const double *sixteen, double *mantissas,
                             uint64_t *exponents)
{
    doubles_of product[OF_FOUR][OF_SIXTEEN];
    bits_of exponent[OF_FOUR][OF_SIXTEEN];
    for (int a = 0; a < OF_FOUR; a++)
        for (int v = 0; v < OF_SIXTEEN; v++) {
            product[a][v] = (doubles_of){0} + 1.0;
            exponent[a][v] = (bits_of){0};
        }
    for (size_t first = 0; first < n; first += n_between) {
        const size_t last = n - first < n_between ? n : first + n_between;
        for (size_t i = first; i < last; i++) {
            const doubles_of *row = (const doubles_of *)(const void *)(sixteen + 16 * i);
            EACH_VECTOR
            for (int a = 0; a < OF_FOUR; a++) {
                EACH_VECTOR
                for (int v = 0; v < OF_SIXTEEN; v++) product[a][v] *= row[v] * four[4 * i + (size_t)a] + 1.0;
            }
        }
        EACH_VECTOR
        for (int a = 0; a < OF_FOUR; a++) {
            EACH_VECTOR
            for (int v = 0; v < OF_SIXTEEN; v++) split(&product[a][v], &exponent[a][v]);
        }
    }
    for (int a = 0; a < OF_FOUR; a++)
        for (int v = 0; v < OF_SIXTEEN; v++) {
            *(doubles_of *)(void *)(mantissas + 16 * a + v * DOUBLE_LANES) = product[a][v];
            *(bits_of *)(void *)(exponents + 16 * a + v * DOUBLE_LANES) = exponent[a][v];
        }
}

LOOP void multiply_odds(size_t n, size_t n_between, const double *four, const double *sixteen, double mantissas[64],
                        uint64_t exponents[64])
{
    for (size_t a = 0; a < 4; a += OF_FOUR)
        multiply_some_odds(n, n_between, four + a, sixteen, mantissas + 16 * a, exponents + 16 * a);
}

/* Sixteen numbers are added as ((0 + 8) + (1 + 9)) + ((2 + 10) + (3 + 11)) and the same of 4 .. 7. */
LOOP void share_odds(size_t n, const double *four, const double *sixteen, const double weights[64], double *by_four,
                     double *by_sixteen)
{
    for (size_t i = 0; i < n; i++) {
        const doubles_of *row = (const doubles_of *)(const void *)(sixteen + 16 * i);
        doubles_of *sums = (doubles_of *)(void *)(by_sixteen + 16 * i);
        for (size_t a = 0; a < 4; a++) {
            doubles_of share[OF_SIXTEEN];
            double s[8];
            EACH_VECTOR
            for (int v = 0; v < OF_SIXTEEN; v++) {
                const doubles_of odds = row[v] * four[4 * i + a];
                share[v] =
                    odds / (odds + 1.0) * *(const doubles_of *)(const void *)(weights + 16 * a + v * DOUBLE_LANES);
                sums[v] += share[v];
            }
            EACH_VECTOR
            for (int v = 0; v < OF_SIXTEEN / 2; v++)
                *(doubles_of *)(void *)(s + v * DOUBLE_LANES) = share[v] + share[v + OF_SIXTEEN / 2];
            by_four[4 * i + a] = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
        }
    }
}
