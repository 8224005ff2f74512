/*
 * problem_file - what a machine is to learn, from data of the user's own: .csv, .npy, .idx, .idx.gz; or built in
 *
 * A row of a .csv file, or an array's first index, is a case; what is left are its visible units, of which the first
 * n_input are input.  Without a threshold the numbers are two-valued already, 0 and 1 or -1 and 1 throughout; with one,
 * what is above it is on.  A first row of a .csv file that holds text and no number is its header and left out.
 *
 * Real data are the file's numbers as they are, rounded to single precision.
 *
 * A problem of a file has a right answer where no two cases with the same input have different outputs.
 */
#ifndef HEBB_LEARNING_PROBLEM_FILE_H
#define HEBB_LEARNING_PROBLEM_FILE_H

#include "problem.h"

typedef struct {
    const double *threshold; /* NULL: the file is two-valued */
    size_t n_input;          /* of a file */
    size_t n_digits;         /* how many cases builtin:digits and builtin:spin-modes draw */
    uint32_t digit_set;      /* which: those to learn and those to test with are different ones */
    uint64_t seed;           /* of these */
    bool is_real;            /* the file's numbers are taken as they are */
} hebb_problem_source;

/*
 * Reads a file.  n_hidden is 0 then: it does not say.
 *
 * Returns HEBB_OK; HEBB_ENOINPUT, HEBB_EIO, HEBB_ENOMEM as the readers do; HEBB_EDATA for what is malformed, empty, ragged,
 * not finite or not two-valued, or an unknown kind of file: the sentence names file, line and column (.csv) or case and
 * unit, both from 1, and the remedy; HEBB_EDOM where input leaves no unit for output.
 */
HEBB_CHECK_RESULT hebb_status hebb_problem_file_read(const char *path, const hebb_problem_source *source,
                                                     hebb_problem *problem);

/*
 * data  in   a file's name; builtin:NAME; builtin:digits, n_digits images of digits.h, on where the grey is above 127; or
 *            builtin:spin-modes, n_digits cases of it
 *
 * Returns as hebb_problem_file_read and hebb_problem_builtin.
 */
HEBB_CHECK_RESULT hebb_status hebb_problem_open(const char *data, const hebb_problem_source *source,
                                                hebb_problem *problem);

/* What builtin: knows beside hebb_problem_names, sets that are drawn; ended by NULL. */
extern const char *const hebb_problem_drawn[];

/* Sets has_answer: there is input, and two cases with the same input never have different outputs.  HEBB_ENOMEM. */
HEBB_CHECK_RESULT hebb_status hebb_problem_find_answers(hebb_problem *problem);

#endif
