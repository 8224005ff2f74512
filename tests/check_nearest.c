/* nearest against the recursion that defines the distance, and mistypings as they happen. */
#include <check.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "nearest.h"

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* [D64], between the first n_a and n_b letters, straight from the definition and in exponential time. */
static size_t distance(const char *a, size_t n_a, const char *b, size_t n_b)
{
    if (n_a == 0 || n_b == 0) return n_a + n_b;
    size_t best = distance(a, n_a - 1, b, n_b - 1) + (a[n_a - 1] != b[n_b - 1]);
    best = smaller(best, distance(a, n_a - 1, b, n_b) + 1);
    best = smaller(best, distance(a, n_a, b, n_b - 1) + 1);
    if (n_a > 1 && n_b > 1 && a[n_a - 1] == b[n_b - 2] && a[n_a - 2] == b[n_b - 1])
        best = smaller(best, distance(a, n_a - 2, b, n_b - 2) + 1);
    return best;
}

/* Word number k of those over a, b, c, the shortest first: "", a, b, c, aa, ... */
static char *spell(char word[8], int k)
{
    char *end = word;
    for (; k > 0; k = (k - 1) / 3) *end++ = (char)('a' + (k - 1) % 3);
    *end = '\0';
    return word;
}

START_TEST(the_nearer_of_two_is_that_of_the_recursion_unless_one_begins_with_the_name)
{
    enum { N_NAMES = 1 + 3 + 9 + 27, N_CANDIDATES = 1 + 3 + 9 + 27 };
    char name[8], first[8], second[8];
    static size_t d[N_NAMES][N_CANDIDATES];
    for (int i = 0; i < N_NAMES; i++)
        for (int j = 0; j < N_CANDIDATES; j++)
            d[i][j] = distance(spell(name, i), strlen(spell(name, i)), spell(first, j), strlen(spell(first, j)));
    for (int i = 0; i < N_NAMES; i++)
        for (int j = 0; j < N_CANDIDATES; j++)
            for (int k = 0; k < N_CANDIDATES; k++) {
                const char *const candidates[] = {spell(first, j), spell(second, k)};
                const bool first_begins = strncmp(first, spell(name, i), strlen(name)) == 0;
                const bool second_begins = strncmp(second, name, strlen(name)) == 0;
                const bool first_is_nearer = first_begins == second_begins ? d[i][j] <= d[i][k] : first_begins;
                const char *want = first_is_nearer ? first : second;
                if (hebb_nearest(name, 2, candidates) != want)
                    ck_abort_msg("of '%s' and '%s' '%s' is nearer to '%s'", first, second, want, name);
            }
}
END_TEST

START_TEST(mistyped_names_find_what_was_meant)
{
    static const char *const names[] = {"alpha", "neurons", "patterns", "replicas", "temperature", "overlap"};
    static const struct {
        const char *typed, *meant;
    } rows[] = {{"alpha", "alpha"},     {"alhpa", "alpha"},      {"apha", "alpha"},
                {"neurns", "neurons"},  {"neuron", "neurons"},   {"temprature", "temperature"},
                {"patern", "patterns"}, {"replica", "replicas"}, {"overlpa", "overlap"}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        ck_assert_str_eq(hebb_nearest(rows[k].typed, sizeof names / sizeof *names, names), rows[k].meant);
}
END_TEST

START_TEST(a_swap_of_neighbours_counts_once)
{
    static const char *const names[] = {"axyd", "acbd"}; /* two substitutions, one swap */
    ck_assert_str_eq(hebb_nearest("abcd", 2, names), "acbd");
}
END_TEST

START_TEST(the_first_of_equals_is_taken_and_of_none_nothing)
{
    static const char *const names[] = {"aax", "aay", "aaz"};
    ck_assert_str_eq(hebb_nearest("aa", 3, names), "aax");
    ck_assert_ptr_null(hebb_nearest("aa", 0, names));
}
END_TEST

START_TEST(long_names_are_compared_up_to_their_63rd_letter)
{
    char typed[1000], near[1000], far[1000];
    memset(typed, 'a', sizeof typed);
    memset(near, 'a', sizeof near);
    memset(far, 'a', sizeof far);
    typed[999] = near[999] = far[999] = '\0';
    far[62] = 'b';
    memset(near + 63, 'b', 900);
    const char *const names[] = {far, near};
    ck_assert_ptr_eq(hebb_nearest(typed, 2, names), near);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("nearest");
    TCase *names = tcase_create("names");
    tcase_add_test(names, the_nearer_of_two_is_that_of_the_recursion_unless_one_begins_with_the_name);
    tcase_add_test(names, mistyped_names_find_what_was_meant);
    tcase_add_test(names, a_swap_of_neighbours_counts_once);
    tcase_add_test(names, the_first_of_equals_is_taken_and_of_none_nothing);
    tcase_add_test(names, long_names_are_compared_up_to_their_63rd_letter);
    suite_add_tcase(suite, names);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
