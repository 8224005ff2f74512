/* journal: what is added is read to the bit; what is cut off, flipped or moved is told, and never read as another number. */
#include <xxhash.h>

#include "journal_study.h"

/* ---- as it should be ---- */

START_TEST(what_is_added_is_read_back_to_the_bit_and_in_order)
{
    readings r;
    const char *path = scratch_path("journal");
    write_journal(path);
    const hebb_journal_report report = read_journal(path, &r);
    ck_assert_uint_eq(r.n, N_WRITTEN);
    ck_assert_mem_eq(r.order, written, sizeof written);
    ck_assert_uint_eq(report.n_damaged, 0);
    ck_assert(!report.is_cut && !report.has_bad_header);
    complete(path, &r);
}
END_TEST

START_TEST(the_bytes_are_those_of_the_header_file)
{
    unsigned char bytes[SIZE];
    write_and_read_bytes(bytes);
    static const unsigned char head[32] = {'h', 'e', 'b', 'b', 'j', 'r', 'n', 'l', 1, [16] = N_NUMBERS, [24] = N_UNITS};
    const hebb_fingerprint fingerprint = make_kind().fingerprint;
    ck_assert_mem_eq(bytes, head, sizeof head);
    ck_assert_mem_eq(bytes + 32, fingerprint.bytes, 16);
    for (size_t k = 0; k < N_WRITTEN; k++) {
        const unsigned char *record = bytes + HEADER + k * RECORD;
        const unsigned char unit[8] = {(unsigned char)written[k]};
        ck_assert_mem_eq(record, unit, 8);
        for (size_t b = 0; b < 8; b++) ck_assert_uint_eq(record[8 + b], true_bits(written[k], 0) >> 8 * b & 0xff);
    }
}
END_TEST

START_TEST(a_file_that_is_missing_or_empty_is_a_journal_without_records)
{
    readings r;
    hebb_journal_report report = read_journal(scratch_path("missing"), &r);
    ck_assert(r.n == 0 && !report.is_cut && !report.has_bad_header);
    report = read_journal(scratch_write("empty", "", 0), &r);
    ck_assert(r.n == 0 && !report.is_cut && !report.has_bad_header);
    ck_assert(!hebb_journal_is_busy(scratch_path("missing")));
}
END_TEST

START_TEST(one_that_is_opened_again_and_again_goes_on)
{
    readings r;
    for (uint64_t unit = 0; unit < N_UNITS; unit++) {
        hebb_journal journal = open_journal(scratch_path("journal"));
        add(&journal, unit);
        ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
        ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK); /* twice */
    }
    ck_assert_uint_eq(read_journal(scratch_path("journal"), &r).n_records, N_UNITS);
    for (size_t unit = 0; unit < N_UNITS; unit++) ck_assert_uint_eq(r.n_of[unit], 1);
}
END_TEST

START_TEST(records_are_there_for_others_before_it_is_closed)
{
    readings r;
    hebb_journal journal = open_journal(scratch_path("journal"));
    for (size_t k = 0; k < N_WRITTEN; k++) {
        add(&journal, written[k]);
        ck_assert_uint_eq(read_journal(scratch_path("journal"), &r).n_records, k + 1);
    }
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
}
END_TEST

static hebb_status refuse(void *context, uint64_t unit, const double *numbers)
{
    (void)numbers;
    return unit == *(uint64_t *)context ? hebb_fail(HEBB_EDATA, "unit") : HEBB_OK;
}

START_TEST(the_visitors_failure_ends_the_reading)
{
    const hebb_journal_kind kind = make_kind();
    hebb_journal_report report;
    uint64_t third = written[2];
    write_journal(scratch_path("journal"));
    ck_assert_int_eq(hebb_journal_read(scratch_path("journal"), &kind, refuse, &third, &report), HEBB_EDATA);
    ck_assert_uint_eq(report.n_records, 3);
}
END_TEST

/* ---- damage ---- */

START_TEST(cut_at_any_byte_it_keeps_the_records_before_and_is_completed)
{
    unsigned char bytes[SIZE];
    write_and_read_bytes(bytes);
    for (size_t size = 0; size <= SIZE; size++) {
        readings r;
        const char *path = scratch_write("cut", bytes, size);
        const hebb_journal_report report = read_journal(path, &r);
        const size_t n = size < HEADER ? 0 : (size - HEADER) / RECORD;
        ck_assert_uint_eq(r.n, n);
        ck_assert_mem_eq(r.order, written, n * sizeof *written);
        ck_assert_uint_eq(report.n_damaged, 0);
        ck_assert_int_eq(report.is_cut, size < HEADER ? size > 0 : (size - HEADER) % RECORD != 0);
        complete(path, &r);
        ck_assert_int_eq(remove(path), 0);
    }
}
END_TEST

