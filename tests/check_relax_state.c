/* relax_state: a relaxation left after any sweep and taken up again ends as if it had never been left. */
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "relax_state.h"
#include "trajectory.h"

enum { N = 300, P = 50, N_NETWORKS = 4, MAX_SWEEPS = 100 };

static const hebb_update_order orders[] = {HEBB_ORDER_SEQUENTIAL, HEBB_ORDER_RANDOM, HEBB_ORDER_SYNCHRONOUS};
static const hebb_philox generator = {{11, 12}};

/* ---- a run that is watched ---- */

typedef struct {
    size_t n, bytes; /* states so far, and of each */
    unsigned char *states[MAX_SWEEPS];
    long stop_after; /* sweeps; 0: never */
} album;

static hebb_status keep_state(void *context, const hebb_sweeper *sweeper, const hebb_relaxation *results)
{
    album *kept = context;
    kept->bytes = hebb_relax_state_bytes(sweeper);
    kept->states[kept->n] = malloc(kept->bytes);
    hebb_relax_state_save(sweeper, results, kept->states[kept->n++]);
    return kept->stop_after > 0 && (long)kept->n >= kept->stop_after ? HEBB_EIO : HEBB_OK;
}

static void forget(album *kept)
{
    for (size_t k = 0; k < kept->n; k++) free(kept->states[k]);
    kept->n = 0;
}

static hebb_relax_options how_to(album *kept)
{
    return (hebb_relax_options){
        .max_sweeps = MAX_SWEEPS, .generator = generator, .after_sweep = keep_state, .context = kept};
}

static void prepare(engine *made, hebb_update_order order, int n_threads, hebb_sweeper *sweeper)
{
    ck_assert_int_eq(hebb_sweeper_init(sweeper, made->n_networks, made->networks, order), HEBB_OK);
    ck_assert_int_eq(hebb_sweeper_use_threads(sweeper, n_threads), HEBB_OK);
}

static void check_same(const engine *got, const hebb_relaxation *results, const engine *want,
                       const hebb_relaxation *wanted)
{
    for (size_t a = 0; a < want->n_networks; a++) {
        ck_assert_int_eq(results[a].outcome, wanted[a].outcome);
        ck_assert_int_eq(results[a].sweeps, wanted[a].sweeps);
        ck_assert_int_eq(results[a].flips, wanted[a].flips);
        ck_assert_mem_eq(got->networks[a].spins, want->networks[a].spins, want->patterns.n_neurons);
        ck_assert_mem_eq(got->networks[a].overlaps, want->networks[a].overlaps,
                         hebb_patterns_padded(want->patterns.n_patterns) * sizeof(int32_t));
    }
}

/* ---- left and taken up ---- */

/* Takes state k up in networks that were elsewhere before; it, left again, and all from there on are the same bytes. */
static void check_resumed(engine *made, const album *kept, size_t k, hebb_update_order order, int n_threads,
                          const engine *want, const hebb_relaxation *wanted)
{
    hebb_sweeper sweeper;
    hebb_relaxation results[N_NETWORKS];
    album again = {0}, after = {0};
    const hebb_relax_options how = how_to(&after);
    prepare(made, order, n_threads, &sweeper);
    hebb_sweeper_run(&sweeper, 77);
    ck_assert_int_eq(hebb_relax_state_restore(&sweeper, kept->states[k], kept->bytes, results), HEBB_OK);
    for (size_t a = 0; a < made->n_networks; a++) check_overlaps_are_the_spins(made->networks + a);
    ck_assert_int_eq(keep_state(&again, &sweeper, results), HEBB_OK);
    ck_assert_mem_eq(again.states[0], kept->states[k], kept->bytes);
    forget(&again);
    ck_assert_int_eq(hebb_relax_resume(&sweeper, &how, results), HEBB_OK);
    check_same(made, results, want, wanted);
    ck_assert_uint_eq(after.n, kept->n - k - 1);
    for (size_t l = 0; l < after.n; l++) ck_assert_mem_eq(after.states[l], kept->states[k + 1 + l], kept->bytes);
    forget(&after);
    hebb_sweeper_free(&sweeper);
}

