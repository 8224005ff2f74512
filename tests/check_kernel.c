/* kernel: every loop of every kernel that this processor runs against plain sums over single bits. */
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "kernel.h"

/* Blocks of whole, half and broken registers; 232 is what 1000 neurons leave, 1 what 4097 do. */
static const size_t sizes[] = {1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 232, 255, 256};
static const size_t loads[] = {1, 5, 6, 7, 47, 48, 49, 63, 64, 65, 127, 128, 129, 1000};

/* ---- a block of neurons, the plain way ---- */

typedef struct {
    size_t n, p, n_words, n_row_words;
    uint32_t neurons[HEBB_BLOCK]; /* in no order */
    int8_t spins[HEBB_BLOCK];
    uint16_t *room, *slices; /* n lanes from `slices` on; the others are noise that must not matter */
    hebb_stream stream;
} block;

static const hebb_philox generator = {{0x12345678, 0x9ABCDEF0}};

static uint16_t *noise_for(size_t n_words)
{
    uint16_t *noise = malloc(HEBB_BLOCK * n_words * sizeof *noise);
    for (size_t k = 0; k < HEBB_BLOCK * n_words; k++) noise[k] = (uint16_t)(k * 40503u + 12345u);
    return noise;
}

static void set_sign(block *b, size_t k, size_t mu, bool up)
{
    uint16_t *word = b->slices + mu / 16 * HEBB_BLOCK + k;
    const unsigned bit = 1u << mu % 16;
    *word = (uint16_t)(up ? *word | bit : *word & ~bit);
}

/* first: a multiple of 32, where the block's lanes begin */
static block *make(size_t n, size_t p, size_t first)
{
    block *b = calloc(1, sizeof *b);
    *b = (block){.n = n, .p = p, .n_words = HEBB_UNIT_WORDS * ((p + 47) / 48), .n_row_words = (p + 63) / 64};
    b->room = noise_for(b->n_words);
    b->slices = b->room + first;
    hebb_stream_init(&b->stream, hebb_philox_derive(9, HEBB_DRAW_STATE, n, (uint32_t)p), 0, 0);
    uint64_t *row = calloc(b->n_row_words, sizeof *row);
    for (size_t k = 0; k < n; k++) {
        b->neurons[k] = k % 5 == 4 ? UINT32_MAX - (uint32_t)k : hebb_stream_below(&b->stream, HEBB_MAX_NEURONS);
        b->spins[k] = hebb_stream_below(&b->stream, 2) == 0 ? -1 : 1;
        hebb_philox_bits(generator, 0, b->neurons[k], p, row);
        for (size_t mu = 0; mu < 16 * b->n_words; mu++) set_sign(b, k, mu, mu < p && (row[mu / 64] >> mu % 64 & 1));
    }
    free(row);
    return b;
}

static void drop(block *b)
{
    free(b->room);
    free(b);
}

/* All lanes, but for those between n and the next multiple of 32. */
static void check_room(const block *b, uint16_t *got)
{
    const size_t first = (size_t)(b->slices - b->room);
    for (size_t w = 0; w < b->n_words; w++)
        for (size_t k = b->n; k % 32 != 0; k++) got[w * HEBB_BLOCK + first + k] = b->room[w * HEBB_BLOCK + first + k];
    ck_assert_mem_eq(got, b->room, HEBB_BLOCK * b->n_words * sizeof *got);
}

/* ---- reading and drawing ---- */

START_TEST(drawn_slices_are_the_bits_at_each_neurons_address_and_leave_other_blocks_alone)
{
    for (EACH_KERNEL(kernel))
        for (size_t a = 0; a < COUNT(sizes); a++)
            for (size_t l = 0; l < COUNT(loads); l++) {
                const size_t first = sizes[a] <= 64 ? 64 : 0;
                block *b = make(sizes[a], loads[l], first);
                uint16_t *room = noise_for(b->n_words);
                (*kernel)->draw_slices(generator, b->n, b->neurons, b->p, 0, b->n_words, room + first);
                check_room(b, room);
                free(room);
                drop(b);
            }
}
END_TEST

