/* field_tables: fields against the plain sum for overlaps of every magnitude, and where 16 bits end. */
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "field_tables.h"

enum { LARGEST = (1 << 24) - 1 };

static const size_t loads[] = {1, 5, 6, 7, 47, 48, 49, 63, 64, 65, 97, 144, 1000};
static const size_t blocks[] = {1, 2, 31, 32, 33, 63, 64, 65, 127, 232, 256};

/* ---- overlaps of a kind ---- */

typedef struct {
    const char *name;
    int32_t (*draw)(hebb_stream *stream, size_t mu);
} kind;

static int32_t between(hebb_stream *stream, int32_t bound)
{
    return (int32_t)hebb_stream_below(stream, 2 * (uint32_t)bound + 1) - bound;
}

static int32_t draw_zero(hebb_stream *stream, size_t mu)
{
    (void)stream;
    (void)mu;
    return 0;
}

static int32_t draw_small(hebb_stream *stream, size_t mu)
{
    (void)mu;
    return between(stream, 90);
}

static int32_t draw_one_huge(hebb_stream *stream, size_t mu)
{
    return mu % 480 == 3 ? LARGEST * (between(stream, 1) < 0 ? -1 : 1) : between(stream, 500);
}

/* Several segments: each unit's sum is a good part of what 16 bits hold. */
static int32_t draw_middle(hebb_stream *stream, size_t mu)
{
    (void)mu;
    return between(stream, 900);
}

static int32_t draw_wide(hebb_stream *stream, size_t mu)
{
    (void)mu;
    return between(stream, 300000);
}

static int32_t draw_huge(hebb_stream *stream, size_t mu)
{
    (void)mu;
    return LARGEST - (int32_t)hebb_stream_below(stream, 3) * LARGEST;
}

/* Where a digit turns over: -513, -512, 511, 512 and the like, of each of the three digits and of two at once. */
static int32_t draw_digits(hebb_stream *stream, size_t mu)
{
    static const int32_t edges[] = {511,    512,     513,          -511,          -512,       -513,
                                    1023,   1024,    1025,         511 * 1024,    512 * 1024, -512 * 1024,
                                    523775, 523776,  523777,       -523776,       -524288,    -524289,
                                    524800, -524800, 15 * 1048576, -15 * 1048576, 1 << 20,    -(1 << 20)};
    (void)mu;
    return edges[hebb_stream_below(stream, COUNT(edges))];
}

/* ---- one setting ---- */

typedef struct {
    engine *made;
    size_t p, n_padded;
    int32_t *overlaps;
    hebb_field_tables tables;
    hebb_stream stream;
} setting;

static setting make(const hebb_kernel *kernel, size_t p)
{
    setting s = {
        .made = engine_make(kernel, HEBB_STORE_SLICES, 256, p, 0, 1), .p = p, .n_padded = hebb_patterns_padded(p)};
    s.overlaps = calloc(s.n_padded, sizeof *s.overlaps);
    hebb_stream_init(&s.stream, hebb_philox_derive(9, HEBB_DRAW_STATE, p, 0), 0, 0);
    ck_assert_int_eq(hebb_field_tables_init(&s.tables, kernel, p), HEBB_OK);
    return s;
}

static void drop(setting *s)
{
    hebb_field_tables_free(&s->tables);
    hebb_field_tables_free(&s->tables);
    free(s->overlaps);
    engine_drop(s->made);
}

static const uint16_t *slices_of(const setting *s)
{
    return hebb_patterns_block(&s->made->patterns, 0, 256, NULL);
}

static void sum_up(const setting *s, size_t n, int64_t *fields)
{
    for (size_t k = 0; k < n; k++) {
        fields[k] = 0;
        for (size_t mu = 0; mu < s->p; mu++)
            fields[k] += engine_sliced_sign(slices_of(s), k, mu) * (int64_t)s->overlaps[mu];
    }
}

