/* journals: the journals of a folder, by their ranks, and no other files. */
#include "journals.h"
#include "scratch.h"

START_TEST(journals_are_listed_by_rank_and_other_files_are_not)
{
    static const char *const names[] = {"journal.10",    "journal",    "journal.2", "journal.",
                                        "journal.0",     "journal.-1", "journal.x", "journal.1x",
                                        "journal.2.tmp", "my-journal", "journals",  "journal.1"};
    static const char *const expected[] = {"journal", "journal.1", "journal.2", "journal.10"};
    hebb_journals journals;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) (void)scratch_write(names[k], "", 0);
    ck_assert_int_eq(hebb_journals_list(scratch_folder, &journals), HEBB_OK);
    ck_assert_uint_eq(journals.n, 4);
    for (size_t k = 0; k < 4; k++) ck_assert_str_eq(journals.paths[k], scratch_path(expected[k]));
    hebb_journals_free(&journals);
    hebb_journals_free(&journals);
}
END_TEST

START_TEST(a_ranks_path_is_one_that_is_listed)
{
    char *first = hebb_journals_path("a folder", 0), *other = hebb_journals_path("a folder", 12);
    ck_assert_str_eq(first, "a folder/journal");
    ck_assert_str_eq(other, "a folder/journal.12");
    free(first);
    free(other);
}
END_TEST

START_TEST(a_folder_that_is_missing_or_empty_has_none_and_a_file_is_refused)
{
    hebb_journals journals;
    ck_assert_int_eq(hebb_journals_list(scratch_folder, &journals), HEBB_OK);
    ck_assert_uint_eq(journals.n, 0);
    ck_assert_int_eq(hebb_journals_list(scratch_path("missing"), &journals), HEBB_OK);
    ck_assert_uint_eq(journals.n, 0);
    char file[600];
    snprintf(file, sizeof file, "%s", scratch_write("file", "", 0));
    assert_refused(hebb_journals_list(file, &journals), HEBB_EIO, file, "Not a directory");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("journals");
    TCase *tcase = tcase_create("journals");
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_add_test(tcase, journals_are_listed_by_rank_and_other_files_are_not);
    tcase_add_test(tcase, a_ranks_path_is_one_that_is_listed);
    tcase_add_test(tcase, a_folder_that_is_missing_or_empty_has_none_and_a_file_is_refused);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