START_TEST(rows_cut_into_slices_are_the_same_bits)
{
    for (EACH_KERNEL(kernel))
        for (size_t a = 0; a < COUNT(sizes); a++)
            for (size_t l = 0; l < COUNT(loads); l++) {
                const size_t first = sizes[a] <= 64 ? 32 : 0;
                block *b = make(sizes[a], loads[l], first);
                uint16_t *room = noise_for(b->n_words);
                uint64_t *rows = calloc(b->n * b->n_row_words, sizeof *rows);
                uint32_t which[HEBB_BLOCK];
                for (uint32_t k = 0; k < b->n; k++) { /* rows stand in reverse order */
                    which[k] = (uint32_t)b->n - 1 - k;
                    hebb_philox_bits(generator, 0, b->neurons[k], b->p, rows + which[k] * b->n_row_words);
                }
                (*kernel)->slice_rows(b->n, which, b->n_row_words, rows, 0, b->n_words, room + first);
                check_room(b, room);
                free(rows);
                free(room);
                drop(b);
            }
}
END_TEST

START_TEST(words_from_some_word_on_are_those_of_the_whole)
{
    static const size_t many[] = {385, 1000, 1153, 1163};
    for (EACH_KERNEL(kernel))
        for (size_t l = 0; l < COUNT(many); l++)
            for (size_t a = 0; a < COUNT(sizes); a++) {
                block *b = make(sizes[a], many[l], 0);
                uint64_t *rows = calloc(b->n * b->n_row_words, sizeof *rows);
                uint32_t which[HEBB_BLOCK];
                for (uint32_t k = 0; k < b->n; k++) {
                    which[k] = k;
                    hebb_philox_bits(generator, 0, b->neurons[k], b->p, rows + k * b->n_row_words);
                }
                for (size_t first = 0; first < b->n_words; first += HEBB_PART_WORDS) {
                    const size_t n_words = b->n_words - first < 48 ? b->n_words - first : 48;
                    uint16_t *drawn = calloc(HEBB_BLOCK * n_words, sizeof *drawn);
                    uint16_t *sliced = calloc(HEBB_BLOCK * n_words, sizeof *sliced);
                    (*kernel)->draw_slices(generator, b->n, b->neurons, b->p, first, n_words, drawn);
                    (*kernel)->slice_rows(b->n, which, b->n_row_words, rows, first, n_words, sliced);
                    for (size_t w = 0; w < n_words; w++) {
                        const uint16_t *want = b->slices + HEBB_BLOCK * (first + w);
                        ck_assert_mem_eq(drawn + HEBB_BLOCK * w, want, b->n * sizeof *want);
                        ck_assert_mem_eq(sliced + HEBB_BLOCK * w, want, b->n * sizeof *want);
                    }
                    free(sliced);
                    free(drawn);
                }
                free(rows);
                drop(b);
            }
}
END_TEST

static void check_rows(const hebb_kernel *kernel, uint32_t first, size_t n, size_t p)
{
    const size_t n_words = (p + 63) / 64;
    uint64_t *rows = calloc(n * n_words, sizeof *rows), *row = calloc(n_words, sizeof *row);
    kernel->draw_rows(generator, first, n, p, n_words, rows);
    size_t n_wrong = 0;
    for (size_t i = 0; i < n; i++) {
        hebb_philox_bits(generator, 0, first + (uint32_t)i, p, row);
        n_wrong += memcmp(rows + i * n_words, row, n_words * sizeof *row) != 0;
    }
    ck_assert_uint_eq(n_wrong, 0);
    free(row);
    free(rows);
}

START_TEST(drawn_rows_are_the_bits_at_each_neurons_address)
{
    static const size_t n_neurons[] = {1, 2, 15, 16, 17, 63, 64, 65, 127, 1000, 4097};
    for (EACH_KERNEL(kernel)) {
        for (size_t l = 0; l < COUNT(loads); l++) {
            check_rows(*kernel, 0, 65, loads[l]);
            check_rows(*kernel, 77, 33, loads[l]);
        }
        for (size_t a = 0; a < COUNT(n_neurons); a++) check_rows(*kernel, 3, n_neurons[a], 65);
    }
}
END_TEST