/* bound: at least the sum, and a digit of 10 bits costs at most a factor of 3. */
static void check_bound(const setting *s)
{
    int64_t sum = 0;
    for (size_t mu = 0; mu < s->p; mu++) sum += labs((long)s->overlaps[mu]);
    ck_assert_int_ge(s->tables.bound, sum);
    ck_assert_int_le(s->tables.bound, 3 * sum);
}

static void check_fields(setting *s)
{
    int64_t want[HEBB_BLOCK], added[HEBB_BLOCK];
    int32_t found[HEBB_BLOCK];
    hebb_field_tables_set(&s->tables, s->overlaps);
    check_bound(s);
    sum_up(s, 256, want);
    for (size_t b = 0; b < COUNT(blocks); b++) {
        size_t n_wrong = 0;
        hebb_field_tables_add_up(s->p, s->overlaps, blocks[b], slices_of(s), added);
        for (size_t k = 0; k < blocks[b]; k++) n_wrong += added[k] != want[k];
        ck_assert_uint_eq(n_wrong, 0);
        if (s->tables.bound >= HEBB_FIELD_BOUND) continue;
        memset(found, 0x55, sizeof found); /* nothing is added to what was there */
        hebb_field_tables_look_up(&s->tables, blocks[b], slices_of(s), found);
        for (size_t k = 0; k < blocks[b]; k++) n_wrong += found[k] != want[k];
        ck_assert_uint_eq(n_wrong, 0);
    }
}

START_TEST(fields_are_the_plain_sum_for_overlaps_of_every_magnitude)
{
    static const kind kinds[] = {{"zero", draw_zero},     {"small", draw_small}, {"one huge", draw_one_huge},
                                 {"middle", draw_middle}, {"wide", draw_wide},   {"huge", draw_huge},
                                 {"digits", draw_digits}};
    for (EACH_KERNEL(kernel))
        for (size_t l = 0; l < COUNT(loads); l++) {
            setting s = make(*kernel, loads[l]);
            for (size_t k = 0; k < COUNT(kinds); k++) {
                for (size_t mu = 0; mu < s.p; mu++) s.overlaps[mu] = kinds[k].draw(&s.stream, mu);
                check_fields(&s);
            }
            drop(&s);
        }
}
END_TEST

/* All in line with neuron 0, and all against neuron 1: the largest sums that the overlaps can have. */
static void align(setting *s, int32_t magnitude)
{
    for (size_t mu = 0; mu < s->p; mu++) {
        const int sign = hebb_patterns_get(&s->made->patterns, 0, mu);
        s->overlaps[mu] = sign * magnitude;
        hebb_patterns_set(&s->made->patterns, 1, mu, -sign);
    }
}

static size_t n_segments(const setting *s)
{
    return s->tables.plan.n_segments;
}

START_TEST(a_segment_is_filled_up_to_what_16_bits_hold_and_no_further)
{
    for (EACH_KERNEL(kernel)) {
        setting s = make(*kernel, 96);
        /* two units: 48 x 341 = 16368, and the other 16399 or 16400 */
        for (int32_t excess = 31; excess <= 32; excess++) {
            align(&s, 341);
            s.overlaps[95] += (s.overlaps[95] > 0 ? 1 : -1) * excess;
            check_fields(&s);
            ck_assert_uint_eq(n_segments(&s), excess == 31 ? 1 : 2);
            ck_assert_int_eq(s.tables.bound, 96 * 341 + excess);
        }
        drop(&s);
        s = make(*kernel, 48);
        /* one unit: 48 x 682 = 32736, up to 32767 in one piece, from 32768 on in digits */
        for (int32_t excess = 30; excess <= 33; excess++) {
            align(&s, 682);
            s.overlaps[17] += (s.overlaps[17] > 0 ? 1 : -1) * excess;
            check_fields(&s);
            ck_assert_uint_eq(n_segments(&s), excess <= 31 ? 1 : 2);
        }
        /* and one overlap alone */
        for (int32_t one = HEBB_NARROW - 1; one <= HEBB_NARROW + 2; one++) {
            align(&s, 0);
            s.overlaps[47] = -one;
            check_fields(&s);
            ck_assert_uint_eq(n_segments(&s), one <= HEBB_NARROW ? 1 : 2);
        }
        drop(&s);
    }
}
END_TEST

