"""Relaxations of a dense memory in numpy, to be timed beside hebb on the same patterns.

    dense_baselines.py METHOD F N K FILE

reads N rows of K bits (64-bit words, bit mu % 64 of word mu / 64) and prints one line: seconds of the relaxation from
pattern 0, in sequential order until N updates in a row have flipped nothing; seconds of the start, which are the overlaps;
final overlap with pattern 0, sweeps, flips, the final spins in hexadecimal.  F is a degree or `exp`.  Once to warm up, once
measured; seconds are of the processor, on one thread.  `--versions` prints what runs, `--methods` the methods.

    numpy           the formula: D_i = sum_mu xi_i (F(a + 1) - F(a - 1)) over all patterns at each update, from overlaps that
                    are kept; signs and overlaps in double precision, which is the fastest of numpy's types here, powers
                    by multiplication
    numpy-weights   for experts: D_i = xi_i . w + what all neurons share; w, a number a pattern, is made anew at a flip
                    alone, and an update is a dot product by BLAS

Double precision holds the sums exactly for the powers timed here; e^x is taken relative to the largest overlap.
"""
import sys
import time

import numpy as np


def power(degree):
    def energy(x):
        square = x * x
        return square if degree == 2 else square * x if degree == 3 else square * square if degree == 4 else x**degree
    return energy


def formula(xi, s, overlaps, energy):
    """Signs xi[i] of neuron i in a row."""
    n, k, still, flips, done = s.size, overlaps.size, 0, 0, 0
    while still < n:
        for i in range(n):
            a = overlaps - s[i] * xi[i]
            if energy is np.exp:
                a -= a.max()
            if s[i] * (xi[i] @ (energy(a + 1) - energy(a - 1))) < 0:
                s[i] = -s[i]
                overlaps += 2 * s[i] * xi[i]
                still = 0
                flips += 1
            else:
                still += 1
                if still == n:
                    break
        done += 1
    return done, flips


def weigh(overlaps, energy):
    """xi . w, and the sums that go with s = 1 and s = -1: with u, v the rise and the fall of F, w = (u + v) / 2."""
    m = overlaps - overlaps.max() if energy is np.exp else overlaps
    rise, fall = energy(m + 2) - energy(m), energy(m) - energy(m - 2)
    half = (rise.sum() - fall.sum()) / 2
    return (rise + fall) / 2, -half, half


def weights(xi, s, overlaps, energy):
    n, still, flips, done = s.size, 0, 0, 0
    w, up, down = weigh(overlaps, energy)
    while still < n:
        for i in range(n):
            if s[i] * (xi[i] @ w + (up if s[i] > 0 else down)) < 0:
                s[i] = -s[i]
                overlaps += 2 * s[i] * xi[i]
                w, up, down = weigh(overlaps, energy)
                still = 0
                flips += 1
            else:
                still += 1
                if still == n:
                    break
        done += 1
    return done, flips


METHODS = {"numpy": formula, "numpy-weights": weights}


def main():
    if sys.argv[1:] == ["--versions"]:
        print(f"Python {sys.version.split()[0]}, numpy {np.__version__}")
    elif sys.argv[1:] == ["--methods"]:
        print(*METHODS)
    elif len(sys.argv) == 6 and sys.argv[1] in METHODS:
        n, k = int(sys.argv[3]), int(sys.argv[4])
        energy = np.exp if sys.argv[2] == "exp" else power(int(sys.argv[2]))
        octets = np.fromfile(sys.argv[5], np.uint8).reshape(n, -1)
        xi = 2.0 * np.unpackbits(octets, axis=1, count=k, bitorder="little") - 1.0
        for _ in range(2):
            started = time.process_time()
            s = xi[:, 0].copy()
            overlaps = s @ xi
            ready = time.process_time()
            done, flips = METHODS[sys.argv[1]](xi, s, overlaps, energy)
            seconds = time.process_time() - ready
        state = np.packbits(s > 0, bitorder="little").tobytes().hex()
        print(f"{seconds:.9f} {ready - started:.9f} {overlaps[0] / n:.6f} {done} {flips} {state}")
    else:
        sys.exit("usage: dense_baselines.py METHOD F N K FILE")


if __name__ == "__main__":
    main()
