/* index_lists: bytes to lists and back, selection, transposition. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "index_lists.h"
#include "philox.h"

enum { N = 23, UNITS = 70 };

static void draw(uint8_t bytes[N * UNITS])
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(97, HEBB_DRAW_STATE, 0, 0), 0, 0);
    for (size_t k = 0; k < N * UNITS; k++) bytes[k] = hebb_stream_below(&stream, 3) == 0;
    memset(bytes + 2 * UNITS, 0, UNITS); /* none on, and all */
    memset(bytes + 5 * UNITS, 1, UNITS);
}

START_TEST(bytes_come_back_and_lists_rise)
{
    uint8_t bytes[N * UNITS], again[N * UNITS];
    hebb_index_lists exact, roomy;
    draw(bytes);
    ck_assert_int_eq(hebb_index_lists_from_bytes(&exact, N, UNITS, bytes), HEBB_OK);
    ck_assert_int_eq(hebb_index_lists_init(&roomy, N, UNITS), HEBB_OK);
    hebb_index_lists_get(&roomy, again);
    for (size_t k = 0; k < N * UNITS; k++) ck_assert_uint_eq(again[k], 0);
    hebb_index_lists_set(&roomy, N, bytes);
    hebb_index_lists_get(&roomy, again);
    ck_assert_mem_eq(again, bytes, sizeof bytes);
    hebb_index_lists_get(&exact, again);
    ck_assert_mem_eq(again, bytes, sizeof bytes);
    ck_assert_uint_eq(exact.room, exact.starts[N]);
    for (size_t r = 0; r < N; r++)
        for (size_t k = exact.starts[r] + 1; k < exact.starts[r + 1]; k++)
            ck_assert_uint_lt(exact.indices[k - 1], exact.indices[k]);
    hebb_index_lists_free(&exact);
    hebb_index_lists_free(&exact);
    hebb_index_lists_free(&roomy);
}
END_TEST

START_TEST(any_byte_but_0_is_on)
{
    const uint8_t bytes[] = {0, 1, 2, 255};
    uint8_t again[4];
    hebb_index_lists lists;
    ck_assert_int_eq(hebb_index_lists_from_bytes(&lists, 2, 2, bytes), HEBB_OK);
    hebb_index_lists_get(&lists, again);
    ck_assert_mem_eq(again, ((uint8_t[]){0, 1, 1, 1}), 4);
    hebb_index_lists_free(&lists);
}
END_TEST

START_TEST(selected_states_come_in_their_order)
{
    const uint32_t which[] = {5, 22, 2, 0, 5};
    uint8_t bytes[N * UNITS], again[5 * UNITS];
    hebb_index_lists lists, some;
    draw(bytes);
    ck_assert_int_eq(hebb_index_lists_from_bytes(&lists, N, UNITS, bytes), HEBB_OK);
    ck_assert_int_eq(hebb_index_lists_init(&some, 5, UNITS), HEBB_OK);
    for (size_t n = 5; n <= 5; n--) {
        hebb_index_lists_select(&some, &lists, n, which);
        ck_assert_uint_eq(some.n_states, n);
        hebb_index_lists_get(&some, again);
        for (size_t r = 0; r < n; r++) ck_assert_mem_eq(again + r * UNITS, bytes + which[r] * UNITS, UNITS);
        if (n == 0) break;
    }
    hebb_index_lists_free(&lists);
    hebb_index_lists_free(&some);
}
END_TEST

START_TEST(transposed_lists_have_rows_and_columns_exchanged)
{
    uint8_t bytes[N * UNITS], again[N * UNITS];
    hebb_index_lists lists, turned, back;
    draw(bytes);
    ck_assert_int_eq(hebb_index_lists_from_bytes(&lists, N, UNITS, bytes), HEBB_OK);
    ck_assert_int_eq(hebb_index_lists_init(&turned, UNITS, N), HEBB_OK);
    ck_assert_int_eq(hebb_index_lists_init(&back, N, UNITS), HEBB_OK);
    hebb_index_lists_transpose(&turned, &lists);
    ck_assert_uint_eq(turned.n_states, UNITS);
    ck_assert_uint_eq(turned.n_units, N);
    hebb_index_lists_get(&turned, again);
    for (size_t k = 0; k < N * UNITS; k++) ck_assert_uint_eq(again[k % UNITS * N + k / UNITS], bytes[k]);
    hebb_index_lists_transpose(&back, &turned);
    ck_assert_mem_eq(back.starts, lists.starts, (N + 1) * sizeof *lists.starts);
    ck_assert_mem_eq(back.indices, lists.indices, lists.starts[N] * sizeof *lists.indices);
    hebb_index_lists_free(&lists);
    hebb_index_lists_free(&turned);
    hebb_index_lists_free(&back);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("index_lists");
    TCase *tests = tcase_create("index_lists");
    tcase_add_test(tests, bytes_come_back_and_lists_rise);
    tcase_add_test(tests, any_byte_but_0_is_on);
    tcase_add_test(tests, selected_states_come_in_their_order);
    tcase_add_test(tests, transposed_lists_have_rows_and_columns_exchanged);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int n_failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
