"""Realisations of a Hopfield network in Python: the ways people do it, to be timed beside hebb.

    hopfield_baselines.py METHOD ORDER N ALPHA TEMPERATURE SWEEPS RUNS [FIRST]

prints a line a run: seconds, final overlap with pattern 0, sweeps, and how many of the seconds were set-up: patterns
drawn, couplings or overlaps built, the network started at pattern 0.  Then come N updates a sweep in ORDER (sequential,
or random: a fresh permutation every sweep): at temperature 0 until nothing moves, above it SWEEPS sweeps of heat bath.
Seconds are of the processor, on one thread.  Numba has compiled before they count.  `--versions` prints what runs,
`--methods` the methods that can run here.

    dense-numpy     N x N couplings in single precision; for every neuron a row is dotted with the state
    dense-numba     N x N couplings; the N fields are kept, and a flip adds a row of couplings to them
    loops-numba     no couplings: int8 rows of patterns and the p overlaps; a field is a sum over p, its loop written out
    patterns-numba  the same for experts: that loop in a function of its own, which numba vectorises, whole numbers no
                    wider than they need to be, set-up in one pass
    bits-numba      no couplings: rows of bits, and the overlaps as bit planes; a field is a sum of weighted popcounts

Couplings, overlaps and fields are whole numbers, N times the textbook's, and exact; floats hold them where that is
faster.  Runs are numbered from FIRST, 0 unless told; patterns depend on the number and the method.
"""
import ctypes
import sys
import time

import numpy as np

try:
    import numba
    from numba import njit, types
    from numba.extending import intrinsic
except ImportError:
    numba = None

    def njit(*args, **options):
        return args[0] if args else lambda function: function

    def intrinsic(function):
        return function


# What the methods share


@njit(cache=True)
def shuffle(order):
    for i in range(order.size - 1, 0, -1):
        j = np.random.randint(0, i + 1)
        order[i], order[j] = order[j], order[i]


def mover(field_of, turn):
    """The dynamics over any memory (a tuple): field_of(memory, i, s_i) is N h_i, turn(memory, i, s_i) follows a flip."""
    @njit(cache=True)
    def move(memory, s, temperature, sweeps, random_order, seed):
        np.random.seed(seed)
        n = s.size
        order = np.arange(n)
        scale = -2.0 / (temperature * n) if temperature > 0 else 0.0
        done, flips = 0, 1
        while (done < sweeps) if temperature > 0 else (flips > 0):
            flips = 0
            if random_order:
                shuffle(order)
            for k in range(n):
                i = order[k]
                field = field_of(memory, i, s[i])
                if temperature > 0:  # up with probability 1 / (1 + exp(-2 h / T))
                    flip = (np.random.random() * (1.0 + np.exp(scale * field)) < 1.0) != (s[i] > 0)
                else:
                    flip = field * s[i] < 0
                if flip:
                    s[i] = -s[i]
                    turn(memory, i, s[i])
                    flips += 1
            done += 1
        return done
    return move


# Dense couplings


def couplings_of(n_neurons, n_patterns, seed):
    """Pattern 0 as signs, and sum_mu xi_i xi_j with an empty diagonal; exact in single precision up to p = 2^24.

    A product with the own transpose: numpy has BLAS compute half of it.
    """
    rng = np.random.default_rng(seed)
    xi = 2 * rng.integers(0, 2, size=(n_patterns, n_neurons), dtype=np.int8).astype(np.float32) - 1
    couplings = xi.T @ xi
    np.fill_diagonal(couplings, 0)
    return xi[0].copy(), couplings


def dense_numpy(n_neurons, n_patterns, temperature, sweeps, random_order, seed):
    start, couplings = couplings_of(n_neurons, n_patterns, seed)
    s = start.copy()
    ready = time.process_time()
    rng = np.random.default_rng(seed)
    order, done, flips = range(n_neurons), 0, 1
    while (done < sweeps) if temperature > 0 else flips:
        if random_order:
            order = rng.permutation(n_neurons).tolist()
        flips = 0
        if temperature > 0:  # up with probability 1 / (1 + exp(-2 h / T)): u uniform, h > (T / 2) ln(u / (1 - u))
            threshold = 0.5 * temperature * n_neurons * rng.logistic(size=n_neurons)
            for i in order:
                s[i] = 1 if couplings[i] @ s > threshold[i] else -1
        else:
            for i in order:
                if (couplings[i] @ s) * s[i] < 0:
                    s[i] = -s[i]
                    flips += 1
        done += 1
    return start @ s / n_neurons, done, ready


