/*
 * boltzmann_exact - a Boltzmann machine of up to 24 free units by enumeration of their states
 *
 *   Z = sum_s exp(-E(s)/T),   <s_i>,   <s_i s_j>,   P(v) = sum_h exp(-E(v, h)/T)/Z
 *   D(P||Q) = sum_v P(v) ln(P(v)/Q(v))
 *
 * Some units may be clamped: the sums then go over the others.  Samplers and gradients are held against this.
 *
 * Up to 12 free units, the low ones, have the logarithms of their 2^12 weights in a table, to which the field of the
 * others, the high ones, is added; these run through their states in the order of the Gray code [G53], the fields
 * following one unit at a time, and are summed anew every 64 steps, so that rounding does not pile up.  ln Z, means and
 * correlations are those of a plain sum to 1e-12 where energies over T are up to 100, and to 1e-14 of the energy over T
 * beyond; no weight overflows, and ln P is finite for every state.
 *
 * Cost of all correlations: some 4 ns a state, 12 free units in 15 us, 24 in .06 s; of a law up to 10 times as much.
 *
 * [G53] F. Gray, Pulse code communication, US patent 2632058 (1953).
 */
#ifndef HEBB_MODEL_BOLTZMANN_EXACT_H
#define HEBB_MODEL_BOLTZMANN_EXACT_H

#include <stdbool.h>
#include "boltzmann.h"

enum { HEBB_EXACT_MAX_UNITS = 24 };

/* The caller gives the arrays. */
typedef struct {
    double ln_z;
    double *means;    /* n_units: <s_i>; of a clamped unit its value */
    double *products; /* n_units x n_units, symmetric: <s_i s_j>; <s_i^2> on the diagonal */
} hebb_moments;

/* HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_moments_init(hebb_moments *moments, size_t n_units);

/* Safe on zeroed moments and twice. */
void hebb_moments_free(hebb_moments *moments);

/* Room for any number of enumerations of machines of up to n_units units: nothing is allocated in them. */
typedef struct {
    size_t n_units;        /* that there is room for */
    size_t n_free, n_low;  /* of the machine at hand */
    size_t *units;         /* its free units, in the order of their bits in a state's index */
    double step, off, ln0; /* a unit's on - off, its off, and -E/T with all free units off */
    double *links;         /* n_free x n_free: of free units 0 or 1, over T */
    double *biases;        /* n_free */
    double *low;           /* 2^n_low: ln weight of the low units with the high ones off, less ln0 */
    double *block;         /* 2^n_low: with the high ones as they are */
    double *fields;        /* n_low: of the high ones */
    double *sums;          /* 2^n_high x (1 + n_low): of a block's weights, and of those with a low unit on */
    double *largest;       /* 2^n_high: the largest ln weight of a block */
    double *law;           /* 2^n_low: weights of the low units' states, summed over the high ones */
    double *fold;          /* room to sum in */
    double *pairs;         /* n_free x n_free: probabilities that both are on */
    double *room;          /* where all these stand */
} hebb_boltzmann_exact;

/* For n_units > HEBB_EXACT_MAX_UNITS: as many of them may be free.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_exact_init(hebb_boltzmann_exact *exact, size_t n_units);

/* Safe on a zeroed one and twice. */
void hebb_boltzmann_exact_free(hebb_boltzmann_exact *exact);

/*
 * ln Z, means and correlations at one temperature.
 *
 * is_clamped   in   n_units, 0 or 1; NULL: none are
 * state        in   n_units, of which the clamped units' values are read; NULL where none are
 *
 * Returns HEBB_OK; HEBB_EDOM for more than HEBB_EXACT_MAX_UNITS free units or more units than there is room for, a
 * temperature that is not above 0, or energies over T that are not finite numbers.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_exact_find_moments(hebb_boltzmann_exact *exact,
                                                                const hebb_boltzmann *machine, double temperature,
                                                                const uint8_t *is_clamped, const int8_t *state,
                                                                hebb_moments *moments);

/*
 * ln P of every state of the free ones among the first n_kept units, given the clamped units; the other free units are
 * summed over.  Bit k of the index is set where the k-th of the kept free units is on.  n_kept = n_visible with input
 * clamped: ln P(output | input).
 *
 * ln_p  out  2^(free units among the first n_kept)
 *
 * Returns as hebb_boltzmann_exact_find_moments.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_exact_find_law(hebb_boltzmann_exact *exact, const hebb_boltzmann *machine,
                                                            double temperature, const uint8_t *is_clamped,
                                                            const int8_t *state, size_t n_kept, double *ln_p);

/*
 * D(P||Q) in nats.
 *
 * p     in  n >= 1 probabilities
 * ln_q  in  n logarithms of probabilities
 *
 * Returns the divergence, at least 0 but for rounding; infinite where Q has no weight and P has; NaN for a p that is
 * negative or not finite, or that do not sum to 1 to 1e-9.
 */
double hebb_law_divergence(size_t n, const double *p, const double *ln_q);

/* The first two with room of their own.  Returns as above, and HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_exact_moments(const hebb_boltzmann *machine, double temperature,
                                                           const uint8_t *is_clamped, const int8_t *state,
                                                           hebb_moments *moments);
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_exact_law(const hebb_boltzmann *machine, double temperature,
                                                       const uint8_t *is_clamped, const int8_t *state, size_t n_kept,
                                                       double *ln_p);

/*
 * ln P of every visible state: bit i of the index set where visible unit i is on.
 *
 * ln_p  out  2^n_visible
 *
 * Returns as hebb_boltzmann_exact_moments: all units count.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_exact_visible(const hebb_boltzmann *machine, double temperature,
                                                           double *ln_p);

/*
 * ln P of every state: bit i of the index set where unit i is on.  ln_p: out, 2^n_units.  Returns as above.
 */
HEBB_CHECK_RESULT hebb_status hebb_boltzmann_exact_states(const hebb_boltzmann *machine, double temperature,
                                                          double *ln_p);

#endif
