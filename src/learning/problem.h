/*
 * problem - what a machine is to learn: cases of visible units, of which the first may be input and the rest output
 *
 *   bars-and-stripes  no input; 9 units, a picture of 3 x 3: the 14 whose rows, or whose columns, are each of one colour
 *   encoder-N-M-N     one unit of N on, to be said again by N output units through M hidden ones    [AHS85, 4]: 4-2-4, 8-3-8
 *   line-symmetry     6 input, 1 output: whether the line is its own mirror image; all 64 cases, 8 of them symmetric
 *   shifter           8 input, 3 output: four bits, and these moved around a ring to the left, not at all, or to the right;
 *                     which of the three it was.  36 cases: the four patterns that a move to the left and one to the right
 *                     make into the same have no answer and are left out
 *   xor               2 input, 1 output: all four cases
 *
 *   spin-modes        no input; 100 units -1, +1 in four blocks of 25.  In block a a case has the block's pattern, or its
 *                     mirror image, with each unit flipped with probability q_a = 1/4, 3/8, 7/16, 1/2: the law's
 *                     correlation matrix has in the block one eigenvalue 1 + 24 m^2, m = 1 - 2 q_a, along the pattern, and
 *                     1 - m^2 across.  Planted modes thus 7, 5/2, 11/8 and 1, the last being noise.  How many cases is the
 *                     caller's, as with builtin:digits (problem_file.h)
 *
 * All cases of a problem are equally likely; one that stands twice is twice as likely.
 *
 * [AHS85] D. H. Ackley, G. E. Hinton, T. J. Sejnowski, Cogn. Sci. 9 (1985) 147.
 */
#ifndef HEBB_LEARNING_PROBLEM_H
#define HEBB_LEARNING_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "status.h"

enum { HEBB_PROBLEM_NAME_LENGTH = 32 };

typedef struct {
    char name[HEBB_PROBLEM_NAME_LENGTH]; /* of a built-in one; "": a file's */
    size_t n_input, n_output, n_visible;
    size_t n_hidden; /* what one takes for it */
    size_t n_cases;
    uint8_t *cases;     /* n_cases x n_visible, 0 or 1 */
    bool has_answer;    /* there is input, and output follows from it */
    bool is_sign;       /* the numbers were -1 and 1, or stand for these */
    float *reals;       /* n_cases x n_visible in place of cases, where the data are real; else NULL */
    char origin[80];    /* a line on where they come from; "" */
    double least, most; /* of the numbers of a file that a threshold made binary; both 0: there was none */
} hebb_problem;

/* The built-in problems' names in alphabetical order; *n: how many.  Static storage. */
const char *const *hebb_problem_names(size_t *n);

/*
 * The built-in problem of that name.
 * Returns HEBB_OK; HEBB_EUSAGE for another name, with the nearest one in the sentence; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_problem_builtin(const char *name, hebb_problem *problem);

/*
 * A problem whose cases are all 0 and yet to be filled in; has_answer is left false.
 * Returns HEBB_OK; HEBB_EDOM for no cases or no units; HEBB_ENOMEM.
 */
HEBB_CHECK_RESULT hebb_status hebb_problem_init(hebb_problem *problem, size_t n_input, size_t n_output, size_t n_cases);

/* Whether output follows from input: there are both, and no two cases of one input differ in output.  Cost: n_cases^2. */
bool hebb_problem_is_function(const hebb_problem *problem);

/* Safe on a zeroed problem and twice. */
void hebb_problem_free(hebb_problem *problem);

#endif
