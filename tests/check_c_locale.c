/*
 * c_locale: a program whose locale has a decimal comma, as one with windows may, gets the texts that hebb gets.
 * The locale is de_DE.UTF-8, the system's, that of $LOCPATH, or one made here by localedef; skipped where there is none.
 */
#include <check.h>
#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "c_locale.h"
#include "clock.h"
#include "json_file.h"
#include "list.h"
#include "memory.h"
#include "number.h"
#include "philox.h"
#include "progress.h"
#include "provenance.h"
#include "scratch.h"

#define LOCALE "de_DE.UTF-8"
enum { SKIPPED = 77, N_NUMBERS = 20000 };

static double numbers[N_NUMBERS];
static char texts[N_NUMBERS][HEBB_NUMBER_LENGTH]; /* in the C locale, from before the other one */
static char locale_folder[256], locale_path[300];

/* Any bits, and every other one of a size that a table has. */
static void write_numbers(void)
{
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(1, HEBB_DRAW_STATE, 0, 0), 0, 0);
    for (size_t k = 0; k < N_NUMBERS; k++) {
        const uint64_t high = hebb_stream_u32(&stream), bits = high << 32 | hebb_stream_u32(&stream);
        memcpy(&numbers[k], &bits, sizeof bits);
        if (k % 2 == 1) numbers[k] = hebb_stream_uniform(&stream) * (k % 3 == 0 ? 1e3 : 1.0);
        hebb_number_format(numbers[k], texts[k]);
    }
}

static bool has_comma(void)
{
    return setlocale(LC_ALL, LOCALE) != NULL && strcmp(localeconv()->decimal_point, ",") == 0;
}

static bool make_locale(void)
{
    extern char **environ;
    char program[] = "localedef", i[] = "-i", source[] = "de_DE", f[] = "-f", charmap[] = "UTF-8";
    char *const arguments[] = {program, i, source, f, charmap, locale_path, NULL};
    posix_spawn_file_actions_t silence;
    pid_t child;
    int status = -1;
    const char *parent = getenv("TMPDIR");
    snprintf(locale_folder, sizeof locale_folder, "%s/hebb-locale-XXXXXX", parent != NULL ? parent : "/tmp");
    if (mkdtemp(locale_folder) == NULL) return false;
    snprintf(locale_path, sizeof locale_path, "%s/" LOCALE, locale_folder);
    posix_spawn_file_actions_init(&silence);
    posix_spawn_file_actions_addopen(&silence, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&silence, 2, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&child, program, &silence, NULL, arguments, environ) == 0) (void)waitpid(child, &status, 0);
    posix_spawn_file_actions_destroy(&silence);
    return status == 0 && setenv("LOCPATH", locale_folder, 1) == 0;
}

static void remove_locale(void)
{
    char *const arguments[] = {(char[]){"rm"}, (char[]){"-rf"}, locale_folder, NULL};
    extern char **environ;
    pid_t child;
    if (*locale_folder != '\0' && posix_spawnp(&child, "rm", NULL, NULL, arguments, environ) == 0)
        (void)waitpid(child, NULL, 0);
}

/* This test's own printf and strtod: it has the comma, or the others show nothing. */
static void assert_comma(void)
{
    char text[16];
    snprintf(text, sizeof text, "%.1f", 0.5);
    ck_assert_str_eq(text, "0,5");
    ck_assert(strtod("0.5", NULL) == 0.0);
}

START_TEST(numbers_are_written_with_a_point)
{
    assert_comma();
    for (size_t k = 0; k < N_NUMBERS; k++) {
        char text[HEBB_NUMBER_LENGTH];
        ck_assert_str_eq(hebb_number_format(numbers[k], text), texts[k]);
    }
    assert_comma();
}
END_TEST

START_TEST(numbers_are_read_with_a_point)
{
    double x;
    for (size_t k = 0; k < N_NUMBERS; k++) {
        ck_assert(hebb_number_parse(texts[k], &x));
        ck_assert(x == numbers[k] || isnan(x));
    }
    ck_assert(!hebb_number_parse("0,5", &x));
    ck_assert(!hebb_number_parse(" 0.5", &x));
    ck_assert(hebb_number_parse_with_unit("1.5h", "h", (const double[]){3600.0}, &x) && x == 5400.0);
    assert_comma();
}
END_TEST

START_TEST(lists_are_read_with_a_point)
{
    hebb_list list = {0};
    ck_assert_int_eq(hebb_list_parse("0.1:0.3:0.1,.5", &list), HEBB_OK);
    ck_assert_uint_eq(list.length, 4);
    ck_assert(list.values[0] == 0.1 && list.values[1] == 0.2 && list.values[2] == 0.3 && list.values[3] == 0.5);
    hebb_list_free(&list);
    assert_comma();
}
END_TEST