START_TEST(overlaps_at_each_power_of_two_and_beside_it)
{
    for (EACH_KERNEL(kernel)) {
        setting s = make(*kernel, 17);
        for (int bit = 0; bit <= 24; bit++)
            for (int32_t beside = -1; beside <= 1; beside++) {
                const int32_t magnitude = (1 << bit) + beside;
                if (magnitude > LARGEST) continue;
                align(&s, magnitude);
                check_fields(&s);
                align(&s, -magnitude);
                check_fields(&s);
            }
        drop(&s);
    }
}
END_TEST

/* 31 x (2^24 - 1) is the last whole multiple below 2^29; tables of 32 say that they cannot be looked up. */
START_TEST(the_bound_tells_sums_beyond_29_bits)
{
    for (EACH_KERNEL(kernel))
        for (size_t p = 29; p <= 34; p++) {
            setting s = make(*kernel, p);
            align(&s, LARGEST);
            check_fields(&s);
            if (p >= 33) ck_assert_int_ge(s.tables.bound, HEBB_FIELD_BOUND);
            if (p <= 31) ck_assert_int_lt(s.tables.bound, HEBB_FIELD_BOUND);
            drop(&s);
        }
}
END_TEST

START_TEST(tables_filled_again_have_forgotten_the_overlaps_before)
{
    for (EACH_KERNEL(kernel)) {
        setting s = make(*kernel, 1000);
        for (int k = 0; k < 4; k++) {
            for (size_t mu = 0; mu < s.p; mu++)
                s.overlaps[mu] = k % 2 == 0 ? draw_wide(&s.stream, mu) : draw_small(&s.stream, mu);
            check_fields(&s);
        }
        drop(&s);
    }
}
END_TEST

/* ---- several networks on the same slices ---- */

static void check_together(const hebb_kernel *kernel, size_t p, size_t n_networks)
{
    static const size_t some[] = {1, 33, 224, 225, 255, 256};
    setting *all = calloc(n_networks, sizeof *all);
    hebb_field_tables **tables = calloc(n_networks, sizeof *tables);
    int32_t(*fields)[HEBB_BLOCK] = calloc(n_networks, sizeof *fields);
    for (size_t a = 0; a < n_networks; a++) { /* of all kinds that stay below 29 bits, the first one changing too */
        static const kind kinds[] = {{"small", draw_small}, {"one huge", draw_one_huge}, {"middle", draw_middle},
                                     {"wide", draw_wide},   {"zero", draw_zero},         {"small", draw_small}};
        all[a] = make(kernel, p);
        hebb_stream_init(&all[a].stream, hebb_philox_derive(9, HEBB_DRAW_STATE, p, (uint32_t)a), 0, 0);
        for (size_t mu = 0; mu < p; mu++)
            all[a].overlaps[mu] = kinds[(a + n_networks) % COUNT(kinds)].draw(&all[a].stream, mu);
        tables[a] = &all[a].tables;
    }
    for (size_t b = 0; b < COUNT(some); b++)
        for (int are_filled = 0; are_filled < 2; are_filled++) {
            for (size_t a = 0; a < n_networks && !are_filled; a++) hebb_field_tables_set(tables[a], all[a].overlaps);
            memset(fields, 0x55, n_networks * sizeof *fields);
            hebb_field_tables_look_up_together(n_networks, tables, some[b], slices_of(all), fields);
            size_t n_wrong = 0;
            for (size_t a = 0; a < n_networks; a++) {
                int64_t want[HEBB_BLOCK];
                ck_assert_int_lt(tables[a]->bound, HEBB_FIELD_BOUND);
                hebb_field_tables_add_up(p, all[a].overlaps, some[b], slices_of(all), want);
                for (size_t k = 0; k < some[b]; k++) n_wrong += fields[a][k] != want[k];
            }
            ck_assert_uint_eq(n_wrong, 0);
        }
    for (size_t a = 0; a < n_networks; a++) drop(all + a);
    free(fields);
    free(tables);
    free(all);
}

