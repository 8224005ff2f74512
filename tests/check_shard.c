/* shard: parts by hand and from the variables of a job array. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shard.h"

START_TEST(k_of_n_is_read_and_written)
{
    static const char *const texts[] = {"1/1", "1/3", "3/3", "1000000/1000000"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        size_t shard, n_shards;
        char text[HEBB_SHARD_LENGTH];
        ck_assert_int_eq(hebb_shard_parse(texts[k], &shard, &n_shards), HEBB_OK);
        ck_assert_str_eq(hebb_shard_format(shard, n_shards, text), texts[k]);
    }
}
END_TEST

static void assert_parse_refused(const char *text, hebb_status status)
{
    size_t shard = 7, n_shards = 8;
    ck_assert_msg(hebb_shard_parse(text, &shard, &n_shards) == status, "'%s'", text);
    ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), text));
    ck_assert(shard == 7 && n_shards == 8);
}

START_TEST(other_texts_are_refused)
{
    static const char *const texts[] = {"",    "/",     "1",    "1/",   "/3",    "x",   "x/3",
                                        "1/x", "1/3/5", "1 /3", "1/ 3", "1.0/3", "1/3 "};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) assert_parse_refused(texts[k], HEBB_EUSAGE);
    char longer[200];
    memset(longer, '1', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    longer[150] = '/';
    assert_parse_refused(longer, HEBB_EUSAGE);
}
END_TEST

START_TEST(parts_that_there_are_not_are_out_of_range)
{
    static const char *const texts[] = {"0/3", "4/3", "1/0", "0/0", "-1/3", "1/-3", "1/1000001"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) assert_parse_refused(texts[k], HEBB_EDOM);
}
END_TEST

static void set(const char *name, const char *value)
{
    char variable[64];
    snprintf(variable, sizeof variable, "SLURM_ARRAY_TASK_%s", name);
    ck_assert_int_eq(value != NULL ? setenv(variable, value, 1) : unsetenv(variable), 0);
}

static hebb_status of_array(const char *id, const char *count, const char *first, const char *step, size_t *shard,
                            size_t *n_shards)
{
    set("ID", id);
    set("COUNT", count);
    set("MIN", first);
    set("STEP", step);
    return hebb_shard_of_array(shard, n_shards);
}

static void assert_array(const char *id, const char *count, const char *first, const char *step, size_t expected,
                         size_t n_expected)
{
    size_t shard, n_shards;
    ck_assert_msg(of_array(id, count, first, step, &shard, &n_shards) == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_uint_eq(shard, expected);
    ck_assert_uint_eq(n_shards, n_expected);
}

START_TEST(a_task_of_an_array_has_its_place)
{
    assert_array("1", "4", "1", "1", 1, 4);
    assert_array("4", "4", "1", "1", 4, 4);
    assert_array("0", "4", "0", "1", 1, 4); /* --array=0-3 */
    assert_array("3", "4", "0", "1", 4, 4);
    assert_array("16", "3", "10", "3", 3, 3); /* --array=10-16:3 */
    assert_array("2", "3", NULL, NULL, 2, 3);
}
END_TEST

START_TEST(outside_of_an_array_there_is_one_part)
{
    assert_array(NULL, NULL, NULL, NULL, 1, 1);
    assert_array("3", NULL, "1", "1", 1, 1);
    assert_array(NULL, "3", "1", "1", 1, 1);
}
END_TEST

START_TEST(variables_that_contradict_each_other_are_refused)
{
    static const char *const variables[][4] = {
        {"5", "4", "1", "1"},       {"0", "4", "1", "1"},  {"2", "4", "1", "2"},
        {"1", "0", "1", "1"},       {"1", "-1", "1", "1"}, {"1", "4", "1", "0"},
        {"1", "4", "1", "-1"},      {"x", "4", "1", "1"},  {"1", "x", "1", "1"},
        {"1", "4", "x", "1"},       {"1", "4", "1", "x"},  {"", "4", "1", "1"},
        {"1", "1000001", "1", "1"}, {"13", "3", "1", "4"}, {"9223372036854775807", "4", "-9223372036854775807", "1"},
        {"1,3", "2", "1", "2"}};
    for (size_t k = 0; k < sizeof variables / sizeof *variables; k++) {
        const char *const *v = variables[k];
        size_t shard, n_shards;
        ck_assert_msg(of_array(v[0], v[1], v[2], v[3], &shard, &n_shards) == HEBB_EUSAGE, "%s of %s", v[0], v[1]);
        ck_assert_ptr_nonnull(strstr(hebb_diagnostic(), "give --shard"));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shard");
    TCase *tcase = tcase_create("shard");
    tcase_add_test(tcase, k_of_n_is_read_and_written);
    tcase_add_test(tcase, other_texts_are_refused);
    tcase_add_test(tcase, parts_that_there_are_not_are_out_of_range);
    tcase_add_test(tcase, a_task_of_an_array_has_its_place);
    tcase_add_test(tcase, outside_of_an_array_there_is_one_part);
    tcase_add_test(tcase, variables_that_contradict_each_other_are_refused);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