@njit(cache=True)
def dot(row, numbers):
    """A function of its own: written out in the loop over neurons, numba does not vectorise it."""
    h = np.int32(0)
    for j in range(row.size):
        h = np.int32(h + np.int32(row[j]) * np.int32(numbers[j]))
    return h


@njit(cache=True)
def add(numbers, row, change):
    for j in range(row.size):
        numbers[j] += change * numbers.dtype.type(row[j])


@njit(cache=True)
def all_fields(couplings, s):
    fields = np.empty(s.size, np.int32)
    for i in range(s.size):
        fields[i] = dot(couplings[i], s)
    return fields


@njit(cache=True)
def dense_field(memory, i, s_i):
    return np.int64(memory[1][i])


@njit(cache=True)
def dense_turn(memory, i, s_i):
    add(memory[1], memory[0][i], np.int32(2 * s_i))


dense_move = mover(dense_field, dense_turn)


def dense_numba(n_neurons, n_patterns, temperature, sweeps, random_order, seed):
    start, couplings = couplings_of(n_neurons, n_patterns, seed)
    s = start.astype(np.int8)
    memory = couplings, all_fields(couplings, s)
    ready = time.process_time()
    done = dense_move(memory, s, temperature, sweeps, random_order, seed)
    return start @ s / n_neurons, done, ready


# Patterns as int8 rows, one a neuron, and overlaps, in plain loops


@njit(cache=True)
def loops_move(xi, s, overlaps, temperature, sweeps, random_order, seed):
    np.random.seed(seed)
    n, p = xi.shape
    order = np.arange(n)
    done, flips = 0, 1
    while (done < sweeps) if temperature > 0 else (flips > 0):
        flips = 0
        if random_order:
            shuffle(order)
        for k in range(n):
            i = order[k]
            field = -p * s[i]
            for mu in range(p):
                field += xi[i, mu] * overlaps[mu]
            if temperature > 0:
                flip = (np.random.random() < 1.0 / (1.0 + np.exp(-2.0 * field / (n * temperature)))) != (s[i] > 0)
            else:
                flip = field * s[i] < 0
            if flip:
                s[i] = -s[i]
                for mu in range(p):
                    overlaps[mu] += 2 * s[i] * xi[i, mu]
                flips += 1
        done += 1
    return done


@njit(cache=True)
def loops_overlaps(xi, s):
    overlaps = np.zeros(xi.shape[1], np.int32)
    for i in range(xi.shape[0]):
        for mu in range(xi.shape[1]):
            overlaps[mu] += s[i] * xi[i, mu]
    return overlaps


def loops_numba(n_neurons, n_patterns, temperature, sweeps, random_order, seed):
    xi = 2 * np.random.default_rng(seed).integers(0, 2, size=(n_neurons, n_patterns), dtype=np.int8) - 1
    s = xi[:, 0].copy()
    overlaps = loops_overlaps(xi, s)
    ready = time.process_time()
    done = loops_move(xi, s, overlaps, temperature, sweeps, random_order, seed)
    return overlaps[0] / n_neurons, done, ready


# The same, faster


@njit(cache=True)
def expand(octets, row):
    for k in range(octets.size):
        for bit in range(8):
            row[8 * k + bit] = 2 * ((octets[k] >> bit) & 1) - 1


@njit(cache=True)
def patterns_start(octets, n_patterns, xi, overlaps):
    """Bits to signs, the state to pattern 0, and the overlaps, row by row while a row is in the cache."""
    s = np.empty(xi.shape[0], np.int8)
    for i in range(xi.shape[0]):
        expand(octets[i], xi[i])
        xi[i, n_patterns:] = 0
        s[i] = xi[i, 0]
        add(overlaps, xi[i], overlaps.dtype.type(s[i]))
    return s


