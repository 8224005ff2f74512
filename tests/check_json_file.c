/* json_file: an object there and back, and what is no JSON. */
#include <errno.h>

#include "json_file.h"
#include "scratch.h"

START_TEST(an_object_comes_back_as_it_was_written)
{
    const char *path = scratch_path("a.json");
    json_t *object = json_pack("{s:s, s:i}", "text", "with a \" in it", "number", 5), *back;
    ck_assert_ptr_nonnull(object);
    ck_assert_msg(hebb_json_save(object, path) == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert_msg(hebb_json_load(path, &back) == HEBB_OK, "%s", hebb_diagnostic());
    ck_assert(json_equal(object, back));
    json_decref(back);
    json_decref(object);
}
END_TEST

START_TEST(what_cannot_be_written_is_refused_by_its_name)
{
    json_t *object = json_object();
    const char *path = scratch_path("missing/a.json");
    assert_refused(hebb_json_save(object, path), HEBB_EIO, path, "cannot be written");
    path = scratch_full_device();
    if (path != NULL) assert_refused(hebb_json_save(object, path), HEBB_EIO, path, "cannot be written");
    json_decref(object);
}
END_TEST

START_TEST(what_is_missing_or_no_json_is_refused_by_its_name)
{
    static const char *const texts[] = {"", "{", "{\"a\": 1, \"a\": 2}", "{} {}", "\xff"};
    json_t *object;
    const char *path = scratch_path("missing.json");
    assert_refused(hebb_json_load(path, &object), HEBB_ENOINPUT, path, "No such file");
    ck_assert_ptr_null(object);
    assert_refused(hebb_json_load(scratch_folder, &object), HEBB_ENOINPUT, scratch_folder, "is a folder");
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        path = scratch_write("a.json", texts[k], strlen(texts[k]));
        assert_refused(hebb_json_load(path, &object), HEBB_EDATA, path, ": no JSON: ");
        ck_assert_ptr_null(object);
    }
}
END_TEST

/* As Jansson itself would: it may lose a letter of a text without memory for it, and give the rest back. */
static size_t n_left;

static void *give(size_t n)
{
    if (n_left == 0) {
        errno = ENOMEM;
        return NULL;
    }
    n_left--;
    return malloc(n);
}

START_TEST(without_memory_no_other_text_comes_back)
{
    const char *text = "{\"command\": \"a text of more than sixteen letters, which its reader's buffer grows for\"}";
    const char *path = scratch_write("a.json", text, strlen(text));
    json_t *object;
    hebb_status status = HEBB_ENOMEM;
    json_malloc_t old_malloc;
    json_free_t old_free;
    json_get_alloc_funcs(&old_malloc, &old_free);
    size_t n = 0;
    for (; n < 1000 && status == HEBB_ENOMEM; n++) {
        json_set_alloc_funcs(give, free);
        n_left = n;
        status = hebb_json_load(path, &object);
        json_set_alloc_funcs(old_malloc, old_free);
        ck_assert(status == HEBB_ENOMEM || status == HEBB_OK);
        ck_assert((object != NULL) == (status == HEBB_OK));
    }
    ck_assert_int_eq(status, HEBB_OK);
    ck_assert_uint_gt(n, 3);
    ck_assert_ptr_nonnull(strstr(text, json_string_value(json_object_get(object, "command"))));
    json_decref(object);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("json_file");
    TCase *tcase = tcase_create("json_file");
    tcase_add_checked_fixture(tcase, scratch_make, scratch_remove);
    tcase_add_test(tcase, an_object_comes_back_as_it_was_written);
    tcase_add_test(tcase, what_cannot_be_written_is_refused_by_its_name);
    tcase_add_test(tcase, what_is_missing_or_no_json_is_refused_by_its_name);
    tcase_add_test(tcase, without_memory_no_other_text_comes_back);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
