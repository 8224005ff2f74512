#include "rows_gather.h"

#include "kernel.h"
#include "parallel.h"

enum {
    TILE_ROWS = 112, /* at most, by 64 numbers: 28 KB of a first cache of 32 or more */
    TILE_COLUMNS = 64,
    RANGES = 16,        /* ranges of rows whose bounds in all lists are found at once */
    BLOCK_STATES = 128, /* lists at once */
};

size_t hebb_rows_stride(size_t n_columns)
{
    return 16 * ((n_columns + 15) / 16 | 1);
}

typedef struct {
    const hebb_index_lists *plus, *minus; /* the latter may be NULL */
    const float *plus_rows, *minus_rows, *start;
    size_t n_columns, stride, block; /* lists in a unit of work */
    float *sums;
} work;

/* The rows of a tile: ranges of one size; 1 where there are none. */
static size_t tile_rows(size_t n_rows)
{
    const size_t n_ranges = (n_rows + TILE_ROWS - 1) / TILE_ROWS;
    return n_rows == 0 ? 1 : (n_rows + n_ranges - 1) / n_ranges;
}

/* RANGES ranges of rows of one matrix, from first_row on, for some lists. */
static void add_ranges(const work *job, const hebb_index_lists *lists, const float *rows, size_t first_row,
                       size_t first, size_t n, size_t bounds[RANGES + 1][BLOCK_STATES], bool is_minus)
{
    const size_t n_rows = tile_rows(lists->n_units);
    size_t n_ranges = (lists->n_units - first_row + n_rows - 1) / n_rows;
    n_ranges = n_ranges < 1 ? 1 : n_ranges > RANGES ? RANGES : n_ranges;
    for (size_t r = 0; r < n; r++) {
        size_t k = first_row == 0 ? lists->starts[first + r] : bounds[RANGES][r];
        bounds[0][r] = k;
        for (size_t g = 0; g < n_ranges; g++) {
            const size_t end = first_row + (g + 1) * n_rows;
            while (k < lists->starts[first + r + 1] && lists->indices[k] < end) k++;
            bounds[g + 1][r] = k;
        }
    }
    const bool is_begun = is_minus || first_row > 0;
    for (size_t column = 0; column < job->n_columns; column += TILE_COLUMNS) {
        const size_t left = job->n_columns - column;
        for (size_t g = 0; g < n_ranges; g++) {
            const hebb_gather tile = {.n_states = n,
                                      .n_columns = left < TILE_COLUMNS ? left : TILE_COLUMNS,
                                      .from = bounds[g],
                                      .to = bounds[g + 1],
                                      .indices = lists->indices,
                                      .rows = rows + column,
                                      .stride = job->stride,
                                      .start = job->start != NULL ? job->start + column : NULL,
                                      .is_begun = is_begun || g > 0,
                                      .is_subtracted = is_minus,
                                      .sums = job->sums + first * job->stride + column,
                                      .sums_stride = job->stride};
            hebb_kernel_in_use()->gather(&tile);
        }
    }
}

static void run_block(void *context, size_t unit)
{
    const work *job = context;
    const size_t first = unit * job->block, left = job->plus->n_states - first,
                 n = left < job->block ? left : job->block;
    size_t bounds[RANGES + 1][BLOCK_STATES];
    for (size_t row = 0; row == 0 || row < job->plus->n_units; row += tile_rows(job->plus->n_units) * RANGES)
        add_ranges(job, job->plus, job->plus_rows, row, first, n, bounds, false);
    for (size_t row = 0; job->minus != NULL && row < job->minus->n_units;
         row += tile_rows(job->minus->n_units) * RANGES)
        add_ranges(job, job->minus, job->minus_rows, row, first, n, bounds, true);
}

/* Blocks of equal size, as many for each thread. */
static void run(work *job, int n_threads)
{
    const size_t n = job->plus->n_states, threads = n_threads > 1 ? (size_t)n_threads : 1;
    if (n == 0) return;
    const size_t rounds = (n + BLOCK_STATES * threads - 1) / (BLOCK_STATES * threads), n_blocks = rounds * threads;
    job->block = (n + n_blocks - 1) / n_blocks;
    hebb_parallel_each((n + job->block - 1) / job->block, n_threads, run_block, job);
}

void hebb_rows_gather(const hebb_index_lists *lists, const float *rows, size_t n_columns, size_t stride,
                      const float *start, float *sums, int n_threads)
{
    work job = {
        .plus = lists, .plus_rows = rows, .start = start, .n_columns = n_columns, .stride = stride, .sums = sums};
    run(&job, n_threads);
}

void hebb_rows_gather_difference(const hebb_index_lists *plus, const float *plus_rows, const hebb_index_lists *minus,
                                 const float *minus_rows, size_t n_columns, size_t stride, float *sums, int n_threads)
{
    work job = {.plus = plus,
                .plus_rows = plus_rows,
                .minus = minus,
                .minus_rows = minus_rows,
                .n_columns = n_columns,
                .stride = stride,
                .sums = sums};
    run(&job, n_threads);
}
