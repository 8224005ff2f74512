#include "rbm_gibbs.h"

#include <stdlib.h>
#include <string.h>

hebb_status hebb_rbm_gibbs_init(hebb_rbm_gibbs *gibbs, const hebb_rbm_layer *up, const hebb_rbm_layer *down,
                                size_t n_chains, hebb_philox noise)
{
    *gibbs = (hebb_rbm_gibbs){0};
    if (n_chains == 0 || n_chains > UINT32_MAX)
        return hebb_fail(HEBB_EDOM, "%zu chains: there must be from 1 to 2^32 - 1", n_chains);
    *gibbs = (hebb_rbm_gibbs){.up = up, .down = down, .n_chains = n_chains, .noise = noise};
    hebb_status status = hebb_layer_states_init(&gibbs->visible, down->out, n_chains, down->n_out);
    if (status == HEBB_OK) status = hebb_layer_states_init(&gibbs->hidden, up->out, n_chains, up->n_out);
    gibbs->hidden_fields = calloc(n_chains * up->stride, sizeof(float));
    gibbs->visible_fields = calloc(n_chains * down->stride, sizeof(float));
    if (status == HEBB_OK && (gibbs->hidden_fields == NULL || gibbs->visible_fields == NULL))
        status = hebb_fail(HEBB_ENOMEM, "no memory for %zu chains", n_chains);
    if (status != HEBB_OK) hebb_rbm_gibbs_free(gibbs);
    return status;
}

void hebb_rbm_gibbs_free(hebb_rbm_gibbs *gibbs)
{
    hebb_layer_states_free(&gibbs->visible);
    hebb_layer_states_free(&gibbs->hidden);
    free(gibbs->hidden_fields);
    free(gibbs->visible_fields);
    *gibbs = (hebb_rbm_gibbs){0};
}

void hebb_rbm_gibbs_randomise(hebb_rbm_gibbs *gibbs, hebb_philox start)
{
    memset(gibbs->visible_fields, 0, gibbs->n_chains * gibbs->down->stride * sizeof(float));
    hebb_rbm_layer_sample(gibbs->down, gibbs->visible_fields, start, 0, gibbs->first_chain, &gibbs->visible);
}

hebb_status hebb_rbm_gibbs_run(hebb_rbm_gibbs *gibbs, long n_sweeps)
{
    if (n_sweeps < 0 || n_sweeps > (long)(INT32_MAX - gibbs->n_sweeps))
        return hebb_fail(HEBB_EDOM, "%ld sweeps after %lu: there must be from 0 to 2^31 - 1 in all", n_sweeps,
                         (unsigned long)gibbs->n_sweeps);
    for (long k = 0; k < n_sweeps; k++) {
        const uint32_t t = gibbs->n_sweeps++;
        hebb_rbm_layer_fields(gibbs->up, &gibbs->visible, gibbs->hidden_fields);
        hebb_rbm_layer_sample(gibbs->up, gibbs->hidden_fields, gibbs->noise, 2 * t, gibbs->first_chain, &gibbs->hidden);
        hebb_rbm_layer_fields(gibbs->down, &gibbs->hidden, gibbs->visible_fields);
        hebb_rbm_layer_sample(gibbs->down, gibbs->visible_fields, gibbs->noise, 2 * t + 1, gibbs->first_chain,
                              &gibbs->visible);
    }
    return HEBB_OK;
}