START_TEST(sentences_have_a_point)
{
    char text[200];
    hebb_provenance provenance = {0};
    ck_assert_int_eq(hebb_fail(HEBB_EDATA, "%g and %.2f", 0.5, 0.25), HEBB_EDATA);
    ck_assert_str_eq(hebb_diagnostic(), "0.5 and 0.25");
    ck_assert_int_eq(hebb_provenance_add(&provenance, "key", "%.1f", 0.5), HEBB_OK);
    ck_assert_str_eq(provenance.entries[0].value, "0.5");
    hebb_provenance_free(&provenance);
    ck_assert_str_eq(hebb_clock_format(1.5, text), "1.5 s");
    ck_assert_str_eq(hebb_memory_format(1536.0, text), "1.5 KiB");
    hebb_progress progress;
    hebb_progress_init(&progress, "test", 4, 4.0, true);
    progress.n_done = 1;
    progress.done_cost = 1.0;
    ck_assert_ptr_nonnull(strstr(hebb_progress_line(&progress, 2.0, sizeof text, text), "0.5/s"));
    assert_comma();
}
END_TEST

START_TEST(json_has_a_point)
{
    json_t *object = json_pack("{s:f}", "x", 0.5), *back;
    char text[64] = "";
    ck_assert_int_eq(hebb_json_save(object, scratch_path("x.json")), HEBB_OK);
    FILE *file = fopen(scratch_path("x.json"), "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_gt(fread(text, 1, sizeof text - 1, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_str_eq(text, "{\n  \"x\": 0.5\n}\n");
    ck_assert_int_eq(hebb_json_load(scratch_path("x.json"), &back), HEBB_OK);
    ck_assert(json_real_value(json_object_get(back, "x")) == 0.5);
    json_decref(back);
    json_decref(object);
    assert_comma();
}
END_TEST

START_TEST(blanks_and_controls_are_those_of_ascii)
{
    for (int c = 1; c < 256; c++) { /* the bytes above are parts of letters */
        ck_assert_int_eq(hebb_c_locale_is_space((char)c), c < 0x80 && isspace(c) != 0);
        ck_assert_int_eq(hebb_c_locale_is_control((char)c), c < 0x80 && iscntrl(c) != 0);
    }
}
END_TEST

static void *write_on_a_thread(void *n_wrong)
{
    for (size_t k = 0; k < N_NUMBERS; k++) {
        char text[HEBB_NUMBER_LENGTH];
        *(size_t *)n_wrong += strcmp(hebb_number_format(numbers[k], text), texts[k]) != 0;
    }
    return NULL;
}

START_TEST(other_threads_keep_their_locale)
{
    pthread_t threads[2];
    size_t n_wrong[2] = {0};
    for (int t = 0; t < 2; t++) ck_assert_int_eq(pthread_create(&threads[t], NULL, write_on_a_thread, &n_wrong[t]), 0);
    for (int k = 0; k < 5000; k++) assert_comma();
    for (int t = 0; t < 2; t++) ck_assert_int_eq(pthread_join(threads[t], NULL), 0);
    ck_assert_uint_eq(n_wrong[0] + n_wrong[1], 0);
    const locale_t own = duplocale(LC_GLOBAL_LOCALE), before = uselocale(own);
    char text[HEBB_NUMBER_LENGTH];
    ck_assert_str_eq(hebb_number_format(0.5, text), "0.5");
    ck_assert(uselocale((locale_t)0) == own); /* a locale that the thread had set itself */
    (void)uselocale(before);
    freelocale(own);
}
END_TEST

int main(void)
{
    if (!has_comma() && !(make_locale() && has_comma())) {
        (void)printf("SKIPPED: there is no locale " LOCALE ", and localedef makes none (Debian: locales)\n");
        remove_locale();
        return SKIPPED;
    }
    (void)setlocale(LC_ALL, "C");
    write_numbers();
    (void)setlocale(LC_ALL, LOCALE);
    Suite *suite = suite_create("c_locale");
    TCase *comma = tcase_create("comma");
    tcase_add_checked_fixture(comma, scratch_make, scratch_remove);
    tcase_add_test(comma, numbers_are_written_with_a_point);
    tcase_add_test(comma, numbers_are_read_with_a_point);
    tcase_add_test(comma, lists_are_read_with_a_point);
    tcase_add_test(comma, sentences_have_a_point);
    tcase_add_test(comma, json_has_a_point);
    tcase_add_test(comma, blanks_and_controls_are_those_of_ascii);
    tcase_add_test(comma, other_threads_keep_their_locale);
    suite_add_tcase(suite, comma);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    remove_locale();
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