@njit(cache=True)
def patterns_field(memory, i, s_i):
    xi, overlaps, n_patterns = memory
    return np.int64(dot(xi[i], overlaps)) - n_patterns * s_i


@njit(cache=True)
def patterns_turn(memory, i, s_i):
    add(memory[1], memory[0][i], memory[1].dtype.type(2 * s_i))


patterns_move = mover(patterns_field, patterns_turn)


def random_octets(n_neurons, octets, seed):
    """The fastest of numpy's generators, 8 signs an octet."""
    words = np.random.SFC64(seed).random_raw(-(-n_neurons * octets // 8))
    return words.view(np.uint8)[:n_neurons * octets].reshape(n_neurons, octets)


def patterns_numba(n_neurons, n_patterns, temperature, sweeps, random_order, seed):
    octets = random_octets(n_neurons, -(-n_patterns // 8), seed)
    xi = np.empty((n_neurons, 8 * octets.shape[1]), np.int8)
    overlaps = np.zeros(xi.shape[1], np.int16 if n_neurons < 2**15 else np.int32)
    s = patterns_start(octets, n_patterns, xi, overlaps)
    ready = time.process_time()
    done = patterns_move((xi, overlaps, n_patterns), s, temperature, sweeps, random_order, seed)
    return overlaps[0] / n_neurons, done, ready


# Patterns as bits.  The bit planes hold a^mu = sum_k 2^k plane_k^mu, the neurons that agree with pattern mu:
# M^mu = 2 a^mu - N, and with b = (1 + xi) / 2, sum_mu xi_i M = 2 (2 sum_mu b_i a - N sum_mu b_i) - (2 sum_mu a - N p).


@intrinsic
def popcount(typing_context, word):
    """Numba has none."""
    def generate(context, builder, signature, arguments):
        return builder.ctpop(arguments[0])
    return types.uint64(types.uint64), generate


@njit(cache=True)
def ones_of(row):
    count = np.int64(0)
    for j in range(row.size):
        count += np.int64(popcount(row[j]))
    return count


@njit(cache=True)
def copy(target, row, mask):
    for j in range(row.size):
        target[j] = row[j] ^ mask


@njit(cache=True)
def add_rows(plane, a, b):
    """Full adders: the sum of the three into plane, the carry into b."""
    for j in range(plane.size):
        x, y, z = plane[j], a[j], b[j]
        plane[j] = x ^ y ^ z
        b[j] = (x & y) | (z & (x ^ y))


@njit(cache=True)
def turned(s_i):
    return np.uint64(0) if s_i > 0 else ~np.uint64(0)


@njit(cache=True)
def bits_start(bits, planes):
    """The planes count rows as a binary counter does: two rows of weight 2^k and plane k leave a row of 2^(k+1)."""
    n, words = bits.shape
    waiting, full = np.zeros_like(planes), np.zeros(planes.shape[0] + 1, np.bool_)
    carry, nothing = np.zeros(words, np.uint64), np.zeros(words, np.uint64)
    ones, s = np.empty(n, np.int32), np.empty(n, np.int8)
    for i in range(n):
        s[i] = 1 if bits[i, 0] & np.uint64(1) else -1
        ones[i] = ones_of(bits[i])
        copy(carry, bits[i], turned(s[i]))
        k = 0
        while full[k]:
            add_rows(planes[k], waiting[k], carry)
            full[k] = False
            k += 1
        copy(waiting[k], carry, np.uint64(0))
        full[k] = True
    for first in range(planes.shape[0]):
        if full[first]:
            for k in range(first, planes.shape[0]):
                add_rows(planes[k], nothing, waiting[first])
    return ones, s


@njit(cache=True)
def ripple(plane, row, mask, carry):
    for j in range(plane.size):
        x = plane[j]
        plane[j] = x ^ carry[j]
        carry[j] &= ~(x ^ row[j] ^ mask)


@njit(cache=True)
def bits_turn(memory, i, s_i):
    """a^mu + 1 where s_i agrees with xi_i^mu now, a^mu - 1 where it does not."""
    bits, planes, ones, total, carry, n_patterns = memory
    carry[:] = ~np.uint64(0)
    for k in range(planes.shape[0]):
        ripple(planes[k], bits[i], turned(s_i), carry)
    total[0] += s_i * (2 * ones[i] - n_patterns)


@njit(cache=True)
def weigh(row, planes):
    """Of four planes, 1, 2, 4, 8 times popcount(row & plane)."""
    a, b, c, d = planes[0], planes[1], planes[2], planes[3]
    weight = np.uint64(0)
    for j in range(row.size):
        x = row[j]
        weight += (popcount(x & a[j]) + (popcount(x & b[j]) << np.uint64(1)) + (popcount(x & c[j]) << np.uint64(2))
                   + (popcount(x & d[j]) << np.uint64(3)))
    return np.int64(weight)


@njit(cache=True)
def bits_field(memory, i, s_i):
    bits, planes, ones, total, carry, n_patterns = memory
    n, sum_of_a = bits.shape[0], 0
    for k in range(0, planes.shape[0], 4):
        sum_of_a += weigh(bits[i], planes[k:k + 4]) << k
    return 2 * (2 * sum_of_a - n * np.int64(ones[i])) - (2 * total[0] - n * n_patterns) - n_patterns * s_i


bits_move = mover(bits_field, bits_turn)


def bits_numba(n_neurons, n_patterns, temperature, sweeps, random_order, seed):
    words = 8 * -(-n_patterns // 512)
    used = np.packbits(np.arange(64 * words) < n_patterns, bitorder="little").view(np.uint64)
    bits = random_octets(n_neurons, 8 * words, seed).view(np.uint64)
    bits[:, n_patterns // 64:] &= used[n_patterns // 64:]
    planes = np.zeros((-(-n_neurons.bit_length() // 4) * 4, words), np.uint64)
    ones, s = bits_start(bits, planes)
    planes &= used
    total = np.array([sum(ones_of(plane) << k for k, plane in enumerate(planes))])
    memory = bits, planes, ones, total, np.zeros(words, np.uint64), n_patterns
    ready = time.process_time()
    done = bits_move(memory, s, temperature, sweeps, random_order, seed)
    agreeing = sum((int(plane[0]) & 1) << k for k, plane in enumerate(planes))
    return 2 * agreeing / n_neurons - 1, done, ready


METHODS = {"dense-numpy": dense_numpy}
if numba is not None:
    METHODS |= {"dense-numba": dense_numba, "loops-numba": loops_numba, "patterns-numba": patterns_numba,
                "bits-numba": bits_numba}


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


def main():
    if sys.argv[1:] == ["--versions"]:
        print(f"Python {sys.version.split()[0]}, numpy {np.__version__} with {blas_in_use()}, "
              + (f"numba {numba.__version__}" if numba else "no numba"))
    elif sys.argv[1:] == ["--methods"]:
        print(*METHODS)
    elif len(sys.argv) in (8, 9) and sys.argv[1] in METHODS and sys.argv[2] in ("sequential", "random"):
        realise = METHODS[sys.argv[1]]
        n, sweeps, runs, *first = map(int, (sys.argv[3], *sys.argv[6:]))
        alpha, temperature = float(sys.argv[4]), float(sys.argv[5])
        how = temperature, sweeps, sys.argv[2] == "random"
        realise(n, round(alpha * n), 1.0, 1, how[2], 2**31)  # compiles, and warms up: one sweep of heat bath
        for run in range(sum(first), sum(first) + runs):
            started = time.process_time()
            m, done, ready = realise(n, round(alpha * n), *how, run)
            seconds = time.process_time() - started
            print(f"{seconds:.7f} {m:.6f} {done} {ready - started:.7f}", flush=True)
    else:
        sys.exit("usage: hopfield_baselines.py METHOD sequential|random N ALPHA TEMPERATURE SWEEPS RUNS [FIRST]")


if __name__ == "__main__":
    main()
