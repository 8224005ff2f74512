/* options: each kind of value, who goes first, and what is refused. */
#include <signal.h>

#include "options_study.h"

/* The status and the sentence, whole. */
static void assert_says(hebb_status got, hebb_status want, const char *sentence)
{
    ck_assert_str_eq(hebb_diagnostic(), sentence);
    ck_assert_int_eq(got, want);
}

static void assert_line_refused(const char *line, hebb_status want, const char *sentence)
{
    hebb_options fresh;
    make(&fresh);
    assert_says(parse_into(&fresh, line), want, sentence);
    hebb_options_free(&fresh);
}

/* words come after the file's name. */
static void assert_config_refused(const char *text, hebb_status want, const char *words)
{
    hebb_options fresh;
    make(&fresh);
    const char *path = write_config(text);
    assert_refused(hebb_options_read_config(&fresh, path), want, path, words);
    hebb_options_free(&fresh);
}

/* ---- values ---- */

START_TEST(defaults_stand_where_nothing_is_said)
{
    parse("");
    ck_assert(!hebb_options_flag(&options, "quiet"));
    ck_assert(!hebb_options_flag(&options, "self-coupling"));
    ck_assert(!hebb_options_is_set(&options, "threads"));
    ck_assert_ptr_null(hebb_options_text(&options, "out"));
    assert_list_of(&options, "alpha", 0);
    assert_list_of(&options, "neurons", 2, 100.0, 200.0);
    ck_assert_int_eq(hebb_options_integer(&options, "sweeps"), 10);
    ck_assert(hebb_options_real(&options, "field") == 0.5);
    ck_assert_str_eq(hebb_options_text(&options, "state"), "retrieval");
    ck_assert(hebb_options_is_set(&options, "sweeps"));
    ck_assert(!hebb_options_is_given(&options, "sweeps"));
}
END_TEST

START_TEST(each_kind_is_read_from_the_command_line)
{
    parse("--quiet --threads 3 --out results --alpha 0.1:0.3:0.1,1 --neurons 5,1e3 --sweeps=1e6 --field -.25 "
          "--state glass --self-coupling --seed 9007199254740992");
    ck_assert(hebb_options_flag(&options, "quiet"));
    ck_assert(hebb_options_flag(&options, "self-coupling"));
    ck_assert_int_eq(hebb_options_integer(&options, "threads"), 3);
    ck_assert_str_eq(hebb_options_text(&options, "out"), "results");
    assert_list_of(&options, "alpha", 4, 0.1, 0.2, 0.3, 1.0);
    assert_list_of(&options, "neurons", 2, 5.0, 1000.0);
    ck_assert_int_eq(hebb_options_integer(&options, "sweeps"), 1000000);
    ck_assert(hebb_options_real(&options, "field") == -0.25);
    ck_assert_str_eq(hebb_options_text(&options, "state"), "glass");
    ck_assert_int_eq(hebb_options_integer(&options, "seed"), 9007199254740992);
    ck_assert(hebb_options_is_given(&options, "sweeps"));
    ck_assert(!hebb_options_is_given(&options, "help"));
}
END_TEST

START_TEST(letters_stand_for_names_and_operands_come_last)
{
    char operands[100];
    ck_assert_int_eq(parse_for_operands(&options, "one -qs 7 two -a.5 -o dir -- --three", operands), HEBB_OK);
    ck_assert_str_eq(operands, "one two --three ");
    ck_assert(hebb_options_flag(&options, "quiet"));
    ck_assert_int_eq(hebb_options_integer(&options, "sweeps"), 7);
    assert_list_of(&options, "alpha", 1, 0.5);
    ck_assert_str_eq(hebb_options_text(&options, "out"), "dir");
}
END_TEST

START_TEST(the_last_of_several_wins_and_a_refused_one_changes_nothing)
{
    parse("--neurons 5 --sweeps 1 --sweeps 2 --neurons 6,7");
    ck_assert_int_eq(hebb_options_integer(&options, "sweeps"), 2);
    assert_list_of(&options, "neurons", 2, 6.0, 7.0);
    ck_assert_int_eq(hebb_options_set(&options, "--sweeps", "sweeps", "-1"), HEBB_EDOM);
    ck_assert_int_eq(hebb_options_set(&options, "--neurons", "neurons", "8,0"), HEBB_EDOM);
    ck_assert_int_eq(hebb_options_integer(&options, "sweeps"), 2);
    assert_list_of(&options, "neurons", 2, 6.0, 7.0);
}
END_TEST

