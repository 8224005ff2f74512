"""Gibbs sampling of a Boltzmann machine in Python, to be timed beside hebb.

    boltzmann_baselines.py METHOD KIND UNITS CHAINS SWEEPS

prints one line: seconds, unit updates, the mean of the units over chains at the end.  KIND is sign or binary; full links,
Gaussian weights of variance 1/N, T = 1, random start.  Once to warm up, once measured; seconds are of the processor, on one
thread.  `--versions` prints what runs, `--methods` the methods that can.

    numpy           vectorised over the chains: for each unit, fields = S @ W[:, i] + b[i] by BLAS, one vector of random numbers
    numpy-rows      the same with the chains' states as rows of one unit: fields = W[i] @ S, contiguous, for experts
    numba           the loops written out as one would: a chain, a unit, a sum over the others
    numba-fastmath  the same, the sum in a function of its own whose order the compiler may change, which makes it vectors
    numba-chains    for experts: states as rows of one unit, the chains in the innermost loop, which makes it vectors
"""
import sys
import time

import numpy as np

try:
    import numba
except ImportError:
    numba = None


def numpy_sweeps(w, b, s, off, scale, rng, n_sweeps):
    for _ in range(n_sweeps):
        for i in range(w.shape[0]):
            p = 1 / (1 + np.exp(-scale * (s @ w[:, i] + b[i])))
            s[:, i] = np.where(rng.random(s.shape[0]) < p, 1.0, off)


def numpy_rows_sweeps(w, b, s, off, scale, rng, n_sweeps):
    rows = np.ascontiguousarray(s.T)
    for _ in range(n_sweeps):
        for i in range(w.shape[0]):
            p = 1 / (1 + np.exp(-scale * (w[i] @ rows + b[i])))
            rows[i] = np.where(rng.random(s.shape[0]) < p, 1.0, off)
    s[:] = rows.T


def loops(w, b, s, off, scale, n_sweeps):
    n = w.shape[0]
    for _ in range(n_sweeps):
        for c in range(s.shape[0]):
            for i in range(n):
                h = b[i]
                for j in range(n):
                    h += w[i, j] * s[c, j]
                if np.random.random() < 1 / (1 + np.exp(-scale * h)):
                    s[c, i] = 1.0
                else:
                    s[c, i] = off


def sum_loops(w, b, s, off, scale, n_sweeps):
    for _ in range(n_sweeps):
        for c in range(s.shape[0]):
            for i in range(w.shape[0]):
                h = b[i] + add_products(w[i], s[c])
                s[c, i] = 1.0 if np.random.random() < 1 / (1 + np.exp(-scale * h)) else off


def chain_loops(w, b, rows, off, scale, n_sweeps):
    n, n_chains = rows.shape
    h = np.empty(n_chains)
    for _ in range(n_sweeps):
        for i in range(n):
            h[:] = b[i]
            for j in range(n):
                add_row(h, w[i, j], rows[j])
            for c in range(n_chains):
                rows[i, c] = 1.0 if np.random.random() < 1 / (1 + np.exp(-scale * h[c])) else off


METHODS = {"numpy": numpy_sweeps, "numpy-rows": numpy_rows_sweeps}
if numba is not None:
    @numba.njit(fastmath=True)
    def add_row(h, weight, row):
        for c in range(h.shape[0]):
            h[c] += weight * row[c]

    @numba.njit(fastmath=True)
    def add_products(w, s):
        h = 0.0
        for j in range(w.shape[0]):
            h += w[j] * s[j]
        return h

    numba_chains = numba.njit(fastmath=True)(chain_loops)

    def numba_chains_sweeps(w, b, s, off, scale, rng, n_sweeps):
        rows = np.ascontiguousarray(s.T)
        numba_chains(w, b, rows, off, scale, n_sweeps)
        s[:] = rows.T

    numba_loops, numba_fast = numba.njit(loops), numba.njit(fastmath=True)(sum_loops)
    METHODS["numba"] = lambda w, b, s, off, scale, rng, k: numba_loops(w, b, s, off, scale, k)
    METHODS["numba-fastmath"] = lambda w, b, s, off, scale, rng, k: numba_fast(w, b, s, off, scale, k)
    METHODS["numba-chains"] = numba_chains_sweeps


def core():
    """What OpenBLAS has been built for, if it is OpenBLAS."""
    try:
        import ctypes
        with open("/proc/self/maps") as maps:
            paths = {line.split()[-1] for line in maps if "openblas" in line}
        name = ctypes.CDLL(paths.pop()).openblas_get_corename
        name.restype = ctypes.c_char_p
        return "OpenBLAS core " + name().decode()
    except (OSError, KeyError, AttributeError):
        return "BLAS of unknown make"


def main():
    if sys.argv[1:] == ["--methods"]:
        print(*METHODS)
        return
    if sys.argv[1:] == ["--versions"]:
        print("Python %s, numpy %s, %s, numba %s" % (sys.version.split()[0], np.__version__, core(),
                                                     "none" if numba is None else numba.__version__))
        return
    method, kind = METHODS[sys.argv[1]], sys.argv[2]
    n, n_chains, n_sweeps = map(int, sys.argv[3:6])
    rng = np.random.default_rng(1)
    w = np.triu(rng.normal(0, n**-0.5, (n, n)), 1)
    w += w.T
    b = rng.normal(0, n**-0.5, n)
    off, scale = (-1.0, 2.0) if kind == "sign" else (0.0, 1.0)
    s = np.where(rng.random((n_chains, n)) < 0.5, 1.0, off)
    method(w, b, s, off, scale, rng, 2)
    started = time.process_time()
    method(w, b, s, off, scale, rng, n_sweeps)
    print("%.9f %d %.6f" % (time.process_time() - started, n * n_chains * n_sweeps, s.mean()))


main()