START_TEST(with_any_bit_flipped_one_record_at_most_is_lost_and_no_number_is_wrong)
{
    unsigned char bytes[SIZE];
    write_and_read_bytes(bytes);
    for (size_t bit = 0; bit < 8 * SIZE; bit++) {
        readings r;
        const bool in_header = bit < 8 * HEADER;
        scratch_poke("journal", bit / 8, bytes[bit / 8] ^ 1 << bit % 8);
        const hebb_journal_report report = read_journal(scratch_path("journal"), &r);
        scratch_poke("journal", bit / 8, bytes[bit / 8]);
        ck_assert_int_eq(report.has_bad_header, in_header);
        ck_assert_uint_eq(report.n_damaged, !in_header);
        ck_assert_uint_eq(r.n, in_header ? N_WRITTEN : N_WRITTEN - 1);
    }
}
END_TEST

/* Every ninth bit, which is one of every byte and each of them in turn: it waits for the disk. */
START_TEST(with_a_bit_flipped_it_is_completed)
{
    unsigned char bytes[SIZE];
    write_and_read_bytes(bytes);
    for (size_t bit = 0; bit < 8 * SIZE; bit += 9) {
        readings r;
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        const char *path = scratch_write("flipped", bytes, SIZE);
        (void)read_journal(path, &r);
        complete(path, &r);
        ck_assert_int_eq(remove(path), 0);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
}
END_TEST

START_TEST(bytes_that_nobody_wrote_are_no_records)
{
    unsigned char bytes[SIZE + 3 * RECORD];
    readings r;
    write_and_read_bytes(bytes);
    for (size_t k = SIZE; k < sizeof bytes; k++) bytes[k] = (unsigned char)(k * k >> 3);
    memset(bytes + SIZE, 0, RECORD); /* what a file system that lost a block gives back */
    const char *path = scratch_write("longer", bytes, sizeof bytes);
    const hebb_journal_report report = read_journal(path, &r);
    ck_assert_uint_eq(r.n, N_WRITTEN);
    ck_assert_uint_eq(report.n_damaged, 3);
    complete(path, &r);
}
END_TEST

START_TEST(a_record_at_another_place_is_none)
{
    unsigned char bytes[SIZE];
    write_and_read_bytes(bytes);
    for (size_t from = 0; from < N_WRITTEN; from++)
        for (size_t to = 0; to < N_WRITTEN; to++) {
            readings r;
            unsigned char moved[SIZE];
            memcpy(moved, bytes, SIZE);
            memcpy(moved + HEADER + to * RECORD, bytes + HEADER + from * RECORD, RECORD);
            const hebb_journal_report report = read_journal(scratch_write("moved", moved, SIZE), &r);
            ck_assert_int_eq(remove(scratch_path("moved")), 0);
            ck_assert_uint_eq(r.n, from == to ? N_WRITTEN : N_WRITTEN - 1);
            ck_assert_uint_eq(report.n_damaged, from != to);
        }
}
END_TEST

/* The header's checksum of `bytes`, made to hold. */
static void seal_header(unsigned char *bytes)
{
    const uint64_t sum = XXH3_64bits(bytes, HEADER - 8);
    for (size_t b = 0; b < 8; b++) bytes[HEADER - 8 + b] = (unsigned char)(sum >> 8 * b);
}

START_TEST(a_record_of_a_unit_that_the_study_does_not_have_is_none)
{
    unsigned char bytes[SIZE];
    readings r;
    write_and_read_bytes(bytes);
    uint64_t seed = 0;
    for (size_t b = 0; b < 8; b++) seed |= (uint64_t)bytes[HEADER - 8 + b] << 8 * b;
    unsigned char *record = bytes + HEADER + 2 * RECORD;
    record[0] = N_UNITS;
    const uint64_t sum = XXH3_64bits_withSeed(record, RECORD - 8, seed + 2);
    for (size_t b = 0; b < 8; b++) record[RECORD - 8 + b] = (unsigned char)(sum >> 8 * b);
    ck_assert_uint_eq(read_journal(scratch_write("beyond", bytes, SIZE), &r).n_damaged, 1);
    ck_assert_uint_eq(r.n, N_WRITTEN - 1);
}
END_TEST

/* ---- other studies ---- */

static void assert_both_refuse(const char *path, const hebb_journal_kind *kind, const char *words)
{
    readings r = {0};
    hebb_journal_report report;
    hebb_journal journal;
    assert_refused(hebb_journal_read(path, kind, take, &r, &report), HEBB_EDATA, path, words);
    ck_assert_uint_eq(r.n, 0);
    assert_refused(hebb_journal_open(&journal, path, kind, HUGE_VAL), HEBB_EDATA, path, words);
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
}

START_TEST(another_studys_journal_is_refused_and_stays_as_it_is)
{
    unsigned char before[SIZE], after[SIZE];
    const char *path = scratch_path("journal");
    write_and_read_bytes(before);
    hebb_journal_kind other = make_kind();
    other.fingerprint.bytes[15] ^= 1;
    assert_both_refuse(path, &other, ": is another study's; choose another folder");
    other = make_kind();
    other.n_units++;
    assert_both_refuse(path, &other, ": is another study's");
    other = make_kind();
    other.n_numbers++;
    assert_both_refuse(path, &other, ": is another study's");
    read_bytes(path, SIZE, after);
    ck_assert_mem_eq(before, after, SIZE);
}
END_TEST

START_TEST(a_journal_of_another_version_is_refused)
{
    unsigned char bytes[SIZE];
    const hebb_journal_kind kind = make_kind();
    write_and_read_bytes(bytes);
    bytes[8] = 2;
    seal_header(bytes);
    assert_both_refuse(scratch_write("newer", bytes, SIZE), &kind, ": is of version 2, this program reads 1");
}
END_TEST

/* Also where the header, damaged, does not say whose they are. */
START_TEST(records_of_another_study_are_none)
{
    unsigned char bytes[SIZE], theirs[SIZE];
    readings r;
    hebb_journal_kind other = make_kind();
    hebb_journal journal;
    double numbers[N_NUMBERS];
    other.fingerprint.bytes[0] ^= 1;
    ck_assert_int_eq(hebb_journal_open(&journal, scratch_path("other"), &other, HUGE_VAL), HEBB_OK);
    for (size_t k = 0; k < N_WRITTEN; k++) {
        true_numbers(written[k], numbers);
        ck_assert_int_eq(hebb_journal_add(&journal, written[k], numbers), HEBB_OK);
    }
    ck_assert_int_eq(hebb_journal_close(&journal), HEBB_OK);
    read_bytes(scratch_path("other"), SIZE, theirs);
    write_and_read_bytes(bytes);
    memcpy(bytes + HEADER, theirs + HEADER, SIZE - HEADER);
    ck_assert_uint_eq(read_journal(scratch_write("mixed", bytes, SIZE), &r).n_damaged, N_WRITTEN);
    theirs[0] ^= 1;
    const char *path = scratch_write("damaged", theirs, SIZE);
    ck_assert_uint_eq(read_journal(path, &r).n_damaged, N_WRITTEN);
    ck_assert_uint_eq(r.n, 0);
    complete(path, &r);
}
END_TEST

static TCase *add_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);
    tcase_add_checked_fixture(tcase, make_in_memory, scratch_remove);
    suite_add_tcase(suite, tcase);
    return tcase;
}

