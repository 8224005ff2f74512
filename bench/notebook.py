"""The overlap against the load as a notebook computes it: an N x N matrix of couplings, numpy, one network after the other.

    notebook.py ORDER N NETWORKS ALPHA...

A network has p = round(ALPHA N) random patterns of its own, starts in the first of them, and is updated at T = 0 until
nothing moves, or 100 sweeps: ORDER synchronous (all neurons at once, a product of matrix and vector) or sequential (a
row of the matrix at a time).  Prints a line a load: ALPHA, mean overlap, its standard error; then the seconds, of the
processor and of the clock.  `notebook.py --versions` prints numpy's version and where its BLAS is from, `notebook.py
--time COMMAND...` the seconds of a command.
"""
import resource
import subprocess
import sys
import time

import numpy as np


def couplings(xi):
    j = xi.T @ xi / xi.shape[1]
    np.fill_diagonal(j, 0)
    return j


def relax_synchronous(j, s):
    for _ in range(100):
        h = j @ s
        new = np.where(h == 0, s, np.sign(h))
        if np.array_equal(new, s):
            break
        s = new
    return s


def relax_sequential(j, s):
    for _ in range(100):
        moved = False
        for i in range(s.size):
            if (j[i] @ s) * s[i] < 0:
                s[i] = -s[i]
                moved = True
        if not moved:
            break
    return s


def blas():
    with open("/proc/self/maps") as maps:
        paths = {line.split()[-1] for line in maps if "blas" in line.rsplit("/", 1)[-1].lower()}
    return ", ".join(sorted(path.rsplit("/", 1)[-1] for path in paths if "/numpy/" not in path)) or "its own"


def main():
    if sys.argv[1] == "--versions":
        np.ones((2, 2)) @ np.ones(2)
        print(f"numpy {np.__version__}, BLAS {blas()}")
        return
    if sys.argv[1] == "--time":
        start = time.perf_counter()
        subprocess.run(sys.argv[2:], check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print("seconds", used.ru_utime + used.ru_stime, time.perf_counter() - start)
        return
    relax = {"synchronous": relax_synchronous, "sequential": relax_sequential}[sys.argv[1]]
    n, networks = int(sys.argv[2]), int(sys.argv[3])
    rng = np.random.default_rng(1)
    start, used = time.perf_counter(), time.process_time()
    for alpha in map(float, sys.argv[4:]):
        m = np.empty(networks)
        for k in range(networks):
            xi = rng.choice([-1.0, 1.0], size=(round(alpha * n), n))
            m[k] = xi[0] @ relax(couplings(xi), xi[0].copy()) / n
        print(alpha, m.mean(), m.std(ddof=1) / np.sqrt(networks))
    print("seconds", time.process_time() - used, time.perf_counter() - start)


if __name__ == "__main__":
    main()
