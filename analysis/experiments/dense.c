#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dense_study.h"
#include "experiment.h"
#include "grid.h"
#include "number.h"
#include "thermal_walk.h"
#include "two_body.h"
#include "update_options.h"

static const hebb_option options[] = {
    {"degree", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "2,3,4", HEBB_FROM_TO(2.0, HEBB_DENSE_MAX_DEGREE),
     HEBB_OPTION_RESULT, "degrees n of F(x) = x^n"},
    {"load", 0, HEBB_OPTION_REAL_LIST, "LIST", "0.05:0.4:0.05", HEBB_ABOVE(0.0), HEBB_OPTION_RESULT,
     "loads a; K = round(a N^(n-1)/(2n-3)!!)"},
    {"neurons", 0, HEBB_OPTION_INTEGER_LIST, "LIST", "50,100", HEBB_FROM_TO(2.0, HEBB_MAX_NEURONS), HEBB_OPTION_RESULT,
     "sizes N"},
    {"most-pairs", 0, HEBB_OPTION_REAL, "X", NULL, HEBB_AT_LEAST(1.0), HEBB_OPTION_RESULT,
     "leave out, degree by degree, sizes with more than X pairs N K of a neuron and a pattern at the largest load"},
    {"overlap", 0, HEBB_OPTION_REAL_LIST, "LIST", "1", HEBB_FROM_TO(0.0, 1.0), HEBB_OPTION_RESULT,
     "overlaps m0 of the initial states: round(N (1-m0)/2) neurons are turned over"},
    {"interaction", 0, HEBB_OPTION_CHOICE, "power|rectified", "power", HEBB_ANY, HEBB_OPTION_RESULT,
     "F(x) = x^n, or x^n for x > 0 alone"},
    {"temperature", 0, HEBB_OPTION_REAL_LIST, "LIST", "0", HEBB_FROM_TO(0.0, 10.0), HEBB_OPTION_RESULT,
     "temperatures T of the energy -sum (M^mu)^n/(n N^(n-1)); 0: relaxation alone"},
    {"thermal-sweeps", 0, HEBB_OPTION_INTEGER, "N", "400", HEBB_FROM_TO(2.0, 1e8), HEBB_OPTION_RESULT,
     "sweeps in the heat bath at T > 0; m is the mean over the second half"},
    HEBB_UPDATE_ORDER_OPTION,
    {"sweeps", 0, HEBB_OPTION_INTEGER, "N", "10000", HEBB_FROM_TO(1.0, 1e9), HEBB_OPTION_RESULT,
     "give a relaxation up after so many sweeps"},
};

static const hebb_column grid_columns[DENSE_N_GRID] = {
    {"degree", "1", "degree n of F(x) = x^n"},
    {"load", "1", "load a = K (2n-3)!!/N^(n-1) asked for"},
    {"n_neurons", "1", "number of neurons N"},
    {"n_patterns", "1", "number of patterns K = round(a N^(n-1)/(2n-3)!!)"},
    {"alpha", "1", "K/N^(n-1)"},
    {"m0", "1", "initial overlap asked for"},
    {"temperature", "J", "temperature T"},
};

static const hebb_column value_columns[DENSE_N_VALUES] = {
    {"m", "1", "overlap with the pattern: at T = 0 at the end, at T > 0 over the second half of the sweeps"},
    {"m_initial", "1", "overlap with the pattern at the start"},
    {"m_cooled", "1", "overlap at the end, after relaxation at T = 0"},
    {"sweeps", "1", "sweeps of the relaxation, the last one, without a flip, included"},
    {"flips", "1", "spins flipped in it"},
    {"energy", "J", "energy -sum (M^mu)^n/(n N^n) per neuron, where m is"},
    {"outcome", "1", "0: fixed point, 2: relaxation not settled within --sweeps"},
};

/* ---- points ---- */

size_t hebb_dense_study_neurons(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, DENSE_NEURONS);
}

size_t hebb_dense_study_patterns(const hebb_study *study, size_t point)
{
    return (size_t)hebb_study_grid(study, point, DENSE_PATTERNS);
}

int hebb_dense_study_degree(const hebb_study *study, size_t point)
{
    return (int)hebb_study_grid(study, point, DENSE_DEGREE);
}

double hebb_dense_study_load(const hebb_study *study, size_t point)
{
    return hebb_study_grid(study, point, DENSE_ALPHA) *
           hebb_dense_double_factorial(hebb_dense_study_degree(study, point));
}

/* Whether there is anything to retrieve at low loads. */
static bool retrieves(int degree, double T)
{
    double m;
    if (degree == 2) return T < 1.0; /* m vanishes there: an iteration would not come to its end next to it */
    return T == 0.0 || hebb_two_body_overlap(degree, T, &m) == HEBB_OK;
}

/* K, not rounded. */
static double patterns_at(double degree, double load, double n)
{
    return load * pow(n, degree - 1.0) / hebb_dense_double_factorial((int)degree);
}

