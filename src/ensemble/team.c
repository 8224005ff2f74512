#include "team.h"

enum { SHARES_LEFT = 4 };

static hebb_status agree_with_myself(hebb_status status)
{
    return status;
}

static size_t tell_myself(size_t n)
{
    return n;
}

const hebb_team hebb_team_alone = {
    .rank = 0, .size = 1, .n_neighbours = 1, .agree = agree_with_myself, .tell = tell_myself};

size_t hebb_team_share(size_t n_left, size_t n_askers)
{
    const size_t share = n_left / (SHARES_LEFT * n_askers) + 1;
    return share > n_left ? n_left : share < HEBB_LARGEST_SHARE ? share : HEBB_LARGEST_SHARE;
}
