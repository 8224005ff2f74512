/*
 * The loops of softmax.c, included once for each instruction set, after
 *
 *   TARGET             attribute of the functions
 *   NAME(x)            what x is called there
 *   EXPONENTIAL(v)     *v <- e^*v for eight numbers
 *   TAKE_LARGER(a, b)  *a <- max(*a, *b), each of eight
 */

/* The next eight; `missing` where there are fewer. */
TARGET static inline void NAME(load)(size_t n, const double *x, double missing, lanes *v)
{
    double some[LANES];
    if (n >= LANES) {
        memcpy(v, x, sizeof *v);
        return;
    }
    for (size_t k = 0; k < LANES; k++) some[k] = k < n ? x[k] : missing;
    memcpy(v, some, sizeof *v);
}

TARGET static double NAME(softmax)(size_t n, double *x, double *max)
{
    lanes most, v, sum = {0.0};
    size_t k = 0;
    NAME(load)(n, x, x[0], &most);
    for (; k + LANES <= n; k += LANES) {
        memcpy(&v, x + k, sizeof v);
        TAKE_LARGER(&most, &v);
    }
    double largest = most[0];
    for (int j = 1; j < LANES; j++) largest = most[j] > largest ? most[j] : largest;
    for (size_t j = k; j < n; j++) largest = x[j] > largest ? x[j] : largest;
    for (k = 0; k + LANES <= n; k += LANES) {
        memcpy(&v, x + k, sizeof v);
        v -= largest;
        EXPONENTIAL(&v);
        sum += v;
        memcpy(x + k, &v, sizeof v);
    }
    if (k < n) {
        NAME(load)(n - k, x + k, -INFINITY, &v);
        v -= largest;
        EXPONENTIAL(&v);
        sum += v;
        memcpy(x + k, &v, (n - k) * sizeof *x);
    }
    *max = largest;
    return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

TARGET static double NAME(square)(size_t n, const double *x)
{
    lanes v, sum = {0.0};
    for (size_t k = 0; k < n; k += LANES) {
        NAME(load)(n - k, x + k, 0.0, &v);
        sum += v * v;
    }
    return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

TARGET static void NAME(scale)(size_t n, double factor, double *x)
{
    for (size_t k = 0; k < n; k++) x[k] *= factor;
}

#undef TARGET
#undef NAME
#undef EXPONENTIAL
#undef TAKE_LARGER