static size_t check_every_sweep(const hebb_kernel *kernel, hebb_update_order order, size_t n_networks, size_t p)
{
    engine *want = engine_make(kernel, HEBB_STORE_SLICES, N, p, 0, n_networks);
    hebb_sweeper sweeper;
    hebb_relaxation wanted[N_NETWORKS];
    album kept = {0};
    const hebb_relax_options how = how_to(&kept);
    engine_start(want);
    prepare(want, order, 1, &sweeper);
    ck_assert_int_eq(hebb_relax(&sweeper, &how, wanted), HEBB_OK);
    hebb_sweeper_free(&sweeper);
    engine *made[N_STORES];
    for (size_t s = 0; s < N_STORES; s++) made[s] = engine_make(NULL, engine_stores[s], N, p, 0, n_networks);
    for (size_t k = 0; k < kept.n; k++)
        check_resumed(made[k % N_STORES], &kept, k, order, 1 + (int)(k % 2), want, wanted);
    for (size_t s = 0; s < N_STORES; s++) engine_drop(made[s]);
    const size_t n_states = kept.n;
    forget(&kept);
    engine_drop(want);
    return n_states;
}

START_TEST(left_after_any_sweep_it_ends_as_if_it_had_not_been_left)
{
    for (size_t o = 0; o < COUNT(orders); o++)
        for (EACH_KERNEL(kernel)) {
            ck_assert_uint_gt(check_every_sweep(*kernel, orders[o], 1, 40), 0);
            ck_assert_uint_gt(check_every_sweep(*kernel, orders[o], N_NETWORKS, P), 2);
            ck_assert_uint_gt(check_every_sweep(*kernel, orders[o], N_NETWORKS, 900), 4);
        }
}
END_TEST

START_TEST(what_the_caller_returns_after_a_sweep_ends_it_and_it_can_go_on)
{
    for (size_t o = 0; o < COUNT(orders); o++) {
        engine *want = engine_make(NULL, HEBB_STORE_SLICES, N, P, 0, N_NETWORKS);
        engine *made = engine_make(NULL, HEBB_STORE_SLICES, N, P, 0, N_NETWORKS);
        hebb_relaxation wanted[N_NETWORKS], results[N_NETWORKS];
        hebb_sweeper sweeper;
        album all = {0}, kept = {0};
        hebb_relax_options how = how_to(&all);
        engine_start(want);
        prepare(want, orders[o], 1, &sweeper);
        ck_assert_int_eq(hebb_relax(&sweeper, &how, wanted), HEBB_OK);
        hebb_sweeper_free(&sweeper);
        long longest = 0;
        for (size_t a = 0; a < N_NETWORKS; a++) longest = wanted[a].sweeps > longest ? wanted[a].sweeps : longest;
        ck_assert_uint_eq(all.n, (size_t)longest - 1); /* not after the last sweep */
        engine_start(made);
        prepare(made, orders[o], 1, &sweeper);
        how = how_to(&kept);
        kept.stop_after = 1;
        hebb_status status = hebb_relax(&sweeper, &how, results);
        for (; status == HEBB_EIO; status = hebb_relax_resume(&sweeper, &how, results)) kept.stop_after++;
        ck_assert_int_eq(status, HEBB_OK);
        ck_assert_uint_eq(kept.n, all.n);
        check_same(made, results, want, wanted);
        hebb_sweeper_free(&sweeper);
        forget(&kept);
        forget(&all);
        engine_drop(made);
        engine_drop(want);
    }
}
END_TEST

START_TEST(cut_off_by_max_sweeps_it_can_go_on_too)
{
    engine *want = engine_make(NULL, HEBB_STORE_SLICES, N, P, 0, N_NETWORKS);
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, N, P, 0, N_NETWORKS);
    for (size_t o = 0; o < COUNT(orders); o++) {
        hebb_relaxation wanted[N_NETWORKS], results[N_NETWORKS];
        hebb_sweeper sweeper;
        hebb_relax_options how = {.max_sweeps = MAX_SWEEPS, .generator = generator};
        engine_start(want);
        prepare(want, orders[o], 1, &sweeper);
        ck_assert_int_eq(hebb_relax(&sweeper, &how, wanted), HEBB_OK);
        hebb_sweeper_free(&sweeper);
        engine_start(made);
        prepare(made, orders[o], 1, &sweeper);
        how.max_sweeps = 1;
        ck_assert_int_eq(hebb_relax(&sweeper, &how, results), HEBB_OK);
        for (how.max_sweeps = 2; how.max_sweeps <= MAX_SWEEPS; how.max_sweeps++)
            ck_assert_int_eq(hebb_relax_resume(&sweeper, &how, results), HEBB_OK);
        check_same(made, results, want, wanted);
        hebb_sweeper_free(&sweeper);
    }
    engine_drop(made);
    engine_drop(want);
}
END_TEST

