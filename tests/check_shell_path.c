/* shell_path: a shell takes the word for the path. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell_path.h"

static void assert_word(const char *path, const char *expected)
{
    char *word = hebb_shell_path(path);
    ck_assert_str_eq(word, expected);
    free(word);
}

START_TEST(plain_paths_are_as_they_are_and_others_in_quotes)
{
    assert_word("results/a-1_2.csv", "results/a-1_2.csv");
    assert_word("/tmp/x+y", "/tmp/x+y");
    assert_word("", "''");
    assert_word("a b", "'a b'");
    assert_word("it's", "'it'\\''s'");
    assert_word("$(x)`y`", "'$(x)`y`'");
    assert_word("-x", "./-x");
    assert_word("-x y", "'./-x y'");
}
END_TEST

/* Each byte but '/', which no shell looks at, in the middle of a word. */
START_TEST(the_shell_reads_it_back)
{
    for (int c = 1; c < 256; c++) {
        const char path[] = {'a', (char)c, 'b', (char)c, '\0'};
        char command[64], read[16] = "";
        char *word = hebb_shell_path(path);
        snprintf(command, sizeof command, "printf %%s %s", word);
        FILE *shell = popen(command, "r");
        ck_assert_ptr_nonnull(shell);
        (void)fread(read, 1, sizeof read - 1, shell);
        ck_assert_int_eq(pclose(shell), 0);
        ck_assert_str_eq(read, path);
        free(word);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shell_path");
    TCase *tcase = tcase_create("shell_path");
    tcase_add_test(tcase, plain_paths_are_as_they_are_and_others_in_quotes);
    tcase_add_test(tcase, the_shell_reads_it_back);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