START_TEST(random_words_are_half_the_bits_at_sweep_and_half_the_neuron)
{
    static const uint32_t sweeps[] = {0, 1, 77, UINT32_MAX};
    for (EACH_KERNEL(kernel))
        for (size_t a = 0; a < COUNT(sizes); a++)
            for (size_t s = 0; s < COUNT(sweeps); s++) {
                block *b = make(sizes[a], 1, 0);
                uint64_t words[HEBB_BLOCK];
                memset(words, 0xA5, sizeof words);
                (*kernel)->random(generator, sweeps[s], b->n, b->neurons, words);
                for (size_t k = 0; k < HEBB_BLOCK; k++) {
                    if (k == b->n) k = (b->n + 31) / 32 * 32; /* from the next multiple of 32 on, none is written */
                    if (k == HEBB_BLOCK) break;
                    uint32_t drawn[4] = {0xA5A5A5A5, 0xA5A5A5A5, 0xA5A5A5A5, 0xA5A5A5A5};
                    if (k < b->n) hebb_philox_block(generator, sweeps[s], b->neurons[k] / 2, 0, drawn);
                    const uint32_t *half = drawn + (k < b->n && b->neurons[k] % 2 == 1 ? 2 : 0);
                    ck_assert(words[k] == (half[0] | (uint64_t)half[1] << 32));
                }
                drop(b);
            }
}
END_TEST

/* ---- overlaps ---- */

static int32_t *some_overlaps(block *b)
{
    int32_t *overlaps = calloc(16 * b->n_words, sizeof *overlaps);
    for (size_t mu = 0; mu < 16 * b->n_words; mu++)
        overlaps[mu] = (int32_t)hebb_stream_below(&b->stream, 1u << 25) - (1 << 24);
    return overlaps;
}

START_TEST(overlaps_grow_by_the_sum_of_a_blocks_signs)
{
    for (EACH_KERNEL(kernel))
        for (size_t a = 0; a < COUNT(sizes); a++)
            for (size_t l = 0; l < COUNT(loads); l++)
                for (int all_along = 0; all_along < 2; all_along++) { /* all spins as pattern 0: the largest counts */
                    block *b = make(sizes[a], loads[l], sizes[a] <= 64 ? 96 : 0);
                    int32_t *overlaps = some_overlaps(b), *before = calloc(16 * b->n_words, sizeof *before);
                    memcpy(before, overlaps, 16 * b->n_words * sizeof *before);
                    for (size_t k = 0; all_along && k < b->n; k++)
                        b->spins[k] = (int8_t)engine_sliced_sign(b->slices, k, 0);
                    (*kernel)->add_overlaps(b->n, b->spins, b->n_words, b->slices, overlaps);
                    size_t n_wrong = 0;
                    for (size_t mu = 0; mu < 16 * b->n_words; mu++) {
                        int32_t sum = before[mu];
                        for (size_t k = 0; k < b->n; k++) sum += b->spins[k] * engine_sliced_sign(b->slices, k, mu);
                        n_wrong += overlaps[mu] != sum;
                    }
                    ck_assert_uint_eq(n_wrong, 0);
                    free(before);
                    free(overlaps);
                    drop(b);
                }
}
END_TEST

static void check_added_rows(const hebb_kernel *kernel, block *b, size_t n_rows)
{
    uint16_t which[HEBB_BLOCK] = {0};
    int8_t changes[HEBB_BLOCK] = {0};
    int32_t *overlaps = some_overlaps(b), *want = calloc(16 * b->n_words, sizeof *want);
    memcpy(want, overlaps, 16 * b->n_words * sizeof *want);
    for (size_t a = 0; a < n_rows; a++) {
        which[a] = (uint16_t)(b->n - 1 - a);
        changes[a] = (int8_t)(2 * b->spins[a]);
        for (size_t mu = 0; mu < 16 * b->n_words; mu++)
            want[mu] += changes[a] * engine_sliced_sign(b->slices, which[a], mu);
    }
    kernel->add_rows(n_rows, which, changes, b->n_words, b->slices, overlaps);
    ck_assert_mem_eq(overlaps, want, 16 * b->n_words * sizeof *want);
    free(want);
    free(overlaps);
}

START_TEST(rows_added_change_every_overlap_by_their_signs)
{
    for (EACH_KERNEL(kernel))
        for (size_t a = 0; a < COUNT(sizes); a++)
            for (size_t l = 0; l < COUNT(loads); l++) {
                block *b = make(sizes[a], loads[l], 0);
                check_added_rows(*kernel, b, 0);
                check_added_rows(*kernel, b, 1);
                check_added_rows(*kernel, b, b->n);
                drop(b);
            }
}
END_TEST

/* ---- flips ---- */

/* products[k HEBB_BLOCK + j] = sum_mu xi_k^mu xi_j^mu */
static int32_t *products_of(const block *b)
{
    int32_t *products = calloc(HEBB_BLOCK * HEBB_BLOCK, sizeof *products);
    for (size_t k = 0; k < b->n; k++)
        for (size_t j = 0; j < k; j++) {
            int32_t n_different = 0;
            for (size_t w = 0; w < b->n_words; w++) {
                const unsigned one = b->slices[w * HEBB_BLOCK + k], other = b->slices[w * HEBB_BLOCK + j];
                n_different += __builtin_popcount(one ^ other);
            }
            products[k * HEBB_BLOCK + j] = products[j * HEBB_BLOCK + k] = (int32_t)b->p - 2 * n_different;
        }
    return products;
}

