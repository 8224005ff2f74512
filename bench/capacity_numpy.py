"""The same experiment as notebooks do it: a dense N x N matrix in numpy, updated row by row.

Prints seconds (set-up included), overlap, sweeps.  With --blas alone: which BLAS numpy runs on.
Couplings are kept as whole numbers in single precision, which is exact here and the fastest choice.
"""
import ctypes
import sys
import time

import numpy as np


def blas_in_use():
    np.ones((2, 2), np.float32) @ np.ones((2, 2), np.float32)
    with open("/proc/self/maps") as maps:
        libraries = {line.split()[-1] for line in maps if "blas" in line}
    for path in sorted(libraries):
        try:
            name = ctypes.CDLL(path).openblas_get_corename
        except (AttributeError, OSError):
            continue
        name.restype = ctypes.c_char_p
        return "OpenBLAS, core " + name().decode()
    return "not OpenBLAS: " + ", ".join(sorted(libraries))


def relax(n_neurons, n_patterns, seed):
    rng = np.random.default_rng(seed)
    xi = rng.choice(np.array([-1, 1], np.float32), size=(n_patterns, n_neurons))
    couplings = xi.T @ xi
    np.fill_diagonal(couplings, 0)
    s = xi[0].copy()
    sweeps, flips = 0, 1
    while flips:
        flips = 0
        for i in range(n_neurons):
            if (couplings[i] @ s) * s[i] < 0:
                s[i] = -s[i]
                flips += 1
        sweeps += 1
    return xi[0] @ s / n_neurons, sweeps


if sys.argv[1] == "--blas":
    print(blas_in_use())
else:
    n, alpha, replica = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    started = time.perf_counter()
    m, n_sweeps = relax(n, round(alpha * n), replica)
    print(f"{time.perf_counter() - started:.6f} {m:.6f} {n_sweeps}")