/* Two neurons that chase each other: the cycle shows after two sweeps, of which only one was seen. */
START_TEST(a_cycle_of_two_states_is_found_over_an_interruption)
{
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 2, 1, 0, 1);
    hebb_patterns_set(&made->patterns, 0, 0, 1);
    hebb_patterns_set(&made->patterns, 1, 0, 1);
    hebb_sweeper sweeper;
    hebb_relaxation result;
    album kept = {.stop_after = 1};
    const hebb_relax_options how = how_to(&kept);
    prepare(made, HEBB_ORDER_SYNCHRONOUS, 1, &sweeper);
    hebb_hopfield_start_at(made->networks, (const int8_t[]){1, -1});
    ck_assert_int_eq(hebb_relax(&sweeper, &how, &result), HEBB_EIO);
    hebb_sweeper_free(&sweeper);
    prepare(made, HEBB_ORDER_SYNCHRONOUS, 1, &sweeper);
    hebb_hopfield_start_at(made->networks, (const int8_t[]){1, 1});
    ck_assert_int_eq(hebb_relax_state_restore(&sweeper, kept.states[0], kept.bytes, &result), HEBB_OK);
    ck_assert_int_eq(hebb_relax_resume(&sweeper, &how, &result), HEBB_OK);
    ck_assert_int_eq(result.outcome, HEBB_RELAX_TWO_CYCLE);
    ck_assert_int_eq(result.sweeps, 2);
    ck_assert_int_eq(result.flips, 4);
    hebb_sweeper_free(&sweeper);
    forget(&kept);
    engine_drop(made);
}
END_TEST

/* ---- bytes ---- */

/* The same bytes on every machine: those of relax_state.h, the checksum by another program. */
START_TEST(a_state_is_these_bytes)
{
    static const unsigned char want[] = {'h',  'e',  'b',  'b',  'r',  'l',  'x',  '1', /* */
                                         0,    0,    0,    0,    1,    0,    0,    0,
                                         10,   0,    0,    0,    3,    0,    0,    0,    /* order, networks, N, p */
                                         2,    0,    0,    0,    0,    0,    0,    0,    /* unfinished */
                                         0x04, 0x03, 0x02, 0x01, 0,    0,    0,    0,    /* sweeps */
                                         0x08, 0x07, 0x06, 0x05, 0x04, 0x03, 0x02, 0x01, /* flips */
                                         9,    0,    0,    0,    0,    0,    0,    0, /* updates since the last flip */
                                         0x81, 0x02,                                  /* neurons 0, 7 and 9 are up */
                                         0x87, 0xBD, 0xE9, 0xAC, 0x1E, 0x37, 0x0E, 0xA8};
    engine *made = engine_make(NULL, HEBB_STORE_SLICES, 10, 3, 0, 1);
    hebb_sweeper sweeper;
    const hebb_relaxation result = {HEBB_RELAX_UNFINISHED, 0x01020304, 0x0102030405060708};
    unsigned char state[sizeof want];
    prepare(made, HEBB_ORDER_SEQUENTIAL, 1, &sweeper);
    hebb_hopfield_start_at(made->networks, (const int8_t[]){1, -1, -1, -1, -1, -1, -1, 1, -1, 1});
    sweeper.members[0].n_still = 9;
    ck_assert_uint_eq(hebb_relax_state_bytes(&sweeper), sizeof want);
    hebb_relax_state_save(&sweeper, &result, state);
    ck_assert_mem_eq(state, want, sizeof want);
    hebb_sweeper_free(&sweeper);
    engine_drop(made);
}
END_TEST

/* A state of three networks, the second of which has ended, and a sweeper to restore it to. */
typedef struct {
    engine *made;
    hebb_sweeper sweeper;
    hebb_relaxation results[N_NETWORKS];
    size_t bytes;
    unsigned char *state;
} specimen;

static specimen *take_specimen(hebb_update_order order, size_t n)
{
    specimen *s = calloc(1, sizeof *s);
    album kept = {.stop_after = 2};
    const hebb_relax_options how = how_to(&kept);
    s->made = engine_make(NULL, HEBB_STORE_SLICES, n, 60, 0, 3);
    engine_start(s->made);
    int8_t *end = malloc(n);
    hebb_patterns_column(&s->made->patterns, 0, end);
    for (uint32_t seed = 0;; seed++) { /* one that ends at once */
        engine_spins_near_pattern(&s->made->patterns, seed, end);
        hebb_hopfield_start_at(s->made->networks + 1, end);
        prepare(s->made, order, 1, &s->sweeper);
        forget(&kept);
        const hebb_status status = hebb_relax(&s->sweeper, &how, s->results);
        if (status == HEBB_EIO && s->results[1].outcome != HEBB_RELAX_UNFINISHED) break;
        hebb_sweeper_free(&s->sweeper);
        for (size_t k = 0; k < 2; k++) {
            engine_random_spins(n, 100 * seed + (uint32_t)k, end);
            hebb_hopfield_start_at(s->made->networks + 2 * k, end);
        }
    }
    free(end);
    s->bytes = kept.bytes;
    s->state = malloc(s->bytes);
    memcpy(s->state, kept.states[1], s->bytes);
    forget(&kept);
    return s;
}

