#include "rbm_phases_machine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The hottest rung of a ladder has this for the larger of beta w and beta sigma: the paramagnet. */
static const double HOTTEST = 0.7;

/* ---- room ---- */

enum { SUM_M, SUM_M_BAR, SUM_Q, SUM_Q_BAR, SUM_ENERGY, SUM_VISIBLE1, SUM_VISIBLE2, SUM_SWAPS, SUM_TRIED, N_SUMS };

/* What a unit keeps from sweep to sweep, in one piece for its checkpoint. */
typedef struct {
    uint64_t n_done;
    double sums[N_SUMS];
    uint8_t states[]; /* n_levels x n_chains x n_visible */
} kept_state;

static size_t kept_bytes(const hebb_planted_machine *m)
{
    return sizeof(kept_state) + m->n_levels * m->n_chains * m->n_visible;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

double hebb_planted_machine_bytes(size_t n_visible, size_t n_hidden, size_t n_chains, size_t n_levels)
{
    const double v = (double)n_visible, h = (double)n_hidden, chains = (double)n_chains, levels = (double)n_levels;
    const double weights = v * h * sizeof(double) + 2.0 * (v + 16.0) * (h + 16.0) * sizeof(float);
    const double states = chains * levels * (v + h + 32.0) * (sizeof(float) + sizeof(uint32_t) + 1.0);
    return weights + states + 2.0 * chains * fmax(v, h) + 32.0 * (v + h) + 8.0 * chains * levels + 1e4;
}

void hebb_planted_machine_free(hebb_planted_machine *m)
{
    for (size_t k = 0; k < RBM_PHASES_MAX_LEVELS; k++) hebb_rbm_gibbs_free(&m->levels[k]);
    hebb_rbm_layer_free(&m->up);
    hebb_rbm_layer_free(&m->down);
    hebb_rbm_free(&m->rbm);
    free(m->u);
    free(m->v);
    free(m->energies);
    free(m->bytes);
    free(m->others);
    free(m->counts);
    free(m->kept);
    *m = (hebb_planted_machine){0};
}

static hebb_status allocate(hebb_planted_machine *m)
{
    const size_t most = larger(m->n_visible, m->n_hidden);
    m->u = calloc(m->n_visible, sizeof *m->u);
    m->v = calloc(m->n_hidden, sizeof *m->v);
    m->energies = calloc(m->n_levels * m->n_chains, sizeof *m->energies);
    m->bytes = calloc(m->n_chains * most, 1);
    m->others = calloc(m->n_chains * most, 1);
    m->counts = calloc(most, sizeof *m->counts);
    m->kept = calloc(1, kept_bytes(m));
    if (m->u == NULL || m->v == NULL || m->energies == NULL || m->bytes == NULL || m->others == NULL ||
        m->counts == NULL || m->kept == NULL)
        return hebb_fail(HEBB_ENOMEM, "no memory for %zu chains of %zu and %zu units", m->n_chains, m->n_visible,
                         m->n_hidden);
    hebb_status status = hebb_rbm_init(&m->rbm, m->n_visible, HEBB_LAYER_SIGN, m->n_hidden,
                                       m->is_gaussian ? HEBB_LAYER_GAUSSIAN : HEBB_LAYER_SIGN);
    m->rbm.sigma_h = m->is_gaussian ? 1.0 / sqrt((double)m->n_visible) : 1.0;
    if (status == HEBB_OK) status = hebb_rbm_layer_init(&m->up, &m->rbm, HEBB_RBM_UP);
    if (status == HEBB_OK) status = hebb_rbm_layer_init(&m->down, &m->rbm, HEBB_RBM_DOWN);
    for (size_t k = 0; status == HEBB_OK && k < m->n_levels; k++)
        status = hebb_rbm_gibbs_init(&m->levels[k], &m->up, &m->down, m->n_chains, (hebb_philox){{0}});
    return status;
}

hebb_status hebb_planted_machine_fit(hebb_planted_machine *m, bool is_gaussian, size_t n_visible, size_t n_hidden,
                                     size_t n_chains, size_t n_levels)
{
    if (m->is_gaussian == is_gaussian && m->n_visible == n_visible && m->n_hidden == n_hidden &&
        m->n_chains == n_chains && m->n_levels == n_levels)
        return HEBB_OK;
    hebb_planted_machine_free(m);
    m->is_gaussian = is_gaussian;
    m->n_visible = n_visible;
    m->n_hidden = n_hidden;
    m->n_chains = n_chains;
    m->n_levels = n_levels;
    const hebb_status status = allocate(m);
    if (status != HEBB_OK) hebb_planted_machine_free(m);
    return status;
}

/* ---- the machine ---- */

static double draw_component(hebb_rbm_mode_law law, hebb_stream *stream)
{
    if (law == HEBB_RBM_GAUSSIAN_MODE) return hebb_stream_gaussian(stream);
    const double u = hebb_stream_uniform(stream), sign = u < 0.5 ? -1.0 : 1.0;
    return law == HEBB_RBM_BINARY_MODE ? sign : -M_SQRT1_2 * sign * log(u < 0.5 ? 2.0 * u : 2.0 * (1.0 - u));
}

/* n components of mean square 1. */
static void draw_mode(hebb_rbm_mode_law law, hebb_philox generator, uint32_t layer, size_t n, double *mode)
{
    hebb_stream stream;
    hebb_stream_init(&stream, generator, layer, 0);
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        mode[i] = draw_component(law, &stream);
        sum += mode[i] * mode[i];
    }
    const double scale = sum > 0.0 ? sqrt((double)n / sum) : 0.0;
    for (size_t i = 0; i < n; i++) mode[i] *= scale;
}

