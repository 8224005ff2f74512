/*
 * basins_edges - the edge of the basin at each load and size, and its limit of infinite N
 *
 *   P(found | m_0) = Phi((m_0 - edge)/width)      at each load and size: a probit
 *   edge(N) = edge_inf + shift N^(-1/2)           over the sizes
 *
 * All starts of a replica have the same patterns, so that the probit's own errors, which take its points for independent,
 * would be too small: the edge's comes from resampling whole replicas.
 */
#ifndef HEBB_EXPERIMENTS_BASINS_EDGES_H
#define HEBB_EXPERIMENTS_BASINS_EDGES_H

#include "basins_study.h"
#include "finite_size.h"

/* At one load and size. */
typedef struct {
    size_t first_point;
    hebb_status fitted;
    double m0, m0_error, width;
    double amari_maginu;       /* NaN: none */
    double exact, exact_error; /* of synchronous updates; NaN: none */
} hebb_basins_edge;

/* At one load. */
typedef struct {
    double alpha;
    char name[80]; /* for the verdict */
    size_t n_sizes;
    hebb_status extrapolated;
    double m0, m0_error, shift, shift_error;
    double amari_maginu, exact, exact_error; /* at the load of the largest size */
} hebb_basins_limit;

typedef struct {
    size_t n_starts; /* points at one load and size, one after the other */
    size_t n_edges;
    hebb_basins_edge *at;
    size_t n_loads;
    hebb_basins_limit *limits;
} hebb_basins_edges;

/* The overlap nearest to a point's m_0 that N neurons can have. */
double hebb_basins_start(const hebb_study *study, size_t point);

/* Fits them all.  edges: out, to be freed, also after a failure.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_basins_edges_find(const hebb_study *study, hebb_basins_edges *edges);

/* edges.csv: the rows of a load's sizes, then one without N: the limit. */
HEBB_CHECK_RESULT hebb_status hebb_basins_edges_save(const hebb_study *study, const hebb_basins_edges *edges);

/* Safe on zeroed ones and twice. */
void hebb_basins_edges_free(hebb_basins_edges *edges);

#endif