static void drop_specimen(specimen *s)
{
    hebb_sweeper_free(&s->sweeper);
    engine_drop(s->made);
    free(s->state);
    free(s);
}

/* Refused, with a sentence, and nothing has changed. */
static void check_refused(specimen *s, const unsigned char *state, size_t n_bytes)
{
    hebb_relaxation results[N_NETWORKS];
    unsigned char *exact = malloc(n_bytes + 1), *now = malloc(s->bytes); /* a byte read too many is noticed */
    memcpy(exact, state, n_bytes);
    memset(results, 0x5A, sizeof results);
    hebb_diagnostic_clear();
    ck_assert_int_eq(hebb_relax_state_restore(&s->sweeper, exact, n_bytes, results), HEBB_EDATA);
    ck_assert_str_ne(hebb_diagnostic(), "");
    for (size_t k = 0; k < sizeof results; k++) ck_assert_uint_eq(((unsigned char *)results)[k], 0x5A);
    hebb_relax_state_save(&s->sweeper, s->results, now);
    ck_assert_mem_eq(now, s->state, s->bytes);
    free(now);
    free(exact);
}

START_TEST(a_state_with_a_byte_missing_too_many_or_a_bit_wrong_is_refused)
{
    for (size_t o = 0; o < COUNT(orders); o++) {
        specimen *s = take_specimen(orders[o], 37);
        unsigned char *other = calloc(1, s->bytes + 8);
        memcpy(other, s->state, s->bytes);
        for (size_t n = 0; n < s->bytes; n++) check_refused(s, other, n);
        for (size_t n = 1; n <= 8; n++) check_refused(s, other, s->bytes + n);
        for (size_t bit = 0; bit < 8 * s->bytes; bit++) {
            other[bit / 8] ^= (unsigned char)(1 << bit % 8);
            check_refused(s, other, s->bytes);
            other[bit / 8] ^= (unsigned char)(1 << bit % 8);
        }
        ck_assert_int_eq(hebb_relax_state_restore(&s->sweeper, other, s->bytes, s->results), HEBB_OK);
        free(other);
        drop_specimen(s);
    }
}
END_TEST

/* The checksum of one's own, as relax_state.h has it. */
static void seal(unsigned char *state, size_t n_bytes)
{
    uint64_t sum = UINT64_C(14695981039346656037);
    for (size_t k = 0; k < n_bytes - 8; k++) sum = (sum ^ state[k]) * UINT64_C(1099511628211);
    for (size_t k = 0; k < 8; k++) state[n_bytes - 8 + k] = (unsigned char)(sum >> 8 * k);
}

/* What is not refused runs, and ends within max_sweeps. */
static bool is_harmless(specimen *s, const unsigned char *state)
{
    hebb_relaxation results[N_NETWORKS];
    const hebb_relax_options how = {.max_sweeps = 20, .generator = generator};
    if (hebb_relax_state_restore(&s->sweeper, state, s->bytes, results) != HEBB_OK) {
        ck_assert_int_eq(hebb_relax_state_restore(&s->sweeper, s->state, s->bytes, s->results), HEBB_OK);
        check_refused(s, state, s->bytes);
        return false;
    }
    ck_assert_int_eq(hebb_relax_resume(&s->sweeper, &how, results), HEBB_OK);
    for (size_t a = 0; a < 3; a++) {
        ck_assert(results[a].outcome != HEBB_RELAX_UNFINISHED || results[a].sweeps >= 20);
        check_overlaps_are_the_spins(s->made->networks + a);
        for (size_t i = 0; i < s->made->patterns.n_neurons; i++)
            ck_assert_int_eq(s->made->networks[a].spins[i] * s->made->networks[a].spins[i], 1);
    }
    return true;
}

