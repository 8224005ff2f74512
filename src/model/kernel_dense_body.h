/*
 * The loops of dense memories in plain C, part of kernel_body.h.  What is added in double is added in eight lanes, pattern
 * mu in lane mu % 8, and the lanes one after the other: the same to the bit in every kernel.
 */

LOOP void turn_row(size_t n_patterns, const uint64_t *row, int change, int32_t *overlaps)
{
    for (size_t first = 0; first < n_patterns; first += 32) {
        const uint32_t bits = (uint32_t)(row[first / 64] >> first % 64);
        const unsigned n = n_patterns - first < 32 ? (unsigned)(n_patterns - first) : 32;
        for (unsigned b = 0; b < n; b++) overlaps[first + b] += change * ((int32_t)(bits >> b & 1) * 2 - 1);
    }
}

LOOP int32_t largest(size_t n_patterns, const int32_t *overlaps)
{
    int32_t found = INT32_MIN;
    for (size_t mu = 0; mu < n_patterns; mu++) found = overlaps[mu] > found ? overlaps[mu] : found;
    return found;
}

LOOP void weigh_whole(size_t n_patterns, const int32_t *overlaps, int32_t offset, const int32_t *steps,
                      int32_t *weights, int64_t sums[HEBB_WEIGHT_SUMS])
{
    int64_t rise = 0, all = 0, size = 0;
    for (size_t mu = 0; mu < n_patterns; mu++) {
        const int32_t *step = steps + ((overlaps[mu] + offset) >> 1);
        const int32_t weight = step[0] + step[1];
        weights[mu] = weight;
        rise += step[1];
        all += weight;
        size += (step[0] < 0 ? -step[0] : step[0]) + (step[1] < 0 ? -step[1] : step[1]);
    }
    sums[HEBB_SUM_OF_RISES] = rise;
    sums[HEBB_SUM_OF_WEIGHTS] = all;
    sums[HEBB_SUM_OF_SIZES] = size;
}

LOOP inline int32_t cubic(const int32_t c[4], int32_t a)
{
    return c[0] + a * (c[1] + a * (c[2] + a * c[3]));
}

LOOP void weigh_cubic(size_t n_patterns, const int32_t *overlaps, const int32_t c[4], int32_t *weights,
                      int64_t sums[HEBB_WEIGHT_SUMS])
{
    const int32_t copy[4] = {c[0], c[1], c[2], c[3]};
    int64_t rise = 0, all = 0, size = 0;
    for (size_t mu = 0; mu < n_patterns; mu++) {
        const int32_t before = cubic(copy, overlaps[mu] - 1), step = cubic(copy, overlaps[mu] + 1);
        const int32_t weight = before + step;
        weights[mu] = weight;
        rise += step;
        all += weight;
        size += (before < 0 ? -before : before) + (step < 0 ? -step : step);
    }
    sums[HEBB_SUM_OF_RISES] = rise;
    sums[HEBB_SUM_OF_WEIGHTS] = all;
    sums[HEBB_SUM_OF_SIZES] = size;
}

LOOP inline double sum_lanes(const double lanes[8])
{
    double sum = 0.0;
    for (int l = 0; l < 8; l++) sum += lanes[l];
    return sum;
}

LOOP void weigh_real(size_t n_patterns, const int32_t *overlaps, int32_t offset, const double *steps, double *weights,
                     double sums[HEBB_WEIGHT_SUMS])
{
    double rise[8] = {0}, all[8] = {0}, size[8] = {0};
    for (size_t first = 0; first < n_patterns; first += 8) {
        const size_t n = n_patterns - first < 8 ? n_patterns - first : 8;
        for (size_t l = 0; l < n; l++) {
            const double *step = steps + ((overlaps[first + l] + offset) >> 1);
            const double weight = step[0] + step[1];
            weights[first + l] = weight;
            rise[l] += step[1];
            all[l] += weight;
            size[l] += __builtin_fabs(step[0]) + __builtin_fabs(step[1]);
        }
    }
    sums[HEBB_SUM_OF_RISES] = sum_lanes(rise);
    sums[HEBB_SUM_OF_WEIGHTS] = sum_lanes(all);
    sums[HEBB_SUM_OF_SIZES] = sum_lanes(size);
}

LOOP void sum_whole(size_t n_rows, const uint64_t *const *rows, size_t n_words, size_t n_words_narrow,
                    const int32_t *weights, int64_t *sums)
{
    (void)n_words_narrow;
    for (size_t r = 0; r < n_rows; r++) {
        sums[r] = 0;
        for (size_t w = 0; w < n_words; w++)
            for (unsigned b = 0; b < 64; b++) sums[r] += -(int64_t)(rows[r][w] >> b & 1) & weights[64 * w + b];
    }
}

LOOP void sum_real(size_t n_rows, const uint64_t *const *rows, size_t n_words, const double *weights, double *sums)
{
    for (size_t r = 0; r < n_rows; r++) {
        double lanes[8] = {0};
        for (size_t w = 0; w < n_words; w++)
            for (unsigned b = 0; b < 64; b++)
                if (rows[r][w] >> b & 1) lanes[b % 8] += weights[64 * w + b];
        sums[r] = sum_lanes(lanes);
    }
}