START_TEST(what_is_set_by_name_counts_as_given)
{
    ck_assert_int_eq(hebb_options_set(&options, "recipe", "self-coupling", "yes"), HEBB_OK);
    ck_assert(hebb_options_flag(&options, "self-coupling"));
    ck_assert(hebb_options_is_given(&options, "self-coupling"));
    ck_assert_int_eq(hebb_options_set(&options, "recipe", "self-coupling", "no"), HEBB_OK);
    ck_assert(!hebb_options_flag(&options, "self-coupling"));
    assert_says(hebb_options_set(&options, "a.conf:3: quiet", "quiet", "1"), HEBB_EUSAGE,
                "a.conf:3: quiet: '1' is neither yes nor no");
    assert_says(hebb_options_set(&options, "a.conf:4: alhpa", "alhpa", "1"), HEBB_EUSAGE,
                "a.conf:4: alhpa: there is no such option; did you mean alpha?");
}
END_TEST

START_TEST(what_is_required_and_missing_is_named_with_its_value)
{
    assert_says(hebb_options_require(&options, "alpha"), HEBB_EUSAGE, "--alpha LIST is needed");
    parse("--alpha 1");
    ck_assert_int_eq(hebb_options_require(&options, "alpha"), HEBB_OK);
    ck_assert_int_eq(hebb_options_require(&options, "neurons"), HEBB_OK);
}
END_TEST

START_TEST(a_name_in_no_table_is_a_defect_and_aborts)
{
    (void)hebb_options_flag(&options, "no-such-option");
}
END_TEST

/* ---- refusals ---- */

START_TEST(unknown_options_name_the_nearest)
{
    assert_line_refused("--alhpa 1", HEBB_EUSAGE, "unknown option --alhpa; did you mean --alpha?");
    assert_line_refused("--neuron=1", HEBB_EUSAGE, "unknown option --neuron; did you mean --neurons?");
    assert_line_refused("one --selfcoupling", HEBB_EUSAGE,
                        "unknown option --selfcoupling; did you mean --self-coupling?");
    assert_line_refused("-z", HEBB_EUSAGE, "unknown option -z");
    assert_line_refused("-qz", HEBB_EUSAGE, "unknown option -z");
}
END_TEST

START_TEST(abbreviations_are_refused)
{
    assert_line_refused("--alph 1", HEBB_EUSAGE, "unknown option --alph; did you mean --alpha?");
    assert_line_refused("--alph=1", HEBB_EUSAGE, "unknown option --alph; did you mean --alpha?");
    assert_line_refused("--quie", HEBB_EUSAGE, "unknown option --quie; did you mean --quiet?");
    assert_line_refused("--se 1", HEBB_EUSAGE, "unknown option --se; did you mean --seed?"); /* or self-coupling */
}
END_TEST

START_TEST(missing_values_and_values_of_flags_are_refused)
{
    assert_line_refused("--alpha", HEBB_EUSAGE, "--alpha: a value is missing");
    assert_line_refused("-q -o", HEBB_EUSAGE, "-o: a value is missing");
    assert_line_refused("--quiet=yes", HEBB_EUSAGE, "--quiet takes no value");
    assert_line_refused("--alpha=", HEBB_EUSAGE, "--alpha: the list '' has an empty item");
    assert_line_refused("--sweeps=", HEBB_EUSAGE, "--sweeps: '' is no number");
    assert_line_refused("--out=", HEBB_EUSAGE, "--out: the value is empty");
    assert_line_refused("--state=", HEBB_EUSAGE, "--state: '' is none of retrieval|glass");
}
END_TEST

START_TEST(text_that_is_no_number_is_wrong_usage)
{
    assert_line_refused("--sweeps ten", HEBB_EUSAGE, "--sweeps: 'ten' is no number");
    assert_line_refused("--sweeps 0x10", HEBB_EUSAGE, "--sweeps: '0x10' is no number");
    assert_line_refused("-s 1.5", HEBB_EUSAGE, "--sweeps: 1.5 is no whole number");
    assert_line_refused("--field 1,0", HEBB_EUSAGE, "--field: '1,0' is no number");
    assert_line_refused("--alpha 1,x", HEBB_EUSAGE, "--alpha: 'x' is no number");
    assert_line_refused("--neurons 10,2.5", HEBB_EUSAGE, "--neurons: 2.5 is no whole number");
    assert_line_refused("--neurons 1:2:0.5", HEBB_EUSAGE, "--neurons: 1.5 is no whole number");
    assert_line_refused("--state gl", HEBB_EUSAGE, "--state: 'gl' is none of retrieval|glass");
    assert_line_refused("--state retrieval|glass", HEBB_EUSAGE,
                        "--state: 'retrieval|glass' is none of retrieval|glass");
}
END_TEST

