/*
 * nearest - the valid name that a mistyped one most likely meant
 */
#ifndef HEBB_CORE_NEAREST_H
#define HEBB_CORE_NEAREST_H

#include <stddef.h>

/*
 * The candidate with the fewest insertions, deletions, substitutions and swaps of neighbours from `name`, candidates
 * that begin with it going before all others; the first of equals.  NULL when there are no candidates.
 *
 * [D64] F. J. Damerau, Comm. ACM 7 (1964) 171 (the restricted form: no substring is edited twice).
 */
const char *hebb_nearest(const char *name, size_t n_candidates, const char *const *candidates);

#endif