START_TEST(networks_looked_up_together_have_the_fields_of_each_alone)
{
    static const size_t numbers[] = {1, 2, 3, 4, 5, 6, 15, 16, 17, 20, 35};
    static const size_t some[] = {1, 48, 49, 500};
    for (EACH_KERNEL(kernel))
        for (size_t a = 0; a < COUNT(numbers); a++)
            for (size_t l = 0; l < COUNT(some); l++) check_together(*kernel, some[l], numbers[a]);
}
END_TEST

/* What is looked up once is thrown away, what is looked up again is kept; the fields are the same. */
START_TEST(tables_give_the_same_fields_however_often_they_serve)
{
    static const size_t some[] = {1, 48, 49, 500};
    for (EACH_KERNEL(kernel))
        for (size_t l = 0; l < COUNT(some); l++) {
            setting s = make(*kernel, some[l]);
            for (int n_looks = 1; n_looks < 8; n_looks = n_looks == 2 ? 5 : n_looks + 1)
                for (int set = 0; set < 3; set++) {
                    for (size_t mu = 0; mu < s.p; mu++) s.overlaps[mu] = between(&s.stream, set == 1 ? 30000 : 300);
                    hebb_field_tables_set(&s.tables, s.overlaps);
                    for (int look = 0; look < n_looks; look++) {
                        const size_t n = look % 2 == 0 ? 256 : 100;
                        int32_t fields[HEBB_BLOCK];
                        int64_t want[HEBB_BLOCK];
                        size_t n_wrong = 0;
                        hebb_field_tables_look_up(&s.tables, n, slices_of(&s), fields);
                        hebb_field_tables_add_up(s.p, s.overlaps, n, slices_of(&s), want);
                        for (size_t k = 0; k < n; k++) n_wrong += fields[k] != want[k];
                        ck_assert_uint_eq(n_wrong, 0);
                    }
                }
            drop(&s);
        }
}
END_TEST

START_TEST(narrow_numbers_are_the_overlaps_modulo_16_bits_and_their_sum_is_whole)
{
    for (EACH_KERNEL(kernel))
        for (int32_t largest = 1; largest <= LARGEST; largest = largest < LARGEST ? 4 * largest + 3 : largest + 1) {
            int32_t overlaps[HEBB_UNIT];
            int16_t numbers[HEBB_UNIT];
            uint32_t sum = 0;
            for (int k = 0; k < HEBB_UNIT; k++) {
                overlaps[k] = k % 3 == 0 ? largest : k % 3 == 1 ? -largest : largest / (k + 1);
                sum += (uint32_t)abs(overlaps[k]);
            }
            ck_assert_uint_eq((*kernel)->narrow(overlaps, numbers), sum);
            for (int k = 0; k < HEBB_UNIT; k++) ck_assert_int_eq((uint16_t)numbers[k], (uint16_t)overlaps[k]);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("field_tables");
    TCase *fields = tcase_create("fields");
    tcase_add_test(fields, fields_are_the_plain_sum_for_overlaps_of_every_magnitude);
    tcase_add_test(fields, a_segment_is_filled_up_to_what_16_bits_hold_and_no_further);
    tcase_add_test(fields, overlaps_at_each_power_of_two_and_beside_it);
    tcase_add_test(fields, the_bound_tells_sums_beyond_29_bits);
    tcase_add_test(fields, tables_filled_again_have_forgotten_the_overlaps_before);
    tcase_add_test(fields, networks_looked_up_together_have_the_fields_of_each_alone);
    tcase_add_test(fields, tables_give_the_same_fields_however_often_they_serve);
    tcase_add_test(fields, narrow_numbers_are_the_overlaps_modulo_16_bits_and_their_sum_is_whole);
    suite_add_tcase(suite, fields);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
