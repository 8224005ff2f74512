/* What the tests of Gibbs sampling share: seeds, machines with random weights, a chain's bit. */
#ifndef HEBB_TESTS_GIBBS_MACHINE_H
#define HEBB_TESTS_GIBBS_MACHINE_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>

#include "gibbs.h"

static const hebb_links all_links[] = {HEBB_LINKS_FULL, HEBB_LINKS_NO_INPUT_OUTPUT, HEBB_LINKS_LAYERED,
                                       HEBB_LINKS_RESTRICTED};

static inline hebb_philox noise_of(uint32_t replica)
{
    return hebb_philox_derive(71, HEBB_DRAW_GIBBS, 0, replica);
}

static inline void draw_machine(hebb_boltzmann *machine, size_t n, hebb_unit_kind kind, hebb_links links, double scale)
{
    const size_t n_input = n / 3, n_output = n / 3 + (n < 3);
    ck_assert_int_eq(hebb_boltzmann_init(machine, n_input, n_output, n - n_input - n_output, kind, links), HEBB_OK);
    hebb_stream stream;
    hebb_stream_init(&stream, hebb_philox_derive(72, HEBB_DRAW_WEIGHTS, n, 0), 0, 0);
    hebb_boltzmann_draw_gaussian(machine, &stream, scale);
}

static inline bool bit_of(const hebb_gibbs *gibbs, size_t unit, size_t chain)
{
    return gibbs->bits[unit * gibbs->n_words + chain / 64] >> chain % 64 & 1;
}

#endif
