/* options as text: a config file reads back, equal studies give equal commands, help is laid out. */
#include "options_study.h"

static char *print(const hebb_options *from, void (*how)(const hebb_options *, FILE *))
{
    char *text;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    ck_assert_ptr_nonnull(stream);
    how(from, stream);
    ck_assert_int_eq(fclose(stream), 0);
    return text;
}

static void assert_canonical(const char *line, const char *want)
{
    hebb_options fresh;
    char *text;
    make(&fresh);
    ck_assert_msg(parse_into(&fresh, line) == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_int_eq(hebb_options_canonical(&fresh, &text), HEBB_OK);
    ck_assert_str_eq(text, want);
    free(text);
    hebb_options_free(&fresh);
}

START_TEST(a_printed_config_reads_back_to_the_same)
{
    parse("--quiet --out #dir=1 --alpha .1:0.3:1e-1,2 --sweeps 1e3 --field -0.125 --state glass --seed 7");
    char *text = print(&options, hebb_options_print_config);
    hebb_options back;
    make(&back);
    ck_assert_msg(hebb_options_read_config(&back, write_config(text)) == HEBB_OK, "%s", hebb_diagnostic());
    assert_list_of(&back, "alpha", 4, 0.1, 0.2, 0.3, 2.0);
    assert_list_of(&back, "neurons", 2, 100.0, 200.0);
    ck_assert(hebb_options_flag(&back, "quiet") && !hebb_options_flag(&back, "self-coupling"));
    ck_assert(!hebb_options_is_set(&back, "threads"));
    ck_assert_str_eq(hebb_options_text(&back, "out"), "#dir=1");
    ck_assert_int_eq(hebb_options_integer(&back, "sweeps"), 1000);
    ck_assert(hebb_options_real(&back, "field") == -0.125);
    ck_assert_str_eq(hebb_options_text(&back, "state"), "glass");
    char *again = print(&back, hebb_options_print_config);
    ck_assert_str_eq(again, text);
    ck_assert_ptr_null(strstr(text, "help"));
    free(again);
    free(text);
    hebb_options_free(&back);
}
END_TEST

START_TEST(what_is_not_set_is_a_comment_in_the_printed_config)
{
    char *text = print(&options, hebb_options_print_config);
    ck_assert_ptr_eq(strstr(text, "# no messages\n# quiet = yes\n# threads\n# threads = N\n"), text);
    ck_assert_ptr_nonnull(strstr(text, "\n# sweeps at most\nsweeps = 10\n"));
    free(text);
}
END_TEST

START_TEST(equal_studies_have_equal_canonical_commands)
{
    const char *defaults = "--neurons 100,200 --sweeps 10 --field 0.5 --state retrieval --seed 1";
    assert_canonical("", defaults);
    assert_canonical("--seed 1 --field .50 --sweeps 1e1 --neurons 1e2,200.0", defaults);
    assert_canonical("--alpha .1:0.30:1E-1,2.0", "--alpha 0.1:0.3:0.1,2 --neurons 100,200 --sweeps 10 --field 0.5 "
                                                 "--state retrieval --seed 1");
    assert_canonical("--self-coupling --state glass --field -0 --sweeps 0100 --neurons 5",
                     "--neurons 5 --sweeps 100 --field -0 --state glass --self-coupling --seed 1");
}
END_TEST

START_TEST(a_flag_that_is_taken_back_is_as_if_not_set)
{
    char *without, *taken_back;
    ck_assert_int_eq(hebb_options_canonical(&options, &without), HEBB_OK);
    ck_assert_int_eq(hebb_options_set(&options, "", "self-coupling", "yes"), HEBB_OK);
    ck_assert_int_eq(hebb_options_set(&options, "", "self-coupling", "no"), HEBB_OK);
    ck_assert_int_eq(hebb_options_canonical(&options, &taken_back), HEBB_OK);
    ck_assert_str_eq(taken_back, without);
    free(taken_back);
    free(without);
}
END_TEST

START_TEST(canonical_commands_leave_out_what_cannot_change_a_result)
{
    assert_canonical("--quiet --threads 7 --out dir --neurons 5",
                     "--neurons 5 --sweeps 10 --field 0.5 --state retrieval --seed 1");
}
END_TEST

START_TEST(studies_that_differ_have_canonical_commands_that_differ)
{
    const char *rest = " --neurons 100,200 --sweeps 10 --field 0.5 --state retrieval --seed 1";
    char want[300];
    snprintf(want, sizeof want, "--alpha 0.30000000000000004%s", rest);
    assert_canonical("--alpha 0.30000000000000004", want);
    /* One double, but nine values and eight: a range counts in decimals. */
    assert_canonical("--alpha .30000000000000004", want);
    snprintf(want, sizeof want, "--alpha 0.1:0.9:0.100000000000000001,0.30000000000000004%s", rest);
    assert_canonical("--alpha 0.1:0.9:0.100000000000000001,.30000000000000004", want);
    snprintf(want, sizeof want, "--alpha 0.1:0.9:0.1%s", rest);
    assert_canonical("--alpha 0.1:0.9:.1", want);
    snprintf(want, sizeof want, "--alpha 0.1:0.9:0.100000000000000001%s", rest);
    assert_canonical("--alpha 0.1:0.9:0.100000000000000001", want);
}
END_TEST

START_TEST(help_has_a_paragraph_an_option_with_its_default)
{
    char *text = print(&options, hebb_options_print_help);
    ck_assert_ptr_eq(strstr(text, "  -q, --quiet                 no messages\n"), text);
    ck_assert_ptr_nonnull(strstr(text, "\n  --threads N                 threads\n"));
    ck_assert_ptr_nonnull(strstr(text, "\n  --neurons LIST              sizes (default 100,200)\n"));
    ck_assert_ptr_nonnull(strstr(text, "\n  --state retrieval|glass     which solution (default retrieval)\n"));
    free(text);
}
END_TEST

START_TEST(long_help_is_broken_at_blanks)
{
    static const hebb_option wordy[] = {
        {"a-name-that-leaves-no-room", 0, HEBB_OPTION_INTEGER, "NUMBER", NULL, HEBB_ANY, 0,
         "twelve words that together are longer than the seventy columns besides the name of the option"}};
    const hebb_option_table table = {1, wordy};
    hebb_options fresh;
    ck_assert_int_eq(hebb_options_init(&fresh, 1, &table), HEBB_OK);
    char *text = print(&fresh, hebb_options_print_help);
    ck_assert_str_eq(text, "  --a-name-that-leaves-no-room NUMBER\n"
                           "                              "
                           "twelve words that together are longer than the seventy columns besides\n"
                           "                              the name of the option\n");
    free(text);
    hebb_options_free(&fresh);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("options_text");
    TCase *printed = tcase_create("printed");
    tcase_add_checked_fixture(printed, options_set_up, options_tear_down);
    tcase_add_test(printed, a_printed_config_reads_back_to_the_same);
    tcase_add_test(printed, what_is_not_set_is_a_comment_in_the_printed_config);
    tcase_add_test(printed, equal_studies_have_equal_canonical_commands);
    tcase_add_test(printed, a_flag_that_is_taken_back_is_as_if_not_set);
    tcase_add_test(printed, canonical_commands_leave_out_what_cannot_change_a_result);
    tcase_add_test(printed, studies_that_differ_have_canonical_commands_that_differ);
    tcase_add_test(printed, help_has_a_paragraph_an_option_with_its_default);
    tcase_add_test(printed, long_help_is_broken_at_blanks);
    suite_add_tcase(suite, printed);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