START_TEST(what_has_been_mangled_and_sealed_again_is_refused_or_harmless)
{
    for (size_t o = 0; o < COUNT(orders); o++) {
        specimen *s = take_specimen(orders[o], 37);
        unsigned char *other = malloc(s->bytes);
        size_t n_refused = 0, n_taken = 0;
        for (size_t k = 0; k < s->bytes - 8; k++)
            for (unsigned value = 0; value < 9; value++) {
                static const unsigned char values[] = {0, 1, 2, 3, 37, 64, 127, 128, 255};
                memcpy(other, s->state, s->bytes);
                other[k] = values[value];
                seal(other, s->bytes);
                if (is_harmless(s, other))
                    n_taken++;
                else
                    n_refused++;
            }
        ck_assert_uint_gt(n_refused, 8 * 24); /* the whole header */
        ck_assert_uint_gt(n_taken, 12 * 5);   /* spins: whatever they are, it is a state */
        free(other);
        drop_specimen(s);
    }
}
END_TEST

START_TEST(bits_beyond_the_last_neuron_are_refused_though_sealed)
{
    for (size_t o = 0; o < COUNT(orders); o++) {
        specimen *s = take_specimen(orders[o], 37);
        s->state[24 + 32 + 37 / 8] ^= 1 << 37 % 8; /* of the first network's spins */
        seal(s->state, s->bytes);
        ck_assert_int_eq(hebb_relax_state_restore(&s->sweeper, s->state, s->bytes, s->results), HEBB_EDATA);
        drop_specimen(s);
    }
}
END_TEST

/* Network 1 has ended: it has no flips of a last sweep and no updates since one. */
START_TEST(what_only_unfinished_networks_have_is_refused_in_one_that_has_ended)
{
    for (size_t o = 0; o < COUNT(orders); o++) {
        specimen *s = take_specimen(orders[o], 37);
        const bool has_flipped = orders[o] == HEBB_ORDER_SYNCHRONOUS;
        const size_t spins = (37 + 7) / 8, member = 24 + 32 + (has_flipped ? 2 : 1) * spins;
        unsigned char *other = malloc(s->bytes);
        memcpy(other, s->state, s->bytes);
        other[member + (has_flipped ? 32 + spins : 24)] = 1;
        seal(other, s->bytes);
        check_refused(s, other, s->bytes);
        free(other);
        drop_specimen(s);
    }
}
END_TEST

START_TEST(the_state_of_other_networks_is_refused)
{
    specimen *s = take_specimen(HEBB_ORDER_SEQUENTIAL, 40);
    static const struct {
        size_t n, p, n_networks;
        hebb_update_order order;
    } others[] = {{41, 60, 3, HEBB_ORDER_SEQUENTIAL}, {40, 61, 3, HEBB_ORDER_SEQUENTIAL},
                  {40, 60, 2, HEBB_ORDER_SEQUENTIAL}, {40, 60, 4, HEBB_ORDER_SEQUENTIAL},
                  {40, 60, 3, HEBB_ORDER_RANDOM},     {40, 60, 3, HEBB_ORDER_SYNCHRONOUS}};
    for (size_t k = 0; k < COUNT(others); k++) {
        engine *made = engine_make(NULL, HEBB_STORE_SLICES, others[k].n, others[k].p, 0, others[k].n_networks);
        hebb_sweeper sweeper;
        hebb_relaxation results[N_NETWORKS];
        prepare(made, others[k].order, 1, &sweeper);
        ck_assert_int_eq(hebb_relax_state_restore(&sweeper, s->state, s->bytes, results), HEBB_EDATA);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "3 x 40 neurons and 60 patterns"));
        hebb_sweeper_free(&sweeper);
        engine_drop(made);
    }
    drop_specimen(s);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("relax_state");
    TCase *resumed = tcase_create("resumed"), *bytes = tcase_create("bytes");
    tcase_add_test(resumed, left_after_any_sweep_it_ends_as_if_it_had_not_been_left);
    tcase_add_test(resumed, what_the_caller_returns_after_a_sweep_ends_it_and_it_can_go_on);
    tcase_add_test(resumed, cut_off_by_max_sweeps_it_can_go_on_too);
    tcase_add_test(resumed, a_cycle_of_two_states_is_found_over_an_interruption);
    tcase_add_test(bytes, a_state_is_these_bytes);
    tcase_add_test(bytes, a_state_with_a_byte_missing_too_many_or_a_bit_wrong_is_refused);
    tcase_add_test(bytes, what_has_been_mangled_and_sealed_again_is_refused_or_harmless);
    tcase_add_test(bytes, bits_beyond_the_last_neuron_are_refused_though_sealed);
    tcase_add_test(bytes, what_only_unfinished_networks_have_is_refused_in_one_that_has_ended);
    tcase_add_test(bytes, the_state_of_other_networks_is_refused);
    suite_add_tcase(suite, resumed);
    suite_add_tcase(suite, bytes);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
