using System.Runtime.InteropServices;
using Celadon.Lca.Model;
using Celadon.Lca.Sparse;

namespace Celadon.Bench.Lca;

/// <summary>
/// The synthetic system of the peers, as their generator writes it (little endian): magic, processes,
/// elementary flows; technosphere and biosphere by columns, each with amounts and lognormal deviations;
/// factors of one category.
/// </summary>
internal static class SystemFile
{
    private const int Magic = 0x4C434131;

    /// <summary>Reads a system.</summary>
    public static ProductSystem Read(string path)
    {
        using var file = File.OpenRead(path);
        var head = Numbers<int>(file, 4);
        if (head[0] != Magic) throw new InvalidDataException($"{path} is not a system file.");
        var (n, flows) = (head[1], head[2]);
        var counts = Numbers<long>(file, 2);
        var technosphere = Matrix(file, n, n, (int)counts[0]);
        var biosphere = Matrix(file, flows, n, (int)counts[1]);
        var factors = Numbers<double>(file, flows);
        var present = Enumerable.Range(0, flows).Where(e => factors[e] != 0).ToList();
        var starts = new int[flows + 1];
        for (var e = 0; e < flows; e++) starts[e + 1] = starts[e] + (factors[e] != 0 ? 1 : 0);
        var c = new SparseMatrix(1, flows, starts, new int[present.Count], [.. present.Select(e
            => factors[e])]);
        return new ProductSystem(technosphere, biosphere, new UncertainMatrix(c, []));
    }

    private static UncertainMatrix Matrix(Stream file, int rows, int columns, int count)
    {
        var starts = Numbers<int>(file, columns + 1);
        var rowOf = Numbers<int>(file, count);
        var values = Numbers<double>(file, count);
        var sigma = Numbers<double>(file, count);
        var uncertainty = new Uncertainty[count];
        for (var p = 0; p < count; p++)
            if (sigma[p] > 0) uncertainty[p] = Uncertainty.Lognormal(values[p], sigma[p]);
        return new UncertainMatrix(new SparseMatrix(rows, columns, starts, rowOf, values), uncertainty);
    }

    private static T[] Numbers<T>(Stream file, int count) where T : unmanaged
    {
        var numbers = new T[count];
        file.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
