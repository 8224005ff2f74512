/*
 * verdict - whether a simulation and a theory agree
 *
 * With d = |simulation - theory|, e the simulation's standard error, tau the tolerance (finite size, known systematic
 * effects) and rho the resolution that the quantity needs, both fixed before the run and never fitted to it:
 *
 *   inconclusive  if 3e > rho, or there is no e or no theory:  a large error bar is never agreement;  also if e comes
 *                 from fewer than 30 replicas: it is then too uncertain itself, and small ones are flukes
 *   disagree      if d - tau > 3e
 *   agree         otherwise
 *
 * An e estimated from n replicas makes (d - tau)/e a Student's variable of n-1 degrees of freedom, so "3e" is the point
 * of that law with the probability of 3 standard deviations, P = erfc(3/sqrt 2) = 0.0027.  Of many comparisons one in
 * 370 lies beyond it by chance, so over a table "disagree" is Holm's step-down test at the family-wise level P.
 *
 * [H79] S. Holm, Scand. J. Statist. 6 (1979) 65.
 */
#ifndef HEBB_ANALYSIS_VERDICT_H
#define HEBB_ANALYSIS_VERDICT_H

#include <stddef.h>
#include "provenance.h"
#include "status.h"
#include "table.h"

typedef enum { HEBB_AGREE, HEBB_DISAGREE, HEBB_INCONCLUSIVE } hebb_verdict;

/* agree, disagree, inconclusive */
const char *hebb_verdict_text(hebb_verdict verdict);

typedef struct {
    const char *quantity;
    size_t point; /* row of the grid; SIZE_MAX for a quantity of the whole study */
    double simulation, error;
    size_t n_samples; /* replicas that the error was estimated from; 0: it is not estimated from spread */
    size_t n_wanted;  /* of them at least; 0: 30.  Fewer only where one replica's number is Gaussian: a long average */
    double theory;    /* NaN: none */
    double tolerance, resolution;
    const char *note;     /* why this tolerance, or why no verdict; "" */
    int not_judged;       /* inconclusive whatever the numbers say; the note has the reason */
    hebb_verdict verdict; /* out */
} hebb_comparison;

/* Fills in the verdicts of n comparisons as one family, and the note where the error is too large.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_verdict_judge(size_t n, hebb_comparison *comparisons);

typedef struct {
    size_t n_agree, n_disagree, n_inconclusive;
    size_t n_not_judged; /* of the inconclusive ones */
} hebb_verdict_count;

hebb_verdict_count hebb_verdict_count_all(size_t n, const hebb_comparison *comparisons);

/* The two together. */
hebb_verdict_count hebb_verdict_count_add(hebb_verdict_count a, hebb_verdict_count b);

/*
 * The table of verdict.csv: quantity, the grid columns, simulation, simulation_err, theory, z, tolerance, verdict,
 * note.
 *
 * grid  in   n_points x n_grid, row-major
 */
HEBB_CHECK_RESULT hebb_status hebb_verdict_tabulate(size_t n, const hebb_comparison *comparisons, size_t n_grid,
                                                    const hebb_column *grid_columns, const double *grid,
                                                    hebb_table *table);

/* (simulation - theory)/error, NaN where there is no error or no theory. */
double hebb_verdict_z(double simulation, double error, double theory);

#endif