/* K and alpha of degree, load and N. */
static hebb_status complete(double *row)
{
    const double n = row[DENSE_NEURONS], degree = row[DENSE_DEGREE], T = row[DENSE_TEMPERATURE];
    const double wanted = patterns_at(degree, row[DENSE_LOAD], n);
    char text[HEBB_NUMBER_LENGTH];
    hebb_number_format(row[DENSE_LOAD], text);
    if (wanted > HEBB_MAX_PATTERNS + 0.5)
        return hebb_fail(HEBB_EDOM,
                         "--load: %s at degree %.0f and %.0f neurons is %.3g patterns, and there may be %d: use fewer "
                         "--neurons at this degree, or --most-pairs",
                         text, degree, n, wanted, (int)HEBB_MAX_PATTERNS);
    row[DENSE_PATTERNS] = round(wanted);
    if (row[DENSE_PATTERNS] < 1.0)
        return hebb_fail(HEBB_EDOM,
                         "--load: %s at degree %.0f and %.0f neurons is less than half a pattern: use more --neurons",
                         text, degree, n);
    row[DENSE_ALPHA] = row[DENSE_PATTERNS] / pow(n, degree - 1.0);
    if (retrieves((int)degree, T)) return HEBB_OK;
    hebb_number_format(T, text);
    return hebb_fail(HEBB_EDOM, "--temperature: %s: at degree %.0f there is no retrieval at any load", text, degree);
}

/* The study's lists. */
typedef struct {
    const hebb_list *degree, *load, *neurons, *overlap, *temperature;
    double most_pairs;
} axes;

/* Whether the size is not one of those left out. */
static bool is_small_enough(const axes *all, double degree, double n)
{
    double largest = 0.0;
    for (size_t k = 0; k < all->load->length; k++) largest = fmax(largest, all->load->values[k]);
    return n * patterns_at(degree, largest, n) <= all->most_pairs;
}

static hebb_status add_starts(hebb_study *study, const axes *all, double degree, double load, double n)
{
    for (size_t m = 0; m < all->overlap->length; m++)
        for (size_t t = 0; t < all->temperature->length; t++) {
            double row[DENSE_N_GRID] = {[DENSE_DEGREE] = degree,
                                        [DENSE_LOAD] = load,
                                        [DENSE_NEURONS] = n,
                                        [DENSE_M0] = all->overlap->values[m],
                                        [DENSE_TEMPERATURE] = all->temperature->values[t]};
            hebb_status status = complete(row);
            if (status == HEBB_OK) status = hebb_study_add_point(study, row);
            if (status != HEBB_OK) return status;
        }
    return HEBB_OK;
}

/* The product of the lists, the first slowest, without the sizes left out. */
static hebb_status add_points(hebb_study *study, const axes *all)
{
    for (size_t d = 0; d < all->degree->length; d++)
        for (size_t a = 0; a < all->load->length; a++)
            for (size_t k = 0; k < all->neurons->length; k++) {
                const double degree = all->degree->values[d], n = all->neurons->values[k];
                if (!is_small_enough(all, degree, n)) continue;
                const hebb_status status = add_starts(study, all, degree, all->load->values[a], n);
                if (status != HEBB_OK) return status;
            }
    if (study->n_points > 0) return HEBB_OK;
    return hebb_fail(HEBB_EDOM, "--most-pairs: no size is left: use more, or fewer --neurons");
}

static double bytes(const hebb_study *study, size_t point)
{
    return hebb_dense_room_bytes(hebb_dense_study_neurons(study, point), hebb_dense_study_patterns(study, point));
}

static hebb_status plan(hebb_study *study)
{
    hebb_dense_study *own = calloc(1, sizeof *own);
    if (own == NULL) return hebb_fail(HEBB_ENOMEM, "no memory for the study");
    const hebb_options *given = study->options;
    const axes all = {hebb_options_list(given, "degree"),
                      hebb_options_list(given, "load"),
                      hebb_options_list(given, "neurons"),
                      hebb_options_list(given, "overlap"),
                      hebb_options_list(given, "temperature"),
                      hebb_options_is_set(given, "most-pairs") ? hebb_options_real(given, "most-pairs") : INFINITY};
    study->own = own;
    study->n_values = DENSE_N_VALUES;
    study->value_columns = value_columns;
    study->n_grid = DENSE_N_GRID;
    study->grid_columns = grid_columns;
    own->kind = strcmp(hebb_options_text(given, "interaction"), "rectified") == 0 ? HEBB_INTERACTION_RECTIFIED
                                                                                  : HEBB_INTERACTION_POWER;
    own->way.order = hebb_update_options_order(study);
    own->way.thermal_sweeps = hebb_options_integer(given, "thermal-sweeps");
    own->way.max_sweeps = hebb_options_integer(given, "sweeps");
    own->pattern_seed = hebb_study_seed(study, "pattern-seed");
    own->dynamics_seed = hebb_study_seed(study, "dynamics-seed");
    const hebb_status status = add_points(study, &all);
    return status == HEBB_OK ? hebb_grid_check_memory(study, DENSE_NEURONS, DENSE_PATTERNS, bytes) : status;
}