void hebb_planted_machine_draw(hebb_planted_machine *m, const hebb_rbm_system *system, const hebb_planted_draws *draws)
{
    const double L = m->is_gaussian ? 1.0 : sqrt((double)m->n_visible * (double)m->n_hidden);
    const double width = system->sigma / sqrt(L);
    draw_mode(system->law, draws->mode, 0, m->n_visible, m->u);
    draw_mode(system->law, draws->mode, 1, m->n_hidden, m->v);
    for (size_t i = 0; i < m->n_visible; i++) {
        hebb_stream stream;
        hebb_stream_init(&stream, draws->weights, 0, (uint32_t)i);
        double *row = m->rbm.weights + i * m->n_hidden;
        for (size_t j = 0; j < m->n_hidden; j++)
            row[j] =
                system->weight * m->u[i] * m->v[j] / L + (width > 0.0 ? width * hebb_stream_gaussian(&stream) : 0.0);
    }
    hebb_rbm_layer_load(&m->up, &m->rbm);
    hebb_rbm_layer_load(&m->down, &m->rbm);
}

/* ---- chains ---- */

/* beta from HOTTEST/max(w, sigma) to 1 in equal factors. */
static void set_ladder(hebb_planted_machine *m, const hebb_rbm_system *system)
{
    const double hottest = fmin(1.0, HOTTEST / fmax(system->weight, system->sigma));
    for (size_t k = 0; k < m->n_levels; k++)
        m->beta[k] = k + 1 == m->n_levels ? 1.0 : pow(hottest, 1.0 - (double)k / (double)(m->n_levels - 1));
}

/* All chains of a level, from bytes. */
static void set_states(hebb_planted_machine *m, size_t level, const uint8_t *states)
{
    hebb_index_lists_set(&m->levels[level].visible.lists, m->n_chains, states);
}

static void start(hebb_planted_machine *m, const hebb_planted_draws *draws)
{
    for (size_t k = 0; k < m->n_levels; k++) {
        hebb_rbm_gibbs *level = &m->levels[k];
        level->noise = draws->noise;
        level->first_chain = (uint32_t)(k * m->n_chains);
        level->n_sweeps = 0;
        if (m->n_levels > 1) hebb_rbm_gibbs_randomise(level, draws->start);
    }
    if (m->n_levels > 1) return;
    for (size_t c = 0; c < m->n_chains; c++)
        for (size_t i = 0; i < m->n_visible; i++) m->bytes[c * m->n_visible + i] = m->u[i] > 0.0;
    set_states(m, 0, m->bytes);
}

/* E = -s.W t at beta = 1, from the fields W t that s was drawn in, which are scaled by beta. */
static void find_energies(hebb_planted_machine *m, size_t k)
{
    const hebb_rbm_gibbs *level = &m->levels[k];
    const hebb_index_lists *on = &level->visible.lists;
    for (size_t c = 0; c < m->n_chains; c++) {
        const float *field = level->visible_fields + c * m->down.stride;
        double sum = 0.0;
        for (size_t i = 0; i < m->n_visible; i++) sum -= (double)field[i];
        for (size_t i = on->starts[c]; i < on->starts[c + 1]; i++) sum += 2.0 * (double)field[on->indices[i]];
        m->energies[k * m->n_chains + c] = -sum / m->beta[k];
    }
}