/* One neuron after the other, as the contract says. */
static void plain_scan(const block *b, const int32_t *products, bool at_once, const int32_t *fields,
                       const int32_t *limits, hebb_flips *made, int32_t *overlaps)
{
    made->n = 0;
    for (size_t k = 0; k < b->n; k++) {
        int64_t field = fields[k];
        for (size_t a = 0; a < made->n && !at_once; a++)
            field += made->changes[a] * (int64_t)products[made->which[a] * HEBB_BLOCK + k];
        if (b->spins[k] * field > limits[k]) continue;
        made->which[made->n] = (uint16_t)k;
        made->changes[made->n++] = (int8_t)(-2 * b->spins[k]);
    }
    for (size_t a = 0; a < made->n; a++)
        for (size_t mu = 0; mu < 16 * b->n_words; mu++)
            overlaps[mu] += made->changes[a] * engine_sliced_sign(b->slices, made->which[a], mu);
}

/* Returns the number of flips.  Slacks are drawn from -spread .. spread + bias, so bias makes flips rare. */
static size_t check_scan(const hebb_kernel *kernel, block *b, const int32_t *products, bool at_once, int32_t spread,
                         int32_t bias)
{
    int32_t fields[HEBB_BLOCK] = {0}, limits[HEBB_BLOCK] = {0};
    hebb_flips got, want;
    int32_t *overlaps = some_overlaps(b), *after = calloc(16 * b->n_words, sizeof *after);
    uint16_t *room = calloc(HEBB_SCAN_ROWS * (b->n_words + 32), sizeof *room);
    memcpy(after, overlaps, 16 * b->n_words * sizeof *after);
    for (size_t k = 0; k < b->n; k++) {
        fields[k] = (int32_t)hebb_stream_below(&b->stream, 1000) - 500;
        limits[k] =
            b->spins[k] * fields[k] - bias + spread - (int32_t)hebb_stream_below(&b->stream, 2 * (uint32_t)spread + 1);
    }
    plain_scan(b, products, at_once, fields, limits, &want, after);
    const hebb_scan scan = {.n = b->n,
                            .n_patterns = b->p,
                            .n_words = b->n_words,
                            .n_patterns_in_all = b->p,
                            .at_once = at_once,
                            .slices = b->slices,
                            .spins = b->spins,
                            .fields = fields,
                            .limits = limits,
                            .room = room};
    kernel->scan(&scan, &got, overlaps);
    ck_assert_uint_eq(got.n, want.n);
    ck_assert_mem_eq(got.which, want.which, want.n * sizeof *want.which);
    ck_assert_mem_eq(got.changes, want.changes, want.n * sizeof *want.changes);
    ck_assert_mem_eq(overlaps, after, b->p * sizeof *after); /* the padding is the caller's */
    free(room);
    free(after);
    free(overlaps);
    return want.n;
}

START_TEST(a_scan_is_one_neuron_after_the_other)
{
    size_t n_none = 0, n_all = 0, n_many = 0;
    for (size_t a = 0; a < COUNT(sizes); a++)
        for (size_t l = 0; l < COUNT(loads); l++) {
            block *b = make(sizes[a], loads[l], sizes[a] <= 64 ? 128 : 0);
            int32_t *products = products_of(b);
            const int32_t p = (int32_t)loads[l];
            for (EACH_KERNEL(kernel))
                for (int at_once = 0; at_once < 2; at_once++) {
                    n_none += check_scan(*kernel, b, products, at_once, p, 8 * p + 8) == 0;
                    n_all += check_scan(*kernel, b, products, at_once, 8 * p, -8 * p) == b->n;
                    n_many += check_scan(*kernel, b, products, at_once, 4 * p, 0) > 40;
                    (void)check_scan(*kernel, b, products, at_once, 4 * p, 2 * p);
                    (void)check_scan(*kernel, b, products, at_once, 4 * p, 3 * p + p / 2);
                    (void)check_scan(*kernel, b, products, at_once, 1, 1);
                }
            free(products);
            drop(b);
        }
    ck_assert_uint_gt(n_none, 0);
    ck_assert_uint_gt(n_all, 0);
    ck_assert_uint_gt(n_many, 20);
}
END_TEST