START_TEST(numbers_out_of_range_are_refused_with_the_range)
{
    assert_line_refused("--alpha 0.1,0", HEBB_EDOM, "--alpha: 0 is out of range: it must be greater than 0");
    assert_line_refused("--neurons 0", HEBB_EDOM, "--neurons: 0 is out of range: it must be at least 1");
    assert_line_refused("--sweeps -1", HEBB_EDOM, "--sweeps: -1 is out of range: it must be at least 0");
    assert_line_refused("--field 1.1", HEBB_EDOM, "--field: 1.1 is out of range: it must be at least -1 and at most 1");
    assert_line_refused("--threads 4097", HEBB_EDOM,
                        "--threads: 4097 is out of range: it must be at least 1 and at most 4096");
    parse("--field 1 --threads 4096 --neurons 1 --sweeps 0");
    parse("--field -1 --threads 1 --alpha 5e-324");
}
END_TEST

START_TEST(numbers_that_are_not_finite_are_out_of_range)
{
    assert_line_refused("--field nan", HEBB_EDOM, "--field: nan is out of range: a finite number is needed");
    assert_line_refused("--field -inf", HEBB_EDOM, "--field: -inf is out of range: a finite number is needed");
    assert_line_refused("--alpha 1,inf", HEBB_EDOM, "--alpha: inf is out of range: a finite number is needed");
    assert_line_refused("--alpha 1e999", HEBB_EDOM, "--alpha: inf is out of range: a finite number is needed");
    assert_line_refused("--neurons nan", HEBB_EDOM, "--neurons: nan is out of range: a finite number is needed");
    assert_line_refused("--sweeps inf", HEBB_EDOM, "--sweeps: inf is out of range: a finite number is needed");
    assert_line_refused("--sweeps NaN", HEBB_EDOM, "--sweeps: nan is out of range: a finite number is needed");
}
END_TEST

START_TEST(whole_numbers_end_where_doubles_miss_some)
{
    parse("--sweeps 9007199254740992");
    ck_assert_int_eq(hebb_options_integer(&options, "sweeps"), 9007199254740992);
    assert_line_refused("--sweeps 9007199254740993", HEBB_EDOM, "--sweeps: 9007199254740993 is too large");
    assert_line_refused("--seed 9007199254740993", HEBB_EDOM, "--seed: 9007199254740993 is too large");
    assert_line_refused("--sweeps 1e300", HEBB_EDOM, "--sweeps: 1e300 is too large");
    assert_line_refused("--sweeps 99999999999999999999", HEBB_EDOM, "--sweeps: 99999999999999999999 is too large");
}
END_TEST

START_TEST(texts_that_a_config_file_could_not_hold_are_refused)
{
    assert_says(hebb_options_set(&options, "--out", "out", "a\nseed = 7"), HEBB_EUSAGE,
                "--out: a control character in the value");
    assert_says(hebb_options_set(&options, "--out", "out", " a"), HEBB_EUSAGE,
                "--out: ' a' begins or ends with a blank");
    assert_says(hebb_options_set(&options, "--out", "out", "a "), HEBB_EUSAGE,
                "--out: 'a ' begins or ends with a blank");
}
END_TEST

START_TEST(tables_at_odds_with_themselves_are_defects)
{
    static const hebb_option twice[] = {{"out", 0, HEBB_OPTION_TEXT, "DIR", NULL, HEBB_ANY, 0, "again"}};
    static const hebb_option flag[] = {{"flag", 0, HEBB_OPTION_FLAG, NULL, "yes", HEBB_ANY, 0, "on"}};
    static const hebb_option bad[] = {{"size", 0, HEBB_OPTION_INTEGER, "N", "0", HEBB_AT_LEAST(1.0), 0, "size"}};
    const hebb_option_table odd[] = {{1, twice}, {1, flag}, {1, bad}};
    static const hebb_status want[] = {HEBB_EINTERNAL, HEBB_EINTERNAL, HEBB_EDOM};
    for (int k = 0; k < 3; k++) {
        const hebb_option_table both[] = {tables[0], odd[k]};
        hebb_options fresh;
        ck_assert_int_eq(hebb_options_init(&fresh, 2, both), want[k]);
        hebb_options_free(&fresh);
        hebb_options_free(&fresh);
    }
}
END_TEST

/* ---- config files ---- */

START_TEST(config_files_set_what_the_command_line_has_not)
{
    const char *path =
        write_config("\xef\xbb\xbf# a study\n\n  alpha = 0.1,0.2 \nneurons=7\r\nself-coupling = yes\nquiet = no\n"
                     "out = a = b # c\nsweeps = 3\nsweeps = 4\nstate = glass");
    parse("--neurons 9 --quiet");
    ck_assert_msg(hebb_options_read_config(&options, path) == HEBB_OK, "%s", hebb_diagnostic());
    assert_list_of(&options, "alpha", 2, 0.1, 0.2);
    assert_list_of(&options, "neurons", 1, 9.0);
    ck_assert(hebb_options_flag(&options, "quiet"));
    ck_assert(hebb_options_flag(&options, "self-coupling"));
    ck_assert_str_eq(hebb_options_text(&options, "out"), "a = b # c");
    ck_assert_int_eq(hebb_options_integer(&options, "sweeps"), 4);
    ck_assert_str_eq(hebb_options_text(&options, "state"), "glass");
    ck_assert(!hebb_options_is_given(&options, "alpha"));
    parse("--sweeps 5"); /* in this order too */
    ck_assert_int_eq(hebb_options_integer(&options, "sweeps"), 5);
}
END_TEST

