/* The built-in problems: a name, a line of the table beneath it, and a function that writes the cases down. */
#include "problem.h"

#include <stdio.h>
#include <string.h>

#include "nearest.h"

enum { SHIFTER_RING = 4, SYMMETRY_LINE = 6, PICTURE = 3 };

typedef struct {
    size_t n_input, n_output, n_hidden, n_cases;
    void (*fill)(const hebb_problem *problem, uint8_t *cases);
} builtin;

/* The n lowest bits of a number, the lowest first. */
static void write_bits(unsigned number, size_t n, uint8_t *units)
{
    for (size_t i = 0; i < n; i++) units[i] = number >> i & 1;
}

static void fill_xor(const hebb_problem *problem, uint8_t *cases)
{
    for (unsigned c = 0; c < problem->n_cases; c++) {
        write_bits(c, 2, cases + 3 * c);
        cases[3 * c + 2] = cases[3 * c] ^ cases[3 * c + 1];
    }
}

static void fill_encoder(const hebb_problem *problem, uint8_t *cases)
{
    const size_t n = problem->n_input;
    for (size_t c = 0; c < n; c++) cases[2 * n * c + c] = cases[2 * n * c + n + c] = 1;
}

static void fill_line_symmetry(const hebb_problem *problem, uint8_t *cases)
{
    for (unsigned c = 0; c < problem->n_cases; c++) {
        uint8_t *line = cases + problem->n_visible * c;
        write_bits(c, SYMMETRY_LINE, line);
        line[SYMMETRY_LINE] = 1;
        for (size_t i = 0; i < SYMMETRY_LINE / 2; i++)
            if (line[i] != line[SYMMETRY_LINE - 1 - i]) line[SYMMETRY_LINE] = 0;
    }
}

/* Bits 0, 1, 2, ... of a ring of SHIFTER_RING go to 1, 2, 3, ... */
static unsigned turn(unsigned ring)
{
    return (ring << 1 | ring >> (SHIFTER_RING - 1)) & ((1U << SHIFTER_RING) - 1);
}

static void fill_shifter(const hebb_problem *problem, uint8_t *cases)
{
    for (unsigned ring = 0; ring >> SHIFTER_RING == 0; ring++) {
        if (turn(turn(ring)) == ring) continue; /* to the left and to the right are one */
        const unsigned moved[] = {turn(turn(turn(ring))), ring, turn(ring)};
        for (size_t k = 0; k < 3; k++, cases += problem->n_visible) {
            write_bits(ring, SHIFTER_RING, cases);
            write_bits(moved[k], SHIFTER_RING, cases + SHIFTER_RING);
            cases[problem->n_input + k] = 1;
        }
    }
}

/* Pictures of rows each of one colour, then those of columns that are not among them: neither all off nor all on. */
static void fill_bars_and_stripes(const hebb_problem *problem, uint8_t *cases)
{
    const unsigned n_lines = 1U << PICTURE;
    for (unsigned c = 0; c < problem->n_cases; c++) {
        uint8_t lines[PICTURE];
        const bool has_rows = c < n_lines;
        write_bits(has_rows ? c : c - n_lines + 1, PICTURE, lines);
        for (size_t i = 0; i < problem->n_visible; i++)
            cases[problem->n_visible * c + i] = lines[has_rows ? i / PICTURE : i % PICTURE];
    }
}

static const char *const names[] = {"bars-and-stripes", "encoder-4-2-4", "encoder-8-3-8",
                                    "line-symmetry",    "shifter",       "xor"};

enum { N_PROBLEMS = sizeof names / sizeof *names };

static const builtin problems[N_PROBLEMS] = {{0, PICTURE *PICTURE, 8, 2 * (1 << PICTURE) - 2, fill_bars_and_stripes},
                                             {4, 4, 2, 4, fill_encoder},
                                             {8, 8, 3, 8, fill_encoder},
                                             {SYMMETRY_LINE, 1, 6, 1 << SYMMETRY_LINE, fill_line_symmetry},
                                             {2 * SHIFTER_RING, 3, 12, 3 * ((1 << SHIFTER_RING) - 4), fill_shifter},
                                             {2, 1, 4, 4, fill_xor}};

const char *const *hebb_problem_names(size_t *n)
{
    *n = N_PROBLEMS;
    return names;
}

hebb_status hebb_problem_builtin(const char *name, hebb_problem *problem)
{
    *problem = (hebb_problem){0};
    size_t k = 0;
    while (k < N_PROBLEMS && strcmp(name, names[k]) != 0) k++;
    if (k == N_PROBLEMS)
        return hebb_fail(HEBB_EUSAGE, "builtin:%s: there is no such problem; did you mean builtin:%s?", name,
                         hebb_nearest(name, N_PROBLEMS, names));
    const builtin *found = problems + k;
    const hebb_status status = hebb_problem_init(problem, found->n_input, found->n_output, found->n_cases);
    if (status != HEBB_OK) return status;
    snprintf(problem->name, sizeof problem->name, "%s", name);
    problem->n_hidden = found->n_hidden;
    found->fill(problem, problem->cases);
    problem->has_answer = hebb_problem_is_function(problem);
    return HEBB_OK;
}
