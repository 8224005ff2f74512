/* checkpoint: a state comes back whole or not at all, and only for its own unit of its own study. */
#include <math.h>
#include <stdint.h>

#include "checkpoint.h"
#include "clock.h"
#include "scratch.h"
#include "stop.h"

enum { SIZE = 21, FILE_SIZE = 40 + SIZE + 8 };

static const char state[SIZE] = "the state, half-way\n";
static const char untouched[SIZE] = "....................";

static hebb_checkpoint begin(uint64_t unit)
{
    return hebb_checkpoint_begin(scratch_folder, hebb_fingerprint_of(5, "study"), unit, HUGE_VAL);
}

static void save(uint64_t unit)
{
    hebb_checkpoint checkpoint = begin(unit);
    ck_assert_int_eq(hebb_checkpoint_save(&checkpoint, SIZE, state), HEBB_OK);
}

static void assert_found(hebb_checkpoint checkpoint)
{
    char loaded[SIZE];
    memcpy(loaded, untouched, SIZE);
    ck_assert(hebb_checkpoint_load(&checkpoint, SIZE, loaded));
    ck_assert_mem_eq(loaded, state, SIZE);
}

/* Nothing is found, and nothing is changed. */
static void assert_none(hebb_checkpoint checkpoint, size_t size)
{
    char loaded[SIZE + 1] = {0};
    memcpy(loaded, untouched, SIZE);
    ck_assert(!hebb_checkpoint_load(&checkpoint, size, loaded));
    ck_assert_mem_eq(loaded, untouched, SIZE);
}