/* Levels k and k + 1 exchange the states of the chains for which P = min(1, exp(d beta dE)) says so. */
static void swap_levels(hebb_planted_machine *m, size_t k, hebb_stream *stream, double *sums)
{
    const double *energies = m->energies + k * m->n_chains;
    hebb_index_lists_get(&m->levels[k].visible.lists, m->bytes);
    hebb_index_lists_get(&m->levels[k + 1].visible.lists, m->others);
    bool any = false;
    for (size_t c = 0; c < m->n_chains; c++) {
        const double gain = (m->beta[k] - m->beta[k + 1]) * (energies[c] - energies[m->n_chains + c]);
        const bool accepted = hebb_stream_uniform(stream) < exp(fmin(0.0, gain));
        sums[SUM_TRIED]++;
        if (!accepted) continue;
        any = true;
        sums[SUM_SWAPS]++;
        for (size_t i = c * m->n_visible; i < (c + 1) * m->n_visible; i++) {
            const uint8_t kept = m->bytes[i];
            m->bytes[i] = m->others[i];
            m->others[i] = kept;
        }
    }
    if (!any) return;
    set_states(m, k, m->bytes);
    set_states(m, k + 1, m->others);
}

static hebb_status sweep(hebb_planted_machine *m)
{
    hebb_status status = HEBB_OK;
    for (size_t k = 0; status == HEBB_OK && k < m->n_levels; k++) {
        m->up.beta = m->down.beta = (float)m->beta[k];
        status = hebb_rbm_gibbs_run(&m->levels[k], 1);
        find_energies(m, k);
    }
    return status;
}

/* ---- measuring ---- */

/* sum_i mode_i s_i of a chain. */
static double project(const hebb_index_lists *lists, size_t chain, const double *mode, double sum_of_mode)
{
    double on = 0.0;
    for (size_t k = lists->starts[chain]; k < lists->starts[chain + 1]; k++) on += mode[lists->indices[k]];
    return 2.0 * on - sum_of_mode;
}

/* Mean overlap of two chains, sum_i (S_i^2 - C)/(N C (C - 1)) with S_i = sum_c s_i^c. */
static double mean_overlap(const hebb_planted_machine *m, const hebb_index_lists *lists)
{
    const size_t n = lists->n_units;
    const double C = (double)m->n_chains;
    memset(m->counts, 0, n * sizeof *m->counts);
    for (size_t k = 0; k < lists->starts[m->n_chains]; k++) m->counts[lists->indices[k]]++;
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double S = 2.0 * (double)m->counts[i] - C;
        sum += S * S - C;
    }
    return sum / ((double)n * C * (C - 1.0));
}

/* Mean of |overlap| over the pairs of chains. */
static double mean_absolute_overlap(hebb_planted_machine *m, const hebb_index_lists *lists)
{
    const size_t n = lists->n_units, n_pairs = m->n_chains * (m->n_chains - 1) / 2;
    hebb_index_lists_get(lists, m->bytes);
    double sum = 0.0;
    for (size_t a = 0; a < m->n_chains; a++)
        for (size_t b = 0; b < a; b++) {
            size_t n_different = 0;
            for (size_t i = 0; i < n; i++) n_different += m->bytes[a * n + i] != m->bytes[b * n + i];
            sum += fabs((double)n - 2.0 * (double)n_different) / (double)n;
        }
    return sum / (double)n_pairs;
}

static double sum_of(size_t n, const double *x)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    return sum;
}

