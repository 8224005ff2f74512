/* text_reader: lines with their numbers, and what is no text file. */
#include <stdint.h>
#include <unistd.h>

#include "scratch.h"
#include "text_reader.h"

static char seen[300];

/* "1:first|2:second|"; a line «stop» is refused. */
static hebb_status note_line(void *context, const char *path, long line, char *text)
{
    ck_assert_ptr_null(context);
    if (strcmp(text, "stop") == 0) return hebb_fail(HEBB_EDOM, "%s:%ld: stopped", path, line);
    char noted[100];
    ck_assert_int_lt(snprintf(noted, sizeof noted, "%ld:%s|", line, text), (int)sizeof noted);
    strcat(seen, noted);
    return HEBB_OK;
}

static hebb_status read_bytes(const char *bytes, size_t n)
{
    seen[0] = '\0';
    return hebb_text_read(scratch_write("text", bytes, n), note_line, NULL);
}

static void assert_lines(const char *text, const char *lines)
{
    ck_assert_int_eq(read_bytes(text, strlen(text)), HEBB_OK);
    ck_assert_str_eq(seen, lines);
}

START_TEST(lines_come_in_order_with_their_numbers)
{
    assert_lines("", "");
    assert_lines("a", "1:a|");
    assert_lines("a\n\nb = c", "1:a|2:|3:b = c|");
    assert_lines("\n", "1:|");
    assert_lines("a\r\nb\rc\n", "1:a\r|2:b\rc|");
}
END_TEST

START_TEST(a_byte_order_mark_is_no_text)
{
    assert_lines("\xef\xbb\xbf", "");
    assert_lines("\xef\xbb\xbf"
                 "a\n\xef\xbb\xbf",
                 "1:a|2:\xef\xbb\xbf|");
}
END_TEST

START_TEST(a_refusal_of_the_callback_ends_the_reading)
{
    static const char text[] = "a\nstop\nb\n";
    assert_refused(read_bytes(text, sizeof text - 1), HEBB_EDOM, scratch_path("text"), ":2: stopped");
    ck_assert_str_eq(seen, "1:a|");
}
END_TEST

START_TEST(nul_bytes_are_refused_by_line)
{
    static const char utf16[] = "\xff\xfe"
                                "a\0=\0"
                                "1\0\n\0";
    assert_refused(read_bytes("a\nb\0c\n", 6), HEBB_EDATA, scratch_path("text"), ":2: a NUL byte");
    assert_refused(read_bytes("a\0", 2), HEBB_EDATA, scratch_path("text"), ":1: a NUL byte");
    assert_refused(read_bytes(utf16, sizeof utf16 - 1), HEBB_EDATA, scratch_path("text"), ":1: a NUL byte");
}
END_TEST

START_TEST(a_file_too_large_for_a_text_is_refused_unread)
{
    const char *path = scratch_write("text", "a\n", 2);
    ck_assert_int_eq(truncate(path, (off_t)1 << 40), 0); /* takes no room on the disk */
    assert_refused(hebb_text_read(path, note_line, NULL), HEBB_EDATA, path, ": 1099511627776 bytes; at most");
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
    for (int k = 0; k < SCRATCH_N_ODD_PATHS; k++) {
        const char *path = scratch_odd_path(k);
        assert_refused(hebb_text_read(path, note_line, NULL), HEBB_ENOINPUT, path, ": ");
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text_reader");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, scratch_make, scratch_remove);
    tcase_add_test(files, lines_come_in_order_with_their_numbers);
    tcase_add_test(files, a_byte_order_mark_is_no_text);
    tcase_add_test(files, a_refusal_of_the_callback_ends_the_reading);
    tcase_add_test(files, nul_bytes_are_refused_by_line);
    tcase_add_test(files, a_file_too_large_for_a_text_is_refused_unread);
    tcase_add_test(files, what_is_no_file_is_refused);
    suite_add_tcase(suite, files);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
