/*
 * two_body_system - small two-body memories for the tests: patterns of signs, or real ones of unit norm, and starts
 */
#ifndef HEBB_TESTS_TWO_BODY_SYSTEM_H
#define HEBB_TESTS_TWO_BODY_SYSTEM_H

#include <check.h>
#include <math.h>

#include "philox.h"
#include "two_body_memory.h"

enum { TWO_BODY_N = 40, TWO_BODY_K = 3 };

typedef struct {
    hebb_two_body memory;
    double patterns[TWO_BODY_K * TWO_BODY_N], v[TWO_BODY_N];
} two_body_system;

static const hebb_two_body_law two_body_laws[] = {
    {.kind = HEBB_TWO_BODY_POWER, .degree = 2, .temperature = 0.3},
    {.kind = HEBB_TWO_BODY_POWER, .degree = 4, .temperature = 0.2},
    {.kind = HEBB_TWO_BODY_RECTIFIED, .degree = 3, .temperature = 0.2},
    {.kind = HEBB_TWO_BODY_SOFTMAX, .beta = 9.0},
};
enum { N_TWO_BODY_LAWS = sizeof two_body_laws / sizeof *two_body_laws };

/* The start is pattern 0 with a fifth of its neurons turned, and some noise. */
static inline void two_body_make(two_body_system *s, hebb_two_body_law law, const double *input, uint32_t replica)
{
    const double scale = law.kind == HEBB_TWO_BODY_SOFTMAX ? 1.0 / sqrt(TWO_BODY_N) : 1.0;
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(5, HEBB_DRAW_STATE, 0, replica), 0, 0);
    for (int k = 0; k < TWO_BODY_K * TWO_BODY_N; k++)
        s->patterns[k] = hebb_stream_below(&stream, 2) == 1 ? scale : -scale;
    for (int i = 0; i < TWO_BODY_N; i++)
        s->v[i] = s->patterns[i] * (i % 5 == 0 ? -1.0 : 1.0) + 0.1 * scale * hebb_stream_gaussian(&stream);
    ck_assert_int_eq(hebb_two_body_init(&s->memory, law, TWO_BODY_N, TWO_BODY_K, s->patterns, input), HEBB_OK);
}

#endif