static double cost(const hebb_study *study, size_t point)
{
    /* Sweeps, and the drawing of the patterns; a relaxation at a high load takes some twenty. */
    const hebb_dense_study *own = study->own;
    const double warm = hebb_study_grid(study, point, DENSE_TEMPERATURE) > 0.0 ? (double)own->way.thermal_sweeps : 0.0;
    return (double)hebb_dense_study_neurons(study, point) * (double)hebb_dense_study_patterns(study, point) *
           (2.0 + warm + 40.0 * fmin(1.0, hebb_dense_study_load(study, point)));
}

/* ---- one unit ---- */

static void workspace_free(void *room)
{
    if (room != NULL) hebb_dense_room_free(room);
    free(room);
}

static hebb_dense_way way_at(const hebb_study *study, const hebb_unit *unit)
{
    const hebb_dense_study *own = study->own;
    const size_t n = hebb_dense_study_neurons(study, unit->point), k = hebb_dense_study_patterns(study, unit->point);
    const uint32_t replica = (uint32_t)unit->replica;
    const double T = hebb_study_grid(study, unit->point, DENSE_TEMPERATURE);
    /* At T = 0 the address that the Hopfield model's orders have: at n = 2 the trajectories are its own. */
    const uint64_t at = T > 0.0 ? hebb_thermal_realisation(n, k, T, hebb_dense_study_degree(study, unit->point))
                                : hebb_patterns_address(n, k);
    hebb_dense_way way = own->way;
    way.temperature = T;
    way.noise = hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_NOISE, at, replica);
    way.order_generator = hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_ORDER, at, replica);
    return way;
}

/* The unit's patterns, and its start where no earlier run has left it half-way. */
static hebb_status begin(const hebb_study *study, hebb_dense_room *room, const hebb_unit *unit)
{
    const hebb_dense_study *own = study->own;
    const size_t n = hebb_dense_study_neurons(study, unit->point), k = hebb_dense_study_patterns(study, unit->point);
    const hebb_interaction interaction = {own->kind, hebb_dense_study_degree(study, unit->point)};
    const uint32_t replica = (uint32_t)unit->replica;
    const double m0 = hebb_study_grid(study, unit->point, DENSE_M0);
    const size_t n_turned = (size_t)lround(0.5 * (double)n * (1.0 - m0));
    const hebb_status status = hebb_dense_room_fit(room, n, k, interaction);
    if (status != HEBB_OK) return status;
    hebb_patterns_draw(&room->patterns, own->pattern_seed, replica);
    if (hebb_dense_room_restore(room, unit->checkpoint)) return HEBB_OK;
    hebb_dense_memory_start_near_pattern(
        &room->memory, 0, n_turned,
        hebb_philox_derive(own->dynamics_seed, HEBB_DRAW_STATE, hebb_patterns_address(n, k), replica));
    return HEBB_OK;
}

static hebb_status run(const hebb_study *study, void *room, const hebb_unit *unit, double *values)
{
    hebb_dense_room *w = room;
    const hebb_dense_way way = way_at(study, unit);
    const double n = hebb_study_grid(study, unit->point, DENSE_NEURONS);
    const double m0 = hebb_study_grid(study, unit->point, DENSE_M0);
    hebb_status status = begin(study, w, unit);
    if (status == HEBB_OK) status = hebb_dense_room_heat(w, &way, unit->checkpoint);
    if (status == HEBB_OK) status = hebb_dense_room_relax(w, &way, unit->checkpoint);
    if (status != HEBB_OK) return status;
    const hebb_dense_progress *out = &w->progress;
    const double n_counted = (double)(way.thermal_sweeps - way.thermal_sweeps / 2);
    const bool warm = way.temperature > 0.0;
    values[DENSE_M_INITIAL] = 1.0 - 2.0 * round(0.5 * n * (1.0 - m0)) / n;
    values[DENSE_M_COOLED] = hebb_dense_memory_overlap(&w->memory, 0);
    values[DENSE_M] = warm ? out->m_sum / n_counted : values[DENSE_M_COOLED];
    values[DENSE_ENERGY] = warm ? out->e_sum / n_counted : hebb_dense_memory_energy(&w->memory);
    values[DENSE_SWEEPS] = (double)out->relaxed.sweeps;
    values[DENSE_FLIPS] = (double)out->relaxed.flips;
    values[DENSE_OUTCOME] = (double)out->relaxed.outcome;
    return HEBB_OK;
}

const hebb_experiment hebb_dense_experiment = {.name = "dense",
                                               .summary =
                                                   "overlap against load of dense memories x^n, from a stored pattern",
                                               .n_options = sizeof options / sizeof *options,
                                               .options = options,
                                               .plan = plan,
                                               .cost = cost,
                                               .bytes = bytes,
                                               .workspace_size = sizeof(hebb_dense_room),
                                               .workspace_free = workspace_free,
                                               .run = run,
                                               .report = hebb_dense_report};
