#include "sign_cone.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* 15 rays are the most there are for P = 7. */
#define MAX_RAYS 32

/* What a ray lies on: walls M_j = M_{j+1} of the ordered cone, and planes that have cut so far. */
typedef struct {
    int x[HEBB_MAX_MIXED];
    unsigned walls;
    uint64_t planes;
} ray;

typedef struct {
    int n_rays;
    ray rays[MAX_RAYS];
} cone;

typedef struct {
    int n_patterns, n_signs;
    int xi[HEBB_MAX_SIGNS][HEBB_MAX_MIXED];
    unsigned steps;
    hebb_sign_face_visit visit;
    void *data;
} walk;

void hebb_sign_vector(int n_patterns, int a, int *xi)
{
    xi[0] = 1;
    for (int i = 1; i < n_patterns; i++) xi[i] = (a >> (i - 1)) & 1 ? -1 : 1;
}

static int field(const walk *w, const ray *r, int a)
{
    int sum = 0;
    for (int i = 0; i < w->n_patterns; i++) sum += r->x[i] * w->xi[a][i];
    return sum;
}

static int common_divisor(int a, int b)
{
    while (b != 0) {
        const int rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* Two rays span an edge when no third one lies on everything that both lie on. */
static bool are_adjacent(const cone *c, int i, int j)
{
    const unsigned walls = c->rays[i].walls & c->rays[j].walls;
    const uint64_t planes = c->rays[i].planes & c->rays[j].planes;
    for (int k = 0; k < c->n_rays; k++)
        if (k != i && k != j && (c->rays[k].walls & walls) == walls && (c->rays[k].planes & planes) == planes)
            return false;
    return true;
}

/* Where plane a crosses the edge between i, on its positive side, and j, on its negative one. */
static ray crossing(const walk *w, const cone *c, int i, int j, int a)
{
    const int up = field(w, &c->rays[i], a);
    const int down = field(w, &c->rays[j], a);
    ray r = {.walls = c->rays[i].walls & c->rays[j].walls,
             .planes = (c->rays[i].planes & c->rays[j].planes) | UINT64_C(1) << a};
    int divisor = 0;
    for (int q = 0; q < w->n_patterns; q++) {
        r.x[q] = up * c->rays[j].x[q] - down * c->rays[i].x[q];
        divisor = common_divisor(r.x[q], divisor);
    }
    for (int q = 0; q < w->n_patterns; q++) r.x[q] /= divisor;
    return r;
}

static hebb_status add(cone *c, const ray *r)
{
    if (c->n_rays == MAX_RAYS) return HEBB_EINTERNAL;
    c->rays[c->n_rays++] = *r;
    return HEBB_OK;
}

static bool is_cut(const walk *w, const cone *c, int a)
{
    bool up = false;
    bool down = false;
    for (int k = 0; k < c->n_rays; k++) {
        const int h = field(w, &c->rays[k], a);
        up = up || h > 0;
        down = down || h < 0;
    }
    return up && down;
}

/* parts[0], [1], [2]: above, on and below plane a. */
static hebb_status cut(const walk *w, const cone *c, int a, cone *parts)
{
    hebb_status status = HEBB_OK;
    for (int k = 0; k < 3; k++) parts[k].n_rays = 0;
    for (int i = 0; i < c->n_rays && status == HEBB_OK; i++) {
        const int h = field(w, &c->rays[i], a);
        ray r = c->rays[i];
        if (h == 0) r.planes |= UINT64_C(1) << a;
        for (int k = 0; k < 3 && status == HEBB_OK; k++)
            if (h == 0 || (h > 0 && k == 0) || (h < 0 && k == 2)) status = add(&parts[k], &r);
    }
    for (int i = 0; i < c->n_rays; i++)
        for (int j = 0; j < c->n_rays; j++) {
            if (field(w, &c->rays[i], a) <= 0 || field(w, &c->rays[j], a) >= 0 || !are_adjacent(c, i, j)) continue;
            const ray r = crossing(w, c, i, j, a);
            for (int k = 0; k < 3 && status == HEBB_OK; k++) status = add(&parts[k], &r);
        }
    return status;
}

static hebb_status descend(const walk *w, const cone *c, int a)
{
    while (a < w->n_signs && !is_cut(w, c, a)) a++;
    if (a == w->n_signs) {
        int inside[HEBB_MAX_MIXED] = {0};
        for (int k = 0; k < c->n_rays; k++)
            for (int i = 0; i < w->n_patterns; i++) inside[i] += c->rays[k].x[i];
        return w->visit(w->steps, inside, w->data);
    }
    cone *parts = malloc(3 * sizeof *parts);
    if (parts == NULL) return HEBB_ENOMEM;
    hebb_status status = cut(w, c, a, parts);
    for (int k = 0; k < 3 && status == HEBB_OK; k++) status = descend(w, &parts[k], a + 1);
    free(parts);
    return status;
}

hebb_status hebb_sign_cone_walk(int n_patterns, hebb_sign_face_visit visit, void *data)
{
    if (n_patterns < 1 || n_patterns > HEBB_MAX_MIXED) return HEBB_EDOM;
    walk w = {.n_patterns = n_patterns, .n_signs = 1 << (n_patterns - 1), .visit = visit, .data = data};
    for (int a = 0; a < w.n_signs; a++) hebb_sign_vector(n_patterns, a, w.xi[a]);
    hebb_status status = HEBB_OK;
    for (w.steps = 0; w.steps < 1U << n_patterns && status == HEBB_OK; w.steps++) {
        cone whole = {0};
        for (int j = 0; j < n_patterns; j++) {
            if ((w.steps >> j & 1) == 0) continue;
            ray r = {.walls = ~(1U << j)};
            for (int i = 0; i <= j; i++) r.x[i] = 1;
            whole.rays[whole.n_rays++] = r;
        }
        status = descend(&w, &whole, 0);
    }
    return status;
}