int main(void)
{
    Suite *suite = suite_create("journal");
    TCase *whole = add_case(suite, "whole");
    tcase_add_test(whole, what_is_added_is_read_back_to_the_bit_and_in_order);
    tcase_add_test(whole, the_bytes_are_those_of_the_header_file);
    tcase_add_test(whole, a_file_that_is_missing_or_empty_is_a_journal_without_records);
    tcase_add_test(whole, one_that_is_opened_again_and_again_goes_on);
    tcase_add_test(whole, records_are_there_for_others_before_it_is_closed);
    tcase_add_test(whole, the_visitors_failure_ends_the_reading);
    TCase *damage = add_case(suite, "damage");
    tcase_add_test(damage, cut_at_any_byte_it_keeps_the_records_before_and_is_completed);
    tcase_add_test(damage, with_any_bit_flipped_one_record_at_most_is_lost_and_no_number_is_wrong);
    tcase_add_test(damage, with_a_bit_flipped_it_is_completed);
    tcase_add_test(damage, bytes_that_nobody_wrote_are_no_records);
    tcase_add_test(damage, a_record_at_another_place_is_none);
    tcase_add_test(damage, a_record_of_a_unit_that_the_study_does_not_have_is_none);
    TCase *others = add_case(suite, "other studies");
    tcase_add_test(others, another_studys_journal_is_refused_and_stays_as_it_is);
    tcase_add_test(others, a_journal_of_another_version_is_refused);
    tcase_add_test(others, records_of_another_study_are_none);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