static void read_file(unsigned char bytes[FILE_SIZE])
{
    FILE *file = fopen(scratch_path("unit-7.checkpoint"), "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(bytes, 1, FILE_SIZE, file), FILE_SIZE);
    ck_assert_int_eq(fgetc(file), EOF);
    ck_assert_int_eq(fclose(file), 0);
}

static void make(void)
{
    scratch_make();
    hebb_stop_clear();
}

START_TEST(a_state_that_was_saved_is_loaded_and_the_last_one_counts)
{
    assert_none(begin(7), SIZE);
    hebb_checkpoint checkpoint = begin(7);
    ck_assert_int_eq(hebb_checkpoint_save(&checkpoint, SIZE, untouched), HEBB_OK);
    ck_assert_int_eq(hebb_checkpoint_save(&checkpoint, SIZE, state), HEBB_OK);
    assert_found(begin(7));
    assert_found(begin(7)); /* loading does not use it up */
}
END_TEST

START_TEST(another_units_another_studys_and_another_sizes_are_none)
{
    char sevenths[600];
    snprintf(sevenths, sizeof sevenths, "%s", scratch_path("unit-7.checkpoint"));
    save(7);
    ck_assert_int_eq(rename(sevenths, scratch_path("unit-8.checkpoint")), 0);
    assert_none(begin(8), SIZE);
    save(7);
    hebb_checkpoint other = begin(7);
    other.fingerprint.bytes[3] ^= 1;
    assert_none(other, SIZE);
    assert_none(begin(7), SIZE - 1);
    assert_none(begin(7), SIZE + 1);
    assert_none(begin(7), 0);
    assert_found(begin(7));
}
END_TEST

START_TEST(cut_at_any_byte_it_is_none)
{
    unsigned char bytes[FILE_SIZE + 1] = {0};
    save(7);
    read_file(bytes);
    for (size_t size = 0; size <= FILE_SIZE + 1; size++) {
        ck_assert_int_eq(remove(scratch_path("unit-7.checkpoint")), 0);
        (void)scratch_write("unit-7.checkpoint", bytes, size);
        if (size == FILE_SIZE)
            assert_found(begin(7));
        else
            assert_none(begin(7), SIZE);
    }
}
END_TEST

START_TEST(with_any_bit_flipped_it_is_none)
{
    unsigned char bytes[FILE_SIZE];
    save(7);
    read_file(bytes);
    for (size_t bit = 0; bit < 8 * FILE_SIZE; bit++) {
        scratch_poke("unit-7.checkpoint", bit / 8, bytes[bit / 8] ^ 1 << bit % 8);
        assert_none(begin(7), SIZE);
        scratch_poke("unit-7.checkpoint", bit / 8, bytes[bit / 8]);
    }
    assert_found(begin(7));
}
END_TEST

START_TEST(it_is_due_after_the_interval_and_when_work_worth_a_second_is_to_stop)
{
    hebb_checkpoint often = begin(7), never = begin(7);
    often.interval = 0.0;
    ck_assert(hebb_checkpoint_is_due(&often));
    ck_assert(!hebb_checkpoint_is_due(&never));
    hebb_stop_request("a test");
    ck_assert(!hebb_checkpoint_is_due(&never));
    never.saved -= 2.0;
    ck_assert(hebb_checkpoint_is_due(&never));
    hebb_stop_clear();
    ck_assert(!hebb_checkpoint_is_due(&never));
    never.interval = 1.5;
    ck_assert(hebb_checkpoint_is_due(&never));
    ck_assert_int_eq(hebb_checkpoint_save(&never, SIZE, state), HEBB_OK);
    ck_assert(!hebb_checkpoint_is_due(&never)); /* the interval begins again */
}
END_TEST

START_TEST(a_unit_that_is_to_stop_is_saved_and_told_to)
{
    hebb_checkpoint checkpoint = begin(7);
    hebb_stop_request("a test");
    ck_assert_int_eq(hebb_checkpoint_save(&checkpoint, SIZE, state), HEBB_ESTOPPED);
    ck_assert_str_eq(hebb_diagnostic(), "unit 7 is saved half-way");
    assert_found(begin(7));
}
END_TEST

START_TEST(without_a_checkpoint_and_without_a_folder_nothing_is_kept)
{
    char loaded[SIZE];
    ck_assert(!hebb_checkpoint_load(NULL, SIZE, loaded));
    ck_assert(!hebb_checkpoint_is_due(NULL));
    ck_assert_int_eq(hebb_checkpoint_save(NULL, SIZE, state), HEBB_OK);
    hebb_checkpoint_end(NULL);
    hebb_checkpoint given_up = hebb_checkpoint_begin(NULL, hebb_fingerprint_of(0, ""), 7, 0.0);
    assert_none(given_up, SIZE);
    ck_assert(hebb_checkpoint_is_due(&given_up));
    ck_assert_int_eq(hebb_checkpoint_save(&given_up, SIZE, state), HEBB_ESTOPPED);
    hebb_checkpoint_end(&given_up);
}
END_TEST

START_TEST(where_it_cannot_be_saved_that_is_reported)
{
    hebb_checkpoint checkpoint = begin(7);
    checkpoint.folder = scratch_path("missing");
    char folder[600];
    snprintf(folder, sizeof folder, "%s", checkpoint.folder);
    checkpoint.folder = folder;
    assert_refused(hebb_checkpoint_save(&checkpoint, SIZE, state), HEBB_EIO, folder, "No such file or directory");
}
END_TEST

/* In the place of a checkpoint, where the run would wait for it. */
START_TEST(a_pipe_a_folder_and_a_link_to_a_device_are_none_and_not_written_to)
{
    static const char name[] = "unit-7.checkpoint";
    for (int k = 0; k < 3; k++) {
        hebb_checkpoint checkpoint = begin(7);
        const char *path = scratch_path(name);
        const int made = k == 0 ? mkfifo(path, 0600) : k == 1 ? mkdir(path, 0700) : symlink("/dev/null", path);
        ck_assert_int_eq(made, 0);
        assert_none(checkpoint, SIZE);
        ck_assert_str_eq(hebb_diagnostic(), "");
        assert_refused(hebb_checkpoint_save(&checkpoint, SIZE, state), HEBB_EIO, path, "is no regular file");
        ck_assert_int_eq(remove(path), 0);
    }
    save(7);
    assert_found(begin(7));
}
END_TEST

START_TEST(the_end_of_a_unit_removes_its_own_and_no_other)
{
    save(7);
    save(8);
    hebb_checkpoint unknown = begin(7); /* asked for nothing: it knows of no file */
    hebb_checkpoint_end(&unknown);
    assert_found(begin(7));
    char loaded[SIZE];
    ck_assert(hebb_checkpoint_load(&unknown, SIZE, loaded));
    hebb_checkpoint_end(&unknown);
    assert_none(begin(7), SIZE);
    assert_found(begin(8));
    hebb_checkpoint_end(&unknown);
}
END_TEST

START_TEST(a_damaged_one_is_removed_at_the_end_as_well)
{
    (void)scratch_write("unit-7.checkpoint", "x", 1);
    hebb_checkpoint checkpoint = begin(7);
    char loaded[SIZE];
    ck_assert(!hebb_checkpoint_load(&checkpoint, SIZE, loaded));
    hebb_checkpoint_end(&checkpoint);
    ck_assert_int_ne(access(scratch_path("unit-7.checkpoint"), F_OK), 0);
}
END_TEST

START_TEST(sweeping_takes_checkpoints_alone)
{
    static const char *const others[] = {"unit-.checkpoint",  "unit-7.checkpoints",   "unit-7",
                                         "unit-x.checkpoint", "my-unit-7.checkpoint", "journal"};
    save(7);
    save(UINT64_MAX);
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) (void)scratch_write(others[k], "x", 1);
    hebb_checkpoint_sweep(scratch_folder);
    assert_none(begin(7), SIZE);
    assert_none(begin(UINT64_MAX), SIZE);
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        ck_assert_msg(access(scratch_path(others[k]), F_OK) == 0, "%s is gone", others[k]);
    hebb_checkpoint_sweep(scratch_path("missing"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("checkpoint");
    TCase *tcase = tcase_create("checkpoint");
    tcase_add_checked_fixture(tcase, make, scratch_remove);
    tcase_add_test(tcase, a_state_that_was_saved_is_loaded_and_the_last_one_counts);
    tcase_add_test(tcase, another_units_another_studys_and_another_sizes_are_none);
    tcase_add_test(tcase, cut_at_any_byte_it_is_none);
    tcase_add_test(tcase, with_any_bit_flipped_it_is_none);
    tcase_add_test(tcase, it_is_due_after_the_interval_and_when_work_worth_a_second_is_to_stop);
    tcase_add_test(tcase, a_unit_that_is_to_stop_is_saved_and_told_to);
    tcase_add_test(tcase, without_a_checkpoint_and_without_a_folder_nothing_is_kept);
    tcase_add_test(tcase, where_it_cannot_be_saved_that_is_reported);
    tcase_add_test(tcase, a_pipe_a_folder_and_a_link_to_a_device_are_none_and_not_written_to);
    tcase_add_test(tcase, the_end_of_a_unit_removes_its_own_and_no_other);
    tcase_add_test(tcase, a_damaged_one_is_removed_at_the_end_as_well);
    tcase_add_test(tcase, sweeping_takes_checkpoints_alone);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
