"""SuperLU, by way of SciPy, on the system file of the life-cycle bench.

One line a solver, as peers.c prints them. The default order takes a minute and is left out unless asked for
with a second argument.
"""
import statistics
import sys
import time

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as linalg


def load(path):
    with open(path, "rb") as file:
        _, n, flows, _ = np.fromfile(file, "<i4", 4)
        entries, emissions = np.fromfile(file, "<i8", 2)

        def matrix(rows, count):
            starts = np.fromfile(file, "<i4", n + 1)
            row_of = np.fromfile(file, "<i4", count)
            values = np.fromfile(file, "<f8", count)
            np.fromfile(file, "<f8", count)
            return sp.csc_matrix((values, row_of, starts), (rows, n))

        a = matrix(n, entries)
        b = matrix(flows, emissions)
        return a, b, np.fromfile(file, "<f8", flows)


def timed(runs, action):
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        result = action()
        times.append(time.perf_counter() - begin)
    return statistics.median(times), result


def report(name, a, b, factors, runs, **options):
    demand = np.zeros(a.shape[0])
    demand[-1] = 1
    factor, lu = timed(runs, lambda: linalg.splu(a, **options))
    solve, x = timed(5, lambda: lu.solve(demand))
    transposed, _ = timed(5, lambda: lu.solve(demand, "T"))
    score = factors @ (b @ x)
    print(name, "-", factor, "-", solve, transposed, f"{score:.12g}", lu.L.nnz + lu.U.nnz, "-", flush=True)


A, B, C = load(sys.argv[1])
report("SuperLU-symmetric", A, B, C, 1, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.001,
       options={"SymmetricMode": True})
if len(sys.argv) > 2:
    report("SuperLU-default", A, B, C, 1)