/* The coldest level, once a sweep. */
static void measure(hebb_planted_machine *m, double *sums)
{
    const hebb_rbm_gibbs *level = &m->levels[m->n_levels - 1];
    const hebb_index_lists *visible = &level->visible.lists, *hidden = &level->hidden.lists;
    const double n_v = (double)m->n_visible, n_h = (double)m->n_hidden, chains = (double)m->n_chains;
    const double sum_u = sum_of(m->n_visible, m->u), sum_v = sum_of(m->n_hidden, m->v);
    const double scale = m->is_gaussian ? 1.0 : pow(n_h / n_v, 0.25);
    const bool has_ladder = m->n_levels > 1;
    for (size_t c = 0; c < m->n_chains; c++) {
        const double M = project(visible, c, m->u, sum_u) / n_v;
        const double K =
            m->is_gaussian ? m->v[0] * (double)level->hidden.reals[c] : project(hidden, c, m->v, sum_v) / n_h;
        sums[SUM_M] += scale * (has_ladder ? fabs(K) : K) / chains;
        sums[SUM_M_BAR] += (has_ladder ? fabs(M) : M) / scale / chains;
        sums[SUM_VISIBLE1] += fabs(M) / chains;
        sums[SUM_VISIBLE2] += M * M / chains;
        sums[SUM_ENERGY] += m->energies[(m->n_levels - 1) * m->n_chains + c] / sqrt(n_v * n_h) / chains;
    }
    if (!m->is_gaussian) sums[SUM_Q] += has_ladder ? mean_absolute_overlap(m, hidden) : mean_overlap(m, hidden);
    sums[SUM_Q_BAR] += has_ladder ? mean_absolute_overlap(m, visible) : mean_overlap(m, visible);
}

/* ---- a unit ---- */

static hebb_status save(hebb_planted_machine *m, hebb_checkpoint *checkpoint)
{
    kept_state *kept = m->kept;
    for (size_t k = 0; k < m->n_levels; k++)
        hebb_index_lists_get(&m->levels[k].visible.lists, kept->states + k * m->n_chains * m->n_visible);
    return hebb_checkpoint_save(checkpoint, kept_bytes(m), kept);
}

static void load(hebb_planted_machine *m, hebb_checkpoint *checkpoint)
{
    kept_state *kept = m->kept;
    if (!hebb_checkpoint_load(checkpoint, kept_bytes(m), kept)) return;
    for (size_t k = 0; k < m->n_levels; k++) {
        set_states(m, k, kept->states + k * m->n_chains * m->n_visible);
        m->levels[k].n_sweeps = (uint32_t)kept->n_done;
    }
}

static void fill_values(const hebb_planted_machine *m, double n_sweeps, double *values)
{
    static const int of[] = {[RBM_PHASES_M] = SUM_M,
                             [RBM_PHASES_M_BAR] = SUM_M_BAR,
                             [RBM_PHASES_Q] = SUM_Q,
                             [RBM_PHASES_Q_BAR] = SUM_Q_BAR,
                             [RBM_PHASES_ENERGY] = SUM_ENERGY,
                             [RBM_PHASES_VISIBLE1] = SUM_VISIBLE1,
                             [RBM_PHASES_VISIBLE2] = SUM_VISIBLE2};
    const kept_state *kept = m->kept;
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) values[k] = kept->sums[of[k]] / n_sweeps;
    if (m->is_gaussian) values[RBM_PHASES_Q] = values[RBM_PHASES_ENERGY] = NAN; /* not of two-valued units */
    values[RBM_PHASES_SWAPS] = kept->sums[SUM_TRIED] > 0.0 ? kept->sums[SUM_SWAPS] / kept->sums[SUM_TRIED] : NAN;
}

hebb_status hebb_planted_machine_sample(hebb_planted_machine *m, const hebb_rbm_system *system,
                                        const hebb_planted_draws *draws, long n_settle, long n_sweeps,
                                        hebb_checkpoint *checkpoint, double *values)
{
    kept_state *kept = m->kept;
    memset(kept, 0, kept_bytes(m));
    set_ladder(m, system);
    start(m, draws);
    load(m, checkpoint);
    hebb_status status = HEBB_OK;
    while (status == HEBB_OK && kept->n_done < (uint64_t)(n_settle + n_sweeps)) {
        const uint32_t t = (uint32_t)kept->n_done++;
        status = sweep(m);
        if (status != HEBB_OK) break;
        if (t >= (uint64_t)n_settle) measure(m, kept->sums);
        for (size_t k = t % 2; k + 1 < m->n_levels; k += 2) {
            hebb_stream stream;
            hebb_stream_init(&stream, draws->swap, t, (uint32_t)k);
            swap_levels(m, k, &stream, kept->sums);
        }
        if (hebb_checkpoint_is_due(checkpoint)) status = save(m, checkpoint);
    }
    if (status == HEBB_OK) fill_values(m, (double)n_sweeps, values);
    return status;
}
