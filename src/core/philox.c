#include "philox.h"

#include <math.h>

#include <Random123/philox.h>
#include <Random123/u01fixedpt.h>

static uint32_t low(uint64_t x)
{
    return (uint32_t)x;
}

static uint32_t high(uint64_t x)
{
    return (uint32_t)(x >> 32);
}

hebb_philox hebb_philox_derive(uint64_t seed, hebb_draw what, uint64_t realisation, uint32_t replica)
{
    const philox4x32_key_t key = {{low(seed), high(seed)}};
    const philox4x32_ctr_t address = {{(uint32_t)what, low(realisation), high(realisation), replica}};
    const philox4x32_ctr_t derived = philox4x32(address, key);
    return (hebb_philox){{derived.v[0], derived.v[1]}};
}

void hebb_philox_block(hebb_philox generator, uint32_t sweep, uint32_t site, uint64_t index, uint32_t block[4])
{
    const philox4x32_key_t key = {{generator.key[0], generator.key[1]}};
    const philox4x32_ctr_t address = {{low(index), high(index), site, sweep}};
    const philox4x32_ctr_t drawn = philox4x32(address, key);
    for (int k = 0; k < 4; k++) block[k] = drawn.v[k];
}

void hebb_philox_bits(hebb_philox generator, uint32_t sweep, uint32_t site, size_t n_bits, uint64_t *words)
{
    const size_t n_words = (n_bits + 63) / 64;
    for (size_t w = 0; w < n_words; w += 2) {
        uint32_t block[4];
        hebb_philox_block(generator, sweep, site, w / 2, block);
        words[w] = block[0] | (uint64_t)block[1] << 32;
        if (w + 1 < n_words) words[w + 1] = block[2] | (uint64_t)block[3] << 32;
    }
    if (n_bits % 64 != 0) words[n_words - 1] &= (UINT64_C(1) << n_bits % 64) - 1;
}

void hebb_stream_init(hebb_stream *stream, hebb_philox generator, uint32_t sweep, uint32_t site)
{
    *stream = (hebb_stream){.generator = generator, .sweep = sweep, .site = site};
}

uint32_t hebb_stream_u32(hebb_stream *stream)
{
    if (stream->n_left == 0) {
        hebb_philox_block(stream->generator, stream->sweep, stream->site, stream->index++, stream->block);
        stream->n_left = 4;
    }
    return stream->block[4 - stream->n_left--];
}

double hebb_stream_uniform(hebb_stream *stream)
{
    const uint64_t low_word = hebb_stream_u32(stream);
    const uint64_t high_word = hebb_stream_u32(stream);
    return u01fixedpt_open_open_64_double(low_word | high_word << 32);
}

uint32_t hebb_stream_below(hebb_stream *stream, uint32_t bound)
{
    uint64_t product = (uint64_t)hebb_stream_u32(stream) * bound;
    if (low(product) < bound) {
        const uint32_t surplus = -bound % bound; /* 2^32 mod bound values would be drawn once too often */
        while (low(product) < surplus) product = (uint64_t)hebb_stream_u32(stream) * bound;
    }
    return high(product);
}

int hebb_stream_chooses(hebb_stream *stream, uint32_t n_left, size_t *n_wanted)
{
    if (*n_wanted == 0 || hebb_stream_below(stream, n_left) >= *n_wanted) return 0;
    --*n_wanted;
    return 1;
}

double hebb_stream_gaussian(hebb_stream *stream)
{
    stream->has_gaussian = !stream->has_gaussian;
    if (!stream->has_gaussian) return stream->gaussian;
    const double radius = sqrt(-2.0 * log(hebb_stream_uniform(stream)));
    const double angle = 2.0 * M_PI * hebb_stream_uniform(stream);
    stream->gaussian = radius * sin(angle);
    return radius * cos(angle);
}

void hebb_stream_permutation(hebb_stream *stream, uint32_t n, uint32_t *permutation)
{
    for (uint32_t i = 0; i < n; i++) { /* the inside-out form: element i joins a permutation of 0 .. i-1 */
        const uint32_t j = hebb_stream_below(stream, i + 1);
        permutation[i] = permutation[j];
        permutation[j] = i;
    }
}