/* Neurons differ from every other one in every pattern or in none: counts that 16 bits do not hold. */
START_TEST(neither_do_more_patterns_than_16_bits_count_overflow)
{
    static const size_t many[] = {65519, 65520, 65521, 65535, 65536, 65600, 131040, 131041, 140000};
    for (size_t l = 0; l < COUNT(many); l++) {
        const size_t p = many[l];
        block *b = make(40, p, 0);
        for (size_t k = 0; k < b->n; k++)
            for (size_t mu = 0; mu < p; mu++) set_sign(b, k, mu, k % 3 != 1);
        int32_t *products = products_of(b);
        for (EACH_KERNEL(kernel)) {
            (void)check_scan(*kernel, b, products, false, 4 * (int32_t)p, 0);
            (void)check_scan(*kernel, b, products, false, 4 * (int32_t)p, 3 * (int32_t)p);
        }
        free(products);
        drop(b);
    }
}
END_TEST

/* ---- which kernel ---- */

START_TEST(the_plain_kernel_comes_first_and_the_last_is_in_use)
{
    const hebb_kernel *const *kernel = hebb_kernels();
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
    ck_assert_str_eq(kernel[0]->name, "portable");
    while (kernel[1] != NULL) kernel++;
    ck_assert_ptr_eq(hebb_kernel_in_use(), *kernel);
    for (kernel = hebb_kernels(); *kernel != NULL; kernel++) ck_assert_uint_eq((*kernel)->unit_bytes % 64, 0);
}
END_TEST

START_TEST(a_kernel_is_selected_by_its_name)
{
    const hebb_kernel *fastest = hebb_kernel_in_use();
    for (EACH_KERNEL(kernel)) {
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name), HEBB_OK);
        ck_assert_ptr_eq(hebb_kernel_in_use(), *kernel);
        ck_assert_int_eq(hebb_kernel_select((*kernel)->name == fastest->name ? NULL : ""), HEBB_OK);
        ck_assert_ptr_eq(hebb_kernel_in_use(), fastest);
    }
}
END_TEST

START_TEST(an_unknown_name_is_refused_with_those_there_are_and_one_that_cannot_run_here_otherwise)
{
    static const char *const unknown[] = {"avx51", "AVX2", "potable", "avx2 ", "portable, avx2"};
    for (size_t k = 0; k < COUNT(unknown); k++) {
        ck_assert_int_eq(hebb_kernel_select(unknown[k]), HEBB_EUSAGE);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), unknown[k]));
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "is none of portable"));
    }
#ifdef __x86_64__
    static const char *const names[] = {"portable", "avx2", "avx512"};
    for (size_t k = 0; k < COUNT(names); k++) {
        bool runs = false;
        for (EACH_KERNEL(kernel)) runs = runs || strcmp((*kernel)->name, names[k]) == 0;
        ck_assert_int_eq(hebb_kernel_select(names[k]), runs ? HEBB_OK : HEBB_EDOM);
    }
#endif
    ck_assert_int_eq(hebb_kernel_select(NULL), HEBB_OK);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kernel");
    TCase *loops = tcase_create("loops");
    tcase_add_test(loops, drawn_slices_are_the_bits_at_each_neurons_address_and_leave_other_blocks_alone);
    tcase_add_test(loops, rows_cut_into_slices_are_the_same_bits);
    tcase_add_test(loops, words_from_some_word_on_are_those_of_the_whole);
    tcase_add_test(loops, drawn_rows_are_the_bits_at_each_neurons_address);
    tcase_add_test(loops, random_words_are_half_the_bits_at_sweep_and_half_the_neuron);
    tcase_add_test(loops, overlaps_grow_by_the_sum_of_a_blocks_signs);
    tcase_add_test(loops, rows_added_change_every_overlap_by_their_signs);
    tcase_add_test(loops, a_scan_is_one_neuron_after_the_other);
    tcase_add_test(loops, neither_do_more_patterns_than_16_bits_count_overflow);
    suite_add_tcase(suite, loops);
    TCase *selection = tcase_create("selection");
    tcase_add_test(selection, the_plain_kernel_comes_first_and_the_last_is_in_use);
    tcase_add_test(selection, a_kernel_is_selected_by_its_name);
    tcase_add_test(selection, an_unknown_name_is_refused_with_those_there_are_and_one_that_cannot_run_here_otherwise);
    suite_add_tcase(suite, selection);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
