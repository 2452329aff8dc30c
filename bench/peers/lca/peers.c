/* SuiteSparse on the system file of the life-cycle bench: UMFPACK with its default and with its symmetric
   strategy, and KLU. One line a solver, "name analyse factor refactor solve transposed score entries flops";
   seconds, medians; "-" where a solver has no such step. Written for this bench alone; SuiteSparse is LGPL and
   GPL and is linked here, in a program of its own, and nowhere else.
   gcc -O3 -march=native peers.c -o peers -I/usr/include/suitesparse -lumfpack -lklu -lbtf -lamd -lcolamd
       -lsuitesparseconfig -lm */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "klu.h"
#include "umfpack.h"

static int n, flows, *start, *row, *bstart, *brow;
static double *value, *bvalue, *factor, *rhs, *x;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void *take(FILE *file, size_t size, size_t count)
{
    void *p = malloc(size * count);
    if (fread(p, size, count, file) != count) exit(1);
    return p;
}

static void load(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) exit(1);
    int32_t *head = take(file, 4, 4);
    int64_t *count = take(file, 8, 2);
    n = head[1];
    flows = head[2];
    start = take(file, 4, n + 1);
    row = take(file, 4, count[0]);
    value = take(file, 8, count[0]);
    free(take(file, 8, count[0]));
    bstart = take(file, 4, n + 1);
    brow = take(file, 4, count[1]);
    bvalue = take(file, 8, count[1]);
    free(take(file, 8, count[1]));
    factor = take(file, 8, flows);
    fclose(file);
    rhs = calloc(n, 8);
    x = malloc(8 * n);
    rhs[n - 1] = 1;
}

static double score(void)
{
    double sum = 0;
    for (int j = 0; j < n; j++)
        for (int p = bstart[j]; p < bstart[j + 1]; p++) sum += factor[brow[p]] * bvalue[p] * x[j];
    return sum;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *t, int count)
{
    qsort(t, count, 8, by_size);
    return t[count / 2];
}

static void umfpack(const char *name, int strategy, int runs)
{
    double control[UMFPACK_CONTROL], info[UMFPACK_INFO], a[32], f[32], s[32], st[32];
    void *symbolic = 0, *numeric = 0;
    umfpack_di_defaults(control);
    control[UMFPACK_STRATEGY] = strategy;
    control[UMFPACK_IRSTEP] = 0;
    for (int r = 0; r < runs; r++) {
        if (symbolic) umfpack_di_free_symbolic(&symbolic);
        if (numeric) umfpack_di_free_numeric(&numeric);
        double t = now();
        umfpack_di_symbolic(n, n, start, row, value, &symbolic, control, info);
        a[r] = now() - t;
        t = now();
        umfpack_di_numeric(start, row, value, symbolic, &numeric, control, info);
        f[r] = now() - t;
        t = now();
        umfpack_di_solve(UMFPACK_At, start, row, value, x, rhs, numeric, control, info);
        st[r] = now() - t;
        t = now();
        umfpack_di_solve(UMFPACK_A, start, row, value, x, rhs, numeric, control, info);
        s[r] = now() - t;
    }
    printf("%s %g %g - %g %g %.12g %.0f %g\n", name, median(a, runs), median(f, runs), median(s, runs),
        median(st, runs), score(), info[UMFPACK_LNZ] + info[UMFPACK_UNZ], info[UMFPACK_FLOPS]);
    fflush(stdout);
}

static void klu(int runs)
{
    klu_common common;
    double a[32], f[32], g[32], s[32], st[32];
    klu_symbolic *symbolic = 0;
    klu_numeric *numeric = 0;
    klu_defaults(&common);
    for (int r = 0; r < runs; r++) {
        if (numeric) klu_free_numeric(&numeric, &common);
        if (symbolic) klu_free_symbolic(&symbolic, &common);
        double t = now();
        symbolic = klu_analyze(n, start, row, &common);
        a[r] = now() - t;
        t = now();
        numeric = klu_factor(start, row, value, symbolic, &common);
        f[r] = now() - t;
        t = now();
        klu_refactor(start, row, value, symbolic, numeric, &common);
        g[r] = now() - t;
        memcpy(x, rhs, 8 * n);
        t = now();
        klu_tsolve(symbolic, numeric, n, 1, x, &common);
        st[r] = now() - t;
        memcpy(x, rhs, 8 * n);
        t = now();
        klu_solve(symbolic, numeric, n, 1, x, &common);
        s[r] = now() - t;
    }
    klu_flops(symbolic, numeric, &common);
    printf("KLU %g %g %g %g %g %.12g %d %g\n", median(a, runs), median(f, runs), median(g, runs), median(s, runs),
        median(st, runs), score(), numeric->lnz + numeric->unz, common.flops);
}

int main(int count, char **words)
{
    if (count < 2) return 2;
    load(words[1]);
    klu(5);
    umfpack("UMFPACK-symmetric", UMFPACK_STRATEGY_SYMMETRIC, 5);
    umfpack("UMFPACK-default", UMFPACK_STRATEGY_AUTO, 1);
    return 0;
}
