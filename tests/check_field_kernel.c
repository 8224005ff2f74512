/* field_kernel: every kernel that this processor runs against the plain sums, at awkward sizes. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "field_kernel.h"
#include "philox.h"

static const size_t sizes[] = {1, 2, 63, 64, 65, 127, 256, 257};
static const size_t loads[] = {1, 5, 6, 7, 63, 64, 65, 127, 128, 129, 1000};
#define COUNT(a) (sizeof(a) / sizeof *(a))

typedef struct {
    hebb_patterns patterns;
    int32_t *overlaps;
    uint32_t *neurons;
    int64_t *fields;
    size_t n; /* neurons asked for: in a scrambled order, at most a block */
} setting;

/* largest: overlaps are drawn from -largest .. largest */
static setting make(size_t n, size_t p, uint32_t largest)
{
    setting s = {.n = n < HEBB_FIELD_BLOCK ? n : HEBB_FIELD_BLOCK};
    ck_assert_int_eq(hebb_patterns_init(&s.patterns, n, p), HEBB_OK);
    hebb_patterns_draw(&s.patterns, 5, (uint32_t)p);
    s.overlaps = calloc(64 * s.patterns.words_per_neuron, sizeof *s.overlaps);
    s.neurons = calloc(n, sizeof *s.neurons);
    s.fields = calloc(s.n, sizeof *s.fields);
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(9, HEBB_DRAW_STATE, n, (uint32_t)p), 0, 0);
    for (size_t mu = 0; mu < p; mu++)
        s.overlaps[mu] = (int32_t)hebb_stream_below(&stream, 2 * largest + 1) - (int32_t)largest;
    hebb_stream_permutation(&stream, (uint32_t)n, s.neurons);
    return s;
}

static void drop(setting *s)
{
    free(s->fields);
    free(s->neurons);
    free(s->overlaps);
    hebb_patterns_free(&s->patterns);
}

static int64_t plain_field(const setting *s, size_t i)
{
    int64_t sum = 0;
    for (size_t mu = 0; mu < s->patterns.n_patterns; mu++)
        sum += hebb_patterns_get(&s->patterns, i, mu) * (int64_t)s->overlaps[mu];
    return sum;
}

static void check_fields(const hebb_field_kernel *kernel, size_t n, size_t p, uint32_t largest)
{
    setting s = make(n, p, largest);
    kernel->fields(&s.patterns, s.overlaps, s.n, s.neurons, s.fields);
    for (size_t k = 0; k < s.n; k++) ck_assert_int_eq(s.fields[k], plain_field(&s, s.neurons[k]));
    drop(&s);
}

START_TEST(fields_equal_the_plain_sum)
{
    for (const hebb_field_kernel *const *kernel = hebb_field_kernels(); *kernel != NULL; kernel++)
        for (size_t a = 0; a < COUNT(sizes); a++)
            for (size_t b = 0; b < COUNT(loads); b++) check_fields(*kernel, sizes[a], loads[b], 1000);
}
END_TEST

START_TEST(overlaps_of_the_largest_network_do_not_overflow)
{
    for (const hebb_field_kernel *const *kernel = hebb_field_kernels(); *kernel != NULL; kernel++) {
        setting s = make(64, 1000, 0);
        for (size_t mu = 0; mu < 1000; mu++) /* all in line with neuron 0: the largest sum there is */
            s.overlaps[mu] = HEBB_MAX_NEURONS * hebb_patterns_get(&s.patterns, 0, mu);
        s.neurons[0] = 0;
        (*kernel)->fields(&s.patterns, s.overlaps, 1, s.neurons, s.fields);
        ck_assert_int_eq(s.fields[0], INT64_C(1000) * HEBB_MAX_NEURONS);
        drop(&s);
    }
}
END_TEST

START_TEST(row_products_equal_the_plain_sum)
{
    for (const hebb_field_kernel *const *kernel = hebb_field_kernels(); *kernel != NULL; kernel++)
        for (size_t b = 0; b < COUNT(loads); b++) {
            setting s = make(65, loads[b], 10);
            for (size_t k = 0; k < s.n; k++) s.fields[k] = (int64_t)k;
            (*kernel)->add_row_products(&s.patterns, 3, -2, s.n, s.neurons, s.fields);
            for (size_t k = 0; k < s.n; k++) {
                int64_t sum = 0;
                for (size_t mu = 0; mu < loads[b]; mu++)
                    sum += hebb_patterns_get(&s.patterns, 3, mu) * hebb_patterns_get(&s.patterns, s.neurons[k], mu);
                ck_assert_int_eq(s.fields[k], (int64_t)k - 2 * sum);
            }
            drop(&s);
        }
}
END_TEST

START_TEST(a_row_added_changes_each_overlap_by_its_sign_and_no_padding)
{
    for (const hebb_field_kernel *const *kernel = hebb_field_kernels(); *kernel != NULL; kernel++)
        for (size_t b = 0; b < COUNT(loads); b++) {
            setting s = make(65, loads[b], 1000);
            const size_t n = 64 * s.patterns.words_per_neuron;
            int32_t *before = malloc(n * sizeof *before);
            memcpy(before, s.overlaps, n * sizeof *before);
            (*kernel)->add_row(&s.patterns, 7, -2, s.overlaps);
            for (size_t mu = 0; mu < n; mu++)
                ck_assert_int_eq(s.overlaps[mu],
                                 mu < loads[b] ? before[mu] - 2 * hebb_patterns_get(&s.patterns, 7, mu) : 0);
            free(before);
            drop(&s);
        }
}
END_TEST

START_TEST(the_plain_kernel_comes_first_and_the_best_is_in_the_list)
{
    const hebb_field_kernel *const *kernel = hebb_field_kernels();
    ck_assert_str_eq(kernel[0]->name, "portable");
    while (*kernel != NULL && *kernel != hebb_field_kernel_best()) kernel++;
    ck_assert_ptr_nonnull(*kernel);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("field_kernel");
    TCase *kernels = tcase_create("kernels");
    tcase_set_timeout(kernels, 60);
    tcase_add_test(kernels, fields_equal_the_plain_sum);
    tcase_add_test(kernels, overlaps_of_the_largest_network_do_not_overflow);
    tcase_add_test(kernels, row_products_equal_the_plain_sum);
    tcase_add_test(kernels, a_row_added_changes_each_overlap_by_its_sign_and_no_padding);
    tcase_add_test(kernels, the_plain_kernel_comes_first_and_the_best_is_in_the_list);
    suite_add_tcase(suite, kernels);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
