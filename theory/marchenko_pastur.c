#include "marchenko_pastur.h"

#include <math.h>

double hebb_marchenko_pastur_edge(size_t n_visible, size_t n_hidden, double sigma)
{
    return sigma * (sqrt((double)n_visible) + sqrt((double)n_hidden));
}

/* |a - b|/(sqrt a + sqrt b), which does not cancel. */
double hebb_marchenko_pastur_lower_edge(size_t n_visible, size_t n_hidden, double sigma)
{
    const double difference = n_visible > n_hidden ? (double)(n_visible - n_hidden) : (double)(n_hidden - n_visible);
    return sigma * difference / (sqrt((double)n_visible) + sqrt((double)n_hidden));
}

double hebb_marchenko_pastur_density(size_t n_visible, size_t n_hidden, double sigma, double s)
{
    const double low = hebb_marchenko_pastur_lower_edge(n_visible, n_hidden, sigma);
    const double high = hebb_marchenko_pastur_edge(n_visible, n_hidden, sigma);
    if (!(s >= low && s <= high)) return 0.0;
    const double scale = M_PI * sigma * sigma * (double)(n_visible < n_hidden ? n_visible : n_hidden);
    const double below = low == 0.0 ? 1.0 : sqrt((s - low) * (s + low)) / s;
    return below * sqrt((high - s) * (high + s)) / scale;
}

double hebb_marchenko_pastur_outlier(size_t n_visible, size_t n_hidden, double sigma, double w)
{
    const double a = sigma * sqrt((double)n_visible), b = sigma * sqrt((double)n_hidden);
    if (!(w * w > a * b)) return hebb_marchenko_pastur_edge(n_visible, n_hidden, sigma);
    return hypot(w, a) * hypot(w, b) / w;
}