START_TEST(config_lines_are_refused_with_file_and_line)
{
    assert_config_refused("quiet = yes\nalhpa = 1\n", HEBB_EUSAGE, ":2: unknown option alhpa; did you mean alpha?");
    assert_config_refused("\n# c\nquiet\n", HEBB_EUSAGE, ":3: 'quiet' is no line of the form name = value");
    assert_config_refused("sweeps = ten\n", HEBB_EUSAGE, ":1: sweeps: 'ten' is no number");
    assert_config_refused("quiet = no\nalpha = 0\n", HEBB_EDOM, ":2: alpha: 0 is out of range: it must be greater");
    assert_config_refused("alpha =\n", HEBB_EUSAGE, ":1: alpha: the list '' has an empty item");
    assert_config_refused("self-coupling = maybe\n", HEBB_EUSAGE, ":1: self-coupling: 'maybe' is neither yes nor no");
    assert_config_refused("= 3\n", HEBB_EUSAGE, ":1: unknown option ");
    assert_config_refused("sweeps = 1\rseed = 2\r", HEBB_EUSAGE, ":1: sweeps: '1?seed = 2' is no number");
}
END_TEST

START_TEST(actions_are_not_for_config_files)
{
    assert_config_refused("help = yes\n", HEBB_EUSAGE, ":1: help belongs on the command line");
    assert_config_refused("helf = yes\n", HEBB_EUSAGE, ":1: unknown option helf; did you mean field?");
}
END_TEST

START_TEST(config_files_that_are_no_text_or_none_are_refused)
{
    const char *path = scratch_write("run.conf", "quiet = yes\nalpha = 0\0.1\n", 25);
    assert_refused(hebb_options_read_config(&options, path), HEBB_EDATA, path, ":2: a NUL byte");
    for (int k = 0; k < SCRATCH_N_ODD_PATHS; k++) {
        path = scratch_odd_path(k);
        assert_refused(hebb_options_read_config(&options, path), HEBB_ENOINPUT, path, ": ");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("options");
    TCase *values = tcase_create("values");
    tcase_add_checked_fixture(values, options_set_up, options_tear_down);
    tcase_add_test(values, defaults_stand_where_nothing_is_said);
    tcase_add_test(values, each_kind_is_read_from_the_command_line);
    tcase_add_test(values, letters_stand_for_names_and_operands_come_last);
    tcase_add_test(values, the_last_of_several_wins_and_a_refused_one_changes_nothing);
    tcase_add_test(values, what_is_set_by_name_counts_as_given);
    tcase_add_test(values, what_is_required_and_missing_is_named_with_its_value);
    suite_add_tcase(suite, values);
    TCase *defects = tcase_create("defects");
    tcase_add_test_raise_signal(defects, a_name_in_no_table_is_a_defect_and_aborts, SIGABRT);
    suite_add_tcase(suite, defects);
    TCase *refusals = tcase_create("refusals");
    tcase_add_checked_fixture(refusals, options_set_up, options_tear_down);
    tcase_add_test(refusals, unknown_options_name_the_nearest);
    tcase_add_test(refusals, abbreviations_are_refused);
    tcase_add_test(refusals, missing_values_and_values_of_flags_are_refused);
    tcase_add_test(refusals, text_that_is_no_number_is_wrong_usage);
    tcase_add_test(refusals, numbers_out_of_range_are_refused_with_the_range);
    tcase_add_test(refusals, numbers_that_are_not_finite_are_out_of_range);
    tcase_add_test(refusals, whole_numbers_end_where_doubles_miss_some);
    tcase_add_test(refusals, texts_that_a_config_file_could_not_hold_are_refused);
    tcase_add_test(refusals, tables_at_odds_with_themselves_are_defects);
    suite_add_tcase(suite, refusals);
    TCase *configs = tcase_create("config files");
    tcase_add_checked_fixture(configs, options_set_up, options_tear_down);
    tcase_add_test(configs, config_files_set_what_the_command_line_has_not);
    tcase_add_test(configs, config_lines_are_refused_with_file_and_line);
    tcase_add_test(configs, actions_are_not_for_config_files);
    tcase_add_test(configs, config_files_that_are_no_text_or_none_are_refused);
    suite_add_tcase(suite, configs);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
